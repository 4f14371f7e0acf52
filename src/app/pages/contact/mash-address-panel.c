/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-address-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-form-host.h"
#include "mash-record-form.h"
#include "mash-wrap-layout.h"
#include "mash-set-str.h"

#define LAYOUT "type confidential\nline1\nline2\ntown postcode"
#define MEMBER_LAYOUT "role certainty\nfrom to"

struct _MashAddressPanel
{
  AdwBin           parent_instance;

  /* Template children */
  GtkWidget       *homes;

  /* Owned */
  MashContactFile *file;
  char            *person;
};

G_DEFINE_FINAL_TYPE (MashAddressPanel, mash_address_panel, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_FILE,
  PROP_PERSON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static MashEntity *
find_address (MashAddressPanel *self,
              MashEntity       *member)
{
  MashEntity *household = mash_contact_file_find (self->file,
                                                  mash_entity_get_text (member, "household"));

  return household != NULL
    ? mash_contact_file_find (self->file, mash_entity_get_text (household, "address")) : NULL;
}

/* The address itself is made only when it is asked for: what is not on the screen cannot be read
 * over a shoulder, nor by a screen reader. */
static void
uncover (GtkWidget *button)
{
  GtkWidget *cover = gtk_widget_get_parent (button);
  GtkWidget *home = gtk_widget_get_parent (cover);
  GtkWidget *panel = gtk_widget_get_ancestor (button, MASH_TYPE_ADDRESS_PANEL);
  MashEntity *address = mash_contact_file_find (MASH_ADDRESS_PANEL (panel)->file,
                                                gtk_widget_get_name (cover));
  GtkWidget *form = mash_record_form_new ("address", LAYOUT);

  mash_record_form_set_entity (MASH_RECORD_FORM (form), address);
  gtk_box_insert_child_after (GTK_BOX (home), form, cover);
  gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD);
  gtk_box_remove (GTK_BOX (home), cover);
}

static GtkWidget *
make_cover (MashEntity *address)
{
  GtkWidget *cover = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_label_new (_("Confidential address, covered"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("S_how it"));

  gtk_widget_set_name (cover, mash_entity_get_id (address));
  gtk_widget_add_css_class (words, "mash-missing");
  gtk_box_append (GTK_BOX (cover), words);
  gtk_box_append (GTK_BOX (cover), button);
  g_signal_connect (button, "clicked", G_CALLBACK (uncover), NULL);

  return cover;
}

static void
add_home (MashAddressPanel *self,
          MashEntity       *member)
{
  GtkWidget *home = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  MashEntity *address = find_address (self, member);
  GtkWidget *form = mash_record_form_new ("household-member", MEMBER_LAYOUT);

  if (address != NULL && mash_entity_get_flag (address, "confidential"))
    gtk_box_append (GTK_BOX (home), make_cover (address));
  else if (address != NULL)
    {
      GtkWidget *lines = mash_record_form_new ("address", LAYOUT);

      mash_record_form_set_entity (MASH_RECORD_FORM (lines), address);
      gtk_box_append (GTK_BOX (home), lines);
    }
  mash_record_form_set_entity (MASH_RECORD_FORM (form), member);
  gtk_box_append (GTK_BOX (home), form);
  gtk_box_append (GTK_BOX (self->homes), home);
}

static void
show_homes (MashAddressPanel *self)
{
  GListModel *members = self->file != NULL
    ? mash_contact_file_get_list (self->file, "household-member") : NULL;
  GtkWidget *child;

  mash_remove_children (self->homes);

  for (guint i = 0; members != NULL && i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (MashEntity) member = g_list_model_get_item (members, i);

      if (self->person != NULL &&
          g_strcmp0 (mash_entity_get_text (member, "person"), self->person) == 0)
        add_home (self, member);
    }
  if (gtk_widget_get_first_child (self->homes) == NULL)
    {
      child = gtk_label_new (_("No address is known."));
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      gtk_widget_add_css_class (child, "mash-dim");
      gtk_box_append (GTK_BOX (self->homes), child);
    }
}

/* Gives the household in which somebody of the contact lives already, if @together. */
static char *
dup_household (MashAddressPanel *self,
               gboolean          together)
{
  GListModel *households = mash_contact_file_get_list (self->file, "household");
  MashEntity *household;
  MashEntity *address;

  if (together && g_list_model_get_n_items (households) > 0)
    {
      g_autoptr (MashEntity) first = g_list_model_get_item (households, 0);

      return g_strdup (mash_entity_get_id (first));
    }

  address = mash_contact_file_add (self->file, "address");
  mash_entity_set_text (address, "type", "HOME");
  household = mash_contact_file_add (self->file, "household");
  mash_entity_set_text (household, "address", mash_entity_get_id (address));

  return g_strdup (mash_entity_get_id (household));
}

static void
add_member (MashAddressPanel *self,
            gboolean          together)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *household = NULL;
  MashEntity *member;

  if (self->file == NULL || self->person == NULL)
    return;

  household = dup_household (self, together);
  member = mash_contact_file_add (self->file, "household-member");
  mash_entity_set_text (member, "household", household);
  mash_entity_set_text (member, "person", self->person);
  show_homes (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->homes), GTK_DIR_TAB_FORWARD);
  mash_form_host_typed (host);
}

static void
on_add_cb (MashAddressPanel *self)
{
  add_member (self, FALSE);
}

static void
on_together_cb (MashAddressPanel *self)
{
  add_member (self, TRUE);
}

static void
mash_address_panel_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  MashAddressPanel *self = MASH_ADDRESS_PANEL (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_PERSON:
      g_value_set_string (value, self->person);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_address_panel_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  MashAddressPanel *self = MASH_ADDRESS_PANEL (object);

  switch (prop_id)
    {
    case PROP_FILE:
      if (!g_set_object (&self->file, g_value_get_object (value)))
        return;
      break;

    case PROP_PERSON:
      if (!mash_set_str (&self->person, g_value_get_string (value)))
        return;
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  show_homes (self);
}

static void
mash_address_panel_dispose (GObject *object)
{
  MashAddressPanel *self = MASH_ADDRESS_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ADDRESS_PANEL);
  g_clear_object (&self->file);
  g_clear_pointer (&self->person, g_free);

  G_OBJECT_CLASS (mash_address_panel_parent_class)->dispose (object);
}

static void
mash_address_panel_class_init (MashAddressPanelClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_address_panel_dispose;
  object_class->get_property = mash_address_panel_get_property;
  object_class->set_property = mash_address_panel_set_property;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE, flags);
  properties[PROP_PERSON] = g_param_spec_string ("person", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-address-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAddressPanel, homes);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_together_cb);
}

static void
mash_address_panel_init (MashAddressPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
