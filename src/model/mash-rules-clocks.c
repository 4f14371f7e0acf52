/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-private.h"

#include "mash-calendar.h"
#include "mash-clock-reading.h"
#include "mash-kinds.h"
#include "mash-time.h"

static GPtrArray *
list_running (MashRules  *self,
              const char *type,
              const char *subject)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (self->the_case.proposed, "clock", "contact",
                                                  mash_group_get_contact (self->the_case.group));
  GPtrArray *running = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (g_strcmp0 (mash_record_get_text (clock, "type"), type) == 0 &&
          (subject == NULL || g_strcmp0 (mash_record_get_text (clock, "subject"), subject) == 0) &&
          !mash_record_has (clock, "stopped-at"))
        g_ptr_array_add (running, mash_record_ref (clock));
    }

  return running;
}

/**
 * mash_rules_start_clock:
 * @self: what the rules work on
 * @type: the type of the clock, `T04`
 * @subject: (nullable): the id of what it runs on; %NULL is the contact as a whole
 * @started: when what it counts from happened
 *
 * A clock is never reset: while one of its type runs on the same, no second one starts. One that
 * the policy gives no limit starts where it is there to be reported only.
 *
 * Any thread.
 */
void
mash_rules_start_clock (MashRules  *self,
                        const char *type,
                        const char *subject,
                        gint64      started)
{
  const MashClockRule *rule = mash_policy_find_clock (self->the_case.policy, type);
  g_autoptr (GPtrArray) running = list_running (self, type, subject);
  g_autofree char *brag = mash_case_dup_value (&self->the_case, "brag");
  g_autofree char *id = NULL;
  MashCalendar *calendar;
  MashEdit *edit;
  gint64 due;

  if (rule == NULL || running->len > 0)
    return;
  calendar = mash_policy_get_calendar (self->the_case.policy, rule->calendar);
  due = mash_clock_rule_get_due (rule, calendar, started, brag, 0);
  if (due == MASH_TIME_NEVER && rule->unit != MASH_UNIT_REPORT_ONLY)
    return;

  id = self->make_id (self->data);
  edit = mash_edit_new (&mash_clock_kind, id, 0);
  mash_rules_put (edit, NULL, "contact",
                  mash_rules_text (mash_group_get_contact (self->the_case.group)));
  mash_rules_put (edit, NULL, "type", mash_rules_text (type));
  mash_rules_put (edit, NULL, "subject", mash_rules_text (subject));
  mash_rules_put (edit, NULL, "started-at",
                  g_variant_new_take_string (mash_time_format (started)));
  if (due != MASH_TIME_NEVER)
    mash_rules_put (edit, NULL, "due-at", g_variant_new_take_string (mash_time_format (due)));
  mash_rules_put (edit, NULL, "calendar", mash_rules_text (rule->calendar));
  mash_rules_put (edit, NULL, "rule-version",
                  mash_rules_text (mash_policy_get_version (self->the_case.policy)));
  mash_group_take_edit (self->the_case.group, edit);
}

static void
stop (MashRules  *self,
      MashRecord *clock,
      gint64      stopped)
{
  const char *id = mash_record_get_id (clock);
  const char *due_at = mash_record_get_text (clock, "due-at");
  g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, "clock", id);
  MashEdit *edit = mash_group_find_edit (self->the_case.group, "clock", id);
  gboolean found = edit != NULL;
  gint64 due;

  if (!found)
    edit = mash_edit_new_for (clock);
  mash_rules_put (edit, before, "stopped-at",
                  g_variant_new_take_string (mash_time_format (stopped)));
  mash_rules_put (edit, before, "stop-event", mash_rules_text (self->the_case.deed->id));
  if (mash_time_parse (due_at, &due) && stopped > due)
    mash_rules_put (edit, before, "breach-minutes",
                    mash_rules_number ((stopped - due + MASH_TIME_MINUTE - 1) /
                                       MASH_TIME_MINUTE));
  if (!found)
    mash_group_take_edit (self->the_case.group, edit);
}

/**
 * mash_rules_stop_clock:
 * @self: what the rules work on
 * @type: the type of the clock, `T04`
 * @subject: (nullable): the id of what it runs on; with %NULL each of the type stops
 * @stopped: when what it waited for happened, which is not when that was keyed
 *
 * A clock never stops before it began.
 *
 * Any thread.
 */
void
mash_rules_stop_clock (MashRules  *self,
                       const char *type,
                       const char *subject,
                       gint64      stopped)
{
  g_autoptr (GPtrArray) running = list_running (self, type, subject);

  for (guint i = 0; i < running->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (running, i);
      gint64 started = mash_time_parse_or (mash_record_get_text (clock, "started-at"), stopped);

      stop (self, clock, MAX (stopped, started));
    }
}
