/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is in a strategy discussion, and where they write: told to those whom the discussion reaches,
 * and to nobody else; of now, and forgotten soon.
 */

#include "config.h"

#include "hub-desk.h"
#include "mash-hub-kept.h"
#include "mash-kinds.h"

#define DISCUSSION "sd-one"
#define OTHER      "sd-other"

typedef struct
{
  char    *database;
  char    *contact;
  HubDesk *hal;     /* of the health service, who gets what they are asked about */
  HubDesk *sam;     /* a social worker */
  HubDesk *mira;    /* a manager */
} Scene;

static Cluster *cluster;
static guint n_scenes;

static void
run (Scene      *scene,
     const char *sql)
{
  g_autofree char *whole = g_strconcat ("SET search_path = mash; ", sql, NULL);

  cluster_run (cluster, scene->database, whole);
}

static void
set_clock (Scene      *scene,
           const char *time)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE meta SET clock = '2026-03-02T%sZ'", time);

  run (scene, sql);
}

static void
set_up (Scene        *scene,
        gconstpointer data)
{
  g_autofree char *hub = NULL;

  scene->database = g_strdup_printf ("writing%u", n_scenes++);
  cluster_copy_hub (cluster, "template", scene->database);
  hub = cluster_ask (cluster, scene->database, "SELECT hub FROM mash.meta");
  set_clock (scene, "10:00:00.000");
  scene->contact = hub_make_id ();
  hub_put (cluster, scene->database, "agency", "agency-htc", "{\"type\": \"HTC\"}");
  hub_put (cluster, scene->database, "contact", scene->contact, "{\"state\": \"C30\"}");
  hub_put_form (cluster, scene->database, "strategy-discussion", DISCUSSION,
                "{\"contact\": \"%s\", \"state\": \"PROGRESS\"}", scene->contact);
  hub_put_form (cluster, scene->database, "strategy-discussion", OTHER,
                "{\"contact\": \"%s\", \"state\": \"PROGRESS\"}", scene->contact);
  scene->hal = hub_desk_new (cluster, scene->database, hub, "hal", "HL", "seat-hal");
  scene->sam = hub_desk_new (cluster, scene->database, hub, "sam", "SW", "seat-sam");
  scene->mira = hub_desk_new (cluster, scene->database, hub, "mira", "MM", "seat-mira");
  run (scene, "UPDATE entity SET state = state || '{\"agency\": \"agency-htc\"}' WHERE id IN"
       " ('hal', 'post-hal'); SELECT follow_posts ()");
}

static void
tear_down (Scene        *scene,
           gconstpointer data)
{
  hub_desk_free (scene->hal);
  hub_desk_free (scene->sam);
  hub_desk_free (scene->mira);
  g_free (scene->database);
  g_free (scene->contact);
}

/* Says where somebody is, and looks whom they are told of: “who place seconds”, one after the
 * other. */
static void
assert_told (HubDesk    *desk,
             const char *discussion,
             const char *place,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) writers = mash_hub_call_writing (desk->line, desk->seat, discussion, place,
                                                         &error);
  g_autoptr (GString) told = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < writers->len; i++)
    {
      const MashWriter *writer = g_ptr_array_index (writers, i);

      g_string_append_printf (told, "%s%s %s %u", i > 0 ? ", " : "", writer->staff, writer->place,
                              writer->silent);
    }
  g_assert_cmpstr (told->str, ==, expected);
}

static void
assert_kept (Scene      *scene,
             const char *expected)
{
  g_autofree char *kept = cluster_ask (cluster, scene->database,
                                       "SELECT concat (count (*), ' ', string_agg (seat, ' '"
                                       " ORDER BY seat)) FROM mash.writing");

  g_assert_cmpstr (kept, ==, expected);
}

/* Each is told of the others and where they are; who goes is not there, and nobody is told of
 * themselves, or of another discussion. */
static void
test_told (Scene        *scene,
           gconstpointer data)
{
  assert_told (scene->sam, DISCUSSION, "plan", "");
  assert_told (scene->mira, DISCUSSION, "", "sam plan 0");
  assert_told (scene->sam, DISCUSSION, "agency-htc", "mira  0");
  assert_told (scene->mira, DISCUSSION, "notes", "sam agency-htc 0");
  assert_told (scene->sam, OTHER, "plan", "");
  assert_told (scene->mira, DISCUSSION, "notes", "");
  assert_told (scene->sam, DISCUSSION, "", "mira notes 0");
  assert_told (scene->mira, "", "", "");
  assert_told (scene->sam, DISCUSSION, "plan", "");
  assert_kept (scene, "1 seat-sam");
}

