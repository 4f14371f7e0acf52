/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-circulation-window.h"

#include <glib/gi18n-lib.h>

#include "mash-agencies.h"
#include "mash-children.h"
#include "mash-discussion-paper.h"
#include "mash-facts.h"
#include "mash-file-picker.h"
#include "mash-paper-pdf.h"
#include "mash-paper-view.h"
#include "mash-passphrase-entry.h"
#include "mash-sentences.h"
#include "mash-service-circulation.h"
#include "mash-words.h"
#include "mash-work-row.h"

/* What the finished paper is wanted for. */
typedef enum
{
  WISH_NOTHING,
  WISH_SIGN,
  WISH_SAVE,
  WISH_PRINT,
} Wish;

struct _MashCirculationWindow
{
  AdwWindow            parent_instance;

  /* Template children */
  GtkEntry            *recipient;
  GtkLabel            *standing;
  GtkWidget           *waits_title;
  GtkListBox          *waits;
  GtkEntry            *reason;
  GtkWidget           *left_out_title;
  GtkListBox          *left_out;
  MashPassphraseEntry *passphrase;
  GtkWidget           *sign_button;
  GtkWidget           *send_buttons;
  GtkLabel            *status;
  MashPaperView       *view;

  /* Owned */
  MashPage            *page;
  MashContactFile     *file;
  char                *discussion;
  char                *variant;
  char                *agency;
  MashPaper           *paper;
  GBytes              *pdf;
  GFile               *destination;

  Wish                 wish;
};

G_DEFINE_FINAL_TYPE (MashCirculationWindow, mash_circulation_window, ADW_TYPE_WINDOW)

static MashService *
get_service (MashCirculationWindow *self)
{
  return mash_page_get_service (self->page);
}

static MashCopyFor
get_copy (MashCirculationWindow *self)
{
  return (MashCopyFor) { self->variant, self->agency };
}

static GPtrArray *
list (MashCirculationWindow *self,
      MashShare              share)
{
  const MashCopyFor copy = get_copy (self);

  return mash_circulation_list (MASH_FACTS (self->file), self->discussion, &copy, share);
}

/* The copy that somebody has read and that has not gone yet. */
static MashEntity *
find_read (MashCirculationWindow *self)
{
  MashEntity *discussion = mash_contact_file_find (self->file, self->discussion);
  GListModel *copies = mash_contact_file_get_list (self->file, "sd-circulation");

  for (guint i = g_list_model_get_n_items (copies); i > 0; i--)
    {
      g_autoptr (MashEntity) copy = g_list_model_get_item (copies, i - 1);

      if (g_strcmp0 (mash_entity_get_text (copy, "discussion"), self->discussion) == 0 &&
          g_strcmp0 (mash_entity_get_text (copy, "variant"), self->variant) == 0 &&
          g_strcmp0 (mash_entity_get_text (copy, "recipient-agency"), self->agency) == 0 &&
          mash_entity_get_text (copy, "document") != NULL &&
          mash_entity_get_text (copy, "sent-at") == NULL && discussion != NULL &&
          mash_entity_get_int (copy, "rev") == mash_entity_get_int (discussion, "rev"))
        return copy;
    }

  return NULL;
}

static void
say (MashCirculationWindow *self,
     const char            *sentence,
     gboolean               bad)
{
  gtk_label_set_label (self->status, sentence);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "mash-bad");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "mash-bad");
}

/* What waits, and what is left out */

static gboolean
is_mine (MashCirculationWindow *self,
         MashRecord            *paragraph)
{
  const MashActor *actor = mash_service_get_actor (get_service (self));

  return actor != NULL && g_strcmp0 (mash_record_get_text (paragraph, "agency"),
                                     actor->agency) == 0;
}

