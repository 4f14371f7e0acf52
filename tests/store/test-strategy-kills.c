/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-signing.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "store-fixture.h"

/* A discussion that is cut off: whatever was said to be saved is there when it is opened again, and
 * a signature is there whole or not at all. */

#define N_KILLS 12
#define MAX_MICROSECONDS 9000

typedef struct
{
  StoreFixture hub;
  char        *contact;
  char        *discussion;
} Room;

static MashEdit *
add (Room       *room,
     MashGroup  *group,
     const char *kind)
{
  return store_fixture_add (room->hub.store, group, mash_kind_lookup (kind), "discussion",
                            room->discussion, NULL);
}

static void
submit (Room      *room,
        MashGroup *group)
{
  g_autoptr (MashGroup) owned = group;
  g_autoptr (GError) error = NULL;

  mash_store_submit (room->hub.store, owned, NULL, &error);
  g_assert_no_error (error);
}

static void
put_now (Room       *room,
         MashEdit   *edit,
         const char *field)
{
  g_autofree char *now = mash_time_format (mash_store_get_now (room->hub.store));

  mash_edit_set_text (edit, field, now);
}

static void
invite (Room       *room,
        const char *agency)
{
  MashGroup *group = mash_group_new ("write-discussion", room->contact);
  MashEdit *edit = add (room, group, "sd-participant");

  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_text (edit, "attended", "PRESENT");
  edit = add (room, group, "sd-view");
  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_text (edit, "position", "AGREE");
  submit (room, group);
}

static void
attend_and_decide (Room *room)
{
  g_autoptr (GPtrArray) children = mash_store_list (room->hub.store, "sd-child", "discussion",
                                                    room->discussion);
  g_autoptr (GPtrArray) there = mash_store_list (room->hub.store, "sd-participant", "discussion",
                                                 room->discussion);
  MashGroup *group = mash_group_new ("write-discussion", room->contact);
  MashEdit *edit;

  for (guint i = 0; i < there->len; i++)
    {
      edit = mash_edit_new_for (g_ptr_array_index (there, i));
      mash_edit_set_text (edit, "attended", "PRESENT");
      mash_group_take_edit (group, edit);
    }
  for (guint i = 0; i < children->len; i++)
    {
      edit = mash_edit_new_for (g_ptr_array_index (children, i));
      mash_edit_set_text (edit, "threshold-met", "Y");
      mash_edit_set_text (edit, "decision", "S47J");
      mash_edit_set_text (edit, "rationale", "Because of what was said");
      mash_group_take_edit (group, edit);
    }
  edit = add (room, group, "sd-view");
  mash_edit_set_text (edit, "agency", room->hub.agency);
  mash_edit_set_text (edit, "position", "AGREE");
  submit (room, group);
}

/* One contact, its discussion started by the manager, who stays signed in. */
static void
set_up (Room         *room,
        gconstpointer data)
{
  store_fixture_set_up (&room->hub, NULL);
  room->contact = store_fixture_contact (&room->hub, "Leo", "Marsh", "2018-03-04");
  store_fixture_close (&room->hub);
  store_fixture_sign_in (&room->hub, "manager");
  room->discussion = store_fixture_discuss (&room->hub, room->contact);
}

static void
tear_down (Room         *room,
           gconstpointer data)
{
  store_fixture_tear_down (&room->hub, NULL);
  g_free (room->contact);
  g_free (room->discussion);
}

/* Writes notes until it is killed, and tells of each that was saved. */
static void
write_and_tell (Room *room,
                int   pipe_fd)
{
  store_fixture_sign_in (&room->hub, "manager");
  for (;;)
    {
      MashGroup *group = mash_group_new ("write-discussion", room->contact);
      MashEdit *edit = add (room, group, "sd-note");

      mash_edit_set_text (edit, "agency", room->hub.agency);
      mash_edit_set_text (edit, "text", "What was said");
      put_now (room, edit, "at");
      submit (room, group);
      if (write (pipe_fd, ".", 1) != 1)
        _exit (0);
    }
}

static guint
count_notes (Room *room)
{
  g_autoptr (GPtrArray) notes = mash_store_list (room->hub.store, "sd-note", "discussion",
                                                 room->discussion);

  return notes->len;
}

