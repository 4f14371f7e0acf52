/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What somebody who decides is shown beside the contact: what was decided on the same children
 * before, and what was altered since they last opened it.
 */

#include "mash-store.h"

G_BEGIN_DECLS

/* A decision on another contact of one of the same children, or such a contact without one. */
typedef struct
{
  char    *id;                /* of the decision, or of the contact */
  char    *contact;
  char    *reference;
  char    *state;
  char    *result;            /* codes; NULL while it is not decided */
  char    *outcome;
  char    *level;
  char    *criteria_version;
  char    *rationale;
  char    *by;                /* name of who decided */
  char    *children;          /* names of the children that both have in common */
  gint64   received_at;
  gint64   decided_at;        /* 0 while it is not decided */
  gboolean no_further_action;
  gboolean recent;            /* the contact came within the re-referral window after it */
} MashEarlierRow;

/* A field that somebody else altered, or a record that they made or voided. */
typedef struct
{
  char    *id;
  char    *kind;
  char    *record;
  char    *field;             /* NULL where the whole record was made or voided */
  char    *was;               /* a set with a line for each member; NULL: nothing */
  char    *now;
  char    *by;                /* name of who did it last */
  gint64   at;
  gboolean made;
  gboolean voided;
} MashAlteredRow;

void       mash_earlier_row_free   (MashEarlierRow *self);
void       mash_altered_row_free   (MashAlteredRow *self);

GPtrArray *mash_store_list_earlier (MashStore      *self,
                                    const char     *contact,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_store_list_altered (MashStore      *self,
                                    const char     *contact,
                                    gint64         *opened_at,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
