/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-timeline.h"

#include "mash-chronology-paper.h"
#include "mash-tour-contact.h"
#include "mash-tour-work.h"

#define RECIPIENT "The assessment team of the east"
#define PURPOSE   "To read before the first visit"
#define COVERS    "The whole household, the oldest first"

/* An event of years before the hub knew the family, of which only the month is known. */
void
mash_tour_timeline_begin_event (MashTour *tour)
{
  mash_tour_work_begin (tour, "add-event");
  mash_tour_fill (tour, "headline", "Police called to the former address, children asleep");
  mash_tour_fill (tour, "when", "2025-02");
  mash_tour_fill (tour, "significance", "notable");
  mash_tour_fill (tour, "source", "Told by the grandmother on the telephone");
}

gboolean
mash_tour_timeline_event_is_told (MashTour *tour)
{
  return mash_tour_work_count (tour, "timeline-entry") > 0;
}

void
mash_tour_timeline_narrow (MashTour *tour)
{
  mash_tour_press (tour, "Notab_le");
}

/* The last line is the event of years ago, and nothing routine is left. */
gboolean
mash_tour_timeline_is_narrowed (MashTour *tour)
{
  GtkWidget *view = mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *lines = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  guint n = g_list_model_get_n_items (lines);
  g_autofree char *precision = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) line = g_list_model_get_item (lines, i);
      g_autofree char *significance = NULL;

      g_clear_pointer (&precision, g_free);
      g_object_get (line, "significance", &significance, "precision", &precision, NULL);
      if (significance == NULL || g_str_equal (significance, "routine"))
        return FALSE;
    }

  return g_strcmp0 (precision, "month") == 0;
}

/* The chronology */

static void
on_paper_made_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (MashTour) tour = user_data;
  g_autoptr (MashPaper) paper = mash_chronology_paper_new_finish (result);

  mash_tour_set_paper (tour, paper);
}

static void
on_copy_made_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashTour) tour = user_data;
  MashService *service = MASH_SERVICE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChronology) chronology = mash_service_make_copy_finish (service, result, &error);

  if (chronology == NULL)
    mash_tour_give_up (tour, error->message);

  mash_chronology_paper_new_async (mash_service_get_policy (service), chronology,
                                   &(MashChronologyWords) {
    .recipient = RECIPIENT, .purpose = PURPOSE, .covers = COVERS,
    .maker = mash_service_get_person_name (service),
    .post = mash_service_get_post_title (service),
  }, on_paper_made_cb, g_object_ref (tour));
}

void
mash_tour_timeline_make_copy (MashTour *tour)
{
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (mash_tour_get_contact (tour));

  view->oldest_first = TRUE;
  mash_service_make_copy_async (mash_tour_get_service (tour), view, COVERS, "PDF", RECIPIENT,
                                PURPOSE, NULL, on_copy_made_cb, g_object_ref (tour));
}

gboolean
mash_tour_timeline_copy_is_made (MashTour *tour)
{
  return mash_tour_get_paper (tour) != NULL;
}

void
mash_tour_timeline_write_copy (MashTour *tour)
{
  mash_tour_write_paper (tour, mash_tour_get_paper (tour), "chronology");
}
