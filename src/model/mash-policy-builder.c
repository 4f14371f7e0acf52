/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy-builder.h"

#include <glib/gi18n-lib.h>

#include "mash-kind.h"
#include "mash-model-error.h"
#include "mash-policy-private.h"

struct _MashPolicyBuilder
{
  MashPolicy *policy;

  /* The first thing that did not fit; told when the policy is finished. */
  GError     *fault;
  guint       line;
};

static void G_GNUC_PRINTF (2, 3)
refuse (MashPolicyBuilder *self,
        const char *format,
        ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  if (self->fault != NULL)
    return;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  mash_policy_fault (&self->fault, self->line, "%s", reason);
}

static const char *
keep (MashPolicyBuilder *self,
      const char        *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->policy->strings, text) : NULL;
}

/**
 * mash_policy_builder_new:
 *
 * Returns: (transfer full): a builder of an empty policy
 */
MashPolicyBuilder *
mash_policy_builder_new (void)
{
  MashPolicyBuilder *self = g_new0 (MashPolicyBuilder, 1);

  self->policy = mash_policy_new ();

  return self;
}

void
mash_policy_builder_free (MashPolicyBuilder *self)
{
  g_clear_pointer (&self->policy, mash_policy_unref);
  g_clear_error (&self->fault);
  g_free (self);
}

/**
 * mash_policy_builder_set_line:
 * @self: a builder
 * @line: the line of the file on which the pieces added from now on stand; 0 when there is no file
 */
void
mash_policy_builder_set_line (MashPolicyBuilder *self,
                              guint              line)
{
  g_return_if_fail (self != NULL);

  self->line = line;
}

/**
 * mash_policy_builder_set_versions:
 * @self: a builder
 * @version: version of the policy itself
 * @form_version: version of the referral form
 * @criteria_version: version of the threshold criteria
 * @criteria_from: local date from which those criteria are in force
 */
void
mash_policy_builder_set_versions (MashPolicyBuilder *self,
                                  const char        *version,
                                  const char        *form_version,
                                  const char        *criteria_version,
                                  const char        *criteria_from)
{
  g_return_if_fail (self != NULL);

  self->policy->version = keep (self, version);
  self->policy->form_version = keep (self, form_version);
  self->policy->criteria_version = keep (self, criteria_version);
  self->policy->criteria_from = keep (self, criteria_from);
}

/**
 * mash_policy_builder_add_list:
 * @self: a builder
 * @list: name of a code list
 * @national: its codes are laid down nationally
 */
void
mash_policy_builder_add_list (MashPolicyBuilder *self,
                              const char        *list,
                              gboolean           national)
{
  MashCodeList *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (list != NULL);

  if (g_hash_table_contains (self->policy->lists, list))
    {
      refuse (self, _("the list %s is there twice"), list);
      return;
    }

  entry = g_new0 (MashCodeList, 1);
  entry->name = keep (self, list);
  entry->national = national;
  entry->line = self->line;
  entry->codes = g_array_new (FALSE, FALSE, sizeof (MashCode));
  g_hash_table_insert (self->policy->lists, (gpointer) entry->name, entry);
  g_ptr_array_add (self->policy->list_names, (gpointer) entry->name);
}

/**
 * mash_policy_builder_add_code:
 * @self: a builder
 * @list: name of a list that was added before
 * @code: the code
 */
void
mash_policy_builder_add_code (MashPolicyBuilder *self,
                              const char        *list,
                              const MashCode    *code)
{
  MashCodeList *entry;
  MashCode copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (list != NULL);
  g_return_if_fail (code != NULL && code->code != NULL && code->label != NULL);

  entry = g_hash_table_lookup (self->policy->lists, list);
  if (entry == NULL)
    {
      refuse (self, _("there is no list %s for the code %s"), list, code->code);
      return;
    }
  if (mash_policy_find_code (self->policy, list, code->code) != NULL)
    {
      refuse (self, _("the list %s has the code %s twice"), list, code->code);
      return;
    }

  copy.code = keep (self, code->code);
  copy.label = keep (self, code->label);
  copy.detail = keep (self, code->detail);
  copy.retired = code->retired;
  g_array_append_val (entry->codes, copy);
}

/**
 * mash_policy_builder_add_permission:
 * @self: a builder
 * @number: its row in the matrix
 * @label: what it allows
 */
void
mash_policy_builder_add_permission (MashPolicyBuilder *self,
                                    guint              number,
                                    const char        *label)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  if (number < 1 || number > MASH_N_PERMISSIONS)
    refuse (self, _("there is no permission %u"), number);
  else if (self->policy->permissions[number] != NULL)
    refuse (self, _("the permission %u is there twice"), number);
  else
    self->policy->permissions[number] = keep (self, label);
  self->policy->permissions_line = self->line;
}

