/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a field held, in words: codes by their labels, people by their names, times as they are
 * shown everywhere. Nothing is looked up beyond the open contact and the staff of the desk.
 */

#include "mash-form-host.h"
#include "mash-kind.h"

G_BEGIN_DECLS

char *mash_value_words_for_text (MashFormHost    *host,
                                 const MashField *field,
                                 const char      *text) G_GNUC_WARN_UNUSED_RESULT;
char *mash_value_words_for_value (MashFormHost    *host,
                                  const MashField *field,
                                  GVariant        *value) G_GNUC_WARN_UNUSED_RESULT;
char *mash_value_words_for_staff (MashFormHost    *host,
                                  const char      *staff) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
