/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "fits.h"
#include "mash-contact-page-private.h"
#include "mash-deed-bar.h"
#include "mash-field-input.h"
#include "mash-mention-text.h"
#include "mash-service.h"
#include "mash-time.h"
#include "mash-tray-bulk.h"
#include "mash-tray-line.h"
#include "mash-tray-narrow.h"
#include "mash-window-private.h"
#include "mash-work-row.h"
#include "mash-work-tab.h"
#include "rest.h"
#include "store-fixture.h"

#define N_CONTACTS 12

/* Every fourth contact is Red. */
#define N_RED 3

/* How long a condition may take on a slow machine, in looks of ten milliseconds. */
#define PATIENCE 6000

/* The trays and what colleagues ask of each other, in the real window, over the real service, on
 * the store fixture’s hub. */
typedef struct
{
  StoreFixture     hub;
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;
  MashContactPage *page;
  MashGroup       *arrival;   /* a contact that has yet to come in */
  char            *contact;   /* the first that was made */
  char            *other;     /* the last line, before something happened */
} Desk;

typedef gboolean (*Holds) (Desk *desk);

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Desk *desk = data;

  g_set_object (&desk->result, result);
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

/* Pictures are wanted in the dark too; high contrast is asked for before the toolkit begins. */
static void
set_colours (void)
{
  if (g_getenv ("MASH_TEST_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
make_contacts (StoreFixture *hub,
               char        **first)
{
  static const char *const brags[] = { "R", "A", "G", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_begin_bulk (hub->store, &error));
  for (guint i = 0; i < N_CONTACTS; i++)
    {
      g_autofree char *contact = store_fixture_contact (hub, "Sam", "Marsh", "2019-03-04");
      const char *brag = brags[i % G_N_ELEMENTS (brags)];

      if (brag != NULL)
        store_fixture_do (hub, "raise-brag", contact, "brag", brag, NULL);
      if (i == 0)
        *first = g_steal_pointer (&contact);
    }
  g_assert_true (mash_store_end_bulk (hub->store, &error));
  store_fixture_sign_in (hub, "worker");
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, data);
  make_contacts (&desk->hub, &desk->contact);
  desk->arrival = store_fixture_new_contact (desk->hub.store, "Jo", "Reed", "2020-05-06");
  store_fixture_close (&desk->hub);
  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  set_colours ();
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
end (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  rest (desk->service, 300);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  rest (desk->service, 100);
  g_clear_object (&desk->file);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  g_clear_pointer (&desk->arrival, mash_group_unref);
  g_clear_pointer (&desk->contact, g_free);
  g_clear_pointer (&desk->other, g_free);
  end (desk->service);
  store_fixture_tear_down (&desk->hub, data);
}

/* Where pictures are wanted: the window as it stands, drawn by the toolkit’s own renderer. */
static void
take_picture (Desk       *desk,
              const char *name)
{
  const char *folder = g_getenv ("MASH_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkWidget *widget = GTK_WIDGET (desk->window);

  if (folder == NULL)
    return;

  /* A window that is being laid out has nothing to show yet. */
  paintable = gtk_widget_paintable_new (widget);
  for (guint i = 0; i < 10 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      rest (desk->service, 600);
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                              gtk_widget_get_height (widget)));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static const struct
{
  const char *name;
  int         width, height, percent;
} rooms[] = {
  { "1440x900", 1440, 900, 100 },
  { "1024x768", 1024, 768, 100 },
  { "1600x1000-200", 1600, 1000, 200 },
  { "1024x768-200", 1024, 768, 200 },
};

static void
set_room (Desk  *desk,
          guint  room)
{
  g_object_set (gtk_settings_get_default (),
                "gtk-xft-dpi", 96 * 1024 * rooms[room].percent / 100, NULL);
  rest_in (GTK_WINDOW (desk->window), rooms[room].width, rooms[room].height);
  rest (desk->service, 150);
}

/* What is cut or nameless once the page has come to rest, which a slow machine takes longer for. */
static guint
count_wrong (Desk *desk)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (desk->window));
  guint n_wrong = 1;

  for (guint turn = 0; turn < 60 && n_wrong > 0; turn++)
    {
      rest (desk->service, 150);
      n_wrong = fits_count_cut (content, GTK_WIDGET (desk->window)) +
                accessible_names_count_missing (content);
    }

  return n_wrong;
}

static void
open_page (Desk       *desk,
           const char *contact)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&desk->file);
  mash_service_open_contact_async (desk->service, contact, NULL, on_done_cb, call (desk));
  desk->file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, desk->file));
  mash_window_show_stage (desk->window);
  mash_window_set_page (desk->window, MASH_PAGE (desk->page));
  rest (desk->service, 300);
}


