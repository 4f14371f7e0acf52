/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-unfinished-banner.h"

#include <glib/gi18n-lib.h>

#include "mash-dispose.h"
#include "mash-question.h"
#include "mash-words.h"

struct _MashUnfinishedBanner
{
  GtkWidget        parent_instance;

  /* Template children */
  GtkLabel        *sentence;

  /* Owned */
  MashService     *service;
  MashContactFile *file;

  guint            looked; /* which look is the last one */
};

G_DEFINE_FINAL_TYPE (MashUnfinishedBanner, mash_unfinished_banner, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  MashUnfinishedBanner *self;
  guint                 number;
} Look;

static void
show (MashUnfinishedBanner *self)
{
  gint64 at = mash_contact_file_get_draft_at (self->file);
  g_autofree char *moment = mash_words_moment (at, mash_service_get_now (self->service));
  /* Translators: %s is a time, with the date where it was not today. */
  g_autofree char *words = g_strdup_printf (_("You have an unfinished referral from %s."), moment);

  gtk_label_set_text (self->sentence, words);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_found_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Look *look = user_data;
  g_autoptr (MashUnfinishedBanner) self = look->self;
  g_autoptr (MashContactFile) file = NULL;
  gboolean wanted = look->number == self->looked && self->service != NULL;

  g_free (look);
  file = mash_service_find_unfinished_finish (MASH_SERVICE (object), result, NULL);
  if (!wanted || file == NULL || mash_contact_file_get_draft_at (file) == 0)
    return;

  g_set_object (&self->file, file);
  show (self);
}

static void
on_given_up_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashUnfinishedBanner) self = user_data;

  mash_service_save_draft_finish (MASH_SERVICE (object), result, NULL);
  if (self->service != NULL)
    mash_unfinished_banner_look (self, self->service);
}

static void
on_answered_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MashUnfinishedBanner *self = MASH_UNFINISHED_BANNER (object);

  if (!mash_question_ask_finish (result) || self->file == NULL)
    return;

  mash_contact_file_discard (self->file);
  mash_service_save_draft_async (self->service, self->file, on_given_up_cb, g_object_ref (self));
  g_clear_object (&self->file);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
discard_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  if (MASH_UNFINISHED_BANNER (widget)->file != NULL)
    mash_question_ask_async (widget, _("Discard the unfinished referral?"),
                             _("What was typed is lost for good."), _("Discard"), TRUE,
                             on_answered_cb, NULL);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashUnfinishedBanner *self = MASH_UNFINISHED_BANNER (widget);
  g_autoptr (MashContactFile) file = g_steal_pointer (&self->file);

  if (file == NULL)
    return;

  gtk_widget_set_visible (widget, FALSE);
  g_signal_emit (self, signals[OPEN], 0, file);
}

static void
mash_unfinished_banner_dispose (GObject *object)
{
  MashUnfinishedBanner *self = MASH_UNFINISHED_BANNER (object);

  g_clear_object (&self->file);
  g_clear_object (&self->service);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_UNFINISHED_BANNER);

  G_OBJECT_CLASS (mash_unfinished_banner_parent_class)->dispose (object);
}

static void
mash_unfinished_banner_class_init (MashUnfinishedBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_unfinished_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-unfinished-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, MashUnfinishedBanner, sentence);
  gtk_widget_class_install_action (widget_class, "unfinished.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "unfinished.discard", NULL, discard_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, MASH_TYPE_CONTACT_FILE);
}

static void
mash_unfinished_banner_init (MashUnfinishedBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_unfinished_banner_look:
 * @self: the banner
 * @service: a service, signed in
 *
 * Shows itself if the person left a referral unfinished.
 */
void
mash_unfinished_banner_look (MashUnfinishedBanner *self,
                             MashService          *service)
{
  Look *look;

  g_return_if_fail (MASH_IS_UNFINISHED_BANNER (self));
  g_return_if_fail (MASH_IS_SERVICE (service));

  g_set_object (&self->service, service);
  look = g_new0 (Look, 1);
  look->self = g_object_ref (self);
  look->number = ++self->looked;
  mash_service_find_unfinished_async (service, on_found_cb, look);
}

/**
 * mash_unfinished_banner_forget:
 * @self: the banner
 *
 * Hides itself and lets go of the referral, whose draft stays.
 */
void
mash_unfinished_banner_forget (MashUnfinishedBanner *self)
{
  g_return_if_fail (MASH_IS_UNFINISHED_BANNER (self));

  self->looked++;
  g_clear_object (&self->file);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
