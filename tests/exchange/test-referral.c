/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-exchange-error.h"
#include "mash-judge.h"
#include "mash-person.h"
#include "mash-policy-reader.h"
#include "mash-referral.h"
#include "mash-rules.h"
#include "mash-test-facts.h"
#include "mash-text.h"
#include "mash-time.h"

#define TODAY "2026-11-21"
#define RECEIVED "2026-11-20T16:52:00.000Z"
#define KEYED "2026-11-20T17:20:00.000Z"

static const char *examples;

/* Gives the next example that is a referral: rows of people and episodes stand beside them. */
static const char *
read_next_name (GDir *folder)
{
  const char *name;

  do
    name = g_dir_read_name (folder);
  while (name != NULL && !g_str_has_suffix (name, ".xml"));

  return name;
}

static char *
make_id (gpointer data)
{
  guint *last = data;

  ++*last;

  return g_strdup_printf ("0000%04u-0000-7000-8000-00000000%04u", *last, *last);
}

static GBytes *
load_example (const char *name)
{
  g_autofree char *path = g_build_filename (examples, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = mash_referral_load_file (file, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static MashReferral *
read_bytes (GBytes *file)
{
  const MashReaderCall call = { NULL, "referral", TODAY, 0 };
  g_autoptr (GError) error = NULL;
  MashReferral *referral = mash_referral_read_by (&call, file, NULL, &error);

  g_assert_no_error (error);

  return referral;
}

static MashGroup *
make_group (MashReferral *referral)
{
  guint last = 0;

  return mash_referral_to_group (referral, RECEIVED, KEYED, make_id, &last);
}

/* A referral with one child, of whom the file says @about. */
static MashReferral *
read_child (const char *about)
{
  g_autofree char *text = g_strdup_printf (
    "<referral xmlns=\"urn:mash-desk:referral:1\"><source>6</source>"
    "<letter><text>Words</text></letter><children><person key=\"child\">"
    "<kind>CHILD</kind><role>CHILD</role>\n%s</person></children></referral>", about);
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));

  return read_bytes (file);
}

static guint
count_edits (MashGroup  *group,
             const char *kind)
{
  guint count = 0;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    count += strcmp (mash_edit_get_kind (mash_group_get_edit (group, i))->name, kind) == 0;

  return count;
}

/* Every edit is of a new record, each value has its form, and what must be there to save is. */
static void
assert_whole (MashGroup *group)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);
      const MashKind *kind = mash_edit_get_kind (edit);

      g_assert_true (mash_edit_is_new (edit));
      for (guint f = 0; f < kind->n_fields; f++)
        {
          GVariant *value = mash_edit_get_now (edit, f);

          g_test_message ("%s.%s", kind->name, kind->fields[f].name);
          g_assert_true (mash_field_check_value (&kind->fields[f], value));
          if ((kind->fields[f].needs & MASH_NEED_SAVE) != 0)
            g_assert_nonnull (value);
          if (kind->fields[f].type == MASH_FIELD_REFERENCE && value != NULL)
            g_assert_nonnull (mash_group_find_edit (group, kind->fields[f].of,
                                                    g_variant_get_string (value, NULL)));
        }
    }
}

