/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-detail.h"

#include <glib/gi18n-lib.h>

#include "mash-sentences.h"
#include "mash-tag.h"
#include "mash-text.h"
#include "mash-time.h"
#include "mash-timeline-words.h"
#include "mash-wrap-layout.h"

struct _MashTimelineDetail
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkStack    *stack;
  GtkLabel    *headline;
  GtkLabel    *moment;
  GtkWidget   *significance;
  GtkWidget   *kind;
  GtkWidget   *basis;
  GtkWidget   *handling;
  GtkLabel    *withdrawn;
  GtkLabel    *detail;
  GtkWidget   *source_head;
  GtkLabel    *source;
  GtkLabel    *who;
  GtkLabel    *author;
  GtkButton   *open_source;
  GtkButton   *withdraw;
  GtkRevealer *withdrawing;
  GtkEditable *reason;
  GtkLabel    *refusal;

  /* Owned */
  GObject     *entry;
};

G_DEFINE_FINAL_TYPE (MashTimelineDetail, mash_timeline_detail, MASH_TYPE_CONTACT_PART)

/* Which tab shows a record of a kind; what none of these shows is whole in the entry itself. */
static const struct
{
  const char *kind;
  const char *tab;
} sources[] = {
  { "contact", "referral" },
  { "referrer", "referral" },
  { "concern", "referral" },
  { "source-document", "referral" },
  { "agreement", "referral" },
  { "lawful-basis", "referral" },
  { "informing", "referral" },
  { "override", "referral" },
  { "person", "family" },
  { "contact-subject", "family" },
  { "relationship", "family" },
  { "household-member", "family" },
  { "recommendation", "decision" },
  { "decision", "decision" },
  { "disposal", "decision" },
  { "risk-analysis", "decision" },
  { "sign-off", "decision" },
  { "brag-history", "decision" },
  { "note", "work" },
  { "task", "work" },
  { "flag", "work" },
};

static char *
dup_value (MashTimelineDetail *self,
           const char         *property)
{
  char *value = NULL;

  if (self->entry != NULL)
    g_object_get (self->entry, property, &value, NULL);

  return value;
}

static const char *
find_tab (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_strcmp0 (sources[i].kind, kind) == 0)
      return sources[i].tab;

  return NULL;
}

static gboolean
is_elsewhere (MashTimelineDetail *self)
{
  g_autofree char *contact = dup_value (self, "contact");
  MashEntity *own = mash_contact_part_get_contact (MASH_CONTACT_PART (self));

  return contact != NULL && g_strcmp0 (contact, mash_entity_get_id (own)) != 0;
}

/* Only what somebody wrote by hand is taken back here, and only by themselves. */
static gboolean
may_withdraw (MashTimelineDetail *self)
{
  g_autofree char *kind = dup_value (self, "record-kind");
  g_autofree char *record = dup_value (self, "record");
  g_autofree char *voided = dup_value (self, "voided-reason");
  MashEntity *entity = NULL;
  const MashActor *actor;

  if (g_strcmp0 (kind, "timeline-entry") != 0 || voided != NULL || is_elsewhere (self))
    return FALSE;

  actor = mash_service_get_actor (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  entity = mash_contact_file_find (mash_contact_part_get_file (MASH_CONTACT_PART (self)), record);

  return entity != NULL && actor != NULL && mash_entity_get_record (entity) != NULL &&
         g_strcmp0 (mash_record_get_stamps (mash_entity_get_record (entity))->created_by,
                    actor->person) == 0;
}

static void
show_text (GtkLabel   *label,
           const char *text,
           const char *otherwise)
{
  g_autofree char *shown = mash_text_dup_visible (text != NULL ? text : "");

  gtk_label_set_text (label, *shown != '\0' ? shown : otherwise);
}

static void
show_tag (MashTimelineDetail *self,
          GtkWidget          *tag,
          const char         *list,
          const char         *property)
{
  g_autofree char *code = dup_value (self, property);
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));

  gtk_widget_set_visible (tag, code != NULL && *code != '\0');
  if (code != NULL && policy != NULL)
    g_object_set (tag, "label", mash_policy_get_label (policy, list, code), NULL);
}

