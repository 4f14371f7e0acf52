/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-strategy-private.h"

#include <string.h>

#include "mash-discussion-origin.h"
#include "mash-guards-strategy.h"
#include "mash-kinds.h"
#include "mash-signing.h"

/* Parts that somebody wrote */

void
mash_discussing_stamp (MashDiscussing *self,
                       MashEdit       *edit,
                       MashRecord     *before,
                       const char     *by,
                       const char     *at)
{
  mash_rules_put (edit, before, by, mash_rules_text (self->the_case->actor->person));
  mash_rules_put (edit, before, at, mash_rules_text (self->rules->now));
}

/* What became of a part of the corrected record goes on in the one that corrects it. */
static void
put_from (MashEdit   *edit,
          MashRecord *before,
          MashRecord *origin)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      GVariant *value = mash_record_get_value (origin, i);

      if (kind->fields[i].owner == MASH_OWNER_RULES && value != NULL &&
          strcmp (kind->fields[i].name, "number") != 0)
        mash_rules_put (edit, before, kind->fields[i].name, value);
    }
}

/* A record that corrects another begins with what that one says; gives whether this part is one of
 * those. What is added or altered then begins anew. */
static gboolean
takes_over (MashDiscussing *self,
            MashEdit       *edit)
{
  g_autoptr (MashRecord) part = mash_discussing_lookup (self, mash_edit_get_kind (edit)->name,
                                                        mash_edit_get_id (edit));
  g_autoptr (MashRecord) origin = NULL;

  if (!mash_discussing_is (self, "convene-discussion start-discussion"))
    return FALSE;

  origin = mash_discussion_find_origin (self->the_case->proposed, part);
  if (origin != NULL)
    put_from (edit, NULL, origin);

  return origin != NULL;
}

/* What was done, or chased, under the earlier record while this one was not signed yet. */
void
mash_discussing_catch_up (MashDiscussing *self)
{
  g_autoptr (GPtrArray) actions = mash_discussing_list (self, "sd-action");

  for (guint i = 0; i < actions->len; i++)
    {
      MashRecord *action = g_ptr_array_index (actions, i);
      g_autoptr (MashRecord) origin = mash_discussion_find_origin (self->the_case->proposed,
                                                                   action);
      MashEdit *edit;

      if (origin == NULL ||
          g_strcmp0 (mash_record_get_text (action, "status"), "OPEN") != 0 ||
          (g_strcmp0 (mash_record_get_text (origin, "status"), "OPEN") == 0 &&
           mash_record_get_int (origin, "chased") <= mash_record_get_int (action, "chased")))
        continue;
      edit = mash_edit_new_for (action);
      put_from (edit, action, origin);
      mash_group_take_edit (self->the_case->group, edit);
    }
}

static gint64
find_last_number (MashDiscussing *self)
{
  g_autoptr (GPtrArray) actions = mash_discussing_list (self, "sd-action");
  gint64 last = 0;

  for (guint i = 0; i < actions->len; i++)
    last = MAX (last, mash_record_get_int (g_ptr_array_index (actions, i), "number"));

  return last;
}

static void
stamp_action (MashDiscussing *self,
              MashEdit       *edit,
              MashRecord     *before)
{
  const char *reason = mash_group_get_reason (self->the_case->group);
  const char *status = "TRANSFERRED";

  if (before == NULL)
    {
      mash_rules_put (edit, NULL, "number", mash_rules_number (find_last_number (self) + 1));
      if (!takes_over (self, edit))
        mash_rules_put (edit, NULL, "status", mash_rules_text ("OPEN"));
      return;
    }
  if (mash_discussing_is (self, "chase-action"))
    {
      mash_rules_put (edit, before, "chased",
                      mash_rules_number (mash_record_get_int (before, "chased") + 1));
      mash_rules_put (edit, before, "chased-at", mash_rules_text (self->rules->now));
    }
  if (!mash_discussing_is (self, "finish-action cancel-action transfer-action"))
    return;

  if (mash_discussing_is (self, "finish-action"))
    status = "DONE";
  else if (mash_discussing_is (self, "cancel-action"))
    status = "CANCELLED";
  mash_rules_put (edit, before, "status", mash_rules_text (status));
  if (mash_discussing_is (self, "transfer-action"))
    mash_rules_put (edit, before, "transferred-to", mash_rules_text (reason));
  else
    mash_rules_put (edit, before, "outcome", mash_rules_text (reason));
  mash_discussing_stamp (self, edit, before, "ended-by", "ended-at");
}

