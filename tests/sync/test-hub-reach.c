/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who opens only what they are asked about has any client they like, and gets by any door what they
 * have to do with, the people in it, and nothing else. Who else is in the hub gets all of it.
 */

#include "config.h"

#include <string.h>

#include "hub-desk.h"
#include "mash-hub-kept.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"
#include "mash-reach.h"
#include "mash-test-facts.h"

#define NOW "2026-03-02T10:00:30.000Z"
#define ALL "pull ('seat-hal', 0, '', 200, 100000)"

typedef struct
{
  char    *database;
  char    *hub;
  char    *contact;
  char    *other;   /* another contact of the same child */
  char    *child;
  char    *note;
  HubDesk *hal;     /* of the health service */
  HubDesk *mira;    /* a manager */
} Scene;

static Cluster *cluster;
static MashPolicy *policy;
static guint n_scenes;

#define put(scene, ...) hub_put_form (cluster, (scene)->database, __VA_ARGS__)

static char *
ask_hub (Scene      *scene,
         const char *sql)
{
  return cluster_ask (cluster, scene->database, sql);
}

static void
assert_hal (Scene      *scene,
            const char *sql,
            const char *expected)
{
  hub_desk_assert (scene->hal, sql, expected);
}

static void
assert_statements (Scene      *scene,
                   const char *door,
                   const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (statement) FROM api1.%s", door);

  assert_hal (scene, sql, expected);
}

static void
assert_records (Scene      *scene,
                const char *kind,
                const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api1.snapshot ('seat-hal', '%s',"
                                          " '', 100)", kind);

  assert_hal (scene, sql, expected);
}

static void
run (Scene      *scene,
     const char *form,
     ...) G_GNUC_PRINTF (2, 3);

static void
run (Scene      *scene,
     const char *form,
     ...)
{
  g_autofree char *sql = NULL;
  g_autofree char *whole = NULL;
  va_list parts;

  va_start (parts, form);
  sql = g_strdup_vprintf (form, parts);
  va_end (parts);
  whole = g_strconcat ("SET search_path = mash; ", sql, NULL);
  cluster_run (cluster, scene->database, whole);
}

static void
put_contact (Scene      *scene,
             const char *contact)
{
  g_autofree char *subject = hub_make_id ();

  put (scene, "contact", contact, "{\"state\": \"C20\", \"brag\": \"A\"}");
  put (scene, "contact-subject", subject,
       "{\"contact\": \"%s\", \"person\": \"%s\", \"role\": \"CHILD\"}", contact, scene->child);
}

static void
set_up (Scene        *scene,
        gconstpointer data)
{
  scene->database = g_strdup_printf ("reach%u", n_scenes++);
  cluster_copy_hub (cluster, "template", scene->database);
  scene->hub = ask_hub (scene, "SELECT hub FROM mash.meta");
  run (scene, "UPDATE meta SET clock = '" NOW "'");
  put (scene, "agency", "agency-csc", "{\"type\": \"CSC\"}");
  put (scene, "agency", "agency-htc", "{\"type\": \"HTC\"}");
  scene->contact = hub_make_id ();
  scene->other = hub_make_id ();
  scene->child = hub_make_id ();
  put (scene, "person", scene->child, "{\"kind\": \"KNOWN\"}");
  put_contact (scene, scene->contact);
  put_contact (scene, scene->other);
  scene->hal = hub_desk_new (cluster, scene->database, scene->hub, "hal", "HL", "seat-hal");
  scene->mira = hub_desk_new (cluster, scene->database, scene->hub, "mira", "MM", "seat-mira");
  run (scene, "UPDATE entity SET state = state || '{\"agency\": \"agency-htc\"}' WHERE id IN"
       " ('hal', 'post-hal'); SELECT follow_posts ()");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", &scene->note), "");
  hub_desk_tell (scene->mira, hub_make_note (scene->other, "Zinnober", NULL), "");
}

static void
tear_down (Scene        *scene,
           gconstpointer data)
{
  hub_desk_free (scene->hal);
  hub_desk_free (scene->mira);
  g_free (scene->database);
  g_free (scene->hub);
  g_free (scene->contact);
  g_free (scene->other);
  g_free (scene->child);
  g_free (scene->note);
}

