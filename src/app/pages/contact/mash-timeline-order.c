/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-order.h"

#include <gio/gio.h>

#define SCHEMA "uk.mash.Desk"
#define KEY "timelines-oldest-first"

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);

  return schema != NULL && g_settings_schema_has_key (schema, KEY) ? g_settings_new (SCHEMA) : NULL;
}

/**
 * mash_timeline_order_get:
 * @person: (nullable): the id of a member of staff
 *
 * Returns: %TRUE when they read timelines from the oldest entry on
 */
gboolean
mash_timeline_order_get (const char *person)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_auto (GStrv) people = settings != NULL ? g_settings_get_strv (settings, KEY) : NULL;

  return people != NULL && person != NULL && g_strv_contains ((const char *const *) people, person);
}

void
mash_timeline_order_set (const char *person,
                         gboolean    oldest_first)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_auto (GStrv) people = settings != NULL ? g_settings_get_strv (settings, KEY) : NULL;
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (people == NULL || person == NULL)
    return;

  for (guint i = 0; people[i] != NULL; i++)
    if (g_strcmp0 (people[i], person) != 0)
      g_strv_builder_add (kept, people[i]);
  if (oldest_first)
    g_strv_builder_add (kept, person);
  all = g_strv_builder_end (kept);
  g_settings_set_strv (settings, KEY, (const char *const *) all);
}
