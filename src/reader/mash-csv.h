/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Lines of comma-separated values, read strictly: RFC 4180, UTF-8, nothing guessed.
 *
 * A text may stand in double quotes, and has to where it holds a comma, a quote or a line break. It
 * goes through the file once and keeps one row. What breaks the form ends the reading with the
 * line; a row that is only wrong in itself (too many cells, a cell too long) is told as such and
 * the next one is read. Cells are plain text, whatever they begin with.
 */

#include "mash-fault.h"

G_BEGIN_DECLS

#define MASH_CSV_MAX_ROWS 20000 /* beside the first, which names the columns */
#define MASH_CSV_MAX_CELLS 64
#define MASH_CSV_MAX_CELL_BYTES 4096

/**
 * MashCsvRow:
 * @line: the line of the file on which the row begins, from 1
 * @cells: (array zero-terminated=1): its cells
 * @fault: what is wrong with the row itself, or %MASH_FAULT_NONE
 * @data: whatever was given
 *
 * Returns: a fault to end the reading there, or %MASH_FAULT_NONE
 */
typedef MashFault (*MashCsvRow) (guint      line,
                                 char     **cells,
                                 MashFault  fault,
                                 gpointer   data);

MashFault mash_csv_read (const char *text,
                         gsize       length,
                         MashCsvRow  row,
                         gpointer    data,
                         guint      *line);

G_END_DECLS
