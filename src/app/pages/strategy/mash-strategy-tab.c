/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-strategy-tab.h"

#include <glib/gi18n-lib.h>

#include "mash-actions-panel.h"
#include "mash-agencies-panel.h"
#include "mash-agency-section.h"
#include "mash-agenda.h"
#include "mash-attendance-panel.h"
#include "mash-children-panel.h"
#include "mash-children.h"
#include "mash-course-panel.h"
#include "mash-circulation-panel.h"
#include "mash-discussion-head.h"
#include "mash-empty-page.h"
#include "mash-field-input.h"
#include "mash-focus-first.h"
#include "mash-notes-panel.h"
#include "mash-plan-panel.h"
#include "mash-record-form.h"
#include "mash-set-str.h"
#include "mash-signing-panel.h"
#include "mash-strategy-frame.h"
#include "mash-versions-panel.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

#define SCHEMA  "uk.mash.Desk"
#define PROMPTS "strategy-prompts"

struct _MashStrategyTab
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkStack         *stack;
  MashDiscussionHead *head;
  GtkWidget        *others;
  GtkWidget        *about;
  GtkBox           *columns;
  GtkBox           *wide;
  GtkWidget        *left;
  GtkWidget        *right;
  GtkWidget        *attendance;
  MashNotesPanel   *notes;
  MashAgenciesPanel *agencies;
  GtkWidget        *children;
  GtkWidget        *plan;
  GtkWidget        *actions;
  MashSigningPanel *signing;
  GtkWidget        *copies;

  /* Owned */
  char             *chosen;     /* a discussion that somebody asked to see */
  char             *told;       /* the discussions that can be chosen */
  MashWriting      *writing;    /* NULL until one is shown */

  guint             kept : 1;
};

G_DEFINE_FINAL_TYPE (MashStrategyTab, mash_strategy_tab, MASH_TYPE_STRATEGY_PART)

static GListModel *
get_discussions (MashStrategyTab *self)
{
  return mash_contact_file_get_list (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                     "strategy-discussion");
}

/* The one that was chosen, or the newest. */
static MashEntity *
find_discussion (MashStrategyTab *self)
{
  GListModel *all = get_discussions (self);
  MashEntity *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (all, i);

      if (mash_entity_get_record (discussion) == NULL)
        continue;
      found = discussion;
      if (g_strcmp0 (mash_entity_get_id (discussion), self->chosen) == 0)
        break;
    }

  return found;
}

/* The other discussions of the contact */

static void
add_other (MashStrategyTab *self,
           MashEntity      *discussion)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *state = mash_entity_get_text (discussion, "state");
  g_autofree char *number = g_strdup_printf (_("Discussion %" G_GINT64_FORMAT),
                                             mash_entity_get_int (discussion, "number"));
  g_autofree char *label = mash_words_join (
    " · ", number, state != NULL ? mash_policy_get_label (policy, "SDS", state) : "", NULL);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    mash_entity_get_id (discussion));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "strategy.show");
  gtk_widget_set_parent (button, self->others);
}

static void
show_others (MashStrategyTab *self,
             MashEntity      *shown)
{
  GListModel *all = get_discussions (self);
  g_autoptr (GString) told = g_string_new (shown != NULL ? mash_entity_get_id (shown) : NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (all, i);

      g_string_append_printf (told, " %s", mash_entity_get_text (discussion, "state"));
    }
  if (!mash_set_str (&self->told, told->str))
    return;

  mash_remove_children (self->others);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (all, i);

      if (discussion != shown && mash_entity_get_record (discussion) != NULL)
        add_other (self, discussion);
    }
  gtk_widget_set_visible (self->others, gtk_widget_get_first_child (self->others) != NULL);
}

/* Who else is in the discussion, and where they write */

