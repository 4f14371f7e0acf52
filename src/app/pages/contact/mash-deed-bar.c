/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-deed-bar.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-conflict-panel.h"
#include "mash-deed-forms.h"
#include "mash-discussion-begin.h"
#include "mash-passphrase-entry.h"
#include "mash-record-form.h"
#include "mash-scroll-layout.h"
#include "mash-sentences.h"
#include "mash-service-strategy.h"
#include "mash-set-str.h"
#include "mash-time.h"

struct _MashDeedBar
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkRevealer          *revealer;
  GtkLabel             *heading;
  GtkLabel             *meaning;
  GtkWidget            *fields;
  MashConflictPanel    *conflict;
  GtkWidget            *reason_row;
  GtkLabel             *reason_words;
  GtkEditable          *reason;
  MashPassphraseEntry  *passphrase;
  GtkLabel             *refusal;
  GtkButton            *confirm;

  /* Owned */
  MashEntity           *entity;
  GCancellable         *cancellable;
  GCancellable         *preparing;
  MashGroup            *parts;          /* what a discussion begins with */
  char                 *record;         /* what was pointed at */

  /* Borrowed */
  const MashDeedForm   *form;

  guint                 examine_source;
  guint                 submitting : 1;
  guint                 waits : 1;      /* for the parts, to be confirmed */
  guint                 busy : 1;       /* what changes was not typed */
};

G_DEFINE_FINAL_TYPE (MashDeedBar, mash_deed_bar, MASH_TYPE_CONTACT_PART)

#define EXAMINE_AFTER 200

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const MashDeed *
get_deed (MashDeedBar *self)
{
  return mash_deed_form_get_deed (self->form,
                                  mash_contact_part_get_policy (MASH_CONTACT_PART (self)));
}

static void queue_examine (MashDeedBar *self);

static void
refuse (MashDeedBar *self,
        GError      *error)
{
  g_autofree char *sentence = mash_sentence_for_error (error);

  gtk_label_set_text (self->refusal, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deed-bar.confirm", TRUE);
}

/* What the deed fills in stands beside the open contact, not in it: nothing of it is saved before
 * the deed is done, and Cancel leaves no trace. */
static MashEntity *
make_entity (MashDeedBar *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *before = mash_deed_form_find_record (self->form, file, self->record);
  g_autofree char *id = NULL;
  MashEntity *entity;

  if (before != NULL && mash_entity_get_record (before) != NULL)
    return mash_entity_new_for_record (mash_entity_get_record (before));

  id = mash_service_make_id (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  entity = mash_entity_new (mash_kind_lookup (self->form->kind), id);
  mash_entity_set_text (entity, "contact",
                        mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
  if (self->form->points != NULL)
    mash_entity_set_text (entity, self->form->points, self->record);

  return entity;
}

static char *
dup_now (MashDeedBar *self)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));

  return mash_time_format (mash_service_get_now (service));
}

/* A discussion begins with more than its own words: with whoever is invited, and every child. */
static gboolean
needs_parts (MashDeedBar *self)
{
  return g_strcmp0 (self->form->kind, "strategy-discussion") == 0 &&
         mash_words_contain ("start-discussion convene-discussion", get_deed (self)->id);
}

/* Whoever pressed the button before the parts were there has it pressed for them. */
static void
on_prepared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashDeedBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) parts = mash_service_prepare_discussion_finish (MASH_SERVICE (object),
                                                                        result, &error);
  gboolean waits = self->waits;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->waits = FALSE;
  if (parts == NULL)
    {
      refuse (self, error);
      return;
    }

  self->parts = g_steal_pointer (&parts);
  queue_examine (self);
  if (waits)
    mash_deed_bar_confirm (self);
}

static void
forget_parts (MashDeedBar *self)
{
  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  g_clear_pointer (&self->parts, mash_group_unref);
  self->waits = FALSE;
}

static void
take_parts (MashDeedBar *self,
            MashGroup   *group)
{
  for (guint i = 0; self->parts != NULL && i < mash_group_get_n_edits (self->parts); i++)
    mash_group_take_edit (group, mash_edit_copy (mash_group_get_edit (self->parts, i)));
}

/* A discussion begins with every child of the contact and with whoever starts it; a signature says
 * which content stood there when it was asked for. */
static void
begin_discussion (MashDeedBar *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashService *service = mash_contact_part_get_service (part);
  MashContactFile *file = mash_contact_part_get_file (part);

  if (g_str_equal (mash_entity_get_kind (self->entity)->name, "sd-request"))
    mash_discussion_seen (file, self->entity);
  if (!needs_parts (self))
    return;

  mash_discussion_begin (file, self->entity, mash_service_get_actor (service)->person);
  self->preparing = g_cancellable_new ();
  mash_service_prepare_discussion_async (service, self->entity, self->preparing, on_prepared_cb,
                                         g_object_ref (self));
}

