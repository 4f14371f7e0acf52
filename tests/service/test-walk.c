/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "filled-deed.h"
#include "mash-change.h"
#include "mash-judge.h"
#include "mash-rules.h"
#include "mash-service.h"
#include "mash-time.h"
#include "seat.h"
#include "store-fixture.h"

/* Every transition of the state machine by every role, asked in two ways: of the service, as a page
 * asks it, and as changes that come from elsewhere. Both must say the same, and what domain.md 4.2
 * says. */

/* Somebody of each role; the manager is not the one who recommended. */
static const struct
{
  const char *role;
  const char *sign_in;
} people[] = {
  { "MO", "walk-mo" }, { "SW", "walk-sw" }, { "MM", "walk-mm" }, { "DS", "walk-ds" },
  { "HL", "walk-hl" }, { "ED", "walk-ed" }, { "HO", "walk-ho" }, { "PR", "walk-pr" },
  { "EH", "walk-eh" }, { "VP", "walk-vp" }, { "LM", "walk-lm" }, { "IG", "walk-ig" },
};

#define N_PEOPLE G_N_ELEMENTS (people)
#define ALL "MO SW MM DS HL ED HO PR EH"
#define DOOR "MO SW MM"

/* How contacts come to stand where a deed begins: scene, the scene before it, the deed, which
 * outcome it is about. Up to the mark one manager does it all, from there on another. */
static const struct
{
  const char *scene;
  const char *after;
  const char *deed;
  const char *outcome;
} scenes[] = {
  { "received", NULL, "create", NULL },
  { "harm", "received", "mark-harm", NULL },
  { "screened", "received", "screen", NULL },
  { "chased", "screened", "chase", NULL },
  { "advised", "screened", "advise", NULL },
  { "attached", "screened", "attach", NULL },
  { "adult", "screened", "raise-adult-concern", NULL },
  { "adult-tested", "adult", "test-adult-concern", NULL },
  { "triaged", "screened", "triage", NULL },
  { "gathered", "triaged", "gather", NULL },
  { "analysed", "gathered", "analyse", NULL },
  { "advice-recommended", "advised", "recommend-advice", "O01" },
  { "recommended", "analysed", "recommend", "O05" },
  { "nothing-recommended", "analysed", "recommend", "O12" },
  { "help-recommended", "analysed", "recommend", "O04" },
  { "help-checked", "help-recommended", "safety-check", NULL },
  { "MARK", NULL, NULL, NULL },
  { "returned", "recommended", "return", NULL },
  { "decided", "recommended", "approve", "O05" },
  { "nothing-decided", "nothing-recommended", "approve", "O12" },
  { "help-decided", "help-checked", "approve", "O04" },
  { "refused", "decided", "refuse-hand-over", "O05" },
  { "accepted", "decided", "hand-over", "O05" },
  { "help-accepted", "help-decided", "accept-early-help", "O04" },
  { "help-agreed", "help-accepted", "agree-early-help", NULL },
  { "help-told", "help-agreed", "feedback", NULL },
  { "help-started", "help-told", "start-early-help", NULL },
  { "help-closed", "help-started", "close", NULL },
  { "told", "accepted", "feedback", NULL },
  { "closed", "told", "close", NULL },
  { "reopened", "closed", "reopen", NULL },
  { "adult-decided", "adult-tested", "decide-adult-concern", NULL },
};

