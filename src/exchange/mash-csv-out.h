/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Tables for spreadsheets, as comma-separated text (RFC 4180).
 *
 * A spreadsheet takes a cell that begins like a formula for one, and a formula can send data away.
 * Such a cell is written with an apostrophe before it, which spreadsheets take as “this is text”.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MashCsvOut MashCsvOut;

MashCsvOut *mash_csv_out_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void        mash_csv_out_add_text    (MashCsvOut *self,
                                      const char *text);
void        mash_csv_out_add_number  (MashCsvOut *self,
                                      gint64      number);
void        mash_csv_out_end_row     (MashCsvOut *self);
char       *mash_csv_out_free_to_text (MashCsvOut *self) G_GNUC_WARN_UNUSED_RESULT;
void        mash_csv_out_free        (MashCsvOut *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashCsvOut, mash_csv_out_free)

G_END_DECLS
