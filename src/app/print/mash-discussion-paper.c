/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-paper-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-guards-strategy.h"
#include "mash-kinds.h"
#include "mash-quorum.h"
#include "mash-words.h"

GPtrArray *
mash_discussion_paper_list (MashDiscussionPaper *self,
                            const char          *kind)
{
  return mash_facts_list (self->facts, kind, "discussion", mash_record_get_id (self->discussion));
}

void
mash_discussion_paper_begin_facts (MashDiscussionPaper *self)
{
  const MashPaperColumn columns[] = { { NULL, 28, FALSE }, { NULL, 72, FALSE } };

  mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
}

void
mash_discussion_paper_add_fact (MashDiscussionPaper *self,
                                const char          *label,
                                const char          *value)
{
  if (value != NULL && *value != '\0')
    mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
      { .strong = label }, { .text = value },
    });
}

/* A row for each field that holds something, under the name that it has on the screen. What
 * somebody said in their own words stands in quotation marks. */
void
mash_discussion_paper_add_fields (MashDiscussionPaper *self,
                                  MashRecord          *record,
                                  const char          *fields)
{
  const MashKind *kind = mash_record_get_kind (record);
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const MashField *field = &kind->fields[mash_kind_find_field (kind, names[i])];
      g_autofree char *value = mash_discussion_paper_dup_value (self, record, names[i]);
      g_autofree char *quoted = *value != '\0' && (field->traits & MASH_FIELD_VERBATIM) != 0
                                ? g_strdup_printf (_("“%s”"), value) : NULL;

      mash_discussion_paper_add_fact (self, _(field->label), quoted != NULL ? quoted : value);
    }
}

/* The meeting */

static void
add_meeting (MashDiscussionPaper *self,
             const char          *reference,
             const char          *recipient,
             const char          *version)
{
  g_autoptr (GPtrArray) children = mash_discussion_paper_list (self, "sd-child");
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < children->len; i++)
    {
      const char *subject = mash_record_get_text (g_ptr_array_index (children, i), "subject");
      g_autofree char *name = mash_discussion_paper_dup_child (self, subject, TRUE);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", name);
    }

  mash_discussion_paper_begin_facts (self);
  mash_discussion_paper_add_fact (self, _("Reference"), reference);
  mash_discussion_paper_add_fact (self, _("This copy is for"), recipient);
  mash_discussion_paper_add_fact (self, _("This copy is of"), version);
  mash_discussion_paper_add_fact (self, _("Children discussed"), names->str);
  mash_discussion_paper_add_fields (self, self->discussion, "number trigger need-identified-at "
                                    "started-at ended-at mode");
  if (!self->family)
    mash_discussion_paper_add_fields (self, self->discussion, "place");
  mash_discussion_paper_add_fields (self, self->discussion, "chair minute-taker legal-context "
                                    "exceptional-start section47-begun-at supersede-reason");
}

static char *
dup_presence (MashRecord *participant)
{
  g_autofree char *arrived = mash_discussion_paper_dup_clock (
    mash_record_get_text (participant, "arrived-at"));
  g_autofree char *left = mash_discussion_paper_dup_clock (
    mash_record_get_text (participant, "left-at"));
  g_autofree char *from = *arrived != '\0' ? g_strdup_printf (_("Arrived %s"), arrived)
                                           : g_strdup ("");
  g_autofree char *to = *left != '\0' ? g_strdup_printf (_("left %s"), left) : g_strdup ("");

  return mash_words_join (", ", from, to, NULL);
}

static char *
dup_remarks (MashRecord *participant,
             gboolean    family)
{
  const char *reason = mash_record_get_text (participant, "absent-reason");
  const char *delegate = mash_record_get_text (participant, "delegate-for");
  g_autofree char *presence = dup_presence (participant);
  g_autofree char *stands_in = delegate != NULL
                               ? g_strdup_printf (_("Stands in for %s"), delegate) : g_strdup ("");

  return mash_words_join (
    "\n", presence, family || reason == NULL ? "" : reason, stands_in,
    mash_record_get_flag (participant, "sent-report") ? _("Sent a report") : "",
    mash_record_get_flag (participant, "paediatrician") ? _("Consultant paediatrician") : "",
    mash_record_get_flag (participant, "conflict-declared") ? _("Declared a conflict of interest")
                                                            : "", NULL);
}