/* What the table of transitions says: the deed, from where, and who may. */
static const struct
{
  const char *deed;
  const char *scene;
  const char *outcome;
  const char *roles;
  const char *wrong;     /* a scene from which nobody may */
} rows[] = {
  { "create", NULL, NULL, ALL, "received" },
  { "assign", "screened", NULL, "MO SW MM DS", "closed" },
  { "take", "screened", NULL, "MO SW MM DS EH", "closed" },
  { "screen", "received", NULL, DOOR, "triaged" },
  { "rescreen", "advised", NULL, DOOR, "triaged" },
  { "rescreen", "reopened", NULL, DOOR, "closed" },
  { "chase", "screened", NULL, DOOR, "received" },
  { "chase", "chased", NULL, DOOR, "triaged" },
  { "mark-harm", "received", NULL, ALL, "closed" },
  { "mark-harm", "analysed", NULL, ALL, "attached" },
  { "raise-brag", "screened", NULL, ALL, "closed" },
  { "lower-brag", "triaged", NULL, "SW MM", "closed" },
  { "record-discussion", "harm", NULL, "MM", "screened" },
  { "unfound-harm", "harm", NULL, "MM", "screened" },
  { "triage", "screened", NULL, "SW MM", "received" },
  { "triage", "chased", NULL, "SW MM", "decided" },
  { "advise", "screened", NULL, DOOR, "triaged" },
  { "attach", "screened", NULL, "SW MM", "triaged" },
  { "acknowledge-link", "attached", NULL, DOOR, "screened" },
  { "drop-follow-up", "received", NULL, DOOR, "closed" },
  { "gather", "triaged", NULL, "SW MM", "screened" },
  { "analyse", "gathered", NULL, "SW MM", "triaged" },
  { "recommend", "analysed", "O05", "SW MM", "gathered" },
  { "recommend", "analysed", "O04", "SW MM EH", "triaged" },
  { "recommend", "analysed", "O01", DOOR, "recommended" },
  { "recommend", "analysed", "O12", "SW MM", "decided" },
  { "recommend-advice", "advised", "O01", DOOR, "screened" },
  { "return", "recommended", NULL, "MM", "analysed" },
  { "resume", "returned", NULL, "MO SW MM EH", "recommended" },
  { "approve", "recommended", "O05", "MM", "decided" },
  { "approve", "advice-recommended", "O01", "MM", "decided" },
  { "approve", "help-checked", "O04", "MM", "help-decided" },
  { "approve", "nothing-recommended", "O12", "MM", "nothing-decided" },
  { "change-outcome", "recommended", "O11", "MM", "decided" },
  { "safety-check", "help-recommended", NULL, "SW MM", "help-decided" },
  { "refuse-safety-check", "help-recommended", NULL, "SW MM", "help-decided" },
  { "send", "decided", "O05", DOOR, "recommended" },
  { "hand-over", "decided", "O05", DOOR, "recommended" },
  { "refuse-hand-over", "decided", "O05", DOOR, "accepted" },
  { "decide-again", "refused", NULL, "MM", "decided" },
  { "accept-early-help", "help-decided", "O04", "MM EH", "decided" },
  { "refuse-early-help", "help-decided", "O04", "MM EH", "help-accepted" },
  { "agree-early-help", "help-accepted", NULL, "MM EH", "help-decided" },
  { "decline-early-help", "help-accepted", NULL, "MM EH", "decided" },
  { "start-early-help", "help-agreed", NULL, "MM EH", "help-accepted" },
  { "step-up", "help-accepted", NULL, ALL, "help-checked" },
  { "step-up", "help-started", NULL, ALL, "accepted" },
  { "step-up", "help-closed", NULL, ALL, "closed" },
  { "feedback", "accepted", NULL, DOOR, "recommended" },
  { "feedback", "nothing-decided", NULL, DOOR, "decided" },
  { "close", "told", NULL, "MM", "accepted" },
  { "close-done", "told", NULL, DOOR, "help-told" },
  { "reopen", "closed", NULL, "MM", "told" },
  { "reopen", "attached", NULL, "MM", "told" },
  { "raise-adult-concern", "screened", NULL, "MO SW MM DS EH", "adult-tested" },
  { "test-adult-concern", "adult", NULL, "SW MM", "screened" },
  { "decide-adult-concern", "adult-tested", NULL, "MM", "adult" },
  { "follow-up-adult-concern", "adult-decided", NULL, "SW MM", "adult-tested" },
};

typedef struct
{
  StoreFixture hub;
  GHashTable  *scenes;           /* name → contact */
  char        *staff[N_PEOPLE];
  char        *posts[N_PEOPLE];
  char        *agencies[N_PEOPLE];
  Seat         seat;
} Walk;

/* What the answer to one question was. */
typedef struct
{
  gboolean allowed;
  char    *sentence;
} Answer;

