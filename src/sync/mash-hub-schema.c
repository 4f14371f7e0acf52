/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-schema.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "mash-store-resources.h"

/* What a hub is made of stands in resources/sql/hub, and goes in this order, at its installation
 * and at each upgrade alike, as the hub's keeper and in one transaction:
 *
 * 1. steps/NNN-….sql: what is done once. Tables, columns, indexes, and what a later version takes
 *    away again. Those that the hub has had are passed over; a released one is never altered.
 * 2. clear.sql: takes away the functions that are there.
 * 3. functions/….sql: all functions, each in one place and as this program has it, with the
 *    triggers that call them.
 * 4. What stands in a step behind its line “Behind the functions”: what is filled in once from what
 *    the hub holds already, and indexes over what a function says. It is done by the functions of
 *    today, whichever step the hub comes from.
 * 5. As the administrator: rights.sql.
 *
 * So a hub has the same functions whether it was made today or years ago, and one whose steps are
 * all taken gets those of the program that upgrades it. An older program does not put its own in
 * their place: it finds steps that it does not have, or its version behind the one that the hub was
 * last upgraded by (meta.program).
 *
 * A step refers to no function before that line, for none is sure to be there. The numbers have
 * gaps: up to 24 steps held functions, too, and those that held nothing else are gone. */
#define HUB_PATH "/uk/mash/Desk/sql/hub/"

#define BEHIND "\n-- * Behind the functions *\n"

/* In this order: a function in SQL refers to none that stands behind it. */
static const char *const function_files[] = {
  "words", "facts", "guards", "guards-strategy", "judge", "history", "taking", "doors", "people",
  "kept", "blobs", "adopt", "settle", "seals", "handling", "reach", "following", "writing",
};

/* The fingerprints of the steps as they were while they held the functions, from the first on. */
static const char *const whole_steps[] = {
  "be7e1fb70875a6acbf81204f7bca9911f73044077ed522cb069c34cf5a7273bd",
  "7a2bf27482d5ff1fb611c58ccb57d434979c758236162da970b1414f4effcb02",
  "a04558b845cf5c1fff15954167a20667ea869e0267ac18721cad19e3201d3a29",
  "bd45ec508140b452affac6c410587abf0c24e9cbb2872f63992c6c02c0b43b36",
  "5fea8dcda84b12d9229da9dc3731613140e706a4db4d395de88e4ed1482979be",
  "fa0ad3307a2b96b38136ec19882639f0bc3473cc3ad611944f3a76b8832ae928",
  "34d7fea53f912b24c601382c4c81d786c196d5f2952469a46eb49ac530d69e40",
  "adaf7835ee208619d45f0a606ddababcab54cbb47f4dab78bd95be582dcd8043",
  "0d6ce048c392ece4ef75a359b5148775e0edc4ac2deb4d6f2b11ffb6948f9be8",
  "fbd64b77a076e971f3451b135d900dc57c97d315fdcb040768c3900c9c718b08",
  "0e088a4c089312d4c911100ad4c448c9aab83cd4309bfcff1c4b364489e2a035",
  "3ecd296eb23dbe838877ba20f9bee8b30a4fc9278d9fb911fce7d7308ba509f5",
  "536e9ba47ef3d842857bb0c7f0ee42ed85d1e889e61b1a1f7e1dfcb300bb55b7",
  "8bb60268e87aed234ac1dfc52e2826f4f1056e753259efd766a3ae089832b1db",
  "48149a48777dfdf1a1a0a8897d2ac99c38b4452a85eb4e70c29764cce0939770",
  "833391d64017d80e439dadef25d90017b108a933a99dc77c626c1c30c710b6aa",
  "109156013b7efe9b4e94206b891f8f0d132da6e7ce16f5f17625ac00d92ed859",
  "0556f6b457881bee890f1ed25aee6885822d6b7ff02cc2937e3170720973c37f",
  "25347a0a6b00aefa124fb5d9eb358fab2acdeb46280ed9be3704df88b19b096c",
  "a8bafdc6d9327465cdb1ad407fa5148fe3d8726bdf98cfc9e348efc46349ed5c",
  "975bb6d82aaa3d17d6979c61c711516279db9231416ac466a137af9eaa559e6e",
  "8cca46bdf24c979e4032ba22caeedac69e41d2b2bd7f9eaec0c37b104d485ae7",
  "a2b26a41e776ae93277b4386ef674fea1b398298847dd81ef5befa922c7680af",
  "0f0563e280f82b6779e2f105e8c7194d8a8cc82a13f4434e3720547182fa6f2d",
};

