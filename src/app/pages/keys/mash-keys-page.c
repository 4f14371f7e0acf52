/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-keys-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-file-picker.h"
#include "mash-question.h"
#include "mash-sentences.h"
#include "mash-service-hub.h"
#include "mash-service-keys.h"
#include "mash-wrap-layout.h"

struct _MashKeysPage
{
  MashPage        parent_instance;

  GtkEditable    *passphrase;
  GtkEditable    *new_words;
  GtkEditable    *again;
  GtkButton      *change_button;
  GtkButton      *code_button;
  GtkLabel       *code_state;
  GtkWidget      *code_panel;
  GtkLabel       *code;
  GtkLabel       *own_said;
  GtkLabel       *last;
  GtkWidget      *keeper_part;
  GtkEditable    *folder;
  GtkButton      *backup_button;
  GtkButton      *drill_button;
  GtkButton      *restore_button;
  GtkButton      *key_button;
  GtkProgressBar *progress;
  GtkWidget      *progress_part;
  GtkLabel       *hub_said;

  GCancellable   *cancellable;
  MashKeyAct      act;
  gboolean        busy;
};

G_DEFINE_FINAL_TYPE (MashKeysPage, mash_keys_page, MASH_TYPE_PAGE)

enum
{
  RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say_at (GtkLabel   *label,
        const char *sentence)
{
  gtk_label_set_label (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL && *sentence != '\0');
}

static void
say_error_at (GtkLabel *label,
              GError   *error)
{
  g_autofree char *sentence = mash_sentence_for_error (error);

  say_at (label, sentence);
}

static void
clear_words (MashKeysPage *self)
{
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->new_words, "");
  gtk_editable_set_text (self->again, "");
}

static gboolean
has_text (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) != '\0';
}

static void
update_buttons (MashKeysPage *self)
{
  gboolean typed = has_text (self->passphrase) && !self->busy;
  gboolean placed = has_text (self->folder) && !self->busy;

  gtk_widget_set_sensitive (GTK_WIDGET (self->change_button),
                            typed && has_text (self->new_words) && has_text (self->again));
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_button), typed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->key_button), typed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backup_button), placed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->drill_button), placed && typed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore_button), placed && typed);
}

static void
set_busy (MashKeysPage *self,
          gboolean      busy)
{
  self->busy = busy;
  gtk_widget_set_visible (self->progress_part, busy);
  update_buttons (self);
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashCondition) condition = NULL;
  gboolean is_central;

  condition = mash_service_look_finish (MASH_SERVICE (source), result, &error);
  if (condition == NULL)
    {
      say_error_at (self->hub_said, error);
      return;
    }

  is_central = mash_service_is_enrolled (MASH_SERVICE (source));
  gtk_label_set_label (self->last, is_central ? _("The central hub keeps the backup.")
                                              : condition->backup_words);
  gtk_widget_set_visible (GTK_WIDGET (self->code_state), !is_central);
  gtk_widget_set_visible (GTK_WIDGET (self->code_button), !is_central);
  gtk_label_set_label (self->code_state,
                       condition->has_recovery
                       ? _("You have a recovery code. A new one takes its place.")
                       : _("You have no recovery code. Without one a forgotten passphrase locks "
                           "you out."));
  gtk_widget_set_visible (self->keeper_part, condition->is_keeper && !is_central);
  if (condition->backup_place != NULL && !has_text (self->folder))
    gtk_editable_set_text (self->folder, condition->backup_place);
}

static void
look (MashKeysPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  if (service != NULL && mash_service_get_signed_in (service))
    mash_service_look_async (service, on_looked_cb, g_object_ref (self));
}

/* A recovery code leaves the screen, and this program, as soon as it was written down. */
static void
hide_code (MashKeysPage *self)
{
  gtk_label_set_label (self->code, "");
  gtk_widget_set_visible (self->code_panel, FALSE);
}

static void
show_code (MashKeysPage *self,
           const char   *code)
{
  gtk_label_set_label (self->code, code);
  gtk_widget_set_visible (self->code_panel, TRUE);
}

static void
on_key_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  char *given = mash_service_do_key_finish (MASH_SERVICE (source), result, &error);

  set_busy (self, FALSE);
  clear_words (self);
  if (given == NULL)
    {
      say_error_at (self->own_said, error);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return;
    }

  if (self->act == MASH_KEY_CHANGE_PASSPHRASE)
    say_at (self->own_said, _("The new passphrase opens, and it alone."));
  else
    show_code (self, given);
  explicit_bzero (given, strlen (given));
  g_free (given);
  look (self);
}

static void
do_key (MashKeysPage *self,
        MashKeyAct    act)
{
  self->act = act;
  hide_code (self);
  say_at (self->own_said, NULL);
  set_busy (self, TRUE);
  gtk_widget_set_visible (self->progress_part, FALSE);
  mash_service_do_key_async (mash_page_get_service (MASH_PAGE (self)), act, NULL,
                             gtk_editable_get_text (self->passphrase),
                             act == MASH_KEY_CHANGE_PASSPHRASE
                             ? gtk_editable_get_text (self->new_words) : NULL,
                             on_key_done_cb, g_object_ref (self));
}

static void
on_change_cb (MashKeysPage *self)
{
  if (strcmp (gtk_editable_get_text (self->new_words), gtk_editable_get_text (self->again)) != 0)
    {
      say_at (self->own_said, _("The two new passphrases are not the same. Nothing was changed."));
      gtk_editable_set_text (self->again, "");
      gtk_widget_grab_focus (GTK_WIDGET (self->again));
      return;
    }

  do_key (self, MASH_KEY_CHANGE_PASSPHRASE);
}

