/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-entity.h"

#include <string.h>

typedef struct
{
  char        *id;
  MashRecord  *record;
  GVariant   **values;
  guint        changed : 1;
  GVariant  **seen;    /* what was read where a field was typed over and has changed since */
  gboolean   *stale;   /* whether that is so */
} MashEntityPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MashEntity, mash_entity, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_RECORD,
  PROP_CHANGED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GVariant *
base_value (MashEntityPrivate *priv,
            guint              field)
{
  return priv->record != NULL ? mash_record_get_value (priv->record, field) : NULL;
}

static void
update_changed (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);
  const MashKind *kind = mash_entity_get_kind (self);
  gboolean changed = FALSE;

  for (guint i = 0; i < kind->n_fields && !changed; i++)
    changed = !mash_values_equal (priv->values[i], base_value (priv, i));

  if (changed != priv->changed)
    {
      priv->changed = changed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
    }
}

/* Puts @value in place and notifies; gives whether that was anything new. */
static gboolean
replace_value (MashEntity *self,
               guint       field,
               GVariant   *value)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);
  g_autoptr (GVariant) kept = value != NULL ? g_variant_ref_sink (value) : NULL;

  if (mash_values_equal (priv->values[field], kept))
    return FALSE;

  g_clear_pointer (&priv->values[field], g_variant_unref);
  priv->values[field] = g_steal_pointer (&kept);
  g_object_notify_by_pspec (G_OBJECT (self), MASH_ENTITY_GET_CLASS (self)->properties[field]);

  return TRUE;
}

/* Remembers what the user had read in a field, so that what they typed over it is not saved over
 * what somebody else has put there since without their being told. */
static void
set_seen (MashEntityPrivate *priv,
          guint              field,
          gboolean           stale,
          GVariant          *was)
{
  g_clear_pointer (&priv->seen[field], g_variant_unref);
  priv->seen[field] = stale && was != NULL ? g_variant_ref (was) : NULL;
  priv->stale[field] = stale;
}

static void
get_field_property (GObject    *object,
                    guint       prop_id,
                    GValue     *value,
                    GParamSpec *pspec)
{
  MashEntity *self = MASH_ENTITY (object);
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);
  guint field = prop_id - 1;
  GVariant *held;

  g_assert (field < mash_entity_get_kind (self)->n_fields);

  held = priv->values[field];
  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, held != NULL && g_variant_get_boolean (held));
  else if (held == NULL)
    g_value_reset (value);
  else if (G_VALUE_HOLDS_INT64 (value))
    g_value_set_int64 (value, g_ascii_strtoll (g_variant_get_string (held, NULL), NULL, 10));
  else if (G_VALUE_HOLDS (value, G_TYPE_STRV))
    g_value_take_boxed (value, g_variant_dup_strv (held, NULL));
  else
    g_value_set_string (value, g_variant_get_string (held, NULL));
}

/* What is pasted brings line ends of other systems and control characters that nobody typed; a
 * field that refused them would look filled in and hold nothing. */
static char *
tidy (const char    *text,
      MashFieldType  type)
{
  char line_end = type == MASH_FIELD_RICH ? '\n' : ' ';
  GString *kept = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at++)
    {
      guchar c = (guchar) *at;

      if (c == '\n' || (c == '\r' && at[1] != '\n'))
        g_string_append_c (kept, line_end);
      else if (c == '\t')
        g_string_append_c (kept, type == MASH_FIELD_RICH ? '\t' : ' ');
      else if (c >= 0x20 && c != 0x7f)
        g_string_append_c (kept, (char) c);
    }

  return g_string_free (kept, FALSE);
}

