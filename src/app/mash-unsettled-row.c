/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-unsettled-row.h"

struct _MashUnsettledRow
{
  GtkListBoxRow  parent_instance;

  /* Template children */
  GtkLabel      *title;
  GtkLabel      *reference;
  GtkWidget     *open;
  GtkLabel      *reason;
  GtkLabel      *written;
  GtkWidget     *stands;
  GtkLabel      *other;
  GtkWidget     *beside;
  GtkWidget     *seen;
  GtkWidget     *leave;
  GtkWidget     *take;
  GtkWidget     *why;
  GtkEntry      *words;
  GtkWidget     *refuse;
  GtkWidget     *take_over;

  /* Owned */
  MashUnsettled *unsettled;
};

G_DEFINE_FINAL_TYPE (MashUnsettledRow, mash_unsettled_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SETTLED,
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
settle_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[SETTLED], 0, FALSE);
}

static void
take_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[SETTLED], 0, TRUE);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[OPENED], 0);
}

static void
mash_unsettled_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_UNSETTLED_ROW);

  G_OBJECT_CLASS (mash_unsettled_row_parent_class)->dispose (object);
}

static void
mash_unsettled_row_finalize (GObject *object)
{
  mash_unsettled_free (MASH_UNSETTLED_ROW (object)->unsettled);

  G_OBJECT_CLASS (mash_unsettled_row_parent_class)->finalize (object);
}

static void
mash_unsettled_row_class_init (MashUnsettledRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_unsettled_row_dispose;
  object_class->finalize = mash_unsettled_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-unsettled-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, title);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, reference);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, open);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, reason);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, written);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, stands);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, other);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, beside);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, seen);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, leave);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, take);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, why);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, words);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, refuse);
  gtk_widget_class_bind_template_child (widget_class, MashUnsettledRow, take_over);
  gtk_widget_class_install_action (widget_class, "unsettled.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "unsettled.settle", NULL, settle_cb);
  gtk_widget_class_install_action (widget_class, "unsettled.take", NULL, take_cb);

  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_unsettled_row_init (MashUnsettledRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_unsettled_row_new:
 * @unsettled: what the service listed
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
mash_unsettled_row_new (const MashUnsettled *unsettled)
{
  MashUnsettledRow *self = g_object_new (MASH_TYPE_UNSETTLED_ROW, NULL);
  gboolean two = unsettled->other != NULL;
  gboolean waits = unsettled->step != NULL;

  self->unsettled = mash_unsettled_copy (unsettled);
  gtk_label_set_text (self->title, unsettled->title);
  gtk_label_set_text (self->reference,
                      unsettled->reference != NULL ? unsettled->reference : "");
  gtk_widget_set_visible (self->open, unsettled->contact != NULL);
  gtk_label_set_text (self->reason, unsettled->reason);
  gtk_label_set_text (self->written, unsettled->written);
  gtk_label_set_text (self->other, two ? unsettled->other : "");
  gtk_widget_set_visible (self->stands, two);
  gtk_widget_set_visible (self->beside, two);
  gtk_widget_set_visible (self->seen, !two && !unsettled->is_kept && !waits);
  gtk_widget_set_visible (self->leave, two);
  gtk_widget_set_visible (self->take, two);
  gtk_widget_set_visible (self->why, waits);
  gtk_widget_set_visible (self->refuse, waits);
  gtk_widget_set_visible (self->take_over, waits && unsettled->is_whole);

  return GTK_WIDGET (self);
}

/**
 * mash_unsettled_row_get:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
const MashUnsettled *
mash_unsettled_row_get (MashUnsettledRow *self)
{
  g_return_val_if_fail (MASH_IS_UNSETTLED_ROW (self), NULL);

  return self->unsettled;
}

/**
 * mash_unsettled_row_get_words:
 * @self: a row of what somebody else could not send
 *
 * Returns: (transfer none): why it is taken over or refused, as far as it was typed
 */
const char *
mash_unsettled_row_get_words (MashUnsettledRow *self)
{
  g_return_val_if_fail (MASH_IS_UNSETTLED_ROW (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->words));
}
