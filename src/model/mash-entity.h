/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A record that pages can bind to: its fields are GObject properties.
 *
 * An entity stands on a record (none while it is new) and holds beside it what the user has typed
 * and not yet saved. It lives on the main thread, knows no store, and judges nothing but the form
 * of a value. Its properties come from its kind's table of fields: texts, codes, dates, instants
 * and references are strings, whole numbers gint64, yes-or-no gboolean, sets GStrv.
 */

#include "mash-edit.h"

G_BEGIN_DECLS

#define MASH_TYPE_ENTITY (mash_entity_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashEntity, mash_entity, MASH, ENTITY, GObject)

struct _MashEntityClass
{
  GObjectClass    parent_class;
  const MashKind *kind;
  GParamSpec    **properties;
};

/* In a header: the type of a kind's entities. */
#define MASH_DECLARE_ENTITY(Type, type, NAME) \
  G_DECLARE_FINAL_TYPE (Type, type, MASH, NAME, MashEntity) \
  extern const MashKind type##_kind;

/* In a .c file, after `static const MashField fields[]`: the kind, and the type. */
#define MASH_DEFINE_ENTITY(Type, type, kind_name, kind_label, kind_fields, kind_traits) \
  struct _##Type { MashEntity parent_instance; }; \
  const MashKind type##_kind = { \
    kind_name, kind_label, kind_fields, G_N_ELEMENTS (kind_fields), kind_traits, type##_get_type, \
  }; \
  G_DEFINE_FINAL_TYPE (Type, type, MASH_TYPE_ENTITY) \
  static void \
  type##_class_init (Type##Class *klass) \
  { \
    mash_entity_class_install_fields (MASH_ENTITY_CLASS (klass), &type##_kind); \
  } \
  static void \
  type##_init (Type *self) \
  { \
  }

void            mash_entity_class_install_fields (MashEntityClass *klass,
                                                  const MashKind  *kind);
MashEntity     *mash_entity_new                  (const MashKind  *kind,
                                                  const char      *id) G_GNUC_WARN_UNUSED_RESULT;
MashEntity     *mash_entity_new_for_record       (MashRecord      *record) G_GNUC_WARN_UNUSED_RESULT;
const MashKind *mash_entity_get_kind             (MashEntity      *self);
const char     *mash_entity_get_id               (MashEntity      *self);
MashRecord     *mash_entity_get_record           (MashEntity      *self);
gint64          mash_entity_get_revision         (MashEntity      *self);
gboolean        mash_entity_get_changed          (MashEntity      *self);
void            mash_entity_set_record           (MashEntity      *self,
                                                  MashRecord      *record);
GVariant       *mash_entity_get_value            (MashEntity      *self,
                                                  guint            field);
gboolean        mash_entity_set_value            (MashEntity      *self,
                                                  guint            field,
                                                  GVariant        *value);
const char     *mash_entity_get_text             (MashEntity      *self,
                                                  const char      *field);
gboolean        mash_entity_set_text             (MashEntity      *self,
                                                  const char      *field,
                                                  const char      *value);
gboolean        mash_entity_get_flag             (MashEntity      *self,
                                                  const char      *field);
gboolean        mash_entity_set_flag             (MashEntity      *self,
                                                  const char      *field,
                                                  gboolean         value);
gint64          mash_entity_get_int              (MashEntity      *self,
                                                  const char      *field);
char          **mash_entity_dup_set              (MashEntity      *self,
                                                  const char      *field);
gboolean        mash_entity_set_set              (MashEntity      *self,
                                                  const char      *field,
                                                  const char *const *value);
MashEdit       *mash_entity_dup_edit             (MashEntity      *self);
void            mash_entity_set_read             (MashEntity      *self,
                                                  guint            field,
                                                  GVariant        *was);
gboolean        mash_entity_get_conflict         (MashEntity      *self,
                                                  guint            field,
                                                  GVariant       **was);
void            mash_entity_settle_field         (MashEntity      *self,
                                                  guint            field,
                                                  gboolean         mine);
void            mash_entity_settle               (MashEntity      *self);
void            mash_entity_discard              (MashEntity      *self);

G_END_DECLS
