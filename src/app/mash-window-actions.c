/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <glib/gi18n.h>

#include "mash-assign.h"
#include "mash-board-page.h"
#include "mash-contact-page.h"
#include "mash-drift-page.h"
#include "mash-file-picker.h"
#include "mash-help-window.h"
#include "mash-keys-page.h"
#include "mash-rota-page.h"
#include "mash-sentences.h"
#include "mash-service-reports.h"
#include "mash-tray-info.h"
#include "mash-window-private.h"

static void
say_error (MashWindow *self,
           GError     *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *sentence = NULL;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = mash_sentence_for_error (owned);
  mash_window_say (self, sentence);
}

static void
tray_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashTrayId tray;

  if (mash_window_is_usable (MASH_WINDOW (widget)) &&
      mash_tray_info_find (g_variant_get_string (parameter, NULL), &tray))
    mash_window_show_tray (MASH_WINDOW (widget), tray);
}

/* Opens the page of a contact, or of one that is to be. */
void
mash_window_show_file (MashWindow      *self,
                       MashContactFile *file)
{
  MashPage *page = mash_contact_page_new (self->service, file);

  g_object_set (page, "minute", self->minute, NULL);
  mash_window_set_page (self, page);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (MashContactFile) file = NULL;
  GError *error = NULL;

  file = mash_service_open_contact_finish (MASH_SERVICE (source), result, &error);
  if (file == NULL)
    say_error (self, error);
  else if (mash_service_get_signed_in (self->service))
    mash_window_show_file (self, file);
}

static void
open_contact_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self))
    mash_service_open_contact_async (self->service, g_variant_get_string (parameter, NULL), NULL,
                                     on_opened_cb, g_object_ref (self));
}

/* A contact at one of its discussions: what is asked for waits until the contact is read. */
typedef struct
{
  MashWindow *window;
  char      **place;  /* ids of the contact and of the discussion, and the part of its record */
} Opening;

static void
on_discussion_opened_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  Opening *opening = user_data;
  g_autoptr (MashWindow) self = opening->window;
  g_auto (GStrv) place = opening->place;
  g_autoptr (MashContactFile) file = NULL;
  GError *error = NULL;

  g_free (opening);
  file = mash_service_open_contact_finish (MASH_SERVICE (source), result, &error);
  if (file == NULL)
    {
      say_error (self, error);
      return;
    }
  if (!mash_service_get_signed_in (self->service))
    return;

  mash_window_show_file (self, file);
  mash_contact_page_show_discussion (MASH_CONTACT_PAGE (mash_window_get_page (self)), place[1],
                                     place[2]);
}

static void
open_discussion_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  g_auto (GStrv) place = g_strsplit (g_variant_get_string (parameter, NULL), " ", 3);
  Opening *opening;

  if (!mash_window_is_usable (self) || g_strv_length (place) != 3)
    return;

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->place = g_steal_pointer (&place);
  mash_service_open_contact_async (self->service, opening->place[0], NULL,
                                   on_discussion_opened_cb, opening);
}

static void
new_contact_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  g_autoptr (MashContactFile) file = NULL;

  if (!mash_window_is_usable (self))
    return;

  file = mash_service_new_contact (self->service);
  mash_window_show_file (self, file);
}

static void
on_imported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autofree char *contact = NULL;
  gboolean known = FALSE;
  GError *error = NULL;

  g_object_set (self->banner, "revealed", FALSE, NULL);
  contact = mash_service_import_finish (MASH_SERVICE (source), result, &known, &error);
  if (contact == NULL)
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      g_error_free (error);
      g_object_set (self->banner,
                    "title", sentence,
                    "button-label", _("Close"),
                    "warns", TRUE,
                    "revealed", TRUE,
                    NULL);
      return;
    }

  mash_window_say (self, known ? _("This file was taken in before: here is its contact")
                               : _("Taken in. The original stands beside the form."));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-contact", "s", contact);
}

