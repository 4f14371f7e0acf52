/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-exchange-error.h"
#include "mash-referral.h"

#define TODAY "2026-11-21"
#define NOW TODAY "T09:00:00.000Z"
#define HALF_A_SECOND (G_USEC_PER_SEC / 2)

/* More than any pipe holds. */
#define MUCH (4 * 1024 * 1024)

/* On a busy machine, too, sooner than a helper is given when nobody says how long. */
#define SOON (8 * G_USEC_PER_SEC)

#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature (address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Far below what a file of a gigabyte would need. */
#define MAX_MEGABYTES 200

static const char *examples;
static const char *bad_reader;

static GBytes *
load_example (void)
{
  g_autofree char *path = g_build_filename (examples, "half-filled-referral.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = mash_referral_load_file (file, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static char *
make_id (gpointer data)
{
  return g_uuid_string_random ();
}

static void
assert_next_is_read (void)
{
  g_autoptr (GBytes) file = load_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MashReferral) referral = mash_referral_read (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (referral);
}

/* Whatever the helper does, the answer is one sentence, soon, and the next file is read. */
static void
test_misbehaves (void)
{
  static const char *const ways[] = {
    "hangs", "hangs-after-answer", "is-killed", "crashes", "never-ends", "announces-4-gb",
    "announces-too-much", "announces-too-little", "does-not-read", "says-nothing",
    "refuses-in-its-own-words", "refuses-by-unknown-name", "refuses-for-no-field",
    "refuses-without-saying-so", "other-status",
    "state", "kind", "field", "second-contact", "other-contact", "reference", "no-reference",
    "twice", "date", "control", "line", "slashes", "key", "time", "references", "flag", "no-key",
    "long-key", "no-contact", "no-source", "nobody", "no-form", "other-form",
    "too-many", "sent-twice",
  };
  g_autoptr (GBytes) file = load_example ();

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const MashReaderCall call = { bad_reader, ways[i], TODAY, 400 };
      gint64 began = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", ways[i]);
      g_assert_null (mash_referral_read_by (&call, file, NULL, &error));
      g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE);
      g_assert_cmpstr (error->message, ==, "The file could not be read safely.");
      g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
    }

  assert_next_is_read ();
}

