/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "mash-field-input.h"

/* How long a step may take before the tour gives up, and how long the screen may come to rest. */
#define PATIENCE (30 * G_USEC_PER_SEC)
#define LOOK_AGAIN 40
#define REST 350
#define LOOKS_AT_REST 8

struct _MashTour
{
  GObject         parent_instance;

  MashService    *service;
  char           *folder;

  GtkApplication *application;
  MashWindow     *window;

  gint64          began_at;
  guint           timer;
  guint           step;
  guint           n_pictures;
  guint           n_at_rest;
  int             width;
  int             height;
  guint           contrast : 1;
};

G_DEFINE_FINAL_TYPE (MashTour, mash_tour, G_TYPE_OBJECT)

static gboolean on_look_cb (gpointer data);

static void
fail (MashTour *self)
{
  exit (EXIT_FAILURE);
}

/* High contrast cannot be asked of the toolkit while it runs: that part is another process. */
static void
go_on_in_high_contrast (MashTour *self)
{
  g_autofree char *from = g_strdup_printf ("--tour-contrast=%u", self->n_pictures);
  char *arguments[] = {
    (char *) "mash-desk", (char *) "--tour", self->folder, from, NULL,
  };

  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  execv ("/proc/self/exe", arguments);
  g_printerr ("The part in high contrast could not be begun\n");
  fail (self);
}

static void
finish (MashTour *self)
{
  if (!self->contrast)
    go_on_in_high_contrast (self);

  g_print ("%u pictures are in %s\n", self->n_pictures, self->folder);
  g_application_quit (G_APPLICATION (self->application));
}

static const MashTourStep *
list_steps (MashTour *self,
            guint    *n_steps)
{
  return mash_tour_list_steps (self->contrast, n_steps);
}

/* Draws the window as it stands into a file, by the toolkit's own renderer. */
static gboolean
take_picture (MashTour   *self,
              const char *name)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++self->n_pictures, name);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;

  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));

  return gdk_texture_save_to_png (texture, path);
}

static void
begin_step (MashTour *self)
{
  guint n_steps;
  const MashTourStep *steps = list_steps (self, &n_steps);

  if (self->step >= n_steps)
    {
      finish (self);
      return;
    }

  self->began_at = g_get_monotonic_time ();
  if (steps[self->step].run != NULL)
    steps[self->step].run (self);
  self->timer = g_timeout_add (LOOK_AGAIN, on_look_cb, self);
}

static gboolean
on_rested_cb (gpointer data)
{
  MashTour *self = data;
  guint n_steps;
  const MashTourStep *step = &list_steps (self, &n_steps)[self->step];

  self->timer = 0;
  if (step->picture != NULL && !take_picture (self, step->picture))
    {
      g_printerr ("The picture of step %u (%s) could not be written\n", self->step, step->picture);
      fail (self);
      return G_SOURCE_REMOVE;
    }

  self->step++;
  begin_step (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_look_cb (gpointer data)
{
  MashTour *self = data;
  guint n_steps;
  const MashTourStep *step = &list_steps (self, &n_steps)[self->step];

  if (step->has_arrived == NULL || step->has_arrived (self))
    {
      self->timer = g_timeout_add (step->picture != NULL ? REST : LOOK_AGAIN, on_rested_cb, self);
      return G_SOURCE_REMOVE;
    }

  if (g_get_monotonic_time () - self->began_at < PATIENCE)
    return G_SOURCE_CONTINUE;

  g_printerr ("Step %u of the tour (%s) did not arrive\n", self->step,
              step->picture != NULL ? step->picture : "no picture");
  take_picture (self, "where-it-stopped");
  fail (self);

  return G_SOURCE_REMOVE;
}

static void
mash_tour_dispose (GObject *object)
{
  MashTour *self = MASH_TOUR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_tour_parent_class)->dispose (object);
}

static void
mash_tour_finalize (GObject *object)
{
  g_free (MASH_TOUR (object)->folder);

  G_OBJECT_CLASS (mash_tour_parent_class)->finalize (object);
}

static void
mash_tour_class_init (MashTourClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_tour_dispose;
  object_class->finalize = mash_tour_finalize;
}

static void
mash_tour_init (MashTour *self)
{
}

/**
 * mash_tour_new:
 * @application: what is ended with the tour
 * @service: the service of a training hub
 * @folder: where the pictures go; it is made where it is missing
 * @contrast_from: how many pictures there are before the part in high contrast; -1 to begin with
 *   the first part
 *
 * Returns: (transfer full): a tour that has not begun
 */
MashTour *
mash_tour_new (GtkApplication *application,
               MashService    *service,
               const char     *folder,
               int             contrast_from)
{
  MashTour *self = g_object_new (MASH_TYPE_TOUR, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->contrast = contrast_from >= 0;
  self->n_pictures = (guint) MAX (contrast_from, 0);

  return self;
}

/**
 * mash_tour_start:
 * @self: a tour
 * @window: the window that it goes through
 *
 * Begins. A tour of a hub with real people is refused: its pictures would be of them.
 */
void
mash_tour_start (MashTour   *self,
                 MashWindow *window)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));

  g_return_if_fail (MASH_IS_TOUR (self));

  self->window = window;
  if (!mash_service_get_training (self->service))
    {
      g_printerr ("The tour goes through training hubs only\n");
      fail (self);
      return;
    }
  if (g_mkdir_with_parents (self->folder, 0700) < 0)
    {
      g_printerr ("The folder for the pictures cannot be made: %s\n", g_strerror (errno));
      fail (self);
      return;
    }

  g_object_set (settings,
                "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE,
                "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", ":close",
                NULL);
  gtk_widget_add_css_class (GTK_WIDGET (window), "mash-plain");
  begin_step (self);
}