static void
set_field_property (GObject      *object,
                    guint         prop_id,
                    const GValue *value,
                    GParamSpec   *pspec)
{
  MashEntity *self = MASH_ENTITY (object);
  guint field = prop_id - 1;
  GVariant *given = NULL;

  if (G_VALUE_HOLDS_BOOLEAN (value))
    given = g_variant_new_boolean (g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_INT64 (value))
    given = g_variant_new_take_string (g_strdup_printf ("%" G_GINT64_FORMAT,
                                                        g_value_get_int64 (value)));
  else if (G_VALUE_HOLDS (value, G_TYPE_STRV))
    {
      const char *const *set = g_value_get_boxed (value);

      given = set != NULL && set[0] != NULL ? g_variant_new_strv (set, -1) : NULL;
    }
  else if (g_value_get_string (value) != NULL && *g_value_get_string (value) != '\0')
    {
      const MashField *typed = &mash_entity_get_kind (self)->fields[field];
      g_autofree char *kept = tidy (g_value_get_string (value), typed->type);

      given = *kept != '\0' ? g_variant_new_string (kept) : NULL;
    }

  mash_entity_set_value (self, field, given);
}

static void
mash_entity_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  MashEntity *self = MASH_ENTITY (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, mash_entity_get_id (self));
      break;

    case PROP_RECORD:
      g_value_set_boxed (value, mash_entity_get_record (self));
      break;

    case PROP_CHANGED:
      g_value_set_boolean (value, mash_entity_get_changed (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_entity_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  MashEntity *self = MASH_ENTITY (object);
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_ID:
      priv->id = g_value_dup_string (value);
      break;

    case PROP_RECORD:
      mash_entity_set_record (self, g_value_get_boxed (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_entity_constructed (GObject *object)
{
  MashEntity *self = MASH_ENTITY (object);
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  G_OBJECT_CLASS (mash_entity_parent_class)->constructed (object);

  g_assert (priv->id != NULL);

  if (priv->values == NULL)
    {
      guint n_fields = mash_entity_get_kind (self)->n_fields;

      priv->values = g_new0 (GVariant *, n_fields);
      priv->seen = g_new0 (GVariant *, n_fields);
      priv->stale = g_new0 (gboolean, n_fields);
    }
}

static void
mash_entity_finalize (GObject *object)
{
  MashEntity *self = MASH_ENTITY (object);
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  for (guint i = 0; i < mash_entity_get_kind (self)->n_fields; i++)
    {
      g_clear_pointer (&priv->values[i], g_variant_unref);
      g_clear_pointer (&priv->seen[i], g_variant_unref);
    }
  g_clear_pointer (&priv->values, g_free);
  g_clear_pointer (&priv->seen, g_free);
  g_clear_pointer (&priv->stale, g_free);
  g_clear_pointer (&priv->record, mash_record_unref);
  g_clear_pointer (&priv->id, g_free);

  G_OBJECT_CLASS (mash_entity_parent_class)->finalize (object);
}

static void
mash_entity_class_init (MashEntityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = mash_entity_constructed;
  object_class->finalize = mash_entity_finalize;
  object_class->get_property = mash_entity_get_property;
  object_class->set_property = mash_entity_set_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECORD] =
    g_param_spec_boxed ("record", NULL, NULL, MASH_TYPE_RECORD,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHANGED] =
    g_param_spec_boolean ("changed", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_entity_init (MashEntity *self)
{
}

static GParamSpec *
make_property (const MashField *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (field->type)
    {
    case MASH_FIELD_BOOL:
      return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);

    case MASH_FIELD_INT:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_STRV, flags);

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_CODE:
    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
    case MASH_FIELD_TIME:
    case MASH_FIELD_REFERENCE:
    default:
      return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
    }
}

/**
 * mash_entity_class_install_fields:
 * @klass: the class of one kind's entities, in its own `class_init`
 * @kind: the kind
 *
 * Makes a property of each field. GObject does not inherit these two methods usefully, so they are
 * set on @klass itself.
 */
void
mash_entity_class_install_fields (MashEntityClass *klass,
                                  const MashKind  *kind)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_field_property;
  object_class->set_property = set_field_property;

  klass->kind = kind;
  klass->properties = g_new0 (GParamSpec *, kind->n_fields);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      klass->properties[i] = make_property (&kind->fields[i]);
      g_object_class_install_property (object_class, i + 1, klass->properties[i]);
    }
}

/**
 * mash_entity_new:
 * @kind: a kind
 * @id: the id that the record will have
 *
 * Main thread.
 *
 * Returns: (transfer full): an entity of a record that does not exist yet
 */
MashEntity *
mash_entity_new (const MashKind *kind,
                 const char     *id)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_object_new (kind->get_type (), "id", id, NULL);
}

