/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include <glib/gi18n-lib.h>

#include "mash-conflict-panel.h"
#include "mash-contact-head.h"
#include "mash-deed-chance.h"
#include "mash-deed-forms.h"
#include "mash-form-host.h"
#include "mash-form-section.h"
#include "mash-mention-text.h"
#include "mash-referral-form.h"
#include "mash-set-str.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

#define PERMISSION_ACCESS_LOG 44

static void mash_contact_page_host_init (MashFormHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashContactPage, mash_contact_page, MASH_TYPE_PAGE,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FORM_HOST,
                                                      mash_contact_page_host_init))

enum
{
  PROP_0,
  PROP_FILE,
  PROP_TAB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  const char *tab;
  const char *help;
  const char *hints;
} Tab;

static const Tab tabs[] = {
  { "referral", "contact-referral",
    N_("F8|next missing\nF6|show or hide the original\nCtrl+1…7|section\nCtrl+S|save now\n"
       "Ctrl+M|mark harm") },
  { "family", "contact-family", N_("Alt+C|add a child\nAlt+P|add a person\nCtrl+S|save now") },
  { "timeline", "contact-timeline",
    N_("Enter|open the source\nCtrl+G|search inside\nCtrl+J|jump to a date\n"
       "Ctrl+Shift+E|add an event\nCtrl+Shift+N|add a note") },
  { "decision", "contact-decision",
    N_("Ctrl+Return|the main action\nCtrl+R|return with reasons\nCtrl+M|mark harm\n"
       "Ctrl+U|raise urgency") },
  { "strategy", "contact-strategy",
    N_("F2…F5|who speaks\nEnter|add the line\nCtrl+1…8|section\nCtrl+S|save now") },
  { "work", "contact-work",
    N_("@|mention a colleague\nCtrl+Return|add the note\nCtrl+Shift+T|add a task") },
  { "access", "contact-access", N_("Ctrl+PageUp|tab before") },
};

static MashPolicy *
mash_contact_page_get_host_policy (MashFormHost *host)
{
  return mash_page_get_policy (MASH_PAGE (host));
}

static MashContactFile *
mash_contact_page_get_host_file (MashFormHost *host)
{
  return MASH_CONTACT_PAGE (host)->file;
}

static GListModel *
mash_contact_page_get_host_staff (MashFormHost *host)
{
  MashService *service = mash_page_get_service (MASH_PAGE (host));

  return service != NULL ? mash_service_get_staff (service) : NULL;
}

static gint64
mash_contact_page_get_host_now (MashFormHost *host)
{
  return mash_page_get_now (MASH_PAGE (host));
}

static void
mash_contact_page_host_typed (MashFormHost *host)
{
  MashContactPage *self = MASH_CONTACT_PAGE (host);

  if (self->autosave == NULL)
    return;

  self->dirty = TRUE;
  mash_autosave_typed (self->autosave);
  mash_referral_tab_typed (self->referral);
  mash_contact_page_queue_examine (self);
}

static void
mash_contact_page_host_init (MashFormHostInterface *iface)
{
  iface->get_policy = mash_contact_page_get_host_policy;
  iface->get_file = mash_contact_page_get_host_file;
  iface->get_staff = mash_contact_page_get_host_staff;
  iface->get_now = mash_contact_page_get_host_now;
  iface->typed = mash_contact_page_host_typed;
}

/* The head: state, and when it was saved */

static char *
dup_saved (MashContactPage *self)
{
  gint64 saved_at = 0;
  g_autofree char *hour = NULL;

  switch (mash_autosave_get_state (self->autosave))
    {
    case MASH_AUTOSAVE_SAVING:
      return g_strdup (_("Saving…"));

    case MASH_AUTOSAVE_FAILED:
      return g_strdup (_("Not saved: it is kept on this screen"));

    case MASH_AUTOSAVE_TYPING:
    case MASH_AUTOSAVE_IDLE:
    default:
      g_object_get (self->file, "saved-at", &saved_at, NULL);
      if (saved_at == 0)
        return NULL;
      hour = mash_words_hour (saved_at);
      return g_strdup_printf (_("Saved %s"), hour);
    }
}

/* Where there is little room, only that something is not saved is worth it. */
static gboolean
is_all_well (MashContactPage *self)
{
  guint compact = 0;

  g_object_get (self, "compact", &compact, NULL);

  return compact == 2 && mash_autosave_get_state (self->autosave) != MASH_AUTOSAVE_FAILED;
}