/**
 * mash_policy_builder_add_grant:
 * @self: a builder
 * @number: row of the matrix
 * @role: its column
 * @grant: what stands there
 * @note: (nullable): id of the note that sets the condition
 */
void
mash_policy_builder_add_grant (MashPolicyBuilder *self,
                               guint              number,
                               const char        *role,
                               MashGrant          grant,
                               const char        *note)
{
  MashGrantCell *cells;

  g_return_if_fail (self != NULL);
  g_return_if_fail (role != NULL);

  if (number < 1 || number > MASH_N_PERMISSIONS)
    {
      refuse (self, _("there is no permission %u"), number);
      return;
    }
  if (mash_policy_find_code (self->policy, "ROLE", role) == NULL)
    {
      refuse (self, _("the permission %u is granted to %s, which is no role"), number, role);
      return;
    }

  cells = g_hash_table_lookup (self->policy->grants, role);
  if (cells == NULL)
    {
      cells = g_new0 (MashGrantCell, MASH_N_PERMISSIONS + 1);
      g_hash_table_insert (self->policy->grants, (gpointer) keep (self, role), cells);
    }
  if (cells[number].grant != MASH_GRANT_NO)
    refuse (self, _("the permission %u is granted to %s twice"), number, role);
  if (note != NULL && mash_policy_get_note (self->policy, note) == NULL)
    refuse (self, _("the permission %u refers to the note %s, which is not there"), number, note);

  cells[number].grant = grant;
  cells[number].note = keep (self, note);
}

/**
 * mash_policy_builder_add_note:
 * @self: a builder
 * @id: id of a note of the matrix; notes come before the grants that name them
 * @text: one sentence
 */
void
mash_policy_builder_add_note (MashPolicyBuilder *self,
                              const char        *id,
                              const char        *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL && text != NULL);

  if (g_hash_table_contains (self->policy->notes, id))
    refuse (self, _("the note %s is there twice"), id);

  g_hash_table_insert (self->policy->notes, (gpointer) keep (self, id),
                       (gpointer) keep (self, text));
}

/**
 * mash_policy_builder_add_deed:
 * @self: a builder
 * @deed: the deed; its guards and effects are added one by one afterwards and not taken from here
 */
void
mash_policy_builder_add_deed (MashPolicyBuilder *self,
                              const MashDeed    *deed)
{
  MashDeedEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (deed != NULL && deed->id != NULL);

  if (g_hash_table_contains (self->policy->deeds_by_id, deed->id))
    {
      refuse (self, _("the deed %s is there twice"), deed->id);
      return;
    }

  entry = g_new0 (MashDeedEntry, 1);
  entry->deed = *deed;
  entry->deed.id = keep (self, deed->id);
  entry->deed.label = keep (self, deed->label);
  entry->deed.done = keep (self, deed->done);
  entry->deed.from = keep (self, deed->from);
  entry->deed.to = keep (self, deed->to);
  entry->deed.to_when = keep (self, deed->to_when);
  entry->deed.touches = keep (self, deed->touches);
  entry->deed.sets = keep (self, deed->sets);
  entry->deed.sign_off = keep (self, deed->sign_off);
  entry->deed.sign_result = keep (self, deed->sign_result);
  entry->deed.meaning = keep (self, deed->meaning);
  entry->deed.significance = keep (self, deed->significance);
  entry->deed.guards = NULL;
  entry->deed.n_guards = 0;
  entry->deed.effects = NULL;
  entry->deed.n_effects = 0;
  entry->line = self->line;
  entry->guards = g_array_new (FALSE, FALSE, sizeof (MashGuard));
  entry->guard_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  entry->effects = g_array_new (FALSE, FALSE, sizeof (MashEffect));
  entry->effect_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->policy->deeds, entry);
  g_hash_table_insert (self->policy->deeds_by_id, (gpointer) entry->deed.id, entry);
}

/**
 * mash_policy_builder_add_guard:
 * @self: a builder
 * @deed: id of a deed that was added before
 * @guard: what must hold for it
 */
void
mash_policy_builder_add_guard (MashPolicyBuilder *self,
                               const char        *deed,
                               const MashGuard   *guard)
{
  MashDeedEntry *entry;
  MashGuard copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (deed != NULL);
  g_return_if_fail (guard != NULL);

  entry = g_hash_table_lookup (self->policy->deeds_by_id, deed);
  if (entry == NULL)
    {
      refuse (self, _("there is no deed %s for this guard"), deed);
      return;
    }

  copy.test = guard->test;
  copy.kind = keep (self, guard->kind);
  copy.field = keep (self, guard->field);
  copy.value = keep (self, guard->value);
  copy.when_field = keep (self, guard->when_field);
  copy.when_value = keep (self, guard->when_value);
  copy.says = keep (self, guard->says);
  copy.holds = keep (self, guard->holds);
  g_array_append_val (entry->guards, copy);
  g_array_append_val (entry->guard_lines, self->line);
}

