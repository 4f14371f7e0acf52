/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-contact-file-private.h"

#include <string.h>

#include "mash-entity-list.h"
#include "mash-facts.h"
#include "mash-family.h"
#include "mash-rules.h"

enum
{
  PROP_0,
  PROP_CONTACT,
  PROP_REFERRER,
  PROP_ANALYSIS,
  PROP_RECOMMENDATION,
  PROP_DECISION,
  PROP_FAMILY,
  PROP_CHILDREN_WORDS,
  PROP_CHANGED,
  PROP_GONE,
  PROP_SAVED_AT,
  N_PROPS
};

enum
{
  UPDATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void mash_contact_file_iface_init (MashFactsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashContactFile, mash_contact_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS,
                                                      mash_contact_file_iface_init))

static MashEntity *make_entity_cb (MashRecord *record,
                                   gpointer    file);

static MashEntityList *
ensure_list (MashContactFile *self,
             const MashKind  *kind)
{
  MashEntityList *list = g_hash_table_lookup (self->lists, kind->name);

  if (list == NULL)
    {
      list = mash_entity_list_new (make_entity_cb, self);
      g_hash_table_insert (self->lists, (gpointer) kind->name, list);
    }

  return list;
}

/* A page may keep a list longer than the file is there. */
static void
drop_list (gpointer list)
{
  mash_entity_list_let_go (list);
  g_object_unref (list);
}

static void
update_changed (MashContactFile *self)
{
  GHashTableIter iter;
  gpointer entity;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&iter, self->entities);
  while (!changed && g_hash_table_iter_next (&iter, NULL, &entity))
    changed = mash_contact_file_holds_news (entity);

  if (changed != self->changed)
    {
      self->changed = changed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
    }
}

static void
update_family (MashContactFile *self)
{
  g_autofree char *family = mash_family_dup_name (MASH_FACTS (self), self->id);
  g_autofree char *words = mash_family_dup_children (MASH_FACTS (self), self->id, self->today);

  if (g_strcmp0 (family, self->family) != 0)
    {
      g_free (self->family);
      self->family = g_steal_pointer (&family);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAMILY]);
    }
  if (g_strcmp0 (words, self->children_words) != 0)
    {
      g_free (self->children_words);
      self->children_words = g_steal_pointer (&words);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILDREN_WORDS]);
    }
}

/* Each letter that is typed comes by here: only where the last that held anything may be gone are
 * the others asked. */
static void
on_entity_changed_cb (MashContactFile *self,
                      GParamSpec      *pspec,
                      MashEntity      *entity)
{
  if (!self->renewing && mash_contact_file_holds_news (entity) != self->changed)
    update_changed (self);
}

