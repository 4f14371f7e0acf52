/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files of the rules share. Nobody else includes it. */

#include "mash-guards.h"
#include "mash-rules.h"

G_BEGIN_DECLS

/* What the rules work on: the case, and the one edit of its contact. */
typedef struct
{
  MashCase     the_case;
  MashEdit    *contact;
  MashIdSource make_id;
  gpointer     data;
  char        *now;
} MashRules;

GVariant *mash_rules_text        (const char *value);
GVariant *mash_rules_number      (gint64      value);
void      mash_rules_put         (MashEdit   *edit,
                                  MashRecord *before,
                                  const char *name,
                                  GVariant   *now);
void      mash_rules_put_contact (MashRules  *self,
                                  const char *field,
                                  GVariant   *now);

/* mash-rules-clocks.c */
void      mash_rules_start_clock (MashRules  *self,
                                  const char *type,
                                  const char *subject,
                                  gint64      started);
void      mash_rules_stop_clock  (MashRules  *self,
                                  const char *type,
                                  const char *subject,
                                  gint64      stopped);

/* mash-rules-stamps.c */
void      mash_rules_stamp_edits (MashRules  *self);

/* mash-rules-history.c */
void      mash_rules_classify    (MashRules  *self);

G_END_DECLS
