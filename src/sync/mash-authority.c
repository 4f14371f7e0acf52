/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-authority.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "mash-secret-text.h"

#define KEY_NAME "authority.key"
#define LIST_NAME "revoked"
#define SERIAL_BITS 120
#define AUTHORITY_YEARS 20
#define YEAR_SECONDS (G_GINT64_CONSTANT (366) * 24 * 3600)

/* Channel binding takes the hash of the certificate’s signature, which Ed25519 has none of; so the
 * curve is P-256, with SHA-256. */
#define CURVE "P-256"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_CRL, X509_CRL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_TIME, ASN1_TIME_free)

typedef struct
{
  X509     *certificate;
  EVP_PKEY *key;
} Authority;

static void
authority_clear (Authority *self)
{
  X509_free (self->certificate);
  EVP_PKEY_free (self->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Authority, authority_clear)

static char *
read_bio (BIO *bio)
{
  char *data;
  long length = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize) length);
}

static char *
write_certificate (X509 *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_X509 (bio, certificate);

  return read_bio (bio);
}

static char *
write_key (EVP_PKEY *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());

  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);

  return read_bio (bio);
}

/* A number that nobody meets twice. */
static void
set_serial (X509 *certificate)
{
  g_autoptr (BIGNUM) number = BN_new ();

  BN_rand (number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
  BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate));
}

static gboolean
add_extension (X509       *certificate,
               X509       *issuer,
               int         kind,
               const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;
  gboolean added;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, kind, value);
  added = extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
  X509_EXTENSION_free (extension);

  return added;
}

static X509 *
certificate_new (const char *name,
                 gint64      from,
                 gint64      until,
                 EVP_PKEY   *key,
                 X509       *issuer)
{
  X509 *self = X509_new ();
  X509_NAME *subject = X509_get_subject_name (self);

  X509_set_version (self, X509_VERSION_3);
  set_serial (self);
  ASN1_TIME_set (X509_getm_notBefore (self), (time_t) from);
  ASN1_TIME_set (X509_getm_notAfter (self), (time_t) until);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guint8 *) name, -1, -1, 0);
  X509_set_issuer_name (self, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  X509_set_pubkey (self, key);

  return self;
}

/**
 * mash_authority_write:
 * @folder: the authority's, or one that holds what it gave
 * @name: the name of a file in it
 * @text: what is to stand in it
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: whether the file has it, durably, for its owner alone
 */
gboolean
mash_authority_write (const char  *folder,
                      const char  *name,
                      const char  *text,
                      GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, NULL) ||
         mash_sync_refuse (error, _("The authority’s folder cannot be written."));
}

/**
 * mash_authority_create:
 * @folder: an empty folder, or none yet
 * @name: the hub's name
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Makes an authority. Whoever has the folder can let machines in, so it belongs under lock.
 *
 * Returns: whether it is there
 */
gboolean
mash_authority_create (const char  *folder,
                       const char  *name,
                       GError     **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen (CURVE);
  g_autoptr (X509) certificate = NULL;
  g_autofree char *key_path = g_build_filename (folder, KEY_NAME, NULL);
  g_autoptr (SecretText) key_text = NULL;
  g_autofree char *text = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (g_file_test (key_path, G_FILE_TEST_EXISTS))
    return mash_sync_refuse (error, _("There is an authority in this folder already."));
  if (key == NULL || g_mkdir_with_parents (folder, 0700) != 0)
    return mash_sync_refuse (error, _("The authority’s folder cannot be written."));

  certificate = certificate_new (name, now - 24 * 3600, now + AUTHORITY_YEARS * YEAR_SECONDS, key,
                                 NULL);
  if (!add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE") ||
      !add_extension (certificate, certificate, NID_key_usage,
                      "critical,keyCertSign,cRLSign") ||
      !add_extension (certificate, certificate, NID_subject_key_identifier, "hash") ||
      X509_sign (certificate, key, EVP_sha256 ()) == 0)
    return mash_sync_refuse (error, _("The authority’s certificate cannot be made."));

  key_text = write_key (key);
  text = write_certificate (certificate);

  return mash_authority_write (folder, MASH_AUTHORITY_CERTIFICATE, text, error) &&
         mash_authority_write (folder, KEY_NAME, key_text, error);
}

static gboolean
authority_load (const char  *folder,
                Authority   *self,
                GError     **error)
{
  g_autofree char *key_path = g_build_filename (folder, KEY_NAME, NULL);
  g_autofree char *path = g_build_filename (folder, MASH_AUTHORITY_CERTIFICATE, NULL);
  g_autoptr (BIO) key_file = BIO_new_file (key_path, "r");
  g_autoptr (BIO) file = BIO_new_file (path, "r");

  if (key_file != NULL && file != NULL)
    {
      self->key = PEM_read_bio_PrivateKey (key_file, NULL, NULL, NULL);
      self->certificate = PEM_read_bio_X509 (file, NULL, NULL, NULL);
    }

  return (self->key != NULL && self->certificate != NULL) ||
         mash_sync_refuse (error, _("There is no authority in this folder."));
}

