/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-family-row.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "mash-choice.h"
#include "mash-typed-date.h"

struct _MashFamilyRow
{
  GObject          parent_instance;

  /* Owned */
  MashEntity      *person;
  MashEntity      *subject;
  char            *today;

  /* Borrowed */
  MashContactFile *file;     /* holds this row's list */
};

G_DEFINE_FINAL_TYPE (MashFamilyRow, mash_family_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_SUBJECT,
  PROP_NAME,
  PROP_TITLE,
  PROP_IS_CHILD,
  PROP_BORN,
  PROP_BORN_REMARK,
  PROP_RELATION,
  PROP_RESPONSIBILITY,
  PROP_LIVES_THERE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/**
 * mash_subject_is_child:
 * @subject: an entity of the kind contact-subject
 *
 * Returns: %TRUE for a child of the contact, born or not
 */
gboolean
mash_subject_is_child (MashEntity *subject)
{
  const char *role = mash_entity_get_text (subject, "role");

  return g_strcmp0 (role, MASH_ROLE_CHILD) == 0 || g_strcmp0 (role, MASH_ROLE_UNBORN) == 0;
}

static gboolean
is_unborn (MashFamilyRow *self)
{
  return g_strcmp0 (mash_entity_get_text (self->subject, "role"), MASH_ROLE_UNBORN) == 0;
}

/* What was typed as date of birth and could not be read is kept with the draft. */
static const char *
get_unread (MashFamilyRow *self)
{
  g_autofree char *name = g_strconcat (mash_entity_get_id (self->person), ".born", NULL);

  return self->file != NULL ? mash_contact_file_get_loose (self->file, name) : NULL;
}

static void
set_unread (MashFamilyRow *self,
            const char    *typed)
{
  g_autofree char *name = g_strconcat (mash_entity_get_id (self->person), ".born", NULL);

  if (self->file != NULL)
    mash_contact_file_set_loose (self->file, name, typed);
}

static char *
dup_born (MashFamilyRow *self)
{
  const char *due = mash_entity_get_text (self->person, "expected-birth");
  const char *birth = mash_entity_get_text (self->person, "birth");
  const char *words = mash_entity_get_text (self->person, "age-words");

  if (get_unread (self) != NULL)
    return g_strdup (get_unread (self));
  if (is_unborn (self) || (due != NULL && birth == NULL))
    return mash_typed_date_format (due);
  if (words != NULL && mash_entity_get_flag (self->person, "birth-estimated"))
    return g_strdup (words);

  return mash_typed_date_format (birth);
}

/* An age says the year of birth only roughly: what was said is kept beside it. */
static void
set_birth (MashFamilyRow *self,
           MashTypedKind  kind,
           const char    *typed,
           const char    *value)
{
  if (is_unborn (self))
    {
      mash_entity_set_text (self->person, "expected-birth",
                            kind == MASH_TYPED_NOTHING ? NULL : value);
      return;
    }

  mash_entity_set_flag (self->person, "birth-estimated", kind == MASH_TYPED_AGE);
  mash_entity_set_text (self->person, "age-words", kind == MASH_TYPED_AGE ? typed : NULL);
  mash_entity_set_text (self->person, "birth", kind == MASH_TYPED_NOTHING ? NULL : value);
}

static void
set_born (MashFamilyRow *self,
          const char    *typed)
{
  char value[11];
  MashTypedKind kind = mash_typed_date_parse (typed, self->today, value);
  gboolean wrong = kind == MASH_TYPED_WRONG ||
                   (is_unborn (self) && kind != MASH_TYPED_DATE && kind != MASH_TYPED_NOTHING);

  set_unread (self, wrong ? typed : NULL);
  if (!wrong)
    set_birth (self, kind, typed, value);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BORN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BORN_REMARK]);
}