/* What begins as the moment at which it is asked for, unless it has been said before. */
static void
begin_entity (MashDeedBar *self)
{
  const MashDeedForm *form = self->form;
  g_autofree char *now = dup_now (self);

  if (form->at_field != NULL && mash_entity_get_text (self->entity, form->at_field) == NULL)
    mash_entity_set_text (self->entity, form->at_field, now);
  begin_discussion (self);
}

static MashEntity *
find_newest (MashContactFile *file,
             const char      *kind)
{
  GListModel *list = mash_contact_file_get_list (file, kind);
  guint n = g_list_model_get_n_items (list);
  g_autoptr (MashEntity) newest = n > 0 ? g_list_model_get_item (list, n - 1) : NULL;

  return newest;
}

/* A hand-over belongs to the decision that it carries out, early help to what was recommended. */
static void
tie_entity (MashDeedBar *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  const char *to = g_strcmp0 (self->form->kind, "disposal") == 0 ? "decision" :
                   g_strcmp0 (self->form->kind, "early-help") == 0 ? "recommendation" : NULL;
  MashEntity *tied = to != NULL ? find_newest (file, to) : NULL;

  if (tied != NULL && mash_entity_get_record (tied) != NULL &&
      mash_entity_get_record (self->entity) == NULL)
    mash_entity_set_text (self->entity, to, mash_entity_get_id (tied));
}

/* What is not asked for but follows: the instant, the person, what it belongs to. */
static void
complete_entity (MashDeedBar *self)
{
  const MashDeedForm *form = self->form;
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  g_autofree char *now = dup_now (self);

  self->busy = TRUE;
  if (form->now_field != NULL &&
      (form->now_when == NULL || mash_entity_get_text (self->entity, form->now_when) != NULL))
    mash_entity_set_text (self->entity, form->now_field, now);
  if (form->me_field != NULL)
    mash_entity_set_text (self->entity, form->me_field,
                          mash_service_get_actor (service)->person);
  if (form->preset != NULL)
    {
      g_auto (GStrv) words = g_strsplit (form->preset, " ", 2);

      mash_entity_set_text (self->entity, words[0], words[1]);
    }
  tie_entity (self);
  self->busy = FALSE;
}

static MashGroup *
dup_group (MashDeedBar *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashGroup *group = mash_group_new (
    get_deed (self)->id, mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
  const char *reason = gtk_editable_get_text (self->reason);

  if (self->entity != NULL)
    {
      MashEdit *edit;

      complete_entity (self);
      edit = mash_entity_dup_edit (self->entity);
      if (edit != NULL && !mash_edit_is_empty (edit))
        mash_group_take_edit (group, edit);
      else
        g_clear_pointer (&edit, mash_edit_free);
      take_parts (self, group);
    }
  if (self->form->reason != NULL && *reason != '\0')
    mash_group_set_reason (group, reason);

  return group;
}

static void
on_examined_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashDeedBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerdict) verdict = mash_service_examine_finish (MASH_SERVICE (object), result,
                                                                &error);
  const char *refusal = NULL;

  if (verdict == NULL || self->form == NULL)
    return;

  refusal = mash_verdict_get_refusal (verdict);
  gtk_label_set_text (self->refusal, refusal != NULL ? refusal : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), refusal != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deed-bar.confirm",
                            mash_verdict_get_allowed (verdict) && !self->submitting);
}

