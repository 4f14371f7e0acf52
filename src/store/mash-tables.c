/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tables.h"

#include <string.h>

#include "mash-kinds.h"
#include "mash-merge.h"
#include "mash-row-memory.h"

/* Before the fields come id and revision, after them the stamps. */
#define N_BEFORE 2
#define N_STAMPS 7

#define STAMP_COLUMNS \
  "created_at, created_by, created_post, updated_at, updated_by, voided_at, voided_reason"

#define INDEXED_SQL "SELECT ' ' || group_concat (c.name, ' ') || ' '" \
  " FROM pragma_index_list (?1) i, pragma_index_info (i.name) c"

/* A set is kept with spaces between its members; no member holds one. */
#define SET_SEPARATOR " "

typedef struct
{
  const MashKind *kind;
  char           *columns;
  char           *lookup;
  char           *contain;
  char           *insert;
  char           *update;
  char           *remove;
  char           *all;
  char          **list;
  char           *describe; /* as update, of what no index has; NULL until a record is altered */
  gboolean       *indexed;  /* which fields some index has; as describe */
} Table;

struct _MashTables
{
  MashDatabase  *database;
  GHashTable    *tables;
  MashRowMemory *memory;    /* while a hub is filled */
  GPtrArray     *agencies;  /* as they were read last; NULL: to be read */
};

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->columns);
  g_free (table->lookup);
  g_free (table->contain);
  g_free (table->insert);
  g_free (table->update);
  g_free (table->remove);
  g_free (table->all);
  g_free (table->describe);
  g_free (table->indexed);
  for (guint i = 0; i < table->kind->n_fields; i++)
    g_free (table->list[i]);
  g_free (table->list);
  g_free (table);
}

/**
 * mash_tables_dup_column:
 * @name: the name of a kind or of a field
 *
 * Returns: (transfer full): the name of its table or column
 */
char *
mash_tables_dup_column (const char *name)
{
  return g_strdelimit (g_strdup (name), "-", '_');
}

static void
make_statements (Table      *table,
                 const char *name,
                 const char *fields,
                 const char *places)
{
  guint n = table->kind->n_fields;

  table->columns = g_strdup_printf ("id, revision%s, " STAMP_COLUMNS, fields);
  table->lookup = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE id = ?1", table->columns, name);
  table->contain = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?1", name);
  table->insert = g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (?1, ?2%s)", name,
                                   table->columns, places);
  /* Without the id, whose index would be written again. */
  table->update = g_strdup_printf ("UPDATE \"%s\" SET (%s) = (?2%s) WHERE id = ?1", name,
                                   table->columns + strlen ("id, "), places);

  table->remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?1", name);
  table->all = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE voided_at IS NULL ORDER BY n",
                                table->columns, name);
  table->list = g_new0 (char *, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = mash_tables_dup_column (table->kind->fields[i].name);

      table->list[i] = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE \"%s\" = ?1"
                                        " AND voided_at IS NULL ORDER BY n",
                                        table->columns, name, column);
    }
}

static Table *
table_new (const MashKind *kind)
{
  Table *table = g_new0 (Table, 1);
  g_autofree char *name = mash_tables_dup_column (kind->name);
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new (NULL);

  table->kind = kind;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *column = mash_tables_dup_column (kind->fields[i].name);

      g_string_append_printf (fields, ", \"%s\"", column);
    }
  for (guint i = 0; i < kind->n_fields + N_STAMPS; i++)
    g_string_append_printf (places, ", ?%u", i + N_BEFORE + 1);
  make_statements (table, name, fields->str, places->str);

  return table;
}

static Table *
find_table (MashTables     *self,
            const MashKind *kind)
{
  return g_hash_table_lookup (self->tables, kind);
}

static GVariant *
read_field (MashStatement   *row,
            int              column,
            const MashField *field)
{
  if (mash_statement_is_null (row, column))
    return NULL;

  switch (field->type)
    {
    case MASH_FIELD_BOOL:
      return g_variant_new_boolean (mash_statement_get_int (row, column) != 0);

    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      {
        const char *text = mash_statement_get_text (row, column);
        g_auto (GStrv) items = g_strsplit (text, SET_SEPARATOR, -1);

        return g_variant_new_strv ((const char *const *) items, -1);
      }

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_CODE:
    case MASH_FIELD_INT:
    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
    case MASH_FIELD_TIME:
    case MASH_FIELD_REFERENCE:
    default:
      return g_variant_new_string (mash_statement_get_text (row, column));
    }
}