static void
assert_nothing (Scene *scene)
{
  static const char *const kinds[] = { "contact", "contact-subject", "person", "note", "task" };
  g_autofree char *history = g_strdup_printf ("history ('seat-hal', '%s', NULL, 10)", scene->note);

  assert_statements (scene, ALL, "0");
  assert_statements (scene, "turn ('seat-hal', -1, 0, '', '{1,2,3,4,5,6}')", "0");
  assert_statements (scene, history, "0");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    assert_records (scene, kinds[i], "0");
  hub_desk_tell (scene->hal, hub_make_note (scene->contact, "Zinnober", NULL), "missing");
}

/* The contact with its child and note, and of the child's other contact no word. */
static void
assert_reached (Scene *scene)
{
  g_autofree char *history = g_strdup_printf ("history ('seat-hal', '%s', NULL, 10)", scene->note);

  assert_hal (scene, "SELECT string_agg (id, ' ') FROM api1.snapshot ('seat-hal', 'contact', '',"
              " 100)", scene->contact);
  assert_records (scene, "contact-subject", "1");
  assert_records (scene, "person", "1");
  assert_statements (scene, history, "1");
  assert_statements (scene, ALL, "1");
}

/* What a desk would say of the same records by the same policy. */
static gboolean
is_reached_at_desk (const char    *role,
                    MashRecord    *contact,
                    MashTestFacts *facts)
{
  const MashActor actor = { "hal", "post-hal", role, "agency-htc", "seat-hal", TRUE, 0 };

  g_assert_cmpint (mash_reach_of_role (policy, role), ==, MASH_REACH_ASKED);

  return mash_reach_has (policy, MASH_FACTS (facts), &actor, contact);
}

/* Each relation for itself, as the hub finds it after a group that makes or ends it; a desk finds
 * the same. */
static void
test_relations (Scene        *scene,
                gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *field;
    const char *value;
    const char *state;
    const char *is;
    gboolean    reaches;
  } rows[] = {
    { "sd-participant", "agency", "agency-htc", NULL, NULL, TRUE },
    { "sd-participant", "staff", "hal", "attended", "PRESENT", TRUE },
    { "sd-participant", "agency", "agency-htc", "attended", "NOTINV", FALSE },
    { "sd-participant", "staff", "mira", NULL, NULL, FALSE },
    { "sd-request", "agency", "agency-htc", NULL, NULL, TRUE },
    { "sd-request", "agency", "agency-csc", NULL, NULL, FALSE },
    { "sd-action", "owner-agency", "agency-htc", "status", "OPEN", TRUE },
    { "sd-action", "owner-staff", "hal", "status", "DONE", TRUE },
    { "sd-action", "owner-agency", "agency-htc", "status", "TRANSFERRED", FALSE },
    { "sd-action", "owner-staff", "hal", "status", "CANCELLED", FALSE },
    { "task", "owner", "hal", "status", "OPEN", TRUE },
    { "task", "owner-post", "post-hal", "status", "DONE", TRUE },
    { "task", "owner", "hal", "status", "CANCELLED", FALSE },
    { "task", "owner", "mira", "status", "OPEN", FALSE },
    { "mention", "whom", "hal", NULL, NULL, TRUE },
    { "mention", "whom", "mira", NULL, NULL, FALSE },
    { "sd-view", "agency", "agency-htc", NULL, NULL, FALSE },
  };
  g_autoptr (MashRecord) contact = mash_test_record ("contact", scene->contact, NULL);

  assert_nothing (scene);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashTestFacts) facts = mash_test_facts_new ();
      g_autofree char *id = hub_make_id ();

      mash_test_facts_put (facts, rows[i].kind, id, "contact", scene->contact, rows[i].field,
                           rows[i].value, rows[i].state, rows[i].is, NULL);
      g_assert_cmpint (is_reached_at_desk ("HL", contact, facts), ==, rows[i].reaches);
      put (scene, rows[i].kind, id, "{\"contact\": \"%s\", \"%s\": \"%s\", \"%s\": \"%s\"}",
           scene->contact, rows[i].field, rows[i].value,
           rows[i].state != NULL ? rows[i].state : "-", rows[i].is != NULL ? rows[i].is : "");
      run (scene, "SELECT reach_again ('%s', 3, '" NOW "')", scene->contact);
      if (rows[i].reaches)
        assert_reached (scene);
      else
        assert_nothing (scene);
      run (scene, "UPDATE entity SET voided = true WHERE id = '%s';"
           " SELECT reach_again ('%s', 3, '" NOW "')", id, scene->contact);
      assert_nothing (scene);
    }
}

