/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-case-picker.h"

#include <glib/gi18n-lib.h>

#include "mash-dispose.h"
#include "mash-form-host.h"
#include "mash-guards.h"
#include "mash-page.h"
#include "mash-sentences.h"
#include "mash-service-cases.h"
#include "mash-set-str.h"
#include "mash-text.h"

struct _MashCasePicker
{
  GtkWidget      parent_instance;

  /* Template children */
  GtkStack      *stack;
  GtkSearchEntry *search;
  GtkListBox    *list;
  GtkWidget     *frame;
  GtkLabel      *remark;
  GtkLabel      *chosen;
  GtkLabel      *unread;
  GtkButton     *other;

  /* Owned */
  char          *value;
  GListModel    *found;
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (MashCasePicker, mash_case_picker, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static MashService *
find_service (MashCasePicker *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), MASH_TYPE_PAGE);

  return page != NULL ? mash_page_get_service (MASH_PAGE (page)) : NULL;
}

static MashFormHost *
find_host (MashCasePicker *self)
{
  return mash_form_host_find (GTK_WIDGET (self));
}

/* “Marsh · R7K2-M4QT-C · Screening · Aled Sorrel” */
static char *
dup_words (MashCasePicker *self,
           GObject        *item)
{
  MashFormHost *host = find_host (self);
  g_autofree char *reference = NULL;
  g_autofree char *family = NULL;
  g_autofree char *state = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *words = NULL;

  g_object_get (item, "reference", &reference, "family", &family, "state", &state, "owner", &owner,
                NULL);
  /* Translators: a family, the reference of their contact, its state, who has it. */
  words = g_strdup_printf (_("%s · %s · %s · %s"), family != NULL ? family : "", reference,
                           host != NULL ? mash_policy_get_label (mash_form_host_get_policy (host),
                                                                 "CST", state) : state,
                           owner != NULL ? owner : _("nobody has it"));

  return mash_text_dup_visible (words);
}

static void
say (MashCasePicker *self,
     const char     *sentence)
{
  gtk_label_set_text (self->remark, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), sentence != NULL);
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  MashCasePicker *self = user_data;
  g_autofree char *words = dup_words (self, item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 10);
  gtk_widget_set_margin_end (label, 10);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return row;
}

static void
show_found (MashCasePicker *self,
            GListModel     *found)
{
  guint n = found != NULL ? g_list_model_get_n_items (found) : 0;
  gboolean blank = mash_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  g_set_object (&self->found, found);
  gtk_list_box_bind_model (self->list, found, make_row_cb, self, NULL);
  gtk_widget_set_visible (self->frame, n > 0);
  if (n > 0)
    say (self, blank ? _("These open contacts are about the same people.") : NULL);
  else
    say (self, blank ? _("Type a name or the reference of an open contact.")
                     : _("No other open contact that you may open has this name or reference."));
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashCasePicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = mash_service_list_cases_finish (MASH_SERVICE (source), result,
                                                                 &error);

  if (self->search == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  show_found (self, found);
  if (error != NULL)
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      say (self, sentence);
    }
}

static void
look (MashCasePicker *self)
{
  MashService *service = find_service (self);
  MashFormHost *host = find_host (self);
  MashContactFile *file = host != NULL ? mash_form_host_get_file (host) : NULL;

  if (service == NULL || file == NULL || self->value != NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_find_cases_async (service,
                                 mash_entity_get_id (MASH_ENTITY (
                                                       mash_contact_file_get_contact (file))),
                                 gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                 self->cancellable, on_found_cb, g_object_ref (self));
}

/* What is chosen, and that it has to be opened first where it was not yet. */
static void
show_chosen (MashCasePicker *self,
             GObject        *item)
{
  g_autofree char *words = dup_words (self, item);
  gboolean opened;

  g_object_get (item, "opened", &opened, NULL);
  gtk_label_set_text (self->chosen, words);
  gtk_widget_set_visible (GTK_WIDGET (self->unread), !opened);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashCasePicker) self = user_data;
  g_autoptr (GListModel) cases = mash_service_list_cases_finish (MASH_SERVICE (source), result,
                                                                 NULL);
  g_autoptr (GObject) item = cases != NULL ? g_list_model_get_item (cases, 0) : NULL;
  g_autofree char *contact = NULL;

  if (self->chosen == NULL || item == NULL)
    return;
  g_object_get (item, "contact", &contact, NULL);
  if (g_strcmp0 (contact, self->value) == 0)
    show_chosen (self, item);
}

