/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-kind.h"
#include "mash-model-error.h"

/* What stands between a clock's short label and the rest of its long one. */
#define LABEL_BREAK " · "

/* No hub may leave a desk open for longer than this (security.md 2.3). */
#define IDLE_LOCK_LIMIT 15u

/* Settings that the program reads, and whether each must be a whole number. */
static const struct
{
  const char *name;
  gboolean    number;
} needed_settings[] = {
  { "dash-high", TRUE },
  { "dash-medium", TRUE },
  { "hard-limit-hours", TRUE },
  { "idle-lock-discussion", TRUE },
  { "idle-lock-max", TRUE },
  { "idle-lock-minutes", TRUE },
  { "idle-lock-warning-seconds", TRUE },
  { "lease-days", TRUE },
  { "match-block", TRUE },
  { "match-prompt", TRUE },
  { "officer-sample-percent", TRUE },
  { "random-sample-percent", TRUE },
  { "rereferral-months", TRUE },
  { "report-advice", FALSE },
  { "report-conversion", FALSE },
  { "report-strategy", FALSE },
  { "strategy-clock-rule", FALSE },
  { "throttle-after", TRUE },
  { "throttle-lock-after", TRUE },
  { "throttle-max-seconds", TRUE },
  { "window-months", TRUE },
};

/**
 * mash_policy_fault:
 * @error: (out) (optional): where to say it
 * @line: the line of the file, 0 where there is none
 * @format: what does not fit, in a sentence without its full stop
 *
 * Returns: %FALSE
 */
gboolean
mash_policy_fault (GError    **error,
                   guint       line,
                   const char *format,
                   ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  if (line > 0)
    {
      /* Translators: the line of a file, and a sentence on what does not fit there. */
      g_set_error (error, MASH_MODEL_ERROR, MASH_MODEL_ERROR_INVALID, _("Line %u: %s."),
                   line, reason);
    }
  else
    g_set_error (error, MASH_MODEL_ERROR, MASH_MODEL_ERROR_INVALID, "%s.", reason);

  return FALSE;
}

static gboolean
check_versions (MashPolicy *self,
                GError    **error)
{
  static const MashField form = { "criteria-from", MASH_FIELD_DATE };
  g_autoptr (GVariant) from = NULL;

  if (self->version == NULL || self->form_version == NULL || self->criteria_version == NULL ||
      self->criteria_from == NULL)
    return mash_policy_fault (error, 1, _("the policy does not say which version it is"));

  from = g_variant_ref_sink (g_variant_new_string (self->criteria_from));
  if (!mash_field_check_value (&form, from))
    return mash_policy_fault (error, 1, _("%s is no date"), self->criteria_from);

  return TRUE;
}

static gboolean
check_known_list (MashPolicy          *self,
                  const MashKnownList *known,
                  GError             **error)
{
  MashCodeList *list = g_hash_table_lookup (self->lists, known->list);
  g_auto (GStrv) codes = g_strsplit (known->codes, " ", -1);

  if (list == NULL)
    return mash_policy_fault (error, 0, _("the list %s is missing"), known->list);
  if (known->national && !list->national)
    return mash_policy_fault (error, list->line, _("the list %s is national and must be marked so"),
                              known->list);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (mash_policy_find_code (self, known->list, codes[i]) == NULL)
        return mash_policy_fault (error, list->line, _("the list %s lacks the code %s"),
                                  known->list, codes[i]);
    }
  for (guint i = 0; known->national && i < list->codes->len; i++)
    {
      const MashCode *code = &g_array_index (list->codes, MashCode, i);

      if (!mash_words_contain (known->codes, code->code))
        return mash_policy_fault (error, list->line,
                                  _("the list %s is national, and %s is not one of its codes"),
                                  known->list, code->code);
    }

  return TRUE;
}

