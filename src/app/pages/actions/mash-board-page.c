/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-board-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mash-board-columns.h"
#include "mash-board-line.h"
#include "mash-cell.h"
#include "mash-clock-label.h"
#include "mash-empty-page.h"
#include "mash-set-str.h"
#include "mash-wrap-layout.h"

/* What can be narrowed by, beside the row of buttons. */
enum
{
  AGENCY,
  OWNER,
  N_CHOICES
};

static const char *const facets[N_CHOICES] = { "agency", "owner" };

struct _MashBoardPage
{
  MashPage            parent_instance;

  /* Template children */
  GtkBox             *filter_row;
  GtkToggleButton    *filter_all;
  GtkToggleButton    *filter_mine;
  GtkToggleButton    *filter_late;
  GtkDropDown        *agency;
  GtkDropDown        *owner;
  GtkStack           *stack;
  GtkColumnView      *view;
  MashEmptyPage      *empty;
  GtkWidget          *deeds;
  GtkStack           *foot;
  GtkLabel           *question;
  GtkEntry           *answer;
  GtkButton          *confirm;
  GtkLabel           *refusal;

  /* Owned */
  MashBoardList      *list;
  GtkSingleSelection *selection;
  GCancellable       *cancellable;
  MashActionItem     *asked;               /* what the question is about */
  char               *deed;                /* that is being asked for */
  char               *filter;
  char               *chosen[N_CHOICES];   /* NULL for any */
  char               *at;                  /* the action that was selected last */
  GPtrArray          *values[N_CHOICES];   /* of char *, one for each line behind “All” */

  gsize               doing;               /* the deed that is under way */
  guint               filling : 1;
  guint               busy : 1;
};

G_DEFINE_FINAL_TYPE (MashBoardPage, mash_board_page, MASH_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_FILTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What is asked before a deed is done, and what is said when it is. */
static const struct
{
  const char *deed;
  const char *question;  /* NULL where nothing is asked */
  const char *done;
} deeds[] = {
  { "chase-action", NULL, N_("Chased; it is written down") },
  { "finish-action", N_("What came of it?"), N_("The action is done") },
  { "transfer-action", N_("Who has it now?"), N_("The action is passed on") },
  { "cancel-action", N_("Why is it cancelled?"), N_("The action is cancelled") },
};

static gsize
find_deed (const char *deed)
{
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (deeds) && g_strcmp0 (deeds[i].deed, deed) != 0)
    i++;

  return i;
}

static MashBoardQuery *
make_query (MashBoardPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  MashBoardQuery *query = mash_board_query_new ();

  query->agency = g_strdup (self->chosen[AGENCY]);
  query->owner = g_strdup (g_strcmp0 (self->filter, "mine") == 0
                           ? mash_service_get_actor (service)->person : self->chosen[OWNER]);
  query->late = g_strcmp0 (self->filter, "late") == 0;

  return query;
}

static GtkDropDown *
get_drop_down (MashBoardPage *self,
               guint          choice)
{
  return choice == AGENCY ? self->agency : self->owner;
}

