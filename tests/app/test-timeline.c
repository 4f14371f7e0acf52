/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "mash-cell.h"
#include "mash-contact-page-private.h"
#include "mash-service.h"
#include "mash-time.h"
#include "mash-timeline-detail.h"
#include "mash-timeline-strip.h"
#include "mash-timeline-words.h"
#include "mash-window-private.h"
#include "store-fixture.h"

/* How long a condition may take on a slow machine, in looks of ten milliseconds. */
#define PATIENCE 6000

/* The timeline in the real window, over the real service, on the store fixture’s hub. */
typedef struct
{
  StoreFixture     hub;
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;
  MashContactPage *page;
  char            *contact;
  guint            n_rows;   /* that are waited for */
} Desk;

typedef gboolean (*Holds) (Desk *desk);

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_set_object (&((Desk *) data)->result, result);
}

static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

/* Lets the window live until something holds; what never holds is a failure. */
static void
until (Desk  *desk,
       Holds  holds)
{
  for (guint i = 0; i < PATIENCE && !holds (desk); i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (10000);
    }
  g_assert_true (holds (desk));
}

static void
add_event (Desk       *desk,
           const char *date,
           const char *headline,
           const char *significance)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-event", desk->contact);

  store_fixture_add (desk->hub.store, group, &mash_timeline_entry_kind, "when", date, "headline",
                     headline, "source", "A letter", "kind", "OTHER", "significance", significance,
                     NULL);
  store_fixture_submit (&desk->hub, group);
}

static void
open_window (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  mash_service_sign_in_async (desk->service, "worker", FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static GtkSingleSelection *
get_rows (Desk *desk)
{
  return GTK_SINGLE_SELECTION (gtk_widget_get_template_child (GTK_WIDGET (desk->page->timeline),
                                                              MASH_TYPE_TIMELINE_TAB, "entries"));
}

static gpointer
get_part (Desk       *desk,
          const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (desk->page->timeline), MASH_TYPE_TIMELINE_TAB,
                                        name);
}

static gpointer
get_detail_part (Desk       *desk,
                 const char *name)
{
  return gtk_widget_get_template_child (get_part (desk, "detail"), MASH_TYPE_TIMELINE_DETAIL, name);
}

static gboolean
has_rows (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_rows (desk))) == desk->n_rows;
}

static void
until_rows (Desk  *desk,
            guint  n)
{
  desk->n_rows = n;
  until (desk, has_rows);
}

/* Four lines: what the contact came with, and three events of other years. */
static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  desk->contact = store_fixture_contact (&desk->hub, "Ellie", "Marsh", "2019-03-04");
  add_event (desk, "2019-06", "Moved to the lighthouse", "routine");
  add_event (desk, "2021-11-09", "Seen at the surgery", "notable");
  add_event (desk, "2024", "A fracture of the wrist", "critical");
  store_fixture_close (&desk->hub);

  open_window (desk);
  mash_service_open_contact_async (desk->service, desk->contact, NULL, on_done_cb, call (desk));
  desk->file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, desk->file));
  mash_window_show_stage (desk->window);
  mash_window_set_page (desk->window, MASH_PAGE (desk->page));
  mash_contact_page_set_tab (desk->page, "timeline");
  until_rows (desk, 4);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gpointer service = desk->service;

  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_object (&desk->file);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (desk->service);
  while (service != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_free (desk->contact);
  store_fixture_tear_down (&desk->hub, data);
}

static void
check_selected (Desk       *desk,
                const char *headline)
{
  GObject *item = gtk_single_selection_get_selected_item (get_rows (desk));
  g_autofree char *held = NULL;

  g_assert_nonnull (item);
  g_object_get (item, "headline", &held, NULL);
  g_assert_cmpstr (held, ==, headline);
}

static void
press (Desk       *desk,
       const char *button)
{
  gtk_toggle_button_set_active (get_part (desk, button), TRUE);
}

static void
test_filters (Desk          *desk,
              gconstpointer  data)
{
  press (desk, "critical");
  until_rows (desk, 1);
  check_selected (desk, "A fracture of the wrist");
  press (desk, "notable");
  until_rows (desk, 3);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_prev_sibling (
                                                     get_part (desk, "notable"))), TRUE);
  until_rows (desk, 4);

  gtk_editable_set_text (get_part (desk, "search"), "lighthouse");
  until_rows (desk, 1);
  check_selected (desk, "Moved to the lighthouse");
  gtk_editable_set_text (get_part (desk, "search"), "no such word");
  until_rows (desk, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_part (desk, "stack")), ==, "no-match");
  gtk_editable_set_text (get_part (desk, "search"), "");
  until_rows (desk, 4);

  press (desk, "oldest_first");
  until_rows (desk, 4);
}

