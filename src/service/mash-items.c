/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-items.h"

#include "mash-hub-info.h"
#include "mash-store-decision.h"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }
static GType bool_type (void) { return G_TYPE_BOOLEAN; }
static GType strv_type (void) { return G_TYPE_STRV; }

#define DEFINE_ITEM(Type, type, members, free_row) \
  struct _##Type { MashItem parent_instance; }; \
  G_DEFINE_FINAL_TYPE (Type, type, MASH_TYPE_ITEM) \
  static void \
  type##_class_init (Type##Class *klass) \
  { \
    mash_item_class_install_members (MASH_ITEM_CLASS (klass), members, G_N_ELEMENTS (members), \
                                     (GDestroyNotify) free_row); \
  } \
  static void \
  type##_init (Type *self) \
  { \
  }

/* A row of a tray, and whether it has come since the tray was last put in order. */
typedef struct
{
  MashTrayRow row;
  gboolean    is_new;
} Tray;

static void
free_tray (Tray *tray)
{
  /* The row's members are freed by the row's own function, which wants it on its own. */
  mash_tray_row_free (g_memdup2 (&tray->row, sizeof tray->row));
  g_free (tray);
}

#define ROW(member) G_STRUCT_OFFSET (Tray, row.member)

static const MashItemMember tray_members[] = {
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "state", string_type, ROW (state) },
  { "brag", string_type, ROW (brag) },
  { "level", string_type, ROW (level) },
  { "family", string_type, ROW (family) },
  { "children", string_type, ROW (children) },
  { "concern", string_type, ROW (concern) },
  { "source", string_type, ROW (source) },
  { "strand-p", string_type, ROW (strand_p) },
  { "assigned-to", string_type, ROW (assigned_to) },
  { "assigned-name", string_type, ROW (assigned_name) },
  { "missing", strv_type, ROW (missing) },
  { "why", string_type, ROW (why) },
  { "asked", string_type, ROW (asked) },
  { "discussion", string_type, ROW (discussion) },
  { "asked-by", string_type, ROW (asked_by) },
  { "asked-due", int64_type, ROW (asked_due) },
  { "clock-type", string_type, ROW (clock_type) },
  { "clock-started", int64_type, ROW (clock_started) },
  { "clock-due", int64_type, ROW (clock_due) },
  { "received-at", int64_type, ROW (received_at) },
  { "created-at", int64_type, ROW (created_at) },
  { "harm", bool_type, ROW (harm) },
  { "is-new", bool_type, G_STRUCT_OFFSET (Tray, is_new) },
};
DEFINE_ITEM (MashTrayItem, mash_tray_item, tray_members, free_tray)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashFacetRow, member)

static const MashItemMember facet_members[] = {
  { "facet", string_type, ROW (facet) },
  { "value", string_type, ROW (value) },
  { "label", string_type, ROW (label) },
  { "n", uint_type, ROW (n) },
};
DEFINE_ITEM (MashFacetItem, mash_facet_item, facet_members, mash_facet_row_free)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashTimelineRow, member)

static const MashItemMember timeline_members[] = {
  { "id", string_type, ROW (id) },
  { "kind", string_type, ROW (kind) },
  { "significance", string_type, ROW (significance) },
  { "headline", string_type, ROW (headline) },
  { "detail", string_type, ROW (detail) },
  { "who", string_type, ROW (who) },
  { "agency", string_type, ROW (agency) },
  { "author", string_type, ROW (author) },
  { "record-kind", string_type, ROW (record_kind) },
  { "record", string_type, ROW (record) },
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "source", string_type, ROW (source) },
  { "origin", string_type, ROW (origin) },
  { "basis", string_type, ROW (basis) },
  { "handling", string_type, ROW (handling) },
  { "precision", string_type, ROW (precision) },
  { "voided-reason", string_type, ROW (voided_reason) },
  { "at", int64_type, ROW (at) },
  { "position", int64_type, ROW (position) },
  { "confidential", bool_type, ROW (confidential) },
};
DEFINE_ITEM (MashTimelineItem, mash_timeline_item, timeline_members, mash_timeline_row_free)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashAccessRow, member)

static const MashItemMember access_members[] = {
  { "person-name", string_type, ROW (person_name) },
  { "post-title", string_type, ROW (post_title) },
  { "agency-name", string_type, ROW (agency_name) },
  { "action", string_type, ROW (action) },
  { "what", string_type, ROW (what) },
  { "at", int64_type, ROW (at) },
};
DEFINE_ITEM (MashAccessItem, mash_access_item, access_members, mash_access_row_free)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashPersonHit, member)

static const MashItemMember person_members[] = {
  { "person", string_type, ROW (person) },
  { "name", string_type, ROW (name) },
  { "birth", string_type, ROW (birth) },
  { "address", string_type, ROW (address) },
  { "why", string_type, ROW (why) },
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "contacts", uint_type, ROW (contacts) },
};
DEFINE_ITEM (MashPersonItem, mash_person_item, person_members, mash_person_hit_free)

#undef ROW

