/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-application.h"

#include <glib/gi18n.h>

#include "mash-sentences.h"
#include "mash-service-hub.h"
#include "mash-tour.h"
#include "mash-window-state.h"
#include "mash-window.h"

/* Where the folder stands for the process that takes this one's place after a lock. */
#define FOLDER_VARIABLE "MASH_DESK_DATA"

/* Ends the word for that process where the desk locked because it was left. */
#define LEFT_MARK "-left"

/* The same where the hub had the person's database removed. */
#define REMOVED_MARK "-removed"

struct _MashApplication
{
  AdwApplication  parent_instance;

  MashService    *service;
  MashWindow     *window;
  MashTour       *tour;
  char           *folder;
  char           *tour_folder;
  char           *restart;

  int             contrast_from;
  guint           exits_after_startup : 1;
  guint           drawn : 1;     /* its first frame */
  guint           opened : 1;    /* the hub, or it could not be */
};

G_DEFINE_FINAL_TYPE (MashApplication, mash_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "win.tray::front-door", { "<Alt>1" } },
  { "win.tray::mine", { "<Alt>2" } },
  { "win.tray::requests", { "<Alt>3" } },
  { "win.tray::strategy", { "<Alt>4" } },
  { "win.tray::to-sign", { "<Alt>5" } },
  { "win.tray::waiting", { "<Alt>6" } },
  { "win.tray::returned", { "<Alt>7" } },
  { "win.tray::late", { "<Alt>8" } },
  { "win.new-contact", { "<Control>n" } },
  { "win.open-referral", { "<Control>o" } },
  { "win.find", { "<Control>f" } },
  { "win.link-proposals", { "<Control><Shift>p" } },
  { "win.save", { "<Control>s" } },
  { "win.main", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.next-missing", { "F8" } },
  { "win.fold-sidebar", { "F9" } },
  { "win.reports", { "<Alt>9" } },
  { "win.actions", { "<Alt>0" } },
  { "win.keys", { "<Control><Shift>k" } },
  { "win.back", { "<Alt>Left" } },
  { "win.cover", { "<Control><Shift>h" } },
  { "win.lock", { "<Control>l" } },
  { "win.help", { "F1" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  MashApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (self->window),
                         "application-name", _("MASH Desk"),
                         "application-icon", "uk.mash.Desk",
                         "version", PACKAGE_VERSION,
                         "comments", _("For the staff of a multi-agency safeguarding hub. It "
                                       "decides nothing in place of a person."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  MashApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

/* Which line of a training hub's list of people was chosen: it names nobody. */
static void
on_person_changed_cb (MashApplication *self)
{
  if (!mash_service_get_signed_in (self->service))
    return;

  g_free (self->restart);
  self->restart = g_strdup_printf ("%u", mash_window_get_chosen_person (self->window));
}

/* The end of the address space is the only complete wipe of what the toolkit held. A tour goes on
 * in the same process, for it holds invented people only. */
static void
on_signed_out_cb (MashApplication *self)
{
  g_autofree char *word = g_strconcat (self->restart != NULL ? self->restart : "0",
                                       mash_service_get_removed (self->service) ? REMOVED_MARK
                                       : mash_window_get_left (self->window) ? LEFT_MARK : "",
                                       NULL);

  if (self->tour == NULL)
    mash_service_restart_process (word);
}

/* What the process before this one had to say. */
static void
take_over (MashApplication *self)
{
  if (self->restart == NULL)
    return;

  mash_window_choose_person (self->window, (guint) g_ascii_strtoull (self->restart, NULL, 10));
  if (g_str_has_suffix (self->restart, LEFT_MARK))
    mash_window_tell_left (self->window);
  else if (g_str_has_suffix (self->restart, REMOVED_MARK))
    mash_window_tell_removed (self->window);
}

static gboolean
on_started_up_cb (gpointer data)
{
  g_application_quit (G_APPLICATION (data));

  return G_SOURCE_REMOVE;
}

/* Ends a start that is only measured. Not before the hub is open, or cannot be: its thread would
 * lose the ground under its feet. */
static void
end_when_started (MashApplication *self)
{
  if (self->exits_after_startup && self->drawn && self->opened)
    g_idle_add_full (G_PRIORITY_LOW, on_started_up_cb, self, NULL);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->opened = TRUE;
  end_when_started (self);
  if (mash_service_open_finish (MASH_SERVICE (source), result, &error))
    {
      take_over (self);
      if (self->tour != NULL)
        mash_tour_start (self->tour, self->window);
      else
        gtk_widget_grab_focus (GTK_WIDGET (self->window));
      return;
    }

  sentence = mash_sentence_for_error (error);
  if (self->tour_folder != NULL)
    {
      g_printerr ("%s\n", sentence);
      g_application_quit (G_APPLICATION (self));
    }
  else
    {
      mash_window_show_fault (self->window, sentence);
    }
}

/* Says so, for whoever measures how long it took. */
static void
on_first_frame_cb (MashApplication *self,
                   GdkFrameClock   *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame_cb, self);
  g_print ("first frame\n");
  self->drawn = TRUE;
  end_when_started (self);
}

static void
mash_application_activate (GApplication *application)
{
  MashApplication *self = MASH_APPLICATION (application);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }

  self->service = mash_service_new (self->folder);
  g_signal_connect_object (self->service, "signed-out", G_CALLBACK (on_signed_out_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->service, "notify::signed-in",
                           G_CALLBACK (on_person_changed_cb), self, G_CONNECT_SWAPPED);
  self->window = mash_window_new (GTK_APPLICATION (self), self->service);
  if (self->tour_folder == NULL)
    mash_window_state_keep (GTK_WINDOW (self->window));
  else
    self->tour = mash_tour_new (GTK_APPLICATION (self), self->service, self->tour_folder,
                                self->contrast_from);
  gtk_window_present (GTK_WINDOW (self->window));
  if (self->exits_after_startup)
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                             G_CALLBACK (on_first_frame_cb), self, G_CONNECT_SWAPPED);
  mash_service_open_async (self->service, NULL, on_opened_cb, g_object_ref (self));
}

static void
mash_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", about_cb },
    { "quit", quit_cb },
  };

  G_APPLICATION_CLASS (mash_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].keys);
}

