/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-window.h"

#include <glib/gi18n.h>

#include "mash-board-page.h"
#include "mash-tray-info.h"
#include "mash-window-private.h"

G_DEFINE_FINAL_TYPE (MashWindow, mash_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SERVICE,
  PROP_PAGE,
  PROP_FOLD_SWAPPED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The text scale that the desktop asks for: 2 where text is twice as large. */
static double
get_text_scale (MashWindow *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int dpi = -1;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? dpi / (96.0 * 1024.0) : 1.0;
}

/* How much must share lines goes by the width in letters, not in pixels. */
static guint
get_compact (int    width,
             double scale)
{
  if (width / scale < 900)
    return 2;
  if (width / scale < 1240)
    return 1;

  return 0;
}

/* A reference is no heading: the family stands in the page's own head. It is read out and copied,
 * so it is never cut; some are wider than others. */
static void
update_title (MashWindow *self)
{
  const char *const heading[] = { "mash-title", NULL };
  const char *const reference[] = { "mash-strong", "numeric", NULL };
  gboolean is_reference = FALSE;

  g_object_get (self->page, "mono-title", &is_reference, NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->title_label),
                              (const char **) (is_reference ? reference : heading));
  gtk_label_set_ellipsize (self->title_label,
                           is_reference ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

static void
update_header (MashWindow *self)
{
  MashPage *page = self->page;
  g_autofree char *icon = NULL;
  g_autofree char *label = NULL;
  g_autofree char *reason = NULL;
  gboolean tight = self->compact == 2;

  if (page == NULL)
    return;

  update_title (self);
  g_object_get (page, "main-label", &label, "main-icon", &icon, "main-reason", &reason, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->main_button), label != NULL);
  gtk_image_set_from_icon_name (self->main_icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->main_icon), icon != NULL);
  gtk_label_set_label (self->main_label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->main_label), !tight || icon == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->main_button),
                               reason != NULL ? reason : _("Ctrl+Return"));
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->main_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    reason != NULL ? reason : "",
                                    -1);
  gtk_widget_set_visible (GTK_WIDGET (self->search), !tight);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), tight);
  gtk_widget_set_visible (GTK_WIDGET (self->person_words), self->compact == 0);
  g_object_set (self->hints, "brief", tight, NULL);
}

static void
update_fold (MashWindow *self)
{
  gboolean folds = FALSE;

  if (self->page != NULL)
    g_object_get (self->page, "folds-sidebar", &folds, NULL);

  /* F9 swaps what the page and the room would have. */
  g_object_set (self->sidebar,
                "folded", (folds || self->compact > 0) != self->fold_swapped,
                NULL);
}

static void
update_room (MashWindow *self)
{
  double scale = get_text_scale (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, NULL);

  self->compact = get_compact (width, scale);
  mash_tray_page_set_scale (self->tray_page, scale);
  if (self->page != NULL)
    g_object_set (self->page, "compact", self->compact, NULL);
  update_fold (self);
  update_header (self);
}

static gboolean
on_room_changed_idle_cb (gpointer data)
{
  MashWindow *self = data;

  self->room_idle = 0;
  update_room (self);

  return G_SOURCE_REMOVE;
}

/* Columns must not come and go within an allocation: that happens after it. */
static void
queue_room_changed (MashWindow *self)
{
  if (self->room_idle == 0)
    self->room_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_room_changed_idle_cb, self, NULL);
}

void
mash_window_swap_fold (MashWindow *self)
{
  self->fold_swapped = !self->fold_swapped;
  update_fold (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLD_SWAPPED]);
}

static char *
dup_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name != NULL ? name : "", " ", -1);
  GString *initials = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && (i == 0 || words[i + 1] == NULL))
      g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[i])));

  return g_string_free (initials, FALSE);
}

