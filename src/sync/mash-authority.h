/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A hub's own certificate authority: a folder with its key, its certificate and the list of what
 * was revoked. It vouches for the hub's server and for each desk, and for nothing else.
 */

#include <glib.h>

#include "mash-sync-error.h"

G_BEGIN_DECLS

#define MASH_AUTHORITY_CERTIFICATE "authority.crt"
#define MASH_AUTHORITY_REVOKED "revoked.crl"

/**
 * MashCertificateWish:
 * @name: whom it is for: a host, or the id of a desk
 * @hosts: (nullable): for a server the names and addresses that it goes by, with commas between;
 *   %NULL for a desk
 * @from: from when it holds, seconds since 1970
 * @until: until when
 */
typedef struct
{
  const char *name;
  const char *hosts;
  gint64      from;
  gint64      until;
} MashCertificateWish;

/* A certificate that was issued: its number as PostgreSQL shows it, and both parts as PEM. */
typedef struct
{
  char *serial;
  char *certificate;
  char *key;
} MashCertificate;

gboolean         mash_authority_create    (const char                *folder,
                                           const char                *name,
                                           GError                   **error);
MashCertificate *mash_authority_issue     (const char                *folder,
                                           const MashCertificateWish *wish,
                                           GError                   **error)
                                           G_GNUC_WARN_UNUSED_RESULT;
gboolean         mash_authority_write     (const char                *folder,
                                           const char                *name,
                                           const char                *text,
                                           GError                   **error);
gboolean         mash_authority_revoke    (const char                *folder,
                                           const char                *serial,
                                           GError                   **error);
void             mash_certificate_free    (MashCertificate           *self);
gboolean         mash_certificate_save    (const MashCertificate     *self,
                                           const char                *folder,
                                           const char                *name,
                                           GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashCertificate, mash_certificate_free)

G_END_DECLS
