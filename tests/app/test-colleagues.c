/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-field-input.h"
#include "mash-mention-text.h"
#include "mash-time.h"
#include "mash-tray-line.h"
#include "mash-work-tab.h"

#define NOTE "The mother rang and asks for a call back."

/* What colleagues ask of each other on a contact. */
typedef struct
{
  Desk  desk;
  char *contact;
} Work;

static void
set_up (Work          *work,
        gconstpointer  who)
{
  store_fixture_set_up (&work->desk.hub, NULL);
  work->contact = store_fixture_contact (&work->desk.hub, "Sam", "Marsh", "2019-03-04");
  desk_open (&work->desk, who);
  desk_open_contact (&work->desk, work->contact, "work");
}

static void
tear_down (Work          *work,
           gconstpointer  who)
{
  g_clear_pointer (&work->contact, g_free);
  desk_tear_down (&work->desk, who);
}

static guint
count_of (Work       *work,
          const char *kind,
          const char *field,
          const char *value)
{
  GListModel *list = mash_contact_file_get_list (work->desk.file, kind);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      n += mash_entity_get_record (entity) != NULL &&
           g_strcmp0 (mash_entity_get_text (entity, field), value) == 0;
    }

  return n;
}

static GtkWidget *
get_bar (Work *work)
{
  return desk_find (work->desk.page, MASH_TYPE_DEED_BAR);
}

/* Fills a field of the bar as what is typed or chosen there does. */
static void
fill (Work       *work,
      const char *field,
      const char *value)
{
  GtkWidget *input = desk_find_field (get_bar (work), field);
  GObject *object;

  g_assert_nonnull (input);
  object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
  if (object == NULL)
    {
      g_signal_emit_by_name (input, "wanted");
      object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
    }
  g_object_set (object, field, value, NULL);
}

static void
begin (Work       *work,
       const char *deed,
       const char *field)
{
  /* The contact shows what a deed altered before the bar has closed. */
  until (!mash_deed_bar_is_open (work->desk.page->deed_bar));
  settle (work->desk.service);
  gtk_widget_activate_action (GTK_WIDGET (work->desk.page), "contact.deed", "s", deed);
  until (desk_find_field (get_bar (work), field) != NULL);
}

static void
confirm (Work *work)
{
  GtkWidget *button = desk_part (get_bar (work), MASH_TYPE_DEED_BAR, "confirm");

  mash_form_host_typed (MASH_FORM_HOST (work->desk.page));
  until (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* A note that asks a colleague to look, by the keyboard alone: “@”, a few letters, Return, the
 * words, Ctrl+Return. */
static void
mention (Work *work)
{
  GtkWidget *text = desk_await (work->desk.page, MASH_TYPE_MENTION_TEXT, NULL, NULL);
  GtkWidget *view = desk_find (text, GTK_TYPE_TEXT_VIEW);

  gtk_widget_grab_focus (view);
  g_signal_emit_by_name (view, "insert-at-cursor", "@bram");
  until (gtk_widget_get_mapped (desk_part (text, MASH_TYPE_MENTION_TEXT, "popover")));
  desk_take_picture (&work->desk, "mention");
  g_assert_true (desk_strike (view, GDK_KEY_Return));
  g_signal_emit_by_name (view, "insert-at-cursor", NOTE);
  until (gtk_root_get_focus (GTK_ROOT (work->desk.window)) == view);
  gtk_widget_activate_action (GTK_WIDGET (work->desk.window), "win.main", NULL);
  until (count_of (work, "mention", "whom", work->desk.hub.officer) == 1);
}

static void
set_task (Work *work)
{
  g_autofree char *due = mash_time_format (mash_service_get_now (work->desk.service) +
                                           MASH_TIME_DAY);

  begin (work, "add-task", "what");
  fill (work, "what", "Ring the school about Monday");
  fill (work, "owner", work->desk.hub.worker);
  fill (work, "due-at", due);
  confirm (work);
  until (count_of (work, "task", "status", "OPEN") == 1);
}

static void
raise_flag (Work *work)
{
  begin (work, "flag", "type");
  fill (work, "type", "DOG");
  fill (work, "reason", "A dog in the yard that has bitten");
  fill (work, "review-by", "2099-12-31");
  confirm (work);
  until (count_of (work, "flag", "review-by", "2099-12-31") == 1);
}

static void
finish_task (Work *work)
{
  GListModel *tasks = mash_contact_file_get_list (work->desk.file, "task");
  g_autoptr (MashEntity) task = g_list_model_get_item (tasks, 0);
  g_autofree char *deed = g_strdup_printf ("finish-task %s", mash_entity_get_id (task));

  begin (work, deed, "outcome");
  fill (work, "outcome", "Rang; the school writes today");
  confirm (work);
  until (count_of (work, "task", "status", "DONE") == 1);
}

/* The only line of the colleague’s own tray, once it is there. */
static MashTrayLine *
get_only_line (Work *work)
{
  MashTrayPage *page = work->desk.window->tray_page;
  GtkColumnView *view = desk_part (page, MASH_TYPE_TRAY_PAGE, "view");
  GListModel *lines = G_LIST_MODEL (gtk_column_view_get_model (view));

  if (mash_tray_page_get_tray (page) != MASH_TRAY_MINE || lines == NULL ||
      g_list_model_get_n_items (lines) != 1)
    return NULL;

  return g_list_model_get_item (lines, 0);
}

static gboolean
is_asked (Work *work)
{
  g_autoptr (MashTrayLine) line = get_only_line (work);
  g_autofree char *words = NULL;

  if (line != NULL)
    g_object_get (line, "missing", &words, NULL);

  return words != NULL && *words != '\0';
}

/* What stands in the colleague's own tray: the contact, by whom it was asked for and why. */
static void
check_mine (Work *work)
{
  g_autoptr (MashTrayLine) line = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *words = NULL;

  desk_lock (&work->desk);
  desk_sign_in (&work->desk, "officer");
  gtk_widget_activate_action (GTK_WIDGET (work->desk.window), "win.tray", "s", "mine");
  until (is_asked (work));
  line = get_only_line (work);
  contact = mash_tray_line_dup_contact (line);
  g_assert_cmpstr (contact, ==, work->contact);
  g_object_get (line, "missing", &words, NULL);
  g_assert_cmpstr (words, ==, "Aled Sorrel asks you to look: @Nia Bramble " NOTE);
  desk_take_picture (&work->desk, "mine");
}

static void
test_work (Work          *work,
           gconstpointer  who)
{
  mention (work);
  set_task (work);
  raise_flag (work);
  desk_look_around (&work->desk, "work", NULL);
  finish_task (work);
  check_mine (work);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/colleagues/work", Work, "worker", set_up, test_work, tear_down);

  return g_test_run ();
}
