/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-record.h"

#include <string.h>

struct _MashRecord
{
  const MashKind *kind;
  char           *id;
  gint64          revision;
  MashStamps      stamps;
  char           *words;     /* what the stamps say, one after the other */
  GVariant       *values[];
};

G_DEFINE_BOXED_TYPE (MashRecord, mash_record, mash_record_ref, mash_record_unref)

static gsize
measure (const char *text)
{
  return text != NULL ? strlen (text) + 1 : 0;
}

/* Copies @text to *@at and goes on behind it. */
static const char *
keep (char       **at,
      const char  *text)
{
  char *kept = *at;

  if (text == NULL)
    return NULL;
  *at = g_stpcpy (kept, text) + 1;

  return kept;
}

/* One piece of memory for all of them: a long discussion has thousands of records. */
static void
keep_stamps (MashRecord       *self,
             const MashStamps *stamps)
{
  char *at = g_malloc (1 + measure (stamps->created_at) + measure (stamps->created_by) +
                       measure (stamps->created_post) + measure (stamps->updated_at) +
                       measure (stamps->updated_by) + measure (stamps->voided_at) +
                       measure (stamps->voided_reason));

  self->words = at;
  self->stamps.created_at = keep (&at, stamps->created_at);
  self->stamps.created_by = keep (&at, stamps->created_by);
  self->stamps.created_post = keep (&at, stamps->created_post);
  self->stamps.updated_at = keep (&at, stamps->updated_at);
  self->stamps.updated_by = keep (&at, stamps->updated_by);
  self->stamps.voided_at = keep (&at, stamps->voided_at);
  self->stamps.voided_reason = keep (&at, stamps->voided_reason);
}

static void
record_clear (gpointer data)
{
  MashRecord *self = data;

  for (guint i = 0; i < self->kind->n_fields; i++)
    g_clear_pointer (&self->values[i], g_variant_unref);
  g_free (self->words);
  g_free (self->id);
}

static GVariant *
find_value (const MashRecord *self,
            const char       *field)
{
  guint i = mash_kind_find_field (self->kind, field);

  g_return_val_if_fail (i != MASH_NO_FIELD, NULL);

  return self->values[i];
}

/**
 * mash_record_new:
 * @kind: the kind
 * @id: the record's id
 * @revision: how many changes it stands on, 1 or more
 * @values: one value a field in the order of the kind's table, %NULL for what is not known;
 *   borrowed, floating ones are sunk
 * @stamps: (nullable): who and when; copied
 *
 * Any thread.
 *
 * Returns: (transfer full): a new record
 */
MashRecord *
mash_record_new (const MashKind   *kind,
                 const char       *id,
                 gint64            revision,
                 GVariant        **values,
                 const MashStamps *stamps)
{
  MashRecord *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  self = g_atomic_rc_box_alloc0 (sizeof (MashRecord) + kind->n_fields * sizeof (GVariant *));
  self->kind = kind;
  self->id = g_strdup (id);
  self->revision = revision;
  if (stamps != NULL)
    keep_stamps (self, stamps);

  for (guint i = 0; i < kind->n_fields; i++)
    self->values[i] = values[i] != NULL ? g_variant_ref_sink (values[i]) : NULL;

  return self;
}

/**
 * mash_record_ref:
 * @self: a record
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
MashRecord *
mash_record_ref (MashRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * mash_record_unref:
 * @self: (transfer full): a record
 *
 * Any thread.
 */
void
mash_record_unref (MashRecord *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, record_clear);
}

const MashKind *
mash_record_get_kind (const MashRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

const char *
mash_record_get_id (const MashRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

gint64
mash_record_get_revision (const MashRecord *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->revision;
}

const MashStamps *
mash_record_get_stamps (const MashRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->stamps;
}

/**
 * mash_record_get_value:
 * @self: a record
 * @field: the position of a field
 *
 * Returns: (transfer none) (nullable): its value, %NULL when not known
 */
GVariant *
mash_record_get_value (const MashRecord *self,
                       guint             field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->kind->n_fields, NULL);

  return self->values[field];
}

/**
 * mash_record_get_text:
 * @self: a record
 * @field: the name of a field that is neither a set nor yes-or-no
 *
 * Returns: (transfer none) (nullable): its value as text, %NULL when not known
 */
const char *
mash_record_get_text (const MashRecord *self,
                      const char       *field)
{
  GVariant *value = find_value (self, field);

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

/**
 * mash_record_get_flag:
 * @self: a record
 * @field: the name of a yes-or-no field
 *
 * Returns: its value, %FALSE when not known
 */
gboolean
mash_record_get_flag (const MashRecord *self,
                      const char       *field)
{
  GVariant *value = find_value (self, field);

  return value != NULL && g_variant_get_boolean (value);
}

/**
 * mash_record_get_int:
 * @self: a record
 * @field: the name of a whole-number field
 *
 * Returns: its value, 0 when not known
 */
gint64
mash_record_get_int (const MashRecord *self,
                     const char       *field)
{
  GVariant *value = find_value (self, field);

  return value != NULL ? g_ascii_strtoll (g_variant_get_string (value, NULL), NULL, 10) : 0;
}

/**
 * mash_record_dup_set:
 * @self: a record
 * @field: the name of a set field
 *
 * Returns: (transfer full): its members, none when not known
 */
char **
mash_record_dup_set (const MashRecord *self,
                     const char       *field)
{
  GVariant *value = find_value (self, field);

  return value != NULL ? g_variant_dup_strv (value, NULL) : g_new0 (char *, 1);
}

/**
 * mash_record_has:
 * @self: a record
 * @field: the name of a field
 *
 * Returns: %TRUE when the field is known, and more than white space
 */
gboolean
mash_record_has (const MashRecord *self,
                 const char       *field)
{
  GVariant *value = find_value (self, field);

  if (value == NULL)
    return FALSE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      const char *text = g_variant_get_string (value, NULL);

      return text[strspn (text, " \t\n")] != '\0';
    }
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return g_variant_n_children (value) > 0;

  return TRUE;
}
