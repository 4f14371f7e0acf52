/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The rota of a day, as it is shown and set.
 */

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *staff;
  char *name;
  char *title;
  char *team;
  char *morning;     /* id of the entry, or NULL */
  char *afternoon;
  guint load;        /* open contacts that they have */
} MashRotaRow;

void        mash_rota_row_free     (MashRotaRow *self);

GPtrArray  *mash_store_list_rota   (MashStore   *self,
                                    const char  *date,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_store_set_on_duty (MashStore   *self,
                                    const char  *date,
                                    const char  *half,
                                    const char  *staff,
                                    gboolean     on_duty,
                                    GError     **error);

G_END_DECLS
