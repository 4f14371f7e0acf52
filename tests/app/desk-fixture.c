/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"

#include "accessible-names.h"
#include "fits.h"
#include "mash-field-input.h"

const DeskRoom desk_rooms[DESK_N_ROOMS] = {
  { "1440x900", 1440, 900, 100 },
  { "1024x768", 1024, 768, 100 },
  { "1600x1000-200", 1600, 1000, 200 },
  { "1024x768-200", 1024, 768, 200 },
};

/* Beginning and end */

/**
 * desk_set_up:
 * @desk: a desk
 * @who: (nullable): the sign-in name of a member of staff of the store fixture
 *
 * Makes a hub without contacts and opens the window on it, with @who signed in.
 */
void
desk_set_up (Desk          *desk,
             gconstpointer  who)
{
  store_fixture_set_up (&desk->hub, NULL);
  desk_open (desk, who);
}

static void
set_colours (void)
{
  if (g_getenv ("MASH_TEST_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
}

/**
 * desk_open:
 * @desk: a desk whose hub is set up
 * @who: (nullable): who signs in; with %NULL the window shows where to do it
 *
 * Closes the hub’s store, and opens the window over a service that opens it again.
 */
void
desk_open (Desk       *desk,
           const char *who)
{
  g_autoptr (GError) error = NULL;

  store_fixture_close (&desk->hub);
  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  set_colours ();
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, desk_answered_cb, desk_call (desk));
  mash_service_open_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), desk_rooms[0].width,
                               desk_rooms[0].height);
  gtk_window_present (GTK_WINDOW (desk->window));
  if (who != NULL)
    desk_sign_in (desk, who);
}

static void
let_go (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  until (object == NULL);
}

/**
 * desk_tear_down:
 * @desk: a desk
 * @data: for the store fixture
 *
 * Closes everything, and sees to it that nothing of it is held any longer.
 */
void
desk_tear_down (Desk          *desk,
                gconstpointer  data)
{
  settle (desk->service);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  settle (desk->service);
  g_clear_object (&desk->file);
  desk_lock (desk);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  let_go (desk->service);
  store_fixture_tear_down (&desk->hub, NULL);
}

/**
 * desk_sign_in:
 * @desk: a desk on which nobody is signed in
 * @who: the sign-in name of a member of staff of the store fixture
 *
 * Signs in and leaves the first page, as the window does by itself for who types the passphrase.
 */
void
desk_sign_in (Desk       *desk,
              const char *who)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL, desk_answered_cb,
                              desk_call (desk));
  mash_service_sign_in_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  mash_window_show_stage (desk->window);
}

/**
 * desk_lock:
 * @desk: a desk
 *
 * Signs off whoever is signed in: what no page has kept by itself by now is gone.
 */
void
desk_lock (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, desk_answered_cb, desk_call (desk));
  mash_service_lock_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
}

/* Asking the service */

/**
 * desk_call:
 * @desk: a desk
 *
 * Returns: (transfer none): @desk, which waits for another answer now
 */
Desk *
desk_call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

void
desk_answered_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      desk)
{
  g_set_object (&((Desk *) desk)->result, result);
}

/**
 * desk_wait:
 * @desk: a desk that asked something with desk_call() and desk_answered_cb()
 *
 * Returns: (transfer none): the answer, once it has come
 */
GAsyncResult *
desk_wait (Desk *desk)
{
  until (desk->result != NULL);

  return desk->result;
}

void
desk_submit (Desk      *desk,
             MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (desk->service, group, NULL, desk_answered_cb, desk_call (desk));
  mash_service_submit_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
}

/**
 * desk_open_contact:
 * @desk: a desk on which somebody is signed in
 * @contact: the id of a contact
 * @tab: (nullable): the tab that is shown
 *
 * Shows the contact in the window, and waits until its page has read what it shows first.
 */
void
desk_open_contact (Desk       *desk,
                   const char *contact,
                   const char *tab)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&desk->file);
  mash_service_open_contact_async (desk->service, contact, NULL, desk_answered_cb,
                                   desk_call (desk));
  desk->file = mash_service_open_contact_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  desk->page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, desk->file));
  mash_window_set_page (desk->window, MASH_PAGE (desk->page));
  if (tab != NULL)
    mash_contact_page_set_tab (desk->page, tab);
  settle (desk->service);
}

