/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy.h"

#include <stdlib.h>
#include <string.h>

#include "mash-policy-private.h"

G_DEFINE_BOXED_TYPE (MashPolicy, mash_policy, mash_policy_ref, mash_policy_unref)

static void
free_list (gpointer data)
{
  MashCodeList *list = data;

  g_array_unref (list->codes);
  g_free (list);
}

static void
free_deed (gpointer data)
{
  MashDeedEntry *entry = data;

  g_array_unref (entry->guards);
  g_array_unref (entry->guard_lines);
  g_array_unref (entry->effects);
  g_array_unref (entry->effect_lines);
  g_free (entry);
}

static void
free_calendar (gpointer data)
{
  MashCalendarEntry *entry = data;

  g_clear_pointer (&entry->calendar, mash_calendar_unref);
  g_ptr_array_unref (entry->holidays);
  g_free (entry);
}

/**
 * mash_policy_new:
 *
 * Makes an empty policy for the builder to fill.
 *
 * Returns: (transfer full): the policy
 */
MashPolicy *
mash_policy_new (void)
{
  MashPolicy *self = g_atomic_rc_box_new0 (MashPolicy);

  self->strings = g_string_chunk_new (16 * 1024);
  self->list_names = g_ptr_array_new ();
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_list);
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->notes = g_hash_table_new (g_str_hash, g_str_equal);
  self->deeds = g_ptr_array_new_with_free_func (free_deed);
  self->deeds_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->clocks = g_ptr_array_new_with_free_func (g_free);
  self->clocks_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->calendars = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_calendar);
  self->levels = g_array_new (FALSE, FALSE, sizeof (MashLevel));
  self->weights = g_hash_table_new (g_str_hash, g_str_equal);
  self->settings = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

static void
clear_policy (gpointer data)
{
  MashPolicy *self = data;

  g_hash_table_unref (self->settings);
  g_hash_table_unref (self->weights);
  g_array_unref (self->levels);
  g_hash_table_unref (self->calendars);
  g_hash_table_unref (self->clocks_by_id);
  g_ptr_array_unref (self->clocks);
  g_hash_table_unref (self->deeds_by_id);
  g_ptr_array_unref (self->deeds);
  g_hash_table_unref (self->notes);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->list_names);
  g_string_chunk_free (self->strings);
}

MashPolicy *
mash_policy_ref (MashPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mash_policy_unref (MashPolicy *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_policy);
}

/**
 * mash_policy_get_version:
 * @self: a policy
 *
 * Returns: the version that every judgement and every clock names
 */
const char *
mash_policy_get_version (MashPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

/**
 * mash_policy_get_form_version:
 * @self: a policy
 *
 * Returns: the version of the referral form
 */
const char *
mash_policy_get_form_version (MashPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->form_version;
}

/**
 * mash_policy_get_criteria_version:
 * @self: a policy
 *
 * Returns: the version of the threshold criteria, which each decision keeps
 */
const char *
mash_policy_get_criteria_version (MashPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->criteria_version;
}

/**
 * mash_policy_get_criteria_from:
 * @self: a policy
 *
 * Returns: the local date from which those criteria are in force, `YYYY-MM-DD`
 */
const char *
mash_policy_get_criteria_from (MashPolicy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->criteria_from;
}

/**
 * mash_policy_list_lists:
 * @self: a policy
 * @n_lists: (out): how many there are
 *
 * Returns: (array length=n_lists): the names of its code lists, in the order of the file
 */
const char *const *
mash_policy_list_lists (MashPolicy *self,
                        guint      *n_lists)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_lists != NULL, NULL);

  *n_lists = self->list_names->len;

  return (const char *const *) self->list_names->pdata;
}

/**
 * mash_policy_list_codes:
 * @self: a policy
 * @list: name of a code list, such as `RSRC`
 * @n_codes: (out): how many there are; 0 when there is no such list
 *
 * Returns: (array length=n_codes) (nullable): the codes in the order in which they are offered
 */
