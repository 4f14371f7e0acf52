/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-sign-in-page.h"

#include <glib/gi18n.h>

#include "mash-caps-warning.h"
#include "mash-file-picker.h"
#include "mash-recovery-panel.h"
#include "mash-restore-panel.h"
#include "mash-sentences.h"
#include "mash-service-hub.h"
#include "mash-words.h"

#define TEMPLATE "/uk/mash/Desk/ui/pages/sign-in/mash-sign-in-page.ui"

struct _MashSignInPage
{
  AdwBin               parent_instance;

  GtkWidget           *training_panel;
  GtkLabel            *training_words;
  GtkWidget           *shared_words;
  AdwComboRow         *person_combo;
  AdwEntryRow         *person_entry;
  AdwPasswordEntryRow *passphrase;
  GtkLabel            *error_label;
  GtkButton           *button;
  GtkButton           *restore_button;
  GtkWidget           *rescue_button;
  GtkWidget           *code_button;
  MashRecoveryPanel   *recovery;
  MashRestorePanel    *restore_panel;
  GtkSpinner          *spinner;
  GtkWidget           *cancel;
  GtkWidget           *checking;
  GtkLabel            *checking_words;
  GtkProgressBar      *checked;
  GtkLabel            *percent;
  GtkWidget           *stop;
  GtkLabel            *desk_label;
  GtkLabel            *hub_label;
  GtkLabel            *version_label;

  char                *name;
  MashService         *service;
  GCancellable        *cancellable; /* while somebody is being signed in */

  guint                waiting : 1;
  guint                preparing : 1; /* a database of an earlier version */
};

G_DEFINE_FINAL_TYPE (MashSignInPage, mash_sign_in_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SERVICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_words (MashSignInPage *self,
            const char     *sentence,
            gboolean        wrong)
{
  static const char *const looks[][2] = { { "mash-good", NULL }, { "mash-bad", NULL } };

  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->error_label), (const char **) looks[wrong]);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->passphrase),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               sentence != NULL && wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                                         : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_error (MashSignInPage *self,
            const char     *sentence)
{
  show_words (self, sentence, TRUE);
}

static void
show_waiting (MashSignInPage *self,
              gboolean        waiting)
{
  self->waiting = waiting;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !waiting);
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase), !waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_widget_set_visible (self->checking, FALSE);
  /* The hub may have to be asked, and a network that swallows what is sent takes its time. */
  gtk_widget_set_visible (self->cancel, waiting && mash_service_is_enrolled (self->service));
  gtk_widget_set_sensitive (self->cancel, TRUE);
}

/* What takes long is shown once there is something to show. */
static void
show_progress (MashSignInPage *self,
               const char     *words,
               double          fraction)
{
  g_autofree char *percent = NULL;

  if (self->cancellable == NULL)
    return;

  /* Translators: how far something has come. */
  percent = g_strdup_printf (_("%d %%"), (int) (100 * fraction));
  gtk_label_set_label (self->checking_words, words);
  gtk_label_set_label (self->percent, percent);
  gtk_progress_bar_set_fraction (self->checked, fraction);
  gtk_widget_set_visible (self->checking, TRUE);
  gtk_widget_set_visible (self->cancel, FALSE);
}

static void
on_checking_cb (MashSignInPage *self,
                double          fraction)
{
  show_progress (self, _("The last session ended as after a power cut, so all of the database is "
                         "checked before it opens. If you stop that, the desk stays closed; "
                         "nothing is lost."), fraction);
}

static void
on_preparing_cb (MashSignInPage *self,
                 double          fraction)
{
  self->preparing = self->cancellable != NULL;
  show_progress (self, _("The register is prepared for this version of the program, which is done "
                         "once. If you stop that or close the window, nothing is lost, and it is "
                         "done at the next sign-in."), fraction);
}

static void
stop (MashSignInPage *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop, FALSE);
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

static MashItem *
get_chosen (MashSignInPage *self)
{
  gpointer item = adw_combo_row_get_selected_item (self->person_combo);

  return item != NULL ? MASH_ITEM (item) : NULL;
}

/* Only a training hub lists its people, and it need not. */
static gboolean
lists_people (MashSignInPage *self)
{
  GListModel *people = NULL;

  if (self->service != NULL && mash_service_get_training (self->service))
    people = mash_service_get_people (self->service);

  return people != NULL && g_list_model_get_n_items (people) > 0;
}