/* What is on the screen */

typedef gboolean (*Matches) (GtkWidget  *widget,
                             GType       type,
                             const char *property,
                             const char *value);

static gboolean
has_property (GtkWidget  *widget,
              GType       type,
              const char *property,
              const char *value)
{
  g_autofree char *held = NULL;

  if (!g_type_is_a (G_OBJECT_TYPE (widget), type))
    return FALSE;
  if (property != NULL)
    g_object_get (widget, property, &held, NULL);

  return property == NULL || g_strcmp0 (held, value) == 0;
}

static gboolean
has_field (GtkWidget  *widget,
           GType       type,
           const char *property,
           const char *value)
{
  return MASH_IS_FIELD_INPUT (widget) &&
         g_strcmp0 (mash_field_input_get_field (MASH_FIELD_INPUT (widget)), value) == 0;
}

static GtkWidget *
find (GtkWidget  *widget,
      Matches     matches,
      GType       type,
      const char *property,
      const char *value)
{
  if (gtk_widget_get_mapped (widget) && matches (widget, type, property, value))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, type, property, value);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * desk_find:
 * @root: (nullable): a widget
 * @type: a type of widget
 *
 * Returns: (transfer none) (nullable): the first of that type on the screen, @root or below it
 */
GtkWidget *
desk_find (gpointer root,
           GType    type)
{
  return desk_find_with (root, type, NULL, NULL);
}

/**
 * desk_find_with:
 * @root: (nullable): a widget
 * @type: a type of widget
 * @property: (nullable): a property of that type that holds text
 * @value: what it must be
 *
 * Returns: (transfer none) (nullable): the first of that type with that property on the screen,
 *   @root or below it
 */
GtkWidget *
desk_find_with (gpointer    root,
                GType       type,
                const char *property,
                const char *value)
{
  return root != NULL ? find (GTK_WIDGET (root), has_property, type, property, value) : NULL;
}

/**
 * desk_find_field:
 * @root: (nullable): a widget
 * @field: the name of a field of an entity
 *
 * Returns: (transfer none) (nullable): the first control for that field on the screen, @root or
 *   below it
 */
GtkWidget *
desk_find_field (gpointer    root,
                 const char *field)
{
  return root != NULL
         ? find (GTK_WIDGET (root), has_field, MASH_TYPE_FIELD_INPUT, NULL, field) : NULL;
}

/**
 * desk_await:
 * @root: a widget
 * @type: a type of widget
 * @property: (nullable): a property of that type that holds text
 * @value: what it must be
 *
 * Lets the window live until there is what desk_find_with() looks for; what never comes ends the
 * test, with what it is in the message.
 *
 * Returns: (transfer none): it
 */
GtkWidget *
desk_await (gpointer    root,
            GType       type,
            const char *property,
            const char *value)
{
  gint64 end = patience_end ();
  GtkWidget *found = desk_find_with (root, type, property, value);

  while (found == NULL && live_before (end))
    found = desk_find_with (root, type, property, value);
  if (found == NULL)
    g_error ("There is no %s with “%s”", g_type_name (type), value != NULL ? value : "");

  return found;
}

/**
 * desk_part:
 * @widget: a widget
 * @type: its type
 * @name: the name of a child in its template
 *
 * Returns: (transfer none): that child, on the screen or not
 */
gpointer
desk_part (gpointer    widget,
           GType       type,
           const char *name)
{
  GObject *part = gtk_widget_get_template_child (GTK_WIDGET (widget), type, name);

  g_assert_nonnull (part);

  return part;
}

static gboolean
run_shortcut (GtkEventController *controller,
              GtkWidget          *widget,
              const char         *trigger)
{
  GListModel *shortcuts = G_LIST_MODEL (controller);

  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      g_autofree char *keys = gtk_shortcut_trigger_to_string (
        gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (keys, trigger))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                             gtk_shortcut_get_arguments (shortcut));
    }

  return FALSE;
}

