/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-circulation.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-quorum.h"

static gboolean
has (MashRecord *paragraph,
     const char *field,
     const char *word)
{
  g_auto (GStrv) set = mash_record_dup_set (paragraph, field);

  return set != NULL && word != NULL && g_strv_contains ((const char *const *) set, word);
}

/* What was ruled last for this very recipient. */
static MashRecord *
find_ruling (MashFacts         *facts,
             MashRecord        *paragraph,
             const MashCopyFor *copy)
{
  g_autoptr (GPtrArray) releases = mash_facts_list (facts, "sd-release", "paragraph",
                                                    mash_record_get_id (paragraph));

  for (guint i = releases->len; i > 0; i--)
    {
      MashRecord *release = g_ptr_array_index (releases, i - 1);

      if (g_strcmp0 (mash_record_get_text (release, "variant"), copy->variant) == 0 &&
          g_strcmp0 (mash_record_get_text (release, "recipient-agency"), copy->agency) == 0)
        return mash_record_ref (release);
    }

  return NULL;
}

static gboolean
needs_ruling (MashRecord *paragraph)
{
  return g_strcmp0 (mash_record_get_text (paragraph, "condition"), "C") == 0 ||
         has (paragraph, "handling", "H3") || has (paragraph, "handling", "H4");
}

/* What never goes there, whoever would release it: legal privilege, intelligence to a family, what
 * is for decision makers of the hub only, and what its owner keeps from that agency. */
static gboolean
is_barred (MashRecord        *paragraph,
           const MashCopyFor *copy)
{
  gboolean family = g_strcmp0 (copy->variant, "FAMILY") == 0;

  if (has (paragraph, "handling", "H6") || has (paragraph, "not-for", copy->agency))
    return TRUE;

  return (family || g_strcmp0 (copy->variant, "AGENCY") == 0)
         ? has (paragraph, "handling", "H2") ||
         (family && g_strcmp0 (mash_record_get_text (paragraph, "basis"), "INTEL") == 0)
         : FALSE;
}

/**
 * mash_circulation_rule_on:
 * @facts: facts
 * @paragraph: a paragraph of a strategy record
 * @copy: the copy
 *
 * Returns: whether it goes into the copy. An agency always gets its own paragraphs; one with
 *   conditions, or not for the family, waits for its owner’s ruling
 */
MashShare
mash_circulation_rule_on (MashFacts         *facts,
                          MashRecord        *paragraph,
                          const MashCopyFor *copy)
{
  g_autoptr (MashRecord) ruling = NULL;

  if (copy->agency != NULL &&
      g_strcmp0 (mash_record_get_text (paragraph, "agency"), copy->agency) == 0)
    return MASH_SHARE_IN;
  if (is_barred (paragraph, copy))
    return MASH_SHARE_OUT;
  if (!needs_ruling (paragraph))
    return MASH_SHARE_IN;

  ruling = find_ruling (facts, paragraph, copy);
  if (ruling == NULL)
    return MASH_SHARE_UNDECIDED;

  return g_strcmp0 (mash_record_get_text (ruling, "choice"), "RELEASED") == 0 ? MASH_SHARE_IN
                                                                              : MASH_SHARE_OUT;
}

/**
 * mash_circulation_find_share:
 * @facts: facts
 * @paragraph: a paragraph of a strategy record
 * @copy: the copy
 *
 * Returns: as mash_circulation_rule_on(), for a copy that is made from @facts: what may go in is
 *   left out where its words are not there
 */
MashShare
mash_circulation_find_share (MashFacts         *facts,
                             MashRecord        *paragraph,
                             const MashCopyFor *copy)
{
  MashShare share = mash_circulation_rule_on (facts, paragraph, copy);

  return share == MASH_SHARE_IN && !mash_record_has (paragraph, "text") ? MASH_SHARE_OUT : share;
}

/**
 * mash_circulation_list:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @copy: the copy
 * @share: which of its paragraphs
 *
 * Returns: (transfer full) (element-type MashRecord): the paragraphs that go in, that are left out,
 *   or that wait for a ruling
 */
GPtrArray *
mash_circulation_list (MashFacts         *facts,
                       const char        *discussion,
                       const MashCopyFor *copy,
                       MashShare          share)
{
  g_autoptr (GPtrArray) paragraphs = mash_facts_list (facts, "sd-paragraph", "discussion",
                                                      discussion);
  GPtrArray *listed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      MashRecord *paragraph = g_ptr_array_index (paragraphs, i);

      if (mash_circulation_find_share (facts, paragraph, copy) == share)
        g_ptr_array_add (listed, mash_record_ref (paragraph));
    }

  return listed;
}

/* Who may get one */

static void
free_recipient (MashRecipient *recipient)
{
  g_free (recipient->agency);
  g_free (recipient->name);
  g_free (recipient);
}

static void
add_recipient (GPtrArray  *recipients,
               const char *variant,
               const char *agency,
               const char *name,
               gboolean    due)
{
  MashRecipient *recipient = g_new0 (MashRecipient, 1);

  recipient->variant = variant;
  recipient->agency = g_strdup (agency);
  recipient->name = g_strdup (name);
  recipient->due = due;
  g_ptr_array_add (recipients, recipient);
}

