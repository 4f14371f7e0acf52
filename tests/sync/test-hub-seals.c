/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom a seal keeps out has any client they like, and learns no more by any door than that
 * something happened: what is sealed is to them as what was never there.
 */

#include "config.h"

#include <string.h>

#include "hub-desk.h"
#include "mash-kinds.h"

#define NOW "2026-03-02T10:00:30.000Z"

typedef struct
{
  char    *database;
  char    *hub;
  char    *contact;
  char    *child;
  char    *note;
  HubDesk *eve;     /* who is kept out */
  HubDesk *mira;    /* a manager */
  HubDesk *otto;    /* information governance */
} Scene;

static Cluster *cluster;
static guint n_scenes;

#define put(scene, ...) hub_put_form (cluster, (scene)->database, __VA_ARGS__)

static void
assert_eve (Scene      *scene,
            const char *sql,
            const char *expected)
{
  hub_desk_assert (scene->eve, sql, expected);
}

static char *
ask_hub (Scene      *scene,
         const char *sql)
{
  return cluster_ask (cluster, scene->database, sql);
}

static void
set_up (Scene        *scene,
        gconstpointer data)
{
  g_autofree char *subject = hub_make_id ();

  scene->database = g_strdup_printf ("seals%u", n_scenes++);
  cluster_copy_hub (cluster, "template", scene->database);
  scene->hub = ask_hub (scene, "SELECT hub FROM mash.meta");
  cluster_run (cluster, scene->database, "UPDATE mash.meta SET clock = '" NOW "'");
  put (scene, "agency", "agency-csc", "{\"type\": \"CSC\"}");
  scene->contact = hub_make_id ();
  scene->child = hub_make_id ();
  put (scene, "contact", scene->contact, "{\"state\": \"C20\", \"brag\": \"A\"}");
  put (scene, "person", scene->child, "{\"kind\": \"KNOWN\"}");
  put (scene, "contact-subject", subject,
       "{\"contact\": \"%s\", \"person\": \"%s\", \"role\": \"CHILD\"}", scene->contact,
       scene->child);
  scene->eve = hub_desk_new (cluster, scene->database, scene->hub, "eve", "SW", "seat-eve");
  scene->mira = hub_desk_new (cluster, scene->database, scene->hub, "mira", "MM", "seat-mira");
  scene->otto = hub_desk_new (cluster, scene->database, scene->hub, "otto", "IG", "seat-otto");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", &scene->note), "");
}

static void
tear_down (Scene        *scene,
           gconstpointer data)
{
  hub_desk_free (scene->eve);
  hub_desk_free (scene->mira);
  hub_desk_free (scene->otto);
  g_free (scene->database);
  g_free (scene->hub);
  g_free (scene->contact);
  g_free (scene->child);
  g_free (scene->note);
}

static MashGroup *
make_seal (Scene      *scene,
           HubDesk    *desk,
           const char *role,
           const char *deed,
           const char *state)
{
  MashGroup *group = mash_group_new (deed, scene->contact);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 0);

  mash_edit_set_text (edit, "contact", scene->contact);
  mash_edit_set_text (edit, "excluded", scene->eve->person);
  mash_edit_set_text (edit, "reason", "RELATIVE");
  mash_edit_set_text (edit, "state", state);
  mash_edit_set_text (edit, "asked-by", desk->person);
  mash_edit_set_text (edit, "asked-role", role);
  mash_edit_set_text (edit, "asked-at", NOW);
  mash_group_take_edit (group, edit);

  return group;
}