/* What the contact itself says: with whom it is, and who took it in. */
static void
test_own (Scene        *scene,
          gconstpointer data)
{
  static const struct
  {
    const char *alteration;
    const char *assigned;
    MashStamps  stamps;
  } rows[] = {
    { "state = state || '{\"assigned-to\": \"hal\"}'", "hal", { NULL } },
    { "created_by = 'hal'", NULL, { NULL, "hal" } },
    { "created_post = 'post-eve'", NULL, { NULL, "eve", "post-eve" } },
  };

  put (scene, "post", "post-eve", "{\"agency\": \"agency-htc\"}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashTestFacts) facts = mash_test_facts_new ();
      g_autoptr (MashRecord) contact = NULL;

      mash_test_facts_put (facts, "post", "post-eve", "agency", "agency-htc", NULL);
      if (rows[i].assigned != NULL)
        mash_test_facts_put (facts, "contact", scene->contact, "assigned-to", "hal", NULL);
      else
        mash_test_facts_put_stamped (facts, "contact", scene->contact, &rows[i].stamps);
      contact = mash_facts_lookup (MASH_FACTS (facts), "contact", scene->contact);
      g_assert_true (is_reached_at_desk ("HL", contact, facts));

      run (scene, "UPDATE entity SET %s WHERE id = '%s'; SELECT reach_again ('%s', 3, '" NOW "')",
           rows[i].alteration, scene->contact, scene->contact);
      assert_reached (scene);
      run (scene, "UPDATE entity SET created_by = '', created_post = '', state = state -"
           " 'assigned-to' WHERE id = '%s'; SELECT reach_again ('%s', 3, '" NOW "')",
           scene->contact, scene->contact);
      assert_nothing (scene);
    }
}

/* Early help comes to who receives it, from the safety check to its end, and to no other. */
static void
test_early_help (Scene        *scene,
                 gconstpointer data)
{
  static const char *const roles[] = { "HL", "EH" };
  g_autoptr (MashTestFacts) facts = mash_test_facts_new ();
  g_autoptr (MashRecord) offered = mash_test_record ("contact", scene->contact, "strand-e", "E20",
                                                     NULL);
  g_autoptr (MashRecord) refused = mash_test_record ("contact", scene->contact, "strand-e", "E90",
                                                     NULL);

  g_assert_false (is_reached_at_desk ("HL", offered, facts));
  g_assert_true (is_reached_at_desk ("EH", offered, facts));
  g_assert_false (is_reached_at_desk ("EH", refused, facts));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      run (scene, "UPDATE entity SET state = state || '{\"role\": \"%s\"}' WHERE id = 'post-hal';"
           " SELECT follow_posts (); UPDATE entity SET state = state || '{\"strand-e\": \"E20\"}'"
           " WHERE id = '%s'; SELECT reach_again ('%s', 3, '" NOW "')", roles[i], scene->contact,
           scene->contact);
      if (i == 0)
        assert_nothing (scene);
      else
        assert_reached (scene);
    }
  run (scene, "UPDATE entity SET state = state || '{\"strand-e\": \"E90\"}' WHERE id = '%s';"
       " SELECT reach_again ('%s', 3, '" NOW "')", scene->contact, scene->contact);
  assert_nothing (scene);
}

