/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-actions-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-composer.h"
#include "mash-deed-forms.h"
#include "mash-form-host.h"
#include "mash-held-focus.h"
#include "mash-set-str.h"
#include "mash-strategy-frame.h"
#include "mash-time.h"
#include "mash-value-words.h"
#include "mash-words.h"
#include "mash-work-row.h"

struct _MashActionsPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  MashComposer      *composer;
  GtkListBox        *actions;
  GtkWidget         *no_actions;

  /* Owned */
  char              *told;
};

G_DEFINE_FINAL_TYPE (MashActionsPanel, mash_actions_panel, MASH_TYPE_STRATEGY_PART)

static gboolean
is_whole (MashEntity *action)
{
  return (mash_entity_get_text (action, "owner") != NULL ||
          mash_entity_get_text (action, "owner-staff") != NULL) &&
         mash_entity_get_text (action, "owner-agency") != NULL &&
         mash_entity_get_text (action, "due-at") != NULL;
}

static gboolean
is_late (MashActionsPanel *self,
         MashEntity       *action)
{
  gint64 now = mash_service_get_now (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  const char *due_at = mash_entity_get_text (action, "due-at");
  gint64 due;

  return mash_words_contain ("OPEN OVERDUE", mash_entity_get_text (action, "status")) &&
         due_at != NULL && mash_time_parse (due_at, &due) && due < now;
}

static char *
dup_owner (MashActionsPanel *self,
           MashEntity       *action)
{
  const char *owner = mash_entity_get_text (action, "owner");
  const char *staff = mash_entity_get_text (action, "owner-staff");
  const char *agency = mash_entity_get_text (action, "owner-agency");
  g_autofree char *name = owner != NULL ? g_strdup (owner) : staff != NULL
    ? mash_value_words_for_staff (mash_form_host_find (GTK_WIDGET (self)), staff)
    : g_strdup (_("No owner"));

  return mash_words_join (", ", name, agency != NULL
                          ? mash_strategy_part_name_agency (MASH_STRATEGY_PART (self), agency)
                          : _("no agency"), NULL);
}

static void
add_deeds (MashActionsPanel *self,
           MashWorkRow      *row,
           MashEntity       *action)
{
  static const char *const deeds[] = {
    "finish-action", "chase-action", "transfer-action", "cancel-action",
  };
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      const MashDeed *deed = mash_policy_find_deed (policy, deeds[i]);
      g_autofree char *target = NULL;
      g_autofree char *label = NULL;

      if (deed == NULL || mash_deed_form_find (deeds[i]) == NULL)
        continue;
      target = g_strdup_printf ("%s %s", deeds[i], mash_entity_get_id (action));
      label = g_strdup_printf (mash_deed_form_needs_nothing (deeds[i]) ? "%s" : "%s…",
                               deed->label);
      mash_work_row_add_deed (row, label, "contact.deed", target);
    }
}

static void
add_action (MashActionsPanel *self,
            MashEntity       *action)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  const char *status = mash_entity_get_text (action, "status");
  const char *due_at = mash_entity_get_text (action, "due-at");
  gint64 number = mash_entity_get_int (action, "number");
  g_autofree char *what = number > 0
    ? g_strdup_printf ("%" G_GINT64_FORMAT "  %s", number, mash_entity_get_text (action, "what"))
    : g_strdup (mash_entity_get_text (action, "what"));
  g_autofree char *owner = dup_owner (self, action);
  g_autofree char *due = mash_words_instant (due_at, now);
  g_autofree char *by = due_at != NULL ? g_strdup_printf (_("by %s"), due)
                                       : g_strdup (_("no time"));
  g_autofree char *second = mash_words_join (
    " · ", is_late (self, action) ? _("Late") : status != NULL
    ? mash_policy_get_label (mash_contact_part_get_policy (part), "ACT", status) : "",
    owner, by, mash_entity_get_text (action, "outcome") != NULL
    ? mash_entity_get_text (action, "outcome") : "", NULL);
  MashWorkRow *row = mash_work_row_new (what, second);

  if (is_late (self, action) || !is_whole (action))
    mash_work_row_set_late (row);
  if (mash_words_contain ("OPEN OVERDUE", status))
    add_deeds (self, row, action);
  gtk_list_box_append (self->actions, GTK_WIDGET (row));
}

