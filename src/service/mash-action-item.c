/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-board.h"

#include "mash-discussion-reading.h"
#include "mash-kinds.h"
#include "mash-time.h"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }

#define ROW(member) G_STRUCT_OFFSET (MashActionRow, member)

static const MashItemMember members[] = {
  { "action", string_type, ROW (action) },
  { "contact", string_type, ROW (contact) },
  { "reference", string_type, ROW (reference) },
  { "discussion", string_type, ROW (discussion) },
  { "what", string_type, ROW (what) },
  { "owner", string_type, ROW (owner) },
  { "agency", string_type, ROW (agency) },
  { "number", uint_type, ROW (number) },
  { "discussion-number", uint_type, ROW (discussion_number) },
  { "chased", uint_type, ROW (chased) },
  { "due", int64_type, ROW (due) },
};

struct _MashActionItem { MashItem parent_instance; };

G_DEFINE_FINAL_TYPE (MashActionItem, mash_action_item, MASH_TYPE_ITEM)

static void
mash_action_item_class_init (MashActionItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), members, G_N_ELEMENTS (members),
                                   (GDestroyNotify) mash_action_row_free);
}

static void
mash_action_item_init (MashActionItem *self)
{
}

/**
 * mash_action_item_dup_group:
 * @self: an action of the board
 * @deed: `finish-action`, `cancel-action`, `transfer-action` or `chase-action`
 * @reason: (nullable): what came of it, why it is cancelled, or who has it now
 * @now: when it is, microseconds
 *
 * Returns: (transfer full) (nullable): a group; %NULL while the action is still being read
 */
MashGroup *
mash_action_item_dup_group (MashActionItem *self,
                            const char     *deed,
                            const char     *reason,
                            gint64          now)
{
  const MashActionRow *row;
  gboolean chases = g_strcmp0 (deed, "chase-action") == 0;
  guint field = mash_kind_find_field (&mash_sd_action_kind, chases ? "chased-at" : "ended-at");
  g_autoptr (GVariant) was = NULL;
  MashGroup *group;
  MashEdit *edit;

  g_return_val_if_fail (MASH_IS_ACTION_ITEM (self), NULL);
  g_return_val_if_fail (deed != NULL, NULL);

  row = mash_item_get_row (MASH_ITEM (self));
  if (row == NULL)
    return NULL;

  if (chases && row->chased_at != NULL)
    was = g_variant_ref_sink (g_variant_new_string (row->chased_at));
  group = mash_group_new (deed, row->contact);
  mash_group_set_reason (group, reason);
  edit = mash_edit_new (&mash_sd_action_kind, row->action, row->revision);
  mash_edit_set (edit, field, was, g_variant_new_take_string (mash_time_format (now)));
  mash_group_take_edit (group, edit);

  return group;
}
