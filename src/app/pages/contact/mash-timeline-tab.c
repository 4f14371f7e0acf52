/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-tab.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-cell.h"
#include "mash-empty-page.h"
#include "mash-fold.h"
#include "mash-text.h"
#include "mash-time.h"
#include "mash-timeline-cell.h"
#include "mash-timeline-detail.h"
#include "mash-timeline-order.h"
#include "mash-timeline-strip.h"
#include "mash-typed-date.h"
#include "mash-wrap-layout.h"

struct _MashTimelineTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkColumnView      *table;
  GtkSingleSelection *entries;
  GtkToggleButton    *household;
  GtkToggleButton    *one_person;
  GtkToggleButton    *this_contact;
  GtkToggleButton    *one_agency;
  GtkToggleButton    *only_harm;
  GtkToggleButton    *notable;
  GtkToggleButton    *critical;
  GtkToggleButton    *oldest_first;
  GtkDropDown        *subject;
  GtkDropDown        *kinds;
  GtkEditable        *search;
  GtkEditable        *jump;
  GtkScrolledWindow  *strip_window;
  MashTimelineStrip  *strip;
  GtkStack           *stack;
  GtkWidget          *halves;
  GtkScrolledWindow  *list;
  GtkWidget          *detail_pane;
  MashTimelineDetail *detail;
  GtkWidget          *back;
  GtkLabel           *shown;

  /* Owned */
  GPtrArray          *people;     /* of MashTimelineLane: whom a view can be about */
  GPtrArray          *agencies;   /* of MashTimelineAgency */
  GCancellable       *cancellable;

  guint               busy : 1;   /* what changes was not chosen */
};

G_DEFINE_FINAL_TYPE (MashTimelineTab, mash_timeline_tab, MASH_TYPE_CONTACT_PART)

static gint64
get_now (MashTimelineTab *self)
{
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));

  return page != NULL ? mash_page_get_now (page) : 0;
}

/* The view that is wanted */

static MashTimelineScope
get_scope (MashTimelineTab *self)
{
  if (gtk_toggle_button_get_active (self->one_person))
    return MASH_TIMELINE_PERSON;
  if (gtk_toggle_button_get_active (self->this_contact))
    return MASH_TIMELINE_CONTACT;
  if (gtk_toggle_button_get_active (self->one_agency))
    return MASH_TIMELINE_AGENCY;
  if (gtk_toggle_button_get_active (self->only_harm))
    return MASH_TIMELINE_HARM;

  return MASH_TIMELINE_HOUSEHOLD;
}

static const char *
get_subject (MashTimelineTab *self)
{
  guint i = gtk_drop_down_get_selected (self->subject);

  if (get_scope (self) == MASH_TIMELINE_PERSON && i < self->people->len)
    return ((MashTimelineLane *) g_ptr_array_index (self->people, i))->person;
  if (get_scope (self) == MASH_TIMELINE_AGENCY && i < self->agencies->len)
    return ((MashTimelineAgency *) g_ptr_array_index (self->agencies, i))->id;

  return NULL;
}

static const char *
get_kind (MashTimelineTab *self)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  guint i = gtk_drop_down_get_selected (self->kinds);
  guint n_codes = 0;
  const MashCode *codes = policy != NULL ? mash_policy_list_codes (policy, "TLK", &n_codes) : NULL;

  return i > 0 && i != GTK_INVALID_LIST_POSITION && i <= n_codes ? codes[i - 1].code : NULL;
}

/**
 * mash_timeline_tab_dup_view:
 * @self: the tab
 *
 * Returns: (transfer full) (nullable): what is shown, so that just that can be printed; what was
 *   withdrawn is not in it. %NULL while the contact has not been taken in
 */
MashTimelineView *
mash_timeline_tab_dup_view (MashTimelineTab *self)
{
  MashContactFile *file;
  MashEntity *contact;
  MashTimelineView *view;
  const char *words;

  g_return_val_if_fail (MASH_IS_TIMELINE_TAB (self), NULL);

  file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  contact = file != NULL ? MASH_ENTITY (mash_contact_file_get_contact (file)) : NULL;
  if (contact == NULL || mash_entity_get_record (contact) == NULL)
    return NULL;

  view = mash_timeline_view_new (mash_entity_get_id (contact));
  words = gtk_editable_get_text (self->search);
  view->scope = get_scope (self);
  view->subject = g_strdup (get_subject (self));
  view->significance = g_strdup (gtk_toggle_button_get_active (self->critical) ? "critical"
                                 : gtk_toggle_button_get_active (self->notable) ? "notable" : NULL);
  view->kind = g_strdup (get_kind (self));
  view->words = *words != '\0' ? g_strdup (words) : NULL;
  view->oldest_first = gtk_toggle_button_get_active (self->oldest_first);

  return view;
}