/* The sections beside those of the agencies, which are known by the ids of these. */
static GtkWidget *
get_section (MashStrategyTab  *self,
             guint             i,
             const char      **place)
{
  const struct
  {
    const char *place;
    GtkWidget  *section;
  } sections[] = {
    { "attendance", self->attendance },
    { "notes", GTK_WIDGET (self->notes) },
    { "about", self->about },
    { "children", self->children },
    { "plan", self->plan },
    { "actions", self->actions },
  };

  if (i >= G_N_ELEMENTS (sections))
    return NULL;
  *place = sections[i].place;

  return sections[i].section;
}

static void
show_writing (MashStrategyTab *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *here = NULL;
  GtkWidget *section;
  const char *place;

  if (host == NULL)
    return;

  for (guint i = 0; (section = get_section (self, i, &place)) != NULL; i++)
    {
      GtkWidget *frame = MASH_IS_STRATEGY_FRAME (section) ? section
                         : adw_bin_get_child (ADW_BIN (section));
      g_autofree char *words = mash_writing_dup_line (self->writing, host, place);

      mash_strategy_frame_set_writing (MASH_STRATEGY_FRAME (frame), words);
    }
  mash_agencies_panel_show_writing (self->agencies, self->writing);
  here = mash_writing_dup_here (self->writing, host);
  mash_discussion_head_set_here (self->head, here);
}

/* Whoever has the keyboard in a field writes there. */
static const char *
find_place (MashStrategyTab *self,
            GtkWidget       *focus)
{
  GtkWidget *section;
  const char *place;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ||
      !(GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
        gtk_widget_get_ancestor (focus, MASH_TYPE_FIELD_INPUT) != NULL))
    return NULL;

  section = gtk_widget_get_ancestor (focus, MASH_TYPE_AGENCY_SECTION);
  if (section != NULL)
    return mash_agency_section_get_agency (MASH_AGENCY_SECTION (section));
  for (guint i = 0; (section = get_section (self, i, &place)) != NULL; i++)
    if (gtk_widget_is_ancestor (focus, section))
      return place;

  return NULL;
}

static void
on_focus_cb (MashStrategyTab *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->writing != NULL && root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    mash_writing_move (self->writing, find_place (self, gtk_root_get_focus (root)));
}

/* Follows the discussion while it is on the screen and may be written. */
static void
follow_writing (MashStrategyTab *self)
{
  MashStrategyPart *part = MASH_STRATEGY_PART (self);
  gboolean follows = gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                     mash_strategy_part_get_discussion (part) != NULL &&
                     mash_strategy_part_is_open (part);

  if (follows && self->writing == NULL)
    {
      self->writing = mash_writing_new (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
      g_signal_connect_object (self->writing, "changed", G_CALLBACK (show_writing), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->writing == NULL)
    return;

  mash_writing_follow (self->writing, follows ? mash_entity_get_id (
                         mash_strategy_part_get_discussion (part)) : NULL);
  on_focus_cb (self);
}

static void
mash_strategy_tab_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_strategy_tab_parent_class)->map (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (on_focus_cb), widget, G_CONNECT_SWAPPED);
  follow_writing (MASH_STRATEGY_TAB (widget));
}

static void
mash_strategy_tab_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_strategy_tab_parent_class)->unmap (widget);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_focus_cb, widget);
  follow_writing (MASH_STRATEGY_TAB (widget));
}

static void
mash_strategy_tab_updated (MashContactPart *part)
{
  MashStrategyTab *self = MASH_STRATEGY_TAB (part);
  MashEntity *discussion = find_discussion (self);

  show_others (self, discussion);
  gtk_stack_set_visible_child_name (self->stack, discussion != NULL ? "recorder" : "none");
  gtk_widget_set_sensitive (self->about, discussion != NULL &&
                            mash_words_contain ("CONVENED PROGRESS RECORDED SIGNING",
                                                mash_entity_get_text (discussion, "state")));
  if (discussion != mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)))
    g_object_set (self, "discussion", discussion, NULL);
  follow_writing (self);
}