/* What is said about a seal from one of its states to another. */
static MashGroup *
make_step (Scene      *scene,
           HubDesk    *desk,
           const char *role,
           const char *deed,
           const char *from,
           const char *to)
{
  g_autofree char *id = ask_hub (scene, "SELECT id FROM mash.entity WHERE kind = 'seal'");
  g_autofree char *asked_by = ask_hub (scene, "SELECT state ->> 'asked-by' FROM mash.entity"
                                       " WHERE kind = 'seal'");
  g_autofree char *asked_as = ask_hub (scene, "SELECT state ->> 'asked-role' FROM mash.entity"
                                       " WHERE kind = 'seal'");
  MashGroup *group = mash_group_new (deed, scene->contact);
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 1);
  gboolean asks = strcmp (to, "LIFTING") == 0;
  const struct { const char *field, *was, *now; } alters[] = {
    { "state", from, to },
    { asks ? "asked-by" : "answered-by", asks ? asked_by : NULL, desk->person },
    { "asked-role", asked_as, role },
  };

  for (guint i = 0; i < (asks ? 3 : 2); i++)
    {
      g_autoptr (GVariant) was = alters[i].was != NULL
                                 ? g_variant_ref_sink (g_variant_new_string (alters[i].was)) : NULL;
      g_autoptr (GVariant) now = g_variant_ref_sink (g_variant_new_string (alters[i].now));

      mash_edit_set (edit, mash_kind_find_field (&mash_seal_kind, alters[i].field), was, now);
    }
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "As it was looked at");

  return group;
}

static void
seal (Scene *scene)
{
  cluster_run (cluster, scene->database, "UPDATE mash.meta SET clock = '2026-03-02T10:00:00.000Z'");
  hub_desk_tell (scene->mira,
                 make_seal (scene, scene->mira, "MM", "emergency-seal", "EMERGENCY"), "");
}

/* How many statements a door gives her. */
static void
assert_statements (Scene      *scene,
                   const char *door,
                   const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (statement) FROM api1.%s", door);

  assert_eve (scene, sql, expected);
}

static void
assert_snapshots (Scene      *scene,
                  const char *expected)
{
  static const char *const kinds[] = { "contact", "person", "note", "seal" };
  guint n = 0;
  g_autofree char *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api1.snapshot ('seat-eve',"
                                              " '%s', '', 100)", kinds[i]);
      g_autofree char *count = hub_desk_ask (scene->eve, sql);

      n += (guint) g_ascii_strtoull (count, NULL, 10);
    }
  all = g_strdup_printf ("%u", n);
  g_assert_cmpstr (all, ==, expected);
}

/* Before and after, at each door that gives something. */
static void
test_doors (Scene        *scene,
            gconstpointer data)
{
  g_autofree char *history = g_strdup_printf ("history ('seat-eve', '%s', NULL, 10)", scene->note);
  g_autofree char *head = NULL;

  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
  assert_statements (scene, history, "1");
  assert_snapshots (scene, "3");

  seal (scene);
  head = ask_hub (scene, "SELECT head_seq FROM mash.meta");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000, 0)", "MH013");
  assert_statements (scene, history, "0");
  assert_snapshots (scene, "0");
  assert_statements (scene, "turn ('seat-eve', 0, 0, '', '{}')", "0");
  assert_statements (scene, "turn ('seat-eve', -1, 0, '', '{1,2,3,4,5}')", "0");
  assert_eve (scene, "SELECT max (head) FROM api1.pull ('seat-eve', 0, '', 200, 100000)", head);
  assert_eve (scene, "SELECT count (*) FROM api1.turn ('seat-mira', 0, 0, '', '{}')", "MH002");
}

/* What she says of it is answered as what she says of nothing, and kept. */
static void
test_pushes (Scene        *scene,
             gconstpointer data)
{
  g_autofree char *nothing = hub_make_id ();
  g_autofree char *kept = NULL;
  MashGroup *group;
  MashEdit *edit;
  g_autoptr (GVariant) was = g_variant_ref_sink (g_variant_new_string ("A"));
  g_autoptr (GVariant) now = g_variant_ref_sink (g_variant_new_string ("R"));

  seal (scene);
  for (guint i = 0; i < 2; i++)
    {
      const char *contact = i == 0 ? nothing : scene->contact;

      group = mash_group_new ("raise-brag", contact);
      edit = mash_edit_new (&mash_contact_kind, contact, 1);
      mash_edit_set (edit, mash_kind_find_field (&mash_contact_kind, "brag"), was, now);
      mash_group_take_edit (group, edit);
      mash_group_set_reason (group, "So it was told");
      hub_desk_tell (scene->eve, group, "missing");
    }
  hub_desk_tell (scene->eve, hub_make_note (scene->contact, "Zinnober", NULL), "missing");
  kept = ask_hub (scene, "SELECT count (*) FROM mash.attempt WHERE person = 'eve'");
  g_assert_cmpstr (kept, ==, "3");
}

