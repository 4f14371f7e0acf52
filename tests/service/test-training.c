/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "mash-circulation.h"
#include "mash-deed.h"
#include "mash-identifiers.h"
#include "mash-policy-reader.h"
#include "mash-rereferral.h"
#include "mash-store.h"
#include "mash-time.h"
#include "mash-training-concerns.h"
#include "mash-training-names.h"
#include "mash-training-script.h"
#include "mash-training.h"

#define UNTIL "2026-10-13T14:31:00.000Z"
#define SMALL 60

static const char *const states[] = {
  "C10", "C20", "C25", "C30", "C40", "C50", "C60", "C65", "C70", "C75", "C80", "C90", "C95", "X10",
  "X20",
};

static gint64
get_until (void)
{
  gint64 until;

  g_assert_true (mash_time_parse (UNTIL, &until));

  return until;
}

static guint
count_outcome (GArray     *entries,
               const char *outcomes)
{
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const char *outcome = g_array_index (entries, MashTrainingEntry, i).outcome;

      if (outcome != NULL && mash_words_contain (outcomes, outcome))
        n++;
    }

  return n;
}

/* Scenario 18: the published table, to the number. */
static void
test_sums (void)
{
  MashTrainingPlan plan;
  MashTrainingSums sums;
  g_autoptr (GArray) entries = NULL;
  guint n_open = 0;

  mash_training_plan_init (&plan, 1, 0, 0, get_until ());
  mash_training_plan_sum (&plan, &sums);
  g_assert_cmpuint (plan.weeks, ==, 7);
  g_assert_cmpuint (sums.contacts, ==, 3675);
  g_assert_cmpuint (sums.referrals, ==, 1117);
  g_assert_cmpuint (sums.advice, ==, 2510);
  g_assert_cmpuint (sums.strategy, ==, 72);
  g_assert_cmpuint (sums.assessments, ==, 254);
  g_assert_cmpuint (sums.open, ==, 48);

  entries = mash_training_plan_list (&plan);
  g_assert_cmpuint (entries->len, ==, 3675);
  g_assert_cmpuint (count_outcome (entries, "O06"), ==, 72);
  g_assert_cmpuint (count_outcome (entries, "O05"), ==, 254);
  g_assert_cmpuint (count_outcome (entries, "O01 O02"), ==, 2510);
  for (guint i = 0; i < entries->len; i++)
    {
      const MashTrainingEntry *entry = &g_array_index (entries, MashTrainingEntry, i);

      n_open += entry->outcome == NULL;
      g_assert_cmpint (entry->received, <=, plan.until);
      g_assert_cmpint (entry->received, >=, plan.until - 49 * MASH_TIME_DAY);
    }
  g_assert_cmpuint (n_open, ==, 48);
}

static void
test_proportion (void)
{
  static const struct
  {
    guint weeks, contacts;
    guint all, referrals, advice, strategy, assessments, open;
  } cases[] = {
    { 7, 0, 3675, 1117, 2510, 72, 254, 48 },
    { 14, 0, 7350, 2234, 5020, 144, 508, 96 },
    { 1, 0, 525, 157, 354, 10, 36, 14 },
    { 7, 60, 60, 14, 32, 1, 3, 14 },
    { 1, 9, 9, 2, 4, 0, 1, 3 },
    { 1, 1, 1, 0, 1, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MashTrainingPlan plan;
      MashTrainingSums sums;

      g_test_message ("%u weeks, %u contacts", cases[i].weeks, cases[i].contacts);
      mash_training_plan_init (&plan, 1, cases[i].weeks, cases[i].contacts, get_until ());
      mash_training_plan_sum (&plan, &sums);
      g_assert_cmpuint (sums.contacts, ==, cases[i].all);
      g_assert_cmpuint (sums.referrals, ==, cases[i].referrals);
      g_assert_cmpuint (sums.advice, ==, cases[i].advice);
      g_assert_cmpuint (sums.strategy, ==, cases[i].strategy);
      g_assert_cmpuint (sums.assessments, ==, cases[i].assessments);
      g_assert_cmpuint (sums.open, ==, cases[i].open);
      g_assert_cmpuint (sums.referrals + sums.advice + sums.open, ==, sums.contacts);
    }
}

/* The step that was published with the generator. */
static void
test_random (void)
{
  MashTrainingRandom random = { 1234567 };

  g_assert_cmpuint (mash_training_random_next (&random), ==,
                    G_GUINT64_CONSTANT (6457827717110365317));
  g_assert_cmpuint (mash_training_random_next (&random), ==,
                    G_GUINT64_CONSTANT (3203168211198807973));
}

/* Numbers pass their checks and are nobody’s. */
static void
test_numbers (void)
{
  MashTrainingRandom random;

  mash_training_random_init (&random, 5, 0);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *nhs = mash_training_make_nhs_number (&random);
      g_autofree char *upn = mash_training_make_upn (&random);
      g_autofree char *postcode = mash_training_make_postcode (&random);
      g_autofree char *mobile = mash_training_make_mobile (&random);
      g_autofree char *landline = mash_training_make_landline (&random);

      g_assert_true (mash_nhs_number_check (nhs));
      g_assert_true (g_str_has_prefix (nhs, "999"));
      g_assert_true (mash_upn_check (upn));
      g_assert_true (g_str_has_prefix (postcode, "ZZ"));
      g_assert_true (g_str_has_prefix (mobile, "07700 900"));
      g_assert_true (g_str_has_prefix (landline, "01632 960"));
    }
}

