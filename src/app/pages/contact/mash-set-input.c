/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-set-input.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-choice.h"
#include "mash-dispose.h"

struct _MashSetInput
{
  GtkWidget       parent_instance;

  /* Template children */
  GtkMenuButton  *button;
  GtkLabel       *summary;
  GtkBox         *ticks;

  /* Owned */
  GListModel     *choices;
  char          **values;

  guint           busy : 1;
};

G_DEFINE_FINAL_TYPE (MashSetInput, mash_set_input, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
holds (MashSetInput *self,
       const char   *value)
{
  return self->values != NULL && g_strv_contains ((const char *const *) self->values, value);
}

static void
show_summary (MashSetInput *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MashChoice) choice = g_list_model_get_item (self->choices, i);
      const char *value = mash_choice_get_value (choice);

      if (value != NULL && holds (self, value))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "",
                                mash_choice_get_label (choice));
    }

  gtk_label_set_text (self->summary, words->len > 0 ? words->str : _("Nothing"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words->len > 0 ? words->str : NULL);
}

static void
on_toggled_cb (MashSetInput   *self,
               GtkCheckButton *tick)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->ticks));

  if (self->busy)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (self->choices); i++)
    {
      g_autoptr (MashChoice) choice = g_list_model_get_item (self->choices, i);

      if (mash_choice_get_value (choice) == NULL)
        continue;
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
        g_strv_builder_add (builder, mash_choice_get_value (choice));
      child = gtk_widget_get_next_sibling (child);
    }

  g_strfreev (self->values);
  self->values = g_strv_builder_end (builder);
  show_summary (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fill_ticks (MashSetInput *self)
{
  mash_remove_children (GTK_WIDGET (self->ticks));

  for (guint i = 0; i < g_list_model_get_n_items (self->choices); i++)
    {
      g_autoptr (MashChoice) choice = g_list_model_get_item (self->choices, i);
      GtkWidget *tick;

      if (mash_choice_get_value (choice) == NULL)
        continue;

      tick = gtk_check_button_new_with_label (mash_choice_get_label (choice));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (tick),
                                   holds (self, mash_choice_get_value (choice)));
      g_signal_connect_swapped (tick, "toggled", G_CALLBACK (on_toggled_cb), self);
      gtk_box_append (self->ticks, tick);
    }
}

/* The ticks are made when they are asked for: most sets are never opened. By then the pop-up has
 * looked for something to focus, and found nothing. */
static void
on_popup_cb (MashSetInput *self)
{
  if (self->choices == NULL || !gtk_widget_get_visible (
        GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    return;

  self->busy = TRUE;
  fill_ticks (self);
  self->busy = FALSE;
  gtk_widget_child_focus (GTK_WIDGET (self->ticks), GTK_DIR_TAB_FORWARD);
}

static void
mash_set_input_dispose (GObject *object)
{
  MashSetInput *self = MASH_SET_INPUT (object);

  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_SET_INPUT);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (mash_set_input_parent_class)->dispose (object);
}

static void
mash_set_input_finalize (GObject *object)
{
  MashSetInput *self = MASH_SET_INPUT (object);

  g_clear_pointer (&self->values, g_strfreev);

  G_OBJECT_CLASS (mash_set_input_parent_class)->finalize (object);
}

static void
mash_set_input_class_init (MashSetInputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_set_input_dispose;
  object_class->finalize = mash_set_input_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-set-input.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSetInput, button);
  gtk_widget_class_bind_template_child (widget_class, MashSetInput, summary);
  gtk_widget_class_bind_template_child (widget_class, MashSetInput, ticks);
  gtk_widget_class_bind_template_callback (widget_class, on_popup_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mash_set_input_init (MashSetInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A menu button of the floor centres what it is given. */
  for (GtkWidget *part = GTK_WIDGET (self->summary); part != GTK_WIDGET (self->button);
       part = gtk_widget_get_parent (part))
    gtk_widget_set_halign (part, GTK_ALIGN_FILL);
}

GtkWidget *
mash_set_input_new (void)
{
  return g_object_new (MASH_TYPE_SET_INPUT, NULL);
}

/**
 * mash_set_input_set_choices:
 * @self: a set input
 * @choices: a list of #MashChoice; the one without a value is left out
 */
void
mash_set_input_set_choices (MashSetInput *self,
                            GListModel   *choices)
{
  g_return_if_fail (MASH_IS_SET_INPUT (self));

  if (g_set_object (&self->choices, choices))
    show_summary (self);
}

/**
 * mash_set_input_set_values:
 * @self: a set input
 * @values: (nullable) (array zero-terminated=1): what is chosen
 */
void
mash_set_input_set_values (MashSetInput      *self,
                           const char *const *values)
{
  g_return_if_fail (MASH_IS_SET_INPUT (self));

  g_strfreev (self->values);
  self->values = g_strdupv ((char **) values);
  show_summary (self);
}

char **
mash_set_input_dup_values (MashSetInput *self)
{
  g_return_val_if_fail (MASH_IS_SET_INPUT (self), NULL);

  return g_strdupv (self->values);
}
