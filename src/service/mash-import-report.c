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
  const struct
  {
    guint       n;
    const char *words;
  } parts[] = {
    { self->new_people, N_("new people") },
    { self->known_people, N_("known people") },
    { self->new_episodes, N_("new episodes") },
    { self->changed_episodes, N_("changed episodes") },
    { self->new_counts, N_("new counts") },
    { self->changed_counts, N_("counts put right") },
    { self->repeated, N_("taken in before") },
    { self->bad, N_("not taken") },
    { self->matches, N_("new people who may be somebody known") },
  };
  g_autoptr (GString) all = g_string_new (NULL);
  guint n_parts = 0;

  /* Translators: before what an import would do if it were not only tried out. */
  if (self->dry_run)
    g_string_append_printf (all, "%s ", _("Tried out, nothing was altered."));
  g_string_append_printf (all, ngettext ("%u row", "%u rows", self->rows), self->rows);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i].n > 0)
        g_string_append_printf (all, "%s%u %s", n_parts++ > 0 ? ", " : ": ", parts[i].n,
                                _(parts[i].words));
    }

  return g_string_free (g_steal_pointer (&all), FALSE);
}
