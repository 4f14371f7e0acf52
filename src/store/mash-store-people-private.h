/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What finding matches, listing proposals and comparing two people share. */

#include "mash-store-people.h"
#include "mash-store-private.h"

G_BEGIN_DECLS

MashMatchRow *mash_store_match_two       (MashStore   *self,
                                          const char  *person,
                                          const char  *other,
                                          GError     **error);
gboolean      mash_store_check_compare   (MashStore   *self,
                                          GError     **error);
gboolean      mash_store_log_matches     (MashStore   *self,
                                          GPtrArray   *rows,
                                          GError     **error);
gboolean      mash_store_find_candidates (MashStore   *self,
                                          const char  *person,
                                          guint        prompt,
                                          GHashTable  *people,
                                          GError     **error);

G_END_DECLS
