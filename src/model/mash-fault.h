/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can be wrong with a file that is offered to the hub, and the sentence for each.
 *
 * mash-reader names a fault and the line; the program that started it makes the sentence, so that
 * no word of a hostile file reaches the screen as if the program had said it, and no personal data
 * an error.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MASH_FAULT_NONE,
  MASH_FAULT_EMPTY,
  MASH_FAULT_SIZE,
  MASH_FAULT_NOT_XML,
  MASH_FAULT_NOT_UTF8,
  MASH_FAULT_CONTROL,
  MASH_FAULT_DOCTYPE,
  MASH_FAULT_ENTITY,
  MASH_FAULT_INSTRUCTION,
  MASH_FAULT_VERSION,
  MASH_FAULT_ENCODING,
  MASH_FAULT_TAG,
  MASH_FAULT_ATTRIBUTES,
  MASH_FAULT_ELEMENTS,
  MASH_FAULT_DEPTH,
  MASH_FAULT_TEXT,
  MASH_FAULT_NAME,
  MASH_FAULT_BROKEN,
  MASH_FAULT_OTHER_FORMAT,
  MASH_FAULT_UNEXPECTED,
  MASH_FAULT_MISSING,
  MASH_FAULT_VALUE,
  MASH_FAULT_LONG,
  MASH_FAULT_MANY,
  MASH_FAULT_NO_CONCERN,
  MASH_FAULT_NO_CHILD,
  MASH_FAULT_BORN_AND_DUE,
  MASH_FAULT_DATE_FORM,
  MASH_FAULT_DATE_PADDED,
  MASH_FAULT_DATE_ZONE,
  MASH_FAULT_DATE_YEAR_ZERO,
  MASH_FAULT_DATE_YEAR_FORM,
  MASH_FAULT_DATE_YEAR_RANGE,
  MASH_FAULT_DATE_NO_SUCH_DAY,
  MASH_FAULT_DATE_FUTURE,
  MASH_FAULT_TIME_FORM,
  MASH_FAULT_CODE_FORM,
  MASH_FAULT_CODE_UNKNOWN,
  MASH_FAULT_KEY_FORM,
  MASH_FAULT_KEY_TWICE,
  MASH_FAULT_KEY_UNKNOWN,
  MASH_FAULT_CHECK_DIGIT,
  MASH_FAULT_NUMBER_TWICE,
  MASH_FAULT_CSV_OPEN,
  MASH_FAULT_CSV_QUOTE,
  MASH_FAULT_CSV_LINE,
  MASH_FAULT_CSV_HEAD,
  MASH_FAULT_CSV_COLUMN,
  MASH_FAULT_CSV_COLUMN_TWICE,
  MASH_FAULT_CSV_CELLS,
  MASH_FAULT_CSV_ROWS,
  MASH_FAULT_CSV_NEEDED,
  MASH_FAULT_CSV_BREAK,
  MASH_FAULT_CSV_YES_NO,
  MASH_FAULT_CSV_PERSON,
  MASH_FAULT_CSV_IDENTIFIER,
  MASH_FAULT_CSV_WEEK,
  MASH_FAULT_CSV_NUMBER,
  MASH_FAULT_CSV_COUNT_TWICE,
  MASH_FAULT_CSV_COUNTS,
  MASH_FAULT_NOT_PDF,
} MashFault;

/* Where and what. @kind and @field name a field of the model, or are %NULL; @line counts from 1, 0
 * where there is none. The names are static texts. */
typedef struct
{
  MashFault   fault;
  guint       line;
  const char *kind;
  const char *field;
} MashFaultPlace;

char     *mash_fault_place_to_text   (const MashFaultPlace *place) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_fault_place_from_text (const char           *text,
                                      MashFaultPlace       *place);
char     *mash_fault_place_say       (const MashFaultPlace *place) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
