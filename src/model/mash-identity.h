/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two records that are one person, and what other systems know of a person.
 *
 * People are linked, never merged: an identity link joins two records of people, both stay as they
 * are, and what reads a person follows the links to the whole group. A link counts once it was
 * approved, and not any more once it was undone. Episodes come from other systems, and a row of an
 * import says where each record that was not typed here comes from.
 */

#include "mash-entity.h"
#include "mash-facts.h"

G_BEGIN_DECLS

#define MASH_TYPE_IDENTITY_LINK (mash_identity_link_get_type ())
MASH_DECLARE_ENTITY (MashIdentityLink, mash_identity_link, IDENTITY_LINK)

#define MASH_TYPE_EPISODE (mash_episode_get_type ())
MASH_DECLARE_ENTITY (MashEpisode, mash_episode, EPISODE)

#define MASH_TYPE_IMPORT_FILE (mash_import_file_get_type ())
MASH_DECLARE_ENTITY (MashImportFile, mash_import_file, IMPORT_FILE)

#define MASH_TYPE_IMPORT_ROW (mash_import_row_get_type ())
MASH_DECLARE_ENTITY (MashImportRow, mash_import_row, IMPORT_ROW)

gboolean   mash_identity_is_linked     (MashRecord  *link);
char     **mash_identity_list_group    (MashFacts   *facts,
                                        const char  *person) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_identity_list_subjects (MashFacts   *facts,
                                        const char  *person) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_identity_list_links    (MashFacts   *facts,
                                        const char  *one,
                                        const char  *other) G_GNUC_WARN_UNUSED_RESULT;
MashRecord *mash_identity_find_link    (MashFacts   *facts,
                                        const char  *one,
                                        const char  *other) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