/* Each with how many actions it has; what is chosen stays, though it may have none left. */
static void
fill_choice (MashBoardPage *self,
             guint          choice)
{
  GListModel *all = mash_board_list_get_facets (self->list);
  g_autoptr (GtkStringList) lines = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_ptr_array_set_size (self->values[choice], 0);
  gtk_string_list_append (lines, choice == AGENCY ? _("All agencies") : _("All owners"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (all, i);
      g_autofree char *facet = NULL;
      g_autofree char *value = NULL;
      g_autofree char *label = NULL;
      g_autofree char *line = NULL;
      guint n;

      g_object_get (item, "facet", &facet, "value", &value, "label", &label, "n", &n, NULL);
      if (g_strcmp0 (facet, facets[choice]) != 0)
        continue;
      /* Translators: the name of an agency or of a person, and how many actions they have open. */
      line = g_strdup_printf (_("%s (%u)"), label, n);
      gtk_string_list_append (lines, line);
      g_ptr_array_add (self->values[choice], g_strdup (value));
      if (g_strcmp0 (value, self->chosen[choice]) == 0)
        chosen = self->values[choice]->len;
    }
  if (chosen == 0)
    mash_set_str (&self->chosen[choice], NULL);
  self->filling = TRUE;
  gtk_drop_down_set_model (get_drop_down (self, choice), G_LIST_MODEL (lines));
  gtk_drop_down_set_selected (get_drop_down (self, choice), chosen);
  self->filling = FALSE;
}

static void
set_count (GtkToggleButton *button,
           const char      *words,
           guint            n)
{
  /* Translators: the name of a filter, and how many actions pass it. */
  g_autofree char *label = g_strdup_printf (_("%s %u"), words, n);

  gtk_button_set_label (GTK_BUTTON (button), label);
}

static gpointer
make_line (gpointer item,
           gpointer user_data)
{
  g_autoptr (MashActionItem) owned = item;

  return mash_board_line_new (owned, mash_page_get_minute (user_data));
}

static MashActionItem *
get_selected (MashBoardPage *self)
{
  MashBoardLine *line = self->selection != NULL
                        ? gtk_single_selection_get_selected_item (self->selection) : NULL;

  return line != NULL ? mash_board_line_get_item (line) : NULL;
}

static void
remember_selected (MashBoardPage *self)
{
  MashActionItem *item = get_selected (self);
  g_autofree char *action = NULL;

  if (item != NULL)
    g_object_get (item, "action", &action, NULL);
  if (action != NULL)
    mash_set_str (&self->at, action);
}

/* After the board was read anew the same action stays selected, or whatever took its place. */
static void
select_again (MashBoardPage *self,
              guint          position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < MIN (n, MASH_BOARD_PAGE_SIZE); i++)
    {
      g_autoptr (MashActionItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      g_autofree char *action = NULL;

      g_object_get (item, "action", &action, NULL);
      if (g_strcmp0 (action, self->at) != 0)
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      return;
    }
  if (n > 0)
    gtk_single_selection_set_selected (self->selection, MIN (position, n - 1));
}

static void
show_empty (MashBoardPage *self)
{
  gboolean nothing = mash_board_list_get_n_all (self->list) == 0;

  g_object_set (self->empty,
                "icon-name", "object-select-symbolic",
                "title", nothing ? _("No action is open") : _("Nothing under this filter"),
                "description", nothing
                ? _("What a strategy discussion asks somebody to do appears here until it is done.")
                : _("Other actions are on the board."),
                "button-label", nothing ? NULL : _("Show all"),
                "action-name", "board.show-all",
                NULL);
}

static void
show_board (MashBoardPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < N_CHOICES; i++)
    fill_choice (self, i);
  set_count (self->filter_all, _("All"), mash_board_list_get_n_all (self->list));
  set_count (self->filter_mine, _("Mine"), mash_board_list_get_n_mine (self->list));
  set_count (self->filter_late, _("Overdue"), mash_board_list_get_n_late (self->list));
  show_empty (self);
  gtk_widget_set_visible (self->deeds, n > 0);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
set_list (MashBoardPage *self,
          MashBoardList *list)
{
  guint position = self->selection != NULL
                   ? gtk_single_selection_get_selected (self->selection) : 0;
  GtkMapListModel *lines;

  g_set_object (&self->list, list);
  g_clear_object (&self->selection);
  lines = gtk_map_list_model_new (g_object_ref (G_LIST_MODEL (list)), make_line, self, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (lines));
  select_again (self, position);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (remember_selected), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  remember_selected (self);
  show_board (self);
}

static void
on_board_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (MashBoardPage) self = user_data;
  GError *error = NULL;
  g_autoptr (MashBoardList) list = mash_service_open_board_finish (MASH_SERVICE (source), result,
                                                                   &error);

  if (list == NULL)
    mash_page_say_error (MASH_PAGE (self), error);
  else if (self->view != NULL)
    set_list (self, list);
}

static void
read_board (MashPage *page)
{
  MashBoardPage *self = MASH_BOARD_PAGE (page);
  MashService *service = mash_page_get_service (page);
  g_autoptr (MashBoardQuery) query = NULL;

  if (service == NULL || !mash_service_get_signed_in (service))
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  query = make_query (self);
  mash_service_open_board_async (service, query, self->cancellable, on_board_read_cb,
                                 g_object_ref (self));
}