/* What is entered for another agency is marked; that agency’s own hand, or its word, confirms
 * it. */
static void
stamp_speech (MashDiscussing *self,
              MashEdit       *edit,
              MashRecord     *before)
{
  g_autoptr (MashRecord) after = mash_discussing_lookup (self, mash_edit_get_kind (edit)->name,
                                                         mash_edit_get_id (edit));
  gboolean own = g_strcmp0 (mash_record_get_text (after, "agency"),
                            self->the_case->actor->agency) == 0;

  if (before == NULL && takes_over (self, edit))
    return;
  if (before == NULL && !own)
    mash_rules_put (edit, NULL, "on-behalf", g_variant_new_boolean (TRUE));
  else if (before != NULL && own && mash_record_get_flag (before, "on-behalf") &&
           !mash_record_has (before, "confirmed-by"))
    mash_discussing_stamp (self, edit, before, "confirmed-by", "confirmed-at");
}

/* Whom each agency in a disagreement has named for it (domain 3.7, SO16). */
static char *
name_seniors (MashDiscussing *self,
              const char     *agency)
{
  g_autoptr (MashRecord) discussion = mash_discussing_lookup (self, "strategy-discussion",
                                                              self->id);
  g_autoptr (MashRecord) chair = mash_discussing_lookup (self, "staff",
                                                         mash_record_get_text (discussion,
                                                                               "chair"));
  const char *agencies[] = { agency,
                             chair != NULL ? mash_record_get_text (chair, "agency") : NULL };
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (agencies); i++)
    {
      g_autoptr (MashRecord) record = mash_discussing_lookup (self, "agency", agencies[i]);
      const char *name = record != NULL ? mash_record_get_text (record, "name") : NULL;
      const char *whom = record != NULL
                         ? mash_record_get_text (record, "escalation-contacts") : NULL;

      if (name == NULL || (i > 0 && g_strcmp0 (agencies[0], agencies[i]) == 0))
        continue;
      if (names->len > 0)
        g_string_append_c (names, '\n');
      g_string_append (names, name);
      if (whom != NULL)
        g_string_append_printf (names, ": %s", whom);
    }

  return g_string_free (names, FALSE);
}

/* Whoever dissents is escalated; whoever only has a reservation, when they ask for it. */
static gboolean
wants_escalation (MashRecord *view)
{
  return (g_strcmp0 (mash_record_get_text (view, "position"), "DISS") == 0 ||
          mash_record_get_flag (view, "wants-escalation")) &&
         !mash_text_is_blank (mash_record_get_text (view, "text"));
}

/* A disagreement is opened on a dissent once, as soon as it says why, with whom both sides have
 * named for one; nothing is sent to them. */
static void
escalate (MashDiscussing *self,
          MashEdit       *edit)
{
  const char *id = mash_edit_get_id (edit);
  g_autoptr (MashRecord) view = mash_discussing_lookup (self, "sd-view", id);
  g_autofree char *seniors = NULL;
  MashEdit *escalation, *review;

  if (!wants_escalation (view) || mash_discussion_was_escalated (self->the_case->proposed, view))
    return;

  seniors = name_seniors (self, mash_record_get_text (view, "agency"));
  escalation = mash_discussing_begin (self, &mash_sd_escalation_kind);
  mash_rules_put (escalation, NULL, "view", mash_rules_text (id));
  mash_rules_put (escalation, NULL, "agency",
                  mash_rules_text (mash_record_get_text (view, "agency")));
  mash_rules_put (escalation, NULL, "stage", mash_rules_number (1));
  mash_rules_put (escalation, NULL, "raised-at", mash_rules_text (self->rules->now));
  if (seniors[0] != '\0')
    mash_rules_put (escalation, NULL, "seniors", mash_rules_text (seniors));
  mash_group_take_edit (self->the_case->group, escalation);

  review = mash_discussing_begin (self, &mash_threshold_review_kind);
  mash_rules_put (review, NULL, "sample-reason", mash_rules_text ("DISSENT"));
  mash_rules_put (review, NULL, "at", mash_rules_text (self->rules->now));
  mash_group_take_edit (self->the_case->group, review);
}

