/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk hands in beside the feed: who looked at what, work that a hub keeps unapplied for a
 * manager, and who is writing where.
 */

#include "mash-hub-calls.h"
#include "mash-writer.h"

G_BEGIN_DECLS

/**
 * MashWaiting:
 * @step: id of the group that it belongs to
 * @reason: why it is kept apart: `revoked`, `recovered` or `reoffered`
 * @handed_by: id of who handed it in
 * @handed_at: when
 * @desk: the name of the desk at which it was said; empty where the hub knows none
 * @person: id of its author
 * @change: what was said
 *
 * A change that could not be sent by its author and that the hub keeps for a manager. Nobody has
 * looked at the signature yet.
 */
typedef struct
{
  char       *step;
  char       *reason;
  char       *handed_by;
  char       *handed_at;
  char       *desk;
  char       *person;
  MashSigned *change;
} MashWaiting;

gboolean mash_hub_call_view       (MashHubLine  *line,
                                   const char   *seat,
                                   guint64       first,
                                   GPtrArray    *looks,
                                   guint64      *last,
                                   GError      **error);
GPtrArray *
         mash_hub_call_looks      (MashHubLine  *line,
                                   const char   *seat,
                                   const char   *record,
                                   const char   *before,
                                   guint         max_looks,
                                   char        **next,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mash_hub_call_quarantine (MashHubLine  *line,
                                   const char   *seat,
                                   GPtrArray    *changes,
                                   guint64      *n_kept,
                                   GError      **error);
gboolean mash_hub_call_reoffer    (MashHubLine  *line,
                                   const char   *seat,
                                   GPtrArray    *changes,
                                   guint64      *n_kept,
                                   GError      **error);
gboolean mash_hub_keep_recovered  (MashHubLine  *line,
                                   const char   *by,
                                   GPtrArray    *changes,
                                   guint64      *n_kept,
                                   GError      **error);
GPtrArray *
         mash_hub_call_waiting    (MashHubLine  *line,
                                   const char   *seat,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void     mash_waiting_free        (MashWaiting  *self);
GPtrArray *
         mash_hub_call_writing    (MashHubLine  *line,
                                   const char   *seat,
                                   const char   *discussion,
                                   const char   *place,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashWaiting, mash_waiting_free)

G_END_DECLS
