/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-recovery-panel.h"
#include "mash-restore-panel.h"
#include "mash-service-keys.h"
#include "mash-sign-in-page.h"

/* Signing in over the real service, on the store fixture’s hub. The worker has a recovery code. */
typedef struct
{
  Desk            desk;      /* without a window of its own */
  GtkWindow      *window;
  MashSignInPage *page;
  GtkWidget      *recovery;
  char           *code;
  gsize           tray_page;  /* of the database; what it holds can be made anew */
  gboolean        signed_in;
} SignIn;

static char *
make_code (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *code;

  mash_service_sign_in_async (desk->service, "worker", FIXTURE_PASSPHRASE, NULL, desk_answered_cb,
                              desk_call (desk));
  mash_service_sign_in_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  mash_service_do_key_async (desk->service, MASH_KEY_MAKE_RECOVERY, NULL, FIXTURE_PASSPHRASE,
                             NULL, desk_answered_cb, desk_call (desk));
  code = mash_service_do_key_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  desk_lock (desk);

  return code;
}

static void
on_signed_in_cb (SignIn *self)
{
  self->signed_in = TRUE;
}

static gpointer
find (SignIn     *self,
      const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self->page), MASH_TYPE_SIGN_IN_PAGE, name);
}

static gpointer
find_in_panel (SignIn     *self,
               const char *name)
{
  return gtk_widget_get_template_child (self->recovery, MASH_TYPE_RECOVERY_PANEL, name);
}

static void
set_up (SignIn        *self,
        gconstpointer  data)
{
  Desk *desk = &self->desk;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  self->tray_page = (gsize) store_fixture_count (&desk->hub, "SELECT rootpage FROM sqlite_master"
                                                 " WHERE name = 'tray'");
  store_fixture_close (&desk->hub);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, desk_answered_cb, desk_call (desk));
  mash_service_open_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  self->code = make_code (desk);

  self->window = GTK_WINDOW (g_object_ref_sink (gtk_window_new ()));
  self->page = MASH_SIGN_IN_PAGE (mash_sign_in_page_new ());
  g_object_set (self->page, "service", desk->service, NULL);
  g_signal_connect_swapped (self->page, "signed-in", G_CALLBACK (on_signed_in_cb), self);
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_window_set_default_size (self->window, 800, 900);
  gtk_window_present (self->window);
  self->recovery = find (self, "recovery");
  gtk_editable_set_text (find (self, "person_entry"), "worker");
}

static void
tear_down (SignIn        *self,
           gconstpointer  data)
{
  gpointer service = self->desk.service;

  gtk_window_destroy (self->window);
  g_object_unref (self->window);
  desk_lock (&self->desk);
  g_clear_object (&self->desk.result);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (service);
  until (service == NULL);
  g_free (self->code);
  store_fixture_tear_down (&self->desk.hub, NULL);
}

static void
fill (SignIn     *self,
      const char *code,
      const char *words,
      const char *again)
{
  gtk_editable_set_text (find_in_panel (self, "code"), code);
  gtk_editable_set_text (find_in_panel (self, "new_words"), words);
  gtk_editable_set_text (find_in_panel (self, "again"), again);
  g_assert_true (gtk_widget_get_sensitive (find_in_panel (self, "set_button")));
  g_signal_emit_by_name (find_in_panel (self, "set_button"), "clicked");
}

static void
wait_for_words (GtkLabel   *label,
                const char *words)
{
  until (strstr (gtk_label_get_label (label), words) != NULL);
}

/* Somebody who forgot the passphrase sets a new one with the code, gets the next code, and signs
 * in; the code opens no more, and neither does the old passphrase. */
