/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One user action: a deed of the policy and the edits it makes, all or nothing.
 *
 * A page fills a group and hands it to the service; the rules add what follows from the deed
 * (state, clocks, history), the store seals it into changes. It does not know who acts or when.
 */

#include "mash-edit.h"

G_BEGIN_DECLS

#define MASH_GROUP_MAX_CHANGES 200

typedef struct _MashGroup MashGroup;

#define MASH_TYPE_GROUP (mash_group_get_type ())

GType       mash_group_get_type     (void) G_GNUC_CONST;
MashGroup  *mash_group_new          (const char  *deed,
                                     const char  *contact) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_group_copy         (MashGroup   *self) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_group_ref          (MashGroup   *self);
void        mash_group_unref        (MashGroup   *self);
const char *mash_group_get_deed     (MashGroup   *self);
const char *mash_group_get_contact  (MashGroup   *self);
const char *mash_group_get_reason   (MashGroup   *self);
void        mash_group_set_reason   (MashGroup   *self,
                                     const char  *reason);
void        mash_group_take_edit    (MashGroup   *self,
                                     MashEdit    *edit);
guint       mash_group_get_n_edits  (MashGroup   *self);
MashEdit   *mash_group_get_edit     (MashGroup   *self,
                                     guint        i);
MashEdit   *mash_group_find_edit    (MashGroup   *self,
                                     const char  *kind,
                                     const char  *id);
GPtrArray  *mash_group_steal_edits  (MashGroup   *self) G_GNUC_WARN_UNUSED_RESULT;
void        mash_group_attach       (MashGroup   *self,
                                     const char  *sha256,
                                     GBytes      *content);
GHashTable *mash_group_get_attached (MashGroup   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashGroup, mash_group_unref)

G_END_DECLS