static void
stamp_paragraph (MashDiscussing *self,
                 MashEdit       *edit,
                 MashRecord     *before)
{
  g_autoptr (MashRecord) after = mash_discussing_lookup (self, "sd-paragraph",
                                                         mash_edit_get_id (edit));
  g_autofree char *hash = mash_signing_hash_words (mash_record_get_text (after, "text"),
                                                   mash_record_get_text (after, "conditions"));

  mash_rules_put (edit, before, "text-hash", mash_rules_text (hash));
  stamp_speech (self, edit, before);
}

static void
stamp_view (MashDiscussing *self,
            MashEdit       *edit,
            MashRecord     *before)
{
  stamp_speech (self, edit, before);
  escalate (self, edit);
}

static void
stamp_version (MashDiscussing *self,
               MashEdit       *edit,
               MashRecord     *before)
{
  if (mash_edit_get_text (edit, "choice") != NULL)
    mash_discussing_stamp (self, edit, before, "settled-by", "settled-at");
}

static void
stamp_escalation (MashDiscussing *self,
                  MashEdit       *edit,
                  MashRecord     *before)
{
  if (before != NULL && mash_edit_get_text (edit, "resolution") != NULL)
    mash_discussing_stamp (self, edit, before, "resolved-by", "resolved-at");
}

static void
stamp_request (MashDiscussing *self,
               MashEdit       *edit,
               MashRecord     *before)
{
  gboolean refuses = mash_discussing_is (self, "refuse-to-sign");

  if (before == NULL || !mash_discussing_is (self, "sign-as-chair sign-discussion refuse-to-sign"))
    return;

  mash_rules_put (edit, before, "answer", mash_rules_text (refuses ? "REFUSED" : "SIGNED"));
  if (refuses)
    mash_rules_put (edit, before, "reason",
                    mash_rules_text (mash_group_get_reason (self->the_case->group)));
  mash_discussing_stamp (self, edit, before, "answered-by", "answered-at");
}

static void
stamp_circulation (MashDiscussing *self,
                   MashEdit       *edit,
                   MashRecord     *before)
{
  if (!mash_discussing_is (self, "preview-copy"))
    return;

  mash_rules_put (edit, before, "rev",
                  mash_rules_number (mash_record_get_int (self->before, "rev")));
  mash_discussing_stamp (self, edit, before, "previewed-by", "previewed-at");
}

void
mash_discussing_stamp_parts (MashDiscussing *self)
{
  static const struct
  {
    const MashKind *kind;
    void            (*stamp) (MashDiscussing *self,
                              MashEdit       *edit,
                              MashRecord     *before);
  } stamps[] = {
    { &mash_sd_action_kind, stamp_action },
    { &mash_sd_paragraph_kind, stamp_paragraph },
    { &mash_sd_view_kind, stamp_view },
    { &mash_sd_version_kind, stamp_version },
    { &mash_sd_escalation_kind, stamp_escalation },
    { &mash_sd_request_kind, stamp_request },
    { &mash_sd_circulation_kind, stamp_circulation },
  };
  guint n = mash_group_get_n_edits (self->the_case->group);

  for (guint i = 0; i < n; i++)
    {
      MashEdit *edit = mash_group_get_edit (self->the_case->group, i);

      for (guint s = 0; s < G_N_ELEMENTS (stamps); s++)
        {
          g_autoptr (MashRecord) before = NULL;

          if (mash_edit_get_kind (edit) != stamps[s].kind || mash_edit_get_voided (edit) != NULL)
            continue;
          before = mash_facts_lookup (self->the_case->facts, stamps[s].kind->name,
                                      mash_edit_get_id (edit));
          stamps[s].stamp (self, edit, before);
        }
    }
}