typedef struct
{
  guint number;
  char *sha256;
  char *before;
  char *behind;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->sha256);
  g_free (step->before);
  g_free (step->behind);
  g_free (step);
}

static char *
load_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_strconcat (HUB_PATH, folder, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mash_store_get_resource (), path, 0, NULL);

  g_assert (bytes != NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A numbered file: `013-….sql` is step 13. */
static Step *
load_step (const char *name)
{
  Step *step = g_new0 (Step, 1);
  g_autofree char *sql = load_file ("steps/", name);
  g_auto (GStrv) parts = g_strsplit (sql, BEHIND, 2);

  step->number = (guint) strtoul (name, NULL, 10);
  step->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
  step->before = g_strdup (parts[0]);
  step->behind = g_strdup (parts[1]);

  return step;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *one = *(const Step *const *) a;
  const Step *other = *(const Step *const *) b;

  return one->number < other->number ? -1 : one->number > other->number;
}

static GPtrArray *
list_steps (void)
{
  g_auto (GStrv) names = g_resource_enumerate_children (mash_store_get_resource (),
                                                        HUB_PATH "steps/", 0, NULL);
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (steps, load_step (names[i]));
  g_ptr_array_sort (steps, compare_steps);

  return steps;
}

static gboolean
is_known (GPtrArray  *steps,
          guint       number,
          const char *sha256)
{
  if (number >= 1 && number <= G_N_ELEMENTS (whole_steps) &&
      strcmp (whole_steps[number - 1], sha256) == 0)
    return TRUE;

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = g_ptr_array_index (steps, i);

      if (step->number == number)
        return strcmp (step->sha256, sha256) == 0;
    }

  return FALSE;
}

static gboolean
refuse_newer (GError **error)
{
  return mash_sync_refuse (error, _("This hub was made by a newer MASH Desk; use that one."));
}

/* By the numbers of the versions; a hub from before step 25 says none. */
static gboolean
check_program (MashHubLine *line,
               GError     **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT FROM mash.meta m"
                            " WHERE string_to_array (to_jsonb (m) ->> 'program', '.')::integer[] >"
                            " string_to_array ($1, '.')::integer[]", PACKAGE_VERSION, NULL);
  if (rows == NULL)
    return FALSE;

  return mash_hub_rows_get_n (rows) == 0 || refuse_newer (error);
}

/**
 * mash_hub_schema_check:
 * @line: the administrator's line to a hub
 * @last_taken: (out): the number of the last step that the hub has had
 * @error: %MASH_SYNC_ERROR_REFUSED with what is not as it has to be
 *
 * A step that was taken is one that this program has; what was altered in it since would be missing
 * in hubs that are older.
 *
 * Returns: whether this program can bring the hub up to date
 */
