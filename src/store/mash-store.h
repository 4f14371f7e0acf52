/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The encrypted database of one desk, as records, changes and lists.
 *
 * The store seals what somebody does into signed changes, applies them to its tables and keeps both
 * in one transaction; on a stand-alone hub it also judges, orders and chains them. It is used on
 * the one thread that made it and asserts so; every call is synchronous, and a thread that owns it
 * belongs to the service. It makes no words for the screen and reads no policy file.
 */

#include <gio/gio.h>

#include "mash-actor.h"
#include "mash-change.h"
#include "mash-hub-info.h"
#include "mash-judge.h"
#include "mash-policy.h"
#include "mash-rows.h"
#include "mash-secret.h"
#include "mash-store-error.h"
#include "mash-store-watch.h"
#include "mash-timeline-view.h"
#include "mash-tray.h"

G_BEGIN_DECLS

#define MASH_TYPE_STORE (mash_store_get_type ())

/* Implements MashFacts: records as they stand, without an entry in the access chain. */
G_DECLARE_FINAL_TYPE (MashStore, mash_store, MASH, STORE, GObject)

/* How far a long work has come, from 0 to 1; on the store's thread. */
typedef void (*MashStoreProgress) (double   fraction,
                                   gpointer data);

/* Making, opening, closing */
MashStore         *mash_store_create             (const char         *folder,
                                                  const MashHubInfo  *info,
                                                  MashPolicy         *policy,
                                                  const char         *sign_in,
                                                  MashSecret         *passphrase,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
MashStore         *mash_store_open               (const char         *folder,
                                                  MashPolicy         *policy,
                                                  const char         *sign_in,
                                                  MashSecret         *passphrase,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
MashStore         *mash_store_open_watched       (const char         *folder,
                                                  MashPolicy         *policy,
                                                  const char         *sign_in,
                                                  MashSecret         *passphrase,
                                                  const MashStoreWatch *watch,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_close              (MashStore          *self,
                                                  GError            **error);
const MashHubInfo *mash_store_get_hub            (MashStore          *self);
const MashActor   *mash_store_get_actor          (MashStore          *self);
gboolean           mash_store_check_passphrase   (MashStore          *self,
                                                  MashSecret         *passphrase,
                                                  GError            **error);
gboolean           mash_store_set_policy         (MashStore          *self,
                                                  MashPolicy         *policy,
                                                  GError            **error);
gint64             mash_store_get_now            (MashStore          *self);
char              *mash_store_make_id            (MashStore          *self) G_GNUC_WARN_UNUSED_RESULT;

/* Changing */
gboolean           mash_store_submit             (MashStore          *self,
                                                  MashGroup          *group,
                                                  MashReceipt       **receipt,
                                                  GError            **error);
MashVerdict       *mash_store_examine            (MashStore          *self,
                                                  MashGroup          *group,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
MashVerdict       *mash_store_examine_deed       (MashStore          *self,
                                                  const char         *deed,
                                                  const char         *contact,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_apply_group        (MashStore          *self,
                                                  GPtrArray          *changes,
                                                  GError            **error);

/* Reading. Only mash_store_open_contact(), mash_store_search_people() and mash_store_list_found()
 * are for showing case data to somebody: they write an entry to the access chain first. */
MashRecord        *mash_store_lookup             (MashStore          *self,
                                                  const char         *kind,
                                                  const char         *id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list               (MashStore          *self,
                                                  const char         *kind,
                                                  const char         *field,
                                                  const char         *value) G_GNUC_WARN_UNUSED_RESULT;
MashContactBundle *mash_store_open_contact       (MashStore          *self,
                                                  const char         *contact,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_contact       (MashStore          *self,
                                                  const char         *contact,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_search_people      (MashStore          *self,
                                                  const char         *text,
                                                  guint               limit,
                                                  gboolean            settled,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GArray            *mash_store_list_found_keys    (MashStore          *self,
                                                  const char         *text,
                                                  GCancellable       *cancellable,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_found         (MashStore          *self,
                                                  const char         *text,
                                                  const gint64       *keys,
                                                  guint               n_keys,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_tray          (MashStore          *self,
                                                  MashTrayId          tray,
                                                  guint               limit,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_tray_page     (MashStore           *self,
                                                  const MashTrayQuery *query,
                                                  const MashTrayKey   *after,
                                                  guint                skip,
                                                  guint                limit,
                                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_find_tray_row      (MashStore           *self,
                                                  const MashTrayQuery *query,
                                                  const char          *contact,
                                                  MashTrayRow        **found,
                                                  GError             **error);
gboolean           mash_store_count_tray         (MashStore           *self,
                                                  const MashTrayQuery *query,
                                                  guint               *count,
                                                  GError             **error);
GPtrArray         *mash_store_list_tray_facets   (MashStore           *self,
                                                  MashTrayId           tray,
                                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_count_trays        (MashStore          *self,
                                                  guint               counts[MASH_N_TRAYS],
                                                  GError            **error);
MashTimelineReading *
                   mash_store_read_timeline      (MashStore          *self,
                                                  const MashTimelineView *view,
                                                  guint               n_rows,
                                                  GCancellable       *cancellable,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_timeline_rows (MashStore          *self,
                                                  const char         *contact,
                                                  const MashTimelineKey *keys,
                                                  guint               n_keys,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_chronology    (MashStore          *self,
                                                  const MashTimelineView *view,
                                                  GCancellable       *cancellable,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GArray            *mash_store_list_access_keys   (MashStore          *self,
                                                  const char         *contact,
                                                  GCancellable       *cancellable,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_access        (MashStore          *self,
                                                  const char         *contact,
                                                  const gint64       *keys,
                                                  guint               n_keys,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *mash_store_list_staff         (MashStore          *self,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* Drafts of the person who is signed in, and documents */
gboolean           mash_store_save_draft         (MashStore          *self,
                                                  const char         *context,
                                                  const char         *json,
                                                  GError            **error);
char              *mash_store_get_draft          (MashStore          *self,
                                                  const char         *context,
                                                  gint64             *at,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
char             **mash_store_list_drafts        (MashStore          *self,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_drop_draft         (MashStore          *self,
                                                  const char         *context,
                                                  GError            **error);
GBytes            *mash_store_get_policy_file    (MashStore          *self,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes            *mash_store_get_document       (MashStore          *self,
                                                  const char         *sha256,
                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* Proof */
gboolean           mash_store_verify             (MashStore          *self,
                                                  MashStoreProgress   progress,
                                                  gpointer            data,
                                                  GCancellable       *cancellable,
                                                  MashVerifyReport  **report,
                                                  GError            **error);

/* Enrolment: a key pair for somebody whose staff record is then made with it (deed `seed-staff`,
 * field `public-key`), and the slot with which they sign in. */
char              *mash_store_make_key           (MashStore          *self,
                                                  const char         *staff) G_GNUC_WARN_UNUSED_RESULT;
gboolean           mash_store_add_slot           (MashStore          *self,
                                                  const char         *staff,
                                                  const char         *sign_in,
                                                  MashSecret         *passphrase,
                                                  GError            **error);
gboolean           mash_store_remove_slot        (MashStore          *self,
                                                  const char         *sign_in,
                                                  GError            **error);

/* Training hubs only: ids from a seed, a clock that can be moved, and many groups in one
 * transaction, said by whoever has a key made in this session. */
void               mash_store_set_seed           (MashStore          *self,
                                                  guint64             seed);
gboolean           mash_store_set_clock_offset   (MashStore          *self,
                                                  gint64              offset,
                                                  GError            **error);
gboolean           mash_store_begin_bulk         (MashStore          *self,
                                                  GError            **error);
gboolean           mash_store_end_bulk           (MashStore          *self,
                                                  GError            **error);
void               mash_store_set_bulk_time      (MashStore          *self,
                                                  gint64              now);
gboolean           mash_store_sign_as            (MashStore          *self,
                                                  const char         *staff,
                                                  const char         *post,
                                                  GError            **error);
gboolean           mash_store_look_in            (MashStore          *self,
                                                  const char         *contact,
                                                  GError            **error);

G_END_DECLS