static void
update_person (MashWindow *self)
{
  const char *name = mash_service_get_person_name (self->service);
  const char *title = mash_service_get_post_title (self->service);
  g_autofree char *initials = dup_initials (name);
  g_autofree char *spoken = NULL;

  gtk_label_set_label (self->person_name, name != NULL ? name : "");
  gtk_label_set_label (self->person_title, title != NULL ? title : "");
  gtk_label_set_label (self->person_initials, initials);
  /* Translators: %s is the name of the person who is signed in. */
  spoken = g_strdup_printf (_("Signed in: %s"), name != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->person_button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->person_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

void
mash_window_show_tray (MashWindow *self,
                       MashTrayId  tray)
{
  if (self->page == MASH_PAGE (self->tray_page))
    mash_tray_page_set_tray (self->tray_page, tray);
  else
    mash_tray_page_choose (self->tray_page, tray);
  mash_window_set_page (self, MASH_PAGE (self->tray_page));
}

static void
on_signed_in_cb (MashWindow *self)
{
  self->left = FALSE;
  update_person (self);
  mash_window_show_stage (self);
  mash_window_show_tray (self, MASH_TRAY_FRONT_DOOR);
  mash_unfinished_banner_look (self->unfinished, self->service);
  mash_window_look (self);
  self->active_at = g_get_monotonic_time ();
  self->signed_in_at = self->active_at;
}

static void
on_signed_out_cb (MashWindow *self)
{
  mash_unfinished_banner_forget (self->unfinished);
  self->covered = FALSE;
  self->told_end = FALSE;
  g_clear_pointer (&self->unsaved, g_free);
  mash_window_set_page (self, MASH_PAGE (self->tray_page));
  mash_window_show_stage (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

static void
on_tray_chosen_cb (MashWindow *self,
                   guint       tray)
{
  mash_window_show_tray (self, tray);
}

static void
on_search_activate_cb (MashWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.search", "s", text);
}

/* One letter may be the beginning of anything; from two on the list follows on its own page, where
 * the typing goes on. */
static void
on_search_typed_cb (MashWindow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  if (g_utf8_strlen (text, -1) < 2 || !mash_window_is_usable (self))
    return;

  mash_window_set_page (self, MASH_PAGE (mash_window_need_search_page (self)));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  mash_search_page_type (self->search_page, text);
}

static void
on_banner_clicked_cb (MashWindow *self)
{
  g_object_set (self->banner, "revealed", FALSE, NULL);
  mash_window_open_unsaved (self);
}

static void
on_unfinished_open_cb (MashWindow      *self,
                       MashContactFile *file)
{
  mash_window_show_file (self, file);
}

static void
on_page_changed_cb (MashWindow *self)
{
  update_header (self);
  update_fold (self);
}

/* Anything that a person does keeps the idle lock away. */
static gboolean
on_event_cb (MashWindow *self,
             GdkEvent   *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_MOTION_NOTIFY ||
      type == GDK_SCROLL || type == GDK_TOUCH_BEGIN)
    {
      self->active_at = g_get_monotonic_time ();
      mash_window_withdraw_warning (self);
    }

  return GDK_EVENT_PROPAGATE;
}

static void
mash_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::width",
                           G_CALLBACK (queue_room_changed), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (queue_room_changed), widget, G_CONNECT_SWAPPED);
  queue_room_changed (MASH_WINDOW (widget));
}

/* At the start page the keyboard belongs in its first empty field. */
static gboolean
mash_window_grab_focus (GtkWidget *widget)
{
  MashWindow *self = MASH_WINDOW (widget);

  if (self->service != NULL && !mash_service_get_signed_in (self->service))
    return gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));

  return GTK_WIDGET_CLASS (mash_window_parent_class)->grab_focus (widget);
}

