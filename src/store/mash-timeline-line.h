/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line of the timeline that is being put together, and how it goes into the tables: the line, its
 * keys and its words. What a line says is not decided here. Private to the store.
 */

#include "mash-tables.h"

G_BEGIN_DECLS

/* How many fields that were edited a line keeps: one more than are shown, so that it can be said
 * that there are more. */
#define MASH_TIMELINE_FIELDS_MAX 4

/* Stands behind the id of an episode in that of the line which says that it ended. */
#define MASH_TIMELINE_ENDED "/ended"

/* What waits for the hub stands above every position that a hub can give. */
#define MASH_TIMELINE_PENDING (G_GINT64_CONSTANT (1) << 52)
#define MASH_TIMELINE_IS_PENDING(position) ((position) >= MASH_TIMELINE_PENDING)

typedef struct
{
  char       *id;
  char       *contact;
  char       *deed;
  char       *author;
  char       *post;
  char       *list;
  char       *code;
  char       *headline;
  char       *words;
  char       *agency;
  char       *source;
  char       *basis;
  char       *handling;
  char       *record_kind;
  char       *record;
  char       *voided_at;
  char       *voided_reason;
  GPtrArray  *people;
  GPtrArray  *fields;
  const char *kind;
  const char *precision;
  gint64      n;         /* where it stood before it is written anew, or 0 */
  gint64      position;
  gint64      at;
  int         weight;    /* -1 where the deed says how grave it is */
  guint       rank;      /* of the speaker, the smaller the better */
  gboolean    harm;
  gboolean    whole;
} MashTimelineLine;

void     mash_timeline_line_free       (MashTimelineLine       *line);
void     mash_timeline_line_set_time   (MashTimelineLine       *line,
                                        const char             *text);
void     mash_timeline_line_add_person (MashTimelineLine       *line,
                                        const char             *person);
gboolean mash_timeline_line_write      (MashTables             *self,
                                        const MashTimelineLine *line,
                                        GError                **error);
gboolean mash_timeline_line_erase      (MashTables             *self,
                                        const char             *id,
                                        gint64                 *n,
                                        gint64                 *position,
                                        GError                **error);
gboolean mash_timeline_line_join       (MashTables             *self,
                                        const MashTimelineLine *line,
                                        gboolean               *joined,
                                        GError                **error);
char    *mash_timeline_dup_mark        (const char             *list,
                                        const char             *code) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineLine, mash_timeline_line_free)

G_END_DECLS
