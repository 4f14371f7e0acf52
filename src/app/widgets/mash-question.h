/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A question before something that cannot be taken back.
 *
 * The one place that knows which dialog of the toolkit asks it.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     mash_question_ask_async  (GtkWidget           *parent,
                                   const char          *heading,
                                   const char          *body,
                                   const char          *yes,
                                   gboolean             destructive,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean mash_question_ask_finish (GAsyncResult        *result);

G_END_DECLS
