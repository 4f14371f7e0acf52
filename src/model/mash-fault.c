/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-fault.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-kind.h"

/* In the order of the codes; a test asks each by its code. */
static const struct
{
  MashFault   fault;
  const char *name;
  const char *sentence;
} faults[] = {
  { MASH_FAULT_NONE, "none",
    N_("Nothing is wrong.") },
  { MASH_FAULT_EMPTY, "empty",
    N_("The file is empty.") },
  { MASH_FAULT_SIZE, "size",
    N_("The file is larger than 5 MB, the largest that is read.") },
  { MASH_FAULT_NOT_XML, "not-xml",
    N_("This is not an XML file.") },
  { MASH_FAULT_NOT_UTF8, "not-utf8",
    N_("The text is not UTF-8.") },
  { MASH_FAULT_CONTROL, "control",
    N_("There is a control character here, which no text has.") },
  { MASH_FAULT_DOCTYPE, "doctype",
    N_("The file contains a document type, refused.") },
  { MASH_FAULT_ENTITY, "entity",
    N_("The file declares an entity, refused.") },
  { MASH_FAULT_INSTRUCTION, "instruction",
    N_("The file contains a processing instruction, refused.") },
  { MASH_FAULT_VERSION, "version",
    N_("The file does not say that it is XML 1.0.") },
  { MASH_FAULT_ENCODING, "encoding",
    N_("The file says that it is not UTF-8.") },
  { MASH_FAULT_TAG, "tag",
    N_("A tag is longer than 64 KB, refused.") },
  { MASH_FAULT_ATTRIBUTES, "attributes",
    N_("A tag has more than 256 attributes, refused.") },
  { MASH_FAULT_ELEMENTS, "elements",
    N_("The file has more than 50,000 elements, refused.") },
  { MASH_FAULT_DEPTH, "depth",
    N_("Elements are more than 64 deep, refused.") },
  { MASH_FAULT_TEXT, "text",
    N_("A text is longer than 1 MB, refused.") },
  { MASH_FAULT_NAME, "name",
    N_("A name of an element is longer than 256 bytes, refused.") },
  { MASH_FAULT_BROKEN, "broken",
    N_("The XML is broken here: something is cut off, or does not belong.") },
  { MASH_FAULT_OTHER_FORMAT, "other-format",
    N_("This is an XML file, but not a referral of the kind that this program reads.") },
  { MASH_FAULT_UNEXPECTED, "unexpected",
    N_("This is not expected here, or something that comes before it is missing.") },
  { MASH_FAULT_MISSING, "missing",
    N_("Something that the referral format asks for is missing here.") },
  { MASH_FAULT_VALUE, "value",
    N_("This is not a value that the referral format allows.") },
  { MASH_FAULT_LONG, "long",
    N_("The text is too long for this field.") },
  { MASH_FAULT_MANY, "many",
    N_("The file tells of more people, addresses and links than one referral can hold.") },
  { MASH_FAULT_NO_CONCERN, "no-concern",
    N_("The file has neither a letter nor a word on what the concern is.") },
  { MASH_FAULT_NO_CHILD, "no-child",
    N_("This child has neither a name nor a description, nor is the name marked as not known.") },
  { MASH_FAULT_BORN_AND_DUE, "born-and-due",
    N_("There is a date of birth and a due date; only one of them can be.") },
  { MASH_FAULT_DATE_FORM, "date-form",
    N_("A date is written as 2020-03-04; where less is known, as 2020-03 or 2020.") },
  { MASH_FAULT_DATE_PADDED, "date-padded",
    N_("There are spaces around the date.") },
  { MASH_FAULT_DATE_ZONE, "date-zone",
    N_("The date has a time zone, which no day has.") },
  { MASH_FAULT_DATE_YEAR_ZERO, "date-year-zero",
    N_("There is no year 0.") },
  { MASH_FAULT_DATE_YEAR_FORM, "date-year-form",
    N_("A year has four digits and no sign.") },
  { MASH_FAULT_DATE_YEAR_RANGE, "date-year-range",
    N_("The year is not between 1850 and 2199.") },
  { MASH_FAULT_DATE_NO_SUCH_DAY, "date-no-such-day",
    N_("There is no such day.") },
  { MASH_FAULT_DATE_FUTURE, "date-future",
    N_("The date has not come yet.") },
  { MASH_FAULT_TIME_FORM, "time-form",
    N_("A time is written as 2026-10-13T13:20:00+01:00, with its offset, or with Z for UTC.") },
  { MASH_FAULT_CODE_FORM, "code-form",
    N_("This does not have the form of a code.") },
  { MASH_FAULT_CODE_UNKNOWN, "code-unknown",
    N_("The code is not in this hub’s list.") },
  { MASH_FAULT_KEY_FORM, "key-form",
    N_("A key has a letter first, then letters, digits, dashes; 40 at most.") },
  { MASH_FAULT_KEY_TWICE, "key-twice",
    N_("The same key is used twice.") },
  { MASH_FAULT_KEY_UNKNOWN, "key-unknown",
    N_("This points to somebody, or to an address, that is not in the file.") },
  { MASH_FAULT_CHECK_DIGIT, "check-digit",
    N_("The number does not agree with its check digit; it is kept as not verified.") },
  { MASH_FAULT_NUMBER_TWICE, "number-twice",
    N_("Two people have this number; which of them it belongs to has to be asked.") },
  { MASH_FAULT_CSV_OPEN, "csv-open",
    N_("A double quote is opened here and never closed.") },
  { MASH_FAULT_CSV_QUOTE, "csv-quote",
    N_("A double quote stands where none can: a text that holds one stands in quotes, and the one "
       "inside is doubled.") },
  { MASH_FAULT_CSV_LINE, "csv-line",
    N_("A line ends in an unusual way; save the file again as CSV.") },
  { MASH_FAULT_CSV_HEAD, "csv-head",
    N_("The first line does not name the columns that are needed.") },
  { MASH_FAULT_CSV_COLUMN, "csv-column",
    N_("The first line names a column that is not known; its name has to be right, or the column "
       "taken out.") },
  { MASH_FAULT_CSV_COLUMN_TWICE, "csv-column-twice",
    N_("The first line names a column twice.") },
  { MASH_FAULT_CSV_CELLS, "csv-cells",
    N_("The row has more or fewer cells than the first line.") },
  { MASH_FAULT_CSV_ROWS, "csv-rows",
    N_("The file has more than 20,000 rows; take it in by parts.") },
  { MASH_FAULT_CSV_NEEDED, "csv-needed",
    N_("This is needed in every row.") },
  { MASH_FAULT_CSV_BREAK, "csv-break",
    N_("There is a line break inside the text.") },
  { MASH_FAULT_CSV_YES_NO, "csv-yes-no",
    N_("This is either yes or no.") },
  { MASH_FAULT_CSV_PERSON, "csv-person",
    N_("This person is not known here under that number; import the people first.") },
  { MASH_FAULT_CSV_IDENTIFIER, "csv-identifier",
    N_("A number in another system needs its kind, and a kind its number.") },
  { MASH_FAULT_CSV_WEEK, "csv-week",
    N_("A week begins on a Monday; this is another day.") },
  { MASH_FAULT_CSV_NUMBER, "csv-number",
    N_("This is a whole number in figures, 100,000 at most.") },
  { MASH_FAULT_CSV_COUNT_TWICE, "csv-count-twice",
    N_("The file has another figure of this team for this week.") },
  { MASH_FAULT_CSV_COUNTS, "csv-counts",
    N_("The file has more than 90 counts; take it in by parts.") },
  { MASH_FAULT_NOT_PDF, "not-pdf",
    N_("This is not a PDF that can be read.") },
};

