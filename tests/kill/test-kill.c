/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session is killed at any moment of taking in, saving and signing. Whatever it had said was
 * saved is there afterwards, nothing is half there, and the record proves itself. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-small-hub.h"

#define CYCLES 200
#define MAX_WAIT_USEC 60000

static const char *own_path;

/* What the child says of each deed when it is durable: the contact, and the state it is in. */
static void
acknowledge (MashStore  *store,
             const char *contact)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", contact);
  g_autofree char *line = g_strdup_printf ("%s %s\n", contact,
                                           mash_record_get_text (record, "state"));

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    _exit (EXIT_FAILURE);
}

static void
submit (MashStore  *store,
        MashGroup  *group,
        const char *contact)
{
  g_autoptr (GError) error = NULL;

  if (!mash_store_submit (store, group, NULL, &error))
    g_error ("%s", error->message);
  acknowledge (store, contact);
}

/* Takes in contact after contact, and walks each to its recommendation. */
static void
work_as_worker (MashStore *store)
{
  for (;;)
    {
      g_autofree char *contact = NULL;
      g_autoptr (MashGroup) taking_in = mash_small_hub_new_contact (store, &contact);

      submit (store, taking_in, contact);
      for (;;)
        {
          g_autoptr (MashGroup) step = mash_small_hub_new_step (store, contact);

          if (strcmp (mash_group_get_deed (step), "approve") == 0)
            break;
          submit (store, step, contact);
        }
    }
}

/* Signs what is recommended, and then waits to be killed. */
static void
work_as_manager (MashStore *store)
{
  g_autoptr (GPtrArray) contacts = mash_store_list (store, "contact", "state", "C60");

  for (guint i = 0; i < contacts->len; i++)
    {
      const char *contact = mash_record_get_id (g_ptr_array_index (contacts, i));
      g_autoptr (MashGroup) approval = mash_small_hub_new_step (store, contact);

      if (!mash_small_hub_confirm (store, NULL))
        g_error ("The passphrase is not taken");
      submit (store, approval, contact);
    }
  pause ();
}

static int
be_child (const char *folder,
          const char *sign_in)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStore) store = mash_small_hub_open (folder, sign_in, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  if (write (STDOUT_FILENO, "ready\n", 6) < 0)
    return EXIT_FAILURE;
  if (strcmp (sign_in, MASH_SMALL_HUB_WORKER) == 0)
    work_as_worker (store);
  else
    work_as_manager (store);

  return EXIT_SUCCESS;
}

/* Reads all that a child said before it died, after it has been killed at a moment of its work. */
static char *
run_and_kill (const char *folder,
              const char *sign_in)
{
  const char *arguments[] = { own_path, "--child", folder, sign_in, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  char buffer[4096];
  gboolean killed = FALSE;
  ssize_t n;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  while ((n = read (out, buffer, sizeof buffer)) != 0)
    {
      g_assert_cmpint (n, >, 0);
      g_string_append_len (said, buffer, n);
      if (!killed)
        {
          g_usleep (g_test_rand_int_range (0, MAX_WAIT_USEC));
          g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
          killed = TRUE;
        }
    }
  close (out);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);

  return g_string_free (g_steal_pointer (&said), FALSE);
}

static void
check_letter (MashStore  *store,
              const char *contact)
{
  g_autoptr (GPtrArray) documents = mash_store_list (store, "source-document", "contact", contact);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) letter = NULL;

  g_assert_cmpuint (documents->len, ==, 1);
  letter = mash_store_get_document (store, mash_record_get_text (g_ptr_array_index (documents, 0),
                                                                 "sha256"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (letter);
}

/* The contact is in the state that was acknowledged, or in a later one that was not; what is
 * decided has its signature. */
static void
check_acknowledged (MashStore  *store,
                    const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", words[0]);

  g_assert_nonnull (record);
  g_assert_cmpstr (mash_record_get_text (record, "state"), >=, words[1]);
  check_letter (store, words[0]);
  if (strcmp (words[1], "C70") == 0)
    {
      g_autoptr (GPtrArray) signed_off = mash_store_list (store, "sign-off", "contact", words[0]);

      g_assert_cmpuint (signed_off->len, >=, 1);
    }
}

static guint
check_after (const char *folder,
             const char *said)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStore) store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, &error);
  g_autoptr (MashVerifyReport) report = NULL;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_nonnull (store);
  /* The first line says that the child was ready, and the last is what stands after its end. */
  for (guint i = 1; lines[i] != NULL && lines[i + 1] != NULL; i++, n++)
    check_acknowledged (store, lines[i]);

  mash_store_verify (store, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->fault, ==, NULL);
  g_assert_true (report->holds);
  g_assert_true (mash_store_close (store, &error));

  return n;
}

static void
test_kill (gconstpointer data)
{
  const char *const *people = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-kill-XXXXXX", &error);
  guint n = 0;

  g_assert_no_error (error);
  mash_small_hub_make (folder, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < CYCLES / 2; i++)
    {
      g_autofree char *said = run_and_kill (folder, people[i % 2]);

      n += check_after (folder, said);
    }
  g_test_message ("%u deeds were acknowledged in %d sessions", n, CYCLES / 2);
  mash_small_hub_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const worker_only[] = { MASH_SMALL_HUB_WORKER, MASH_SMALL_HUB_WORKER };
  static const char *const both[] = { MASH_SMALL_HUB_WORKER, MASH_SMALL_HUB_MANAGER };

  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return be_child (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  own_path = argv[0];
  g_test_add_data_func ("/kill/taking-in-and-saving", worker_only, test_kill);
  g_test_add_data_func ("/kill/signing", both, test_kill);

  return g_test_run ();
}
