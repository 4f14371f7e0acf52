/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The agencies of the hub, as an open contact carries them: by name, and by what they sit for.
 */

#include "mash-contact-file.h"

G_BEGIN_DECLS

MashEntity *mash_agencies_find      (MashContactFile *file,
                                     const char      *agency);
const char *mash_agencies_get_name  (MashContactFile *file,
                                     const char      *agency);
gboolean    mash_agencies_has_staff (MashContactFile *file,
                                     GListModel      *staff,
                                     const char      *agency);
GListModel *mash_agencies_choices   (MashContactFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