MashService *
mash_tour_get_service (MashTour *self)
{
  return self->service;
}

MashWindow *
mash_tour_get_window (MashTour *self)
{
  return self->window;
}

static gboolean
is_called (GtkWidget  *widget,
           const char *label)
{
  if (label == NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), label);
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), label);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && is_called (child, label))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_below (GtkWidget  *widget,
            GType       type,
            const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) &&
      is_called (widget, label))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * mash_tour_find:
 * @self: a tour
 * @type: what kind of widget
 * @label: (nullable): how the words on it begin
 *
 * Returns: (transfer none) (nullable): the first such widget that is on the screen
 */
GtkWidget *
mash_tour_find (MashTour   *self,
                GType       type,
                const char *label)
{
  return find_below (GTK_WIDGET (self->window), type, label);
}

/**
 * mash_tour_activate:
 * @self: a tour
 * @action: an action of the window
 * @argument: (nullable): its argument
 */
void
mash_tour_activate (MashTour   *self,
                    const char *action,
                    const char *argument)
{
  if (argument != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->window), action, "s", argument);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL);
}

/**
 * mash_tour_press:
 * @self: a tour
 * @label: how the words on a button begin
 *
 * Presses that button, which must be on the screen and not grey.
 */
void
mash_tour_press (MashTour   *self,
                 const char *label)
{
  GtkWidget *button = mash_tour_find (self, GTK_TYPE_BUTTON, label);

  if (button != NULL && gtk_widget_is_sensitive (button))
    g_signal_emit_by_name (button, "clicked");
  else
    g_printerr ("There is no button “%s” to press\n", label);
}

static GtkWidget *
find_input (GtkWidget  *widget,
            const char *field)
{
  if (MASH_IS_FIELD_INPUT (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (mash_field_input_get_field (MASH_FIELD_INPUT (widget)), field) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_input (child, field);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * mash_tour_fill:
 * @self: a tour
 * @field: the name of a field that has an input on the screen
 * @value: what is put there, as it is kept
 */
void
mash_tour_fill (MashTour   *self,
                const char *field,
                const char *value)
{
  GtkWidget *input = find_input (GTK_WIDGET (self->window), field);
  GObject *object = input != NULL ? mash_field_input_get_object (MASH_FIELD_INPUT (input)) : NULL;

  if (MASH_IS_ENTITY (object))
    mash_entity_set_text (MASH_ENTITY (object), field, value);
  else
    g_printerr ("There is no place for “%s”\n", field);
}

/**
 * mash_tour_write_out:
 * @self: a tour
 * @resource: the path of something that is part of the program
 *
 * Writes it beside the pictures, as a file that somebody may have been sent.
 *
 * Returns: (transfer full): the name of the file
 */
char *
mash_tour_write_out (MashTour   *self,
                     const char *resource)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, 0, NULL);
  g_autofree char *name = g_path_get_basename (resource);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);

  if (bytes == NULL ||
      !g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes), &error))
    g_printerr ("%s could not be written\n", name);

  return path;
}

/**
 * mash_tour_set_room:
 * @self: a tour
 * @width: of the window, in pixels
 * @height: of the window, in pixels
 * @scale: how much larger than usual the text is
 */
void
mash_tour_set_room (MashTour *self,
                    int       width,
                    int       height,
                    double    scale)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self->window));

  self->width = width;
  self->height = height;
  self->n_at_rest = 0;
  g_object_set (settings, "gtk-xft-dpi", (int) (scale * 96 * 1024), NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
}

/**
 * mash_tour_room_is_taken:
 * @self: a tour
 *
 * A window that was pushed wider by large text is asked again once its lines have wrapped.
 *
 * Returns: whether the window has had the size that was asked for, for a while
 */
gboolean
mash_tour_room_is_taken (MashTour *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self->window)) == self->width &&
      gtk_widget_get_height (GTK_WIDGET (self->window)) == self->height)
    return ++self->n_at_rest > LOOKS_AT_REST;

  self->n_at_rest = 0;
  gtk_window_set_default_size (GTK_WINDOW (self->window), self->width, self->height);

  return FALSE;
}
