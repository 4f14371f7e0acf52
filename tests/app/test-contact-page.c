/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "fits.h"
#include "mash-conflict-panel.h"
#include "mash-contact-clocks.h"
#include "mash-contact-page-private.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-level-row.h"
#include "mash-passphrase-entry.h"
#include "mash-service.h"
#include "mash-time.h"
#include "mash-triage-panel.h"
#include "mash-urgency-chip.h"
#include "mash-window-private.h"
#include "mash-words.h"
#include "mash-your-decision.h"
#include "rest.h"
#include "store-fixture.h"

/* How long a condition may take on a slow machine. */
#define PATIENCE_USEC (60 * G_USEC_PER_SEC)

/* The contact page in the real window, over the real service, on the store fixture’s hub. */
typedef struct
{
  StoreFixture     hub;
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;
  MashContactPage *page;
} Desk;

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
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, data);
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
  sign_in (desk, "worker");
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
                accessible_names_count_missing (GTK_WIDGET (desk->page));
    }

  return n_wrong;
}

/* Goes through the tabs in every room that the window may have: all fits in it, nothing is cut,
 * and everything has a name. */
static void
look_around (Desk              *desk,
             const char        *what,
             const char *const *tabs)
{
  guint n_wrong = 0;

  for (guint room = 0; room < G_N_ELEMENTS (rooms); room++)
    {
      set_room (desk, room);
      for (guint i = 0; tabs[i] != NULL; i++)
        {
          g_autofree char *name = g_strdup_printf ("%s-%s-%s", what, rooms[room].name, tabs[i]);

          mash_contact_page_set_tab (desk->page, tabs[i]);
          g_test_message ("%s", name);
          n_wrong += count_wrong (desk);
          take_picture (desk, name);
        }
    }
  set_room (desk, 0);
  g_assert_cmpuint (n_wrong, ==, 0);
}

static MashEntity *
add_person (MashContactFile *file,
            const char      *role,
            const char      *forenames,
            const char      *surname)
{
  MashEntity *subject = mash_family_add (file, role);
  MashEntity *person = mash_contact_file_find (file, mash_entity_get_text (subject, "person"));

  mash_entity_set_text (person, "legal-forenames", forenames);
  mash_entity_set_text (person, "legal-surname", surname);

  return person;
}

static void
relate (MashContactFile *file,
        MashEntity      *adult,
        MashEntity      *child,
        const char      *type,
        const char      *responsibility)
{
  MashEntity *relationship = mash_contact_file_add (file, "relationship");

  g_object_set (relationship, "from-person", mash_entity_get_id (adult),
                "to-person", mash_entity_get_id (child), "type", type,
                "parental-responsibility", responsibility, "lives-with", "Y", NULL);
}

static void
type_family (MashContactFile *file)
{
  MashEntity *ellie = add_person (file, MASH_ROLE_CHILD, "Ellie", "Marsh");
  MashEntity *noah = add_person (file, MASH_ROLE_CHILD, "Noah", "Khan");
  MashEntity *tara = add_person (file, "PARENT", "Tara", "Marsh");
  MashEntity *callum = add_person (file, "SOURCE", "Callum", "Dray");

  g_object_set (ellie, "birth", "2020-03-04", "sex", "F", "ethnicity", "WBRI",
                "school", "Brackenfield", NULL);
  g_object_set (noah, "sex", "M", "school", "Little Larches", NULL);
  g_object_set (tara, "birth", "1999-06-11", NULL);
  relate (file, tara, ellie, "MOTHER", "Y");
  relate (file, tara, noah, "MOTHER", NULL);
  relate (file, callum, ellie, "PARTNER", "N");
}