static void
on_chosen_cb (MashBoardPage *self,
              GParamSpec    *pspec,
              GtkDropDown   *drop_down)
{
  guint choice = drop_down == self->agency ? AGENCY : OWNER;
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (mash_set_str (&self->chosen[choice], selected > 0
                    ? g_ptr_array_index (self->values[choice], selected - 1) : NULL))
    read_board (MASH_PAGE (self));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  MashBoardPage *self = MASH_BOARD_PAGE (widget);

  for (guint i = 0; i < N_CHOICES; i++)
    mash_set_str (&self->chosen[i], NULL);
  if (g_strcmp0 (self->filter, "all") == 0)
    read_board (MASH_PAGE (self));
  else
    g_object_set (self, "filter", "all", NULL);
}

static void
on_row_activated_cb (MashBoardPage *self,
                     guint          position)
{
  mash_board_page_open (self);
}

/* Deeds */

static void
stop_asking (MashBoardPage *self)
{
  if (!mash_set_str (&self->deed, NULL))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_clear_object (&self->asked);
  gtk_editable_set_text (GTK_EDITABLE (self->answer), "");
  gtk_stack_set_visible_child_name (self->foot, "deeds");
}

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashBoardPage) self = user_data;
  GError *error = NULL;

  self->busy = FALSE;
  if (!mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }
  mash_page_say (MASH_PAGE (self), _(deeds[self->doing].done));
  stop_asking (self);
  read_board (MASH_PAGE (self));
}

static void
do_deed (MashBoardPage  *self,
         MashActionItem *item,
         const char     *deed,
         const char     *reason)
{
  g_autoptr (MashGroup) group = mash_action_item_dup_group (item, deed, reason,
                                                            mash_page_get_now (MASH_PAGE (self)));

  if (group == NULL || self->busy)
    return;

  self->doing = find_deed (deed);
  self->busy = TRUE;
  mash_service_submit_async (mash_page_get_service (MASH_PAGE (self)), group, NULL, on_done_cb,
                             g_object_ref (self));
}

static void
ask (MashBoardPage  *self,
     MashActionItem *item,
     gsize           deed)
{
  const MashDeed *found = mash_policy_find_deed (mash_page_get_policy (MASH_PAGE (self)),
                                                 deeds[deed].deed);
  g_autofree char *what = NULL;
  g_autofree char *words = NULL;

  g_object_get (item, "what", &what, NULL);
  /* Translators: an action, and what is asked before it is finished, passed on or cancelled. */
  words = g_strdup_printf (_("“%s”: %s"), what, _(deeds[deed].question));
  mash_set_str (&self->deed, deeds[deed].deed);
  g_set_object (&self->asked, item);
  gtk_label_set_label (self->question, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(deeds[deed].question), -1);
  gtk_button_set_label (self->confirm, found != NULL ? found->label : "");
  gtk_stack_set_visible_child_name (self->foot, "question");
  gtk_widget_grab_focus (GTK_WIDGET (self->answer));
}

static void
deed_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  MashBoardPage *self = MASH_BOARD_PAGE (widget);
  MashActionItem *item = get_selected (self);
  gsize deed = find_deed (name + strlen ("board."));

  if (item == NULL)
    return;
  if (deeds[deed].question == NULL)
    do_deed (self, item, deeds[deed].deed, NULL);
  else
    ask (self, item, deed);
}

static void
confirm_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MashBoardPage *self = MASH_BOARD_PAGE (widget);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (
                                                    GTK_EDITABLE (self->answer))));

  if (self->deed == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), *reason == '\0');
  if (*reason != '\0')
    do_deed (self, self->asked, self->deed, reason);
}

static void
on_typed_cb (MashBoardPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
}

static void
on_answered_cb (MashBoardPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "board.confirm", NULL);
}

static void
stop_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  stop_asking (MASH_BOARD_PAGE (widget));
}

/* The page in the window */

static void
lay_out (MashBoardPage *self)
{
  guint compact = 0;

  g_object_get (self, "compact", &compact, NULL);
  mash_board_columns_lay_out (self->view, compact);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_row),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
}

