/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Open contacts that another contact can be linked to.
 */

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct
{
  char    *contact;
  char    *reference;
  char    *family;
  char    *state;
  char    *owner;   /* name of who has it, or NULL */
  gboolean opened;  /* by the person who is signed in, once at least */
} MashCaseRow;

void         mash_case_row_free    (MashCaseRow  *self);

GPtrArray   *mash_store_find_cases (MashStore    *self,
                                    const char   *contact,
                                    const char   *text,
                                    guint         limit,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray   *mash_store_read_case  (MashStore    *self,
                                    const char   *contact,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
