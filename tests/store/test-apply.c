/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-rules.h"
#include "mash-time.h"

/* A way to spoil a step that another desk hands in. */
typedef struct
{
  const char *what;
  void      (*spoil) (StoreFixture *fixture, GPtrArray *changes, gboolean *sign_again);
  GQuark    (*domain) (void);
  int         code;
} Hostile;

/* Seals a group as another desk of the same person would, without applying it. */
static GPtrArray *
seal (StoreFixture *fixture,
      MashGroup    *group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sealed = NULL;
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);

  mash_rules_complete (fixture->policy, MASH_FACTS (fixture->store),
                       mash_store_prepare_actor (fixture->store), group,
                       (MashIdSource) mash_store_make_id, fixture->store);
  sealed = mash_store_seal_group (fixture->store, group, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sealed->len; i++)
    g_ptr_array_add (changes,
                     mash_change_copy (((MashSealed *) g_ptr_array_index (sealed, i))->change));

  return changes;
}

static void
sign (StoreFixture *fixture,
      MashChange   *change)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];

  mash_store_sign (fixture->store, change, MASH_CHANGE_PURPOSE, digest, &error);
  g_assert_no_error (error);
}

static MashChange *
find_change (GPtrArray  *changes,
             const char *kind)
{
  for (guint i = 0; i < changes->len; i++)
    {
      MashChange *change = g_ptr_array_index (changes, i);

      if (strcmp (change->kind, kind) == 0)
        return change;
    }
  g_assert_not_reached ();
}

