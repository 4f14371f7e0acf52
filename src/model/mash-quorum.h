/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether a strategy discussion has the agencies that it needs, and what is missing, in words
 * (domain 3.6, 4.2). Pure functions of the facts and of when it is.
 */

#include "mash-calendar.h"
#include "mash-facts.h"

G_BEGIN_DECLS

/* The agencies without which a discussion is not compliant. */
typedef enum
{
  MASH_SEAT_OTHER  = 0,
  MASH_SEAT_SOCIAL = 1 << 0,
  MASH_SEAT_POLICE = 1 << 1,
  MASH_SEAT_HEALTH = 1 << 2,
  MASH_SEAT_ALL    = MASH_SEAT_SOCIAL | MASH_SEAT_POLICE | MASH_SEAT_HEALTH,
} MashSeats;

/**
 * MashQuorum:
 * @there: who takes or took part while it ran, present or for a part of it
 * @joined: who came only after it had ended, within one working day
 * @n_agencies: how many agencies took part, those who joined later included
 * @exception: a manager allowed it without health or police, with all that this needs
 * @followed: the follow-up discussion that was promised was held
 * @series: it is a series of telephone calls
 * @wants_paediatrician: an injury is suspicious or a medical is needed
 * @has_paediatrician: a consultant paediatrician took part
 * @wants_separate: a suspect is under 18, and nothing is said of a separate discussion
 * @without_seniority: a participant of social care, police or health is not said to be senior
 *   enough
 */
typedef struct
{
  MashSeats there;
  MashSeats joined;
  guint     n_agencies;
  gboolean  exception;
  gboolean  followed;
  gboolean  series;
  gboolean  wants_paediatrician;
  gboolean  has_paediatrician;
  gboolean  wants_separate;
  gboolean  without_seniority;
} MashQuorum;

MashSeats   mash_quorum_get_seat       (const char       *agency_type);
MashSeats   mash_quorum_find_seat      (MashFacts        *facts,
                                        const char       *agency);
gboolean    mash_quorum_takes_part     (MashRecord       *participant);
void        mash_quorum_read           (MashFacts        *facts,
                                        MashCalendar     *calendar,
                                        const char       *discussion,
                                        MashQuorum       *quorum);
MashSeats   mash_quorum_get_missing    (const MashQuorum *self);
const char *mash_quorum_get_compliance (const MashQuorum *self);
char      **mash_quorum_dup_sentences  (const MashQuorum *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
