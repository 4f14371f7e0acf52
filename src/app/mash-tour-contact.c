/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-contact.h"

#include "mash-contact-page.h"
#include "mash-deed-bar.h"
#include "mash-family-row.h"
#include "mash-level-row.h"
#include "mash-passphrase-entry.h"
#include "mash-rulings.h"
#include "mash-tour-people.h"
#include "mash-tray-line.h"
#include "mash-triage-panel.h"

#define EXAMPLE "/uk/mash/Desk/examples/school-referral.xml"

/**
 * mash_tour_contact_get_page:
 * @tour: a tour
 *
 * Returns: (transfer none): the page of the contact that is open; the tour ends where none is
 */
MashContactPage *
mash_tour_contact_get_page (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_CONTACT_PAGE, NULL);

  if (page == NULL)
    mash_tour_give_up (tour, "No contact is open");

  return MASH_CONTACT_PAGE (page);
}

static gboolean
is_in_state (MashTour   *tour,
             const char *state)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));

  return g_strcmp0 (mash_entity_get_text (contact, "state"), state) == 0;
}

/* Whether the main action is called so, and may be done or not. */
static gboolean
main_action_is (MashTour   *tour,
                const char *label,
                gboolean    allowed)
{
  g_autofree char *shown = NULL;
  g_autofree char *reason = NULL;
  gboolean sensitive = FALSE;

  g_object_get (mash_tour_contact_get_page (tour), "main-label", &shown,
                "main-sensitive", &sensitive, "main-reason", &reason, NULL);

  return g_strcmp0 (shown, label) == 0 && sensitive == allowed && (reason == NULL) == allowed;
}

/* A table on the screen has a line at least. */
static gboolean
table_is_filled (MashTour *tour)
{
  GtkWidget *view = mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkSelectionModel *lines = view != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (view))
                                          : NULL;

  return lines != NULL && g_list_model_get_n_items (G_LIST_MODEL (lines)) > 0;
}

static char **
dup_children (MashTour *tour)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  GListModel *subjects = mash_contact_file_get_list (file, "contact-subject");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);

      if (mash_subject_is_child (subject))
        g_strv_builder_add (builder, mash_entity_get_id (subject));
    }

  return g_strv_builder_end (builder);
}

/* Finds the line of the tour's contact in the tray that is shown. */
static gboolean
find_line (MashTour   *tour,
           GtkWidget **view,
           guint      *position)
{
  GListModel *lines;

  *view = mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL);
  lines = *view != NULL ? G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (*view)))
                        : NULL;
  for (*position = 0; lines != NULL && *position < g_list_model_get_n_items (lines); (*position)++)
    {
      g_autoptr (GObject) line = g_list_model_get_item (lines, *position);
      g_autofree char *contact = NULL;

      if (!MASH_IS_TRAY_LINE (line))
        return FALSE;
      contact = mash_tray_line_dup_contact (MASH_TRAY_LINE (line));
      if (g_strcmp0 (contact, mash_tour_get_contact (tour)) == 0)
        return TRUE;
    }

  return FALSE;
}

void
mash_tour_contact_take_in (MashTour *tour)
{
  g_autofree char *path = mash_tour_write_out (tour, EXAMPLE);

  mash_tour_activate (tour, "win.import", path);
}

gboolean
mash_tour_contact_is_open (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_CONTACT_PAGE, NULL) != NULL;
}

void
mash_tour_contact_go_to_missing (MashTour *tour)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));

  mash_tour_set_contact (tour, mash_entity_get_id (
                           MASH_ENTITY (mash_contact_file_get_contact (file))));
  mash_tour_activate (tour, "win.next-missing", NULL);
}

gboolean
mash_tour_contact_keyboard_is_in_field (MashTour *tour)
{
  return GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (mash_tour_get_window (tour))));
}

void
mash_tour_contact_complete (MashTour *tour)
{
  mash_tour_type (tour, "14 Feb 2023");
  mash_tour_activate (tour, "win.save", NULL);
}

