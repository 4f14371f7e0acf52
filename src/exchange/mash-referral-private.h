/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of MashReferral share. */

#include "mash-fault.h"
#include "mash-referral.h"

G_BEGIN_DECLS

/* The key of the contact itself, and its id while a group is made. */
#define MASH_REFERRAL_CONTACT_KEY "0"

/* One record that the file tells of. Values have the form that the model asks for; references are
 * keys of other parts. @lines says where in the file each value stands, 0 where there is none. */
typedef struct
{
  const MashKind  *kind;
  char            *key;
  GVariant       **values;
  guint           *lines;
} MashReferralPart;

struct _MashReferral
{
  GBytes     *file;
  char       *sha256;
  char       *sent_at;
  GPtrArray  *parts;    /* in the order of the file */
};

MashReferralPart *mash_referral_find_part (MashReferral           *self,
                                           const char             *kind,
                                           const char             *key);
GVariant         *mash_referral_part_get  (const MashReferralPart *self,
                                           const char             *field);
const char       *mash_referral_part_get_text
                                          (const MashReferralPart *self,
                                           const char             *field);
gboolean          mash_referral_part_is   (const MashReferralPart *self,
                                           const char             *kind);
MashFault         mash_referral_judge_field
                                          (MashReferral           *self,
                                           const MashReferralPart *part,
                                           guint                   field);
char             *mash_referral_say_remark
                                          (MashReferral           *self,
                                           const MashReferralPart *part,
                                           guint                   field) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