static void
clear_answer (gpointer data)
{
  Answer *answer = data;

  g_free (answer->sentence);
}

static MashStore *
store (Walk *walk)
{
  return walk->hub.store;
}

static MashGroup *
make_group (Walk       *walk,
            const char *deed,
            const char *contact,
            const char *outcome,
            const char *person)
{
  return filled_deed_new (&walk->hub, deed, contact, outcome, person,
                          g_hash_table_lookup (walk->scenes, "received"));
}

static void
seat (Walk *walk,
      guint i)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  MashEdit *staff, *agency;
  gboolean door = mash_words_contain (DOOR, people[i].role);

  walk->staff[i] = mash_store_make_id (store (walk));
  key = mash_store_make_key (store (walk), walk->staff[i]);
  agency = store_fixture_add (store (walk), group, &mash_agency_kind, "type", "CSC",
                              "name", people[i].role, "seated", "true", NULL);
  walk->agencies[i] = g_strdup (door ? walk->hub.agency : mash_edit_get_id (agency));
  staff = mash_edit_new (&mash_staff_kind, walk->staff[i], 0);
  mash_edit_set_text (staff, "name", people[i].role);
  mash_edit_set_text (staff, "sign-in", people[i].sign_in);
  mash_edit_set_text (staff, "agency", walk->agencies[i]);
  mash_edit_set_text (staff, "public-key", key);
  mash_edit_set_flag (staff, "qualified", mash_words_contain ("SW MM", people[i].role));
  mash_group_take_edit (group, staff);
  walk->posts[i] = g_strdup (mash_edit_get_id (store_fixture_add (
                                                 store (walk), group, &mash_post_kind,
                                                 "staff", walk->staff[i],
                                                 "agency", walk->agencies[i],
                                                 "role", people[i].role, "title", "Post",
                                                 "on-duty", "true", NULL)));
  store_fixture_submit (&walk->hub, group);
  mash_store_add_slot (store (walk), walk->staff[i], people[i].sign_in, passphrase, &error);
  g_assert_no_error (error);
}

/* Lets somebody do much at once, without being asked for the passphrase each time. */
static void
begin (Walk       *walk,
       const char *sign_in)
{
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (&walk->hub, sign_in);
  mash_store_begin_bulk (store (walk), &error);
  g_assert_no_error (error);
}

static void
finish (Walk *walk)
{
  g_autoptr (GError) error = NULL;

  mash_store_end_bulk (store (walk), &error);
  g_assert_no_error (error);
}

static guint
find_scene (const char *scene)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      if (strcmp (scenes[i].scene, scene) == 0)
        return i;
    }
  g_error ("There is no scene %s", scene);
}

/* Does what leads from one scene to another on a contact. */
static void
play (Walk       *walk,
      const char *from,
      const char *to,
      const char *contact,
      const char *person)
{
  guint i = find_scene (to);

  if (g_strcmp0 (from, to) == 0)
    return;
  if (scenes[i].after != NULL)
    play (walk, from, scenes[i].after, contact, person);
  if (strcmp (scenes[i].deed, "create") != 0)
    {
      g_autoptr (MashGroup) group = make_group (walk, scenes[i].deed, contact, scenes[i].outcome,
                                                person);

      store_fixture_submit (&walk->hub, group);
    }
}

/* Nothing that was telephoned closes while the written referral is waited for. */
static void
drop_follow_up (Walk       *walk,
                const char *contact)
{
  g_autoptr (MashGroup) group = make_group (walk, "drop-follow-up", contact, NULL, NULL);

  store_fixture_submit (&walk->hub, group);
}

/* Each scene has a contact of its own. What leads on from a scene of the other side of the mark is
 * done twice: up to that scene by the first manager, and from it on by the second. */
