/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-csv-out.h"

/* No cell is a formula, whatever stands in it (security.md, C12). */
static void
test_cells (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } cases[] = {
    { "Contacts", "\"Contacts\"" }, { NULL, "" }, { "", "\"\"" },
    { "a, b", "\"a, b\"" }, { "say \"yes\"", "\"say \"\"yes\"\"\"" },
    { "=HYPERLINK(\"A\")", "\"'=HYPERLINK(\"\"A\"\")\"" },
    { "+1", "\"'+1\"" }, { "-1", "\"'-1\"" }, { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "\t=1", "\"'\t=1\"" }, { "  =1", "\"'  =1\"" }, { "＝1", "\"'＝1\"" },
    { "two\nlines", "\"two\nlines\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MashCsvOut *out = mash_csv_out_new ();
      g_autofree char *line = NULL;
      g_autofree char *expected = g_strconcat (cases[i].cell, ",-7\r\n", NULL);

      mash_csv_out_add_text (out, cases[i].text);
      mash_csv_out_add_number (out, -7);
      mash_csv_out_end_row (out);
      line = mash_csv_out_free_to_text (out);
      g_assert_cmpstr (line, ==, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-out/cells", test_cells);

  return g_test_run ();
}
