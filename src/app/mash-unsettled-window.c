/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-unsettled-window.h"

#include "mash-help-window.h"
#include "mash-sentences.h"
#include "mash-unsettled-row.h"

struct _MashUnsettledWindow
{
  AdwWindow    parent_instance;

  /* Template children */
  GtkListBox  *list;
  GtkLabel    *fault;

  /* Owned */
  MashService *service;
  GPtrArray   *unsettled; /* all that there is */

  guint        n_rows;    /* for how much of it there is a row */
};

/* As many rows as are made at once. */
#define ROWS_AT_ONCE 64

G_DEFINE_FINAL_TYPE (MashUnsettledWindow, mash_unsettled_window, ADW_TYPE_WINDOW)

static void
look (MashUnsettledWindow *self);

static void
show_fault (MashUnsettledWindow *self,
            const GError        *error)
{
  g_autofree char *sentence = mash_sentence_for_error (error);

  gtk_label_set_text (self->fault, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), TRUE);
}

/* What was not done can be tried again; what was typed for it stays. */
static void
end_settling (MashUnsettledWindow *self,
              gboolean             done,
              const GError        *error)
{
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (done)
    {
      look (self);
      return;
    }
  show_fault (self, error);
  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i)), TRUE);
}

static void
on_settled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashUnsettledWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_settle_finish (MASH_SERVICE (source), result, &error);

  end_settling (self, done, error);
}

static void
on_unsent_settled_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (MashUnsettledWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_settle_unsent_finish (MASH_SERVICE (source), result, &error);

  end_settling (self, done, error);
}

static void
on_row_settled_cb (MashUnsettledWindow *self,
                   gboolean             take_the_other,
                   MashUnsettledRow    *row)
{
  gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
  if (mash_unsettled_row_get (row)->step != NULL)
    mash_service_settle_unsent_async (self->service, mash_unsettled_row_get (row), take_the_other,
                                      mash_unsettled_row_get_words (row), on_unsent_settled_cb,
                                      g_object_ref (self));
  else
    mash_service_settle_async (self->service, mash_unsettled_row_get (row), take_the_other,
                             on_settled_cb, g_object_ref (self));
}

/* The contact opens in the window behind, and this one makes way: what waits goes on waiting. */
static void
on_row_opened_cb (MashUnsettledWindow *self,
                  MashUnsettledRow    *row)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.open-contact", "s",
                                mash_unsettled_row_get (row)->contact);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_row_entered_cb (MashUnsettledWindow *self,
                   GtkEventController  *controller);

/* A list box makes all its rows, so it grows by a page when somebody comes to the last of them. */
static void
add_rows (MashUnsettledWindow *self)
{
  guint end = MIN (self->unsettled->len, self->n_rows + ROWS_AT_ONCE);

  for (; self->n_rows < end; self->n_rows++)
    {
      GtkWidget *added = mash_unsettled_row_new (g_ptr_array_index (self->unsettled,
                                                                    self->n_rows));
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect_object (focus, "enter", G_CALLBACK (on_row_entered_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_controller (added, focus);
      g_signal_connect_object (added, "settled", G_CALLBACK (on_row_settled_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (added, "opened", G_CALLBACK (on_row_opened_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, added);
    }
}

static void
on_row_entered_cb (MashUnsettledWindow *self,
                   GtkEventController  *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);

  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == (int) self->n_rows - 1)
    add_rows (self);
}

static void
on_edge_reached_cb (MashUnsettledWindow *self,
                    GtkPositionType      edge)
{
  if (edge == GTK_POS_BOTTOM)
    add_rows (self);
}

/* What comes from the hub goes below what is at this desk. */
static void
show_list (MashUnsettledWindow *self,
           GPtrArray           *unsettled)
{
  gboolean at_once = self->n_rows == self->unsettled->len;

  for (guint i = 0; i < unsettled->len; i++)
    g_ptr_array_add (self->unsettled,
                     mash_unsettled_copy (g_ptr_array_index (unsettled, i)));
  if (at_once)
    add_rows (self);
}

static void
on_waiting_listed_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (MashUnsettledWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GtkListBoxRow *row;

  list = mash_service_list_waiting_finish (MASH_SERVICE (source), result, &error);
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (list != NULL)
    show_list (self, list);
  else
    show_fault (self, error);

  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (list != NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashUnsettledWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = mash_service_list_unsettled_finish (MASH_SERVICE (source), result,
                                                                   &error);
  GtkListBoxRow *row;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (list == NULL)
    {
      show_fault (self, error);
      return;
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->unsettled, 0);
  self->n_rows = 0;
  show_list (self, list);
  mash_service_list_waiting_async (self->service, on_waiting_listed_cb, g_object_ref (self));
}

static void
look (MashUnsettledWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
  mash_service_list_unsettled_async (self->service, on_listed_cb, g_object_ref (self));
}

static void
help_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  mash_help_window_open (GTK_WINDOW (widget), "hub");
}

static void
mash_unsettled_window_dispose (GObject *object)
{
  g_clear_object (&MASH_UNSETTLED_WINDOW (object)->service);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_UNSETTLED_WINDOW);

  G_OBJECT_CLASS (mash_unsettled_window_parent_class)->dispose (object);
}

static void
mash_unsettled_window_finalize (GObject *object)
{
  g_ptr_array_unref (MASH_UNSETTLED_WINDOW (object)->unsettled);

  G_OBJECT_CLASS (mash_unsettled_window_parent_class)->finalize (object);
}

static void
mash_unsettled_window_class_init (MashUnsettledWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_unsettled_window_dispose;
  object_class->finalize = mash_unsettled_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-unsettled-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledWindow, fault);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
  gtk_widget_class_install_action (widget_class, "unsettled.help", NULL, help_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "unsettled.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mash_unsettled_window_init (MashUnsettledWindow *self)
{
  self->unsettled = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_unsettled_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_unsettled_window_open:
 * @parent: the window that asks
 * @service: a service, signed in
 *
 * Shows what waits for whoever is signed in.
 */
void
mash_unsettled_window_open (GtkWindow   *parent,
                            MashService *service)
{
  MashUnsettledWindow *self;

  g_return_if_fail (MASH_IS_SERVICE (service));

  self = g_object_new (MASH_TYPE_UNSETTLED_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  self->service = g_object_ref (service);
  look (self);
  gtk_window_present (GTK_WINDOW (self));
}
