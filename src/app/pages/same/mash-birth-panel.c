/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-birth-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-sentences.h"
#include "mash-service-people.h"
#include "mash-time.h"
#include "mash-typed-date.h"

struct _MashBirthPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkEditable     *forenames;
  GtkEditable     *born;
  GtkEditable     *hour;
  GtkDropDown     *sex;
  GtkLabel        *says;

  /* Owned */
  MashEntity      *person;
};

G_DEFINE_FINAL_TYPE (MashBirthPanel, mash_birth_panel, MASH_TYPE_CONTACT_PART)

enum
{
  PROP_0,
  PROP_PERSON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* In the order of the choices of the template. */
static const char *const sexes[] = { "F", "M", "U" };

static void
update_visible (MashBirthPanel *self)
{
  gboolean unborn = self->person != NULL && mash_entity_get_record (self->person) != NULL &&
                    g_strcmp0 (mash_entity_get_text (self->person, "kind"), "UNBORN") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self), unborn);
}

static void
say (MashBirthPanel *self,
     const char     *sentence)
{
  gtk_label_set_text (self->says, sentence);
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashBirthPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    {
      say (self, "");
      update_visible (self);
      if (page != NULL)
        mash_page_say (page, _("Birth recorded; the contact, its history and its clocks go on"));
    }
  else
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      say (self, sentence);
    }
}

/* The instant of birth from its day and hour, where both are known. */
static gboolean
read_instant (MashBirthPanel  *self,
              const char      *day,
              char           **instant)
{
  g_autofree char *hour = g_strstrip (g_strdup (gtk_editable_get_text (self->hour)));
  guint hours, minutes;
  char rest;
  int date;

  *instant = NULL;
  if (*hour == '\0')
    return TRUE;
  if (sscanf (hour, "%2u:%2u%c", &hours, &minutes, &rest) != 2 || hours > 23 || minutes > 59 ||
      !mash_date_parse (day, &date))
    return FALSE;

  *instant = mash_time_format (mash_time_from_local_day (date, (int) (hours * 60 + minutes) *
                                                               MASH_TIME_MINUTE));

  return TRUE;
}

static void
record_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  MashBirthPanel *self = MASH_BIRTH_PANEL (widget);
  MashContactPart *part = MASH_CONTACT_PART (self);
  g_autofree char *today = mash_form_host_dup_today (mash_form_host_find (widget));
  g_autoptr (MashGroup) group = NULL;
  g_autofree char *instant = NULL;
  char day[11];

  if (self->person == NULL)
    return;
  if (mash_typed_date_parse (gtk_editable_get_text (self->born), today, day) != MASH_TYPED_DATE)
    {
      say (self, _("Give the day of birth, such as 4 Mar 2026."));
      return;
    }
  if (!read_instant (self, day, &instant))
    {
      say (self, _("Give the time of birth as 14:05, or leave it empty."));
      return;
    }

  group = mash_contact_file_dup_birth_group (mash_contact_part_get_file (part),
                                             mash_entity_get_id (self->person),
                                             gtk_editable_get_text (self->forenames), day, instant,
                                             sexes[gtk_drop_down_get_selected (self->sex)]);
  mash_service_submit_async (mash_contact_part_get_service (part), group, NULL, on_recorded_cb,
                             g_object_ref (self));
}

static void
mash_birth_panel_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashBirthPanel *self = MASH_BIRTH_PANEL (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      if (g_set_object (&self->person, g_value_get_object (value)))
        {
          gtk_editable_set_text (self->forenames, "");
          gtk_editable_set_text (self->born, "");
          gtk_editable_set_text (self->hour, "");
          say (self, "");
        }
      update_visible (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_birth_panel_updated (MashContactPart *part)
{
  update_visible (MASH_BIRTH_PANEL (part));
}

static void
mash_birth_panel_dispose (GObject *object)
{
  MashBirthPanel *self = MASH_BIRTH_PANEL (object);

  g_clear_object (&self->person);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_BIRTH_PANEL);

  G_OBJECT_CLASS (mash_birth_panel_parent_class)->dispose (object);
}

static void
mash_birth_panel_class_init (MashBirthPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mash_birth_panel_set_property;
  object_class->dispose = mash_birth_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_birth_panel_updated;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/same/mash-birth-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashBirthPanel, forenames);
  gtk_widget_class_bind_template_child (widget_class, MashBirthPanel, born);
  gtk_widget_class_bind_template_child (widget_class, MashBirthPanel, hour);
  gtk_widget_class_bind_template_child (widget_class, MashBirthPanel, sex);
  gtk_widget_class_bind_template_child (widget_class, MashBirthPanel, says);
  gtk_widget_class_install_action (widget_class, "birth.record", NULL, record_cb);
}

static void
mash_birth_panel_init (MashBirthPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The button inside is what takes the focus. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->sex))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sex"), -1);
}
