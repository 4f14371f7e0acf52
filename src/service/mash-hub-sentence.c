/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-hub-sentence.h"

#include <glib/gi18n-lib.h>

#include "mash-sentences.h"
#include "mash-sync-error.h"
#include "mash-time.h"

/* Sending takes a moment, of which nothing is said while the hub answers. */
#define A_MOMENT MASH_TIME_MINUTE

#define CLOCK_WARNS_AFTER (5 * MASH_TIME_MINUTE)
#define WARNS_AFTER (60 * MASH_TIME_MINUTE)
#define LOUD_AFTER (8 * 60 * MASH_TIME_MINUTE)

static char *
dup_age (gint64 age)
{
  guint minutes = (guint) MAX (age / MASH_TIME_MINUTE, 1);
  guint hours = minutes / 60;

  if (hours == 0)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
  if (hours < 48)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", hours), hours);

  return g_strdup_printf (ngettext ("%u day", "%u days", hours / 24), hours / 24);
}

/* Why the two go on no more, and what there is to do. The disk may have room again by itself. */
static const struct
{
  MashSyncEnd  end;
  const char  *sentence;
} ends[] = {
  { MASH_SYNC_END_SHUT_OUT,
    N_("The hub does not let you or this desk in any more. What was not sent is still here; "
       "tell a manager.") },
  { MASH_SYNC_END_UNKNOWN,
    N_("The hub does not know this desk, or not you at it. What was not sent is kept here; ask "
       "your administrator to enrol it.") },
  { MASH_SYNC_END_REVOKED,
    N_("Your access was taken back. What you had not sent is kept at the hub for a manager.") },
  { MASH_SYNC_END_SUSPENDED,
    N_("Your access is suspended. What you had not sent is kept at the hub for a manager.") },
  { MASH_SYNC_END_UNVETTED,
    N_("Your vetting has run out. What you had not sent is kept at the hub for a manager.") },
  { MASH_SYNC_END_POSTLESS,
    N_("The last day of your post in this hub is over. What you had not sent is kept at the hub "
       "for a manager.") },
  { MASH_SYNC_END_INVITED,
    N_("Your passphrase was reset. What was not sent is kept here; sign in again with the code "
       "from your administrator.") },
  { MASH_SYNC_END_DESK_REVOKED,
    N_("This desk’s access was taken back. What you had not sent is kept at the hub for a "
       "manager.") },
  { MASH_SYNC_END_WIPE,
    N_("This desk is to be emptied. What you had not sent is kept at the hub for a manager; "
       "give the computer to your administrator.") },
  { MASH_SYNC_END_FROZEN,
    N_("The hub has stopped this desk, because two of the same seem to be at work. What was not "
       "sent is kept here; ask your administrator to enrol it again.") },
  { MASH_SYNC_END_REPLACED,
    N_("Another copy of this desk’s database has taken its place. What was not sent is kept "
       "here; ask your administrator to enrol the desk again.") },
  { MASH_SYNC_END_DIVERGED,
    N_("This hub’s history has nothing in common with what this desk has. Nothing is sent or "
       "fetched; tell your administrator. Work goes on here.") },
  { MASH_SYNC_END_BEHIND,
    N_("The hub and this desk do not agree on what was sent. What was not sent is kept; ask "
       "your administrator to enrol the desk again.") },
  { MASH_SYNC_END_FALSE,
    N_("The hub sends what does not fit together. Nothing of it was taken; tell your "
       "administrator.") },
  { MASH_SYNC_END_UPGRADE,
    N_("The hub needs a newer MASH Desk on this computer. Work goes on here until then.") },
  { MASH_SYNC_END_DISK,
    N_("This desk cannot keep what the hub sends, and tries again. Is its disk full? Work goes "
       "on here; tell your administrator.") },
};

static const char *
find_end (MashSyncEnd end)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (ends) - 1 && ends[i].end != end)
    i++;

  return _(ends[i].sentence);
}