/* Who chaired takes out what nobody can be asked about, and says why. */
static gboolean
may_only_remove (MashCirculationWindow *self,
                 MashRecord            *paragraph)
{
  const MashActor *actor = mash_service_get_actor (get_service (self));
  MashEntity *discussion = mash_contact_file_find (self->file, self->discussion);

  return actor != NULL && discussion != NULL && !is_mine (self, paragraph) &&
         g_strcmp0 (mash_entity_get_text (discussion, "chair"), actor->person) == 0 &&
         !mash_agencies_has_staff (self->file, mash_service_get_staff (get_service (self)),
                                   mash_record_get_text (paragraph, "agency"));
}

static void
add_paragraph (MashCirculationWindow *self,
               GtkListBox            *rows,
               MashRecord            *paragraph)
{
  const MashCopyFor copy = get_copy (self);
  g_autofree char *reason = mash_circulation_dup_reason (MASH_FACTS (self->file), paragraph,
                                                         &copy);
  const char *text = mash_record_get_text (paragraph, "text");
  const char *id = mash_record_get_id (paragraph);
  MashWorkRow *row = mash_work_row_new (text != NULL ? text : _("Words that you may not read"),
                                        reason);

  if (rows == self->waits && is_mine (self, paragraph))
    {
      mash_work_row_add_deed (row, _("Release"), "copy.release", id);
      mash_work_row_add_deed (row, _("Remove"), "copy.remove", id);
    }
  else if (rows == self->waits && may_only_remove (self, paragraph))
    {
      mash_work_row_add_deed (row, _("Remove"), "copy.remove", id);
      gtk_widget_set_visible (GTK_WIDGET (self->reason), TRUE);
    }
  gtk_list_box_append (rows, GTK_WIDGET (row));
}

static guint
show_list (MashCirculationWindow *self,
           GtkListBox            *rows,
           GtkWidget             *title,
           MashShare              share)
{
  g_autoptr (GPtrArray) paragraphs = list (self, share);

  mash_remove_children (GTK_WIDGET (rows));
  for (guint i = 0; i < paragraphs->len; i++)
    add_paragraph (self, rows, g_ptr_array_index (paragraphs, i));
  gtk_widget_set_visible (GTK_WIDGET (rows), paragraphs->len > 0);
  gtk_widget_set_visible (title, paragraphs->len > 0);

  return paragraphs->len;
}

static void
show_paper (MashCirculationWindow *self)
{
  g_clear_pointer (&self->paper, mash_paper_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->paper = mash_discussion_paper_new (mash_page_get_policy (self->page),
                                           MASH_FACTS (self->file), &(MashDiscussionCopy) {
    self->discussion, get_copy (self), gtk_editable_get_text (GTK_EDITABLE (self->recipient)),
    mash_service_get_staff (get_service (self)),
  });
  if (self->paper != NULL)
    mash_paper_view_set_paper (self->view, self->paper);
}

static void
update_buttons (MashCirculationWindow *self,
                guint                  n_waiting)
{
  MashEntity *read = find_read (self);
  gboolean named = *gtk_editable_get_text (GTK_EDITABLE (self->recipient)) != '\0';
  gboolean idle = self->wish == WISH_NOTHING && self->paper != NULL;

  gtk_editable_set_editable (GTK_EDITABLE (self->recipient), read == NULL && idle);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), read == NULL);
  gtk_widget_set_visible (self->sign_button, read == NULL);
  gtk_widget_set_visible (self->send_buttons, read != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copy.sign",
                                 idle && read == NULL && n_waiting == 0 && named);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copy.save", idle && read != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copy.print", idle && read != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copy.release", idle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copy.remove", idle);
  if (n_waiting > 0)
    gtk_label_set_label (self->standing, _("It cannot go yet: the agencies below have not ruled "
                                           "on what is theirs."));
  else if (read != NULL)
    gtk_label_set_label (self->standing, _("It has been read and signed for, and can go."));
  else
    gtk_label_set_label (self->standing, _("Read every page. Your signature says that it holds "
                                           "nothing which this recipient must not have."));
}