/* Every concern fits its line, every slot is known, every source has something to say. */
static void
test_concerns (void)
{
  g_autoptr (MashTrainingFamily) family = NULL;
  MashTrainingRandom random;
  guint n;
  const MashTrainingConcern *concerns = mash_training_list_concerns (&n);

  mash_training_random_init (&random, 7, 0);
  family = mash_training_family_new (&random, mash_time_get_local_day (get_until ()), 6, 12);
  g_assert_cmpuint (n, >=, 60);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = mash_training_fill (&random, concerns[i].line, family);
      g_autofree char *detail = mash_training_fill (&random, concerns[i].detail, family);

      g_assert_cmpint (g_utf8_strlen (line, -1), <=, 68);
      g_assert_null (strchr (line, '{'));
      g_assert_null (strchr (detail, '{'));
    }
  for (guint i = 0; i < 2000; i++)
    {
      const char *source = mash_training_pick_source (&random, i % 2 == 0);

      g_assert_nonnull (mash_training_pick_concern (&random, source, i % 4));
    }
}

/* A bigger register took longer to come together: its weeks are as full as those of any other. */
static void
test_weeks (void)
{
  static const struct
  {
    guint weeks, contacts, expected;
  } cases[] = {
    { 0, 0, 7 }, { 0, 60, 7 }, { 0, 3675, 7 }, { 0, 5250, 10 }, { 0, 50000, 95 },
    { 0, 500000, 520 }, { 3, 50000, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MashTrainingPlan plan;

      mash_training_plan_init (&plan, 1, cases[i].weeks, cases[i].contacts, get_until ());
      g_assert_cmpuint (plan.weeks, ==, cases[i].expected);
    }
}

/* The most contacts that a script holds in memory at once, all of which it goes through. */
static guint
go_through (guint       contacts,
            MashPolicy *policy)
{
  MashTrainingHub hub = { .calendar = mash_policy_get_calendar (policy, "england"),
                          .until = get_until () };
  g_autoptr (GHashTable) begun = g_hash_table_new (NULL, NULL);
  g_autoptr (MashTrainingScript) script = NULL;
  MashTrainingContact *contact;
  MashTrainingStep step;
  MashTrainingPlan plan;
  gint64 at = 0;
  guint held = 0, n_reopened = 0;

  mash_training_plan_init (&plan, 1, 0, contacts, get_until ());
  script = mash_training_script_new (&hub, &plan);
  while (mash_training_script_next (script, &contact, &step))
    {
      g_assert_nonnull (contact);
      g_assert_cmpint (step.at, >=, at);
      g_assert_cmpint (step.at, <, hub.until);
      g_assert_true ((step.deed == MASH_TRAINING_CREATE) ==
                     g_hash_table_add (begun, GUINT_TO_POINTER (step.contact)));
      at = step.at;
      n_reopened += step.deed == MASH_TRAINING_REOPEN &&
                    step.at == hub.until - 64 * MASH_TIME_MINUTE;
      held = MAX (held, mash_training_script_get_n_held (script));
    }
  g_assert_cmpuint (g_hash_table_size (begun), ==, contacts);
  g_assert_cmpuint (n_reopened, ==, 1);
  g_assert_false (mash_training_script_next (script, &contact, &step));

  return held;
}

/* Each contact begins once, nothing is done before what was done last, and of a register three
 * times as big no more is in memory but for what is open in it. */
static void
test_script (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  guint few = go_through (5250, policy);
  guint many = go_through (15750, policy);

  g_assert_no_error (error);
  g_assert_cmpuint (few, <, 2000);
  g_assert_cmpuint (many, <, few + 500);
}

static void
on_made_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
make (const char    *folder,
      guint64        seed,
      guint          weeks,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  MashTrainingPlan plan;

  mash_training_plan_init (&plan, seed, weeks, SMALL, get_until ());
  plan.moves_clock = TRUE;
  mash_training_make_async (folder, &plan, NULL, NULL, cancellable, on_made_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return mash_training_make_finish (result, error);
}

static MashStore *
open_hub (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text ("training", -1, &error);
  MashStore *store = mash_store_open (folder, policy, "moira.tennant", passphrase, &error);

  g_assert_no_error (error);

  return store;
}

static void
digest_record (GChecksum  *sum,
               MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);
  const MashStamps *stamps = mash_record_get_stamps (record);
  g_autofree char *head = g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s %s %s\n", kind->name,
                                           mash_record_get_id (record),
                                           mash_record_get_revision (record), stamps->created_at,
                                           stamps->created_by, stamps->updated_by);

  g_checksum_update (sum, (const guchar *) head, -1);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      GVariant *value = mash_record_get_value (record, i);
      g_autofree char *text = value != NULL ? g_variant_print (value, FALSE) : NULL;

      /* Keys are made anew for each hub. */
      if (text != NULL && strcmp (kind->fields[i].name, "public-key") != 0)
        g_checksum_update (sum, (const guchar *) text, -1);
    }
}