static void
test_examples (void)
{
  static const struct
  {
    const char *name;
    guint       people, subjects, relationships, members, concerns;
    const char *channel;
  } rows[] = {
    { "half-filled-referral.xml", 3, 3, 0, 0, 0, "FILE" },
    { "police-notification.xml", 4, 4, 4, 3, 2, "PNOT" },
    { "school-referral.xml", 6, 6, 7, 4, 1, "FILE" },
    { "unborn-referral.xml", 3, 3, 3, 2, 1, "FILE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) file = load_example (rows[i].name);
      g_autoptr (MashReferral) referral = read_bytes (file);
      g_autoptr (MashGroup) group = make_group (referral);
      g_auto (GStrv) remarks = mash_referral_dup_remarks (referral);
      MashEdit *contact = mash_group_find_edit (group, "contact", NULL);
      MashEdit *document = mash_group_find_edit (group, "source-document", NULL);

      g_test_message ("%s", rows[i].name);
      assert_whole (group);
      g_assert_cmpstr (mash_group_get_deed (group), ==, "create");
      g_assert_cmpstr (mash_group_get_contact (group), ==, mash_edit_get_id (contact));
      g_assert_cmpstr (mash_edit_get_text (contact, "channel"), ==, rows[i].channel);
      g_assert_cmpstr (mash_edit_get_text (contact, "received-at"), ==, RECEIVED);
      g_assert_cmpstr (mash_edit_get_text (contact, "keyed-at"), ==, KEYED);
      g_assert_cmpuint (count_edits (group, "person"), ==, rows[i].people);
      g_assert_cmpuint (count_edits (group, "contact-subject"), ==, rows[i].subjects);
      g_assert_cmpuint (count_edits (group, "relationship"), ==, rows[i].relationships);
      g_assert_cmpuint (count_edits (group, "household-member"), ==, rows[i].members);
      g_assert_cmpuint (count_edits (group, "concern"), ==, rows[i].concerns);
      g_assert_cmpuint (g_strv_length (remarks), ==, 0);

      g_assert_cmpstr (mash_edit_get_text (document, "sha256"), ==,
                       mash_referral_get_sha256 (referral));
      g_assert_true (g_bytes_equal (g_hash_table_lookup (mash_group_get_attached (group),
                                                         mash_referral_get_sha256 (referral)),
                                    file));
    }
}

/* The examples speak in the codes of the policy that the program brings, and whoever does not is
 * told where. */
static void
test_codes (void)
{
  static const struct
  {
    const char *about, *message;
  } rows[] = {
    { "<known-as>R</known-as>\n<sex>M</sex>", NULL },
    { "<known-as>R</known-as>\n<sex>X</sex>",
      "Line 3, “Sex”: The code is not in this hub’s list." },
    { "<known-as>R</known-as>\n\n<disabilities>HEAR EARS</disabilities>",
      "Line 4, “Disabilities”: The code is not in this hub’s list." },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_autoptr (GDir) folder = g_dir_open (examples, 0, NULL);
  const char *name;
  guint n_examples = 0;

  g_assert_no_error (error);
  while ((name = read_next_name (folder)) != NULL)
    {
      g_autoptr (GBytes) file = load_example (name);
      g_autoptr (MashReferral) referral = read_bytes (file);

      g_test_message ("%s", name);
      mash_referral_check (referral, policy, &error);
      g_assert_no_error (error);
      n_examples++;
    }
  g_assert_cmpuint (n_examples, >=, 4);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashReferral) referral = read_child (rows[i].about);

      g_assert_cmpint (mash_referral_check (referral, policy, &error), ==, rows[i].message == NULL);
      if (rows[i].message != NULL)
        {
          g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
          g_assert_cmpstr (error->message, ==, rows[i].message);
          g_clear_error (&error);
        }
    }
}

/* What an officer of the hub takes in, the rules complete and the judge allows; and no file says
 * what only a deed may: the urgency, the level, who has it. */
static void
test_taken_in (void)
{
  static const char *const unset[] = { "brag", "level", "assigned-to" };
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_autoptr (GDir) folder = g_dir_open (examples, 0, NULL);
  const char *name;

  g_assert_no_error (error);
  while ((name = read_next_name (folder)) != NULL)
    {
      g_autoptr (MashTestFacts) facts = mash_test_facts_new ();
      g_autoptr (GBytes) file = load_example (name);
      g_autoptr (MashReferral) referral = read_bytes (file);
      g_autoptr (MashGroup) group = make_group (referral);
      g_autoptr (MashVerdict) verdict = NULL;
      MashActor actor = { "officer", "post", "MO", "agency", "desk", TRUE };
      MashEdit *contact = mash_group_find_edit (group, "contact", NULL);
      guint last = 1000;

      g_test_message ("%s", name);
      g_assert_true (mash_time_parse (KEYED, &actor.now));
      mash_test_facts_put (facts, "agency", "agency", "type", "CSC", NULL);
      mash_test_facts_put (facts, "staff", "officer", "name", "Somebody", NULL);
      mash_test_facts_put (facts, "post", "post", "staff", "officer", "role", "MO",
                           "agency", "agency", "on-duty", "yes", NULL);

      mash_rules_complete (policy, MASH_FACTS (facts), &actor, group, make_id, &last);
      verdict = mash_judge_group (policy, MASH_FACTS (facts), &actor, group);
      g_assert_cmpstr (mash_verdict_get_refusal (verdict), ==, NULL);
      g_assert_true (mash_verdict_get_allowed (verdict));
      g_assert_cmpuint (mash_group_get_n_edits (group), <=, MASH_GROUP_MAX_CHANGES);
      g_assert_cmpstr (mash_edit_get_text (contact, "state"), ==, "C10");
      for (guint i = 0; i < G_N_ELEMENTS (unset); i++)
        g_assert_null (mash_edit_get_text (contact, unset[i]));
    }
}