/* Whoever has read the prompts often enough does without them, from one day to the next. */
static void
keep_prompts (MashStrategyTab *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema == NULL || self->kept || !g_settings_schema_has_key (schema, PROMPTS))
    return;

  self->kept = TRUE;
  settings = g_settings_new (SCHEMA);
  g_settings_bind (settings, PROMPTS, self, "prompts", G_SETTINGS_BIND_DEFAULT);
}

static void
mash_strategy_tab_file_set (MashContactPart *part)
{
  keep_prompts (MASH_STRATEGY_TAB (part));
}

/* Three columns where there is room, two at 1024 pixels, one where text is twice as large. */
static void
mash_strategy_tab_folded (MashContactPart *part,
                          guint            compact)
{
  MashStrategyTab *self = MASH_STRATEGY_TAB (part);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->wide),
                                  compact > 0 ? GTK_ORIENTATION_VERTICAL
                                              : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->left, compact == 2 ? -1 : 318, -1);
  gtk_widget_set_size_request (self->right, compact > 0 ? -1 : 380, -1);
  gtk_widget_set_hexpand (self->left, compact == 2);
  gtk_widget_set_hexpand (self->right, compact > 0);
}

static void
start_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "contact.deed", "s", "start-discussion");
}

static void
section_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  mash_strategy_tab_go_section (MASH_STRATEGY_TAB (widget), g_variant_get_uint32 (parameter));
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashStrategyTab *self = MASH_STRATEGY_TAB (widget);

  mash_set_str (&self->chosen, g_variant_get_string (parameter, NULL));
  mash_strategy_tab_updated (MASH_CONTACT_PART (self));
}

static void
mash_strategy_tab_dispose (GObject *object)
{
  MashStrategyTab *self = MASH_STRATEGY_TAB (object);

  if (self->others != NULL)
    mash_remove_children (self->others);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_STRATEGY_TAB);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->told, g_free);
  g_clear_object (&self->writing);

  G_OBJECT_CLASS (mash_strategy_tab_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MASH_TYPE_ACTIONS_PANEL);
  g_type_ensure (MASH_TYPE_AGENCIES_PANEL);
  g_type_ensure (MASH_TYPE_AGENDA);
  g_type_ensure (MASH_TYPE_ATTENDANCE_PANEL);
  g_type_ensure (MASH_TYPE_CHILDREN_PANEL);
  g_type_ensure (MASH_TYPE_COURSE_PANEL);
  g_type_ensure (MASH_TYPE_CIRCULATION_PANEL);
  g_type_ensure (MASH_TYPE_DISCUSSION_HEAD);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_NOTES_PANEL);
  g_type_ensure (MASH_TYPE_PLAN_PANEL);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  g_type_ensure (MASH_TYPE_SIGNING_PANEL);
  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  g_type_ensure (MASH_TYPE_VERSIONS_PANEL);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-strategy-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, stack);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, head);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, others);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, about);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, columns);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, wide);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, left);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, right);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, attendance);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, notes);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, agencies);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, children);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, plan);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, actions);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, signing);
  gtk_widget_class_bind_template_child (widget_class, MashStrategyTab, copies);
}

static void
mash_strategy_tab_class_init (MashStrategyTabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_strategy_tab_dispose;
  widget_class->map = mash_strategy_tab_map;
  widget_class->unmap = mash_strategy_tab_unmap;
  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_strategy_tab_file_set;
  MASH_CONTACT_PART_CLASS (klass)->folded = mash_strategy_tab_folded;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_strategy_tab_updated;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "strategy.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "strategy.section", "u", section_cb);
  gtk_widget_class_install_action (widget_class, "strategy.show", "s", show_cb);
}

