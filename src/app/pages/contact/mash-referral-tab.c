/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-referral-tab.h"

#include <glib/gi18n-lib.h>

#include "mash-completeness.h"
#include "mash-danger-question.h"
#include "mash-file-facts.h"
#include "mash-form-section.h"
#include "mash-missing-pane.h"
#include "mash-original-pane.h"
#include "mash-referral-form.h"
#include "mash-tag.h"
#include "mash-wrap-layout.h"

struct _MashReferralTab
{
  MashContactPart  parent_instance;

  /* Template children */
  MashMissingPane     *side;
  MashReferralForm    *form;
  GtkScrolledWindow   *scroller;
  GtkWidget           *original;
  GtkWidget           *middle;
  GtkWidget           *halves;
  GtkWidget           *fold_bar;
  GtkDropDown         *section;
  GtkStringList       *titles;
  GtkButton           *next_missing;
  GtkToggleButton     *original_button;

  /* Owned */
  GPtrArray           *missing;

  guint                next;
  guint                refresh_source;
  guint                compact;
  guint                busy : 1;            /* the section is shown, not chosen */
};

G_DEFINE_FINAL_TYPE (MashReferralTab, mash_referral_tab, MASH_TYPE_CONTACT_PART)

static void
scroll_to (MashReferralTab *self,
           GtkWidget       *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (self->form), &bounds))
    gtk_adjustment_set_value (adjustment, bounds.origin.y - 12);
}

static void
on_section_chosen_cb (MashReferralTab *self,
                      guint            section)
{
  mash_referral_tab_go_section (self, section);
}

/* Whoever goes to a field wants to see it. */
static void
show_form (MashReferralTab *self)
{
  if (self->compact == 2)
    gtk_toggle_button_set_active (self->original_button, FALSE);
}

/* Both the list at the side and the one above the form say where one is. */
static void
select_section (MashReferralTab *self,
                guint            section)
{
  mash_missing_pane_select (self->side, section);
  self->busy = TRUE;
  gtk_drop_down_set_selected (self->section, section);
  self->busy = FALSE;
}

static void
go_item (MashReferralTab *self,
         guint            position)
{
  const MashMissing *gap;
  GtkWidget *input;
  guint section;

  if (position >= self->missing->len)
    return;

  gap = g_ptr_array_index (self->missing, position);
  self->next = position + 1;
  show_form (self);
  section = mash_referral_form_find (gap->kind, gap->item);
  input = mash_referral_form_find_input (self->form, gap->kind, gap->record, gap->field);
  if (input == NULL)
    {
      mash_referral_tab_go_section (self, section);
      return;
    }

  scroll_to (self, input);
  gtk_widget_grab_focus (input);
  select_section (self, section);
}

static void
on_item_chosen_cb (MashReferralTab *self,
                   guint            position)
{
  go_item (self, position);
}

/* Without the list at the side, the number of what is missing is the way to it. */
static void
show_missing (MashReferralTab *self)
{
  guint n = self->missing->len;
  g_autofree char *words = n == 0
    ? g_strdup (_("Nothing missing"))
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u missing", "%u missing", n), n);

  gtk_button_set_label (self->next_missing, words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_missing), n > 0);
}

static void
refresh (MashReferralTab *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  g_autoptr (MashFacts) facts = mash_file_facts_new (file);
  const char *contact = mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file)));

  g_clear_pointer (&self->missing, g_ptr_array_unref);
  self->missing = mash_completeness_list_missing (facts, contact);
  show_missing (self);
  mash_missing_pane_show (self->side, mash_completeness_score (policy, facts, contact, NULL),
                          self->missing);
  mash_referral_form_mark (self->form, self->missing);
}

static void
on_refresh_cb (gpointer user_data)
{
  MashReferralTab *self = user_data;

  self->refresh_source = 0;
  refresh (self);
}

static gboolean
has_original (MashReferralTab *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  return file != NULL &&
         g_list_model_get_n_items (mash_contact_file_get_list (file, "source-document")) > 0;
}

/* The original stands beside the form, beneath it where there is less room, and in its place where
 * there is none for both. */
static void
show_original (MashReferralTab *self)
{
  gboolean shown = gtk_toggle_button_get_active (self->original_button);

  gtk_widget_set_visible (self->original, shown);
  gtk_widget_set_visible (self->middle, !shown || self->compact < 2);
}

static void
on_original_cb (MashReferralTab *self)
{
  show_original (self);
}