static void
refresh (MashCirculationWindow *self)
{
  MashEntity *read = find_read (self);
  guint n_waiting;

  if (read != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->recipient),
                           mash_entity_get_text (read, "recipient"));
  gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  n_waiting = show_list (self, self->waits, self->waits_title, MASH_SHARE_UNDECIDED);
  show_list (self, self->left_out, self->left_out_title, MASH_SHARE_OUT);
  show_paper (self);
  update_buttons (self, n_waiting);
}

static void
on_file_updated_cb (MashCirculationWindow *self)
{
  if (self->page != NULL && self->wish == WISH_NOTHING)
    refresh (self);
}

/* It is for whoever stands on every page. */
static void
on_recipient_changed_cb (MashCirculationWindow *self)
{
  if (self->page != NULL && find_read (self) == NULL)
    refresh (self);
}

/* The window is done with what it was asked, well or not. */
static gboolean
finish (MashCirculationWindow *self,
        GError                *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *sentence = NULL;

  self->wish = WISH_NOTHING;
  if (self->page == NULL)
    return FALSE;

  refresh (self);
  if (owned == NULL)
    return TRUE;

  sentence = mash_sentence_for_error (owned);
  say (self, sentence, TRUE);

  return FALSE;
}

/* Rulings */

static void
on_ruled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  GError *error = NULL;

  mash_service_sign_finish (MASH_SERVICE (object), result, &error);
  if (finish (self, error))
    say (self, _("The ruling is signed and kept."), FALSE);
}

static void
rule_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashCirculationWindow *self = MASH_CIRCULATION_WINDOW (widget);
  const char *passphrase = mash_passphrase_entry_get_text (self->passphrase);
  const MashCopyFor copy = get_copy (self);
  g_autofree char *id = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (*passphrase == '\0')
    {
      say (self, _("Type your passphrase: the ruling is signed."), TRUE);
      gtk_widget_child_focus (GTK_WIDGET (self->passphrase), GTK_DIR_TAB_FORWARD);
      return;
    }

  id = mash_service_make_id (get_service (self));
  group = mash_circulation_dup_ruling (self->file, id, g_variant_get_string (parameter, NULL),
                                       &copy, g_str_equal (action_name, "copy.release"),
                                       gtk_editable_get_text (GTK_EDITABLE (self->reason)));
  self->wish = WISH_SIGN;
  update_buttons (self, 1);
  mash_service_sign_async (get_service (self), group, passphrase, NULL, on_ruled_cb,
                           g_object_ref (self));
  mash_passphrase_entry_clear (self->passphrase);
}

/* Signing for what was read, and letting it go */

static void
on_signed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  GError *error = NULL;

  mash_service_sign_finish (MASH_SERVICE (object), result, &error);
  if (finish (self, error))
    {
      say (self, _("Signed. Save the copy as a file, or print it."), FALSE);
      gtk_widget_child_focus (self->send_buttons, GTK_DIR_TAB_FORWARD);
    }
}

static void
on_checked_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  GError *error = NULL;
  g_autofree char *fingerprint = mash_service_check_copy_finish (MASH_SERVICE (object), result,
                                                                 &error);
  g_autofree char *id = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (self->page == NULL || fingerprint == NULL)
    {
      finish (self, error);
      return;
    }

  id = mash_service_make_id (get_service (self));
  group = mash_circulation_dup_preview (self->file, id, &(MashCopyWords) {
    self->discussion, get_copy (self), gtk_editable_get_text (GTK_EDITABLE (self->recipient)),
    fingerprint,
  });
  mash_service_sign_async (get_service (self), group,
                           mash_passphrase_entry_get_text (self->passphrase), NULL, on_signed_cb,
                           g_object_ref (self));
  mash_passphrase_entry_clear (self->passphrase);
}