static void
show_source (MashTimelineDetail *self)
{
  g_autofree char *kind = dup_value (self, "record-kind");
  g_autofree char *reference = dup_value (self, "reference");
  g_autofree char *source = dup_value (self, "source");
  g_autofree char *origin = dup_value (self, "origin");
  g_autofree char *words = NULL;
  gboolean elsewhere = is_elsewhere (self);

  gtk_widget_set_visible (self->source_head, source != NULL || elsewhere);
  gtk_widget_set_visible (GTK_WIDGET (self->source), source != NULL || elsewhere);
  if (elsewhere)
    /* Translators: %s is a contact’s reference. */
    words = g_strdup_printf (_("Contact %s"), reference);
  if (source != NULL && words != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s · %s", source, words);

      show_text (self->source, both, "");
    }
  else
    {
      show_text (self->source, source != NULL ? source : words, "");
    }

  gtk_button_set_label (self->open_source, elsewhere ? _("Open that _contact")
                                                     : _("Open the _source"));
  gtk_widget_set_visible (GTK_WIDGET (self->open_source),
                          elsewhere || origin != NULL || find_tab (kind) != NULL);
}

static void
show_entry (MashTimelineDetail *self)
{
  g_autofree char *significance = dup_value (self, "significance");
  g_autofree char *headline = dup_value (self, "headline");
  g_autofree char *detail = dup_value (self, "detail");
  g_autofree char *who = dup_value (self, "who");
  g_autofree char *author = dup_value (self, "author");
  g_autofree char *precision = dup_value (self, "precision");
  g_autofree char *voided = dup_value (self, "voided-reason");
  g_autofree char *moment = NULL;
  g_autofree char *sign = mash_timeline_words_sign (significance);
  g_autofree char *taken_back = NULL;
  gint64 at = 0;

  g_object_get (self->entry, "at", &at, NULL);
  moment = mash_timeline_words_moment (at, precision);
  show_text (self->headline, headline, "");
  show_text (self->detail, detail, _("Nothing more was written down."));
  show_text (self->who, who, _("Nobody in particular"));
  show_text (self->author, author, _("Not known"));
  gtk_label_set_text (self->moment, moment);
  gtk_label_set_text (GTK_LABEL (self->significance), sign);
  gtk_widget_set_css_classes (self->significance,
                              (const char *[]) { "mash-significance",
                                                 significance != NULL ? significance : "routine",
                                                 NULL });
  taken_back = g_strdup_printf (_("Withdrawn: %s"), voided != NULL ? voided : "");
  show_text (self->withdrawn, taken_back, "");
  gtk_widget_set_visible (GTK_WIDGET (self->withdrawn), voided != NULL);
  show_tag (self, self->kind, "TLK", "kind");
  show_tag (self, self->basis, "FOO", "basis");
  show_tag (self, self->handling, "HAND", "handling");
  show_source (self);
  gtk_widget_set_visible (GTK_WIDGET (self->withdraw), may_withdraw (self));
}

/* Withdrawing */

static void
stop_withdrawing (MashTimelineDetail *self)
{
  gtk_revealer_set_reveal_child (self->withdrawing, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->withdrawing), FALSE);
  gtk_editable_set_text (self->reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
}

static void
on_withdrawn_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashTimelineDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (object), result, &error))
    {
      stop_withdrawing (self);
      return;
    }

  sentence = mash_sentence_for_error (error);
  gtk_label_set_text (self->refusal, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
}

