/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "mash-autosave.h"
#include "mash-contact-file-private.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "store-fixture.h"

/* Sixty seconds of a discussion: somebody writes without a pause into the plan, the decision and
 * one note after another, leaves a section now and then, and ends a note with Enter. It is held
 * sixty times over and killed after each of its seconds, once at each.
 *
 * What this proves: by the desk’s own autosave, its service and its store on a real encrypted file,
 * every word that is older than five seconds is given back when the contact is opened again, typed
 * where it was typed; and every word is that the desk had said it had saved, however young. The
 * process is killed with SIGKILL, between a save and the next as well as in the middle of one.
 *
 * What it does not: what the disk forgets when the power goes is in tests/fault, and that the pages
 * tell the autosave of every key is in tests/app. Time is moved by the test: the autosave waits for
 * it as it waits for the clock, and the sixty seconds take none of their own. */

#define SECONDS     60
#define EVERY       250  /* a word, in milliseconds */
#define AT_RISK     5000
#define NOTE_ASIDE  "sd-note.composed"
#define MAX_WAITS   8

typedef enum
{
  ACT_NONE,
  ACT_LEAVE, /* the section, for the next */
  ACT_ENTER, /* at the end of a note */
} Act;

/* Until when somebody writes into what, and what they do then. */
static const struct
{
  guint       until;
  const char *kind;
  const char *field;
  Act         act;
} script[] = {
  { 13000, "sd-plan", "scene", ACT_LEAVE },
  { 20000, "sd-note", "text", ACT_ENTER },
  { 21000, "sd-note", "text", ACT_ENTER },
  { 26000, "sd-note", "text", ACT_LEAVE },  /* half a note, left for the decision */
  { 33000, "sd-child", "rationale", ACT_LEAVE },
  { 36000, NULL, NULL, ACT_NONE },          /* somebody speaks, nobody writes */
  { 45000, "sd-note", "text", ACT_ENTER },
  { 52000, "sd-plan", "arrest", ACT_NONE },
  { 60001, "sd-note", "text", ACT_NONE },
};

typedef struct
{
  StoreFixture hub;
  char        *template;
  char        *place;
  char        *contact;
  char        *discussion;
} Room;

/* Time as the autosave sees it. */
typedef struct
{
  guint           id;
  guint           due;
  GSourceOnceFunc call;
  gpointer        data;
} Wait;

typedef struct
{
  Room            *room;
  MashService     *service;
  MashContactFile *file;
  MashAutosave    *autosave;
  MashEntity      *note;
  GAsyncResult    *result;
  Wait             waits[MAX_WAITS];
  guint            n_made;
  guint            now;
  guint            n_words;
  int              told;
} Writer;

static guint
start_wait (gpointer        data,
            guint           milliseconds,
            GSourceOnceFunc due,
            gpointer        due_data)
{
  Writer *self = data;
  guint i = 0;

  while (self->waits[i].id != 0)
    i++;
  g_assert_cmpuint (i, <, MAX_WAITS);
  self->waits[i] = (Wait) { ++self->n_made, self->now + milliseconds, due, due_data };

  return self->n_made;
}

static void
stop_wait (gpointer data,
           guint    id)
{
  Writer *self = data;

  for (guint i = 0; i < MAX_WAITS; i++)
    if (self->waits[i].id == id)
      self->waits[i].id = 0;
}

static void
call_due (Writer *self)
{
  for (guint i = 0; i < MAX_WAITS; i++)
    {
      Wait wait = self->waits[i];

      if (wait.id == 0 || wait.due > self->now)
        continue;
      self->waits[i].id = 0;
      wait.call (wait.data);
    }
}

/* The writer, in a process of its own */

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_set_object (&((Writer *) data)->result, result);
}

static GAsyncResult *
wait_for (Writer *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return self->result;
}