/* Beside the long names of what comes next in a discussion there is less room: whether it is saved
 * is worth more than how far the contact is. */
static char *
dup_detail (MashContactPage *self,
            const char      *words)
{
  g_autofree char *saved = dup_saved (self);
  gboolean talks = g_strcmp0 (self->tab, "strategy") == 0;
  guint compact = 0;

  g_object_get (self, "compact", &compact, NULL);
  if (is_all_well (self))
    return g_strdup (talks ? "" : words);
  if (talks && compact == 1 && saved != NULL)
    return g_steal_pointer (&saved);

  return mash_words_join (" · ", words, saved, NULL);
}

static void
show_title (MashContactPage *self)
{
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
  const char *reference = mash_entity_get_text (contact, "reference");
  const char *state = mash_entity_get_text (contact, "state");
  MashPolicy *policy = mash_page_get_policy (MASH_PAGE (self));
  const char *words = state != NULL ? mash_policy_get_label (policy, "CST", state)
                                    : _("Not taken in yet");
  g_autofree char *detail = dup_detail (self, words);

  g_object_set (self, "title", reference != NULL ? reference : _("New contact"),
                "title-detail", detail, NULL);
}

/* Everything that the state lets somebody in this post do, beside the main action. */
static GMenuModel *
make_menu (MashContactPage *self)
{
  MashPolicy *policy = mash_page_get_policy (MASH_PAGE (self));
  const MashActor *actor = mash_service_get_actor (mash_page_get_service (MASH_PAGE (self)));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
  GMenu *menu = g_menu_new ();
  const char *const *deeds;
  guint n_deeds = mash_deed_form_list (&deeds);

  for (guint i = 0; i < n_deeds; i++)
    {
      const MashDeed *deed = mash_policy_find_deed (policy, deeds[i]);
      const char *says;
      g_autofree char *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (mash_deed_form_find (deeds[i])->of_record ||
          mash_deed_chance_find (policy, actor, contact, deeds[i], &says) != MASH_DEED_YOURS)
        continue;
      label = g_strdup_printf (mash_deed_form_needs_nothing (deeds[i]) ? "%s" : "%s…", deed->label);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "contact.deed", "s", deeds[i]);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

static void
on_room_cb (MashContactPage *self)
{
  if (self->file != NULL && self->autosave != NULL)
    show_title (self);
}

static void
on_updated_cb (MashContactPage *self)
{
  g_autoptr (GMenuModel) menu = make_menu (self);

  gtk_menu_button_set_menu_model (self->more, menu);
  show_title (self);
  mash_contact_page_update_main (self);
  mash_contact_page_follow_stage (self);
}

/* The contact was closed to whoever has it before them. They are not told why; what was opened from
 * the page, such as a copy of it, goes too. */
static void
on_gone_cb (MashContactPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  if (root == NULL)
    return;

  for (GList *window = windows; window != NULL; window = window->next)
    {
      if (gtk_window_get_transient_for (window->data) == GTK_WINDOW (root))
        gtk_window_close (window->data);
    }
  mash_page_say (MASH_PAGE (self), _("This contact is not at this desk any more."));
  mash_page_go (MASH_PAGE (self), "win.put-away", NULL);
}

/* Another discussion is shown: what comes next is its. */
static void
on_discussion_cb (MashContactPage *self)
{
  if (self->autosave == NULL)
    return;

  mash_contact_page_update_main (self);
  mash_contact_page_follow_stage (self);
}

static void
show_draft (MashContactPage *self)
{
  gint64 draft_at = mash_contact_file_get_draft_at (self->file);
  g_autofree char *moment = mash_words_moment (draft_at, mash_page_get_now (MASH_PAGE (self)));
  g_autofree char *words = g_strdup_printf (_("What you typed (%s) is back."), moment);

  gtk_label_set_text (self->draft_words, words);
  gtk_widget_set_visible (self->draft_banner, draft_at != 0);
}

/* Tabs */

static const Tab *
find_tab (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (g_strcmp0 (tabs[i].tab, name) == 0)
      return &tabs[i];

  return NULL;
}

/**
 * mash_contact_page_set_tab:
 * @self: the page
 * @tab: `referral`, `family`, `timeline`, `decision`, `strategy`, `work` or `access`
 */
void
mash_contact_page_set_tab (MashContactPage *self,
                           const char      *tab)
{
  const Tab *found = find_tab (tab);
  g_auto (GStrv) hints = NULL;

  g_return_if_fail (MASH_IS_CONTACT_PAGE (self));

  if (found == NULL || !mash_set_str (&self->tab, found->tab))
    return;

  hints = g_strsplit (_(found->hints), "\n", -1);
  g_object_set (self, "help-topic", found->help, "hints", hints, NULL);
  gtk_stack_set_visible_child_name (self->stack, tab);
  if (g_str_equal (tab, "timeline"))
    mash_timeline_tab_load (self->timeline);
  if (g_str_equal (tab, "access"))
    mash_access_tab_load (self->access);
  if (self->file != NULL)
    {
      mash_contact_page_submit_typed (self, FALSE);
      mash_contact_page_update_main (self);
      on_room_cb (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAB]);
}

/**
 * mash_contact_page_step_tab:
 * @self: the page
 * @step: 1 for the next tab, -1 for the one before
 *
 * Goes to a neighbouring tab; past the ends, and to what is not shown, it does not.
 */
void
mash_contact_page_step_tab (MashContactPage *self,
                            int              step)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (tabs); i++)
    if (g_strcmp0 (tabs[i].tab, self->tab) == 0)
      {
        int next = i + step;

        if (next >= 0 && next < (int) G_N_ELEMENTS (tabs) &&
            (!g_str_equal (tabs[next].tab, "access") ||
             gtk_widget_get_visible (self->access_button)))
          mash_contact_page_set_tab (self, tabs[next].tab);
        return;
      }
}

