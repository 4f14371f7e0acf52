/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contact-scene.h"
#include "mash-conflict-panel.h"
#include "mash-field-input.h"
#include "mash-unfinished-banner.h"

#define CONCERN "A boy in pyjamas, alone at the bus stop."

static const char *
get_words (Desk       *desk,
           const char *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (scene_find_entry (scene_find_field (desk, field))));
}

/* A date that cannot be read is back after a power cut, with its sentence, in the form as in the
 * table. */
static void
test_unread (Desk          *desk,
             gconstpointer  data)
{
  static const char *const fields[] = { "born", "revisit-at" };
  g_autofree char *contact = scene_make_contact (desk);

  desk_open_contact (desk, contact, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    scene_type_in (desk, fields[i], "Tuesday week");
  scene_cut_power (desk, "worker", contact);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      until (g_str_equal (get_words (desk, fields[i]), "Tuesday week"));
      g_assert_nonnull (mash_field_input_get_remark (
                          MASH_FIELD_INPUT (scene_find_field (desk, fields[i]))));
    }
  scene_type_in (desk, "born", "4/3/2020");
  scene_type_in (desk, "revisit-at", "");
  g_assert_null (mash_field_input_get_remark (MASH_FIELD_INPUT (scene_find_field (desk, "born"))));
}

/* The concern of the contact is typed anew by @who, and saved or kept as a draft. */
static void
type_concern_as (Desk       *desk,
                 const char *who,
                 const char *contact,
                 const char *text,
                 gboolean    saved)
{
  scene_cut_power (desk, who, contact);
  scene_type_in (desk, "presenting-concern", text);
  if (saved)
    mash_page_save_now (MASH_PAGE (desk->page));
}

static gboolean
is_saved_as (MashEntity *entity,
             const char *text)
{
  return g_strcmp0 (mash_record_get_text (mash_entity_get_record (entity), "presenting-concern"),
                    text) == 0;
}

/* What was typed over something that somebody else has altered since is not saved by any way until
 * the person has seen both and chosen. */
static void
test_conflict (Desk          *desk,
               gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  MashEntity *entity;
  guint field = mash_kind_find_field (mash_kind_lookup ("contact"), "presenting-concern");
  GtkWidget *panel;

  desk_open_contact (desk, contact, NULL);
  type_concern_as (desk, "worker", contact, "Mine", FALSE);
  type_concern_as (desk, "manager", contact, "Theirs", TRUE);
  until (is_saved_as (MASH_ENTITY (mash_contact_file_get_contact (desk->file)), "Theirs"));
  scene_cut_power (desk, "worker", contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (desk->file));
  panel = desk_await (desk->page, MASH_TYPE_CONFLICT_PANEL, NULL, NULL);
  desk_take_picture (desk, "conflict");

  for (guint i = 0; i < 3; i++)
    {
      mash_page_save_now (MASH_PAGE (desk->page));
      settle (desk->service);
      g_assert_cmpstr (mash_entity_get_text (entity, "presenting-concern"), ==, "Mine");
      g_assert_true (is_saved_as (entity, "Theirs"));
    }
  g_assert_true (gtk_widget_activate_action (panel, "conflict.choose", "(sub)", contact, field,
                                             TRUE));
  until (desk_find (desk->page, MASH_TYPE_CONFLICT_PANEL) == NULL);
  mash_page_save_now (MASH_PAGE (desk->page));
  until (is_saved_as (entity, "Mine"));
}

/* A new contact that nobody took in yet is offered again over the tray, to whoever typed it. */
static void
test_unfinished (Desk          *desk,
                 gconstpointer  data)
{
  GtkWidget *banner;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.new-contact", NULL));
  until (MASH_IS_CONTACT_PAGE (desk->window->page));
  desk->page = MASH_CONTACT_PAGE (desk->window->page);
  scene_type_in (desk, "presenting-concern", CONCERN);
  until (mash_autosave_get_state (desk->page->autosave) == MASH_AUTOSAVE_IDLE);
  desk_lock (desk);
  desk_sign_in (desk, "manager");
  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  settle (desk->service);
  g_assert_null (desk_find (desk->window, MASH_TYPE_UNFINISHED_BANNER));

  desk_lock (desk);
  desk_sign_in (desk, "worker");
  mash_unfinished_banner_look (desk->window->unfinished, desk->service);
  banner = desk_await (desk->window, MASH_TYPE_UNFINISHED_BANNER, NULL, NULL);
  desk_take_picture (desk, "unfinished");
  g_assert_true (gtk_widget_activate_action (banner, "unfinished.open", NULL));
  until (MASH_IS_CONTACT_PAGE (desk->window->page));
  desk->page = MASH_CONTACT_PAGE (desk->window->page);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (
                                                        mash_contact_page_get_file (desk->page))),
                                         "presenting-concern"), ==, CONCERN);
  until (desk_find (desk->window, MASH_TYPE_UNFINISHED_BANNER) == NULL);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/contact-draft/unread", Desk, "worker", desk_set_up, test_unread, desk_tear_down);
  g_test_add ("/contact-draft/unfinished", Desk, "worker", desk_set_up, test_unfinished,
              desk_tear_down);
  g_test_add ("/contact-draft/conflict", Desk, "worker", desk_set_up, test_conflict,
              desk_tear_down);

  return g_test_run ();
}