static MashGroup *
make_task (Scene      *scene,
           const char *id)
{
  MashGroup *group = mash_group_new ("add-task", scene->contact);
  MashEdit *edit = mash_edit_new (&mash_task_kind, id, 0);

  mash_edit_set_text (edit, "contact", scene->contact);
  mash_edit_set_text (edit, "what", "Ask the surgery");
  mash_edit_set_text (edit, "owner", "hal");
  mash_edit_set_text (edit, "due-at", "2026-03-09T10:00:00.000Z");
  mash_edit_set_text (edit, "status", "OPEN");
  mash_group_take_edit (group, edit);

  return group;
}

static MashGroup *
cancel_task (Scene      *scene,
             const char *id)
{
  MashGroup *group = mash_group_new ("cancel-task", scene->contact);
  MashEdit *edit = mash_edit_new (&mash_task_kind, id, 1);
  const struct { const char *field, *was, *now; } alters[] = {
    { "status", "OPEN", "CANCELLED" },
    { "outcome", NULL, "Was known already" },
    { "ended-at", NULL, NOW },
    { "ended-by", NULL, "mira" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alters); i++)
    {
      g_autoptr (GVariant) was = alters[i].was != NULL
                                 ? g_variant_ref_sink (g_variant_new_string (alters[i].was)) : NULL;
      g_autoptr (GVariant) now = g_variant_ref_sink (g_variant_new_string (alters[i].now));

      mash_edit_set (edit, mash_kind_find_field (&mash_task_kind, alters[i].field), was, now);
    }
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "Was known already");

  return group;
}

/* Asked for something, Hal has the whole history of the contact by turns, and what follows; when it
 * is cancelled, none of it. */
static void
test_asked (Scene        *scene,
            gconstpointer data)
{
  g_autofree char *id = hub_make_id ();
  g_autofree char *turned = NULL;
  g_autofree char *again = NULL;

  hub_desk_tell (scene->mira, make_task (scene, id), "");
  assert_hal (scene, "SELECT string_agg (seq || ' ' || (statement IS NOT NULL), ',' ORDER BY seq)"
              " FROM api1." ALL, "1 true,2 false,3 true");
  assert_statements (scene, "pull ('seat-hal', 0, '', 200, 100000, 0)", "MH013");
  turned = ask_hub (scene, "SELECT string_agg (seq::text, ',') FROM mash.turn");
  g_assert_cmpstr (turned, ==, "1");
  hub_desk_tell (scene->mira, hub_make_note (scene->contact, "Zinnober", NULL), "");
  hub_desk_tell (scene->hal, hub_make_note (scene->contact, "Zinnober", NULL), "right");
  assert_statements (scene, ALL, "3");
  assert_records (scene, "task", "1");

  hub_desk_tell (scene->mira, cancel_task (scene, id), "");
  assert_nothing (scene);
  again = ask_hub (scene, "SELECT string_agg (seq::text, ',' ORDER BY n) FROM mash.turn");
  g_assert_cmpstr (again, ==, "1,1,3,4");
}