static void
open_desk (Writer *self)
{
  const MashAutosaveTimers timers = { start_wait, stop_wait, self };
  g_autoptr (GError) error = NULL;

  self->service = mash_service_new (self->room->hub.folder);
  mash_service_open_async (self->service, NULL, on_done_cb, self);
  mash_service_open_finish (self->service, wait_for (self), &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  mash_service_sign_in_async (self->service, "manager", FIXTURE_PASSPHRASE, NULL, on_done_cb, self);
  mash_service_sign_in_finish (self->service, wait_for (self), &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  mash_service_open_contact_async (self->service, self->room->contact, NULL, on_done_cb, self);
  self->file = mash_service_open_contact_finish (self->service, wait_for (self), &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  self->autosave = mash_autosave_new (self->service, self->file);
  mash_autosave_set_timers (self->autosave, &timers);
}

static MashEntity *
make_note (Writer *self)
{
  g_autofree char *id = mash_service_make_id (self->service);
  g_autofree char *now = mash_time_format (mash_service_get_now (self->service));
  MashEntity *note = mash_entity_new (mash_kind_lookup ("sd-note"), id);

  mash_entity_set_text (note, "contact", self->room->contact);
  mash_entity_set_text (note, "discussion", self->room->discussion);
  mash_entity_set_text (note, "agency", self->room->hub.agency);
  mash_entity_set_text (note, "at", now);

  return note;
}

/* As the page does it: a note is written beside the contact, all else in it. */
static void
type_word (Writer     *self,
           const char *kind,
           const char *field)
{
  gboolean aside = strcmp (kind, "sd-note") == 0;
  g_autoptr (MashEntity) entity = NULL;
  g_autofree char *text = NULL;
  const char *before;

  if (aside && self->note == NULL)
    self->note = make_note (self);
  entity = aside ? g_object_ref (self->note)
                 : g_list_model_get_item (mash_contact_file_get_list (self->file, kind), 0);
  before = mash_entity_get_text (entity, field);
  text = g_strdup_printf ("%s word%03u.", before != NULL ? before : "It began.", self->n_words++);
  mash_entity_set_text (entity, field, text);
  if (aside)
    mash_contact_file_lay_aside (self->file, NOTE_ASIDE, entity);
  mash_autosave_typed (self->autosave);
}

static gboolean
is_saving (Writer *self)
{
  return mash_autosave_get_state (self->autosave) == MASH_AUTOSAVE_SAVING;
}

/* What was typed until now is durable, by the desk’s own account. */
static void
tell (Writer *self,
      char    what)
{
  g_assert_cmpint (mash_autosave_get_state (self->autosave), !=, MASH_AUTOSAVE_FAILED);
  if (write (self->told, &what, 1) != 1)
    _exit (0);
  if (write (self->told, &self->n_words, sizeof self->n_words) != sizeof self->n_words)
    _exit (0);
}

static void
enter_note (Writer *self)
{
  MashGroup *group = mash_group_new ("write-discussion", self->room->contact);

  mash_group_take_edit (group, mash_entity_dup_edit (self->note));
  mash_service_submit_async (self->service, group, NULL, on_done_cb, self);
  mash_group_unref (group);
}

static void
on_entered (Writer *self)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_finish (self->service, wait_for (self), &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  g_clear_object (&self->note);
  mash_contact_file_set_loose (self->file, NOTE_ASIDE, NULL);
  mash_autosave_typed (self->autosave);
}

static void
on_left (Writer *self)
{
  g_autoptr (GError) error = NULL;

  mash_autosave_submit_finish (self->autosave, wait_for (self), &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
}

/* One step of the script, at its moment; TRUE where it began to save. */
static gboolean
step (Writer *self,
      Act    *act)
{
  guint phase = 0;

  while (self->now > script[phase].until)
    phase++;
  *act = self->now == script[phase].until ? script[phase].act : ACT_NONE;
  if (script[phase].kind != NULL)
    type_word (self, script[phase].kind, script[phase].field);
  if (*act == ACT_ENTER)
    enter_note (self);
  else if (*act == ACT_LEAVE)
    mash_autosave_submit_async (self->autosave, on_done_cb, self);
  call_due (self);

  return *act != ACT_NONE || is_saving (self);
}

/* Writes to the second at which it is killed: whatever it is doing then. */
static void
write_until (Room *room,
             guint second,
             int   told)
{
  Writer self = { .room = room, .told = told };

  open_desk (&self);
  for (self.now = 0;; self.now += EVERY)
    {
      Act act;
      gboolean saves = step (&self, &act);

      if (self.now == second * 1000)
        kill (getpid (), SIGKILL);
      if (!saves)
        continue;
      if (act == ACT_ENTER)
        on_entered (&self);
      else if (act == ACT_LEAVE)
        on_left (&self);
      while (is_saving (&self))
        g_main_context_iteration (NULL, TRUE);
      /* A note that is entered saves that note, and not what is typed beside it. */
      if (act != ACT_ENTER)
        tell (&self, '.');
    }
}

/* The morning after */

static void
copy_folder (const char *from,
             const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_mkdir (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_folder (source, target);
          continue;
        }
      g_file_get_contents (source, &content, &length, &error);
      g_assert_no_error (error);
      g_file_set_contents_full (target, content, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

static char *
make_id (gpointer data)
{
  return mash_store_make_id (data);
}

/* What is in the form, and, where that is an older draft of what was saved a moment later, what the
 * form shows beside it. */
static void
append (GString    *words,
        MashEntity *entity,
        const char *field)
{
  MashRecord *record = mash_entity_get_record (entity);
  const char *text = mash_entity_get_text (entity, field);
  const char *saved = record != NULL ? mash_record_get_text (record, field) : NULL;

  g_string_append_printf (words, "%s\n%s\n", text != NULL ? text : "", saved != NULL ? saved : "");
}

/* Everything that the desk gives back when the contact is opened again. */
static char *
read_all (Room *room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (room->hub.store, room->contact,
                                                                  &error);
  g_autoptr (MashContactFile) file = NULL;
  g_autoptr (MashEntity) note = mash_entity_new (mash_kind_lookup ("sd-note"), "note");
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  file = mash_contact_file_new (room->contact, "2026-11-23", make_id, room->hub.store);
  mash_contact_file_set_records (file, bundle->records);
  if (bundle->draft != NULL)
    mash_contact_file_load_draft (file, bundle->draft, bundle->draft_at);
  for (guint i = 0; i < G_N_ELEMENTS (script); i++)
    {
      GListModel *list = script[i].kind != NULL
                         ? mash_contact_file_get_list (file, script[i].kind) : NULL;

      for (guint k = 0; list != NULL && k < g_list_model_get_n_items (list); k++)
        {
          g_autoptr (MashEntity) entity = g_list_model_get_item (list, k);

          append (words, entity, script[i].field);
        }
    }
  if (mash_contact_file_take_up (file, NOTE_ASIDE, note))
    append (words, note, "text");

  return g_string_free (words, FALSE);
}

/* When the n-th word was typed, in milliseconds; never, where the script has ended before it. */
static guint
find_moment (guint n)
{
  guint phase = 0;

  for (guint now = 0;; now += EVERY)
    {
      while (phase < G_N_ELEMENTS (script) && now > script[phase].until)
        phase++;
      if (phase == G_N_ELEMENTS (script))
        return G_MAXUINT;
      if (script[phase].kind != NULL && n-- == 0)
        return now;
    }
}

static void
assert_kept (const char *words,
             guint       second,
             guint       n_told)
{
  for (guint n = 0; find_moment (n) <= second * 1000; n++)
    {
      g_autofree char *word = g_strdup_printf ("word%03u.", n);
      guint age = second * 1000 - find_moment (n);

      if (strstr (words, word) == NULL && (age > AT_RISK || n < n_told))
        g_error ("Killed at second %u: word %u is lost, %u ms old%s", second, n, age,
                 n < n_told ? ", and was said to be saved" : "");
    }
}

static guint
kill_at (Room *room,
         guint second)
{
  int pipe_fds[2];
  guint n_told = 0;
  guint number;
  char what;
  pid_t pid;
  int status;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      close (pipe_fds[0]);
      write_until (room, second, pipe_fds[1]);
    }
  close (pipe_fds[1]);
  while (read (pipe_fds[0], &what, 1) == 1 &&
         read (pipe_fds[0], &number, sizeof number) == sizeof number)
    n_told = number;
  close (pipe_fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);

  return n_told;
}

/* In memory where there is such a place: a process that is killed leaves behind what it wrote,
 * whatever the disk has taken of it. */
static char *
make_place (void)
{
  g_autofree char *place = g_strdup ("/dev/shm/mash-kills-XXXXXX");

  return g_mkdtemp (place) != NULL ? g_steal_pointer (&place)
                                   : g_dir_make_tmp ("mash-kills-XXXXXX", NULL);
}

/* One contact, and its discussion in progress. */
static void
set_up (Room         *room,
        gconstpointer data)
{
  store_fixture_set_up (&room->hub, NULL);
  room->contact = store_fixture_contact (&room->hub, "Leo", "Marsh", "2018-03-04");
  store_fixture_close (&room->hub);
  store_fixture_sign_in (&room->hub, "manager");
  room->discussion = store_fixture_discuss (&room->hub, room->contact);
  store_fixture_close (&room->hub);
  room->template = room->hub.folder;
  room->place = make_place ();
  g_assert_nonnull (room->place);
}

static void
tear_down (Room         *room,
           gconstpointer data)
{
  room->hub.folder = room->template;
  store_fixture_tear_down (&room->hub, NULL);
  store_fixture_remove_all (room->place);
  g_free (room->place);
  g_free (room->contact);
  g_free (room->discussion);
}

static void
test_each_second (Room         *room,
                  gconstpointer data)
{
  guint n_last = 0;

  for (guint second = 1; second <= SECONDS; second++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", room->place, second);
      g_autofree char *words = NULL;
      guint n_told;

      copy_folder (room->template, folder);
      room->hub.folder = folder;
      n_told = kill_at (room, second);
      store_fixture_sign_in (&room->hub, "manager");
      words = read_all (room);
      assert_kept (words, second, n_told);
      g_assert_cmpuint (n_told, >=, n_last);
      n_last = n_told;
      store_fixture_close (&room->hub);
      store_fixture_remove_all (folder);
    }
  /* It is worth nothing unless the desk did save on its way. */
  g_assert_cmpuint (n_last, >, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/discussion-kills/each-second", Room, NULL, set_up, test_each_second, tear_down);

  return g_test_run ();
}
