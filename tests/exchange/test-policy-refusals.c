/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-policy-reader.h"

#include <string.h>

#include "mash-store-resources.h"

static char *
dup_builtin (void)
{
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (mash_store_get_resource (),
                                  "/uk/mash/Desk/policy/mash-policy.xml",
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_nonnull (bytes);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The line on which the tag that holds @mark ends, which is where libxml2 puts an element. */
static guint
find_line (const char *text,
           const char *mark)
{
  const char *at = strstr (text, mark);
  guint line = 1;

  g_assert_nonnull (at);
  at = strchr (at + strlen (mark) - 1, '>');
  g_assert_nonnull (at);
  for (const char *c = text; c < at; c++)
    line += *c == '\n';

  return line;
}

static char *
replace_once (const char *text,
              const char *from,
              const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);

  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
}

/* A piece of the built-in policy, what it becomes, where the fault lies, and what is said of it. */
static const struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *mark;
  const char *reason;
} broken[] = {
  { "xml-cut-off", "</mash-policy>", "", NULL, "the XML is broken here" },
  { "xml-crossed", "</levels>", "</level>", NULL, "the XML is broken here" },
  { "other-root", "<mash-policy ", "<policy ", NULL, NULL },
  { "doctype", "<mash-policy ", "<!DOCTYPE x [<!ENTITY a \"b\">]><mash-policy ", NULL,
    "document type" },
  { "instruction", "<lists>", "<?php x?><lists>", NULL, "processing instruction" },
  { "element-unknown", "<code id=\"1B\"", "<cod id=\"1B\"", "<cod id",
    "“cod” is not expected here" },
  { "attribute-unknown", "<list id=\"RSRC\"", "<list nation=\"no\" id=\"RSRC\"", "nation=\"no\"",
    "the attribute “nation” of “list” is not expected" },
  { "attribute-missing", "<setting name=\"lease-days\" value=\"5\"/>",
    "<setting name=\"lease-days\"/>", "<setting name=\"lease-days\"",
    "“setting” needs the attribute “value”" },
  { "attribute-value", "unit=\"elapsed\" minutes=\"120\"", "unit=\"hours\" minutes=\"120\"",
    "unit=\"hours\"", "the attribute “unit” of “clock” is not expected, or not with this value" },
  { "test-unknown", "test=\"unchanged\"", "test=\"mood\"", "test=\"mood\"",
    "the attribute “test” of “guard”" },
  { "national-removed", "      <code id=\"MWAS\" label=\"White and Asian\"/>\n", "",
    "<list id=\"ETH\"", "the list ETH lacks the code MWAS" },
  { "national-added", "<code id=\"MWAS\"", "<code id=\"MINE\" label=\"x\"/><code id=\"MWAS\"",
    "<list id=\"ETH\"", "the list ETH is national, and MINE is not one of its codes" },
  { "national-unmarked", "label=\"Ethnicity\" national=\"yes\"", "label=\"Ethnicity\"",
    "<list id=\"ETH\"", "the list ETH is national and must be marked so" },
  { "national-claimed", "label=\"How it arrived\"", "label=\"How it arrived\" national=\"yes\"",
    "<list id=\"CHAN\"", "the list CHAN is not a national one" },
  { "known-code-removed", "<code id=\"C65\"", "<code id=\"C66\"",
    "<list id=\"CST\"", "the list CST lacks the code C65" },
  { "code-twice", "<code id=\"1B\"", "<code id=\"1A\"", "<code id=\"1A\" label=\"Neighbour",
    "the list RSRC has the code 1A twice" },
  { "list-missing", "<list id=\"CERT\"", "<list id=\"CERTAIN\"", NULL, "the list CERT is missing" },
  { "role-unknown", "yes=\"MO SW MM DS EH\"", "yes=\"MO SW MM DS XX\"", "MM DS XX\"",
    "the permission 1 is granted to XX, which is no role" },
  { "permission-twice", "<permission number=\"3\"", "<permission number=\"2\"",
    "<permission number=\"2\" label=\"Search", "the permission 2 is there twice" },
  { "note-unknown", "<if role=\"DS\" note=\"C1\"/>", "<if role=\"DS\" note=\"C99\"/>",
    "note=\"C99\"", "refers to the note C99, which is not there" },
  { "calendar-unknown", "limit=\"15\" calendar=\"england\"", "limit=\"15\" calendar=\"wales\"",
    "calendar=\"wales\"", "there is no calendar wales for the clock T15" },
  { "calendar-day", "<holiday date=\"2026-12-28\"", "<holiday date=\"2026-12-32\"",
    "2026-12-32", "2026-12-32 is no date" },
  { "clock-no-limit", "unit=\"working-days\" limit=\"45\"", "unit=\"working-days\"",
    "<clock id=\"T16\"", "the clock T16 has no limit" },
  { "clock-unlisted", "<clock id=\"T31\"", "<clock id=\"T32\"", "<clock id=\"T32\"",
    "the clock T32 is not in the list TMR" },
  { "weights", "<weight item=\"CHILD\" value=\"15\"/>", "<weight item=\"CHILD\" value=\"16\"/>",
    "<weight item=\"SCHOOLGP\"", "the weights make 101 together, not 100" },
  { "level-missing", "<level code=\"S47\"", "<level code=\"S17\"",
    "<level code=\"S17\" name=\"Level 4, section 47",
    "has no criteria of its own" },
  { "setting-missing", "<setting name=\"lease-days\"", "<setting name=\"leash-days\"",
    "<setting name=\"dash-high\"", "the setting lease-days is missing" },
  { "setting-percent", "-sample-percent\" value=\"2\"", "-sample-percent\" value=\"101\"",
    "<setting name=\"dash-high\"", "the setting random-sample-percent is more than the whole" },
  { "sample-share", "share=\"random-sample-percent\"", "share=\"random-share\"",
    "share=\"random-share\"", "the setting random-share is missing" },
  { "sample-test", "only-when=\"by-officer\"", "only-when=\"by-somebody\"",
    "only-when=\"by-somebody\"", "there is no named test “by-somebody”" },
  { "setting-form", "name=\"match-block\" value=\"85\"", "name=\"match-block\" value=\"high\"",
    "<setting name=\"dash-high\"", "the setting match-block is no whole number" },
  { "lock-too-late", "name=\"idle-lock-max\" value=\"15\"", "name=\"idle-lock-max\" value=\"60\"",
    "<setting name=\"dash-high\"", "for more than 15 minutes" },
  { "state-from", "from=\"C20 C25\" to=\"C30\"", "from=\"C20 C26\" to=\"C30\"",
    "from=\"C20 C26\"", "“C26” is not in the list CST" },
  { "state-to", "from=\"C20 C25\" to=\"C30\"", "from=\"C20 C25\" to=\"C31\"", "to=\"C31\"",
    "“C31” is not in the list CST" },
  { "state-lost", "from=\"C30\" to=\"C40\"", "from=\"C30\" to=\"C50\"", "<list id=\"CST\"",
    "no deed leads to the state C40" },
  { "state-test", "to-when=\"all-accepted\"", "to-when=\"some-accepted\"",
    "to-when=\"some-accepted\"", "there is no named test “some-accepted”" },
  { "set-from", "only-from=\"- P80\"", "only-from=\"- P99\"", "only-from=\"- P99\"",
    "“P99” is not in the list STRAND-P" },
  { "set-person", "value=\"decision.by\"", "value=\"decision.level\"",
    "value=\"decision.level\"", "the field “decision.level” does not refer to “staff”" },
  { "signature-result", "sign-result=\"REFUSED\"", "sign-result=\"PERHAPS\"",
    "sign-result=\"PERHAPS\"", "“PERHAPS” is not in the list SOR" },
  { "permission-unknown", "permission=\"26\"", "permission=\"62\"", "permission=\"62\"",
    "there is no permission 62" },
  { "kind-unknown", "touches=\"flag\" significance", "touches=\"flags\" significance",
    "touches=\"flags\"", "there is no kind of record “flags”" },
  { "field-unknown", "field=\"received-at\"", "field=\"recieved-at\"", "field=\"recieved-at\"",
    "there is no field “recieved-at” of “contact”" },
  { "field-no-time", "<start clock=\"T01\" at=\"received-at\"/>",
    "<start clock=\"T01\" at=\"channel\"/>", "at=\"channel\"",
    "the field “channel” holds no time" },
  { "sets-plain", "sets=\"contact.duplicate-of\"", "sets=\"contact.ward\"", "sets=\"contact.ward\"",
    "the deed need not name “contact.ward”" },
  { "clock-unknown", "<stop clock=\"T09\"/>", "<stop clock=\"T99\"/>", "clock=\"T99\"",
    "there is no clock T99" },
  { "guard-role", "value=\"SW MM EH\"", "value=\"SW MM EHH\"", "SW MM EHH\"",
    "“EHH” is not in the list ROLE" },
  { "guard-code", "when-value=\"O12\"", "when-value=\"O99\"", "when-value=\"O99\"",
    "“O99” is not in the list OUT" },
  { "guard-named", "value=\"second-look\"", "value=\"third-look\"", "value=\"third-look\"",
    "there is no named test “third-look”" },
  { "guard-form", "<guard test=\"differs\" kind=\"recommendation\" field=\"by\"",
    "<guard test=\"differs\" kind=\"recommendation\"",
    "<guard test=\"differs\" kind=\"recommendation\"\n", "this guard needs the attribute “field”" },
  { "guard-person", "kind=\"recommendation\" field=\"by\"",
    "kind=\"recommendation\" field=\"outcome\"",
    "test=\"differs\" kind=\"recommendation\" field=\"outcome\"",
    "the field “outcome” does not refer to “staff”" },
  { "signature-unknown", "sign-off=\"SO02\"", "sign-off=\"SO99\"", "sign-off=\"SO99\"",
    "“SO99” is not in the list SO" },
  { "signature-bare", "passphrase=\"yes\" open-only=\"yes\"", "open-only=\"yes\"",
    "<deed id=\"safety-check\"", "ask for the passphrase" },
};

