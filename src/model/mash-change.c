/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-change.h"

#include <string.h>

#define MEMBER_CONTACT ".contact"
#define MEMBER_DEED ".deed"
#define MEMBER_WHY ".why"
#define MEMBER_VOID ".void"
#define SUFFIX_WAS ".was"

/* The order of the members is the statement's, once and for ever. */
enum
{
  PART_HUB,
  PART_ID,
  PART_GROUP,
  PART_INDEX,
  PART_SIZE,
  PART_DESK,
  PART_PERSON,
  PART_POST,
  PART_KIND,
  PART_RECORD,
  PART_BASE,
  PART_COMPARTMENT,
  PART_FORMAT,
  PART_SAID_AT,
  PART_SALT,
  PART_BODY,
  N_PARTS
};

typedef struct
{
  const guint8 *data;
  gsize         length;
} Part;

G_DEFINE_BOXED_TYPE (MashChange, mash_change, mash_change_copy, mash_change_free)

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED,
               "The statement of a change is malformed: %s", what);

  return FALSE;
}

static void
append_part (GByteArray *out,
             const void *data,
             gsize       length)
{
  guint32 prefix = GUINT32_TO_BE ((guint32) length);

  g_byte_array_append (out, (const guint8 *) &prefix, sizeof prefix);
  g_byte_array_append (out, data, (guint) length);
}

static void
append_text (GByteArray *out,
             const char *text)
{
  append_part (out, text, strlen (text));
}

static void
append_number (GByteArray *out,
               gint64      number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  append_text (out, text);
}

static gboolean
split_parts (GBytes *statement,
             Part   *parts)
{
  gsize length;
  const guint8 *at = g_bytes_get_data (statement, &length);

  for (guint i = 0; i < N_PARTS; i++)
    {
      guint32 prefix;

      if (length < sizeof prefix)
        return FALSE;
      memcpy (&prefix, at, sizeof prefix);
      prefix = GUINT32_FROM_BE (prefix);
      at += sizeof prefix;
      length -= sizeof prefix;

      if (prefix > length)
        return FALSE;
      parts[i].data = at;
      parts[i].length = prefix;
      at += prefix;
      length -= prefix;
    }

  return length == 0;
}

/* Ids and names share the alphabet of codes. */
static gboolean
take_token (const Part *part,
            gboolean    may_be_empty,
            char      **out)
{
  if (part->length > 64 || (part->length == 0 && !may_be_empty))
    return FALSE;

  for (gsize i = 0; i < part->length; i++)
    {
      char c = (char) part->data[i];

      if (c == '\0' || (!g_ascii_isalnum (c) && strchr ("-_.", c) == NULL))
        return FALSE;
    }

  *out = g_strndup ((const char *) part->data, part->length);

  return TRUE;
}

static gboolean
take_number (const Part *part,
             gint64      max,
             gint64     *out)
{
  gint64 number = 0;

  if (part->length == 0 || part->length > 18 || (part->length > 1 && part->data[0] == '0'))
    return FALSE;

  for (gsize i = 0; i < part->length; i++)
    {
      if (!g_ascii_isdigit ((char) part->data[i]))
        return FALSE;
      number = number * 10 + (part->data[i] - '0');
    }

  *out = number;

  return number <= max;
}

static gboolean
take_instant (const Part *part,
              char      **out)
{
  static const MashField instant = { .name = "said-at", .type = MASH_FIELD_TIME };
  g_autofree char *text = NULL;
  g_autoptr (GVariant) value = NULL;

  if (part->length != 24 || memchr (part->data, '\0', part->length) != NULL ||
      !g_utf8_validate ((const char *) part->data, (gssize) part->length, NULL))
    return FALSE;

  text = g_strndup ((const char *) part->data, part->length);
  value = g_variant_ref_sink (g_variant_new_string (text));
  if (!mash_field_check_value (&instant, value))
    return FALSE;

  *out = g_steal_pointer (&text);

  return TRUE;
}