/* Nobody who is kept out reads who looked, whatever their role. */
static void
test_looks (Scene        *scene,
            gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api1.looks ('seat-eve', '%s',"
                                          " NULL, NULL, NULL, 10)", scene->contact);
  g_autofree char *look = g_strdup_printf (
    "UPDATE mash.entity SET state = state || '{\"role\": \"IG\"}' WHERE id = 'post-eve';"
    " INSERT INTO mash.access VALUES ('seat-mira', 1, '%s', '" NOW "', 'x', 'y', 'z', false)",
    scene->contact);

  cluster_run (cluster, scene->database, look);
  assert_eve (scene, sql, "1");
  seal (scene);
  assert_eve (scene, sql, "0");
}

static void
set_clock (Scene      *scene,
           const char *now)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mash.meta SET clock = '%s'", now);

  cluster_run (cluster, scene->database, sql);
}

/* A manager's seal holds alone for a day from when the hub took it. Then it is as if it were not
 * there, but to be confirmed late, or not. */
static void
test_lapses (Scene        *scene,
             gconstpointer data)
{
  static const char *const greets[] = {
    "SELECT verdict FROM api1.hello ('seat-eve', '', 1, 1, 0, '')",
    "SELECT count (*) FROM api1.ack ('seat-eve', 0, '', 0)",
  };
  static const char *const answers[] = { "ok", "1" };
  g_autofree char *turns = NULL;

  seal (scene);
  for (guint i = 0; i < G_N_ELEMENTS (greets); i++)
    {
      set_clock (scene, "2026-03-03T10:00:29.999Z");
      assert_eve (scene, greets[i], answers[i]);
      assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
      set_clock (scene, "2026-03-03T10:00:30.000Z");
      assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
      assert_eve (scene, greets[i], answers[i]);
      assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
      assert_snapshots (scene, "3");
      assert_eve (scene, "SELECT count (*) FROM api1.snapshot ('seat-eve', 'seal', '', 10)", "0");
      if (i == 0)
        cluster_run (cluster, scene->database, "SET search_path = mash; DELETE FROM lapsed;"
                     " SELECT close_and_open ('eve', 3, '" NOW "')");
    }
  turns = ask_hub (scene, "SELECT count (*) FROM mash.turn WHERE person = 'eve'");
  g_assert_cmpstr (turns, ==, "4");

  /* Time that runs backwards brings it back no more. */
  set_clock (scene, "2026-03-02T10:00:00.000Z");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", NULL), "");
  assert_eve (scene, greets[0], "ok");
  assert_snapshots (scene, "4");
  hub_desk_tell (scene->otto,
                 make_step (scene, scene->otto, "IG", "confirm-seal", "EMERGENCY", "SEALED"),
       "");
  assert_snapshots (scene, "0");
}

/* Confirmed in time by the other of the two, it stays; the same manager, also in another post, is
 * not that. */
