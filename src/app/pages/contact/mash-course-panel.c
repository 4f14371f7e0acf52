/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-course-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-course-topics.h"
#include "mash-deed-chance.h"
#include "mash-deed-forms.h"
#include "mash-held-focus.h"
#include "mash-label.h"
#include "mash-record-facts.h"
#include "mash-set-str.h"
#include "mash-time.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

/* A clock that is shown. */
typedef struct
{
  MashEntity *clock;
  GtkLabel   *label;   /* borrowed */
} Running;

struct _MashCoursePanel
{
  MashContactPart        parent_instance;

  /* Template children */
  GtkLabel              *heading;
  GtkLabel              *note;
  GtkWidget             *records;
  GtkWidget             *deeds;

  /* Owned */
  GPtrArray             *running;
  char                  *told;   /* what is shown, so that nothing is drawn anew without need */

  /* Borrowed */
  const MashCourseTopic *topic;
};

G_DEFINE_FINAL_TYPE (MashCoursePanel, mash_course_panel, MASH_TYPE_CONTACT_PART)

static void
running_free (Running *running)
{
  g_object_unref (running->clock);
  g_free (running);
}

enum
{
  PROP_0,
  PROP_TOPIC,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static MashDeedChance
find_chance (MashCoursePanel *self,
             const char      *deed,
             MashEntity      *record,
             const char     **says)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  const MashActor *actor = mash_service_get_actor (mash_contact_part_get_service (part));
  MashDeedChance chance = mash_deed_chance_find (policy, actor,
                                                 mash_contact_part_get_contact (part), deed, says);

  if (chance == MASH_DEED_YOURS)
    *says = mash_deed_chance_say_whose (policy, actor, record, deed);

  return *says != NULL ? MASH_DEED_NOT_YOURS : chance;
}

static GtkWidget *
make_button (MashCoursePanel *self,
             const char      *deed,
             MashEntity      *record,
             const char      *says)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const MashDeed *declared = mash_policy_find_deed (policy, deed);
  g_autofree char *label = g_strdup_printf (mash_deed_form_needs_nothing (deed) ? "%s" : "%s…",
                                            declared->label);
  g_autofree char *target = record != NULL
    ? g_strdup_printf ("%s %s", deed, mash_entity_get_id (record)) : g_strdup (deed);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  if (says == NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "contact.deed");
  gtk_widget_set_sensitive (button, says == NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  if (says != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    says, -1);

  return button;
}

/* What may be done stands side by side. */
static GtkWidget *
get_row (GtkWidget *box)
{
  GtkWidget *row = gtk_widget_get_last_child (box);

  if (row == NULL || !MASH_IS_WRAP_LAYOUT (gtk_widget_get_layout_manager (row)))
    {
      row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_set_layout_manager (row, g_object_new (MASH_TYPE_WRAP_LAYOUT, "spacing", 8,
                                                        "line-spacing", 8, NULL));
      gtk_box_append (GTK_BOX (box), row);
    }

  return row;
}

/* A deed that is somebody else’s stands there all the same, with whose it is. */
static void
add_deed (MashCoursePanel *self,
          GtkWidget       *box,
          const char      *deed,
          MashEntity      *record)
{
  const char *says;
  MashDeedChance chance = find_chance (self, deed, record, &says);
  GtkWidget *line;
  GtkWidget *label;

  if (chance == MASH_DEED_NOT_NOW)
    return;

  if (says == NULL)
    {
      gtk_box_append (GTK_BOX (get_row (box)), make_button (self, deed, record, NULL));
      return;
    }

  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_append (GTK_BOX (line), make_button (self, deed, record, says));
  label = gtk_label_new (says);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "mash-second");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_words (MashCoursePanel *self,
           GtkWidget       *box,
           MashEntity      *record)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_autofree char *words = self->topic->dup_words != NULL
    ? self->topic->dup_words (file, record) : NULL;

  if (words != NULL)
    gtk_box_append (GTK_BOX (box), mash_label_new_wrapped (words, "mash-words"));
}

/* Clocks that run on one record say what is left, and go on saying it; nothing is drawn anew for
 * that, so that the keyboard stays where it is. */

