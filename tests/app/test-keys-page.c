/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-backup.h"
#include "mash-keys-page.h"

/* Keys and backup, and a folder to which a backup may go. */
typedef struct
{
  Desk  desk;
  char *target;
} Keys;

static void
show_keys (Keys *keys)
{
  gtk_widget_activate_action (GTK_WIDGET (keys->desk.window), "win.keys", NULL);
  until (MASH_IS_KEYS_PAGE (keys->desk.window->page));
  settle (keys->desk.service);
}

static void
set_up (Keys          *keys,
        gconstpointer  who)
{
  g_autoptr (GError) error = NULL;

  keys->target = g_dir_make_tmp ("mash-backup-XXXXXX", &error);
  g_assert_no_error (error);
  desk_set_up (&keys->desk, who);
  show_keys (keys);
}

/* A hub in which somebody worked on after its last backup. */
static void
set_up_older (Keys          *keys,
              gconstpointer  who)
{
  StoreFixture *hub = &keys->desk.hub;
  g_autoptr (MashBackupInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contact = NULL;

  keys->target = g_dir_make_tmp ("mash-backup-XXXXXX", &error);
  g_assert_no_error (error);
  store_fixture_set_up (hub, NULL);
  store_fixture_sign_in (hub, who);
  mash_store_backup (hub->store, keys->target, NULL, NULL, NULL, &info, &error);
  g_assert_no_error (error);
  store_fixture_sign_in (hub, "worker");
  contact = store_fixture_contact (hub, "Cy", "Rowe", "2021-03-04");
  g_assert_true (mash_store_save_draft (hub->store, contact, "{\"x\":\"typed\"}", &error));
  desk_open (&keys->desk, who);
  show_keys (keys);
}

static void
tear_down (Keys          *keys,
           gconstpointer  who)
{
  store_fixture_remove_all (keys->target);
  g_free (keys->target);
  desk_tear_down (&keys->desk, who);
}

static gpointer
find (Keys       *keys,
      const char *name)
{
  return desk_part (keys->desk.window->page, MASH_TYPE_KEYS_PAGE, name);
}

static void
type (Keys       *keys,
      const char *name,
      const char *text)
{
  gtk_editable_set_text (find (keys, name), text);
}

static void
press (Keys       *keys,
       const char *name)
{
  until (gtk_widget_get_sensitive (find (keys, name)));
  g_signal_emit_by_name (find (keys, name), "clicked");
}

static const char *
read_label (Keys       *keys,
            const char *name)
{
  return gtk_label_get_label (find (keys, name));
}

static gboolean
says (Keys       *keys,
      const char *name,
      const char *words)
{
  return strstr (read_label (keys, name), words) != NULL;
}

static void
test_own_keys (Keys          *keys,
               gconstpointer  who)
{
  until (accessible_names_count_missing (GTK_WIDGET (keys->desk.window->page)) == 0);
  until (says (keys, "code_state", "no recovery code"));
  g_assert_false (gtk_widget_get_visible (find (keys, "keeper_part")));
  g_assert_false (gtk_widget_get_sensitive (find (keys, "change_button")));

  type (keys, "passphrase", FIXTURE_PASSPHRASE);
  type (keys, "new_words", "other words");
  type (keys, "again", "others");
  press (keys, "change_button");
  until (says (keys, "own_said", "not the same"));
  type (keys, "again", "other words");
  press (keys, "change_button");
  until (says (keys, "own_said", "and it alone"));
  g_assert_cmpstr (gtk_editable_get_text (find (keys, "passphrase")), ==, "");

  type (keys, "passphrase", FIXTURE_PASSPHRASE);
  press (keys, "code_button");
  until (says (keys, "own_said", "not right"));
  type (keys, "passphrase", "other words");
  press (keys, "code_button");
  until (says (keys, "code", "-"));
  until (says (keys, "code_state", "You have a recovery code"));
  desk_take_picture (&keys->desk, "keys-code");

  /* The code is gone with the page. */
  mash_window_show_tray (keys->desk.window, MASH_TRAY_FRONT_DOOR);
  show_keys (keys);
  g_assert_cmpstr (read_label (keys, "code"), ==, "");
}

static void
test_backup (Keys          *keys,
             gconstpointer  who)
{
  until (says (keys, "last", "No backup"));
  desk_take_picture (&keys->desk, "keys");
  g_assert_false (gtk_widget_get_sensitive (find (keys, "backup_button")));
  type (keys, "folder", keys->desk.hub.folder);
  press (keys, "backup_button");
  until (says (keys, "hub_said", "own folder"));
  type (keys, "folder", keys->target);
  press (keys, "backup_button");
  until (says (keys, "hub_said", "is checked"));
  until (says (keys, "last", keys->target));
  g_assert_false (gtk_widget_get_sensitive (find (keys, "drill_button")));
  type (keys, "passphrase", FIXTURE_PASSPHRASE);
  press (keys, "drill_button");
  until (says (keys, "hub_said", "is good"));
  desk_take_picture (&keys->desk, "keys-backup");

  type (keys, "passphrase", FIXTURE_PASSPHRASE);
  press (keys, "key_button");
  until (says (keys, "hub_said", "new key"));
  until (accessible_names_count_missing (GTK_WIDGET (keys->desk.window->page)) == 0);
}

static gboolean
is_at (Keys       *keys,
       const char *stage)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (keys->desk.window->stages), stage) == 0;
}