/* A folder that was named, else the one that stood before the lock, else the desk's own. */
static char *
choose_folder (const char *given,
               gboolean    training)
{
  if (given != NULL)
    return g_canonicalize_filename (given, NULL);
  if (training)
    return g_build_filename (g_get_user_data_dir (), "mash-desk", "training", NULL);
  if (g_getenv (FOLDER_VARIABLE) != NULL)
    return g_strdup (g_getenv (FOLDER_VARIABLE));

  return g_build_filename (g_get_user_data_dir (), "mash-desk", "desk", NULL);
}

static int
mash_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  MashApplication *self = MASH_APPLICATION (application);
  g_autofree char *given = NULL;
  gboolean training = g_variant_dict_contains (options, "training");

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("MASH Desk %s\n", PACKAGE_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "data", "^ay", &given);
  g_variant_dict_lookup (options, "tour", "^ay", &self->tour_folder);
  if (!g_variant_dict_lookup (options, "tour-contrast", "i", &self->contrast_from))
    self->contrast_from = -1;
  g_variant_dict_lookup (options, "restart", "s", &self->restart);
  self->exits_after_startup = g_variant_dict_contains (options, "exit-after-startup");
  self->folder = choose_folder (given, training);
  g_setenv (FOLDER_VARIABLE, self->folder, TRUE);

  return -1;
}

static void
mash_application_dispose (GObject *object)
{
  MashApplication *self = MASH_APPLICATION (object);

  g_clear_object (&self->tour);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_application_parent_class)->dispose (object);
}

static void
mash_application_finalize (GObject *object)
{
  MashApplication *self = MASH_APPLICATION (object);

  g_free (self->folder);
  g_free (self->tour_folder);
  g_free (self->restart);

  G_OBJECT_CLASS (mash_application_parent_class)->finalize (object);
}

static void
mash_application_class_init (MashApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = mash_application_dispose;
  object_class->finalize = mash_application_finalize;
  application_class->activate = mash_application_activate;
  application_class->startup = mash_application_startup;
  application_class->handle_local_options = mash_application_handle_local_options;
}

static void
mash_application_init (MashApplication *self)
{
  static const GOptionEntry options[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the desk or hub in this folder"),
      N_("DIR") },
    { "training", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the training hub"), NULL },
    { "tour", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Go through the main job by itself and leave pictures in this folder"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say which version this is"), NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "tour-contrast", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, NULL },
    { "restart", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * mash_application_new:
 *
 * Returns: (transfer full): the application, ready to be run
 */
MashApplication *
mash_application_new (void)
{
  return g_object_new (MASH_TYPE_APPLICATION,
                       "application-id", "uk.mash.Desk",
                       "flags", G_APPLICATION_NON_UNIQUE,
                       NULL);
}
