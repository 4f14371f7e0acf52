/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk does next to stay in step with its hub: greet, send, fetch, rest, or stop.
 *
 * It has no thread, no socket, no clock and no file: the disk, random numbers and the time are
 * handed to it, and whoever drives it carries its requests over a line and brings the answers back.
 * So every fault of line and power can be played to it in a test. Nothing here looks into a change.
 */

#include "mash-hub-calls.h"
#include "mash-hub-reading.h"

G_BEGIN_DECLS

/* How many bytes a page of the history has at most, unless one group alone has more. */
#define MASH_SYNC_PAGE_BYTES (4 * 1024 * 1024)

/**
 * MashSyncDisk:
 * @greet: (nullable): takes note of what the hub said of itself
 * @load_place: how far the desk has come
 * @list_batch: (element-type GPtrArray): the next groups to be sent, each an array of #MashSigned;
 *   what was sent and not answered comes first and under the numbers that it had. Numbers are on
 *   the disk before this returns
 * @take_answers: keeps what the hub said of changes
 * @apply: applies entries and moves the place, both or neither
 * @count_unsent: how many changes wait for an answer, and when the oldest was said, microseconds
 *   since 1970; 0 where none waits
 * @find_place: the furthest end of a group at or before a position; 0 where there is none
 * @fall_back: goes back to a place, where the hub’s history and the desk’s part: what the desk has
 *   of its own work beyond it waits again, and what it has of others’ is kept to be handed in
 * @list_lost: (element-type MashSigned): others’ work that the hub lost, not handed in yet
 * @drop_lost: the hub keeps what was listed
 * @get_numbers: the first number that has no answer yet, and the next that will be given
 * @renumber: everything that the feed has not brought yet is sent again, under numbers from @next
 * @get_seat: (transfer none): as whom the desk speaks to the hub
 * @begin_seat: (transfer full) (nullable): the id of the seat that is to be, the same until it is
 *   taken; a new one only where one is asked for
 * @take_seat: the desk is at that seat from now on, and its numbers begin at 1
 * @get_turned: (nullable): the number of the last turn that the desk has followed, or -1 and the
 *   positions of its stubs; without it the desk keeps nothing
 * @take_turn: (nullable): (element-type MashEntry): follows what the hub opened and closed, with
 *   the number of the last of these turns; waits where something has to be sent first
 * @list_unsent: (element-type MashSigned): changes that have no answer, a few at a time: after the
 *   place of the last one that was listed
 * @list_looks: (nullable): (element-type MashSigned): looks that the hub does not have, in their
 *   order, and the place of the first among those of the seat
 * @hand_looks: (nullable): the hub has so many more of them
 * @repeat_looks: (nullable): all looks of the seat are listed again
 * @count_waiting: (nullable): how many changes lie on top of what the feed has brought; they are
 *   taken back and put again wherever something is applied
 * @find_original: (nullable): the original of a document that the hub has not got, of those that it
 *   can know of: what is named only by what has no answer, or was handed in up to @after, waits
 * @load_part: (nullable): a part of it; %MASH_STORE_ERROR_NOT_FOUND where there is none
 * @settle_original: (nullable): the hub has it, or does not take it
 * @list_originals: (nullable): (element-type utf8): those of which the hub has said something, a
 *   few at a time: after the last one that was listed
 * @miss_originals: (nullable): the hub has not got these after all
 *
 * What the core needs of a disk. Each is durable when it returns %TRUE, and has done nothing when
 * it does not.
 */