/**
 * mash_policy_builder_add_effect:
 * @self: a builder
 * @deed: id of a deed that was added before
 * @effect: what follows from it
 */
void
mash_policy_builder_add_effect (MashPolicyBuilder *self,
                                const char        *deed,
                                const MashEffect  *effect)
{
  MashDeedEntry *entry;
  MashEffect copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (deed != NULL);
  g_return_if_fail (effect != NULL);

  entry = g_hash_table_lookup (self->policy->deeds_by_id, deed);
  if (entry == NULL)
    {
      refuse (self, _("there is no deed %s for this effect"), deed);
      return;
    }

  copy.kind = effect->kind;
  copy.clock = keep (self, effect->clock);
  copy.at = keep (self, effect->at);
  copy.field = keep (self, effect->field);
  copy.value = keep (self, effect->value);
  copy.only_from = keep (self, effect->only_from);
  copy.share = keep (self, effect->share);
  copy.only_when = keep (self, effect->only_when);
  copy.when_field = keep (self, effect->when_field);
  copy.when_value = keep (self, effect->when_value);
  g_array_append_val (entry->effects, copy);
  g_array_append_val (entry->effect_lines, self->line);
}

/**
 * mash_policy_builder_add_clock:
 * @self: a builder
 * @clock: the rule of a clock
 */
void
mash_policy_builder_add_clock (MashPolicyBuilder   *self,
                               const MashClockRule *clock)
{
  MashClockEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (clock != NULL && clock->id != NULL);

  if (g_hash_table_contains (self->policy->clocks_by_id, clock->id))
    {
      refuse (self, _("the clock %s is there twice"), clock->id);
      return;
    }

  entry = g_new0 (MashClockEntry, 1);
  entry->rule = *clock;
  entry->rule.id = keep (self, clock->id);
  entry->rule.label = keep (self, clock->label);
  entry->rule.short_label = keep (self, clock->short_label);
  entry->rule.calendar = keep (self, clock->calendar);
  entry->rule.source = keep (self, clock->source);
  entry->line = self->line;
  g_ptr_array_add (self->policy->clocks, entry);
  g_hash_table_insert (self->policy->clocks_by_id, (gpointer) entry->rule.id, entry);
}

/**
 * mash_policy_builder_add_calendar:
 * @self: a builder
 * @id: id of a calendar; closed on every day until hours are set
 */
void
mash_policy_builder_add_calendar (MashPolicyBuilder *self,
                                  const char        *id)
{
  MashCalendarEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  if (g_hash_table_contains (self->policy->calendars, id))
    {
      refuse (self, _("the calendar %s is there twice"), id);
      return;
    }

  entry = g_new0 (MashCalendarEntry, 1);
  entry->id = keep (self, id);
  entry->line = self->line;
  entry->holidays = g_ptr_array_new ();
  g_hash_table_insert (self->policy->calendars, (gpointer) entry->id, entry);
}

/**
 * mash_policy_builder_set_hours:
 * @self: a builder
 * @calendar: id of a calendar that was added before
 * @weekday: 1 Monday to 7 Sunday
 * @from_minute: minute of the day from which it is open
 * @to_minute: minute of the day to which it is open
 */
void
mash_policy_builder_set_hours (MashPolicyBuilder *self,
                               const char        *calendar,
                               guint              weekday,
                               guint              from_minute,
                               guint              to_minute)
{
  MashCalendarEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (calendar != NULL);

  entry = g_hash_table_lookup (self->policy->calendars, calendar);
  if (entry == NULL)
    refuse (self, _("there is no calendar %s for these hours"), calendar);
  else if (weekday < 1 || weekday > 7 || from_minute >= to_minute || to_minute > 24 * 60)
    refuse (self, _("the hours of the calendar %s do not end after they begin"), calendar);
  else if (entry->hours[weekday].to != 0)
    refuse (self, _("the calendar %s has the hours of one day twice"), calendar);
  else
    {
      entry->hours[weekday].from = from_minute;
      entry->hours[weekday].to = to_minute;
    }
}

/**
 * mash_policy_builder_add_holiday:
 * @self: a builder
 * @calendar: id of a calendar that was added before
 * @date: local date on which it is closed, `YYYY-MM-DD`
 */
