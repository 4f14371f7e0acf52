/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The open contact as facts, with what is typed and not yet saved: so that completeness is
 * counted while somebody types.
 */

#include "mash-contact-file.h"
#include "mash-facts.h"

G_BEGIN_DECLS

#define MASH_TYPE_FILE_FACTS (mash_file_facts_get_type ())

G_DECLARE_FINAL_TYPE (MashFileFacts, mash_file_facts, MASH, FILE_FACTS, GObject)

MashFacts *mash_file_facts_new (MashContactFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
