/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A quiet line that says who else is here. It takes the same room whatever it says, so that nothing
 * moves while somebody types, and assistive technology is told politely of what is new.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define MASH_TYPE_WRITING_LINE (mash_writing_line_get_type ())

G_DECLARE_FINAL_TYPE (MashWritingLine, mash_writing_line, MASH, WRITING_LINE, AdwBin)

void mash_writing_line_say        (MashWritingLine *self,
                                   const char      *words);
void mash_writing_line_say_beside (MashWritingLine *self,
                                   GtkLabel        *heading,
                                   const char      *words);

G_END_DECLS