static gboolean
runs_on (MashEntity *clock,
         MashEntity *record)
{
  static const char *const fields[] = { "subject", "view" };
  const char *subject = mash_entity_get_text (clock, "subject");

  if (g_strcmp0 (subject, mash_entity_get_id (record)) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (mash_kind_find_field (mash_entity_get_kind (record), fields[i]) != MASH_NO_FIELD &&
        g_strcmp0 (subject, mash_entity_get_text (record, fields[i])) == 0)
      return TRUE;

  return FALSE;
}

static gint64
read_instant (MashEntity *clock,
              const char *field,
              gint64      without)
{
  return mash_time_parse_or (mash_entity_get_text (clock, field), without);
}

static void
show_clock (MashCoursePanel *self,
            Running         *running)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *clock = running->clock;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *words = NULL;
  MashClockState state = mash_words_clock (
    mash_contact_part_get_policy (part), mash_entity_get_text (clock, "type"),
    mash_entity_get_text (mash_contact_part_get_contact (part), "brag"),
    read_instant (clock, "started-at", 0), read_instant (clock, "due-at", MASH_TIME_NEVER),
    read_instant (clock, "stopped-at", 0),
    mash_service_get_now (mash_contact_part_get_service (part)), TRUE, &first, &second);

  words = mash_words_join (" · ", first, second, NULL);
  gtk_label_set_text (running->label, words);
  if (state == MASH_CLOCK_LATE || state == MASH_CLOCK_BROKEN)
    gtk_widget_add_css_class (GTK_WIDGET (running->label), "mash-bad");
}

static void
show_clocks (MashCoursePanel *self)
{
  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;

  for (guint i = 0; i < self->running->len; i++)
    show_clock (self, g_ptr_array_index (self->running, i));
}

static void
add_clocks (MashCoursePanel *self,
            GtkWidget       *box,
            MashEntity      *record)
{
  GListModel *clocks = mash_contact_file_get_list (
    mash_contact_part_get_file (MASH_CONTACT_PART (self)), "clock");

  for (guint i = 0; self->topic->clocks != NULL && i < g_list_model_get_n_items (clocks); i++)
    {
      g_autoptr (MashEntity) clock = g_list_model_get_item (clocks, i);
      Running *running;

      if (!mash_words_contain (self->topic->clocks, mash_entity_get_text (clock, "type")) ||
          !runs_on (clock, record))
        continue;
      running = g_new0 (Running, 1);
      running->clock = g_object_ref (clock);
      running->label = GTK_LABEL (mash_label_new_wrapped (NULL, "numeric"));
      g_ptr_array_add (self->running, running);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (running->label));
      show_clock (self, running);
    }
}

static void
add_record (MashCoursePanel *self,
            MashEntity      *record)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_auto (GStrv) deeds = g_strsplit (self->topic->record_deeds != NULL ? self->topic->record_deeds
                                                                       : "", " ", -1);
  GtkWidget *facts;

  if (gtk_widget_get_first_child (self->records) != NULL)
    gtk_box_append (GTK_BOX (self->records), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_words (self, box, record);
  add_clocks (self, box, record);
  facts = mash_record_facts_new (record, self->topic->layout);
  if (self->topic->wide)
    mash_record_facts_flow (MASH_RECORD_FACTS (facts));
  gtk_box_append (GTK_BOX (box), facts);
  for (guint i = 0; deeds[i] != NULL; i++)
    if (*deeds[i] != '\0' && self->topic->deed_fits (record, deeds[i]))
      add_deed (self, box, deeds[i], record);
  gtk_box_append (GTK_BOX (self->records), box);
}

static void
add_nothing (MashCoursePanel *self)
{
  gtk_box_append (GTK_BOX (self->records),
                  mash_label_new_wrapped (_(self->topic->nothing), "mash-dim"));
}

static void
show_records (MashCoursePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  GListModel *list = mash_contact_file_get_list (file, self->topic->kind);

  g_ptr_array_set_size (self->running, 0);
  mash_remove_children (self->records);
  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (MashEntity) record = g_list_model_get_item (list, i - 1);

      if (mash_entity_get_record (record) != NULL &&
          (self->topic->tells == NULL || self->topic->tells (record)))
        add_record (self, record);
    }
  if (gtk_widget_get_first_child (self->records) == NULL && self->topic->nothing != NULL)
    add_nothing (self);
  gtk_widget_set_visible (self->records, gtk_widget_get_first_child (self->records) != NULL);
}

static void
show_deeds (MashCoursePanel *self)
{
  g_auto (GStrv) deeds = g_strsplit (self->topic->deeds != NULL ? self->topic->deeds : "", " ", -1);

  mash_remove_children (self->deeds);
  for (guint i = 0; deeds[i] != NULL; i++)
    if (*deeds[i] != '\0')
      add_deed (self, self->deeds, deeds[i], NULL);
  gtk_widget_set_visible (self->deeds, gtk_widget_get_first_child (self->deeds) != NULL);
}

