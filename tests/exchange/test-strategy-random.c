/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-signing.h"
#include "mash-versions.h"
#include "strategy-hub.h"

/* The chair, police and health hold one discussion in any order of edits, arrivals, versions that
 * the chair settles, requests, signatures and refusals. Each writes and signs by what they saw
 * last, which may be out of date. Whatever happens:
 *
 * - every text that was taken is on record somewhere, or was replaced by somebody who had read it;
 * - no signature stands over content that its signer did not see;
 * - an answer stays with the revision that it was given for, as it was given;
 * - the record is signed only when one revision has all three signatures and nothing waits for the
 *   chair, and from then on it says what it said.
 */

#define ROUNDS 48
#define STEPS  110

/* A game is over soon after the record is signed: nothing that alters it may be taken any more. */
#define STEPS_AFTER 8

#define N_WRITERS 3

/* A record of what somebody sees: the parts of the plan and the child’s row, as they read them. */
typedef struct
{
  const Who  *who;
  const char *capacity;
  MashRecord *plan;
  MashRecord *child;
  MashRecord *view;
  char       *hash;
} Writer;

/* What came of all the games, without which they prove nothing. */
typedef struct
{
  guint signatures;
  guint refusals;
  guint taken;
  guint revisions;
  guint whole;
} Tally;

typedef struct
{
  Hub        *hub;
  GRand      *rand;
  Writer      writers[N_WRITERS];
  GPtrArray  *texts;    /* every text that was taken */
  GHashTable *replaced; /* texts that somebody replaced who had read them */
  GHashTable *seen;     /* signature → fingerprint of what its signer saw */
  GHashTable *answers;  /* request → its answer, revision and fingerprint when it was answered */
  Tally      *tally;
  char       *signed_hash;
  gint64      rev;
  guint       n_steps;
  guint       minute;
  guint       n;
} World;

static const char *const chairs_fields[] = { "scene", "arrest", "other-children", "legal-advice" };

static char *
tick (World *self)
{
  self->minute++;

  return g_strdup_printf ("2026-11-23T%02u:%02u:00.000Z", 11 + self->minute / 60,
                          self->minute % 60);
}

static void
look (World  *self,
      Writer *writer)
{
  g_clear_pointer (&writer->plan, mash_record_unref);
  g_clear_pointer (&writer->child, mash_record_unref);
  g_clear_pointer (&writer->view, mash_record_unref);
  g_free (writer->hash);
  writer->plan = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-plan", "plan");
  writer->child = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-child",
                                     "child-" DISCUSSION);
  writer->view = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-view",
                                    "view-agency-hth");
  writer->hash = mash_signing_hash_content (MASH_FACTS (self->hub->facts), DISCUSSION);
}

/* As the service does it: what collides is divided, then judged like anything else. */
static gboolean
submit (World     *self,
        const Who *who,
        MashGroup *group)
{
  g_autoptr (MashGroup) owned = group;
  g_autofree char *when = tick (self);
  g_autofree char *refusal = NULL;
  guint n;

  if (strcmp (mash_group_get_deed (group), "write-discussion") == 0)
    {
      owned = mash_versions_divide (MASH_FACTS (self->hub->facts), group, make_id, self->hub, &n);
      mash_group_unref (group);
      if (mash_group_get_n_edits (owned) == 0)
        return TRUE;
    }
  refusal = act (self->hub, who, when, owned);

  return refusal == NULL;
}

/* Health writes its own view, and the plan where that is health’s; the others write the plan and
 * the decision. */
static MashRecord *
choose_part (World       *self,
             Writer      *writer,
             const char **field)
{
  gboolean first = g_rand_boolean (self->rand);

  if (writer->who == &nurse)
    {
      *field = first ? "text" : "medical-consent";
      return first ? writer->view : writer->plan;
    }

  *field = first ? chairs_fields[g_rand_int_range (self->rand, 0, 4)] : "rationale";

  return first ? writer->plan : writer->child;
}

static void
write_text (World  *self,
            Writer *writer)
{
  const char *field;
  MashRecord *record = choose_part (self, writer, &field);
  MashEdit *edit = mash_edit_new_for (record);
  g_autofree char *text = g_strdup_printf ("Text %u of %s", ++self->n, writer->who->person);

  mash_edit_set_text (edit, field, text);
  if (!submit (self, writer->who, deed_of ("write-discussion", edit)))
    return;
  g_ptr_array_add (self->texts, g_steal_pointer (&text));
  if (mash_record_has (record, field))
    g_hash_table_add (self->replaced, g_strdup (mash_record_get_text (record, field)));
}