/* The text of a field that says what it said in the record before: the parts of a contact are all
 * of one contact, and one agency speaks more than once. */
static GVariant *
find_same (MashStatement *row,
           int            column,
           MashRecord    *before,
           guint          field)
{
  GVariant *value = before != NULL ? mash_record_get_value (before, field) : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) &&
         g_strcmp0 (mash_statement_get_text (row, column), g_variant_get_string (value, NULL)) == 0
         ? value : NULL;
}

/* @before may be NULL. */
static MashRecord *
read_row (MashStatement  *row,
          const MashKind *kind,
          MashRecord     *before)
{
  g_autofree GVariant **values = g_new0 (GVariant *, kind->n_fields);
  int stamps = N_BEFORE + (int) kind->n_fields;
  MashStamps who = {
    .created_at = mash_statement_get_text (row, stamps),
    .created_by = mash_statement_get_text (row, stamps + 1),
    .created_post = mash_statement_get_text (row, stamps + 2),
    .updated_at = mash_statement_get_text (row, stamps + 3),
    .updated_by = mash_statement_get_text (row, stamps + 4),
    .voided_at = mash_statement_get_text (row, stamps + 5),
    .voided_reason = mash_statement_get_text (row, stamps + 6),
  };

  for (guint i = 0; i < kind->n_fields; i++)
    {
      values[i] = find_same (row, N_BEFORE + (int) i, before, i);
      if (values[i] == NULL)
        values[i] = read_field (row, N_BEFORE + (int) i, &kind->fields[i]);
    }

  return mash_record_new (kind, mash_statement_get_text (row, 0), mash_statement_get_int (row, 1),
                          values, &who);
}

static void
bind_field (MashStatement   *statement,
            int              place,
            const MashField *field,
            GVariant        *value)
{
  if (value == NULL)
    {
      mash_statement_bind_null (statement, place);
    }
  else if (field->type == MASH_FIELD_BOOL)
    {
      mash_statement_bind_int (statement, place, g_variant_get_boolean (value));
    }
  else if (field->type == MASH_FIELD_INT)
    {
      mash_statement_bind_int (statement, place,
                               g_ascii_strtoll (g_variant_get_string (value, NULL), NULL, 10));
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **items = g_variant_get_strv (value, NULL);
      g_autofree char *text = g_strjoinv (SET_SEPARATOR, (char **) items);

      mash_statement_bind_text (statement, place, text);
    }
  else
    {
      mash_statement_bind_text (statement, place, g_variant_get_string (value, NULL));
    }
}

static gboolean
write_row_by (MashTables  *self,
              MashRecord  *record,
              const char  *sql,
              GError     **error)
{
  const MashKind *kind = mash_record_get_kind (record);
  const MashStamps *who = mash_record_get_stamps (record);
  int stamps = N_BEFORE + (int) kind->n_fields + 1;
  g_autoptr (MashStatement) statement = mash_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;

  mash_statement_bind_text (statement, 1, mash_record_get_id (record));
  mash_statement_bind_int (statement, 2, mash_record_get_revision (record));
  for (guint i = 0; i < kind->n_fields; i++)
    bind_field (statement, N_BEFORE + (int) i + 1, &kind->fields[i],
                mash_record_get_value (record, i));
  mash_statement_bind_text (statement, stamps, who->created_at);
  mash_statement_bind_text (statement, stamps + 1, who->created_by);
  mash_statement_bind_text (statement, stamps + 2, who->created_post);
  mash_statement_bind_text (statement, stamps + 3, who->updated_at);
  mash_statement_bind_text (statement, stamps + 4, who->updated_by);
  mash_statement_bind_text (statement, stamps + 5, who->voided_at);
  mash_statement_bind_text (statement, stamps + 6, who->voided_reason);

  return mash_statement_run (statement, error);
}

static gboolean
make_describe (MashTables *self,
               Table      *table,
               GError    **error)
{
  guint n = table->kind->n_fields;
  g_autofree char *name = mash_tables_dup_column (table->kind->name);
  g_autoptr (GString) columns = g_string_new ("revision");
  g_autoptr (GString) places = g_string_new ("?2");
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, INDEXED_SQL, error);
  if (row != NULL)
    mash_statement_bind_text (row, 1, name);
  if (row == NULL || mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  table->indexed = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = mash_tables_dup_column (table->kind->fields[i].name);
      g_autofree char *word = g_strdup_printf (" %s ", column);

      table->indexed[i] = strstr (mash_statement_get_text (row, 0), word) != NULL;
      if (!table->indexed[i])
        g_string_append_printf (columns, ", \"%s\"", column);
    }
  for (guint i = 0; i < n + N_STAMPS; i++)
    if (i >= n || !table->indexed[i])
      g_string_append_printf (places, ", ?%u", i + N_BEFORE + 1);
  table->describe = g_strdup_printf ("UPDATE \"%s\" SET (%s, " STAMP_COLUMNS ") = (%s)"
                                     " WHERE id = ?1", name, columns->str, places->str);

  return TRUE;
}