static void
type_concern (MashContactFile *file)
{
  MashEntity *concern = mash_contact_file_add (file, "concern");
  MashEntity *referrer;

  g_object_get (file, "referrer", &referrer, NULL);
  g_object_set (referrer, "type", "PROF", "name", "Ruth Pell", "role", "Safeguarding lead",
                "agency-name", "Brackenfield Primary", "phone", "01632 960 118", NULL);
  g_object_unref (referrer);
  g_object_set (concern,
                "what-happened", "Finger-shaped bruise, four marks, on Ellie’s left upper arm, "
                "seen at PE. She said her mum’s partner grabbed her because she would not get out.",
                "child-words", "Callum grabbed me hard. Mummy was crying.",
                "child-words-to", "To Mrs Pell, class teacher, 11:40, written down at once",
                "when-words", "Mon 12 Oct, evening", "where", "Home, bathroom", NULL);
}

/* A referral of two children, typed into an empty form as the page does, and taken in. */
static char *
make_contact (Desk *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->service));
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (contact, "kind", "REF", "channel", "EMAIL", "source", "2A", "received-at", now,
                "presenting-concern", "Bruise on the upper arm; the child names the partner.",
                "immediate-danger", "Y", NULL);
  type_family (file);
  type_concern (file);
  group = mash_contact_file_dup_group (file, "create");
  mash_service_submit_async (desk->service, group, NULL, on_done_cb, call (desk));
  mash_service_submit_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);

  return g_strdup (mash_entity_get_id (contact));
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

static void
test_tabs (Desk          *desk,
           gconstpointer  data)
{
  static const char *const tabs[] = { "referral", "family", "timeline", "decision", "work" };
  g_autofree char *contact = make_contact (desk);

  open_page (desk, contact);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_autofree char *tab = NULL;

      mash_contact_page_set_tab (desk->page, tabs[i]);
      take_picture (desk, tabs[i]);
      g_object_get (desk->page, "tab", &tab, NULL);
      g_assert_cmpstr (tab, ==, tabs[i]);
    }
}

typedef gboolean (*Matches) (GtkWidget  *widget,
                             const char *what);

/* Gives the first widget under @widget that @matches, whether it is on the screen or not. */
static GtkWidget *
find (GtkWidget  *widget,
      Matches     matches,
      const char *what)
{
  if (matches (widget, what))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, what);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_field (GtkWidget  *widget,
          const char *what)
{
  return MASH_IS_FIELD_INPUT (widget) && gtk_widget_get_mapped (widget) &&
         g_str_equal (mash_field_input_get_field (MASH_FIELD_INPUT (widget)), what);
}

static gboolean
is_level (GtkWidget  *widget,
          const char *what)
{
  return MASH_IS_LEVEL_ROW (widget) &&
         g_str_equal (mash_level_row_get_code (MASH_LEVEL_ROW (widget)), what);
}

static gboolean
is_chip (GtkWidget  *widget,
         const char *what)
{
  return MASH_IS_URGENCY_CHIP (widget) && GTK_IS_CHECK_BUTTON (gtk_widget_get_parent (widget)) &&
         g_strcmp0 (mash_urgency_chip_get_brag (MASH_URGENCY_CHIP (widget)), what) == 0;
}

static gboolean
is_unticked_child (GtkWidget  *widget,
                   const char *what)
{
  const char *label = GTK_IS_CHECK_BUTTON (widget)
    ? gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) : NULL;

  return label != NULL && strstr (label, what) != NULL &&
         !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget));
}

static gboolean
is_entry (GtkWidget  *widget,
          const char *what)
{
  return GTK_IS_ENTRY (widget) || GTK_IS_PASSWORD_ENTRY (widget);
}

static gboolean
is_text_view (GtkWidget  *widget,
              const char *what)
{
  return GTK_IS_TEXT_VIEW (widget);
}

static gboolean
is_drop_down (GtkWidget  *widget,
              const char *what)
{
  return GTK_IS_DROP_DOWN (widget);
}

static gboolean
is_passphrase (GtkWidget  *widget,
               const char *what)
{
  return MASH_IS_PASSPHRASE_ENTRY (widget) && gtk_widget_get_mapped (widget);
}

static GtkWidget *
find_field (Desk       *desk,
            const char *field)
{
  GtkWidget *found = find (GTK_WIDGET (desk->page), is_field, field);

  g_assert_nonnull (found);

  return found;
}

