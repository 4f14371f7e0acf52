/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-weekly.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"

#define BIT(disposition) (1u << MASH_DISPOSITION_##disposition)
#define REFERRALS (BIT (STRATEGY) | BIT (CONVERSION) | BIT (REFERRAL))
#define REST      (BIT (OPEN) | BIT (OTHER))

/* The table of the report, line by line. Assessments are not contacts and hold none. */
static const struct
{
  const char *id;
  guint       dispositions;
  guint       depth;
  const char *label;
  const char *definition;
} figures[MASH_N_FIGURES] = {
  [MASH_FIGURE_CONTACTS] = {
    "contacts", REFERRALS | BIT (ADVICE) | REST, 0, N_("Contacts"),
    N_("Contacts that reached the hub in the period, by the time they reached it and not by the "
       "time they were keyed. A contact covers a family and is counted once."),
  },
  [MASH_FIGURE_REFERRALS] = {
    "referrals", REFERRALS, 0, N_("Referrals"),
    N_("Contacts for which a manager decided on more than advice and guidance."),
  },
  [MASH_FIGURE_STRATEGY] = {
    "strategy", BIT (STRATEGY), 1, N_("Strategy discussions"),
    N_("Referrals for which a manager decided on a strategy discussion."),
  },
  [MASH_FIGURE_CONVERSIONS] = {
    "conversions", BIT (CONVERSION), 1, N_("Converted to child and family assessment"),
    N_("Referrals for which a manager at the hub decided on a section 17 assessment."),
  },
  [MASH_FIGURE_OTHER_REFERRALS] = {
    "other-referrals", BIT (REFERRAL), 1, N_("Other referrals"),
    N_("Referrals with any other outcome, such as early help or another authority."),
  },
  [MASH_FIGURE_ADVICE] = {
    "advice", BIT (ADVICE), 0, N_("Advice and guidance"),
    N_("Contacts for which a manager decided on advice and information, or signposting."),
  },
  [MASH_FIGURE_REST] = {
    "rest", REST, 0, N_("Open at period end, or other"),
    N_("Contacts with neither. Without this line the outcomes would not add up to the contacts."),
  },
  [MASH_FIGURE_OPEN] = {
    "open", BIT (OPEN), 1, N_("Open at period end"),
    N_("Contacts without a manager’s decision when the period ended. A contact that was opened "
       "again keeps its earlier outcome until a new decision is taken."),
  },
  [MASH_FIGURE_OTHER] = {
    "other", BIT (OTHER), 1, N_("Other"),
    N_("Contacts that ended without a decision of their own: attached to another contact."),
  },
  [MASH_FIGURE_SUM] = {
    "sum", REFERRALS | BIT (ADVICE) | REST, 0, N_("Sum of outcomes"),
    N_("Referrals, advice and guidance, and the rest. It must be the number of contacts."),
  },
  [MASH_FIGURE_ASSESSMENTS] = {
    "assessments", 0, 0, N_("Assessments undertaken by teams"),
    N_("Child and family assessments as the teams count them themselves, week by week. Only weeks "
       "that lie wholly within the period are counted, and the average is over the weeks for which "
       "there is a figure."),
  },
};

G_DEFINE_BOXED_TYPE (MashWeekly, mash_weekly, mash_weekly_ref, mash_weekly_unref)

/**
 * mash_weekly_new:
 * @first_day: the first day of the period
 * @last_day: its last day
 * @as_of: when the report is read
 *
 * Lays out the weeks; mash_weekly_check_period() has said that there are not too many.
 *
 * Returns: (transfer full): an empty report
 */
MashWeekly *
mash_weekly_new (int    first_day,
                 int    last_day,
                 gint64 as_of)
{
  MashWeekly *self = g_atomic_rc_box_new0 (MashWeekly);
  guint n_days = (guint) (last_day - first_day + 1);

  g_assert (last_day >= first_day && n_days <= MASH_WEEKLY_MAX_WEEKS * MASH_WEEKLY_DAYS);

  self->first_day = first_day;
  self->last_day = last_day;
  self->n_weeks = (n_days + MASH_WEEKLY_DAYS - 1) / MASH_WEEKLY_DAYS;
  self->weeks = g_new0 (MashWeek, self->n_weeks);
  self->as_of = as_of;
  self->running = as_of <= mash_time_get_day_end (last_day);
  for (guint i = 0; i < self->n_weeks; i++)
    {
      self->weeks[i].first_day = first_day + (int) (i * MASH_WEEKLY_DAYS);
      self->weeks[i].n_days = MIN (MASH_WEEKLY_DAYS, n_days - i * MASH_WEEKLY_DAYS);
    }

  return self;
}

