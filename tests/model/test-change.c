/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "mash-body.h"
#include "mash-change.h"
#include "mash-kinds.h"
#include "mash-uuid.h"

#define CHANGE_ID "0192f0c1-0000-7000-8000-000000000001"
#define GROUP_ID "0192f0c1-0000-7000-8000-000000000002"
#define RECORD_ID "0192f0c1-0000-7000-8000-000000000003"

static const MashSaying saying = {
  .hub = "hub-1",
  .group = GROUP_ID,
  .desk = "desk-1",
  .person = "staff-1",
  .post = NULL,
  .compartment = "default",
  .said_at = "2026-11-21T23:00:00.000Z",
};

static char *
to_hex (const guint8 *data,
        gsize         length)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%02x", data[i]);

  return g_string_free (out, FALSE);
}

static void
count_up (guint8 *data,
          guint   length)
{
  for (guint i = 0; i < length; i++)
    data[i] = (guint8) i;
}

static MashChange *
make_change (const char *body)
{
  guint8 salt[MASH_CHANGE_SALT_SIZE];

  count_up (salt, sizeof salt);

  return mash_change_new (&saying, CHANGE_ID, 0, 2, "person", RECORD_ID, 0, salt, g_strdup (body));
}

/* The values were computed with another implementation of SHA-256 over bytes put together apart
 * from this code. */
static void
test_known_answers (void)
{
  g_autoptr (MashChange) change = NULL;
  g_autoptr (GBytes) statement = NULL;
  g_autofree char *statement_sum = NULL;
  g_autofree char *digest_hex = NULL;
  g_autofree char *first_hex = NULL;
  g_autofree char *second_hex = NULL;
  guint8 signature[MASH_CHANGE_SIGNATURE_SIZE];
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  guint8 chain[MASH_CHANGE_DIGEST_SIZE] = { 0 };

  change = make_change ("{\".deed\":\"edit\",\"legal-surname\":\"O’Brien\","
                        "\"name-unknown\":false}");
  statement = mash_change_to_statement (change);
  g_assert_cmpuint (g_bytes_get_size (statement), ==, 312);
  statement_sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, statement);
  g_assert_cmpstr (statement_sum, ==,
                   "6ea45c8a503a626abe3a159171aee7aa0cace74251f828ad74579f5298b721b0");

  count_up (signature, sizeof signature);
  mash_change_digest (statement, signature, digest);
  digest_hex = to_hex (digest, sizeof digest);
  g_assert_cmpstr (digest_hex, ==,
                   "b087910443d555b2451dc0da2ae626d2e347804cdcc850cb62608a668709f13a");

  mash_chain_next (chain, 1, "2026-11-21T23:00:01.000Z", digest, chain);
  first_hex = to_hex (chain, sizeof chain);
  g_assert_cmpstr (first_hex, ==,
                   "b7bc2deadc114fbc7ec6d26c74df658da32fe6edf0e49cabbb1dd7ee4340ee48");
  mash_chain_next (chain, 2, "2026-11-21T23:00:02.000Z", digest, chain);
  second_hex = to_hex (chain, sizeof chain);
  g_assert_cmpstr (second_hex, ==,
                   "9937744e00f0028a31e600521695d27373614e30c28022c273c1bfddf22ce800");
}

static void
test_statement_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChange) change = make_change ("{\".deed\":\"edit\",\"sex\":\"1\"}");
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (MashChange) read = mash_change_from_statement (statement, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  again = mash_change_to_statement (read);
  g_assert_true (g_bytes_equal (statement, again));
  g_assert_cmpstr (read->record, ==, RECORD_ID);
  g_assert_cmpuint (read->size, ==, 2);
}

/* Whatever single byte is altered, what is read either is refused or says something else. */
static void
test_statement_altered (void)
{
  g_autoptr (MashChange) change = make_change ("{\".deed\":\"edit\",\"sex\":\"1\"}");
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  gsize length;
  const guint8 *data = g_bytes_get_data (statement, &length);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *altered = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (MashChange) read = NULL;
      g_autoptr (GBytes) cut = g_bytes_new (data, i);

      altered[i] ^= 1;
      bytes = g_bytes_new (altered, length);
      read = mash_change_from_statement (bytes, NULL);
      if (read != NULL)
        {
          g_autoptr (GBytes) again = mash_change_to_statement (read);

          g_assert_true (g_bytes_equal (bytes, again));
        }
      g_assert_null (mash_change_from_statement (cut, NULL));
    }
}