static void
type_in (Desk       *desk,
         const char *field,
         const char *text)
{
  GtkWidget *input = find_field (desk, field);
  GtkWidget *entry = find (input, is_entry, NULL);
  GtkWidget *view = find (input, is_text_view, NULL);

  if (entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
choose (Desk       *desk,
        const char *field,
        guint       position)
{
  GtkWidget *drop_down = find (find_field (desk, field), is_drop_down, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), position);
}

static void
choose_level (Desk       *desk,
              const char *level)
{
  GtkWidget *row = find (GTK_WIDGET (desk->page), is_level, level);

  mash_level_row_set_chosen (MASH_LEVEL_ROW (row), TRUE);
}

static const char *
get_state (Desk *desk)
{
  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (desk->file)), "state");
}

/* Waits until the main action may be done, and does it. */
static void
do_main (Desk       *desk,
         const char *state)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_USEC;
  gboolean sensitive = FALSE;

  rest (desk->service, 900);
  g_object_get (desk->page, "main-sensitive", &sensitive, NULL);
  if (!sensitive)
    {
      g_autofree char *reason = NULL;

      g_object_get (desk->page, "main-reason", &reason, NULL);
      g_error ("Not possible in %s: %s", get_state (desk), reason);
    }
  mash_page_run_main (MASH_PAGE (desk->page));
  while (g_get_monotonic_time () < end && g_strcmp0 (get_state (desk), state) != 0)
    rest (desk->service, 100);
  g_assert_cmpstr (get_state (desk), ==, state);
}

static gboolean
is_triage (GtkWidget  *widget,
           const char *what)
{
  return MASH_IS_TRIAGE_PANEL (widget);
}

static gboolean
is_decision (GtkWidget  *widget,
             const char *what)
{
  return MASH_IS_YOUR_DECISION (widget);
}

static gpointer
find_part (Desk       *desk,
           Matches     matches,
           GType       type,
           const char *name)
{
  GtkWidget *part = find (GTK_WIDGET (desk->page), matches, NULL);

  return gtk_widget_get_template_child (part, type, name);
}

/* The desk goes away as if by a power cut: what the page has not kept by itself by now is gone. The
 * person signs in again and opens the contact. */
static void
cut_power (Desk       *desk,
           const char *who,
           const char *contact)
{
  g_autoptr (GError) error = NULL;

  rest (desk->service, 2600);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  sign_in (desk, who);
  open_page (desk, contact);
}

static void
screen (Desk *desk)
{
  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 200);
  type_in (desk, "history-searched", "Both names and the address: nothing found.");
  choose (desk, "assigned-to", 1);
  take_picture (desk, "screen");
  do_main (desk, "C20");
}

static void
triage (Desk *desk)
{
  GtkWidget *tick;

  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 200);
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (gtk_widget_get_parent (find (GTK_WIDGET (desk->page), is_chip, "R"))), TRUE);
  choose_level (desk, "S17");
  tick = find (GTK_WIDGET (desk->page), is_unticked_child, "Ellie");
  g_assert_nonnull (tick);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  take_picture (desk, "triage");
  look_around (desk, "triage", (const char *const[]) { "decision", NULL });
  /* One child has not been considered: the button is grey and says so. */
  rest (desk->service, 900);
  {
    gboolean sensitive = TRUE;
    g_autofree char *reason = NULL;

    g_object_get (desk->page, "main-sensitive", &sensitive, "main-reason", &reason, NULL);
    g_assert_false (sensitive);
    g_assert_nonnull (reason);
  }
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (GTK_WIDGET (desk->page), is_unticked_child, "Noah")), TRUE);
  do_main (desk, "C30");
}

static void
recommend (Desk *desk)
{
  g_autoptr (GObject) pending = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *subjects = mash_contact_file_get_list (desk->file, "contact-subject");
  g_auto (GStrv) covered = NULL;

  rest (desk->service, 300);
  choose (desk, "outcome", 5);
  type_in (desk, "rationale", "An injury, and a clear account of it by the child.");
  pending = g_object_ref (mash_field_input_get_object (
    MASH_FIELD_INPUT (find_field (desk, "rationale"))));
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);

      if (mash_subject_is_child (subject))
        g_strv_builder_add (builder, mash_entity_get_id (subject));
    }
  covered = g_strv_builder_end (builder);
  g_object_set (pending, "covers-subjects", covered, "on-incomplete-info", TRUE, NULL);
  choose_level (desk, "S17");
  take_picture (desk, "recommend");
  mash_form_host_typed (MASH_FORM_HOST (desk->page));
  do_main (desk, "C60");
}

