/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-work.h"

#include "mash-deed-bar.h"
#include "mash-mention-text.h"
#include "mash-time.h"
#include "mash-tour-contact.h"
#include "mash-tray-bulk.h"
#include "mash-work-tab.h"

/* Many contacts at once */

static GtkSelectionModel *
get_lines (MashTour *tour)
{
  GtkWidget *view = mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL);

  return gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
}

/* A few lines that follow each other. */
void
mash_tour_work_choose_several (MashTour *tour)
{
  gtk_selection_model_select_range (get_lines (tour), 4, 4, TRUE);
}

gboolean
mash_tour_work_are_chosen (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_BUTTON, "Take them") != NULL;
}

void
mash_tour_work_take_them (MashTour *tour)
{
  mash_tour_press (tour, "Take them");
}

gboolean
mash_tour_work_are_taken (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_BUTTON, "_Undo") != NULL;
}

void
mash_tour_work_undo (MashTour *tour)
{
  mash_tour_press (tour, "_Undo");
}

gboolean
mash_tour_work_are_back (MashTour *tour)
{
  GtkWidget *bulk = mash_tour_find (tour, MASH_TYPE_TRAY_BULK, "_Close");

  return bulk != NULL && mash_tour_find (tour, GTK_TYPE_BUTTON, "_Undo") == NULL;
}

void
mash_tour_work_choose_first (MashTour *tour)
{
  mash_tour_press (tour, "_Close");
  gtk_selection_model_select_item (get_lines (tour), 0, TRUE);
}

/* Notes, tasks and flags of one contact */

/**
 * mash_tour_work_count:
 * @tour: a tour
 * @kind: a kind of record of the open contact
 *
 * Returns: how many of them are saved
 */
guint
mash_tour_work_count (MashTour   *tour,
                      const char *kind)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  GListModel *list = mash_contact_file_get_list (file, kind);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      n += mash_entity_get_record (entity) != NULL;
    }

  return n;
}

/* Somebody else who works at the hub: what the tour writes is for them. */
static MashItem *
find_colleague (MashTour *tour)
{
  MashService *service = mash_tour_get_service (tour);
  GListModel *staff = mash_service_get_staff (service);

  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (staff, i);
      g_autofree char *id = NULL;

      g_object_get (item, "staff", &id, NULL);
      if (g_strcmp0 (id, mash_service_get_actor (service)->person) != 0)
        return g_steal_pointer (&item);
    }

  mash_tour_give_up (tour, "Nobody else works here");
}

void
mash_tour_work_show (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "work");
}

gboolean
mash_tour_work_is_shown (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_MENTION_TEXT, NULL) != NULL;
}

void
mash_tour_work_write_note (MashTour *tour)
{
  GtkWidget *text = mash_tour_find (tour, MASH_TYPE_MENTION_TEXT, NULL);
  g_autoptr (MashItem) colleague = find_colleague (tour);
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  g_object_get (colleague, "name", &name, NULL);
  words = g_strdup_printf ("@%s Mrs Pell is in school until four and would like a call back.",
                           name);
  mash_mention_text_set_text (MASH_MENTION_TEXT (text), words);
  gtk_widget_activate_action (mash_tour_find (tour, MASH_TYPE_WORK_TAB, NULL), "work.add", NULL);
}

gboolean
mash_tour_work_note_is_added (MashTour *tour)
{
  return mash_tour_work_count (tour, "note") > 0 && mash_tour_work_count (tour, "mention") > 0;
}

/**
 * mash_tour_work_begin:
 * @tour: a tour
 * @deed: a deed that the bar above the tabs asks for
 *
 * Opens the bar for it.
 */
void
mash_tour_work_begin (MashTour   *tour,
                      const char *deed)
{
  gtk_widget_activate_action (GTK_WIDGET (mash_tour_contact_get_page (tour)), "contact.deed", "s",
                              deed);
}

void
mash_tour_work_begin_task (MashTour *tour)
{
  gint64 now = mash_service_get_now (mash_tour_get_service (tour));
  g_autofree char *due = mash_time_format (now + MASH_TIME_DAY);
  g_autoptr (MashItem) colleague = find_colleague (tour);
  g_autofree char *id = NULL;

  g_object_get (colleague, "staff", &id, NULL);
  mash_tour_work_begin (tour, "add-task");
  mash_tour_fill (tour, "what", "Ask the nursery whether Noah is in today");
  mash_tour_fill (tour, "owner", id);
  mash_tour_fill (tour, "due-at", due);
}

void
mash_tour_work_begin_flag (MashTour *tour)
{
  gint64 now = mash_service_get_now (mash_tour_get_service (tour));
  g_autofree char *review_by = mash_time_dup_local_date (now + 90 * MASH_TIME_DAY);

  mash_tour_work_begin (tour, "flag");
  mash_tour_fill (tour, "type", "DOG");
  mash_tour_fill (tour, "reason", "A large dog is loose in the yard; ring before a visit.");
  mash_tour_fill (tour, "review-by", review_by);
}

static GtkWidget *
find_confirm (MashTour *tour)
{
  GtkWidget *bar = mash_tour_find (tour, MASH_TYPE_DEED_BAR, NULL);

  if (bar == NULL)
    mash_tour_give_up (tour, "Nothing is asked for");

  return GTK_WIDGET (gtk_widget_get_template_child (bar, MASH_TYPE_DEED_BAR, "confirm"));
}

gboolean
mash_tour_work_may_be_confirmed (MashTour *tour)
{
  return gtk_widget_is_sensitive (find_confirm (tour));
}

void
mash_tour_work_confirm (MashTour *tour)
{
  g_signal_emit_by_name (find_confirm (tour), "clicked");
}

gboolean
mash_tour_work_task_is_set (MashTour *tour)
{
  return mash_tour_work_count (tour, "task") > 0;
}

gboolean
mash_tour_work_flag_is_raised (MashTour *tour)
{
  return mash_tour_work_count (tour, "flag") > 0;
}
