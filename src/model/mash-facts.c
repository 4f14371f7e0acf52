/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-facts.h"

#include <string.h>

G_DEFINE_INTERFACE (MashFacts, mash_facts, G_TYPE_OBJECT)

static void
mash_facts_default_init (MashFactsInterface *iface)
{
}

/**
 * mash_facts_lookup:
 * @self: facts
 * @kind: the name of a kind
 * @id: (nullable): the id of a record
 *
 * Returns: (transfer full) (nullable): the record, void or not; %NULL when there is none
 */
MashRecord *
mash_facts_lookup (MashFacts  *self,
                   const char *kind,
                   const char *id)
{
  g_return_val_if_fail (MASH_IS_FACTS (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  return id != NULL ? MASH_FACTS_GET_IFACE (self)->lookup (self, kind, id) : NULL;
}

/**
 * mash_facts_list:
 * @self: facts
 * @kind: the name of a kind
 * @field: the name of one of its fields that refers to a record, or is looked up otherwise
 * @value: what it has to be
 *
 * Returns: (transfer full) (element-type MashRecord): the records that are not void, oldest first
 */
GPtrArray *
mash_facts_list (MashFacts  *self,
                 const char *kind,
                 const char *field,
                 const char *value)
{
  g_return_val_if_fail (MASH_IS_FACTS (self), NULL);
  g_return_val_if_fail (kind != NULL && field != NULL && value != NULL, NULL);

  return MASH_FACTS_GET_IFACE (self)->list (self, kind, field, value);
}

/**
 * mash_facts_find_newest:
 * @self: facts
 * @kind: the name of a kind whose records belong to a contact
 * @contact: the id of the contact
 *
 * Returns: (transfer full) (nullable): the youngest record of @kind in the contact
 */
MashRecord *
mash_facts_find_newest (MashFacts  *self,
                        const char *kind,
                        const char *contact)
{
  g_autoptr (GPtrArray) records = mash_facts_list (self, kind, "contact", contact);

  return records->len > 0 ? mash_record_ref (g_ptr_array_index (records, records->len - 1)) : NULL;
}

struct _MashProposedFacts
{
  GObject    parent_instance;

  MashFacts *base;
  MashGroup *group;
};

static void mash_proposed_facts_iface_init (MashFactsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashProposedFacts, mash_proposed_facts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS,
                                                      mash_proposed_facts_iface_init))

static MashRecord *
propose (MashEdit   *edit,
         MashRecord *record)
{
  MashStamps stamps = record != NULL ? *mash_record_get_stamps (record) : (MashStamps) { 0 };

  if (mash_edit_get_voided (edit) != NULL)
    {
      stamps.voided_at = "";
      stamps.voided_reason = mash_edit_get_voided (edit);
    }

  return mash_edit_apply (edit, record, &stamps);
}

static MashRecord *
mash_proposed_facts_lookup (MashFacts  *facts,
                            const char *kind,
                            const char *id)
{
  MashProposedFacts *self = MASH_PROPOSED_FACTS (facts);
  g_autoptr (MashRecord) record = mash_facts_lookup (self->base, kind, id);
  MashEdit *edit = mash_group_find_edit (self->group, kind, id);

  return edit != NULL ? propose (edit, record) : g_steal_pointer (&record);
}

static gboolean
matches (MashRecord *record,
         const char *field,
         const char *value)
{
  guint index = mash_kind_find_field (mash_record_get_kind (record), field);
  GVariant *held = mash_record_get_value (record, index);

  return mash_record_get_stamps (record)->voided_at == NULL && held != NULL &&
         g_variant_is_of_type (held, G_VARIANT_TYPE_STRING) &&
         strcmp (g_variant_get_string (held, NULL), value) == 0;
}

static GPtrArray *
mash_proposed_facts_list (MashFacts  *facts,
                          const char *kind,
                          const char *field,
                          const char *value)
{
  MashProposedFacts *self = MASH_PROPOSED_FACTS (facts);
  g_autoptr (GPtrArray) before = mash_facts_list (self->base, kind, field, value);
  GPtrArray *after = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  /* What is altered keeps its place, so that the order says only who came first. */
  for (guint i = 0; i < before->len; i++)
    {
      MashRecord *record = g_ptr_array_index (before, i);
      MashEdit *edit = mash_group_find_edit (self->group, kind, mash_record_get_id (record));
      g_autoptr (MashRecord) proposed = edit != NULL ? propose (edit, record)
                                                     : mash_record_ref (record);

      if (edit == NULL || matches (proposed, field, value))
        g_ptr_array_add (after, g_steal_pointer (&proposed));
    }
  for (guint i = 0; i < mash_group_get_n_edits (self->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (self->group, i);
      g_autoptr (MashRecord) record = NULL;
      g_autoptr (MashRecord) proposed = NULL;

      if (strcmp (mash_edit_get_kind (edit)->name, kind) != 0)
        continue;
      record = mash_facts_lookup (self->base, kind, mash_edit_get_id (edit));
      if (record != NULL && matches (record, field, value))
        continue;
      proposed = propose (edit, record);
      if (matches (proposed, field, value))
        g_ptr_array_add (after, g_steal_pointer (&proposed));
    }

  return after;
}

static void
mash_proposed_facts_iface_init (MashFactsInterface *iface)
{
  iface->lookup = mash_proposed_facts_lookup;
  iface->list = mash_proposed_facts_list;
}

static void
mash_proposed_facts_finalize (GObject *object)
{
  MashProposedFacts *self = MASH_PROPOSED_FACTS (object);

  g_clear_object (&self->base);
  g_clear_pointer (&self->group, mash_group_unref);

  G_OBJECT_CLASS (mash_proposed_facts_parent_class)->finalize (object);
}

static void
mash_proposed_facts_class_init (MashProposedFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_proposed_facts_finalize;
}

static void
mash_proposed_facts_init (MashProposedFacts *self)
{
}

/**
 * mash_proposed_facts_new:
 * @base: facts as they stand
 * @group: a group, which may grow while these facts are used
 *
 * Returns: (transfer full): facts as they would stand after @group
 */
MashFacts *
mash_proposed_facts_new (MashFacts *base,
                         MashGroup *group)
{
  MashProposedFacts *self;

  g_return_val_if_fail (MASH_IS_FACTS (base), NULL);
  g_return_val_if_fail (group != NULL, NULL);

  self = g_object_new (MASH_TYPE_PROPOSED_FACTS, NULL);
  self->base = g_object_ref (base);
  self->group = mash_group_ref (group);

  return MASH_FACTS (self);
}
