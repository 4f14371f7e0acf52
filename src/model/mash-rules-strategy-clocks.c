/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-strategy.h"

#include <string.h>

#include "mash-guards-strategy.h"
#include "mash-kinds.h"
#include "mash-time.h"

/* A clock of the contact runs on the whole of it; these run each on one discussion, child,
 * disagreement or power used, so that a second one opens a clock of its own (domain 4.3, 5). */

/* What has not happened starts and stops nothing. */
static void
start (MashRules  *self,
       const char *type,
       const char *subject,
       const char *at)
{
  gint64 started;

  if (mash_time_parse (at, &started))
    mash_rules_start_clock (self, type, subject, started);
}

static void
stop (MashRules  *self,
      const char *type,
      const char *subject,
      const char *at)
{
  gint64 stopped;

  if (mash_time_parse (at, &stopped))
    mash_rules_stop_clock (self, type, subject, stopped);
}

/* Whether one of the type ran when the group began, or, where it is asked for once only, whether
 * there ever was one. */
static gboolean
has_clock (MashRules  *self,
           const char *type,
           gboolean    once)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (self->the_case.facts, "clock", "contact",
                                                  mash_group_get_contact (self->the_case.group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (g_strcmp0 (mash_record_get_text (clock, "type"), type) == 0 &&
          (once || !mash_record_has (clock, "stopped-at")))
        return TRUE;
    }

  return FALSE;
}

/* Somebody convenes or starts a discussion for which nothing was marked before: the time to it
 * counts all the same, from the receipt once, and from the need for each. What corrects a record is
 * no other discussion. */
