/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-quorum.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-deed.h"
#include "mash-follow-up.h"
#include "mash-guards.h"
#include "mash-time.h"

/**
 * mash_quorum_get_seat:
 * @agency_type: (nullable): a code of AGY
 *
 * Returns: which of the three it is; British Transport Police are police, and a GP or a midwife is
 *   health (domain 3.6)
 */
MashSeats
mash_quorum_get_seat (const char *agency_type)
{
  static const struct
  {
    MashSeats   seat;
    const char *types;
  } seats[] = {
    { MASH_SEAT_SOCIAL, "CSC" },
    { MASH_SEAT_POLICE, "POL BTP" },
    { MASH_SEAT_HEALTH, "HTH HTC HTM GP MAT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (seats); i++)
    {
      if (mash_words_contain (seats[i].types, agency_type))
        return seats[i].seat;
    }

  return MASH_SEAT_OTHER;
}

/**
 * mash_quorum_find_seat:
 * @facts: facts
 * @agency: (nullable): the id of an agency
 *
 * Returns: which of the three it is
 */
MashSeats
mash_quorum_find_seat (MashFacts  *facts,
                       const char *agency)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "agency", agency);

  return record != NULL ? mash_quorum_get_seat (mash_record_get_text (record, "type"))
                        : MASH_SEAT_OTHER;
}

/**
 * mash_quorum_takes_part:
 * @participant: a participant
 *
 * Returns: %TRUE when they are or were there, for all of it or a part
 */
gboolean
mash_quorum_takes_part (MashRecord *participant)
{
  return mash_words_contain ("PRESENT PART", mash_record_get_text (participant, "attended"));
}

static gboolean
read_time (MashRecord *record,
           const char *field,
           gint64     *usec)
{
  const char *text = record != NULL ? mash_record_get_text (record, field) : NULL;

  return text != NULL && mash_time_parse (text, usec);
}

static void
read_participants (MashFacts    *facts,
                   MashCalendar *calendar,
                   MashRecord   *discussion,
                   MashQuorum   *self)
{
  g_autoptr (GPtrArray) participants = NULL;
  g_autoptr (GHashTable) agencies = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 ended = 0;
  gboolean has_ended = read_time (discussion, "ended-at", &ended);

  participants = mash_facts_list (facts, "sd-participant", "discussion",
                                  mash_record_get_id (discussion));
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);
      const char *agency = mash_record_get_text (participant, "agency");
      MashSeats seat = mash_quorum_find_seat (facts, agency);
      gint64 arrived;

      if (agency == NULL || !mash_quorum_takes_part (participant))
        continue;
      if (has_ended && read_time (participant, "arrived-at", &arrived) && arrived > ended)
        {
          if (calendar == NULL || arrived > mash_calendar_add_working_days (calendar, ended, 1))
            continue;
          self->joined |= seat;
        }
      else
        self->there |= seat;
      g_hash_table_add (agencies, (gpointer) agency);
      if (mash_record_get_flag (participant, "paediatrician"))
        self->has_paediatrician = TRUE;
      if (seat != MASH_SEAT_OTHER && !mash_record_get_flag (participant, "senior"))
        self->without_seniority = TRUE;
    }
  self->n_agencies = g_hash_table_size (agencies);
}

/* The honest exception: why, what the risk is meanwhile, who allowed it, and a follow-up within one
 * working day (domain 4.2, P40). */
static gboolean
is_excepted (MashRecord   *discussion,
             MashCalendar *calendar)
{
  gint64 ended, next;

  if (mash_text_is_blank (mash_record_get_text (discussion, "exception-reason")) ||
      mash_text_is_blank (mash_record_get_text (discussion, "exception-risk")) ||
      !mash_record_has (discussion, "exception-by") ||
      !read_time (discussion, "next-at", &next))
    return FALSE;
  if (!read_time (discussion, "ended-at", &ended) &&
      !read_time (discussion, "started-at", &ended))
    return FALSE;

  return calendar != NULL && next <= mash_calendar_add_working_days (calendar, ended, 1);
}

/**
 * mash_quorum_read:
 * @facts: facts
 * @calendar: (nullable): working days; without one nobody joins later and nothing is excepted
 * @discussion: the id of a strategy discussion
 * @quorum: (out caller-allocates): who is there and what it lacks
 *
 * Any thread.
 */