/* The family comes with the contact, whoever wrote it down and when; seals do not. */
static void
test_family (Scene        *scene,
             gconstpointer data)
{
  /* Of the contact, of another one or of none; and of the child or of nobody. */
  const struct
  {
    const char *kind;
    const char *contact;
    const char *person;
    const char *more;
    const char *n;
  } rows[] = {
    { "task", scene->contact, "", "\"owner\": \"hal\"", "1" },
    { "person-name", "", scene->child, "\"forename\": \"Ann\"", "1" },
    { "flag", scene->other, scene->child, "\"type\": \"DOGS\"", "1" },
    { "person-location", scene->other, scene->child, "\"text\": \"x\"", "0" },
    { "household", "", "", "\"address\": \"home\"", "1" },
    { "seal", scene->contact, "", "\"excluded\": \"mira\"", "0" },
    { "concern", scene->other, scene->child, "\"factor\": \"x\"", "0" },
  };

  put (scene, "address", "home", "{\"town\": \"x\"}");
  put (scene, "address", "elsewhere", "{\"town\": \"x\"}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    put (scene, rows[i].kind, rows[i].kind, "{\"contact\": \"%s\", \"person\": \"%s\", %s}",
         rows[i].contact, rows[i].person, rows[i].more);
  run (scene, "UPDATE entity SET contact = NULL WHERE contact = ''");
  put (scene, "household-member", "lives", "{\"household\": \"household\", \"person\": \"%s\"}",
       scene->child);
  put (scene, "household-member", "other",
       "{\"household\": \"household\", \"person\": \"mother\"}");
  put (scene, "person", "mother", "{\"kind\": \"KNOWN\"}");
  put (scene, "person", "stranger", "{\"kind\": \"KNOWN\"}");
  run (scene, "SELECT reach_again ('%s', 3, '" NOW "')", scene->contact);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_records (scene, rows[i].kind, rows[i].n);
  assert_records (scene, "person", "2");
  assert_records (scene, "household-member", "2");
  assert_records (scene, "address", "1");
  assert_records (scene, "contact", "1");
}

/* What follows from a post of another agency, and from a role that opens everything or nothing. */
static void
test_post (Scene        *scene,
           gconstpointer data)
{
  g_autofree char *id = hub_make_id ();
  g_autofree char *turns = NULL;

  put (scene, "sd-participant", id, "{\"contact\": \"%s\", \"agency\": \"agency-edu\"}",
       scene->contact);
  run (scene, "UPDATE entity SET state = state || '{\"agency\": \"agency-edu\"}' WHERE id ="
       " 'post-hal'; SELECT follow_posts ()");
  assert_reached (scene);
  turns = ask_hub (scene, "SELECT string_agg (seq::text, ',') FROM mash.turn");
  g_assert_cmpstr (turns, ==, "1");
  run (scene, "UPDATE entity SET state = state || '{\"role\": \"SW\"}' WHERE id = 'post-hal';"
       " SELECT follow_posts ()");
  assert_statements (scene, ALL, "2");
  assert_hal (scene, "SELECT turn FROM api1.turn ('seat-hal', 0, 0, '', '{}')", "-1");
  run (scene, "UPDATE entity SET state = state || '{\"role\": \"LM\"}' WHERE id = 'post-hal';"
       " SELECT follow_posts ()");
  assert_nothing (scene);
}

/* A seal goes before what reaches them. */
static void
test_sealed (Scene        *scene,
             gconstpointer data)
{
  g_autofree char *id = hub_make_id ();
  MashGroup *group = mash_group_new ("emergency-seal", scene->contact);
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 0);

  run (scene, "UPDATE entity SET state = state || '{\"assigned-to\": \"hal\"}' WHERE id = '%s';"
       " SELECT reach_again ('%s', 3, '" NOW "')", scene->contact, scene->contact);
  assert_reached (scene);
  run (scene, "UPDATE meta SET clock = '2026-03-02T10:00:00.000Z'");
  mash_edit_set_text (edit, "contact", scene->contact);
  mash_edit_set_text (edit, "excluded", "hal");
  mash_edit_set_text (edit, "reason", "RELATIVE");
  mash_edit_set_text (edit, "state", "EMERGENCY");
  mash_edit_set_text (edit, "asked-by", "mira");
  mash_edit_set_text (edit, "asked-role", "MM");
  mash_edit_set_text (edit, "asked-at", NOW);
  mash_group_take_edit (group, edit);
  hub_desk_tell (scene->mira, group, "");
  assert_statements (scene, ALL, "0");
  assert_records (scene, "contact", "0");
  assert_records (scene, "person", "0");
  hub_desk_tell (scene->hal, hub_make_note (scene->contact, "Zinnober", NULL), "missing");
}

static MashGroup *
make_post (const char *id,
           const char *staff,
           const char *role)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);
  MashEdit *edit = mash_edit_new (&mash_post_kind, id, 0);

  mash_edit_set_text (edit, "staff", staff);
  mash_edit_set_text (edit, "agency", "agency-csc");
  mash_edit_set_text (edit, "role", role);
  mash_edit_set_text (edit, "title", "Post");
  mash_group_take_edit (group, edit);

  return group;
}

