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
#include "mash-typed-date.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

struct _MashTimelineTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkColumnView      *table;
  GtkSingleSelection *entries;
  GtkFilterListModel *filtered;
  GtkCustomFilter    *filter;
  GtkToggleButton    *notable;
  GtkToggleButton    *critical;
  GtkEditable        *search;
  GtkStack           *stack;
  GtkStack           *detail_stack;
  GtkWidget          *halves;
  GtkWidget          *list;
  GtkWidget          *detail_pane;
  GtkWidget          *back;
  GtkLabel           *shown;
  GtkLabel           *headline;
  GtkLabel           *moment;
  GtkLabel           *significance;
  GtkLabel           *detail;
  GtkLabel           *who;
  GtkLabel           *author;
};

G_DEFINE_FINAL_TYPE (MashTimelineTab, mash_timeline_tab, MASH_TYPE_CONTACT_PART)

static gint64
get_now (MashTimelineTab *self)
{
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));

  return page != NULL ? mash_page_get_now (page) : 0;
}

/* “Today” and the hour for what has one; only the date for what is known by its date. */
static char *
dup_day (gint64 at,
         gint64 now)
{
  g_autofree char *date = mash_time_dup_local_date (at);

  if (mash_time_get_local_day (at) == mash_time_get_local_day (now))
    return g_strdup (_("Today"));

  return mash_typed_date_format (date);
}

static char *
name_day (GObject *item,
          gint64   at)
{
  GtkWidget *tab = mash_contact_part_find_for_item (item, MASH_TYPE_TIMELINE_TAB);

  if (at == 0)
    return g_strdup ("");

  return dup_day (at, tab != NULL ? get_now (MASH_TIMELINE_TAB (tab)) : at);
}

static char *
name_hour (GObject    *item,
           gint64      at,
           const char *precision)
{
  if (at == 0 || (precision != NULL && (g_str_equal (precision, "day") ||
                                        g_str_equal (precision, "month") ||
                                        g_str_equal (precision, "year"))))
    return g_strdup ("");

  return mash_words_hour (at);
}

static char *
name_significance (GObject    *item,
                   const char *significance)
{
  if (g_strcmp0 (significance, "critical") == 0)
    return g_strdup (_("◆ Critical"));
  if (g_strcmp0 (significance, "notable") == 0)
    return g_strdup (_("● Notable"));

  return g_strdup (_("○ Routine"));
}

static char **
style_significance (GObject    *item,
                    const char *significance)
{
  const char *const classes[] = { "mash-significance",
                                  significance != NULL ? significance : "routine", NULL };

  return g_strdupv ((char **) classes);
}

static char *
name_entry (GObject    *item,
            const char *significance,
            const char *headline)
{
  g_autofree char *words = name_significance (item, significance);

  /* Without the shape, which is for eyes. */
  return g_strdup_printf ("%s, %s", headline != NULL ? headline : "",
                          g_utf8_offset_to_pointer (words, 2));
}

static char *
show_text (GObject    *item,
           const char *text)
{
  return mash_text_dup_visible (text != NULL ? text : "");
}

static guint
rank (const char *significance)
{
  return g_strcmp0 (significance, "critical") == 0 ? 2 : g_strcmp0 (significance, "notable") == 0;
}

static gboolean
contains (const char *text,
          const char *words)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);

  return strstr (folded, words) != NULL;
}

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  MashTimelineTab *self = user_data;
  g_autofree char *significance = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *who = NULL;
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  guint least = gtk_toggle_button_get_active (self->critical) ? 2
              : gtk_toggle_button_get_active (self->notable) ? 1 : 0;

  g_object_get (item, "significance", &significance, "headline", &headline, "detail", &detail,
                "who", &who, NULL);
  if (rank (significance) < least)
    return FALSE;

  return *words == '\0' || contains (headline, words) || contains (detail, words) ||
         contains (who, words);
}

static void
show_count (MashTimelineTab *self)
{
  GListModel *all = gtk_filter_list_model_get_model (self->filtered);
  guint n = all != NULL ? g_list_model_get_n_items (all) : 0;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  g_autofree char *words = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u entry, %u shown. Newest first.",
                 "%u entries, %u shown. Newest first.", n), n, n_shown);

  gtk_label_set_text (self->shown, words);
}

static void
on_filter_cb (MashTimelineTab *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_count (self);
}

