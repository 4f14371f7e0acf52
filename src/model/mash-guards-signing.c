/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-guards-strategy.h"

#include <string.h>

#include "mash-circulation.h"
#include "mash-kinds.h"
#include "mash-signing.h"
#include "mash-time.h"
#include "mash-versions.h"

/* Signing */

static MashRecord *
find_request (MashCase  *the_case,
              MashFacts *facts)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "sd-request", NULL);

  return edit != NULL ? mash_facts_lookup (facts, "sd-request", mash_edit_get_id (edit)) : NULL;
}

/* The chair answers as chair, anybody else for the agency that they act for; and nobody who chairs
 * signs for the police too. */
gboolean
mash_strategy_request_is_own (MashCase *the_case)
{
  g_autoptr (MashRecord) request = find_request (the_case, the_case->facts);
  const char *capacity;

  if (request == NULL)
    return FALSE;

  capacity = mash_record_get_text (request, "capacity");
  if (g_strcmp0 (capacity, "CHAIR") == 0)
    return mash_strategy_is_chair (the_case);

  return g_strcmp0 (mash_record_get_text (request, "agency"), the_case->actor->agency) == 0 &&
         (g_strcmp0 (capacity, "POLICE") != 0 || !mash_strategy_is_chair (the_case));
}

/* Whoever is entered by name only is that person of their own agency. */
static gboolean
is_person (MashRecord *participant,
           MashRecord *staff)
{
  if (mash_record_has (participant, "staff"))
    return g_strcmp0 (mash_record_get_text (participant, "staff"),
                      mash_record_get_id (staff)) == 0;

  return mash_record_has (participant, "person-name") &&
         g_strcmp0 (mash_record_get_text (participant, "person-name"),
                    mash_record_get_text (staff, "name")) == 0 &&
         g_strcmp0 (mash_record_get_text (participant, "agency"),
                    mash_record_get_text (staff, "agency")) == 0;
}

static gboolean
is_apart (MashCase   *the_case,
          const char *person)
{
  g_autoptr (GPtrArray) participants = mash_strategy_list_parts (the_case, "sd-participant");
  g_autoptr (MashRecord) staff = mash_facts_lookup (the_case->facts, "staff", person);

  for (guint i = 0; staff != NULL && i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);

      if (mash_record_get_flag (participant, "conflict-declared") && is_person (participant, staff))
        return FALSE;
    }

  return TRUE;
}

/* Whoever declared a conflict of interest neither chairs nor signs. What they are told does not say
 * why (domain 2.3, 6). */
gboolean
mash_strategy_chair_apart (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case,
                                                                     the_case->proposed);

  return discussion == NULL || is_apart (the_case, mash_record_get_text (discussion, "chair"));
}

gboolean
mash_strategy_signer_apart (MashCase *the_case)
{
  return is_apart (the_case, the_case->actor->person);
}

/* It is asked of the revision that stands, and not answered yet. Who need not sign may do so after
 * the record is signed; what another has superseded is signed no more. */
gboolean
mash_strategy_unanswered (MashCase *the_case)
{
  g_autoptr (MashRecord) request = find_request (the_case, the_case->facts);
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case, the_case->facts);

  return request != NULL && discussion != NULL && !mash_record_has (request, "answer") &&
         mash_words_contain ("SIGNING SIGNED CIRCULATED",
                             mash_record_get_text (discussion, "state")) &&
         mash_record_get_int (request, "rev") == mash_record_get_int (discussion, "rev");
}

/* What was shown is what stands. */
gboolean
mash_strategy_seen (MashCase *the_case)
{
  g_autoptr (MashRecord) request = find_request (the_case, the_case->proposed);
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case, the_case->facts);
  g_autofree char *now = NULL;
  const char *seen;

  if (request == NULL || discussion == NULL)
    return FALSE;

  seen = mash_record_get_text (request, "seen-hash");
  now = mash_signing_hash_content (the_case->facts, mash_record_get_id (discussion));

  return seen != NULL && strcmp (seen, now) == 0 &&
         g_strcmp0 (mash_record_get_text (discussion, "content-hash"), now) == 0;
}

/* After the record */

/* A disagreement is resolved once, by one of the two sides of it: the agency that dissented, or the
 * chair’s. */