static void
add_attendance (MashDiscussionPaper *self)
{
  const MashPaperColumn columns[] = {
    { _("Agency"), 24, FALSE }, { _("Name and role"), 28, FALSE },
    { _("How, and from where"), 22, FALSE }, { _("Attendance"), 26, FALSE },
  };
  g_autoptr (GPtrArray) participants = mash_discussion_paper_list (self, "sd-participant");

  mash_paper_add_heading (self->paper, _("1. Who took part"));
  mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);
      g_autofree char *agency = mash_discussion_paper_dup_name (
        self, "agency", mash_record_get_text (participant, "agency"));
      g_autofree char *staff = mash_discussion_paper_dup_name (
        self, "staff", mash_record_get_text (participant, "staff"));
      g_autofree char *remarks = dup_remarks (participant, self->family);
      const char *name = mash_record_get_text (participant, "person-name");

      mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
        { .strong = agency },
        { .text = name != NULL ? name : staff,
          .quiet = mash_record_get_text (participant, "role") },
        { .text = mash_discussion_paper_name_code (self, participant, "mode"),
          .quiet = self->family ? NULL : mash_record_get_text (participant, "place") },
        { .text = mash_discussion_paper_name_code (self, participant, "attended"),
          .quiet = remarks },
      });
    }
}

static const char *
explain_compliance (const char *compliance)
{
  if (g_strcmp0 (compliance, "COMPLIANT") == 0)
    return _("The discussion is compliant: social care, police and health took part.");
  if (g_strcmp0 (compliance, "LATER") == 0)
    return _("The discussion is compliant later: health joined within one working day after it "
             "had ended.");
  if (g_strcmp0 (compliance, "EXCEPTION") == 0)
    return _("The discussion is not compliant. It was held as an exception, because health or "
             "police could not take part.");

  return _("The discussion is not compliant: social care, police and health did not all take "
           "part.");
}

static void
add_compliance (MashDiscussionPaper *self)
{
  g_auto (GStrv) sentences = NULL;
  MashQuorum quorum;

  mash_quorum_read (self->facts, mash_strategy_get_calendar (self->policy),
                    mash_record_get_id (self->discussion), &quorum);
  sentences = mash_quorum_dup_sentences (&quorum);

  mash_paper_add_heading (self->paper, _("2. Whether the discussion was compliant"));
  mash_paper_add_text (self->paper, explain_compliance (mash_record_get_text (self->discussion,
                                                                              "compliance")));
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s.", sentences[i]);

      mash_paper_add_text (self->paper, line);
    }
  if (!mash_record_has (self->discussion, "exception-reason"))
    return;

  mash_discussion_paper_begin_facts (self);
  mash_discussion_paper_add_fields (self, self->discussion, "exception-reason exception-risk "
                                    "next-at");
}

/* The agenda, and what was noted under each point: notes carry no grade and no handling, so that
 * they go whole into the full record only, and an agency has back what it said itself. */

static gboolean
is_noted (MashDiscussionPaper *self,
          MashRecord          *note,
          const char          *topic)
{
  const char *of = mash_record_get_text (note, "topic");

  return g_strcmp0 (of, topic) == 0 && !self->family &&
         (strcmp (self->copy.variant, "FULL") == 0 ||
          g_strcmp0 (mash_record_get_text (note, "agency"), self->copy.agency) == 0);
}

static void
add_note (MashDiscussionPaper *self,
          MashRecord          *note)
{
  g_autofree char *at = mash_discussion_paper_dup_clock (mash_record_get_text (note, "at"));
  g_autofree char *agency = mash_discussion_paper_dup_name (
    self, "agency", mash_record_get_text (note, "agency"));

  mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = at }, { .text = agency }, { .text = mash_record_get_text (note, "text") },
  });
}

/* Whether there was a note under the point. */
static gboolean
add_topic (MashDiscussionPaper *self,
           GPtrArray           *notes,
           const char          *topic,
           const char          *label)
{
  const MashPaperColumn columns[] = {
    { _("Time"), 10, FALSE }, { _("Speaking"), 26, FALSE }, { _("Note"), 64, FALSE },
  };
  gboolean begun = FALSE;

  for (guint i = 0; i < notes->len; i++)
    {
      MashRecord *note = g_ptr_array_index (notes, i);

      if (!is_noted (self, note, topic))
        continue;
      if (!begun)
        {
          mash_paper_add_subheading (self->paper, label);
          mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
        }
      begun = TRUE;
      add_note (self, note);
    }

  return begun;
}

static void
add_agenda (MashDiscussionPaper *self)
{
  g_autoptr (GPtrArray) notes = mash_discussion_paper_list (self, "sd-note");
  guint n_topics = 0;
  const MashCode *topics = mash_policy_list_codes (self->policy, "SDTOPIC", &n_topics);
  g_autoptr (GString) others = g_string_new (NULL);
  g_autofree char *without = NULL;

  mash_paper_add_heading (self->paper, _("3. Agenda"));
  for (guint i = 0; i < n_topics; i++)
    {
      if (!add_topic (self, notes, topics[i].code, topics[i].label))
        g_string_append_printf (others, "%s%s", others->len > 0 ? "; " : "", topics[i].label);
    }
  add_topic (self, notes, NULL, _("Notes under no point of the agenda"));
  if (others->len == 0)
    return;

  /* Translators: the points of an agenda follow. */
  without = g_strdup_printf (_("No notes in this copy under: %s."), others->str);
  mash_paper_add_text (self->paper, without);
}