/* What somebody has to do something about, because waiting does not help; nothing where it does. */
static char *
dup_obstacle (int failure)
{
  g_autoptr (GError) error = NULL;

  switch (failure)
    {
    case MASH_SYNC_ERROR_DENIED:
      return g_strdup (_("The hub does not take your passphrase any more: it was changed "
                         "elsewhere, or your access was taken back. Lock this desk and sign in "
                         "with the new one, or ask your administrator; what was not sent is "
                         "kept."));

    case MASH_SYNC_ERROR_FALSE_SERVER:
    case MASH_SYNC_ERROR_UNSAFE:
    case MASH_SYNC_ERROR_NOT_ENROLLED:
    case MASH_SYNC_ERROR_DESK_EXPIRED:
    case MASH_SYNC_ERROR_OLDER:
      error = g_error_new_literal (MASH_SYNC_ERROR, failure, "The hub was not reached");
      return mash_sentence_for_error (error);

    default:
      return NULL;
    }
}

static char *
say_away (const MashHubReading *reading,
          gint64                age,
          MashHubGrade         *grade)
{
  const MashUnsent *unsent = &reading->unsent;
  char *obstacle = dup_obstacle (reading->failure);
  g_autofree char *how_long = dup_age (age);

  if (obstacle != NULL)
    {
      *grade = MAX (*grade, MASH_HUB_WARNS);
      return obstacle;
    }
  if (unsent->n_changes == 0 && unsent->n_originals > 0)
    return g_strdup_printf (ngettext ("The hub does not answer. %u original document has not been "
                                      "sent; work goes on here.",
                                      "The hub does not answer. %u original documents have not "
                                      "been sent; work goes on here.", unsent->n_originals),
                            unsent->n_originals);
  if (unsent->n_changes == 0)
    return g_strdup (_("The hub does not answer. Work goes on here, and is sent as soon as it "
                       "does."));

  /* Translators: %s is a time, such as “12 minutes”. */
  return g_strdup_printf (ngettext ("The hub does not answer. %u change has not been sent for %s; "
                                    "work goes on here.",
                                    "The hub does not answer. %u changes have not been sent, the "
                                    "oldest for %s; work goes on here.", unsent->n_changes),
                          unsent->n_changes, how_long);
}

/* What the desk's clock says is written down with what is said here; in which order things were
 * said the hub knows by itself. */
static char *
say_clock (gint64 ahead)
{
  g_autofree char *how_much = dup_age (ABS (ahead));

  if (ahead > 0)
    /* Translators: %s is a time, such as “12 minutes”. */
    return g_strdup_printf (_("The clock of this computer is %s behind the hub’s, and what you "
                              "write bears its time. Ask your administrator to set it."),
                            how_much);

  /* Translators: %s is a time, such as “12 minutes”. */
  return g_strdup_printf (_("The clock of this computer is %s ahead of the hub’s, and what you "
                            "write bears its time. Ask your administrator to set it."), how_much);
}

/* What is said while the hub answers; nothing where all is well. */
static char *
say_near (const MashHubReading *reading,
          gint64                age,
          MashHubGrade         *grade)
{
  const MashUnsent *unsent = &reading->unsent;
  g_autofree char *how_long = dup_age (age);

  if (unsent->n_refused > 0)
    return g_strdup_printf (ngettext ("%u step was not accepted; what you wrote is kept.",
                                      "%u steps were not accepted; what you wrote is kept.",
                                      unsent->n_refused), unsent->n_refused);
  if (unsent->n_conflicts > 0)
    return g_strdup_printf (ngettext ("In %u field two people wrote different things.",
                                      "In %u fields two people wrote different things.",
                                      unsent->n_conflicts), unsent->n_conflicts);
  if (reading->n_waiting > 0)
    return g_strdup_printf (ngettext ("%u step that a colleague could not send waits for a "
                                      "manager.",
                                      "%u steps that colleagues could not send wait for a "
                                      "manager.", reading->n_waiting), reading->n_waiting);
  if (unsent->n_changes > 0 && age > A_MOMENT)
    return g_strdup_printf (ngettext ("%u change is on its way to the hub, for %s.",
                                      "%u changes are on their way to the hub, the oldest for %s.",
                                      unsent->n_changes), unsent->n_changes, how_long);
  if (unsent->n_aside > 0)
    {
      *grade = MAX (*grade, MASH_HUB_WARNS);
      return g_strdup_printf (ngettext ("%u entry of the hub does not hold and was set aside; tell "
                                        "your administrator.",
                                        "%u entries of the hub do not hold and were set aside; "
                                        "tell your administrator.", unsent->n_aside),
                              unsent->n_aside);
    }
  if (ABS (reading->ahead) > CLOCK_WARNS_AFTER)
    {
      *grade = MAX (*grade, MASH_HUB_WARNS);
      return say_clock (reading->ahead);
    }
  if (reading->other_policy)
    return g_strdup (_("The hub goes by another policy than this desk, and may not accept what is "
                       "allowed here. Ask your administrator."));
  if (reading->put_back)
    return g_strdup (_("The hub was put back to an older copy. What it had lost and this desk has "
                       "was given to it again."));

  return NULL;
}