static void
mash_window_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  MashWindow *self = MASH_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;

    case PROP_PAGE:
      g_value_set_object (value, self->page);
      break;

    case PROP_FOLD_SWAPPED:
      g_value_set_boolean (value, self->fold_swapped);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_window_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  MashWindow *self = MASH_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      self->service = g_value_dup_object (value);
      break;

    case PROP_PAGE:
      mash_window_set_page (self, g_value_get_object (value));
      break;

    case PROP_FOLD_SWAPPED:
      if (self->fold_swapped != g_value_get_boolean (value))
        mash_window_swap_fold (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_window_constructed (GObject *object)
{
  MashWindow *self = MASH_WINDOW (object);

  G_OBJECT_CLASS (mash_window_parent_class)->constructed (object);

  if (self->service == NULL)
    return;

  self->minute = mash_minute_new (self->service);
  g_object_set (self->sign_in_page, "service", self->service, NULL);
  g_object_set (self->sidebar, "service", self->service, NULL);
  g_object_set (self->tray_page, "service", self->service, "minute", self->minute, NULL);
  g_signal_connect_object (self->service, "signed-out", G_CALLBACK (on_signed_out_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "notify::person-name", G_CALLBACK (update_person), self,
                           G_CONNECT_SWAPPED);
  mash_window_watch_idle (self);
}

static void
mash_window_dispose (GObject *object)
{
  MashWindow *self = MASH_WINDOW (object);

  g_clear_handle_id (&self->room_idle, g_source_remove);
  mash_window_watch_no_more (self);
  g_clear_object (&self->page_signals);
  g_clear_pointer (&self->unsaved, g_free);
  g_clear_object (&self->page);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_WINDOW);
  g_clear_object (&self->minute);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MashWindow, stages);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, main_button);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, main_icon);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, main_label);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, search);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, person_button);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, person_words);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, person_initials);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, person_name);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, person_title);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, unfinished);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, tray_page);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, hints);
  gtk_widget_class_bind_template_child (widget_class, MashWindow, fault_page);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tray_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unfinished_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_event_cb);
}

static void
mash_window_class_init (MashWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_window_get_property;
  object_class->set_property = mash_window_set_property;
  object_class->constructed = mash_window_constructed;
  object_class->dispose = mash_window_dispose;
  widget_class->grab_focus = mash_window_grab_focus;
  widget_class->realize = mash_window_realize;

  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, MASH_TYPE_SERVICE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE] =
    g_param_spec_object ("page", NULL, NULL, MASH_TYPE_PAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLD_SWAPPED] =
    g_param_spec_boolean ("fold-swapped", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_BANNER);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_HUB_BANNER);
  g_type_ensure (MASH_TYPE_KEY_HINTS);
  g_type_ensure (MASH_TYPE_SIDEBAR);
  g_type_ensure (MASH_TYPE_SIGN_IN_PAGE);
  g_type_ensure (MASH_TYPE_TRAY_PAGE);
  g_type_ensure (MASH_TYPE_UNFINISHED_BANNER);

  gtk_widget_class_set_template_from_resource (widget_class, "/uk/mash/Desk/ui/mash-window.ui");
  bind_children (widget_class);
  mash_window_class_install_actions (widget_class);
}

static void
mash_window_init (MashWindow *self)
{
  self->page_signals = g_signal_group_new (MASH_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify", G_CALLBACK (on_page_changed_cb),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  mash_window_show_stage (self);
}

/**
 * mash_window_new:
 * @application: the application
 * @service: the door to everything
 *
 * Returns: (transfer none): a window, which the toolkit owns
 */
MashWindow *
mash_window_new (GtkApplication *application,
                 MashService    *service)
{
  return g_object_new (MASH_TYPE_WINDOW,
                       "application", application,
                       "service", service,
                       NULL);
}

/**
 * mash_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page that is shown
 */
MashPage *
mash_window_get_page (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), NULL);

  return self->page;
}

