/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-page.h"

#include <glib/gi18n.h>

#include "mash-empty-page.h"
#include "mash-growing-list.h"
#include "mash-set-str.h"
#include "mash-tray-bulk.h"
#include "mash-tray-cells.h"
#include "mash-tray-columns.h"
#include "mash-tray-deeds.h"
#include "mash-tray-filter.h"
#include "mash-tray-info.h"
#include "mash-tray-line.h"
#include "mash-tray-narrow.h"
#include "mash-words.h"

struct _MashTrayPage
{
  MashPage           parent_instance;

  GtkWidget         *links;
  GtkBox            *filter_row;
  GtkToggleButton   *filter_all;
  GtkToggleButton   *filter_no_one;
  GtkToggleButton   *filter_mine;
  GtkToggleButton   *filter_late;
  GtkToggleButton   *filter_missing;
  GtkSpinner        *spinner;
  GtkLabel          *order_label;
  GtkStack          *stack;
  GtkColumnView     *view;
  MashEmptyPage     *empty;
  MashTrayNarrow    *narrow;
  MashTrayBulk      *bulk;

  GListModel        *list;
  MashGrowingList   *rows;
  GtkSelectionModel *selection;
  GCancellable      *cancellable;
  char              *filter_id;
  char              *chosen;

  MashTrayId         tray;
  guint              spinner_timer;
  gint64             ordered_at;
  double             scale;
};

G_DEFINE_FINAL_TYPE (MashTrayPage, mash_tray_page, MASH_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_FILTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Which rows are asked for: what the buttons say, and what the panel narrows it to. */
static MashTrayQuery *
make_query (MashTrayPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  MashTrayQuery *query = mash_tray_query_new (self->tray);

  mash_tray_filter_apply (mash_tray_filter_find (self->filter_id), query,
                          mash_service_get_actor (service)->person);
  mash_tray_narrow_apply (self->narrow, query);

  return query;
}

static void
count_filters (MashTrayPage *self)
{
  GtkToggleButton *const buttons[MASH_N_TRAY_FILTERS] = {
    self->filter_all, self->filter_no_one, self->filter_mine, self->filter_late,
    self->filter_missing,
  };
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  for (guint i = 0; service != NULL && i < MASH_N_TRAY_FILTERS; i++)
    {
      guint count = mash_tray_filter_count ((MashTrayFilter) i,
                                            mash_service_get_tray_facets (service, self->tray),
                                            mash_service_get_tray_count (service, self->tray),
                                            mash_service_get_actor (service)->person);
      g_autofree char *label = mash_tray_filter_dup_label ((MashTrayFilter) i, count);

      gtk_button_set_label (GTK_BUTTON (buttons[i]), label);
    }
}

static gboolean
is_filtered (MashTrayPage *self)
{
  return g_strcmp0 (self->filter_id, "all") != 0 || mash_tray_narrow_get_n (self->narrow) > 0;
}

/* Whether the tray is empty, and not only under its filters. */
static gboolean
holds_nothing (MashTrayPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  return service == NULL ||
         (mash_service_get_tray_count (service, self->tray) == 0 && !is_filtered (self));
}

static void
show_empty (MashTrayPage *self)
{
  const MashTrayInfo *info = mash_tray_info_get (self->tray);

  if (!holds_nothing (self))
    g_object_set (self->empty,
                  "icon-name", info->icon,
                  "title", _("Nothing under this filter"),
                  "description", _("Other contacts are in this tray."),
                  "button-label", _("Show all"),
                  "action-name", "tray.show-all",
                  NULL);
  else
    g_object_set (self->empty,
                  "icon-name", info->icon,
                  "title", _(info->empty_title),
                  "description", _(info->empty_words),
                  "button-label", info->takes_in ? _("Open referral…") : NULL,
                  "action-name", "win.open-referral",
                  NULL);
}

static void
update_order (MashTrayPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  guint n_new = service != NULL ? mash_service_get_tray_new (service, self->tray) : 0;
  g_autofree char *hour = mash_words_hour (self->ordered_at);
  g_autofree char *words = NULL;

  if (self->ordered_at == 0)
    words = g_strdup ("");
  else if (n_new == 0)
    /* Translators: %s is a time of day. */
    words = g_strdup_printf (_("In the order of %s"), hour);
  else
    /* Translators: %s is a time of day. */
    words = g_strdup_printf (ngettext ("In the order of %s, %u new since",
                                       "In the order of %s, %u new since", n_new), hour, n_new);
  gtk_label_set_label (self->order_label, words);
}

static void
update_page (MashTrayPage *self)
{
  guint n_shown = self->selection != NULL
                  ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  count_filters (self);
  show_empty (self);
  update_order (self);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_row), n_shown > 0 || !holds_nothing (self));
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "list" : "empty");
}

