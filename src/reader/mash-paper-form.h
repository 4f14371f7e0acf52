/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A PDF, as what can be read in it: the words of each page twice over (in the order of reading and
 * by columns), what hangs on the pages, the properties, and what is attached.
 *
 * The names in the list are `page.N`, `columns.N`, `margin.N` (comments, links and form fields),
 * `property` and `attachment`. What the words mean is for the program that started the reader.
 */

#include "mash-reading.h"

G_BEGIN_DECLS

gboolean mash_paper_form_read (const char  *text,
                               gsize        length,
                               const char  *today,
                               MashReading *reading);

G_END_DECLS