const MashCode *
mash_policy_list_codes (MashPolicy *self,
                        const char *list,
                        guint      *n_codes)
{
  MashCodeList *found;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (n_codes != NULL, NULL);

  found = g_hash_table_lookup (self->lists, list);
  *n_codes = found != NULL ? found->codes->len : 0;

  return found != NULL ? (const MashCode *) found->codes->data : NULL;
}

/**
 * mash_policy_list_is_national:
 * @self: a policy
 * @list: name of a code list
 *
 * Returns: %TRUE when its codes are laid down nationally and may not be altered here
 */
gboolean
mash_policy_list_is_national (MashPolicy *self,
                              const char *list)
{
  MashCodeList *found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (list != NULL, FALSE);

  found = g_hash_table_lookup (self->lists, list);

  return found != NULL && found->national;
}

/**
 * mash_policy_find_code:
 * @self: a policy
 * @list: name of a code list
 * @code: (nullable): a value; may come from outside
 *
 * Returns: (nullable): the code, or %NULL when the list has none such
 */
const MashCode *
mash_policy_find_code (MashPolicy *self,
                       const char *list,
                       const char *code)
{
  const MashCode *codes;
  guint n_codes;

  codes = mash_policy_list_codes (self, list, &n_codes);
  for (guint i = 0; code != NULL && i < n_codes; i++)
    {
      if (strcmp (codes[i].code, code) == 0)
        return &codes[i];
    }

  return NULL;
}

/**
 * mash_policy_get_label:
 * @self: a policy
 * @list: name of a code list
 * @code: (nullable): a value
 *
 * Returns: (nullable): what people read for @code; @code itself when the list has none such
 */
const char *
mash_policy_get_label (MashPolicy *self,
                       const char *list,
                       const char *code)
{
  const MashCode *found = mash_policy_find_code (self, list, code);

  return found != NULL ? found->label : code;
}

/**
 * mash_policy_get_grant:
 * @self: a policy
 * @role: (nullable): a role such as `SW`
 * @permission: a row of the matrix of permissions
 * @note: (out) (optional) (nullable): id of the note that sets the condition, such as `C7`
 *
 * Returns: what that role is granted; %MASH_GRANT_NO for what is not in the matrix
 */
MashGrant
mash_policy_get_grant (MashPolicy  *self,
                       const char  *role,
                       guint        permission,
                       const char **note)
{
  const MashGrantCell *cells;

  g_return_val_if_fail (self != NULL, MASH_GRANT_NO);

  if (note != NULL)
    *note = NULL;
  if (role == NULL || permission < 1 || permission > MASH_N_PERMISSIONS)
    return MASH_GRANT_NO;

  cells = g_hash_table_lookup (self->grants, role);
  if (cells == NULL)
    return MASH_GRANT_NO;
  if (note != NULL)
    *note = cells[permission].note;

  return cells[permission].grant;
}

/**
 * mash_policy_get_permission_label:
 * @self: a policy
 * @permission: a row of the matrix of permissions
 *
 * Returns: (nullable): what the permission allows, such as “Set initial urgency”
 */
const char *
mash_policy_get_permission_label (MashPolicy *self,
                                  guint       permission)
{
  g_return_val_if_fail (self != NULL, NULL);

  return permission >= 1 && permission <= MASH_N_PERMISSIONS ? self->permissions[permission] : NULL;
}

/**
 * mash_policy_get_note:
 * @self: a policy
 * @id: (nullable): a note of the matrix of permissions, such as `C7`
 *
 * Returns: (nullable): its text, one sentence
 */
const char *
mash_policy_get_note (MashPolicy *self,
                      const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return id != NULL ? g_hash_table_lookup (self->notes, id) : NULL;
}

/**
 * mash_policy_find_deed:
 * @self: a policy
 * @id: (nullable): such as `triage`; may come from outside
 *
 * Returns: (nullable): the deed
 */
