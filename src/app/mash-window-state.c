/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-window-state.h"

#define SCHEMA "uk.mash.Desk"

/**
 * mash_window_state_keep:
 * @window: the window
 *
 * Gives @window the state it had and keeps what it becomes. Where the program was not installed
 * there is no schema, and nothing is kept.
 */
void
mash_window_state_keep (GtkWindow *window)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema == NULL)
    return;

  settings = g_settings_new (SCHEMA);
  g_settings_bind (settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sidebar-folded", window, "fold-swapped", G_SETTINGS_BIND_DEFAULT);
}