gboolean
mash_hub_schema_check (MashHubLine *line,
                       guint       *last_taken,
                       GError     **error)
{
  g_autoptr (GPtrArray) steps = list_steps ();
  const Step *newest = g_ptr_array_index (steps, steps->len - 1);
  g_autoptr (MashHubRows) rows = NULL;

  g_return_val_if_fail (line != NULL && last_taken != NULL, FALSE);

  rows = mash_hub_line_ask (line, error, "SELECT n, sha256 FROM mash.step ORDER BY n DESC", NULL);
  if (rows == NULL)
    return FALSE;

  *last_taken = 0;
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    {
      guint number = (guint) strtoul (mash_hub_rows_get_text (rows, i, 0), NULL, 10);

      if (number > newest->number)
        return refuse_newer (error);
      if (!is_known (steps, number, mash_hub_rows_get_text (rows, i, 1)))
        return mash_sync_refuse (error, _("This hub was made by a MASH Desk that was never "
                                          "released; it cannot be brought up to date."));
      *last_taken = MAX (*last_taken, number);
    }

  return check_program (line, error);
}

static gboolean
run_part (MashHubLine *line,
          const Step  *step,
          const char  *sql,
          GError     **error)
{
  if (sql == NULL || mash_hub_line_run (line, sql, error))
    return TRUE;

  g_prefix_error (error, "Schema step %u: ", step->number);

  return FALSE;
}

static gboolean
note_step (MashHubLine *line,
           const Step  *step,
           GError     **error)
{
  g_autofree char *n = g_strdup_printf ("%u", step->number);
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error, "INSERT INTO mash.step (n, sha256) VALUES ($1, $2)",
                            n, step->sha256, NULL);

  return done != NULL;
}

static gboolean
make_functions (MashHubLine *line,
                GError     **error)
{
  g_autofree char *clear = load_file ("", "clear.sql");

  if (!mash_hub_line_run (line, clear, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (function_files); i++)
    {
      g_autofree char *name = g_strconcat (function_files[i], ".sql", NULL);
      g_autofree char *sql = load_file ("functions/", name);

      if (!mash_hub_line_run (line, sql, error))
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * mash_hub_schema_take:
 * @line: the administrator's line, in a transaction and as the hub's keeper
 * @from: the number of the last step that the hub has had; 0 for none
 * @n_steps: (out): how many steps were taken
 * @error: return location for a #MashSyncError
 *
 * Takes the steps that are missing and makes the functions, whether or not any was.
 *
 * Returns: whether all of it was done
 */
gboolean
mash_hub_schema_take (MashHubLine *line,
                      guint        from,
                      guint       *n_steps,
                      GError     **error)
{
  g_autoptr (GPtrArray) steps = list_steps ();

  g_return_val_if_fail (line != NULL && n_steps != NULL, FALSE);

  while (steps->len > 0 && ((const Step *) g_ptr_array_index (steps, 0))->number <= from)
    g_ptr_array_remove_index (steps, 0);
  *n_steps = steps->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = g_ptr_array_index (steps, i);

      if (!run_part (line, step, step->before, error))
        return FALSE;
    }
  if (!make_functions (line, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = g_ptr_array_index (steps, i);

      if (!run_part (line, step, step->behind, error) || !note_step (line, step, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_hub_schema_give_rights:
 * @line: the administrator's line, in the transaction in which the functions were made
 * @error: return location for a #MashSyncError
 *
 * The settings that rights.sql begins with name the hub's roles.
 *
 * Returns: whether everybody has their rights
 */
gboolean
mash_hub_schema_give_rights (MashHubLine *line,
                             GError     **error)
{
  g_autofree char *sql = load_file ("", "rights.sql");

  return mash_hub_line_run (line, sql, error);
}

/**
 * mash_hub_schema_sign:
 * @line: the administrator's line, in the transaction in which the functions were made
 * @error: return location for a #MashSyncError
 *
 * Says at the hub whose functions, kinds and rights it has now.
 *
 * Returns: whether it was said
 */
gboolean
mash_hub_schema_sign (MashHubLine *line,
                      GError     **error)
{
  g_autoptr (MashHubRows) done = NULL;

  g_return_val_if_fail (line != NULL, FALSE);

  done = mash_hub_line_ask (line, error, "UPDATE mash.meta SET program = $1", PACKAGE_VERSION,
                            NULL);

  return done != NULL;
}