/* The manager’s own reasons are there again after a power cut, and are the manager’s alone. */
static void
type_reasons (Desk       *desk,
              const char *contact)
{
  GtkTextView *view = find_part (desk, is_decision, MASH_TYPE_YOUR_DECISION, "reasons");
  g_autofree char *text = NULL;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "The bruise and her words agree.", -1);
  cut_power (desk, "worker", contact);
  view = find_part (desk, is_decision, MASH_TYPE_YOUR_DECISION, "reasons");
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)), ==, 0);
  cut_power (desk, "manager", contact);
  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 600);
  view = find_part (desk, is_decision, MASH_TYPE_YOUR_DECISION, "reasons");
  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "The bruise and her words agree.");
}

/* The whole way of a contact through the page: screened, triaged, analysed and recommended by a
 * social worker, who cannot approve it; approved by the manager with the passphrase. */
static void
test_way (Desk          *desk,
          gconstpointer  data)
{
  /* From any other tab the main action leads to the decision first. */
  static const char *const tabs[] = { "access", "timeline", "work", "decision", NULL };
  static const char *const decision[] = { "decision", NULL };
  g_autofree char *contact = make_contact (desk);
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  gboolean sensitive = TRUE;

  open_page (desk, contact);
  screen (desk);
  triage (desk);
  rest (desk->service, 300);
  type_in (desk, "no-agency-asked", "Agencies cannot be asked on this desk yet.");
  type_in (desk, "harm", "Bruising by a member of the household.");
  look_around (desk, "analyse", decision);
  do_main (desk, "C50");
  recommend (desk);

  rest (desk->service, 900);
  g_object_get (desk->page, "main-sensitive", &sensitive, "main-reason", &reason, NULL);
  g_assert_false (sensitive);
  g_assert_nonnull (reason);

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  sign_in (desk, "manager");
  open_page (desk, contact);
  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 600);
  type_reasons (desk, contact);
  gtk_editable_set_text (GTK_EDITABLE (find (find (GTK_WIDGET (desk->page), is_passphrase, NULL),
                                             is_entry, NULL)), FIXTURE_PASSPHRASE);
  take_picture (desk, "approve");
  look_around (desk, "manager", tabs);
  do_main (desk, "C70");
  take_picture (desk, "decided");
  mash_contact_page_set_tab (desk->page, "timeline");
  take_picture (desk, "timeline-decided");
}

/* A cell takes what is typed at once; what cannot be read stays in it and says so. */
static void
test_grid (Desk          *desk,
           gconstpointer  data)
{
  g_autofree char *contact = make_contact (desk);
  GtkWidget *input;
  GListModel *people;
  g_autoptr (MashEntity) ellie = NULL;
  guint n_subjects;

  open_page (desk, contact);
  people = mash_contact_file_get_list (desk->file, "person");
  ellie = g_list_model_get_item (people, 0);
  input = find_field (desk, "born");

  type_in (desk, "born", "about 3");
  g_assert_cmpstr (mash_entity_get_text (ellie, "age-words"), ==, "about 3");
  g_assert_true (mash_entity_get_flag (ellie, "birth-estimated"));
  type_in (desk, "born", "Tuesday week");
  g_assert_nonnull (mash_field_input_get_remark (MASH_FIELD_INPUT (input)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (input, is_entry, NULL))), ==,
                   "Tuesday week");
  type_in (desk, "born", "4/3/2020");
  g_assert_null (mash_field_input_get_remark (MASH_FIELD_INPUT (input)));
  g_assert_cmpstr (mash_entity_get_text (ellie, "birth"), ==, "2020-03-04");
  g_assert_null (mash_entity_get_text (ellie, "age-words"));

  n_subjects = g_list_model_get_n_items (mash_contact_file_get_list (desk->file,
                                                                     "contact-subject"));
  g_assert_true (gtk_widget_activate_action (input, "family.add", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (mash_contact_file_get_list (desk->file,
                                                                          "contact-subject")),
                    ==, n_subjects + 1);
  rest (desk->service, 200);
}