static void
set (char      **field,
     const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
replace (MashChange *change,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (change->body, from, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  g_free (change->body);
  change->body = g_strjoinv (to, parts);
}

static void
spoil_signature (StoreFixture *fixture,
                 GPtrArray    *changes,
                 gboolean     *sign_again)
{
  ((MashChange *) g_ptr_array_index (changes, 1))->signature[10] ^= 1;
  *sign_again = FALSE;
}

static void
spoil_body_only (StoreFixture *fixture,
                 GPtrArray    *changes,
                 gboolean     *sign_again)
{
  replace (find_change (changes, "person"), "Ellie", "Billy");
  *sign_again = FALSE;
}

static void
spoil_hub (StoreFixture *fixture,
           GPtrArray    *changes,
           gboolean     *sign_again)
{
  for (guint i = 0; i < changes->len; i++)
    set (&((MashChange *) g_ptr_array_index (changes, i))->hub, "another-hub");
}

static void
spoil_order (StoreFixture *fixture,
             GPtrArray    *changes,
             gboolean     *sign_again)
{
  gpointer first = g_ptr_array_index (changes, 0);

  changes->pdata[0] = changes->pdata[1];
  changes->pdata[1] = first;
}

static void
spoil_whole (StoreFixture *fixture,
             GPtrArray    *changes,
             gboolean     *sign_again)
{
  g_ptr_array_remove_index (changes, changes->len - 1);
}

static void
spoil_author (StoreFixture *fixture,
              GPtrArray    *changes,
              gboolean     *sign_again)
{
  for (guint i = 0; i < changes->len; i++)
    set (&((MashChange *) g_ptr_array_index (changes, i))->person, fixture->manager);
  *sign_again = FALSE;
}

static void
spoil_post (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  g_autoptr (GPtrArray) posts = mash_store_list (fixture->store, "post", "staff",
                                                 fixture->manager);

  for (guint i = 0; i < changes->len; i++)
    set (&((MashChange *) g_ptr_array_index (changes, i))->post,
         mash_record_get_id (g_ptr_array_index (posts, 0)));
}

static void
spoil_time (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  for (guint i = 0; i < changes->len; i++)
    set (&((MashChange *) g_ptr_array_index (changes, i))->said_at, "2099-01-01T00:00:00.000Z");
}

static void
spoil_kind (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  set (&find_change (changes, "person")->kind, "meta");
}

static void
spoil_field (StoreFixture *fixture,
             GPtrArray    *changes,
             gboolean     *sign_again)
{
  replace (find_change (changes, "person"), "\"birth\"", "\"revision\"");
}

static void
spoil_form (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  replace (find_change (changes, "person"), "2019-03-04", "2019-02-31");
}

static void
spoil_code (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  replace (find_change (changes, "person"), "\"CHILD\"", "\"ROBOT\"");
}

static void
spoil_json (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  replace (find_change (changes, "person"), "{", "{ /* */ ");
}

static void
spoil_state (StoreFixture *fixture,
             GPtrArray    *changes,
             gboolean     *sign_again)
{
  replace (find_change (changes, "contact"), "\"C10\"", "\"C70\"");
}

static void
spoil_deed (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  for (guint i = 0; i < changes->len; i++)
    replace (g_ptr_array_index (changes, i), "\"create\"", "\"conjure\"");
}

static void
spoil_two_deeds (StoreFixture *fixture,
                 GPtrArray    *changes,
                 gboolean     *sign_again)
{
  replace (g_ptr_array_index (changes, 1), "\"create\"", "\"edit\"");
}

static void
spoil_clock (StoreFixture *fixture,
             GPtrArray    *changes,
             gboolean     *sign_again)
{
  replace (find_change (changes, "clock"), "\"due-at\":\"20", "\"due-at\":\"21");
}

static void
spoil_reference (StoreFixture *fixture,
                 GPtrArray    *changes,
                 gboolean     *sign_again)
{
  replace (find_change (changes, "contact-subject"), find_change (changes, "person")->record,
           "0190a1b2-0000-7000-8000-00000000dead");
}

static void
spoil_base (StoreFixture *fixture,
            GPtrArray    *changes,
            gboolean     *sign_again)
{
  find_change (changes, "person")->base = 3;
}

static void
spoil_ids (StoreFixture *fixture,
           GPtrArray    *changes,
           gboolean     *sign_again)
{
  set (&find_change (changes, "person")->id, "drop-table");
}

static void
spoil_record_id (StoreFixture *fixture,
                 GPtrArray    *changes,
                 gboolean     *sign_again)
{
  set (&find_change (changes, "clock")->record, fixture->worker);
  set (&find_change (changes, "clock")->kind, "staff");
}

static const Hostile hostile[] = {
  { "a bit of a signature", spoil_signature, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a word of what was said", spoil_body_only, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "another hub", spoil_hub, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "another order", spoil_order, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "half a step", spoil_whole, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "another author", spoil_author, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "somebody else’s post", spoil_post, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a time to come", spoil_time, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a kind that is none", spoil_kind, mash_change_error_quark, MASH_CHANGE_ERROR_UNKNOWN },
  { "a field that is none", spoil_field, mash_change_error_quark, MASH_CHANGE_ERROR_UNKNOWN },
  { "a date that is none", spoil_form, mash_change_error_quark, MASH_CHANGE_ERROR_MALFORMED },
  { "a lenient body", spoil_json, mash_change_error_quark, MASH_CHANGE_ERROR_MALFORMED },
  { "a code that is none", spoil_code, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a state by hand", spoil_state, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a deed that is none", spoil_deed, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "two deeds in a step", spoil_two_deeds, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a clock of one’s own", spoil_clock, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a person who is none", spoil_reference, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a base from nowhere", spoil_base, mash_change_error_quark, MASH_CHANGE_ERROR_MALFORMED },
  { "an id of another form", spoil_ids, mash_store_error_quark, MASH_STORE_ERROR_REFUSED },
  { "a record of another kind", spoil_record_id, mash_change_error_quark,
    MASH_CHANGE_ERROR_UNKNOWN },
};

static void
test_hostile (StoreFixture  *fixture,
              gconstpointer  data)
{
  gint64 before = store_fixture_count (fixture, "SELECT count(*) FROM change");

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                               "2019-03-04");
      g_autoptr (GPtrArray) changes = seal (fixture, group);
      g_autoptr (GError) error = NULL;
      gboolean sign_again = TRUE;

      g_test_message ("%s", hostile[i].what);
      hostile[i].spoil (fixture, changes, &sign_again);
      for (guint j = 0; sign_again && j < changes->len; j++)
        sign (fixture, g_ptr_array_index (changes, j));

      g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
      g_assert_error (error, hostile[i].domain (), hostile[i].code);
      g_assert_null (strstr (error->message, "Ellie"));
      g_assert_null (strstr (error->message, "Marsh"));
      g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, before);
      g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM person"), ==, 0);
    }
}

static void
set_all (GPtrArray *changes,
         gsize      offset,
         const char *value)
{
  for (guint i = 0; i < changes->len; i++)
    set ((char **) ((guint8 *) g_ptr_array_index (changes, i) + offset), value);
}

/* What every change of a step says alike, said differently by one of them. */
static void
test_not_alike (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *what;
    gsize       offset;
    const char *value;
    gboolean    everywhere;
  } rows[] = {
    { "hub", G_STRUCT_OFFSET (MashChange, hub), "another-hub", FALSE },
    { "group", G_STRUCT_OFFSET (MashChange, group), "0190a1b2-0000-7000-8000-00000000beef", FALSE },
    { "desk", G_STRUCT_OFFSET (MashChange, desk), "desk-2", FALSE },
    { "person", G_STRUCT_OFFSET (MashChange, person), "somebody", FALSE },
    { "post", G_STRUCT_OFFSET (MashChange, post), "another-post", FALSE },
    { "time", G_STRUCT_OFFSET (MashChange, said_at), "2026-01-01T00:00:00.000Z", FALSE },
    { "compartment", G_STRUCT_OFFSET (MashChange, compartment), "sealed", FALSE },
    { "every group", G_STRUCT_OFFSET (MashChange, group), "group-1", TRUE },
    { "record", G_STRUCT_OFFSET (MashChange, record), "record-1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                               "2019-03-04");
      g_autoptr (GPtrArray) changes = seal (fixture, group);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].what);
      if (rows[i].everywhere)
        set_all (changes, rows[i].offset, rows[i].value);
      else
        set ((char **) ((guint8 *) g_ptr_array_index (changes, 1) + rows[i].offset),
             rows[i].value);
      g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, "This is not one whole step of this hub.");
    }
}