typedef struct
{
  void       (*greet)        (gpointer             data,
                              const MashHello     *hello);
  gboolean   (*load_place)   (gpointer             data,
                              MashSyncPlace       *place,
                              GError             **error);
  GPtrArray *(*list_batch)   (gpointer             data,
                              guint                max_groups,
                              guint                max_changes,
                              guint64             *first_seq,
                              GError             **error);
  gboolean   (*take_answers) (gpointer             data,
                              GPtrArray           *answers,
                              GError             **error);
  gboolean   (*apply)        (gpointer             data,
                              GPtrArray           *entries,
                              const MashSyncPlace *place,
                              GError             **error);
  guint64    (*count_unsent) (gpointer             data,
                              gint64              *since);
  gboolean   (*find_place)   (gpointer             data,
                              guint64              at_most,
                              MashSyncPlace       *place,
                              GError             **error);
  gboolean   (*fall_back)    (gpointer             data,
                              const MashSyncPlace *place,
                              guint64              next,
                              GError             **error);
  GPtrArray *(*list_lost)    (gpointer             data,
                              guint                max_changes,
                              GError             **error);
  gboolean   (*drop_lost)    (gpointer             data,
                              GPtrArray           *changes,
                              GError             **error);
  gboolean   (*get_numbers)  (gpointer             data,
                              guint64             *unanswered,
                              guint64             *next,
                              GError             **error);
  gboolean   (*renumber)     (gpointer             data,
                              guint64              next,
                              GError             **error);
  const char *(*get_seat)    (gpointer             data);
  char      *(*begin_seat)   (gpointer             data,
                              gboolean             make,
                              GError             **error);
  gboolean   (*take_seat)    (gpointer             data,
                              GError             **error);
  GPtrArray *(*list_unsent)  (gpointer             data,
                              guint64             *after,
                              guint                max_changes,
                              GError             **error);
  gboolean   (*get_turned)   (gpointer             data,
                              gint64              *turned,
                              GArray             **stubs,
                              GError             **error);
  gboolean   (*take_turn)    (gpointer             data,
                              GPtrArray           *entries,
                              gint64               turned,
                              gboolean            *waits,
                              GError             **error);
  GPtrArray *(*list_looks)   (gpointer             data,
                              guint                max_looks,
                              guint64             *first,
                              GError             **error);
  gboolean   (*hand_looks)   (gpointer             data,
                              guint                n_looks,
                              GError             **error);
  gboolean   (*repeat_looks) (gpointer             data,
                              GError             **error);
  guint      (*count_waiting) (gpointer            data);
  gboolean   (*find_original) (gpointer            data,
                              guint64              after,
                              MashOriginal        *original,
                              GError             **error);
  GBytes    *(*load_part)    (gpointer             data,
                              const char          *sha256,
                              int                  part,
                              GError             **error);
  gboolean   (*settle_original) (gpointer          data,
                              const char          *sha256,
                              gboolean             taken,
                              GError             **error);
  GPtrArray *(*list_originals) (gpointer           data,
                              const char          *after,
                              guint                max,
                              GError             **error);
  gboolean   (*miss_originals) (gpointer           data,
                              GPtrArray           *fingerprints,
                              GError             **error);
} MashSyncDisk;

/* A random number of 32 bits. */
typedef guint32 (*MashSyncRandom) (gpointer data);

typedef enum
{
  MASH_SYNC_CONNECT,
  MASH_SYNC_GREET,
  MASH_SYNC_PUSH,
  MASH_SYNC_LOOK,
  MASH_SYNC_PULL,
  MASH_SYNC_TURN,
  MASH_SYNC_ACK,
  MASH_SYNC_REOFFER,
  MASH_SYNC_HAND_IN,
  MASH_SYNC_SIT,
  MASH_SYNC_CHECK_ORIGINALS,
  MASH_SYNC_SEND_ORIGINAL,
  MASH_SYNC_REST,
  MASH_SYNC_STOP,
} MashSyncDeed;