/* Lets the window live until something holds; what never holds is a failure. */
static void
until (Desk  *desk,
       Holds  holds)
{
  for (guint i = 0; i < PATIENCE && !holds (desk); i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (10000);
    }
  g_assert_true (holds (desk));
}

/* The window in every room that it may have: all fits in it, nothing is cut or nameless. */
static void
look_around (Desk       *desk,
             const char *what)
{
  guint n_wrong = 0;

  for (guint room = 0; room < G_N_ELEMENTS (rooms); room++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", what, rooms[room].name);

      set_room (desk, room);
      g_test_message ("%s", name);
      n_wrong += count_wrong (desk);
      take_picture (desk, name);
    }
  set_room (desk, 0);
  g_assert_cmpuint (n_wrong, ==, 0);
}

/* Keys */

/* Does what a key does by the shortcuts of a widget. */
static void
press (GtkWidget  *widget,
       const char *trigger)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          g_autofree char *keys = gtk_shortcut_trigger_to_string (
            gtk_shortcut_get_trigger (shortcut));

          if (!g_str_equal (keys, trigger))
            continue;
          g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                       widget, NULL));
          return;
        }
    }
  g_error ("Nothing is done by %s", trigger);
}

/* Gives a key to whatever listens for keys in a widget, in turn, until it is taken. */
static gboolean
strike (GtkWidget *widget,
        guint      key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }

  return taken;
}

/* The tray on the screen */