static void
test_confirmed (Scene        *scene,
                gconstpointer data)
{
  MashAnswer *answer;
  g_autoptr (MashGroup) group = NULL;

  seal (scene);
  put (scene, "post", "post-other",
       "{\"staff\": \"mira\", \"role\": \"IG\", \"agency\": \"agency-csc\"}");
  g_free (scene->mira->post);
  scene->mira->post = g_strdup ("post-other");
  group = make_step (scene, scene->mira, "IG", "confirm-seal", "EMERGENCY", "SEALED");
  answer = hub_desk_say (scene->mira, group);
  g_assert_cmpstr (answer->code, ==, "guard");
  mash_answer_free (answer);

  hub_desk_tell (scene->otto,
                 make_step (scene, scene->otto, "IG", "confirm-seal", "EMERGENCY", "SEALED"),
       "");
  set_clock (scene, "2026-03-05T10:00:00.000Z");
  assert_eve (scene, "SELECT verdict FROM api1.hello ('seat-eve', '', 1, 1, 0, '')", "ok");
  assert_snapshots (scene, "0");
}

/* Asked for, it closes nothing; but she does not see that it was asked for. */
static void
test_asked_for (Scene        *scene,
                gconstpointer data)
{
  cluster_run (cluster, scene->database, "UPDATE mash.meta SET clock = '2026-03-02T10:00:00.000Z'");
  hub_desk_tell (scene->otto, make_seal (scene, scene->otto, "IG", "propose-seal", "PROPOSED"), "");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
  assert_snapshots (scene, "3");
  assert_eve (scene, "SELECT count (*) FROM api1.snapshot ('seat-eve', 'seal', '', 10)", "0");
}

/* What is written later is closed from the first; so is all of it to who is let in later. */
static void
test_later (Scene        *scene,
            gconstpointer data)
{
  g_autofree char *turns = NULL;
  g_autofree char *more = NULL;
  g_autofree char *closed = NULL;

  seal (scene);
  turns = ask_hub (scene, "SELECT count (*) FROM mash.turn WHERE person = 'eve'");
  g_assert_cmpstr (turns, ==, "1");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", NULL), "");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
  more = ask_hub (scene, "SELECT count (*) FROM mash.turn WHERE person = 'eve'");
  g_assert_cmpstr (more, ==, "1");

  cluster_run (cluster, scene->database,
               "DELETE FROM mash.closed; DELETE FROM mash.closed_id; DELETE FROM mash.turn;"
               " DELETE FROM mash.seat WHERE person = 'eve'; DELETE FROM mash.member WHERE person ="
               " 'eve'; DELETE FROM mash.person WHERE id = 'eve'; INSERT INTO mash.person (id,"
               " login) VALUES ('eve', 'another')");
  closed = ask_hub (scene, "SELECT count (*) FROM mash.closed WHERE person = 'eve'");
  g_assert_cmpstr (closed, !=, "0");
}

/* Nothing of the contact by any door, and nothing of it is taken from her. */
static void
assert_closed (Scene *scene)
{
  g_autofree char *history = g_strdup_printf ("history ('seat-eve', '%s', NULL, 10)", scene->note);
  g_autofree char *looks = g_strdup_printf ("SELECT count (*) FROM api1.looks ('seat-eve', '%s',"
                                            " NULL, NULL, NULL, 10)", scene->contact);

  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000, 0)", "MH013");
  assert_statements (scene, "turn ('seat-eve', -1, 0, '', '{1,2,3,4,5}')", "0");
  assert_statements (scene, history, "0");
  assert_snapshots (scene, "0");
  assert_eve (scene, looks, "MH003");
  hub_desk_tell (scene->eve, hub_make_note (scene->contact, "Zinnober", NULL), "missing");
}

