/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "timeline-scroll.h"

#include <adwaita.h>
#include <stdlib.h>

#include "bench-call.h"
#include "mash-contact-page-private.h"
#include "mash-service.h"
#include "mash-small-hub.h"
#include "mash-window-private.h"

#define PLAIN_ROWS 1000

/* What a row of a timeline says, column by column. */
#define ROW \
  "%02u Feb 2021\n%02u:24\t\342\227\217 %s\tWhat the %s told of the day\n" \
  "They rang about number %u and said that the %s would write to the family within the week\t" \
  "Relative %c\tChildren’s services"
#define STRING "Row %u of a plain list of strings"

/* A turn of the wheel, and how many make a turn of the benchmark. It is no multiple of a row's
 * height: rows would come to lie on rows, and what they have in common would not be drawn again. */
#define STEP 100
#define FRAMES 60

/* How long the window may take to come to rest. */
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)

/* A list on the screen, and what its window worked on its last frame. */
typedef struct
{
  GtkWidget     *window;
  GtkWidget     *list;
  GtkAdjustment *place;
  gint64         began;
  gint64         worked;
  guint          n_frames;
} Shown;

struct _TimelineScroll
{
  AdwApplication  *application;
  MashService     *service;
  BenchCall        call;
  MashContactFile *file;
  MashContactPage *page;
  Shown            ours;
  Shown            plain;
  Shown            strings;
};

static void
on_frame_begins_cb (GdkFrameClock *clock,
                    Shown         *shown)
{
  shown->began = g_get_monotonic_time ();
}

static void
on_painted_cb (GdkFrameClock *clock,
               Shown         *shown)
{
  shown->worked = g_get_monotonic_time () - shown->began;
  shown->n_frames++;
}

static void
show (Shown *shown)
{
  GdkFrameClock *clock;

  gtk_window_present (GTK_WINDOW (shown->window));
  clock = gtk_widget_get_frame_clock (shown->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_frame_begins_cb), shown);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_painted_cb), shown);
}

static void
wait_for_frame (Shown *shown)
{
  guint seen = shown->n_frames;

  gtk_widget_queue_draw (shown->window);
  while (shown->n_frames == seen)
    g_main_context_iteration (NULL, TRUE);
}

/* The work of a frame is what moving the list costs and what drawing it costs, without the wait for
 * the next tick of the screen. Half of the way goes down, half back up. */
static double
scroll (Shown *shown)
{
  double start = (gtk_adjustment_get_upper (shown->place) -
                  gtk_adjustment_get_page_size (shown->place)) / 3;
  gint64 worked = 0;

  gtk_adjustment_set_value (shown->place, start);
  wait_for_frame (shown);
  for (guint i = 0; i < FRAMES; i++)
    {
      guint seen = shown->n_frames;
      gint64 began = g_get_monotonic_time ();

      gtk_adjustment_set_value (shown->place, gtk_adjustment_get_value (shown->place) +
                                (i < FRAMES / 2 ? STEP : -STEP));
      worked += g_get_monotonic_time () - began;
      while (shown->n_frames == seen)
        g_main_context_iteration (NULL, TRUE);
      worked += shown->worked;
    }

  return (double) worked / FRAMES / G_USEC_PER_SEC;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
open_window (TimelineScroll *self,
             const char     *folder)
{
  g_autoptr (GError) error = NULL;

  self->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (self->application), NULL, &error);
  bench_stop_if (error);
  self->service = mash_service_new (folder);
  mash_service_open_async (self->service, NULL, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_open_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);
  self->ours.window = GTK_WIDGET (mash_window_new (GTK_APPLICATION (self->application),
                                                   self->service));
  mash_service_sign_in_async (self->service, MASH_SMALL_HUB_WORKER, MASH_SMALL_HUB_PASSPHRASE, NULL,
                              bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_sign_in_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);
  gtk_window_set_default_size (GTK_WINDOW (self->ours.window), 1440, 900);
  show (&self->ours);
}

static guint
count_rows (TimelineScroll *self)
{
  GtkWidget *table = find (GTK_WIDGET (self->page->timeline), GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  return g_list_model_get_n_items (G_LIST_MODEL (rows));
}

static void
open_timeline (TimelineScroll *self,
               const char     *contact)
{
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + PATIENCE_USEC;
  GtkWidget *table;

  mash_service_open_contact_async (self->service, contact, NULL, bench_call_done_cb,
                                   bench_call_begin (&self->call));
  self->file = mash_service_open_contact_finish (self->service, bench_call_wait (&self->call),
                                                 &error);
  bench_stop_if (error);
  self->page = MASH_CONTACT_PAGE (mash_contact_page_new (self->service, self->file));
  mash_window_show_stage (MASH_WINDOW (self->ours.window));
  mash_window_set_page (MASH_WINDOW (self->ours.window), MASH_PAGE (self->page));
  mash_contact_page_set_tab (self->page, "timeline");
  while (count_rows (self) == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (&self->ours);

  table = find (GTK_WIDGET (self->page->timeline), GTK_TYPE_COLUMN_VIEW);
  self->ours.list = gtk_widget_get_ancestor (table, GTK_TYPE_SCROLLED_WINDOW);
  self->ours.place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->ours.list));
}

