/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line of a list that pages can bind to: the read-only properties of a plain row.
 *
 * The store gives plain rows, lists want objects. An item wraps one row; which of the row's members
 * are properties stands in one static table a type. An item can be given a newer row of the same
 * thing and then notifies what differs. It is never edited.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

#define MASH_TYPE_ITEM (mash_item_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashItem, mash_item, MASH, ITEM, GObject)

/* Members are `char *` (G_TYPE_STRING), gint64 (G_TYPE_INT64), guint (G_TYPE_UINT), gboolean
 * (G_TYPE_BOOLEAN) or `char **` (G_TYPE_STRV). */
typedef struct
{
  const char *name;
  GType     (*type) (void);
  gsize       offset;
} MashItemMember;

struct _MashItemClass
{
  GObjectClass          parent_class;
  const MashItemMember *members;
  guint                 n_members;
  GParamSpec          **properties;
  GDestroyNotify        free_row;
};

void          mash_item_class_install_members (MashItemClass        *klass,
                                               const MashItemMember *members,
                                               guint                 n_members,
                                               GDestroyNotify        free_row);
gconstpointer mash_item_get_row               (MashItem             *self);
void          mash_item_take_row              (MashItem             *self,
                                               gpointer              row);

/* The items of this program. Their properties, all read-only:
 *
 * MashTrayItem: contact reference state brag level family children concern source assigned-to
 *   assigned-name clock-type (strings), received-at created-at clock-started clock-due (gint64
 *   microseconds, 0 none), missing (GStrv of item codes), harm is-new (gboolean); in the person's
 *   own tray also why (`assigned` `task` `mention`) asked asked-by (strings), asked-due (gint64).
 *   One that has not been read yet has no contact.
 * MashFacetItem: facet (`state` `team` `locality` `urgency` `with` `missing` `late`) value label
 *   (strings), n (guint): how many contacts of a tray have that value
 * MashTimelineItem: id kind significance headline detail who agency author source basis handling
 *   record-kind record contact reference precision voided-reason (strings), at (gint64
 *   microseconds), position (gint64), confidential (gboolean)
 * MashAccessItem: at (gint64), person-name post-title agency-name action what (strings)
 * MashPersonItem: person name birth address why contact reference (strings), contacts (guint)
 * MashEarlierItem: id contact reference state result outcome level criteria-version rationale by
 *   children (strings), received-at decided-at (gint64, 0 none), no-further-action recent
 *   (gboolean)
 * MashAlteredItem: id kind record field was now by (strings), at (gint64), made voided (gboolean)
 * MashSignInItem: sign-in name title passphrase (strings; the passphrase in training only)
 * MashStaffItem: staff post name title role agency (strings), on-duty (gboolean), load
 * (guint)
 */
#define MASH_TYPE_TRAY_ITEM (mash_tray_item_get_type ())
G_DECLARE_FINAL_TYPE (MashTrayItem, mash_tray_item, MASH, TRAY_ITEM, MashItem)

#define MASH_TYPE_FACET_ITEM (mash_facet_item_get_type ())
G_DECLARE_FINAL_TYPE (MashFacetItem, mash_facet_item, MASH, FACET_ITEM, MashItem)

#define MASH_TYPE_TIMELINE_ITEM (mash_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (MashTimelineItem, mash_timeline_item, MASH, TIMELINE_ITEM, MashItem)

#define MASH_TYPE_ACCESS_ITEM (mash_access_item_get_type ())
G_DECLARE_FINAL_TYPE (MashAccessItem, mash_access_item, MASH, ACCESS_ITEM, MashItem)

#define MASH_TYPE_PERSON_ITEM (mash_person_item_get_type ())
G_DECLARE_FINAL_TYPE (MashPersonItem, mash_person_item, MASH, PERSON_ITEM, MashItem)

#define MASH_TYPE_SIGN_IN_ITEM (mash_sign_in_item_get_type ())
G_DECLARE_FINAL_TYPE (MashSignInItem, mash_sign_in_item, MASH, SIGN_IN_ITEM, MashItem)

#define MASH_TYPE_STAFF_ITEM (mash_staff_item_get_type ())
G_DECLARE_FINAL_TYPE (MashStaffItem, mash_staff_item, MASH, STAFF_ITEM, MashItem)

#define MASH_TYPE_EARLIER_ITEM (mash_earlier_item_get_type ())
G_DECLARE_FINAL_TYPE (MashEarlierItem, mash_earlier_item, MASH, EARLIER_ITEM, MashItem)

#define MASH_TYPE_ALTERED_ITEM (mash_altered_item_get_type ())
G_DECLARE_FINAL_TYPE (MashAlteredItem, mash_altered_item, MASH, ALTERED_ITEM, MashItem)

G_END_DECLS