static void
set_visible_text (GtkLabel   *label,
                  const char *text,
                  const char *otherwise)
{
  g_autofree char *shown = mash_text_dup_visible (text);

  gtk_label_set_text (label, shown != NULL && *shown != '\0' ? shown : otherwise);
}

static void
on_selected_cb (MashTimelineTab *self)
{
  GObject *entry = gtk_single_selection_get_selected_item (self->entries);
  g_autofree char *significance = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *who = NULL;
  g_autofree char *author = NULL;
  g_autofree char *words = NULL;
  g_autofree char *instant = NULL;
  g_autofree char *moment = NULL;
  gint64 at;

  gtk_stack_set_visible_child_name (self->detail_stack, entry != NULL ? "entry" : "none");
  if (entry == NULL)
    return;

  g_object_get (entry, "significance", &significance, "headline", &headline, "detail", &detail,
                "who", &who, "author", &author, "at", &at, NULL);
  instant = mash_time_format (at);
  moment = mash_typed_time_format (instant);
  words = name_significance (NULL, significance);
  set_visible_text (self->headline, headline, "");
  set_visible_text (self->detail, detail, _("Nothing more was written down."));
  set_visible_text (self->who, who, _("Nobody in particular"));
  set_visible_text (self->author, author, _("Not known"));
  gtk_label_set_text (self->moment, moment);
  gtk_label_set_text (self->significance, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->significance),
                              (const char *[]) { "mash-significance",
                                                 significance != NULL ? significance : "routine",
                                                 NULL });
}

static void
on_listed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashTimelineTab) self = user_data;
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  GError *error = NULL;
  g_autoptr (GListModel) entries = mash_service_list_timeline_finish (MASH_SERVICE (object), result,
                                                                     &error);

  if (page == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (entries == NULL)
    {
      mash_page_say_error (page, error);
      return;
    }

  gtk_filter_list_model_set_model (self->filtered, entries);
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (entries) > 0 ? "list"
                                                                                        : "none");
  show_count (self);
  on_selected_cb (self);
}

/* The whole of an entry stands beside the list, below it where there is less room, and in its place
 * where there is none for both: Enter opens it then. */
static void
show_detail (MashTimelineTab *self,
             gboolean         in_place)
{
  gboolean one = mash_fold_get (GTK_WIDGET (self)) == 2;

  gtk_widget_set_visible (self->list, !one || !in_place);
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
}

static void
on_back_cb (MashTimelineTab *self)
{
  show_detail (self, FALSE);
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

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_TIMELINE_TAB);

  G_OBJECT_CLASS (mash_timeline_tab_parent_class)->dispose (object);
}

static void
mash_timeline_tab_class_init (MashTimelineTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_timeline_tab_dispose;

  part_class->folded = mash_timeline_tab_folded;
  part_class->updated = mash_timeline_tab_updated;

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-timeline-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, table);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, entries);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, filtered);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, filter);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, notable);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, critical);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, search);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, stack);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, halves);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, list);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, detail_pane);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, back);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, shown);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, headline);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, moment);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, significance);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, detail);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, who);
  gtk_widget_class_bind_template_child (widget_class, MashTimelineTab, author);
  gtk_widget_class_bind_template_callback (widget_class, name_day);
  gtk_widget_class_bind_template_callback (widget_class, name_hour);
  gtk_widget_class_bind_template_callback (widget_class, name_significance);
  gtk_widget_class_bind_template_callback (widget_class, style_significance);
  gtk_widget_class_bind_template_callback (widget_class, name_entry);
  gtk_widget_class_bind_template_callback (widget_class, show_text);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
}

static void
mash_timeline_tab_init (MashTimelineTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->filter, is_wanted, self, NULL);
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
  MashContactFile *file;
  MashEntity *contact;

  g_return_if_fail (MASH_IS_TIMELINE_TAB (self));

  file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  contact = file != NULL ? MASH_ENTITY (mash_contact_file_get_contact (file)) : NULL;
  if (contact == NULL || mash_entity_get_record (contact) == NULL)
    return;

  mash_service_list_timeline_async (mash_contact_part_get_service (MASH_CONTACT_PART (self)),
                                    mash_entity_get_id (contact), NULL, on_listed_cb,
                                    g_object_ref (self));
}

void
mash_timeline_tab_search (MashTimelineTab *self)
{
  g_return_if_fail (MASH_IS_TIMELINE_TAB (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