static void
set_place (GPtrArray *changes,
           guint      at,
           guint      index,
           guint      size)
{
  MashChange *change = g_ptr_array_index (changes, at);

  change->index = index;
  change->size = size;
}

/* Of a step that is partly closed to somebody the rest is still one step: in its order, each in a
 * place of its own, all of one size. */
static void
test_part_of_a_step (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    guint    index, size;   /* of the second that is left */
    gboolean holds;
  } rows[] = {
    { 2, 9, TRUE },
    { 8, 9, TRUE },
    { 0, 9, FALSE },
    { 9, 9, FALSE },
    { 2, 8, FALSE },
  };
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  g_autoptr (GPtrArray) changes = seal (fixture, group);
  const char *hub = mash_store_get_hub (fixture->store)->hub;

  g_assert_true (mash_store_is_of_one_group (changes, TRUE, hub));
  g_assert_true (mash_store_is_of_one_group (changes, FALSE, hub));
  g_assert_false (mash_store_is_of_one_group (changes, FALSE, "another-hub"));
  g_ptr_array_set_size (changes, 2);
  g_assert_false (mash_store_is_of_one_group (changes, TRUE, hub));
  set_place (changes, 0, 0, 9);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_place (changes, 1, rows[i].index, rows[i].size);
      g_assert_cmpint (mash_store_is_of_one_group (changes, FALSE, hub), ==, rows[i].holds);
    }
}

static void
refuse_step (StoreFixture *fixture,
             GPtrArray    *changes,
             int           code,
             const char   *sentence)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      mash_store_sign (fixture->store, g_ptr_array_index (changes, i), MASH_CHANGE_PURPOSE, digest,
                       NULL);
    }
  g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
  g_assert_error (error, MASH_STORE_ERROR, code);
  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM person"), ==, 0);
}