/* Who declares a conflict of interest is out at once, and cannot take it back; two others can. */
static void
test_declared (Scene        *scene,
               gconstpointer data)
{
  MashAnswer *answer;
  MashGroup *group;

  cluster_run (cluster, scene->database, "UPDATE mash.meta SET clock = '2026-03-02T10:00:00.000Z'");
  group = make_seal (scene, scene->mira, "MM", "declare-interest", "SEALED");
  answer = hub_desk_say (scene->mira, group);
  g_assert_cmpstr (answer->code, ==, "guard");
  mash_answer_free (answer);
  mash_group_unref (group);
  assert_snapshots (scene, "3");

  hub_desk_tell (scene->eve, make_seal (scene, scene->eve, "SW", "declare-interest", "SEALED"), "");
  assert_closed (scene);
  hub_desk_tell (scene->eve,
                 make_step (scene, scene->eve, "SW", "propose-unseal", "SEALED", "LIFTING"),
       "missing");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", NULL), "");
  assert_closed (scene);

  hub_desk_tell (scene->mira,
                 make_step (scene, scene->mira, "MM", "propose-unseal", "SEALED", "LIFTING"),
       "");
  assert_closed (scene);
  hub_desk_tell (scene->otto,
                 make_step (scene, scene->otto, "IG", "confirm-unseal", "LIFTING", "LIFTED"),
       "");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "2");
  assert_snapshots (scene, "4");
  assert_eve (scene, "SELECT count (*) FROM api1.snapshot ('seat-eve', 'seal', '', 10)", "0");
}

/* In a discussion it is declared in the list of who takes part, of a member of staff or of a name;
 * who was entered by mistake has the contact again. */
static void
test_declared_there (Scene        *scene,
                     gconstpointer data)
{
  static const char *const whose[] = {
    "\"staff\": \"eve\"", "\"person-name\": \"Eve Marsh\", \"agency\": \"agency-csc\"",
  };
  g_autofree char *head = ask_hub (scene, "SELECT head_seq FROM mash.meta");
  g_autofree char *follow = g_strdup_printf (
    "SET search_path = mash; SELECT follow_seals (ARRAY[read_statement (c.statement)], c.seq, '" NOW
    "') FROM change c WHERE c.seq = %s", head);

  cluster_run (cluster, scene->database, "UPDATE mash.entity SET state = state ||"
               " '{\"name\": \"Eve Marsh\"}' WHERE kind = 'staff' AND id = 'eve'");
  for (guint i = 0; i < G_N_ELEMENTS (whose); i++)
    {
      g_autofree char *id = hub_make_id ();

      put (scene, "sd-participant", id,
           "{\"contact\": \"%s\", %s, \"conflict-declared\": true}", scene->contact, whose[i]);
      cluster_run (cluster, scene->database, "SET search_path = mash;"
                   " SELECT close_and_open ('eve', 2, '" NOW "')");
      assert_closed (scene);
      cluster_run (cluster, scene->database, "UPDATE mash.entity SET state = state ||"
                   " '{\"conflict-declared\": false}' WHERE kind = 'sd-participant'");
      cluster_run (cluster, scene->database, follow);
      assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
    }
}

/* What was said while it was closed had no turn. A desk that was given it when it was open, by a
 * hub that was put back since, asks anew, and is told of it too. */
static void
test_anew (Scene        *scene,
           gconstpointer data)
{
  g_autofree char *chain = NULL;
  g_autofree char *asks = NULL;

  seal (scene);
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", NULL), "");
  chain = ask_hub (scene, "SELECT encode (head_chain, 'hex') FROM mash.meta");
  asks = g_strdup_printf ("SELECT string_agg (seq || ' ' || coalesce (length (statement), 0), ',')"
                          " FROM api1.turn ('seat-eve', -1, 3, decode ('%s', 'hex'), '{}')", chain);
  assert_eve (scene, asks, "1 0,2 0,3 0");
}

/* Gives Eve's post another role, as the hub would find it after a group that does. */
static void
give_role (Scene      *scene,
           const char *role)
{
  g_autofree char *sql = g_strdup_printf (
    "UPDATE mash.entity SET state = state || '{\"role\": \"%s\"}' WHERE id = 'post-eve';"
    " SELECT mash.follow_posts ()", role);

  cluster_run (cluster, scene->database, sql);
}

/* An administrator has to do with staff and the system, and gets no case by any door; no more does
 * who supervises from their home agency, or is outside the hub. A desk that followed what there was
 * before asks anew, both when somebody becomes one and when they cease to be. Who has no post gets
 * no more. */
