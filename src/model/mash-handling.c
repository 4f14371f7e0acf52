/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-handling.h"

#include <string.h>

#include "mash-kinds.h"

/* Rows of the matrix of permissions (domain 2.2): to see restricted or intelligence items, and to
 * decide what comes of a contact. */
#define PERMISSION_RESTRICTED 6
#define PERMISSION_RECOMMEND 16

/* What of a paragraph are its words; their fingerprint stands for them in the rest. */
#define WORDS "text conditions"

static gboolean
has (MashRecord *paragraph,
     const char *field,
     const char *word)
{
  g_auto (GStrv) set = mash_record_dup_set (paragraph, field);

  return set != NULL && word != NULL && g_strv_contains ((const char *const *) set, word);
}

/* Who decides reads what the owner released to decision makers (domain 2.2, C3). */
static gboolean
reads_restricted (MashPolicy *policy,
                  MashRecord *paragraph,
                  const char *role)
{
  return mash_policy_get_grant (policy, role, PERMISSION_RESTRICTED, NULL) == MASH_GRANT_YES ||
         (has (paragraph, "handling", "H2") &&
          mash_policy_get_grant (policy, role, PERMISSION_RECOMMEND, NULL) == MASH_GRANT_YES);
}

/**
 * mash_handling_gives_words:
 * @policy: the policy in force
 * @paragraph: a paragraph of a strategy record
 * @role: (nullable): the role in which somebody reads it in the hub
 * @agency: (nullable): the id of their agency
 *
 * An agency reads what is its own. What it keeps from another agency that one does not read;
 * intelligence, legal advice and what is for decision makers nobody else reads, unless its owner
 * released it to decision makers and they are one (domain 2.2, row 6; code list HAND). The hub
 * decides the same (`mash.gives_words`). Any thread.
 *
 * Returns: %TRUE when they may have the words
 */
gboolean
mash_handling_gives_words (MashPolicy *policy,
                           MashRecord *paragraph,
                           const char *role,
                           const char *agency)
{
  gboolean restricted;

  g_return_val_if_fail (policy != NULL && paragraph != NULL, FALSE);

  if (agency != NULL && g_strcmp0 (mash_record_get_text (paragraph, "agency"), agency) == 0)
    return TRUE;
  if (has (paragraph, "not-for", agency))
    return FALSE;

  restricted = g_strcmp0 (mash_record_get_text (paragraph, "basis"), "INTEL") == 0 ||
               has (paragraph, "handling", "H2") || has (paragraph, "handling", "H6");

  return !restricted || reads_restricted (policy, paragraph, role);
}

/**
 * mash_handling_cover:
 * @record: a paragraph, or another version of one
 *
 * Returns: (transfer full): the same record without its words and its conditions: that there is
 *   one, whose it is and its fingerprint are left
 */
MashRecord *
mash_handling_cover (MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);
  g_autofree GVariant **values = g_new0 (GVariant *, kind->n_fields);

  for (guint i = 0; i < kind->n_fields; i++)
    values[i] = mash_words_contain (WORDS, kind->fields[i].name)
                ? NULL : mash_record_get_value (record, i);

  return mash_record_new (kind, mash_record_get_id (record), mash_record_get_revision (record),
                          values, mash_record_get_stamps (record));
}

/* The fields of an edit that are its words, or those that are not. */
static MashEdit *
pick (const MashEdit *edit,
      gint64          base,
      gboolean        words)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  MashEdit *part = mash_edit_new (kind, mash_edit_get_id (edit), base);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_edit_touches (edit, i) && mash_words_contain (WORDS, kind->fields[i].name) == words)
        mash_edit_set (part, i, mash_edit_get_was (edit, i), mash_edit_get_now (edit, i));
    }
  if (!words && mash_edit_get_voided (edit) != NULL)
    mash_edit_void (part, mash_edit_get_voided (edit));

  return part;
}

/**
 * mash_handling_part_words:
 * @group: what somebody does, as it was judged
 *
 * Makes the words of each paragraph an edit of their own behind that of the rest, so that the rest
 * reaches those who may not have the words. Any thread.
 */
void
mash_handling_part_words (MashGroup *group)
{
  g_autoptr (GPtrArray) edits = mash_group_steal_edits (group);

  for (guint i = 0; i < edits->len; i++)
    {
      MashEdit *edit = g_ptr_array_index (edits, i);
      g_autoptr (MashEdit) rest = NULL;
      g_autoptr (MashEdit) words = NULL;

      if (mash_edit_get_kind (edit) == &mash_sd_paragraph_kind)
        {
          rest = pick (edit, mash_edit_get_base (edit), FALSE);
          words = pick (edit, mash_edit_get_base (edit) + 1, TRUE);
        }
      if (rest == NULL || mash_edit_is_empty (rest) || mash_edit_is_empty (words))
        {
          mash_group_take_edit (group, mash_edit_copy (edit));
          continue;
        }
      mash_group_take_edit (group, g_steal_pointer (&rest));
      mash_group_take_edit (group, g_steal_pointer (&words));
    }
}

/* Whether an edit is what mash_handling_part_words() put behind another. */
static gboolean
belongs_to (const MashEdit *words,
            const MashEdit *rest)
{
  const MashKind *kind = mash_edit_get_kind (words);

  if (kind != &mash_sd_paragraph_kind || mash_edit_get_kind (rest) != kind ||
      strcmp (mash_edit_get_id (words), mash_edit_get_id (rest)) != 0 ||
      mash_edit_get_base (words) != mash_edit_get_base (rest) + 1 ||
      mash_edit_get_voided (words) != NULL)
    return FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_edit_touches (words, i) && (!mash_words_contain (WORDS, kind->fields[i].name) ||
                                           mash_edit_touches (rest, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_handling_join_words:
 * @group: what somebody did, as it travels
 *
 * Takes back what mash_handling_part_words() did, so that the group can be judged: an edit of the
 * words alone behind one of the same paragraph becomes one with it. Any thread.
 */
void
mash_handling_join_words (MashGroup *group)
{
  g_autoptr (GPtrArray) edits = mash_group_steal_edits (group);
  MashEdit *before = NULL;

  for (guint i = 0; i < edits->len; i++)
    {
      MashEdit *edit = g_ptr_array_index (edits, i);

      if (before == NULL || !belongs_to (edit, before))
        {
          before = mash_edit_copy (edit);
          mash_group_take_edit (group, before);
          continue;
        }
      for (guint f = 0; f < mash_edit_get_kind (edit)->n_fields; f++)
        {
          if (mash_edit_touches (edit, f))
            mash_edit_set (before, f, mash_edit_get_was (edit, f), mash_edit_get_now (edit, f));
        }
    }
}
