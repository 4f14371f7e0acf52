/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The power goes at any call with which a core operation uses the disk. What had been synced is
 * there, and of what had not a random part, torn between sectors, in files and in names. The desk
 * opens, has all that it acknowledged, nothing of it half, and proves itself.
 *
 * Then the same on a disk that says it has synced and has not. There something that was
 * acknowledged may be gone, and no program can help that; but it must be seen. Either the desk
 * does not open and says why in a sentence, or it opens at an earlier moment that holds in every
 * part, and knows that the last session had no end; or, where even the clean end of the session was
 * a lie, the first reading of a page that is not whole says that the database is damaged. The
 * one exception is a disk that has forgotten
 * every byte since the desk was last closed: then nothing on it can tell, and only a backup or a
 * hub elsewhere could. MASH_FAULT_CUTS says how many.
 *
 * And the power goes at one call after the other with which the chair’s signature of a strategy
 * record uses the disk: it is signed or it is not, and never half. Each fifth call is tried; where
 * a number of cuts is asked for, each. So with the last calls of a restore: what stood there is
 * kept as it was. */

#include "config.h"

#include <stdlib.h>

#include "fault-memory.h"
#include "fault-trial.h"
#include "mash-signing.h"

#define CUTS 200
#define LIES 60
#define SIGNING_STEP 5
#define SWAP_CALLS 36
#define SWAP_STEP 4

static FaultBench *bench;

static guint
get_wanted (guint usual)
{
  const char *wanted = g_getenv ("MASH_FAULT_CUTS");

  return wanted != NULL ? (guint) atoi (wanted) : usual;
}

/* Half of the cuts fall in a whole day, and half in one operation. */
static const FaultOperation *
draw_operation (guint i)
{
  const FaultOperation *operations;
  guint n;

  operations = fault_operations_list (&n);

  return i % 2 == 0 ? fault_operations_find ("day")
                    : &operations[g_test_rand_int_range (0, (gint) n)];
}

static guint
count_calls (GHashTable           *counts,
             const FaultOperation *operation)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, operation));

  if (n == 0)
    {
      n = fault_bench_count (bench, operation, FALSE, FALSE);
      g_hash_table_insert (counts, (gpointer) operation, GUINT_TO_POINTER (n));
    }

  return n;
}

static void
check_cut (const FaultOperation *operation,
           const FaultTrial     *trial,
           const FaultOutcome   *outcome)
{
  const FaultFinding *finding = &outcome->finding;

  if (outcome->crashed)
    g_error ("%s, cut at %u: ended by a signal", operation->name, trial->disk.at);
  if (!finding->opened && g_str_equal (operation->name, "make-hub") && !outcome->done)
    return;
  if (!finding->opened || !finding->holds || finding->behind || finding->lost_original)
    g_error ("%s, cut at %u, seed %u: %s", operation->name, trial->disk.at, trial->disk.seed,
             finding->fault);
}

/* Says whether something that was acknowledged was gone, or the desk would not open. */
static gboolean
check_lie (const FaultOperation *operation,
           const FaultTrial     *trial,
           const FaultOutcome   *outcome)
{
  const FaultFinding *finding = &outcome->finding;

  if (outcome->crashed)
    g_error ("%s, lie at %u: ended by a signal", operation->name, trial->disk.at);
  if (!finding->opened && (finding->sentence == NULL || *finding->sentence == '\0'))
    g_error ("%s, lie at %u: nobody was told", operation->name, trial->disk.at);
  if (finding->opened && !finding->holds && finding->sentence == NULL)
    g_error ("%s, lie at %u, seed %u: torn in silence: %s", operation->name, trial->disk.at,
             trial->disk.seed, finding->fault);
  /* Where a page cannot be read, that was told: it is the case above. */
  if (finding->opened && finding->holds && finding->behind && !finding->recovered &&
      !outcome->forgot)
    g_error ("%s, lie at %u, seed %u: behind in silence: %s", operation->name, trial->disk.at,
             trial->disk.seed, finding->fault);

  return !finding->opened || !finding->holds || finding->behind;
}

static void
cut_once (GHashTable *counts,
          guint       i,
          gboolean    lies,
          guint      *n_cut,
          guint      *n_hurt)
{
  const FaultOperation *operation = draw_operation (i);
  guint n = count_calls (counts, operation);
  FaultTrial trial = { .disk = { .way = FAULT_WAY_CUT, .lies = lies } };
  FaultOutcome outcome;

  trial.disk.at = (guint) g_test_rand_int_range (1, (gint) n + 1);
  trial.disk.seed = (guint32) g_test_rand_int ();
  fault_bench_try (bench, operation, &trial, &outcome);
  *n_cut += outcome.cut;
  if (lies)
    *n_hurt += check_lie (operation, &trial, &outcome);
  else
    check_cut (operation, &trial, &outcome);
  fault_outcome_clear (&outcome);
}

