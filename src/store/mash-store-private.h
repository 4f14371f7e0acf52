/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the store share; nobody else includes it. */

#include "mash-applier.h"
#include "mash-database.h"
#include "mash-facts.h"
#include "mash-feed.h"
#include "mash-slots.h"
#include "mash-store-hub.h"
#include "mash-store.h"
#include "mash-timeline-line.h"

G_BEGIN_DECLS

#define MASH_STORE_PUBLIC_KEY_SIZE 32
#define MASH_STORE_COMPARTMENT "default"

/* What waits for the hub stands above every position that a hub can give. */
#define MASH_STORE_PENDING MASH_TIMELINE_PENDING

/* The columns of mash_store_read_change(). */
#define MASH_STORE_CHANGE_COLUMNS \
  "id, group_id, idx, size, desk, person, post, kind, record, base, compartment, format, said_at," \
  " salt, body, signature"
#define MASH_STORE_N_CHANGE_COLUMNS 16
#define MASH_STORE_VIEW_PURPOSE "mash view 1"
#define MASH_STORE_ROOT_ROLE "AD"

/* The member of a view entry that names the contact beside which another was shown in part: it was
 * looked at, but not opened. */
#define MASH_STORE_BESIDE ".beside"
#define MASH_STORE_NOT_BESIDE "instr (body, '\"" MASH_STORE_BESIDE "\"') = 0"

/* The end of a chain: the next entry stands on it. */
typedef struct
{
  gint64 position;
  guint8 chain[MASH_CHANGE_DIGEST_SIZE];
} MashHead;

/* A statement that has been signed, with what it is kept by. It is counted. */
typedef struct
{
  MashChange *change;
  guint8      digest[MASH_CHANGE_DIGEST_SIZE];
  gboolean    is_signed;    /* while a hub is filled, this is done later */
} MashSealed;

/* What belongs to the filling of a training hub. */
typedef struct _MashBulk MashBulk;

struct _MashStore
{
  GObject          parent_instance;

  GThread         *thread;
  char            *folder;
  MashHubInfo     *info;
  MashPolicy      *policy;
  MashDatabase    *database;
  MashTables      *tables;
  MashApplier     *applier;
  MashBulk        *bulk;
  GHashTable      *keys;        /* id of staff → #MashSecret: signing keys of this session */
  MashSlots       *slots;       /* open, so that one can be added */
  gpointer         backup;      /* a MashBackup that is copying from the database, or NULL */
  gpointer         rekey;       /* a MashRekey that is copying from the database, or NULL */
  gpointer         proof;       /* a MashProof that is copying from the database, or NULL */
  GHashTable      *glimpsed;    /* ids of contacts whose lines were seen beside another’s */
  GError          *fault;       /* what went wrong behind #MashFacts, which cannot say so */

  char            *sign_in;
  char            *own;         /* who signed in; while a training hub is filled, not who acts */
  char            *person;
  char            *post;
  char            *role;
  char            *agency;
  MashActor        actor;

  char            *root_person;
  char            *root_key;
  char            *tray_policy; /* version of the policy by which the trays were worked out */
  MashHead         head;
  MashHead         view_head;
  gint64           clock_offset;
  gint64           bulk_now;
  gint64           latest;      /* the latest time that was given out or is in the log */
  gint64           behind;
  gint64           ahead;
  guint64          seed;
  guint64          n_seeded;

  char            *hub_policy;  /* version by which the hub judges; NULL until it has said so */
  gint64           hub_ahead;   /* of this desk's clock, when they met in this session */
  gint64           hub_policy_after; /* what stands up to there was judged by another */
  gint64           pending;     /* the position of what waits for the hub since last */
  void           (*watcher) (gpointer data); /* told when something is saved that waits */
  gpointer         watcher_data;
  GHashTable      *news;        /* ids of contacts that the hub has altered since last asked */
  GHashTable      *shut;        /* ids of contacts that the hub has closed since the start */

  guint            central : 1; /* another gives the positions */
  guint            on_line : 1; /* and answers now */
  guint            to_meet : 1; /* opened for whoever it is, to meet the hub */
  guint            seeded : 1;
  guint            confirmed : 1;
  guint            only_reading : 1;
  guint            no_reserve : 1;
};

#define mash_store_assert(self) \
  g_assert (MASH_IS_STORE (self) && (self)->thread == g_thread_self ())

/* mash-store.c */
void        mash_store_refuse             (GError           **error,
                                           const char        *sentence);
