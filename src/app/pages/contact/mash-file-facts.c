/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-file-facts.h"

struct _MashFileFacts
{
  GObject          parent_instance;

  MashContactFile *file;
};

static void mash_file_facts_facts_init (MashFactsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashFileFacts, mash_file_facts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS, mash_file_facts_facts_init))

/* The entity's record with what was typed since. */
static MashRecord *
dup_record (MashEntity *entity)
{
  static const MashStamps none;
  MashRecord *record = mash_entity_get_record (entity);
  g_autoptr (MashEdit) edit = NULL;

  if (record != NULL && !mash_entity_get_changed (entity))
    return mash_record_ref (record);

  edit = mash_entity_dup_edit (entity);
  if (edit == NULL)
    return record != NULL ? mash_record_ref (record) : NULL;

  return mash_edit_apply (edit, record, &none);
}

static MashRecord *
mash_file_facts_lookup (MashFacts  *facts,
                        const char *kind,
                        const char *id)
{
  MashEntity *entity = mash_contact_file_find (MASH_FILE_FACTS (facts)->file, id);

  if (entity == NULL || !g_str_equal (mash_entity_get_kind (entity)->name, kind))
    return NULL;

  return dup_record (entity);
}

static gboolean
has_value (MashRecord *record,
           const char *field,
           const char *value)
{
  const char *text = mash_record_get_text (record, field);

  return g_strcmp0 (text, value) == 0;
}

static GPtrArray *
mash_file_facts_list (MashFacts  *facts,
                      const char *kind,
                      const char *field,
                      const char *value)
{
  GListModel *entities = mash_contact_file_get_list (MASH_FILE_FACTS (facts)->file, kind);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (entities, i);
      g_autoptr (MashRecord) record = dup_record (entity);

      if (record != NULL && (field == NULL || has_value (record, field, value)))
        g_ptr_array_add (records, g_steal_pointer (&record));
    }

  return records;
}

static void
mash_file_facts_facts_init (MashFactsInterface *iface)
{
  iface->lookup = mash_file_facts_lookup;
  iface->list = mash_file_facts_list;
}

static void
mash_file_facts_finalize (GObject *object)
{
  g_clear_object (&MASH_FILE_FACTS (object)->file);

  G_OBJECT_CLASS (mash_file_facts_parent_class)->finalize (object);
}

static void
mash_file_facts_class_init (MashFileFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_file_facts_finalize;
}

static void
mash_file_facts_init (MashFileFacts *self)
{
}

/**
 * mash_file_facts_new:
 * @file: an open contact
 *
 * Returns: (transfer full): its records, with what is typed, as facts
 */
MashFacts *
mash_file_facts_new (MashContactFile *file)
{
  MashFileFacts *self = g_object_new (MASH_TYPE_FILE_FACTS, NULL);

  self->file = g_object_ref (file);

  return MASH_FACTS (self);
}
