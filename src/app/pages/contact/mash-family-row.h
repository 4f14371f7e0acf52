/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A person of an open contact as one line of a table: the person, their part in the contact, and
 * what they are to the children.
 *
 * It joins entities and keeps nothing but what was typed and could not be read. Properties: person,
 * subject (entities), name, title (“Ellie Marsh, 6”), is-child; born (as people type it;
 * born-remark says what is wrong with it); relation, responsibility, lives-there: what this
 * person is to every child of the contact, as codes; NULL where it is not known or differs
 * (differs says which).
 */

#include "mash-contact-file.h"

G_BEGIN_DECLS

/* Codes of the list SROLE that the form itself has to know. */
#define MASH_ROLE_CHILD  "CHILD"
#define MASH_ROLE_UNBORN "UNBORN"
#define MASH_ROLE_OTHER  "HOUSEHOLD"

#define MASH_TYPE_FAMILY_ROW (mash_family_row_get_type ())

G_DECLARE_FINAL_TYPE (MashFamilyRow, mash_family_row, MASH, FAMILY_ROW, GObject)

typedef enum
{
  MASH_FAMILY_EVERYBODY,
  MASH_FAMILY_CHILDREN,
  MASH_FAMILY_OTHERS,
} MashFamilyPart;

MashFamilyRow   *mash_family_row_new         (MashContactFile *file,
                                              MashEntity      *subject,
                                              const char      *today) G_GNUC_WARN_UNUSED_RESULT;
MashEntity      *mash_family_row_get_person  (MashFamilyRow   *self);
MashEntity      *mash_family_row_get_subject (MashFamilyRow   *self);
gboolean         mash_family_row_is_child    (MashFamilyRow   *self);
char            *mash_family_row_dup_title   (MashFamilyRow   *self) G_GNUC_WARN_UNUSED_RESULT;
GListModel      *mash_family_list_new        (MashContactFile *file,
                                              MashFamilyPart   part,
                                              const char      *today) G_GNUC_WARN_UNUSED_RESULT;
MashEntity      *mash_family_add             (MashContactFile *file,
                                              const char      *role);
gboolean         mash_subject_is_child       (MashEntity      *subject);

G_END_DECLS
