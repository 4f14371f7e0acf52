/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the slots share; nobody else includes it. */

#include "mash-slots-file.h"

G_BEGIN_DECLS

struct _MashSlots
{
  MashSlotsFile *file;
  MashSecret    *database_key;
  int            folder_fd;
};

guint          mash_slots_find         (MashSlotsFile  *file,
                                        MashSlotKind    kind,
                                        const char     *sign_in,
                                        guint           from);
gboolean       mash_slots_check_opened (MashSlots      *self,
                                        GError        **error);
MashSlotsFile *mash_slots_read_file    (int             folder_fd,
                                        GError        **error);
MashSlot      *mash_slots_append       (MashSlots      *self,
                                        MashSlotKind    kind,
                                        const char     *person,
                                        const char     *sign_in,
                                        MashSecret     *passphrase,
                                        MashSecret     *seed,
                                        gint64          now,
                                        GError        **error);

G_END_DECLS