/* What is shown */

static MashTimelineList *
get_list (MashTimelineTab *self)
{
  GListModel *model = gtk_single_selection_get_model (self->entries);

  return model != NULL ? MASH_TIMELINE_LIST (model) : NULL;
}

/* Draws in the strip which part of the years the list shows. The rows are of one height, so the
 * place of the scroll bar tells. */
static void
show_part (MashTimelineTab *self)
{
  MashTimelineList *list = get_list (self);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->list);
  guint n = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;
  double upper = gtk_adjustment_get_upper (adjustment);
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  gint64 first, last;

  if (n == 0 || upper <= 0)
    {
      mash_timeline_strip_set_shown (self->strip, 0, 0);
      return;
    }

  first = mash_timeline_list_get_at (list, MIN ((guint) (value / upper * n), n - 1));
  last = mash_timeline_list_get_at (list, MIN ((guint) ((value + page) / upper * n), n - 1));
  mash_timeline_strip_set_shown (self->strip, MIN (first, last), MAX (first, last));
}

static void
show_count (MashTimelineTab *self)
{
  MashTimelineList *list = get_list (self);
  guint n = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;
  g_autofree char *words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry",
                                                         "%u entries", n), n);

  gtk_label_set_text (self->shown, words);
}

/* A column view of this toolkit scrolls by an action of the list inside it. */
static void
scroll_to (MashTimelineTab *self,
           guint            position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  if (child != NULL)
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

static void
go_to_time (MashTimelineTab *self,
            gint64           at)
{
  MashTimelineList *list = get_list (self);
  guint position;

  if (list == NULL || g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return;

  position = mash_timeline_list_find_time (list, at);
  gtk_single_selection_set_selected (self->entries, position);
  scroll_to (self, position);
}

static void
on_selected_cb (MashTimelineTab *self)
{
  mash_timeline_detail_show (self->detail,
                             gtk_single_selection_get_selected_item (self->entries));
}

static void
fill_subjects (MashTimelineTab *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  MashTimelineScope scope = get_scope (self);

  for (guint i = 0; scope == MASH_TIMELINE_PERSON && i < self->people->len; i++)
    {
      const MashTimelineLane *lane = g_ptr_array_index (self->people, i);
      g_autofree char *name = mash_text_dup_visible (lane->name != NULL ? lane->name
                                                     : lane->child && lane->birth == NULL
                                                     ? _("Unborn") : _("Name not known"));

      gtk_string_list_append (names, name);
    }
  for (guint i = 0; scope == MASH_TIMELINE_AGENCY && i < self->agencies->len; i++)
    gtk_string_list_append (names,
                            ((MashTimelineAgency *) g_ptr_array_index (self->agencies, i))->name);

  self->busy = TRUE;
  gtk_drop_down_set_model (self->subject, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->subject),
                          scope == MASH_TIMELINE_PERSON || scope == MASH_TIMELINE_AGENCY);
  self->busy = FALSE;
  g_object_unref (names);
}

/* Whom and whose the choices name: as the whole household's timeline has them. */
static void
learn_subjects (MashTimelineTab  *self,
                MashTimelineList *list)
{
  GPtrArray *lanes = mash_timeline_list_get_lanes (list);

  if (mash_timeline_list_get_view (list)->scope != MASH_TIMELINE_HOUSEHOLD)
    return;

  g_ptr_array_set_size (self->people, 0);
  for (guint i = 1; i < lanes->len; i++)
    g_ptr_array_add (self->people, mash_timeline_lane_copy (g_ptr_array_index (lanes, i)));
  g_ptr_array_unref (self->agencies);
  self->agencies = g_ptr_array_ref (mash_timeline_list_get_agencies (list));
}

static gboolean
is_narrowed (const MashTimelineView *view)
{
  return view->scope != MASH_TIMELINE_HOUSEHOLD || view->significance != NULL ||
         view->kind != NULL || view->words != NULL;
}

/* The strip shows whole lanes of those that come first, and scrolls for the rest. */
static void
fit_strip (MashTimelineTab *self)
{
  static const guint n_lanes[] = { 6, 3, 1 };
  guint compact = mash_fold_get (GTK_WIDGET (self));

  gtk_scrolled_window_set_max_content_height (
    self->strip_window, mash_timeline_strip_get_height_of (self->strip, n_lanes[compact]));
}

static void
take_list (MashTimelineTab  *self,
           MashTimelineList *list)
{
  guint chosen = gtk_single_selection_get_selected (self->entries);
  MashTimelineList *before = get_list (self);
  const MashTimelineView *view = mash_timeline_list_get_view (list);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  gint64 at = -1;

  /* Where the same view is read again, what was chosen stays chosen. */
  if (before != NULL && chosen < g_list_model_get_n_items (G_LIST_MODEL (before)) && chosen > 0 &&
      mash_timeline_view_equal (mash_timeline_list_get_view (before), view))
    at = mash_timeline_list_get_at (before, chosen);

  gtk_single_selection_set_model (self->entries, G_LIST_MODEL (list));
  learn_subjects (self, list);
  mash_timeline_strip_set_lanes (self->strip, mash_timeline_list_get_lanes (list), get_now (self));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list"
                                    : is_narrowed (view) ? "no-match" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->strip_window), n > 0 || is_narrowed (view));
  fit_strip (self);
  if (at >= 0)
    go_to_time (self, at);
  show_count (self);
  show_part (self);
  on_selected_cb (self);
}

