/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-family-tab.h"

#include <glib/gi18n-lib.h>

#include "mash-address-panel.h"
#include "mash-birth-panel.h"
#include "mash-cell.h"
#include "mash-empty-page.h"
#include "mash-family-row.h"
#include "mash-form-section.h"
#include "mash-identifiers.h"
#include "mash-matches-panel.h"
#include "mash-record-form.h"
#include "mash-record-list.h"
#include "mash-wrap-layout.h"

struct _MashFamilyTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkSingleSelection *people;
  GtkStack           *stack;
  GtkWidget          *detail;
  GtkWidget          *side;
  GtkWidget          *list;
  GtkWidget          *who;
  AdwClamp           *clamp;

  /* Owned */
  MashFamilyRow      *chosen;
};

G_DEFINE_FINAL_TYPE (MashFamilyTab, mash_family_tab, MASH_TYPE_CONTACT_PART)

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_PERSON_ID,
  PROP_SUBJECT,
  PROP_NUMBERS_REMARK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static MashEntity *
get_person (MashFamilyTab *self)
{
  return self->chosen != NULL ? mash_family_row_get_person (self->chosen) : NULL;
}

/* What is wrong with the numbers of the person: their check digits. A wrong number is kept,
 * because it is what somebody gave; it is only said. */
static char *
dup_numbers_remark (MashFamilyTab *self)
{
  MashEntity *person = get_person (self);
  const char *nhs = person != NULL ? mash_entity_get_text (person, "nhs-number") : NULL;
  const char *upn = person != NULL ? mash_entity_get_text (person, "upn") : NULL;
  gboolean nhs_wrong = nhs != NULL && !mash_nhs_number_check (nhs);
  gboolean upn_wrong = upn != NULL && !mash_upn_check (upn);

  if (nhs_wrong && upn_wrong)
    return g_strdup (_("The check digits of both numbers are wrong: ask for them again."));
  if (nhs_wrong)
    return g_strdup (_("The check digit of the NHS number is wrong: ask for it again."));
  if (upn_wrong)
    return g_strdup (_("The check letter of the unique pupil number is wrong: ask for it again."));

  return NULL;
}

static void
on_numbers_cb (MashFamilyTab *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBERS_REMARK]);
}

static void
on_chosen_cb (MashFamilyTab *self)
{
  MashFamilyRow *row = gtk_single_selection_get_selected_item (self->people);

  if (self->chosen == row)
    return;

  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_func (get_person (self), on_numbers_cb, self);
  g_set_object (&self->chosen, row);
  if (row != NULL)
    g_signal_connect_object (get_person (self), "notify", G_CALLBACK (on_numbers_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, row != NULL ? "person" : "none");
  for (guint i = PROP_PERSON; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
mash_family_tab_file_set (MashContactPart *part)
{
  MashFamilyTab *self = MASH_FAMILY_TAB (part);
  g_autofree char *today = mash_form_host_dup_today (mash_form_host_find (GTK_WIDGET (self)));
  g_autoptr (GListModel) rows = mash_family_list_new (mash_contact_part_get_file (part),
                                                      MASH_FAMILY_EVERYBODY, today);

  gtk_single_selection_set_model (self->people, rows);
  on_chosen_cb (self);
}

/* The people stand beside the form; where there is no room for that, one of them is chosen above
 * it. */
static void
mash_family_tab_folded (MashContactPart *part,
                        guint            compact)
{
  MashFamilyTab *self = MASH_FAMILY_TAB (part);

  gtk_widget_set_size_request (self->side, compact == 0 ? 318 : compact == 1 ? 230 : -1, -1);
  gtk_widget_set_visible (self->list, compact < 2);
  gtk_widget_set_visible (self->who, compact == 2);
  /* A width in pixels says nothing where text is large. */
  adw_clamp_set_maximum_size (self->clamp, compact == 2 ? G_MAXINT16 : 900);
  adw_clamp_set_tightening_threshold (self->clamp, compact == 2 ? G_MAXINT16 : 900);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (adw_bin_get_child (ADW_BIN (self))),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
}

static char *
name_role (GObject    *item,
           MashEntity *subject)
{
  GtkWidget *tab = mash_contact_part_find_for_item (item, MASH_TYPE_FAMILY_TAB);
  const char *role = subject != NULL ? mash_entity_get_text (subject, "role") : NULL;

  if (role == NULL || tab == NULL)
    return g_strdup (_("Role not known"));

  return g_strdup (mash_policy_get_label (mash_contact_part_get_policy (MASH_CONTACT_PART (tab)),
                                          "SROLE", role));
}

static void
add_person_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  MashFamilyTab *self = MASH_FAMILY_TAB (widget);
  MashFormHost *host = mash_form_host_find (widget);

  mash_family_add (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                   g_variant_get_string (parameter, NULL));
  gtk_single_selection_set_selected (
    self->people, g_list_model_get_n_items (G_LIST_MODEL (self->people)) - 1);
  gtk_widget_child_focus (self->detail, GTK_DIR_TAB_FORWARD);
  mash_form_host_typed (host);
}

static void
mash_family_tab_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  MashFamilyTab *self = MASH_FAMILY_TAB (object);
  MashEntity *person = get_person (self);

  switch (prop_id)
    {
    case PROP_PERSON:
      g_value_set_object (value, person);
      break;

    case PROP_PERSON_ID:
      g_value_set_string (value, person != NULL ? mash_entity_get_id (person) : NULL);
      break;

    case PROP_SUBJECT:
      g_value_set_object (value, self->chosen != NULL ? mash_family_row_get_subject (self->chosen)
                                                      : NULL);
      break;

    case PROP_NUMBERS_REMARK:
      g_value_take_string (value, dup_numbers_remark (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_family_tab_dispose (GObject *object)
{
  MashFamilyTab *self = MASH_FAMILY_TAB (object);

  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_func (get_person (self), on_numbers_cb, self);
  g_clear_object (&self->chosen);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_FAMILY_TAB);

  G_OBJECT_CLASS (mash_family_tab_parent_class)->dispose (object);
}

static void
mash_family_tab_class_init (MashFamilyTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_family_tab_dispose;

  part_class->file_set = mash_family_tab_file_set;
  part_class->folded = mash_family_tab_folded;

  g_type_ensure (MASH_TYPE_ADDRESS_PANEL);
  g_type_ensure (MASH_TYPE_BIRTH_PANEL);
  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_MATCHES_PANEL);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  g_type_ensure (MASH_TYPE_RECORD_LIST);
  g_type_ensure (MASH_TYPE_FAMILY_ROW);
  g_type_ensure (MASH_TYPE_FORM_SECTION);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-family-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, people);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, stack);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, detail);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, side);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, list);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, who);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyTab, clamp);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_role);
  gtk_widget_class_install_action (widget_class, "family.add-person", "s", add_person_cb);

  object_class->get_property = mash_family_tab_get_property;
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PERSON_ID] = g_param_spec_string ("person-id", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBJECT] = g_param_spec_object ("subject", NULL, NULL, MASH_TYPE_ENTITY,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NUMBERS_REMARK] = g_param_spec_string ("numbers-remark", NULL, NULL, NULL,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_family_tab_init (MashFamilyTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The button inside is what takes the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->who)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Person"), -1);
}
