/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <time.h>

#include "mash-fault.h"
#include "mash-kind.h"
#include "mash-prescan.h"
#include "mash-referral-form.h"
#include "mash-xml.h"

#define TODAY "2026-11-21"
#define ROOT "<referral xmlns=\"urn:mash-desk:referral:1\">"

static const char *examples;

/* Reads a file in this process; its fault, none where it is a referral. */
static MashFaultPlace
read_text (const char *text,
           gssize      length)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  MashFaultPlace place = { MASH_FAULT_NONE };
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;

  if (!mash_referral_form_read (text, bytes, TODAY, reading))
    {
      g_assert_cmpuint (mash_reading_get_length (reading), ==, 1);
      g_assert_true (mash_fault_place_from_text (mash_reading_find (reading, "refused"), &place));
    }

  return place;
}

static char *
repeat (const char *before,
        const char *middle,
        guint       n,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (text, middle);

  return g_string_free (g_string_append (text, after), FALSE);
}

static char *
load_example (const char *name)
{
  g_autofree char *path = g_build_filename (examples, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    MashFault   fault;
    guint       line;
  } rows[] = {
    { "", MASH_FAULT_EMPTY, 1 },
    { " \n\n ", MASH_FAULT_EMPTY, 3 },
    { "<?xml version=\"1.0\"?>\n", MASH_FAULT_EMPTY, 2 },
    { "Dear colleagues,", MASH_FAULT_NOT_XML, 1 },
    { "%PDF-1.7\n", MASH_FAULT_NOT_XML, 1 },
    { "<a>\n\xff</a>", MASH_FAULT_NOT_UTF8, 2 },
    { "\xfe\xff", MASH_FAULT_NOT_UTF8, 1 },
    { "<a>\n\n\a</a>", MASH_FAULT_CONTROL, 3 },
    { "<a>\xc2\x9b</a>", MASH_FAULT_CONTROL, 1 },
    { "<a>\x7f</a>", MASH_FAULT_CONTROL, 1 },
    { "<a>\t\r\n\xc2\xa0</a>", MASH_FAULT_OTHER_FORMAT, 1 },
    { "\xef\xbb\xbf<a/>", MASH_FAULT_OTHER_FORMAT, 1 },
    { "<?xml", MASH_FAULT_INSTRUCTION, 1 },
    { "<?xmlish?>", MASH_FAULT_INSTRUCTION, 1 },
    { "<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", MASH_FAULT_DOCTYPE, 1 },
    { "<?xml version=\"1.0\"?>\n<!doctype a>\n<a/>", MASH_FAULT_DOCTYPE, 2 },
    { "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", MASH_FAULT_DOCTYPE, 1 },
    { "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://192.0.2.1/p\">%p;]><a/>", MASH_FAULT_DOCTYPE, 1 },
    { "<!ENTITY a \"b\"><a/>", MASH_FAULT_ENTITY, 1 },
    { "<a>\n<?xml-stylesheet href=\"x\"?></a>", MASH_FAULT_INSTRUCTION, 2 },
    { "<?php ?><a/>", MASH_FAULT_INSTRUCTION, 1 },
    { " <?xml version=\"1.0\"?><a/>", MASH_FAULT_INSTRUCTION, 1 },
    { "<?xml version=\"1.1\"?><a/>", MASH_FAULT_VERSION, 1 },
    { "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", MASH_FAULT_ENCODING, 1 },
    { "<?xml version=\"1.0\" encoding=\"utf-7\"?><a/>", MASH_FAULT_ENCODING, 1 },
    { "<a>\n</b>", MASH_FAULT_BROKEN, 2 },
    { "<a/>\n<a/>", MASH_FAULT_BROKEN, 2 },
    { "<a/>\nrubbish", MASH_FAULT_BROKEN, 2 },
    { "<a b=\"<\"/>", MASH_FAULT_BROKEN, 1 },
    { "<a>&unknown;</a>", MASH_FAULT_BROKEN, 1 },
    { "<a b='1' b='1'/>", MASH_FAULT_BROKEN, 1 },
    { "<x:a/>", MASH_FAULT_BROKEN, 1 },
    { "<html><script>alert (1)</script></html>", MASH_FAULT_OTHER_FORMAT, 1 },
    { "<referral/>", MASH_FAULT_OTHER_FORMAT, 1 },
    { "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></a>",
      MASH_FAULT_OTHER_FORMAT, 1 },
    { ROOT "\n<source>6</source><unheard-of/></referral>", MASH_FAULT_UNEXPECTED, 2 },
    { ROOT "<source>6</source><children/></referral>", MASH_FAULT_MISSING, 1 },
    { ROOT "<state>C90</state></referral>", MASH_FAULT_UNEXPECTED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MashFaultPlace place = read_text (rows[i].text, -1);

      g_test_message ("row %u", i);
      g_assert_cmpint (place.fault, ==, rows[i].fault);
      g_assert_cmpuint (place.line, ==, rows[i].line);
    }
  g_assert_cmpint (read_text ("<a>\0</a>", 8).fault, ==, MASH_FAULT_CONTROL);
}

#define CHILDREN \
  "<children><person key=\"child\"><kind>CHILD</kind><role>CHILD</role>" \
  "<known-as>Robin</known-as></person></children>"
#define LETTER "<letter><text>Words</text></letter>"

/* Referrals that lack what a referral says, or say it oddly. */
static void
test_odd (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_read;
  } rows[] = {
    { ROOT "<source>6</source>" LETTER CHILDREN "</referral>", TRUE },
    { "<referral xmlns=\"urn:mash-desk:referral:9\"/>", FALSE },
    { ROOT "<sent-at>soon</sent-at><source>6</source>" LETTER CHILDREN "</referral>", FALSE },
    { ROOT "<sent-at>1066-10-14T10:00:00Z</sent-at><source>6</source>" LETTER CHILDREN
      "</referral>", FALSE },
    { ROOT "<source>6</source>" CHILDREN "</referral>", FALSE },
    { ROOT "<source>6</source>" LETTER "<children><person key=\"child\"><kind>CHILD</kind>"
      "<role>CHILD</role></person></children></referral>", FALSE },
    { ROOT "<source>6</source>" LETTER "<children><person key=\"child\" colour=\"red\">"
      "<kind>CHILD</kind><role>CHILD</role></person></children></referral>", FALSE },
    { ROOT "<source>6</source>" LETTER CHILDREN "<attachments><attachment>a.pdf</attachment>"
      "<attachment>b.pdf</attachment></attachments></referral>", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MashFaultPlace place = read_text (rows[i].text, -1);

      g_test_message ("row %u: %d", i, place.fault);
      g_assert_cmpint (place.fault == MASH_FAULT_NONE, ==, rows[i].is_read);
    }
}

/* The parser has the same walls again, for what a scan of ours might let through. */
static void
test_second_wall (void)
{
  static const struct
  {
    const char *text;
    MashFault   fault;
  } rows[] = {
    { "<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>", MASH_FAULT_DOCTYPE },
    { "<!DOCTYPE a SYSTEM \"/etc/passwd\"><a/>", MASH_FAULT_DOCTYPE },
    { "<a><?b c?></a>", MASH_FAULT_INSTRUCTION },
    { "<a>", MASH_FAULT_BROKEN },
    { "", MASH_FAULT_BROKEN },
  };
  g_autofree char *long_name = repeat ("<", "a", 257, "/>");
  MashXmlFault fault;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_null (mash_xml_parse (rows[i].text, strlen (rows[i].text), &fault));
      g_assert_cmpint (fault.fault, ==, rows[i].fault);
      g_assert_cmpuint (fault.line, >=, 1);
    }

  g_assert_null (mash_xml_parse (long_name, strlen (long_name), &fault));
  g_assert_cmpint (fault.fault, ==, MASH_FAULT_NAME);
}

