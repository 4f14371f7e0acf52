/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What one user action alters in one record: fields from what to what.
 *
 * An edit is what becomes a change when the store seals it. It knows neither who nor when; its
 * group does. It is built on one thread and then handed over, never shared.
 */

#include "mash-record.h"

G_BEGIN_DECLS

typedef struct _MashEdit MashEdit;

MashEdit       *mash_edit_new           (const MashKind  *kind,
                                         const char      *id,
                                         gint64           base) G_GNUC_WARN_UNUSED_RESULT;
MashEdit       *mash_edit_new_for       (MashRecord      *record) G_GNUC_WARN_UNUSED_RESULT;
MashEdit       *mash_edit_copy          (const MashEdit  *self) G_GNUC_WARN_UNUSED_RESULT;
void            mash_edit_free          (MashEdit        *self);
const MashKind *mash_edit_get_kind      (const MashEdit  *self);
const char     *mash_edit_get_id        (const MashEdit  *self);
gint64          mash_edit_get_base      (const MashEdit  *self);
gboolean        mash_edit_is_new        (const MashEdit  *self);
gboolean        mash_edit_touches       (const MashEdit  *self,
                                         guint            field);
GVariant       *mash_edit_get_was       (const MashEdit  *self,
                                         guint            field);
GVariant       *mash_edit_get_now       (const MashEdit  *self,
                                         guint            field);
const char     *mash_edit_get_text      (const MashEdit  *self,
                                         const char      *field);
void            mash_edit_set           (MashEdit        *self,
                                         guint            field,
                                         GVariant        *was,
                                         GVariant        *now);
void            mash_edit_set_text      (MashEdit        *self,
                                         const char      *field,
                                         const char      *now);
void            mash_edit_set_flag      (MashEdit        *self,
                                         const char      *field,
                                         gboolean         now);
void            mash_edit_set_int       (MashEdit        *self,
                                         const char      *field,
                                         gint64           now);
void            mash_edit_set_set       (MashEdit        *self,
                                         const char      *field,
                                         const char *const *now);
void            mash_edit_void          (MashEdit        *self,
                                         const char      *reason);
const char     *mash_edit_get_voided    (const MashEdit  *self);
gboolean        mash_edit_is_empty      (const MashEdit  *self);
MashRecord     *mash_edit_apply         (const MashEdit  *self,
                                         MashRecord      *record,
                                         const MashStamps *stamps) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashEdit, mash_edit_free)

G_END_DECLS
