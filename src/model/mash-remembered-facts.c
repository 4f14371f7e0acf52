/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-remembered-facts.h"

#include <string.h>

struct _MashRememberedFacts
{
  GObject     parent_instance;

  MashFacts  *base;
  /* Both by the words of the question; a record that does not exist is remembered as %NULL. */
  GHashTable *records;
  GHashTable *lists;
};

static void mash_remembered_facts_iface_init (MashFactsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashRememberedFacts, mash_remembered_facts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS,
                                                      mash_remembered_facts_iface_init))

static void
forget_record (gpointer record)
{
  if (record != NULL)
    mash_record_unref (record);
}

static MashRecord *
mash_remembered_facts_lookup (MashFacts  *facts,
                              const char *kind,
                              const char *id)
{
  MashRememberedFacts *self = MASH_REMEMBERED_FACTS (facts);
  g_autofree char *question = g_strconcat (kind, " ", id, NULL);
  gpointer record;

  if (!g_hash_table_lookup_extended (self->records, question, NULL, &record))
    {
      record = mash_facts_lookup (self->base, kind, id);
      g_hash_table_insert (self->records, g_steal_pointer (&question), record);
    }

  return record != NULL ? mash_record_ref (record) : NULL;
}

/* The caller may sort its list. */
static gpointer
take_record (gconstpointer record,
             gpointer      data)
{
  return mash_record_ref ((gpointer) record);
}

static GPtrArray *
mash_remembered_facts_list (MashFacts  *facts,
                            const char *kind,
                            const char *field,
                            const char *value)
{
  MashRememberedFacts *self = MASH_REMEMBERED_FACTS (facts);
  g_autofree char *question = g_strconcat (kind, " ", field, " ", value, NULL);
  GPtrArray *list = g_hash_table_lookup (self->lists, question);

  if (list == NULL)
    {
      list = mash_facts_list (self->base, kind, field, value);
      g_hash_table_insert (self->lists, g_steal_pointer (&question), list);
    }

  return g_ptr_array_copy (list, take_record, NULL);
}

static void
mash_remembered_facts_iface_init (MashFactsInterface *iface)
{
  iface->lookup = mash_remembered_facts_lookup;
  iface->list = mash_remembered_facts_list;
}

static void
mash_remembered_facts_finalize (GObject *object)
{
  MashRememberedFacts *self = MASH_REMEMBERED_FACTS (object);

  g_clear_object (&self->base);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->lists);

  G_OBJECT_CLASS (mash_remembered_facts_parent_class)->finalize (object);
}

static void
mash_remembered_facts_class_init (MashRememberedFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_remembered_facts_finalize;
}

static void
mash_remembered_facts_init (MashRememberedFacts *self)
{
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, forget_record);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
}

/**
 * mash_remembered_facts_new:
 * @base: facts as they stand, of which none may alter while these are used
 *
 * To be used on the thread that may use @base.
 *
 * Returns: (transfer full): the same facts, each asked of @base once
 */
MashFacts *
mash_remembered_facts_new (MashFacts *base)
{
  MashRememberedFacts *self;

  g_return_val_if_fail (MASH_IS_FACTS (base), NULL);

  self = g_object_new (MASH_TYPE_REMEMBERED_FACTS, NULL);
  self->base = g_object_ref (base);

  return MASH_FACTS (self);
}
