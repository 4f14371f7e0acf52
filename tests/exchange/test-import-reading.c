/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a reader says of rows of another system, believed word by word, and the records that are
 * made of one. A list is written “name=value|name=value”. */

#include "config.h"

#include <string.h>

#include "mash-import.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"
#include "mash-test-facts.h"

#define PEOPLE "form=people|sha256=00|"
#define ROW PEOPLE "row=2|source_system=Old|source_id=1"

static MashPolicy *policy;

static MashImport *
take (const char *list)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_auto (GStrv) pairs = g_strsplit (list, "|", -1);

  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      mash_reading_add (reading, pair[0], pair[1]);
    }

  return mash_import_from_reading (reading, policy);
}

static void
test_refused (void)
{
  static const char *const lists[] = {
    "",
    "form=people",
    "sha256=00",
    "sha256=00|form=people",
    "form=elsewhere|sha256=00",
    PEOPLE "row=0",
    PEOPLE "row=two",
    PEOPLE "row=99999999999",
    PEOPLE "bad=no-such-fault 2 - -",
    PEOPLE "bad=date-form",
    PEOPLE "source_system=Old",
    PEOPLE "note=check-digit 2 person nhs-number",
    PEOPLE "bad=date-form 2 person birth|source_system=Old",
    PEOPLE "bad=date-form 2 person birth|note=check-digit 2 person nhs-number",
    PEOPLE "row=2|note=no-such-fault 2 - -",
    PEOPLE "row=2|passphrase=x",
    PEOPLE "row=2|source_system=Old|source_system=New",
    PEOPLE "row=2|source_system=\xff",
    PEOPLE "form=people",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_test_message ("%u", i);
      g_assert_null (take (lists[i]));
    }
  mash_import_free (NULL);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *list;
    guint       n_lines;
    MashFault   fault;
  } rows[] = {
    { PEOPLE, 0, MASH_FAULT_NONE },
    { ROW, 1, MASH_FAULT_NONE },
    { ROW "|sex=F|note=check-digit 2 person nhs-number", 1, MASH_FAULT_NONE },
    { PEOPLE "bad=date-form 2 person birth", 1, MASH_FAULT_DATE_FORM },
    { PEOPLE "row=2|source_system=Old", 1, MASH_FAULT_CSV_NEEDED },
    { ROW "|sex=NONE-SUCH", 1, MASH_FAULT_CODE_UNKNOWN },
    { ROW "|identifier=77", 1, MASH_FAULT_CSV_IDENTIFIER },
    { ROW "|identifier_type=CASE", 1, MASH_FAULT_CSV_IDENTIFIER },
    { ROW "|identifier_type=CASE|identifier=77", 1, MASH_FAULT_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashImport) import = take (rows[i].list);
      const MashImportLine *line;

      g_test_message ("%u", i);
      g_assert_nonnull (import);
      g_assert_cmpuint (import->lines->len, ==, rows[i].n_lines);
      if (rows[i].n_lines == 0)
        continue;
      line = g_ptr_array_index (import->lines, 0);
      g_assert_cmpint (line->fault.fault, ==, rows[i].fault);
      g_assert_cmpuint (line->line, ==, 2);
    }
}

static char *
make_id (gpointer data)
{
  guint *n = data;

  return g_strdup_printf ("id-%u", ++*n);
}

static guint
count_kind (MashGroup  *group,
            const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    n += strcmp (mash_edit_get_kind (mash_group_get_edit (group, i))->name, kind) == 0;

  return n;
}

