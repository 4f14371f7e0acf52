/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-csv.h"
#include "mash-import-form.h"

#define TODAY "2026-11-22"
#define HEAD "source_system,source_id,surname,birth,due\n"
#define COUNTS "week,team,measure,count,source\n"

/* A file, and what the reader says of it: `refused` alone, or the names and values in turn. */
typedef struct
{
  const char *name;
  const char *text;
  gsize       length;   /* 0: to the end of the text */
  const char *says;
} File;

static const File files[] = {
  { "one-row", HEAD "Old,1,Marsh,2020-03-04,\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname=Marsh birth=2020-03-04" },
  { "no-line-end", HEAD "Old,1,Marsh,,", 0,
    "form=people row=2 source_system=Old source_id=1 surname=Marsh" },
  { "byte-order-mark-and-crlf",
    "\xef\xbb\xbfsource_system,source_id,surname\r\nOld,1,Marsh\r\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname=Marsh" },
  { "quotes", HEAD "\"Old\",1,\"O\"\"Brien, \"\"Liam\"\"\",,\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname=O\"Brien, \"Liam\"" },
  { "empty-lines", HEAD "\n\nOld,1,Marsh,,\n\n", 0,
    "form=people row=4 source_system=Old source_id=1 surname=Marsh" },
  { "head-alone", HEAD, 0, "form=people" },
  { "formula", HEAD "Old,1,\"=HYPERLINK(\"\"x\"\")\",,\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname==HYPERLINK(\"x\")" },
  { "sql", HEAD "Old,1,Robert'); DROP TABLE,,\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname=Robert'); DROP TABLE" },
  { "null-and-test", HEAD "NULL,Test,NULL,,\n", 0,
    "form=people row=2 source_system=NULL source_id=Test surname=NULL" },
  { "markup", HEAD "Old,1,<b>&amp;</b>,,\n", 0,
    "form=people row=2 source_system=Old source_id=1 surname=<b>&amp;</b>" },
  { "bad-digit", "source_system,source_id,nhs_number\nOld,1,943 476 5910\n", 0,
    "form=people row=2 source_system=Old source_id=1 nhs_number=943 476 5910"
    " note=check-digit 2 person nhs-number" },
  { "episodes", "source_system,person_id,episode_id,opened\nOld,1,E1,2014-05\n", 0,
    "form=episodes row=2 source_system=Old person_id=1 episode_id=E1 opened=2014-05" },

  { "counts", COUNTS "2026-10-12,North,CFA,24,Return\n", 0,
    "form=counts row=2 week=2026-10-12 team=North measure=CFA count=24 source=Return" },
  { "counts-nought", COUNTS "2026-10-12,North,CFA,0,Return\n", 0,
    "form=counts row=2 week=2026-10-12 team=North measure=CFA count=0 source=Return" },
  { "counts-bad",
    COUNTS "2026-10-13,a,CFA,1,s\n2026-13-12,a,CFA,1,s\n2026-12-07,a,CFA,1,s\n"
           "2026-10,a,CFA,1,s\n2026-10-12,a,CFA,-1,s\n2026-10-12,a,CFA,1.5,s\n"
           "2026-10-12,a,CFA,100001,s\n2026-10-12,a,CFA,ten,s\n2026-10-12,,CFA,1,s\n"
           "2026-10-12,a,c f a,1,s\n2026-10-12,a,CFA,,s\n2026-10-12,a,CFA,1,\n", 0,
    "form=counts bad=csv-week 2 assessment-count week"
    " bad=date-no-such-day 3 assessment-count week bad=date-future 4 assessment-count week"
    " bad=date-form 5 assessment-count week bad=csv-number 6 assessment-count count"
    " bad=csv-number 7 assessment-count count bad=csv-number 8 assessment-count count"
    " bad=csv-number 9 assessment-count count bad=csv-needed 10 assessment-count team"
    " bad=code-form 11 assessment-count measure bad=csv-needed 12 assessment-count count"
    " bad=csv-needed 13 assessment-count source" },
  { "counts-without-source", "week,team,measure,count\n", 0, "refused=csv-head 1 - -" },

  /* Single rows that cannot be taken stop no other. */
  { "dates",
    HEAD "Old,1,a,2020-02-30,\nOld,2,b,0000,\nOld,3,c,2027-01-01,\nOld,4,d,2020-01-01Z,\n"
         "Old,5,e, 2020,\nOld,6,f,4/3/2020,\nOld,7,g,,2027-01-01\n", 0,
    "form=people bad=date-no-such-day 2 person birth bad=date-year-zero 3 person birth"
    " bad=date-future 4 person birth bad=date-zone 5 person birth bad=date-padded 6 person birth"
    " bad=date-form 7 person birth row=8 source_system=Old source_id=7 surname=g due=2027-01-01" },
  { "born-and-due", HEAD "Old,1,a,2020,2027-01-01\nOld,2,b,,\n", 0,
    "form=people bad=born-and-due 2 - - row=3 source_system=Old source_id=2 surname=b" },
  { "cells", HEAD "Old,1,a\nOld,2,b,,,,\nOld,3,c,,\n", 0,
    "form=people bad=csv-cells 2 - - bad=csv-cells 3 - - row=4 source_system=Old source_id=3"
    " surname=c" },
  { "needed", HEAD "Old,,a,,\n,2,b,,\n", 0,
    "form=people bad=csv-needed 2 identifier value bad=csv-needed 3 import-row system" },
  { "line-break-in-a-cell", HEAD "Old,1,\"a\nb\",,\nOld,2,c,,\n", 0,
    "form=people bad=csv-break 2 person legal-surname row=4 source_system=Old source_id=2"
    " surname=c" },
  { "codes", "source_system,source_id,sex\nOld,1,female\nOld,2,F\n", 0,
    "form=people bad=code-form 2 person sex row=3 source_system=Old source_id=2 sex=F" },
  { "yes-no", "source_system,source_id,confidential\nOld,1,Y\nOld,2,yes\n", 0,
    "form=people bad=csv-yes-no 2 address confidential row=3 source_system=Old source_id=2"
    " confidential=yes" },

  { "not-confidential", "source_system,source_id,confidential\nOld,1,no\n", 0,
    "form=people row=2 source_system=Old source_id=1 confidential=no" },
  { "long-code", "source_system,source_id,sex\nOld,1,ABCDEFGHIJKLMNOPQ\nOld,2,é\n", 0,
    "form=people bad=code-form 2 person sex bad=code-form 3 person sex" },
  { "check-digits", "source_system,source_id,nhs_number,upn\nOld,1,9434765919,B000000000000\n"
                    "Old,2,9434765918,T850728973744\n", 0,
    "form=people row=2 source_system=Old source_id=1 nhs_number=9434765919 upn=B000000000000"
    " note=check-digit 2 person upn row=3 source_system=Old source_id=2 nhs_number=9434765918"
    " note=check-digit 3 person nhs-number upn=T850728973744" },
  { "years", HEAD "Old,1,a,1066-10-14,\nOld,2,b,2999-01-01,\n", 0,
    "form=people bad=date-year-range 2 person birth bad=date-year-range 3 person birth" },
  { "break-in-quotes", HEAD "Old,1,\"a\r\nb\",,\n", 0,
    "form=people bad=csv-break 2 person legal-surname" },

  /* What breaks the form refuses the file, with the line. */
  { "delete", HEAD "Old,1,a\x7f,,\n", 0, "refused=control 2 - -" },
  { "cr-in-quotes", HEAD "Old,1,\"a\rb\",,\n", 0, "refused=csv-line 2 - -" },
  { "cr-at-the-end", HEAD "Old,1,\"a\r", 0, "refused=csv-line 2 - -" },
  { "quote-at-the-end", HEAD "Old,1,\"", 0, "refused=csv-open 2 - -" },
  { "two-bytes", "ab", 0, "refused=csv-head 1 - -" },
  { "empty", "", 0, "refused=empty 0 - -" },
  { "only-spaces", "   \n", 0, "refused=csv-head 1 - -" },
  { "nul", HEAD "Old,1,a\0b,,\n", sizeof HEAD - 1 + 12, "refused=control 2 - -" },
  { "control", HEAD "Old,1,a\x01,,\n", 0, "refused=control 2 - -" },
  { "escape", HEAD "Old,1,a\x1b[2J,,\n", 0, "refused=control 2 - -" },
  { "not-utf8", HEAD "Old,1,a,,\nOld,2,\xff,,\n", 0, "refused=not-utf8 3 - -" },
  { "latin-1", HEAD "Old,1,Zo\xeb,,\n", 0, "refused=not-utf8 2 - -" },
  { "utf-16", "\xff\xfes\0o\0", 6, "refused=not-utf8 1 - -" },
  { "open-quote", HEAD "Old,1,\"a,,\nOld,2,b,,\n", 0, "refused=csv-open 2 - -" },
  { "quote-inside", HEAD "Old,1,a\"b,,\n", 0, "refused=csv-quote 2 - -" },
  { "after-quote", HEAD "Old,1,\"a\"b,,\n", 0, "refused=csv-quote 2 - -" },
  { "lone-cr", HEAD "Old,1,a,,\rOld,2,b,,\n", 0, "refused=csv-line 2 - -" },
  { "unknown-column", "source_system,source_id,surnam\nOld,1,a\n", 0,
    "refused=csv-column 1 - -" },
  { "column-twice", "source_system,source_id,source_id\nOld,1,1\n", 0,
    "refused=csv-column-twice 1 - -" },
  { "needed-column", "source_id,surname\n1,a\n", 0, "refused=csv-head 1 - -" },
  { "semicolons", "source_system;source_id;surname\nOld;1;a\n", 0, "refused=csv-head 1 - -" },
  { "xml", "<?xml version=\"1.0\"?><mash-referral/>\n", 0, "refused=csv-quote 1 - -" },
};