static MashSignIn *
copy_sign_in (const MashSignIn *sign_in)
{
  MashSignIn *copy = g_new0 (MashSignIn, 1);

  copy->sign_in = g_strdup (sign_in->sign_in);
  copy->name = g_strdup (sign_in->name);
  copy->title = g_strdup (sign_in->title);
  copy->passphrase = g_strdup (sign_in->passphrase);

  return copy;
}

static void
free_sign_in (MashSignIn *sign_in)
{
  g_free (sign_in->sign_in);
  g_free (sign_in->name);
  g_free (sign_in->title);
  g_free (sign_in->passphrase);
  g_free (sign_in);
}

#define ROW(member) G_STRUCT_OFFSET (MashSignIn, member)

static const MashItemMember sign_in_members[] = {
  { "sign-in", string_type, ROW (sign_in) },
  { "name", string_type, ROW (name) },
  { "title", string_type, ROW (title) },
  { "passphrase", string_type, ROW (passphrase) },
};
DEFINE_ITEM (MashSignInItem, mash_sign_in_item, sign_in_members, free_sign_in)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashStaffRow, member)

static const MashItemMember staff_members[] = {
  { "staff", string_type, ROW (staff) },
  { "post", string_type, ROW (post) },
  { "name", string_type, ROW (name) },
  { "title", string_type, ROW (title) },
  { "role", string_type, ROW (role) },
  { "agency", string_type, ROW (agency) },
  { "on-duty", bool_type, ROW (on_duty) },
  { "load", uint_type, ROW (load) },
};
DEFINE_ITEM (MashStaffItem, mash_staff_item, staff_members, mash_staff_row_free)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashEarlierRow, member)

static const MashItemMember earlier_members[] = {
  { "id", string_type, ROW (id) },
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "state", string_type, ROW (state) },
  { "result", string_type, ROW (result) },
  { "outcome", string_type, ROW (outcome) },
  { "level", string_type, ROW (level) },
  { "criteria-version", string_type, ROW (criteria_version) },
  { "rationale", string_type, ROW (rationale) },
  { "by", string_type, ROW (by) },
  { "children", string_type, ROW (children) },
  { "received-at", int64_type, ROW (received_at) },
  { "decided-at", int64_type, ROW (decided_at) },
  { "no-further-action", bool_type, ROW (no_further_action) },
  { "recent", bool_type, ROW (recent) },
};
DEFINE_ITEM (MashEarlierItem, mash_earlier_item, earlier_members, mash_earlier_row_free)

#undef ROW

#define ROW(member) G_STRUCT_OFFSET (MashAlteredRow, member)

static const MashItemMember altered_members[] = {
  { "id", string_type, ROW (id) },
  { "kind", string_type, ROW (kind) },
  { "record", string_type, ROW (record) },
  { "field", string_type, ROW (field) },
  { "was", string_type, ROW (was) },
  { "now", string_type, ROW (now) },
  { "by", string_type, ROW (by) },
  { "at", int64_type, ROW (at) },
  { "made", bool_type, ROW (made) },
  { "voided", bool_type, ROW (voided) },
};
DEFINE_ITEM (MashAlteredItem, mash_altered_item, altered_members, mash_altered_row_free)

#undef ROW

static MashItem *
item_new (GType    type,
          gpointer row)
{
  MashItem *item = g_object_new (type, NULL);

  mash_item_take_row (item, row);

  return item;
}

static Tray *
wrap_row (const MashTrayRow *row,
          gboolean           is_new)
{
  g_autofree MashTrayRow *copy = mash_tray_row_copy (row);
  Tray *tray = g_new0 (Tray, 1);

  tray->row = *copy;
  tray->is_new = is_new;

  return tray;
}

/**
 * mash_items_take_tray_row:
 * @item: a MashTrayItem
 * @row: (type MashTrayRow): what it shows from now on; copied
 * @is_new: whether it has come since the tray was put in order
 */
void
mash_items_take_tray_row (MashItem          *item,
                          const MashTrayRow *row,
                          gboolean           is_new)
{
  mash_item_take_row (item, wrap_row (row, is_new));
}

/**
 * mash_items_new_list:
 * @type: the type of the items
 * @rows: (transfer full): their rows, as an array that frees them
 *
 * Returns: (transfer full): a list of items
 */
GListModel *
mash_items_new_list (GType      type,
                     GPtrArray *rows)
{
  GListStore *list = g_list_store_new (type);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gsize n_rows;
  g_autofree gpointer *taken = NULL;

  g_ptr_array_set_free_func (rows, NULL);
  taken = g_ptr_array_steal (rows, &n_rows);
  g_ptr_array_unref (rows);
  for (gsize i = 0; i < n_rows; i++)
    g_ptr_array_add (items, item_new (type, taken[i]));
  g_list_store_splice (list, 0, 0, items->pdata, items->len);

  return G_LIST_MODEL (list);
}

/**
 * mash_items_list_sign_ins:
 * @people: (element-type MashSignIn): whom a sign-in page lists
 *
 * Returns: (transfer full): a list of MashSignInItem
 */
GListModel *
mash_items_list_sign_ins (GPtrArray *people)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) free_sign_in);

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (copies, copy_sign_in (g_ptr_array_index (people, i)));

  return mash_items_new_list (MASH_TYPE_SIGN_IN_ITEM, copies);
}
