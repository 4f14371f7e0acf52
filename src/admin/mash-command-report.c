/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-service-reports.h"
#include "mash-service-strategy.h"
#include "mash-time.h"
#include "mash-wait.h"

/* How wide the words of a line are, and each column of figures. */
#define LABEL_WIDTH 44
#define FIGURE_WIDTH 10

typedef struct
{
  const char *from;
  const char *to;
  gboolean    csv;
} Options;

static gboolean
take_options (int          argc,
              char       **argv,
              Options     *options,
              const char **wrong)
{
  for (int i = 0; i < argc && *wrong == NULL; i++)
    {
      const char **value = NULL;
      const char *equals = strchr (argv[i], '=');

      if (strcmp (argv[i], "--csv") == 0)
        {
          options->csv = TRUE;
          continue;
        }
      if (strcmp (argv[i], "--from") == 0 || g_str_has_prefix (argv[i], "--from="))
        value = &options->from;
      else if (strcmp (argv[i], "--to") == 0 || g_str_has_prefix (argv[i], "--to="))
        value = &options->to;

      if (value == NULL)
        *wrong = _("This option is not known.");
      else if (equals == NULL && i + 1 == argc)
        *wrong = _("An option stands without its value.");
      else
        *value = equals != NULL ? equals + 1 : argv[++i];
    }

  return *wrong == NULL;
}

static gboolean
read_period (const Options *options,
             int           *first_day,
             int           *last_day,
             const char   **wrong)
{
  if (options->from == NULL || options->to == NULL)
    *wrong = _("Say from which day to which day: --from DATE --to DATE.");
  else if (!mash_date_parse (options->from, first_day) ||
           !mash_date_parse (options->to, last_day))
    *wrong = _("A day is written 2026-10-13.");

  return *wrong == NULL;
}

static void
print_words (const char *words,
             guint       depth)
{
  int width = LABEL_WIDTH - 2 * (int) depth;

  /* In characters and not in bytes, so that the columns stand under one another. */
  g_print ("%*s%s%*s", 2 * (int) depth, "", words,
           MAX (1, width - (int) g_utf8_strlen (words, -1)), "");
}

static void
print_figure (const MashWeekly *weekly,
              MashFigure        figure)
{
  g_autofree char *total = mash_figure_dup_number (weekly->totals[figure]);
  g_autofree char *average = mash_figure_dup_number (mash_weekly_get_average (weekly, figure));

  print_words (mash_figure_get_label (figure), mash_figure_get_depth (figure));
  g_print ("%*s%*s", FIGURE_WIDTH, total, FIGURE_WIDTH, average);
  if (mash_weekly_is_partial (weekly, figure))
    {
      g_print ("  ");
      /* Translators: the first is of how many weeks there are figures, the second of all weeks. */
      g_print (_("only %u of %u weeks"), weekly->counted_weeks, weekly->n_weeks);
    }
  g_print ("\n");
}

static void
print_number (const char *words,
              guint       number)
{
  g_autofree char *text = mash_figure_dup_number (number);

  print_words (words, 0);
  g_print ("%*s\n", FIGURE_WIDTH, text);
}

static void
print_report (const MashWeekly *weekly)
{
  g_autofree char *from = mash_date_format (weekly->first_day);
  g_autofree char *to = mash_date_format (weekly->last_day);
  guint rest = (guint) (weekly->last_day - weekly->first_day + 1) % MASH_WEEKLY_DAYS;

  /* Translators: two dates, and how many weeks lie between them. */
  g_print (_("Weekly report, %s to %s, %u weeks\n"), from, to, weekly->n_weeks);
  if (rest != 0)
    g_print (_("The last week is not whole: it has %u of 7 days.\n"), rest);
  if (weekly->running)
    g_print (_("The last day is not over: the figures are as they stand now.\n"));
  if (weekly->agency != NULL)
    g_print (_("Only contacts that %s took in.\n"), weekly->agency);
  g_print ("\n");
  print_words ("", 0);
  /* Translators: heads of two columns of figures, 10 characters wide at most. */
  g_print ("%*s%*s\n", FIGURE_WIDTH, _("Total"), FIGURE_WIDTH, _("A week"));
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    print_figure (weekly, i);
  g_print ("\n");
  print_number (_("Family groups"), weekly->people.families);
  print_number (_("Children"), weekly->people.children);
  print_number (_("Children in contacts"), weekly->people.child_contacts);
  print_number (_("As known at period end"), weekly->people.at_end);
  print_number (_("Identified late"), weekly->people.late + weekly->people.identified);
  g_print ("\n");
  if (mash_weekly_get_difference (weekly) == 0)
    g_print (_("Outcomes add up to contacts: difference 0.\n"));
  else
    g_print (_("Outcomes do not add up to contacts: difference %d.\n"),
             mash_weekly_get_difference (weekly));
}