MashWeekly *
mash_weekly_ref (MashWeekly *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (MashWeekly *self)
{
  g_free (self->weeks);
  g_free (self->agency);
}

void
mash_weekly_unref (MashWeekly *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * mash_weekly_check_period:
 * @first_day: the first day
 * @last_day: the last day
 * @today: today, where the hub is
 * @sentence: (out): what is wrong with it
 *
 * Returns: %TRUE when a report can be made of the period
 */
gboolean
mash_weekly_check_period (int          first_day,
                          int          last_day,
                          int          today,
                          const char **sentence)
{
  if (last_day < first_day)
    *sentence = _("The period ends before it begins.");
  else if (last_day > today)
    *sentence = _("The period ends after today.");
  else if (last_day - first_day >= (int) (MASH_WEEKLY_MAX_WEEKS * MASH_WEEKLY_DAYS))
    *sentence = _("The period is longer than two years.");
  else
    return TRUE;

  return FALSE;
}

static MashDisposition
dispose_one (MashPolicy *policy,
             const char *outcome)
{
  if (mash_words_contain (mash_policy_get_setting (policy, "report-advice"), outcome))
    return MASH_DISPOSITION_ADVICE;
  if (mash_words_contain (mash_policy_get_setting (policy, "report-strategy"), outcome))
    return MASH_DISPOSITION_STRATEGY;
  if (mash_words_contain (mash_policy_get_setting (policy, "report-conversion"), outcome))
    return MASH_DISPOSITION_CONVERSION;

  return MASH_DISPOSITION_REFERRAL;
}

/**
 * mash_weekly_dispose:
 * @policy: the policy in force
 * @state: the state of a contact
 * @outcomes: (nullable): what a manager decided by the end of the period: a code, or, where
 *   children of the contact have different outcomes, codes with spaces between
 *
 * Any thread.
 *
 * Returns: what the contact is counted as: the gravest of what was decided
 */
MashDisposition
mash_weekly_dispose (MashPolicy *policy,
                     const char *state,
                     const char *outcomes)
{
  MashDisposition gravest = MASH_DISPOSITION_ADVICE;
  g_auto (GStrv) codes = NULL;

  if (outcomes == NULL || *outcomes == '\0')
    return g_strcmp0 (state, "X20") == 0 ? MASH_DISPOSITION_OTHER : MASH_DISPOSITION_OPEN;

  codes = g_strsplit (outcomes, " ", -1);
  for (guint i = 0; codes[i] != NULL; i++)
    gravest = MIN (gravest, dispose_one (policy, codes[i]));

  return gravest;
}

/**
 * mash_figure_contains:
 * @figure: a line of the report
 * @disposition: what became of a contact
 *
 * Returns: %TRUE when the contact is one of those that the line counts
 */
gboolean
mash_figure_contains (MashFigure      figure,
                      MashDisposition disposition)
{
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES, FALSE);

  return (figures[figure].dispositions & (1u << disposition)) != 0;
}

/* The words of a line, translated; its name in files; how it is defined; how far it is set in. */
const char *
mash_figure_get_label (MashFigure figure)
{
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES, NULL);

  return _(figures[figure].label);
}

const char *
mash_figure_get_id (MashFigure figure)
{
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES, NULL);

  return figures[figure].id;
}

const char *
mash_figure_get_definition (MashFigure figure)
{
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES, NULL);

  return _(figures[figure].definition);
}

guint
mash_figure_get_depth (MashFigure figure)
{
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES, 0);

  return figures[figure].depth;
}

/**
 * mash_weekly_find_week:
 * @self: a report
 * @day: a day
 *
 * Returns: (transfer none) (nullable): the week that the day lies in
 */
MashWeek *
mash_weekly_find_week (MashWeekly *self,
                       int         day)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (day < self->first_day || day > self->last_day)
    return NULL;

  return &self->weeks[(guint) (day - self->first_day) / MASH_WEEKLY_DAYS];
}

/**
 * mash_weekly_count:
 * @self: a report that is being made
 * @day: the day on which a contact came
 * @disposition: what became of it
 *
 * Counts the contact in every line that it belongs to.
 */
void
mash_weekly_count (MashWeekly     *self,
                   int             day,
                   MashDisposition disposition)
{
  MashWeek *week = mash_weekly_find_week (self, day);

  g_return_if_fail (week != NULL);

  for (guint i = 0; i < MASH_N_FIGURES; i++)
    {
      if (mash_figure_contains (i, disposition))
        week->figures[i]++;
    }
}

