/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Applies changes to the tables, and brings up to date what is derived from them.
 *
 * Used with the desk's own database and with the copy that `verify` fills. The caller has the
 * transaction; nothing derived is right before mash_applier_finish().
 */

#include "mash-policy.h"
#include "mash-tables.h"
#include "mash-timeline-table.h"

G_BEGIN_DECLS

typedef struct _MashApplier MashApplier;

MashApplier *mash_applier_new         (MashTables    *tables,
                                       MashPolicy    *policy) G_GNUC_WARN_UNUSED_RESULT;
void         mash_applier_free        (MashApplier   *self);
MashRecord  *mash_applier_apply       (MashApplier   *self,
                                       MashEdit      *edit,
                                       const char    *at,
                                       const char    *person,
                                       const char    *post,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_applier_hear        (MashApplier   *self,
                                       const MashHeard *heard,
                                       GError       **error);
gboolean     mash_applier_end_group    (MashApplier   *self,
                                       GError       **error);
void         mash_applier_forget_group (MashApplier   *self);
gboolean     mash_applier_drop_lines   (MashApplier   *self,
                                       gint64         from,
                                       GError       **error);
gboolean     mash_applier_put_back     (MashApplier   *self,
                                       const MashKind *kind,
                                       const char    *id,
                                       MashRecord    *record,
                                       const MashChange *change,
                                       GError       **error);
gboolean     mash_applier_finish      (MashApplier   *self,
                                       GError       **error);
void         mash_applier_put_off     (MashApplier   *self);
gboolean     mash_applier_catch_up    (MashApplier   *self,
                                       GError       **error);
void         mash_applier_forget      (MashApplier   *self);
gboolean     mash_applier_redo_trays  (MashApplier   *self,
                                       GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashApplier, mash_applier_free)

G_END_DECLS
