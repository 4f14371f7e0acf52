/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-time.h"
#include "mash-training.h"
#include "mash-wait.h"

/* The options, before they are looked at. */
typedef struct
{
  const char *folder;
  const char *seed;
  const char *weeks;
  const char *contacts;
  const char *until;
  gboolean    hub;
  gboolean    stop;
  gboolean    start;
} Options;

static gboolean
take_flag (Options    *options,
           const char *word)
{
  options->hub |= strcmp (word, "--hub") == 0;
  options->stop |= strcmp (word, "--stop") == 0;
  options->start |= strcmp (word, "--start") == 0;

  return strcmp (word, "--hub") == 0 || strcmp (word, "--stop") == 0 ||
         strcmp (word, "--start") == 0;
}

static gboolean
take_options (int          argc,
              char       **argv,
              Options     *options,
              const char **wrong)
{
  const struct
  {
    const char  *name;
    const char **value;
  } known[] = {
    { "--seed", &options->seed },
    { "--weeks", &options->weeks },
    { "--contacts", &options->contacts },
    { "--until", &options->until },
  };

  for (int i = 0; i < argc; i++)
    {
      const char **value = NULL;
      const char *equals = strchr (argv[i], '=');
      gsize length = equals != NULL ? (gsize) (equals - argv[i]) : strlen (argv[i]);

      for (guint k = 0; k < G_N_ELEMENTS (known); k++)
        {
          if (strlen (known[k].name) == length && strncmp (argv[i], known[k].name, length) == 0)
            value = known[k].value;
        }
      if (take_flag (options, argv[i]))
        continue;
      if (value != NULL && equals == NULL && i + 1 == argc)
        *wrong = _("An option stands without its value.");
      else if (value != NULL)
        *value = equals != NULL ? equals + 1 : argv[++i];
      else if (*argv[i] == '-')
        *wrong = _("This option is not known.");
      else if (options->folder != NULL)
        *wrong = _("Name one folder only.");
      else
        options->folder = argv[i];
    }
  if (*wrong == NULL && (options->folder == NULL || *options->folder == '\0'))
    *wrong = _("Say in which folder the hub is to be made.");

  return *wrong == NULL;
}

static gboolean
read_number (const char *text,
             guint64     least,
             guint64     most,
             guint64    *number)
{
  return text == NULL || g_ascii_string_to_unsigned (text, 10, least, most, number, NULL);
}

/* A local time to the minute, or a whole UTC instant. */
static gboolean
read_until (const char *text,
            gint64     *until)
{
  g_autofree char *instant = g_strdup (text);
  g_autofree char *local = g_strdelimit (g_strdup (text), "T", ' ');

  if (mash_time_from_local (local, FALSE, until))
    return TRUE;
  /* Seconds may stand without their thousandths. */
  if (strlen (text) == strlen ("2026-10-13T15:31:00Z") && text[19] == 'Z')
    {
      g_free (instant);
      instant = g_strdup_printf ("%.19s.000Z", text);
    }

  return mash_time_parse (instant, until);
}

static gboolean
read_plan (const Options     *options,
           MashTrainingPlan  *plan,
           const char       **wrong)
{
  guint64 seed = 1;
  guint64 weeks = 0;
  guint64 contacts = 0;
  gint64 until = g_get_real_time ();

  if (!read_number (options->seed, 0, G_MAXUINT64, &seed))
    *wrong = _("The seed is a whole number.");
  else if (!read_number (options->weeks, 1, MASH_TRAINING_MAX_WEEKS, &weeks))
    *wrong = _("The weeks are a whole number from 1 to 520.");
  else if (!read_number (options->contacts, 1, MASH_TRAINING_MAX_CONTACTS, &contacts))
    *wrong = _("The contacts are a whole number from 1 to 500,000.");
  else if (options->until != NULL && !read_until (options->until, &until))
    *wrong = _("The time is written 2026-10-13T15:31, or 2026-10-13T14:31:00.000Z.");
  if (*wrong != NULL)
    return FALSE;

  mash_training_plan_init (plan, seed, (guint) weeks, (guint) contacts,
                           until - until % MASH_TIME_SECOND);
  plan->moves_clock = options->until != NULL;

  return TRUE;
}

static void
show_progress (guint    percent,
               gpointer data)
{
  /* Translators: how far the making of a training hub has come. */
  g_print (_("%u %% done\n"), percent);
}

static gboolean
stop_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_CONTINUE;
}

static MashExit
make (const char             *folder,
      const MashTrainingPlan *plan)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, stop_cb, cancellable);
  g_auto (MashWait) wait;
  gboolean made;

  mash_wait_init (&wait);
  mash_training_make_async (folder, plan, show_progress, NULL, cancellable, mash_wait_cb, &wait);
  made = mash_training_make_finish (mash_wait_for (&wait), &error);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (!made)
    return mash_command_fail (error);

  /* Translators: the first is a number of contacts, the second a folder. */
  g_print (ngettext ("A training hub with %u contact is in %s.\n",
                     "A training hub with %u contacts is in %s.\n", plan->contacts),
           plan->contacts, folder);

  return MASH_EXIT_DONE;
}

/**
 * mash_command_training:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: a folder, and options
 *
 * Makes a training hub; with `--hub` a central one on a server of its own, which `--stop` and
 * `--start` end and begin again. The folder is named itself, so there is no --data.
 *
 * Returns: the exit status
 */
MashExit
mash_command_training (const MashGlobals *globals,
                       int                argc,
                       char             **argv)
{
  Options options = { NULL };
  MashTrainingPlan plan;
  const char *wrong = NULL;

  if (globals->data != NULL || globals->as != NULL)
    return mash_command_misuse (globals, _("Name the new hub’s folder after the command."));
  if (!take_options (argc, argv, &options, &wrong) || !read_plan (&options, &plan, &wrong))
    return mash_command_misuse (globals, wrong);

  if (options.stop)
    return mash_command_stop_town (options.folder);
  if (options.start)
    return mash_command_start_town (options.folder);
  if (options.hub)
    return mash_command_make_town (options.folder, &plan, show_progress);

  return make (options.folder, &plan);
}