static void
set_scenes (Walk *walk)
{
  guint mark = find_scene ("MARK");

  begin (walk, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      guint until = i;
      char *contact;

      if (i == mark)
        continue;
      contact = store_fixture_contact (&walk->hub, "Ellie", "Marsh", "2019-03-04");
      while (until > mark)
        until = find_scene (scenes[until].after);
      if (i > 0)
        drop_follow_up (walk, contact);
      play (walk, NULL, scenes[until].scene, contact, walk->hub.manager);
      g_hash_table_insert (walk->scenes, g_strdup (scenes[i].scene), contact);
    }
  finish (walk);

  begin (walk, "walk-mm");
  for (guint i = mark + 1; i < G_N_ELEMENTS (scenes); i++)
    {
      guint until = i;

      while (until > mark)
        until = find_scene (scenes[until].after);
      play (walk, scenes[until].scene, scenes[i].scene,
            g_hash_table_lookup (walk->scenes, scenes[i].scene), walk->staff[2]);
    }
  finish (walk);
}

static MashGroup *
make_question (Walk    *walk,
               guint    row,
               guint    person,
               gboolean wrong)
{
  const char *scene = wrong ? rows[row].wrong : rows[row].scene;

  return make_group (walk, rows[row].deed,
                     scene != NULL ? g_hash_table_lookup (walk->scenes, scene) : NULL,
                     rows[row].outcome, walk->staff[person]);
}

static char *
make_id (gpointer data)
{
  return mash_store_make_id (data);
}

/* Sends a group through the bytes of its changes, as it comes in from another desk. */
static MashGroup *
carry (Walk       *walk,
       MashGroup  *group,
       const char *person,
       const char *post)
{
  g_autofree char *said_at = mash_time_format (mash_store_get_now (store (walk)));
  g_autofree char *id = mash_store_make_id (store (walk));
  const MashSaying saying = {
    .hub = id, .group = id, .desk = id, .person = person, .post = post, .compartment = "case",
    .said_at = said_at,
  };
  static const guint8 salt[MASH_CHANGE_SALT_SIZE];
  g_autoptr (GError) error = NULL;
  MashGroup *carried = NULL;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      g_autofree char *change_id = mash_store_make_id (store (walk));
      g_autoptr (MashChange) change = mash_change_new_for_edit (group, i, &saying, change_id, salt,
                                                                &error);
      g_autoptr (GBytes) statement = NULL;
      g_autoptr (MashChange) received = NULL;
      g_autofree char *deed = NULL;
      g_autofree char *contact = NULL;
      g_autofree char *reason = NULL;
      MashEdit *edit;

      g_assert_no_error (error);
      statement = mash_change_to_statement (change);
      received = mash_change_from_statement (statement, &error);
      g_assert_no_error (error);
      edit = mash_change_dup_edit (received, &deed, &contact, &reason, &error);
      g_assert_no_error (error);
      if (carried == NULL)
        {
          carried = mash_group_new (deed, contact);
          mash_group_set_reason (carried, reason);
        }
      mash_group_take_edit (carried, edit);
    }

  return carried;
}

static void
read_answer (MashVerdict *verdict,
             Answer      *answer)
{
  const char *refusal = mash_verdict_get_refusal (verdict);

  answer->allowed = refusal == NULL;
  answer->sentence = g_strdup (refusal);
  if (refusal == NULL)
    return;

  g_assert_cmpuint (strlen (refusal), >, 12);
  g_assert_true (g_str_has_suffix (refusal, "."));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (refusal)) || g_str_has_prefix (refusal, "“"));
}

/* What the hub says to the changes of another desk, which completed them by the same rules. */
static void
ask_from_elsewhere (Walk      *walk,
                    MashGroup *group,
                    guint      person,
                    Answer    *answer)
{
  gint64 now = mash_store_get_now (store (walk));
  const MashActor actor = {
    .person = walk->staff[person], .post = walk->posts[person], .role = people[person].role,
    .agency = walk->agencies[person], .desk = "elsewhere", .on_line = TRUE,
    .now = now - now % MASH_TIME_MILLISECOND,
  };
  g_autoptr (MashGroup) copy = mash_group_new (mash_group_get_deed (group),
                                               mash_group_get_contact (group));
  g_autoptr (MashGroup) carried = NULL;
  g_autoptr (MashVerdict) verdict = NULL;

  mash_group_set_reason (copy, mash_group_get_reason (group));
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    mash_group_take_edit (copy, mash_edit_copy (mash_group_get_edit (group, i)));
  mash_rules_complete (walk->hub.policy, MASH_FACTS (store (walk)), &actor, copy, make_id,
                       store (walk));
  carried = carry (walk, copy, actor.person, actor.post);
  verdict = carried != NULL
            ? mash_judge_group (walk->hub.policy, MASH_FACTS (store (walk)), &actor, carried)
            : mash_judge_group (walk->hub.policy, MASH_FACTS (store (walk)), &actor, copy);
  read_answer (verdict, answer);
}

