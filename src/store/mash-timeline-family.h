/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whose timeline it is: the people of a contact, those who live with them, and what else is known
 * of them under another record. Private to the store.
 */

#include "mash-store-private.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   n;
  char    *id;
  char    *name;
  char    *birth;
  char    *same;    /* id of the person of whom this is another record, or NULL */
  gboolean child;
  gboolean subject; /* is in the contact, or another record of somebody who is */
} MashTimelinePerson;

GPtrArray *mash_timeline_family_new  (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_timeline_family_read (GPtrArray   *people,
                                      MashStore   *store,
                                      const char  *contact,
                                      GError     **error);

G_END_DECLS