gboolean
mash_tour_contact_is_completed (MashTour *tour)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));

  return mash_tour_find (tour, GTK_TYPE_LABEL, "1 missing") != NULL &&
         !mash_contact_file_get_changed (file);
}

void
mash_tour_contact_show_family (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "family");
}

void
mash_tour_contact_begin_screening (MashTour *tour)
{
  mash_tour_activate (tour, "win.main", NULL);
  mash_tour_fill (tour, "history-searched",
                  "Own records, by name and address: one contact in June 2025, advice given.");
  mash_tour_fill (tour, "assigned-to",
                  mash_service_get_actor (mash_tour_get_service (tour))->person);
}

gboolean
mash_tour_contact_may_be_confirmed (MashTour *tour)
{
  GtkWidget *bar = mash_tour_find (tour, MASH_TYPE_DEED_BAR, NULL);
  GtkWidget *confirm = bar != NULL ? mash_tour_find (tour, GTK_TYPE_BUTTON, "Screen") : NULL;

  return confirm != NULL && gtk_widget_is_sensitive (confirm);
}

void
mash_tour_contact_confirm (MashTour *tour)
{
  gtk_widget_activate_action (mash_tour_find (tour, MASH_TYPE_DEED_BAR, NULL),
                              "deed-bar.confirm", NULL);
}

gboolean
mash_tour_contact_is_screened (MashTour *tour)
{
  return is_in_state (tour, "C20");
}

/* The time to the strategy discussion must run before one can be recommended. */
void
mash_tour_contact_mark_harm (MashTour *tour)
{
  gtk_widget_activate_action (GTK_WIDGET (mash_tour_contact_get_page (tour)), "contact.deed", "s",
                              "mark-harm");
}

void
mash_tour_contact_say_what_harm (MashTour *tour)
{
  mash_tour_type (tour, "Marks of fingers on a girl of 6, and her own account of who did it.");
}

gboolean
mash_tour_contact_harm_may_be_marked (MashTour *tour)
{
  GtkWidget *bar = mash_tour_find (tour, MASH_TYPE_DEED_BAR, NULL);
  GtkWidget *confirm = bar != NULL ? mash_tour_find (tour, GTK_TYPE_BUTTON, "Mark") : NULL;

  return confirm != NULL && gtk_widget_is_sensitive (confirm);
}

gboolean
mash_tour_contact_harm_is_marked (MashTour *tour)
{
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));

  return g_strcmp0 (mash_entity_get_text (contact, "strand-p"), "P10") == 0;
}

void
mash_tour_contact_triage (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "decision");
}

gboolean
mash_tour_contact_is_considered (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_TRIAGE_PANEL, NULL) != NULL &&
         main_action_is (tour, "Triage", FALSE);
}

void
mash_tour_contact_fill_triage (MashTour *tour)
{
  GtkWidget *level = mash_tour_find (tour, MASH_TYPE_LEVEL_ROW, "Level 4, section 47");
  GtkWidget *panel = mash_tour_find (tour, MASH_TYPE_TRIAGE_PANEL, NULL);

  mash_tour_tick (tour, "Red");
  mash_level_row_set_chosen (MASH_LEVEL_ROW (level), TRUE);
  gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD);
  gtk_editable_set_text (GTK_EDITABLE (mash_tour_find (tour, GTK_TYPE_ENTRY, NULL)),
                         "A patterned injury, the child’s own account, and he lives in the home.");
  mash_tour_tick (tour, "Eleanor");
  mash_tour_tick (tour, "Noah");
  mash_tour_tick (tour, "Marsh");
}

gboolean
mash_tour_contact_may_be_triaged (MashTour *tour)
{
  return main_action_is (tour, "Triage", TRUE);
}

void
mash_tour_contact_do_main (MashTour *tour)
{
  mash_tour_activate (tour, "win.main", NULL);
}

gboolean
mash_tour_contact_is_triaged (MashTour *tour)
{
  return is_in_state (tour, "C30") && main_action_is (tour, "Start analysis", FALSE);
}