static gpointer
make_line (gpointer item,
           gpointer user_data)
{
  MashPage *page = user_data;
  g_autoptr (MashTrayItem) owned = item;

  return mash_tray_line_new (owned, mash_page_get_policy (page), mash_page_get_minute (page));
}

/* The one contact that is chosen; the first where there are several. */
static char *
dup_chosen (MashTrayPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  g_autoptr (MashTrayLine) line = NULL;

  if (self->selection == NULL)
    return NULL;

  chosen = gtk_selection_model_get_selection (self->selection);
  if (gtk_bitset_is_empty (chosen))
    return NULL;
  line = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (chosen));

  return line != NULL ? mash_tray_line_dup_contact (line) : NULL;
}

/* After a list was read anew its lines are new objects: the same contact stays selected. */
static void
select_contact (MashTrayPage *self,
                const char   *contact)
{
  guint position = mash_service_find_in_tray (mash_page_get_service (MASH_PAGE (self)), self->tray,
                                              contact);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);

  if (position != G_MAXUINT &&
      position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    mash_growing_list_finish (self->rows);
  if (position != G_MAXUINT)
    gtk_selection_model_select_item (self->selection, position, TRUE);
  else if (gtk_bitset_is_empty (chosen))
    gtk_selection_model_select_item (self->selection, 0, TRUE);
}

static void
set_list (MashTrayPage *self,
          GListModel   *list)
{
  GListModel *lines;

  if (list != NULL && list == self->list)
    return;
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, update_page, self);
  g_set_object (&self->list, list);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  if (list == NULL)
    {
      gtk_column_view_set_model (self->view, NULL);
      mash_tray_bulk_set_selection (self->bulk, NULL, NULL);
      return;
    }

  lines = G_LIST_MODEL (gtk_map_list_model_new (g_object_ref (list), make_line, self, NULL));
  self->rows = mash_growing_list_new (lines, GTK_WIDGET (self->view));
  self->selection = GTK_SELECTION_MODEL (
    gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  gtk_column_view_set_model (self->view, self->selection);
  mash_tray_bulk_set_selection (self->bulk, self->selection, list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static gboolean
on_waited_cb (gpointer data)
{
  MashTrayPage *self = data;

  self->spinner_timer = 0;
  gtk_spinner_start (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);

  return G_SOURCE_REMOVE;
}

static void
stop_waiting (MashTrayPage *self)
{
  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
on_refreshed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashTrayPage) self = user_data;
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  GError *error = NULL;

  stop_waiting (self);
  if (!mash_service_refresh_tray_finish (MASH_SERVICE (source), result, &error))
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }

  self->ordered_at = mash_page_get_now (MASH_PAGE (self));
  if (self->selection == NULL)
    return;

  if (service != NULL)
    mash_tray_narrow_set_facets (self->narrow, mash_page_get_policy (MASH_PAGE (self)),
                                 mash_service_get_tray_facets (service, self->tray));
  update_page (self);
  select_contact (self, self->chosen);
}

static void
refresh (MashTrayPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autofree char *chosen = dup_chosen (self);
  g_autoptr (MashTrayQuery) query = NULL;

  if (service == NULL || !mash_service_get_signed_in (service))
    return;

  if (chosen != NULL)
    mash_set_str (&self->chosen, chosen);
  if (self->spinner_timer == 0)
    self->spinner_timer = g_timeout_add (300, on_waited_cb, self);
  query = make_query (self);
  mash_service_set_tray_query (service, query);
  mash_service_refresh_tray_async (service, self->tray, self->cancellable,
                                   on_refreshed_cb, g_object_ref (self));
}