/* Whose desk fell silent was there, for a while. */
static void
test_silent (Scene        *scene,
             gconstpointer data)
{
  assert_told (scene->sam, DISCUSSION, "plan", "");
  set_clock (scene, "10:00:42.000");
  assert_told (scene->mira, DISCUSSION, "", "sam plan 42");
  set_clock (scene, "12:00:00.000");
  assert_told (scene->mira, DISCUSSION, "", "sam plan 7200");
  set_clock (scene, "12:00:00.001");
  assert_told (scene->mira, DISCUSSION, "", "");
  assert_kept (scene, "1 seat-mira");
  /* A clock that was put back makes nobody fall silent. */
  set_clock (scene, "11:00:00.000");
  assert_told (scene->sam, DISCUSSION, "plan", "mira  0");
}

/* Whom the discussion does not reach is told what they would be told of one that is not there, and
 * nobody is told of them. */
static void
test_stranger (Scene        *scene,
               gconstpointer data)
{
  assert_told (scene->sam, DISCUSSION, "plan", "");
  assert_told (scene->hal, DISCUSSION, "agency-htc", "");
  assert_told (scene->hal, "sd-none", "agency-htc", "");
  assert_kept (scene, "1 seat-sam");
  assert_told (scene->sam, DISCUSSION, "plan", "");

  hub_put_form (cluster, scene->database, "sd-participant", "part-one",
                "{\"contact\": \"%s\", \"discussion\": \"" DISCUSSION "\","
                " \"agency\": \"agency-htc\"}", scene->contact);
  {
    g_autofree char *sql = g_strdup_printf ("SELECT reach_again ('%s', 1,"
                                            " '2026-03-02T10:00:00.000Z')", scene->contact);

    run (scene, sql);
  }
  assert_told (scene->hal, DISCUSSION, "agency-htc", "sam plan 0");
  assert_told (scene->sam, DISCUSSION, "plan", "hal agency-htc 0");
  /* No other record is a discussion. */
  assert_told (scene->hal, scene->contact, "plan", "");
  assert_told (scene->sam, scene->contact, "plan", "");
}

/* A seal goes before it, at once and in a discussion that is open. */
static void
test_sealed (Scene        *scene,
             gconstpointer data)
{
  g_autofree char *id = hub_make_id ();
  MashGroup *group = mash_group_new ("emergency-seal", scene->contact);
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 0);

  assert_told (scene->mira, DISCUSSION, "plan", "");
  assert_told (scene->sam, DISCUSSION, "notes", "mira plan 0");
  mash_edit_set_text (edit, "contact", scene->contact);
  mash_edit_set_text (edit, "excluded", "sam");
  mash_edit_set_text (edit, "reason", "RELATIVE");
  mash_edit_set_text (edit, "state", "EMERGENCY");
  mash_edit_set_text (edit, "asked-by", "mira");
  mash_edit_set_text (edit, "asked-role", "MM");
  mash_edit_set_text (edit, "asked-at", "2026-03-02T10:00:00.000Z");
  mash_group_take_edit (group, edit);
  hub_desk_tell (scene->mira, group, "");
  assert_told (scene->sam, DISCUSSION, "notes", "");
  assert_kept (scene, "1 seat-mira");
}

/* Who may not come in any more is told nothing. */
static void
test_revoked (Scene        *scene,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run (scene, "UPDATE person SET state = 'revoked' WHERE id = 'sam'");
  g_assert_null (mash_hub_call_writing (scene->sam->line, "seat-sam", DISCUSSION, "plan", &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
  assert_kept (scene, "0 ");
}

/* A hub of an older program does not know the question; the line is as good as before. */
static void
test_older (Scene        *scene,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run (scene, "DROP FUNCTION api1.writing");
  g_assert_null (mash_hub_call_writing (scene->sam->line, "seat-sam", DISCUSSION, "plan", &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OLDER);
  hub_desk_assert (scene->sam, "SELECT verdict FROM api1.hello ('seat-sam', '', 1, 9, 0, '')",
                   "ok");
}

int
main (int   argc,
      char *argv[])
{
  int status;
  g_autofree char *hub = NULL;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "template", &hub);
  g_test_add ("/hub-writing/told", Scene, NULL, set_up, test_told, tear_down);
  g_test_add ("/hub-writing/silent", Scene, NULL, set_up, test_silent, tear_down);
  g_test_add ("/hub-writing/stranger", Scene, NULL, set_up, test_stranger, tear_down);
  g_test_add ("/hub-writing/sealed", Scene, NULL, set_up, test_sealed, tear_down);
  g_test_add ("/hub-writing/revoked", Scene, NULL, set_up, test_revoked, tear_down);
  g_test_add ("/hub-writing/older", Scene, NULL, set_up, test_older, tear_down);
  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