/* Who comes to a desk of a central hub for the first time has a code from its administrator, and so
 * has who forgot the passphrase; what they have there they share with nobody. */
static void
show_enrolled (MashSignInPage *self)
{
  gboolean enrolled = self->service != NULL && mash_service_is_enrolled (self->service);

  gtk_widget_set_visible (self->shared_words, !enrolled);
  gtk_button_set_label (GTK_BUTTON (self->code_button),
                        enrolled ? _("_Have you been given a code?")
                                 : _("_Forgotten your passphrase?"));
}

/* What the hub itself says of its passphrases; a real hub has none to say. */
static void
show_training (MashSignInPage *self)
{
  MashItem *chosen = get_chosen (self);
  g_autofree char *passphrase = NULL;
  g_autofree char *words = NULL;

  if (chosen != NULL)
    g_object_get (chosen, "passphrase", &passphrase, NULL);

  if (passphrase != NULL)
    /* Translators: %s is a passphrase of a training hub. */
    words = g_strdup_printf (_("Every family here is invented. The passphrase is “%s”."),
                             passphrase);
  else
    words = g_strdup (_("Every family here is invented."));
  gtk_label_set_label (self->training_words, words);
}

static void
show (MashSignInPage *self)
{
  gboolean training = self->service != NULL && mash_service_get_training (self->service);
  GListModel *people = self->service != NULL ? mash_service_get_people (self->service) : NULL;
  g_autofree char *desk = NULL;
  g_autofree char *hub = NULL;

  gtk_widget_set_visible (self->training_panel, training);
  gtk_widget_set_visible (GTK_WIDGET (self->person_combo), lists_people (self));
  gtk_widget_set_visible (GTK_WIDGET (self->person_entry), !lists_people (self));
  if (lists_people (self) && adw_combo_row_get_model (self->person_combo) != people)
    adw_combo_row_set_model (self->person_combo, people);
  show_training (self);
  show_enrolled (self);
  if (self->service == NULL)
    return;

  g_object_get (self->service, "desk-name", &desk, "hub-name", &hub, NULL);
  gtk_label_set_label (self->desk_label, desk != NULL ? desk : "");
  gtk_label_set_label (self->hub_label, hub != NULL ? hub : "");
}

static char *
dup_sign_in (MashSignInPage *self)
{
  char *sign_in = NULL;

  if (!lists_people (self))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->person_entry)));

  if (get_chosen (self) != NULL)
    g_object_get (get_chosen (self), "sign-in", &sign_in, NULL);

  return sign_in;
}

static void
use_code (MashSignInPage *self);

/* What is under way when the window closes is stopped in order before the program ends. */
static void
stay (gboolean staying)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL && staying)
    g_application_hold (application);
  else if (application != NULL)
    g_application_release (application);
}

static void
on_signed_in_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  g_clear_object (&self->cancellable);
  stay (FALSE);
  show_waiting (self, FALSE);
  if (mash_service_sign_in_finish (MASH_SERVICE (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNED_IN], 0);
      return;
    }

  if (self->preparing && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sentence = g_strdup (_("Stopped. Nothing was lost: the register is prepared at the next "
                           "sign-in."));
  else
    sentence = mash_sentence_for_error (error);
  if (mash_sentence_is_invitation (error))
    {
      use_code (self);
      mash_recovery_panel_say (self->recovery, sentence);
      return;
    }
  show_error (self, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button),
                          mash_sentence_is_damage (error) &&
                          !mash_service_is_enrolled (self->service));
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
on_restore_ended_cb (MashSignInPage *self,
                     gboolean        done,
                     const char     *words)
{
  show_waiting (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), !done);
  show_words (self, words, !done);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  gtk_widget_set_visible (GTK_WIDGET (self->restore_panel), FALSE);
}

/* @source is NULL where there is no backup. */
static void
begin_restore (MashSignInPage *self,
               const char     *source,
               const char     *name)
{
  show_error (self, NULL);
  show_waiting (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), FALSE);
  mash_restore_panel_begin (self->restore_panel, self->service, source, name,
                            gtk_editable_get_text (GTK_EDITABLE (self->passphrase)));
  gtk_widget_set_visible (GTK_WIDGET (self->restore_panel), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
}

