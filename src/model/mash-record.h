/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A record as it stands at one revision: plain, immutable, shared by counting.
 *
 * Records are what crosses threads: the store makes them from rows, the service turns them into
 * entities. A record never changes; the next revision is another record.
 */

#include "mash-kind.h"

G_BEGIN_DECLS

typedef struct _MashRecord MashRecord;

#define MASH_TYPE_RECORD (mash_record_get_type ())

/* Who made and who last altered a record, and whether it is void. Ids; times are UTC instants. */
typedef struct
{
  const char *created_at;
  const char *created_by;
  const char *created_post;
  const char *updated_at;
  const char *updated_by;
  const char *voided_at;
  const char *voided_reason;
} MashStamps;

GType             mash_record_get_type     (void) G_GNUC_CONST;
MashRecord       *mash_record_new          (const MashKind    *kind,
                                            const char        *id,
                                            gint64             revision,
                                            GVariant         **values,
                                            const MashStamps  *stamps) G_GNUC_WARN_UNUSED_RESULT;
MashRecord       *mash_record_ref          (MashRecord        *self);
void              mash_record_unref        (MashRecord        *self);
const MashKind   *mash_record_get_kind     (const MashRecord  *self);
const char       *mash_record_get_id       (const MashRecord  *self);
gint64            mash_record_get_revision (const MashRecord  *self);
const MashStamps *mash_record_get_stamps   (const MashRecord  *self);
GVariant         *mash_record_get_value    (const MashRecord  *self,
                                            guint              field);
const char       *mash_record_get_text     (const MashRecord  *self,
                                            const char        *field);
gboolean          mash_record_get_flag     (const MashRecord  *self,
                                            const char        *field);
gint64            mash_record_get_int      (const MashRecord  *self,
                                            const char        *field);
char            **mash_record_dup_set      (const MashRecord  *self,
                                            const char        *field);
gboolean          mash_record_has          (const MashRecord  *self,
                                            const char        *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashRecord, mash_record_unref)

G_END_DECLS
