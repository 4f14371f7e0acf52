/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-view.h"

#include <glib/gi18n-lib.h>

#include "mash-paper-layout.h"
#include "mash-paper-pdf.h"

/* How long one step of setting may take: well within a frame. */
#define STEP_USEC 4000

struct _MashPaperView
{
  AdwBin           parent_instance;

  /* Template children */
  GtkDrawingArea  *area;
  GtkTextView     *text;
  GtkLabel        *which;

  /* Owned */
  MashPaper       *paper;
  MashPaperLayout *layout;
  guint            setting;     /* source */
  guint            page;
};

G_DEFINE_FINAL_TYPE (MashPaperView, mash_paper_view, ADW_TYPE_BIN)

/* 0 until all is set. */
static guint
count_pages (MashPaperView *self)
{
  return self->layout != NULL && self->setting == 0
         ? mash_paper_layout_get_n_pages (self->layout) : 0;
}

static void
show_page (MashPaperView *self)
{
  guint n = count_pages (self);
  g_autofree char *words = n > 0
                           /* Translators: the number of a page, and how many there are. */
                           ? g_strdup_printf (_("Page %u of %u"), self->page + 1, n)
                           : g_strdup (_("The pages are being set"));

  gtk_label_set_label (self->which, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.previous", n > 0 && self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.next", self->page + 1 < n);
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        data)
{
  MashPaperView *self = data;
  double scale = MIN (width / MASH_PAPER_WIDTH, height / MASH_PAPER_HEIGHT);

  cairo_translate (cr, (width - scale * MASH_PAPER_WIDTH) / 2, 0);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0, 0, MASH_PAPER_WIDTH, MASH_PAPER_HEIGHT);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  if (count_pages (self) > self->page)
    mash_paper_layout_draw (self->layout, cr, self->page);
}

static gboolean
set_cb (gpointer data)
{
  MashPaperView *self = data;

  if (!mash_paper_layout_step (self->layout, STEP_USEC))
    return G_SOURCE_CONTINUE;

  self->setting = 0;
  self->page = MIN (self->page, mash_paper_layout_get_n_pages (self->layout) - 1);
  show_page (self);

  return G_SOURCE_REMOVE;
}

static void
forget (MashPaperView *self)
{
  g_clear_handle_id (&self->setting, g_source_remove);
  g_clear_pointer (&self->layout, mash_paper_layout_free);
  g_clear_pointer (&self->paper, mash_paper_unref);
}

static void
turn_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashPaperView *self = MASH_PAPER_VIEW (widget);

  if (g_str_equal (action_name, "paper.next"))
    self->page++;
  else
    self->page--;
  show_page (self);
}

static void
mash_paper_view_dispose (GObject *object)
{
  MashPaperView *self = MASH_PAPER_VIEW (object);

  forget (self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_PAPER_VIEW);

  G_OBJECT_CLASS (mash_paper_view_parent_class)->dispose (object);
}

static void
mash_paper_view_class_init (MashPaperViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_paper_view_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-paper-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MashPaperView, area);
  gtk_widget_class_bind_template_child (widget_class, MashPaperView, text);
  gtk_widget_class_bind_template_child (widget_class, MashPaperView, which);
  gtk_widget_class_install_action (widget_class, "paper.previous", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "paper.next", NULL, turn_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK,
                                       "paper.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "paper.next", NULL);
}

static void
mash_paper_view_init (MashPaperView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->area, draw_cb, self, NULL);
  show_page (self);
}

/**
 * mash_paper_view_set_paper:
 * @self: a view
 * @paper: what it shows
 *
 * Sets the pages in steps, so that a long paper holds nothing up.
 */
void
mash_paper_view_set_paper (MashPaperView *self,
                           MashPaper     *paper)
{
  g_autofree char *text = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_if_fail (MASH_IS_PAPER_VIEW (self));
  g_return_if_fail (paper != NULL);

  forget (self);
  self->paper = mash_paper_ref (paper);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cr = cairo_create (surface);
  self->layout = mash_paper_layout_new (paper, cr, MASH_PAPER_WIDTH, MASH_PAPER_HEIGHT);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  text = mash_paper_dup_text (paper);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  self->setting = g_idle_add (set_cb, self);
  show_page (self);
}

/**
 * mash_paper_view_get_n_pages:
 * @self: a view
 *
 * Returns: how many pages it shows, 0 until they are set
 */
guint
mash_paper_view_get_n_pages (MashPaperView *self)
{
  g_return_val_if_fail (MASH_IS_PAPER_VIEW (self), 0);

  return count_pages (self);
}
