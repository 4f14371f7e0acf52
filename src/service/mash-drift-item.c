/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-strategy.h"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }

#define ROW(member) G_STRUCT_OFFSET (MashDriftRow, member)

static const MashItemMember members[] = {
  { "discussion", string_type, ROW (discussion) },
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "state", string_type, ROW (state) },
  { "number", uint_type, ROW (number) },
  { "need", int64_type, ROW (need) },
  { "started", int64_type, ROW (started) },
  { "signed-at", int64_type, ROW (signed_at) },
  { "circulated", int64_type, ROW (circulated) },
};

#undef ROW

struct _MashDriftItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashDriftItem, mash_drift_item, MASH_TYPE_ITEM)

static void
mash_drift_item_class_init (MashDriftItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), members, G_N_ELEMENTS (members),
                                   (GDestroyNotify) mash_drift_row_free);
}

static void
mash_drift_item_init (MashDriftItem *self)
{
}

/**
 * mash_drift_item_get_span:
 * @self: a discussion
 * @span: a part of its way
 * @now: as mash_drift_row_get_span()
 *
 * Returns: how long that part took, in microseconds; -1 where it has not come to it, or the row is
 *   still being read
 */
gint64
mash_drift_item_get_span (MashDriftItem *self,
                          MashDriftSpan  span,
                          gint64         now)
{
  const MashDriftRow *row;

  g_return_val_if_fail (MASH_IS_DRIFT_ITEM (self), -1);

  row = mash_item_get_row (MASH_ITEM (self));

  return row != NULL ? mash_drift_row_get_span (row, span, now) : -1;
}
