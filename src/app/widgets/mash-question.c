/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
on_response_cb (GTask      *task,
                const char *response)
{
  g_task_return_boolean (task, g_strcmp0 (response, "yes") == 0);
  g_object_unref (task);
}

/**
 * mash_question_ask_async:
 * @parent: a widget of the window that asks
 * @heading: the question
 * @body: what would happen, as plain text
 * @yes: the word on the button that does it
 * @destructive: whether that button is red
 * @callback: called with the answer
 * @user_data: passed to @callback
 */
void
mash_question_ask_async (GtkWidget           *parent,
                         const char          *heading,
                         const char          *body,
                         const char          *yes,
                         gboolean             destructive,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkWidget *dialog = adw_message_dialog_new (window, heading, body);

  g_task_set_source_tag (task, mash_question_ask_async);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "no", _("_Cancel"), "yes", yes,
                                    NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), destructive ? "no" : "yes");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * mash_question_ask_finish:
 * @result: what the callback was given
 *
 * Returns: whether the answer was yes
 */
gboolean
mash_question_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