static void
on_sent_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  gboolean prints = self->wish == WISH_PRINT;
  GError *error = NULL;

  mash_service_send_copy_finish (MASH_SERVICE (object), result, &error);
  if (!finish (self, error))
    return;

  mash_page_say (self->page, prints ? _("The printer has the copy, and so has the log")
                                    : _("The copy is saved, and the log has it"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
log_copy (MashCirculationWindow *self)
{
  MashEntity *read = find_read (self);

  if (read != NULL)
    mash_service_send_copy_async (get_service (self), self->file, read, self->pdf,
                                  self->wish == WISH_SAVE ? self->destination : NULL,
                                  self->wish == WISH_SAVE ? _("Saved as a file") : _("Printed"),
                                  NULL, on_sent_cb, g_object_ref (self));
  else
    finish (self, NULL);
}

/* The log says what was sent, so it waits for the printer; who changes their mind has sent
 * nothing. */
static void
on_printed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  GError *error = NULL;
  gboolean handed_over;
  gboolean printed = mash_paper_print_finish (result, &handed_over, &error) && handed_over;

  if (printed && self->page != NULL)
    log_copy (self);
  else if (finish (self, error))
    say (self, _("It was not printed, and the log has nothing of it."), FALSE);
}

/* Nothing goes to a printer that has not been searched just now. What is not the paper that was
 * read is refused by the log, which says why. */
static void
on_searched_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  MashEntity *read = self->page != NULL ? find_read (self) : NULL;
  GError *error = NULL;
  g_autofree char *fingerprint = mash_service_check_copy_finish (MASH_SERVICE (object), result,
                                                                 &error);

  if (fingerprint == NULL || read == NULL)
    finish (self, error);
  else if (!g_str_equal (mash_entity_get_text (read, "document"), fingerprint))
    log_copy (self);
  else
    mash_paper_print_async (self->paper, GTK_WINDOW (self), NULL, on_printed_cb,
                            g_object_ref (self));
}

static void
use_pdf (MashCirculationWindow *self)
{
  const MashCopyFor copy = get_copy (self);

  if (self->wish == WISH_SAVE)
    log_copy (self);
  else
    mash_service_check_copy_async (get_service (self), self->discussion, &copy, self->pdf, NULL,
                                   self->wish == WISH_SIGN ? on_checked_cb : on_searched_cb,
                                   g_object_ref (self));
}

static void
on_pdf_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  GError *error = NULL;

  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = mash_paper_make_pdf_finish (result, &error);
  if (self->page == NULL || self->pdf == NULL)
    finish (self, error);
  else
    use_pdf (self);
}

static void
make_pdf (MashCirculationWindow *self,
          Wish                   wish)
{
  self->wish = wish;
  say (self, _("The copy is searched for what must not be in it…"), FALSE);
  update_buttons (self, 0);
  mash_paper_make_pdf_async (self->paper, NULL, on_pdf_cb, g_object_ref (self));
}

static void
on_destination_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashCirculationWindow) self = user_data;
  g_autoptr (GFile) destination = mash_file_picker_open_finish (result);

  if (destination != NULL && self->page != NULL)
    mash_circulation_window_save_to (self, destination);
}

static void
sign_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashCirculationWindow *self = MASH_CIRCULATION_WINDOW (widget);

  if (*mash_passphrase_entry_get_text (self->passphrase) == '\0')
    {
      say (self, _("Type your passphrase: you sign that you have read it."), TRUE);
      gtk_widget_child_focus (GTK_WIDGET (self->passphrase), GTK_DIR_TAB_FORWARD);
      return;
    }

  make_pdf (self, WISH_SIGN);
}

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashCirculationWindow *self = MASH_CIRCULATION_WINDOW (widget);

  if (g_str_equal (action_name, "copy.print"))
    make_pdf (self, WISH_PRINT);
  else
    mash_file_picker_save_async (widget, _("Save the copy"), "strategy-record.pdf",
                                 on_destination_cb, g_object_ref (self));
}