/* Where all must stand in one column, the tabs stand in one line all the same. */
static char *
name_decision_tab (MashContactPage *self,
                   guint            compact)
{
  return g_strdup (compact == 2 ? _("_Decision") : _("Analysis & _decision"));
}

/* Callbacks of the parts */

static void
on_bar_done_cb (MashContactPage *self,
                const char      *deed)
{
  mash_contact_page_deed_done (self, deed);
}

static void
on_decision_altered_cb (MashContactPage *self)
{
  mash_contact_page_queue_examine (self);
}

static void
on_decision_deed_cb (MashContactPage *self,
                     const char      *deed)
{
  mash_contact_page_decide (self, deed);
}

/* Gives the part of the page that the focus is in: leaving it saves what was typed in it. */
static GtkWidget *
find_section (GtkWidget *focus)
{
  GtkWidget *section;

  if (focus == NULL)
    return NULL;

  section = gtk_widget_get_ancestor (focus, MASH_TYPE_FORM_SECTION);

  return section != NULL ? section : gtk_widget_get_ancestor (focus, MASH_TYPE_CONTACT_PART);
}

static void
on_focus_cb (MashContactPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *section = root != NULL ? find_section (gtk_root_get_focus (root)) : NULL;

  if (self->autosave == NULL)
    return;

  if (section != self->section && self->dirty)
    mash_contact_page_submit_typed (self, FALSE);
  else if (self->dirty)
    mash_autosave_keep_draft (self->autosave);
  self->section = section;
}

/* Overrides */

static gboolean
mash_contact_page_is_asking (MashPage *page)
{
  return mash_deed_bar_is_open (MASH_CONTACT_PAGE (page)->deed_bar);
}

/* Who writes a note means the note. The toolkit asks the window for its keys before any part of it,
 * so that it has to be asked here. */
static void
mash_contact_page_run_main (MashPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_ancestor (focus, MASH_TYPE_MENTION_TEXT) != NULL &&
      gtk_widget_activate_action (focus, "work.add", NULL))
    return;

  mash_contact_page_run_main_deed (MASH_CONTACT_PAGE (page));
}

static void
mash_contact_page_save_now (MashPage *page)
{
  mash_contact_page_submit_typed (MASH_CONTACT_PAGE (page), TRUE);
}

static void
mash_contact_page_next_missing (MashPage *page)
{
  MashContactPage *self = MASH_CONTACT_PAGE (page);

  mash_contact_page_set_tab (self, "referral");
  mash_referral_tab_go_missing (self->referral);
}

/* The draft goes first: where the page is left because the desk locks, a refusal of what is typed
 * would come too late to keep it. */
static void
mash_contact_page_leave (MashPage *page)
{
  if (mash_contact_file_get_gone (MASH_CONTACT_PAGE (page)->file))
    return;

  mash_autosave_keep_draft (MASH_CONTACT_PAGE (page)->autosave);
  mash_contact_page_submit_typed (MASH_CONTACT_PAGE (page), FALSE);
}

static void
mash_contact_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_contact_page_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (on_focus_cb), widget, G_CONNECT_SWAPPED);
}