/* A jump goes to a date, a month or a year, and says so where it cannot read it. */
static void
test_jump (Desk          *desk,
           gconstpointer  data)
{
  GtkWidget *jump = get_part (desk, "jump");

  gtk_editable_set_text (GTK_EDITABLE (jump), "2021");
  g_signal_emit_by_name (jump, "activate");
  g_assert_false (gtk_widget_has_css_class (jump, "error"));
  check_selected (desk, "Seen at the surgery");

  gtk_editable_set_text (GTK_EDITABLE (jump), "June 2019");
  g_signal_emit_by_name (jump, "activate");
  check_selected (desk, "Moved to the lighthouse");

  gtk_editable_set_text (GTK_EDITABLE (jump), "Tuesday week");
  g_signal_emit_by_name (jump, "activate");
  g_assert_true (gtk_widget_has_css_class (jump, "error"));
  check_selected (desk, "Moved to the lighthouse");
}

static void
press_key (GtkWidget *widget,
           guint      key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
      g_assert_true (taken);
    }
}

/* Home goes to the first month in which something happened, Enter takes the list there. */
static void
test_strip (Desk          *desk,
            gconstpointer  data)
{
  GtkWidget *strip = get_part (desk, "strip");

  g_assert_true (gtk_widget_get_mapped (strip));
  press_key (strip, GDK_KEY_Home);
  press_key (strip, GDK_KEY_Return);
  check_selected (desk, "Moved to the lighthouse");
  press_key (strip, GDK_KEY_Right);
  press_key (strip, GDK_KEY_Return);
  check_selected (desk, "Seen at the surgery");
  press_key (strip, GDK_KEY_End);
  press_key (strip, GDK_KEY_Return);
  check_selected (desk, "Contact received");
}

static gboolean
is_withdrawn (Desk *desk)
{
  GObject *item = gtk_single_selection_get_selected_item (get_rows (desk));
  g_autofree char *reason = NULL;

  if (item != NULL)
    g_object_get (item, "voided-reason", &reason, NULL);

  return g_strcmp0 (reason, "It was another family") == 0;
}

static gboolean
refusal_is_shown (Desk *desk)
{
  return gtk_widget_get_visible (get_detail_part (desk, "refusal"));
}

/* What somebody wrote in they take back with a reason, and it stays to be read. */
static void
test_withdraw (Desk          *desk,
               gconstpointer  data)
{
  GtkWidget *detail = get_part (desk, "detail");
  GtkWidget *jump = get_part (desk, "jump");

  g_assert_false (gtk_widget_get_visible (get_detail_part (desk, "withdraw")));
  gtk_editable_set_text (GTK_EDITABLE (jump), "2021");
  g_signal_emit_by_name (jump, "activate");
  g_assert_true (gtk_widget_get_visible (get_detail_part (desk, "withdraw")));

  gtk_widget_activate_action (detail, "entry.withdraw", NULL);
  gtk_widget_activate_action (detail, "entry.confirm", NULL);
  until (desk, refusal_is_shown);
  gtk_editable_set_text (get_detail_part (desk, "reason"), "It was another family");
  gtk_widget_activate_action (detail, "entry.confirm", NULL);
  until (desk, is_withdrawn);
  until_rows (desk, 4);
  g_assert_false (gtk_widget_get_visible (get_detail_part (desk, "withdraw")));
}

/* Every row that is shown is told by a name that begins with its date. */
static guint
count_dated_rows (GtkWidget *widget)
{
  guint n = 0;

  if (MASH_IS_CELL (widget) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *name = NULL;
      g_autofree char *date = NULL;

      g_object_get (widget, "row-text", &name, "text", &date, NULL);
      if (name != NULL)
        {
          g_assert_cmpstr (date, !=, "");
          g_assert_true (g_str_has_prefix (name, date));
          n++;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_dated_rows (child);

  return n;
}

static gboolean
rows_are_dated (Desk *desk)
{
  return count_dated_rows (get_part (desk, "table")) == 4;
}

static gboolean
nothing_is_nameless (Desk *desk)
{
  return accessible_names_count_missing (GTK_WIDGET (desk->page)) == 0;
}

static void
test_names (Desk          *desk,
            gconstpointer  data)
{
  until (desk, rows_are_dated);
  until (desk, nothing_is_nameless);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/timeline/filters", Desk, NULL, set_up, test_filters, tear_down);
  g_test_add ("/timeline/jump", Desk, NULL, set_up, test_jump, tear_down);
  g_test_add ("/timeline/strip", Desk, NULL, set_up, test_strip, tear_down);
  g_test_add ("/timeline/withdraw", Desk, NULL, set_up, test_withdraw, tear_down);
  g_test_add ("/timeline/names", Desk, NULL, set_up, test_names, tear_down);

  return g_test_run ();
}