/* What the agencies know */

static char *
dup_grade (MashRecord *paragraph)
{
  const char *source = mash_record_get_text (paragraph, "source");
  const char *reliability = mash_record_get_text (paragraph, "reliability");
  const char *condition = mash_record_get_text (paragraph, "condition");

  return mash_words_join ("-", source != NULL ? source : "",
                          reliability != NULL ? reliability : "",
                          condition != NULL ? condition : "", NULL);
}

static char *
dup_remark (MashDiscussionPaper *self,
            MashRecord          *paragraph)
{
  g_autofree char *about = mash_discussion_paper_dup_value (self, paragraph, "subjects");
  const char *conditions = self->family ? NULL : mash_record_get_text (paragraph, "conditions");
  /* Translators: about which children a paragraph is. */
  g_autofree char *whom = *about != '\0' ? g_strdup_printf (_("About %s"), about) : g_strdup ("");
  g_autofree char *limits = conditions != NULL
                            ? g_strdup_printf (_("Conditions: %s"), conditions) : g_strdup ("");

  return mash_words_join (" · ", whom, limits,
                          !mash_record_get_flag (paragraph, "on-behalf") ? ""
                          : mash_record_has (paragraph, "confirmed-by")
                          ? _("Entered on their behalf, and confirmed by them")
                          : _("Entered on their behalf, not confirmed"), NULL);
}

static void
add_paragraph (MashDiscussionPaper *self,
               MashRecord          *paragraph,
               guint                number,
               const char          *owner)
{
  MashShare share = mash_circulation_find_share (self->facts, paragraph, &self->copy);
  const char *text = share == MASH_SHARE_IN ? mash_record_get_text (paragraph, "text") : NULL;
  g_autofree char *n = g_strdup_printf ("%u", number);
  g_autofree char *grade = self->family || text == NULL ? NULL : dup_grade (paragraph);
  g_autofree char *remark = text != NULL ? dup_remark (self, paragraph) : NULL;
  /* Translators: %s is an agency. */
  g_autofree char *withheld = g_strdup_printf (_("Withheld by %s"), owner);

  mash_paper_add_row (self->paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = n },
    { .text = text, .quiet = text != NULL ? remark : withheld },
    { .text = text != NULL ? mash_discussion_paper_name_code (self, paragraph, "basis") : NULL,
      .quiet = grade },
  });
}

static gboolean
is_shown (MashDiscussionPaper *self,
          MashRecord          *paragraph)
{
  return !self->family ||
         mash_circulation_find_share (self->facts, paragraph, &self->copy) == MASH_SHARE_IN;
}

/* A family is not told that there is something which it is not told. */
static void
add_agency (MashDiscussionPaper *self,
            GPtrArray           *paragraphs,
            const char          *agency,
            guint               *number)
{
  const MashPaperColumn columns[] = {
    { _("No"), 6, FALSE }, { _("Information"), 76, FALSE },
    { self->family ? _("Basis") : _("Basis and grade"), 18, FALSE },
  };
  g_autofree char *owner = mash_discussion_paper_dup_name (self, "agency", agency);
  gboolean begun = FALSE;

  for (guint i = 0; i < paragraphs->len; i++)
    {
      MashRecord *paragraph = g_ptr_array_index (paragraphs, i);

      if (g_strcmp0 (mash_record_get_text (paragraph, "agency"), agency) != 0 ||
          !is_shown (self, paragraph))
        continue;
      if (!begun)
        {
          mash_paper_add_subheading (self->paper, owner);
          mash_paper_begin_table (self->paper, columns, G_N_ELEMENTS (columns));
        }
      begun = TRUE;
      add_paragraph (self, paragraph, ++*number, owner);
    }
}

static void
add_information (MashDiscussionPaper *self)
{
  g_autoptr (GPtrArray) paragraphs = mash_discussion_paper_list (self, "sd-paragraph");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint number = 0;

  mash_paper_add_heading (self->paper, _("4. Information by agency"));
  if (!self->family)
    mash_paper_add_quiet (self->paper, _("A grade such as 2-B-P says: the source (1 reliable, 2 "
                                         "untested, 3 not reliable), the information (A known "
                                         "directly, B known indirectly and corroborated, C known "
                                         "indirectly, D not known, E suspected false), and "
                                         "whether it may be shared (P) or only with conditions "
                                         "(C)."));
  for (guint i = 0; i < paragraphs->len; i++)
    {
      const char *agency = mash_record_get_text (g_ptr_array_index (paragraphs, i), "agency");

      if (agency != NULL && g_hash_table_add (seen, (gpointer) agency))
        add_agency (self, paragraphs, agency, &number);
    }
  if (number == 0)
    mash_paper_add_text (self->paper, _("None is in this copy."));
}

