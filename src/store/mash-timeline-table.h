/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keeps the timeline: hears every change in the hub's order and turns them into lines, the keys by
 * which views find them, and the index of their words.
 *
 * A fold over the changes and nothing else: heard again from the first, they give the same rows.
 * It decides nothing about who may see a line. The caller has the transaction.
 */

#include "mash-change.h"
#include "mash-tables.h"

G_BEGIN_DECLS

typedef struct _MashTimelineTable MashTimelineTable;

/* One change, and what its group says. */
typedef struct
{
  const MashChange *change;
  MashEdit         *edit;
  MashRecord       *record;   /* as it stands after the change */
  const char       *deed;
  const char       *reason;
  const char       *contact;  /* NULL where it is about none */
  gint64            position;
} MashHeard;

MashTimelineTable *mash_timeline_table_new    (MashTables         *tables) G_GNUC_WARN_UNUSED_RESULT;
void               mash_timeline_table_free   (MashTimelineTable  *self);
gboolean           mash_timeline_table_hear   (MashTimelineTable  *self,
                                               const MashHeard    *heard,
                                               GError            **error);
gboolean           mash_timeline_table_finish (MashTimelineTable  *self,
                                               GError            **error);
void               mash_timeline_table_forget (MashTimelineTable  *self);
gboolean           mash_timeline_table_drop   (MashTimelineTable  *self,
                                               gint64              from,
                                               GError            **error);
gboolean           mash_timeline_table_renew  (MashTimelineTable  *self,
                                               const MashHeard    *heard,
                                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineTable, mash_timeline_table_free)

G_END_DECLS
