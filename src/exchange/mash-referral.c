/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-referral.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-exchange-error.h"
#include "mash-fault.h"
#include "mash-referral-private.h"
#include "mash-time.h"

#define FORM "urn:mash-desk:referral:1"
#define MAX_FILE_BYTES (5 * 1024 * 1024)
#define MAX_PARTS 160

/* What a file may tell of. Decisions, clocks and the like are made in the hub. */
static const char *const kinds[] = {
  "address", "agreement", "concern", "contact", "contact-point", "contact-subject", "household",
  "household-member", "identifier", "informing", "person", "person-location", "person-name",
  "referrer", "relationship", "source-document", NULL,
};

G_DEFINE_BOXED_TYPE (MashReferral, mash_referral, mash_referral_ref, mash_referral_unref)

static void
part_free (gpointer data)
{
  MashReferralPart *part = data;

  for (guint i = 0; i < part->kind->n_fields; i++)
    g_clear_pointer (&part->values[i], g_variant_unref);
  g_free (part->values);
  g_free (part->lines);
  g_free (part->key);
  g_free (part);
}

static void
referral_clear (gpointer data)
{
  MashReferral *self = data;

  g_bytes_unref (self->file);
  g_free (self->sha256);
  g_free (self->sent_at);
  g_ptr_array_unref (self->parts);
}

MashReferral *
mash_referral_ref (MashReferral *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mash_referral_unref (MashReferral *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, referral_clear);
}

MashReferralPart *
mash_referral_find_part (MashReferral *self,
                         const char   *kind,
                         const char   *key)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      MashReferralPart *part = g_ptr_array_index (self->parts, i);

      if (mash_referral_part_is (part, kind) && (key == NULL || strcmp (part->key, key) == 0))
        return part;
    }

  return NULL;
}

gboolean
mash_referral_part_is (const MashReferralPart *self,
                       const char             *kind)
{
  return strcmp (self->kind->name, kind) == 0;
}

GVariant *
mash_referral_part_get (const MashReferralPart *self,
                        const char             *field)
{
  return self->values[mash_kind_find_field (self->kind, field)];
}

