/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How somebody comes to their keys at a desk: with a code the first time, with their passphrase
 * from then on, at any machine that is enrolled. Each function blocks, and opens a line of its own
 * where it is given none.
 */

#include "mash-enrolment.h"
#include "mash-person-keys.h"

G_BEGIN_DECLS

/**
 * MashAdmission:
 * @login: the person's role at the hub
 * @person: their id
 * @door: what their passphrase derives to
 * @keys: what their bundle holds
 * @root_person: who made the first members of staff
 * @root_key: what the root's signatures are checked by
 *
 * Somebody whom the hub let in.
 */
typedef struct
{
  char           *login;
  char           *person;
  MashPersonDoor *door;
  MashPersonKeys *keys;
  char           *root_person;
  char           *root_key;
} MashAdmission;

MashAdmission *mash_hub_enter             (const MashEnrolment  *enrolment,
                                           const char           *sign_in,
                                           MashSecret           *passphrase,
                                           MashHubLine         **line,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
MashAdmission *mash_hub_enrol             (const MashEnrolment  *enrolment,
                                           const char           *sign_in,
                                           MashSecret           *code,
                                           MashSecret           *passphrase,
                                           MashSecret           *seed,
                                           const char           *seat,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_hub_sit               (MashHubLine          *line,
                                           const MashEnrolment  *enrolment,
                                           const char           *seat,
                                           GError              **error);
gboolean       mash_hub_change_passphrase (MashHubLine          *line,
                                           const MashEnrolment  *enrolment,
                                           const char           *seat,
                                           MashAdmission        *admission,
                                           MashSecret           *passphrase,
                                           GError              **error);
void           mash_admission_free        (MashAdmission        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashAdmission, mash_admission_free)

G_END_DECLS