static void
import_file (MashWindow *self,
             GFile      *file)
{
  g_object_set (self->banner,
                "title", _("Reading the referral…"),
                "button-label", NULL,
                "warns", FALSE,
                "revealed", TRUE,
                NULL);
  mash_service_import_async (self->service, file, NULL, on_imported_cb, g_object_ref (self));
}

static void
on_file_picked_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GFile) file = mash_file_picker_open_finish (result);

  if (file != NULL && mash_window_is_usable (MASH_WINDOW (source)))
    import_file (MASH_WINDOW (source), file);
}

static void
open_referral_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  if (mash_window_is_usable (MASH_WINDOW (widget)))
    mash_file_picker_open_async (widget, _("Open referral"), _("Referral files"), "*.xml",
                                 on_file_picked_cb, NULL);
}

static void
import_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  if (mash_window_is_usable (MASH_WINDOW (widget)))
    import_file (MASH_WINDOW (widget), file);
}

/* A page that stays once it has been shown; until then nothing of it is made, because the desk is
 * to be there soon. */
static GtkWidget *
add_page (MashWindow *self,
          GtkWidget  *page)
{
  g_object_set (page, "service", self->service, "minute", self->minute, NULL);
  gtk_stack_add_child (self->pages, page);

  return page;
}

MashSearchPage *
mash_window_need_search_page (MashWindow *self)
{
  if (self->search_page == NULL)
    self->search_page = MASH_SEARCH_PAGE (add_page (self, mash_search_page_new ()));

  return self->search_page;
}

static void
find_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_window_is_usable (self))
    return;

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    mash_window_set_page (self, MASH_PAGE (mash_window_need_search_page (self)));
}

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_window_is_usable (self))
    return;

  mash_search_page_search (mash_window_need_search_page (self),
                           g_variant_get_string (parameter, NULL));
  mash_window_set_page (self, MASH_PAGE (self->search_page));
}

static void
reports_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_window_is_usable (self))
    return;

  if (self->reports_page == NULL)
    self->reports_page = MASH_REPORTS_PAGE (add_page (self, mash_reports_page_new ()));
  if (mash_service_may_run_reports (self->service))
    mash_window_set_page (self, MASH_PAGE (self->reports_page));
  else
    mash_window_say (self, _("Your role does not run reports"));
}

static void
actions_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  MashPage *page;

  if (!mash_window_is_usable (self))
    return;

  page = mash_board_page_new (self->service);
  g_object_set (page, "minute", self->minute, NULL);
  mash_window_set_page (self, page);
}

static void
drift_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_window_is_usable (self))
    return;

  if (mash_service_may_run_reports (self->service))
    mash_window_set_page (self, mash_drift_page_new (self->service));
  else
    mash_window_say (self, _("Your role does not run reports"));
}

static void
main_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self) && self->page != NULL)
    mash_page_run_main (self->page);
}

static void
save_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self) && self->page != NULL)
    mash_page_save_now (self->page);
}

static void
next_missing_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self) && self->page != NULL)
    mash_page_next_missing (self->page);
}

static void
back_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self))
    mash_window_show_tray (self, mash_tray_page_get_tray (self->tray_page));
}

/* What the page shows is not at this desk any more: it goes from under a cover, too. */
static void
put_away_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  mash_window_show_tray (self, mash_tray_page_get_tray (self->tray_page));
}

static void
fold_sidebar_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  mash_window_swap_fold (MASH_WINDOW (widget));
}

static void
cover_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (!mash_service_get_signed_in (self->service))
    return;

  self->covered = !self->covered;
  mash_window_show_stage (self);
}

static void
lock_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  mash_window_lock (MASH_WINDOW (widget));
}

static void
help_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  g_autofree char *topic = NULL;

  if (mash_window_is_usable (self) && self->page != NULL)
    g_object_get (self->page, "help-topic", &topic, NULL);
  mash_help_window_open (GTK_WINDOW (self), topic != NULL ? topic : "sign-in");
}

