/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Same person: who may be one, the two side by side, and what somebody says of them. */

#include "mash-service.h"

G_BEGIN_DECLS

/* Two people who may be one. Properties, read-only: person person-name other other-name birth
 * address reference contact link state why proposed-by proposed-name decided-name (strings), score
 * contacts reasons (guint), proposed-at decided-at (gint64). */
#define MASH_TYPE_MATCH_ITEM (mash_match_item_get_type ())
G_DECLARE_FINAL_TYPE (MashMatchItem, mash_match_item, MASH, MATCH_ITEM, MashItem)

/* One thing that is known of the two: label one other (strings, NULL not known), result (string:
 * `equal` `alike` `differs` `one`, NULL nothing to agree on), date (gboolean). */
#define MASH_TYPE_COMPARISON_ITEM (mash_comparison_item_get_type ())
G_DECLARE_FINAL_TYPE (MashComparisonItem, mash_comparison_item, MASH, COMPARISON_ITEM, MashItem)

typedef enum
{
  MASH_MATCHES_OF_PERSON,
  MASH_MATCHES_OF_CONTACT,
  MASH_MATCHES_PROPOSED,
} MashMatchesOf;

void           mash_service_list_matches_async    (MashService         *self,
                                                   MashMatchesOf        of,
                                                   const char          *id,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GListModel    *mash_service_list_matches_finish   (MashService         *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);
void           mash_service_compare_people_async  (MashService         *self,
                                                   const char          *one,
                                                   const char          *other,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
MashMatchItem *mash_service_compare_people_finish (MashService         *self,
                                                   GAsyncResult        *result,
                                                   GListModel         **rows,
                                                   GError             **error);
MashGroup     *mash_service_dup_link_group        (MashService         *self,
                                                   MashMatchItem       *match,
                                                   const char          *deed,
                                                   const char          *state,
                                                   const char          *why) G_GNUC_WARN_UNUSED_RESULT;
char         **mash_match_item_dup_reasons        (MashMatchItem       *self) G_GNUC_WARN_UNUSED_RESULT;
MashGroup     *mash_contact_file_dup_birth_group  (MashContactFile     *file,
                                                   const char          *person,
                                                   const char          *forenames,
                                                   const char          *birth,
                                                   const char          *born_at,
                                                   const char          *sex) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