static void
mash_board_page_enter (MashPage *page)
{
  read_board (page);
  gtk_widget_grab_focus (GTK_WIDGET (MASH_BOARD_PAGE (page)->view));
}

static void
mash_board_page_leave (MashPage *page)
{
  MashBoardPage *self = MASH_BOARD_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
mash_board_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_string (value, MASH_BOARD_PAGE (object)->filter);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_board_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  MashBoardPage *self = MASH_BOARD_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      if (!mash_set_str (&self->filter, g_value_get_string (value)))
        return;
      read_board (MASH_PAGE (self));
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_board_page_dispose (GObject *object)
{
  MashBoardPage *self = MASH_BOARD_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_BOARD_PAGE);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->deed, g_free);
  g_clear_pointer (&self->filter, g_free);
  g_clear_pointer (&self->at, g_free);
  for (guint i = 0; i < N_CHOICES; i++)
    {
      g_clear_pointer (&self->chosen[i], g_free);
      g_clear_pointer (&self->values[i], g_ptr_array_unref);
    }

  G_OBJECT_CLASS (mash_board_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (MASH_TYPE_BOARD_LINE);
  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_CLOCK_LABEL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/actions/mash-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, filter_row);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, filter_all);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, filter_mine);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, filter_late);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, agency);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, owner);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, view);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, empty);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, deeds);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, foot);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, question);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, answer);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, confirm);
  gtk_widget_class_bind_template_child (widget_class, MashBoardPage, refusal);
  gtk_widget_class_bind_template_callback (widget_class, on_answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
}

static void
mash_board_page_class_init (MashBoardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashPageClass *page_class = MASH_PAGE_CLASS (klass);

  object_class->get_property = mash_board_page_get_property;
  object_class->set_property = mash_board_page_set_property;
  object_class->dispose = mash_board_page_dispose;
  page_class->enter = mash_board_page_enter;
  page_class->leave = mash_board_page_leave;
  page_class->renew = read_board;

  properties[PROP_FILTER] =
    g_param_spec_string ("filter", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "board.filter", "filter");
  gtk_widget_class_install_action (widget_class, "board.show-all", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "board.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "board.stop", NULL, stop_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autofree char *action = g_strconcat ("board.", deeds[i].deed, NULL);

      gtk_widget_class_install_action (widget_class, action, NULL, deed_cb);
    }
}

static void
mash_board_page_init (MashBoardPage *self)
{
  static const char *const labels[N_CHOICES] = { N_("Agency"), N_("Owner") };

  self->filter = g_strdup ("all");
  for (guint i = 0; i < N_CHOICES; i++)
    self->values[i] = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (get_drop_down (self, i)))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _(labels[i]), -1);
  g_signal_connect (self, "notify::compact", G_CALLBACK (lay_out), NULL);
  lay_out (self);
}

/**
 * mash_board_page_new:
 * @service: the service, signed in
 *
 * Returns: (transfer floating): the page
 */
MashPage *
mash_board_page_new (MashService *service)
{
  return g_object_new (MASH_TYPE_BOARD_PAGE, "service", service, NULL);
}

/**
 * mash_board_page_is_filled:
 * @self: the page
 *
 * Returns: whether the board has been read
 */
gboolean
mash_board_page_is_filled (MashBoardPage *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_PAGE (self), FALSE);

  return self->list != NULL;
}

/**
 * mash_board_page_open:
 * @self: the page
 *
 * Opens the contact of the selected action at the discussion that agreed it.
 */
void
mash_board_page_open (MashBoardPage *self)
{
  MashActionItem *item;
  g_autofree char *contact = NULL;
  g_autofree char *discussion = NULL;
  g_autofree char *place = NULL;

  g_return_if_fail (MASH_IS_BOARD_PAGE (self));

  item = get_selected (self);
  if (item == NULL)
    return;
  g_object_get (item, "contact", &contact, "discussion", &discussion, NULL);
  if (contact == NULL)
    return;

  place = g_strdup_printf ("%s %s actions", contact, discussion);
  mash_page_go (MASH_PAGE (self), "win.open-discussion", place);
}