static void
test_large (void)
{
  static const struct
  {
    const char *before, *middle;
    guint       n;
    const char *after;
    MashFault   fault;
  } rows[] = {
    { "", "<a>", 100000, "", MASH_FAULT_DEPTH },
    { "<a>", "<b/>", 1000000, "</a>", MASH_FAULT_ELEMENTS },
    { "<a>", "<b/>", 2000000, "</a>", MASH_FAULT_SIZE },
    { "<a>", "12345678", 1536 * 1024, "</a>", MASH_FAULT_SIZE },
    { "<a>", "12345678", 256 * 1024, "</a>", MASH_FAULT_TEXT },
    { "<a><![CDATA[", "12345678", 256 * 1024, "]]></a>", MASH_FAULT_TEXT },
    { "<a>", "1234567<!---->", 256 * 1024, "</a>", MASH_FAULT_TEXT },
    { "<a b=\"", "12345678", 256 * 1024, "\"/>", MASH_FAULT_TAG },
    { "<!--", "12345678", 256 * 1024, "--><a/>", MASH_FAULT_TAG },
    { "<a ", "a=''", 200000, "/>", MASH_FAULT_ATTRIBUTES },
    { "<", "a", 100000, "/>", MASH_FAULT_TAG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = repeat (rows[i].before, rows[i].middle, rows[i].n, rows[i].after);
      clock_t began = clock ();

      /* What the reader's limits allow it, and of the processor: the machine may be busy. */
      g_test_message ("row %u", i);
      g_assert_cmpint (read_text (text, -1).fault, ==, rows[i].fault);
      g_assert_cmpint (clock () - began, <, 2 * CLOCKS_PER_SEC);
    }
}

/* Cut off anywhere, a file is refused with a line. The last byte is the end of the last line. */
static void
test_truncated (void)
{
  static const char *const names[] = { "half-filled-referral.xml", "school-referral.xml" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autofree char *text = load_example (names[n]);
      gsize length = strlen (text);

      g_assert_cmpint (read_text (text, (gssize) length).fault, ==, MASH_FAULT_NONE);
      for (gsize cut = 0; cut < length - 1; cut++)
        {
          MashFaultPlace place = read_text (text, (gssize) cut);

          g_assert_cmpint (place.fault, !=, MASH_FAULT_NONE);
          g_assert_cmpuint (place.line, >=, 1);
        }
    }
}

/* A referral with one child, of whom the file says no more than @about. */
static MashFaultPlace
read_child (const char *about)
{
  g_autofree char *text = g_strdup_printf (
    ROOT "<source>6</source><letter><text>Words</text></letter><children><person key=\"child\">"
    "<kind>CHILD</kind><role>CHILD</role><known-as>Robin</known-as>\n%s</person></children>"
    "</referral>", about);

  return read_text (text, -1);
}

static void
test_values (void)
{
  static const struct
  {
    const char *about;
    MashFault   fault;
  } rows[] = {
    { "<birth>2020-03-04</birth>", MASH_FAULT_NONE },
    { "<birth>2020-03</birth>", MASH_FAULT_NONE },
    { "<birth>2020</birth>", MASH_FAULT_NONE },
    { "<birth></birth>", MASH_FAULT_NONE },
    { "<birth>2026-11-21</birth>", MASH_FAULT_NONE },
    { "<birth>2026-11-22</birth>", MASH_FAULT_DATE_FUTURE },
    { "<birth>2027</birth>", MASH_FAULT_DATE_FUTURE },
    { "<birth>2020-02-30</birth>", MASH_FAULT_DATE_NO_SUCH_DAY },
    { "<birth>1900-02-29</birth>", MASH_FAULT_DATE_NO_SUCH_DAY },
    { "<birth>2020-13-01</birth>", MASH_FAULT_DATE_NO_SUCH_DAY },
    { "<birth>0000-01-01</birth>", MASH_FAULT_DATE_YEAR_ZERO },
    { "<birth>0</birth>", MASH_FAULT_DATE_YEAR_ZERO },
    { "<birth>99999-01-01</birth>", MASH_FAULT_DATE_YEAR_FORM },
    { "<birth>-0001-01-01</birth>", MASH_FAULT_DATE_YEAR_FORM },
    { "<birth>-1</birth>", MASH_FAULT_DATE_YEAR_FORM },
    { "<birth>1066-10-14</birth>", MASH_FAULT_DATE_YEAR_RANGE },
    { "<birth>2999-10-14</birth>", MASH_FAULT_DATE_YEAR_RANGE },
    { "<person-location><where>Here</where><at>1066-10-14T10:00Z</at></person-location>",
      MASH_FAULT_TIME_FORM },
    { "<person-location><where>Here</where><at>2999-10-14T10:00Z</at></person-location>",
      MASH_FAULT_TIME_FORM },
    { "<birth>2020-01-01Z</birth>", MASH_FAULT_DATE_ZONE },
    { "<birth>2020-01-01T00:00:00Z</birth>", MASH_FAULT_DATE_ZONE },
    { "<birth> 2020-01-01</birth>", MASH_FAULT_DATE_PADDED },
    { "<birth>2020-01-01\n</birth>", MASH_FAULT_DATE_PADDED },
    { "<birth>4 March 2020</birth>", MASH_FAULT_DATE_FORM },
    { "<birth>04/03/2020</birth>", MASH_FAULT_DATE_FORM },
    { "<birth>2020-3-4</birth>", MASH_FAULT_DATE_FORM },
    { "<expected-birth>2027-01-20</expected-birth>", MASH_FAULT_NONE },
    { "<expected-birth>2027-01</expected-birth>", MASH_FAULT_DATE_FORM },
    { "<birth>2020</birth><expected-birth>2027-01-20</expected-birth>", MASH_FAULT_BORN_AND_DUE },
    { "<sex>F F</sex>", MASH_FAULT_CODE_FORM },
    { "<disabilities>HEAR  VIS</disabilities>", MASH_FAULT_NONE },
    { "<disabilities>HEAR HEAR</disabilities>", MASH_FAULT_CODE_FORM },
    { "<birth-estimated>perhaps</birth-estimated>", MASH_FAULT_VALUE },
    { "<religion>&#x7f;</religion>", MASH_FAULT_CONTROL },
    { "<person-location><where>Here</where><at>2026-11-20T10:00</at></person-location>",
      MASH_FAULT_TIME_FORM },
    { "<person-location><where>Here</where><at>2026-11-20T10:00+00:00</at></person-location>",
      MASH_FAULT_NONE },
    { "<person-location><where>Here</where><at>2026-02-30T10:00:00Z</at></person-location>",
      MASH_FAULT_TIME_FORM },
  };
  g_autofree char *long_text = repeat ("<religion>", "12345678", 9 * 1024, "</religion>");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MashFaultPlace place = read_child (rows[i].about);

      g_test_message ("%s", rows[i].about);
      g_assert_cmpint (place.fault, ==, rows[i].fault);
      if (place.fault != MASH_FAULT_NONE && place.fault != MASH_FAULT_BORN_AND_DUE)
        {
          g_assert_cmpuint (place.line, ==, 2);
          g_assert_nonnull (place.field);
        }
    }
  g_assert_cmpint (read_child (long_text).fault, ==, MASH_FAULT_LONG);
}

