/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-work.h"

#include <string.h>

#include "mash-calendar.h"
#include "mash-kinds.h"
#include "mash-time.h"

/* The clock of a flag's review (domain 4.3). Its time is the flag's own and not the rule's. */
#define REVIEW_CLOCK "T26"

#define TASK_OPEN "OPEN"
#define TASK_DONE "DONE"
#define TASK_CANCELLED "CANCELLED"

static void
put_text (MashEdit   *edit,
          MashRecord *before,
          const char *name,
          const char *now)
{
  guint field = mash_kind_find_field (mash_edit_get_kind (edit), name);
  g_autoptr (GVariant) value = now != NULL ? g_variant_ref_sink (g_variant_new_string (now)) : NULL;

  g_return_if_fail (field != MASH_NO_FIELD);

  mash_edit_set (edit, field, before != NULL ? mash_record_get_value (before, field) : NULL, value);
}

static gboolean
touches (MashEdit   *edit,
         const char *name)
{
  return mash_edit_touches (edit, mash_kind_find_field (mash_edit_get_kind (edit), name));
}

/* Tasks */

static void
follow_task (MashCase   *the_case,
             MashEdit   *edit,
             const char *now)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (the_case->facts, "task",
                                                     mash_edit_get_id (edit));
  const char *deed = the_case->deed->id;
  const char *status = NULL;

  if (mash_edit_is_new (edit))
    {
      put_text (edit, NULL, "status", TASK_OPEN);
      return;
    }
  if (strcmp (deed, "finish-task") == 0)
    status = TASK_DONE;
  else if (strcmp (deed, "cancel-task") == 0)
    status = TASK_CANCELLED;
  if (status == NULL)
    return;

  put_text (edit, before, "status", status);
  put_text (edit, before, "ended-at", now);
  put_text (edit, before, "ended-by", the_case->actor->person);
}

static void
follow_mention (MashCase   *the_case,
                MashEdit   *edit,
                const char *now)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (the_case->facts, "mention",
                                                     mash_edit_get_id (edit));

  if (strcmp (the_case->deed->id, "see-mention") == 0)
    put_text (edit, before, "seen-at", now);
}

/* Flags */

static void
stop_reviews (MashCase   *the_case,
              const char *flag,
              const char *now)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (the_case->facts, "clock", "contact",
                                                  mash_group_get_contact (the_case->group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);
      const char *due_at = mash_record_get_text (clock, "due-at");
      gint64 due, stopped;
      MashEdit *edit;

      if (g_strcmp0 (mash_record_get_text (clock, "type"), REVIEW_CLOCK) != 0 ||
          g_strcmp0 (mash_record_get_text (clock, "subject"), flag) != 0 ||
          mash_record_has (clock, "stopped-at"))
        continue;

      edit = mash_edit_new_for (clock);
      put_text (edit, clock, "stopped-at", now);
      put_text (edit, clock, "stop-event", the_case->deed->id);
      if (due_at != NULL && mash_time_parse (due_at, &due) && mash_time_parse (now, &stopped) &&
          stopped > due)
        {
          g_autofree char *late = g_strdup_printf ("%" G_GINT64_FORMAT,
                                                   (stopped - due + MASH_TIME_MINUTE - 1) /
                                                   MASH_TIME_MINUTE);

          put_text (edit, clock, "breach-minutes", late);
        }
      mash_group_take_edit (the_case->group, edit);
    }
}

/* A flag is reviewed by the end of the day that it names. */
static void
start_review (MashCase    *the_case,
              const char  *flag,
              const char  *review_by,
              const char  *now,
              MashIdSource make_id,
              gpointer     data)
{
  const MashClockRule *rule = mash_policy_find_clock (the_case->policy, REVIEW_CLOCK);
  g_autofree char *id = NULL;
  g_autofree char *due_at = NULL;
  MashEdit *edit;
  int day;

  if (rule == NULL || review_by == NULL || !mash_date_parse (review_by, &day))
    return;

  id = make_id (data);
  due_at = mash_time_format (mash_time_get_day_end (day));
  edit = mash_edit_new (&mash_clock_kind, id, 0);
  put_text (edit, NULL, "contact", mash_group_get_contact (the_case->group));
  put_text (edit, NULL, "type", REVIEW_CLOCK);
  put_text (edit, NULL, "subject", flag);
  put_text (edit, NULL, "started-at", now);
  put_text (edit, NULL, "due-at", due_at);
  put_text (edit, NULL, "calendar", rule->calendar);
  put_text (edit, NULL, "rule-version", mash_policy_get_version (the_case->policy));
  mash_group_take_edit (the_case->group, edit);
}

