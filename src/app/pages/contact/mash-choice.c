/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-choice.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "mash-family-row.h"
#include "mash-words.h"

struct _MashChoice
{
  GObject     parent_instance;

  /* Owned */
  char       *value;
  char       *label;
  MashEntity *person;
};

G_DEFINE_FINAL_TYPE (MashChoice, mash_choice, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mash_choice_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  MashChoice *self = MASH_CHOICE (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_choice_finalize (GObject *object)
{
  MashChoice *self = MASH_CHOICE (object);

  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (mash_choice_parent_class)->finalize (object);
}

static void
mash_choice_class_init (MashChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mash_choice_finalize;
  object_class->get_property = mash_choice_get_property;

  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_choice_init (MashChoice *self)
{
}

/**
 * mash_choice_new:
 * @value: (nullable): what is kept, %NULL for “not known”
 * @label: the words for it
 *
 * Returns: (transfer full): a choice
 */
MashChoice *
mash_choice_new (const char *value,
                 const char *label)
{
  MashChoice *self = g_object_new (MASH_TYPE_CHOICE, NULL);

  self->value = g_strdup (value);
  self->label = g_strdup (label);

  return self;
}

const char *
mash_choice_get_value (MashChoice *self)
{
  g_return_val_if_fail (MASH_IS_CHOICE (self), NULL);

  return self->value;
}

const char *
mash_choice_get_label (MashChoice *self)
{
  g_return_val_if_fail (MASH_IS_CHOICE (self), NULL);

  return self->label;
}

static void
append_choice (GListStore *store,
               const char *value,
               const char *label)
{
  g_autoptr (MashChoice) choice = mash_choice_new (value, label);

  g_list_store_append (store, choice);
}

/**
 * mash_choices_for_codes:
 * @policy: the policy in force
 * @list: a code list
 * @kept: (nullable): the code that a record holds now; it is offered even where it is retired
 *
 * Returns: (transfer full): “Not known” and the codes of @list, as #MashChoice
 */
GListModel *
mash_choices_for_codes (MashPolicy *policy,
                        const char *list,
                        const char *kept)
{
  GListStore *store = g_list_store_new (MASH_TYPE_CHOICE);
  guint n_codes;
  const MashCode *codes = mash_policy_list_codes (policy, list, &n_codes);

  append_choice (store, NULL, _("Not known"));
  for (guint i = 0; i < n_codes; i++)
    if (!codes[i].retired || g_strcmp0 (codes[i].code, kept) == 0)
      append_choice (store, codes[i].code, codes[i].label);

  if (kept != NULL && mash_policy_find_code (policy, list, kept) == NULL)
    append_choice (store, kept, kept);

  return G_LIST_MODEL (store);
}

/**
 * mash_person_dup_name:
 * @person: (nullable): an entity of the kind person
 *
 * Returns: (transfer full): the name to show: forenames and surname, or the description of
 *   somebody whose name is not known, or words that say so
 */
char *
mash_person_dup_name (MashEntity *person)
{
  const char *first = person != NULL ? mash_entity_get_text (person, "legal-forenames") : NULL;
  const char *last = person != NULL ? mash_entity_get_text (person, "legal-surname") : NULL;
  const char *known = person != NULL ? mash_entity_get_text (person, "known-as") : NULL;
  const char *description = person != NULL ? mash_entity_get_text (person, "description") : NULL;

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  if (first != NULL || last != NULL)
    return g_strdup (first != NULL ? first : last);
  if (known != NULL)
    return g_strdup (known);

  return g_strdup (description != NULL ? description : _("Name not known"));
}

static void
on_person_notify_cb (MashEntity *person,
                     GParamSpec *pspec,
                     MashChoice *self)
{
  g_autofree char *label = mash_person_dup_name (person);

  if (g_strcmp0 (label, self->label) == 0)
    return;

  g_free (self->label);
  self->label = g_steal_pointer (&label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static gpointer
map_person (gpointer item,
            gpointer user_data)
{
  MashEntity *person = item;
  MashChoice *self = mash_choice_new (mash_entity_get_id (person), NULL);

  self->person = person;
  self->label = mash_person_dup_name (person);
  g_signal_connect_object (person, "notify", G_CALLBACK (on_person_notify_cb), self, 0);

  return self;
}

/**
 * mash_choices_for_people:
 * @people: a list of entities of the kind person
 *
 * Returns: (transfer full): “Not known” and each of @people by name, kept up to date
 */
GListModel *
mash_choices_for_people (GListModel *people)
{
  GListStore *none = g_list_store_new (MASH_TYPE_CHOICE);
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkMapListModel) mapped = NULL;

  append_choice (none, NULL, _("Not known"));
  mapped = gtk_map_list_model_new (g_object_ref (people), map_person, NULL, NULL);
  g_list_store_append (both, none);
  g_list_store_append (both, mapped);
  g_object_unref (none);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (both)));
}

typedef struct
{
  char    *id;
  char    *label;
  gboolean on_duty;
  guint    load;
} Colleague;

static void
colleague_free (gpointer data)
{
  Colleague *colleague = data;

  g_free (colleague->id);
  g_free (colleague->label);
  g_free (colleague);
}

static int
compare_colleagues (gconstpointer a,
                    gconstpointer b)
{
  const Colleague *one = *(const Colleague *const *) a;
  const Colleague *other = *(const Colleague *const *) b;

  if (one->on_duty != other->on_duty)
    return one->on_duty ? -1 : 1;
  if (one->on_duty && one->load != other->load)
    return one->load < other->load ? -1 : 1;

  return g_utf8_collate (one->label, other->label);
}

static Colleague *
read_colleague (GObject *item)
{
  Colleague *colleague = g_new0 (Colleague, 1);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *load = NULL;

  g_object_get (item, "staff", &colleague->id, "name", &name, "title", &title, "on-duty",
                &colleague->on_duty, "load", &colleague->load, NULL);
  load = mash_words_load (colleague->load);
  if (colleague->on_duty)
    /* Translators: a name, a title, and how many open contacts they have. */
    colleague->label = g_strdup_printf (_("%s, %s (%s)"), name, title, load);
  else
    colleague->label = g_strdup_printf (_("%s, %s (not on duty)"), name, title);

  return colleague;
}

/**
 * mash_choices_for_staff:
 * @staff: (nullable): a list of #MashStaffItem
 *
 * Returns: (transfer full): “Nobody”; then everybody who is on duty, whoever has least first, with
 *   how much they have; then the others
 */
GListModel *
mash_choices_for_staff (GListModel *staff)
{
  GListStore *store = g_list_store_new (MASH_TYPE_CHOICE);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (colleague_free);

  append_choice (store, NULL, _("Nobody"));
  for (guint i = 0; staff != NULL && i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);

      g_ptr_array_add (all, read_colleague (item));
    }
  g_ptr_array_sort (all, compare_colleagues);
  for (guint i = 0; i < all->len; i++)
    {
      const Colleague *colleague = g_ptr_array_index (all, i);

      append_choice (store, colleague->id, colleague->label);
    }

  return G_LIST_MODEL (store);
}

static gpointer
map_child (gpointer item,
           gpointer user_data)
{
  g_autoptr (MashFamilyRow) row = item;
  MashEntity *person = mash_family_row_get_person (row);
  MashChoice *self = mash_choice_new (mash_entity_get_id (mash_family_row_get_subject (row)), NULL);

  self->person = g_object_ref (person);
  self->label = mash_person_dup_name (person);
  g_signal_connect_object (person, "notify", G_CALLBACK (on_person_notify_cb), self, 0);

  return self;
}

/**
 * mash_choices_for_children:
 * @file: an open contact
 * @today: the local date today
 *
 * Returns: (transfer full): its children by name, kept up to date; the values are ids of
 *   contact-subjects
 */
GListModel *
mash_choices_for_children (MashContactFile *file,
                           const char      *today)
{
  GListModel *children = mash_family_list_new (file, MASH_FAMILY_CHILDREN, today);

  return G_LIST_MODEL (gtk_map_list_model_new (children, map_child, NULL, NULL));
}

/**
 * mash_choices_find:
 * @choices: a list of #MashChoice
 * @value: (nullable): a value
 *
 * Returns: where @value stands, or %GTK_INVALID_LIST_POSITION
 */
guint
mash_choices_find (GListModel *choices,
                   const char *value)
{
  guint n = g_list_model_get_n_items (choices);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MashChoice) choice = g_list_model_get_item (choices, i);

      if (g_strcmp0 (choice->value, value) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}