static void
test_keys (void)
{
  static const struct
  {
    const char *from, *to;
    MashFault   fault;
  } rows[] = {
    { "key=\"khan\"", "key=\"ellie\"", MASH_FAULT_KEY_TWICE },
    { "key=\"khan\"", "key=\"0\"", MASH_FAULT_KEY_FORM },
    { "key=\"khan\"", "key=\"a b\"", MASH_FAULT_KEY_FORM },
    { "from-person=\"khan\"", "from-person=\"nobody\"", MASH_FAULT_KEY_UNKNOWN },
    { "from-person=\"khan\"", "from-person=\"home\"", MASH_FAULT_KEY_UNKNOWN },
    { "covers-persons=\"ellie noah baby\"", "covers-persons=\"ellie nobody\"",
      MASH_FAULT_KEY_UNKNOWN },
    { "<known-as>Unborn Marsh</known-as>", "", MASH_FAULT_NONE },
  };
  g_autofree char *text = load_example ("school-referral.xml");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) altered = g_string_new (text);

      g_test_message ("%s", rows[i].to);
      g_assert_cmpuint (g_string_replace (altered, rows[i].from, rows[i].to, 1), ==, 1);
      g_assert_cmpint (read_text (altered->str, -1).fault, ==, rows[i].fault);
    }
}

