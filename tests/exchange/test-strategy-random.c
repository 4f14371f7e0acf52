/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-signing.h"
#include "mash-versions.h"
#include "strategy-hub.h"

/* Two writers hold one discussion in any order of edits, arrivals, requests, signatures and
 * refusals. Each writes by what they saw last, which may be out of date. Whatever happens, every
 * text that was taken is on record somewhere, and no signature stands over content that its signer
 * did not see. */

#define ROUNDS 60
#define STEPS  90

/* A record of what somebody sees: the parts of the plan and the child’s row, as they read them. */
typedef struct
{
  const Who  *who;
  MashRecord *plan;
  MashRecord *child;
  char       *hash;
} Writer;

typedef struct
{
  Hub        *hub;
  GRand      *rand;
  Writer      writers[2];
  GPtrArray  *texts;    /* every text that was taken */
  GHashTable *replaced; /* texts that somebody replaced who had read them */
  GHashTable *seen;     /* signature → fingerprint of what its signer saw */
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
  g_free (writer->hash);
  writer->plan = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-plan", "plan");
  writer->child = mash_facts_lookup (MASH_FACTS (self->hub->facts), "sd-child",
                                     "child-" DISCUSSION);
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
  g_autoptr (MashGroup) divided = NULL;
  g_autofree char *refusal = NULL;
  guint n;

  divided = mash_versions_divide (MASH_FACTS (self->hub->facts), group, make_id, self->hub, &n);
  if (mash_group_get_n_edits (divided) == 0)
    return TRUE;
  refusal = act (self->hub, who, when, divided);

  return refusal == NULL;
}

static void
write_text (World  *self,
            Writer *writer)
{
  gboolean plan = g_rand_boolean (self->rand);
  MashRecord *record = plan ? writer->plan : writer->child;
  const char *field = plan ? chairs_fields[g_rand_int_range (self->rand, 0, 4)] : "rationale";
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

static void
settle (World *self)
{
  g_autoptr (GPtrArray) versions = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-version",
                                                    "discussion", DISCUSSION);

  for (guint i = 0; i < versions->len; i++)
    {
      MashRecord *version = g_ptr_array_index (versions, i);

      if (!mash_record_has (version, "choice"))
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

/* Signs or refuses by the fingerprint of what the writer saw last, which may be old. */
static void
answer (World  *self,
        Writer *writer)
{
  gboolean chair = writer->who == &manager;
  g_autoptr (GPtrArray) requests = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-request",
                                                    "capacity", chair ? "CHAIR" : "POLICE");
  gboolean refuses = g_rand_int_range (self->rand, 0, 8) == 0;
  const char *id;
  g_autofree char *when = tick (self);

  if (requests->len == 0)
    return;
  id = mash_record_get_id (g_ptr_array_index (requests, requests->len - 1));
  if (refuses)
    submit (self, writer->who,
            group_of ("refuse-to-sign", "Not so", edit (self->hub, "sd-request", id,
                                                        "answered-at", when, NULL), NULL));
  else if (submit (self, writer->who,
                   deed_of (chair ? "sign-as-chair" : "sign-discussion",
                            edit (self->hub, "sd-request", id, "seen-hash", writer->hash, NULL))))
    g_hash_table_insert (self->seen, g_strdup (id), g_strdup (writer->hash));
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
  static const char *const kinds[] = { "sd-plan", "sd-child", "sd-note", "sd-version" };

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

static void
check (World *self)
{
  g_autoptr (GPtrArray) requests = mash_facts_list (MASH_FACTS (self->hub->facts), "sd-request",
                                                    "discussion", DISCUSSION);
  g_autoptr (MashRecord) discussion = mash_facts_lookup (MASH_FACTS (self->hub->facts),
                                                         "strategy-discussion", DISCUSSION);
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (self->hub->facts), DISCUSSION);

  for (guint i = 0; i < self->texts->len; i++)
    g_assert_true (is_kept (self, g_ptr_array_index (self->texts, i)));
  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (!mash_signing_stands (discussion, request))
        continue;
      g_assert_cmpstr (g_hash_table_lookup (self->seen, mash_record_get_id (request)), ==, hash);
    }
}

static void
step (World *self)
{
  Writer *writer = &self->writers[g_rand_int_range (self->rand, 0, 2)];

  switch (g_rand_int_range (self->rand, 0, 10))
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

static guint
play (guint32 seed)
{
  Hub hub;
  World world = { .hub = &hub, .rand = g_rand_new_with_seed (seed) };
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint signatures;

  set_up (&hub, NULL);
  begin (&hub);
  world.texts = texts;
  world.seen = seen;
  world.replaced = replaced;
  world.writers[0].who = &manager;
  world.writers[1].who = &sergeant;
  look (&world, &world.writers[0]);
  look (&world, &world.writers[1]);
  for (guint i = 0; i < STEPS; i++)
    {
      step (&world);
      check (&world);
    }
  signatures = g_hash_table_size (seen);
  for (guint i = 0; i < 2; i++)
    {
      mash_record_unref (world.writers[i].plan);
      mash_record_unref (world.writers[i].child);
      g_free (world.writers[i].hash);
    }
  g_rand_free (world.rand);
  tear_down (&hub, NULL);

  return signatures;
}

static void
test_interleavings (void)
{
  guint signatures = 0;

  for (guint32 seed = 1; seed <= ROUNDS; seed++)
    signatures += play (seed);

  /* The game is worth playing only if people do sign in it. */
  g_assert_cmpuint (signatures, >, ROUNDS / 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/strategy/interleavings", test_interleavings);

  return g_test_run ();
}