static void
write_note (World  *self,
            Writer *writer)
{
  g_autofree char *id = g_strdup_printf ("note-%u", ++self->n);
  g_autofree char *text = g_strdup_printf ("Note %u", self->n);

  if (submit (self, writer->who,
              deed_of ("write-discussion",
                       part (self->hub, "sd-note", id, "at", "2026-11-23T11:00:00.000Z",
                             "agency", "agency-csc", "text", text, NULL))))
    g_ptr_array_add (self->texts, g_steal_pointer (&text));
}

static void
arrive (World  *self,
        Writer *writer)
{
  static const char *const agencies[] = { "agency-hth", "agency-edu" };
  const char *agency = agencies[g_rand_int_range (self->rand, 0, 2)];
  g_autofree char *id = g_strdup_printf ("participant-%s", agency);
  g_autofree char *when = tick (self);

  submit (self, writer->who,
          deed_of ("write-discussion",
                   part (self->hub, "sd-participant", id, "agency", agency,
                         "attended", g_rand_boolean (self->rand) ? "PRESENT" : "PART",
                         "arrived-at", when, "senior", "yes", NULL)));
}

/* What stands is replaced by the chair, who has both before them. */
static void
take_version (World      *self,
              MashRecord *version)
{
  const char *field = mash_record_get_text (version, "of-field");
  g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (self->hub->facts),
                                                     mash_record_get_text (version, "of-kind"),
                                                     mash_record_get_text (version, "of-record"));
  MashEdit *of = mash_edit_new_for (record);

  mash_edit_set_text (of, field, mash_record_get_text (version, "text"));
  if (!submit (self, &manager,
               group_of ("settle-version", NULL,
                         edit (self->hub, "sd-version", mash_record_get_id (version),
                               "choice", "TAKEN", NULL), of)))
    return;
  self->tally->taken++;
  if (mash_record_has (record, field))
    g_hash_table_add (self->replaced, g_strdup (mash_record_get_text (record, field)));
}

static void
settle (World *self)
{
  g_autoptr (GPtrArray) versions = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-version",
                                                    "discussion", DISCUSSION);

  for (guint i = 0; i < versions->len; i++)
    {
      MashRecord *version = g_ptr_array_index (versions, i);

      if (mash_record_has (version, "choice"))
        continue;
      if (g_rand_boolean (self->rand))
        take_version (self, version);
      else
        submit (self, &manager,
                deed_of ("settle-version", edit (self->hub, "sd-version",
                                                 mash_record_get_id (version),
                                                 "choice", "KEPT", NULL)));
    }
}

static void
end_and_ask (World *self)
{
  g_autofree char *when = tick (self);

  submit (self, &manager,
          deed_of ("finish-discussion", edit (self->hub, "strategy-discussion", DISCUSSION,
                                              "ended-at", when, NULL)));
  submit (self, &manager, ask_group (self->hub, when));
}

static char *
describe_answer (MashRecord *request)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s %s", mash_record_get_text (request, "answer"),
                          mash_record_get_int (request, "rev"),
                          mash_record_get_text (request, "seen-hash"),
                          mash_record_get_text (request, "answered-by"));
}

static void
note_answer (World      *self,
             const char *id)
{
  g_autoptr (MashRecord) request = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-request",
                                                      id);

  g_hash_table_insert (self->answers, g_strdup (id), describe_answer (request));
}

/* Signs or refuses by the fingerprint of what the writer saw last, which may be old; now and then
 * for a revision that is not the last. */