static gpointer
get_part (gpointer    widget,
          GType       type,
          const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

static gpointer
get_child (Desk       *desk,
           const char *name)
{
  return get_part (desk->window->tray_page, MASH_TYPE_TRAY_PAGE, name);
}

static GtkSelectionModel *
get_lines (Desk *desk)
{
  return gtk_column_view_get_model (get_child (desk, "view"));
}

static guint
count_lines (Desk *desk)
{
  GtkSelectionModel *lines = get_lines (desk);

  return lines != NULL ? g_list_model_get_n_items (G_LIST_MODEL (lines)) : 0;
}

static char *
dup_contact_at (Desk  *desk,
                guint  position)
{
  g_autoptr (MashTrayLine) line = g_list_model_get_item (G_LIST_MODEL (get_lines (desk)),
                                                         position);

  return mash_tray_line_dup_contact (line);
}

static gboolean
all_are_shown (Desk *desk)
{
  return count_lines (desk) == N_CONTACTS;
}

static gboolean
one_more_is_shown (Desk *desk)
{
  return count_lines (desk) == N_CONTACTS + 1;
}

static gboolean
red_are_shown (Desk *desk)
{
  return count_lines (desk) == N_RED;
}

static const char *
get_told (Desk *desk)
{
  return gtk_label_get_label (get_part (get_child (desk, "bulk"), MASH_TYPE_TRAY_BULK, "result"));
}

static gboolean
is_told (Desk *desk)
{
  return *get_told (desk) != '\0';
}

static gboolean
all_are_mine (Desk *desk)
{
  return mash_service_get_tray_count (desk->service, MASH_TRAY_MINE) == N_CONTACTS;
}

static gboolean
none_is_mine (Desk *desk)
{
  return mash_service_get_tray_count (desk->service, MASH_TRAY_MINE) == 0;
}

static gboolean
one_is_new (Desk *desk)
{
  return strstr (gtk_label_get_label (get_child (desk, "order_label")), "1 new since") != NULL;
}

static void
submit (Desk      *desk,
        MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (desk->service, group, NULL, on_done_cb, call (desk));
  mash_service_submit_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

/* The window does this when somebody has signed in on its own page. */
static void
show_front_door (Desk       *desk,
                 const char *who)
{
  sign_in (desk, who);
  mash_window_show_stage (desk->window);
  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  until (desk, all_are_shown);
  rest (desk->service, 100);
}

/* The row that became urgent has gone up from the end. */
static gboolean
last_is_another (Desk *desk)
{
  g_autofree char *last = dup_contact_at (desk, N_CONTACTS - 1);

  return g_strcmp0 (last, desk->other) != 0;
}

/* What is selected stays where it is, and is the same contact, whatever comes in and changes. */
static void
test_steady (Desk          *desk,
             gconstpointer  data)
{
  g_autofree char *chosen = NULL;
  g_autofree char *still = NULL;
  g_autofree char *unmoved = NULL;
  g_autoptr (MashGroup) harm = NULL;

  show_front_door (desk, "worker");
  gtk_selection_model_select_item (get_lines (desk), 4, TRUE);
  chosen = dup_contact_at (desk, 4);
  desk->other = dup_contact_at (desk, N_CONTACTS - 1);

  submit (desk, desk->arrival);
  until (desk, one_more_is_shown);
  harm = mash_group_new ("mark-harm", desk->other);
  submit (desk, harm);
  rest (desk->service, 300);

  g_assert_true (gtk_selection_model_is_selected (get_lines (desk), 4));
  g_assert_cmpuint (gtk_bitset_get_size (gtk_selection_model_get_selection (get_lines (desk))),
                    ==, 1);
  still = dup_contact_at (desk, 4);
  unmoved = dup_contact_at (desk, N_CONTACTS - 1);
  g_assert_cmpstr (still, ==, chosen);
  g_assert_cmpstr (unmoved, ==, desk->other);
  until (desk, one_is_new);

  /* Put in order when asked: the row that became urgent has moved, the selection with its own. */
  gtk_widget_activate_action (GTK_WIDGET (desk->window->tray_page), "tray.sort-again", NULL);
  until (desk, last_is_another);
  for (guint i = 0; i < count_lines (desk); i++)
    {
      g_autofree char *contact = dup_contact_at (desk, i);

      g_assert_cmpint (gtk_selection_model_is_selected (get_lines (desk), i), ==,
                       g_str_equal (contact, chosen));
    }
}

static GtkDropDown *
get_urgency (Desk *desk)
{
  return get_part (get_child (desk, "narrow"), MASH_TYPE_TRAY_NARROW, "urgency");
}

static gboolean
red_are_offered (Desk *desk)
{
  GtkStringList *urgencies = GTK_STRING_LIST (gtk_drop_down_get_model (get_urgency (desk)));

  return g_strcmp0 (gtk_string_list_get_string (urgencies, 1), "Red, or in danger · 3") == 0;
}

/* F opens the filters; each value says how many contacts have it, and that many are shown. */
static void
test_filter (Desk          *desk,
             gconstpointer  data)
{
  GtkMenuButton *button;

  show_front_door (desk, "worker");
  button = get_part (get_child (desk, "narrow"), MASH_TYPE_TRAY_NARROW, "button");
  press (get_child (desk, "view"), "f");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (button))));
  until (desk, red_are_offered);
  take_picture (desk, "filters");

  gtk_drop_down_set_selected (get_urgency (desk), 1);
  until (desk, red_are_shown);
  gtk_popover_popdown (gtk_menu_button_get_popover (button));
  look_around (desk, "filtered");
  gtk_widget_activate_action (GTK_WIDGET (desk->window->tray_page), "tray.show-all", NULL);
  until (desk, all_are_shown);
}