static MashExit
run_weekly (const MashGlobals *globals,
            const Options     *options,
            int                first_day,
            int                last_day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = mash_command_sign_in (globals, &error);
  g_autoptr (MashWeekly) weekly = NULL;
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  if (service == NULL)
    return mash_command_fail (error);

  /* What is printed is the report, and nothing about it. */
  mash_service_read_weekly_async (service, first_day, last_day, NULL, NULL, mash_wait_stop (&wait),
                                  mash_wait_cb, &wait);
  weekly = mash_service_read_weekly_finish (service, mash_wait_for (&wait), &error);
  if (weekly == NULL)
    return mash_command_fail (error);

  if (options->csv)
    {
      g_autofree char *csv = mash_service_dup_weekly_csv (weekly);

      g_print ("%s", csv);
    }
  else
    {
      print_report (weekly);
    }

  return MASH_EXIT_DONE;
}

static void
print_drift_week (const MashDriftWeek *week)
{
  g_autofree char *day = mash_date_format (week->first_day);

  g_print ("%-12s%8u%8u%8u%8u%8u", day, week->needed, week->compliant, week->exceptions,
           week->not_compliant, week->series);
  for (guint s = 0; s < MASH_N_DRIFTS; s++)
    {
      g_autofree char *words = mash_drift_dup_words (week->counted[s] > 0 ? week->median[s] : -1);

      g_print ("%16s", words);
    }
  g_print ("\n");
}

/* References and figures only: a report names nobody. */
static void
print_drift (const MashDrift *drift)
{
  g_autofree char *from = mash_date_format (drift->first_day);
  g_autofree char *to = mash_date_format (drift->last_day);

  /* Translators: two dates. */
  g_print (_("Strategy discussions, need identified from %s to %s\n"), from, to);
  g_print (_("A conference is counted from the discussion at which section 47 was decided.\n\n"));
  g_print ("%-12s%8s%8s%8s%8s%8s", _("Week from"), _("Needed"), _("Compl."), _("Except."),
           _("Not"), _("Series"));
  g_print ("%16s%16s%16s\n", _("To start"), _("To signed"), _("To copies"));
  for (guint i = 0; i < drift->weeks->len; i++)
    print_drift_week (&g_array_index (drift->weeks, MashDriftWeek, i));
  g_print ("\n");
  print_drift_week (&drift->all);
}

static MashExit
run_strategy (const MashGlobals *globals,
              const Options     *options,
              int                first_day,
              int                last_day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashService) service = mash_command_sign_in (globals, &error);
  g_autoptr (MashDrift) drift = NULL;
  g_auto (MashWait) wait;

  mash_wait_init (&wait);
  if (service == NULL)
    return mash_command_fail (error);

  mash_service_read_drift_async (service, first_day, last_day, NULL, NULL, mash_wait_stop (&wait),
                                 mash_wait_cb, &wait);
  drift = mash_service_read_drift_finish (service, mash_wait_for (&wait), &error);
  if (drift == NULL)
    return mash_command_fail (error);

  if (options->csv)
    {
      g_autofree char *csv = mash_service_dup_drift_csv (drift);

      g_print ("%s", csv);
    }
  else
    {
      print_drift (drift);
    }

  return MASH_EXIT_DONE;
}

/**
 * mash_command_report:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: which report, and its period
 *
 * Prints a report, as a table or as comma-separated text.
 *
 * Returns: the exit status
 */
MashExit
mash_command_report (const MashGlobals *globals,
                     int                argc,
                     char             **argv)
{
  Options options = { NULL };
  const char *wrong = NULL;
  int first_day = 0, last_day = 0;

  if (argc == 0 || (strcmp (*argv, "weekly") != 0 && strcmp (*argv, "strategy") != 0))
    return mash_command_misuse (globals, _("Say which report: weekly or strategy."));
  if (!take_options (argc - 1, argv + 1, &options, &wrong) ||
      !read_period (&options, &first_day, &last_day, &wrong))
    return mash_command_misuse (globals, wrong);
  if (strcmp (*argv, "strategy") == 0 && first_day > last_day)
    return mash_command_misuse (globals, _("The last day lies before the first."));
  if (strcmp (*argv, "strategy") == 0)
    return run_strategy (globals, &options, first_day, last_day);

  return run_weekly (globals, &options, first_day, last_day);
}