static void
examine (gpointer user_data)
{
  MashDeedBar *self = user_data;
  g_autoptr (MashGroup) group = NULL;

  self->examine_source = 0;
  /* The page may have left the window meanwhile. */
  if (self->form == NULL || (needs_parts (self) && self->parts == NULL) ||
      mash_contact_part_get_service (MASH_CONTACT_PART (self)) == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  group = dup_group (self);
  mash_service_examine_async (mash_contact_part_get_service (MASH_CONTACT_PART (self)), group,
                              self->cancellable, on_examined_cb, g_object_ref (self));
}

static void
queue_examine (MashDeedBar *self)
{
  if (self->examine_source == 0)
    self->examine_source = g_timeout_add_once (EXAMINE_AFTER, examine, self);
}

/* What is kept with the draft, by name: “note.open”, “note.record”, “note.reason”. */
static char *
dup_loose_name (MashDeedBar *self,
                const char  *word)
{
  return g_strconcat (self->form->deed, ".", word, NULL);
}

/* What is typed in the bar goes into the draft, and that it is open; the passphrase never does. */
static void
lay_aside (MashDeedBar *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_autofree char *open = dup_loose_name (self, "open");
  g_autofree char *record = dup_loose_name (self, "record");
  g_autofree char *told = dup_loose_name (self, "reason");
  const char *reason = gtk_editable_get_text (self->reason);

  mash_contact_file_set_loose (file, open, self->record != NULL ? self->record : "1");
  mash_contact_file_set_loose (file, told, *reason != '\0' ? reason : NULL);
  if (self->entity != NULL)
    mash_contact_file_lay_aside (file, record, self->entity);
}

static void
on_typed_cb (MashDeedBar *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (self->form == NULL || self->busy || host == NULL)
    return;

  lay_aside (self);
  mash_form_host_typed (host);
  queue_examine (self);
}

/* Gives back what was typed in the bar before a lock or a crash. */
static void
take_up (MashDeedBar *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_autofree char *record = dup_loose_name (self, "record");
  g_autofree char *told = dup_loose_name (self, "reason");
  const char *reason = mash_contact_file_get_loose (file, told);

  if (self->entity != NULL)
    mash_contact_file_take_up (file, record, self->entity);
  gtk_editable_set_text (self->reason, reason != NULL ? reason : "");
}

static void
finish (MashDeedBar *self,
        gboolean     done,
        GError      *error)
{
  const char *deed = self->form != NULL ? get_deed (self)->id : NULL;

  self->submitting = FALSE;
  mash_passphrase_entry_clear (self->passphrase);
  if (!done)
    {
      refuse (self, error);
      return;
    }

  /* The service has let go of what was told under the deed’s own name. */
  if (self->form != NULL && self->form->does != NULL)
    mash_contact_file_clear_loose (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                   self->form->deed);
  mash_deed_bar_close (self);
  g_signal_emit (self, signals[DONE], 0, deed);
}

static void
on_submitted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashDeedBar) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_submit_finish (MASH_SERVICE (object), result, &error);

  finish (self, done, error);
}

static void
on_signed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashDeedBar) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_sign_finish (MASH_SERVICE (object), result, &error);

  finish (self, done, error);
}

static void
fill (MashDeedBar *self)
{
  const MashDeed *deed = get_deed (self);
  const char *label = mash_deed_form_get_label (
    self->form, mash_contact_part_get_policy (MASH_CONTACT_PART (self)));
  GtkWidget *child;

  mash_remove_children (self->fields);
  g_clear_object (&self->entity);
  forget_parts (self);

  if (self->form->kind != NULL)
    {
      child = mash_record_form_new (self->form->kind, self->form->layout);
      gtk_box_append (GTK_BOX (self->fields), child);
      self->entity = make_entity (self);
      begin_entity (self);
      mash_record_form_set_entity (MASH_RECORD_FORM (child), self->entity);
      g_signal_connect_object (self->entity, "notify", G_CALLBACK (on_typed_cb), self,
                               G_CONNECT_SWAPPED);
    }

  mash_conflict_panel_watch (self->conflict, self->entity);
  gtk_label_set_text (self->heading, label);
  gtk_button_set_label (self->confirm, label);
  gtk_label_set_text (self->meaning, deed->meaning != NULL ? deed->meaning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), deed->meaning != NULL);
  gtk_label_set_text (self->reason_words, self->form->reason != NULL ? _(self->form->reason) : "");
  gtk_widget_set_visible (self->reason_row, self->form->reason != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), deed->passphrase);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deed-bar.confirm", FALSE);
}