/**
 * mash_fault_place_to_text:
 * @place: a fault
 *
 * Returns: (transfer full): one value for the pipe, `name line kind field`
 */
char *
mash_fault_place_to_text (const MashFaultPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  return g_strdup_printf ("%s %u %s %s", faults[place->fault].name, place->line,
                          place->field != NULL ? place->kind : "-",
                          place->field != NULL ? place->field : "-");
}

/**
 * mash_fault_place_from_text:
 * @text: what came through the pipe; may be anything
 * @place: (out): the fault
 *
 * Returns: %TRUE when it is a fault, and of a field that exists
 */
gboolean
mash_fault_place_from_text (const char     *text,
                            MashFaultPlace *place)
{
  g_auto (GStrv) words = NULL;
  const MashKind *kind;
  guint64 line;
  guint field;

  g_return_val_if_fail (text != NULL && place != NULL, FALSE);

  *place = (MashFaultPlace) { MASH_FAULT_NONE };
  words = g_strsplit (text, " ", 5);
  if (g_strv_length (words) != 4 ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT, &line, NULL))
    return FALSE;
  place->line = (guint) line;

  for (guint i = MASH_FAULT_NONE + 1; i < G_N_ELEMENTS (faults); i++)
    {
      if (strcmp (faults[i].name, words[0]) == 0)
        place->fault = faults[i].fault;
    }
  if (place->fault == MASH_FAULT_NONE)
    return FALSE;
  if (strcmp (words[2], "-") == 0)
    return strcmp (words[3], "-") == 0;

  kind = mash_kind_lookup (words[2]);
  field = kind != NULL ? mash_kind_find_field (kind, words[3]) : MASH_NO_FIELD;
  if (field == MASH_NO_FIELD)
    return FALSE;
  place->kind = kind->name;
  place->field = kind->fields[field].name;

  return TRUE;
}

/**
 * mash_fault_place_say:
 * @place: a fault
 *
 * Makes the sentence that a person is shown: which line, which field, what is wrong. It holds no
 * word of the file. Any thread.
 *
 * Returns: (transfer full): the translated sentence
 */
char *
mash_fault_place_say (const MashFaultPlace *place)
{
  const char *sentence;
  const MashKind *kind;

  g_return_val_if_fail (place != NULL, NULL);

  sentence = g_dgettext (GETTEXT_PACKAGE, faults[place->fault].sentence);
  kind = mash_kind_lookup (place->kind);
  if (kind != NULL)
    {
      const MashField *field = &kind->fields[mash_kind_find_field (kind, place->field)];

      /* Translators: the line of a file, the label of a field in it, a sentence on the fault. */
      return g_strdup_printf (_("Line %u, “%s”: %s"), place->line,
                              g_dgettext (GETTEXT_PACKAGE, field->label), sentence);
    }
  if (place->line > 0)
    {
      /* Translators: the line of a file, a sentence on what is wrong there. */
      return g_strdup_printf (_("Line %u: %s"), place->line, sentence);
    }

  return g_strdup (sentence);
}
