/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-edit.h"

typedef struct
{
  GVariant *was;
  GVariant *now;
  gboolean  touched;
} Cell;

struct _MashEdit
{
  const MashKind *kind;
  char           *id;
  gint64          base;
  MashRecord     *record;
  char           *voided;
  Cell           *cells;
};

static void
set_value (GVariant **cell,
           GVariant  *value)
{
  GVariant *kept = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_clear_pointer (cell, g_variant_unref);
  *cell = kept;
}

static void
set_named (MashEdit   *self,
           const char *name,
           GVariant   *now)
{
  guint field = mash_kind_find_field (self->kind, name);
  GVariant *was = NULL;

  g_return_if_fail (field != MASH_NO_FIELD);

  if (self->record != NULL)
    was = mash_record_get_value (self->record, field);
  mash_edit_set (self, field, was, now);
}

/**
 * mash_edit_new:
 * @kind: the kind of record
 * @id: its id
 * @base: the revision that the edit stands on, 0 for a new record
 *
 * Returns: (transfer full): an edit that alters nothing yet
 */
MashEdit *
mash_edit_new (const MashKind *kind,
               const char     *id,
               gint64          base)
{
  MashEdit *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (MashEdit, 1);
  self->kind = kind;
  self->id = g_strdup (id);
  self->base = base;
  self->cells = g_new0 (Cell, kind->n_fields);

  return self;
}

/**
 * mash_edit_new_for:
 * @record: a record as the user saw it
 *
 * Begins an edit of @record: what is set by name afterwards takes its "was" from there.
 *
 * Returns: (transfer full): an edit that alters nothing yet
 */
MashEdit *
mash_edit_new_for (MashRecord *record)
{
  MashEdit *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = mash_edit_new (mash_record_get_kind (record), mash_record_get_id (record),
                        mash_record_get_revision (record));
  self->record = mash_record_ref (record);

  return self;
}

/**
 * mash_edit_copy:
 * @self: an edit
 *
 * Returns: (transfer full): another that says the same
 */
MashEdit *
mash_edit_copy (const MashEdit *self)
{
  MashEdit *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mash_edit_new (self->kind, self->id, self->base);
  copy->record = self->record != NULL ? mash_record_ref (self->record) : NULL;
  copy->voided = g_strdup (self->voided);
  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      if (self->cells[i].touched)
        mash_edit_set (copy, i, self->cells[i].was, self->cells[i].now);
    }

  return copy;
}

void
mash_edit_free (MashEdit *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      g_clear_pointer (&self->cells[i].was, g_variant_unref);
      g_clear_pointer (&self->cells[i].now, g_variant_unref);
    }
  g_clear_pointer (&self->record, mash_record_unref);
  g_free (self->cells);
  g_free (self->voided);
  g_free (self->id);
  g_free (self);
}

const MashKind *
mash_edit_get_kind (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

const char *
mash_edit_get_id (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

gint64
mash_edit_get_base (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->base;
}

gboolean
mash_edit_is_new (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->base == 0;
}

/**
 * mash_edit_touches:
 * @self: an edit
 * @field: the position of a field
 *
 * Returns: %TRUE when the edit says something about the field
 */
gboolean
mash_edit_touches (const MashEdit *self,
                   guint           field)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (field < self->kind->n_fields, FALSE);

  return self->cells[field].touched;
}

GVariant *
mash_edit_get_was (const MashEdit *self,
                   guint           field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->kind->n_fields, NULL);

  return self->cells[field].was;
}

GVariant *
mash_edit_get_now (const MashEdit *self,
                   guint           field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->kind->n_fields, NULL);

  return self->cells[field].now;
}

/**
 * mash_edit_get_text:
 * @self: an edit
 * @field: the name of a text-like field
 *
 * Returns: (transfer none) (nullable): what the edit puts there; %NULL too when it does not touch
 *   it
 */
const char *
mash_edit_get_text (const MashEdit *self,
                    const char     *field)
{
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  i = mash_kind_find_field (self->kind, field);
  g_return_val_if_fail (i != MASH_NO_FIELD, NULL);

  return self->cells[i].now != NULL ? g_variant_get_string (self->cells[i].now, NULL) : NULL;
}

/**
 * mash_edit_set:
 * @self: an edit
 * @field: the position of a field
 * @was: (nullable): what the user saw there
 * @now: (nullable): what is to stand there
 *
 * A field set to what it was is not touched.
 */
void
mash_edit_set (MashEdit *self,
               guint     field,
               GVariant *was,
               GVariant *now)
{
  Cell *cell;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field < self->kind->n_fields);

  cell = &self->cells[field];
  set_value (&cell->was, was);
  set_value (&cell->now, now);
  cell->touched = !mash_values_equal (cell->was, cell->now);
}

/**
 * mash_edit_set_text:
 * @self: an edit
 * @field: the name of a field that is neither a set nor yes-or-no
 * @now: (nullable): its new value; empty text is "not known"
 */
void
mash_edit_set_text (MashEdit   *self,
                    const char *field,
                    const char *now)
{
  g_return_if_fail (self != NULL);

  set_named (self, field, now != NULL && *now != '\0' ? g_variant_new_string (now) : NULL);
}

void
mash_edit_set_flag (MashEdit   *self,
                    const char *field,
                    gboolean    now)
{
  g_return_if_fail (self != NULL);

  set_named (self, field, g_variant_new_boolean (now));
}

void
mash_edit_set_int (MashEdit   *self,
                   const char *field,
                   gint64      now)
{
  g_return_if_fail (self != NULL);

  set_named (self, field, g_variant_new_take_string (g_strdup_printf ("%" G_GINT64_FORMAT, now)));
}

void
mash_edit_set_set (MashEdit          *self,
                   const char        *field,
                   const char *const *now)
{
  g_return_if_fail (self != NULL);

  set_named (self, field, now != NULL && now[0] != NULL ? g_variant_new_strv (now, -1) : NULL);
}

/**
 * mash_edit_void:
 * @self: an edit
 * @reason: why the record no longer stands
 *
 * Nothing is ever deleted; this marks the record void, and @reason stays with it.
 */
void
mash_edit_void (MashEdit   *self,
                const char *reason)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (reason != NULL);

  g_free (self->voided);
  self->voided = g_strdup (reason);
}

const char *
mash_edit_get_voided (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->voided;
}

gboolean
mash_edit_is_empty (const MashEdit *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  if (self->voided != NULL)
    return FALSE;
  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      if (self->cells[i].touched)
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_edit_apply:
 * @self: an edit
 * @record: (nullable): the record as it stands, %NULL for a new one
 * @stamps: the stamps of the result
 *
 * Pure; any thread. Whether the edit may be applied has been decided before.
 *
 * Returns: (transfer full): the record at its next revision
 */
MashRecord *
mash_edit_apply (const MashEdit   *self,
                 MashRecord       *record,
                 const MashStamps *stamps)
{
  g_autofree GVariant **values = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  values = g_new0 (GVariant *, self->kind->n_fields);
  for (guint i = 0; i < self->kind->n_fields; i++)
    {
      if (self->cells[i].touched)
        values[i] = self->cells[i].now;
      else if (record != NULL)
        values[i] = mash_record_get_value (record, i);
    }

  return mash_record_new (self->kind, self->id,
                          record != NULL ? mash_record_get_revision (record) + 1 : 1,
                          values, stamps);
}