static void
answer (World  *self,
        Writer *writer)
{
  gboolean chair = writer->who == &manager;
  g_autoptr (GPtrArray) requests = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-request",
                                                    "capacity", writer->capacity);
  gboolean refuses = g_rand_int_range (self->rand, 0, 12) == 0;
  gboolean any = g_rand_int_range (self->rand, 0, 6) == 0;
  const char *id;
  g_autofree char *when = tick (self);

  if (requests->len == 0)
    return;
  id = mash_record_get_id (g_ptr_array_index (
                             requests, any ? (guint) g_rand_int_range (self->rand, 0,
                                                                       (gint) requests->len)
                                           : requests->len - 1));
  if (refuses &&
      submit (self, writer->who,
              group_of ("refuse-to-sign", "Not so", edit (self->hub, "sd-request", id,
                                                          "answered-at", when, NULL), NULL)))
    {
      self->tally->refusals++;
      note_answer (self, id);
    }
  else if (!refuses &&
           submit (self, writer->who,
                   deed_of (chair ? "sign-as-chair" : "sign-discussion",
                            edit (self->hub, "sd-request", id, "seen-hash", writer->hash, NULL))))
    {
      g_autofree char *stands = mash_signing_hash_content (MASH_FACTS (self->hub->facts),
                                                           DISCUSSION);

      g_assert_cmpstr (writer->hash, ==, stands);
      self->tally->signatures++;
      g_hash_table_insert (self->seen, g_strdup (id), g_strdup (writer->hash));
      note_answer (self, id);
    }
}

static gboolean
says (MashRecord *record,
      const char *text)
{
  const MashKind *kind = mash_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      GVariant *value = mash_record_get_value (record, i);

      if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) &&
          strcmp (g_variant_get_string (value, NULL), text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A text is on record where it stands, as another version, or it was replaced by somebody who had
 * read it. */
static gboolean
is_kept (World      *self,
         const char *text)
{
  static const char *const kinds[] = { "sd-plan", "sd-child", "sd-view", "sd-note",
                                       "sd-version" };

  if (g_hash_table_contains (self->replaced, text))
    return TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) records = mash_facts_list (MASH_FACTS (self->hub->facts), kinds[k],
                                                       "discussion", DISCUSSION);

      for (guint i = 0; i < records->len; i++)
        {
          if (says (g_ptr_array_index (records, i), text))
            return TRUE;
        }
    }

  return FALSE;
}

/* Three signatures of one revision over what stands, and nothing that waits for the chair. */
static void
check_signed (World      *self,
              MashRecord *discussion,
              GPtrArray  *requests,
              const char *hash)
{
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (g_strcmp0 (mash_record_get_text (request, "answer"), "SIGNED") == 0 &&
          mash_record_get_int (request, "rev") == mash_record_get_int (discussion, "rev") &&
          g_strcmp0 (mash_record_get_text (request, "seen-hash"), hash) == 0)
        n++;
    }
  g_assert_cmpuint (n, >=, N_WRITERS);
  g_assert_cmpuint (count (self->hub, "sd-version", "discussion", DISCUSSION), ==,
                    count (self->hub, "sd-version", "choice", "TAKEN") +
                    count (self->hub, "sd-version", "choice", "KEPT"));
  if (self->signed_hash == NULL)
    self->signed_hash = g_strdup (hash);
  g_assert_cmpstr (self->signed_hash, ==, hash);
}

static void
check_requests (World      *self,
                MashRecord *discussion,
                GPtrArray  *requests,
                const char *hash)
{
  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);
      const char *id = mash_record_get_id (request);
      const char *was = g_hash_table_lookup (self->answers, id);
      g_autofree char *is = describe_answer (request);

      if (was != NULL)
        g_assert_cmpstr (is, ==, was);
      else
        g_assert_false (mash_record_has (request, "answer"));
      if (mash_signing_stands (discussion, request))
        g_assert_cmpstr (g_hash_table_lookup (self->seen, id), ==, hash);
    }
}

static void
check (World *self)
{
  g_autoptr (GPtrArray) requests = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-request",
                                                    "discussion", DISCUSSION);
  g_autoptr (MashRecord) discussion = mash_facts_lookup (MASH_FACTS (self->hub->facts),
                                                         "strategy-discussion", DISCUSSION);
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (self->hub->facts), DISCUSSION);
  gint64 rev = mash_record_get_int (discussion, "rev");

  for (guint i = 0; i < self->texts->len; i++)
    g_assert_true (is_kept (self, g_ptr_array_index (self->texts, i)));
  check_requests (self, discussion, requests, hash);
  g_assert_cmpint (rev, >=, self->rev);
  self->tally->revisions += self->rev > 0 && rev > self->rev;
  self->rev = rev;
  if (self->signed_hash != NULL)
    g_assert_cmpstr (mash_record_get_text (discussion, "state"), ==, "SIGNED");
  if (g_strcmp0 (mash_record_get_text (discussion, "state"), "SIGNED") == 0)
    check_signed (self, discussion, requests, hash);
}