void        mash_store_keep_fault         (MashStore         *self,
                                           GError            *fault);
gboolean    mash_store_take_fault         (MashStore         *self,
                                           GError           **error);
const MashActor *
            mash_store_prepare_actor      (MashStore         *self);
gboolean    mash_store_is_admitted        (MashRecord        *staff,
                                           MashRecord        *post,
                                           const char        *day);
gboolean    mash_store_has_all_cases      (MashStore         *self);
gboolean    mash_store_load_actor         (MashStore         *self,
                                           const char        *person,
                                           const char        *post,
                                           GError           **error);

/* mash-store-seal.c */
char       *mash_store_dup_public_key     (MashTables        *tables,
                                           const char        *root_person,
                                           const char        *root_key,
                                           const char        *person,
                                           GError           **error);
gboolean    mash_store_sign               (MashStore         *self,
                                           MashChange        *change,
                                           const char        *purpose,
                                           guint8             digest[MASH_CHANGE_DIGEST_SIZE],
                                           GError           **error);
gboolean    mash_store_check_signature    (const MashChange  *change,
                                           const char        *purpose,
                                           const char        *public_key,
                                           guint8             digest[MASH_CHANGE_DIGEST_SIZE]);
void        mash_sealed_sign              (MashSealed        *self,
                                           const char        *purpose,
                                           MashSecret        *key);
GPtrArray  *mash_store_seal_group         (MashStore         *self,
                                           MashGroup         *group,
                                           GError           **error);
MashSealed *mash_sealed_new               (MashChange        *change);
MashSealed *mash_sealed_ref               (MashSealed        *self);
void        mash_sealed_unref             (MashSealed        *self);

/* mash-store-settle.c */
gboolean    mash_store_is_taken_over      (MashStore         *self,
                                           const char        *step,
                                           const guint8       digest[MASH_CHANGE_DIGEST_SIZE]);

/* mash-store-log.c */
gboolean    mash_store_log                (MashStore         *self,
                                           MashSealed        *sealed,
                                           const char        *took_at,
                                           const char        *contact,
                                           GError           **error);
gboolean    mash_store_write_change       (MashStore         *self,
                                           const MashSealed  *sealed,
                                           gint64             position,
                                           const char        *took_at,
                                           const char        *contact,
                                           const char        *lost,
                                           GError           **error);
gboolean    mash_store_write_pending      (MashStore         *self,
                                           const MashSealed  *sealed,
                                           gint64             position,
                                           const char        *contact,
                                           GError           **error);
gboolean    mash_store_log_stub           (MashStore         *self,
                                           const MashEntry   *entry,
                                           GError           **error);
gboolean    mash_store_log_head           (MashStore         *self,
                                           const char        *took_at,
                                           GError           **error);
gboolean    mash_store_log_view           (MashStore         *self,
                                           const char        *action,
                                           const char        *record,
                                           GHashTable        *members,
                                           GError           **error);
MashChange *mash_store_read_change        (MashStatement     *row,
                                           const char        *hub);

/* mash-store-access.c */
gboolean    mash_store_may_open           (MashStore         *self,
                                           MashRecord        *contact,
                                           GError           **error);

/* mash-store-document.c */
gboolean    mash_store_has_document       (MashStore         *self,
                                           const char        *sha256);
gboolean    mash_store_put_document       (MashStore         *self,
                                           const char        *sha256,
                                           GBytes            *content,
                                           GError           **error);
gboolean    mash_store_drop_originals     (MashStore         *self,
                                           GError           **error);
gboolean    mash_store_put_documents      (MashStore         *self,
                                           MashGroup         *group,
                                           GError           **error);

/* mash-store-tray-count.c */
MashFacetRow *
            mash_store_read_facet         (MashStatement     *row) G_GNUC_WARN_UNUSED_RESULT;

/* mash-store-submit.c */
void        mash_store_undo               (MashStore         *self,
                                           const MashHead    *before);

/* mash-store-replay.c */
gboolean    mash_store_follow             (MashStore         *self,
                                           const MashChange  *change,
                                           MashEdit          *edit,
                                           MashGroup         *group,
                                           gint64             position,
                                           char             **contact,
                                           GPtrArray         *records,
                                           GError           **error);
gboolean    mash_store_take_back_record   (MashStore         *self,
                                           const MashChange  *change,
                                           GError           **error);
gboolean    mash_store_take_back          (MashStore         *self,
                                           GError           **error);
