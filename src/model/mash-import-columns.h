/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The columns of the files that people, episodes and counts of teams come in, and the field of the
 * model that each fills. Plain tables, read by the reader and by the program that started it.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MASH_IMPORT_PEOPLE,
  MASH_IMPORT_EPISODES,
  MASH_IMPORT_COUNTS,
} MashImportForm;

#define MASH_N_IMPORT_FORMS 3

typedef enum
{
  MASH_COLUMN_TEXT,
  MASH_COLUMN_CODE,
  MASH_COLUMN_YES_NO,
  MASH_COLUMN_DATE,
  MASH_COLUMN_PARTIAL_DATE,
  MASH_COLUMN_NHS_NUMBER,
  MASH_COLUMN_UPN,
  MASH_COLUMN_WEEK,
  MASH_COLUMN_NUMBER,
} MashColumnCheck;

typedef struct
{
  const char      *name;
  const char      *kind;
  const char      *field;
  MashColumnCheck  check;
  gboolean         needed;
} MashImportColumn;

const MashImportColumn *mash_import_list_columns  (MashImportForm  form,
                                                   guint          *n_columns);
const MashImportColumn *mash_import_find_column   (MashImportForm  form,
                                                   const char     *name);
const char             *mash_import_get_form_name (MashImportForm  form);
gboolean                mash_import_find_form     (const char     *name,
                                                   MashImportForm *form);

G_END_DECLS
