/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A desk's disk in memory, for histories that are drawn by a seed: everything on it is durable the
 * moment it is written. It folds records from what the hub sends, holds the hub to the rules by
 * which two values of one field are told apart, and can be copied, as a disk is that is put back.
 */

#include "mash-sync-core.h"

G_BEGIN_DECLS

/**
 * HistoryDisk:
 * @person: whose it is
 * @seat: as whom they speak to the hub
 * @next_seat: the seat that is to be, or %NULL
 * @place: how far it has come
 * @log: (element-type MashEntry): what the hub has sent, in order
 * @actions: every user action that was saved, in order
 * @answers: id → outcome
 * @state: kind and id → members of a body
 * @base: what was there before anything was said
 * @lost: (element-type MashSigned): others’ work that the hub has lost
 * @turned: the number of the last turn that it followed
 * @closed: ids of changes that it had and that a turn has taken from it
 */
typedef struct
{
  char         *person;
  char         *seat;
  char         *next_seat;
  MashSyncPlace place;
  guint64       next_seq;
  GPtrArray    *log;
  GPtrArray    *actions;
  GHashTable   *answers;
  GHashTable   *state;
  char         *base;
  GPtrArray    *lost;
  gint64        turned;
  GHashTable   *closed;
} HistoryDisk;

/* A user action as the desk keeps it until it is answered. */
typedef struct
{
  GPtrArray *changes;   /* of MashSigned */
  GPtrArray *ids;       /* of the changes */
  guint64    first_seq; /* 0 until it is first sent */
  gboolean   answered;
  gboolean   confirmed; /* the feed has brought it */
} HistoryAction;

extern const MashSyncDisk history_disk;

/* How often a disk fell back, and how often it took another seat, since this was asked last. */
guint          history_disk_count_falls (void);
guint          history_disk_count_seats (void);
guint          history_disk_count_turns (void);

HistoryDisk   *history_disk_new         (const char  *person,
                                         const char  *seat,
                                         const char  *contact,
                                         const char  *json) G_GNUC_WARN_UNUSED_RESULT;
HistoryDisk   *history_disk_copy        (HistoryDisk *self) G_GNUC_WARN_UNUSED_RESULT;
void           history_disk_free        (HistoryDisk *self);
HistoryAction *history_disk_save        (HistoryDisk *self,
                                         GPtrArray   *changes);
GHashTable    *history_disk_refold      (HistoryDisk *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
