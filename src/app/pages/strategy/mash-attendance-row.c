/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-attendance-row.h"

#include <glib/gi18n-lib.h>

#include "mash-agencies.h"
#include "mash-field-input.h"
#include "mash-record-form.h"
#include "mash-time.h"
#include "mash-value-words.h"
#include "mash-words.h"

struct _MashAttendanceRow
{
  AdwBin           parent_instance;

  /* Template children */
  GtkLabel        *first;
  GtkLabel        *second;
  MashFieldInput  *attended;

  /* Owned */
  MashEntity      *entity;
  GSignalGroup    *signals;
};

G_DEFINE_FINAL_TYPE (MashAttendanceRow, mash_attendance_row, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ENTITY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
dup_name (MashAttendanceRow *self,
          MashFormHost      *host)
{
  const char *name = mash_entity_get_text (self->entity, "person-name");
  const char *staff = mash_entity_get_text (self->entity, "staff");

  if (name != NULL)
    return g_strdup (name);

  return staff != NULL ? mash_value_words_for_staff (host, staff) : g_strdup (_("Nobody named"));
}

/* When they came and went, as far as it is known. */
static char *
dup_times (MashAttendanceRow *self,
           gint64             now)
{
  const char *left_at = mash_entity_get_text (self->entity, "left-at");
  g_autofree char *came = mash_words_instant (mash_entity_get_text (self->entity, "arrived-at"),
                                              now);
  g_autofree char *left = mash_words_instant (left_at, now);

  /* Translators: from when to when somebody took part in a discussion. */
  return left_at != NULL ? g_strdup_printf (_("%s to %s"), came, left)
                         : g_steal_pointer (&came);
}

static void
show (MashAttendanceRow *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *name = NULL;
  g_autofree char *first = NULL;
  g_autofree char *times = NULL;
  g_autofree char *second = NULL;
  const char *role;

  if (host == NULL || self->entity == NULL)
    return;

  name = dup_name (self, host);
  role = mash_entity_get_text (self->entity, "role");
  times = dup_times (self, mash_form_host_get_now (host));
  first = mash_words_join ("  ", mash_agencies_get_name (
                             mash_form_host_get_file (host),
                             mash_entity_get_text (self->entity, "agency")), name, NULL);
  second = mash_words_join (" · ", role != NULL ? role : "",
                            mash_entity_get_text (self->entity, "arrived-at") != NULL ? times : "",
                            mash_entity_get_flag (self->entity, "sent-report")
                            ? _("report sent") : "",
                            mash_entity_get_flag (self->entity, "conflict-declared")
                            ? _("conflict of interest declared") : "", NULL);
  gtk_label_set_text (self->first, first);
  gtk_label_set_text (self->second, second);
  gtk_widget_set_visible (GTK_WIDGET (self->second), *second != '\0');
}

static void
on_attended_cb (MashAttendanceRow *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (host != NULL)
    mash_attendance_note_arrival (self->entity, mash_form_host_get_now (host));
}

static void
mash_attendance_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_attendance_row_parent_class)->root (widget);

  show (MASH_ATTENDANCE_ROW (widget));
}

static void
mash_attendance_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ENTITY:
      g_value_set_object (value, MASH_ATTENDANCE_ROW (object)->entity);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_attendance_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ENTITY:
      mash_attendance_row_set_entity (MASH_ATTENDANCE_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_attendance_row_dispose (GObject *object)
{
  MashAttendanceRow *self = MASH_ATTENDANCE_ROW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->entity);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ATTENDANCE_ROW);

  G_OBJECT_CLASS (mash_attendance_row_parent_class)->dispose (object);
}

static void
mash_attendance_row_class_init (MashAttendanceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_attendance_row_dispose;
  object_class->get_property = mash_attendance_row_get_property;
  object_class->set_property = mash_attendance_row_set_property;
  widget_class->root = mash_attendance_row_root;

  properties[PROP_ENTITY] = g_param_spec_object ("entity", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_FIELD_INPUT);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-attendance-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAttendanceRow, first);
  gtk_widget_class_bind_template_child (widget_class, MashAttendanceRow, second);
  gtk_widget_class_bind_template_child (widget_class, MashAttendanceRow, attended);
}

static void
mash_attendance_row_init (MashAttendanceRow *self)
{
  self->signals = g_signal_group_new (MASH_TYPE_ENTITY);
  g_signal_group_connect_swapped (self->signals, "notify::attended", G_CALLBACK (on_attended_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (show), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_attendance_row_new (void)
{
  return g_object_new (MASH_TYPE_ATTENDANCE_ROW, NULL);
}

MashEntity *
mash_attendance_row_get_entity (MashAttendanceRow *self)
{
  g_return_val_if_fail (MASH_IS_ATTENDANCE_ROW (self), NULL);

  return self->entity;
}

/**
 * mash_attendance_row_set_entity:
 * @self: a row
 * @entity: a participant
 */
void
mash_attendance_row_set_entity (MashAttendanceRow *self,
                                MashEntity        *entity)
{
  g_return_if_fail (MASH_IS_ATTENDANCE_ROW (self));

  if (!g_set_object (&self->entity, entity))
    return;

  g_signal_group_set_target (self->signals, entity);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTITY]);
  show (self);
}

/**
 * mash_attendance_note_arrival:
 * @participant: a participant
 * @now: the present instant
 *
 * Whoever is said to be there came now, unless it is known when.
 */
void
mash_attendance_note_arrival (MashEntity *participant,
                              gint64      now)
{
  g_autofree char *at = NULL;

  g_return_if_fail (MASH_IS_ENTITY (participant));

  if (!mash_words_contain ("PRESENT PART", mash_entity_get_text (participant, "attended")) ||
      mash_entity_get_text (participant, "arrived-at") != NULL)
    return;

  at = mash_time_format (now);
  mash_entity_set_text (participant, "arrived-at", at);
}