static MashGroup *
alter_post (const char *id,
            const char *field,
            const char *was,
            const char *now)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);
  MashEdit *edit = mash_edit_new (&mash_post_kind, id, 1);

  mash_edit_set (edit, mash_kind_find_field (&mash_post_kind, field), g_variant_new_string (was),
                 g_variant_new_string (now));
  mash_group_take_edit (group, edit);

  return group;
}

/* Whoever gives posts gives themselves none by which they would get cases: not a new one, not by
 * another role in one, and not by taking over somebody else's. To others they do. */
static void
test_own_post (Scene        *scene,
               gconstpointer data)
{
  static const char *const roles[] = { "SW", "HL", "IG" };
  g_autofree char *theirs = hub_make_id ();

  run (scene, "UPDATE entity SET state = state || '{\"role\": \"AD\"}' WHERE id = 'post-hal';"
       " SELECT follow_posts ()");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *own = hub_make_id ();

      hub_desk_tell (scene->hal, make_post (own, "hal", roles[i]), "own-post");
    }
  hub_desk_tell (scene->hal, make_post (theirs, "mira", "SW"), "");
  hub_desk_tell (scene->hal, alter_post (theirs, "staff", "mira", "hal"), "own-post");
  hub_desk_tell (scene->hal, alter_post (theirs, "role", "SW", "AD"), "");
  hub_desk_tell (scene->hal, alter_post (theirs, "staff", "mira", "hal"), "");
  hub_desk_tell (scene->hal, alter_post (theirs, "role", "AD", "MM"), "own-post");
  assert_statements (scene, ALL, "3");
  assert_records (scene, "contact", "0");
}

/* What the hub does when somebody's last day of vetting was altered by a change. */
static void
renew_vetting (Scene      *scene,
               const char *was,
               const char *until)
{
  run (scene, "UPDATE entity SET state = state || '{\"vetting-expires-on\": \"%s\"}'"
       " WHERE id = 'hal'; SELECT follow_vetting (ARRAY[ROW ('', '', '', 0, 1, '', '', '', 'staff',"
       " 'hal', 1, 'default', 1, '', '', '{\"vetting-expires-on\": \"%s\","
       " \"vetting-expires-on.was\": \"%s\"}')::saying], '" NOW "')", until, until, was);
}

/* Nothing that is older than a new clearance comes again, whatever the post, until a manager gives
 * it; what begins after it does. Vetting that is renewed in time takes nothing away. */
static void
test_clearance (Scene        *scene,
                gconstpointer data)
{
  const char *role = data;
  HubDesk *sue = hub_desk_new (cluster, scene->database, scene->hub, "sue", "SW", "seat-sue");
  g_autofree char *later = hub_make_id ();
  char *tasks[] = { hub_make_id (), hub_make_id (), hub_make_id () };

  hub_desk_tell (scene->mira, make_task (scene, tasks[0]), "");
  run (scene, "UPDATE entity SET state = state || '{\"role\": \"%s\"}' WHERE id = 'post-hal';"
       " SELECT follow_posts ()", role);
  renew_vetting (scene, "2026-03-02", "2026-04-30");
  assert_records (scene, "task", "1");

  renew_vetting (scene, "2026-02-28", "2026-03-01");
  assert_hal (scene, "SELECT verdict FROM api1.hello ('seat-hal', 't', 1, 1, 0, '')", "unvetted");
  renew_vetting (scene, "2026-03-01", "2027-03-31");
  assert_records (scene, "task", "0");
  assert_records (scene, "contact", "0");
  assert_records (scene, "person", "0");
  hub_desk_tell (scene->hal, hub_make_note (scene->contact, "Zinnober", NULL), "missing");

  hub_desk_tell (sue, make_task (scene, tasks[1]), "");
  assert_records (scene, "contact", "0");
  hub_desk_tell (scene->mira, make_task (scene, tasks[2]), "");
  assert_records (scene, "contact", "1");
  assert_records (scene, "person", "1");

  put (scene, "contact", later, "{\"state\": \"C20\", \"assigned-to\": \"hal\"}");
  run (scene, "UPDATE entity SET born = (SELECT head_seq + 1 FROM meta) WHERE id = '%s';"
       " SELECT reach_again ('%s', 1, '" NOW "')", later, later);
  assert_records (scene, "contact", "2");
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    g_free (tasks[i]);
  hub_desk_free (sue);
}