/* What is chosen for triage and typed in the bar under the head is there again, before any of it is
 * confirmed; once triage is done nothing of it is left. */
static void
test_unconfirmed (Desk          *desk,
                  gconstpointer  data)
{
  g_autofree char *contact = make_contact (desk);
  g_autofree char *note = NULL;
  GtkWidget *red;

  open_page (desk, contact);
  screen (desk);
  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 200);
  red = gtk_widget_get_parent (find (GTK_WIDGET (desk->page), is_chip, "R"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (red), TRUE);
  choose_level (desk, "S17");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (GTK_WIDGET (desk->page), is_unticked_child, "Ellie")), TRUE);
  gtk_editable_set_text (find_part (desk, is_triage, MASH_TYPE_TRIAGE_PANEL, "reason"),
                         "He is at home tonight.");
  mash_contact_page_begin_deed (desk->page, "note");
  type_in (desk, "text", "Rang the school, no answer yet.");
  cut_power (desk, "worker", contact);

  g_assert_true (mash_deed_bar_is_open (desk->page->deed_bar));
  g_object_get (mash_field_input_get_object (MASH_FIELD_INPUT (find_field (desk, "text"))), "text",
                &note, NULL);
  g_assert_cmpstr (note, ==, "Rang the school, no answer yet.");
  mash_deed_bar_give_up (desk->page->deed_bar);
  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 200);
  red = gtk_widget_get_parent (find (GTK_WIDGET (desk->page), is_chip, "R"));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (red)));
  g_assert_null (find (GTK_WIDGET (desk->page), is_unticked_child, "Ellie"));
  g_assert_cmpstr (gtk_editable_get_text (find_part (desk, is_triage, MASH_TYPE_TRIAGE_PANEL,
                                                     "reason")), ==, "He is at home tonight.");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (GTK_WIDGET (desk->page), is_unticked_child, "Noah")), TRUE);
  do_main (desk, "C30");
  cut_power (desk, "worker", contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (desk->file), ==, 0);
}

/* A date that cannot be read is back after a power cut, with its sentence, in the form as in the
 * table. */
static void
test_unread (Desk          *desk,
             gconstpointer  data)
{
  static const char *const fields[] = { "born", "revisit-at" };
  g_autofree char *contact = make_contact (desk);

  open_page (desk, contact);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    type_in (desk, fields[i], "Tuesday week");
  cut_power (desk, "worker", contact);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *input = find_field (desk, fields[i]);

      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (input, is_entry, NULL))), ==,
                       "Tuesday week");
      g_assert_nonnull (mash_field_input_get_remark (MASH_FIELD_INPUT (input)));
    }
  type_in (desk, "born", "4/3/2020");
  type_in (desk, "revisit-at", "");
  g_assert_null (mash_field_input_get_remark (MASH_FIELD_INPUT (find_field (desk, "born"))));
}

static gboolean
is_conflict (GtkWidget  *widget,
             const char *what)
{
  return MASH_IS_CONFLICT_PANEL (widget) && gtk_widget_get_mapped (widget);
}

/* The concern of the contact is typed anew by @who, and saved or kept as a draft. */
static void
type_concern_as (Desk       *desk,
                 const char *who,
                 const char *contact,
                 const char *text,
                 gboolean    saved)
{
  cut_power (desk, who, contact);
  type_in (desk, "presenting-concern", text);
  if (saved)
    mash_page_save_now (MASH_PAGE (desk->page));
  rest (desk->service, 500);
}

/* What was typed over something that somebody else has altered since is not saved by any way until
 * the person has seen both and chosen. */