static void
step (World *self)
{
  Writer *writer = &self->writers[g_rand_int_range (self->rand, 0, N_WRITERS)];
  int drawn = g_rand_int_range (self->rand, 0, 10);

  /* In the second half they mostly read and sign, so that some come to an end. */
  if (self->n_steps++ > STEPS / 2 && drawn >= 3 && drawn <= 6 &&
      g_rand_int_range (self->rand, 0, 8) > 0)
    drawn = 0;

  switch (drawn)
    {
    case 0:
    case 1:
    case 2:
      look (self, writer);
      break;
    case 3:
    case 4:
      write_text (self, writer);
      break;
    case 5:
      write_note (self, &self->writers[0]);
      break;
    case 6:
      arrive (self, &self->writers[0]);
      break;
    case 7:
      settle (self);
      end_and_ask (self);
      break;
    default:
      answer (self, writer);
      break;
    }
}

static void
begin (Hub *hub)
{
  create (hub, "2026-11-23T09:00:00.000Z", "2026-11-23T09:10:00.000Z");
  start (hub, &manager, "2026-11-23T11:00:00.000Z");
  attend (hub, "agency-csc", "PRESENT", "2026-11-23T11:00:00.000Z");
  attend (hub, "agency-pol", "PRESENT", "2026-11-23T11:00:00.000Z");
  attend (hub, "agency-hth", "PRESENT", "2026-11-23T11:00:00.000Z");
  decide (hub, "NOS47_S17", "2026-11-23T11:00:00.000Z");
  view (hub, &manager, "AGREE", NULL, "2026-11-23T11:00:00.000Z");
  view (hub, &sergeant, "AGREE", NULL, "2026-11-23T11:00:00.000Z");
  view (hub, &nurse, "AGREE", NULL, "2026-11-23T11:00:00.000Z");
  do_it (hub, &teacher, "2026-11-23T11:00:00.000Z",
         deed_of ("write-discussion", part (hub, "sd-view", "view-edu", "agency", "agency-edu",
                                            "position", "AGREE", NULL)));
  do_it (hub, &manager, "2026-11-23T11:00:00.000Z",
         deed_of ("write-discussion", part (hub, "sd-plan", "plan", "scene", "None", NULL)));
}

static void
play (guint32 seed,
      Tally  *tally)
{
  static const Who *const people[N_WRITERS] = { &manager, &sergeant, &nurse };
  static const char *const capacities[N_WRITERS] = { "CHAIR", "POLICE", "HEALTH" };
  Hub hub;
  World world = { .hub = &hub, .rand = g_rand_new_with_seed (seed), .tally = tally };
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n_after = 0;

  set_up (&hub, NULL);
  begin (&hub);
  world.texts = texts;
  world.seen = seen;
  world.answers = answers;
  world.replaced = replaced;
  for (guint i = 0; i < N_WRITERS; i++)
    {
      world.writers[i].who = people[i];
      world.writers[i].capacity = capacities[i];
      look (&world, &world.writers[i]);
    }
  for (guint i = 0; i < STEPS && n_after < STEPS_AFTER; i++)
    {
      step (&world);
      check (&world);
      n_after += world.signed_hash != NULL;
    }
  tally->whole += world.signed_hash != NULL;
  for (guint i = 0; i < N_WRITERS; i++)
    {
      mash_record_unref (world.writers[i].plan);
      mash_record_unref (world.writers[i].child);
      mash_record_unref (world.writers[i].view);
      g_free (world.writers[i].hash);
    }
  g_free (world.signed_hash);
  g_rand_free (world.rand);
  tear_down (&hub, NULL);
}

static void
test_interleavings (void)
{
  Tally tally = { 0 };

  for (guint32 seed = 1; seed <= ROUNDS; seed++)
    play (seed, &tally);

  /* The game is worth playing only if people do in it what it is about; it is always the same. */
  g_test_message ("%u signatures, %u refusals, %u versions taken, %u new revisions, %u of %u "
                  "records signed", tally.signatures, tally.refusals, tally.taken,
                  tally.revisions, tally.whole, ROUNDS);
  g_assert_cmpuint (tally.signatures, >, ROUNDS);
  g_assert_cmpuint (tally.refusals, >, ROUNDS / 4);
  g_assert_cmpuint (tally.taken, >, ROUNDS / 4);
  g_assert_cmpuint (tally.revisions, >, ROUNDS / 4);
  g_assert_cmpuint (tally.whole, >, ROUNDS / 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strategy/interleavings", test_interleavings);

  return g_test_run ();
}
