/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk may ask of its hub, each with what it answers. The only place that knows the hub's
 * functions by name; it keeps nothing and decides nothing.
 */

#include "mash-feed.h"
#include "mash-hub-reading.h"
#include "mash-hub-line.h"

G_BEGIN_DECLS

/* Of who keeps nothing, and so has no turns to follow. */
#define MASH_HUB_ANY_TURN (-2)

/**
 * MashHello:
 * @verdict: `ok`, `ahead`, `diverged`, `unknown_seat`, or one of those of mash_hello_get_end()
 * @hub: the hub's id
 * @epoch: id of the beginning of its history
 * @server_time: what the hub's clock says
 * @head: its newest position
 * @last_desk_seq: the last number of this seat that the hub took
 * @policy: the version of the policy by which it judges
 * @policy_after: the last position that was judged by another
 */
typedef struct
{
  char   *verdict;
  char   *hub;
  char   *epoch;
  char   *server_time;
  guint64 head;
  guint64 last_desk_seq;
  char   *policy;
  guint64 policy_after;
} MashHello;

void        mash_hello_free     (MashHello        *self);
MashSyncEnd mash_hello_get_end  (const MashHello  *self,
                                 gboolean         *hands_in);

MashHello  *mash_hub_call_hello (MashHubLine      *line,
                                 const char       *seat,
                                 guint64           after,
                                 GBytes           *chain,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_hub_call_push  (MashHubLine      *line,
                                 const char       *seat,
                                 guint64           first_seq,
                                 GPtrArray        *groups,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_hub_call_pull  (MashHubLine      *line,
                                 const char       *seat,
                                 guint64           after,
                                 GBytes           *chain,
                                 gint64            turned,
                                 guint             max_rows,
                                 guint             max_bytes,
                                 guint64          *head,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_hub_call_turn  (MashHubLine      *line,
                                 const char       *seat,
                                 guint64           after,
                                 GBytes           *chain,
                                 gint64           *turned,
                                 GArray           *stubs,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_hub_call_ack   (MashHubLine      *line,
                                 const char       *seat,
                                 guint64           after,
                                 GBytes           *chain,
                                 guint64           unsent,
                                 gint64            since,
                                 GError          **error);
gboolean    mash_hub_call_renew (MashHubLine      *line,
                                 const char       *seat,
                                 const char       *next,
                                 GError          **error);
gboolean    mash_hub_call_adopt (MashHubLine      *line,
                                 const char       *root_person,
                                 const char       *root_key,
                                 GPtrArray        *entries,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHello, mash_hello_free)

G_END_DECLS
