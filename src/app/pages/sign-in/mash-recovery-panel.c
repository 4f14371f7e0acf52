/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-recovery-panel.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-sentences.h"
#include "mash-service-hub.h"
#include "mash-service-keys.h"

#define TEMPLATE "/uk/mash/Desk/ui/pages/sign-in/mash-recovery-panel.ui"

struct _MashRecoveryPanel
{
  GtkWidget    parent_instance;

  /* Template children */
  GtkWidget   *form;
  GtkLabel    *asks;
  GtkEditable *code;
  GtkEditable *new_words;
  GtkEditable *again;
  GtkLabel    *said;
  GtkWidget   *set_button;
  GtkSpinner  *spinner;
  GtkWidget   *done_part;
  GtkWidget   *code_panel;
  GtkLabel    *next_code;
  GtkWidget   *done_button;

  /* Owned */
  MashService *service;
  char        *sign_in;

  guint        busy : 1;
};

G_DEFINE_FINAL_TYPE (MashRecoveryPanel, mash_recovery_panel, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (MashRecoveryPanel *self,
     const char        *sentence)
{
  gtk_label_set_label (self->said, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), sentence != NULL);
}

static gboolean
has_text (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) != '\0';
}

static void
update_button (MashRecoveryPanel *self)
{
  gtk_widget_set_sensitive (self->set_button,
                            !self->busy && self->sign_in != NULL && *self->sign_in != '\0' &&
                            has_text (self->code) && has_text (self->new_words) &&
                            has_text (self->again));
}

static void
set_busy (MashRecoveryPanel *self,
          gboolean           busy)
{
  self->busy = busy;
  gtk_editable_set_editable (self->code, !busy);
  gtk_editable_set_editable (self->new_words, !busy);
  gtk_editable_set_editable (self->again, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  update_button (self);
}

static void
clear (MashRecoveryPanel *self)
{
  gtk_editable_set_text (self->code, "");
  gtk_editable_set_text (self->new_words, "");
  gtk_editable_set_text (self->again, "");
  gtk_label_set_label (self->next_code, "");
}

static void
show_next (MashRecoveryPanel *self,
           const char        *code)
{
  gtk_label_set_label (self->next_code, code);
  gtk_widget_set_visible (self->code_panel, *code != '\0');
  gtk_widget_set_visible (self->done_part, TRUE);
  gtk_widget_grab_focus (*code != '\0' ? GTK_WIDGET (self->next_code) : self->done_button);
  gtk_widget_set_visible (self->form, FALSE);
}

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashRecoveryPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  char *next = mash_service_do_key_finish (MASH_SERVICE (source), result, &error);

  set_busy (self, FALSE);
  if (next == NULL)
    {
      sentence = mash_sentence_for_error (error);
      say (self, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }

  clear (self);
  say (self, NULL);
  show_next (self, next);
  explicit_bzero (next, strlen (next));
  g_free (next);
}

static void
on_set_cb (MashRecoveryPanel *self)
{
  update_button (self);
  if (!gtk_widget_get_sensitive (self->set_button))
    return;

  if (strcmp (gtk_editable_get_text (self->new_words), gtk_editable_get_text (self->again)) != 0)
    {
      say (self, _("The two new passphrases are not the same. Nothing was changed."));
      gtk_editable_set_text (self->again, "");
      gtk_widget_grab_focus (GTK_WIDGET (self->again));
      return;
    }

  say (self, NULL);
  set_busy (self, TRUE);
  /* The service has its own copies, in memory that is wiped. */
  mash_service_do_key_async (self->service, MASH_KEY_RECOVER, self->sign_in,
                             gtk_editable_get_text (self->code),
                             gtk_editable_get_text (self->new_words), on_done_cb,
                             g_object_ref (self));
}

static void
close_panel (MashRecoveryPanel *self,
             gboolean           done)
{
  clear (self);
  say (self, NULL);
  /* Whoever listens takes the keyboard first: a text that goes away with it misses it. */
  g_signal_emit (self, signals[CLOSED], 0, done);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
on_back_cb (MashRecoveryPanel *self)
{
  if (!self->busy)
    close_panel (self, FALSE);
}

static void
on_written_cb (MashRecoveryPanel *self)
{
  close_panel (self, TRUE);
}

static gboolean
mash_recovery_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MASH_RECOVERY_PANEL (widget)->code));
}

static void
mash_recovery_panel_dispose (GObject *object)
{
  MashRecoveryPanel *self = MASH_RECOVERY_PANEL (object);

  g_clear_object (&self->service);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_RECOVERY_PANEL);

  G_OBJECT_CLASS (mash_recovery_panel_parent_class)->dispose (object);
}

static void
mash_recovery_panel_finalize (GObject *object)
{
  g_free (MASH_RECOVERY_PANEL (object)->sign_in);

  G_OBJECT_CLASS (mash_recovery_panel_parent_class)->finalize (object);
}

static void
mash_recovery_panel_class_init (MashRecoveryPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_recovery_panel_dispose;
  object_class->finalize = mash_recovery_panel_finalize;
  widget_class->grab_focus = mash_recovery_panel_grab_focus;

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, form);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, asks);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, code);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, new_words);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, again);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, said);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, set_button);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, spinner);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, done_part);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, code_panel);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, next_code);
  gtk_widget_class_bind_template_child (widget_class, MashRecoveryPanel, done_button);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
  gtk_widget_class_bind_template_callback (widget_class, on_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_written_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mash_recovery_panel_init (MashRecoveryPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_button (self);
}

/* Whose code it is: one’s own, or the administrator’s of a central hub. */
static void
word_form (MashRecoveryPanel *self)
{
  gboolean enrolled = mash_service_is_enrolled (self->service);

  gtk_label_set_label (self->asks,
                       enrolled ? _("Type the code that your administrator gave you, and the "
                                    "passphrase that you want from now on.")
                                : _("Type your recovery code, and the passphrase that you want "
                                    "from now on."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->code),
                                 enrolled ? _("Code") : _("Recovery code"));
}

/**
 * mash_recovery_panel_begin:
 * @self: the panel
 * @service: an opened service; nobody is signed in
 *
 * Shows the empty form and takes the keyboard there.
 */
void
mash_recovery_panel_begin (MashRecoveryPanel *self,
                           MashService       *service)
{
  g_return_if_fail (MASH_IS_RECOVERY_PANEL (self));
  g_return_if_fail (MASH_IS_SERVICE (service));

  g_set_object (&self->service, service);
  clear (self);
  say (self, NULL);
  word_form (self);
  gtk_widget_set_visible (self->form, TRUE);
  gtk_widget_set_visible (self->done_part, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  update_button (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/**
 * mash_recovery_panel_say:
 * @self: the panel, which has begun
 * @sentence: why it is shown
 */
void
mash_recovery_panel_say (MashRecoveryPanel *self,
                         const char        *sentence)
{
  g_return_if_fail (MASH_IS_RECOVERY_PANEL (self));

  say (self, sentence);
}

/**
 * mash_recovery_panel_set_who:
 * @self: the panel
 * @sign_in: (nullable): the name to sign in with that was chosen or typed
 */
void
mash_recovery_panel_set_who (MashRecoveryPanel *self,
                             const char        *sign_in)
{
  g_return_if_fail (MASH_IS_RECOVERY_PANEL (self));

  g_free (self->sign_in);
  self->sign_in = g_strdup (sign_in);
  update_button (self);
}