/* Kills a writer after so many notes were told of, and some time. */
static guint
kill_after (Room *room,
            guint n_told)
{
  int pipe_fds[2];
  guint told = 0;
  char byte;
  pid_t pid;
  int status;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      close (pipe_fds[0]);
      write_and_tell (room, pipe_fds[1]);
      _exit (1);
    }
  close (pipe_fds[1]);
  while (told < n_told && read (pipe_fds[0], &byte, 1) == 1)
    told++;
  g_usleep ((gulong) g_test_rand_int_range (0, MAX_MICROSECONDS));
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (read (pipe_fds[0], &byte, 1) == 1)
    told++;
  close (pipe_fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));

  return told;
}

static void
test_notes (Room         *room,
            gconstpointer data)
{
  guint before = 0;

  for (guint i = 1; i <= N_KILLS; i++)
    {
      guint told, found;

      store_fixture_close (&room->hub);
      told = kill_after (room, i % 4 + 1);
      store_fixture_sign_in (&room->hub, "manager");
      found = count_notes (room);
      g_assert_cmpuint (found, >=, before + told);
      g_assert_cmpuint (found, <=, before + told + 1);
      before = found;
    }
}

static MashRecord *
find_chairs_request (Room *room)
{
  g_autoptr (GPtrArray) requests = mash_store_list (room->hub.store, "sd-request", "capacity",
                                                    "CHAIR");

  g_assert_cmpuint (requests->len, ==, 1);

  return mash_record_ref (g_ptr_array_index (requests, 0));
}

static void
sign_and_exit (Room *room)
{
  g_autoptr (MashRecord) request = find_chairs_request (room);
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (room->hub.store),
                                                     room->discussion);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  MashGroup *group = mash_group_new ("sign-as-chair", room->contact);
  MashEdit *edit = mash_edit_new_for (request);

  mash_edit_set_text (edit, "seen-hash", hash);
  mash_group_take_edit (group, edit);
  if (mash_store_check_passphrase (room->hub.store, passphrase, NULL))
    submit (room, group);
  _exit (0);
}

static void
finish_and_ask (Room *room)
{
  g_autoptr (MashRecord) record = NULL;
  MashGroup *group = mash_group_new ("finish-discussion", room->contact);
  MashEdit *edit;

  invite (room, room->hub.police);
  invite (room, room->hub.health);
  attend_and_decide (room);
  record = mash_store_lookup (room->hub.store, "strategy-discussion", room->discussion);
  edit = mash_edit_new_for (record);
  put_now (room, edit, "ended-at");
  mash_group_take_edit (group, edit);
  submit (room, group);

  g_clear_pointer (&record, mash_record_unref);
  record = mash_store_lookup (room->hub.store, "strategy-discussion", room->discussion);
  group = mash_group_new ("ask-to-sign", room->contact);
  edit = mash_edit_new_for (record);
  put_now (room, edit, "asked-at");
  mash_group_take_edit (group, edit);
  submit (room, group);
}

/* Begins to sign, is killed where there is a time to wait, and tells whether it is signed: the
 * answer and the signature are both there, or neither. */
static gboolean
sign_and_kill (Room *room,
               int   max_microseconds)
{
  g_autoptr (MashRecord) request = NULL;
  gboolean done;
  pid_t pid;
  int status;

  store_fixture_close (&room->hub);
  pid = fork ();
  if (pid == 0)
    {
      store_fixture_sign_in (&room->hub, "manager");
      sign_and_exit (room);
    }
  if (max_microseconds > 0)
    {
      g_usleep ((gulong) g_test_rand_int_range (0, max_microseconds));
      kill (pid, SIGKILL);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);

  store_fixture_sign_in (&room->hub, "manager");
  request = find_chairs_request (room);
  done = mash_record_has (request, "answer");
  g_assert_cmpint (store_fixture_count (&room->hub,
                                        "SELECT count (*) FROM sign_off"
                                        " WHERE type = 'SO04'"), ==, done ? 1 : 0);

  return done;
}

/* Killed at any moment while signing; and whoever is not killed has signed, so that what is looked
 * for above is there to be found. */
static void
test_signature (Room         *room,
                gconstpointer data)
{
  gboolean done = FALSE;

  finish_and_ask (room);
  for (guint i = 0; i < 3 * N_KILLS && !done; i++)
    done = sign_and_kill (room, (int) (i + 1) * 4 * MAX_MICROSECONDS);
  if (!done)
    done = sign_and_kill (room, 0);
  g_assert_true (done);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/strategy-kills/notes", Room, NULL, set_up, test_notes, tear_down);
  g_test_add ("/strategy-kills/signature", Room, NULL, set_up, test_signature, tear_down);

  return g_test_run ();
}