static void
on_opened_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashTimelineTab) self = user_data;
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (MashTimelineList) list = mash_service_open_timeline_finish (MASH_SERVICE (object),
                                                                        result, &error);

  if (page == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (list != NULL)
    take_list (self, list);
  else
    mash_page_say_error (page, g_steal_pointer (&error));
}

/* Callbacks of the filters */

static void
on_filter_cb (MashTimelineTab *self)
{
  if (!self->busy)
    mash_timeline_tab_load (self);
}

static void
on_scope_cb (MashTimelineTab *self)
{
  fill_subjects (self);
  on_filter_cb (self);
}

static void
on_order_cb (MashTimelineTab *self)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));

  if (self->busy || service == NULL)
    return;

  mash_timeline_order_set (mash_service_get_actor (service)->person,
                           gtk_toggle_button_get_active (self->oldest_first));
  mash_timeline_tab_load (self);
}

static void
on_chosen_cb (MashTimelineTab *self,
              gint64           at)
{
  go_to_time (self, at);
}

/* Of a month or a year that was typed, the list begins with the end that it comes to first. */
static gboolean
find_typed_time (MashTimelineTab *self,
                 const char      *value,
                 gint64          *at)
{
  gboolean oldest_first = gtk_toggle_button_get_active (self->oldest_first);
  g_autofree char *date = g_strdup_printf ("%s%s", value, strlen (value) == 4 ? "-01-01"
                                           : strlen (value) == 7 ? "-01" : "");
  int months = strlen (value) == 4 ? 12 : strlen (value) == 7 ? 1 : 0;
  int day;

  if (!mash_date_parse (date, &day))
    return FALSE;
  if (!oldest_first)
    day = months > 0 ? mash_date_add_months (day, months) : day + 1;
  *at = mash_time_from_local_day (day, 0) - (oldest_first ? 0 : 1);

  return TRUE;
}

static void
on_jump_cb (MashTimelineTab *self)
{
  g_autofree char *today = mash_time_dup_local_date (get_now (self));
  char value[11];
  MashTypedKind kind = mash_typed_date_parse (gtk_editable_get_text (self->jump), today, value);
  gboolean good = FALSE;
  gint64 at;

  if ((kind == MASH_TYPED_DATE || kind == MASH_TYPED_PART) && find_typed_time (self, value, &at))
    {
      good = TRUE;
      go_to_time (self, at);
      gtk_widget_grab_focus (GTK_WIDGET (self->table));
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->jump), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->jump), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->jump), "error");
}

/* The whole of an entry stands beside the list, below it where there is less room, and in its place
 * where there is none for both: Enter opens it then. */
static void
show_detail (MashTimelineTab *self,
             gboolean         in_place)
{
  gboolean one = mash_fold_get (GTK_WIDGET (self)) == 2;

  gtk_widget_set_visible (GTK_WIDGET (self->list), !one || !in_place);
  gtk_widget_set_visible (self->detail_pane, !one || in_place);
  gtk_widget_set_visible (self->back, one);
  if (one)
    gtk_widget_grab_focus (in_place ? self->back : GTK_WIDGET (self->table));
}

static void
on_activate_cb (MashTimelineTab *self)
{
  if (mash_fold_get (GTK_WIDGET (self)) == 2)
    show_detail (self, TRUE);
  else
    mash_timeline_detail_open_source (self->detail);
}

static void
on_back_cb (MashTimelineTab *self)
{
  show_detail (self, FALSE);
}

/* Overrides */

static void
mash_timeline_tab_file_set (MashContactPart *part)
{
  MashTimelineTab *self = MASH_TIMELINE_TAB (part);
  MashService *service = mash_contact_part_get_service (part);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  const MashActor *actor = service != NULL ? mash_service_get_actor (service) : NULL;
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint n_codes = 0;
  const MashCode *codes = policy != NULL ? mash_policy_list_codes (policy, "TLK", &n_codes) : NULL;

  self->busy = TRUE;
  gtk_string_list_append (labels, _("Every kind"));
  for (guint i = 0; i < n_codes; i++)
    gtk_string_list_append (labels, codes[i].label);
  gtk_drop_down_set_model (self->kinds, G_LIST_MODEL (labels));
  g_object_unref (labels);
  if (actor != NULL)
    gtk_toggle_button_set_active (self->oldest_first, mash_timeline_order_get (actor->person));
  self->busy = FALSE;
}

