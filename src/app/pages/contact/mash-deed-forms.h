/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What each deed asks for before it is done, for the bar under the head: one table, and which
 * record of the open contact a deed goes on with. It draws nothing.
 */

#include "mash-contact-file.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashGoesOn:
 * @MASH_GOES_ON_NEVER: the deed makes a record of its own
 * @MASH_GOES_ON_NEWEST: it goes on with the newest record of its kind
 * @MASH_GOES_ON_OPEN: it goes on with the newest hand-over that is neither accepted nor refused
 */
typedef enum
{
  MASH_GOES_ON_NEVER,
  MASH_GOES_ON_NEWEST,
  MASH_GOES_ON_OPEN,
} MashGoesOn;

typedef struct
{
  const char *deed;      /* of the policy, or a way of its own to do one: see `does` */
  const char *kind;      /* the kind of record that it fills in, or NULL */
  const char *layout;
  const char *reason;    /* the words before the line for the reason, or NULL */
  const char *preset;    /* a field and the code that it always has: "state OPEN" */
  const char *now_field; /* is the moment at which it is done */
  const char *now_when;  /* only where this field is filled in */
  const char *at_field;  /* begins as the moment at which it is asked for, and may be altered */
  const char *me_field;
  gboolean    signs;     /* asks for the passphrase */
  gboolean    of_record; /* is begun where the record stands, and not from the menu */
  MashGoesOn  goes_on;
  const char *points;    /* what it makes points with this field at the record where it was begun */
  const char *does;      /* the deed of the policy, where that is another; NULL where it is not */
  const char *label;     /* what it is called then */
} MashDeedForm;

const MashDeedForm *mash_deed_form_find      (const char         *deed);
const MashDeed     *mash_deed_form_get_deed  (const MashDeedForm *self,
                                              MashPolicy         *policy);
const char         *mash_deed_form_get_label (const MashDeedForm *self,
                                              MashPolicy         *policy);
guint               mash_deed_form_list      (const char *const **deeds);
gboolean            mash_deed_form_needs_nothing (const char     *deed);
MashEntity         *mash_deed_form_find_record (const MashDeedForm *self,
                                                MashContactFile  *file,
                                                const char       *record);

G_END_DECLS