/* Leads the keyboard to the first thing that the deed asks for. */
static void
lead_in (MashDeedBar *self)
{
  if (gtk_widget_child_focus (self->fields, GTK_DIR_TAB_FORWARD))
    return;
  if (self->form->reason != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  else if (!gtk_widget_child_focus (GTK_WIDGET (self->passphrase), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
}

static void
confirm_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  mash_deed_bar_confirm (MASH_DEED_BAR (widget));
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  mash_deed_bar_give_up (MASH_DEED_BAR (widget));
}

/* What somebody else alters in the meantime stands in the bar at once, but for what was typed over
 * it: that is shown as a conflict, to be settled by whoever typed. */
static void
mash_deed_bar_updated (MashContactPart *part)
{
  MashDeedBar *self = MASH_DEED_BAR (part);
  MashEntity *kept = self->entity != NULL
    ? mash_contact_file_find (mash_contact_part_get_file (part), mash_entity_get_id (self->entity))
    : NULL;

  if (self->form == NULL || kept == NULL || mash_entity_get_record (kept) == NULL)
    return;

  self->busy = TRUE;
  mash_entity_set_record (self->entity, mash_entity_get_record (kept));
  self->busy = FALSE;
  mash_conflict_panel_watch (self->conflict, self->entity);
  queue_examine (self);
}

/* Whoever left a deed half asked for finds the bar as it was. */
static void
mash_deed_bar_file_set (MashContactPart *part)
{
  MashContactFile *file = mash_contact_part_get_file (part);
  const char *state = mash_entity_get_text (mash_contact_part_get_contact (part), "state");
  const char *const *deeds;
  guint n_deeds = mash_deed_form_list (&deeds);

  for (guint i = 0; i < n_deeds; i++)
    {
      g_autofree char *open = g_strconcat (deeds[i], ".open", NULL);
      const MashDeed *deed = mash_deed_form_get_deed (mash_deed_form_find (deeds[i]),
                                                      mash_contact_part_get_policy (part));
      const char *told = mash_contact_file_get_loose (file, open);

      if (told == NULL || deed == NULL || state == NULL || !mash_deed_leaves (deed, state))
        continue;
      mash_deed_bar_open (MASH_DEED_BAR (part), deeds[i],
                          mash_contact_file_find (file, told) != NULL ? told : NULL);
      return;
    }
}

static void
mash_deed_bar_dispose (GObject *object)
{
  MashDeedBar *self = MASH_DEED_BAR (object);

  g_clear_handle_id (&self->examine_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entity);
  forget_parts (self);
  g_clear_pointer (&self->record, g_free);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_DEED_BAR);

  G_OBJECT_CLASS (mash_deed_bar_parent_class)->dispose (object);
}

static void
mash_deed_bar_class_init (MashDeedBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_deed_bar_dispose;

  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_deed_bar_file_set;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_deed_bar_updated;

  g_type_ensure (MASH_TYPE_CONFLICT_PANEL);
  g_type_ensure (MASH_TYPE_PASSPHRASE_ENTRY);
  g_type_ensure (MASH_TYPE_SCROLL_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-deed-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, heading);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, meaning);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, fields);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, conflict);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, reason_row);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, reason_words);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, reason);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, refusal);
  gtk_widget_class_bind_template_child (widget_class, MashDeedBar, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_install_action (widget_class, "deed-bar.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "deed-bar.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "deed-bar.cancel", NULL);

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mash_deed_bar_init (MashDeedBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
mash_deed_bar_is_open (MashDeedBar *self)
{
  g_return_val_if_fail (MASH_IS_DEED_BAR (self), FALSE);

  return self->form != NULL;
}

/**
 * mash_deed_bar_open:
 * @self: the bar
 * @deed: a deed that it can ask for
 * @record: (nullable): the id of the record that it goes on with, where there are several
 *
 * Asks for what @deed needs, with the focus in the first field; not while another is being done.
 */
void
mash_deed_bar_open (MashDeedBar *self,
                    const char  *deed,
                    const char  *record)
{
  g_return_if_fail (MASH_IS_DEED_BAR (self));
  g_return_if_fail (mash_deed_form_find (deed) != NULL);

  /* What is being done closes the bar, and must not close it on another deed. */
  if (self->submitting)
    return;

  self->form = mash_deed_form_find (deed);
  mash_set_str (&self->record, record);
  self->busy = TRUE;
  fill (self);
  take_up (self);
  self->busy = FALSE;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  lead_in (self);
  queue_examine (self);
}

void
mash_deed_bar_close (MashDeedBar *self)
{
  g_return_if_fail (MASH_IS_DEED_BAR (self));

  self->form = NULL;
  forget_parts (self);
  mash_passphrase_entry_clear (self->passphrase);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mash_deed_bar_give_up:
 * @self: the bar
 *
 * Takes back what was typed in it, and closes it.
 */
void
mash_deed_bar_give_up (MashDeedBar *self)
{
  MashFormHost *host;

  g_return_if_fail (MASH_IS_DEED_BAR (self));

  if (self->form == NULL)
    return;

  host = mash_form_host_find (GTK_WIDGET (self));
  mash_contact_file_clear_loose (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                 self->form->deed);
  mash_deed_bar_close (self);
  if (host != NULL)
    mash_form_host_typed (host);
}

/**
 * mash_deed_bar_confirm:
 * @self: the bar, open
 *
 * Does the deed that it asks for. A refusal is shown in the bar, and nothing typed is lost.
 */
void
mash_deed_bar_confirm (MashDeedBar *self)
{
  MashService *service;
  g_autoptr (MashGroup) group = NULL;

  g_return_if_fail (MASH_IS_DEED_BAR (self));

  if (self->form == NULL || self->submitting)
    return;

  if (needs_parts (self) && self->parts == NULL)
    {
      self->waits = TRUE;
      return;
    }

  service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  group = dup_group (self);
  self->submitting = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deed-bar.confirm", FALSE);
  if (get_deed (self)->passphrase)
    mash_service_sign_async (service, group, mash_passphrase_entry_get_text (self->passphrase),
                             NULL, on_signed_cb, g_object_ref (self));
  else
    mash_service_submit_async (service, group, NULL, on_submitted_cb, g_object_ref (self));
}