/* SQLite writes an index again when a column of it is set, be it to what it was: most edits alter
 * none that has one, and each index is a page to encipher. */
static const char *
choose_update (MashTables *self,
               Table      *table,
               MashRecord *before,
               MashRecord *after,
               GError    **error)
{
  if (table->describe == NULL && !make_describe (self, table, error))
    return NULL;
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (table->indexed[i] && !mash_values_equal (mash_record_get_value (before, i),
                                                 mash_record_get_value (after, i)))
      return table->update;

  return table->describe;
}

/* @before is NULL for a new record. */
static gboolean
write_row (MashTables  *self,
           MashRecord  *before,
           MashRecord  *record,
           GError     **error)
{
  Table *table = find_table (self, mash_record_get_kind (record));
  const char *sql = before == NULL ? table->insert
                                   : choose_update (self, table, before, record, error);

  return sql != NULL && write_row_by (self, record, sql, error);
}

static GPtrArray *
read_rows (MashStatement   *row,
           const MashKind  *kind,
           GError         **error)
{
  g_autoptr (GPtrArray) records = NULL;
  MashStep step;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashRecord *before = records->len > 0 ? g_ptr_array_index (records, records->len - 1) : NULL;

      g_ptr_array_add (records, read_row (row, kind, before));
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

static GPtrArray *
read_list (MashTables      *self,
           const MashKind  *kind,
           guint            field,
           const char      *value,
           GError         **error)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, find_table (self, kind)->list[field], error);
  if (row == NULL)
    return NULL;

  if (kind->fields[field].type == MASH_FIELD_BOOL)
    mash_statement_bind_int (row, 1, strcmp (value, "true") == 0);
  else if (kind->fields[field].type == MASH_FIELD_INT)
    mash_statement_bind_int (row, 1, g_ascii_strtoll (value, NULL, 10));
  else
    mash_statement_bind_text (row, 1, value);

  return read_rows (row, kind, error);
}

/**
 * mash_tables_new:
 * @database: an open database; borrowed, and must outlive what is returned
 *
 * Returns: (transfer full): its tables of records
 */
MashTables *
mash_tables_new (MashDatabase *database)
{
  MashTables *self = g_new0 (MashTables, 1);
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  self->database = database;
  self->tables = g_hash_table_new_full (NULL, NULL, NULL, table_free);
  for (guint i = 0; i < n_kinds; i++)
    g_hash_table_insert (self->tables, (gpointer) kinds[i], table_new (kinds[i]));

  return self;
}

void
mash_tables_free (MashTables *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->tables);
  mash_row_memory_free (self->memory);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_free (self);
}

/**
 * mash_tables_set_remembering:
 * @self: the tables
 * @remembering: whether what was read is remembered
 *
 * Remembers records from now on, which only these tables may alter meanwhile, or no longer.
 */
void
mash_tables_set_remembering (MashTables *self,
                             gboolean    remembering)
{
  g_clear_pointer (&self->memory, mash_row_memory_free);
  if (remembering)
    self->memory = mash_row_memory_new ();
}

/**
 * mash_tables_forget:
 * @self: the tables
 *
 * Drops what is remembered, after the transaction was undone.
 */
void
mash_tables_forget (MashTables *self)
{
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  if (self->memory != NULL)
    mash_row_memory_forget (self->memory);
}

MashDatabase *
mash_tables_get_database (MashTables *self)
{
  return self->database;
}

/**
 * mash_tables_get_columns:
 * @self: the tables
 * @kind: a kind
 *
 * Returns: (transfer none): the columns that make up a record, for a SELECT
 */
const char *
mash_tables_get_columns (MashTables     *self,
                         const MashKind *kind)
{
  return find_table (self, kind)->columns;
}

/**
 * mash_tables_lookup:
 * @self: the tables
 * @kind: a kind
 * @id: the id of a record
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): the record as it stands, void or not; %NULL without an error
 *   when there is none
 */
