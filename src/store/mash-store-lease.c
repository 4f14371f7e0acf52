/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include "mash-time.h"

/* When a desk has met its hub last, by the hub's clock, and how far its own was from that. What is
 * said keeps the desk's time; order comes from the hub alone. */

#define SETTING "lease-days"

/**
 * mash_store_meet_hub:
 * @self: a seat
 * @server_time: what the hub's clock says
 *
 * The hub knows the person and the desk, and lets them go on: the lease begins anew.
 */
void
mash_store_meet_hub (MashStore  *self,
                     const char *server_time)
{
  gint64 now = g_get_real_time () + self->clock_offset;
  gint64 server;

  mash_store_assert (self);

  if (server_time == NULL || !mash_time_parse (server_time, &server))
    return;
  self->hub_ahead = server - now;
  /* A full disk shortens the lease, and ends nothing else. */
  mash_database_run (self->database, NULL, "UPDATE meta SET met_at = ?1, met_ahead = ?2", "ti",
                     server_time, self->hub_ahead);
}

/**
 * mash_store_get_hub_ahead:
 * @self: a seat
 *
 * Returns: by how many microseconds the hub's clock was ahead of this desk's when they met in this
 *   session; 0 before
 */
gint64
mash_store_get_hub_ahead (MashStore *self)
{
  mash_store_assert (self);

  return self->hub_ahead;
}

/**
 * mash_store_is_lease_over:
 * @self: a seat
 * @now: microseconds since 1970, by this desk's clock
 * @met: (out): when it has met its hub last, by the hub's clock
 *
 * A clock that was put back since something was said gives no more time than that.
 *
 * Returns: whether the desk was away from its hub for longer than the policy allows
 */
gboolean
mash_store_is_lease_over (MashStore *self,
                          gint64     now,
                          gint64    *met)
{
  g_autoptr (MashStatement) row = NULL;
  const char *days = mash_policy_get_setting (self->policy, SETTING);
  gint64 lease = days != NULL ? g_ascii_strtoll (days, NULL, 10) * MASH_TIME_DAY : 0;

  mash_store_assert (self);

  *met = 0;
  row = mash_database_prepare (self->database, "SELECT met_at, met_ahead FROM meta", NULL);
  if (lease <= 0 || row == NULL || mash_statement_step (row, NULL) != MASH_STEP_ROW ||
      mash_statement_is_null (row, 0) || !mash_time_parse (mash_statement_get_text (row, 0), met))
    return FALSE;

  return MAX (now, self->latest) + mash_statement_get_int (row, 1) - *met > lease;
}
