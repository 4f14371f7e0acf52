/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-rota-page.h"

#include <glib/gi18n.h>

#include "mash-rota.h"
#include "mash-service-rota.h"
#include "mash-time.h"
#include "mash-weekly-chart.h"
#include "mash-words.h"

struct _MashRotaPage
{
  MashPage      parent_instance;

  /* Template children */
  GtkLabel     *day_label;
  GtkLabel     *note;
  GtkLabel     *reason;
  GtkListBox   *list;

  /* Owned */
  GCancellable *cancellable;

  int           day;
  guint         n_morning;
  guint         n_afternoon;
  guint         busy : 1;
};

G_DEFINE_FINAL_TYPE (MashRotaPage, mash_rota_page, MASH_TYPE_PAGE)

/* The tick of one person for one half of the day: `half` is a code of the list HALF. */
typedef struct
{
  char       *staff;
  const char *half;
} Tick;

static void read_day (MashRotaPage *self);

static void
tick_free (gpointer  data,
           GClosure *closure)
{
  Tick *tick = data;

  g_free (tick->staff);
  g_free (tick);
}

/* Where nobody is entered the posts count, and that is said before somebody wonders. */
static void
show_note (MashRotaPage *self)
{
  const char *note = NULL;

  if (self->n_morning == 0 && self->n_afternoon == 0)
    note = _("Nobody is entered for this day: those whose post is on duty count as on duty.");
  else if (self->n_morning == 0)
    note = _("Nobody is entered for the morning: those whose post is on duty count as on duty.");
  else if (self->n_afternoon == 0)
    note = _("Nobody is entered for the afternoon: those whose post is on duty count as on duty.");
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (MashRotaPage) self = user_data;
  GError *error = NULL;

  if (mash_service_set_on_duty_finish (MASH_SERVICE (source), result, &error))
    return;

  mash_page_say_error (MASH_PAGE (self), error);
  g_error_free (error);
  /* What was ticked does not stand; the list shows what does. */
  if (self->list != NULL)
    read_day (self);
}

static void
on_toggled_cb (GtkCheckButton *button,
               gpointer        data)
{
  const Tick *tick = data;
  MashRotaPage *self = MASH_ROTA_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (button),
                                                                MASH_TYPE_ROTA_PAGE));
  gboolean on_duty = gtk_check_button_get_active (button);
  guint *n;

  if (self == NULL || self->busy)
    return;

  n = g_strcmp0 (tick->half, MASH_ROTA_MORNING) == 0 ? &self->n_morning : &self->n_afternoon;
  *n = on_duty ? *n + 1 : MAX (*n, 1) - 1;
  show_note (self);
  mash_service_set_on_duty_async (mash_page_get_service (MASH_PAGE (self)), self->day, tick->half,
                                  tick->staff, on_duty, on_set_cb, g_object_ref (self));
}

static GtkWidget *
make_tick (MashRotaPage *self,
           GObject      *item,
           const char   *half,
           const char   *words,
           gboolean      active)
{
  GtkWidget *button = gtk_check_button_new_with_label (words);
  Tick *tick = g_new0 (Tick, 1);
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_object_get (item, "staff", &tick->staff, "name", &name, NULL);
  tick->half = half;
  /* Translators: the name of a colleague, and “Morning” or “Afternoon”. */
  label = g_strdup_printf (_("%s: %s"), name, words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), active);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button,
                            mash_service_may_set_rota (mash_page_get_service (MASH_PAGE (self))));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_data (button, "toggled", G_CALLBACK (on_toggled_cb), tick, tick_free, 0);

  return button;
}

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  MashRotaPage *self = user_data;
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *team = NULL;
  g_autofree char *morning = NULL;
  g_autofree char *afternoon = NULL;
  g_autofree char *has = NULL;
  g_autofree char *words = NULL;
  guint load;

  g_object_get (item, "name", &name, "title", &title, "team", &team, "morning", &morning,
                "afternoon", &afternoon, "load", &load, NULL);
  has = mash_words_load (load);
  words = mash_words_join (" · ", title != NULL ? title : "", team != NULL ? team : "", has, NULL);
  g_object_set (row, "title", name, "subtitle", words, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_tick (self, item, MASH_ROTA_MORNING, _("Morning"),
                                        morning != NULL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_tick (self, item, MASH_ROTA_AFTERNOON, _("Afternoon"),
                                        afternoon != NULL));
  self->n_morning += morning != NULL;
  self->n_afternoon += afternoon != NULL;

  return row;
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashRotaPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rota = mash_service_list_rota_finish (MASH_SERVICE (source), result,
                                                               &error);

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rota == NULL)
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }

  self->busy = TRUE;
  self->n_morning = self->n_afternoon = 0;
  gtk_list_box_bind_model (self->list, rota, make_row_cb, self, NULL);
  self->busy = FALSE;
  show_note (self);
}

static void
read_day (MashRotaPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autofree char *day = mash_weekly_dup_day (self->day, TRUE);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_text (self->day_label, day);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), !mash_service_may_set_rota (service));
  mash_service_list_rota_async (service, self->day, self->cancellable, on_read_cb,
                                g_object_ref (self));
}

static void
earlier_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MASH_ROTA_PAGE (widget)->day--;
  read_day (MASH_ROTA_PAGE (widget));
}

static void
later_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  MASH_ROTA_PAGE (widget)->day++;
  read_day (MASH_ROTA_PAGE (widget));
}

static void
mash_rota_page_enter (MashPage *page)
{
  MashRotaPage *self = MASH_ROTA_PAGE (page);

  if (self->day == 0)
    self->day = mash_time_get_local_day (mash_page_get_now (page));
  read_day (self);
}

static void
mash_rota_page_dispose (GObject *object)
{
  MashRotaPage *self = MASH_ROTA_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ROTA_PAGE);

  G_OBJECT_CLASS (mash_rota_page_parent_class)->dispose (object);
}

static void
mash_rota_page_class_init (MashRotaPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_rota_page_dispose;

  MASH_PAGE_CLASS (klass)->enter = mash_rota_page_enter;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/rota/mash-rota-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashRotaPage, day_label);
  gtk_widget_class_bind_template_child (widget_class, MashRotaPage, note);
  gtk_widget_class_bind_template_child (widget_class, MashRotaPage, reason);
  gtk_widget_class_bind_template_child (widget_class, MashRotaPage, list);
  gtk_widget_class_install_action (widget_class, "rota.earlier", NULL, earlier_cb);
  gtk_widget_class_install_action (widget_class, "rota.later", NULL, later_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "rota.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "rota.later", NULL);
}

static void
mash_rota_page_init (MashRotaPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_rota_page_new:
 * @service: a service, signed in
 *
 * Returns: (transfer floating): the page, on today
 */
MashPage *
mash_rota_page_new (MashService *service)
{
  return g_object_new (MASH_TYPE_ROTA_PAGE, "service", service, NULL);
}
