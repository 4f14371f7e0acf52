/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-follow-up.h"

#include <string.h>

#include "mash-rules-strategy.h"
#include "mash-time.h"

/**
 * mash_follow_up_read:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @follow_up: (out caller-allocates): when it was to be followed by another, and when it was
 *
 * What corrects a record is no other discussion. Any thread.
 */
void
mash_follow_up_read (MashFacts    *facts,
                     const char   *discussion,
                     MashFollowUp *follow_up)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *held = NULL;

  *follow_up = (MashFollowUp) { .due = 0 };
  if (record == NULL || !mash_record_has (record, "next-at"))
    return;

  follow_up->due = mash_time_parse_or (mash_record_get_text (record, "next-at"), 0);
  held = mash_rules_dup_held (facts, record);
  if (held == NULL)
    return;

  all = mash_facts_list (facts, "strategy-discussion", "contact",
                         mash_record_get_text (record, "contact"));
  for (guint i = 0; i < all->len; i++)
    {
      MashRecord *other = g_ptr_array_index (all, i);
      const char *started_at = mash_record_get_text (other, "started-at");
      gint64 started = mash_time_parse_or (started_at, 0);

      if (started == 0 || mash_record_has (other, "supersedes") || strcmp (started_at, held) <= 0)
        continue;
      if (follow_up->held == 0 || started < follow_up->held)
        follow_up->held = started;
    }
}

/**
 * mash_follow_up_is_missed:
 * @self: a follow-up
 * @now: microseconds since 1970
 *
 * Returns: %TRUE when its time is over and it was not held
 */
gboolean
mash_follow_up_is_missed (const MashFollowUp *self,
                          gint64              now)
{
  return self->due != 0 && self->held == 0 && self->due < now;
}