gboolean
mash_strategy_in_dispute (MashCase *the_case)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "sd-escalation", NULL);
  g_autoptr (MashRecord) escalation = NULL;
  g_autoptr (MashRecord) discussion = NULL;
  g_autoptr (MashRecord) chair = NULL;

  if (edit == NULL)
    return FALSE;
  escalation = mash_facts_lookup (the_case->facts, "sd-escalation", mash_edit_get_id (edit));
  if (escalation == NULL || mash_record_has (escalation, "resolved-at"))
    return FALSE;
  if (g_strcmp0 (mash_record_get_text (escalation, "agency"), the_case->actor->agency) == 0)
    return TRUE;

  discussion = mash_strategy_find_discussion (the_case, the_case->facts);
  chair = mash_facts_lookup (the_case->facts, "staff",
                             discussion != NULL ? mash_record_get_text (discussion, "chair")
                                                : NULL);

  return chair != NULL && g_strcmp0 (mash_record_get_text (chair, "agency"),
                                     the_case->actor->agency) == 0;
}

gboolean
mash_strategy_action_is_open (MashCase *the_case)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "sd-action", NULL);
  g_autoptr (MashRecord) action = NULL;

  if (edit == NULL)
    return FALSE;
  action = mash_facts_lookup (the_case->facts, "sd-action", mash_edit_get_id (edit));

  return action != NULL && g_strcmp0 (mash_record_get_text (action, "status"), "OPEN") == 0;
}

/* An agency confirms what was entered for it, and alters nothing by the way. */
gboolean
mash_strategy_confirms (MashCase *the_case)
{
  guint n = 0;

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const MashKind *kind = mash_edit_get_kind (edit);
      g_autoptr (MashRecord) before = NULL;

      if (!mash_deed_touches (the_case->deed, kind->name))
        continue;
      before = mash_facts_lookup (the_case->facts, kind->name, mash_edit_get_id (edit));
      if (before == NULL || !mash_record_get_flag (before, "on-behalf") ||
          mash_record_has (before, "confirmed-by") || mash_edit_get_voided (edit) != NULL ||
          g_strcmp0 (mash_strategy_get_owner (before), the_case->actor->agency) != 0)
        return FALSE;
      for (guint f = 0; f < kind->n_fields; f++)
        {
          if (kind->fields[f].owner != MASH_OWNER_RULES && mash_edit_touches (edit, f))
            return FALSE;
        }
      n++;
    }

  return n > 0;
}

/* What a copy says it holds is what may be in it. */
static gboolean
holds_only (MashCase          *the_case,
            MashRecord        *record,
            const MashCopyFor *copy)
{
  g_auto (GStrv) paragraphs = mash_record_dup_set (record, "paragraphs");

  for (guint i = 0; paragraphs != NULL && paragraphs[i] != NULL; i++)
    {
      g_autoptr (MashRecord) paragraph = mash_facts_lookup (the_case->proposed, "sd-paragraph",
                                                            paragraphs[i]);

      if (paragraph == NULL ||
          mash_circulation_rule_on (the_case->proposed, paragraph, copy) != MASH_SHARE_IN)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_somebody (MashFacts  *facts,
              const char *agency,
              const char *today)
{
  g_autoptr (GPtrArray) posts = agency != NULL ? mash_facts_list (facts, "post", "agency", agency)
                                               : NULL;

  for (guint i = 0; posts != NULL && i < posts->len; i++)
    {
      const char *to = mash_record_get_text (g_ptr_array_index (posts, i), "to");

      if (to == NULL || strcmp (to, today) >= 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_strategy_may_remove:
 * @the_case: a case
 * @edit: a ruling in it
 * @paragraph: the paragraph that it is on
 *
 * What was said for an agency that has nobody here would hold up every copy for ever. To leave it
 * out gives nothing away.
 *
 * Returns: %TRUE when the chair removes it and says why, and nobody else can rule on it
 */
gboolean
mash_strategy_may_remove (MashCase   *the_case,
                          MashEdit   *edit,
                          MashRecord *paragraph)
{
  g_autofree char *today = mash_time_dup_local_date (the_case->actor->now);

  return mash_edit_get_kind (edit) == &mash_sd_release_kind && mash_edit_is_new (edit) &&
         g_strcmp0 (mash_edit_get_text (edit, "choice"), "REMOVED") == 0 &&
         !mash_text_is_blank (mash_edit_get_text (edit, "reason")) &&
         mash_strategy_is_chair (the_case) &&
         !has_somebody (the_case->facts, mash_record_get_text (paragraph, "agency"), today);
}

static gboolean
is_released (MashCase   *the_case,
             const char *discussion,
             const char *id)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (the_case->proposed, "sd-circulation", id);
  const MashCopyFor copy = { mash_record_get_text (record, "variant"),
                             mash_record_get_text (record, "recipient-agency") };
  g_autoptr (GPtrArray) undecided = mash_circulation_list (the_case->proposed, discussion, &copy,
                                                           MASH_SHARE_UNDECIDED);

  return undecided->len == 0 && holds_only (the_case, record, &copy);
}

/* Nothing leaves while a paragraph with conditions, or not for the family, is neither released to
 * this recipient nor removed for them. */
gboolean
mash_strategy_released (MashCase *the_case)
{
  g_autofree char *discussion = mash_strategy_dup_discussion (the_case);
  guint n = 0;

  for (guint i = 0; discussion != NULL && i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);

      if (mash_edit_get_kind (edit) != &mash_sd_circulation_kind)
        continue;
      if (!is_released (the_case, discussion, mash_edit_get_id (edit)))
        return FALSE;
      n++;
    }

  return n > 0;
}

/* Every copy that goes out was looked at by somebody by name, in the revision that was signed. */
gboolean
mash_strategy_copies_ready (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case, the_case->facts);
  guint n = 0;

  for (guint i = 0; discussion != NULL && i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      g_autoptr (MashRecord) before = NULL;
      g_autoptr (MashRecord) after = NULL;

      if (mash_edit_get_kind (edit) != &mash_sd_circulation_kind)
        continue;
      before = mash_facts_lookup (the_case->facts, "sd-circulation", mash_edit_get_id (edit));
      after = mash_facts_lookup (the_case->proposed, "sd-circulation", mash_edit_get_id (edit));
      if (before == NULL || !mash_record_has (before, "previewed-by") ||
          mash_record_has (before, "sent-at") || !mash_record_has (after, "sent-at") ||
          mash_text_is_blank (mash_record_get_text (after, "how")) ||
          mash_record_get_int (before, "rev") != mash_record_get_int (discussion, "rev"))
        return FALSE;
      n++;
    }

  return n > 0;
}

/* A record is corrected by another only when it is signed, and by one of the same contact. */
gboolean
mash_strategy_corrects_signed (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case,
                                                                     the_case->proposed);
  g_autoptr (MashRecord) earlier = mash_facts_lookup (
    the_case->facts, "strategy-discussion",
    discussion != NULL ? mash_record_get_text (discussion, "supersedes") : NULL);

  return earlier != NULL && mash_words_contain ("SIGNED CIRCULATED",
                                                mash_record_get_text (earlier, "state"));
}

/* What was agreed and signed stays; only what became of it is added. */
gboolean
mash_strategy_action_unaltered (MashCase *the_case)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "sd-action", NULL);

  return edit != NULL && !mash_edit_is_new (edit) && mash_strategy_alters_only (edit, NULL);
}