static void
press_child (Desk       *desk,
             const char *name)
{
  GtkWidget *button = get_part (get_child (desk, "bulk"), MASH_TYPE_TRAY_BULK, name);

  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Ctrl+A chooses all, the bar says how many; T takes them, and what was done can be undone. */
static void
test_bulk (Desk          *desk,
           gconstpointer  data)
{
  show_front_door (desk, "worker");
  press (get_child (desk, "view"), "<Control>a");
  g_assert_cmpuint (mash_tray_bulk_get_n_chosen (get_child (desk, "bulk")), ==, N_CONTACTS);
  look_around (desk, "chosen");
  press (get_child (desk, "view"), "t");
  until (desk, is_told);
  g_assert_cmpstr (get_told (desk), ==, "12 contacts were assigned.");
  until (desk, all_are_mine);
  look_around (desk, "assigned");

  press_child (desk, "undo");
  until (desk, is_told);
  g_assert_cmpstr (get_told (desk), ==, "12 contacts are where they were.");
  until (desk, none_is_mine);
}

/* What may not be done is told by how many, which, and why; nothing is there to undo. */
static void
test_refused (Desk          *desk,
              gconstpointer  data)
{
  g_autoptr (MashTrayLine) line = NULL;
  g_autofree char *reference = NULL;

  show_front_door (desk, "auditor");
  press (get_child (desk, "view"), "<Control>a");
  press (get_child (desk, "view"), "t");
  until (desk, is_told);
  g_test_message ("%s", get_told (desk));
  g_assert_nonnull (strstr (get_told (desk), "0 contacts were assigned.\n12 were not: "));
  line = g_list_model_get_item (G_LIST_MODEL (get_lines (desk)), 0);
  g_object_get (line, "reference", &reference, NULL);
  g_assert_nonnull (strstr (get_told (desk), reference));
  g_assert_false (gtk_widget_get_visible (get_part (get_child (desk, "bulk"),
                                                    MASH_TYPE_TRAY_BULK, "undo")));
  look_around (desk, "refused");
}

/* Notes and tasks */

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static guint
count_of (Desk       *desk,
          const char *kind,
          const char *field,
          const char *value)
{
  GListModel *list = mash_contact_file_get_list (desk->file, kind);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      n += mash_entity_get_record (entity) != NULL &&
           g_strcmp0 (mash_entity_get_text (entity, field), value) == 0;
    }

  return n;
}

static gboolean
is_mentioned (Desk *desk)
{
  return count_of (desk, "mention", "whom", desk->hub.officer) == 1;
}

static gboolean
task_is_open (Desk *desk)
{
  return count_of (desk, "task", "status", "OPEN") == 1;
}

static gboolean
task_is_done (Desk *desk)
{
  return count_of (desk, "task", "status", "DONE") == 1;
}

static gboolean
flag_is_raised (Desk *desk)
{
  return count_of (desk, "flag", "review-by", "2099-12-31") == 1;
}

static gboolean
bar_is_open (Desk *desk)
{
  return find (GTK_WIDGET (desk->page), MASH_TYPE_DEED_BAR) != NULL &&
         find (find (GTK_WIDGET (desk->page), MASH_TYPE_DEED_BAR), MASH_TYPE_FIELD_INPUT) != NULL;
}

static GtkWidget *
get_bar (Desk *desk)
{
  GtkWidget *bar = find (GTK_WIDGET (desk->page), MASH_TYPE_DEED_BAR);

  g_assert_nonnull (bar);

  return bar;
}

static gboolean
may_confirm (Desk *desk)
{
  return gtk_widget_is_sensitive (get_part (get_bar (desk), MASH_TYPE_DEED_BAR, "confirm"));
}

static GtkWidget *
find_field (GtkWidget  *widget,
            const char *field)
{
  if (MASH_IS_FIELD_INPUT (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (mash_field_input_get_field (MASH_FIELD_INPUT (widget)), field))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_field (child, field);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Fills a field of the bar as what is typed or chosen there does. */
static void
fill (Desk       *desk,
      const char *field,
      const char *value)
{
  GtkWidget *input = find_field (get_bar (desk), field);
  GObject *object;

  g_assert_nonnull (input);
  object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
  if (object == NULL)
    {
      g_signal_emit_by_name (input, "wanted");
      object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
    }
  g_object_set (object, field, value, NULL);
}

static void
begin (Desk       *desk,
       const char *deed)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->page), "contact.deed", "s", deed);
  until (desk, bar_is_open);
}

static void
confirm (Desk *desk)
{
  mash_form_host_typed (MASH_FORM_HOST (desk->page));
  until (desk, may_confirm);
  g_signal_emit_by_name (get_part (get_bar (desk), MASH_TYPE_DEED_BAR, "confirm"), "clicked");
}

/* A note that asks a colleague to look, by the keyboard alone: “@”, a few letters, Return, the
 * words, Ctrl+Return. */
