/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

/* What goes wrong here cannot be said through the interface; it is kept for whoever asked the judge
 * or the rules, and the first fault counts. */
void
mash_store_keep_fault (MashStore *self,
                       GError    *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
  else
    g_clear_error (&fault);
}

static MashRecord *
mash_store_facts_lookup (MashFacts  *facts,
                         const char *kind,
                         const char *id)
{
  return mash_store_lookup (MASH_STORE (facts), kind, id);
}

static GPtrArray *
mash_store_facts_list (MashFacts  *facts,
                       const char *kind,
                       const char *field,
                       const char *value)
{
  return mash_store_list (MASH_STORE (facts), kind, field, value);
}

void
mash_store_facts_iface_init (MashFactsInterface *iface)
{
  iface->lookup = mash_store_facts_lookup;
  iface->list = mash_store_facts_list;
}

/**
 * mash_store_lookup:
 * @self: a store
 * @kind: the name of a kind
 * @id: the id of a record
 *
 * Returns: (transfer full) (nullable): the record as it stands, void or not
 */
MashRecord *
mash_store_lookup (MashStore  *self,
                   const char *kind,
                   const char *id)
{
  const MashKind *found = mash_kind_lookup (kind);
  GError *error = NULL;
  MashRecord *record;

  mash_store_assert (self);

  if (found == NULL || id == NULL)
    return NULL;

  record = mash_tables_lookup (self->tables, found, id, &error);
  if (error != NULL)
    mash_store_keep_fault (self, error);

  return record;
}

/**
 * mash_store_list:
 * @self: a store
 * @kind: the name of a kind
 * @field: the name of one of its fields that is no set; a reference is found by an index
 * @value: what stands in the field, as text; yes-or-no as `true` or `false`
 *
 * Returns: (transfer full) (element-type MashRecord): the records that are not void, in the order
 *   in which they were made
 */
GPtrArray *
mash_store_list (MashStore  *self,
                 const char *kind,
                 const char *field,
                 const char *value)
{
  const MashKind *found = mash_kind_lookup (kind);
  guint i = found != NULL ? mash_kind_find_field (found, field) : MASH_NO_FIELD;
  GError *error = NULL;
  GPtrArray *records = NULL;

  mash_store_assert (self);

  if (i != MASH_NO_FIELD && value != NULL)
    records = mash_tables_list (self->tables, found, i, value, &error);
  if (error != NULL)
    mash_store_keep_fault (self, error);

  return records != NULL ? records
                         : g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
}