static void
clock_need (MashRules  *self,
            MashRecord *after)
{
  const char *id = mash_record_get_id (after);
  g_autofree char *received_at = mash_case_dup_value (&self->the_case, "received-at");
  gboolean injured = g_strcmp0 (mash_record_get_text (after, "trigger"), "INJURY") == 0 ||
                     g_strcmp0 (mash_record_get_text (after, "suspicious-injury"), "Y") == 0;
  const struct
  {
    const char *type;
    const char *from;
    gboolean    once;
  } clocks[] = {
    { "T04", received_at, TRUE },
    { "T20", injured ? received_at : NULL, TRUE },
    { "T05", mash_record_get_text (after, "need-identified-at"), FALSE },
    { "T19", g_strcmp0 (mash_record_get_text (after, "exceptional-start"), "Y") == 0
             ? mash_record_get_text (after, "section47-begun-at") : NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (clocks) && !mash_record_has (after, "supersedes"); i++)
    {
      if (has_clock (self, clocks[i].type, clocks[i].once))
        continue;
      start (self, clocks[i].type, id, clocks[i].from);
      if (mash_record_has (after, "started-at"))
        stop (self, clocks[i].type, id, mash_record_get_text (after, "started-at"));
    }
}

static void
clock_protection (MashRules  *self,
                  MashEdit   *edit,
                  MashRecord *after)
{
  const char *id = mash_record_get_id (after);

  if (mash_edit_is_new (edit))
    start (self, "T18", id, mash_record_get_text (after, "used-at"));
  else
    stop (self, "T18", id, mash_record_get_text (after, "ended-at"));
}

/* What another record corrects is neither signed nor sent any more. */
static void
stop_superseded (MashRules  *self,
                 MashRecord *after)
{
  const char *earlier = mash_record_get_text (after, "supersedes");
  const char *signed_at = mash_record_get_text (after, "signed-at");

  if (earlier == NULL)
    return;
  stop (self, "T12", earlier, signed_at);
  stop (self, "T13", earlier, signed_at);
}

static void
clock_record (MashRules  *self,
              MashEdit   *edit,
              MashRecord *after)
{
  const char *id = mash_record_get_id (after);
  const char *deed = self->the_case.deed->id;

  if (mash_words_contain ("convene-discussion start-discussion", deed))
    clock_need (self, after);
  else if (strcmp (deed, "finish-discussion") == 0)
    {
      start (self, "T12", id, mash_record_get_text (after, "ended-at"));
      start (self, "T13", id, mash_record_get_text (after, "ended-at"));
    }
  else if (strcmp (deed, "circulate-discussion") == 0)
    stop (self, "T13", id, mash_record_get_text (after, "circulated-at"));
  else if (mash_words_contain ("sign-as-chair sign-discussion", deed))
    {
      stop (self, "T12", id, mash_record_get_text (after, "signed-at"));
      stop_superseded (self, after);
    }
}

static void
clock_escalation (MashRules  *self,
                  MashEdit   *edit,
                  MashRecord *after)
{
  const char *id = mash_record_get_text (after, "view");

  if (mash_edit_is_new (edit))
    start (self, "T17", id, mash_record_get_text (after, "raised-at"));
  else
    stop (self, "T17", id, mash_record_get_text (after, "resolved-at"));
}

/**
 * mash_rules_dup_held:
 * @facts: facts
 * @discussion: a strategy discussion
 *
 * A record that corrects another tells of the same discussion, which was held when that one was,
 * and not when it was corrected.
 *
 * Returns: (transfer full) (nullable): when it started
 */
char *
mash_rules_dup_held (MashFacts  *facts,
                     MashRecord *discussion)
{
  g_autoptr (MashRecord) first = mash_record_ref (discussion);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (mash_record_has (first, "supersedes") &&
         g_hash_table_add (seen, g_strdup (mash_record_get_id (first))))
    {
      MashRecord *earlier = mash_facts_lookup (facts, "strategy-discussion",
                                               mash_record_get_text (first, "supersedes"));

      if (earlier == NULL)
        break;
      mash_record_unref (first);
      first = earlier;
    }

  return g_strdup (mash_record_get_text (first, "started-at"));
}

/* The conference is counted from the discussion at which the enquiry was decided, the assessment
 * from the referral, and seeing the child from when the enquiry began. */
static void
clock_enquiry (MashRules  *self,
               MashEdit   *edit,
               MashRecord *after)
{
  const char *subject = mash_record_get_text (after, "subject");
  g_autoptr (MashRecord) discussion = mash_facts_lookup (
    self->the_case.proposed, "strategy-discussion", mash_record_get_text (after, "discussion"));
  g_autofree char *received_at = mash_case_dup_value (&self->the_case, "received-at");
  g_autofree char *held = mash_rules_dup_held (self->the_case.proposed, discussion);

  if (mash_edit_is_new (edit))
    {
      start (self, "T15", subject, held);
      start (self, "T16", subject, received_at);
      start (self, "T21", subject, mash_record_get_text (after, "started-at"));
      return;
    }
  stop (self, "T21", subject, mash_record_get_text (after, "seen-at"));
  stop (self, "T16", subject, mash_record_get_text (after, "assessed-at"));
  stop (self, "T15", subject, mash_record_get_flag (after, "not-required")
                              ? self->now : mash_record_get_text (after, "conference-at"));
}

/**
 * mash_rules_clock_discussion:
 * @self: what the rules work on, when everything else that the group adds is in
 *
 * Any thread.
 */
void
mash_rules_clock_discussion (MashRules *self)
{
  static const struct
  {
    const MashKind *kind;
    void            (*clock) (MashRules  *self,
                              MashEdit   *edit,
                              MashRecord *after);
  } clocks[] = {
    { &mash_police_protection_kind, clock_protection },
    { &mash_strategy_discussion_kind, clock_record },
    { &mash_sd_escalation_kind, clock_escalation },
    { &mash_sd_enquiry_kind, clock_enquiry },
  };
  guint n = mash_group_get_n_edits (self->the_case.group);

  for (guint i = 0; i < n; i++)
    {
      MashEdit *edit = mash_group_get_edit (self->the_case.group, i);

      for (guint c = 0; c < G_N_ELEMENTS (clocks); c++)
        {
          g_autoptr (MashRecord) after = NULL;

          if (mash_edit_get_kind (edit) != clocks[c].kind)
            continue;
          after = mash_facts_lookup (self->the_case.proposed, clocks[c].kind->name,
                                     mash_edit_get_id (edit));
          clocks[c].clock (self, edit, after);
        }
    }
}
