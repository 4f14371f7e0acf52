/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-bulk.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-person-list.h"
#include "mash-sentences.h"
#include "mash-service-bulk.h"
#include "mash-service-rota.h"
#include "mash-set-str.h"

/* How many reasons are spelled out, and how many references under each. */
#define MAX_REASONS 3
#define MAX_REFERENCES 4

/* How many contacts can be chosen at a time: the rows that a tray holds, and more than anybody
 * looks through. */
#define MAX_CHOSEN 500u

/* How soon to look again for rows that are being read, in milliseconds. */
#define READ_AGAIN 30

struct _MashTrayBulk
{
  GtkWidget          parent_instance;

  GtkRevealer       *revealer;
  GtkStack          *stack;
  GtkLabel          *chosen;
  GtkMenuButton     *assign_to;
  GtkPopover        *popover;
  MashPersonList    *people;
  GtkProgressBar    *progress;
  GtkLabel          *result;
  GtkButton         *undo;

  MashService       *service;
  GCancellable      *cancellable; /* while it runs */
  GPtrArray         *done;      /* of MashAssignment: what can be undone */
  GtkSelectionModel *selection;
  GListModel        *contacts;  /* of MashTrayItem, by the positions of @selection */
  char              *person;    /* to whom, while rows are read that are chosen; NULL for no one */
  guint              timer;
  guint              n_chosen;
  guint              asking : 1; /* the bar is there for one contact, to say to whom */
  guint              undoing : 1;
};

G_DEFINE_FINAL_TYPE (MashTrayBulk, mash_tray_bulk, GTK_TYPE_WIDGET)

static void
update (MashTrayBulk *self)
{
  gboolean running = self->cancellable != NULL;
  gboolean told = *gtk_label_get_label (self->result) != '\0';
  g_autofree char *words = NULL;

  /* Translators: how many contacts of the list are selected. */
  words = g_strdup_printf (ngettext ("%u contact chosen", "%u contacts chosen", self->n_chosen),
                           self->n_chosen);
  gtk_label_set_label (self->chosen, words);
  gtk_stack_set_visible_child_name (self->stack, running ? "running" : told ? "told" : "chosen");
  gtk_widget_set_visible (GTK_WIDGET (self->undo), self->done != NULL && self->done->len > 0);
  gtk_revealer_set_reveal_child (self->revealer,
                                 running || told || self->asking || self->n_chosen > 1);
}

static void
forget_result (MashTrayBulk *self)
{
  g_clear_pointer (&self->done, g_ptr_array_unref);
  gtk_label_set_label (self->result, "");
}

/* The contacts that were refused for one reason: how many, which, and the reason. */
static void
add_reason (GString    *words,
            const char *sentence,
            GPtrArray  *assignments)
{
  g_autoptr (GString) references = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < assignments->len; i++)
    {
      MashAssignment *assignment = g_ptr_array_index (assignments, i);

      if (g_strcmp0 (assignment->sentence, sentence) != 0)
        continue;
      n++;
      if (n <= MAX_REFERENCES && assignment->reference != NULL)
        g_string_append_printf (references, "%s%s", references->len > 0 ? ", " : "",
                                assignment->reference);
    }
  if (n > MAX_REFERENCES)
    g_string_append (references, "…");
  /* Translators: how many contacts, why they could not be assigned, and their references. */
  g_string_append_printf (words, ngettext ("\n%u was not: %s (%s)", "\n%u were not: %s (%s)", n), n,
                          sentence, references->str);
}

static char *
dup_result (MashTrayBulk *self,
            GPtrArray    *assignments)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new (g_str_hash, g_str_equal);
  GString *words = g_string_new (NULL);
  guint n_done = 0, n_left = 0;

  for (guint i = 0; i < assignments->len; i++)
    {
      MashAssignment *assignment = g_ptr_array_index (assignments, i);

      n_done += assignment->done;
      n_left += !assignment->done && assignment->reference == NULL &&
                assignment->sentence == NULL;
    }
  if (self->undoing)
    g_string_append_printf (words, ngettext ("%u contact is where it was.",
                                             "%u contacts are where they were.", n_done), n_done);
  else
    g_string_append_printf (words, ngettext ("%u contact was assigned.",
                                             "%u contacts were assigned.", n_done), n_done);
  for (guint i = 0; i < assignments->len; i++)
    {
      MashAssignment *assignment = g_ptr_array_index (assignments, i);

      if (assignment->sentence != NULL && g_hash_table_size (reasons) < MAX_REASONS &&
          g_hash_table_add (reasons, assignment->sentence))
        add_reason (words, assignment->sentence, assignments);
    }
  if (n_left > 0)
    g_string_append_printf (words, ngettext ("\nStopped: %u was left as it was.",
                                             "\nStopped: %u were left as they were.", n_left),
                            n_left);

  return g_string_free (words, FALSE);
}

