/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A part of the contact page: a tab, a pane, a panel. It has one open contact, its property
 * `file`, and its template binds from there.
 *
 * What a part does beyond that it does by actions of the page (`contact.…`). A subclass overrides
 * `file_set`, called when it stands in the page and has a file, and `updated`, called when
 * records of the contact have changed.
 */

#include <adwaita.h>

#include "mash-contact-file.h"
#include "mash-form-host.h"
#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT_PART (mash_contact_part_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashContactPart, mash_contact_part, MASH, CONTACT_PART, AdwBin)

struct _MashContactPartClass
{
  AdwBinClass parent_class;

  void (*file_set) (MashContactPart *self);
  void (*updated)  (MashContactPart *self);
  void (*folded)   (MashContactPart *self,
                    guint            compact); /* as MashPage has it */
};

MashContactFile *mash_contact_part_get_file    (MashContactPart *self);
MashEntity      *mash_contact_part_get_contact (MashContactPart *self);
MashPage        *mash_contact_part_get_page    (MashContactPart *self);
MashService     *mash_contact_part_get_service (MashContactPart *self);
MashPolicy      *mash_contact_part_get_policy  (MashContactPart *self);
GtkWidget       *mash_contact_part_find_for_item (gpointer       item,
                                                GType            type);

G_END_DECLS