/* How far the first fill has come, how fast it goes and when it will be done. */
static char *
say_filling (const MashHubReading *reading)
{
  guint64 missing = reading->head > reading->position ? reading->head - reading->position : 0;
  g_autofree char *left = NULL;

  if (reading->a_second == 0)
    return g_strdup_printf (_("Fetching what the hub has: %u of %u entries."),
                            (guint) reading->position, (guint) reading->head);

  left = dup_age ((gint64) (missing / reading->a_second) * G_USEC_PER_SEC);

  /* Translators: the last is a time, such as “12 minutes”. */
  return g_strdup_printf (_("Fetching what the hub has: %u of %u entries, %u a second; about %s "
                            "left."), (guint) reading->position, (guint) reading->head,
                          reading->a_second, left);
}

/**
 * mash_hub_sentence:
 * @reading: how a desk stands with its hub
 * @now: microseconds since 1970
 * @grade: (out): how grave it is: by how long something has waited to be sent
 *
 * Returns: (transfer full) (nullable): what there is to say; nothing where all is well
 */
char *
mash_hub_sentence (const MashHubReading *reading,
                   gint64                now,
                   MashHubGrade         *grade)
{
  const MashUnsent *unsent = &reading->unsent;
  gint64 age = unsent->n_changes > 0 && unsent->since > 0 ? MAX (now - unsent->since, 0) : 0;

  *grade = age >= LOUD_AFTER ? MASH_HUB_LOUD : age >= WARNS_AFTER ? MASH_HUB_WARNS
                                                                  : MASH_HUB_QUIET;
  switch (reading->state)
    {
    case MASH_HUB_AWAY:
      return say_away (reading, age, grade);

    case MASH_HUB_FILLING:
      return say_filling (reading);

    case MASH_HUB_NEAR:
      return say_near (reading, age, grade);

    case MASH_HUB_ENDED:
      *grade = MASH_HUB_LOUD;
      return g_strdup (find_end (reading->end));

    case MASH_HUB_OWN:
    default:
      return NULL;
    }
}

/**
 * mash_hub_sentence_for_removed:
 *
 * Returns: (transfer full): what is said where a person's database has left the desk
 */
char *
mash_hub_sentence_for_removed (void)
{
  return g_strdup (_("Your access has ended, or this desk is to be emptied. What you had not sent "
                     "is kept at the hub for a manager; everything else of yours was removed from "
                     "this computer. Ask your administrator what comes next."));
}

/**
 * mash_hub_sentence_for_unsent:
 * @n: how many changes a desk has not sent
 * @since: when the oldest of them was said, microseconds since 1970; 0 where it is not known
 * @now: microseconds since 1970
 *
 * Any thread.
 *
 * Returns: (transfer full): both in words, the time by the clock on the wall, with its day where
 *   that is another; “0” where none waits
 */
char *
mash_hub_sentence_for_unsent (guint64 n,
                              gint64  since,
                              gint64  now)
{
  g_autofree char *from = mash_time_dup_local (since);
  g_autofree char *today = mash_time_dup_local_date (now);
  g_autofree char *age = dup_age (now - since);
  gulong shown = (gulong) n;

  if (n == 0)
    return g_strdup ("0");
  if (since == 0)
    return g_strdup_printf (ngettext ("%lu unsent", "%lu unsent", shown), shown);

  /* Translators: a time of the day, or a day and a time; and an age, such as “3 hours”. */
  return g_strdup_printf (ngettext ("%lu unsent, from %s (%s)",
                                    "%lu unsent, the oldest from %s (%s)", shown),
                          shown, g_str_has_prefix (from, today) ? from + strlen (today) + 1 : from,
                          age);
}