static void
keep_done (MashTrayBulk *self,
           GPtrArray    *assignments)
{
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_assignment_free);
  for (guint i = 0; !self->undoing && i < assignments->len; i++)
    {
      MashAssignment *assignment = g_ptr_array_index (assignments, i);

      if (assignment->done)
        g_ptr_array_add (self->done, mash_assignment_new (assignment->contact, assignment->was));
    }
}

static void
on_assigned_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashTrayBulk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) assignments = NULL;
  g_autofree char *words = NULL;

  assignments = mash_service_assign_all_finish (MASH_SERVICE (source), result, &error);
  g_clear_object (&self->cancellable);
  if (self->stack == NULL)
    return;

  if (assignments != NULL)
    {
      words = dup_result (self, assignments);
      keep_done (self, assignments);
    }
  else
    {
      words = mash_sentence_for_error (error);
    }
  gtk_label_set_label (self->result, words);
  update (self);
}

static void
on_progress_cb (guint    n_done,
                guint    n_all,
                gpointer data)
{
  MashTrayBulk *self = data;
  g_autofree char *words = NULL;

  if (self->stack == NULL)
    return;

  /* Translators: how many contacts are done, and how many there are in all. */
  words = g_strdup_printf (_("%u of %u"), n_done, n_all);
  gtk_progress_bar_set_text (self->progress, words);
  gtk_progress_bar_set_fraction (self->progress, (double) n_done / MAX (n_all, 1));
}

static void
run (MashTrayBulk *self,
     GPtrArray    *assignments)
{
  self->asking = FALSE;
  self->cancellable = g_cancellable_new ();
  on_progress_cb (0, assignments->len, self);
  mash_service_assign_all_async (self->service, assignments, self->cancellable, on_progress_cb,
                                 self, on_assigned_cb, g_object_ref (self));
  update (self);
}

static void
on_stop_cb (MashTrayBulk *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
on_undo_cb (MashTrayBulk *self)
{
  g_autoptr (GPtrArray) back = g_steal_pointer (&self->done);

  forget_result (self);
  self->undoing = TRUE;
  run (self, back);
}

static void
on_close_cb (MashTrayBulk *self)
{
  forget_result (self);
  self->asking = FALSE;
  update (self);
}

static void
on_picked_cb (MashTrayBulk *self,
              const char   *staff)
{
  gtk_popover_popdown (self->popover);
  mash_tray_bulk_assign (self, staff);
}

static void
mash_tray_bulk_dispose (GObject *object)
{
  MashTrayBulk *self = MASH_TRAY_BULK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_object (&self->service);
  g_clear_object (&self->selection);
  g_clear_object (&self->contacts);
  g_clear_pointer (&self->person, g_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_TRAY_BULK);

  G_OBJECT_CLASS (mash_tray_bulk_parent_class)->dispose (object);
}

static void
mash_tray_bulk_finalize (GObject *object)
{
  g_clear_object (&MASH_TRAY_BULK (object)->cancellable);

  G_OBJECT_CLASS (mash_tray_bulk_parent_class)->finalize (object);
}

static void
mash_tray_bulk_class_init (MashTrayBulkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_tray_bulk_dispose;
  G_OBJECT_CLASS (klass)->finalize = mash_tray_bulk_finalize;

  g_type_ensure (MASH_TYPE_PERSON_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/tray/mash-tray-bulk.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, revealer);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, stack);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, chosen);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, assign_to);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, popover);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, people);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, progress);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, result);
  gtk_widget_class_bind_template_child (widget_class, MashTrayBulk, undo);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_picked_cb);
}