static void
keep_entity (MashContactFile *self,
             MashEntity      *entity)
{
  g_hash_table_insert (self->entities, g_strdup (mash_entity_get_id (entity)),
                       g_object_ref (entity));
  /* Not only its `changed`: a new record has changed from the start, by the contact that it belongs
   * to, and holds news when something is typed into it. */
  g_signal_connect_object (entity, "notify", G_CALLBACK (on_entity_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static MashEntity *
make_entity_cb (MashRecord *record,
                gpointer    file)
{
  MashEntity *entity = mash_entity_new_for_record (record);

  keep_entity (file, entity);

  return entity;
}

/* The one entity of a kind of which a contact has at most one: made empty while there is none, so
 * that a form has something to be bound to. */
static MashEntity *
ensure_single (MashContactFile *self,
               const MashKind  *kind)
{
  GListModel *list = G_LIST_MODEL (ensure_list (self, kind));
  guint n = g_list_model_get_n_items (list);
  g_autoptr (MashEntity) last = NULL;

  if (n == 0)
    return mash_contact_file_add (self, kind->name);

  last = g_list_model_get_item (list, n - 1);

  return last;
}

static MashEntity *
find_newest (MashContactFile *self,
             const MashKind  *kind)
{
  GListModel *list = G_LIST_MODEL (ensure_list (self, kind));
  guint n = g_list_model_get_n_items (list);
  g_autoptr (MashEntity) last = n > 0 ? g_list_model_get_item (list, n - 1) : NULL;

  return last;
}

static void
take_record (MashContactFile *self,
             MashRecord      *record)
{
  const char *id = mash_record_get_id (record);
  MashEntityList *list = ensure_list (self, mash_record_get_kind (record));
  gboolean is_void = mash_record_get_stamps (record)->voided_at != NULL;
  MashEntity *entity = g_hash_table_lookup (self->entities, id);

  if (entity != NULL && (is_void || !mash_contact_file_is_as_read (entity, record)))
    mash_entity_set_record (entity, record);
  if (is_void)
    mash_entity_list_remove (list, id);
  else if (entity == NULL)
    mash_entity_list_hold (list, record);
}

static MashRecord *
mash_contact_file_lookup_record (MashFacts  *facts,
                                 const char *kind,
                                 const char *id)
{
  MashContactFile *self = MASH_CONTACT_FILE (facts);
  MashRecord *record = g_hash_table_lookup (self->found, id);

  return record != NULL && strcmp (mash_record_get_kind (record)->name, kind) == 0
         ? mash_record_ref (record) : NULL;
}

static GPtrArray *
mash_contact_file_list_records (MashFacts  *facts,
                                const char *kind,
                                const char *field,
                                const char *value)
{
  MashContactFile *self = MASH_CONTACT_FILE (facts);
  const MashKind *wanted = mash_kind_lookup (kind);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < self->records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (self->records, i);

      if (mash_record_get_kind (record) == wanted &&
          mash_record_get_stamps (record)->voided_at == NULL &&
          g_strcmp0 (mash_record_get_text (record, field), value) == 0)
        g_ptr_array_add (found, mash_record_ref (record));
    }

  return found;
}

static void
mash_contact_file_iface_init (MashFactsInterface *iface)
{
  iface->lookup = mash_contact_file_lookup_record;
  iface->list = mash_contact_file_list_records;
}

static void
mash_contact_file_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashContactFile *self = MASH_CONTACT_FILE (object);

  switch (prop_id)
    {
    case PROP_CONTACT:
      g_value_set_object (value, self->contact);
      break;

    case PROP_REFERRER:
      g_value_set_object (value, self->referrer);
      break;

    case PROP_ANALYSIS:
      g_value_set_object (value, self->analysis);
      break;

    case PROP_RECOMMENDATION:
      g_value_set_object (value, find_newest (self, &mash_recommendation_kind));
      break;

    case PROP_DECISION:
      g_value_set_object (value, find_newest (self, &mash_decision_kind));
      break;

    case PROP_FAMILY:
      g_value_set_string (value, self->family);
      break;

    case PROP_CHILDREN_WORDS:
      g_value_set_string (value, self->children_words);
      break;

    case PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;

    case PROP_GONE:
      g_value_set_boolean (value, self->gone);
      break;

    case PROP_SAVED_AT:
      g_value_set_int64 (value, self->saved_at);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_file_finalize (GObject *object)
{
  MashContactFile *self = MASH_CONTACT_FILE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->entities, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->loose, g_hash_table_unref);
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->children_words, g_free);
  g_clear_pointer (&self->today, g_free);

  G_OBJECT_CLASS (mash_contact_file_parent_class)->finalize (object);
}

static void
mash_contact_file_class_init (MashContactFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = mash_contact_file_finalize;
  object_class->get_property = mash_contact_file_get_property;

  properties[PROP_CONTACT] =
    g_param_spec_object ("contact", NULL, NULL, MASH_TYPE_CONTACT, flags);
  properties[PROP_REFERRER] =
    g_param_spec_object ("referrer", NULL, NULL, MASH_TYPE_REFERRER, flags);
  properties[PROP_ANALYSIS] =
    g_param_spec_object ("analysis", NULL, NULL, MASH_TYPE_RISK_ANALYSIS, flags);
  properties[PROP_RECOMMENDATION] =
    g_param_spec_object ("recommendation", NULL, NULL, MASH_TYPE_RECOMMENDATION, flags);
  properties[PROP_DECISION] =
    g_param_spec_object ("decision", NULL, NULL, MASH_TYPE_DECISION, flags);
  properties[PROP_FAMILY] = g_param_spec_string ("family", NULL, NULL, NULL, flags);
  properties[PROP_CHILDREN_WORDS] =
    g_param_spec_string ("children-words", NULL, NULL, NULL, flags);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[PROP_GONE] = g_param_spec_boolean ("gone", NULL, NULL, FALSE, flags);
  properties[PROP_SAVED_AT] =
    g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_contact_file_init (MashContactFile *self)
{
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  self->found = g_hash_table_new (g_str_hash, g_str_equal);
  self->entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, drop_list);
  self->loose = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * mash_contact_file_new:
 * @contact: the id of a contact, which need not exist yet
 * @today: the local date by which ages are told
 * @make_id: gives ids of records that pages add
 * @data: for @make_id
 *
 * Returns: (transfer full): a file with an empty contact
 */
MashContactFile *
mash_contact_file_new (const char   *contact,
                       const char   *today,
                       MashIdSource  make_id,
                       gpointer      data)
{
  MashContactFile *self;
  g_autoptr (MashEntity) entity = NULL;

  g_return_val_if_fail (contact != NULL && make_id != NULL, NULL);

  self = g_object_new (MASH_TYPE_CONTACT_FILE, NULL);
  self->id = g_strdup (contact);
  self->today = g_strdup (today);
  self->make_id = make_id;
  self->data = data;
  entity = mash_entity_new (&mash_contact_kind, contact);
  self->contact = MASH_CONTACT (entity);
  keep_entity (self, entity);
  self->referrer = ensure_single (self, &mash_referrer_kind);
  self->analysis = ensure_single (self, &mash_risk_analysis_kind);
  update_family (self);

  return self;
}

/* An empty entity made for a form gives way to the record that has come to exist, unless somebody
 * has typed into it. */
static void
settle_single (MashContactFile *self,
               MashEntity     **single,
               GParamSpec      *pspec)
{
  MashEntity *newest = find_newest (self, mash_entity_get_kind (*single));

  if (newest == *single || newest == NULL || mash_entity_get_record (*single) != NULL)
    return;

  mash_entity_list_remove (ensure_list (self, mash_entity_get_kind (*single)),
                           mash_entity_get_id (*single));
  g_hash_table_remove (self->entities, mash_entity_get_id (*single));
  *single = newest;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

void
mash_contact_file_settle (MashContactFile *self)
{
  settle_single (self, &self->referrer, properties[PROP_REFERRER]);
  settle_single (self, &self->analysis, properties[PROP_ANALYSIS]);
}

/* Takes in an entity of a record that is not saved yet. */
void
mash_contact_file_take (MashContactFile *self,
                        MashEntity      *entity)
{
  keep_entity (self, entity);
  mash_entity_list_append (ensure_list (self, mash_entity_get_kind (entity)), entity);
}

/* Of each kind in turn: whoever hears of one may look at all of them. */
static void
tell_lists (MashContactFile *self)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      MashEntityList *list = g_hash_table_lookup (self->lists, kinds[i]->name);

      if (list != NULL)
        mash_entity_list_tell (list);
    }
}

/**
 * mash_contact_file_set_records:
 * @self: a file
 * @records: (element-type MashRecord): everything that belongs to the contact as it now stands,
 *   each kind in the order in which its records were made
 */
void
mash_contact_file_set_records (MashContactFile *self,
                               GPtrArray       *records)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));
  g_return_if_fail (records != NULL);

  g_hash_table_remove_all (self->found);
  g_ptr_array_set_size (self->records, 0);
  for (guint i = 0; i < records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (self->records, mash_record_ref (record));
      g_hash_table_insert (self->found, (char *) mash_record_get_id (record), record);
    }

  g_object_freeze_notify (G_OBJECT (self));
  self->renewing = TRUE;
  for (guint i = 0; i < records->len; i++)
    take_record (self, g_ptr_array_index (records, i));
  tell_lists (self);
  self->renewing = FALSE;
  mash_contact_file_settle (self);
  update_family (self);
  update_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECOMMENDATION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DECISION]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * mash_contact_file_set_gone:
 * @self: a file
 *
 * The contact is not at this desk any more: whoever shows the file puts it away, and nothing of it
 * is saved.
 */