static void
on_backup_chosen_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (MashSignInPage) self = user_data;
  g_autoptr (GFile) folder = mash_file_picker_open_finish (result);
  g_autofree char *name = dup_sign_in (self);

  if (folder == NULL || g_file_peek_path (folder) == NULL || name == NULL || self->waiting)
    return;

  begin_restore (self, g_file_peek_path (folder), name);
}

static gboolean
need_passphrase (MashSignInPage *self,
                 const char     *sentence)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->passphrase)) != '\0')
    return TRUE;

  show_error (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));

  return FALSE;
}

/* For a desk that does not open, and of which there is no backup. */
static void
rescue (MashSignInPage *self)
{
  g_autofree char *name = NULL;

  if (self->service == NULL || self->waiting ||
      !need_passphrase (self, _("Type your passphrase first: the database opens with it.")))
    return;

  name = dup_sign_in (self);
  begin_restore (self, NULL, name != NULL ? name : "");
}

/* For a desk that does not open: what can still be read of it is taken over, and it is put aside,
 * not deleted. */
static void
restore (MashSignInPage *self)
{
  if (self->service == NULL || self->waiting ||
      !need_passphrase (self, _("Type your passphrase first: the backup opens with it.")))
    return;

  mash_file_picker_choose_folder_async (GTK_WIDGET (self), _("Folder of the backup"),
                                        on_backup_chosen_cb, g_object_ref (self));
}

static void
tell_who (MashSignInPage *self)
{
  g_autofree char *name = dup_sign_in (self);

  mash_recovery_panel_set_who (self->recovery, name);
}

/* One way in at a time: with a passphrase, or with a code that sets one. */
static void
show_recovery (MashSignInPage *self,
               gboolean        shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), !shown);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !shown);
  gtk_widget_set_visible (self->code_button, !shown);
}

static void
use_code (MashSignInPage *self)
{
  if (self->service == NULL || self->waiting)
    return;

  show_error (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), FALSE);
  tell_who (self);
  /* The keyboard goes before what has it is hidden. */
  mash_recovery_panel_begin (self->recovery, self->service);
  show_recovery (self, TRUE);
}

static void
on_recovery_closed_cb (MashSignInPage *self)
{
  show_recovery (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
sign_in (MashSignInPage *self)
{
  g_autofree char *name = NULL;

  if (self->service == NULL || self->waiting || !gtk_widget_get_visible (GTK_WIDGET (self->button)))
    return;

  name = dup_sign_in (self);
  show_error (self, NULL);
  show_waiting (self, TRUE);
  self->cancellable = g_cancellable_new ();
  self->preparing = FALSE;
  stay (TRUE);
  gtk_widget_set_sensitive (self->stop, TRUE);
  mash_service_sign_in_async (self->service, name != NULL ? name : "",
                              gtk_editable_get_text (GTK_EDITABLE (self->passphrase)),
                              self->cancellable, on_signed_in_cb, g_object_ref (self));
  /* The service has its own copy, in memory that is wiped. */
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
}

static void
forget_error (MashSignInPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->passphrase)) != '\0')
    show_error (self, NULL);
}

static void
on_person_chosen_cb (MashSignInPage *self)
{
  show_training (self);
  show_error (self, NULL);
  tell_who (self);
}

static char *
dup_person_line (gpointer    unused,
                 const char *name,
                 const char *title)
{
  return mash_words_join (", ", name != NULL ? name : "", title != NULL ? title : "", NULL);
}