static void
set_clock (Scene      *scene,
           const char *now)
{
  run (scene, "UPDATE meta SET clock = '%s'", now);
}

static void
assert_hello (HubDesk    *desk,
              const char *verdict)
{
  g_autofree char *sql = g_strdup_printf ("SELECT verdict FROM api1.hello ('%s', 't', 1, 1, 0, '')",
                                          desk->seat);

  hub_desk_assert (desk, sql, verdict);
}

/* Hal says a note in a post, at an instant. */
static void
say_in_post (Scene      *scene,
             const char *post,
             const char *said_at,
             const char *code)
{
  g_autofree char *own = g_steal_pointer (&scene->hal->post);
  MashGroup *group = hub_make_note (scene->contact, "Zinnober", NULL);
  g_autoptr (GPtrArray) sealed = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  MashAnswer *answer;

  scene->hal->post = (char *) post;
  sealed = hub_desk_seal (scene->hal, group, said_at);
  scene->hal->post = g_steal_pointer (&own);
  answers = hub_desk_send (scene->hal, sealed, &error);
  g_assert_no_error (error);
  answer = answers->pdata[0];
  g_assert_cmpstr (answer->code, ==, code);
  mash_group_unref (group);
}

/* A post opens cases from its first day to its last, by the hub's clock: at once no more than the
 * posts of today do, also while nobody has looked, and what is gone leaves the desk when it next
 * asks. A day later somebody may hold the next. */
static void
test_days (Scene        *scene,
           gconstpointer data)
{
  g_autofree char *scope = NULL;

  put (scene, "post", "post-deputy", "{\"staff\": \"hal\", \"agency\": \"agency-csc\","
       " \"role\": \"SW\", \"from\": \"2026-03-02\", \"to\": \"2026-03-03\"}");
  set_clock (scene, "2026-03-01T23:59:59.000Z");
  run (scene, "SELECT follow_posts ()");
  assert_statements (scene, ALL, "0");
  set_clock (scene, "2026-03-02T00:00:00.000Z");
  assert_statements (scene, ALL, "0");
  assert_hello (scene->mira, "ok");
  assert_statements (scene, ALL, "2");
  assert_hal (scene, "SELECT turn FROM api1.turn ('seat-hal', 0, 0, '', '{}')", "-1");
  set_clock (scene, "2026-03-03T23:59:59.000Z");
  assert_hello (scene->mira, "ok");
  assert_statements (scene, ALL, "2");

  set_clock (scene, "2026-03-04T00:00:00.000Z");
  assert_nothing (scene);
  assert_hello (scene->mira, "ok");
  scope = ask_hub (scene, "SELECT scope FROM mash.person WHERE id = 'hal'");
  g_assert_cmpstr (scope, ==, "asked");
  assert_nothing (scene);
}

/* What is said in a post was said on one of its days, and comes within a fortnight of the last. */
static void
test_said_in_time (Scene        *scene,
                   gconstpointer data)
{
  put (scene, "post", "post-deputy", "{\"staff\": \"hal\", \"agency\": \"agency-csc\","
       " \"role\": \"SW\", \"from\": \"2026-03-02\", \"to\": \"2026-03-03\"}");
  run (scene, "UPDATE entity SET state = state || '{\"assigned-to\": \"hal\"}' WHERE id = '%s';"
       " SELECT reach_again ('%s', 3, '" NOW "')", scene->contact, scene->contact);
  set_clock (scene, "2026-03-17T23:59:00.000Z");
  assert_hello (scene->mira, "ok");
  say_in_post (scene, "post-deputy", "2026-03-01T23:59:00.000Z", "post");
  say_in_post (scene, "post-deputy", "2026-03-02T10:00:00.000Z", "");
  say_in_post (scene, "post-deputy", "2026-03-03T23:59:00.000Z", "");
  say_in_post (scene, "post-deputy", "2026-03-04T00:00:00.000Z", "post");
  say_in_post (scene, "post-hal", "2026-03-04T00:00:00.000Z", "");
  set_clock (scene, "2026-03-18T00:00:00.000Z");
  say_in_post (scene, "post-deputy", "2026-03-03T23:59:00.000Z", "post");
}

