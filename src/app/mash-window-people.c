/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-window-private.h"

#include <glib/gi18n.h>

#include "mash-file-picker.h"
#include "mash-reports-page.h"
#include "mash-same-page.h"
#include "mash-sentences.h"
#include "mash-service-import.h"

/* An import under way: the dialog shows how far it is, and its one button stops it. */
typedef struct
{
  MashWindow       *window;
  AdwMessageDialog *dialog;
  GCancellable     *cancellable;
} Import;

static void
show_page (MashWindow *self,
           MashPage   *page)
{
  g_object_set (page, "minute", self->minute, NULL);
  mash_window_set_page (self, page);
}

static void
same_person_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  const char *person, *other;

  g_variant_get (parameter, "(&s&s)", &person, &other);
  if (mash_window_is_usable (self))
    show_page (self, mash_same_page_new (self->service, person, *other != '\0' ? other : NULL));
}

static void
link_proposals_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self))
    show_page (self, mash_same_page_new (self->service, NULL, NULL));
}

static void
on_progress_cb (guint    done,
                guint    rows,
                gpointer data)
{
  Import *import = data;
  g_autofree char *words = g_strdup_printf (_("%u of %u rows"), done, rows);

  if (import->dialog != NULL)
    adw_message_dialog_set_body (import->dialog, words);
}

/* What was done, then the first of the rows that could not be taken. */
static void
tell (AdwMessageDialog       *dialog,
      const MashImportReport *report)
{
  g_autofree char *words = mash_import_report_dup_words (report);
  g_autoptr (GString) body = g_string_new (words);

  for (guint i = 0; i < report->sentences->len && i < 8; i++)
    g_string_append_printf (body, "\n%s", (const char *) g_ptr_array_index (report->sentences, i));
  adw_message_dialog_set_heading (dialog, _("Import done"));
  adw_message_dialog_set_body (dialog, body->str);
}

static void
on_imported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashImportReport) report = mash_service_import_rows_finish (MASH_SERVICE (source),
                                                                         result, &error);

  if (import->dialog != NULL && report != NULL)
    tell (import->dialog, report);
  if (report != NULL && report->new_counts + report->changed_counts > 0 &&
      MASH_IS_REPORTS_PAGE (import->window->page))
    mash_page_enter (import->window->page);
  if (import->dialog != NULL && report == NULL)
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      adw_message_dialog_set_heading (import->dialog, _("The file was not taken in"));
      adw_message_dialog_set_body (import->dialog, sentence);
    }
  if (import->dialog != NULL)
    {
      adw_message_dialog_set_response_label (import->dialog, "stop", _("_Close"));
      g_object_remove_weak_pointer (G_OBJECT (import->dialog), (gpointer *) &import->dialog);
    }
  g_object_unref (import->window);
  g_object_unref (import->cancellable);
  g_free (import);
}

/* Takes the rows of @file in, and says in a dialog how far it is and what came of it. */
void
mash_window_import_people (MashWindow *self,
                           GFile      *file)
{
  Import *import = g_new0 (Import, 1);

  import->window = g_object_ref (self);
  import->cancellable = g_cancellable_new ();
  import->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self),
                                                               _("Taking in the rows of a file"),
                                                               _("Reading the file…")));
  adw_message_dialog_add_response (import->dialog, "stop", _("_Cancel"));
  g_object_add_weak_pointer (G_OBJECT (import->dialog), (gpointer *) &import->dialog);
  g_signal_connect_object (import->dialog, "response", G_CALLBACK (g_cancellable_cancel),
                           import->cancellable, G_CONNECT_SWAPPED);
  mash_service_import_rows_async (self->service, file, MASH_IMPORT_GOOD_ROWS, on_progress_cb,
                                  import, import->cancellable, on_imported_cb, import);
  gtk_window_present (GTK_WINDOW (import->dialog));
}

static void
on_picked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (GFile) file = mash_file_picker_open_finish (result);

  if (file != NULL && mash_window_is_usable (self))
    mash_window_import_people (self, file);
}

static void
import_people_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self))
    mash_file_picker_open_async (widget, _("Import people, episodes or counts"),
                                 _("CSV files"), "*.csv", on_picked_cb, g_object_ref (self));
}

/* What the window does about people who stand in other records or in other systems. */
void
mash_window_class_install_people (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.same-person", "(ss)", same_person_cb);
  gtk_widget_class_install_action (widget_class, "win.link-proposals", NULL, link_proposals_cb);
  gtk_widget_class_install_action (widget_class, "win.import-people", NULL, import_people_cb);
}