static void
show_strand (MashCoursePanel *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  const char *code = self->topic->strand != NULL
    ? mash_entity_get_text (mash_contact_part_get_contact (part), self->topic->strand) : NULL;

  gtk_label_set_text (self->note, code != NULL
                      ? mash_policy_get_label (mash_contact_part_get_policy (part),
                                               self->topic->list, code) : "");
}

/* All that the panel depends on: the state, the strands, and the revisions of its records. */
static char *
dup_told (MashCoursePanel *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *contact = mash_contact_part_get_contact (part);
  GListModel *list = mash_contact_file_get_list (mash_contact_part_get_file (part),
                                                 self->topic->kind);
  GString *told = g_string_new (mash_entity_get_id (contact));
  static const char *const fields[] = { "state", "strand-p", "strand-a", "strand-e" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (told, " %s", mash_entity_get_text (contact, fields[i]));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) record = g_list_model_get_item (list, i);

      g_string_append_printf (told, " %" G_GINT64_FORMAT, mash_entity_get_revision (record));
    }
  if (self->topic->clocks != NULL)
    g_string_append_printf (told, " %u", g_list_model_get_n_items (
                              mash_contact_file_get_list (mash_contact_part_get_file (part),
                                                          "clock")));

  return g_string_free (told, FALSE);
}

static void
mash_course_panel_updated (MashContactPart *part)
{
  MashCoursePanel *self = MASH_COURSE_PANEL (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  g_autofree char *told = NULL;
  MashHeldFocus records, deeds;

  if (self->topic == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->topic->shown (file, mash_contact_part_get_policy (part)));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  told = dup_told (self);
  if (!mash_set_str (&self->told, told))
    {
      show_clocks (self);
      return;
    }

  show_strand (self);
  records = mash_held_focus_take (self->records);
  deeds = mash_held_focus_take (self->deeds);
  show_records (self);
  show_deeds (self);
  mash_held_focus_give (&records);
  mash_held_focus_give (&deeds);
}

static void
mash_course_panel_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashCoursePanel *self = MASH_COURSE_PANEL (object);

  switch (prop_id)
    {
    case PROP_TOPIC:
      g_value_set_string (value, self->topic != NULL ? self->topic->id : NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_course_panel_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashCoursePanel *self = MASH_COURSE_PANEL (object);

  switch (prop_id)
    {
    case PROP_TOPIC:
      self->topic = g_value_get_string (value) != NULL
        ? mash_course_topic_find (g_value_get_string (value)) : NULL;
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_course_panel_constructed (GObject *object)
{
  MashCoursePanel *self = MASH_COURSE_PANEL (object);

  G_OBJECT_CLASS (mash_course_panel_parent_class)->constructed (object);

  if (self->topic != NULL)
    gtk_label_set_text (self->heading, _(self->topic->heading));
}

static void
mash_course_panel_file_set (MashContactPart *part)
{
  MashMinute *minute = mash_page_get_minute (mash_contact_part_get_page (part));

  if (minute != NULL)
    g_signal_connect_object (minute, "notify::now", G_CALLBACK (show_clocks), part,
                             G_CONNECT_SWAPPED);
}

static void
mash_course_panel_dispose (GObject *object)
{
  g_ptr_array_set_size (MASH_COURSE_PANEL (object)->running, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_COURSE_PANEL);

  G_OBJECT_CLASS (mash_course_panel_parent_class)->dispose (object);
}

static void
mash_course_panel_finalize (GObject *object)
{
  g_clear_pointer (&MASH_COURSE_PANEL (object)->running, g_ptr_array_unref);
  g_clear_pointer (&MASH_COURSE_PANEL (object)->told, g_free);

  G_OBJECT_CLASS (mash_course_panel_parent_class)->finalize (object);
}

static void
mash_course_panel_class_init (MashCoursePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_course_panel_constructed;
  object_class->dispose = mash_course_panel_dispose;
  object_class->finalize = mash_course_panel_finalize;
  object_class->get_property = mash_course_panel_get_property;
  object_class->set_property = mash_course_panel_set_property;

  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_course_panel_file_set;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_course_panel_updated;

  properties[PROP_TOPIC] = g_param_spec_string ("topic", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-course-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCoursePanel, heading);
  gtk_widget_class_bind_template_child (widget_class, MashCoursePanel, note);
  gtk_widget_class_bind_template_child (widget_class, MashCoursePanel, records);
  gtk_widget_class_bind_template_child (widget_class, MashCoursePanel, deeds);
}

static void
mash_course_panel_init (MashCoursePanel *self)
{
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) running_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