/* What is taken stands where it was written; what is only said to be taken would be lost. */
static gboolean
is_carried_out (MashCase   *the_case,
                MashEdit   *choice,
                MashRecord *version)
{
  const MashKind *kind = mash_kind_lookup (mash_record_get_text (version, "of-kind"));
  guint field = kind != NULL
                ? mash_kind_find_field (kind, mash_record_get_text (version, "of-field"))
                : MASH_NO_FIELD;
  g_autoptr (MashRecord) of = NULL;
  g_autofree char *words = NULL;

  if (g_strcmp0 (mash_edit_get_text (choice, "choice"), "TAKEN") != 0)
    return TRUE;
  if (field == MASH_NO_FIELD)
    return FALSE;
  of = mash_facts_lookup (the_case->proposed, kind->name,
                          mash_record_get_text (version, "of-record"));
  if (of == NULL)
    return FALSE;
  words = mash_versions_dup_words (mash_record_get_value (of, field));

  return g_strcmp0 (words, mash_record_get_text (version, "text")) == 0;
}

/* One version is settled at a time, and nothing is altered by the way but the field it is of. */
gboolean
mash_strategy_settles_only (MashCase *the_case)
{
  MashEdit *choice = mash_group_find_edit (the_case->group, "sd-version", NULL);
  g_autoptr (MashRecord) version = NULL;

  if (choice == NULL || !mash_strategy_alters_only (choice, "choice"))
    return FALSE;
  version = mash_facts_lookup (the_case->facts, "sd-version", mash_edit_get_id (choice));
  if (version == NULL || mash_record_has (version, "choice") ||
      !is_carried_out (the_case, choice, version))
    return FALSE;

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const char *kind = mash_edit_get_kind (edit)->name;

      if (edit == choice || !mash_deed_touches (the_case->deed, kind) ||
          mash_strategy_alters_only (edit, NULL))
        continue;
      if (g_strcmp0 (mash_record_get_text (version, "of-kind"), kind) != 0 ||
          g_strcmp0 (mash_record_get_text (version, "of-record"), mash_edit_get_id (edit)) != 0 ||
          !mash_strategy_alters_only (edit, mash_record_get_text (version, "of-field")))
        return FALSE;
    }

  return TRUE;
}
