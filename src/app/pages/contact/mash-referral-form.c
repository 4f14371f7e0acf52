/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-referral-form.h"

#include <glib/gi18n-lib.h>

#include "mash-completeness.h"
#include "mash-family-grid.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-form-section.h"
#include "mash-record-form.h"
#include "mash-record-list.h"

struct _MashReferralForm
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkWidget *sections[MASH_N_REFERRAL_SECTIONS];
};

G_DEFINE_FINAL_TYPE (MashReferralForm, mash_referral_form, MASH_TYPE_CONTACT_PART)

static const char *const section_ids[MASH_N_REFERRAL_SECTIONS] = {
  "referrer", "children", "household", "concern", "agreement", "history", "staff_risk",
};

/* The section of the form in which each item of completeness is asked for. */
static const struct
{
  const char *item;
  guint       section;
} item_sections[] = {
  { "REFERRER", 0 },
  { "CHILD", 1 },
  { "BIRTH", 1 },
  { "SCHOOLGP", 1 },
  { "ADDRESS", 3 },
  { "HOUSEHOLD", 2 },
  { "PR", 2 },
  { "CONCERN", 3 },
  { "AGREEMENT", 4 },
  { "INFORMED", 4 },
};

/* Whether @input is where @field of @record is typed. A line of the family table types the date
 * of birth and the relationships of its person through names of its own. */
static gboolean
shows (MashFieldInput *input,
       const char     *kind,
       const char     *record,
       const char     *field)
{
  GObject *object = mash_field_input_get_object (input);
  const char *name = mash_field_input_get_field (input);
  const MashField *declared = mash_field_input_get_declared (input);

  if (MASH_IS_FAMILY_ROW (object))
    {
      MashEntity *person = mash_family_row_get_person (MASH_FAMILY_ROW (object));

      if (g_str_equal (name, "born"))
        return g_str_equal (kind, "person") &&
               g_strcmp0 (record, mash_entity_get_id (person)) == 0 &&
               (g_str_equal (field, "birth") || g_str_equal (field, "expected-birth"));
      return g_str_equal (name, "responsibility") && g_str_equal (kind, "relationship") &&
             g_str_equal (field, "parental-responsibility");
    }
  if (declared == NULL || !g_str_equal (name, field))
    return FALSE;
  if (!MASH_IS_ENTITY (object))
    return record == NULL && mash_kind_lookup (kind) != NULL &&
           mash_kind_find_field (mash_kind_lookup (kind), field) != MASH_NO_FIELD &&
           declared == &mash_kind_lookup (kind)->fields[
             mash_kind_find_field (mash_kind_lookup (kind), field)];

  return g_str_equal (mash_entity_get_kind (MASH_ENTITY (object))->name, kind) &&
         (record == NULL || g_str_equal (mash_entity_get_id (MASH_ENTITY (object)), record));
}

static GtkWidget *
find_in (GtkWidget  *widget,
         const char *kind,
         const char *record,
         const char *field)
{
  if (MASH_IS_FIELD_INPUT (widget))
    return shows (MASH_FIELD_INPUT (widget), kind, record, field) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_in (child, kind, record, field);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
clear_marks (GtkWidget *widget)
{
  if (MASH_IS_FIELD_INPUT (widget))
    {
      mash_field_input_set_missing (MASH_FIELD_INPUT (widget), FALSE);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    clear_marks (child);
}

static void
mash_referral_form_dispose (GObject *object)
{
  MashReferralForm *self = MASH_REFERRAL_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_REFERRAL_FORM);

  G_OBJECT_CLASS (mash_referral_form_parent_class)->dispose (object);
}

static char *
dup_contact_id (gpointer         unused,
                MashContactFile *file)
{
  if (file == NULL)
    return NULL;

  return g_strdup (mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
}

static void
mash_referral_form_class_init (MashReferralFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_referral_form_dispose;

  g_type_ensure (MASH_TYPE_FAMILY_GRID);
  g_type_ensure (MASH_TYPE_FORM_SECTION);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  g_type_ensure (MASH_TYPE_RECORD_LIST);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-referral-form.ui");
  gtk_widget_class_bind_template_callback (widget_class, dup_contact_id);
  for (guint i = 0; i < MASH_N_REFERRAL_SECTIONS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, section_ids[i], FALSE,
                                               G_STRUCT_OFFSET (MashReferralForm, sections) +
                                               i * (gssize) sizeof (GtkWidget *));
}

static void
mash_referral_form_init (MashReferralForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_referral_form_get_section:
 * @self: the form
 * @section: number of a section, from 0
 *
 * Returns: (transfer none): the section
 */
GtkWidget *
mash_referral_form_get_section (MashReferralForm *self,
                                guint             section)
{
  g_return_val_if_fail (MASH_IS_REFERRAL_FORM (self), NULL);
  g_return_val_if_fail (section < MASH_N_REFERRAL_SECTIONS, NULL);

  return self->sections[section];
}

/**
 * mash_referral_form_find:
 * @kind: the kind of record in which an answer belongs
 * @item: a code of the list ITEM
 *
 * Returns: the number of the section in which it is asked for, from 0
 */
guint
mash_referral_form_find (const char *kind,
                         const char *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (item_sections); i++)
    if (g_strcmp0 (item_sections[i].item, item) == 0)
      return item_sections[i].section;

  return g_strcmp0 (kind, "person") == 0 ? 1 : 3;
}

/**
 * mash_referral_form_find_input:
 * @self: the form
 * @kind: a kind of record
 * @record: (nullable): the record's id
 * @field: a field of it
 *
 * Returns: (transfer none) (nullable): where that field is typed
 */
GtkWidget *
mash_referral_form_find_input (MashReferralForm *self,
                               const char       *kind,
                               const char       *record,
                               const char       *field)
{
  g_return_val_if_fail (MASH_IS_REFERRAL_FORM (self), NULL);

  return find_in (GTK_WIDGET (self), kind, record, field);
}

/**
 * mash_referral_form_mark:
 * @self: the form
 * @missing: (element-type MashMissing): what is missing
 *
 * Marks the inputs of what is missing, and no others.
 */
void
mash_referral_form_mark (MashReferralForm *self,
                         GPtrArray        *missing)
{
  g_return_if_fail (MASH_IS_REFERRAL_FORM (self));

  clear_marks (GTK_WIDGET (self));
  for (guint i = 0; i < missing->len; i++)
    {
      const MashMissing *gap = g_ptr_array_index (missing, i);
      GtkWidget *input = mash_referral_form_find_input (self, gap->kind, gap->record, gap->field);

      if (input != NULL)
        mash_field_input_set_missing (MASH_FIELD_INPUT (input), TRUE);
    }
}
