/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-strategy-frame.h"

#include "mash-label.h"
#include "mash-writing-line.h"

struct _MashStrategyFrame
{
  GtkBox     parent_instance;

  /* Children */
  GtkWidget *title;
  GtkWidget *writing;
  GtkWidget *note;
  GtkWidget *prompt;

  guint      prompts : 1;
};

G_DEFINE_FINAL_TYPE (MashStrategyFrame, mash_strategy_frame, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_NOTE,
  PROP_PROMPT,
  PROP_PROMPTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show_prompt (MashStrategyFrame *self)
{
  gtk_widget_set_visible (self->prompt, self->prompts &&
                          *gtk_label_get_text (GTK_LABEL (self->prompt)) != '\0');
}

static void
set_title (MashStrategyFrame *self,
           const char        *title)
{
  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
}

static void
mash_strategy_frame_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  MashStrategyFrame *self = MASH_STRATEGY_FRAME (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->title)));
      break;

    case PROP_NOTE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->note)));
      break;

    case PROP_PROMPT:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->prompt)));
      break;

    case PROP_PROMPTS:
      g_value_set_boolean (value, self->prompts);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_strategy_frame_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  MashStrategyFrame *self = MASH_STRATEGY_FRAME (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;

    case PROP_NOTE:
      mash_strategy_frame_set_note (self, g_value_get_string (value));
      break;

    case PROP_PROMPT:
      gtk_label_set_text (GTK_LABEL (self->prompt),
                          g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      show_prompt (self);
      break;

    case PROP_PROMPTS:
      self->prompts = g_value_get_boolean (value);
      show_prompt (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_strategy_frame_class_init (MashStrategyFrameClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_strategy_frame_get_property;
  object_class->set_property = mash_strategy_frame_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, NULL, flags);
  properties[PROP_PROMPTS] = g_param_spec_boolean ("prompts", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mash_strategy_frame_init (MashStrategyFrame *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->prompts = TRUE;
  self->title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                              "xalign", 0., "wrap", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->title, "mash-heading");
  self->note = mash_label_new_wrapped (NULL, "mash-second");
  gtk_widget_set_visible (self->note, FALSE);
  self->prompt = mash_label_new_wrapped (NULL, "mash-prompt");
  gtk_widget_set_visible (self->prompt, FALSE);
  gtk_widget_add_css_class (head, "mash-panel-head");
  self->writing = g_object_new (MASH_TYPE_WRITING_LINE, NULL);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->writing);
  gtk_box_append (GTK_BOX (head), self->note);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mash-panel");
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->prompt);
}

/**
 * mash_strategy_frame_set_note:
 * @self: a frame
 * @note: (nullable): what stands beside the heading
 */
void
mash_strategy_frame_set_note (MashStrategyFrame *self,
                              const char        *note)
{
  g_return_if_fail (MASH_IS_STRATEGY_FRAME (self));

  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_label_set_width_chars (GTK_LABEL (self->note),
                             note != NULL ? (int) MIN (g_utf8_strlen (note, -1), 14) : -1);
  gtk_widget_set_visible (self->note, note != NULL && *note != '\0');
}

/**
 * mash_strategy_frame_set_writing:
 * @self: a frame
 * @words: (nullable): who else is writing here, empty for nobody; %NULL where nobody could be
 */
void
mash_strategy_frame_set_writing (MashStrategyFrame *self,
                                 const char        *words)
{
  g_return_if_fail (MASH_IS_STRATEGY_FRAME (self));

  mash_writing_line_say_beside (MASH_WRITING_LINE (self->writing), GTK_LABEL (self->title), words);
}
