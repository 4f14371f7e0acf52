/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-missing-pane.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-choice.h"
#include "mash-completeness.h"
#include "mash-referral-form.h"
#include "mash-side-row.h"

struct _MashMissingPane
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *score;
  GtkLabel        *summary;
  GtkLevelBar     *meter;
  GtkListBox      *sections;
  GtkListBox      *items;
  GtkWidget       *heading;

  guint            n_sections;
};

G_DEFINE_FINAL_TYPE (MashMissingPane, mash_missing_pane, MASH_TYPE_CONTACT_PART)

enum
{
  SECTION_CHOSEN,
  ITEM_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_section_cb (MashMissingPane *self,
               GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[SECTION_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
on_item_cb (MashMissingPane *self,
            GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[ITEM_CHOSEN], 0, (guint) gtk_list_box_row_get_index (row));
}

static char *
dup_need (MashNeeds needs)
{
  if (needs & MASH_NEED_SUBMIT)
    return g_strdup (_("Needed to submit"));
  if (needs & MASH_NEED_DECIDE)
    return g_strdup (_("Needed to decide"));
  if (needs & MASH_NEED_SIGN)
    return g_strdup (_("Needed to sign"));

  return NULL;
}

static char *
dup_title (MashMissingPane   *self,
           const MashMissing *gap)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *item = mash_policy_get_label (policy, "ITEM", gap->item);
  MashEntity *person = gap->person != NULL ? mash_contact_file_find (file, gap->person) : NULL;
  g_autofree char *name = NULL;

  if (person == NULL)
    return g_strdup (item);

  name = mash_person_dup_name (person);
  /* Translators: a person’s name, then what is missing about them. */
  return g_strdup_printf (_("%s: %s"), name, item);
}

static void
show_items (MashMissingPane *self,
            GPtrArray       *missing)
{
  mash_remove_children (GTK_WIDGET (self->items));

  for (guint i = 0; i < missing->len; i++)
    {
      const MashMissing *gap = g_ptr_array_index (missing, i);
      g_autofree char *title = dup_title (self, gap);
      g_autofree char *need = dup_need (gap->needed_for);

      gtk_list_box_append (self->items, mash_side_row_new_missing (title, need));
    }
  gtk_widget_set_visible (self->heading, missing->len > 0);
}

static void
show_sections (MashMissingPane *self,
               GPtrArray       *missing)
{
  guint counts[MASH_N_REFERRAL_SECTIONS] = { 0, };

  for (guint i = 0; i < missing->len; i++)
    {
      const MashMissing *gap = g_ptr_array_index (missing, i);

      counts[mash_referral_form_find (gap->kind, gap->item)]++;
    }
  for (guint i = 0; i < MASH_N_REFERRAL_SECTIONS; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sections, (int) i);

      if (row != NULL)
        mash_side_row_set_missing (MASH_SIDE_ROW (row), counts[i]);
    }
}

static void
mash_missing_pane_dispose (GObject *object)
{
  MashMissingPane *self = MASH_MISSING_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_MISSING_PANE);

  G_OBJECT_CLASS (mash_missing_pane_parent_class)->dispose (object);
}

static void
mash_missing_pane_class_init (MashMissingPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_missing_pane_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-missing-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, score);
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, summary);
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, meter);
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, sections);
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, items);
  gtk_widget_class_bind_template_child (widget_class, MashMissingPane, heading);
  gtk_widget_class_bind_template_callback (widget_class, on_section_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_item_cb);

  signals[SECTION_CHOSEN] = g_signal_new ("section-chosen", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);
  signals[ITEM_CHOSEN] = g_signal_new ("item-chosen", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_UINT);
}

static void
mash_missing_pane_init (MashMissingPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_missing_pane_add_section:
 * @self: the pane
 * @title: the heading of the next section of the form
 */
void
mash_missing_pane_add_section (MashMissingPane *self,
                               const char      *title)
{
  g_return_if_fail (MASH_IS_MISSING_PANE (self));

  gtk_list_box_append (self->sections, mash_side_row_new_section (++self->n_sections, title));
}

/**
 * mash_missing_pane_show:
 * @self: the pane
 * @score: completeness, 0 to 100
 * @missing: (element-type MashMissing): what is missing
 */
void
mash_missing_pane_show (MashMissingPane *self,
                        guint            score,
                        GPtrArray       *missing)
{
  g_autofree char *words = NULL;
  g_autofree char *count = NULL;

  g_return_if_fail (MASH_IS_MISSING_PANE (self));

  words = g_strdup_printf (_("%u of 100"), score);
  count = missing->len == 0
    ? g_strdup (_("Nothing missing"))
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u missing", "%u missing", missing->len),
                       missing->len);
  gtk_label_set_text (self->score, words);
  gtk_label_set_text (self->summary, count);
  gtk_level_bar_set_value (self->meter, score);
  show_sections (self, missing);
  show_items (self, missing);
}

/**
 * mash_missing_pane_select:
 * @self: the pane
 * @section: the section in which the focus is
 */
void
mash_missing_pane_select (MashMissingPane *self,
                          guint            section)
{
  g_return_if_fail (MASH_IS_MISSING_PANE (self));

  gtk_list_box_select_row (self->sections,
                           gtk_list_box_get_row_at_index (self->sections, (int) section));
}