static void
begin_withdrawing_cb (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  MashTimelineDetail *self = MASH_TIMELINE_DETAIL (widget);

  if (!may_withdraw (self))
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->withdrawing), TRUE);
  gtk_revealer_set_reveal_child (self->withdrawing, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
cancel_withdrawing_cb (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  stop_withdrawing (MASH_TIMELINE_DETAIL (widget));
}

static void
confirm_withdrawing_cb (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  MashTimelineDetail *self = MASH_TIMELINE_DETAIL (widget);
  g_autofree char *record = dup_value (self, "record");
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *entity = record != NULL ? mash_contact_file_find (file, record) : NULL;
  const char *reason = gtk_editable_get_text (self->reason);
  g_autoptr (MashGroup) group = NULL;
  MashEdit *edit;

  if (entity == NULL || mash_entity_get_record (entity) == NULL)
    return;

  group = mash_group_new ("withdraw-event",
                          mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
  edit = mash_edit_new_for (mash_entity_get_record (entity));
  mash_edit_void (edit, reason);
  mash_group_take_edit (group, edit);
  if (*reason != '\0')
    mash_group_set_reason (group, reason);
  mash_service_submit_async (mash_contact_part_get_service (MASH_CONTACT_PART (self)), group, NULL,
                             on_withdrawn_cb, g_object_ref (self));
}

static void
open_source_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  mash_timeline_detail_open_source (MASH_TIMELINE_DETAIL (widget));
}

static void
on_entry_notify_cb (MashTimelineDetail *self)
{
  if (self->entry != NULL)
    show_entry (self);
}

/* Overrides */

static void
let_go (MashTimelineDetail *self)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, on_entry_notify_cb, self);
  g_clear_object (&self->entry);
}

static void
mash_timeline_detail_dispose (GObject *object)
{
  MashTimelineDetail *self = MASH_TIMELINE_DETAIL (object);

  let_go (self);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_TIMELINE_DETAIL);

  G_OBJECT_CLASS (mash_timeline_detail_parent_class)->dispose (object);
}

static void
mash_timeline_detail_class_init (MashTimelineDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_timeline_detail_dispose;

  g_type_ensure (MASH_TYPE_TAG);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-timeline-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, headline);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, moment);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, significance);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, kind);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, basis);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, handling);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, withdrawn);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, detail);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, source_head);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, source);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, who);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, author);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, open_source);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, withdraw);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, withdrawing);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, reason);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineDetail, refusal);
  gtk_widget_class_install_action (widget_class, "entry.open-source", NULL, open_source_cb);
  gtk_widget_class_install_action (widget_class, "entry.withdraw", NULL, begin_withdrawing_cb);
  gtk_widget_class_install_action (widget_class, "entry.keep", NULL, cancel_withdrawing_cb);
  gtk_widget_class_install_action (widget_class, "entry.confirm", NULL, confirm_withdrawing_cb);
}

static void
mash_timeline_detail_init (MashTimelineDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_timeline_detail_show:
 * @self: the pane
 * @entry: (nullable): a MashTimelineItem
 *
 * Shows an entry, and what is still being read of it as soon as it has been.
 */
void
mash_timeline_detail_show (MashTimelineDetail *self,
                           GObject            *entry)
{
  g_return_if_fail (MASH_IS_TIMELINE_DETAIL (self));

  if (entry != self->entry)
    {
      stop_withdrawing (self);
      let_go (self);
      self->entry = entry != NULL ? g_object_ref (entry) : NULL;
      if (entry != NULL)
        g_signal_connect_swapped (entry, "notify", G_CALLBACK (on_entry_notify_cb), self);
    }
  gtk_stack_set_visible_child_name (self->stack, entry != NULL ? "entry" : "none");
  if (entry != NULL)
    show_entry (self);
}

/* What another system gave stands in no tab: the row of the file itself is shown. */
static void
show_origin (MashTimelineDetail *self,
             const char         *origin)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *shown = mash_text_dup_visible (origin);
  AdwMessageDialog *dialog;

  if (!GTK_IS_WINDOW (root))
    return;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (root), _("What was imported"),
                                                       shown));
  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * mash_timeline_detail_open_source:
 * @self: the pane
 *
 * Goes to what the entry came from: another contact, the tab that shows the record, or the row of
 * an imported file.
 */
void
mash_timeline_detail_open_source (MashTimelineDetail *self)
{
  MashPage *page;
  g_autofree char *contact = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *origin = NULL;

  g_return_if_fail (MASH_IS_TIMELINE_DETAIL (self));

  page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  if (self->entry == NULL || page == NULL)
    return;

  contact = dup_value (self, "contact");
  kind = dup_value (self, "record-kind");
  origin = dup_value (self, "origin");
  if (origin != NULL)
    show_origin (self, origin);
  else if (is_elsewhere (self))
    mash_page_go (page, "win.open-contact", contact);
  else if (find_tab (kind) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (page), "contact.tab", "s", find_tab (kind));
}