static void
mash_contact_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_focus_cb, widget);

  GTK_WIDGET_CLASS (mash_contact_page_parent_class)->unroot (widget);
}

static void
mash_contact_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_TAB:
      g_value_set_string (value, self->tab);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);

  switch (prop_id)
    {
    case PROP_TAB:
      mash_contact_page_set_tab (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_page_dispose (GObject *object)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);

  g_clear_handle_id (&self->examine_source, g_source_remove);
  g_cancellable_cancel (self->examining);
  g_clear_object (&self->examining);
  g_clear_object (&self->autosave);
  g_clear_weak_pointer (&self->asked_at);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_CONTACT_PAGE);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (mash_contact_page_parent_class)->dispose (object);
}

static void
mash_contact_page_finalize (GObject *object)
{
  g_clear_pointer (&MASH_CONTACT_PAGE (object)->stage, g_free);
  g_clear_pointer (&MASH_CONTACT_PAGE (object)->tab, g_free);

  G_OBJECT_CLASS (mash_contact_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MASH_TYPE_CONFLICT_PANEL);
  g_type_ensure (MASH_TYPE_CONTACT_HEAD);
  g_type_ensure (MASH_TYPE_ACCESS_TAB);
  g_type_ensure (MASH_TYPE_WORK_TAB);
  g_type_ensure (MASH_TYPE_DECISION_TAB);
  g_type_ensure (MASH_TYPE_DEED_BAR);
  g_type_ensure (MASH_TYPE_FAMILY_TAB);
  g_type_ensure (MASH_TYPE_REFERRAL_TAB);
  g_type_ensure (MASH_TYPE_STRATEGY_TAB);
  g_type_ensure (MASH_TYPE_TIMELINE_TAB);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-contact-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, draft_banner);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, draft_words);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, deed_bar);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, more);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, reason);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, referral);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, family);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, decision);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, strategy);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, access);
  gtk_widget_class_bind_template_child (widget_class, MashContactPage, access_button);
  gtk_widget_class_bind_template_callback (widget_class, name_decision_tab);
  gtk_widget_class_bind_template_callback (widget_class, mash_contact_page_give_back_focus);
  gtk_widget_class_bind_template_callback (widget_class, on_discussion_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_decision_altered_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_decision_deed_cb);
}

static void
mash_contact_page_class_init (MashContactPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashPageClass *page_class = MASH_PAGE_CLASS (klass);

  object_class->dispose = mash_contact_page_dispose;
  object_class->finalize = mash_contact_page_finalize;
  object_class->get_property = mash_contact_page_get_property;
  object_class->set_property = mash_contact_page_set_property;

  widget_class->root = mash_contact_page_root;
  widget_class->unroot = mash_contact_page_unroot;

  page_class->is_asking = mash_contact_page_is_asking;
  page_class->run_main = mash_contact_page_run_main;
  page_class->save_now = mash_contact_page_save_now;
  page_class->next_missing = mash_contact_page_next_missing;
  page_class->leave = mash_contact_page_leave;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TAB] = g_param_spec_string ("tab", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  mash_contact_page_install_actions (widget_class);
}

static void
mash_contact_page_init (MashContactPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_contact_page_new:
 * @service: the service, signed in
 * @file: an open contact, or a new one
 *
 * Returns: (transfer floating): the page of @file
 */
MashPage *
mash_contact_page_new (MashService     *service,
                       MashContactFile *file)
{
  MashContactPage *self = g_object_new (MASH_TYPE_CONTACT_PAGE, "service", service, NULL);
  const MashActor *actor = mash_service_get_actor (service);

  self->file = g_object_ref (file);
  self->autosave = mash_autosave_new (service, file);
  g_signal_connect_object (self->autosave, "notify::state", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::compact", G_CALLBACK (on_room_cb), NULL);
  g_signal_connect_object (file, "notify::saved-at", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (file, "notify::gone", G_CALLBACK (on_gone_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (file, "updated", G_CALLBACK (on_updated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->access_button,
                          actor != NULL &&
                          mash_policy_get_grant (mash_service_get_policy (service), actor->role,
                                                 PERMISSION_ACCESS_LOG, NULL) != MASH_GRANT_NO);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  mash_contact_page_set_tab (self, "referral");
  on_updated_cb (self);
  show_draft (self);

  return MASH_PAGE (self);
}

MashContactFile *
mash_contact_page_get_file (MashContactPage *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_PAGE (self), NULL);

  return self->file;
}