/* Whether somebody of the agency was there, for all of it or a part. */
static gboolean
took_part (GPtrArray  *participants,
           const char *agency)
{
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);

      if (mash_quorum_takes_part (participant) &&
          g_strcmp0 (mash_record_get_text (participant, "agency"), agency) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_circulation_list_recipients:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 *
 * Returns: (transfer full) (element-type MashRecipient): the whole record, each agency that was
 *   there or was asked to be, and the family
 */
GPtrArray *
mash_circulation_list_recipients (MashFacts  *facts,
                                  const char *discussion)
{
  g_autoptr (GPtrArray) participants = mash_facts_list (facts, "sd-participant", "discussion",
                                                        discussion);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *recipients = g_ptr_array_new_with_free_func ((GDestroyNotify) free_recipient);

  add_recipient (recipients, "FULL", NULL, _("Children’s social care, for the child’s file"),
                 TRUE);
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);
      const char *id = mash_record_get_text (participant, "agency");
      g_autoptr (MashRecord) agency = mash_facts_lookup (facts, "agency", id);

      if (agency != NULL && g_hash_table_add (seen, (gpointer) id))
        add_recipient (recipients, "AGENCY", id, mash_record_get_text (agency, "name"),
                       took_part (participants, id));
    }
  add_recipient (recipients, "FAMILY", NULL, _("The family"), FALSE);

  return recipients;
}

static gboolean
has_gone (GPtrArray           *copies,
          gint64               rev,
          const MashRecipient *recipient)
{
  for (guint i = 0; i < copies->len; i++)
    {
      MashRecord *copy = g_ptr_array_index (copies, i);

      if (mash_record_has (copy, "sent-at") && mash_record_get_int (copy, "rev") == rev &&
          g_strcmp0 (mash_record_get_text (copy, "variant"), recipient->variant) == 0 &&
          g_strcmp0 (mash_record_get_text (copy, "recipient-agency"), recipient->agency) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_circulation_count_sent:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @n_due: (out): how many must have a copy before the record is circulated: the child’s file, and
 *   each agency that took part
 *
 * Returns: how many of them have one of the revision that stands
 */
guint
mash_circulation_count_sent (MashFacts  *facts,
                             const char *discussion,
                             guint      *n_due)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) recipients = mash_circulation_list_recipients (facts, discussion);
  g_autoptr (GPtrArray) copies = mash_facts_list (facts, "sd-circulation", "discussion",
                                                  discussion);
  gint64 rev = record != NULL ? mash_record_get_int (record, "rev") : 0;
  guint n_sent = 0;

  *n_due = 0;
  for (guint i = 0; i < recipients->len; i++)
    {
      const MashRecipient *recipient = g_ptr_array_index (recipients, i);

      if (!recipient->due)
        continue;
      (*n_due)++;
      if (has_gone (copies, rev, recipient))
        n_sent++;
    }

  return n_sent;
}

/* Its owner removes it and need not say why; the chair, who has to, does so for one that nobody can
 * ask. */
static char *
dup_removal (MashFacts         *facts,
             MashRecord        *paragraph,
             const MashCopyFor *copy,
             const char        *owner)
{
  g_autoptr (MashRecord) ruling = find_ruling (facts, paragraph, copy);
  const char *why = ruling != NULL ? mash_record_get_text (ruling, "reason") : NULL;

  return why != NULL
         /* Translators: %s are somebody’s own words. */
         ? g_strdup_printf (_("It was removed for this recipient: “%s”"), why)
         /* Translators: %s is an agency. */
         : g_strdup_printf (_("%s removed it for this recipient."), owner);
}

static const char *
name_agency (MashFacts  *facts,
             const char *id,
             MashRecord **agency)
{
  const char *name;

  *agency = mash_facts_lookup (facts, "agency", id);
  name = *agency != NULL ? mash_record_get_text (*agency, "name") : NULL;

  return name != NULL ? name : _("its agency");
}

/**
 * mash_circulation_dup_reason:
 * @facts: facts
 * @paragraph: a paragraph of a strategy record
 * @copy: a copy
 *
 * Returns: (transfer full) (nullable): why it is left out of the copy, or holds it up, in a
 *   sentence; %NULL where it goes in
 */
char *
mash_circulation_dup_reason (MashFacts         *facts,
                             MashRecord        *paragraph,
                             const MashCopyFor *copy)
{
  g_autoptr (MashRecord) agency = NULL;
  const char *owner = name_agency (facts, mash_record_get_text (paragraph, "agency"), &agency);
  const char *conditions = mash_record_get_text (paragraph, "conditions");
  MashShare share = mash_circulation_find_share (facts, paragraph, copy);

  if (share == MASH_SHARE_IN)
    return NULL;
  if (mash_circulation_rule_on (facts, paragraph, copy) == MASH_SHARE_IN)
    return g_strdup (_("You may not read it, so it is in no copy that you make."));
  if (share == MASH_SHARE_OUT && !is_barred (paragraph, copy))
    return dup_removal (facts, paragraph, copy, owner);
  if (share == MASH_SHARE_OUT)
    return g_strdup (has (paragraph, "handling", "H6")
                     ? _("It is under legal privilege and goes into no copy.")
                     : has (paragraph, "not-for", copy->agency)
                     ? _("Its owner keeps it from this agency.")
                     : has (paragraph, "handling", "H2")
                     ? _("It is for the decision makers of the hub only.")
                     : _("It is intelligence, which never goes to a family."));

  if (g_strcmp0 (mash_record_get_text (paragraph, "condition"), "C") == 0)
    return conditions != NULL
           /* Translators: an agency, then its own words. */
           ? g_strdup_printf (_("%s shared it with conditions: “%s” It waits for their ruling."),
                              owner, conditions)
           : g_strdup_printf (_("%s shared it with conditions. It waits for their ruling."), owner);
  if (has (paragraph, "handling", "H4"))
    return g_strdup_printf (_("It is not for the family. %s has to release or remove it."), owner);

  return g_strdup_printf (_("%s is asked each time before it goes out."), owner);
}