static gpointer
find_in_panel (Keys       *keys,
               const char *name)
{
  return desk_part (keys->desk.window->restore_panel, MASH_TYPE_RESTORE_PANEL, name);
}

static gboolean
panel_says (Keys       *keys,
            const char *name,
            const char *words)
{
  return strstr (gtk_label_get_label (find_in_panel (keys, name)), words) != NULL;
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      return at->data;

  return NULL;
}

static void
back_up (Keys *keys)
{
  type (keys, "folder", keys->target);
  press (keys, "backup_button");
  until (says (keys, "hub_said", "is checked"));
}

static void
begin_restore (Keys       *keys,
               const char *passphrase)
{
  type (keys, "folder", keys->target);
  type (keys, "passphrase", passphrase);
  press (keys, "restore_button");
  until (find_question () != NULL);
  adw_message_dialog_response (find_question (), "yes");
  until (is_at (keys, "restoring"));
}

/* Nothing can be typed any more once it has begun, and one button leads back in. */
static void
leave_restore (Keys *keys)
{
  g_assert_false (mash_window_is_usable (keys->desk.window));
  gtk_widget_activate_action (GTK_WIDGET (keys->desk.window), "win.new-contact", NULL);
  g_assert_true (is_at (keys, "restoring"));
  until (accessible_names_count_missing (GTK_WIDGET (keys->desk.window->restore_panel)) == 0);
  g_signal_emit_by_name (find_in_panel (keys, "again"), "clicked");
  until (is_at (keys, "sign-in"));
  desk_sign_in (&keys->desk, "manager");
  show_keys (keys);
}

static void
test_restore (Keys          *keys,
              gconstpointer  who)
{
  back_up (keys);
  begin_restore (keys, FIXTURE_PASSPHRASE);
  desk_take_picture (&keys->desk, "restoring");
  g_assert_cmpstr (gtk_editable_get_text (find (keys, "passphrase")), ==, "");
  until (panel_says (keys, "heading", "The hub is restored"));
  g_assert_true (panel_says (keys, "sentence", "is restored from the backup of"));
  desk_take_picture (&keys->desk, "restored");
  leave_restore (keys);
}

/* B16: that the history went on after the backup is said, and what became of the rest of it. */
static void
test_older (Keys          *keys,
            gconstpointer  who)
{
  begin_restore (keys, FIXTURE_PASSPHRASE);
  until (panel_says (keys, "heading", "The hub is restored"));
  g_assert_true (panel_says (keys, "sentence", "Work had gone on after it. Later changes that "
                             "were taken over, each once: "));
  g_assert_true (panel_says (keys, "sentence", "; drafts: 1."));
  leave_restore (keys);
}

/* In the moment in which it begins, so that it cannot be over. */
static void
stop_at_once (Keys *keys)
{
  g_assert_true (is_at (keys, "restoring"));
  mash_window_lock (keys->desk.window);
  g_assert_true (is_at (keys, "restoring"));
  g_signal_emit_by_name (find_in_panel (keys, "stop"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (find_in_panel (keys, "stop")));
}

/* Whether it was stopped or failed, the page says that, and not that anything was put back. A lock
 * neither stops it nor shows another page. */
static void
test_not_restored (Keys          *keys,
                   gconstpointer  who)
{
  gulong stopping;

  back_up (keys);
  stopping = g_signal_connect_swapped (keys->desk.window->stages, "notify::visible-child-name",
                                       G_CALLBACK (stop_at_once), keys);
  begin_restore (keys, FIXTURE_PASSPHRASE);
  g_signal_handler_disconnect (keys->desk.window->stages, stopping);
  until (panel_says (keys, "heading", "was not restored"));
  g_assert_true (panel_says (keys, "sentence", "Stopped. Nothing was changed."));
  leave_restore (keys);

  begin_restore (keys, "not my words");
  until (panel_says (keys, "heading", "was not restored"));
  g_assert_true (panel_says (keys, "sentence", "not right"));
  desk_take_picture (&keys->desk, "not-restored");
  leave_restore (keys);
}

/* A desk of a central hub has the passphrase only. */
static void
test_central (Keys          *keys,
              gconstpointer  who)
{
  g_autofree char *file = g_build_filename (keys->desk.hub.folder, "enrolment", NULL);

  until (gtk_widget_get_visible (find (keys, "keeper_part")));
  g_assert_true (gtk_widget_get_visible (find (keys, "code_button")));
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  mash_window_show_tray (keys->desk.window, MASH_TRAY_FRONT_DOOR);
  show_keys (keys);
  until (says (keys, "last", "central hub"));
  g_assert_false (gtk_widget_get_visible (find (keys, "keeper_part")));
  g_assert_false (gtk_widget_get_visible (find (keys, "code_button")));
  g_assert_false (gtk_widget_get_visible (find (keys, "code_state")));
  g_assert_true (gtk_widget_get_visible (find (keys, "change_button")));
  g_unlink (file);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/keys-page/own-keys", Keys, "worker", set_up, test_own_keys, tear_down);
  g_test_add ("/keys-page/backup", Keys, "manager", set_up, test_backup, tear_down);
  g_test_add ("/keys-page/restore", Keys, "manager", set_up, test_restore, tear_down);
  g_test_add ("/keys-page/older", Keys, "manager", set_up_older, test_older, tear_down);
  g_test_add ("/keys-page/central", Keys, "manager", set_up, test_central, tear_down);
  g_test_add ("/keys-page/not-restored", Keys, "manager", set_up, test_not_restored, tear_down);

  return g_test_run ();
}