static void
mash_tray_bulk_init (MashTrayBulk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_tray_bulk_set_service:
 * @self: a bar
 * @service: the service, whose staff is offered
 */
void
mash_tray_bulk_set_service (MashTrayBulk *self,
                            MashService  *service)
{
  g_return_if_fail (MASH_IS_TRAY_BULK (self));

  if (!g_set_object (&self->service, service))
    return;
  mash_person_list_set_staff (self->people,
                              service != NULL ? mash_service_get_staff (service) : NULL);
  if (service != NULL)
    mash_service_refresh_staff (service);
}

static void
on_chosen_cb (MashTrayBulk *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint n = 0;

  if (self->selection != NULL)
    {
      chosen = gtk_selection_model_get_selection (self->selection);
      n = (guint) gtk_bitset_get_size (chosen);
    }
  if (self->n_chosen == n)
    return;

  self->n_chosen = n;
  /* Another choice is other work; what is told of the last has been read. */
  if (self->cancellable == NULL && n > 1)
    forget_result (self);
  update (self);
}

/**
 * mash_tray_bulk_set_selection:
 * @self: a bar
 * @selection: (nullable): what is chosen of a tray; the bar shows itself for two and more
 * @contacts: (nullable): the rows of the tray, MashTrayItem
 */
void
mash_tray_bulk_set_selection (MashTrayBulk      *self,
                              GtkSelectionModel *selection,
                              GListModel        *contacts)
{
  g_return_if_fail (MASH_IS_TRAY_BULK (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_func (self->selection, on_chosen_cb, self);
  g_set_object (&self->selection, selection);
  g_set_object (&self->contacts, contacts);
  if (selection != NULL)
    {
      g_signal_connect_object (selection, "selection-changed", G_CALLBACK (on_chosen_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (selection, "items-changed", G_CALLBACK (on_chosen_cb), self,
                               G_CONNECT_SWAPPED);
    }
  on_chosen_cb (self);
}

guint
mash_tray_bulk_get_n_chosen (MashTrayBulk *self)
{
  g_return_val_if_fail (MASH_IS_TRAY_BULK (self), 0);

  return self->n_chosen;
}

static void
tell (MashTrayBulk *self,
      const char   *words)
{
  g_clear_pointer (&self->done, g_ptr_array_unref);
  gtk_label_set_label (self->result, words);
  update (self);
}

/**
 * mash_tray_bulk_select_all:
 * @self: a bar
 *
 * Chooses the whole tray, or as much of it as can be chosen at a time.
 */
void
mash_tray_bulk_select_all (MashTrayBulk *self)
{
  g_autofree char *words = NULL;
  guint n_items;

  g_return_if_fail (MASH_IS_TRAY_BULK (self));

  n_items = self->contacts != NULL ? g_list_model_get_n_items (self->contacts) : 0;
  if (n_items == 0)
    return;

  gtk_selection_model_select_range (self->selection, 0, MIN (n_items, MAX_CHOSEN), TRUE);
  if (n_items <= MAX_CHOSEN)
    return;
  words = g_strdup_printf (_("The first %u are chosen; filter the list to choose others."),
                           MAX_CHOSEN);
  tell (self, words);
}

/**
 * mash_tray_bulk_pop_up:
 * @self: a bar
 *
 * Asks to whom what is chosen is to go.
 */
void
mash_tray_bulk_pop_up (MashTrayBulk *self)
{
  g_return_if_fail (MASH_IS_TRAY_BULK (self));

  if (self->cancellable != NULL || self->n_chosen == 0)
    return;
  forget_result (self);
  self->asking = TRUE;
  update (self);
  gtk_menu_button_popup (self->assign_to);
}

/* The contacts that are chosen; %NULL while some of their rows are still being read. */
static GPtrArray *
list_chosen (MashTrayBulk *self)
{
  g_autoptr (GPtrArray) assignments = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mash_assignment_free);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  gboolean whole = TRUE;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (MashItem) item = g_list_model_get_item (self->contacts, position);
      g_autofree char *contact = NULL;

      if (item != NULL)
        g_object_get (item, "contact", &contact, NULL);
      whole = whole && contact != NULL;
      g_ptr_array_add (assignments, mash_assignment_new (contact, self->person));
    }

  return whole ? g_steal_pointer (&assignments) : NULL;
}

static gboolean
on_read_cb (gpointer data)
{
  MashTrayBulk *self = data;
  g_autoptr (GPtrArray) assignments = list_chosen (self);

  if (assignments == NULL)
    return G_SOURCE_CONTINUE;

  self->timer = 0;
  if (assignments->len == 0 || self->cancellable != NULL)
    return G_SOURCE_REMOVE;
  forget_result (self);
  self->undoing = FALSE;
  run (self, assignments);

  return G_SOURCE_REMOVE;
}

/**
 * mash_tray_bulk_assign:
 * @self: a bar
 * @person: (nullable): the id of the member of staff who gets what is chosen; %NULL for no one
 *
 * Has it assigned, tells how far it is and what became of it. What has not been read yet is read
 * first, for nothing is altered that could not be seen.
 */
void
mash_tray_bulk_assign (MashTrayBulk *self,
                       const char   *person)
{
  g_autofree char *words = NULL;

  g_return_if_fail (MASH_IS_TRAY_BULK (self));

  if (self->selection == NULL || self->cancellable != NULL)
    return;
  if (self->n_chosen > MAX_CHOSEN)
    {
      words = g_strdup_printf (_("At most %u contacts can be assigned at a time; filter the list, "
                                 "or choose fewer."), MAX_CHOSEN);
      tell (self, words);
      return;
    }

  mash_set_str (&self->person, person);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (on_read_cb (self) == G_SOURCE_CONTINUE)
    self->timer = g_timeout_add (READ_AGAIN, on_read_cb, self);
}