static void
on_service_changed_cb (MashSignInPage *self)
{
  if (self->service == NULL)
    return;

  g_signal_connect_object (self->service, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "checking", G_CALLBACK (on_checking_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "preparing", G_CALLBACK (on_preparing_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
mash_sign_in_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashSignInPage *self = MASH_SIGN_IN_PAGE (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_sign_in_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashSignInPage *self = MASH_SIGN_IN_PAGE (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_SERVICE:
      changed = g_set_object (&self->service, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static gboolean
mash_sign_in_page_grab_focus (GtkWidget *widget)
{
  MashSignInPage *self = MASH_SIGN_IN_PAGE (widget);

  if (!lists_people (self) &&
      *gtk_editable_get_text (GTK_EDITABLE (self->person_entry)) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->person_entry));

  return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
mash_sign_in_page_unmap (GtkWidget *widget)
{
  g_cancellable_cancel (MASH_SIGN_IN_PAGE (widget)->cancellable);

  GTK_WIDGET_CLASS (mash_sign_in_page_parent_class)->unmap (widget);
}

static void
mash_sign_in_page_dispose (GObject *object)
{
  MashSignInPage *self = MASH_SIGN_IN_PAGE (object);

  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (mash_sign_in_page_parent_class)->dispose (object);
}

static void
mash_sign_in_page_finalize (GObject *object)
{
  MashSignInPage *self = MASH_SIGN_IN_PAGE (object);

  g_free (self->name);

  G_OBJECT_CLASS (mash_sign_in_page_parent_class)->finalize (object);
}

static void
mash_sign_in_page_class_init (MashSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_sign_in_page_get_property;
  object_class->set_property = mash_sign_in_page_set_property;
  object_class->dispose = mash_sign_in_page_dispose;
  object_class->finalize = mash_sign_in_page_finalize;

  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, MASH_TYPE_SERVICE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNED_IN] =
    g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MASH_TYPE_CAPS_WARNING);
  g_type_ensure (MASH_TYPE_RECOVERY_PANEL);
  g_type_ensure (MASH_TYPE_RESTORE_PANEL);
  g_type_ensure (MASH_TYPE_SIGN_IN_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, training_panel);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, training_words);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, shared_words);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, person_combo);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, person_entry);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, restore_button);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, code_button);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, recovery);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, restore_panel);
  gtk_widget_class_bind_template_callback (widget_class, restore);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, rescue_button);
  gtk_widget_class_bind_template_callback (widget_class, rescue);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, tell_who);
  gtk_widget_class_bind_template_callback (widget_class, use_code);
  gtk_widget_class_bind_template_callback (widget_class, on_recovery_closed_cb);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, checking);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, checking_words);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, checked);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, percent);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, stop);
  gtk_widget_class_bind_template_callback (widget_class, stop);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, desk_label);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, hub_label);
  gtk_widget_class_bind_template_child (widget_class, MashSignInPage, version_label);
  gtk_widget_class_bind_template_callback (widget_class, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, forget_error);
  gtk_widget_class_bind_template_callback (widget_class, dup_person_line);
  gtk_widget_class_bind_template_callback (widget_class, on_person_chosen_cb);

  widget_class->grab_focus = mash_sign_in_page_grab_focus;
  widget_class->unmap = mash_sign_in_page_unmap;
}

static void
mash_sign_in_page_init (MashSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::service", G_CALLBACK (on_service_changed_cb), NULL);
  /* Translators: %s is the version of the program. */
  self->name = g_strdup_printf (_("Version %s"), PACKAGE_VERSION);
  gtk_label_set_label (self->version_label, self->name);
  show (self);
}

GtkWidget *
mash_sign_in_page_new (void)
{
  return g_object_new (MASH_TYPE_SIGN_IN_PAGE, NULL);
}

/**
 * mash_sign_in_page_get_chosen:
 * @self: a page
 *
 * Returns: which line of a training hub's list of people is chosen
 */
guint
mash_sign_in_page_get_chosen (MashSignInPage *self)
{
  g_return_val_if_fail (MASH_IS_SIGN_IN_PAGE (self), 0);

  return adw_combo_row_get_selected (self->person_combo);
}

/**
 * mash_sign_in_page_choose:
 * @self: a page
 * @position: a line of a training hub's list of people
 *
 * Chooses that person, if there is one.
 */
void
mash_sign_in_page_choose (MashSignInPage *self,
                          guint           position)
{
  GListModel *people = adw_combo_row_get_model (self->person_combo);

  g_return_if_fail (MASH_IS_SIGN_IN_PAGE (self));

  if (people != NULL && position < g_list_model_get_n_items (people))
    adw_combo_row_set_selected (self->person_combo, position);
}

/**
 * mash_sign_in_page_tell:
 * @self: a page
 * @sentence: why whoever comes to it finds it, calmly
 *
 * Says it until somebody signs in or types.
 */
void
mash_sign_in_page_tell (MashSignInPage *self,
                        const char     *sentence)
{
  g_return_if_fail (MASH_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (sentence != NULL);

  show_words (self, sentence, FALSE);
}