void
mash_policy_builder_add_holiday (MashPolicyBuilder *self,
                                 const char        *calendar,
                                 const char        *date)
{
  static const MashField form = { "date", MASH_FIELD_DATE };
  g_autoptr (GVariant) value = NULL;
  MashCalendarEntry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (calendar != NULL && date != NULL);

  value = g_variant_ref_sink (g_variant_new_string (date));
  entry = g_hash_table_lookup (self->policy->calendars, calendar);
  if (entry == NULL)
    refuse (self, _("there is no calendar %s for this holiday"), calendar);
  else if (!mash_field_check_value (&form, value))
    refuse (self, _("%s is no date"), date);
  else if (g_ptr_array_find_with_equal_func (entry->holidays, date, g_str_equal, NULL))
    refuse (self, _("the calendar %s has the holiday %s twice"), calendar, date);
  else
    g_ptr_array_add (entry->holidays, (gpointer) keep (self, date));
}

/**
 * mash_policy_builder_add_level:
 * @self: a builder
 * @level: a level of need; the lowest comes first
 */
void
mash_policy_builder_add_level (MashPolicyBuilder *self,
                               const MashLevel   *level)
{
  MashLevel copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (level != NULL && level->code != NULL);

  if (mash_policy_find_code (self->policy, "LVL", level->code) == NULL)
    refuse (self, _("the level %s is not in the list LVL"), level->code);

  copy.code = keep (self, level->code);
  copy.name = keep (self, level->name);
  copy.criteria = keep (self, level->criteria);
  self->policy->levels_line = self->line;
  g_array_append_val (self->policy->levels, copy);
}

/**
 * mash_policy_builder_set_weight:
 * @self: a builder
 * @item: a code of the list ITEM
 * @weight: what it counts for in the score of completeness
 */
void
mash_policy_builder_set_weight (MashPolicyBuilder *self,
                                const char        *item,
                                guint              weight)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item != NULL);

  if (mash_policy_find_code (self->policy, "ITEM", item) == NULL)
    refuse (self, _("the weight of %s is for nothing in the list ITEM"), item);
  if (g_hash_table_contains (self->policy->weights, item))
    refuse (self, _("the weight of %s is there twice"), item);

  g_hash_table_insert (self->policy->weights, (gpointer) keep (self, item),
                       GUINT_TO_POINTER (weight));
  self->policy->weights_line = self->line;
}

/**
 * mash_policy_builder_set_setting:
 * @self: a builder
 * @name: such as `idle-lock-minutes`
 * @value: its value
 */
void
mash_policy_builder_set_setting (MashPolicyBuilder *self,
                                 const char        *name,
                                 const char        *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  if (g_hash_table_contains (self->policy->settings, name))
    refuse (self, _("the setting %s is there twice"), name);

  g_hash_table_insert (self->policy->settings, (gpointer) keep (self, name),
                       (gpointer) keep (self, value));
  self->policy->settings_line = self->line;
}

static void
settle_calendars (MashPolicy *policy)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, policy->calendars);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MashCalendarEntry *entry = value;

      entry->calendar = mash_calendar_new (entry->id);
      for (guint day = 1; day <= 7; day++)
        mash_calendar_set_hours (entry->calendar, day,
                                 entry->hours[day].from, entry->hours[day].to);
      for (guint i = 0; i < entry->holidays->len; i++)
        mash_calendar_add_holiday (entry->calendar, g_ptr_array_index (entry->holidays, i));
    }
}

static void
settle_deeds (MashPolicy *policy)
{
  for (guint i = 0; i < policy->deeds->len; i++)
    {
      MashDeedEntry *entry = g_ptr_array_index (policy->deeds, i);

      entry->deed.guards = (const MashGuard *) entry->guards->data;
      entry->deed.n_guards = entry->guards->len;
      entry->deed.effects = (const MashEffect *) entry->effects->data;
      entry->deed.n_effects = entry->effects->len;
    }
}

/**
 * mash_policy_builder_finish:
 * @self: a builder; of no further use afterwards but to be freed
 * @error: says on which line and why the pieces do not fit
 *
 * Checks that everything a piece refers to is there: roles, permissions, states, kinds, fields,
 * codes, clocks, calendars, notes; that national lists are whole and unaltered; that every state
 * can be reached.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set (%MASH_MODEL_ERROR_INVALID)
 */
MashPolicy *
mash_policy_builder_finish (MashPolicyBuilder *self,
                            GError           **error)
{
  g_return_val_if_fail (self != NULL && self->policy != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  settle_deeds (self->policy);
  if (self->fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->fault));
      return NULL;
    }
  if (!mash_policy_check (self->policy, error))
    return NULL;
  settle_calendars (self->policy);

  return g_steal_pointer (&self->policy);
}