/* Who is who survives the way from keys to ids. */
static void
test_school (void)
{
  g_autoptr (GBytes) file = load_example ("school-referral.xml");
  g_autoptr (MashReferral) referral = read_bytes (file);
  g_autoptr (MashGroup) group = make_group (referral);
  MashEdit *concern = mash_group_find_edit (group, "concern", NULL);
  MashEdit *child = mash_group_find_edit (group, "person", mash_edit_get_text (concern, "person"));
  MashEdit *source = mash_group_find_edit (group, "person",
                                           mash_edit_get_text (concern, "alleged-source"));
  MashEdit *agreement = mash_group_find_edit (group, "agreement", NULL);
  MashEdit *document = mash_group_find_edit (group, "source-document", NULL);
  guint covers = mash_kind_find_field (mash_edit_get_kind (agreement), "covers-persons");

  g_assert_cmpstr (mash_edit_get_text (child, "known-as"), ==, "Ellie");
  g_assert_cmpstr (mash_edit_get_text (source, "legal-surname"), ==, "Dray");
  g_assert_cmpstr (mash_edit_get_text (concern, "child-words"), ==,
                   "Callum grabbed me hard. Mummy was crying.");
  g_assert_cmpuint (g_variant_n_children (mash_edit_get_now (agreement, covers)), ==, 3);
  g_assert_true (g_str_has_prefix (mash_edit_get_text (document, "text"), "Dear colleagues,"));
  g_assert_cmpstr (mash_edit_get_text (document, "title"), ==, "Concern for a child in Year 1");
  g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "contact", NULL),
                                       "attached-names"), ==, "body-map.pdf");
  g_assert_cmpstr (mash_referral_get_sent_at (referral), ==, "2026-10-13T12:28:00.000Z");
}

/* A name that is not known is a state, not a fault, and a letter alone says what the concern is. */
static void
test_half_filled (void)
{
  g_autoptr (GBytes) file = load_example ("half-filled-referral.xml");
  g_autoptr (MashReferral) referral = read_bytes (file);
  g_autoptr (MashGroup) group = make_group (referral);
  MashEdit *contact;
  guint placeholders = 0;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);

      if (mash_edit_get_kind (edit) == &mash_person_kind)
        placeholders += strcmp (mash_edit_get_text (edit, "status"), "PLACEHOLDER") == 0;
    }
  g_assert_cmpuint (placeholders, ==, 2);
  contact = mash_group_find_edit (group, "contact", NULL);
  g_assert_true (g_str_has_prefix (mash_edit_get_text (contact, "presenting-concern"),
                                   "Leo Marsh, 8,"));
}

/* What calls itself a notification has the channel of the police only where the police sent it. */
static void
test_channel (void)
{
  g_autoptr (GBytes) example = load_example ("police-notification.xml");
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (example, NULL),
                                               (gssize) g_bytes_get_size (example));
  g_autoptr (GBytes) file = NULL;
  g_autoptr (MashReferral) referral = NULL;
  g_autoptr (MashGroup) group = NULL;

  g_assert_cmpuint (g_string_replace (text, "<source>6</source>", "<source>8</source>", 1), ==, 1);
  file = g_bytes_new (text->str, text->len);
  referral = read_bytes (file);
  group = make_group (referral);

  g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "contact", NULL), "channel"),
                   ==, "FILE");
}

/* A child whose name nobody knows has a place to be filled; one who is described has a record. */
static void
test_name_unknown (void)
{
  static const struct { const char *says, *status; } rows[] = {
    { "true", "PLACEHOLDER" },
    { "false", "IDENTIFIED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *about = g_strdup_printf ("<name-unknown>%s</name-unknown>", rows[i].says);
      g_autoptr (MashReferral) referral = read_child (about);
      g_autoptr (MashGroup) group = make_group (referral);

      g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "person", NULL), "status"),
                       ==, rows[i].status);
    }
}

