/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-case-picker.h"

/* Attaching a contact to an open one of the same family: looked for while it is typed, opened, and
 * attached. */
typedef struct
{
  Desk  desk;
  char *open;      /* the family’s open contact */
  char *closed;    /* an earlier one of the same child, attached already */
  char *contact;   /* what came in now, screened */
} Attach;

static void
screen (StoreFixture *hub,
        const char   *contact)
{
  store_fixture_do (hub, "take", contact, "assigned-to", hub->worker, NULL);
  store_fixture_do (hub, "screen", contact, "history-searched", "One open contact found", NULL);
}

static void
set_up (Attach        *attach,
        gconstpointer  who)
{
  StoreFixture *hub = &attach->desk.hub;

  store_fixture_set_up (hub, NULL);
  attach->open = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  attach->closed = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  attach->contact = store_fixture_contact (hub, "Noah", "Varley", "2021-03-04");
  store_fixture_sign_in (hub, "worker");
  screen (hub, attach->contact);
  desk_open (&attach->desk, who);
}

static void
tear_down (Attach        *attach,
           gconstpointer  who)
{
  g_clear_pointer (&attach->open, g_free);
  g_clear_pointer (&attach->closed, g_free);
  g_clear_pointer (&attach->contact, g_free);
  desk_tear_down (&attach->desk, who);
}

static gpointer
part (Attach     *attach,
      const char *name)
{
  GtkWidget *picker = desk_find (attach->desk.page, MASH_TYPE_CASE_PICKER);

  return picker != NULL ? desk_part (picker, MASH_TYPE_CASE_PICKER, name) : NULL;
}

static guint
count_rows (Attach *attach)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (part (attach, "list"), (int) n) != NULL)
    n++;

  return n;
}

static gboolean
says (Attach     *attach,
      const char *words)
{
  GtkLabel *remark = part (attach, "remark");

  return remark != NULL && gtk_widget_get_visible (GTK_WIDGET (remark)) &&
         strstr (gtk_label_get_text (remark), words) != NULL;
}

static void
begin (Attach *attach)
{
  desk_open_contact (&attach->desk, attach->contact, "decision");
  until (mash_autosave_get_state (attach->desk.page->autosave) == MASH_AUTOSAVE_IDLE);
  gtk_widget_activate_action (GTK_WIDGET (attach->desk.page), "contact.deed", "s", "attach");
  until (part (attach, "search") != NULL);
}

static void
type (Attach     *attach,
      const char *text)
{
  gtk_editable_set_text (part (attach, "search"), text);
}

/* The refusal of the deed stands in the bar, under the picker. */
static gboolean
is_refused (Attach     *attach,
            const char *words)
{
  GtkWidget *bar = desk_find (attach->desk.page, MASH_TYPE_DEED_BAR);
  GtkLabel *refusal = desk_part (bar, MASH_TYPE_DEED_BAR, "refusal");

  return gtk_widget_get_visible (GTK_WIDGET (refusal)) &&
         strstr (gtk_label_get_text (refusal), words) != NULL;
}

/* The contact itself is never offered, nor what nobody has; whoever types a name finds both of that
 * name, each with its reference, its state and who has it. */
static void
test_finds (Attach        *attach,
            gconstpointer  data)
{
  g_autofree char *words = NULL;
  GtkListBoxRow *row;

  begin (attach);
  until (says (attach, "Type a name or the reference"));
  type (attach, "Nobody");
  until (says (attach, "No other open contact"));
  type (attach, "Varley");
  until (says (attach, "No other open contact"));
  type (attach, "Marsh");
  until (count_rows (attach) == 2);
  row = gtk_list_box_get_row_at_index (part (attach, "list"), 0);
  words = g_strdup (gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row))));
  g_assert_true (g_str_has_prefix (words, "Marsh · "));
  g_assert_true (g_str_has_suffix (words, " · Received · nobody has it"));
  desk_take_picture (&attach->desk, "attach-found");
}

/* By the keyboard: the reference, Enter, the other contact opened and read, back, Ctrl+Return. */
static void
test_attaches (Attach        *attach,
               gconstpointer  data)
{
  g_autofree char *reference = NULL;

  desk_open_contact (&attach->desk, attach->open, "referral");
  reference = g_strdup (mash_entity_get_text (
                          MASH_ENTITY (mash_contact_file_get_contact (attach->desk.file)),
                          "reference"));
  begin (attach);
  type (attach, reference);
  until (count_rows (attach) == 1);
  g_signal_emit_by_name (part (attach, "search"), "activate");
  until (strstr (gtk_label_get_text (part (attach, "chosen")), reference) != NULL);
  desk_take_picture (&attach->desk, "attach-chosen");
  until (gtk_widget_is_sensitive (desk_part (desk_find (attach->desk.page, MASH_TYPE_DEED_BAR),
                                             MASH_TYPE_DEED_BAR, "confirm")));
  mash_deed_bar_confirm (MASH_DEED_BAR (desk_find (attach->desk.page, MASH_TYPE_DEED_BAR)));
  until (g_strcmp0 (mash_entity_get_text (
                      MASH_ENTITY (mash_contact_file_get_contact (attach->desk.file)), "state"),
                    "X20") == 0);
}

/* A contact that nobody of this desk has opened is refused where it is chosen; opened from there,
 * what was chosen is still chosen. */
static void
test_opened_first (Attach        *attach,
                   gconstpointer  data)
{
  begin (attach);
  type (attach, "Marsh");
  until (count_rows (attach) == 2);
  g_signal_emit_by_name (part (attach, "list"), "row-activated",
                         gtk_list_box_get_row_at_index (part (attach, "list"), 0));
  g_assert_nonnull (mash_case_picker_get_value (
                      MASH_CASE_PICKER (desk_find (attach->desk.page, MASH_TYPE_CASE_PICKER))));
  until (gtk_widget_get_visible (part (attach, "unread")));
  g_signal_emit_by_name (part (attach, "other"), "clicked");
  until (says (attach, "Type a name or the reference"));
  until (is_refused (attach, "Say to which contact it belongs"));
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/case-picker/finds", Attach, "worker", set_up, test_finds, tear_down);
  g_test_add ("/case-picker/attaches", Attach, "worker", set_up, test_attaches, tear_down);
  g_test_add ("/case-picker/opened-first", Attach, "worker", set_up, test_opened_first, tear_down);

  return g_test_run ();
}
