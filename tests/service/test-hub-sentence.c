/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk says of its hub, and how gravely. */

#include "config.h"

#include <string.h>

#include "mash-hub-sentence.h"
#include "mash-sync-error.h"
#include "mash-time.h"

#define NOW (G_GINT64_CONSTANT (1760000000) * G_USEC_PER_SEC)
#define AGO(minutes) (NOW - (minutes) * MASH_TIME_MINUTE)

static const struct
{
  MashHubReading reading;
  const char    *words;   /* NULL: nothing is said */
  MashHubGrade   grade;
} cases[] = {
  { { MASH_HUB_OWN }, NULL, MASH_HUB_QUIET },
  { { MASH_HUB_NEAR }, NULL, MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .unsent = { 2, AGO (0), 0, 0, 0 } }, NULL, MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .unsent = { 2, AGO (5), 0, 0, 0 } }, "the oldest for 5 minutes",
    MASH_HUB_QUIET },
  { { MASH_HUB_AWAY }, "as soon as it does", MASH_HUB_QUIET },
  { { MASH_HUB_AWAY, .unsent = { 1, AGO (59), 0, 0, 0 } }, "1 change has not been sent for 59 min",
    MASH_HUB_QUIET },
  { { MASH_HUB_AWAY, .unsent = { 3, AGO (60), 0, 0, 0 } }, "3 changes have not been sent, the "
    "oldest for 1 hour;", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .unsent = { 3, AGO (479), 0, 0, 0 } }, "7 hours", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .unsent = { 3, AGO (480), 0, 0, 0 } }, "8 hours", MASH_HUB_LOUD },
  { { MASH_HUB_AWAY, .unsent = { 3, AGO (4320), 0, 0, 0 } }, "3 days", MASH_HUB_LOUD },
  { { MASH_HUB_NEAR, .unsent = { 0, 0, 1, 0, 0 } }, "1 step was not accepted", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .unsent = { 0, 0, 0, 2, 0 } }, "In 2 fields", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .unsent = { 0, 0, 1, 1, 1 } }, "1 step was not accepted", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .unsent = { 0, 0, 0, 0, 1 } }, "was set aside", MASH_HUB_WARNS },
  { { MASH_HUB_NEAR, .ahead = 5 * MASH_TIME_MINUTE }, NULL, MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .ahead = 6 * MASH_TIME_MINUTE }, "6 minutes behind", MASH_HUB_WARNS },
  { { MASH_HUB_NEAR, .ahead = -3 * MASH_TIME_HOUR }, "3 hours ahead", MASH_HUB_WARNS },
  { { MASH_HUB_NEAR, .n_waiting = 2 }, "wait for a manager", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .other_policy = TRUE }, "another policy", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .put_back = TRUE }, "was put back to an older copy", MASH_HUB_QUIET },
  { { MASH_HUB_NEAR, .put_back = TRUE, .n_waiting = 2 }, "wait for a manager", MASH_HUB_QUIET },
  { { MASH_HUB_AWAY, .put_back = TRUE }, "as soon as it does", MASH_HUB_QUIET },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_OFFLINE }, "as soon as it does", MASH_HUB_QUIET },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_DENIED }, "changed elsewhere", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_FALSE_SERVER }, "cannot prove", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_UNSAFE }, "not safe enough", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_NOT_ENROLLED }, "A file", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_DESK_EXPIRED }, "run out", MASH_HUB_WARNS },
  { { MASH_HUB_AWAY, .failure = MASH_SYNC_ERROR_DENIED, .unsent = { 3, AGO (480), 0, 0, 0 } },
    "changed elsewhere", MASH_HUB_LOUD },
  { { MASH_HUB_FILLING, .position = 500, .head = 9000 }, "500 of 9000", MASH_HUB_QUIET },
  { { MASH_HUB_FILLING, .position = 500, .head = 9000, .a_second = 50 },
    "50 a second; about 2 minutes left", MASH_HUB_QUIET },
  { { MASH_HUB_FILLING, .position = 9100, .head = 9000, .a_second = 50 },
    "about 1 minute left", MASH_HUB_QUIET },
  { { MASH_HUB_ENDED, MASH_SYNC_END_SHUT_OUT }, "still here; tell a manager", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_UNKNOWN }, "not you at it", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_REVOKED }, "Your access was taken back", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_SUSPENDED }, "suspended", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_UNVETTED }, "vetting has run out", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_INVITED }, "passphrase was reset", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_DESK_REVOKED }, "This desk’s access", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_POSTLESS }, "last day of your post", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_WIPE }, "to be emptied", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_FROZEN }, "two of the same", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_REPLACED }, "taken its place", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_DIVERGED }, "nothing in common", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_BEHIND }, "do not agree", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_FALSE }, "fit together", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_UPGRADE }, "newer MASH Desk", MASH_HUB_LOUD },
  { { MASH_HUB_ENDED, MASH_SYNC_END_DISK }, "cannot keep", MASH_HUB_LOUD },
};

static void
test_sentence (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  MashHubGrade grade;
  g_autofree char *sentence = mash_hub_sentence (&cases[i].reading, NOW, &grade);

  g_assert_cmpint (grade, ==, cases[i].grade);
  if (cases[i].words == NULL)
    g_assert_null (sentence);
  else if (sentence == NULL || strstr (sentence, cases[i].words) == NULL)
    g_error ("%s", sentence);
}

/* 1760000000 is 9 October 2025, 09:53 in summer. */
static void
test_unsent (void)
{
  static const struct
  {
    guint64     n;
    gint64      since;
    const char *words;
  } rows[] = {
    { 0, 0, "0" },
    { 0, AGO (5), "0" },
    { 12, 0, "12 unsent" },
    { 1, AGO (39), "1 unsent, from 09:14 (39 minutes)" },
    { 12, AGO (219), "12 unsent, the oldest from 06:14 (3 hours)" },
    { 12, AGO (593), "12 unsent, the oldest from 00:00 (9 hours)" },
    { 12, AGO (594), "12 unsent, the oldest from 2025-10-08 23:59 (9 hours)" },
    { 3, AGO (4320), "3 unsent, the oldest from 2025-10-06 09:53 (3 days)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = mash_hub_sentence_for_unsent (rows[i].n, rows[i].since, NOW);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/hub-sentence/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sentence);
    }

  g_test_add_func ("/hub-sentence/unsent", test_unsent);

  return g_test_run ();
}
