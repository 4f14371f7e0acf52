/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-copy-window.h"

#include <glib/gi18n.h>

#include "mash-chronology-paper.h"
#include "mash-file-picker.h"
#include "mash-paper-pdf.h"

/* What the drop-down offers, in its order: codes of the list COPY. */
static const char *const forms[] = { "PAPER", "PDF", "TEXT" };

enum
{
  ON_PAPER,
  AS_PDF,
  AS_TEXT,
};

struct _MashCopyWindow
{
  AdwWindow         parent_instance;

  GtkLabel         *covers;
  GtkEntry         *recipient;
  GtkEntry         *purpose;
  GtkDropDown      *form;
  GtkButton        *make_button;
  GtkLabel         *reason;

  MashPage         *page;
  MashTimelineView *view;
  GFile            *file;
  gboolean          making;
};

G_DEFINE_FINAL_TYPE (MashCopyWindow, mash_copy_window, ADW_TYPE_WINDOW)

static const char *
get_text (GtkEntry *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* Which view it is, in words: of the record, and of the first page. */
static char *
dup_covers (const MashTimelineView *view)
{
  static const char *const scopes[] = {
    [MASH_TIMELINE_HOUSEHOLD] = N_("The whole household"),
    [MASH_TIMELINE_PERSON] = N_("One person"),
    [MASH_TIMELINE_CONTACT] = N_("This contact"),
    [MASH_TIMELINE_AGENCY] = N_("One agency"),
    [MASH_TIMELINE_HARM] = N_("Harm only"),
  };
  g_autoptr (GString) words = g_string_new (_(scopes[view->scope]));

  if (g_strcmp0 (view->significance, "notable") == 0)
    g_string_append (words, _(", notable and critical entries"));
  else if (g_strcmp0 (view->significance, "critical") == 0)
    g_string_append (words, _(", critical entries"));
  if (view->kind != NULL)
    g_string_append (words, _(", entries of one kind"));
  if (view->words != NULL && *view->words != '\0')
    g_string_append (words, _(", entries with the words searched for"));
  g_string_append (words, view->oldest_first ? _(", the oldest first") : _(", the newest first"));

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
update_button (MashCopyWindow *self)
{
  const char *reason = NULL;

  if (*get_text (self->recipient) == '\0')
    reason = _("Say for whom the copy is.");
  else if (*get_text (self->purpose) == '\0')
    reason = _("Say what the copy is for.");
  gtk_widget_set_sensitive (GTK_WIDGET (self->make_button), reason == NULL && !self->making);
  gtk_label_set_label (self->reason, reason != NULL ? reason
                       : _("It is written down who has the copy, and what for."));
}

/* The window has gone when these are called; the page tells how it went. */
static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashPage) page = user_data;
  GError *error = NULL;

  if (mash_paper_save_finish (result, &error))
    mash_page_say (page, _("The chronology is saved"));
  else
    mash_page_say_error (page, error);
}

static void
finish (MashCopyWindow *self)
{
  self->making = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_paper_made_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (MashCopyWindow) self = user_data;
  g_autoptr (MashPaper) paper = mash_chronology_paper_new_finish (result);
  guint form;

  /* Whoever asked has locked the desk in the meantime. */
  if (self->page == NULL)
    return;

  form = gtk_drop_down_get_selected (self->form);
  if (form == ON_PAPER)
    mash_page_print (self->page, paper);
  else
    mash_paper_save_async (paper, form == AS_TEXT, self->file, NULL, on_saved_cb,
                           g_object_ref (self->page));
  finish (self);
}

static void
on_copy_made_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashCopyWindow) self = user_data;
  MashService *service = MASH_SERVICE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChronology) chronology = mash_service_make_copy_finish (service, result, &error);
  g_autofree char *covers = NULL;

  if (self->page == NULL)
    return;
  if (chronology == NULL)
    {
      mash_page_say_error (self->page, g_steal_pointer (&error));
      finish (self);
      return;
    }

  covers = dup_covers (self->view);
  mash_chronology_paper_new_async (mash_service_get_policy (service), chronology,
                                   &(MashChronologyWords) {
    .recipient = get_text (self->recipient), .purpose = get_text (self->purpose),
    .covers = covers, .maker = mash_service_get_person_name (service),
    .post = mash_service_get_post_title (service),
  }, on_paper_made_cb, g_object_ref (self));
}

/* Each copy is on record: a second press must not make a second one. */
static void
make (MashCopyWindow *self)
{
  g_autofree char *covers = dup_covers (self->view);

  self->making = TRUE;
  update_button (self);
  mash_service_make_copy_async (mash_page_get_service (self->page), self->view, covers,
                                forms[gtk_drop_down_get_selected (self->form)],
                                get_text (self->recipient), get_text (self->purpose), NULL,
                                on_copy_made_cb, g_object_ref (self));
}

static void
on_file_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashCopyWindow) self = user_data;

  g_clear_object (&self->file);
  self->file = mash_file_picker_open_finish (result);
  if (self->file != NULL)
    make (self);
}

static void
on_make_clicked_cb (MashCopyWindow *self)
{
  guint form = gtk_drop_down_get_selected (self->form);

  if (form == ON_PAPER)
    make (self);
  else
    mash_file_picker_save_async (GTK_WIDGET (self), _("Save the chronology"),
                                 form == AS_TEXT ? "chronology.txt" : "chronology.pdf",
                                 on_file_chosen_cb, g_object_ref (self));
}

/* What is on record as handed out is handed out before the window goes. */
static gboolean
mash_copy_window_close_request (GtkWindow *window)
{
  return MASH_COPY_WINDOW (window)->making ||
         GTK_WINDOW_CLASS (mash_copy_window_parent_class)->close_request (window);
}

static void
mash_copy_window_dispose (GObject *object)
{
  MashCopyWindow *self = MASH_COPY_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_object (&self->file);
  g_clear_pointer (&self->view, mash_timeline_view_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_COPY_WINDOW);

  G_OBJECT_CLASS (mash_copy_window_parent_class)->dispose (object);
}

static void
mash_copy_window_class_init (MashCopyWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_copy_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mash_copy_window_close_request;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-copy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, covers);
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, recipient);
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, purpose);
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, form);
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, make_button);
  gtk_widget_class_bind_template_child (widget_class, MashCopyWindow, reason);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
  gtk_widget_class_bind_template_callback (widget_class, on_make_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mash_copy_window_init (MashCopyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->form))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _("Form of the copy"), -1);
  update_button (self);
}

/**
 * mash_copy_window_open:
 * @page: the page of the contact
 * @view: what is shown of its timeline
 */
void
mash_copy_window_open (MashPage               *page,
                       const MashTimelineView *view)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  MashCopyWindow *self = g_object_new (MASH_TYPE_COPY_WINDOW, "transient-for", parent,
                                       "modal", TRUE, NULL);
  g_autofree char *covers = dup_covers (view);

  self->page = g_object_ref (page);
  self->view = mash_timeline_view_copy (view);
  gtk_label_set_label (self->covers, covers);
  gtk_window_present (GTK_WINDOW (self));
}