void
mash_contact_file_set_gone (MashContactFile *self)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));

  if (self->gone)
    return;

  self->gone = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
}

gboolean
mash_contact_file_get_gone (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), FALSE);

  return self->gone;
}

/**
 * mash_contact_file_set_saved_at:
 * @self: a file
 * @saved_at: when something of it was last made durable, microseconds
 */
void
mash_contact_file_set_saved_at (MashContactFile *self,
                                gint64           saved_at)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));

  if (self->saved_at == saved_at)
    return;

  self->saved_at = saved_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
}

MashContact *
mash_contact_file_get_contact (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  return self->contact;
}

const char *
mash_contact_file_get_family (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  return self->family;
}

gboolean
mash_contact_file_get_changed (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), FALSE);

  return self->changed;
}

/**
 * mash_contact_file_get_list:
 * @self: a file
 * @kind: the name of a kind
 *
 * Returns: (transfer none): its entities in this contact that are not void, oldest first; the same
 *   list each time, which grows and shrinks
 */
GListModel *
mash_contact_file_get_list (MashContactFile *self,
                            const char      *kind)
{
  const MashKind *found = mash_kind_lookup (kind);

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);
  g_return_val_if_fail (found != NULL, NULL);

  return G_LIST_MODEL (ensure_list (self, found));
}