/* Whoever holds no post any more is out: they read nothing and say nothing, may hand in what they
 * had not sent, and come in again with the next post. */
static void
test_postless (Scene        *scene,
               gconstpointer data)
{
  MashGroup *note = hub_make_note (scene->contact, "Zinnober", NULL);
  g_autoptr (GPtrArray) unsent = hub_desk_seal (scene->hal, note, NOW);
  g_autoptr (GError) error = NULL;
  guint64 n_new = 0;

  run (scene, "UPDATE entity SET state = state || '{\"role\": \"SW\", \"to\": \"2026-03-02\"}'"
       " WHERE id = 'post-hal'; SELECT follow_posts ()");
  assert_hello (scene->hal, "ok");
  assert_statements (scene, ALL, "2");
  set_clock (scene, "2026-03-03T00:00:00.000Z");
  assert_hello (scene->hal, "postless");
  assert_hal (scene, "SELECT count (*) FROM api1." ALL, "MH003");
  mash_hub_call_quarantine (scene->hal->line, "seat-hal", unsent, &n_new, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) n_new, ==, 1);
  run (scene, "UPDATE entity SET state = state || '{\"to\": \"2026-03-03\"}' WHERE id ="
       " 'post-hal'; SELECT follow_posts ()");
  assert_hello (scene->hal, "ok");
  assert_statements (scene, ALL, "2");
  mash_group_unref (note);
}

/* What stands behind it is nobody's to read or alter. */
static void
test_hostile (Scene        *scene,
              gconstpointer data)
{
  static const char *const tries[] = {
    "SELECT * FROM mash.open_id",
    "INSERT INTO mash.open_id VALUES ('hal', 'x', 'x')",
    "SELECT mash.my_scope ()",
    "SELECT mash.follow_posts ()",
    "SELECT mash.reached_by ('x')",
    "UPDATE mash.person SET scope = 'all'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    assert_hal (scene, tries[i], "42501");
}

int
main (int   argc,
      char *argv[])
{
  int status;
  g_autofree char *hub = NULL;

  g_test_init (&argc, &argv, NULL);
  policy = mash_policy_reader_load_builtin (NULL);
  g_assert_nonnull (policy);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "template", &hub);
  g_test_add ("/hub-reach/relations", Scene, NULL, set_up, test_relations, tear_down);
  g_test_add ("/hub-reach/own", Scene, NULL, set_up, test_own, tear_down);
  g_test_add ("/hub-reach/early-help", Scene, NULL, set_up, test_early_help, tear_down);
  g_test_add ("/hub-reach/asked", Scene, NULL, set_up, test_asked, tear_down);
  g_test_add ("/hub-reach/family", Scene, NULL, set_up, test_family, tear_down);
  g_test_add ("/hub-reach/post", Scene, NULL, set_up, test_post, tear_down);
  g_test_add ("/hub-reach/sealed", Scene, NULL, set_up, test_sealed, tear_down);
  g_test_add ("/hub-reach/own-post", Scene, NULL, set_up, test_own_post, tear_down);
  g_test_add ("/hub-reach/clearance/all", Scene, "SW", set_up, test_clearance, tear_down);
  g_test_add ("/hub-reach/clearance/asked", Scene, "HL", set_up, test_clearance, tear_down);
  g_test_add ("/hub-reach/days", Scene, NULL, set_up, test_days, tear_down);
  g_test_add ("/hub-reach/said-in-time", Scene, NULL, set_up, test_said_in_time, tear_down);
  g_test_add ("/hub-reach/postless", Scene, NULL, set_up, test_postless, tear_down);
  g_test_add ("/hub-reach/hostile", Scene, NULL, set_up, test_hostile, tear_down);
  status = g_test_run ();
  cluster_free (cluster);
  mash_policy_unref (policy);

  return status;
}