/* The author is somebody of this hub, admitted, in a post of theirs that was held that day. */
static void
test_author (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *spoil;
    const char *mend;
  } rows[] = {
    { "UPDATE post SET \"from\" = '2099-01-01'", "UPDATE post SET \"from\" = NULL" },
    { "UPDATE post SET \"to\" = '2001-01-01'", "UPDATE post SET \"to\" = NULL" },
    { "UPDATE post SET voided_at = '2026-01-01T00:00:00.000Z'",
      "UPDATE post SET voided_at = NULL" },
    { "UPDATE staff SET suspended = 1", "UPDATE staff SET suspended = NULL" },
    { "UPDATE staff SET vetting_expires_on = '2001-01-01'",
      "UPDATE staff SET vetting_expires_on = NULL" },
  };
  static const char held[] = "Its author does not hold the post that it names.";
  static const char nobody[] = "0190a1b2-0000-7000-8000-00000000dead";
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  refuse_step (fixture, changes, MASH_STORE_ERROR_REFUSED,
               "This is not one whole step of this hub.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                               "2019-03-04");
      g_autoptr (GPtrArray) step = seal (fixture, group);

      g_test_message ("%s", rows[i].spoil);
      g_assert_true (mash_database_execute (fixture->store->database, rows[i].spoil, NULL));
      refuse_step (fixture, step, MASH_STORE_ERROR_REFUSED, held);
      g_assert_true (mash_database_execute (fixture->store->database, rows[i].mend, NULL));
    }

  {
    g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                             "2019-03-04");
    g_autoptr (GPtrArray) step = seal (fixture, group);

    set_all (step, G_STRUCT_OFFSET (MashChange, post), nobody);
    refuse_step (fixture, step, MASH_STORE_ERROR_REFUSED, held);
    set_all (step, G_STRUCT_OFFSET (MashChange, said_at), "soon");
    refuse_step (fixture, step, MASH_STORE_ERROR_REFUSED,
                 "It was said at a time that has not come yet.");
    set_all (step, G_STRUCT_OFFSET (MashChange, person), nobody);
    g_assert_false (mash_store_apply_group (fixture->store, step, &error));
    g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
  }
}

/* One change says of the step what the others do not. */
static void
test_of_the_step (StoreFixture  *fixture,
                  gconstpointer  data)
{
  static const char *const more[] = { "\".why\":\"Because\",", "\".contact\":\"elsewhere\"," };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                               "2019-03-04");
      g_autoptr (GPtrArray) changes = seal (fixture, group);
      MashChange *change = g_ptr_array_index (changes, 1);
      g_autofree char *contact = g_strdup_printf ("\".contact\":\"%s\",",
                                                  mash_group_get_contact (group));
      g_autofree char *both = g_strconcat (contact, more[i], NULL);

      replace (change, contact, i == 0 ? both : more[i]);
      refuse_step (fixture, changes, MASH_STORE_ERROR_REFUSED,
                   "The changes of one step do not say the same of it.");
    }
}

static void
test_taken (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  g_autoptr (GPtrArray) changes = seal (fixture, group);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerifyReport) report = NULL;
  g_autofree char *child = NULL;
  gint64 n;

  mash_store_apply_group (fixture->store, changes, &error);
  g_assert_no_error (error);
  store_fixture_check_state (fixture, mash_group_get_contact (group), "C10");
  child = store_fixture_find_child (fixture->store, mash_group_get_contact (group));
  g_assert_nonnull (child);
  n = store_fixture_count (fixture, "SELECT count(*) FROM change");

  /* Twice does no harm; the same ids with other words do. */
  g_assert_true (mash_store_apply_group (fixture->store, changes, &error));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) FROM change"), ==, n);
  replace (find_change (changes, "person"), "Ellie", "Billy");
  sign (fixture, find_change (changes, "person"));
  g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);

  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
}

/* Work that comes in from a desk counts only where its author held the post when it was said. */
static void
test_former_post (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  g_autoptr (GPtrArray) changes = seal (fixture, group);
  g_autoptr (GPtrArray) posts = mash_store_list (fixture->store, "post", "staff",
                                                 fixture->worker);
  g_autoptr (MashGroup) end = mash_group_new ("seed-staff", NULL);
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "admin");
  store_fixture_edit (fixture->store, end, &mash_post_kind,
                      mash_record_get_id (g_ptr_array_index (posts, 0)), "to", "2020-01-31", NULL);
  store_fixture_submit (fixture, end);

  g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_test_message ("%s", error->message);
}

/* Two desks edit one field: the first stands, the other is told which field it was. */
static void
test_conflict (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_edit (fixture->store, group, &mash_contact_kind, contact, "ward", "Bentley", NULL);
  changes = seal (fixture, group);
  store_fixture_do (fixture, "edit", contact, "ward", "Pleck", NULL);

  g_assert_false (mash_store_apply_group (fixture->store, changes, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "ward"));
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/apply/taken", test_taken);
  ADD ("/apply/hostile", test_hostile);
  ADD ("/apply/not-alike", test_not_alike);
  ADD ("/apply/part-of-a-step", test_part_of_a_step);
  ADD ("/apply/author", test_author);
  ADD ("/apply/of-the-step", test_of_the_step);
  ADD ("/apply/former-post", test_former_post);
  ADD ("/apply/conflict", test_conflict);

  return g_test_run ();
}
