/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "mash-contact-page-private.h"
#include "mash-course-panel.h"
#include "mash-earlier-decision.h"
#include "mash-field-input.h"
#include "mash-service.h"
#include "mash-time.h"
#include "mash-window-private.h"
#include "store-fixture.h"

/* How long a condition may take on a slow machine, in looks of ten milliseconds. */
#define PATIENCE 6000

/* The decision tab in the real window, over the real service, on the store fixture’s hub. */
typedef struct
{
  StoreFixture     hub;
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;
  MashContactPage *page;
  char            *decided;   /* a contact that is decided for an assessment */
  char            *again;     /* the same child, in analysis */
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
approve (StoreFixture *hub,
         const char   *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("approve", contact);
  g_autoptr (GPtrArray) recommendations = mash_store_list (hub->store, "recommendation", "contact",
                                                           contact);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  MashRecord *recommendation = g_ptr_array_index (recommendations, 0);

  store_fixture_add (hub->store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3", NULL);
  store_fixture_sign_in (hub, "manager");
  bundle = mash_store_open_contact (hub->store, contact, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_check_passphrase (hub->store, passphrase, &error));
  store_fixture_submit (hub, group);
  store_fixture_sign_in (hub, "worker");
}

/* The child of the decided contact comes again, and her contact is analysed. */
static char *
come_again (StoreFixture *hub,
            const char   *before)
{
  g_autofree char *child = store_fixture_find_child (hub->store, before);
  g_autoptr (MashGroup) group = store_fixture_new_contact (hub->store, "Adam", "Marsh",
                                                           "2021-05-06");
  const char *contact = mash_group_get_contact (group);

  store_fixture_add (hub->store, group, &mash_contact_subject_kind, "person", child, "role",
                     "CHILD", NULL);
  store_fixture_submit (hub, group);

  return g_strdup (contact);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  desk->decided = store_fixture_contact (&desk->hub, "Ellie", "Marsh", "2019-03-04");
  store_fixture_recommend (&desk->hub, desk->decided);
  approve (&desk->hub, desk->decided);
  mash_store_set_clock_offset (desk->hub.store, 3 * MASH_TIME_DAY, &error);
  g_assert_no_error (error);
  desk->again = come_again (&desk->hub, desk->decided);
  store_fixture_analyse (&desk->hub, desk->again);
  store_fixture_close (&desk->hub);

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
  g_free (desk->decided);
  g_free (desk->again);
  store_fixture_tear_down (&desk->hub, data);
}

static void
open_page (Desk       *desk,
           const char *contact)
{
  g_autoptr (GError) error = NULL;

  mash_service_open_contact_async (desk->service, contact, NULL, on_done_cb, call (desk));
  desk->file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, desk->file));
  mash_window_show_stage (desk->window);
  mash_window_set_page (desk->window, MASH_PAGE (desk->page));
  mash_contact_page_set_tab (desk->page, "decision");
}

/* The first mapped widget of a type under @widget; where @property is named, whose value is
 * @value. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *property,
      const char *value)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *held = NULL;

      if (property != NULL)
        g_object_get (widget, property, &held, NULL);
      if (property == NULL || g_strcmp0 (held, value) == 0)
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, property, value);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_in_page (Desk       *desk,
              GType       type,
              const char *property,
              const char *value)
{
  return find (GTK_WIDGET (desk->page), type, property, value);
}

static gboolean
earlier_is_shown (Desk *desk)
{
  return find_in_page (desk, MASH_TYPE_EARLIER_DECISION, NULL, NULL) != NULL;
}

static gboolean
nothing_is_nameless (Desk *desk)
{
  return accessible_names_count_missing (GTK_WIDGET (desk->page)) == 0;
}

static void
test_before (Desk          *desk,
             gconstpointer  data)
{
  g_autofree char *contact = NULL;
  GtkWidget *row;

  open_page (desk, desk->again);
  until (desk, earlier_is_shown);
  row = find_in_page (desk, MASH_TYPE_EARLIER_DECISION, NULL, NULL);
  contact = mash_earlier_decision_dup_contact (MASH_EARLIER_DECISION (row));
  g_assert_cmpstr (contact, ==, desk->decided);
  g_assert_nonnull (find (row, GTK_TYPE_LABEL, "label", "Within 12 months"));
  g_assert_nonnull (find (row, GTK_TYPE_LABEL, "label", "An assessment is needed"));
  until (desk, nothing_is_nameless);
}

static gboolean
hand_over_is_shown (Desk *desk)
{
  return find_in_page (desk, MASH_TYPE_COURSE_PANEL, "topic", "hand-over") != NULL;
}

static gboolean
bar_is_open (Desk *desk)
{
  return mash_deed_bar_is_open (desk->page->deed_bar);
}

/* After the decision the main action is the hand-over, whose panel offers it too; the manager’s
 * deeds are not offered to somebody else without saying so. */
