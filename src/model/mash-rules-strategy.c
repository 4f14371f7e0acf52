/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-strategy-private.h"

#include <string.h>

#include "mash-calendar.h"
#include "mash-circulation.h"
#include "mash-clock-reading.h"
#include "mash-guards-strategy.h"
#include "mash-kinds.h"
#include "mash-quorum.h"
#include "mash-signing.h"
#include "mash-time.h"

gboolean
mash_discussing_is (MashDiscussing *self,
                    const char     *deeds)
{
  return mash_words_contain (deeds, self->deed);
}

/* The edit of the discussion goes into the group with the first thing that it alters. */
static void
put (MashDiscussing *self,
     const char     *field,
     GVariant       *value)
{
  mash_rules_put (self->edit, self->before, field, value);
  if (!self->taken && !mash_edit_is_empty (self->edit))
    {
      mash_group_take_edit (self->the_case->group, self->edit);
      self->taken = TRUE;
    }
}

MashRecord *
mash_discussing_lookup (MashDiscussing *self,
                        const char     *kind,
                        const char     *id)
{
  return mash_facts_lookup (self->the_case->proposed, kind, id);
}

GPtrArray *
mash_discussing_list (MashDiscussing *self,
                      const char     *kind)
{
  return mash_facts_list (self->the_case->proposed, kind, "discussion", self->id);
}

MashEdit *
mash_discussing_begin (MashDiscussing *self,
                       const MashKind *kind)
{
  g_autofree char *id = self->rules->make_id (self->rules->data);
  MashEdit *edit = mash_edit_new (kind, id, 0);

  mash_rules_put (edit, NULL, "contact",
                  mash_rules_text (mash_group_get_contact (self->the_case->group)));
  if (mash_kind_find_field (kind, "discussion") != MASH_NO_FIELD)
    mash_rules_put (edit, NULL, "discussion", mash_rules_text (self->id));

  return edit;
}

/* The discussion itself */

static void
begin_discussion (MashDiscussing *self)
{
  const char *contact = mash_group_get_contact (self->the_case->group);
  g_autoptr (GPtrArray) earlier = mash_facts_list (self->the_case->facts, "strategy-discussion",
                                                   "contact", contact);

  put (self, "number", mash_rules_number ((gint64) earlier->len + 1));
  if (earlier->len > 0)
    put (self, "previous",
         mash_rules_text (mash_record_get_id (g_ptr_array_index (earlier, earlier->len - 1))));
}

/* A manager allowed what was written there, and nothing else. */
static gboolean
alters_exception (MashDiscussing *self)
{
  static const char *const fields[] = { "exception-reason", "exception-risk", "next-at" };

  if (self->before == NULL || !mash_record_has (self->before, "exception-by"))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (mash_edit_touches (self->edit, mash_kind_find_field (&mash_strategy_discussion_kind,
                                                               fields[i])))
        return TRUE;
    }

  return FALSE;
}

static void
move_on (MashDiscussing *self)
{
  if (mash_discussing_is (self, "convene-discussion start-discussion") &&
      (self->before == NULL || !mash_record_has (self->before, "convened-at")))
    put (self, "convened-at", mash_rules_text (self->rules->now));
  if (mash_discussing_is (self, "convene-discussion"))
    put (self, "state", mash_rules_text ("CONVENED"));
  if (mash_discussing_is (self, "start-discussion"))
    put (self, "state", mash_rules_text ("PROGRESS"));
  if (mash_discussing_is (self, "except-discussion"))
    {
      put (self, "exception-by", mash_rules_text (self->the_case->actor->person));
      put (self, "exception-at", mash_rules_text (self->rules->now));
    }
  else if (alters_exception (self))
    {
      put (self, "exception-by", NULL);
      put (self, "exception-at", NULL);
    }
  if (mash_discussing_is (self, "finish-discussion"))
    {
      put (self, "state", mash_rules_text ("RECORDED"));
      put (self, "rev", mash_rules_number (1));
    }
  if (mash_discussing_is (self, "ask-to-sign"))
    {
      put (self, "state", mash_rules_text ("SIGNING"));
      put (self, "asked-at", mash_rules_text (self->rules->now));
    }
}