static void
follow_flag (MashCase    *the_case,
             MashEdit    *edit,
             const char  *now,
             MashIdSource make_id,
             gpointer     data)
{
  const char *flag = mash_edit_get_id (edit);
  gboolean reviewed = touches (edit, "review-by");

  if (!mash_edit_is_new (edit) && touches (edit, "cleared-at") && !touches (edit, "clear-reason"))
    put_text (edit, NULL, "clear-reason", mash_group_get_reason (the_case->group));

  if (!mash_edit_is_new (edit) && (reviewed || touches (edit, "cleared-at")))
    stop_reviews (the_case, flag, now);
  if (reviewed && !touches (edit, "cleared-at"))
    start_review (the_case, flag, mash_edit_get_text (edit, "review-by"), now, make_id, data);
}

/**
 * mash_rules_follow_work:
 * @the_case: a case whose group is being completed
 * @now: the time of the deed
 * @make_id: gives ids of records that are made here
 * @data: for @make_id
 *
 * Adds to the group what follows from its tasks, mentions and flags: a task's state, when a mention
 * was seen, and the clock by which each flag is to be reviewed (domain 4.3, T26). A review stops
 * the clock of its flag and starts the next. Any thread.
 */
void
mash_rules_follow_work (MashCase    *the_case,
                        const char  *now,
                        MashIdSource make_id,
                        gpointer     data)
{
  guint n = mash_group_get_n_edits (the_case->group);

  for (guint i = 0; i < n; i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const MashKind *kind = mash_edit_get_kind (edit);

      if (kind == &mash_task_kind)
        follow_task (the_case, edit, now);
      else if (kind == &mash_mention_kind)
        follow_mention (the_case, edit, now);
      else if (kind == &mash_flag_kind)
        follow_flag (the_case, edit, now, make_id, data);
    }
}

/* Guards. Each looks at every record of its kind in the group, as it would stand or as it stood; a
 * group that holds none, asked about beforehand, is not refused. */

typedef gboolean (*CheckRecord) (MashCase   *the_case,
                                 MashRecord *record);

static gboolean
check_each (MashCase   *the_case,
            const char *kind,
            MashFacts  *facts,
            CheckRecord check)
{
  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      g_autoptr (MashRecord) record = NULL;

      if (strcmp (mash_edit_get_kind (edit)->name, kind) != 0)
        continue;
      record = mash_facts_lookup (facts, kind, mash_edit_get_id (edit));
      if (record == NULL || !check (the_case, record))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_owner (MashCase   *the_case,
           MashRecord *task)
{
  return mash_record_has (task, "owner") != mash_record_has (task, "owner-post");
}

gboolean
mash_work_task_has_owner (MashCase *the_case)
{
  return check_each (the_case, "task", the_case->proposed, has_owner);
}

static gboolean
is_own_task (MashCase   *the_case,
             MashRecord *task)
{
  const MashActor *actor = the_case->actor;

  return g_strcmp0 (mash_record_get_text (task, "owner"), actor->person) == 0 ||
         g_strcmp0 (mash_record_get_text (task, "owner-post"), actor->post) == 0 ||
         g_strcmp0 (mash_record_get_stamps (task)->created_by, actor->person) == 0 ||
         g_strcmp0 (actor->role, "MM") == 0;
}

gboolean
mash_work_task_is_own (MashCase *the_case)
{
  return check_each (the_case, "task", the_case->facts, is_own_task);
}

static gboolean
is_open_task (MashCase   *the_case,
              MashRecord *task)
{
  return g_strcmp0 (mash_record_get_text (task, "status"), TASK_OPEN) == 0;
}

gboolean
mash_work_task_is_open (MashCase *the_case)
{
  return check_each (the_case, "task", the_case->facts, is_open_task);
}

static gboolean
is_own_mention (MashCase   *the_case,
                MashRecord *mention)
{
  return g_strcmp0 (mash_record_get_text (mention, "whom"), the_case->actor->person) == 0 &&
         !mash_record_has (mention, "seen-at");
}

gboolean
mash_work_mention_is_own (MashCase *the_case)
{
  return check_each (the_case, "mention", the_case->facts, is_own_mention);
}

static gboolean
is_other_mention (MashCase   *the_case,
                  MashRecord *mention)
{
  return g_strcmp0 (mash_record_get_text (mention, "whom"), the_case->actor->person) != 0;
}

gboolean
mash_work_mention_is_other (MashCase *the_case)
{
  return check_each (the_case, "mention", the_case->proposed, is_other_mention);
}
