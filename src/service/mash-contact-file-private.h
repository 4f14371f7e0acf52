/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The inside of an open contact’s file, for its own two files, and how the service makes and
 * updates one.
 */

#include "mash-contact-file.h"
#include "mash-id-source.h"

G_BEGIN_DECLS

struct _MashContactFile
{
  GObject       parent_instance;

  char         *id;
  GPtrArray    *records;  /* as saved, in the order in which they were made */
  GHashTable   *found;    /* id → record, one of those */
  GHashTable   *entities; /* id → entity that somebody has asked for */
  GHashTable   *lists;    /* kind → MashEntityList of what is not void */
  GHashTable   *loose;    /* name → what a page was told and no record holds yet */
  MashContact  *contact;
  MashEntity   *referrer;
  MashEntity   *analysis;
  char         *family;
  char         *children_words;
  char         *today;
  gint64        saved_at;
  gint64        draft_at;

  MashIdSource  make_id;
  gpointer      data;

  guint         changed : 1;
  guint         gone : 1;
  guint         renewing : 1;
};

gboolean         mash_contact_file_is_blank     (MashEntity      *entity);
gboolean         mash_contact_file_holds_news   (MashEntity      *entity);
gboolean         mash_contact_file_is_as_read   (MashEntity      *entity,
                                                 MashRecord      *record);
void             mash_contact_file_take         (MashContactFile *self,
                                                 MashEntity      *entity);
void             mash_contact_file_settle       (MashContactFile *self);

MashContactFile *mash_contact_file_new          (const char      *contact,
                                                 const char      *today,
                                                 MashIdSource     make_id,
                                                 gpointer         data) G_GNUC_WARN_UNUSED_RESULT;
void             mash_contact_file_set_records  (MashContactFile *self,
                                                 GPtrArray       *records);
void             mash_contact_file_set_gone     (MashContactFile *self);
void             mash_contact_file_set_saved_at (MashContactFile *self,
                                                 gint64           saved_at);
void             mash_contact_file_load_draft   (MashContactFile *self,
                                                 const char      *draft,
                                                 gint64           saved_at);

G_END_DECLS