static void
test_recover (SignIn        *self,
              gconstpointer  data)
{
  g_autofree char *next = NULL;

  g_assert_false (gtk_widget_get_visible (self->recovery));
  g_signal_emit_by_name (find (self, "code_button"), "clicked");
  g_assert_true (gtk_widget_get_visible (self->recovery));
  g_assert_false (gtk_widget_get_visible (find (self, "passphrase")));
  g_assert_false (gtk_widget_get_sensitive (find_in_panel (self, "set_button")));
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (self->page)), ==, 0);

  fill (self, self->code, "found again", "found against");
  wait_for_words (find_in_panel (self, "said"), "not the same");
  fill (self, "0000-0000", "found again", "found again");
  wait_for_words (find_in_panel (self, "said"), "The name or the code is not right");
  fill (self, self->code, "found again", "found again");
  wait_for_words (find_in_panel (self, "next_code"), "-");
  next = g_strdup (gtk_label_get_label (find_in_panel (self, "next_code")));
  g_assert_cmpstr (next, !=, self->code);
  g_assert_cmpstr (gtk_editable_get_text (find_in_panel (self, "code")), ==, "");
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (self->page)), ==, 0);

  g_signal_emit_by_name (find_in_panel (self, "done_button"), "clicked");
  g_assert_false (gtk_widget_get_visible (self->recovery));
  g_assert_cmpstr (gtk_label_get_label (find_in_panel (self, "next_code")), ==, "");
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
  wait_for_words (find (self, "error_label"), "not right");
  g_signal_emit_by_name (find (self, "code_button"), "clicked");
  fill (self, self->code, "once more", "once more");
  wait_for_words (find_in_panel (self, "said"), "The name or the code is not right");
  fill (self, next, "once more", "once more");
  wait_for_words (find_in_panel (self, "next_code"), "-");
  g_signal_emit_by_name (find_in_panel (self, "done_button"), "clicked");
  gtk_editable_set_text (find (self, "passphrase"), "once more");
  g_signal_emit_by_name (find (self, "button"), "clicked");
  until (self->signed_in);
}

/* Until the last try was answered, up to a minute. */
static void
wait_for_answer (SignIn *self)
{
  wait_for_words (find_in_panel (self, "said"), " ");
}

/* Codes are guessed no faster than passphrases: the tries are one count. How soon it is told to
 * wait depends on how slow the machine is; after ten tries there is no more guessing at all. */
static void
test_throttled (SignIn        *self,
                gconstpointer  data)
{
  GtkLabel *said = find_in_panel (self, "said");
  guint n = 0;

  gtk_editable_set_text (find (self, "passphrase"), "a guess");
  g_signal_emit_by_name (find (self, "button"), "clicked");
  wait_for_words (find (self, "error_label"), "not right");
  g_signal_emit_by_name (find (self, "code_button"), "clicked");
  while (strstr (gtk_label_get_label (said), "Too many tries failed") == NULL)
    {
      g_assert_cmpuint (n++, <, 11);
      fill (self, "1111-1111", "words", "words");
      wait_for_answer (self);
    }
  g_assert_cmpuint (n, >=, 3);
}

static char *
back_up (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *target = g_dir_make_tmp ("mash-backup-XXXXXX", &error);

  g_assert_no_error (error);
  mash_service_sign_in_async (desk->service, "manager", FIXTURE_PASSPHRASE, NULL, desk_answered_cb,
                              desk_call (desk));
  mash_service_sign_in_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  mash_service_backup_async (desk->service, target, NULL, NULL, NULL, desk_answered_cb,
                             desk_call (desk));
  g_free (mash_service_backup_finish (desk->service, desk_wait (desk), &error));
  g_assert_no_error (error);
  desk_lock (desk);

  return target;
}

static void
sign_in (SignIn *self)
{
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
}

static GtkWidget *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GTK_IS_FILE_CHOOSER (at->data) && gtk_widget_get_mapped (at->data))
      return at->data;

  return NULL;
}

static gboolean
has_chosen (GtkFileChooser *chooser,
            GFile          *wanted)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);

  return file != NULL && g_file_equal (file, wanted);
}