/**
 * mash_entity_new_for_record:
 * @record: a record
 *
 * Main thread. One record should have one entity; the service sees to that.
 *
 * Returns: (transfer full): an entity that stands on @record
 */
MashEntity *
mash_entity_new_for_record (MashRecord *record)
{
  MashEntityPrivate *priv;
  MashEntity *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = mash_entity_new (mash_record_get_kind (record), mash_record_get_id (record));
  priv = mash_entity_get_instance_private (self);
  priv->record = mash_record_ref (record);
  /* Nobody listens yet: a long discussion has thousands of these, and nobody is to be told of each
   * of their fields. */
  for (guint i = 0; i < mash_record_get_kind (record)->n_fields; i++)
    {
      GVariant *value = mash_record_get_value (record, i);

      priv->values[i] = value != NULL ? g_variant_ref (value) : NULL;
    }

  return self;
}

const MashKind *
mash_entity_get_kind (MashEntity *self)
{
  g_return_val_if_fail (MASH_IS_ENTITY (self), NULL);

  return MASH_ENTITY_GET_CLASS (self)->kind;
}

const char *
mash_entity_get_id (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ENTITY (self), NULL);

  return priv->id;
}

/**
 * mash_entity_get_record:
 * @self: an entity
 *
 * Returns: (transfer none) (nullable): the record that it stands on, %NULL while it is new
 */
MashRecord *
mash_entity_get_record (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ENTITY (self), NULL);

  return priv->record;
}

gint64
mash_entity_get_revision (MashEntity *self)
{
  MashRecord *record = mash_entity_get_record (self);

  return record != NULL ? mash_record_get_revision (record) : 0;
}

/**
 * mash_entity_get_changed:
 * @self: an entity
 *
 * Returns: %TRUE when it holds something that its record does not say
 */
gboolean
mash_entity_get_changed (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ENTITY (self), FALSE);

  return priv->changed;
}

/**
 * mash_entity_set_record:
 * @self: an entity
 * @record: the record as it now stands
 *
 * Takes over every field but those in which the user has typed something and not saved it: these
 * keep what was typed, unless @record now says the same. Where @record says something else than the
 * user had read, the edit still says what they had read, so that it is refused as a conflict until
 * mash_entity_settle().
 */
void
mash_entity_set_record (MashEntity *self,
                        MashRecord *record)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);
  g_autoptr (MashRecord) before = NULL;

  g_return_if_fail (MASH_IS_ENTITY (self));
  g_return_if_fail (record != NULL);
  g_return_if_fail (mash_record_get_kind (record) == mash_entity_get_kind (self));
  g_return_if_fail (strcmp (mash_record_get_id (record), priv->id) == 0);

  if (priv->record == record)
    return;

  g_object_freeze_notify (G_OBJECT (self));

  before = g_steal_pointer (&priv->record);
  priv->record = mash_record_ref (record);
  for (guint i = 0; i < mash_entity_get_kind (self)->n_fields; i++)
    {
      GVariant *was = before != NULL ? mash_record_get_value (before, i) : NULL;

      if (mash_values_equal (priv->values[i], was))
        replace_value (self, i, mash_record_get_value (record, i));
      if (mash_values_equal (priv->values[i], mash_record_get_value (record, i)))
        set_seen (priv, i, FALSE, NULL);
      else if (!priv->stale[i] && !mash_values_equal (was, mash_record_get_value (record, i)))
        set_seen (priv, i, before != NULL, was);
    }
  update_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);

  g_object_thaw_notify (G_OBJECT (self));
}

GVariant *
mash_entity_get_value (MashEntity *self,
                       guint       field)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ENTITY (self), NULL);
  g_return_val_if_fail (field < mash_entity_get_kind (self)->n_fields, NULL);

  return priv->values[field];
}

/**
 * mash_entity_set_value:
 * @self: an entity
 * @field: the position of a field
 * @value: (nullable): what the user typed; a floating one is sunk
 *
 * Returns: %FALSE, and alters nothing, when @value has not the form that the field asks for
 */