static void
on_code_cb (MashKeysPage *self)
{
  do_key (self, MASH_KEY_MAKE_RECOVERY);
}

static void
on_progress_cb (double   fraction,
                gpointer data)
{
  MashKeysPage *self = data;

  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
begin_long (MashKeysPage *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  say_at (self->hub_said, NULL);
  set_busy (self, TRUE);
}

static void
on_backed_up_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  words = mash_service_backup_finish (MASH_SERVICE (source), result, &error);
  set_busy (self, FALSE);
  if (words != NULL)
    say_at (self->hub_said, words);
  else
    say_error_at (self->hub_said, error);
  look (self);
}

static void
on_backup_cb (MashKeysPage *self)
{
  begin_long (self);
  mash_service_backup_async (mash_page_get_service (MASH_PAGE (self)),
                             gtk_editable_get_text (self->folder), on_progress_cb, self,
                             self->cancellable, on_backed_up_cb, g_object_ref (self));
}

static void
on_key_changed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed = mash_service_change_key_finish (MASH_SERVICE (source), result, &error);

  set_busy (self, FALSE);
  if (changed)
    say_at (self->hub_said, _("The database has a new key. Make a backup now."));
  else
    say_error_at (self->hub_said, error);
  look (self);
}

static void
on_key_cb (MashKeysPage *self)
{
  begin_long (self);
  say_at (self->hub_said, _("The database is encrypted anew. You can go on working; at the end, "
                            "opening and saving wait until the new file is checked."));
  mash_service_change_key_async (mash_page_get_service (MASH_PAGE (self)),
                                 gtk_editable_get_text (self->passphrase), on_progress_cb, self,
                                 self->cancellable, on_key_changed_cb, g_object_ref (self));
  clear_words (self);
}

static void
on_drilled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = mash_service_restore_finish (MASH_SERVICE (source), result, &error);

  clear_words (self);
  set_busy (self, FALSE);
  if (words != NULL)
    say_at (self->hub_said, words);
  else
    say_error_at (self->hub_said, error);
}

static void
on_drill_cb (MashKeysPage *self)
{
  begin_long (self);
  mash_service_restore_async (mash_page_get_service (MASH_PAGE (self)),
                              gtk_editable_get_text (self->folder), NULL,
                              gtk_editable_get_text (self->passphrase), TRUE, on_progress_cb, self,
                              self->cancellable, on_drilled_cb, g_object_ref (self));
}

/* Who is signed in puts it back; the window shows how, for this page is closed to them then. */
static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;

  if (!mash_question_ask_finish (result))
    return;

  g_signal_emit (self, signals[RESTORE], 0, gtk_editable_get_text (self->folder),
                 gtk_editable_get_text (self->passphrase));
  clear_words (self);
}

static void
on_restore_cb (MashKeysPage *self)
{
  mash_question_ask_async (GTK_WIDGET (self), _("Go back to the last backup?"),
                           _("What was saved since is taken over where it can be read. What stands "
                             "here now is put aside, not deleted. You sign in again afterwards."),
                           _("_Restore"), TRUE, on_answered_cb, g_object_ref (self));
}

static void
on_cancel_cb (MashKeysPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
on_folder_chosen_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (MashKeysPage) self = user_data;
  g_autoptr (GFile) file = mash_file_picker_open_finish (result);

  if (file != NULL && g_file_peek_path (file) != NULL)
    gtk_editable_set_text (self->folder, g_file_peek_path (file));
}

static void
on_choose_cb (MashKeysPage *self)
{
  mash_file_picker_choose_folder_async (GTK_WIDGET (self), _("Folder for the backup"),
                                        on_folder_chosen_cb, g_object_ref (self));
}

static void
mash_keys_page_enter (MashPage *page)
{
  MashKeysPage *self = MASH_KEYS_PAGE (page);

  look (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
mash_keys_page_leave (MashPage *page)
{
  MashKeysPage *self = MASH_KEYS_PAGE (page);

  hide_code (self);
  clear_words (self);
}

static void
mash_keys_page_dispose (GObject *object)
{
  MashKeysPage *self = MASH_KEYS_PAGE (object);

  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_KEYS_PAGE);

  G_OBJECT_CLASS (mash_keys_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, new_words);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, again);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, change_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, code_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, code_state);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, code_panel);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, code);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, own_said);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, last);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, keeper_part);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, folder);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, backup_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, drill_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, restore_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, key_button);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, progress);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, progress_part);
  gtk_widget_class_bind_template_child (widget_class, MashKeysPage, hub_said);
}

static void
mash_keys_page_class_init (MashKeysPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_keys_page_dispose;
  MASH_PAGE_CLASS (klass)->enter = mash_keys_page_enter;
  MASH_PAGE_CLASS (klass)->leave = mash_keys_page_leave;

  /* With a backup, or the folder in which it lies, and the passphrase, both borrowed. */
  signals[RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/keys/mash-keys-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
  gtk_widget_class_bind_template_callback (widget_class, hide_code);
  gtk_widget_class_bind_template_callback (widget_class, on_change_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_backup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drill_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
}

static void
mash_keys_page_init (MashKeysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_buttons (self);
}

/**
 * mash_keys_page_new:
 * @service: a service, signed in
 *
 * Returns: (transfer floating): the page
 */
MashPage *
mash_keys_page_new (MashService *service)
{
  return g_object_new (MASH_TYPE_KEYS_PAGE, "service", service, NULL);
}