/* Chooses the folder as somebody does who has gone there. */
static void
restore_from (SignIn     *self,
              const char *folder)
{
  g_autoptr (GFile) wanted = g_file_new_for_path (folder);
  GtkWidget *chooser;

  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "restore_button"), "clicked");
  until (find_chooser () != NULL);
  chooser = find_chooser ();
  g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), wanted, NULL));
  until (has_chosen (GTK_FILE_CHOOSER (chooser), wanted));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
}

/* In the moment in which it begins, so that it cannot be over. */
static void
stop_at_once (GtkWidget *panel)
{
  g_signal_emit_by_name (gtk_widget_get_template_child (panel, MASH_TYPE_RESTORE_PANEL, "stop"),
                         "clicked");
}

/* A database that does not open is put back from where one signs in; that can be stopped, and
 * begun anew. */
/* Where there is no backup, what can be read is. Of a file that holds nothing, nothing can, and it
 * stays as it was; a hub of which a page is damaged that can be made anew is whole again. */
static void
test_rescue (SignIn        *self,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->desk.hub.folder, "desk.db", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *left = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &kept, &length, NULL));
  kept[(self->tray_page - 1) * 8192 + 100] ^= 1;
  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  sign_in (self);
  wait_for_words (find (self, "error_label"), "restore it from a backup");
  g_signal_emit_by_name (find (self, "rescue_button"), "clicked");
  wait_for_words (find (self, "error_label"), "Type your passphrase first: the database");
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "rescue_button"), "clicked");
  wait_for_words (find (self, "error_label"), "Nothing was written to it");
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "not a database");

  g_assert_true (g_file_set_contents (path, kept, (gssize) length, NULL));
  gtk_editable_set_text (find (self, "person_entry"), "manager");
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "rescue_button"), "clicked");
  wait_for_words (find (self, "error_label"), "could be read, and everything in it holds.");
  sign_in (self);
  until (self->signed_in);
}

/* Where the hub made a backup that is good, nothing is read without it, and it is said where it is;
 * one that is gone is none. */
static void
test_rescue_with_backup (SignIn        *self,
                         gconstpointer  data)
{
  g_autofree char *target = back_up (&self->desk);
  g_autofree char *path = g_build_filename (self->desk.hub.folder, "desk.db", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gsize length;

  g_assert_true (g_file_get_contents (path, &kept, &length, NULL));
  kept[(self->tray_page - 1) * 8192 + 100] ^= 1;
  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  sign_in (self);
  wait_for_words (find (self, "error_label"), "restore it from a backup");
  g_assert_true (g_file_set_contents (path, kept, (gssize) length, NULL));
  gtk_editable_set_text (find (self, "person_entry"), "manager");
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "rescue_button"), "clicked");
  wait_for_words (find (self, "error_label"), "There is a backup, and it is good");
  g_assert_nonnull (strstr (gtk_label_get_label (find (self, "error_label")), target));
  dir = g_dir_open (self->desk.hub.folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "kept-") || g_str_has_prefix (name, "rescued-"));

  store_fixture_remove_all (target);
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "rescue_button"), "clicked");
  wait_for_words (find (self, "error_label"), "could be read, and everything in it holds.");
}

static void
test_restore (SignIn        *self,
              gconstpointer  data)
{
  g_autofree char *target = back_up (&self->desk);
  g_autofree char *path = g_build_filename (self->desk.hub.folder, "desk.db", NULL);
  GtkWidget *panel = find (self, "restore_panel");

  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  sign_in (self);
  wait_for_words (find (self, "error_label"), "restore it from a backup");
  g_assert_true (gtk_widget_get_visible (find (self, "restore_button")));

  g_signal_connect (panel, "show", G_CALLBACK (stop_at_once), NULL);
  restore_from (self, target);
  wait_for_words (find (self, "error_label"), "Stopped. Nothing was changed.");
  g_assert_false (gtk_widget_get_visible (panel));
  g_signal_handlers_disconnect_by_func (panel, stop_at_once, NULL);
  restore_from (self, target);
  wait_for_words (find (self, "error_label"), "is restored from the backup of");
  sign_in (self);
  until (self->signed_in);
  store_fixture_remove_all (target);
}