static void
mash_strategy_tab_init (MashStrategyTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_strategy_tab_go_section:
 * @self: the tab
 * @section: the place of a section in the agenda, from 0
 *
 * Leads the keyboard to the section, and the section into view.
 */
void
mash_strategy_tab_go_section (MashStrategyTab *self,
                              guint            section)
{
  GtkWidget *sections[MASH_N_STRATEGY_SECTIONS];

  g_return_if_fail (MASH_IS_STRATEGY_TAB (self));
  g_return_if_fail (section < MASH_N_STRATEGY_SECTIONS);

  sections[0] = self->attendance;
  sections[1] = GTK_WIDGET (self->notes);
  sections[2] = GTK_WIDGET (self->agencies);
  sections[3] = self->children;
  sections[4] = self->plan;
  sections[5] = self->actions;
  sections[6] = GTK_WIDGET (self->signing);
  sections[7] = self->copies;
  if (sections[section] == GTK_WIDGET (self->signing))
    mash_signing_panel_lead (self->signing);
  else
    mash_focus_first (sections[section]);
}

/**
 * mash_strategy_tab_hear:
 * @self: the tab
 * @speaker: the place of an agency in the attendance, from 0
 * @to_view: whether to its view; else to what it knows
 *
 * Leads the keyboard to what that agency has to say.
 */
void
mash_strategy_tab_hear (MashStrategyTab *self,
                        guint            speaker,
                        gboolean         to_view)
{
  g_return_if_fail (MASH_IS_STRATEGY_TAB (self));

  mash_agencies_panel_lead (self->agencies, speaker, to_view);
}

/**
 * mash_strategy_tab_go_on:
 * @self: the tab
 *
 * Leads the keyboard to what comes next in a discussion: who is here when it has begun, the
 * signatures when they are asked for.
 *
 * Returns: %FALSE where nothing in particular comes next
 */
gboolean
mash_strategy_tab_go_on (MashStrategyTab *self)
{
  const char *state;

  g_return_val_if_fail (MASH_IS_STRATEGY_TAB (self), FALSE);

  state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));
  if (g_strcmp0 (state, "PROGRESS") == 0)
    return mash_focus_first (self->attendance);
  if (g_strcmp0 (state, "SIGNING") == 0)
    return mash_signing_panel_lead (self->signing);

  return FALSE;
}

void
mash_strategy_tab_speak (MashStrategyTab *self,
                         guint            speaker)
{
  g_return_if_fail (MASH_IS_STRATEGY_TAB (self));

  mash_notes_panel_speak (self->notes, speaker);
}

/* The one that was altered last, where another was convened since; the newest is shown anyway, and
 * the next one after it. */
static const char *
find_begun (MashStrategyTab *self)
{
  GListModel *all = get_discussions (self);
  guint n = g_list_model_get_n_items (all);
  const char *begun = NULL;
  const char *last = "";

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (all, i);
      MashRecord *record = mash_entity_get_record (discussion);

      if (record == NULL || g_strcmp0 (mash_record_get_text (record, "state"), "PROGRESS") != 0 ||
          g_strcmp0 (mash_record_get_stamps (record)->updated_at, last) < 0)
        continue;
      begun = i + 1 < n ? mash_entity_get_id (discussion) : NULL;
      last = mash_record_get_stamps (record)->updated_at;
    }

  return begun;
}

/**
 * mash_strategy_tab_begin:
 * @self: the tab
 *
 * A discussion was started: shows it.
 */
void
mash_strategy_tab_begin (MashStrategyTab *self)
{
  g_return_if_fail (MASH_IS_STRATEGY_TAB (self));

  mash_set_str (&self->chosen, find_begun (self));
  mash_strategy_tab_updated (MASH_CONTACT_PART (self));
}

/**
 * mash_strategy_tab_get_writing:
 * @self: the tab
 *
 * Returns: (transfer none) (nullable): who else is in the discussion that is shown
 */
MashWriting *
mash_strategy_tab_get_writing (MashStrategyTab *self)
{
  g_return_val_if_fail (MASH_IS_STRATEGY_TAB (self), NULL);

  return self->writing;
}
