/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What an administrator does about machines and people, by their own line to the hub: enrols a
 * desk, makes and alters staff, lets somebody in by a code, shuts somebody out.
 */

#include "mash-enrolment.h"
#include "mash-change.h"
#include "mash-group.h"
#include "mash-person-keys.h"

G_BEGIN_DECLS

/* Who signs for the hub itself: the maker of the first members of staff. */
typedef struct
{
  char           *person;
  MashPersonKeys *keys;
} MashHubRoot;

/**
 * MashDeskState:
 * @id: the machine's id
 * @name: what people call it
 * @state: `active`, `revoked` or `wipe`
 * @seats: how many people have a database there
 * @position: how far the furthest of them has come
 * @unsent: how many changes wait there, as far as they have said
 * @unsent_since: when the oldest of them was said, microseconds since 1970; 0 where it is not known
 * @seen_at: when one of them last met the hub, empty for never
 * @app: the program's version
 *
 * How a machine stands, as far as the hub knows.
 */
typedef struct
{
  char   *id;
  char   *name;
  char   *state;
  guint   seats;
  guint64 position;
  guint64 unsent;
  gint64  unsent_since;
  char   *seen_at;
  char   *app;
} MashDeskState;

gboolean       mash_hub_folder_create        (const char           *folder,
                                              const char           *name,
                                              const char           *hosts,
                                              const char           *port,
                                              GError              **error);
MashSecret    *mash_hub_folder_join          (const char           *half,
                                              const char           *other_half,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
MashHubRoot   *mash_hub_root_load            (const char           *folder,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
void           mash_hub_root_free            (MashHubRoot          *self);
gboolean       mash_hub_people_set_root      (MashHubLine          *line,
                                              MashHubRoot          *root,
                                              GError              **error);
gboolean       mash_hub_people_set_cost      (MashHubLine          *line,
                                              const MashSlotCost   *cost,
                                              GError              **error);

gboolean       mash_hub_people_enrol_desk    (MashHubLine          *line,
                                              const char           *authority,
                                              const char           *name,
                                              const char           *folder,
                                              GError              **error);
gboolean       mash_hub_people_revoke_desk   (MashHubLine          *line,
                                              const char           *authority,
                                              const char           *desk,
                                              gboolean              wipe,
                                              GError              **error);

GPtrArray     *mash_hub_people_list_desks    (MashHubLine          *line,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *mash_hub_people_seal          (MashGroup            *group,
                                              const MashSaying     *saying,
                                              MashPersonKeys       *keys,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_hub_people_say           (MashHubLine          *line,
                                              MashHubRoot          *root,
                                              MashGroup            *group,
                                              GError              **error);
char          *mash_hub_people_find          (MashHubLine          *line,
                                              const char           *kind,
                                              const char           *field,
                                              const char           *value,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
char          *mash_hub_people_find_post     (MashHubLine          *line,
                                              const char           *staff,
                                              const char           *title,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
MashEdit      *mash_hub_people_alter         (MashHubLine          *line,
                                              const char           *kind,
                                              const char           *id,
                                              const char           *field,
                                              const char           *value,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
MashEdit      *mash_hub_people_set_vetting   (MashHubLine          *line,
                                              const char           *staff,
                                              const char           *until,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
MashSecret    *mash_hub_people_invite        (MashHubLine          *line,
                                              const char           *staff,
                                              const char           *sign_in,
                                              MashSecret           *recovery,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
MashPersonKeys *
               mash_hub_people_recover       (MashHubLine          *line,
                                              const char           *staff,
                                              MashSecret           *recovery,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;
gboolean       mash_hub_people_revoke        (MashHubLine          *line,
                                              const char           *staff,
                                              gboolean              at_once,
                                              GError              **error);
gboolean       mash_hub_people_watch         (MashHubLine          *line,
                                              guint                *n_ended,
                                              GError              **error);
char          *mash_hub_people_make_id       (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHubRoot, mash_hub_root_free)

G_END_DECLS