/**
 * mash_contact_file_find:
 * @self: a file
 * @id: (nullable): the id of a record
 *
 * Returns: (transfer none) (nullable): its entity
 */
MashEntity *
mash_contact_file_find (MashContactFile *self,
                        const char      *id)
{
  MashEntity *entity;
  MashRecord *record;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  if (id == NULL)
    return NULL;
  entity = g_hash_table_lookup (self->entities, id);
  if (entity != NULL)
    return entity;

  record = g_hash_table_lookup (self->found, id);

  return record != NULL ? mash_entity_list_find (ensure_list (self, mash_record_get_kind (record)),
                                                 id) : NULL;
}

/**
 * mash_contact_file_add:
 * @self: a file
 * @kind: the name of a kind
 *
 * Adds an entity to its list. It becomes a record when it holds what is needed to save it.
 *
 * Returns: (transfer none): the new entity, of this contact
 */
MashEntity *
mash_contact_file_add (MashContactFile *self,
                       const char      *kind)
{
  const MashKind *found = mash_kind_lookup (kind);
  g_autofree char *id = NULL;
  g_autoptr (MashEntity) entity = NULL;
  guint contact;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);
  g_return_val_if_fail (found != NULL, NULL);

  id = self->make_id (self->data);
  entity = mash_entity_new (found, id);
  contact = mash_kind_get_contact_field (found);
  if (contact != MASH_NO_FIELD)
    mash_entity_set_value (entity, contact, g_variant_new_string (self->id));
  keep_entity (self, entity);
  mash_entity_list_append (ensure_list (self, found), entity);

  return entity;
}

static gboolean
is_single (MashContactFile *self,
           MashEntity      *entity)
{
  return entity == self->referrer || entity == self->analysis ||
         entity == MASH_ENTITY (self->contact);
}

/**
 * mash_contact_file_remove:
 * @self: a file
 * @entity: an entity of one of its lists that was never saved
 *
 * Takes back an entity that is not yet a record. One that is, is voided by a group
 * (mash_edit_void()).
 */
void
mash_contact_file_remove (MashContactFile *self,
                          MashEntity      *entity)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));
  g_return_if_fail (MASH_IS_ENTITY (entity));
  g_return_if_fail (mash_entity_get_record (entity) == NULL);
  g_return_if_fail (!is_single (self, entity));

  mash_entity_list_remove (ensure_list (self, mash_entity_get_kind (entity)),
                           mash_entity_get_id (entity));
  mash_contact_file_clear_loose (self, mash_entity_get_id (entity));
  g_hash_table_remove (self->entities, mash_entity_get_id (entity));
  update_changed (self);
}

/**
 * mash_contact_file_discard:
 * @self: a file
 *
 * Drops everything typed and not saved, and what pages were told beside it.
 */
void
mash_contact_file_discard (MashContactFile *self)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer held;

  g_return_if_fail (MASH_IS_CONTACT_FILE (self));

  /* Whoever hears that something is discarded may ask for an entity that was not there yet. */
  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    g_ptr_array_add (entities, g_object_ref (held));
  for (guint i = 0; i < entities->len; i++)
    {
      MashEntity *entity = g_ptr_array_index (entities, i);

      if (mash_entity_get_record (entity) == NULL && !is_single (self, entity))
        mash_contact_file_remove (self, entity);
      else
        mash_entity_discard (entity);
    }
  g_hash_table_remove_all (self->loose);
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * mash_contact_file_hash_content:
 * @self: a file
 *
 * Returns: (transfer full): the fingerprint of what is saved and shown, as a decision must carry it
 */
char *
mash_contact_file_hash_content (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  return mash_rules_hash_content (MASH_FACTS (self), self->id);
}