/* As “mash-admin desk add” leaves a folder, of a hub where nobody answers. */
static void
enrol_desk (SignIn *self)
{
  static const char enrolment[] =
    "[hub]\nid=0192a0c0-0000-7000-8000-000000000001\nname=Hub\npasses=1\nmemory-kib=8\n"
    "[server]\nhosts=localhost\nport=1\ndatabase=hub\n"
    "[desk]\nid=0192a0c0-0000-7000-8000-000000000002\nname=Desk\n"
    "[root]\nperson=0192a0c0-0000-7000-8000-000000000003\nkey=00\n";
  g_autofree char *path = g_build_filename (self->desk.hub.folder, "enrolment", NULL);

  g_assert_true (g_file_set_contents (path, enrolment, -1, NULL));
  g_object_notify (G_OBJECT (self->desk.service), "hub-name");
}

/* At a desk of a central hub the code is the administrator’s, and the database nobody else’s. */
static void
test_enrolled (SignIn        *self,
               gconstpointer  data)
{
  enrol_desk (self);
  g_assert_false (gtk_widget_get_visible (find (self, "shared_words")));

  /* Whoever waits for the hub need not. */
  g_assert_false (gtk_widget_get_visible (find (self, "cancel")));
  gtk_editable_set_text (find (self, "passphrase"), "mistyped");
  g_signal_emit_by_name (find (self, "button"), "clicked");
  g_assert_true (gtk_widget_get_visible (find (self, "cancel")));
  g_signal_emit_by_name (find (self, "cancel"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (find (self, "cancel")));
  until (gtk_widget_get_visible (find (self, "error_label")));
  g_assert_false (gtk_widget_get_visible (find (self, "cancel")));
  g_assert_false (self->signed_in);
  g_assert_cmpstr (gtk_button_get_label (find (self, "code_button")), ==,
                   "_Have you been given a code?");
  g_signal_emit_by_name (find (self, "code_button"), "clicked");
  g_assert_nonnull (strstr (gtk_label_get_label (find_in_panel (self, "asks")), "administrator"));
  g_assert_cmpstr (adw_preferences_row_get_title (find_in_panel (self, "code")), ==, "Code");
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (self->page)), ==, 0);
  fill (self, self->code, "a first one", "a first one");
  wait_for_words (find_in_panel (self, "said"), "The hub cannot be reached");
}

/* The check after a power cut is shown, and stopping it leaves the desk closed. Whoever was let in
 * before it was stopped is in, and tries again. */
static void
test_stopped (SignIn        *self,
              gconstpointer  data)
{
  GtkLabel *said = find (self, "error_label");
  gboolean stopped = FALSE;

  while (!stopped)
    {
      self->signed_in = FALSE;
      g_assert_false (gtk_widget_get_visible (find (self, "checking")));
      g_assert_false (gtk_widget_get_visible (find (self, "cancel")));
      gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
      g_signal_emit_by_name (find (self, "button"), "clicked");
      g_signal_emit_by_name (self->desk.service, "checking", 0.25);
      g_assert_true (gtk_widget_get_visible (find (self, "checking")));
      g_assert_cmpfloat (gtk_progress_bar_get_fraction (find (self, "checked")), ==, 0.25);
      g_signal_emit_by_name (find (self, "stop"), "clicked");
      g_assert_false (gtk_widget_get_sensitive (find (self, "stop")));
      until (self->signed_in || gtk_widget_get_visible (GTK_WIDGET (said)));
      stopped = !self->signed_in;
      g_assert_cmpint (mash_service_get_signed_in (self->desk.service), ==, !stopped);
      if (!stopped)
        desk_lock (&self->desk);
    }
  g_assert_cmpstr (gtk_label_get_label (said), ==, "Stopped. Nothing was changed.");
  g_assert_false (gtk_widget_get_visible (find (self, "checking")));
  g_assert_false (gtk_widget_get_visible (find (self, "restore_button")));

  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
  until (self->signed_in);
}