static gboolean
take_names (MashChange *self,
            const Part *parts)
{
  return take_token (&parts[PART_HUB], FALSE, &self->hub) &&
         take_token (&parts[PART_ID], FALSE, &self->id) &&
         take_token (&parts[PART_GROUP], FALSE, &self->group) &&
         take_token (&parts[PART_DESK], FALSE, &self->desk) &&
         take_token (&parts[PART_PERSON], FALSE, &self->person) &&
         take_token (&parts[PART_POST], TRUE, &self->post) &&
         take_token (&parts[PART_KIND], FALSE, &self->kind) &&
         take_token (&parts[PART_RECORD], FALSE, &self->record) &&
         take_token (&parts[PART_COMPARTMENT], FALSE, &self->compartment);
}

static gboolean
take_numbers (MashChange *self,
              const Part *parts)
{
  gint64 index, size, base, format;

  if (!take_number (&parts[PART_INDEX], MASH_GROUP_MAX_CHANGES - 1, &index) ||
      !take_number (&parts[PART_SIZE], MASH_GROUP_MAX_CHANGES, &size) ||
      !take_number (&parts[PART_BASE], G_MAXINT64, &base) ||
      !take_number (&parts[PART_FORMAT], G_MAXUINT16, &format))
    return FALSE;

  self->index = (guint) index;
  self->size = (guint) size;
  self->base = base;
  self->format = (guint) format;

  return index < size;
}

static char *
with_suffix (const char *field)
{
  return g_strconcat (field, SUFFIX_WAS, NULL);
}

static void
put_field (GHashTable *members,
           MashEdit   *edit,
           guint       field)
{
  const char *name = mash_edit_get_kind (edit)->fields[field].name;

  mash_body_set (members, name, mash_edit_get_now (edit, field));
  if (!mash_edit_is_new (edit))
    {
      g_autofree char *was = with_suffix (name);

      mash_body_set (members, was, mash_edit_get_was (edit, field));
    }
}

static char *
body_for_edit (MashGroup *group,
               MashEdit  *edit)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  const char *why = mash_group_get_reason (group);

  mash_body_set (members, MEMBER_DEED, g_variant_new_string (mash_group_get_deed (group)));
  if (mash_group_get_contact (group) != NULL)
    mash_body_set (members, MEMBER_CONTACT,
                   g_variant_new_string (mash_group_get_contact (group)));
  if (why != NULL)
    mash_body_set (members, MEMBER_WHY, g_variant_new_string (why));
  if (mash_edit_get_voided (edit) != NULL)
    mash_body_set (members, MEMBER_VOID, g_variant_new_string (mash_edit_get_voided (edit)));

  for (guint i = 0; i < mash_edit_get_kind (edit)->n_fields; i++)
    {
      if (mash_edit_touches (edit, i))
        put_field (members, edit, i);
    }

  return mash_body_write (members);
}

static gboolean
take_own_member (GHashTable     *members,
                 const char     *name,
                 MashFieldType   type,
                 char          **out)
{
  const MashField words = { .name = name, .type = type };
  gpointer value;

  *out = NULL;
  if (!g_hash_table_lookup_extended (members, name, NULL, &value))
    return TRUE;
  if (value == NULL || !mash_field_check_value (&words, value))
    return FALSE;

  *out = g_variant_dup_string (value, NULL);

  return TRUE;
}

static gboolean
put_member (MashEdit    *edit,
            GHashTable  *members,
            const char  *name,
            GVariant    *now,
            GError     **error)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint field = mash_kind_find_field (kind, name);
  g_autofree char *was_name = with_suffix (name);
  gpointer was = NULL;
  gboolean has_was;

  if (field == MASH_NO_FIELD)
    {
      g_set_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_UNKNOWN,
                   "A change names a field that %s does not have", kind->name);
      return FALSE;
    }

  has_was = g_hash_table_lookup_extended (members, was_name, NULL, &was);
  if (has_was == mash_edit_is_new (edit) ||
      !mash_field_check_value (&kind->fields[field], now) ||
      !mash_field_check_value (&kind->fields[field], was) ||
      mash_values_equal (was, now))
    {
      g_set_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED,
                   "A change does not say %s of %s in the form that it must have", name,
                   kind->name);
      return FALSE;
    }

  mash_edit_set (edit, field, was, now);

  return TRUE;
}