static void
test_too_many (void)
{
  g_autofree char *text = repeat (
    ROOT "<source>6</source><letter><text>Words</text></letter><children><person key=\"child\">"
    "<kind>CHILD</kind><role>CHILD</role><known-as>Robin</known-as>",
    "<person-name><use>ALIAS</use></person-name>", 200, "</person></children></referral>");

  g_assert_cmpint (read_text (text, -1).fault, ==, MASH_FAULT_MANY);
}

/* No sentence is missing, and each survives the way through the pipe. */
static void
test_sentences (void)
{
  for (int fault = MASH_FAULT_EMPTY; fault <= MASH_FAULT_NUMBER_TWICE; fault++)
    {
      const MashFaultPlace place = { (MashFault) fault, 12, "person", "birth" };
      g_autofree char *text = mash_fault_place_to_text (&place);
      g_autofree char *sentence = mash_fault_place_say (&place);
      MashFaultPlace again;

      g_assert_true (mash_fault_place_from_text (text, &again));
      g_assert_cmpint (again.fault, ==, place.fault);
      g_assert_cmpuint (again.line, ==, 12);
      g_assert_cmpstr (again.field, ==, "birth");
      g_assert_true (g_str_has_prefix (sentence, "Line 12, “Born”: "));
      g_assert_true (g_str_has_suffix (sentence, "."));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  examples = argv[1];
  mash_xml_init ();

  g_test_add_func ("/reader/prescan/refused", test_refused);
  g_test_add_func ("/reader/prescan/odd", test_odd);
  g_test_add_func ("/reader/prescan/second-wall", test_second_wall);
  g_test_add_func ("/reader/prescan/large", test_large);
  g_test_add_func ("/reader/prescan/truncated", test_truncated);
  g_test_add_func ("/reader/form/values", test_values);
  g_test_add_func ("/reader/form/keys", test_keys);
  g_test_add_func ("/reader/form/too-many", test_too_many);
  g_test_add_func ("/reader/form/sentences", test_sentences);

  return g_test_run ();
}