/**
 * mash_weekly_count_team:
 * @self: a report that is being made
 * @monday: the first day of a week as teams count them
 * @count: how many assessments a team undertook
 *
 * Teams count by weeks of their own. The figure goes to the week of the report that most of its
 * days lie in, and is left out where the period cuts through the team’s week.
 */
void
mash_weekly_count_team (MashWeekly *self,
                        int         monday,
                        guint       count)
{
  MashWeek *week = mash_weekly_find_week (self, monday + (int) MASH_WEEKLY_DAYS / 2);

  if (week == NULL || monday < self->first_day ||
      monday + (int) MASH_WEEKLY_DAYS - 1 > self->last_day)
    return;

  week->figures[MASH_FIGURE_ASSESSMENTS] += count;
  week->counted = TRUE;
}

/**
 * mash_weekly_finish:
 * @self: a report into which everything was counted
 *
 * Adds up the weeks.
 */
void
mash_weekly_finish (MashWeekly *self)
{
  g_return_if_fail (self != NULL);

  memset (self->totals, 0, sizeof self->totals);
  self->counted_weeks = 0;
  for (guint i = 0; i < self->n_weeks; i++)
    {
      for (guint j = 0; j < MASH_N_FIGURES; j++)
        self->totals[j] += self->weeks[i].figures[j];
      self->counted_weeks += self->weeks[i].counted;
    }
}

/**
 * mash_weekly_get_difference:
 * @self: a report
 *
 * Adds the outcomes up line by line, as a reader would, and takes them from the contacts.
 *
 * Returns: what does not add up; 0 as long as the program has no fault
 */
int
mash_weekly_get_difference (const MashWeekly *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (int) self->totals[MASH_FIGURE_CONTACTS] -
         (int) self->totals[MASH_FIGURE_STRATEGY] -
         (int) self->totals[MASH_FIGURE_CONVERSIONS] -
         (int) self->totals[MASH_FIGURE_OTHER_REFERRALS] -
         (int) self->totals[MASH_FIGURE_ADVICE] -
         (int) self->totals[MASH_FIGURE_OPEN] -
         (int) self->totals[MASH_FIGURE_OTHER];
}

/* Half a contact and more is one more, as in the published table. */
static guint
divide (guint64 number,
        guint64 by)
{
  return by > 0 ? (guint) ((2 * number + by) / (2 * by)) : 0;
}

/**
 * mash_weekly_get_average:
 * @self: a report
 * @figure: a line of it
 *
 * Returns: the weekly average, in whole numbers: over the days of the period, or, for what teams
 *   count, over the weeks for which they did
 */
guint
mash_weekly_get_average (const MashWeekly *self,
                         MashFigure        figure)
{
  guint n_days;

  g_return_val_if_fail (self != NULL && (guint) figure < MASH_N_FIGURES, 0);

  if (figure == MASH_FIGURE_ASSESSMENTS)
    return divide (self->totals[figure], self->counted_weeks);

  n_days = (guint) (self->last_day - self->first_day + 1);

  return divide ((guint64) self->totals[figure] * MASH_WEEKLY_DAYS, n_days);
}

/**
 * mash_weekly_get_share:
 * @self: a report
 * @figure: a line of it that counts contacts
 *
 * Returns: how much of the contacts it is, in per cent
 */
guint
mash_weekly_get_share (const MashWeekly *self,
                       MashFigure        figure)
{
  g_return_val_if_fail (self != NULL && (guint) figure < MASH_N_FIGURES, 0);

  return divide ((guint64) self->totals[figure] * 100, self->totals[MASH_FIGURE_CONTACTS]);
}

/**
 * mash_weekly_is_partial:
 * @self: a report
 * @figure: a line of it
 *
 * Returns: %TRUE when the line does not stand for every week of the period
 */
gboolean
mash_weekly_is_partial (const MashWeekly *self,
                        MashFigure        figure)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return figure == MASH_FIGURE_ASSESSMENTS && self->counted_weeks < self->n_weeks;
}

/**
 * mash_figure_dup_number:
 * @number: a number
 *
 * Returns: (transfer full): it as people read it: 3,675
 */
char *
mash_figure_dup_number (guint number)
{
  if (number >= 1000000)
    return g_strdup_printf ("%u,%03u,%03u", number / 1000000, number / 1000 % 1000, number % 1000);
  if (number >= 1000)
    return g_strdup_printf ("%u,%03u", number / 1000, number % 1000);

  return g_strdup_printf ("%u", number);
}