static void
take_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashTrayPage *self = MASH_TRAY_PAGE (widget);
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autofree char *contact = dup_chosen (self);

  if (mash_tray_bulk_get_n_chosen (self->bulk) > 1)
    mash_tray_bulk_assign (self->bulk, mash_service_get_actor (service)->person);
  else if (contact != NULL)
    mash_tray_take (MASH_PAGE (widget), contact);
}

static void
release_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  mash_tray_bulk_assign (MASH_TRAY_PAGE (widget)->bulk, NULL);
}

static void
assign_to_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  mash_tray_bulk_pop_up (MASH_TRAY_PAGE (widget)->bulk);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  MashTrayPage *self = MASH_TRAY_PAGE (widget);

  if (self->rows != NULL)
    mash_growing_list_finish (self->rows);
  mash_tray_bulk_select_all (self->bulk);
}

static void
narrow_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  mash_tray_narrow_pop_up (MASH_TRAY_PAGE (widget)->narrow);
}

static void
harm_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashTrayPage *self = MASH_TRAY_PAGE (widget);
  g_autofree char *contact = dup_chosen (self);

  if (mash_tray_bulk_get_n_chosen (self->bulk) > 1)
    mash_page_say (MASH_PAGE (widget), _("Choose one contact to mark significant harm."));
  else if (contact != NULL)
    mash_tray_mark_harm (MASH_PAGE (widget), contact);
}

static void
sort_again_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  refresh (MASH_TRAY_PAGE (widget));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  MashTrayPage *self = MASH_TRAY_PAGE (widget);

  mash_tray_narrow_clear (self->narrow);
  if (g_strcmp0 (self->filter_id, "all") == 0)
    refresh (self);
  else
    g_object_set (self, "filter", "all", NULL);
}

static void
on_narrowed_cb (MashTrayPage *self)
{
  refresh (self);
}

static void
on_row_activated_cb (MashTrayPage *self,
                     guint         position)
{
  g_autoptr (MashTrayLine) line = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (line != NULL)
    mash_tray_open (MASH_PAGE (self), line);
}

static void
lay_out (MashTrayPage *self)
{
  guint compact = 0;

  g_object_get (self, "compact", &compact, NULL);
  mash_tray_columns_lay_out (self->view, compact, self->scale);

  gtk_widget_set_visible (GTK_WIDGET (self->filter_mine), compact == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_missing), compact == 0);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_row),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_counts_changed_cb (MashTrayPage *self)
{
  count_filters (self);
  update_order (self);
}

static void
on_service_changed_cb (MashTrayPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  if (service != NULL)
    g_signal_connect_object (service, "counts-changed", G_CALLBACK (on_counts_changed_cb), self,
                             G_CONNECT_SWAPPED);
  mash_tray_bulk_set_service (self->bulk, service);
}

static void
mash_tray_page_enter (MashPage *page)
{
  MashTrayPage *self = MASH_TRAY_PAGE (page);

  if (mash_page_get_service (page) != NULL)
    mash_tray_page_set_tray (self, self->tray);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
mash_tray_page_run_main (MashPage *page)
{
  mash_page_go (page, "win.new-contact", NULL);
}

static void
mash_tray_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  MashTrayPage *self = MASH_TRAY_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_string (value, self->filter_id);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_tray_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  MashTrayPage *self = MASH_TRAY_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      if (!mash_set_str (&self->filter_id, g_value_get_string (value)))
        break;
      refresh (self);
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_tray_page_dispose (GObject *object)
{
  MashTrayPage *self = MASH_TRAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  if (self->view != NULL)
    set_list (self, NULL);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_TRAY_PAGE);

  G_OBJECT_CLASS (mash_tray_page_parent_class)->dispose (object);
}

