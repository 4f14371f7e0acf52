/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One thing that can be chosen in a drop-down: a value that is kept and the words for it.
 *
 * A value of NULL is “Not known”, which every list of choices begins with: nothing is filled in
 * beforehand, and what was chosen can be taken back.
 */

#include <gio/gio.h>

#include "mash-contact-file.h"
#include "mash-entity.h"
#include "mash-policy.h"

G_BEGIN_DECLS

#define MASH_TYPE_CHOICE (mash_choice_get_type ())

G_DECLARE_FINAL_TYPE (MashChoice, mash_choice, MASH, CHOICE, GObject)

MashChoice *mash_choice_new        (const char *value,
                                    const char *label) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_choice_get_value  (MashChoice *self);
const char *mash_choice_get_label  (MashChoice *self);
GListModel *mash_choices_for_codes (MashPolicy *policy,
                                    const char *list,
                                    const char *kept) G_GNUC_WARN_UNUSED_RESULT;
GListModel *mash_choices_for_people (GListModel *people) G_GNUC_WARN_UNUSED_RESULT;
GListModel *mash_choices_for_staff (GListModel *staff) G_GNUC_WARN_UNUSED_RESULT;
GListModel *mash_choices_for_children (MashContactFile *file,
                                       const char      *today) G_GNUC_WARN_UNUSED_RESULT;
guint       mash_choices_find      (GListModel *choices,
                                    const char *value);
char       *mash_person_dup_name   (MashEntity *person) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
