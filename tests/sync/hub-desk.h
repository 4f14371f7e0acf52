/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Somebody at a desk of a hub in a test: a role, a seat, a line, and a way to say things. Nothing
 * is kept at this desk.
 */

#include "cluster.h"
#include "mash-hub-calls.h"
#include "mash-hub-installer.h"

typedef struct
{
  MashHubLine *line;
  char        *hub;
  char        *seat;
  char        *person;
  char        *post;
  guint64      next_seq;
} HubDesk;

char       *hub_make_id    (void);
void        hub_put        (Cluster    *cluster,
                            const char *database,
                            const char *kind,
                            const char *id,
                            const char *state);
void        hub_put_form   (Cluster    *cluster,
                            const char *database,
                            const char *kind,
                            const char *id,
                            const char *form,
                            ...) G_GNUC_PRINTF (5, 6);
MashGroup  *hub_make_note  (const char *contact,
                            const char *text,
                            char      **id);
HubDesk    *hub_desk_new   (Cluster    *cluster,
                            const char *database,
                            const char *hub,
                            const char *person,
                            const char *role,
                            const char *seat);
void        hub_desk_free  (HubDesk    *self);
GPtrArray  *hub_desk_seal  (HubDesk    *self,
                            MashGroup  *group,
                            const char *said_at);
GPtrArray  *hub_desk_send  (HubDesk    *self,
                            GPtrArray  *group,
                            GError    **error);
MashAnswer *hub_desk_say   (HubDesk    *self,
                            MashGroup  *group);
void        hub_desk_tell  (HubDesk    *self,
                            MashGroup  *group,
                            const char *code);
char       *hub_desk_ask   (HubDesk    *self,
                            const char *sql);
void        hub_desk_assert (HubDesk   *self,
                            const char *sql,
                            const char *expected);
GPtrArray  *hub_desk_pull  (HubDesk    *self,
                            guint64     after,
                            GBytes     *chain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubDesk, hub_desk_free)
