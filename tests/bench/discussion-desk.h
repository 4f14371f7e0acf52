/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The desk’s side of a long discussion: opening it, and typing into it in the real window. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DiscussionDesk DiscussionDesk;

DiscussionDesk *discussion_desk_new          (const char     *folder);
void            discussion_desk_free         (DiscussionDesk *self);
void            discussion_desk_open         (DiscussionDesk *self,
                                              const char     *contact);
gboolean        discussion_desk_measure_keys (DiscussionDesk *self,
                                              const char     *full,
                                              const char     *empty,
                                              gboolean        is_short);

G_END_DECLS