static char *
dup_told (MashActionsPanel *self,
          GPtrArray        *actions)
{
  GString *told = g_string_new (mash_strategy_part_get_state (MASH_STRATEGY_PART (self)));

  for (guint i = 0; i < actions->len; i++)
    {
      MashEntity *action = g_ptr_array_index (actions, i);

      g_string_append_printf (told, " %s%" G_GINT64_FORMAT "%d", mash_entity_get_id (action),
                              mash_entity_get_revision (action), is_late (self, action));
    }

  return g_string_free (told, FALSE);
}

static void
mash_actions_panel_updated (MashContactPart *part)
{
  MashActionsPanel *self = MASH_ACTIONS_PANEL (part);
  MashStrategyPart *strategy = MASH_STRATEGY_PART (self);
  g_autoptr (GPtrArray) actions = mash_strategy_part_list (strategy, "sd-action");
  g_autofree char *told = NULL;
  g_autofree char *note = NULL;
  guint n_whole = 0;
  MashHeldFocus held;

  if (mash_strategy_part_get_discussion (strategy) == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->composer), mash_strategy_part_is_open (strategy));
  told = dup_told (self, actions);
  if (!mash_set_str (&self->told, told))
    return;

  held = mash_held_focus_take (GTK_WIDGET (self->actions));
  mash_remove_children (GTK_WIDGET (self->actions));
  for (guint i = 0; i < actions->len; i++)
    {
      add_action (self, g_ptr_array_index (actions, i));
      n_whole += is_whole (g_ptr_array_index (actions, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->actions), actions->len > 0);
  gtk_widget_set_visible (self->no_actions, actions->len == 0);
  /* Translators: how many of the actions of a discussion have somebody and a time. */
  note = g_strdup_printf (_("%u of %u have owner and time"), n_whole, actions->len);
  mash_strategy_frame_set_note (self->frame, actions->len > 0 ? note : NULL);
  mash_held_focus_give (&held);
}

static gboolean
is_called (MashEntity *participant,
           const char *typed)
{
  const char *name = mash_entity_get_text (participant, "person-name");
  g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;
  g_autofree char *wanted = g_utf8_casefold (typed, -1);

  return folded != NULL && g_str_has_prefix (folded, wanted);
}

/* Who takes part and is called so, if that is one person only. */
static MashEntity *
find_called (MashActionsPanel *self,
             const char       *typed)
{
  g_autoptr (GPtrArray) people = mash_strategy_part_list (MASH_STRATEGY_PART (self),
                                                          "sd-participant");
  MashEntity *found = NULL;

  for (guint i = 0; i < people->len; i++)
    if (is_called (g_ptr_array_index (people, i), typed))
      {
        if (found != NULL)
          return NULL;
        found = g_ptr_array_index (people, i);
      }

  return found;
}

/* “Petra” is Petra Hallam of the police, where nobody else who takes part is called so. */
static void
on_adding_cb (MashActionsPanel *self,
              MashEntity       *action)
{
  const char *typed = mash_entity_get_text (action, "owner");
  MashEntity *owner = typed != NULL ? find_called (self, typed) : NULL;
  const char *agency = mash_entity_get_text (action, "owner-agency");

  if (owner == NULL || (agency != NULL &&
                        g_strcmp0 (agency, mash_entity_get_text (owner, "agency")) != 0))
    return;

  mash_entity_set_text (action, "owner", mash_entity_get_text (owner, "person-name"));
  mash_entity_set_text (action, "owner-agency", mash_entity_get_text (owner, "agency"));
}

static void
mash_actions_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_ACTIONS_PANEL);
  g_clear_pointer (&MASH_ACTIONS_PANEL (object)->told, g_free);

  G_OBJECT_CLASS (mash_actions_panel_parent_class)->dispose (object);
}

static void
mash_actions_panel_class_init (MashActionsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_actions_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_actions_panel_updated;

  g_type_ensure (MASH_TYPE_COMPOSER);
  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-actions-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashActionsPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashActionsPanel, composer);
  gtk_widget_class_bind_template_child (widget_class, MashActionsPanel, actions);
  gtk_widget_class_bind_template_child (widget_class, MashActionsPanel, no_actions);
  gtk_widget_class_bind_template_callback (widget_class, on_adding_cb);
}

static void
mash_actions_panel_init (MashActionsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