static void
test_administrator (Scene        *scene,
                    gconstpointer data)
{
  static const char *const others[] = { "LM", "VP" };
  g_autofree char *chain = ask_hub (scene, "SELECT encode (head_chain, 'hex') FROM mash.meta");
  g_autofree char *anew = g_strdup_printf ("SELECT string_agg (seq || ' ' || coalesce (length"
                                           " (statement), 0), ',') FROM api1.turn ('seat-eve', -1,"
                                           " 1, decode ('%s', 'hex'), '{}')", chain);

  give_role (scene, "SW");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
  give_role (scene, "AD");
  assert_closed (scene);
  assert_eve (scene, anew, "1 0");
  assert_eve (scene, "SELECT turn FROM api1.turn ('seat-eve', 0, 0, '', '{}')", "-1");
  assert_eve (scene, "SELECT count (*) > 2 FROM api1.snapshot ('seat-eve', 'staff', '', 100)", "t");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      give_role (scene, others[i]);
      assert_closed (scene);
    }
  give_role (scene, "IG");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "1");
  assert_snapshots (scene, "3");
  assert_eve (scene, "SELECT turn FROM api1.turn ('seat-eve', 0, 0, '', '{}')", "-1");

  cluster_run (cluster, scene->database, "UPDATE mash.entity SET voided = true WHERE id ="
               " 'post-eve'; SELECT mash.follow_posts ()");
  assert_snapshots (scene, "0");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
}

/* Another contact of somebody who may be the same child: what there is of them. */
typedef struct
{
  char *contact;
  char *child;
  char *note;
  char *link;
} Double;

static void
double_clear (Double *self)
{
  g_free (self->contact);
  g_free (self->child);
  g_free (self->note);
  g_free (self->link);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Double, double_clear)

static void
take_double_in (Scene  *scene,
                Double *other)
{
  g_autofree char *subject = hub_make_id ();
  MashGroup *group = mash_group_new ("propose-link", NULL);
  MashEdit *edit;

  other->contact = hub_make_id ();
  other->child = hub_make_id ();
  other->link = hub_make_id ();
  put (scene, "contact", other->contact, "{\"state\": \"C20\", \"brag\": \"A\"}");
  put (scene, "person", other->child, "{\"kind\": \"KNOWN\"}");
  put (scene, "contact-subject", subject,
       "{\"contact\": \"%s\", \"person\": \"%s\", \"role\": \"CHILD\"}", other->contact,
       other->child);
  hub_desk_tell (scene->mira, hub_make_note (other->contact, "Zinnober", &other->note), "");
  edit = mash_edit_new (&mash_identity_link_kind, other->link, 0);
  mash_edit_set_text (edit, "person-a", scene->child);
  mash_edit_set_text (edit, "person-b", other->child);
  mash_edit_set_text (edit, "state", "SAME");
  mash_edit_set_text (edit, "evidence", "Zinnober");
  mash_edit_set_text (edit, "why", "The same day of birth");
  mash_group_take_edit (group, edit);
  hub_desk_tell (scene->mira, group, "");
}

/* What somebody other than who proposed it says of the link. */
static void
decide_double (Scene        *scene,
               const Double *other,
               const char   *deed,
               const char   *from,
               const char   *to,
               int           revision)
{
  MashGroup *group = mash_group_new (deed, NULL);
  MashEdit *edit = mash_edit_new (&mash_identity_link_kind, other->link, revision);
  g_autoptr (GVariant) was = g_variant_ref_sink (g_variant_new_string (from));
  g_autoptr (GVariant) now = g_variant_ref_sink (g_variant_new_string (to));

  mash_edit_set (edit, mash_kind_find_field (&mash_identity_link_kind, "state"), was, now);
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "As it was looked at");
  hub_desk_tell (scene->otto, group, "");
}

