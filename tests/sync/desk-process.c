/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk without a window, in a process that may be killed: the service, the store's thread and the
 * sync's thread as mash-desk has them. It takes in contacts, one after the other, and says of each
 * on standard output when the person would have been told that it is saved. A word on standard
 * input ends the work; the end of standard input ends the process.
 *
 *   desk-process FOLDER SIGN-IN PASSPHRASE SETTINGS NAME FIRST PAUSE-MS
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../service/seat.h"
#include "mash-service-hub.h"
#include "mash-service-line.h"
#include "mash-time.h"

typedef struct
{
  Seat        seat;
  const char *name;
  guint       number;    /* of the next contact */
  guint       pause;     /* milliseconds, at most, between two of them */
  gboolean    works;
  GMainLoop  *loop;
  char       *told;      /* how it stood when that was said last */
} Desk;

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  return mash_hub_line_open_admin (data, error);
}

static MashGroup *
type_contact (Desk *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->seat.service);
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->seat.service));
  g_autofree char *concern = g_strdup_printf ("%s %u", desk->name, desk->number);
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");

  g_object_set (contact, "kind", "REF", "channel", "PHONE", "source", "2A", "received-at", now,
                "presenting-concern", concern, NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoë", "legal-surname", "Marsh",
                "birth", "2019-03-04", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);

  return mash_contact_file_dup_group (file, "create");
}

static void plan (Desk *desk);

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    printf ("saved %s %u\n", desk->name, desk->number++);
  else
    printf ("refused %s\n", error->message);
  fflush (stdout);
  plan (desk);
}

static gboolean
work_cb (gpointer data)
{
  Desk *desk = data;

  if (desk->works)
    {
      g_autoptr (MashGroup) group = type_contact (desk);

      mash_service_submit_async (desk->seat.service, group, NULL, on_saved_cb, desk);
    }

  return G_SOURCE_REMOVE;
}

static void
plan (Desk *desk)
{
  g_timeout_add ((guint) g_random_int_range (1, (gint32) desk->pause + 2), work_cb, desk);
}

/* Nobody works before they know who they are. */
static gboolean
begin_cb (gpointer data)
{
  Desk *desk = data;

  if (*mash_service_get_actor (desk->seat.service)->role == '\0')
    return G_SOURCE_CONTINUE;
  plan (desk);

  return G_SOURCE_REMOVE;
}

static gboolean
tell_cb (gpointer data)
{
  Desk *desk = data;
  const MashHubReading *reading = mash_service_get_hub_reading (desk->seat.service);
  char *words = g_strdup_printf ("stands %u %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                                 (guint) reading->state, (guint) reading->end,
                                 (guint64) reading->position, (guint64) reading->unsent.n_changes);

  if (g_strcmp0 (words, desk->told) != 0)
    {
      printf ("%s\n", words);
      fflush (stdout);
    }
  g_free (desk->told);
  desk->told = words;

  return G_SOURCE_CONTINUE;
}

static gboolean
on_input_cb (GIOChannel   *channel,
             GIOCondition  condition,
             gpointer      data)
{
  Desk *desk = data;
  char word;

  desk->works = FALSE;
  if (read (STDIN_FILENO, &word, 1) == 1)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (desk->loop);

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  Desk desk = { .works = TRUE };
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);

  if (argc != 8)
    return EXIT_FAILURE;
  desk.name = argv[5];
  desk.number = (guint) strtoul (argv[6], NULL, 10);
  desk.pause = (guint) strtoul (argv[7], NULL, 10);
  desk.loop = g_main_loop_new (NULL, FALSE);
  seat_open (&desk.seat, argv[1]);
  seat_sign_in (&desk.seat, argv[2], argv[3]);
  mash_service_join_hub (desk.seat.service, open_cb, g_strdup (argv[4]), g_free);
  printf ("open\n");
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input_cb, &desk);
  g_timeout_add (20, begin_cb, &desk);
  g_timeout_add (20, tell_cb, &desk);
  g_main_loop_run (desk.loop);
  seat_close (&desk.seat);
  g_main_loop_unref (desk.loop);
  g_free (desk.told);

  return EXIT_SUCCESS;
}