static gboolean
put_members (MashEdit    *edit,
             GHashTable  *members,
             GError     **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_str_has_suffix (name, SUFFIX_WAS))
        {
          g_autofree char *field = g_strndup (name, strlen (name) - strlen (SUFFIX_WAS));

          if (!g_hash_table_contains (members, field))
            return refuse (error, "it says what was and not what is");
        }
      else if (*(const char *) name != '.')
        {
          if (!put_member (edit, members, name, value, error))
            return FALSE;
        }
      else if (strcmp (name, MEMBER_DEED) != 0 && strcmp (name, MEMBER_CONTACT) != 0 &&
               strcmp (name, MEMBER_WHY) != 0 && strcmp (name, MEMBER_VOID) != 0)
        {
          return refuse (error, "its body has a member of no known meaning");
        }
    }

  return TRUE;
}

/**
 * mash_change_new:
 * @saying: who says it, where and when
 * @id: the change's id
 * @index: its place in its group, from 0
 * @size: how many changes the group has
 * @kind: the kind of record
 * @record: the record's id
 * @base: the revision that it stands on, 0 for a new record
 * @salt: random bytes
 * @body: (transfer full): the body, as mash_body_write() gives it
 *
 * Returns: (transfer full): a change without a signature
 */
MashChange *
mash_change_new (const MashSaying *saying,
                 const char       *id,
                 guint             index,
                 guint             size,
                 const char       *kind,
                 const char       *record,
                 gint64            base,
                 const guint8      salt[MASH_CHANGE_SALT_SIZE],
                 char             *body)
{
  MashChange *self;

  g_return_val_if_fail (saying != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_new0 (MashChange, 1);
  self->hub = g_strdup (saying->hub);
  self->id = g_strdup (id);
  self->group = g_strdup (saying->group);
  self->index = index;
  self->size = size;
  self->desk = g_strdup (saying->desk);
  self->person = g_strdup (saying->person);
  self->post = g_strdup (saying->post != NULL ? saying->post : "");
  self->kind = g_strdup (kind);
  self->record = g_strdup (record);
  self->base = base;
  self->compartment = g_strdup (saying->compartment);
  self->format = MASH_CHANGE_FORMAT;
  self->said_at = g_strdup (saying->said_at);
  memcpy (self->salt, salt, sizeof self->salt);
  self->body = body;

  return self;
}

/**
 * mash_change_new_for_edit:
 * @group: a group, completed by the rules
 * @index: which of its edits
 * @saying: who says it, where and when
 * @id: the change's id
 * @salt: random bytes
 * @error: return location for a #MashChangeError
 *
 * The body holds each field that the edit touches, `<field>.was` beside it unless the record is
 * new, `.deed`, and `.why` and `.void` where there is a reason.
 *
 * Returns: (transfer full) (nullable): a change without a signature; %NULL when its body would be
 *   too large
 */
MashChange *
mash_change_new_for_edit (MashGroup        *group,
                          guint             index,
                          const MashSaying *saying,
                          const char       *id,
                          const guint8      salt[MASH_CHANGE_SALT_SIZE],
                          GError          **error)
{
  g_autofree char *body = NULL;
  MashEdit *edit;

  g_return_val_if_fail (group != NULL, NULL);
  g_return_val_if_fail (index < mash_group_get_n_edits (group), NULL);

  edit = mash_group_get_edit (group, index);
  body = body_for_edit (group, edit);
  if (strlen (body) > MASH_BODY_MAX_BYTES)
    {
      g_set_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_TOO_LARGE,
                   "A change of %s would be larger than 256 KiB", mash_edit_get_kind (edit)->name);
      return NULL;
    }

  return mash_change_new (saying, id, index, mash_group_get_n_edits (group),
                          mash_edit_get_kind (edit)->name, mash_edit_get_id (edit),
                          mash_edit_get_base (edit), salt, g_steal_pointer (&body));
}

