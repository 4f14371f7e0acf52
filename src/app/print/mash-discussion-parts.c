/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-paper-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-discussion-origin.h"
#include "mash-quorum.h"
#include "mash-words.h"

/* What a discussion came to: decisions, plan, views, actions, signatures. */

/* Each child */

void
mash_discussion_paper_add_children (MashDiscussionPaper *self)
{
  g_autoptr (GPtrArray) children = mash_discussion_paper_list (self, "sd-child");

  mash_paper_add_heading (self->paper, _("5. Threshold and decision for each child"));
  for (guint i = 0; i < children->len; i++)
    {
      MashRecord *child = g_ptr_array_index (children, i);
      g_autofree char *name = mash_discussion_paper_dup_child (
        self, mash_record_get_text (child, "subject"), TRUE);

      mash_paper_add_subheading (self->paper, name);
      mash_discussion_paper_begin_facts (self);
      mash_discussion_paper_add_fields (self, child, "threshold-met decision reconvene-by "
                                        "category lead-agency lead-worker section47-start "
                                        "seen-by");
      /* What a child says, and how it is seen alone, is not for those whom it may be about. */
      if (!self->family)
        mash_discussion_paper_add_fields (self, child, "seen-alone-plan voice");
      mash_discussion_paper_add_fields (self, child, "siblings-considered safety rationale");
    }
  if (children->len == 0)
    mash_paper_add_text (self->paper, _("No decision is recorded."));
}

/* The plan */

static gboolean
add_plan_part (MashDiscussionPaper *self,
               MashRecord          *plan,
               const char          *title,
               const char          *fields)
{
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);
  gboolean any = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    any |= mash_record_has (plan, names[i]);
  if (!any)
    return FALSE;

  mash_paper_add_subheading (self->paper, title);
  mash_discussion_paper_begin_facts (self);
  mash_discussion_paper_add_fields (self, plan, fields);

  return TRUE;
}

/* How the police go about it, who else is at risk, and what the parents are not told is not for the
 * family. */
void
mash_discussion_paper_add_plan (MashDiscussionPaper *self)
{
  g_autoptr (GPtrArray) plans = mash_discussion_paper_list (self, "sd-plan");
  gboolean any = FALSE;

  mash_paper_add_heading (self->paper, _("6. Plan"));
  for (guint i = 0; i < plans->len; i++)
    {
      MashRecord *plan = g_ptr_array_index (plans, i);

      any |= add_plan_part (self, plan, _("Medical"), "medical medical-who medical-where "
                            "medical-by medical-consent medical-why-not");
      if (!self->family)
        {
          any |= add_plan_part (self, plan, _("Interview and evidence"), "abe abe-interviewer "
                                "abe-intermediary abe-interpreter forensic-from forensic-until "
                                "scene");
          any |= add_plan_part (self, plan, _("Police and orders"), "arrest bail orders");
          any |= add_plan_part (self, plan, _("Others"), "other-children suspect-access "
                                "position-of-trust media-risk");
        }
      any |= add_plan_part (self, plan, _("What the parents are told"),
                            self->family ? "parents-told parents-told-by parents-told-at "
                            "parents-told-what"
                            : "parents-told parents-told-by parents-told-at parents-told-what "
                            "parents-withheld");
      any |= add_plan_part (self, plan, _("Help to take part, and advice"),
                            self->family ? "interpreter adjustments"
                                         : "interpreter adjustments legal-advice");
    }
  if (!any)
    mash_paper_add_text (self->paper, _("Nothing was planned beside the actions below."));
}

/* Views */

static void
add_view (MashDiscussionPaper *self,
          MashRecord          *view)
{
  g_autofree char *agency = mash_discussion_paper_dup_name (
    self, "agency", mash_record_get_text (view, "agency"));
  const char *text = mash_record_get_text (view, "text");
  g_autofree char *quoted = text != NULL ? g_strdup_printf (_("“%s”"), text) : NULL;

  mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .strong = agency },
    { .text = mash_discussion_paper_name_code (self, view, "position") },
    { .text = quoted, .quiet = !mash_record_get_flag (view, "on-behalf") ? NULL
              : mash_record_has (view, "confirmed-by")
              ? _("Entered on their behalf, and confirmed by them")
              : _("Entered on their behalf, not confirmed") },
  });
}

static void
add_dissent (MashDiscussionPaper *self,
             MashRecord          *escalation)
{
  g_autofree char *agency = mash_discussion_paper_dup_name (
    self, "agency", mash_record_get_text (escalation, "agency"));
  g_autofree char *raised = mash_discussion_paper_dup_instant (
    mash_record_get_text (escalation, "raised-at"));
  /* Translators: an agency, and when in full. */
  g_autofree char *line = g_strdup_printf (_("%s: a disagreement was opened on %s."), agency,
                                           raised);

  mash_paper_add_text (self->paper, line);
  mash_discussion_paper_begin_facts (self);
  mash_discussion_paper_add_fields (self, escalation, "seniors resolution resolved-by "
                                    "resolved-at");
}