static void
digest_list (GChecksum  *sum,
             MashStore  *store,
             const char *kind,
             const char *field,
             const char *value)
{
  g_autoptr (GPtrArray) records = mash_store_list (store, kind, field, value);

  for (guint i = 0; i < records->len; i++)
    digest_record (sum, g_ptr_array_index (records, i));
}

static void
digest_person (GChecksum  *sum,
               MashStore  *store,
               const char *id)
{
  g_autoptr (MashRecord) person = mash_store_lookup (store, "person", id);
  g_autoptr (GPtrArray) members = mash_store_list (store, "household-member", "person", id);

  digest_record (sum, person);
  digest_list (sum, store, "contact-point", "person", id);
  digest_list (sum, store, "person-name", "person", id);
  digest_list (sum, store, "relationship", "from-person", id);
  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (MashRecord) household = NULL;
      g_autoptr (MashRecord) address = NULL;

      digest_record (sum, g_ptr_array_index (members, i));
      household = mash_store_lookup (store, "household",
                                     mash_record_get_text (g_ptr_array_index (members, i),
                                                           "household"));
      digest_record (sum, household);
      address = mash_store_lookup (store, "address", mash_record_get_text (household, "address"));
      if (address != NULL)
        digest_record (sum, address);
    }
}

static void
digest_contact (GChecksum  *sum,
                MashStore  *store,
                const char *id)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (store, "contact-subject", "contact", id);
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      if (mash_kind_get_contact_field (kinds[i]) != MASH_NO_FIELD)
        digest_list (sum, store, kinds[i]->name, "contact", id);
    }
  for (guint i = 0; i < subjects->len; i++)
    digest_person (sum, store, mash_record_get_text (g_ptr_array_index (subjects, i), "person"));
}

/* Every record of a hub in one number. */
static char *
digest_hub (MashStore *store)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) staff = mash_store_list_staff (store, NULL);

  for (guint i = 0; i < staff->len; i++)
    {
      const MashStaffRow *row = g_ptr_array_index (staff, i);
      g_autoptr (MashRecord) person = mash_store_lookup (store, "staff", row->staff);
      g_autoptr (MashRecord) post = mash_store_lookup (store, "post", row->post);

      digest_record (sum, person);
      digest_record (sum, post);
    }
  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) contacts = mash_store_list (store, "contact", "state", states[s]);

      for (guint i = 0; i < contacts->len; i++)
        {
          digest_record (sum, g_ptr_array_index (contacts, i));
          digest_contact (sum, store, mash_record_get_id (g_ptr_array_index (contacts, i)));
        }
    }

  return g_strdup (g_checksum_get_string (sum));
}