static void
test_statement_refused (void)
{
  static const struct
  {
    const char *what;
    gsize       offset;
    const char *bytes;
    gsize       length;
  } rows[] = {
    { "a space in the hub", 4, "h b-1", 5 },
    { "a NUL in the hub", 4, "h\0b-1", 5 },
    { "index as large as size", 101, "2", 1 },
    { "index that is no number", 101, "-", 1 },
    { "a length that lies", 0, "\xff\xff\xff\xff", 4 },
  };
  g_autoptr (MashChange) change = make_change ("{\".deed\":\"edit\",\"sex\":\"1\"}");
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  gsize length;
  const guint8 *data = g_bytes_get_data (statement, &length);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *altered = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].what);
      memcpy (altered + rows[i].offset, rows[i].bytes, rows[i].length);
      bytes = g_bytes_new (altered, length);
      g_assert_null (mash_change_from_statement (bytes, &error));
      g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
    }
}

/* A statement put together by hand, with one of its members as given. */
static GBytes *
make_statement (guint       which,
                const char *bytes,
                gsize       length)
{
  static const char *const members[] = {
    "hub-1", CHANGE_ID, GROUP_ID, "0", "2", "desk-1", "staff-1", "", "person", RECORD_ID, "0",
    "default", "1", "2026-11-21T23:00:00.000Z", "0123456789abcdef", "{\".deed\":\"edit\"}",
  };
  GByteArray *statement = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *data = i == which ? bytes : members[i];
      gsize n = i == which ? length : strlen (members[i]);
      guint32 prefix = GUINT32_TO_BE ((guint32) n);

      g_byte_array_append (statement, (const guint8 *) &prefix, sizeof prefix);
      g_byte_array_append (statement, (const guint8 *) data, (guint) n);
    }

  return g_byte_array_free_to_bytes (statement);
}

/* Each member has a form of its own, and a statement with one that has not is no statement. */
static void
test_members_refused (void)
{
  enum { HUB, ID, GROUP, INDEX, SIZE, DESK, PERSON, POST, KIND, RECORD, BASE, COMPARTMENT,
         FORMAT, SAID_AT, SALT, BODY };
  static const struct
  {
    guint       which;
    const char *bytes;
    gsize       length;
  } rows[] = {
    { HUB, "", 0 },
    { HUB, "h/1", 3 },
    { HUB, "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg", 65 },
    { ID, "", 0 },
    { GROUP, "a b", 3 },
    { INDEX, "", 0 },
    { INDEX, "00", 2 },
    { INDEX, "1234567890123456789", 19 },
    { INDEX, "/", 1 },
    { INDEX, "1", 1 },        /* without its size */
    { INDEX, "2", 1 },
    { INDEX, "999999", 6 },
    { SIZE, "x", 1 },
    { SIZE, "999999", 6 },
    { DESK, "", 0 },
    { PERSON, "", 0 },
    { POST, " ", 1 },
    { KIND, "", 0 },
    { RECORD, "\0", 1 },
    { BASE, "-1", 2 },
    { COMPARTMENT, "", 0 },
    { FORMAT, "65536", 5 },
    { FORMAT, "1.0", 3 },
    { SAID_AT, "2026-11-21T23:00:00Z", 20 },
    { SAID_AT, "2026-11-21T23:00:00.00\0Z", 24 },
    { SAID_AT, "2026-11-21T23:00:00.00\xffZ", 24 },
    { SAID_AT, "2026-11-31T23:00:00.000Z", 24 },
    { SALT, "0123456789abcde", 15 },
    { SALT, "0123456789abcdefg", 17 },
    { BODY, "", 0 },
    { BODY, "{\".deed\":\"edit\"", 15 },
  };
  g_autoptr (GBytes) whole = make_statement (G_MAXUINT, NULL, 0);
  g_autoptr (MashChange) change = mash_change_from_statement (whole, NULL);

  g_assert_nonnull (change);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) statement = make_statement (rows[i].which, rows[i].bytes, rows[i].length);
      g_autoptr (MashChange) read = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      read = mash_change_from_statement (statement, &error);
      if (rows[i].which == INDEX && strcmp (rows[i].bytes, "1") == 0)
        {
          g_assert_cmpuint (read->index, ==, 1);
          continue;
        }
      g_assert_null (read);
      g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
    }
}