const char *
mash_referral_part_get_text (const MashReferralPart *self,
                             const char             *field)
{
  GVariant *value = mash_referral_part_get (self, field);

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

static MashReferralPart *
ensure_part (MashReferral   *self,
             const MashKind *kind,
             const char     *key)
{
  MashReferralPart *part = mash_referral_find_part (self, kind->name, key);

  if (part == NULL && self->parts->len < MAX_PARTS)
    {
      part = g_new0 (MashReferralPart, 1);
      part->kind = kind;
      part->key = g_strdup (key);
      part->values = g_new0 (GVariant *, kind->n_fields);
      part->lines = g_new0 (guint, kind->n_fields);
      g_ptr_array_add (self->parts, part);
    }

  return part;
}

static gboolean
check_key (const char *key)
{
  gsize length = strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 40 && key[length] == '\0';
}

static GVariant *
make_value (const MashField *field,
            const char      *text)
{
  g_auto (GStrv) words = NULL;

  switch (field->type)
    {
    case MASH_FIELD_BOOL:
      if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
        return NULL;
      return g_variant_ref_sink (g_variant_new_boolean (*text == 't'));

    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      words = g_strsplit (text, " ", -1);
      return g_variant_ref_sink (g_variant_new_strv ((const char *const *) words, -1));

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_CODE:
    case MASH_FIELD_INT:
    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
    case MASH_FIELD_TIME:
    case MASH_FIELD_REFERENCE:
    default:
      return g_variant_ref_sink (g_variant_new_string (text));
    }
}

/* One pair of the reader's answer, `kind/key/field/line` and the value. Nothing that a deed of the
 * policy or the hub itself gives may come from a file. */
static gboolean
take_pair (MashReferral *self,
           const char   *name,
           const char   *text)
{
  g_auto (GStrv) words = g_strsplit (name, "/", 5);
  g_autoptr (GVariant) value = NULL;
  MashReferralPart *part;
  const MashKind *kind;
  guint64 line;
  guint i;

  if (g_strv_length (words) != 4 || !g_strv_contains (kinds, words[0]) || !check_key (words[1]) ||
      !g_ascii_string_to_unsigned (words[3], 10, 1, G_MAXINT, &line, NULL))
    return FALSE;

  kind = mash_kind_lookup (words[0]);
  if (strcmp (words[0], "contact") == 0 && strcmp (words[1], MASH_REFERRAL_CONTACT_KEY) != 0)
    return FALSE;
  i = mash_kind_find_field (kind, words[2]);
  if (i == MASH_NO_FIELD || kind->fields[i].owner == MASH_OWNER_RULES ||
      g_strcmp0 (kind->fields[i].of, "contact") == 0)
    return FALSE;

  value = make_value (&kind->fields[i], text);
  part = ensure_part (self, kind, words[1]);
  if (value == NULL || part == NULL || part->values[i] != NULL ||
      !mash_field_check_value (&kind->fields[i], value))
    return FALSE;
  part->values[i] = g_steal_pointer (&value);
  part->lines[i] = (guint) line;

  return TRUE;
}

/* What points to somebody points to a part of the right kind, and what must point somewhere
 * does. */
static gboolean
check_reference (MashReferral    *self,
                 const MashField *field,
                 GVariant        *value)
{
  g_autofree const char **keys = NULL;

  if (field->type == MASH_FIELD_REFERENCE && strcmp (field->of, "contact") != 0)
    return value != NULL ? mash_referral_find_part (self, field->of,
                                                    g_variant_get_string (value, NULL)) != NULL
                         : (field->needs & MASH_NEED_SAVE) == 0;
  if (field->type != MASH_FIELD_REFERENCES || value == NULL)
    return TRUE;

  keys = g_variant_get_strv (value, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (mash_referral_find_part (self, field->of, keys[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_references (MashReferral *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      MashReferralPart *part = g_ptr_array_index (self->parts, i);

      for (guint f = 0; f < part->kind->n_fields; f++)
        {
          if (!check_reference (self, &part->kind->fields[f], part->values[f]))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_whole (MashReferral *self)
{
  MashReferralPart *contact = mash_referral_find_part (self, "contact", MASH_REFERRAL_CONTACT_KEY);

  return contact != NULL && mash_referral_part_get (contact, "source") != NULL &&
         mash_referral_find_part (self, "person", NULL) != NULL && check_references (self);
}

static gboolean
take_reading (MashReferral *self,
              MashReading  *reading)
{
  if (g_strcmp0 (mash_reading_find (reading, "form"), FORM) != 0)
    return FALSE;

  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    {
      const char *name = mash_reading_get_name (reading, i);
      const char *value = mash_reading_get_value (reading, i);
      gint64 instant;

      if (strcmp (name, "form") == 0 || strcmp (name, "sha256") == 0)
        continue;
      if (strcmp (name, "sent-at") != 0)
        {
          if (!take_pair (self, name, value))
            return FALSE;
          continue;
        }
      if (self->sent_at != NULL || !mash_time_parse (value, &instant))
        return FALSE;
      self->sent_at = g_strdup (value);
    }

  return check_whole (self);
}

/**
 * mash_referral_load_file:
 * @file: a file that the user chose
 * @cancellable: (nullable): a cancellable
 * @error: %MASH_EXCHANGE_ERROR_REFUSED when it is too large, or what reading it gave
 *
 * Takes a file into memory, whatever it holds; no more than is ever read of one, so that a file of
 * a terabyte costs no more than the question. Blocks; worker thread.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
mash_referral_load_file (GFile        *file,
                         GCancellable *cancellable,
                         GError      **error)
{
  const MashFaultPlace place = { MASH_FAULT_SIZE };
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *data = NULL;
  g_autofree char *sentence = NULL;
  gsize length;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  /* Opening a pipe would wait for somebody to write into it. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "Not a regular file");
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  data = g_malloc (MAX_FILE_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, MAX_FILE_BYTES + 1, &length,
                                cancellable, error))
    return NULL;
  if (length <= MAX_FILE_BYTES)
    return g_bytes_new (data, length);

  sentence = mash_fault_place_say (&place);
  g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);

  return NULL;
}

/**
 * mash_referral_read_by:
 * @call: which reader is to read it, and as what
 * @file: the file as it came
 * @cancellable: (nullable): a cancellable
 * @error: see mash_referral_read()
 *
 * Returns: (transfer full) (nullable): the referral
 */
MashReferral *
mash_referral_read_by (const MashReaderCall *call,
                       GBytes               *file,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autoptr (MashReferral) self = NULL;
  g_autoptr (MashReading) reading = NULL;

  g_return_val_if_fail (call != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  reading = mash_reader_client_run (call, file, cancellable, error);
  if (reading == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (MashReferral);
  self->file = g_bytes_ref (file);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  if (take_reading (self, reading))
    return g_steal_pointer (&self);

  g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE,
                       _("The file could not be read safely."));

  return NULL;
}

/**
 * mash_referral_read:
 * @file: the file as it came
 * @cancellable: (nullable): a cancellable
 * @error: %MASH_EXCHANGE_ERROR_REFUSED with the line and the reason as one sentence,
 *   %MASH_EXCHANGE_ERROR_UNSAFE when the reader did not come through it, or %G_IO_ERROR_CANCELLED
 *
 * Has mash-reader read the file, and checks what it says. Codes are checked by
 * mash_referral_check(), which knows the policy. Blocks for ten seconds at most; worker thread.
 *
 * Returns: (transfer full) (nullable): the referral
 */
MashReferral *
mash_referral_read (GBytes       *file,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autofree char *today = mash_time_dup_local_date (g_get_real_time ());
  const MashReaderCall call = { NULL, "referral", today, 0 };

  return mash_referral_read_by (&call, file, cancellable, error);
}

/**
 * mash_referral_get_sha256:
 * @self: a referral
 *
 * Gives what the file's `source-document` will say; one that is there already means that the file
 * was taken in before.
 *
 * Returns: (transfer none): the file's SHA-256 in hex
 */
const char *
mash_referral_get_sha256 (MashReferral *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sha256;
}

/**
 * mash_referral_get_sent_at:
 * @self: a referral
 *
 * Returns: (transfer none) (nullable): when the sender says it was sent, a UTC instant
 */
const char *
mash_referral_get_sent_at (MashReferral *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sent_at;
}