MashRecord *
mash_tables_lookup (MashTables      *self,
                    const MashKind  *kind,
                    const char      *id,
                    GError         **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashRecord *record = NULL;

  if (self->memory != NULL)
    record = mash_row_memory_lookup (self->memory, kind, id);
  if (record != NULL)
    return record;

  row = mash_database_prepare (self->database, find_table (self, kind)->lookup, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, id);
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return NULL;

  record = read_row (row, kind, NULL);
  if (self->memory != NULL)
    mash_row_memory_keep (self->memory, record);

  return record;
}

/**
 * mash_tables_list:
 * @self: the tables
 * @kind: a kind
 * @field: the position of one of its fields that is no set
 * @value: what stands in the field, as text
 * @error: return location for a #MashStoreError
 *
 * Reads by an index where the field is a reference.
 *
 * Returns: (transfer full) (element-type MashRecord) (nullable): the records that are not void, in
 *   the order in which they were made
 */
GPtrArray *
mash_tables_list (MashTables      *self,
                  const MashKind  *kind,
                  guint            field,
                  const char      *value,
                  GError         **error)
{
  GPtrArray *records = NULL;

  if (self->memory != NULL)
    records = mash_row_memory_list (self->memory, kind, field, value);
  if (records != NULL)
    return records;

  records = read_list (self, kind, field, value, error);
  if (records != NULL && self->memory != NULL)
    mash_row_memory_keep_list (self->memory, kind, field, value, records);

  return records;
}

/**
 * mash_tables_list_agencies:
 * @self: the tables
 * @error: return location for a #MashStoreError
 *
 * Every contact that is opened names agencies, which hardly ever change: they are kept until one of
 * them does.
 *
 * Returns: (transfer none) (element-type MashRecord) (nullable): the agencies that are not void, in
 *   the order in which they were made
 */
GPtrArray *
mash_tables_list_agencies (MashTables *self,
                           GError    **error)
{
  const Table *table = find_table (self, &mash_agency_kind);
  g_autoptr (MashStatement) row = NULL;

  if (self->agencies == NULL)
    row = mash_database_prepare (self->database, table->all, error);
  if (row != NULL)
    self->agencies = read_rows (row, table->kind, error);

  return self->agencies;
}

/**
 * mash_tables_contain:
 * @self: the tables
 * @kind: a kind
 * @id: an id
 *
 * Returns: %TRUE when there is such a record
 */
gboolean
mash_tables_contain (MashTables     *self,
                     const MashKind *kind,
                     const char     *id)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, find_table (self, kind)->contain, NULL);
  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, id);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

/**
 * mash_tables_apply:
 * @self: the tables
 * @edit: what is altered
 * @at: when it was said, a UTC instant
 * @person: by whom
 * @post: in which post
 * @error: %MASH_STORE_ERROR_CONFLICT, or what the database says
 *
 * Writes one edit into its table, inside the caller's transaction.
 *
 * Returns: (transfer full) (nullable): the record as it now stands
 */
MashRecord *
mash_tables_apply (MashTables  *self,
                   MashEdit    *edit,
                   const char  *at,
                   const char  *person,
                   const char  *post,
                   GError     **error)
{
  g_autoptr (MashRecord) before = NULL;
  g_autoptr (MashRecord) after = NULL;
  g_autoptr (GError) local = NULL;

  before = mash_tables_lookup (self, mash_edit_get_kind (edit), mash_edit_get_id (edit), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!mash_tables_check (edit, before, error))
    return NULL;

  after = mash_merge_apply (edit, before, at, person, post);
  if (!write_row (self, before, after, error))
    return NULL;
  if (self->memory != NULL)
    mash_row_memory_replace (self->memory, before, after);
  if (mash_edit_get_kind (edit) == &mash_agency_kind)
    g_clear_pointer (&self->agencies, g_ptr_array_unref);

  return g_steal_pointer (&after);
}

/**
 * mash_tables_put_back:
 * @self: the tables
 * @kind: a kind
 * @id: the id of a record that is in its table
 * @record: (nullable): how it stands without what was said last; %NULL: it is not there at all
 * @error: return location for a #MashStoreError
 *
 * Inside the caller's transaction.
 *
 * Returns: whether it was written
 */
gboolean
mash_tables_put_back (MashTables      *self,
                      const MashKind  *kind,
                      const char      *id,
                      MashRecord      *record,
                      GError         **error)
{
  const Table *table = find_table (self, kind);

  if (kind == &mash_agency_kind)
    g_clear_pointer (&self->agencies, g_ptr_array_unref);
  if (record == NULL)
    return mash_database_run (self->database, error, table->remove, "t", id);

  return write_row_by (self, record, table->update, error);
}