static const char *
get_born_remark (MashFamilyRow *self)
{
  if (get_unread (self) == NULL)
    return NULL;

  return is_unborn (self) ? _("Not a due date. Type it as 20 Jan 2027.")
                          : _("Not a date or an age. Type it as 4 Mar 2020, 2020 or about 3.");
}

/* Gives the relationship of this person to @child, or NULL. */
static MashEntity *
find_relationship (MashFamilyRow *self,
                   const char    *child)
{
  GListModel *relationships = mash_contact_file_get_list (self->file, "relationship");

  for (guint i = 0; i < g_list_model_get_n_items (relationships); i++)
    {
      g_autoptr (MashEntity) relationship = g_list_model_get_item (relationships, i);

      if (g_strcmp0 (mash_entity_get_text (relationship, "to-person"), child) == 0 &&
          g_strcmp0 (mash_entity_get_text (relationship, "from-person"),
                     mash_entity_get_id (self->person)) == 0)
        return relationship;
    }

  return NULL;
}

/* What this person is to every child; NULL as soon as one is another or is not known. */
static char *
dup_common (MashFamilyRow *self,
            const char    *field)
{
  GListModel *subjects = mash_contact_file_get_list (self->file, "contact-subject");
  const char *common = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);
      MashEntity *relationship;
      const char *value;

      if (!mash_subject_is_child (subject) || subject == self->subject)
        continue;
      relationship = find_relationship (self, mash_entity_get_text (subject, "person"));
      value = relationship != NULL ? mash_entity_get_text (relationship, field) : NULL;
      if (value == NULL || (common != NULL && !g_str_equal (common, value)))
        return NULL;
      common = value;
    }

  return g_strdup (common);
}

static void
set_common (MashFamilyRow *self,
            const char    *field,
            const char    *value)
{
  GListModel *subjects = mash_contact_file_get_list (self->file, "contact-subject");

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);
      const char *child = mash_entity_get_text (subject, "person");
      MashEntity *relationship;

      if (!mash_subject_is_child (subject) || subject == self->subject || child == NULL)
        continue;
      relationship = find_relationship (self, child);
      if (relationship == NULL && value != NULL)
        {
          relationship = mash_contact_file_add (self->file, "relationship");
          mash_entity_set_text (relationship, "from-person", mash_entity_get_id (self->person));
          mash_entity_set_text (relationship, "to-person", child);
        }
      if (relationship != NULL)
        mash_entity_set_text (relationship, field, value);
    }
}

static void
on_person_notify_cb (MashFamilyRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BORN]);
}

static void
on_role_notify_cb (MashFamilyRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHILD]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BORN]);
}