/**
 * desk_press:
 * @widget: a widget
 * @trigger: a key as a shortcut’s trigger names it
 *
 * Does what that key does by the widget’s own shortcuts; ends the test where it does nothing.
 */
void
desk_press (GtkWidget  *widget,
            const char *trigger)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && run_shortcut (controller, widget, trigger))
        return;
    }
  g_error ("Nothing is done by %s", trigger);
}

/**
 * desk_strike:
 * @widget: a widget
 * @key: a key
 *
 * Gives the key to whatever listens in the widget for keys before others do, in turn.
 *
 * Returns: whether it was taken
 */
gboolean
desk_strike (GtkWidget *widget,
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

/* Room, words and pictures */

/**
 * desk_set_room:
 * @desk: a desk
 * @room: which of the rooms
 *
 * Gives the window that size and the letters theirs, and lets it come to rest.
 */
void
desk_set_room (Desk  *desk,
               guint  room)
{
  g_assert (room < DESK_N_ROOMS);

  g_object_set (gtk_settings_get_default (),
                "gtk-xft-dpi", 96 * 1024 * desk_rooms[room].percent / 100, NULL);
  rest_in (GTK_WINDOW (desk->window), desk_rooms[room].width, desk_rooms[room].height);
  settle (desk->service);
}

/**
 * desk_count_wrong:
 * @desk: a desk
 *
 * Returns: how much of the window is cut or has no name for assistive technology, once it has come
 *   to rest; each is said in a message of the test
 */
guint
desk_count_wrong (Desk *desk)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (desk->window));
  gint64 end = patience_end ();
  guint n_wrong;

  do
    {
      settle (desk->service);
      n_wrong = fits_count_cut (content, GTK_WIDGET (desk->window)) +
                accessible_names_count_missing (content);
    }
  while (n_wrong > 0 && live_before (end));

  return n_wrong;
}

/**
 * desk_look_around:
 * @desk: a desk
 * @what: what is looked at, for messages and pictures
 * @tabs: (nullable): tabs of the contact page that are gone through
 *
 * Gives the window each of the rooms: all fits in it, nothing is cut, everything has a name.
 */
void
desk_look_around (Desk              *desk,
                  const char        *what,
                  const char *const *tabs)
{
  static const char *const as_it_is[] = { NULL };
  guint n_rooms = desk->n_rooms != 0 ? desk->n_rooms : DESK_N_ROOMS;
  guint n_wrong = 0;

#ifdef __SANITIZE_ADDRESS__
  /* Whether all fits is seen without them; they look for what is done to memory, and drawing takes
   * ten times as long beside them. */
  n_rooms = MIN (n_rooms, 2);
#endif

  for (guint room = 0; room < n_rooms; room++)
    {
      const char *const *tab = tabs != NULL ? tabs : as_it_is;

      desk_set_room (desk, room);
      do
        {
          g_autofree char *name = g_strjoin ("-", what, desk_rooms[room].name, *tab, NULL);

          if (*tab != NULL)
            mash_contact_page_set_tab (desk->page, *tab);
          g_test_message ("%s", name);
          n_wrong += desk_count_wrong (desk);
          desk_take_picture (desk, name);
        }
      while (*tab != NULL && *++tab != NULL);
    }
  desk_set_room (desk, 0);
  g_assert_cmpuint (n_wrong, ==, 0);
}

void
desk_take_picture (Desk       *desk,
                   const char *name)
{
  desk_take_picture_of (desk, desk->window, name);
}

/**
 * desk_take_picture_of:
 * @desk: a desk
 * @window: a window
 * @name: what the picture is called
 *
 * Where pictures are wanted: the window as it stands, drawn by the toolkit’s own renderer.
 */
void
desk_take_picture_of (Desk       *desk,
                      gpointer    window,
                      const char *name)
{
  const char *folder = g_getenv ("MASH_TEST_PICTURES");
  GtkWidget *widget = GTK_WIDGET (window);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  graphene_rect_t area;

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
  area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &area);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
