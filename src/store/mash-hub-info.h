/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What may be known of a hub before anybody signs in: its id, names, and whether it is for
 * training.
 *
 * It lies as a small text file beside the encrypted database. It holds no personal data; in a
 * training hub, whose people are invented, it also lists them with their passphrases.
 */

#include <glib-object.h>

G_BEGIN_DECLS

/* Somebody the sign-in page of a training hub lists. */
typedef struct
{
  char *sign_in;
  char *name;
  char *title;
  char *passphrase;
} MashSignIn;

typedef struct
{
  char      *hub;       /* id */
  char      *name;
  char      *desk;      /* id of the seat */
  char      *desk_name;
  gboolean   training;
  GPtrArray *people;    /* of MashSignIn, empty unless training */
} MashHubInfo;

#define MASH_TYPE_HUB_INFO (mash_hub_info_get_type ())

GType        mash_hub_info_get_type   (void) G_GNUC_CONST;
MashHubInfo *mash_hub_info_new        (const char         *hub,
                                       const char         *name,
                                       const char         *desk,
                                       const char         *desk_name,
                                       gboolean            training) G_GNUC_WARN_UNUSED_RESULT;
MashHubInfo *mash_hub_info_copy       (const MashHubInfo  *self) G_GNUC_WARN_UNUSED_RESULT;
void         mash_hub_info_free       (MashHubInfo        *self);
void         mash_hub_info_add_person (MashHubInfo        *self,
                                       const char         *sign_in,
                                       const char         *name,
                                       const char         *title,
                                       const char         *passphrase);
MashHubInfo *mash_hub_info_load       (const char         *folder,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_hub_info_save       (const MashHubInfo  *self,
                                       const char         *folder,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashHubInfo, mash_hub_info_free)

G_END_DECLS