/* Whatever a field holds is text, kept as it came. */
static void
test_exact (void)
{
  g_autofree char *long_name = g_strnfill (500, 'a');
  const struct
  {
    const char *in_file;
    const char *kept;
  } rows[] = {
    { "O", "O" },
    { long_name, long_name },
    { "O’Brien", "O’Brien" },
    { "O'Brien &quot;Bee&quot;", "O'Brien \"Bee\"" },
    { "Robert'); DROP TABLE person;--", "Robert'); DROP TABLE person;--" },
    { "=HYPERLINK(&quot;http://192.0.2.1&quot;)", "=HYPERLINK(\"http://192.0.2.1\")" },
    { "NULL", "NULL" },
    { "Test", "Test" },
    { "Anna\n   Maria", "Anna Maria" },
    { "Anna&#10;Maria", "Anna Maria" },
    { "Zoe\xcc\x88", "Zoë" },
    { "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>" },
    { "<![CDATA[<!DOCTYPE html><b>&amp;</b>]]>", "<!DOCTYPE html><b>&amp;</b>" },
    { "&lt;span size='x'&gt;", "<span size='x'>" },
    { "javascript:alert(1)", "javascript:alert(1)" },
    { "file:///etc/passwd", "file:///etc/passwd" },
    { "Ab\xe2\x80\xae" "cd\xe2\x80\x8b", "Ab\xe2\x80\xae" "cd\xe2\x80\x8b" },
    { "&amp;amp;", "&amp;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *about = g_strdup_printf ("<legal-surname>%s</legal-surname>",
                                                rows[i].in_file);
      g_autoptr (MashReferral) referral = read_child (about);
      g_autoptr (MashGroup) group = make_group (referral);

      g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "person", NULL),
                                           "legal-surname"), ==, rows[i].kept);
    }
}

/* A number that fails its check is kept where nobody is matched by it, and somebody is told. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *field, *in_file, *kept, *unverified;
  } rows[] = {
    { "nhs-number", "9434765919", "9434765919", NULL },
    { "nhs-number", "943 476 5919", "9434765919", NULL },
    { "nhs-number", "9434765918", NULL, "9434765918" },
    { "nhs-number", "0000000000", NULL, "0000000000" },
    { "nhs-number", "943476591A", NULL, "943476591A" },
    { "nhs-number", "123", NULL, "123" },
    { "upn", "T850728973744", "T850728973744", NULL },
    { "upn", "A850728973744", NULL, "A850728973744" },
    { "former-upn", "T850728973744", "T850728973744", NULL },
    { "former-upn", "A850728973744", NULL, "A850728973744" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *about = g_strdup_printf ("<known-as>Robin</known-as><%s>%s</%s>",
                                                rows[i].field, rows[i].in_file, rows[i].field);
      g_autoptr (MashReferral) referral = read_child (about);
      g_autoptr (MashGroup) group = make_group (referral);
      g_auto (GStrv) remarks = mash_referral_dup_remarks (referral);
      MashEdit *identifier = mash_group_find_edit (group, "identifier", NULL);
      guint expected = rows[i].unverified != NULL;

      g_test_message ("%s %s", rows[i].field, rows[i].in_file);
      g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "person", NULL),
                                           rows[i].field), ==, rows[i].kept);
      g_assert_cmpuint (g_strv_length (remarks), ==, expected);
      g_assert_cmpuint (count_edits (group, "identifier"), ==, expected);
      g_assert_cmpuint (count_edits (group, "note"), ==, expected);
      if (expected)
        {
          g_assert_cmpstr (mash_edit_get_text (identifier, "value"), ==, rows[i].unverified);
          g_assert_true (g_str_has_prefix (remarks[0], "Line 2, “"));
          g_assert_null (strstr (remarks[0], rows[i].in_file));
        }
    }
}

/* Two people with one number stay two people, and somebody is told. */
static void
test_shared_number (void)
{
  g_autoptr (GBytes) example = load_example ("half-filled-referral.xml");
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (example, NULL),
                                               (gssize) g_bytes_get_size (example));
  g_autoptr (GBytes) file = NULL;
  g_autoptr (MashReferral) referral = NULL;
  g_autoptr (MashGroup) group = NULL;
  g_auto (GStrv) remarks = NULL;

  g_string_replace (text, "<sex>F</sex>", "<sex>F</sex><nhs-number>943 476 5919</nhs-number>", 0);
  file = g_bytes_new (text->str, text->len);
  referral = read_bytes (file);
  group = make_group (referral);
  remarks = mash_referral_dup_remarks (referral);

  g_assert_cmpuint (count_edits (group, "person"), ==, 3);
  g_assert_cmpuint (count_edits (group, "note"), ==, 2);
  g_assert_cmpuint (count_edits (group, "identifier"), ==, 0);
  g_assert_cmpuint (g_strv_length (remarks), ==, 2);
}

