/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "discussion-desk.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-call.h"
#include "mash-bench.h"
#include "mash-contact-page-private.h"
#include "mash-service.h"
#include "mash-small-hub.h"
#include "mash-strategy-tab.h"
#include "mash-window-private.h"

/* How many letters are typed before the field is emptied, so that what is long is the discussion
 * and not the line. */
#define LINE 60

#define TARGET 1.5

/* A contact in the window, and where letters go. */
typedef struct
{
  GtkWidget       *window;
  MashContactPage *page;
  MashContactFile *file;
  GtkTextBuffer   *text;
  guint            n_typed;
  guint            n_frames;
  GArray          *times;
} Shown;

struct _DiscussionDesk
{
  AdwApplication *application;
  MashService    *service;
  BenchCall       call;
  Shown           full;
  Shown           empty;
};

static MashContactFile *
open_file (DiscussionDesk *self,
           const char     *contact)
{
  g_autoptr (GError) error = NULL;
  MashContactFile *file;

  mash_service_open_contact_async (self->service, contact, NULL, bench_call_done_cb,
                                   bench_call_begin (&self->call));
  file = mash_service_open_contact_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);

  return file;
}

static void
on_painted_cb (GdkFrameClock *clock,
               Shown         *shown)
{
  shown->n_frames++;
}

static void
wait_for_frame (Shown *shown)
{
  guint seen = shown->n_frames;

  gtk_widget_queue_draw (shown->window);
  while (shown->n_frames == seen)
    g_main_context_iteration (NULL, TRUE);
}

/* The first text view in which somebody can write. */
static GtkWidget *
find_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)) &&
      gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_view (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_type (GtkWidget  *widget,
           const char *type)
{
  if (strcmp (G_OBJECT_TYPE_NAME (widget), type) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
show (DiscussionDesk *self,
      Shown          *shown,
      const char     *contact,
      const char     *part)
{
  GdkFrameClock *clock;
  GtkWidget *panel;

  shown->times = g_array_new (FALSE, FALSE, sizeof (double));
  shown->file = open_file (self, contact);
  shown->window = GTK_WIDGET (mash_window_new (GTK_APPLICATION (self->application),
                                               self->service));
  shown->page = MASH_CONTACT_PAGE (mash_contact_page_new (self->service, shown->file));
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (shown->window));
  mash_window_show_stage (MASH_WINDOW (shown->window));
  mash_window_set_page (MASH_WINDOW (shown->window), MASH_PAGE (shown->page));
  clock = gtk_widget_get_frame_clock (shown->window);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_painted_cb), shown);
  mash_contact_page_set_tab (shown->page, "strategy");
  wait_for_frame (shown);
  panel = find_type (GTK_WIDGET (shown->page), part);
  g_assert_nonnull (panel);
  shown->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_view (panel)));
}

/* What this thread has worked, without what it waited for the next tick of the screen. */
static double
get_work (void)
{
  struct timespec work;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);

  return (double) work.tv_sec + (double) work.tv_nsec / 1e9;
}

/* From the key to the frame that shows it: everything that the desk does for it meanwhile. */
static double
type_letter (Shown *shown)
{
  double began = get_work ();
  double taken;

  gtk_text_buffer_insert_at_cursor (shown->text, shown->n_typed % 6 == 5 ? " " : "a", 1);
  wait_for_frame (shown);
  taken = get_work () - began;
  g_array_append_val (shown->times, taken);
  if (++shown->n_typed % LINE == 0)
    {
      gtk_text_buffer_set_text (shown->text, "", 0);
      wait_for_frame (shown);
    }

  return taken;
}

static double
type_in_full (gpointer data)
{
  return type_letter (&((DiscussionDesk *) data)->full);
}

static double
type_in_empty (gpointer data)
{
  return type_letter (&((DiscussionDesk *) data)->empty);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
find_p99 (Shown *shown)
{
  g_array_sort (shown->times, compare_doubles);

  return g_array_index (shown->times, double, shown->times->len * 99 / 100);
}

static gboolean
measure_keys (DiscussionDesk *self,
              const char     *what,
              const char     *contact,
              const char     *empty,
              const char     *part,
              gboolean        is_short)
{
  MashBenchPair pair = {
    .what = what,
    .bare_name = "in one with nothing in it",
    .target = TARGET,
    .turns = is_short ? 120 : 1500,
    .ours = type_in_full,
    .bare = type_in_empty,
  };
  double full, bare;

  show (self, &self->full, contact, part);
  show (self, &self->empty, empty, part);
  if (!mash_bench_compare (&pair, self))
    return FALSE;
  full = find_p99 (&self->full);
  bare = find_p99 (&self->empty);
  g_print ("%s, at p99: target %.1f ×, figure %.2f ×: %s (%.3g ms; %.3g ms)\n", what, TARGET,
           full / bare, full / bare <= TARGET ? "met" : "missed", full * 1000, bare * 1000);

  return TRUE;
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
  g_clear_object (&shown->file);
  g_clear_pointer (&shown->times, g_array_unref);
  *shown = (Shown) { NULL };
}

/**
 * discussion_desk_new:
 * @folder: of a hub that is closed
 *
 * Returns: (transfer full): a desk at which its manager is signed in
 */
DiscussionDesk *
discussion_desk_new (const char *folder)
{
  DiscussionDesk *self = g_new0 (DiscussionDesk, 1);
  g_autoptr (GError) error = NULL;

  adw_init ();
  self->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (self->application), NULL, &error);
  bench_stop_if (error);
  self->service = mash_service_new (folder);
  mash_service_open_async (self->service, NULL, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_open_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);
  mash_service_sign_in_async (self->service, MASH_SMALL_HUB_MANAGER, MASH_SMALL_HUB_PASSPHRASE,
                              NULL, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_sign_in_finish (self->service, bench_call_wait (&self->call), &error);
  bench_stop_if (error);

  return self;
}

/**
 * discussion_desk_open:
 * @self: a desk
 * @contact: the id of a contact
 *
 * Opens it as far as the pages bind to, and lets go of it.
 */
void
discussion_desk_open (DiscussionDesk *self,
                      const char     *contact)
{
  g_object_unref (open_file (self, contact));
}

/**
 * discussion_desk_measure_keys:
 * @self: a desk
 * @full: a contact with a long discussion
 * @empty: a contact with one that has nothing in it
 * @is_short: whether to show only that it runs
 *
 * Returns: whether every turn could be taken
 */
gboolean
discussion_desk_measure_keys (DiscussionDesk *self,
                              const char     *full,
                              const char     *empty,
                              gboolean        is_short)
{
  gboolean done = measure_keys (self, "a letter in a note", full, empty, "MashNotesPanel",
                                is_short);

  hide (&self->full);
  hide (&self->empty);
  done = done && measure_keys (self, "a letter in the plan", full, empty, "MashPlanPanel",
                               is_short);
  hide (&self->full);
  hide (&self->empty);

  return done;
}

void
discussion_desk_free (DiscussionDesk *self)
{
  mash_service_lock_async (self->service, bench_call_done_cb, bench_call_begin (&self->call));
  mash_service_lock_finish (self->service, bench_call_wait (&self->call), NULL);
  g_clear_object (&self->call.result);
  g_clear_object (&self->service);
  g_clear_object (&self->application);
  g_free (self);
}