static void
set_up_cell_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

/* Of a row’s words, which tabs part, the column shows its own. */
static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  column)
{
  GtkStringObject *row = gtk_list_item_get_item (item);
  g_auto (GStrv) words = g_strsplit (gtk_string_object_get_string (row), "\t", -1);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), words[GPOINTER_TO_INT (column)]);
}

static GtkListItemFactory *
new_factory (int column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cell_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GINT_TO_POINTER (column));

  return factory;
}

/* As large as the timeline’s list. */
static void
open_plain (TimelineScroll *self,
            Shown          *shown,
            GtkWidget      *view)
{
  shown->list = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (shown->list), view);
  shown->window = gtk_window_new ();
  shown->place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (shown->list));
  gtk_window_set_decorated (GTK_WINDOW (shown->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (shown->window), shown->list);
  gtk_window_set_default_size (GTK_WINDOW (shown->window),
                               gtk_widget_get_width (self->ours.list),
                               gtk_widget_get_height (self->ours.list));
  show (shown);
  wait_for_frame (shown);
}

/* No two neighbours say the same, as in a timeline. */
static char *
dup_row (guint i)
{
  static const char *const weights[] = { "Routine", "Notable", "Critical" };
  static const char *const words[] = {
    "school", "nursery", "police", "midwife", "surgery", "housing", "grandmother",
  };
  const char *word = words[i % G_N_ELEMENTS (words)];

  return g_strdup_printf (ROW, i % 28 + 1, i % 24, weights[i % G_N_ELEMENTS (weights)], word, i,
                          word, (char) ('A' + i % 12));
}

static GtkSelectionModel *
new_rows (gboolean as_timeline)
{
  GtkStringList *rows = gtk_string_list_new (NULL);

  for (guint i = 0; i < PLAIN_ROWS; i++)
    gtk_string_list_take (rows, as_timeline ? dup_row (i) : g_strdup_printf (STRING, i));

  return GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows)));
}

/* The toolkit’s table with its labels, which show the words that a timeline shows. */
static GtkWidget *
new_table (void)
{
  static const int widths[] = { 120, 110, -1, 160, 190 };
  GtkWidget *table = gtk_column_view_new (new_rows (TRUE));

  for (int i = 0; i < (int) G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Column",
                                                                           new_factory (i));

      gtk_column_view_column_set_fixed_width (column, widths[i]);
      gtk_column_view_column_set_expand (column, widths[i] < 0);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (table), column);
    }

  return table;
}

/**
 * timeline_scroll_new:
 * @folder: the folder of a small hub, which is closed
 * @contact: the id of the contact whose timeline is shown
 *
 * Opens the window on it, and plain lists.
 *
 * Returns: (transfer full): all of them, to be scrolled; the program ends where the hub cannot be
 *   opened
 */
TimelineScroll *
timeline_scroll_new (const char *folder,
                     const char *contact)
{
  TimelineScroll *self = g_new0 (TimelineScroll, 1);

  adw_init ();
  open_window (self, folder);
  open_timeline (self, contact);
  open_plain (self, &self->plain, new_table ());
  open_plain (self, &self->strings,
              gtk_list_view_new (new_rows (FALSE), new_factory (0)));

  return self;
}

/**
 * timeline_scroll_ours:
 * @data: a TimelineScroll
 *
 * Returns: the work of one frame while the timeline scrolls, in seconds
 */
double
timeline_scroll_ours (gpointer data)
{
  return scroll (&((TimelineScroll *) data)->ours);
}

/**
 * timeline_scroll_plain:
 * @data: a TimelineScroll
 *
 * Returns: the work of one frame while the plain list of the same words scrolls, in seconds
 */
double
timeline_scroll_plain (gpointer data)
{
  return scroll (&((TimelineScroll *) data)->plain);
}

/**
 * timeline_scroll_strings:
 * @data: a TimelineScroll
 *
 * Returns: the work of one frame while a list of one short string a row scrolls, in seconds
 */
double
timeline_scroll_strings (gpointer data)
{
  return scroll (&((TimelineScroll *) data)->strings);
}

void
timeline_scroll_free (TimelineScroll *self)
{
  gtk_window_destroy (GTK_WINDOW (self->strings.window));
  gtk_window_destroy (GTK_WINDOW (self->plain.window));
  gtk_window_destroy (GTK_WINDOW (self->ours.window));
  g_clear_object (&self->file);
  mash_service_lock_async (self->service, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_lock_finish (self->service, bench_call_wait (&self->call), NULL);
  g_clear_object (&self->call.result);
  g_clear_object (&self->service);
  g_clear_object (&self->application);
  g_free (self);
}