static void
add_about (MashDiscussionPaper *self)
{
  g_autoptr (GPtrArray) out = mash_circulation_list (self->facts,
                                                     mash_record_get_id (self->discussion),
                                                     &self->copy, MASH_SHARE_OUT);
  g_autofree char *left_out = NULL;

  mash_paper_add_heading (self->paper, _("10. About this copy"));
  if (self->family)
    {
      mash_paper_add_text (self->paper, _("This copy was made for the family. It holds what the "
                                          "agencies may share with them."));
      return;
    }

  left_out = out->len == 0
             ? g_strdup (_("No paragraph of information is withheld from this recipient."))
             : g_strdup_printf (ngettext ("%u paragraph of information is withheld from this "
                                          "recipient; its place is marked.",
                                          "%u paragraphs of information are withheld from this "
                                          "recipient; their places are marked.", out->len),
                                out->len);
  mash_paper_add_text (self->paper, left_out);
  if (strcmp (self->copy.variant, "FULL") != 0)
    mash_paper_add_text (self->paper, _("Notes of what other agencies said while it was held are "
                                        "in the full record only."));
  mash_paper_add_text (self->paper, _("Confidential addresses, and where a child under police "
                                      "protection is, are in no copy."));
}

static char *
dup_version (MashRecord *discussion)
{
  g_autofree char *signed_at = mash_discussion_paper_dup_instant (
    mash_record_get_text (discussion, "signed-at"));
  gint64 rev = mash_record_get_int (discussion, "rev");

  if (*signed_at == '\0')
    /* Translators: %d is the number of a revision. */
    return g_strdup_printf (_("Revision %d, not signed"), (int) rev);

  /* Translators: the number of a revision, and when. */
  return g_strdup_printf (_("Revision %d, signed %s"), (int) rev, signed_at);
}

static void
write_paper (MashDiscussionPaper *self,
             const char          *reference,
             const char          *recipient,
             const char          *version)
{
  mash_paper_add_title (self->paper, _("Record of a strategy discussion"));
  mash_paper_add_quiet (self->paper, _("Section 47 of the Children Act 1989"));
  add_meeting (self, reference, recipient, version);
  add_attendance (self);
  add_compliance (self);
  add_agenda (self);
  add_information (self);
  mash_discussion_paper_add_children (self);
  mash_discussion_paper_add_plan (self);
  mash_discussion_paper_add_views (self);
  mash_discussion_paper_add_actions (self);
  mash_discussion_paper_add_signatures (self);
  add_about (self);
  mash_paper_add_quiet (self->paper, _("End of the record."));
}

/**
 * mash_discussion_paper_new:
 * @policy: the policy in force, for the words of its codes
 * @facts: facts, such as an open contact
 * @copy: which discussion, and for whom
 *
 * Returns: (transfer full) (nullable): the paper; %NULL where there is no such discussion
 */
MashPaper *
mash_discussion_paper_new (MashPolicy               *policy,
                           MashFacts                *facts,
                           const MashDiscussionCopy *copy)
{
  g_autoptr (MashRecord) discussion = mash_facts_lookup (facts, "strategy-discussion",
                                                         copy->discussion);
  g_autoptr (MashRecord) contact = NULL;
  g_autofree char *version = NULL;
  const char *reference, *signed_at;
  MashDiscussionPaper self = { NULL };

  if (discussion == NULL)
    return NULL;

  contact = mash_facts_lookup (facts, "contact", mash_record_get_text (discussion, "contact"));
  reference = contact != NULL ? mash_record_get_text (contact, "reference") : NULL;
  signed_at = mash_record_get_text (discussion, "signed-at");
  version = dup_version (discussion);
  self = (MashDiscussionPaper) {
    .policy = policy, .facts = facts, .discussion = discussion, .copy = copy->copy,
    .staff = copy->staff,
    .family = g_strcmp0 (copy->copy.variant, "FAMILY") == 0,
  };
  self.paper = mash_paper_new (&(MashPaperHead) {
    .title = _("Record of a strategy discussion"), .reference = reference,
    .recipient = copy->recipient, .version = version,
    .note = _("Confidential. Only for the recipient named here."),
    .made_at = signed_at != NULL ? signed_at : "1970-01-01T00:00:00Z", .large = TRUE,
  });
  write_paper (&self, reference, copy->recipient, version);

  return self.paper;
}