static gboolean
has_answer (MashDiscussing *self,
            gint64          rev)
{
  g_autoptr (GPtrArray) requests = mash_facts_list (self->the_case->facts, "sd-request",
                                                    "discussion", self->id);

  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (mash_record_get_int (request, "rev") == rev && mash_record_has (request, "answer"))
        return TRUE;
    }

  return FALSE;
}

/* Whether the record is complete enough to have a fingerprint, and not signed yet. */
static gboolean
is_pinned (MashRecord *discussion)
{
  return mash_words_contain ("RECORDED SIGNING", mash_record_get_text (discussion, "state"));
}

/* What was altered after somebody signed, or refused to, is another revision, which they have not
 * answered for: it is to be asked for anew (domain 3.7; issue: signing). */
static void
pin (MashDiscussing *self)
{
  g_autoptr (MashRecord) after = mash_discussing_lookup (self, "strategy-discussion", self->id);
  g_autofree char *hash = NULL;
  gint64 rev;

  if (after == NULL || !is_pinned (after))
    return;

  hash = mash_signing_hash_content (self->the_case->proposed, self->id);
  rev = mash_record_get_int (after, "rev");
  if (self->before != NULL && is_pinned (self->before) && has_answer (self, rev) &&
      g_strcmp0 (mash_record_get_text (self->before, "content-hash"), hash) != 0)
    {
      put (self, "rev", mash_rules_number (rev + 1));
      if (!mash_discussing_is (self, "ask-to-sign"))
        put (self, "state", mash_rules_text ("RECORDED"));
    }
  put (self, "content-hash", mash_rules_text (hash));
}

static void
tell_compliance (MashDiscussing *self)
{
  g_autoptr (MashRecord) after = mash_discussing_lookup (self, "strategy-discussion", self->id);
  const char *state = after != NULL ? mash_record_get_text (after, "state") : NULL;
  MashQuorum quorum;

  if (!mash_words_contain ("CONVENED PROGRESS RECORDED SIGNING", state))
    return;

  mash_quorum_read (self->the_case->proposed, mash_strategy_get_calendar (self->the_case->policy),
                    self->id, &quorum);
  put (self, "compliance", mash_rules_text (mash_quorum_get_compliance (&quorum)));
}

/* Signing */

/* Who refused may be asked once more for what stands: they may have been persuaded. */
static gboolean
is_asked (GPtrArray        *requests,
          gint64            rev,
          const MashSigner *signer)
{
  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (mash_record_get_int (request, "rev") == rev &&
          g_strcmp0 (mash_record_get_text (request, "capacity"), signer->capacity) == 0 &&
          g_strcmp0 (mash_record_get_text (request, "agency"), signer->agency) == 0 &&
          g_strcmp0 (mash_record_get_text (request, "answer"), "REFUSED") != 0)
        return TRUE;
    }

  return FALSE;
}

static void
ask (MashDiscussing *self)
{
  g_autoptr (MashRecord) after = mash_discussing_lookup (self, "strategy-discussion", self->id);
  g_autoptr (GPtrArray) requests = mash_discussing_list (self, "sd-request");
  g_autoptr (GPtrArray) signers = mash_signing_list_signers (self->the_case->proposed, self->id);
  gint64 rev = mash_record_get_int (after, "rev");

  for (guint i = 0; i < signers->len; i++)
    {
      const MashSigner *signer = g_ptr_array_index (signers, i);
      MashEdit *edit;

      if (is_asked (requests, rev, signer))
        continue;
      edit = mash_discussing_begin (self, &mash_sd_request_kind);
      mash_rules_put (edit, NULL, "rev", mash_rules_number (rev));
      mash_rules_put (edit, NULL, "capacity", mash_rules_text (signer->capacity));
      mash_rules_put (edit, NULL, "agency", mash_rules_text (signer->agency));
      mash_rules_put (edit, NULL, "required", g_variant_new_boolean (signer->required));
      mash_rules_put (edit, NULL, "asked-at", mash_rules_text (self->rules->now));
      mash_group_take_edit (self->the_case->group, edit);
    }
}