static void
mash_tray_page_finalize (GObject *object)
{
  MashTrayPage *self = MASH_TRAY_PAGE (object);

  g_free (self->filter_id);
  g_free (self->chosen);

  G_OBJECT_CLASS (mash_tray_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, links);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_row);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_all);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_no_one);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_mine);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_late);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, filter_missing);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, order_label);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, view);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, narrow);
  gtk_widget_class_bind_template_child (widget_class, MashTrayPage, bulk);
  gtk_widget_class_bind_template_callback (widget_class, on_narrowed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mash_tray_page_class_init (MashTrayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashPageClass *page_class = MASH_PAGE_CLASS (klass);

  object_class->get_property = mash_tray_page_get_property;
  object_class->set_property = mash_tray_page_set_property;
  object_class->dispose = mash_tray_page_dispose;
  object_class->finalize = mash_tray_page_finalize;
  page_class->enter = mash_tray_page_enter;
  page_class->run_main = mash_tray_page_run_main;

  properties[PROP_FILTER] =
    g_param_spec_string ("filter", NULL, NULL, "all",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_TRAY_BULK);
  g_type_ensure (MASH_TYPE_TRAY_NARROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/tray/mash-tray-page.ui");
  bind_children (widget_class);
  mash_tray_cells_bind (widget_class);
  gtk_widget_class_install_property_action (widget_class, "tray.filter", "filter");
  gtk_widget_class_install_action (widget_class, "tray.take", NULL, take_cb);
  gtk_widget_class_install_action (widget_class, "tray.mark-harm", NULL, harm_cb);
  gtk_widget_class_install_action (widget_class, "tray.release", NULL, release_cb);
  gtk_widget_class_install_action (widget_class, "tray.assign", NULL, assign_to_cb);
  gtk_widget_class_install_action (widget_class, "tray.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "tray.narrow", NULL, narrow_cb);
  gtk_widget_class_install_action (widget_class, "tray.sort-again", NULL, sort_again_cb);
  gtk_widget_class_install_action (widget_class, "tray.show-all", NULL, show_all_cb);
}

static void
mash_tray_page_init (MashTrayPage *self)
{
  self->scale = 1.0;
  self->filter_id = g_strdup ("all");
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::compact", G_CALLBACK (lay_out), NULL);
  g_signal_connect (self, "notify::service", G_CALLBACK (on_service_changed_cb), NULL);
  lay_out (self);
}

/**
 * mash_tray_page_get_tray:
 * @self: a page
 *
 * Returns: the tray that it shows
 */
MashTrayId
mash_tray_page_get_tray (MashTrayPage *self)
{
  g_return_val_if_fail (MASH_IS_TRAY_PAGE (self), MASH_TRAY_FRONT_DOOR);

  return self->tray;
}

/**
 * mash_tray_page_choose:
 * @self: a page
 * @tray: the tray to show when the page is entered, which has it read
 */
void
mash_tray_page_choose (MashTrayPage *self,
                       MashTrayId    tray)
{
  g_return_if_fail (MASH_IS_TRAY_PAGE (self));

  if (self->tray == tray)
    return;

  self->tray = tray;
  self->ordered_at = 0;
  mash_tray_narrow_clear (self->narrow);
  mash_set_str (&self->filter_id, "all");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

/**
 * mash_tray_page_set_tray:
 * @self: a page
 * @tray: the tray to show
 *
 * Shows the tray's list and has it read anew.
 */
void
mash_tray_page_set_tray (MashTrayPage *self,
                         MashTrayId    tray)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  const MashTrayInfo *info = mash_tray_info_get (tray);

  g_return_if_fail (MASH_IS_TRAY_PAGE (self));

  mash_tray_page_choose (self, tray);
  g_object_set (self, "title", _(info->title), NULL);
  gtk_widget_set_visible (self->links, tray == MASH_TRAY_TO_SIGN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _(info->title),
                                  -1);
  if (service != NULL)
    set_list (self, mash_service_get_tray (service, tray));
  update_page (self);
  refresh (self);
}

/**
 * mash_tray_page_set_scale:
 * @self: a page
 * @scale: how much larger than usual the text is
 *
 * Widens the columns with the text.
 */
void
mash_tray_page_set_scale (MashTrayPage *self,
                          double        scale)
{
  g_return_if_fail (MASH_IS_TRAY_PAGE (self));

  self->scale = scale;
  lay_out (self);
}