static void
test_course (Desk          *desk,
             gconstpointer  data)
{
  g_autofree char *main = NULL;
  GtkWidget *panel;
  GtkWidget *button;

  open_page (desk, desk->decided);
  until (desk, hand_over_is_shown);
  g_object_get (desk->page, "main-label", &main, NULL);
  g_assert_cmpstr (main, ==, "Hand over…");

  panel = find_in_page (desk, MASH_TYPE_COURSE_PANEL, "topic", "hand-over");
  button = find (panel, GTK_TYPE_BUTTON, "label", "Hand over…");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_null (find_in_page (desk, MASH_TYPE_COURSE_PANEL, "topic", "early-help"));
  g_assert_nonnull (find_in_page (desk, MASH_TYPE_COURSE_PANEL, "topic", "feedback"));
  until (desk, nothing_is_nameless);

  gtk_widget_activate (button);
  until (desk, bar_is_open);
  until (desk, nothing_is_nameless);
  mash_deed_bar_give_up (desk->page->deed_bar);
  g_assert_false (mash_deed_bar_is_open (desk->page->deed_bar));
}

static gboolean
tick_is_shown (Desk *desk)
{
  return find_in_page (desk, MASH_TYPE_FIELD_INPUT, "field", "on-incomplete-info") != NULL;
}

static gboolean
form_is_open (Desk *desk)
{
  return find_in_page (desk, MASH_TYPE_FIELD_INPUT, "field", "not-answered") != NULL;
}

/* Shift+Tab leads from the last field of the recommendation to its first. */
static void
test_back (Desk          *desk,
           gconstpointer  data)
{
  GtkWidget *tick, *from, *to;
  guint n_steps = 0;

  open_page (desk, desk->again);
  until (desk, tick_is_shown);
  tick = find_in_page (desk, MASH_TYPE_FIELD_INPUT, "field", "on-incomplete-info");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (tick, GTK_TYPE_CHECK_BUTTON, NULL, NULL)), TRUE);
  until (desk, form_is_open);
  from = find_in_page (desk, MASH_TYPE_FIELD_INPUT, "field", "not-answered");
  to = find_in_page (desk, MASH_TYPE_FIELD_INPUT, "field", "outcome");
  g_assert_true (gtk_widget_grab_focus (from));
  while (gtk_widget_get_focus_child (to) == NULL && n_steps++ < 12)
    {
      GtkWidget *before = gtk_window_get_focus (GTK_WINDOW (desk->window));

      g_signal_emit_by_name (desk->window, "move-focus", GTK_DIR_TAB_BACKWARD);
      g_test_message ("%s", G_OBJECT_TYPE_NAME (gtk_window_get_focus (GTK_WINDOW (desk->window))));
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) != before);
    }
  g_assert_nonnull (gtk_widget_get_focus_child (to));
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/decision-panels/before", Desk, NULL, set_up, test_before, tear_down);
  g_test_add ("/decision-panels/course", Desk, NULL, set_up, test_course, tear_down);
  g_test_add ("/decision-panels/back", Desk, NULL, set_up, test_back, tear_down);

  return g_test_run ();
}
