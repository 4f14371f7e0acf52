/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a core keeps, for its own files. */

#include "mash-sync-core.h"

G_BEGIN_DECLS

/* How often a batch that the hub cannot read is sent before its groups go one by one. */
#define MASH_SYNC_MAX_UNREAD 3

typedef enum
{
  PHASE_AWAY,
  PHASE_GREETING,
  PHASE_PROBING,
  PHASE_SITTING,
  PHASE_REOFFERING,
  PHASE_HANDING_IN,
  PHASE_PUSHING,
  PHASE_LOOKING,
  PHASE_SENDING,
  PHASE_PULLING,
  PHASE_TURNING,
  PHASE_RESTING,
  PHASE_STOPPED,
} Phase;

struct _MashSyncCore
{
  const MashSyncDisk *disk;
  gpointer            disk_data;
  MashSyncRandom      random;
  gpointer            random_data;

  MashSyncRequest     request;
  Phase               phase;
  MashSyncEnd         end;
  MashSyncEnd         last;     /* the end, as soon as what was not sent is handed in */
  gboolean            looks_wait; /* the hub cannot read them; until the next greeting */
  guint64             handed;   /* how far that has come */
  MashOriginal        original; /* that is being sent */
  int                 wanted;   /* which part of it the hub wants next; -1 until it has said */
  char                checked[2 * 32 + 1]; /* the last original about which the hub was asked */
  gboolean            all_checked;
  gboolean            originals_wait; /* the hub takes none; until the next greeting */
  guint               n_uncarried; /* parts in a row that did not come over while it rested */
  gint64              originals_after; /* until when none is sent while it rests */
  gboolean            sends_all; /* originals go before a turn is followed */
  GError             *fault;    /* what the disk said last */
  int                 failure;  /* why the line failed last */
  guint               n_failed; /* times that the line failed since it last held */
  guint               page;     /* bytes that the line may be expected to bring over at once */
  guint               n_batches; /* sent since the feed was followed last */
  guint               n_pages;  /* fetched since what waits was sent last */
  gboolean            sends;    /* there is more to send when the feed has been followed */
  guint               n_unread; /* times that the hub could not read a batch */
  guint               n_false;  /* pages in a row that did not fit together */
  guint               n_parted; /* times that the two histories parted, without a page since */
  guint64             common;   /* while probing: both have the same up to here */
  guint64             parted;   /* and not from here on */
  char               *seat;     /* the seat that is to be */
  gboolean            is_behind; /* the hub has had other words under the desk's numbers */
  gint64              now;      /* when it was asked last */
  gint64              until;    /* when what is waited for is over */
  gint64              acked_at;
  gint64              put_back_at; /* when the hub was found to have forgotten; 0 if it was not */
  guint64             head;     /* how far the hub was when it was heard last */
};

GError **mash_sync_core_renew_fault   (MashSyncCore *self);
void     mash_sync_core_stop          (MashSyncCore *self,
                                       MashSyncEnd   end);
gboolean mash_sync_core_request_original
                                      (MashSyncCore *self);
void     mash_sync_core_finish_sending
                                      (MashSyncCore *self);
void     mash_sync_core_begin_originals
                                      (MashSyncCore *self);
gboolean mash_sync_core_take_unsent   (MashSyncCore *self,
                                       const GError *error);
void     mash_sync_core_wait_for_disk (MashSyncCore *self);

G_END_DECLS