void
mash_quorum_read (MashFacts    *facts,
                  MashCalendar *calendar,
                  const char   *discussion,
                  MashQuorum   *quorum)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) plans = NULL;
  MashFollowUp follow_up;

  *quorum = (MashQuorum) { .there = MASH_SEAT_OTHER };
  if (record == NULL)
    return;

  plans = mash_facts_list (facts, "sd-plan", "discussion", discussion);
  read_participants (facts, calendar, record, quorum);
  quorum->exception = is_excepted (record, calendar);
  mash_follow_up_read (facts, discussion, &follow_up);
  quorum->followed = follow_up.held != 0;
  quorum->series = g_strcmp0 (mash_record_get_text (record, "mode"), "SERIES") == 0;
  quorum->wants_paediatrician =
    g_strcmp0 (mash_record_get_text (record, "suspicious-injury"), "Y") == 0;
  for (guint i = 0; i < plans->len; i++)
    {
      if (mash_words_contain ("NOW PLANNED CONSENT",
                              mash_record_get_text (g_ptr_array_index (plans, i), "medical")))
        quorum->wants_paediatrician = TRUE;
    }
  quorum->wants_separate =
    g_strcmp0 (mash_record_get_text (record, "suspect-under-18"), "Y") == 0 &&
    mash_text_is_blank (mash_record_get_text (record, "separate-discussion"));
}

/**
 * mash_quorum_get_missing:
 * @self: a quorum
 *
 * Returns: which of social care, police and health took no part
 */
MashSeats
mash_quorum_get_missing (const MashQuorum *self)
{
  return MASH_SEAT_ALL & ~(self->there | self->joined);
}

/**
 * mash_quorum_get_compliance:
 * @self: a quorum
 *
 * Only health may join later (domain 3.8, COMP); an exception is for health or police, never for
 * social care, who convene.
 *
 * Returns: a code of COMP
 */
const char *
mash_quorum_get_compliance (const MashQuorum *self)
{
  if (self->there == MASH_SEAT_ALL)
    return "COMPLIANT";
  if ((self->there | MASH_SEAT_HEALTH) == MASH_SEAT_ALL && (self->joined & MASH_SEAT_HEALTH))
    return "LATER";

  return self->exception && (self->there & MASH_SEAT_SOCIAL) && self->n_agencies > 1 ? "EXCEPTION"
                                                                                     : "NOT";
}

static void
say (GPtrArray  *sentences,
     gboolean    holds,
     const char *sentence)
{
  if (holds)
    g_ptr_array_add (sentences, g_strdup (sentence));
}

/**
 * mash_quorum_dup_sentences:
 * @self: a quorum
 *
 * Returns: (transfer full): what is missing, or to be thought of, each in one sentence, the gravest
 *   first; none where nothing is
 */
char **
mash_quorum_dup_sentences (const MashQuorum *self)
{
  GPtrArray *sentences = g_ptr_array_new ();
  MashSeats missing = mash_quorum_get_missing (self);
  MashSeats late = self->joined & ~self->there;

  say (sentences, missing & MASH_SEAT_SOCIAL, _("Social care not present"));
  say (sentences, missing & MASH_SEAT_POLICE, _("Police not present"));
  say (sentences, missing & MASH_SEAT_HEALTH, _("Health not present"));
  say (sentences, missing != 0 && self->exception && !self->followed,
       _("Not compliant: held as an exception, until the follow-up discussion"));
  say (sentences, missing != 0 && self->exception && self->followed,
       _("Not compliant: held as an exception, and followed by another discussion"));
  say (sentences, late & MASH_SEAT_HEALTH, _("Health joined later, within one working day"));
  say (sentences, late & (MASH_SEAT_SOCIAL | MASH_SEAT_POLICE),
       _("Social care or police joined only after it had ended"));
  say (sentences, self->n_agencies < 2, _("Fewer than two agencies take part"));
  say (sentences, self->wants_paediatrician && !self->has_paediatrician,
       _("Ask a consultant paediatrician to take part"));
  say (sentences, self->wants_separate,
       _("Plan a separate discussion on the suspect who is under 18"));
  say (sentences, self->without_seniority,
       _("Not everybody is said to be senior enough to decide"));
  say (sentences, self->series, _("Held as a series of telephone calls"));
  g_ptr_array_add (sentences, NULL);

  return (char **) g_ptr_array_free (sentences, FALSE);
}
