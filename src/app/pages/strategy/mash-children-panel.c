/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-children-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-kinds.h"
#include "mash-set-str.h"
#include "mash-strategy-frame.h"
#include "mash-time.h"

#define KIND "sd-child"

static const char *const questions[] = {
  "voice", "threshold-met", "decision", "category", "lead-agency", "lead-worker",
  "section47-start", "reconvene-by", "seen-by", "seen-alone-plan", "siblings-considered", "safety",
  "rationale",
};

/* The answers for one child. */
typedef struct
{
  char      *subject;
  GPtrArray *inputs;
} Column;

struct _MashChildrenPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkGrid           *grid;
  GtkWidget         *nobody;

  /* Owned */
  GPtrArray         *columns;
  char              *told;     /* the children that stand across */
};

G_DEFINE_FINAL_TYPE (MashChildrenPanel, mash_children_panel, MASH_TYPE_STRATEGY_PART)

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->subject);
  g_ptr_array_unref (column->inputs);
  g_free (column);
}

static MashEntity *
find_answers (MashChildrenPanel *self,
              const char        *subject)
{
  g_autoptr (GPtrArray) answers = mash_strategy_part_list (MASH_STRATEGY_PART (self), KIND);

  for (guint i = 0; i < answers->len; i++)
    if (g_strcmp0 (mash_entity_get_text (g_ptr_array_index (answers, i), "subject"), subject) == 0)
      return g_ptr_array_index (answers, i);

  return NULL;
}

static void
fill_column (Column     *column,
             MashEntity *answers)
{
  for (guint i = 0; i < column->inputs->len; i++)
    g_object_set (g_ptr_array_index (column->inputs, i), "object", answers, NULL);
}

static void
on_wanted_cb (MashChildrenPanel *self,
              GtkWidget         *input)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);
      MashEntity *answers;

      if (!g_ptr_array_find (column->inputs, input, NULL))
        continue;
      answers = mash_strategy_part_add (MASH_STRATEGY_PART (self), KIND);
      mash_entity_set_text (answers, "subject", column->subject);
      fill_column (column, answers);
    }
}

static GtkWidget *
make_label (const char *words,
            const char *css)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css);

  return label;
}

static void
add_questions (MashChildrenPanel *self)
{
  const MashKind *kind = mash_kind_lookup (KIND);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const MashField *field = &kind->fields[mash_kind_find_field (kind, questions[i])];
      GtkWidget *label = make_label (_(field->label), "mash-question");

      gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
      gtk_label_set_width_chars (GTK_LABEL (label), 12);
      gtk_grid_attach (self->grid, label, 0, (int) i + 1, 1, 1);
    }
}

static void
add_column (MashChildrenPanel *self,
            MashFamilyRow     *row,
            int                at)
{
  const MashKind *kind = mash_kind_lookup (KIND);
  Column *column = g_new0 (Column, 1);
  g_autofree char *title = mash_family_row_dup_title (row);
  GtkWidget *head = make_label (title, "heading");

  column->subject = g_strdup (mash_entity_get_id (mash_family_row_get_subject (row)));
  column->inputs = g_ptr_array_new ();
  gtk_grid_attach (self->grid, head, at, 0, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const MashField *field = &kind->fields[mash_kind_find_field (kind, questions[i])];
      g_autofree char *label = g_strdup_printf ("%s, %s", _(field->label), title);
      GtkWidget *input = g_object_new (MASH_TYPE_FIELD_INPUT, "kind", KIND, "field", questions[i],
                                       "label", label, "hexpand", TRUE, "width-request", 150,
                                       NULL);

      g_signal_connect_swapped (input, "wanted", G_CALLBACK (on_wanted_cb), self);
      g_ptr_array_add (column->inputs, input);
      gtk_grid_attach (self->grid, input, at, (int) i + 1, 1, 1);
    }
  g_ptr_array_add (self->columns, column);
}

static void
clear (MashChildrenPanel *self)
{
  g_ptr_array_set_size (self->columns, 0);
  mash_remove_children (GTK_WIDGET (self->grid));
}

static void
show_children (MashChildrenPanel *self,
               GListModel        *children)
{
  clear (self);
  add_questions (self);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (MashFamilyRow) row = g_list_model_get_item (children, i);

      add_column (self, row, (int) i + 1);
    }
}

static char *
dup_told (MashChildrenPanel *self,
          GListModel        *children)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (MashFamilyRow) row = g_list_model_get_item (children, i);
      g_autofree char *title = mash_family_row_dup_title (row);

      g_string_append_printf (told, "%s %s\n",
                              mash_entity_get_id (mash_family_row_get_subject (row)), title);
    }

  return g_string_free (told, FALSE);
}

static guint
count_decided (MashChildrenPanel *self)
{
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);
      MashEntity *answers = find_answers (self, column->subject);

      n += answers != NULL && mash_entity_get_text (answers, "decision") != NULL;
    }

  return n;
}

static void
mash_children_panel_updated (MashContactPart *part)
{
  MashChildrenPanel *self = MASH_CHILDREN_PANEL (part);
  g_autofree char *today = NULL;
  g_autofree char *told = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GListModel) children = NULL;

  if (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)) == NULL)
    return;

  today = mash_time_dup_local_date (mash_service_get_now (mash_contact_part_get_service (part)));
  children = mash_family_list_new (mash_contact_part_get_file (part), MASH_FAMILY_CHILDREN, today);
  told = dup_told (self, children);
  if (mash_set_str (&self->told, told))
    show_children (self, children);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);

      fill_column (column, find_answers (self, column->subject));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->grid), self->columns->len > 0);
  gtk_widget_set_visible (self->nobody, self->columns->len == 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->grid),
                            mash_strategy_part_is_open (MASH_STRATEGY_PART (self)));
  /* Translators: for how many of the children something is decided. */
  note = g_strdup_printf (_("%u of %u decided"), count_decided (self), self->columns->len);
  mash_strategy_frame_set_note (self->frame, note);
}

static void
mash_children_panel_dispose (GObject *object)
{
  MashChildrenPanel *self = MASH_CHILDREN_PANEL (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_CHILDREN_PANEL);

  G_OBJECT_CLASS (mash_children_panel_parent_class)->dispose (object);
}

static void
mash_children_panel_class_init (MashChildrenPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_children_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_children_panel_updated;

  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-children-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashChildrenPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashChildrenPanel, grid);
  gtk_widget_class_bind_template_child (widget_class, MashChildrenPanel, nobody);
}

static void
mash_children_panel_init (MashChildrenPanel *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