/* A sister with a number of her own is nobody's double. */
static void
test_other_number (void)
{
  g_autoptr (MashReferral) referral = read_child (
    "<known-as>Robin</known-as><nhs-number>943 476 5919</nhs-number></person>"
    "<person key=\"sister\"><kind>CHILD</kind><role>CHILD</role>"
    "<known-as>Wren</known-as><nhs-number>401 023 2137</nhs-number>");
  g_autoptr (MashGroup) group = make_group (referral);
  g_auto (GStrv) remarks = mash_referral_dup_remarks (referral);

  g_assert_cmpuint (count_edits (group, "person"), ==, 2);
  g_assert_cmpuint (count_edits (group, "note"), ==, 0);
  g_assert_cmpuint (g_strv_length (remarks), ==, 0);
}

/* More than one group of changes holds is refused as a whole. */
static void
test_too_much (void)
{
  GString *text = g_string_new ("<referral xmlns=\"urn:mash-desk:referral:1\"><source>6</source>"
                                "<letter><text>Words</text></letter><children>");
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (MashReferral) referral = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "<person key=\"a%u\"><kind>CHILD</kind><role>CHILD</role>"
                            "<known-as>R</known-as><nhs-number>1</nhs-number></person>", i);
  g_string_append (text, "</children></referral>");
  file = g_string_free_to_bytes (text);
  referral = read_bytes (file);

  g_assert_false (mash_referral_check (referral, policy, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
}

/* The same file has the same fingerprint, whoever reads it and whenever. */
static void
test_same_file (void)
{
  g_autoptr (GBytes) file = load_example ("unborn-referral.xml");
  g_autoptr (MashReferral) once = read_bytes (file);
  g_autoptr (MashReferral) again = read_bytes (file);

  g_assert_cmpstr (mash_referral_get_sha256 (once), ==, mash_referral_get_sha256 (again));
}

static void
test_visible (void)
{
  static const struct
  {
    const char *text, *shown;
  } rows[] = {
    { "Zoë O’Brien\n\tلیلا", "Zoë O’Brien\n\tلیلا" },
    { "a\xe2\x80\xae" "b", "a⟨U+202E⟩b" },
    { "\xe2\x80\x8b", "⟨U+200B⟩" },
    { "\xef\xbb\xbf", "⟨U+FEFF⟩" },
    { "\xf3\xa0\x81\x81", "⟨U+E0041⟩" },
    { "\x1b[2J", "⟨U+001B⟩[2J" },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = mash_text_dup_visible (rows[i].text);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  examples = argv[1];

  g_test_add_func ("/exchange/referral/examples", test_examples);
  g_test_add_func ("/exchange/referral/codes", test_codes);
  g_test_add_func ("/exchange/referral/taken-in", test_taken_in);
  g_test_add_func ("/exchange/referral/school", test_school);
  g_test_add_func ("/exchange/referral/half-filled", test_half_filled);
  g_test_add_func ("/exchange/referral/channel", test_channel);
  g_test_add_func ("/exchange/referral/name-unknown", test_name_unknown);
  g_test_add_func ("/exchange/referral/exact", test_exact);
  g_test_add_func ("/exchange/referral/numbers", test_numbers);
  g_test_add_func ("/exchange/referral/shared-number", test_shared_number);
  g_test_add_func ("/exchange/referral/other-number", test_other_number);
  g_test_add_func ("/exchange/referral/too-much", test_too_much);
  g_test_add_func ("/exchange/referral/same-file", test_same_file);
  g_test_add_func ("/exchange/referral/visible", test_visible);

  return g_test_run ();
}
