/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-hub-line.h"
#include "mash-process.h"
#include "mash-seat-door.h"
#include "mash-service.h"

/**
 * mash_service_guard_process:
 * @error: return location
 *
 * Called first in main(): no core dumps, not dumpable, and encryption there and in its place.
 *
 * Returns: %FALSE when the program must not go on
 */
gboolean
mash_service_guard_process (GError **error)
{
  return mash_process_guard (error);
}

/**
 * mash_service_clean_environment:
 * @folder: (nullable): a folder; %NULL where it is not known yet
 *
 * Called before there is a second thread: takes away what the environment says about servers,
 * unless @folder is no desk of a central hub. Such a desk goes by its enrolment alone.
 */
void
mash_service_clean_environment (const char *folder)
{
  if (folder == NULL || mash_seat_door_is_there (folder))
    mash_hub_line_clean_environment ();
}

/**
 * mash_service_restart_process:
 * @opaque_id: a word that says nothing of anybody
 *
 * Replaces the program by itself, which is the only complete wipe of what the toolkit held. Called
 * when the service is locked. Does not return.
 */
void
mash_service_restart_process (const char *opaque_id)
{
  mash_process_restart (opaque_id);
}