MashChange *
mash_change_copy (const MashChange *self)
{
  MashChange *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->hub = g_strdup (self->hub);
  copy->id = g_strdup (self->id);
  copy->group = g_strdup (self->group);
  copy->desk = g_strdup (self->desk);
  copy->person = g_strdup (self->person);
  copy->post = g_strdup (self->post);
  copy->kind = g_strdup (self->kind);
  copy->record = g_strdup (self->record);
  copy->compartment = g_strdup (self->compartment);
  copy->said_at = g_strdup (self->said_at);
  copy->body = g_strdup (self->body);

  return copy;
}

void
mash_change_free (MashChange *self)
{
  if (self == NULL)
    return;

  g_free (self->hub);
  g_free (self->id);
  g_free (self->group);
  g_free (self->desk);
  g_free (self->person);
  g_free (self->post);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->compartment);
  g_free (self->said_at);
  g_free (self->body);
  g_free (self);
}

/**
 * mash_change_to_statement:
 * @self: a change
 *
 * Writes what is signed, byte for byte: each member preceded by its length as four bytes, most
 * significant first; numbers as decimal text (design/sync.md, row "statement"). Any thread.
 *
 * Returns: (transfer full): the statement
 */
GBytes *
mash_change_to_statement (const MashChange *self)
{
  GByteArray *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_byte_array_sized_new ((guint) strlen (self->body) + 512);
  append_text (out, self->hub);
  append_text (out, self->id);
  append_text (out, self->group);
  append_number (out, self->index);
  append_number (out, self->size);
  append_text (out, self->desk);
  append_text (out, self->person);
  append_text (out, self->post);
  append_text (out, self->kind);
  append_text (out, self->record);
  append_number (out, self->base);
  append_text (out, self->compartment);
  append_number (out, self->format);
  append_text (out, self->said_at);
  append_part (out, self->salt, sizeof self->salt);
  append_text (out, self->body);

  return g_byte_array_free_to_bytes (out);
}

/**
 * mash_change_from_statement:
 * @statement: bytes that claim to be a statement; may come from outside
 * @error: return location for a #MashChangeError
 *
 * Reads a statement strictly: what it gives writes the same bytes again. The body is checked for
 * its form only. Any thread.
 *
 * Returns: (transfer full) (nullable): a change without a signature
 */
MashChange *
mash_change_from_statement (GBytes  *statement,
                            GError **error)
{
  g_autoptr (MashChange) self = NULL;
  g_autoptr (GHashTable) members = NULL;
  Part parts[N_PARTS];

  g_return_val_if_fail (statement != NULL, NULL);

  if (!split_parts (statement, parts))
    {
      refuse (error, "its lengths do not add up");
      return NULL;
    }

  self = g_new0 (MashChange, 1);
  if (!take_names (self, parts) || !take_numbers (self, parts) ||
      !take_instant (&parts[PART_SAID_AT], &self->said_at) ||
      parts[PART_SALT].length != MASH_CHANGE_SALT_SIZE)
    {
      refuse (error, "an id, a number, the time or the salt has not its form");
      return NULL;
    }
  memcpy (self->salt, parts[PART_SALT].data, MASH_CHANGE_SALT_SIZE);

  members = mash_body_read ((const char *) parts[PART_BODY].data, parts[PART_BODY].length, error);
  if (members == NULL)
    return NULL;
  self->body = g_strndup ((const char *) parts[PART_BODY].data, parts[PART_BODY].length);

  return g_steal_pointer (&self);
}

/**
 * mash_change_dup_edit:
 * @self: a change; may come from outside
 * @deed: (out) (optional) (transfer full): the deed that it was part of
 * @contact: (out) (optional) (transfer full) (nullable): the contact that the deed was done on
 * @reason: (out) (optional) (transfer full) (nullable): the reason given for the deed
 * @error: return location for a #MashChangeError
 *
 * Gives what the change says as an edit, after checking its format, its kind, the names of its
 * fields and the form of every value. Any thread.
 *
 * Returns: (transfer full) (nullable): the edit
 */
