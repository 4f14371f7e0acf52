/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People or episodes of another system, as rows of comma-separated values in the hub’s own form.
 *
 * The first line names the columns; which they are says what the file holds. Here is checked what
 * can be without the hub: columns, lengths, dates, check digits. What a row becomes is for the
 * program that started the reader.
 */

#include "mash-reading.h"

G_BEGIN_DECLS

gboolean mash_import_form_read (const char  *text,
                                gsize        length,
                                const char  *today,
                                MashReading *reading);

G_END_DECLS
