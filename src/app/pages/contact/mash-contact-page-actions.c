/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include "mash-copy-window.h"
#include "mash-notes-panel.h"
#include "mash-referral-form.h"
#include "mash-strategy-tab.h"

static void
deed_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  mash_contact_page_begin_deed (MASH_CONTACT_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
section_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);
  guint section = g_variant_get_uint32 (parameter);

  if (g_strcmp0 (self->tab, "strategy") == 0)
    {
      mash_strategy_tab_go_section (self->strategy, section);
      return;
    }

  if (section >= MASH_N_REFERRAL_SECTIONS)
    return;

  mash_contact_page_set_tab (self, "referral");
  mash_referral_tab_go_section (self->referral, section);
}

static void
speak_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  if (g_strcmp0 (self->tab, "strategy") == 0)
    mash_strategy_tab_speak (self->strategy, g_variant_get_uint32 (parameter));
}

static void
hear_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);
  gboolean to_view;
  guint speaker;

  g_variant_get (parameter, "(ub)", &speaker, &to_view);
  if (g_strcmp0 (self->tab, "strategy") == 0)
    mash_strategy_tab_hear (self->strategy, speaker, to_view);
}

static void
original_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  mash_referral_tab_toggle_original (MASH_CONTACT_PAGE (widget)->referral);
}

static void
next_tab_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  mash_contact_page_step_tab (MASH_CONTACT_PAGE (widget), 1);
}

static void
previous_tab_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  mash_contact_page_step_tab (MASH_CONTACT_PAGE (widget), -1);
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  mash_contact_page_set_tab (self, "timeline");
  mash_timeline_tab_search (self->timeline);
}

static void
jump_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  mash_contact_page_set_tab (self, "timeline");
  mash_timeline_tab_jump (self->timeline);
}

static void
print_chronology_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);
  g_autoptr (MashTimelineView) view = mash_timeline_tab_dup_view (self->timeline);

  if (view != NULL)
    mash_copy_window_open (MASH_PAGE (self), view);
}

static void
return_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  if (g_strcmp0 (self->main_deed, "approve") == 0 && g_strcmp0 (self->tab, "decision") == 0)
    mash_contact_page_decide (self, "return");
}

static void
put_back_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  mash_contact_page_put_back (MASH_CONTACT_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
remove_person_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  mash_contact_page_remove_person (MASH_CONTACT_PAGE (widget),
                                   g_variant_get_string (parameter, NULL));
}

static void
keep_draft_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  gtk_widget_set_visible (self->draft_banner, FALSE);
  mash_contact_page_submit_typed (self, FALSE);
}

static void
discard_draft_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);

  mash_deed_bar_close (self->deed_bar);
  mash_contact_file_discard (self->file);
  gtk_widget_set_visible (self->draft_banner, FALSE);
  mash_autosave_typed (self->autosave);
  mash_autosave_keep_draft (self->autosave);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action;
    const char      *deed;
  } keys[] = {
    { GDK_KEY_m, GDK_CONTROL_MASK, "contact.deed", "mark-harm" },
    { GDK_KEY_u, GDK_CONTROL_MASK, "contact.deed", "raise-brag" },
    { GDK_KEY_N, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "contact.deed", "note" },
    { GDK_KEY_T, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "contact.deed", "add-task" },
    { GDK_KEY_F6, 0, "contact.original", NULL },
    { GDK_KEY_g, GDK_CONTROL_MASK, "contact.search", NULL },
    { GDK_KEY_j, GDK_CONTROL_MASK, "contact.jump", NULL },
    { GDK_KEY_E, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "contact.deed", "add-event" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "contact.print-chronology", NULL },
    { GDK_KEY_r, GDK_CONTROL_MASK, "contact.return", NULL },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "contact.next-tab", NULL },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "contact.previous-tab", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, keys[i].deed != NULL ? "s" : NULL,
                                         keys[i].deed);
  for (guint i = 0; i < MASH_N_STRATEGY_SECTIONS; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK,
                                         "contact.section", "u", i);
  for (guint i = 0; i < MASH_N_SPEAKER_KEYS; i++)
    {
      guint key = mash_notes_panel_get_key (i);

      gtk_widget_class_add_binding_action (widget_class, key, 0, "contact.speak", "u", i);
      gtk_widget_class_add_binding_action (widget_class, key, GDK_SHIFT_MASK, "contact.hear",
                                           "(ub)", i, FALSE);
      gtk_widget_class_add_binding_action (widget_class, key, GDK_CONTROL_MASK, "contact.hear",
                                           "(ub)", i, TRUE);
    }
}

/**
 * mash_contact_page_install_actions:
 * @widget_class: the class of the page
 *
 * Gives the page its actions, and the keys that call them.
 */
void
mash_contact_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "contact.tab", "tab");
  gtk_widget_class_install_action (widget_class, "contact.deed", "s", deed_cb);
  gtk_widget_class_install_action (widget_class, "contact.section", "u", section_cb);
  gtk_widget_class_install_action (widget_class, "contact.speak", "u", speak_cb);
  gtk_widget_class_install_action (widget_class, "contact.hear", "(ub)", hear_cb);
  gtk_widget_class_install_action (widget_class, "contact.original", NULL, original_cb);
  gtk_widget_class_install_action (widget_class, "contact.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "contact.jump", NULL, jump_cb);
  gtk_widget_class_install_action (widget_class, "contact.print-chronology", NULL,
                                   print_chronology_cb);
  gtk_widget_class_install_action (widget_class, "contact.return", NULL, return_cb);
  gtk_widget_class_install_action (widget_class, "contact.next-tab", NULL, next_tab_cb);
  gtk_widget_class_install_action (widget_class, "contact.previous-tab", NULL, previous_tab_cb);
  gtk_widget_class_install_action (widget_class, "contact.remove-person", "s", remove_person_cb);
  gtk_widget_class_install_action (widget_class, "contact.put-back", "s", put_back_cb);
  gtk_widget_class_install_action (widget_class, "contact.keep-draft", NULL, keep_draft_cb);
  gtk_widget_class_install_action (widget_class, "contact.discard-draft", NULL, discard_draft_cb);
  install_keys (widget_class);
}