static void
test_conflict (Desk          *desk,
               gconstpointer  data)
{
  g_autofree char *contact = make_contact (desk);
  MashEntity *entity;
  guint field = mash_kind_find_field (mash_kind_lookup ("contact"), "presenting-concern");
  GtkWidget *panel;

  open_page (desk, contact);
  type_concern_as (desk, "worker", contact, "Mine", FALSE);
  type_concern_as (desk, "manager", contact, "Theirs", TRUE);
  cut_power (desk, "worker", contact);
  entity = MASH_ENTITY (mash_contact_file_get_contact (desk->file));
  panel = find (GTK_WIDGET (desk->page), is_conflict, NULL);
  g_assert_nonnull (panel);
  take_picture (desk, "conflict");

  for (guint i = 0; i < 3; i++)
    {
      mash_page_save_now (MASH_PAGE (desk->page));
      rest (desk->service, 300);
      g_assert_cmpstr (mash_entity_get_text (entity, "presenting-concern"), ==, "Mine");
      g_assert_cmpstr (mash_record_get_text (mash_entity_get_record (entity),
                                             "presenting-concern"), ==, "Theirs");
    }
  g_assert_true (gtk_widget_activate_action (panel, "conflict.choose", "(sub)", contact, field,
                                             TRUE));
  g_assert_null (find (GTK_WIDGET (desk->page), is_conflict, NULL));
  mash_page_save_now (MASH_PAGE (desk->page));
  rest (desk->service, 500);
  g_assert_cmpstr (mash_record_get_text (mash_entity_get_record (entity), "presenting-concern"), ==,
                   "Mine");
}

/* Whoever was taken out of the contact can be put back by the toast that says so: in a row of its
 * own, since nothing is un-voided. */
static void
test_put_back (Desk          *desk,
               gconstpointer  data)
{
  g_autofree char *contact = make_contact (desk);
  GListModel *subjects;
  g_autoptr (MashEntity) gone = NULL;
  g_autoptr (MashEntity) back = NULL;
  guint n;

  open_page (desk, contact);
  subjects = mash_contact_file_get_list (desk->file, "contact-subject");
  n = g_list_model_get_n_items (subjects);
  gone = g_list_model_get_item (subjects, n - 1);
  mash_contact_page_remove_person (desk->page, mash_entity_get_id (gone));
  rest (desk->service, 500);
  g_assert_cmpuint (g_list_model_get_n_items (subjects), ==, n - 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.undo", "(ss)",
                                             "put-back", mash_entity_get_id (gone)));
  rest (desk->service, 500);
  g_assert_cmpuint (g_list_model_get_n_items (subjects), ==, n);
  back = g_list_model_get_item (subjects, n - 1);
  g_assert_nonnull (mash_entity_get_record (back));
  g_assert_cmpstr (mash_entity_get_id (back), !=, mash_entity_get_id (gone));
  g_assert_cmpstr (mash_entity_get_text (back, "person"), ==,
                   mash_entity_get_text (gone, "person"));
  g_assert_cmpstr (mash_entity_get_text (back, "role"), ==, mash_entity_get_text (gone, "role"));
}

static gboolean
is_unfinished (GtkWidget  *widget,
               const char *what)
{
  return MASH_IS_UNFINISHED_BANNER (widget) && gtk_widget_get_visible (widget);
}

/* A new contact that nobody took in yet is offered again over the tray. */
static void
test_unfinished (Desk          *desk,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *banner;

  mash_window_show_stage (desk->window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.new-contact", NULL));
  rest (desk->service, 300);
  desk->page = MASH_CONTACT_PAGE (desk->window->page);
  type_in (desk, "presenting-concern", "A boy in pyjamas, alone at the bus stop.");
  rest (desk->service, 2600);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  sign_in (desk, "manager");
  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  rest (desk->service, 200);
  g_assert_null (find (GTK_WIDGET (desk->window), is_unfinished, NULL));

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  sign_in (desk, "worker");
  mash_unfinished_banner_look (desk->window->unfinished, desk->service);
  rest (desk->service, 200);
  banner = find (GTK_WIDGET (desk->window), is_unfinished, NULL);
  g_assert_nonnull (banner);
  take_picture (desk, "unfinished");
  g_assert_true (gtk_widget_activate_action (banner, "unfinished.open", NULL));
  rest (desk->service, 300);
  desk->page = MASH_CONTACT_PAGE (desk->window->page);
  g_assert_cmpstr (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (
                                           mash_contact_page_get_file (desk->page))),
                                         "presenting-concern"), ==,
                   "A boy in pyjamas, alone at the bus stop.");
  g_assert_null (find (GTK_WIDGET (desk->window), is_unfinished, NULL));
}