/* A page that is not one of the window's own goes when another takes its place. */
static void
drop_page (MashWindow *self,
           MashPage   *page)
{
  if (page == NULL)
    return;

  mash_page_leave (page);
  if (page != MASH_PAGE (self->tray_page) && page != MASH_PAGE (self->search_page) &&
      page != MASH_PAGE (self->reports_page))
    gtk_stack_remove (self->pages, GTK_WIDGET (page));
}

/**
 * mash_window_set_page:
 * @self: a window
 * @page: the page to show
 *
 * Leaves the page that was shown, and enters this one.
 */
void
mash_window_set_page (MashWindow *self,
                      MashPage   *page)
{
  g_autoptr (MashPage) last = self->page != NULL ? g_object_ref (self->page) : NULL;
  gboolean is_tray = page == MASH_PAGE (self->tray_page);

  g_return_if_fail (MASH_IS_WINDOW (self));
  g_return_if_fail (MASH_IS_PAGE (page));

  if (gtk_widget_get_parent (GTK_WIDGET (page)) == NULL)
    gtk_stack_add_child (self->pages, GTK_WIDGET (page));
  mash_sidebar_select (self->sidebar,
                       is_tray ? (int) mash_tray_page_get_tray (self->tray_page)
                       : page == MASH_PAGE (self->reports_page) ? MASH_SIDEBAR_REPORTS
                       : MASH_IS_BOARD_PAGE (page) ? MASH_SIDEBAR_ACTIONS : -1);
  if (!g_set_object (&self->page, page))
    return;

  g_object_set (page, "compact", self->compact, NULL);
  g_signal_group_set_target (self->page_signals, page);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
  on_page_changed_cb (self);
  drop_page (self, last);
  mash_page_enter (page);
  if (is_tray && mash_window_is_usable (self))
    mash_unfinished_banner_look (self->unfinished, self->service);
  else
    mash_unfinished_banner_forget (self->unfinished);
}

/**
 * mash_window_is_usable:
 * @self: a window
 *
 * Returns: whether somebody is signed in and can see the desk
 */
gboolean
mash_window_is_usable (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), FALSE);

  return !self->covered && !self->restoring && self->service != NULL &&
         mash_service_get_signed_in (self->service);
}

/**
 * mash_window_get_covered:
 * @self: a window
 *
 * Returns: whether the privacy key has covered it
 */
gboolean
mash_window_get_covered (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), FALSE);

  return self->covered;
}

/**
 * mash_window_get_chosen_person:
 * @self: a window
 *
 * Returns: which line of a training hub's list of people is chosen
 */
guint
mash_window_get_chosen_person (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), 0);

  return mash_sign_in_page_get_chosen (self->sign_in_page);
}

/**
 * mash_window_choose_person:
 * @self: a window
 * @position: a line of a training hub's list of people
 *
 * Has the sign-in page begin with that person.
 */
void
mash_window_choose_person (MashWindow *self,
                           guint       position)
{
  g_return_if_fail (MASH_IS_WINDOW (self));

  mash_sign_in_page_choose (self->sign_in_page, position);
}

/**
 * mash_window_say:
 * @self: a window
 * @sentence: what was done, without personal data
 *
 * Says it in a toast. The toast of the floor would read the sentence as markup.
 */
void
mash_window_say (MashWindow *self,
                 const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  g_return_if_fail (MASH_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/**
 * mash_window_show_fault:
 * @self: a window
 * @sentence: why there is nothing to sign in to, and what to do
 *
 * Shows it in place of the sign-in page.
 */
void
mash_window_show_fault (MashWindow *self,
                        const char *sentence)
{
  g_return_if_fail (MASH_IS_WINDOW (self));

  g_object_set (self->fault_page, "description", sentence, NULL);
  gtk_stack_set_visible_child_name (self->stages, "fault");
}

/**
 * mash_window_get_idle_time:
 * @self: a window
 *
 * Returns: for how many microseconds nobody has touched keyboard or mouse here
 */
gint64
mash_window_get_idle_time (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), 0);

  return g_get_monotonic_time () - self->active_at;
}