/* The database as an earlier version left it, with many people: there is something to wait for. */
static void
make_old (SignIn *self)
{
  StoreFixture *hub = &self->desk.hub;
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (hub, "worker");
  mash_database_execute (hub->store->database, "DROP TABLE person_term; DROP VIEW person_terms;"
                         "DROP INDEX contact_line; DROP INDEX household_line;"
                         "DROP INDEX address_line;"
                         "ALTER TABLE staff DROP COLUMN cases_from;"
                         "DROP INDEX document_unsent; ALTER TABLE document DROP COLUMN at_hub;"
                         "WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n"
                         " WHERE i < 30000) INSERT INTO person_search (rowid, person, names, keys,"
                         " births, postcodes, identifiers) SELECT i, 'p' || i, 'ada rowe zoe lea"
                         " name' || i, 'AT R S L', '20190304', '', '' FROM n;"
                         "PRAGMA user_version = 7", &error);
  g_assert_no_error (error);
  store_fixture_close (hub);
}

/* What is made ready for this version is shown as it goes on. Stopped, it says so, and whoever
 * comes next is in once it is done. */
static void
test_prepared (SignIn        *self,
               gconstpointer  data)
{
  GtkLabel *said = find (self, "error_label");

  make_old (self);
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
  until (gtk_widget_get_visible (find (self, "checking")));
  g_assert_nonnull (strstr (gtk_label_get_label (find (self, "checking_words")),
                            "The register is prepared for this version"));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (find (self, "checked")), <=, 1);
  g_assert_true (g_str_has_suffix (gtk_label_get_label (find (self, "percent")), " %"));
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (self->page)), ==, 0);

  g_signal_emit_by_name (find (self, "stop"), "clicked");
  until (gtk_widget_get_visible (GTK_WIDGET (said)));
  g_assert_cmpstr (gtk_label_get_label (said), ==, "Stopped. Nothing was lost: the register is "
                   "prepared at the next sign-in.");
  g_assert_false (gtk_widget_get_visible (find (self, "checking")));
  g_assert_false (mash_service_get_signed_in (self->desk.service));

  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
  until (self->signed_in);
  g_assert_false (gtk_widget_get_visible (find (self, "checking")));
}

/* Whoever closes the window meanwhile has stopped it. */
static void
test_closed (SignIn        *self,
             gconstpointer  data)
{
  make_old (self);
  gtk_editable_set_text (find (self, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (self, "button"), "clicked");
  until (gtk_widget_get_visible (find (self, "checking")));
  g_object_ref (self->page);
  gtk_window_destroy (self->window);
  until (!gtk_widget_get_visible (find (self, "checking")));
  g_assert_false (mash_service_get_signed_in (self->desk.service));
  g_assert_false (self->signed_in);
  g_object_unref (self->page);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/sign-in-page/recover", SignIn, NULL, set_up, test_recover, tear_down);
  g_test_add ("/sign-in-page/enrolled", SignIn, NULL, set_up, test_enrolled, tear_down);
  g_test_add ("/sign-in-page/throttled", SignIn, NULL, set_up, test_throttled, tear_down);
  g_test_add ("/sign-in-page/stopped", SignIn, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/sign-in-page/prepared", SignIn, NULL, set_up, test_prepared, tear_down);
  g_test_add ("/sign-in-page/closed", SignIn, NULL, set_up, test_closed, tear_down);
  g_test_add ("/sign-in-page/rescue", SignIn, NULL, set_up, test_rescue, tear_down);
  g_test_add ("/sign-in-page/rescue-with-backup", SignIn, NULL, set_up, test_rescue_with_backup,
              tear_down);
  g_test_add ("/sign-in-page/restore", SignIn, NULL, set_up, test_restore, tear_down);

  return g_test_run ();
}
