/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-reports.h"
#include "mash-store-report.h"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }

#define ROW(member) G_STRUCT_OFFSET (MashFigureRow, member)

static const MashItemMember figure_members[] = {
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "state", string_type, ROW (state) },
  { "brag", string_type, ROW (brag) },
  { "source", string_type, ROW (source) },
  { "outcome", string_type, ROW (outcome) },
  { "received-at", int64_type, ROW (received_at) },
  { "decided-at", int64_type, ROW (decided_at) },
};

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashCountRow, member)

static const MashItemMember count_members[] = {
  { "id", string_type, ROW (id) },
  { "week", string_type, ROW (week) },
  { "team", string_type, ROW (team) },
  { "measure", string_type, ROW (measure) },
  { "source", string_type, ROW (source) },
  { "author", string_type, ROW (author) },
  { "count", uint_type, ROW (count) },
  { "updated-at", int64_type, ROW (updated_at) },
};

#undef ROW

struct _MashFigureItem
{
  MashItem parent_instance;
};

struct _MashCountItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashFigureItem, mash_figure_item, MASH_TYPE_ITEM)
G_DEFINE_FINAL_TYPE (MashCountItem, mash_count_item, MASH_TYPE_ITEM)

static void
mash_figure_item_class_init (MashFigureItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), figure_members,
                                   G_N_ELEMENTS (figure_members),
                                   (GDestroyNotify) mash_figure_row_free);
}

static void
mash_figure_item_init (MashFigureItem *self)
{
}

static void
mash_count_item_class_init (MashCountItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), count_members,
                                   G_N_ELEMENTS (count_members),
                                   (GDestroyNotify) mash_count_row_free);
}

static void
mash_count_item_init (MashCountItem *self)
{
}