static gboolean
is_known_national (const char *name)
{
  const MashKnownList *known;
  guint n_known;

  known = mash_policy_list_known (&n_known);
  for (guint i = 0; i < n_known; i++)
    {
      if (known[i].national && strcmp (known[i].list, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_lists (MashPolicy *self,
             GError    **error)
{
  const MashKind *const *kinds;
  const MashKnownList *known;
  guint n_kinds, n_known;

  known = mash_policy_list_known (&n_known);
  for (guint i = 0; i < n_known; i++)
    {
      if (!check_known_list (self, &known[i], error))
        return FALSE;
    }
  for (guint i = 0; i < self->list_names->len; i++)
    {
      MashCodeList *list = g_hash_table_lookup (self->lists, self->list_names->pdata[i]);

      if (list->national && !is_known_national (list->name))
        return mash_policy_fault (error, list->line, _("the list %s is not a national one"),
                                  list->name);
    }

  kinds = mash_kind_list (&n_kinds);
  for (guint k = 0; k < n_kinds; k++)
    {
      for (guint i = 0; i < kinds[k]->n_fields; i++)
        {
          const MashField *field = &kinds[k]->fields[i];

          if ((field->type == MASH_FIELD_CODE || field->type == MASH_FIELD_CODES) &&
              !g_hash_table_contains (self->lists, field->of))
            return mash_policy_fault (error, 0, _("the list %s is missing"), field->of);
        }
    }

  return TRUE;
}

static gboolean
check_permissions (MashPolicy *self,
                   GError    **error)
{
  for (guint i = 1; i <= MASH_N_PERMISSIONS; i++)
    {
      if (self->permissions[i] == NULL)
        return mash_policy_fault (error, self->permissions_line, _("the permission %u is missing"),
                                  i);
    }

  return TRUE;
}

static gboolean
check_limits (const MashClockEntry *entry,
              GError              **error)
{
  const MashClockRule *rule = &entry->rule;
  gboolean in_minutes = rule->unit == MASH_UNIT_ELAPSED || rule->unit == MASH_UNIT_BUSINESS_HOURS;
  gboolean in_days = rule->unit == MASH_UNIT_WORKING_DAYS || rule->unit == MASH_UNIT_MONTHS ||
                     rule->unit == MASH_UNIT_CALENDAR_DAYS;

  if (in_minutes != (rule->limit_minutes > 0 || rule->by_brag))
    return mash_policy_fault (error, entry->line, in_minutes
                              ? _("the clock %s has no minutes")
                              : _("the clock %s has minutes, which its unit does not count"),
                              rule->id);
  if (rule->limit_minutes > 0 && rule->by_brag)
    return mash_policy_fault (error, entry->line,
                              _("the clock %s has one limit and limits by urgency"), rule->id);
  if (in_days != (rule->limit > 0))
    return mash_policy_fault (error, entry->line, in_days
                              ? _("the clock %s has no limit")
                              : _("the clock %s has a limit, which its unit does not count"),
                              rule->id);

  return TRUE;
}

static gboolean
check_clock (MashPolicy           *self,
             const MashClockEntry *entry,
             GError              **error)
{
  const MashClockRule *rule = &entry->rule;
  g_autofree char *beginning = g_strconcat (rule->short_label, LABEL_BREAK, NULL);

  if (mash_policy_find_code (self, "TMR", rule->id) == NULL)
    return mash_policy_fault (error, entry->line, _("the clock %s is not in the list TMR"),
                              rule->id);
  if (!g_str_has_prefix (rule->label, beginning))
    return mash_policy_fault (error, entry->line,
                              _("the label of the clock %s does not begin with “%s”"),
                              rule->id, beginning);
  if (rule->calendar == NULL &&
      (rule->unit == MASH_UNIT_WORKING_DAYS || rule->unit == MASH_UNIT_BUSINESS_HOURS))
    return mash_policy_fault (error, entry->line, _("the clock %s needs a calendar"), rule->id);
  if (rule->calendar != NULL && !g_hash_table_contains (self->calendars, rule->calendar))
    return mash_policy_fault (error, entry->line, _("there is no calendar %s for the clock %s"),
                              rule->calendar, rule->id);
  if (rule->warn_percent < 1 || rule->warn_percent > 100)
    return mash_policy_fault (error, entry->line, _("the clock %s warns at %u per cent"),
                              rule->id, rule->warn_percent);

  return check_limits (entry, error);
}

static gboolean
check_clocks (MashPolicy *self,
              GError    **error)
{
  MashCodeList *list = g_hash_table_lookup (self->lists, "TMR");

  for (guint i = 0; i < self->clocks->len; i++)
    {
      if (!check_clock (self, g_ptr_array_index (self->clocks, i), error))
        return FALSE;
    }
  for (guint i = 0; i < list->codes->len; i++)
    {
      const char *id = g_array_index (list->codes, MashCode, i).code;

      if (mash_policy_find_clock (self, id) == NULL)
        return mash_policy_fault (error, list->line, _("the clock %s has no rule"), id);
    }

  return TRUE;
}

static gboolean
check_calendars (MashPolicy *self,
                 GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->calendars);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MashCalendarEntry *entry = value;
      gboolean opens = FALSE;

      for (guint day = 1; day <= 7; day++)
        opens |= entry->hours[day].to != 0;
      if (!opens)
        return mash_policy_fault (error, entry->line, _("the calendar %s is open on no day"),
                                  entry->id);
    }

  return TRUE;
}

static gboolean
check_levels (MashPolicy *self,
              GError    **error)
{
  const MashCode *codes;
  guint n_codes;

  codes = mash_policy_list_codes (self, "LVL", &n_codes);
  for (guint c = 0; c < n_codes; c++)
    {
      guint found = 0;

      for (guint i = 0; i < self->levels->len; i++)
        found += strcmp (g_array_index (self->levels, MashLevel, i).code, codes[c].code) == 0;
      if (found != 1 && !codes[c].retired)
        return mash_policy_fault (error, self->levels_line,
                                  _("the level %s has no criteria of its own"),
                                  codes[c].code);
    }

  return TRUE;
}

static gboolean
check_weights (MashPolicy *self,
               GError    **error)
{
  const MashCode *items;
  guint n_items, sum = 0;

  items = mash_policy_list_codes (self, "ITEM", &n_items);
  for (guint i = 0; i < n_items; i++)
    {
      if (!g_hash_table_contains (self->weights, items[i].code))
        return mash_policy_fault (error, self->weights_line, _("the item %s has no weight"),
                                  items[i].code);
      sum += mash_policy_get_weight (self, items[i].code);
    }
  if (sum != 100)
    return mash_policy_fault (error, self->weights_line, _("the weights make %u together, not 100"),
                              sum);

  return TRUE;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strlen (text) <= 6 && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
check_settings (MashPolicy *self,
                GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (needed_settings); i++)
    {
      const char *name = needed_settings[i].name;
      const char *value = mash_policy_get_setting (self, name);

      if (value == NULL)
        return mash_policy_fault (error, self->settings_line, _("the setting %s is missing"), name);
      if (needed_settings[i].number && !is_number (value))
        return mash_policy_fault (error, self->settings_line,
                                  _("the setting %s is no whole number"),
                                  name);
    }
  if (mash_policy_get_number (self, "idle-lock-minutes") < 1 ||
      mash_policy_get_number (self, "idle-lock-minutes") >
      mash_policy_get_number (self, "idle-lock-max"))
    return mash_policy_fault (error, self->settings_line,
                              _("the idle lock is not between one minute and idle-lock-max"));
  if (mash_policy_get_number (self, "idle-lock-max") > IDLE_LOCK_LIMIT)
    return mash_policy_fault (error, self->settings_line,
                              _("the idle lock may not be put off for more than %u minutes"),
                              IDLE_LOCK_LIMIT);

  for (guint i = 0; i < G_N_ELEMENTS (needed_settings); i++)
    {
      if (g_str_has_suffix (needed_settings[i].name, "-percent") &&
          mash_policy_get_number (self, needed_settings[i].name) > 100)
        return mash_policy_fault (error, self->settings_line,
                                  _("the setting %s is more than the whole"),
                                  needed_settings[i].name);
    }

  return TRUE;
}

/**
 * mash_policy_check:
 * @self: a policy that was just put together
 * @error: says what does not fit
 *
 * Returns: %TRUE when every piece refers to pieces that are there
 */
gboolean
mash_policy_check (MashPolicy *self,
                   GError    **error)
{
  return check_versions (self, error) &&
         check_lists (self, error) &&
         check_permissions (self, error) &&
         check_calendars (self, error) &&
         check_clocks (self, error) &&
         check_levels (self, error) &&
         check_weights (self, error) &&
         check_settings (self, error) &&
         mash_policy_check_deeds (self, error);
}
