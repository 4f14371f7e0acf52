/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A store that is a desk of a central hub: what it sends, what it makes of the answers, and how it
 * follows the hub's history. It knows no line; `sync` carries what is given and taken here.
 */

#include "mash-feed.h"
#include "mash-hub-reading.h"
#include "mash-store.h"

G_BEGIN_DECLS

/**
 * MashSeatOwner:
 * @person: id of the member of staff
 * @sign_in: the name to sign in with
 * @seed: the seed of their signing key
 * @root_person: id of the administrator who signed the hub's first change
 * @root_key: their public key, in hex
 *
 * Whose database a seat is, and by whom the first signatures of its hub are checked. All of it is
 * borrowed.
 */
typedef struct
{
  const char *person;
  const char *sign_in;
  MashSecret *seed;
  const char *root_person;
  const char *root_key;
} MashSeatOwner;

/**
 * MashRefusal:
 * @group: id of the group
 * @contact: (nullable): what it was about
 * @deed: the deed of the policy
 * @said_at: when it was said
 * @at: when the hub refused it
 * @code: why (resources/sql/hub/functions/taking.sql); `decided` when somebody was first
 * @says: the guard's sentence; with `decided` the id of who was first and the instant
 * @edits: (element-type MashEdit): what was said
 */
typedef struct
{
  char      *group;
  char      *contact;
  char      *deed;
  char      *said_at;
  char      *at;
  char      *code;
  char      *says;
  GPtrArray *edits;
} MashRefusal;

/**
 * MashConflict:
 * @position: of the change whose value did not stand
 * @kind: the record's kind
 * @record: its id
 * @contact: (nullable): the contact that it belongs to
 * @field: the field
 * @held: (nullable): what stands
 * @held_by: (nullable): by whom
 * @held_at: (nullable): when
 * @other: (nullable): what was said besides
 * @other_by: by whom
 * @other_at: when
 */
typedef struct
{
  gint64    position;
  char     *kind;
  char     *record;
  char     *contact;
  char     *field;
  GVariant *held;
  char     *held_by;
  char     *held_at;
  GVariant *other;
  char     *other_by;
  char     *other_at;
} MashConflict;

/**
 * MashAside:
 * @position: of the entry
 * @why: why the desk does not follow it, in English, for the administrator
 * @at: when it was set aside
 */
typedef struct
{
  gint64  position;
  char   *why;
  char   *at;
} MashAside;

/* Told, on the store's thread, that something waits to be sent. */
typedef void (*MashStoreWatcher) (gpointer data);