/* Names and addresses as the extension spells them. */
static char *
spell_hosts (const char *hosts)
{
  g_auto (GStrv) names = g_strsplit (hosts, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name == '\0')
        continue;
      g_string_append_printf (text, "%s%s:%s", text->len > 0 ? "," : "",
                              g_hostname_is_ip_address (name) ? "IP" : "DNS", name);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
add_purpose (X509       *certificate,
             X509       *issuer,
             const char *hosts)
{
  g_autofree char *spelt = hosts != NULL ? spell_hosts (hosts) : NULL;

  return add_extension (certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension (certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
         add_extension (certificate, issuer, NID_ext_key_usage,
                        hosts != NULL ? "serverAuth" : "clientAuth") &&
         add_extension (certificate, issuer, NID_authority_key_identifier, "keyid") &&
         (spelt == NULL ||
          add_extension (certificate, issuer, NID_subject_alt_name, spelt));
}

/**
 * mash_authority_issue:
 * @folder: the authority's
 * @wish: whom it is for and how long
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): a certificate with a new key
 */
MashCertificate *
mash_authority_issue (const char                 *folder,
                      const MashCertificateWish  *wish,
                      GError                    **error)
{
  g_auto (Authority) authority = { NULL };
  g_autoptr (EVP_PKEY) key = EVP_EC_gen (CURVE);
  g_autoptr (X509) certificate = NULL;
  g_autoptr (BIGNUM) number = NULL;
  MashCertificate *self;
  char *digits;

  g_return_val_if_fail (wish != NULL && wish->name != NULL, NULL);

  if (!authority_load (folder, &authority, error))
    return NULL;

  certificate = certificate_new (wish->name, wish->from, wish->until, key, authority.certificate);
  if (!add_purpose (certificate, authority.certificate, wish->hosts) ||
      X509_sign (certificate, authority.key, EVP_sha256 ()) == 0)
    {
      mash_sync_refuse (error, _("This certificate cannot be made: a host’s name is not one."));
      return NULL;
    }

  number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
  digits = BN_bn2dec (number);
  self = g_new0 (MashCertificate, 1);
  self->serial = g_strdup (digits);
  self->certificate = write_certificate (certificate);
  self->key = write_key (key);
  OPENSSL_free (digits);

  return self;
}

static gboolean
add_revoked (X509_CRL   *list,
             const char *serial)
{
  BIGNUM *number = NULL;
  X509_REVOKED *entry = X509_REVOKED_new ();
  ASN1_INTEGER *integer;
  g_autoptr (ASN1_TIME) now = ASN1_TIME_set (NULL, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  gboolean added;

  if (BN_dec2bn (&number, serial) != (int) strlen (serial))
    {
      BN_free (number);
      X509_REVOKED_free (entry);
      return FALSE;
    }
  integer = BN_to_ASN1_INTEGER (number, NULL);
  X509_REVOKED_set_serialNumber (entry, integer);
  X509_REVOKED_set_revocationDate (entry, now);
  added = X509_CRL_add0_revoked (list, entry) == 1;
  ASN1_INTEGER_free (integer);
  BN_free (number);

  return added;
}

static char *
write_list (const Authority *authority,
            char           **serials)
{
  g_autoptr (X509_CRL) list = X509_CRL_new ();
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (ASN1_TIME) since = ASN1_TIME_set (NULL, (time_t) (now - 3600));
  g_autoptr (ASN1_TIME) until = ASN1_TIME_set (NULL, (time_t) (now + AUTHORITY_YEARS *
                                                               YEAR_SECONDS));

  X509_CRL_set_version (list, X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name (list, X509_get_subject_name (authority->certificate));
  X509_CRL_set1_lastUpdate (list, since);
  /* A list that ran out would shut every desk out. */
  X509_CRL_set1_nextUpdate (list, until);
  for (guint i = 0; serials[i] != NULL; i++)
    {
      if (*serials[i] != '\0' && !add_revoked (list, serials[i]))
        return NULL;
    }
  X509_CRL_sort (list);
  if (X509_CRL_sign (list, authority->key, EVP_sha256 ()) == 0)
    return NULL;
  PEM_write_bio_X509_CRL (bio, list);

  return read_bio (bio);
}

/**
 * mash_authority_revoke:
 * @folder: the authority's
 * @serial: (nullable): the number of a certificate; %NULL to write the list as it is
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Writes the list of revoked certificates, which the server reads when it is told to
 * (`ssl_crl_file`).
 *
 * Returns: whether the list has it
 */
gboolean
mash_authority_revoke (const char  *folder,
                       const char  *serial,
                       GError     **error)
{
  g_auto (Authority) authority = { NULL };
  g_autofree char *path = g_build_filename (folder, LIST_NAME, NULL);
  g_autofree char *known = NULL;
  g_autofree char *text = NULL;
  g_autofree char *list = NULL;
  g_auto (GStrv) serials = NULL;

  if (!authority_load (folder, &authority, error))
    return FALSE;

  g_file_get_contents (path, &known, NULL, NULL);
  text = g_strconcat (known != NULL ? known : "", serial != NULL ? serial : "",
                      serial != NULL ? "\n" : "", NULL);
  serials = g_strsplit (text, "\n", -1);
  list = write_list (&authority, serials);
  if (list == NULL)
    return mash_sync_refuse (error, _("The list of revoked certificates cannot be made."));

  return mash_authority_write (folder, LIST_NAME, text, error) &&
         mash_authority_write (folder, MASH_AUTHORITY_REVOKED, list, error);
}

/**
 * mash_certificate_save:
 * @self: a certificate
 * @folder: where to
 * @name: the files' name without `.crt` and `.key`
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: whether both files are there, for their owner alone
 */
gboolean
mash_certificate_save (const MashCertificate  *self,
                       const char             *folder,
                       const char             *name,
                       GError                **error)
{
  g_autofree char *certificate = g_strconcat (name, ".crt", NULL);
  g_autofree char *key = g_strconcat (name, ".key", NULL);

  g_return_val_if_fail (self != NULL, FALSE);

  return mash_authority_write (folder, certificate, self->certificate, error) &&
         mash_authority_write (folder, key, self->key, error);
}

void
mash_certificate_free (MashCertificate *self)
{
  if (self == NULL)
    return;

  g_free (self->serial);
  g_free (self->certificate);
  g_clear_pointer (&self->key, secret_text_free);
  g_free (self);
}