gboolean
mash_entity_set_value (MashEntity *self,
                       guint       field,
                       GVariant   *value)
{
  g_autoptr (GVariant) kept = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_val_if_fail (MASH_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (field < mash_entity_get_kind (self)->n_fields, FALSE);

  if (!mash_field_check_value (&mash_entity_get_kind (self)->fields[field], kept))
    return FALSE;
  if (replace_value (self, field, kept))
    update_changed (self);

  return TRUE;
}

/**
 * mash_entity_dup_edit:
 * @self: an entity
 *
 * Returns: (transfer full): what the user has typed and not saved; empty when that is nothing
 */
MashEdit *
mash_entity_dup_edit (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);
  MashEdit *edit;

  g_return_val_if_fail (MASH_IS_ENTITY (self), NULL);

  edit = priv->record != NULL ? mash_edit_new_for (priv->record)
                              : mash_edit_new (mash_entity_get_kind (self), priv->id, 0);
  for (guint i = 0; i < mash_entity_get_kind (self)->n_fields; i++)
    {
      gboolean stale = priv->stale[i] && !mash_values_equal (priv->values[i], priv->seen[i]);

      if (!mash_values_equal (priv->values[i], base_value (priv, i)))
        mash_edit_set (edit, i, stale ? priv->seen[i] : base_value (priv, i), priv->values[i]);
    }

  return edit;
}

/**
 * mash_entity_set_read:
 * @self: an entity of a record
 * @field: the position of a field in which something was typed
 * @was: (nullable): what the user had read there when they typed it
 *
 * Says what a draft was typed over. Where the record says something else by now, the edit is
 * refused as a conflict until mash_entity_settle().
 */
void
mash_entity_set_read (MashEntity *self,
                      guint       field,
                      GVariant   *was)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_if_fail (MASH_IS_ENTITY (self));
  g_return_if_fail (field < mash_entity_get_kind (self)->n_fields);

  set_seen (priv, field, priv->record != NULL && !mash_values_equal (was, base_value (priv, field)),
            was);
}

/**
 * mash_entity_get_conflict:
 * @self: an entity
 * @field: the position of a field
 * @was: (out) (transfer none) (nullable): what the user had read there
 *
 * Returns: %TRUE if the user typed over something that somebody else has altered since; its record
 *   holds what that was
 */
gboolean
mash_entity_get_conflict (MashEntity  *self,
                          guint        field,
                          GVariant   **was)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ENTITY (self), FALSE);
  g_return_val_if_fail (field < mash_entity_get_kind (self)->n_fields, FALSE);

  *was = priv->seen[field];

  return priv->stale[field] && !mash_values_equal (priv->values[field], base_value (priv, field));
}

/**
 * mash_entity_settle_field:
 * @self: an entity
 * @field: the position of a field with a conflict
 * @mine: whether what the user typed stays; otherwise it gives way to what the record holds
 *
 * The user has seen both and chosen.
 */
void
mash_entity_settle_field (MashEntity *self,
                          guint       field,
                          gboolean    mine)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_if_fail (MASH_IS_ENTITY (self));
  g_return_if_fail (field < mash_entity_get_kind (self)->n_fields);

  set_seen (priv, field, FALSE, NULL);
  if (!mine)
    {
      g_object_freeze_notify (G_OBJECT (self));
      replace_value (self, field, base_value (priv, field));
      update_changed (self);
      g_object_thaw_notify (G_OBJECT (self));
    }
}

/**
 * mash_entity_settle:
 * @self: an entity
 *
 * The user has been told that somebody else altered what they typed over: from now on what they
 * typed stands on the record as it is.
 */
void
mash_entity_settle (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_if_fail (MASH_IS_ENTITY (self));

  for (guint i = 0; i < mash_entity_get_kind (self)->n_fields; i++)
    set_seen (priv, i, FALSE, NULL);
}

/**
 * mash_entity_discard:
 * @self: an entity
 *
 * Drops what the user has typed and not saved.
 */
void
mash_entity_discard (MashEntity *self)
{
  MashEntityPrivate *priv = mash_entity_get_instance_private (self);

  g_return_if_fail (MASH_IS_ENTITY (self));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < mash_entity_get_kind (self)->n_fields; i++)
    replace_value (self, i, base_value (priv, i));
  mash_entity_settle (self);
  update_changed (self);
  g_object_thaw_notify (G_OBJECT (self));
}