/* What is on its way is let go first. */
static gboolean
mash_circulation_window_close_request (GtkWindow *window)
{
  return MASH_CIRCULATION_WINDOW (window)->wish != WISH_NOTHING ||
         GTK_WINDOW_CLASS (mash_circulation_window_parent_class)->close_request (window);
}

static void
mash_circulation_window_dispose (GObject *object)
{
  MashCirculationWindow *self = MASH_CIRCULATION_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_object (&self->file);
  g_clear_object (&self->destination);
  g_clear_pointer (&self->paper, mash_paper_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_CIRCULATION_WINDOW);

  G_OBJECT_CLASS (mash_circulation_window_parent_class)->dispose (object);
}

static void
mash_circulation_window_finalize (GObject *object)
{
  MashCirculationWindow *self = MASH_CIRCULATION_WINDOW (object);

  g_free (self->discussion);
  g_free (self->variant);
  g_free (self->agency);

  G_OBJECT_CLASS (mash_circulation_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-circulation-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, recipient);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, standing);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, waits_title);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, waits);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, left_out_title);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, left_out);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, sign_button);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, send_buttons);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, status);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_recipient_changed_cb);
}

static void
mash_circulation_window_class_init (MashCirculationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_circulation_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mash_circulation_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = mash_circulation_window_close_request;

  g_type_ensure (MASH_TYPE_PAPER_VIEW);
  g_type_ensure (MASH_TYPE_PASSPHRASE_ENTRY);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "copy.release", "s", rule_cb);
  gtk_widget_class_install_action (widget_class, "copy.remove", "s", rule_cb);
  gtk_widget_class_install_action (widget_class, "copy.sign", NULL, sign_cb);
  gtk_widget_class_install_action (widget_class, "copy.save", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "copy.print", NULL, send_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mash_circulation_window_init (MashCirculationWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What the recipient is called until somebody says otherwise. */
static char *
dup_recipient (MashCirculationWindow *self)
{
  g_autoptr (GPtrArray) recipients = mash_circulation_list_recipients (MASH_FACTS (self->file),
                                                                       self->discussion);

  for (guint i = 0; i < recipients->len; i++)
    {
      const MashRecipient *recipient = g_ptr_array_index (recipients, i);

      if (g_strcmp0 (recipient->variant, self->variant) == 0 &&
          g_strcmp0 (recipient->agency, self->agency) == 0)
        return g_strdup (recipient->name);
    }

  return g_strdup ("");
}

/**
 * mash_circulation_window_open:
 * @page: the page of the contact
 * @file: the contact, open
 * @discussion: the id of a signed discussion of it
 * @copy: for whom the copy is
 *
 * Returns: (transfer none): the window
 */
MashCirculationWindow *
mash_circulation_window_open (MashPage          *page,
                              MashContactFile   *file,
                              const char        *discussion,
                              const MashCopyFor *copy)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  MashCirculationWindow *self = g_object_new (MASH_TYPE_CIRCULATION_WINDOW, "transient-for",
                                              parent, "modal", TRUE, NULL);
  g_autofree char *recipient = NULL;

  self->file = g_object_ref (file);
  self->discussion = g_strdup (discussion);
  self->variant = g_strdup (copy->variant);
  self->agency = g_strdup (copy->agency);
  recipient = dup_recipient (self);
  gtk_editable_set_text (GTK_EDITABLE (self->recipient), recipient);
  self->page = g_object_ref (page);
  refresh (self);
  g_signal_connect_object (file, "updated", G_CALLBACK (on_file_updated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}

/**
 * mash_circulation_window_save_to:
 * @self: a window whose copy has been read and signed for
 * @destination: the file that it becomes
 */
void
mash_circulation_window_save_to (MashCirculationWindow *self,
                                 GFile                 *destination)
{
  g_return_if_fail (MASH_IS_CIRCULATION_WINDOW (self));
  g_return_if_fail (G_IS_FILE (destination));

  g_set_object (&self->destination, destination);
  make_pdf (self, WISH_SAVE);
}
