/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the service makes and updates the file of an open contact. */

#include "mash-contact-file.h"
#include "mash-id-source.h"

G_BEGIN_DECLS

MashContactFile *mash_contact_file_new          (const char      *contact,
                                                 const char      *today,
                                                 MashIdSource     make_id,
                                                 gpointer         data) G_GNUC_WARN_UNUSED_RESULT;
void             mash_contact_file_set_records  (MashContactFile *self,
                                                 GPtrArray       *records);
void             mash_contact_file_set_saved_at (MashContactFile *self,
                                                 gint64           saved_at);
void             mash_contact_file_load_draft   (MashContactFile *self,
                                                 const char      *draft,
                                                 gint64           saved_at);

G_END_DECLS