static void
check_sums (MashStore *store)
{
  guint n_all = 0, n_advice = 0, n_referrals = 0, n_assessments = 0;

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) contacts = mash_store_list (store, "contact", "state", states[s]);

      if (strcmp (states[s], "C75") != 0 && strcmp (states[s], "C95") != 0)
        g_assert_cmpuint (contacts->len, >, 0);
      n_all += contacts->len;
      for (guint i = 0; i < contacts->len; i++)
        {
          const char *id = mash_record_get_id (g_ptr_array_index (contacts, i));
          g_autoptr (MashRecord) decision = mash_facts_find_newest (MASH_FACTS (store), "decision",
                                                                    id);
          const char *outcome = decision != NULL ? mash_record_get_text (decision, "outcome")
                                                 : NULL;

          if (outcome == NULL)
            continue;
          n_advice += mash_words_contain ("O01 O02", outcome);
          n_referrals += !mash_words_contain ("O01 O02", outcome);
          n_assessments += strcmp (outcome, "O05") == 0;
        }
    }

  g_assert_cmpuint (n_all, ==, SMALL);
  g_assert_cmpuint (n_advice, ==, 32);
  g_assert_cmpuint (n_referrals, ==, 14);
  g_assert_cmpuint (n_assessments, ==, 3);
}

static guint
count_circulated (MashStore  *store,
                  const char *contact)
{
  g_autoptr (GPtrArray) discussions = mash_store_list (store, "strategy-discussion", "contact",
                                                       contact);
  guint n = 0;

  for (guint i = 0; i < discussions->len; i++)
    {
      MashRecord *discussion = g_ptr_array_index (discussions, i);
      const char *id = mash_record_get_id (discussion);
      g_autoptr (GPtrArray) copies = mash_store_list (store, "sd-circulation", "discussion", id);
      guint n_due, n_sent = mash_circulation_count_sent (MASH_FACTS (store), id, &n_due);

      if (copies->len == 0)
        continue;
      g_assert_cmpuint (n_due, >=, 3);
      g_assert_cmpstr (mash_record_get_text (discussion, "state"), ==,
                       n_sent == n_due ? "CIRCULATED" : "SIGNED");
      n += n_sent == n_due;
    }

  return n;
}

static void
check_proof (MashStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerifyReport) report = NULL;

  g_assert_true (mash_store_verify (store, NULL, NULL, NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (report->fault, ==, NULL);
  g_assert_true (report->holds);
}

static char *
make_parent (void)
{
  g_autoptr (GError) error = NULL;
  char *parent = g_dir_make_tmp ("mash-training-XXXXXX", &error);

  g_assert_no_error (error);

  return parent;
}

static void
remove_hub (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_hub (void)
{
  static const guint64 seeds[] = { 3, 3, 4 };
  g_autofree char *parent = make_parent ();
  char *digests[G_N_ELEMENTS (seeds)];

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", parent, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (MashStore) store = NULL;

      make (folder, seeds[i], 1, NULL, &error);
      g_assert_no_error (error);
      store = open_hub (folder);
      check_sums (store);
      check_proof (store);
      digests[i] = digest_hub (store);
      g_assert_true (mash_store_close (store, &error));
      remove_hub (folder);
    }

  g_assert_cmpstr (digests[0], ==, digests[1]);
  g_assert_cmpstr (digests[0], !=, digests[2]);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    g_free (digests[i]);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

/* What went to one went to all who were there, and the record is circulated. */
static void
test_copies (void)
{
  g_autofree char *parent = make_parent ();
  g_autofree char *folder = g_build_filename (parent, "hub", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStore) store = NULL;
  guint n = 0;

  make (folder, 3, 7, NULL, &error);
  g_assert_no_error (error);
  store = open_hub (folder);
  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) contacts = mash_store_list (store, "contact", "state", states[s]);

      for (guint i = 0; i < contacts->len; i++)
        n += count_circulated (store, mash_record_get_id (g_ptr_array_index (contacts, i)));
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_true (mash_store_close (store, &error));
  remove_hub (folder);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

/* Neither a full folder nor a hub that was stopped leaves anything behind. */
static void
test_refused (void)
{
  g_autofree char *parent = make_parent ();
  g_autofree char *folder = g_build_filename (parent, "hub", NULL);
  g_autofree char *file = g_build_filename (folder, "kept", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) stopped = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_assert_false (make (folder, 1, 1, NULL, &full));
  g_assert_nonnull (full);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (file), ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_false (make (folder, 1, 1, cancellable, &stopped));
  g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/training/random", test_random);
  g_test_add_func ("/training/sums", test_sums);
  g_test_add_func ("/training/proportion", test_proportion);
  g_test_add_func ("/training/weeks", test_weeks);
  g_test_add_func ("/training/script", test_script);
  g_test_add_func ("/training/numbers", test_numbers);
  g_test_add_func ("/training/concerns", test_concerns);
  g_test_add_func ("/training/hub", test_hub);
  g_test_add_func ("/training/copies", test_copies);
  g_test_add_func ("/training/refused", test_refused);

  return g_test_run ();
}