void
mash_discussion_paper_add_views (MashDiscussionPaper *self)
{
  const MashPaperColumn columns[] = {
    { _("Agency"), 26, FALSE }, { _("Position"), 20, FALSE },
    { _("In their own words"), 54, FALSE },
  };
  g_autoptr (GPtrArray) views = mash_discussion_paper_list (self, "sd-view");
  g_autoptr (GPtrArray) escalations = mash_discussion_list_escalations (
    self->facts, mash_record_get_id (self->discussion));

  mash_paper_add_heading (self->paper, _("7. Views of the agencies"));
  mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < views->len; i++)
    add_view (self, g_ptr_array_index (views, i));
  if (escalations->len == 0 || self->family)
    return;

  mash_paper_add_subheading (self->paper, _("Professional disagreement"));
  for (guint i = 0; i < escalations->len; i++)
    add_dissent (self, g_ptr_array_index (escalations, i));
}

/* Actions */

/* What the police will do is not for those to whom they may do it. */
static gboolean
is_told (MashDiscussionPaper *self,
         MashRecord          *action)
{
  return !self->family ||
         mash_quorum_find_seat (self->facts, mash_record_get_text (action, "owner-agency")) !=
         MASH_SEAT_POLICE;
}

static void
add_action (MashDiscussionPaper *self,
            MashRecord          *action)
{
  const char *subject = mash_record_get_text (action, "child");
  g_autofree char *number = mash_discussion_paper_dup_value (self, action, "number");
  g_autofree char *agency = mash_discussion_paper_dup_name (
    self, "agency", mash_record_get_text (action, "owner-agency"));
  g_autofree char *due = mash_discussion_paper_dup_instant (mash_record_get_text (action,
                                                                                  "due-at"));
  g_autofree char *child = subject != NULL
                           ? mash_discussion_paper_dup_child (self, subject, FALSE) : NULL;

  mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = number },
    { .text = mash_record_get_text (action, "what"), .quiet = child },
    { .text = mash_record_get_text (action, "owner"), .quiet = agency },
    { .text = due },
  });
}

void
mash_discussion_paper_add_actions (MashDiscussionPaper *self)
{
  const MashPaperColumn columns[] = {
    { _("No"), 6, FALSE }, { _("What is to be done"), 42, FALSE }, { _("Who does it"), 27, FALSE },
    { _("By when"), 25, FALSE },
  };
  g_autoptr (GPtrArray) actions = mash_discussion_paper_list (self, "sd-action");
  guint n = 0;

  mash_paper_add_heading (self->paper, _("8. Actions"));
  for (guint i = 0; i < actions->len; i++)
    {
      if (!is_told (self, g_ptr_array_index (actions, i)))
        continue;
      if (n++ == 0)
        mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
      add_action (self, g_ptr_array_index (actions, i));
    }
  if (n == 0)
    mash_paper_add_text (self->paper, _("None."));
}

/* Signatures */

static gboolean
stands (MashDiscussionPaper *self,
        MashRecord          *request)
{
  return g_strcmp0 (mash_record_get_text (request, "answer"), "SIGNED") == 0 &&
         mash_record_get_int (request, "rev") == mash_record_get_int (self->discussion, "rev");
}

/* In groups of eight, so that it can be read out and compared. */
static char *
dup_fingerprint (const char *hash)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; hash != NULL && hash[i] != '\0'; i++)
    {
      if (i > 0 && i % 8 == 0)
        g_string_append_c (words, ' ');
      g_string_append_c (words, hash[i]);
    }

  return g_string_free (words, FALSE);
}

static void
add_signature (MashDiscussionPaper *self,
               MashRecord          *request)
{
  g_autofree char *name = mash_discussion_paper_dup_name (
    self, "staff", mash_record_get_text (request, "answered-by"));
  g_autofree char *agency = mash_discussion_paper_dup_name (
    self, "agency", mash_record_get_text (request, "agency"));
  g_autofree char *at = mash_discussion_paper_dup_instant (mash_record_get_text (request,
                                                                                 "answered-at"));

  mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .strong = mash_discussion_paper_name_code (self, request, "capacity") },
    { .text = name, .quiet = agency }, { .text = at },
  });
}

void
mash_discussion_paper_add_signatures (MashDiscussionPaper *self)
{
  const MashPaperColumn columns[] = {
    { _("Signed as"), 22, FALSE }, { _("By"), 36, FALSE }, { _("When"), 42, FALSE },
  };
  g_autoptr (GPtrArray) requests = mash_discussion_paper_list (self, "sd-request");
  g_autofree char *hash = dup_fingerprint (mash_record_get_text (self->discussion,
                                                                 "content-hash"));

  mash_paper_add_heading (self->paper, _("9. Signatures"));
  mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < requests->len; i++)
    {
      if (stands (self, g_ptr_array_index (requests, i)))
        add_signature (self, g_ptr_array_index (requests, i));
    }
  mash_paper_add_text (self->paper, _("Each signature is given with a passphrase of its own and "
                                      "stands over the whole record, of which this is the "
                                      "fingerprint (SHA-256):"));
  mash_paper_add_text (self->paper, hash);
}
