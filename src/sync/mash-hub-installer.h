/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Makes a hub of an empty PostgreSQL database, brings it up to date, and says how it stands.
 *
 * Works with the administrator's line. It enrols nobody.
 */

#include "mash-hub-line.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashHubStatus:
 * @hub: the hub's id
 * @name: its name
 * @training: whether all in it is invented
 * @policy: version of the policy in force
 * @schema: the number of the last step of the schema that it has had
 * @head: its newest position
 * @people: how many people may come in
 * @desks: how many desks are enrolled
 * @stopped: how many seats are stopped
 * @unsent: how many changes wait on desks, as far as they have said
 * @refused: how many changes were not accepted
 * @waiting: how many steps that could not be sent wait for a manager
 * @size: bytes on the server's disk
 */
typedef struct
{
  char    *hub;
  char    *name;
  gboolean training;
  char    *policy;
  guint    schema;
  guint64  head;
  guint    people;
  guint    desks;
  guint    stopped;
  guint64  unsent;
  guint64  refused;
  guint64  waiting;
  guint64  size;
} MashHubStatus;

char          *mash_hub_make_id      (MashHubLine   *line,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_hub_make_database (MashHubLine  *line,
                                       const char   *name,
                                       GError      **error);
gboolean       mash_hub_install      (MashHubLine   *line,
                                      const char    *hub,
                                      const char    *epoch,
                                      const char    *name,
                                      gboolean       training,
                                      MashPolicy    *policy,
                                      GError       **error);
gboolean       mash_hub_upgrade      (MashHubLine   *line,
                                      guint         *n_steps,
                                      GError       **error);
gboolean       mash_hub_set_policy   (MashHubLine   *line,
                                      MashPolicy    *policy,
                                      GError       **error);
MashHubStatus *mash_hub_read_status  (MashHubLine   *line,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void           mash_hub_status_free  (MashHubStatus *self);
char          *mash_hub_dup_role     (const char    *hub,
                                      const char    *part) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHubStatus, mash_hub_status_free)

G_END_DECLS
