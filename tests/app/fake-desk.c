/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-application.h"

/* The desk over a service without a store, to look at pages with invented rows. */
int
main (int   argc,
      char *argv[])
{
  g_autoptr (MashApplication) application = mash_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