/* What the doors give her of one record, and whether she may say something of that contact. */
static void
assert_double (Scene        *scene,
               const Double *other,
               gboolean      given)
{
  const char *ids[] = { other->contact, other->child };
  static const char *const kinds[] = { "contact", "person" };
  g_autofree char *history = g_strdup_printf ("history ('seat-eve', '%s', NULL, 10)", other->note);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api1.snapshot ('seat-eve',"
                                              " '%s', '', 100) WHERE id = '%s'", kinds[i], ids[i]);

      assert_eve (scene, sql, given ? "1" : "0");
    }
  assert_statements (scene, history, given ? "1" : "0");
  hub_desk_tell (scene->eve, hub_make_note (other->contact, "Zinnober", NULL),
                 given ? "" : "missing");
}

static void
assert_link (Scene        *scene,
             const Double *other,
             const char   *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api1.snapshot ('seat-eve',"
                                          " 'identity-link', '', 100) WHERE id = '%s'",
                                          other->link);
  g_autofree char *history = g_strdup_printf ("history ('seat-eve', '%s', NULL, 10)", other->link);

  assert_eve (scene, sql, expected);
  if (strcmp (expected, "0") == 0)
    assert_statements (scene, history, "0");
}

/* A seal closes a child under each record that they have: who may be the same stays open, without
 * the link; who is the same by a link that stands is closed, whichever came first, and opens again
 * where it is undone. No door gives anything of it, by any client. */
static void
test_doubles (Scene        *scene,
              gconstpointer data)
{
  gboolean joined_first = GPOINTER_TO_INT (data);
  g_auto (Double) other = { 0 };

  take_double_in (scene, &other);
  assert_double (scene, &other, TRUE);
  assert_link (scene, &other, "1");
  if (joined_first)
    decide_double (scene, &other, "approve-link", "SAME", "MERGED", 1);
  seal (scene);
  assert_link (scene, &other, "0");
  if (!joined_first)
    {
      assert_double (scene, &other, TRUE);
      decide_double (scene, &other, "approve-link", "SAME", "MERGED", 1);
    }
  assert_double (scene, &other, FALSE);
  assert_link (scene, &other, "0");
  assert_statements (scene, "pull ('seat-eve', 0, '', 200, 100000)", "0");
  assert_snapshots (scene, "0");

  decide_double (scene, &other, "undo-link", "MERGED", "UNDONE", 2);
  assert_double (scene, &other, TRUE);
  assert_link (scene, &other, "0");
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
  g_test_add ("/hub-seals/doors", Scene, NULL, set_up, test_doors, tear_down);
  g_test_add ("/hub-seals/pushes", Scene, NULL, set_up, test_pushes, tear_down);
  g_test_add ("/hub-seals/looks", Scene, NULL, set_up, test_looks, tear_down);
  g_test_add ("/hub-seals/lapses", Scene, NULL, set_up, test_lapses, tear_down);
  g_test_add ("/hub-seals/confirmed", Scene, NULL, set_up, test_confirmed, tear_down);
  g_test_add ("/hub-seals/asked-for", Scene, NULL, set_up, test_asked_for, tear_down);
  g_test_add ("/hub-seals/declared", Scene, NULL, set_up, test_declared, tear_down);
  g_test_add ("/hub-seals/declared-there", Scene, NULL, set_up, test_declared_there, tear_down);
  g_test_add ("/hub-seals/anew", Scene, NULL, set_up, test_anew, tear_down);
  g_test_add ("/hub-seals/administrator", Scene, NULL, set_up, test_administrator, tear_down);
  g_test_add ("/hub-seals/doubles/joined-first", Scene, GINT_TO_POINTER (TRUE), set_up,
              test_doubles, tear_down);
  g_test_add ("/hub-seals/doubles/sealed-first", Scene, GINT_TO_POINTER (FALSE), set_up,
              test_doubles, tear_down);
  g_test_add ("/hub-seals/later", Scene, NULL, set_up, test_later, tear_down);
  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