/* A helper that ends before all was sent to it has decided: what is left is not waited for. */
static void
test_stops_listening (void)
{
  static const char *const ways[] = { "does-not-read", "says-nothing", "refuses", "is-killed" };
  g_autofree guint8 *much = g_malloc0 (MUCH);
  g_autoptr (GBytes) file = g_bytes_new (much, MUCH);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const MashReaderCall call = { bad_reader, ways[i], TODAY, 0 };
      gint64 began = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", ways[i]);
      g_assert_null (mash_referral_read_by (&call, file, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
    }

  assert_next_is_read ();
}

/* A helper that shuts its ears and lives on is sent no more than fits between the two, and is given
 * no more time for it. */
static void
test_does_not_listen (void)
{
  const MashReaderCall call = { bad_reader, "hangs-without-listening", TODAY, 400 };
  g_autofree guint8 *much = g_malloc0 (MUCH);
  g_autoptr (GBytes) file = g_bytes_new (much, MUCH);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_referral_read_by (&call, file, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
  assert_next_is_read ();
}

/* The same helper is believed when nothing is wrong: it is the lie that was noticed above. */
static void
test_behaves (void)
{
  const MashReaderCall read = { bad_reader, "nothing-wrong", TODAY, 0 };
  const MashReaderCall refused = { bad_reader, "refuses", TODAY, 0 };
  const MashReaderCall missing = { "/nonexistent/mash-reader", "referral", TODAY, 0 };
  g_autoptr (GBytes) file = load_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MashReferral) referral = mash_referral_read_by (&read, file, NULL, &error);
  g_autoptr (MashGroup) group = NULL;
  MashEdit *contact;

  g_assert_no_error (error);
  /* Where nothing is said of what happened, nothing is made up. */
  group = mash_referral_to_group (referral, NOW, NOW, make_id, NULL);
  contact = mash_group_find_edit (group, "contact", NULL);
  g_assert_nonnull (contact);
  g_assert_null (mash_edit_get_text (contact, "presenting-concern"));

  g_assert_null (mash_referral_read_by (&refused, file, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_assert_true (g_str_has_prefix (error->message, "Line 7, “Born”: "));
  g_clear_error (&error);
  g_assert_null (mash_referral_read_by (&missing, file, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE);
}

/* A file of nothing is sent as one, and a file that is not there is not read. */
static void
test_nothing (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GFile) gone = g_file_new_for_path ("/nonexistent/referral.xml");
  g_autoptr (GFile) folder = g_file_new_for_path ("/");
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_referral_read (empty, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (mash_referral_load_file (gone, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mash_referral_load_file (folder, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

/* What is shown as the original is cut where a character ends, and says so. */
static void
test_long_text (void)
{
  for (guint odd = 0; odd < 2; odd++)
    {
      g_autoptr (GString) text = g_string_new (
        "<referral xmlns=\"urn:mash-desk:referral:1\"><source>6</source><letter><text>");
      g_autoptr (GBytes) file = NULL;
      g_autoptr (MashReferral) referral = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;

      g_string_append (text, odd ? "x" : "");
      for (guint i = 0; i < 32760; i++)
        g_string_append (text, "é");
      g_string_append (text, "</text></letter><children><person key=\"child\"><kind>CHILD</kind>"
                       "<role>CHILD</role><known-as>Robin</known-as></person></children>"
                       "</referral>");
      file = g_bytes_new (text->str, text->len);
      referral = mash_referral_read (file, NULL, &error);
      g_assert_no_error (error);
      shown = mash_referral_dup_text (referral);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (g_str_has_suffix (shown, "[There is more in the file itself.]"));
      g_assert_cmpuint (strlen (shown), <=, 64 * 1024);
    }
}

/* How the reader ends where it is called wrongly, or has nothing to read from or to write to. */
static void
test_reader_itself (void)
{
  static const struct
  {
    const char *command;
    int         status;
  } rows[] = {
    { "\"$0\"", 2 },
    { "\"$0\" referral", 2 },
    { "\"$0\" letter 2026-11-21", 2 },
    { "\"$0\" referral today", 2 },
    { "\"$0\" referral 2026-11-21 </", 3 },
    { "\"$0\" referral 2026-11-21 </dev/null >/dev/full", 3 },
    { "\"$0\" referral 2026-11-21 </dev/null >/dev/null", 1 },
    { "\"$0\" import 2026-11-21 </dev/null >/dev/null", 1 },
  };
  g_autofree char *program = mash_reader_client_find ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) shell = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                                        "/bin/sh", "-c", rows[i].command, program,
                                                        NULL);

      g_test_message ("%s", rows[i].command);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait (shell, NULL, &error));
      g_assert_cmpint (g_subprocess_get_exit_status (shell), ==, rows[i].status);
    }
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (HALF_A_SECOND / 5);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancelled (void)
{
  const MashReaderCall call = { bad_reader, "hangs", TODAY, 0 };
  g_autoptr (GBytes) file = load_example ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 began = g_get_monotonic_time ();

  g_assert_null (mash_referral_read_by (&call, file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
  g_thread_join (thread);
}

static void
assert_refused (GBytes *file)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mash_referral_read (file, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
}

/* Files that stall a parser, or fill the memory, end at once, and the helper stays small. */
static void
test_attacks (void)
{
  static const struct
  {
    const char *before, *middle;
    guint       n;
    const char *after;
  } rows[] = {
    { "<a ", "a='' ", 200000, "/>" },
    { "", "<a>", 100000, "" },
    { "<a>", "<b/>", 1000000, "</a>" },
    { "<a>", "<b/>", 2000000, "</a>" },
    { "<a>", "0123456789abcdef", 4 * 1024 * 1024, "</a>" },
    { "<a>", "&#38;&#38;&#38;&#38;", 200000, "</a>" },
  };
  struct rusage usage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GString *text = g_string_new (rows[i].before);
      g_autoptr (GBytes) file = NULL;

      for (guint n = 0; n < rows[i].n; n++)
        g_string_append (text, rows[i].middle);
      g_string_append (text, rows[i].after);
      file = g_string_free_to_bytes (text);

      g_test_message ("row %u", i);
      assert_refused (file);
    }

  getrusage (RUSAGE_CHILDREN, &usage);
  g_test_message ("largest helper: %ld KB", usage.ru_maxrss);
  if (!SANITIZED)
    g_assert_cmpint (usage.ru_maxrss, <, MAX_MEGABYTES * 1024);
}

static gboolean
has_lines (const char        *pid,
           const char        *name,
           const char *const *patterns)
{
  g_autofree char *path = g_build_filename ("/proc", pid, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      if (!g_regex_match_simple (patterns[i], text, G_REGEX_MULTILINE, 0))
        return FALSE;
    }

  return TRUE;
}

/* The cage is shut before the first byte is read: here the helper still waits for it. */
static void
test_limits (void)
{
  static const char *const limits[] = {
    "^Max cpu time +2 +2 ", "^Max file size +0 +0 ", "^Max core file size +0 +0 ",
    "^Max open files +3 +3 ", "^Max address space +268435456 +268435456 ", NULL,
  };
  static const char *const status[] = { "^NoNewPrivs:\\s1$", NULL };
  g_autofree char *program = mash_reader_client_find ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) helper = NULL;
  gboolean shut = FALSE;

  if (SANITIZED)
    {
      g_test_skip ("Limits are left out where shadow memory needs more");
      return;
    }

  helper = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error, program, "referral", TODAY, NULL);
  g_assert_no_error (error);
  for (guint tries = 0; !shut && tries < 100; tries++)
    {
      const char *pid = g_subprocess_get_identifier (helper);

      g_usleep (HALF_A_SECOND / 25);
      shut = has_lines (pid, "limits", limits) && has_lines (pid, "status", status);
    }
  g_assert_true (shut);
  g_subprocess_force_exit (helper);
}

/* A file of a terabyte costs no more than the question, and nothing waits on a pipe. */
static void
test_sparse (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  int fd = g_file_open_tmp ("mash-sparse-XXXXXX", &path, &error);
  gint64 began = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_assert_cmpint (ftruncate (fd, G_GINT64_CONSTANT (1) << 40), ==, 0);
  close (fd);

  file = g_file_new_for_path (path);
  g_assert_null (mash_referral_load_file (file, NULL, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
  g_clear_error (&error);
  unlink (path);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (mash_referral_load_file (file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  examples = argv[1];
  bad_reader = argv[2];

  g_test_add_func ("/exchange/reader-client/misbehaves", test_misbehaves);
  g_test_add_func ("/exchange/reader-client/stops-listening", test_stops_listening);
  g_test_add_func ("/exchange/reader-client/does-not-listen", test_does_not_listen);
  g_test_add_func ("/exchange/reader-client/behaves", test_behaves);
  g_test_add_func ("/exchange/reader-client/nothing", test_nothing);
  g_test_add_func ("/exchange/reader-client/long-text", test_long_text);
  g_test_add_func ("/exchange/reader-client/itself", test_reader_itself);
  g_test_add_func ("/exchange/reader-client/cancelled", test_cancelled);
  g_test_add_func ("/exchange/reader-client/attacks", test_attacks);
  g_test_add_func ("/exchange/reader-client/limits", test_limits);
  g_test_add_func ("/exchange/reader-client/sparse", test_sparse);

  return g_test_run ();
}