static void
apply_fold (MashReferralTab *self)
{
  gboolean wide = self->compact == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->side), self->compact < 2);
  gtk_widget_set_visible (GTK_WIDGET (self->section), self->compact == 2);
  gtk_widget_set_visible (GTK_WIDGET (self->next_missing), self->compact == 2);
  gtk_widget_set_visible (GTK_WIDGET (self->original_button), has_original (self));
  gtk_widget_set_visible (self->fold_bar,
                          self->compact == 2 || (!wide && has_original (self)));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->halves),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (GTK_BOX (self->halves), self->compact == 1);
  if (wide)
    gtk_widget_remove_css_class (self->original, "beneath");
  else
    gtk_widget_add_css_class (self->original, "beneath");
  gtk_toggle_button_set_active (self->original_button, wide && has_original (self));
  show_original (self);
}

static void
mash_referral_tab_folded (MashContactPart *part,
                          guint            compact)
{
  MashReferralTab *self = MASH_REFERRAL_TAB (part);

  self->compact = compact;
  apply_fold (self);
}

static void
on_section_picked_cb (MashReferralTab *self)
{
  if (!self->busy)
    mash_referral_tab_go_section (self, gtk_drop_down_get_selected (self->section));
}

static void
mash_referral_tab_file_set (MashContactPart *part)
{
  apply_fold (MASH_REFERRAL_TAB (part));
}

static void
mash_referral_tab_updated (MashContactPart *part)
{
  mash_referral_tab_typed (MASH_REFERRAL_TAB (part));
}

static void
mash_referral_tab_dispose (GObject *object)
{
  MashReferralTab *self = MASH_REFERRAL_TAB (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_REFERRAL_TAB);

  G_OBJECT_CLASS (mash_referral_tab_parent_class)->dispose (object);
}

static void
mash_referral_tab_class_init (MashReferralTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_referral_tab_dispose;

  part_class->file_set = mash_referral_tab_file_set;
  part_class->folded = mash_referral_tab_folded;
  part_class->updated = mash_referral_tab_updated;

  g_type_ensure (MASH_TYPE_DANGER_QUESTION);
  g_type_ensure (MASH_TYPE_MISSING_PANE);
  g_type_ensure (MASH_TYPE_ORIGINAL_PANE);
  g_type_ensure (MASH_TYPE_REFERRAL_FORM);
  g_type_ensure (MASH_TYPE_TAG);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-referral-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, side);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, form);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, scroller);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, original);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, middle);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, halves);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, fold_bar);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, section);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, titles);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, next_missing);
  gtk_widget_class_bind_template_child (widget_class, MashReferralTab, original_button);
  gtk_widget_class_bind_template_callback (widget_class, on_original_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_section_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, mash_referral_tab_go_missing);
  gtk_widget_class_bind_template_callback (widget_class, on_section_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_item_chosen_cb);
}

static void
mash_referral_tab_init (MashReferralTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->missing = g_ptr_array_new ();
  self->busy = TRUE;
  for (guint i = 0; i < MASH_N_REFERRAL_SECTIONS; i++)
    {
      GtkWidget *section = mash_referral_form_get_section (self->form, i);
      const char *title = mash_form_section_get_title (MASH_FORM_SECTION (section));

      mash_missing_pane_add_section (self->side, title);
      gtk_string_list_append (self->titles, title);
    }
  self->busy = FALSE;
  /* The button inside is what takes the focus. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->section))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _("Section of the form"), -1);
}

/**
 * mash_referral_tab_typed:
 * @self: the tab
 *
 * Counts again what is missing, shortly after the last of several calls.
 */
void
mash_referral_tab_typed (MashReferralTab *self)
{
  g_return_if_fail (MASH_IS_REFERRAL_TAB (self));

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add_once (250, on_refresh_cb, self);
}

/**
 * mash_referral_tab_go_missing:
 * @self: the tab
 *
 * Puts the focus where the next missing item is typed, from the first again after the last.
 */
void
mash_referral_tab_go_missing (MashReferralTab *self)
{
  g_return_if_fail (MASH_IS_REFERRAL_TAB (self));

  if (self->missing->len > 0)
    go_item (self, self->next % self->missing->len);
}

/**
 * mash_referral_tab_go_section:
 * @self: the tab
 * @section: number of a section, from 0
 */
void
mash_referral_tab_go_section (MashReferralTab *self,
                              guint            section)
{
  GtkWidget *widget;

  g_return_if_fail (MASH_IS_REFERRAL_TAB (self));

  if (section >= MASH_N_REFERRAL_SECTIONS)
    return;

  show_form (self);
  widget = mash_referral_form_get_section (self->form, section);
  scroll_to (self, widget);
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  select_section (self, section);
}

void
mash_referral_tab_toggle_original (MashReferralTab *self)
{
  g_return_if_fail (MASH_IS_REFERRAL_TAB (self));

  gtk_toggle_button_set_active (self->original_button,
                                !gtk_toggle_button_get_active (self->original_button));
}