static void
ask_service (Walk      *walk,
             MashGroup *group,
             Answer    *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerdict) verdict = NULL;

  mash_service_examine_async (walk->seat.service, group, NULL, seat_on_done_cb,
                              seat_call (&walk->seat));
  verdict = mash_service_examine_finish (walk->seat.service, seat_wait (&walk->seat), &error);
  g_assert_no_error (error);
  read_answer (verdict, answer);
}

static void
sign_in (Walk *walk,
         guint person)
{
  seat_open (&walk->seat, walk->hub.folder);
  seat_sign_in (&walk->seat, people[person].sign_in, FIXTURE_PASSPHRASE);
}

static void
set_up (Walk         *walk,
        gconstpointer data)
{
  memset (walk, 0, sizeof *walk);
  walk->scenes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  store_fixture_set_up (&walk->hub, data);
  store_fixture_sign_in (&walk->hub, "admin");
  for (guint i = 0; i < N_PEOPLE; i++)
    seat (walk, i);
  set_scenes (walk);
}

static void
tear_down (Walk         *walk,
           gconstpointer data)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_free (walk->staff[i]);
      g_free (walk->posts[i]);
      g_free (walk->agencies[i]);
    }
  g_hash_table_unref (walk->scenes);
  g_clear_object (&walk->seat.result);
  store_fixture_tear_down (&walk->hub, data);
}

static void
check_table (guint         row,
             guint         person,
             gboolean      wrong,
             const Answer *answer)
{
  gboolean may = !wrong && mash_words_contain (rows[row].roles, people[person].role);

  if (answer->allowed != may)
    g_error ("%s from %s by %s: %s", rows[row].deed,
             wrong ? rows[row].wrong : rows[row].scene != NULL ? rows[row].scene : "nothing",
             people[person].role, answer->allowed ? "allowed" : answer->sentence);
}

/* Which of the questions is in which place of the arrays. */
static guint
place (guint    row,
       guint    person,
       gboolean wrong)
{
  return (row * N_PEOPLE + person) * 2 + (wrong ? 1 : 0);
}

static void
test_every_transition (Walk         *walk,
                       gconstpointer data)
{
  guint n = G_N_ELEMENTS (rows) * N_PEOPLE * 2;
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                                    mash_group_unref);
  g_autoptr (GArray) answers = g_array_sized_new (FALSE, TRUE, sizeof (Answer), n);

  g_array_set_clear_func (answers, clear_answer);
  g_array_set_size (answers, n);
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    for (guint person = 0; person < N_PEOPLE; person++)
      for (guint wrong = 0; wrong < 2; wrong++)
        {
          MashGroup *question = make_question (walk, row, person, wrong);
          Answer *answer = &g_array_index (answers, Answer, place (row, person, wrong));

          g_ptr_array_add (questions, question);
          ask_from_elsewhere (walk, question, person, answer);
          check_table (row, person, wrong, answer);
        }
  store_fixture_close (&walk->hub);

  for (guint person = 0; person < N_PEOPLE; person++)
    {
      sign_in (walk, person);
      for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
        for (guint wrong = 0; wrong < 2; wrong++)
          {
            const Answer *there = &g_array_index (answers, Answer, place (row, person, wrong));
            Answer here;

            ask_service (walk, g_ptr_array_index (questions, place (row, person, wrong)), &here);
            check_table (row, person, wrong, &here);
            g_assert_cmpstr (here.sentence, ==, there->sentence);
            clear_answer (&here);
          }
      seat_close (&walk->seat);
    }
  g_test_message ("%u questions", n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/walk/every-transition", Walk, NULL, set_up, test_every_transition, tear_down);

  return g_test_run ();
}