static char *
read_text (const char *text,
           gsize       length)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  gboolean whole = mash_import_form_read (text, length, TODAY, reading);

  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    g_string_append_printf (said, "%s%s=%s", i > 0 ? " " : "", mash_reading_get_name (reading, i),
                            mash_reading_get_value (reading, i));
  g_assert_cmpint (whole, ==, !g_str_has_prefix (said->str, "refused="));

  return g_string_free (g_steal_pointer (&said), FALSE);
}

static void
test_file (gconstpointer data)
{
  const File *file = data;
  gsize length = file->length > 0 ? file->length : strlen (file->text);
  g_autofree char *said = read_text (file->text, length);

  g_assert_cmpstr (said, ==, file->says);
}

/* A file that is cut off at whatever byte is read, or refused, and never read beyond its end. */
static void
test_truncated (void)
{
  const char *text = "\xef\xbb\xbf" HEAD "\"Old\",1,\"O\"\"Brien, Zoë\",2020-03-04,\r\n"
                     "Old,2,b,,\r\n";

  for (gsize length = 0; length <= strlen (text); length++)
    {
      g_autofree char *kept = g_memdup2 (text, length > 0 ? length : 1);
      g_autofree char *said = read_text (kept, length);

      g_assert_cmpuint (strlen (said), >, 0);
    }
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

static void
check_begins (const char *text,
              const char *says)
{
  g_autofree char *said = read_text (text, strlen (text));

  if (!g_str_has_prefix (said, says))
    g_error ("%.200s", said);
}

static void
test_limits (void)
{
  g_autofree char *long_cell = repeat ("x", MASH_CSV_MAX_CELL_BYTES + 1);
  g_autofree char *cell = g_strdup_printf (HEAD "Old,1,%s,,\nOld,2,b,,\n", long_cell);
  g_autofree char *rows = repeat ("Old,1,a,,\n", MASH_CSV_MAX_ROWS + 1);
  g_autofree char *too_many = g_strconcat (HEAD, rows, NULL);
  g_autofree char *commas = repeat (",", 100000);
  g_autofree char *wide = g_strdup_printf (HEAD "%s\nOld,2,b,,\n", commas);
  g_autofree char *huge = repeat ("Old,1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaa,,\n", 150000);

  check_begins (cell, "form=people bad=long 2 - - row=3");
  check_begins (too_many, "refused=csv-rows 20002 - -");
  check_begins (wide, "form=people bad=csv-cells 2 - - row=3");
  check_begins (commas, "refused=csv-cells 1 - -");
  check_begins (huge, "refused=size 0 - -");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/import-form/", files[i].name, NULL);

      g_test_add_data_func (path, &files[i], test_file);
    }
  g_test_add_func ("/import-form/truncated", test_truncated);
  g_test_add_func ("/import-form/limits", test_limits);

  return g_test_run ();
}