/* The records that a row becomes: of each kind so many, and what the person is. */
static void
test_groups (void)
{
  static const struct
  {
    const char *more;
    guint       n_names;
    guint       n_points;
    guint       n_homes;
    guint       n_numbers;
    const char *kind;
    const char *nhs;
  } rows[] = {
    { "", 0, 0, 0, 1, "UNKNOWN", NULL },
    { "|kind=CHILD", 0, 0, 0, 1, "CHILD", NULL },
    { "|due=2027-01-01", 0, 0, 0, 1, "UNBORN", NULL },
    { "|previous_surname=Reed", 1, 0, 0, 1, "UNKNOWN", NULL },
    { "|telephone=0700", 0, 1, 0, 1, "UNKNOWN", NULL },
    { "|postcode=WS1 1AA", 0, 0, 1, 1, "UNKNOWN", NULL },
    { "|postcode=WS1 1AA|confidential=yes", 0, 0, 1, 1, "UNKNOWN", NULL },
    { "|postcode=WS1 1AA|confidential=no", 0, 0, 1, 1, "UNKNOWN", NULL },
    { "|identifier_type=CASE|identifier=77", 0, 0, 0, 2, "UNKNOWN", NULL },
    { "|identifier_type=CASE|identifier=77|identifier_issuer=Older", 0, 0, 0, 2, "UNKNOWN",
      NULL },
    { "|nhs_number=943 476 5919", 0, 0, 0, 1, "UNKNOWN", "9434765919" },
    { "|nhs_number=943 476 5918", 0, 0, 0, 2, "UNKNOWN", NULL },
    { "|upn=Z000000000000", 0, 0, 0, 2, "UNKNOWN", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *list = g_strconcat (ROW, rows[i].more, NULL);
      g_autoptr (MashImport) import = take (list);
      const MashImportKnown nobody = { NULL, NULL, NULL };
      g_autoptr (MashGroup) group = NULL;
      MashEdit *person;
      guint n = 0;

      g_test_message ("%s", rows[i].more);
      group = mash_import_line_to_group (import, g_ptr_array_index (import->lines, 0), "file",
                                         &nobody, make_id, &n);
      person = mash_group_find_edit (group, "person", NULL);
      g_assert_cmpstr (mash_edit_get_text (person, "kind"), ==, rows[i].kind);
      g_assert_cmpstr (mash_edit_get_text (person, "nhs-number"), ==, rows[i].nhs);
      g_assert_cmpuint (count_kind (group, "person-name"), ==, rows[i].n_names);
      g_assert_cmpuint (count_kind (group, "contact-point"), ==, rows[i].n_points);
      g_assert_cmpuint (count_kind (group, "address"), ==, rows[i].n_homes);
      g_assert_cmpuint (count_kind (group, "household-member"), ==, rows[i].n_homes);
      g_assert_cmpuint (count_kind (group, "identifier"), ==, rows[i].n_numbers);
      g_assert_cmpuint (count_kind (group, "import-row"), ==, 1);
    }
}

/* Somebody who is known gets no number that they have, and keeps what is known of them. */
static void
test_known (void)
{
  static const struct
  {
    const char *type;
    const char *value;
    const char *issuer;
    guint       n_numbers;
  } rows[] = {
    { "CASE", "1", "Old", 0 },
    { "CASE", "1", "Other", 1 },
    { "CASE", "2", "Old", 1 },
    { "NHS", "1", "Old", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashImport) import = take (ROW "|surname=Reed");
      g_autoptr (GPtrArray) identifiers =
        g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
      const MashImportKnown known = { "person-1", identifiers, NULL };
      g_autoptr (MashGroup) group = NULL;
      guint n = 0;

      g_ptr_array_add (identifiers, mash_test_record ("identifier", "i", "type", rows[i].type,
                                                      "value", rows[i].value, "issuer",
                                                      rows[i].issuer, NULL));
      group = mash_import_line_to_group (import, g_ptr_array_index (import->lines, 0), "file",
                                         &known, make_id, &n);
      g_assert_null (mash_group_find_edit (group, "person", NULL));
      g_assert_cmpuint (count_kind (group, "identifier"), ==, rows[i].n_numbers);
      g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (group, "import-row", NULL),
                                           "person"), ==, "person-1");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);

  g_test_add_func ("/exchange/import-reading/refused", test_refused);
  g_test_add_func ("/exchange/import-reading/rows", test_rows);
  g_test_add_func ("/exchange/import-reading/groups", test_groups);
  g_test_add_func ("/exchange/import-reading/known", test_known);

  result = g_test_run ();
  mash_policy_unref (policy);

  return result;
}