static void
test_cuts (gconstpointer data)
{
  gboolean lies = GPOINTER_TO_INT (data);
  guint wanted = get_wanted (lies ? LIES : CUTS);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint n_cut = 0;
  guint n_hurt = 0;

  for (guint i = 0; n_cut < wanted; i++)
    cut_once (counts, i, lies, &n_cut, &n_hurt);
  if (lies)
    g_test_message ("%u cuts on a disk that lies: %u were seen to have lost something, none was "
                    "torn in silence", n_cut, n_hurt);
  else
    g_test_message ("%u cuts, nothing acknowledged lost, nothing torn", n_cut);
}

/* The chair signs, as the page puts it together. */
static void
prepare_signature (FaultDesk *desk)
{
  g_autoptr (GPtrArray) requests = mash_store_list (desk->store, "sd-request", "capacity", "CHAIR");
  MashRecord *request = g_ptr_array_index (requests, 0);
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (desk->store),
                                                     mash_record_get_text (request,
                                                                           "discussion"));
  MashEdit *edit = mash_edit_new_for (request);

  desk->group = mash_group_new ("sign-as-chair", mash_record_get_text (request, "contact"));
  mash_edit_set_text (edit, "seen-hash", hash);
  mash_group_take_edit (desk->group, edit);
}

static gboolean
sign_record (FaultDesk  *desk,
             GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (desk->passphrase);

  return mash_store_check_passphrase (desk->store, passphrase, error) &&
         mash_store_submit (desk->store, desk->group, NULL, error);
}

static void
test_signing (void)
{
  static const FaultOperation signing = {
    "sign-record", "discussion", FAULT_MANAGER, NULL, prepare_signature, sign_record,
  };
  guint n = fault_bench_count (bench, &signing, FALSE, FALSE);
  guint step = g_getenv ("MASH_FAULT_CUTS") != NULL ? 1 : SIGNING_STEP;
  guint n_signed = 0;
  guint n_tried = 0;

  for (guint at = 1; at <= n; at += step, n_tried++)
    {
      FaultTrial trial = {
        .disk = { .way = FAULT_WAY_CUT, .at = at, .seed = (guint32) g_test_rand_int () },
      };
      FaultOutcome outcome;

      fault_bench_try (bench, &signing, &trial, &outcome);
      check_cut (&signing, &trial, &outcome);
      n_signed += outcome.finding.signatures > 0;
      fault_outcome_clear (&outcome);
    }
  /* The cut falls before the moment at which it is signed, and after it. */
  g_assert_cmpuint (n_signed, >, 0);
  g_assert_cmpuint (n_signed, <, n_tried);
  g_test_message ("%u cuts while signing: %u times it was signed, %u times not, never half",
                  n_tried, n_signed, n_tried - n_signed);
}

/* The last calls of a restore: what was made beside the hub takes its place. */
static void
test_swap (void)
{
  const FaultOperation *restore = fault_operations_find ("restore");
  guint n = fault_bench_count (bench, restore, FALSE, FALSE);
  guint step = g_getenv ("MASH_FAULT_CUTS") != NULL ? 1 : SWAP_STEP;
  guint n_tried = 0;

  for (guint at = n - SWAP_CALLS; at <= n; at += step, n_tried++)
    {
      FaultTrial trial = {
        .disk = { .way = FAULT_WAY_CUT, .at = at, .seed = (guint32) g_test_rand_int () },
      };
      FaultOutcome outcome;

      fault_bench_try (bench, restore, &trial, &outcome);
      check_cut (restore, &trial, &outcome);
      fault_outcome_clear (&outcome);
    }
  g_test_message ("%u cuts while a restored hub took its place: what stood there was there or was "
                  "kept, byte for byte", n_tried);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  fault_memory_init ();
  g_test_init (&argc, &argv, NULL);
  bench = fault_bench_new ();
  g_test_add_data_func ("/faults/power/cut", GINT_TO_POINTER (FALSE), test_cuts);
  g_test_add_data_func ("/faults/power/lying-disk", GINT_TO_POINTER (TRUE), test_cuts);
  g_test_add_func ("/faults/power/signing", test_signing);
  g_test_add_func ("/faults/power/restore", test_swap);
  result = g_test_run ();
  fault_bench_free (bench);

  return result;
}
