/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-person-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mash-dispose.h"
#include "mash-item.h"
#include "mash-words.h"

struct _MashPersonList
{
  GtkWidget        parent_instance;

  GtkSearchEntry  *search;
  GtkListBox      *list;

  GtkCustomFilter *filter;
  GListModel      *shown;
  char            *text;
};

G_DEFINE_FINAL_TYPE (MashPersonList, mash_person_list, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Those on duty first, and of them whoever has least; the others by name. */
static int
compare_staff (gconstpointer a,
               gconstpointer b,
               gpointer      unused)
{
  g_autofree char *name_a = NULL;
  g_autofree char *name_b = NULL;
  gboolean duty_a, duty_b;
  guint load_a, load_b;

  g_object_get ((gpointer) a, "name", &name_a, "on-duty", &duty_a, "load", &load_a, NULL);
  g_object_get ((gpointer) b, "name", &name_b, "on-duty", &duty_b, "load", &load_b, NULL);
  if (duty_a != duty_b)
    return duty_a ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  if (duty_a && load_a != load_b)
    return load_a < load_b ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;

  return gtk_ordering_from_cmpfunc (g_utf8_collate (name_a != NULL ? name_a : "",
                                                    name_b != NULL ? name_b : ""));
}

static gboolean
contains (const char *text,
          const char *part)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, part) != NULL;
}

static gboolean
passes (gpointer item,
        gpointer user_data)
{
  MashPersonList *self = user_data;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *part = NULL;

  if (self->text == NULL || *self->text == '\0')
    return TRUE;

  part = g_utf8_casefold (self->text, -1);
  g_object_get (item, "name", &name, "title", &title, NULL);

  return contains (name, part) || contains (title, part);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE,
                                 NULL);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *has = NULL;
  gboolean on_duty;
  guint load;

  g_object_get (item, "name", &name, "title", &title, "on-duty", &on_duty, "load", &load, NULL);
  has = mash_words_load (load);
  words = mash_words_join (" · ", title != NULL ? title : "",
                           on_duty ? _("On duty") : _("Not on duty"), has, NULL);
  g_object_set (row, "title", name, "subtitle", words, NULL);

  return row;
}

static void
select_first (MashPersonList *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    gtk_list_box_select_row (self->list, first);
}

static void
pick_row (MashPersonList *self,
          GtkListBoxRow  *row)
{
  g_autoptr (MashItem) item = g_list_model_get_item (self->shown,
                                                     (guint) gtk_list_box_row_get_index (row));
  g_autofree char *staff = NULL;
  g_autofree char *name = NULL;

  if (item == NULL)
    return;
  g_object_get (item, "staff", &staff, "name", &name, NULL);
  g_signal_emit (self, signals[PICKED], 0, staff, name);
}

static void
on_row_activated_cb (MashPersonList *self,
                     GtkListBoxRow  *row)
{
  pick_row (self, row);
}

static void
on_search_changed_cb (MashPersonList *self)
{
  mash_person_list_set_text (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_activate_cb (MashPersonList *self)
{
  mash_person_list_pick (self);
}

static void
mash_person_list_dispose (GObject *object)
{
  MashPersonList *self = MASH_PERSON_LIST (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->text, g_free);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_PERSON_LIST);

  G_OBJECT_CLASS (mash_person_list_parent_class)->dispose (object);
}

static void
mash_person_list_class_init (MashPersonListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_person_list_dispose;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-person-list.ui");
  gtk_widget_class_bind_template_child (widget_class, MashPersonList, search);
  gtk_widget_class_bind_template_child (widget_class, MashPersonList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
}

static void
mash_person_list_init (MashPersonList *self)
{
  self->filter = gtk_custom_filter_new (passes, self, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_person_list_set_staff:
 * @self: a list
 * @staff: (nullable): the posts of the hub, MashStaffItem
 */
void
mash_person_list_set_staff (MashPersonList *self,
                            GListModel     *staff)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_staff, NULL, NULL));
  GtkFilterListModel *filtered;

  g_return_if_fail (MASH_IS_PERSON_LIST (self));

  filtered = gtk_filter_list_model_new (staff != NULL ? g_object_ref (staff) : NULL,
                                        g_object_ref (GTK_FILTER (self->filter)));
  g_clear_object (&self->shown);
  self->shown = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), sorter));
  gtk_list_box_bind_model (self->list, self->shown, make_row, NULL, NULL);
  select_first (self);
}

/**
 * mash_person_list_set_text:
 * @self: a list
 * @text: (nullable): part of a name or of a title
 */
void
mash_person_list_set_text (MashPersonList *self,
                           const char     *text)
{
  g_return_if_fail (MASH_IS_PERSON_LIST (self));

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  select_first (self);
}

/**
 * mash_person_list_move:
 * @self: a list
 * @step: 1 for the next, -1 for the one before
 *
 * Chooses another without taking the focus from where somebody types.
 */
void
mash_person_list_move (MashPersonList *self,
                       int             step)
{
  GtkListBoxRow *row;

  g_return_if_fail (MASH_IS_PERSON_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  row = gtk_list_box_get_row_at_index (self->list,
                                       row != NULL ? gtk_list_box_row_get_index (row) + step : 0);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

/**
 * mash_person_list_pick:
 * @self: a list
 *
 * Returns: whether there was one to pick
 */
gboolean
mash_person_list_pick (MashPersonList *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (MASH_IS_PERSON_LIST (self), FALSE);

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    return FALSE;
  pick_row (self, row);

  return TRUE;
}

/**
 * mash_person_list_set_search_visible:
 * @self: a list
 * @visible: %FALSE where what is typed elsewhere narrows the list
 */
void
mash_person_list_set_search_visible (MashPersonList *self,
                                     gboolean        visible)
{
  g_return_if_fail (MASH_IS_PERSON_LIST (self));

  gtk_widget_set_visible (GTK_WIDGET (self->search), visible);
}
