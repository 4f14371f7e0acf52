/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-policy.h"

#include <string.h>

#include "mash-kind.h"
#include "mash-merge.h"
#include "mash-time.h"

/* The years for which the hub knows the working days. */
#define FIRST_DAY "2020-01-01"
#define LAST_DAY "2049-12-31"

#define LAST_CHARACTER 0x10ffff

/* In the order of #MashFieldType. */
static const char *const type_names[] = {
  "text", "rich", "code", "codes", "bool", "int", "date", "partial-date", "time", "reference",
  "references",
};

/* In the order of #MashGuardTest. */
static const char *const test_names[] = {
  "role", "post", "own-agency", "assigned", "asked", "state", "field", "differs", "unchanged",
  "signed", "within", "on-line", "named",
};

/* In the order of #MashGrant. */
static const char *const grant_names[] = { "no", "yes", "own", "assigned", "condition" };

static gboolean
replace (MashHubLine *line,
         const char  *sql,
         GString     *rows,
         GError     **error)
{
  gboolean done = mash_hub_line_copy (line, sql, rows, error);

  g_string_truncate (rows, 0);

  return done;
}

static gboolean
put_kinds (MashHubLine *line,
           GString     *rows,
           GError     **error)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      mash_hub_copy_add (rows, kinds[i]->name);
      mash_hub_copy_add_flag (rows, (kinds[i]->traits & MASH_KIND_SIGNED) != 0);
      mash_hub_copy_add_flag (rows, (kinds[i]->traits & MASH_KIND_APPEND_ONLY) != 0);
      mash_hub_copy_add_flag (rows, (kinds[i]->traits & MASH_KIND_KEPT) != 0);
      mash_hub_copy_end (rows);
    }

  return replace (line, "COPY mash.kind (name, signed, append_only, kept) FROM STDIN", rows, error);
}

static void
add_field (GString        *rows,
           const MashKind *kind,
           guint           i)
{
  const MashField *field = &kind->fields[i];

  mash_hub_copy_add (rows, kind->name);
  mash_hub_copy_add_number (rows, i);
  mash_hub_copy_add (rows, field->name);
  mash_hub_copy_add (rows, type_names[field->type]);
  mash_hub_copy_add (rows, field->of);
  mash_hub_copy_add_flag (rows, (field->needs & MASH_NEED_SAVE) != 0);
  mash_hub_copy_add_flag (rows, field->owner == MASH_OWNER_RULES);
  mash_hub_copy_add_flag (rows, (field->traits & MASH_FIELD_FIXED) != 0);
  mash_hub_copy_add_flag (rows, (field->traits & MASH_FIELD_PAST) != 0);
  mash_hub_copy_end (rows);
}

static gboolean
put_fields (MashHubLine *line,
            GString     *rows,
            GError     **error)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint k = 0; k < n_kinds; k++)
    {
      for (guint i = 0; i < kinds[k]->n_fields; i++)
        add_field (rows, kinds[k], i);
    }

  return replace (line, "COPY mash.field (kind, n, name, type, of, needed, by_rules, fixed, past)"
                  " FROM STDIN", rows, error);
}

/* Fingerprints spell some characters as numbers, as the library that prints them does. */
static gboolean
put_unprintable (MashHubLine *line,
                 GString     *rows,
                 GError     **error)
{
  gunichar first = 0;
  gboolean inside = FALSE;

  for (gunichar c = 1; c <= LAST_CHARACTER + 1; c++)
    {
      gboolean spelt = c <= LAST_CHARACTER && !g_unichar_isprint (c);

      if (spelt && !inside)
        first = c;
      if (!spelt && inside)
        {
          mash_hub_copy_add_number (rows, first);
          mash_hub_copy_add_number (rows, c - 1);
          mash_hub_copy_end (rows);
        }
      inside = spelt;
    }

  return replace (line, "COPY mash.unprintable (first, last) FROM STDIN", rows, error);
}

/**
 * mash_hub_policy_put_program:
 * @line: the administrator's line, in a transaction
 * @error: return location for a #MashSyncError
 *
 * Puts the kinds and fields of this program in the place of those that the hub has.
 *
 * Returns: whether it was done
 */
gboolean
mash_hub_policy_put_program (MashHubLine *line,
                             GError     **error)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  return mash_hub_line_run (line, "DELETE FROM mash.field; DELETE FROM mash.kind;"
                            " DELETE FROM mash.unprintable", error) &&
         put_kinds (line, rows, error) &&
         put_fields (line, rows, error) &&
         put_unprintable (line, rows, error);
}

static gboolean
put_deeds (MashHubLine *line,
           MashPolicy  *policy,
           GString     *rows,
           GError     **error)
{
  guint n_deeds;
  const MashDeed *const *deeds = mash_policy_list_deeds (policy, &n_deeds);

  for (guint i = 0; i < n_deeds; i++)
    {
      mash_hub_copy_add (rows, deeds[i]->id);
      mash_hub_copy_add_number (rows, deeds[i]->permission);
      mash_hub_copy_add (rows, deeds[i]->from);
      mash_hub_copy_add (rows, deeds[i]->to);
      mash_hub_copy_add (rows, deeds[i]->to_when);
      mash_hub_copy_add (rows, deeds[i]->touches);
      mash_hub_copy_add (rows, deeds[i]->sets);
      mash_hub_copy_add (rows, deeds[i]->sign_off);
      mash_hub_copy_add_flag (rows, deeds[i]->needs_reason);
      mash_hub_copy_add_flag (rows, mash_merge_is_open (deeds[i]));
      mash_hub_copy_add_flag (rows, mash_words_contain (MASH_MERGE_RAISES, deeds[i]->id));
      mash_hub_copy_end (rows);
    }

  return replace (line, "COPY mash.deed (id, permission, states_from, state_to, to_when, touches,"
                  " sets, sign_off, needs_reason, merges, raises) FROM STDIN", rows, error);
}