gboolean    mash_store_put_again          (MashStore         *self,
                                           GError           **error);

/* mash-store-fall.c */
GPtrArray  *mash_store_list_beyond       (MashStore         *self,
                                           gint64             after,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_store_drop_beyond        (MashStore         *self,
                                           gint64             after,
                                           GError           **error);

/* mash-store-turn.c */
gboolean    mash_store_sweep              (MashStore         *self,
                                           GError           **error);

/* mash-store-feed.c */
gboolean    mash_store_take_groups        (MashStore         *self,
                                           GPtrArray         *entries,
                                           GHashTable        *known,
                                           GError           **error);
char       *mash_store_dup_first_key      (MashTables        *tables,
                                           const MashChange  *change);

/* mash-store-conflict.c */
gboolean    mash_store_keep_conflicts     (MashStore         *self,
                                           const MashEntry   *entry,
                                           const MashChange  *change,
                                           const char        *contact,
                                           GError           **error);

/* mash-store-unsettled.c */
gboolean    mash_store_fill_conflict      (MashStore         *self,
                                           MashConflict      *conflict,
                                           GError           **error);
void        mash_store_empty_conflict     (MashConflict      *conflict);

/* mash-store-outbox.c */
gboolean    mash_store_apply_pending      (MashStore         *self,
                                           MashGroup         *group,
                                           GPtrArray         *sealed,
                                           GPtrArray         *records,
                                           GError           **error);
gboolean    mash_store_load_outbox        (MashStore         *self,
                                           GError           **error);
gboolean    mash_store_forget_pending     (MashStore         *self,
                                           const char        *which,
                                           gint64             position,
                                           GError           **error);

/* mash-store-apply.c */
gboolean    mash_store_is_one_group       (GPtrArray         *changes,
                                           const char        *hub);
gboolean    mash_store_is_of_one_group    (GPtrArray         *changes,
                                           gboolean           whole,
                                           const char        *hub);
MashGroup  *mash_store_rebuild_group      (GPtrArray         *sealed,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_store_gives_words        (MashStore         *self,
                                           MashRecord        *paragraph);
char       *mash_store_dup_contact        (MashEdit          *edit,
                                           MashRecord        *record);
gboolean    mash_store_apply_sealed       (MashStore         *self,
                                           MashGroup         *group,
                                           GPtrArray         *sealed,
                                           GPtrArray         *records,
                                           GError           **error);

/* mash-store-timeline-fill.c */
gboolean    mash_store_fill_timeline      (MashStore         *self,
                                           GError           **error);

/* mash-store-timeline.c */
gboolean    mash_store_may_read_line      (MashStore         *self,
                                           gint64             n,
                                           gboolean          *may,
                                           GError           **error);

/* mash-bulk.c */
MashBulk   *mash_bulk_new                 (MashStore         *self,
                                           GError           **error);
void        mash_bulk_free                (MashBulk          *self);
void        mash_bulk_add                 (MashBulk          *self,
                                           MashSealed        *sealed,
                                           const char        *took_at,
                                           const char        *contact);
void        mash_bulk_accept              (MashBulk          *self);
void        mash_bulk_refuse              (MashBulk          *self);
gboolean    mash_bulk_commit              (MashBulk          *self,
                                           GError           **error);
gboolean    mash_bulk_renew               (MashBulk          *self,
                                           GError           **error);
gboolean    mash_store_write_log          (MashStore         *self,
                                           GError           **error);

/* mash-backup.c */
void        mash_backup_stop              (gpointer           backup);
void        mash_rekey_stop               (gpointer           rekey);
void        mash_proof_stop               (gpointer           proof);
gboolean    mash_store_log_key            (MashStore         *self,
                                           const char        *act,
                                           const char        *staff,
                                           GError           **error);
gboolean    mash_store_confirm_slots      (MashStore         *self,
                                           GError           **error);

/* mash-store-space.c */
gboolean    mash_store_give_reserve_up    (const char        *folder);
gboolean    mash_store_meet_full          (MashStore         *self,
                                           const GError      *error);
gboolean    mash_store_check_space        (MashStore         *self,
                                           GError           **error);
gint64      mash_store_guard_time         (MashStore         *self,
                                           gint64             now);
void        mash_store_compare_clock      (MashStore         *self);

/* mash-store-facts.c */
void        mash_store_facts_iface_init   (MashFactsInterface *iface);

gboolean mash_store_save_slots (MashStore  *self,
                                GError    **error);

G_END_DECLS