static void
mash_family_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  MashFamilyRow *self = MASH_FAMILY_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;

    case PROP_SUBJECT:
      g_value_set_object (value, self->subject);
      break;

    case PROP_NAME:
      g_value_take_string (value, mash_person_dup_name (self->person));
      break;

    case PROP_TITLE:
      g_value_take_string (value, mash_family_row_dup_title (self));
      break;

    case PROP_IS_CHILD:
      g_value_set_boolean (value, mash_subject_is_child (self->subject));
      break;

    case PROP_BORN:
      g_value_take_string (value, dup_born (self));
      break;

    case PROP_BORN_REMARK:
      g_value_set_string (value, get_born_remark (self));
      break;

    case PROP_RELATION:
      g_value_take_string (value, dup_common (self, "type"));
      break;

    case PROP_RESPONSIBILITY:
      g_value_take_string (value, dup_common (self, "parental-responsibility"));
      break;

    case PROP_LIVES_THERE:
      g_value_take_string (value, dup_common (self, "lives-with"));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_family_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  MashFamilyRow *self = MASH_FAMILY_ROW (object);

  switch (prop_id)
    {
    case PROP_BORN:
      set_born (self, g_value_get_string (value));
      return;

    case PROP_RELATION:
      set_common (self, "type", g_value_get_string (value));
      break;

    case PROP_RESPONSIBILITY:
      set_common (self, "parental-responsibility", g_value_get_string (value));
      break;

    case PROP_LIVES_THERE:
      set_common (self, "lives-with", g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
}

static void
mash_family_row_finalize (GObject *object)
{
  MashFamilyRow *self = MASH_FAMILY_ROW (object);

  g_clear_object (&self->person);
  g_clear_object (&self->subject);
  g_clear_weak_pointer (&self->file);
  g_clear_pointer (&self->today, g_free);

  G_OBJECT_CLASS (mash_family_row_parent_class)->finalize (object);
}

static GParamSpec *
make_text (const char  *name,
           GParamFlags  access)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              access | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
mash_family_row_class_init (MashFamilyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mash_family_row_finalize;
  object_class->get_property = mash_family_row_get_property;
  object_class->set_property = mash_family_row_set_property;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBJECT] = g_param_spec_object ("subject", NULL, NULL, MASH_TYPE_ENTITY,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = make_text ("name", G_PARAM_READABLE);
  properties[PROP_TITLE] = make_text ("title", G_PARAM_READABLE);
  properties[PROP_IS_CHILD] = g_param_spec_boolean ("is-child", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BORN] = make_text ("born", G_PARAM_READWRITE);
  properties[PROP_BORN_REMARK] = make_text ("born-remark", G_PARAM_READABLE);
  properties[PROP_RELATION] = make_text ("relation", G_PARAM_READWRITE);
  properties[PROP_RESPONSIBILITY] = make_text ("responsibility", G_PARAM_READWRITE);
  properties[PROP_LIVES_THERE] = make_text ("lives-there", G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_family_row_init (MashFamilyRow *self)
{
}

/**
 * mash_family_row_new:
 * @file: an open contact
 * @subject: one of its contact-subjects, whose person is in @file
 * @today: the local date today
 *
 * Returns: (transfer full): the line for @subject
 */
MashFamilyRow *
mash_family_row_new (MashContactFile *file,
                     MashEntity      *subject,
                     const char      *today)
{
  MashFamilyRow *self = g_object_new (MASH_TYPE_FAMILY_ROW, NULL);
  const char *id = mash_entity_get_text (subject, "person");
  MashEntity *person = id != NULL ? mash_contact_file_find (file, id) : NULL;

  g_set_weak_pointer (&self->file, file);
  self->subject = g_object_ref (subject);
  self->today = g_strdup (today);
  self->person = person != NULL ? g_object_ref (person)
                                : mash_entity_new (&mash_person_kind, id != NULL ? id : "-");
  g_signal_connect_object (self->person, "notify", G_CALLBACK (on_person_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (subject, "notify::role", G_CALLBACK (on_role_notify_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

MashEntity *
mash_family_row_get_person (MashFamilyRow *self)
{
  g_return_val_if_fail (MASH_IS_FAMILY_ROW (self), NULL);

  return self->person;
}

MashEntity *
mash_family_row_get_subject (MashFamilyRow *self)
{
  g_return_val_if_fail (MASH_IS_FAMILY_ROW (self), NULL);

  return self->subject;
}

gboolean
mash_family_row_is_child (MashFamilyRow *self)
{
  g_return_val_if_fail (MASH_IS_FAMILY_ROW (self), FALSE);

  return mash_subject_is_child (self->subject);
}

/**
 * mash_family_row_dup_title:
 * @self: a line
 *
 * Returns: (transfer full): name and age, “Ellie Marsh, 6” or “Lewis, unborn”
 */
char *
mash_family_row_dup_title (MashFamilyRow *self)
{
  g_autofree char *name = NULL;
  int age;

  g_return_val_if_fail (MASH_IS_FAMILY_ROW (self), NULL);

  name = mash_person_dup_name (self->person);
  age = mash_typed_date_get_age (mash_entity_get_text (self->person, "birth"), self->today);
  if (is_unborn (self))
    return g_strdup_printf (_("%s, unborn"), name);
  if (mash_entity_get_text (self->person, "age-words") != NULL)
    return g_strdup_printf ("%s, %s", name, mash_entity_get_text (self->person, "age-words"));
  if (age >= 0)
    return g_strdup_printf ("%s, %d", name, age);

  return g_steal_pointer (&name);
}

typedef struct
{
  MashContactFile *file;
  char            *today;
  MashFamilyPart   part;
} Family;

static Family *
family_new (MashContactFile *file,
            MashFamilyPart   part,
            const char      *today)
{
  Family *family = g_new0 (Family, 1);

  g_set_weak_pointer (&family->file, file);
  family->today = g_strdup (today);
  family->part = part;

  return family;
}

static void
family_free (gpointer data)
{
  Family *family = data;

  g_clear_weak_pointer (&family->file);
  g_free (family->today);
  g_free (family);
}

static gpointer
map_subject (gpointer item,
             gpointer user_data)
{
  Family *family = user_data;
  g_autoptr (MashEntity) subject = item;

  return mash_family_row_new (family->file, subject, family->today);
}

static gboolean
is_of_part (gpointer item,
            gpointer user_data)
{
  MashFamilyPart part = GPOINTER_TO_UINT (user_data);

  if (mash_entity_get_text (item, "person") == NULL)
    return FALSE;

  return part == MASH_FAMILY_EVERYBODY ||
         mash_subject_is_child (item) == (part == MASH_FAMILY_CHILDREN);
}

static void
on_subject_notify_cb (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* A filter list of the floor does not watch its items: somebody whose part changes, or who is
 * added and given a part only then, has to be looked at again. */
static void
on_subjects_changed_cb (GListModel *subjects,
                        guint       position,
                        guint       removed,
                        guint       added,
                        GtkFilter  *filter)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, position + i);

      g_signal_connect_object (subject, "notify::role", G_CALLBACK (on_subject_notify_cb), filter,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (subject, "notify::person", G_CALLBACK (on_subject_notify_cb), filter,
                               G_CONNECT_SWAPPED);
    }
}

/**
 * mash_family_list_new:
 * @file: an open contact
 * @part: who of it
 * @today: the local date today
 *
 * Returns: (transfer full): a list of #MashFamilyRow that follows the contact's subjects
 */
GListModel *
mash_family_list_new (MashContactFile *file,
                      MashFamilyPart   part,
                      const char      *today)
{
  GListModel *subjects = mash_contact_file_get_list (file, "contact-subject");
  GtkCustomFilter *custom = gtk_custom_filter_new (is_of_part, GUINT_TO_POINTER (part), NULL);
  GtkFilter *filter = GTK_FILTER (custom);
  GListModel *filtered;

  g_signal_connect_object (subjects, "items-changed", G_CALLBACK (on_subjects_changed_cb), filter,
                           0);
  on_subjects_changed_cb (subjects, 0, 0, g_list_model_get_n_items (subjects), filter);
  filtered = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (subjects), filter));

  return G_LIST_MODEL (gtk_map_list_model_new (filtered, map_subject,
                                               family_new (file, part, today), family_free));
}

/**
 * mash_family_add:
 * @file: an open contact
 * @role: a code of the list SROLE
 *
 * Adds a person and their part in the contact, both new and empty.
 *
 * Returns: (transfer none): the new contact-subject
 */
MashEntity *
mash_family_add (MashContactFile *file,
                 const char      *role)
{
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject;
  g_autofree char *id = g_strdup (mash_entity_get_id (person));

  mash_entity_set_text (person, "kind", g_str_equal (role, MASH_ROLE_UNBORN) ? "UNBORN" :
                        g_str_equal (role, MASH_ROLE_CHILD) ? "CHILD" : "ADULT");
  subject = mash_contact_file_add (file, "contact-subject");
  mash_entity_set_text (subject, "role", role);
  mash_entity_set_text (subject, "person", id);

  return subject;
}