/* What no body can hold is refused before it is signed. */
static void
test_too_large (void)
{
  g_autoptr (MashGroup) group = mash_group_new ("edit", "contact-1");
  g_autofree char *text = g_strnfill (MASH_BODY_MAX_BYTES, 'x');
  MashEdit *edit = mash_edit_new (&mash_contact_kind, RECORD_ID, 0);
  guint8 salt[MASH_CHANGE_SALT_SIZE] = { 0 };
  g_autoptr (GError) error = NULL;

  mash_edit_set_text (edit, "presenting-concern", text);
  mash_group_take_edit (group, edit);
  g_assert_null (mash_change_new_for_edit (group, 0, &saying, CHANGE_ID, salt, &error));
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_TOO_LARGE);
}

/* A later version's change is not half understood. */
static void
test_later_format (void)
{
  g_autoptr (MashChange) change = make_change ("{\".deed\":\"edit\",\"sex\":\"1\"}");
  g_autoptr (MashEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  edit = mash_change_dup_edit (change, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mash_edit_get_text (edit, "sex"), ==, "1");
  change->format++;
  g_assert_null (mash_change_dup_edit (change, NULL, NULL, NULL, &error));
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_UNKNOWN);

  mash_change_free (NULL);
  mash_edit_free (NULL);
}

/* A set of nothing is “not known”, like empty text. */
static void
test_empty_sets (void)
{
  static const char *const none[] = { NULL };
  static const char *const some[] = { "a", NULL };
  guint field = mash_kind_find_field (&mash_person_kind, "disabilities");
  g_autoptr (MashEdit) edit = mash_edit_new (&mash_person_kind, RECORD_ID, 0);

  mash_edit_set_set (edit, "disabilities", some);
  g_assert_true (mash_edit_touches (edit, field));
  mash_edit_set_set (edit, "disabilities", none);
  g_assert_false (mash_edit_touches (edit, field));
  mash_edit_set_set (edit, "disabilities", some);
  mash_edit_set_set (edit, "disabilities", NULL);
  g_assert_null (mash_edit_get_now (edit, field));
}