/* The tray’s clock and the first of the head are the same clock. */
static void
test_clock_agrees (Desk          *desk,
                   gconstpointer  data)
{
  g_autofree char *contact = make_contact (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GObject) item = NULL;
  g_autofree char *type = NULL;
  gint64 due;

  open_page (desk, contact);
  mash_service_refresh_tray_async (desk->service, MASH_TRAY_FRONT_DOOR, NULL, on_done_cb,
                                   call (desk));
  mash_service_refresh_tray_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  item = g_list_model_get_item (mash_service_get_tray (desk->service, MASH_TRAY_FRONT_DOOR), 0);
  g_object_get (item, "clock-type", &type, "clock-due", &due, NULL);
  runs = mash_contact_clocks_list (desk->file, mash_service_get_policy (desk->service));
  g_assert_cmpuint (runs->len, >, 0);
  g_assert_cmpstr (g_array_index (runs, MashClockRun, 0).rule->id, ==, type);
  g_assert_cmpint (g_array_index (runs, MashClockRun, 0).due, ==, due);
}

/* A contact with an original document. */
static char *
import_contact (Desk *desk)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                 "school-referral.xml", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;
  char *contact;

  mash_service_import_async (desk->service, source, NULL, on_done_cb, call (desk));
  contact = mash_service_import_finish (desk->service, wait_for (desk), &known, &error);
  g_assert_no_error (error);

  return contact;
}

static void
test_room (Desk          *desk,
           gconstpointer  data)
{
  static const char *const tabs[] = { "referral", "family", "timeline", "decision", "work", NULL };
  static const char *const form[] = { "referral", NULL };
  g_autofree char *contact = import_contact (desk);

  open_page (desk, contact);
  look_around (desk, "worker", tabs);

  /* The other half of what F6 swaps. */
  mash_contact_page_set_tab (desk->page, "referral");
  for (guint room = 0; room < G_N_ELEMENTS (rooms); room++)
    {
      g_autofree char *name = g_strdup_printf ("original-%s", rooms[room].name);

      set_room (desk, room);
      gtk_widget_activate_action (GTK_WIDGET (desk->page), "contact.original", NULL);
      g_assert_cmpuint (count_wrong (desk), ==, 0);
      take_picture (desk, name);
    }
  set_room (desk, 0);

  mash_page_run_main (MASH_PAGE (desk->page));
  rest (desk->service, 200);
  look_around (desk, "deed", form);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/contact-page/tabs", Desk, NULL, set_up, test_tabs, tear_down);
  g_test_add ("/contact-page/room", Desk, NULL, set_up, test_room, tear_down);
  g_test_add ("/contact-page/grid", Desk, NULL, set_up, test_grid, tear_down);
  g_test_add ("/contact-page/way", Desk, NULL, set_up, test_way, tear_down);
  g_test_add ("/contact-page/unconfirmed", Desk, NULL, set_up, test_unconfirmed, tear_down);
  g_test_add ("/contact-page/unread", Desk, NULL, set_up, test_unread, tear_down);
  g_test_add ("/contact-page/unfinished", Desk, NULL, set_up, test_unfinished, tear_down);
  g_test_add ("/contact-page/conflict", Desk, NULL, set_up, test_conflict, tear_down);
  g_test_add ("/contact-page/put-back", Desk, NULL, set_up, test_put_back, tear_down);
  g_test_add ("/contact-page/clock-agrees", Desk, NULL, set_up, test_clock_agrees, tear_down);

  return g_test_run ();
}