/* What lists the keys is made when it is asked for: under the name that the toolkit looks for it
 * would be made with the window, before the first frame. */
static void
show_keys_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      builder = gtk_builder_new_from_resource ("/uk/mash/Desk/ui/gtk/help-overlay.ui");
      gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static void
say_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  mash_window_say (MASH_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
say_undo_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const char *sentence;
  const char *deed;
  const char *contact;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_variant_get (parameter, "(&s&s&s)", &sentence, &deed, &contact);
  escaped = g_markup_escape_text (sentence, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "(ss)", deed, contact);
  adw_toast_overlay_add_toast (MASH_WINDOW (widget)->toasts, toast);
}

static void
on_undone_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  GError *error = NULL;

  if (mash_assign_finish (result, &error))
    mash_window_say (self, _("Undone"));
  else
    say_error (self, error);
}

static void
on_undo_submitted_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    mash_window_say (self, _("Undone"));
  else
    say_error (self, error);
}

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);
  g_autoptr (MashGroup) group = NULL;
  const char *deed;
  const char *contact;

  g_variant_get (parameter, "(&s&s)", &deed, &contact);
  if (!mash_window_is_usable (self))
    return;

  if (g_str_equal (deed, "release"))
    {
      mash_assign_async (self->service, contact, deed, NULL, on_undone_cb, g_object_ref (self));
      return;
    }

  /* What was taken out of a contact is put in anew by its page. */
  if (g_str_equal (deed, "put-back"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->page), "contact.put-back", "s", contact);
      return;
    }

  group = mash_group_new (deed, contact);
  mash_service_submit_async (self->service, group, NULL, on_undo_submitted_cb,
                             g_object_ref (self));
}

static void
keys_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  MashPage *page;

  if (!mash_window_is_usable (self))
    return;

  page = mash_keys_page_new (self->service);
  g_signal_connect_object (page, "restore", G_CALLBACK (mash_window_restore), self,
                           G_CONNECT_SWAPPED);
  mash_window_set_page (self, page);
}

static void
rota_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (mash_window_is_usable (self))
    mash_window_set_page (self, mash_rota_page_new (self->service));
}

void
mash_window_class_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                    *name;
    const char                    *type;
    GtkWidgetActionActivateFunc    run;
  } actions[] = {
    { "win.tray", "s", tray_cb },
    { "win.open-contact", "s", open_contact_cb },
    { "win.open-discussion", "s", open_discussion_cb },
    { "win.new-contact", NULL, new_contact_cb },
    { "win.open-referral", NULL, open_referral_cb },
    { "win.import", "s", import_cb },
    { "win.find", NULL, find_cb },
    { "win.search", "s", search_cb },
    { "win.actions", NULL, actions_cb },
    { "win.reports", NULL, reports_cb },
    { "win.drift", NULL, drift_cb },
    { "win.main", NULL, main_cb },
    { "win.save", NULL, save_cb },
    { "win.next-missing", NULL, next_missing_cb },
    { "win.back", NULL, back_cb },
    { "win.put-away", NULL, put_away_cb },
    { "win.fold-sidebar", NULL, fold_sidebar_cb },
    { "win.cover", NULL, cover_cb },
    { "win.lock", NULL, lock_cb },
    { "win.help", NULL, help_cb },
    { "win.show-help-overlay", NULL, show_keys_cb },
    { "win.say", "s", say_cb },
    { "win.say-undo", "(sss)", say_undo_cb },
    { "win.undo", "(ss)", undo_cb },
    { "win.keys", NULL, keys_cb },
    { "win.rota", NULL, rota_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].run);
  mash_window_class_install_people (widget_class);
  mash_window_class_install_restore (widget_class);
  mash_window_class_install_verify (widget_class);
}
