/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contact-scene.h"

#include <string.h>

#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-level-row.h"
#include "mash-time.h"
#include "mash-urgency-chip.h"

/* Above the delay after which the page asks whether its main action may be done. */
#define EXAMINED_MS 900

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

/**
 * scene_make_contact:
 * @desk: a desk on which a social worker is signed in
 *
 * A referral of two children, typed into an empty form as the page does, and taken in.
 *
 * Returns: (transfer full): its id
 */
char *
scene_make_contact (Desk *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->service));
  g_autoptr (MashGroup) group = NULL;

  g_object_set (contact, "kind", "REF", "channel", "EMAIL", "source", "2A", "received-at", now,
                "presenting-concern", "Bruise on the upper arm; the child names the partner.",
                "immediate-danger", "Y", NULL);
  type_family (file);
  type_concern (file);
  group = mash_contact_file_dup_group (file, "create");
  desk_submit (desk, group);

  return g_strdup (mash_entity_get_id (contact));
}

static gboolean
is_kept (Desk *desk)
{
  MashAutosaveState state = mash_autosave_get_state (desk->page->autosave);

  return state != MASH_AUTOSAVE_TYPING && state != MASH_AUTOSAVE_SAVING;
}

/**
 * scene_cut_power:
 * @desk: a desk that shows a contact
 * @who: who signs in afterwards
 * @contact: the id of the contact that they open
 *
 * The desk goes away as if by a power cut, once the page has kept by itself what it keeps: the rest
 * is gone.
 */
void
scene_cut_power (Desk       *desk,
                 const char *who,
                 const char *contact)
{
  settle (desk->service);
  until (is_kept (desk));
  settle (desk->service);
  desk_lock (desk);
  desk_sign_in (desk, who);
  desk_open_contact (desk, contact, NULL);
}

/**
 * scene_find:
 * @root: a widget
 * @matches: says whether a widget is the one
 * @what: (nullable): for @matches
 *
 * Returns: (transfer none) (nullable): the first that matches, @root or below it, whether it is on
 *   the screen or not
 */
GtkWidget *
scene_find (gpointer     root,
            SceneMatches matches,
            const char  *what)
{
  if (matches (root, what))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = scene_find (child, matches, what);

      if (found != NULL)
        return found;
    }

  return NULL;
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

/* Waits for one that matches. */
static GtkWidget *
await (Desk         *desk,
       SceneMatches  matches,
       const char   *what)
{
  until (scene_find (desk->page, matches, what) != NULL);

  return scene_find (desk->page, matches, what);
}

GtkWidget *
scene_find_field (Desk       *desk,
                  const char *field)
{
  until (desk_find_field (desk->page, field) != NULL);

  return desk_find_field (desk->page, field);
}

GtkWidget *
scene_find_entry (gpointer root)
{
  return scene_find (root, is_entry, NULL);
}

/**
 * scene_find_child:
 * @desk: a desk that shows a triage
 * @forename: of a child
 *
 * Returns: (transfer none) (nullable): the tick for a child who has not been considered yet
 */
GtkWidget *
scene_find_child (Desk       *desk,
                  const char *forename)
{
  return scene_find (desk->page, is_unticked_child, forename);
}

/**
 * scene_find_part:
 * @desk: a desk that shows a contact
 * @type: a type of panel
 * @name: the name of a child in its template
 *
 * Returns: (transfer none): that child of the panel, once the panel is on the screen
 */
gpointer
scene_find_part (Desk       *desk,
                 GType       type,
                 const char *name)
{
  return desk_part (desk_await (desk->page, type, NULL, NULL), type, name);
}

void
scene_type_in (Desk       *desk,
               const char *field,
               const char *text)
{
  GtkWidget *input = scene_find_field (desk, field);
  GtkWidget *entry = scene_find_entry (input);
  GtkWidget *view = scene_find (input, is_text_view, NULL);

  if (entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static gboolean
has_choice (GtkWidget *drop_down,
            guint      position)
{
  GListModel *choices = gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down));

  return choices != NULL && g_list_model_get_n_items (choices) > position;
}

void
scene_choose (Desk       *desk,
              const char *field,
              guint       position)
{
  GtkWidget *drop_down = scene_find (scene_find_field (desk, field), is_drop_down, NULL);

  until (has_choice (drop_down, position));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), position);
}

void
scene_choose_level (Desk       *desk,
                    const char *level)
{
  mash_level_row_set_chosen (MASH_LEVEL_ROW (await (desk, is_level, level)), TRUE);
}

static GtkCheckButton *
find_brag (Desk       *desk,
           const char *brag)
{
  return GTK_CHECK_BUTTON (gtk_widget_get_parent (await (desk, is_chip, brag)));
}

void
scene_choose_brag (Desk       *desk,
                   const char *brag)
{
  gtk_check_button_set_active (find_brag (desk, brag), TRUE);
}

gboolean
scene_has_brag (Desk       *desk,
                const char *brag)
{
  return gtk_check_button_get_active (find_brag (desk, brag));
}

void
scene_tick_child (Desk       *desk,
                  const char *forename)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (await (desk, is_unticked_child, forename)), TRUE);
}

const char *
scene_get_state (Desk *desk)
{
  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (desk->file)), "state");
}

gboolean
scene_may_do_main (Desk *desk)
{
  gboolean sensitive = FALSE;

  g_object_get (desk->page, "main-sensitive", &sensitive, NULL);

  return sensitive;
}

/**
 * scene_is_refused:
 * @desk: a desk that shows a contact
 *
 * Returns: whether the main action cannot be done and says why
 */
gboolean
scene_is_refused (Desk *desk)
{
  g_autofree char *reason = NULL;

  g_object_get (desk->page, "main-reason", &reason, NULL);

  return !scene_may_do_main (desk) && reason != NULL;
}

/**
 * scene_do_main:
 * @desk: a desk that shows a contact
 * @state: the state that the main action leads to
 *
 * Waits until the main action may be done as the page stands now, does it, and waits for the state.
 */
void
scene_do_main (Desk       *desk,
               const char *state)
{
  gint64 end = patience_end ();

  rest (desk->service, EXAMINED_MS);
  while (!scene_may_do_main (desk) && live_before (end))
    ;
  if (!scene_may_do_main (desk))
    {
      g_autofree char *reason = NULL;

      g_object_get (desk->page, "main-reason", &reason, NULL);
      g_error ("Not possible in %s: %s", scene_get_state (desk), reason);
    }
  mash_page_run_main (MASH_PAGE (desk->page));
  until (g_strcmp0 (scene_get_state (desk), state) == 0);
  settle (desk->service);
}

void
scene_screen (Desk *desk)
{
  mash_page_run_main (MASH_PAGE (desk->page));
  settle (desk->service);
  scene_type_in (desk, "history-searched", "Both names and the address: nothing found.");
  scene_choose (desk, "assigned-to", 1);
  desk_take_picture (desk, "screen");
  scene_do_main (desk, "C20");
}