static void
add_guard (GString         *rows,
           const MashDeed  *deed,
           guint            i)
{
  const MashGuard *guard = &deed->guards[i];

  mash_hub_copy_add (rows, deed->id);
  mash_hub_copy_add_number (rows, i);
  mash_hub_copy_add (rows, test_names[guard->test]);
  mash_hub_copy_add (rows, guard->kind);
  mash_hub_copy_add (rows, guard->field);
  mash_hub_copy_add (rows, guard->value);
  mash_hub_copy_add (rows, guard->when_field);
  mash_hub_copy_add (rows, guard->when_value);
  mash_hub_copy_add (rows, guard->says);
  mash_hub_copy_end (rows);
}

static gboolean
put_guards (MashHubLine *line,
            MashPolicy  *policy,
            GString     *rows,
            GError     **error)
{
  guint n_deeds;
  const MashDeed *const *deeds = mash_policy_list_deeds (policy, &n_deeds);

  for (guint d = 0; d < n_deeds; d++)
    {
      for (guint i = 0; i < deeds[d]->n_guards; i++)
        add_guard (rows, deeds[d], i);
    }

  return replace (line, "COPY mash.deed_guard (deed, n, test, kind, field, value, when_field,"
                  " when_value, says) FROM STDIN", rows, error);
}

static void
add_permit (GString    *rows,
            MashPolicy *policy,
            const char *role,
            guint       permission)
{
  const char *note = NULL;
  MashGrant grant = mash_policy_get_grant (policy, role, permission, &note);

  mash_hub_copy_add (rows, role);
  mash_hub_copy_add_number (rows, permission);
  mash_hub_copy_add (rows, grant_names[grant]);
  mash_hub_copy_add (rows, note);
  mash_hub_copy_end (rows);
}

static gboolean
put_permits (MashHubLine *line,
             MashPolicy  *policy,
             GString     *rows,
             GError     **error)
{
  guint n_roles;
  const MashCode *roles = mash_policy_list_codes (policy, "ROLE", &n_roles);

  for (guint i = 0; i < n_roles; i++)
    {
      for (guint p = 1; p <= MASH_N_PERMISSIONS; p++)
        add_permit (rows, policy, roles[i].code, p);
    }

  return replace (line, "COPY mash.permit (role, permission, answer, note) FROM STDIN", rows,
                  error);
}

static gboolean
put_codes (MashHubLine *line,
           MashPolicy  *policy,
           GString     *rows,
           GError     **error)
{
  guint n_lists;
  const char *const *lists = mash_policy_list_lists (policy, &n_lists);

  for (guint l = 0; l < n_lists; l++)
    {
      guint n_codes;
      const MashCode *codes = mash_policy_list_codes (policy, lists[l], &n_codes);

      for (guint i = 0; i < n_codes; i++)
        {
          mash_hub_copy_add (rows, lists[l]);
          mash_hub_copy_add (rows, codes[i].code);
          mash_hub_copy_add_flag (rows, codes[i].retired);
          mash_hub_copy_end (rows);
        }
    }

  return replace (line, "COPY mash.code (list, code, retired) FROM STDIN", rows, error);
}

/* The days that count for strategy discussions (T13). */
static gboolean
put_days (MashHubLine *line,
          MashPolicy  *policy,
          GString     *rows,
          GError     **error)
{
  const MashClockRule *rule = mash_policy_find_clock (policy, "T13");
  MashCalendar *calendar = rule != NULL && rule->calendar != NULL
                           ? mash_policy_get_calendar (policy, rule->calendar) : NULL;
  int first = 0, last = 0;

  mash_date_parse (FIRST_DAY, &first);
  mash_date_parse (LAST_DAY, &last);
  for (int day = first; calendar != NULL && day <= last; day++)
    {
      g_autofree char *date = mash_date_format (day);

      if (!mash_calendar_works_on (calendar, day))
        continue;
      mash_hub_copy_add (rows, date);
      mash_hub_copy_end (rows);
    }

  return replace (line, "COPY mash.working_day (day) FROM STDIN", rows, error);
}

/**
 * mash_hub_policy_put:
 * @line: the administrator's line, in a transaction
 * @policy: a policy that has been checked
 * @error: return location for a #MashSyncError
 *
 * Puts a policy into force at a hub.
 *
 * Returns: whether it was done
 */
gboolean
mash_hub_policy_put (MashHubLine *line,
                     MashPolicy  *policy,
                     GError     **error)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (MashHubRows) done = NULL;

  if (!mash_hub_line_run (line, "DELETE FROM mash.deed_guard; DELETE FROM mash.deed;"
                          " DELETE FROM mash.permit; DELETE FROM mash.code;"
                          " DELETE FROM mash.working_day", error) ||
      !put_deeds (line, policy, rows, error) || !put_guards (line, policy, rows, error) ||
      !put_permits (line, policy, rows, error) || !put_codes (line, policy, rows, error) ||
      !put_days (line, policy, rows, error))
    return FALSE;

  done = mash_hub_line_ask (line, error, "UPDATE mash.meta SET policy = $1",
                            mash_policy_get_version (policy), NULL);

  return done != NULL && mash_hub_line_run (line, "SELECT mash.follow_posts ()", error);
}
