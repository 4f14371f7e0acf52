/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a machine was given when it was enrolled: where its hub is, how it is told from a false one,
 * and what guessing a passphrase costs there. A text file in the desk's folder, with the machine's
 * certificate and key and that of the authority beside it. It names no person but the root.
 */

#include "mash-hub-line.h"
#include "mash-slots.h"

G_BEGIN_DECLS

#define MASH_ENROLMENT_FILE "enrolment"

typedef struct
{
  char        *hub;
  char        *name;
  gboolean     training;
  MashSlotCost cost;
  char        *recovery_key; /* NULL where there is none */
  char        *hosts;
  char        *port;
  char        *database;
  char        *desk;
  char        *desk_name;
  char        *root_person;
  char        *root_key;
  char        *authority;    /* paths of files */
  char        *certificate;
  char        *key;
} MashEnrolment;

MashEnrolment *mash_enrolment_load        (const char           *folder,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_enrolment_save        (const MashEnrolment  *self,
                                           const char           *folder,
                                           GError              **error);
void           mash_enrolment_get_address (const MashEnrolment  *self,
                                           const char           *login,
                                           const char           *secret,
                                           MashHubAddress       *address);
void           mash_enrolment_free        (MashEnrolment        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashEnrolment, mash_enrolment_free)

G_END_DECLS