const MashDeed *
mash_policy_find_deed (MashPolicy *self,
                       const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return id != NULL ? g_hash_table_lookup (self->deeds_by_id, id) : NULL;
}

/**
 * mash_policy_list_deeds:
 * @self: a policy
 * @n_deeds: (out): how many there are
 *
 * Returns: (array length=n_deeds): every deed, in the order of the file
 */
const MashDeed *const *
mash_policy_list_deeds (MashPolicy *self,
                        guint      *n_deeds)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_deeds != NULL, NULL);

  /* An entry begins with its deed. */
  *n_deeds = self->deeds->len;

  return (const MashDeed *const *) self->deeds->pdata;
}

/**
 * mash_policy_find_clock:
 * @self: a policy
 * @id: (nullable): such as `T02`
 *
 * Returns: (nullable): the rule of that clock
 */
const MashClockRule *
mash_policy_find_clock (MashPolicy *self,
                        const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return id != NULL ? g_hash_table_lookup (self->clocks_by_id, id) : NULL;
}

/**
 * mash_policy_list_clocks:
 * @self: a policy
 * @n_clocks: (out): how many there are
 *
 * Returns: (array length=n_clocks): the rule of every clock, in the order of the file
 */
const MashClockRule *const *
mash_policy_list_clocks (MashPolicy *self,
                         guint      *n_clocks)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_clocks != NULL, NULL);

  /* An entry begins with its rule. */
  *n_clocks = self->clocks->len;

  return (const MashClockRule *const *) self->clocks->pdata;
}

/**
 * mash_policy_get_calendar:
 * @self: a policy
 * @id: (nullable): such as `england`
 *
 * Returns: (nullable): the calendar
 */
MashCalendar *
mash_policy_get_calendar (MashPolicy *self,
                          const char *id)
{
  MashCalendarEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);

  entry = id != NULL ? g_hash_table_lookup (self->calendars, id) : NULL;

  return entry != NULL ? entry->calendar : NULL;
}

/**
 * mash_policy_list_levels:
 * @self: a policy
 * @n_levels: (out): how many there are
 *
 * Returns: (array length=n_levels): the levels of need with their criteria, lowest first
 */
const MashLevel *
mash_policy_list_levels (MashPolicy *self,
                         guint      *n_levels)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_levels != NULL, NULL);

  *n_levels = self->levels->len;

  return (const MashLevel *) self->levels->data;
}

/**
 * mash_policy_get_weight:
 * @self: a policy
 * @item: a code of the list ITEM
 *
 * Returns: what the item counts for in the score of completeness; all together count 100
 */
guint
mash_policy_get_weight (MashPolicy *self,
                        const char *item)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (item != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->weights, item));
}

/**
 * mash_policy_get_setting:
 * @self: a policy
 * @name: such as `idle-lock-minutes`
 *
 * Returns: (nullable): the setting, or %NULL when there is none of that name
 */
const char *
mash_policy_get_setting (MashPolicy *self,
                         const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->settings, name);
}

/**
 * mash_policy_get_number:
 * @self: a policy
 * @name: such as `idle-lock-minutes`
 *
 * Returns: the setting as a whole number; 0 when there is none of that name
 */
guint
mash_policy_get_number (MashPolicy *self,
                        const char *name)
{
  const char *value = mash_policy_get_setting (self, name);

  return value != NULL ? (guint) strtoul (value, NULL, 10) : 0;
}

/**
 * mash_brag_index:
 * @brag: (nullable): a code of the list BRAG
 *
 * Returns: its rank, 0 (blue) to 3 (red), or -1 when it is none of them
 */
int
mash_brag_index (const char *brag)
{
  static const char ranks[] = "BGAR";
  const char *at;

  if (brag == NULL || *brag == '\0' || brag[1] != '\0')
    return -1;

  at = strchr (ranks, *brag);

  return at != NULL ? (int) (at - ranks) : -1;
}