static void
mention (Desk *desk)
{
  GtkWidget *text = find (GTK_WIDGET (desk->page), MASH_TYPE_MENTION_TEXT);
  GtkWidget *view = find (text, GTK_TYPE_TEXT_VIEW);

  gtk_widget_grab_focus (view);
  g_signal_emit_by_name (view, "insert-at-cursor", "@bram");
  rest (desk->service, 100);
  take_picture (desk, "mention");
  g_assert_true (strike (view, GDK_KEY_Return));
  g_signal_emit_by_name (view, "insert-at-cursor", "The mother rang and asks for a call back.");
  press (find (GTK_WIDGET (desk->page), MASH_TYPE_WORK_TAB), "<Control>Return");
  until (desk, is_mentioned);
}

static void
set_task (Desk *desk)
{
  g_autofree char *due = mash_time_format (mash_service_get_now (desk->service) + MASH_TIME_DAY);

  begin (desk, "add-task");
  fill (desk, "what", "Ring the school about Monday");
  fill (desk, "owner", desk->hub.worker);
  fill (desk, "due-at", due);
  confirm (desk);
  until (desk, task_is_open);
}

static void
raise_flag (Desk *desk)
{
  begin (desk, "flag");
  fill (desk, "type", "DOG");
  fill (desk, "reason", "A dog in the yard that has bitten");
  fill (desk, "review-by", "2099-12-31");
  confirm (desk);
  until (desk, flag_is_raised);
}

static void
finish_task (Desk *desk)
{
  g_autoptr (MashEntity) task = g_list_model_get_item (mash_contact_file_get_list (desk->file,
                                                                                   "task"), 0);
  g_autofree char *deed = g_strdup_printf ("finish-task %s", mash_entity_get_id (task));

  begin (desk, deed);
  fill (desk, "outcome", "Rang; the school writes today");
  confirm (desk);
  until (desk, task_is_done);
}

static gboolean
mine_is_shown (Desk *desk)
{
  g_autofree char *words = NULL;

  if (mash_tray_page_get_tray (desk->window->tray_page) == MASH_TRAY_MINE &&
      count_lines (desk) == 1)
    {
      g_autoptr (GObject) line = g_list_model_get_item (G_LIST_MODEL (get_lines (desk)), 0);

      g_object_get (line, "missing", &words, NULL);
    }

  return words != NULL && *words != '\0';
}

/* What stands in the colleague's own tray: the contact, by whom it was asked for and why. */
static void
check_mine (Desk *desk)
{
  g_autoptr (MashTrayLine) line = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  show_front_door (desk, "officer");
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.tray", "s", "mine");
  until (desk, mine_is_shown);
  line = g_list_model_get_item (G_LIST_MODEL (get_lines (desk)), 0);
  contact = mash_tray_line_dup_contact (line);
  g_assert_cmpstr (contact, ==, desk->contact);
  g_object_get (line, "missing", &words, NULL);
  g_assert_cmpstr (words, ==, "Aled Sorrel asks you to look: @Nia Bramble The mother rang and asks "
                   "for a call back.");
  take_picture (desk, "mine");
}

static gboolean
work_is_shown (Desk *desk)
{
  return find (GTK_WIDGET (desk->page), MASH_TYPE_MENTION_TEXT) != NULL;
}

static void
test_work (Desk          *desk,
           gconstpointer  data)
{
  sign_in (desk, "worker");
  open_page (desk, desk->contact);
  mash_contact_page_set_tab (desk->page, "work");
  until (desk, work_is_shown);
  mention (desk);
  set_task (desk);
  raise_flag (desk);
  rest (desk->service, 100);
  look_around (desk, "work");
  finish_task (desk);
  check_mine (desk);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/tray-page/steady", Desk, NULL, set_up, test_steady, tear_down);
  g_test_add ("/tray-page/filter", Desk, NULL, set_up, test_filter, tear_down);
  g_test_add ("/tray-page/bulk", Desk, NULL, set_up, test_bulk, tear_down);
  g_test_add ("/tray-page/refused", Desk, NULL, set_up, test_refused, tear_down);
  g_test_add ("/tray-page/work", Desk, NULL, set_up, test_work, tear_down);

  return g_test_run ();
}