static void
mash_timeline_tab_folded (MashContactPart *part,
                          guint            compact)
{
  static const int widths[3][5] = {
    { 120, 110, 0, 160, 190 }, { 120, 110, 0, 140, 150 }, { 100, 116, 0, 0, 0 },
  };
  MashTimelineTab *self = MASH_TIMELINE_TAB (part);
  GListModel *columns = gtk_column_view_get_columns (self->table);

  mash_fold_scale_columns (self->table, widths[compact]);
  for (guint i = 3; i < 5; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      gtk_column_view_column_set_visible (column, compact < 2);
    }
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->halves),
                                  compact == 0 ? GTK_ORIENTATION_HORIZONTAL
                                               : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (self->detail_pane, compact == 0 ? 318 : -1,
                               compact == 1 ? 190 : -1);
  gtk_widget_set_vexpand (self->detail_pane, compact == 2);
  gtk_widget_set_visible (GTK_WIDGET (self->strip_window), get_list (self) != NULL);
  fit_strip (self);
  if (compact == 0)
    gtk_widget_remove_css_class (self->detail_pane, "beneath");
  else
    gtk_widget_add_css_class (self->detail_pane, "beneath");
  show_detail (self, FALSE);
}

static void
mash_timeline_tab_updated (MashContactPart *part)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (part)))
    mash_timeline_tab_load (MASH_TIMELINE_TAB (part));
}

static void
mash_timeline_tab_dispose (GObject *object)
{
  MashTimelineTab *self = MASH_TIMELINE_TAB (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_TIMELINE_TAB);

  G_OBJECT_CLASS (mash_timeline_tab_parent_class)->dispose (object);
}

static void
mash_timeline_tab_finalize (GObject *object)
{
  MashTimelineTab *self = MASH_TIMELINE_TAB (object);

  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->agencies);

  G_OBJECT_CLASS (mash_timeline_tab_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-timeline-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, table);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, entries);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, household);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, one_person);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, this_contact);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, one_agency);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, only_harm);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, notable);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, critical);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, oldest_first);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, subject);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, kinds);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, search);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, jump);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, strip_window);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, strip);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, stack);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, halves);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, list);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, detail_pane);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, detail);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, back);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, shown);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_jump_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_order_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_scope_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
}

static void
mash_timeline_tab_class_init (MashTimelineTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_timeline_tab_dispose;
  object_class->finalize = mash_timeline_tab_finalize;

  part_class->file_set = mash_timeline_tab_file_set;
  part_class->folded = mash_timeline_tab_folded;
  part_class->updated = mash_timeline_tab_updated;

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_TIMELINE_CELL);
  g_type_ensure (MASH_TYPE_TIMELINE_DETAIL);
  g_type_ensure (MASH_TYPE_TIMELINE_STRIP);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  bind_template (GTK_WIDGET_CLASS (klass));
}

/* What takes the focus in a drop-down is a button inside it, which is named too. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (drop_down))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
mash_timeline_tab_init (MashTimelineTab *self)
{
  GtkAdjustment *adjustment;

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_lane_free);
  self->agencies = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_agency_free);
  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->busy = FALSE;
  name_button (self->subject, _("Which one"));
  name_button (self->kinds, _("Kind of entry"));
  fill_subjects (self);
  adjustment = gtk_scrolled_window_get_vadjustment (self->list);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (show_part), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (show_part), self,
                           G_CONNECT_SWAPPED);
}

/**
 * mash_timeline_tab_load:
 * @self: the tab
 *
 * Reads what happened again; what is chosen and filtered stays.
 */
void
mash_timeline_tab_load (MashTimelineTab *self)
{
  MashService *service;
  g_autoptr (MashTimelineView) view = NULL;

  g_return_if_fail (MASH_IS_TIMELINE_TAB (self));

  service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  view = mash_timeline_tab_dup_view (self);
  if (view == NULL || service == NULL)
    return;

  view->with_void = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_open_timeline_async (service, view, self->cancellable, on_opened_cb,
                                    g_object_ref (self));
}

void
mash_timeline_tab_search (MashTimelineTab *self)
{
  g_return_if_fail (MASH_IS_TIMELINE_TAB (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
mash_timeline_tab_jump (MashTimelineTab *self)
{
  g_return_if_fail (MASH_IS_TIMELINE_TAB (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->jump));
}