MashStore *mash_store_create_seat    (const char          *folder,
                                      const MashHubInfo   *info,
                                      MashPolicy          *policy,
                                      const MashSeatOwner *owner,
                                      MashSecret          *passphrase,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_is_seat        (MashStore           *self);
void       mash_store_set_on_line    (MashStore           *self,
                                      gboolean             on_line);
void       mash_store_set_hub_policy (MashStore           *self,
                                      const char          *version,
                                      gint64               after);
gboolean   mash_store_is_policy_other
                                     (MashStore           *self);
void       mash_store_set_watcher    (MashStore           *self,
                                      MashStoreWatcher     watcher,
                                      gpointer             data);
void       mash_store_get_place      (MashStore           *self,
                                      MashSyncPlace       *place);
GPtrArray *mash_store_list_batch     (MashStore           *self,
                                      guint                max_groups,
                                      guint                max_changes,
                                      guint64             *first,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_take_answers   (MashStore           *self,
                                      GPtrArray           *answers,
                                      GError             **error);
gboolean   mash_store_get_turned     (MashStore           *self,
                                      gint64              *turned,
                                      GArray             **stubs,
                                      GError             **error);
gboolean   mash_store_take_turn      (MashStore           *self,
                                      GPtrArray           *entries,
                                      gint64               turned,
                                      gboolean            *waits,
                                      GError             **error);
gboolean   mash_store_take_page      (MashStore           *self,
                                      GPtrArray           *entries,
                                      const MashSyncPlace *place,
                                      GError             **error);
GPtrArray *mash_store_list_unsent    (MashStore           *self,
                                      guint64             *after,
                                      guint                max_changes,
                                      GError             **error);
guint      mash_store_count_waiting  (MashStore           *self);
gboolean   mash_store_count_unsent   (MashStore           *self,
                                      MashUnsent          *unsent,
                                      GError             **error);
char     **mash_store_steal_news     (MashStore           *self) G_GNUC_WARN_UNUSED_RESULT;

/* Who looked at what */
GPtrArray *mash_store_list_looks     (MashStore           *self,
                                      guint                max_looks,
                                      guint64             *first,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_hand_looks     (MashStore           *self,
                                      guint                n_looks,
                                      GError             **error);
gboolean   mash_store_repeat_looks   (MashStore           *self,
                                      GError             **error);
GPtrArray *mash_store_name_looks     (MashStore           *self,
                                      GPtrArray           *looks,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Since when it is away from its hub */
void       mash_store_meet_hub       (MashStore           *self,
                                      const char          *server_time);
gint64     mash_store_get_hub_ahead  (MashStore           *self);
gboolean   mash_store_is_lease_over  (MashStore           *self,
                                      gint64               now,
                                      gint64              *met);

/* The originals of documents */
gboolean   mash_store_find_original  (MashStore           *self,
                                      guint64              after,
                                      MashOriginal        *original,
                                      GError             **error);
GBytes    *mash_store_load_part      (MashStore           *self,
                                      const char          *sha256,
                                      int                  part,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_settle_original (MashStore          *self,
                                      const char          *sha256,
                                      gboolean             taken,
                                      GError             **error);
GPtrArray *mash_store_list_originals (MashStore           *self,
                                      const char          *after,
                                      guint                max,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_miss_originals (MashStore           *self,
                                      GPtrArray           *fingerprints,
                                      GError             **error);
gboolean   mash_store_keep_original  (MashStore           *self,
                                      const char          *sha256,
                                      GBytes              *content,
                                      GError             **error);

/* When the hub was put back, or the desk */
gboolean   mash_store_find_place     (MashStore           *self,
                                      guint64              at_most,
                                      MashSyncPlace       *place,
                                      GError             **error);
gboolean   mash_store_fall_back      (MashStore           *self,
                                      const MashSyncPlace *place,
                                      guint64              next,
                                      GError             **error);
GPtrArray *mash_store_list_lost      (MashStore           *self,
                                      guint                max_changes,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_hand_lost      (MashStore           *self,
                                      GPtrArray           *changes,
                                      GError             **error);
gboolean   mash_store_get_numbers    (MashStore           *self,
                                      guint64             *unanswered,
                                      guint64             *next,
                                      GError             **error);
gboolean   mash_store_renumber       (MashStore           *self,
                                      guint64              next,
                                      GError             **error);
const char *
           mash_store_get_seat       (MashStore           *self);
char      *mash_store_begin_seat     (MashStore           *self,
                                      gboolean             make,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_take_seat      (MashStore           *self,
                                      GError             **error);

/* What waits for somebody here */
GPtrArray *mash_store_list_refusals  (MashStore           *self,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_store_list_conflicts (MashStore           *self,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_store_list_asides    (MashStore           *self,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_settle_refusal (MashStore           *self,
                                      const char          *group,
                                      GError             **error);
gboolean   mash_store_settle_conflict
                                     (MashStore           *self,
                                      gint64               position,
                                      const char          *field,
                                      GError             **error);
void       mash_refusal_free         (MashRefusal         *self);
void       mash_conflict_free        (MashConflict        *self);
void       mash_aside_free           (MashAside           *self);

/* Without whose it is */
GPtrArray *mash_store_recover_unsent (const char          *folder,
                                      MashPolicy          *policy,
                                      const char          *sign_in,
                                      MashSecret          *way,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* When it leaves the desk for good */
char      *mash_store_begin_removal  (MashStore           *self,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_store_finish_removal (const char          *folder,
                                      GError             **error);

/* What others could not send, for a manager */
gboolean   mash_store_check_signed   (MashStore           *self,
                                      const MashSigned    *signed_change,
                                      char               **digest);
gboolean   mash_store_is_settled     (MashStore           *self,
                                      const char          *step,
                                      const char          *digest);

/* What a stand-alone hub has, for a central one to adopt */
void       mash_store_get_root       (MashStore           *self,
                                      const char         **person,
                                      const char         **key);
GPtrArray *mash_store_list_history   (MashStore           *self,
                                      gint64               after,
                                      guint                limit,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