void
mash_tour_contact_analyse (MashTour *tour)
{
  mash_tour_fill (tour, "harm",
                  "Four marks the width of a fingertip on a girl of 6, and an older mark on the "
                  "same arm.");
  mash_tour_fill (tour, "impact-on-each-child",
                  "Ellie is hurt and says so. Noah, about 3, lives there and cannot speak for "
                  "himself. The baby is due in January.");
  mash_tour_fill (tour, "protective", "She trusts her teacher. A grandmother is near.");
  mash_tour_fill (tour, "unknowns", "What her mother knows. Who else looks after Noah.");
  mash_tour_fill (tour, "no-agency-asked",
                  "It goes to a strategy discussion at once, where all agencies are.");
}

gboolean
mash_tour_contact_may_be_analysed (MashTour *tour)
{
  return main_action_is (tour, "Start analysis", TRUE);
}

gboolean
mash_tour_contact_is_analysed (MashTour *tour)
{
  return is_in_state (tour, "C50") && main_action_is (tour, "Recommend", FALSE);
}

void
mash_tour_contact_recommend (MashTour *tour)
{
  GtkWidget *level = mash_tour_find (tour, MASH_TYPE_LEVEL_ROW, "Level 4, section 47");
  g_auto (GStrv) children = dup_children (tour);

  mash_level_row_set_chosen (MASH_LEVEL_ROW (level), TRUE);
  mash_tour_fill (tour, "outcome", "O06");
  mash_tour_fill_set (tour, "covers-subjects", (const char *const *) children);
  mash_tour_fill (tour, "rationale",
                  "A patterned injury with her own account of who did it, an earlier mark on the "
                  "same arm, and the person she names lives in the home with her and her brother.");
  mash_tour_tick (tour, "On incomplete");
}

gboolean
mash_tour_contact_may_be_recommended (MashTour *tour)
{
  return main_action_is (tour, "Recommend", TRUE);
}

gboolean
mash_tour_contact_is_refused (MashTour *tour)
{
  return is_in_state (tour, "C60") && main_action_is (tour, "Approve", FALSE);
}

gboolean
mash_tour_contact_is_listed (MashTour *tour)
{
  GtkWidget *view;
  guint position;

  return find_line (tour, &view, &position);
}

void
mash_tour_contact_open_from_tray (MashTour *tour)
{
  GtkWidget *view;
  guint position;

  if (find_line (tour, &view, &position))
    g_signal_emit_by_name (view, "activate", position);
}

void
mash_tour_contact_show_decision (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "decision");
}

gboolean
mash_tour_contact_may_be_approved (MashTour *tour)
{
  return main_action_is (tour, "Approve", TRUE) &&
         mash_tour_find (tour, MASH_TYPE_RULINGS, "You did not recommend it") != NULL;
}

void
mash_tour_contact_sign (MashTour *tour)
{
  GtkWidget *entry = mash_tour_find (tour, MASH_TYPE_PASSPHRASE_ENTRY, NULL);
  g_autofree char *passphrase = mash_tour_dup_passphrase (tour);

  gtk_widget_child_focus (entry, GTK_DIR_TAB_FORWARD);
  mash_tour_type (tour, passphrase);
  mash_tour_activate (tour, "win.main", NULL);
}

gboolean
mash_tour_contact_is_approved (MashTour *tour)
{
  return is_in_state (tour, "C70") &&
         mash_tour_find (tour, GTK_TYPE_LABEL, "Approved") != NULL;
}

void
mash_tour_contact_show_timeline (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "timeline");
}

gboolean
mash_tour_contact_timeline_is_filled (MashTour *tour)
{
  return table_is_filled (tour);
}

void
mash_tour_contact_show_access (MashTour *tour)
{
  mash_contact_page_set_tab (mash_tour_contact_get_page (tour), "access");
}

gboolean
mash_tour_contact_access_is_filled (MashTour *tour)
{
  return table_is_filled (tour);
}
