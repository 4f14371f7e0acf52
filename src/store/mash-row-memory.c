/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-row-memory.h"

#include <string.h>

/* With so many answers in it, it begins anew: what was asked first is asked no more by then. */
#define MAX_ANSWERS 30000

/* A question: a record by its id, or the records in whose field a value stands. */
typedef struct
{
  const MashKind *kind;
  guint           field;    /* MASH_NO_FIELD: the id */
  char            value[];
} Question;

struct _MashRowMemory
{
  GHashTable *records;      /* #Question → #MashRecord */
  GHashTable *lists;        /* #Question → #GPtrArray of #MashRecord */
  GHashTable *asked;        /* #MashKind → #GArray of the fields by which it was asked for */
};

static guint
question_hash (gconstpointer key)
{
  const Question *self = key;

  return g_str_hash (self->value) ^ g_direct_hash (self->kind) ^ self->field << 16;
}

static gboolean
question_equal (gconstpointer a,
                gconstpointer b)
{
  const Question *first = a;
  const Question *second = b;

  return first->kind == second->kind && first->field == second->field &&
         strcmp (first->value, second->value) == 0;
}

static Question *
question_new (const MashKind *kind,
              guint           field,
              const char     *value)
{
  gsize length = strlen (value) + 1;
  Question *self = g_malloc (sizeof *self + length);

  self->kind = kind;
  self->field = field;
  memcpy (self->value, value, length);

  return self;
}

static gpointer
take_record (gconstpointer record,
             gpointer      data)
{
  return mash_record_ref ((gpointer) record);
}

static char *
dup_text (GVariant *value)
{
  if (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return NULL;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "true" : "false");

  return g_variant_dup_string (value, NULL);
}

static void
drop_list (MashRowMemory *self,
           MashRecord    *record,
           guint          field)
{
  g_autofree char *value = record != NULL ? dup_text (mash_record_get_value (record, field)) : NULL;
  g_autofree Question *question = NULL;

  if (value == NULL)
    return;
  question = question_new (mash_record_get_kind (record), field, value);
  g_hash_table_remove (self->lists, question);
}

/**
 * mash_row_memory_new:
 *
 * Returns: (transfer full): a memory that knows nothing yet
 */
MashRowMemory *
mash_row_memory_new (void)
{
  MashRowMemory *self = g_new0 (MashRowMemory, 1);

  self->records = g_hash_table_new_full (question_hash, question_equal, g_free,
                                         (GDestroyNotify) mash_record_unref);
  self->lists = g_hash_table_new_full (question_hash, question_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  self->asked = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  return self;
}

void
mash_row_memory_free (MashRowMemory *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->records);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->asked);
  g_free (self);
}

/**
 * mash_row_memory_lookup:
 * @self: a memory
 * @kind: a kind
 * @id: the id of a record
 *
 * Returns: (transfer full) (nullable): the record, if it is remembered
 */
MashRecord *
mash_row_memory_lookup (MashRowMemory  *self,
                        const MashKind *kind,
                        const char     *id)
{
  g_autofree Question *question = question_new (kind, MASH_NO_FIELD, id);
  MashRecord *record = g_hash_table_lookup (self->records, question);

  return record != NULL ? mash_record_ref (record) : NULL;
}

/**
 * mash_row_memory_list:
 * @self: a memory
 * @kind: a kind
 * @field: the position of one of its fields
 * @value: what stands in it, as text
 *
 * Returns: (transfer full) (element-type MashRecord) (nullable): the records, if it was asked for
 *   them before; the list is the caller's own
 */
GPtrArray *
mash_row_memory_list (MashRowMemory  *self,
                      const MashKind *kind,
                      guint           field,
                      const char     *value)
{
  g_autofree Question *question = question_new (kind, field, value);
  GPtrArray *records = g_hash_table_lookup (self->lists, question);

  return records != NULL ? g_ptr_array_copy (records, take_record, NULL) : NULL;
}

/**
 * mash_row_memory_keep:
 * @self: a memory
 * @record: a record as it stands
 */
void
mash_row_memory_keep (MashRowMemory *self,
                      MashRecord    *record)
{
  if (g_hash_table_size (self->records) >= MAX_ANSWERS)
    g_hash_table_remove_all (self->records);

  g_hash_table_replace (self->records,
                        question_new (mash_record_get_kind (record), MASH_NO_FIELD,
                                      mash_record_get_id (record)),
                        mash_record_ref (record));
}

/**
 * mash_row_memory_keep_list:
 * @self: a memory
 * @kind: a kind
 * @field: the position of one of its fields
 * @value: what stands in it, as text
 * @records: (element-type MashRecord): all that there are
 */
void
mash_row_memory_keep_list (MashRowMemory  *self,
                           const MashKind *kind,
                           guint           field,
                           const char     *value,
                           GPtrArray      *records)
{
  GArray *fields = g_hash_table_lookup (self->asked, kind);
  gboolean known = FALSE;

  if (g_hash_table_size (self->lists) >= MAX_ANSWERS)
    g_hash_table_remove_all (self->lists);

  if (fields == NULL)
    {
      fields = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->asked, (gpointer) kind, fields);
    }
  for (guint i = 0; i < fields->len; i++)
    known = known || g_array_index (fields, guint, i) == field;
  if (!known)
    g_array_append_val (fields, field);

  g_hash_table_replace (self->lists, question_new (kind, field, value),
                        g_ptr_array_copy (records, take_record, NULL));
}

/**
 * mash_row_memory_replace:
 * @self: a memory
 * @before: (nullable): a record as it stood; %NULL for a new one
 * @after: as it stands now
 *
 * Takes in that a record was written: lists that it was in, or is in now, are asked for again.
 */
void
mash_row_memory_replace (MashRowMemory *self,
                         MashRecord    *before,
                         MashRecord    *after)
{
  GArray *fields = g_hash_table_lookup (self->asked, mash_record_get_kind (after));

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      drop_list (self, before, g_array_index (fields, guint, i));
      drop_list (self, after, g_array_index (fields, guint, i));
    }
  mash_row_memory_keep (self, after);
}

/**
 * mash_row_memory_forget:
 * @self: a memory
 *
 * Forgets everything, after what was written has been undone.
 */
void
mash_row_memory_forget (MashRowMemory *self)
{
  g_hash_table_remove_all (self->records);
  g_hash_table_remove_all (self->lists);
}
