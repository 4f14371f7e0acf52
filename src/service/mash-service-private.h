/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The service's inside, shared by its own files only. */

#include "mash-contact-file-private.h"
#include "mash-hub-info.h"
#include "mash-hub-reading.h"
#include "mash-items.h"
#include "mash-service-line.h"
#include "mash-service.h"
#include "mash-store-thread.h"
#include "mash-tray-list.h"

G_BEGIN_DECLS

typedef struct _MashHubLink MashHubLink;

/* What is asked of the hub, on the thread of the sync, with the id of the desk's seat. */
typedef gpointer (*MashInquiry) (MashHubLine  *line,
                                 const char   *seat,
                                 gpointer      data,
                                 GError      **error);

struct _MashService
{
  GObject          parent_instance;

  /* Owned */
  MashStoreThread *thread;
  MashPolicy      *policy;
  MashHubInfo     *hub;
  GListModel      *people;
  GListStore      *staff;
  MashTrayList    *trays[MASH_N_TRAYS];
  GListStore      *facets[MASH_N_TRAYS];
  MashTrayQuery   *queries[MASH_N_TRAYS];
  GHashTable      *files;   /* contact → borrowed MashContactFile */
  GCancellable    *aside;   /* while a proof or a drill runs, which a lock does not wait for */
  char            *folder;
  char            *person_name;
  char            *post_title;
  MashHubLink     *hub_link;   /* NULL where the desk is a hub by itself */
  char            *hub_seat;   /* the id of the seat, once the hub was asked something beside */

  /* Of the actor; the strings are owned */
  MashActor        actor;

  MashHubReading   hub_reading;
  gint64           clock_offset;
  gint64           saved_at;
  guint            counts[MASH_N_TRAYS];
  guint            n_actions;
  guint            shown;   /* a bit for each tray that has been looked at */
  guint            n_at_work;

  guint            signed_in : 1;
  guint            removed : 1;  /* the database of who was signed in last left the desk */
};

MashStore *
       mash_service_need_store (MashStore          **store,
                                GError             **error);

gboolean
       mash_service_refuse_central (MashService         *self,
                                    gpointer             tag,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean
       mash_service_apply_own_policy (MashStore     *store,
                                      MashPolicy   **policy,
                                      GError       **error);

/* What takes long enough that the idle lock waits for its end, until then. */
void   mash_service_keep_awake (GTask               *task);

/* One long work at a time runs beside the store's thread, or in steps on it, and is stopped by a
 * lock: enter gives what stops it, or NULL when there is one already. */
GCancellable *
       mash_service_enter_aside (MashService        *self,
                                 GCancellable       *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void   mash_service_leave_aside (MashService        *self);
void   mash_service_refuse_aside (GTask             *task);

/* The caller's task, to which a job on the store's thread answers by way of a callback. */
GTask *mash_service_begin       (MashService         *self,
                                 gpointer             tag,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;
void   mash_service_run         (MashService         *self,
                                 GTask               *task,
                                 gpointer             data,
                                 GDestroyNotify       free_data,
                                 MashStoreJob         job,
                                 GDestroyNotify       free_result,
                                 GAsyncReadyCallback  done);
void   mash_service_run_list    (MashService         *self,
                                 GTask               *task,
                                 GType                type,
                                 gpointer             data,
                                 GDestroyNotify       free_data,
                                 MashStoreJob         job);
void   mash_service_run_aside   (GTask               *task,
                                 gpointer             data,
                                 GTaskThreadFunc      work,
                                 GAsyncReadyCallback  done);
void   mash_service_insist      (MashService         *self,
                                 gpointer             data,
                                 MashStoreJob         job,
                                 GAsyncReadyCallback  done);
void   mash_service_answer_settled
                                (MashService         *self,
                                 GTask               *caller,
                                 GAsyncResult        *result,
                                 const char          *contact);
void   mash_service_take_staff  (MashService         *self,
                                 GPtrArray           *rows);
void   mash_service_forget_actor (MashService        *self);
void   mash_service_read_who    (MashService         *self);
void   mash_service_ring_hub    (MashService         *self);
void   mash_service_ask_hub     (MashService         *self,
                                 MashSyncAsk          ask,
                                 gpointer             data);
void   mash_service_inquire     (MashService         *self,
                                 GTask               *task,
                                 gpointer             data,
                                 GDestroyNotify       free_data,
                                 MashInquiry          ask,
                                 GDestroyNotify       free_answer,
                                 GAsyncReadyCallback  done);
void   mash_service_renew_contact (MashService       *self,
                                   const char        *contact);
gboolean mash_service_is_on_line (MashService        *self);
void   mash_service_notify_who  (MashService         *self);
void   mash_service_set_saved   (MashService         *self,
                                 MashContactFile     *file);
void   mash_service_reload      (MashService         *self);
void   mash_service_reload_contacts (MashService        *self,
                                     const char *const  *contacts);
void   mash_service_make_trays  (MashService         *self);
void   mash_service_free_trays  (MashService         *self);
void   mash_service_empty_trays (MashService         *self);
void   mash_service_keep_file   (MashService         *self,
                                 MashContactFile     *file,
                                 const char          *contact);
char  *mash_service_dup_id      (gpointer             self);
char  *mash_service_dup_local_time (const char       *instant) G_GNUC_WARN_UNUSED_RESULT;
char  *mash_service_dup_today   (MashService         *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