MashEdit *
mash_change_dup_edit (const MashChange  *self,
                      char             **deed,
                      char             **contact,
                      char             **reason,
                      GError           **error)
{
  g_autoptr (GHashTable) members = NULL;
  g_autoptr (MashEdit) edit = NULL;
  g_autofree char *own_deed = NULL;
  g_autofree char *about = NULL;
  g_autofree char *why = NULL;
  g_autofree char *voided = NULL;
  const MashKind *kind;

  g_return_val_if_fail (self != NULL, NULL);

  kind = mash_kind_lookup (self->kind);
  if (kind == NULL || self->format != MASH_CHANGE_FORMAT)
    {
      g_set_error_literal (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_UNKNOWN,
                           "A change has a kind or a format that this version does not know");
      return NULL;
    }
  members = mash_body_read (self->body, strlen (self->body), error);
  if (members == NULL)
    return NULL;

  edit = mash_edit_new (kind, self->record, self->base);
  if (!take_own_member (members, MEMBER_DEED, MASH_FIELD_CODE, &own_deed) || own_deed == NULL ||
      !take_own_member (members, MEMBER_CONTACT, MASH_FIELD_REFERENCE, &about) ||
      !take_own_member (members, MEMBER_WHY, MASH_FIELD_RICH, &why) ||
      !take_own_member (members, MEMBER_VOID, MASH_FIELD_RICH, &voided))
    {
      refuse (error, "its deed, its contact or its reason has not its form");
      return NULL;
    }
  if (!put_members (edit, members, error))
    return NULL;
  if (voided != NULL)
    mash_edit_void (edit, voided);
  if (mash_edit_is_empty (edit))
    {
      refuse (error, "it alters nothing");
      return NULL;
    }

  if (deed != NULL)
    *deed = g_steal_pointer (&own_deed);
  if (contact != NULL)
    *contact = g_steal_pointer (&about);
  if (reason != NULL)
    *reason = g_steal_pointer (&why);

  return g_steal_pointer (&edit);
}

/**
 * mash_change_digest:
 * @statement: a change's statement
 * @signature: its signature
 * @out: (out): SHA-256 over both
 *
 * Any thread.
 */
void
mash_change_digest (GBytes       *statement,
                    const guint8  signature[MASH_CHANGE_SIGNATURE_SIZE],
                    guint8        out[MASH_CHANGE_DIGEST_SIZE])
{
  g_autoptr (GChecksum) checksum = NULL;
  gsize length, size = MASH_CHANGE_DIGEST_SIZE;
  const guint8 *data;

  g_return_if_fail (statement != NULL);

  data = g_bytes_get_data (statement, &length);
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_update (checksum, signature, MASH_CHANGE_SIGNATURE_SIZE);
  g_checksum_get_digest (checksum, out, &size);
}

/**
 * mash_chain_next:
 * @previous: the chain at the position before, zeroes before the first
 * @position: the position, from 1
 * @took_at: when the hub took the change, a UTC instant
 * @digest: the change's digest
 * @out: (out): the chain at @position; may be @previous
 *
 * Any thread.
 */
void
mash_chain_next (const guint8  previous[MASH_CHANGE_DIGEST_SIZE],
                 guint64       position,
                 const char   *took_at,
                 const guint8  digest[MASH_CHANGE_DIGEST_SIZE],
                 guint8        out[MASH_CHANGE_DIGEST_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 number = GUINT64_TO_BE (position);
  gsize size = MASH_CHANGE_DIGEST_SIZE;

  g_checksum_update (checksum, previous, MASH_CHANGE_DIGEST_SIZE);
  g_checksum_update (checksum, (const guchar *) &number, sizeof number);
  g_checksum_update (checksum, (const guchar *) took_at, -1);
  g_checksum_update (checksum, digest, MASH_CHANGE_DIGEST_SIZE);
  g_checksum_get_digest (checksum, out, &size);
}