/**
 * MashSyncRequest:
 * @deed: what to do
 * @seat: as whom the desk speaks; with %MASH_SYNC_SIT the seat that is to be
 * @old_seat: with %MASH_SYNC_SIT: as whom it spoke until now
 * @place: with %MASH_SYNC_GREET, %MASH_SYNC_PULL and %MASH_SYNC_ACK: how far the desk has come
 * @turned: with %MASH_SYNC_PULL and %MASH_SYNC_TURN: the number of the last turn that was followed
 * @stubs: (nullable): with %MASH_SYNC_TURN: positions of which the desk has no more than a stub
 * @max_rows: with %MASH_SYNC_PULL: how many entries at most
 * @max_bytes: with %MASH_SYNC_PULL: how many bytes at most
 * @groups: with %MASH_SYNC_PUSH: what to send; with %MASH_SYNC_REOFFER and
 *   %MASH_SYNC_HAND_IN one list of changes, with %MASH_SYNC_LOOK one of looks, with
 *   %MASH_SYNC_CHECK_ORIGINALS one of fingerprints
 * @first_seq: with %MASH_SYNC_PUSH: the number of the first change; with %MASH_SYNC_LOOK: the place
 *   of the first look
 * @last: with %MASH_SYNC_HAND_IN: the place of the last change
 * @unsent: with %MASH_SYNC_ACK: how many changes wait
 * @unsent_since: with %MASH_SYNC_ACK: when the oldest of them was said, microseconds since 1970; 0
 *   where none waits
 * @original: with %MASH_SYNC_SEND_ORIGINAL: of which it is
 * @part: with %MASH_SYNC_SEND_ORIGINAL: which part, from 0
 * @data: (nullable): with %MASH_SYNC_SEND_ORIGINAL: the part; %NULL where it is only asked
 *   which is wanted
 * @until: with %MASH_SYNC_REST: when to ask again at the latest, in microseconds
 */
typedef struct
{
  MashSyncDeed  deed;
  const char   *seat;
  const char   *old_seat;
  MashSyncPlace place;
  gint64        turned;
  GArray       *stubs;
  guint         max_rows;
  guint         max_bytes;
  GPtrArray    *groups;
  guint64       first_seq;
  guint64       last;
  guint64       unsent;
  gint64        unsent_since;
  MashOriginal  original;
  int           part;
  GBytes       *data;
  gint64        until;
} MashSyncRequest;

typedef struct _MashSyncCore MashSyncCore;

MashSyncCore          *mash_sync_core_new          (const MashSyncDisk *disk,
                                                    gpointer            disk_data,
                                                    MashSyncRandom      random,
                                                    gpointer            random_data)
                                                    G_GNUC_WARN_UNUSED_RESULT;
void                   mash_sync_core_free         (MashSyncCore       *self);
const MashSyncRequest *mash_sync_core_get_next     (MashSyncCore       *self,
                                                    gint64              now);
void                   mash_sync_core_connected    (MashSyncCore       *self);
void                   mash_sync_core_failed       (MashSyncCore       *self,
                                                    const GError       *error,
                                                    gint64              now);
void                   mash_sync_core_take_hello   (MashSyncCore       *self,
                                                    const MashHello    *hello);
void                   mash_sync_core_take_answers (MashSyncCore       *self,
                                                    GPtrArray          *answers,
                                                    gint64              now);
void                   mash_sync_core_take_page    (MashSyncCore       *self,
                                                    GPtrArray          *entries,
                                                    gint64              now);
guint                  mash_sync_core_count_waiting (const MashSyncCore *self);
void                   mash_sync_core_take_turn    (MashSyncCore       *self,
                                                    GPtrArray          *entries,
                                                    gint64              turned);
void                   mash_sync_core_take_done    (MashSyncCore       *self,
                                                    gint64              now);
void                   mash_sync_core_take_lacking (MashSyncCore       *self,
                                                    GPtrArray          *lacking);
void                   mash_sync_core_take_wanted  (MashSyncCore       *self,
                                                    int                 wanted);
void                   mash_sync_core_wake         (MashSyncCore       *self);
MashSyncEnd            mash_sync_core_get_end      (MashSyncCore       *self);
MashSyncError          mash_sync_core_get_failure  (MashSyncCore       *self);
const GError          *mash_sync_core_get_fault    (MashSyncCore       *self);
guint64                mash_sync_core_get_head     (MashSyncCore       *self);
gboolean               mash_sync_core_get_far      (MashSyncCore       *self);
gboolean               mash_sync_core_get_on_line  (MashSyncCore       *self);
gboolean               mash_sync_core_get_put_back (MashSyncCore       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSyncCore, mash_sync_core_free)

G_END_DECLS