/* Shows what is chosen, or the line to look for it. */
static void
show_value (MashCasePicker *self)
{
  MashService *service = find_service (self);

  gtk_stack_set_visible_child_name (self->stack, self->value != NULL ? "chosen" : "search");
  if (self->value == NULL)
    look (self);
  else if (service != NULL)
    mash_service_read_case_async (service, self->value, NULL, on_read_cb, g_object_ref (self));
}

static void
choose (MashCasePicker *self,
        guint           position)
{
  g_autoptr (GObject) item = self->found != NULL
                             ? g_list_model_get_item (self->found, position) : NULL;
  g_autofree char *contact = NULL;

  if (item == NULL)
    return;

  g_object_get (item, "contact", &contact, NULL);
  mash_set_str (&self->value, contact);
  show_chosen (self, item);
  gtk_stack_set_visible_child_name (self->stack, "chosen");
  gtk_widget_grab_focus (GTK_WIDGET (self->other));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_row_activated_cb (MashCasePicker *self,
                     GtkListBoxRow  *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

/* Enter takes the one that is found; of several one has to be picked. */
static void
on_activate_cb (MashCasePicker *self)
{
  if (self->found != NULL && g_list_model_get_n_items (self->found) == 1)
    choose (self, 0);
  else if (self->found != NULL && g_list_model_get_n_items (self->found) > 1)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_key_cb (MashCasePicker  *self,
           guint            key,
           guint            code,
           GdkModifierType  state)
{
  if (key != GDK_KEY_Down || self->found == NULL || g_list_model_get_n_items (self->found) == 0)
    return FALSE;

  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
on_other_clicked_cb (MashCasePicker *self)
{
  mash_set_str (&self->value, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_value (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_open_clicked_cb (MashCasePicker *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), MASH_TYPE_PAGE);

  if (page != NULL && self->value != NULL)
    mash_page_go (MASH_PAGE (page), "win.open-contact", self->value);
}

static void
mash_case_picker_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_case_picker_parent_class)->root (widget);

  show_value (MASH_CASE_PICKER (widget));
}

static void
mash_case_picker_dispose (GObject *object)
{
  MashCasePicker *self = MASH_CASE_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->found);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_CASE_PICKER);

  G_OBJECT_CLASS (mash_case_picker_parent_class)->dispose (object);
}

static void
mash_case_picker_finalize (GObject *object)
{
  MashCasePicker *self = MASH_CASE_PICKER (object);

  g_free (self->value);

  G_OBJECT_CLASS (mash_case_picker_parent_class)->finalize (object);
}

static void
mash_case_picker_class_init (MashCasePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_case_picker_dispose;
  object_class->finalize = mash_case_picker_finalize;

  widget_class->root = mash_case_picker_root;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-case-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, search);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, list);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, frame);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, remark);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, chosen);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, unread);
  gtk_widget_class_bind_template_child (widget_class, MashCasePicker, other);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked_cb);
}

static void
mash_case_picker_init (MashCasePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_case_picker_new (void)
{
  return g_object_new (MASH_TYPE_CASE_PICKER, NULL);
}

/**
 * mash_case_picker_get_value:
 * @self: a picker
 *
 * Returns: (nullable): the id of the contact that is chosen
 */
const char *
mash_case_picker_get_value (MashCasePicker *self)
{
  g_return_val_if_fail (MASH_IS_CASE_PICKER (self), NULL);

  return self->value;
}

/**
 * mash_case_picker_set_value:
 * @self: a picker
 * @contact: (nullable): the id of the contact that is chosen
 */
void
mash_case_picker_set_value (MashCasePicker *self,
                            const char     *contact)
{
  g_return_if_fail (MASH_IS_CASE_PICKER (self));

  if (mash_set_str (&self->value, contact))
    show_value (self);
}

/* What takes the focus, and bears the name of the field. */
GtkWidget *
mash_case_picker_get_focused (MashCasePicker *self)
{
  g_return_val_if_fail (MASH_IS_CASE_PICKER (self), NULL);

  if (self->value != NULL)
    return GTK_WIDGET (self->other);

  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search)));
}
