/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "mash-recovery-panel.h"
#include "mash-service-keys.h"
#include "mash-sign-in-page.h"
#include "rest.h"
#include "store-fixture.h"

/* Signing in over the real service, on the store fixture’s hub. The worker has a recovery code. */
typedef struct
{
  StoreFixture    hub;
  MashService    *service;
  GAsyncResult   *result;
  GtkWindow      *window;
  MashSignInPage *page;
  GtkWidget      *recovery;
  char           *code;
  gboolean        signed_in;
} Desk;

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Desk *desk = data;

  g_set_object (&desk->result, result);
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

static void
lock (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static char *
make_code (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *code;

  mash_service_sign_in_async (desk->service, "worker", FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  mash_service_do_key_async (desk->service, MASH_KEY_MAKE_RECOVERY, NULL, FIXTURE_PASSPHRASE,
                             NULL, on_done_cb, call (desk));
  code = mash_service_do_key_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  lock (desk);

  return code;
}

static void
on_signed_in_cb (Desk *desk)
{
  desk->signed_in = TRUE;
}

static gpointer
find (Desk       *desk,
      const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (desk->page), MASH_TYPE_SIGN_IN_PAGE, name);
}

static gpointer
find_in_panel (Desk       *desk,
               const char *name)
{
  return gtk_widget_get_template_child (desk->recovery, MASH_TYPE_RECOVERY_PANEL, name);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  store_fixture_close (&desk->hub);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->code = make_code (desk);

  desk->window = GTK_WINDOW (g_object_ref_sink (gtk_window_new ()));
  desk->page = MASH_SIGN_IN_PAGE (mash_sign_in_page_new ());
  g_object_set (desk->page, "service", desk->service, NULL);
  g_signal_connect_swapped (desk->page, "signed-in", G_CALLBACK (on_signed_in_cb), desk);
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->page));
  gtk_window_set_default_size (desk->window, 800, 900);
  gtk_window_present (desk->window);
  desk->recovery = find (desk, "recovery");
  gtk_editable_set_text (find (desk, "person_entry"), "worker");
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer service = desk->service;

  gtk_window_destroy (desk->window);
  g_object_unref (desk->window);
  lock (desk);
  g_clear_object (&desk->result);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (service);
  while (service != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_free (desk->code);
  store_fixture_tear_down (&desk->hub, NULL);
}

static void
fill (Desk       *desk,
      const char *code,
      const char *words,
      const char *again)
{
  gtk_editable_set_text (find_in_panel (desk, "code"), code);
  gtk_editable_set_text (find_in_panel (desk, "new_words"), words);
  gtk_editable_set_text (find_in_panel (desk, "again"), again);
  g_assert_true (gtk_widget_get_sensitive (find_in_panel (desk, "set_button")));
  g_signal_emit_by_name (find_in_panel (desk, "set_button"), "clicked");
}

/* Until the label says something and may be read, up to a minute. */
static void
wait_for_words (GtkLabel   *label,
                const char *words)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (strstr (gtk_label_get_label (label), words) == NULL)
    {
      if (g_get_monotonic_time () > until)
        g_error ("It never said “%s”, but “%s”.", words, gtk_label_get_label (label));
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
wait_until_signed_in (Desk *desk)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!desk->signed_in)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Somebody who forgot the passphrase sets a new one with the code, gets the next code, and signs
 * in; the code opens no more, and neither does the old passphrase. */
static void
test_recover (Desk          *desk,
              gconstpointer  data)
{
  g_autofree char *next = NULL;

  g_assert_false (gtk_widget_get_visible (desk->recovery));
  g_signal_emit_by_name (find (desk, "code_button"), "clicked");
  g_assert_true (gtk_widget_get_visible (desk->recovery));
  g_assert_false (gtk_widget_get_visible (find (desk, "passphrase")));
  g_assert_false (gtk_widget_get_sensitive (find_in_panel (desk, "set_button")));
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (desk->page)), ==, 0);

  fill (desk, desk->code, "found again", "found against");
  wait_for_words (find_in_panel (desk, "said"), "not the same");
  fill (desk, "0000-0000", "found again", "found again");
  wait_for_words (find_in_panel (desk, "said"), "The name or the code is not right");
  fill (desk, desk->code, "found again", "found again");
  wait_for_words (find_in_panel (desk, "next_code"), "-");
  next = g_strdup (gtk_label_get_label (find_in_panel (desk, "next_code")));
  g_assert_cmpstr (next, !=, desk->code);
  g_assert_cmpstr (gtk_editable_get_text (find_in_panel (desk, "code")), ==, "");
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (desk->page)), ==, 0);

  g_signal_emit_by_name (find_in_panel (desk, "done_button"), "clicked");
  g_assert_false (gtk_widget_get_visible (desk->recovery));
  g_assert_cmpstr (gtk_label_get_label (find_in_panel (desk, "next_code")), ==, "");
  gtk_editable_set_text (find (desk, "passphrase"), FIXTURE_PASSPHRASE);
  g_signal_emit_by_name (find (desk, "button"), "clicked");
  wait_for_words (find (desk, "error_label"), "not right");
  g_signal_emit_by_name (find (desk, "code_button"), "clicked");
  fill (desk, desk->code, "once more", "once more");
  wait_for_words (find_in_panel (desk, "said"), "The name or the code is not right");
  fill (desk, next, "once more", "once more");
  wait_for_words (find_in_panel (desk, "next_code"), "-");
  g_signal_emit_by_name (find_in_panel (desk, "done_button"), "clicked");
  gtk_editable_set_text (find (desk, "passphrase"), "once more");
  g_signal_emit_by_name (find (desk, "button"), "clicked");
  wait_until_signed_in (desk);
}

/* Until the last try was answered, up to a minute. */
static void
wait_for_answer (Desk *desk)
{
  wait_for_words (find_in_panel (desk, "said"), " ");
}

/* Codes are guessed no faster than passphrases: the tries are one count. How soon it is told to
 * wait depends on how slow the machine is; after ten tries there is no more guessing at all. */
static void
test_throttled (Desk          *desk,
                gconstpointer  data)
{
  GtkLabel *said = find_in_panel (desk, "said");
  guint n = 0;

  gtk_editable_set_text (find (desk, "passphrase"), "a guess");
  g_signal_emit_by_name (find (desk, "button"), "clicked");
  wait_for_words (find (desk, "error_label"), "not right");
  g_signal_emit_by_name (find (desk, "code_button"), "clicked");
  while (strstr (gtk_label_get_label (said), "Too many tries failed") == NULL)
    {
      g_assert_cmpuint (n++, <, 11);
      fill (desk, "1111-1111", "words", "words");
      wait_for_answer (desk);
    }
  g_assert_cmpuint (n, >=, 3);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/sign-in-page/recover", Desk, NULL, set_up, test_recover, tear_down);
  g_test_add ("/sign-in-page/throttled", Desk, NULL, set_up, test_throttled, tear_down);

  return g_test_run ();
}
