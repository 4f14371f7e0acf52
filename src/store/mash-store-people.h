/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which records may be, or are, the same person: linked records, possible matches by index,
 * proposals that wait for a signature, and all that is known of two people for comparing them.
 *
 * Plain rows as in mash-rows.h; links nobody by itself.
 */

#include "mash-match.h"
#include "mash-store.h"

G_BEGIN_DECLS

/* Two people who may be one. `person` is the one that was asked about, or who was named first. */
typedef struct
{
  char             *person;
  char             *person_name;
  char             *other;
  char             *other_name;
  char             *birth;         /* of the other, as recorded */
  char             *address;       /* of the other, where it is not confidential */
  char             *reference;     /* of the other’s newest contact */
  char             *contact;
  guint             contacts;      /* how many contacts the other is in */
  guint             score;
  MashMatchReasons  reasons;
  char             *link;          /* the newest that was said of the two; NULL: nothing yet */
  char             *state;         /* of it, a code of the list DUP */
  char             *why;
  char             *proposed_by;
  char             *proposed_name;
  char             *decided_name;
  gint64            proposed_at;
  gint64            decided_at;
} MashMatchRow;

/* All that is known of two people: records of every kind that belongs to one of them, what these
 * name, and what has been said of the two. */
typedef struct
{
  MashMatchRow *match;
  GPtrArray    *one;      /* of MashRecord, the person first */
  GPtrArray    *other;
} MashPeoplePair;

#define MASH_TYPE_MATCH_ROW (mash_match_row_get_type ())
#define MASH_TYPE_PEOPLE_PAIR (mash_people_pair_get_type ())

GType           mash_match_row_get_type         (void) G_GNUC_CONST;
MashMatchRow   *mash_match_row_copy             (const MashMatchRow   *self) G_GNUC_WARN_UNUSED_RESULT;
void            mash_match_row_free             (MashMatchRow         *self);
GType           mash_people_pair_get_type       (void) G_GNUC_CONST;
MashPeoplePair *mash_people_pair_copy           (const MashPeoplePair *self) G_GNUC_WARN_UNUSED_RESULT;
void            mash_people_pair_free           (MashPeoplePair       *self);

char          **mash_store_list_linked_people   (MashStore            *self,
                                                 const char           *person,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_store_dup_person_name      (MashStore            *self,
                                                 const char           *person) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *mash_store_list_matches         (MashStore            *self,
                                                 const char           *person,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *mash_store_list_contact_matches (MashStore            *self,
                                                 const char           *contact,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GArray         *mash_store_list_link_proposal_keys (MashStore         *self,
                                                 GCancellable         *cancellable,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *mash_store_list_link_proposals  (MashStore            *self,
                                                 const gint64         *keys,
                                                 guint                 n_keys,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *mash_store_list_identified      (MashStore            *self,
                                                 const char           *type,
                                                 const char           *value,
                                                 const char           *issuer,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        mash_store_count_matches        (MashStore            *self,
                                                 const char           *person,
                                                 guint                *n,
                                                 GError              **error);
MashPeoplePair *mash_store_compare_people       (MashStore            *self,
                                                 const char           *one,
                                                 const char           *other,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashMatchRow, mash_match_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPeoplePair, mash_people_pair_free)

G_END_DECLS