static gboolean
has_running_enquiry (MashDiscussing *self,
                     const char     *field,
                     const char     *value)
{
  g_autoptr (GPtrArray) enquiries = mash_facts_list (self->the_case->proposed, "sd-enquiry",
                                                     field, value);

  for (guint i = 0; i < enquiries->len; i++)
    {
      MashRecord *enquiry = g_ptr_array_index (enquiries, i);

      if (!mash_record_has (enquiry, "conference-at") &&
          !mash_record_get_flag (enquiry, "not-required"))
        return TRUE;
    }

  return FALSE;
}

static char *
find_target (MashDiscussing *self,
             const char     *started_at)
{
  const MashClockRule *rule = mash_policy_find_clock (self->the_case->policy, "T15");
  gint64 started, due;

  if (rule == NULL || started_at == NULL || !mash_time_parse (started_at, &started))
    return NULL;
  due = mash_clock_rule_get_due (rule, mash_policy_get_calendar (self->the_case->policy,
                                                                 rule->calendar),
                                 started, NULL, 0);

  return due != MASH_TIME_NEVER ? mash_time_dup_local_date (due) : NULL;
}

/* Each child for whom it was decided has an enquiry of their own, and no second one while the first
 * runs: clocks are never reset. */
static void
begin_enquiries (MashDiscussing *self,
                 MashRecord     *discussion)
{
  g_autoptr (GPtrArray) children = mash_discussing_list (self, "sd-child");
  g_autofree char *held = mash_rules_dup_held (self->the_case->proposed, discussion);
  const char *begun = mash_record_get_text (discussion, "section47-begun-at");

  for (guint i = 0; i < children->len; i++)
    {
      MashRecord *child = g_ptr_array_index (children, i);
      const char *subject = mash_record_get_text (child, "subject");
      g_autofree char *target = NULL;
      MashEdit *edit;

      if (!mash_strategy_is_s47 (mash_record_get_text (child, "decision")))
        continue;
      if (has_running_enquiry (self, "subject", subject))
        continue;
      target = find_target (self, held);
      edit = mash_discussing_begin (self, &mash_sd_enquiry_kind);
      mash_rules_put (edit, NULL, "subject", mash_rules_text (subject));
      mash_rules_put (edit, NULL, "started-at", mash_rules_text (begun != NULL ? begun : held));
      mash_rules_put (edit, NULL, "conference-target", mash_rules_text (target));
      mash_group_take_edit (self->the_case->group, edit);
    }
}

/* The record that this one corrects stands until this one is signed. */
static void
supersede (MashDiscussing *self,
           MashRecord     *discussion)
{
  g_autoptr (MashRecord) earlier = mash_facts_lookup (
    self->the_case->facts, "strategy-discussion",
    mash_record_get_text (discussion, "supersedes"));
  MashEdit *edit;

  if (earlier == NULL)
    return;

  edit = mash_edit_new_for (earlier);
  mash_rules_put (edit, earlier, "state", mash_rules_text ("SUPERSEDED"));
  mash_group_take_edit (self->the_case->group, edit);
  mash_discussing_catch_up (self);
}

static void
close_signing (MashDiscussing *self)
{
  g_autoptr (MashRecord) after = NULL;
  MashSigning signing;
  gboolean running;

  /* Who need not sign may do so later, and alters nothing of what followed. */
  mash_signing_read (self->the_case->proposed, self->id, &signing);
  if (!signing.complete || !is_pinned (self->before))
    return;

  put (self, "state", mash_rules_text ("SIGNED"));
  put (self, "signed-at", mash_rules_text (self->rules->now));
  after = mash_discussing_lookup (self, "strategy-discussion", self->id);
  supersede (self, after);
  begin_enquiries (self, after);
  running = has_running_enquiry (self, "contact", mash_group_get_contact (self->the_case->group));
  mash_rules_put_contact (self->rules, "strand-p", mash_rules_text (running ? "P70" : "P50"));
}

/* Copies and enquiries */

/* T13 stops when all is sent (domain 4.3): to the child’s file, and to each agency that took
 * part. */