static void
test_broken (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *whole = dup_builtin ();
  g_autofree char *text = replace_once (whole, broken[i].from, broken[i].to);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load (bytes, "new.xml", &error);

  g_assert_null (policy);
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "new.xml: "));
  g_assert_true (g_str_has_suffix (error->message, "."));
  if (broken[i].reason != NULL)
    g_assert_nonnull (strstr (error->message, broken[i].reason));
  if (broken[i].mark != NULL)
    {
      g_autofree char *line = g_strdup_printf ("Line %u: ", find_line (text, broken[i].mark));

      g_assert_nonnull (strstr (error->message, line));
    }
}

/* What no parser should be given at all. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("<mash-policy>");
  g_autofree char *large = g_strnfill (6 * 1024 * 1024, ' ');
  const char *const cases[] = {
    "", " ", "\xff\xfe", "<a>\x01</a>", "MASH", "<?xml version=\"1.1\"?><a/>",
    "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "<mash-policy/>", large,
    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "<a>&b;</a>",
  };

  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<a>");
  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      const char *text = i < G_N_ELEMENTS (cases) ? cases[i] : deep->str;
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (MashPolicy) policy = mash_policy_reader_load (bytes, "new.xml", &error);

      g_assert_null (policy);
      g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/policy-refusals/", broken[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_broken);
    }
  g_test_add_func ("/policy-refusals/hostile", test_hostile);

  return g_test_run ();
}
