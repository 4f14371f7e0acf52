/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "mash-set-str.h"

/* How long a step may take before the tour gives up, and how soon it looks again. */
#define PATIENCE (60 * G_USEC_PER_SEC)
#define LOOK_AGAIN 40

struct _MashTour
{
  GObject         parent_instance;

  MashService    *service;
  char           *folder;
  char           *contact;
  MashPaper      *paper;      /* what was made last to be printed */

  GtkApplication *application;
  MashWindow     *window;

  gint64          began_at;
  guint           timer;
  guint           step;
  guint           n_pictures;
  int             width;
  int             height;
  GBytes         *seen;       /* the screen as it was at the last look */
  guint           contrast : 1;
};

G_DEFINE_FINAL_TYPE (MashTour, mash_tour, G_TYPE_OBJECT)

static int n_complaints;

static gboolean on_look_cb (gpointer data);

/* Nothing in the program may complain on the way, whatever the pictures look like. */
static GLogWriterOutput
note_complaint (GLogLevelFlags   level,
                const GLogField *fields,
                gsize            n_fields,
                gpointer         user_data)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
    g_atomic_int_inc (&n_complaints);

  return g_log_writer_default (level, fields, n_fields, user_data);
}

/**
 * mash_tour_count_complaints:
 *
 * Returns: how many warnings there were since the first tour of this process
 */
guint
mash_tour_count_complaints (void)
{
  return (guint) g_atomic_int_get (&n_complaints);
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
  mash_tour_give_up (self, "The part in high contrast could not be begun");
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

/* Draws the window as it stands, by the toolkit's own renderer. */
static GdkTexture *
draw (MashTour *self)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* Whether the screen looks as it did at the last look: what is still being laid out, drawn or
 * filled does not. */
static gboolean
is_at_rest (MashTour   *self,
            GdkTexture *texture)
{
  gsize stride = 4 * (gsize) gdk_texture_get_width (texture);
  gsize size = stride * (gsize) gdk_texture_get_height (texture);
  guchar *pixels = g_malloc (size);
  g_autoptr (GBytes) seen = self->seen;

  gdk_texture_download (texture, pixels, stride);
  self->seen = g_bytes_new_take (pixels, size);

  return seen != NULL && g_bytes_equal (seen, self->seen);
}

static gboolean
save_picture (MashTour   *self,
              GdkTexture *texture,
              const char *name)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++self->n_pictures, name);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);

  return gdk_texture_save_to_png (texture, path);
}

/* Behind everything that the screen still has to do. */
static void
look_later (MashTour *self)
{
  self->timer = g_timeout_add_full (G_PRIORITY_LOW, LOOK_AGAIN, on_look_cb, self, NULL);
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
  g_clear_pointer (&self->seen, g_bytes_unref);
  if (steps[self->step].run != NULL)
    steps[self->step].run (self);
  look_later (self);
}

static gboolean
has_arrived (MashTour           *self,
             const MashTourStep *step)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (step->has_arrived != NULL && !step->has_arrived (self))
    return FALSE;
  if (step->picture == NULL)
    return TRUE;
  if (!step->keeps_toast && mash_tour_dismiss_toast (self))
    return FALSE;

  texture = draw (self);
  if (texture == NULL || !is_at_rest (self, texture))
    return FALSE;

  if (!save_picture (self, texture, step->picture))
    mash_tour_give_up (self, "The picture could not be written");

  return TRUE;
}

static gboolean
on_look_cb (gpointer data)
{
  MashTour *self = data;
  guint n_steps;
  const MashTourStep *step = &list_steps (self, &n_steps)[self->step];
  gboolean arrived = has_arrived (self, step);

  self->timer = 0;
  if (mash_tour_count_complaints () > 0)
    mash_tour_give_up (self, "Something complained");

  if (arrived)
    {
      self->step++;
      begin_step (self);
    }
  else if (g_get_monotonic_time () - self->began_at < PATIENCE)
    look_later (self);
  else
    mash_tour_give_up (self, "It did not arrive");

  return G_SOURCE_REMOVE;
}

static void
mash_tour_dispose (GObject *object)
{
  MashTour *self = MASH_TOUR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->seen, g_bytes_unref);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_tour_parent_class)->dispose (object);
}

static void
mash_tour_finalize (GObject *object)
{
  g_free (MASH_TOUR (object)->folder);
  g_free (MASH_TOUR (object)->contact);
  g_clear_pointer (&MASH_TOUR (object)->paper, mash_paper_unref);

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
  static gsize listens;
  MashTour *self = g_object_new (MASH_TYPE_TOUR, NULL);

  if (g_once_init_enter (&listens))
    {
      g_log_set_writer_func (note_complaint, NULL, NULL);
      g_once_init_leave (&listens, 1);
    }

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
      mash_tour_give_up (self, "The tour goes through training hubs only");
      return;
    }
  if (g_mkdir_with_parents (self->folder, 0700) < 0)
    {
      mash_tour_give_up (self, g_strerror (errno));
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

const char *
mash_tour_get_folder (MashTour *self)
{
  return self->folder;
}

/**
 * mash_tour_get_contact:
 * @self: a tour
 *
 * Returns: (nullable): the id of the contact that the tour leads through the hub
 */
const char *
mash_tour_get_contact (MashTour *self)
{
  return self->contact;
}

void
mash_tour_set_contact (MashTour   *self,
                       const char *contact)
{
  mash_set_str (&self->contact, contact);
}

/**
 * mash_tour_get_paper:
 * @self: a tour
 *
 * Returns: (transfer none) (nullable): what was made on the way to be printed
 */
MashPaper *
mash_tour_get_paper (MashTour *self)
{
  return self->paper;
}

void
mash_tour_set_paper (MashTour  *self,
                     MashPaper *paper)
{
  g_clear_pointer (&self->paper, mash_paper_unref);
  self->paper = mash_paper_ref (paper);
}

/**
 * mash_tour_give_up:
 * @self: a tour
 * @why: what went wrong, without personal data
 *
 * Says at which step, leaves a picture of where it stopped, and ends the program with status 1.
 */
void
mash_tour_give_up (MashTour   *self,
                   const char *why)
{
  guint n_steps;
  const MashTourStep *steps = list_steps (self, &n_steps);
  const char *picture = self->step < n_steps ? steps[self->step].picture : NULL;
  g_autoptr (GdkTexture) texture = gtk_widget_get_realized (GTK_WIDGET (self->window))
                                   ? draw (self) : NULL;

  g_printerr ("Step %u of the tour (%s): %s\n", self->step,
              picture != NULL ? picture : "no picture", why);
  if (texture != NULL)
    save_picture (self, texture, "where-it-stopped");
  exit (EXIT_FAILURE);
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
  g_object_set (settings, "gtk-xft-dpi", (int) (scale * 96 * 1024), NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
}

/**
 * mash_tour_room_is_taken:
 * @self: a tour
 *
 * A window that was pushed wider by large text is asked again once its lines have wrapped.
 *
 * Returns: whether the window has the size that was asked for
 */
gboolean
mash_tour_room_is_taken (MashTour *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self->window)) == self->width &&
      gtk_widget_get_height (GTK_WIDGET (self->window)) == self->height)
    return TRUE;

  gtk_window_set_default_size (GTK_WINDOW (self->window), self->width, self->height);

  return FALSE;
}
