/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-discussion-origin.h"

#include <string.h>

/* More corrections than this, one of the other, are a circle. */
#define MOST_CORRECTIONS 100

static gboolean
says_the_same (MashRecord *a,
               MashRecord *b)
{
  const MashKind *kind = mash_record_get_kind (a);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES &&
          strcmp (kind->fields[i].name, "discussion") != 0 &&
          !mash_values_equal (mash_record_get_value (a, i), mash_record_get_value (b, i)))
        return FALSE;
    }

  return TRUE;
}

/* How many of those that say the same come before it: by their ids, which are the same at every
 * desk, and not as they happen to be listed. */
static guint
get_rank (GPtrArray  *parts,
          MashRecord *part)
{
  guint rank = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      MashRecord *other = g_ptr_array_index (parts, i);

      if (strcmp (mash_record_get_id (other), mash_record_get_id (part)) < 0 &&
          says_the_same (other, part))
        rank++;
    }

  return rank;
}

/**
 * mash_discussion_find_origin:
 * @facts: facts
 * @part: a part of a strategy discussion
 *
 * Of several parts that say the same each has one of its own.
 *
 * Returns: (transfer full) (nullable): the part of the corrected record that says the same; %NULL
 *   where it was altered or added since, or the record corrects no other
 */
MashRecord *
mash_discussion_find_origin (MashFacts  *facts,
                             MashRecord *part)
{
  const char *kind = mash_record_get_kind (part)->name;
  const char *id = mash_record_get_text (part, "discussion");
  g_autoptr (MashRecord) discussion = mash_facts_lookup (facts, "strategy-discussion", id);
  const char *corrected = discussion != NULL ? mash_record_get_text (discussion, "supersedes")
                                             : NULL;
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  guint rank;

  if (corrected == NULL)
    return NULL;

  here = mash_facts_list (facts, kind, "discussion", id);
  there = mash_facts_list (facts, kind, "discussion", corrected);
  rank = get_rank (here, part);
  for (guint i = 0; i < there->len; i++)
    {
      MashRecord *other = g_ptr_array_index (there, i);

      if (says_the_same (other, part) && get_rank (there, other) == rank)
        return mash_record_ref (other);
    }

  return NULL;
}

/* Those of a view, or of the view that it was taken over from unaltered. */
static GPtrArray *
list_of_view (MashFacts  *facts,
              MashRecord *view)
{
  g_autoptr (MashRecord) of = mash_record_ref (view);
  GPtrArray *found = mash_facts_list (facts, "sd-escalation", "view", mash_record_get_id (of));

  for (guint i = 0; i < MOST_CORRECTIONS && found->len == 0; i++)
    {
      MashRecord *origin = mash_discussion_find_origin (facts, of);

      if (origin == NULL)
        break;
      mash_record_unref (of);
      of = origin;
      g_ptr_array_unref (found);
      found = mash_facts_list (facts, "sd-escalation", "view", mash_record_get_id (of));
    }

  return found;
}

/**
 * mash_discussion_was_escalated:
 * @facts: facts
 * @view: a view of an agency
 *
 * Returns: %TRUE when a disagreement was opened on it, also where it stood in a record that its own
 *   corrects
 */
gboolean
mash_discussion_was_escalated (MashFacts  *facts,
                               MashRecord *view)
{
  g_autoptr (GPtrArray) found = list_of_view (facts, view);

  return found->len > 0;
}

/**
 * mash_discussion_list_escalations:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 *
 * Returns: (transfer full) (element-type MashRecord): its disagreements, and those on views that it
 *   took over from the record that it corrects
 */
GPtrArray *
mash_discussion_list_escalations (MashFacts  *facts,
                                  const char *discussion)
{
  GPtrArray *escalations = mash_facts_list (facts, "sd-escalation", "discussion", discussion);
  g_autoptr (GPtrArray) views = mash_facts_list (facts, "sd-view", "discussion", discussion);

  for (guint i = 0; i < views->len; i++)
    {
      g_autoptr (GPtrArray) found = list_of_view (facts, g_ptr_array_index (views, i));

      for (guint f = 0; f < found->len; f++)
        {
          MashRecord *escalation = g_ptr_array_index (found, f);

          if (g_strcmp0 (mash_record_get_text (escalation, "discussion"), discussion) != 0)
            g_ptr_array_add (escalations, mash_record_ref (escalation));
        }
    }

  return escalations;
}
