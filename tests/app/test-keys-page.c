/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accessible-names.h"
#include "desk-fixture.h"
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

  return g_test_run ();
}