static void
close_circulation (MashDiscussing *self)
{
  g_autofree char *strand = mash_case_dup_value (self->the_case, "strand-p");
  guint n_due;
  guint n_sent = mash_circulation_count_sent (self->the_case->proposed, self->id, &n_due);

  if (n_sent < n_due || g_strcmp0 (mash_record_get_text (self->before, "state"), "SIGNED") != 0)
    return;

  put (self, "state", mash_rules_text ("CIRCULATED"));
  put (self, "circulated-at", mash_rules_text (self->rules->now));
  if (g_strcmp0 (strand, "P50") == 0)
    mash_rules_put_contact (self->rules, "strand-p", mash_rules_text ("P60"));
}

/* The strand ends with the last child's conference, or where none is required. */
static void
close_enquiries (MashDiscussing *self)
{
  const char *contact = mash_group_get_contact (self->the_case->group);
  g_autofree char *strand = mash_case_dup_value (self->the_case, "strand-p");

  if (g_strcmp0 (strand, "P70") == 0 && !has_running_enquiry (self, "contact", contact))
    mash_rules_put_contact (self->rules, "strand-p", mash_rules_text ("P80"));
}

static gboolean
speaks_of_discussion (MashGroup *group)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      const char *kind = mash_edit_get_kind (mash_group_get_edit (group, i))->name;

      if (mash_strategy_is_part (kind) || strcmp (kind, "strategy-discussion") == 0)
        return TRUE;
    }

  return FALSE;
}

static void
follow (MashDiscussing *self)
{
  gboolean is_new;

  self->edit = mash_group_find_edit (self->the_case->group, "strategy-discussion", self->id);
  self->taken = self->edit != NULL;
  is_new = self->taken && mash_edit_is_new (self->edit);
  if (!self->taken && self->before == NULL)
    return;
  if (!self->taken)
    self->edit = mash_edit_new_for (self->before);

  if (is_new)
    begin_discussion (self);
  mash_discussing_stamp_parts (self);
  move_on (self);
  tell_compliance (self);
  pin (self);
  if (mash_discussing_is (self, "ask-to-sign"))
    ask (self);
  if (mash_discussing_is (self, "sign-as-chair sign-discussion"))
    close_signing (self);
  if (mash_discussing_is (self, "circulate-discussion"))
    close_circulation (self);
  if (mash_discussing_is (self, "record-enquiry"))
    close_enquiries (self);
  if (!self->taken)
    mash_edit_free (self->edit);
}

/**
 * mash_rules_stamp_discussion:
 * @self: what the rules work on
 *
 * Any thread.
 */
void
mash_rules_stamp_discussion (MashRules *self)
{
  MashDiscussing doing = {
    .rules = self, .the_case = &self->the_case, .deed = self->the_case.deed->id,
  };

  if (!speaks_of_discussion (self->the_case.group))
    return;

  doing.id = mash_strategy_dup_discussion (&self->the_case);
  doing.before = mash_facts_lookup (self->the_case.facts, "strategy-discussion", doing.id);
  if (doing.id != NULL)
    follow (&doing);
  g_free (doing.id);
  g_clear_pointer (&doing.before, mash_record_unref);
}

/**
 * mash_rules_find_signed:
 * @the_case: a case
 * @hash: (out) (nullable): the fingerprint of the record that is signed
 *
 * Returns: (transfer full) (nullable): the discussion, or the paragraph or the disagreement, that a
 *   signature in this case is given to; %NULL where the deed is about no discussion
 */
MashRecord *
mash_rules_find_signed (MashCase *the_case,
                        char    **hash)
{
  g_autoptr (MashRecord) discussion = NULL;
  const char *deed = the_case->deed->id;

  *hash = NULL;
  if (!mash_strategy_speaks_of_parts (the_case))
    return NULL;

  discussion = mash_strategy_find_discussion (the_case, the_case->facts);
  if (discussion == NULL)
    return NULL;
  *hash = g_strdup (mash_record_get_text (discussion, "content-hash"));
  if (strcmp (deed, "resolve-disagreement") == 0 || strcmp (deed, "release-paragraph") == 0)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, 0);

      return mash_facts_lookup (the_case->proposed, mash_edit_get_kind (edit)->name,
                                mash_edit_get_id (edit));
    }

  return g_steal_pointer (&discussion);
}
