/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-import.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (MashImportReport, mash_import_report, mash_import_report_copy,
                     mash_import_report_free)

MashImportReport *
mash_import_report_copy (const MashImportReport *self)
{
  MashImportReport *copy = g_memdup2 (self, sizeof *self);

  copy->sentences = g_ptr_array_ref (self->sentences);

  return copy;
}

void
mash_import_report_free (MashImportReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->sentences);
  g_free (self);
}

/**
 * mash_import_report_dup_words:
 * @self: a report
 *
 * Returns: (transfer full): what was done, or would be, in one line
 */
char *
mash_import_report_dup_words (const MashImportReport *self)
{
  g_autofree char *counts = NULL;

  /* Translators: how many rows of a file became what. */
  counts = g_strdup_printf (_("%u rows: %u new people, %u known people, %u new episodes, "
                              "%u changed episodes, %u taken in before, %u not taken; %u new "
                              "people may be somebody known."),
                            self->rows, self->new_people, self->known_people, self->new_episodes,
                            self->changed_episodes, self->repeated, self->bad, self->matches);

  /* Translators: before what an import would do if it were not only tried out. */
  return self->dry_run ? g_strdup_printf (_("Tried out, nothing was altered. %s"), counts)
                       : g_steal_pointer (&counts);
}
