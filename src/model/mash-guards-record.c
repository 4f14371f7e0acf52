/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-guards-strategy.h"

#include <string.h>

#include "mash-kinds.h"

/* What a record of a discussion keeps while it is written: of some parts there is one and not two,
 * and what it began with is corrected and never taken away. */

static const struct
{
  const char *kind;
  const char *of;   /* there is one for each of these; NULL: one for the discussion */
} singles[] = {
  { "sd-view", "agency" },
  { "sd-child", "subject" },
  { "sd-plan", NULL },
};

static gboolean
is_single (MashCase   *the_case,
           const char *kind,
           const char *of)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (mash_group_find_edit (the_case->group, kind, NULL) == NULL)
    return TRUE;

  parts = mash_strategy_list_parts (the_case, kind);
  for (guint i = 0; i < parts->len; i++)
    {
      const char *whose = of != NULL ? mash_record_get_text (g_ptr_array_index (parts, i), of)
                                     : "";

      if (whose != NULL && !g_hash_table_add (seen, (gpointer) whose))
        return FALSE;
    }

  return TRUE;
}

/* Two plans, or two decisions for one child, could say two things at once. */
gboolean
mash_strategy_one_each (MashCase *the_case)
{
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      if (!is_single (the_case, singles[i].kind, singles[i].of))
        return FALSE;
    }

  return TRUE;
}

static gboolean
touches (MashEdit   *edit,
         const char *field)
{
  return mash_edit_touches (edit, mash_kind_find_field (mash_edit_get_kind (edit), field));
}

/* Clocks were stopped, and people sign, by who chaired, when and how. */
gboolean
mash_strategy_stays_whole (MashCase *the_case)
{
  static const char *const kept[] = {
    "trigger", "need-identified-at", "started-at", "mode", "chair",
  };
  MashEdit *edit = mash_group_find_edit (the_case->group, "strategy-discussion", NULL);
  g_autoptr (MashRecord) after = NULL;

  if (edit == NULL)
    return TRUE;
  after = mash_strategy_find_discussion (the_case, the_case->proposed);
  if (after == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      if (!mash_record_has (after, kept[i]))
        return FALSE;
    }
  if (touches (edit, "chair") && !mash_strategy_chair_may (the_case))
    return FALSE;

  return mash_strategy_is_running (the_case) || mash_strategy_ended_after (the_case);
}
