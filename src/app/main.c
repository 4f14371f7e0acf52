/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <locale.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#include "mash-application.h"
#include "mash-sentences.h"
#include "mash-service.h"
#include "mash-tour.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashApplication) application = NULL;
  int status;

  /* Before anything else can leave a trace of this process's memory. */
  if (!mash_service_guard_process (&error))
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      g_printerr ("%s\n", sentence);
      return EXIT_FAILURE;
    }

  mash_service_clean_environment (NULL);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = mash_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_clear_object (&application);

  return status == EXIT_SUCCESS && mash_tour_count_complaints () > 0 ? EXIT_FAILURE : status;
}