static void
test_edit_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) group = mash_group_new ("edit", "contact-1");
  g_autoptr (MashChange) change = NULL;
  g_autoptr (MashEdit) read = NULL;
  g_autofree char *deed = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *reason = NULL;
  guint8 salt[MASH_CHANGE_SALT_SIZE] = { 0 };
  const char *const set[] = { "a", "b", NULL };
  guint disabilities = mash_kind_find_field (&mash_person_kind, "disabilities");
  MashEdit *edit = mash_edit_new (&mash_person_kind, RECORD_ID, 3);

  mash_edit_set_text (edit, "known-as", "Zoë “Zo” \\ \t");
  mash_edit_set_flag (edit, "name-unknown", FALSE);
  mash_edit_set (edit, disabilities, g_variant_new_strv (set, -1), NULL);
  mash_edit_void (edit, "Entered twice");
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "Told by the school");

  change = mash_change_new_for_edit (group, 0, &saying, CHANGE_ID, salt, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (change->body, ==,
                   "{\".contact\":\"contact-1\",\".deed\":\"edit\",\".void\":\"Entered twice\","
                   "\".why\":\"Told by the school\","
                   "\"disabilities\":null,\"disabilities.was\":[\"a\",\"b\"],"
                   "\"known-as\":\"Zoë “Zo” \\\\ \\t\",\"known-as.was\":null,"
                   "\"name-unknown\":false,\"name-unknown.was\":null}");

  /* A tab may not stand in a line of text: what was never checked is refused when it is read. */
  g_assert_null (mash_change_dup_edit (change, NULL, NULL, NULL, &error));
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
  g_clear_error (&error);

  mash_edit_set_text (edit, "known-as", "Zoë");
  mash_change_free (change);
  change = mash_change_new_for_edit (group, 0, &saying, CHANGE_ID, salt, &error);
  read = mash_change_dup_edit (change, &deed, &contact, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (deed, ==, "edit");
  g_assert_cmpstr (contact, ==, "contact-1");
  g_assert_cmpstr (reason, ==, "Told by the school");
  g_assert_cmpstr (mash_edit_get_voided (read), ==, "Entered twice");
  g_assert_cmpstr (mash_edit_get_text (read, "known-as"), ==, "Zoë");
  g_assert_cmpint (mash_edit_get_base (read), ==, 3);
  g_assert_true (mash_edit_touches (read, disabilities));
  g_assert_null (mash_edit_get_now (read, disabilities));
  g_assert_nonnull (mash_edit_get_was (read, disabilities));
}

static void
test_edit_refused (void)
{
  static const struct
  {
    const char *kind;
    gint64      base;
    const char *body;
    int         code;
  } rows[] = {
    { "person", 0, "{\"sex\":\"1\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".contact\":\"a b\",\".deed\":\"edit\",\"sex\":\"1\"}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":null,\"sex\":\"1\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\".why\":true,\"sex\":\"1\"}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\".void\":[],\"sex\":\"1\"}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"sex\":null}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"sex\":true}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"sex\":\"a b\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"sex\":\"1\",\"sex.was\":null}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 1, "{\".deed\":\"edit\",\"sex\":\"1\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 1, "{\".deed\":\"edit\",\"sex\":\"1\",\"sex.was\":\"1\"}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 1, "{\".deed\":\"edit\",\"sex.was\":\"1\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 1, "{\".deed\":\"edit\",\"sex\":\"1\",\"sex.was\":[]}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\".other\":\"1\",\"sex\":\"1\"}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"birth\":\"2026-02-30\"}", MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"disabilities\":[\"a\",\"a\"]}",
      MASH_CHANGE_ERROR_MALFORMED },
    { "person", 0, "{\".deed\":\"edit\",\"created-by\":\"x\"}", MASH_CHANGE_ERROR_UNKNOWN },
    { "meta", 0, "{\".deed\":\"edit\",\"name\":\"x\"}", MASH_CHANGE_ERROR_UNKNOWN },
    { "person", 0, "{\".deed\":\"edit\",\"sex\":1}", MASH_CHANGE_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 salt[MASH_CHANGE_SALT_SIZE] = { 0 };
      g_autoptr (MashChange) change = mash_change_new (&saying, CHANGE_ID, 0, 1, rows[i].kind,
                                                       RECORD_ID, rows[i].base, salt,
                                                       g_strdup (rows[i].body));

      g_test_message ("%s", rows[i].body);
      g_assert_null (mash_change_dup_edit (change, NULL, NULL, NULL, &error));
      g_assert_error (error, MASH_CHANGE_ERROR, rows[i].code);
    }
}

/* The example of RFC 9562, appendix A.6. */
static void
test_uuid (void)
{
  static const guint8 random[10] = { 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f };
  char id[MASH_UUID_SIZE], later[MASH_UUID_SIZE];

  mash_uuid7_format (G_GINT64_CONSTANT (0x017f22e279b0), random, id);
  g_assert_cmpstr (id, ==, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  mash_uuid7_format (G_GINT64_CONSTANT (0x017f22e279b1), random, later);
  g_assert_cmpstr (id, <, later);

  g_assert_true (mash_uuid_check (id));
  g_assert_false (mash_uuid_check (NULL));
  g_assert_false (mash_uuid_check ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  g_assert_false (mash_uuid_check ("017f22e2-79b0-4cc3-98c4-dc0c0c07398f"));
  g_assert_false (mash_uuid_check ("017f22e2-79b0-7cc3-18c4-dc0c0c07398f"));
  g_assert_false (mash_uuid_check ("017f22e2-79b0-7cc3-98c4-dc0c0c07398"));
  g_assert_false (mash_uuid_check ("017f22e2079b0-7cc3-98c4-dc0c0c07398f"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/change/known-answers", test_known_answers);
  g_test_add_func ("/change/statement-round-trip", test_statement_round_trip);
  g_test_add_func ("/change/statement-altered", test_statement_altered);
  g_test_add_func ("/change/statement-refused", test_statement_refused);
  g_test_add_func ("/change/members-refused", test_members_refused);
  g_test_add_func ("/change/too-large", test_too_large);
  g_test_add_func ("/change/later-format", test_later_format);
  g_test_add_func ("/change/empty-sets", test_empty_sets);
  g_test_add_func ("/change/edit-round-trip", test_edit_round_trip);
  g_test_add_func ("/change/edit-refused", test_edit_refused);
  g_test_add_func ("/change/uuid", test_uuid);

  return g_test_run ();
}
