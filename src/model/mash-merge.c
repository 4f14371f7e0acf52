/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-merge.h"

#include <string.h>

typedef enum
{
  FATE_STANDS,
  FATE_GIVES_WAY,
  FATE_BLOCKS,
} Fate;

/**
 * mash_merge_is_open:
 * @deed: a deed
 *
 * Returns: whether two desks may both have done it, so that what each wrote is kept: it leads
 *   nowhere, signs nothing and does not need the line
 */
gboolean
mash_merge_is_open (const MashDeed *deed)
{
  g_return_val_if_fail (deed != NULL, FALSE);

  for (guint i = 0; i < deed->n_guards; i++)
    {
      if (deed->guards[i].test == MASH_GUARD_ON_LINE)
        return FALSE;
    }

  return deed->to == NULL && deed->sign_off == NULL && !deed->passphrase;
}

static MashEdit *
begin (const MashEdit *edit,
       MashRecord     *record)
{
  MashEdit *left = mash_edit_new (mash_edit_get_kind (edit), mash_edit_get_id (edit),
                                  record != NULL ? mash_record_get_revision (record) : 0);

  if (mash_edit_get_voided (edit) != NULL)
    mash_edit_void (left, mash_edit_get_voided (edit));

  return left;
}

/**
 * mash_merge_taken:
 * @edit: what was said
 * @record: (nullable): the record as it stands in the hub's order
 * @lost: (array zero-terminated=1): the fields of which the hub says that another value stays
 *
 * Returns: (transfer full): the edit as the hub took it, said of the record as it stands; %NULL
 *   where the record is there and should not be, or the other way round
 */
MashEdit *
mash_merge_taken (const MashEdit    *edit,
                  MashRecord        *record,
                  const char *const *lost)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  MashEdit *left;

  if (mash_edit_is_new (edit) != (record == NULL))
    return NULL;

  left = begin (edit, record);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_edit_touches (edit, i) && !g_strv_contains (lost, kind->fields[i].name))
        mash_edit_set (left, i, record != NULL ? mash_record_get_value (record, i) : NULL,
                       mash_edit_get_now (edit, i));
    }

  return left;
}

static int
weigh (GVariant *brag)
{
  const char *at = brag != NULL ? strchr ("BGAR", *g_variant_get_string (brag, NULL)) : NULL;

  return at != NULL && *at != '\0' ? *at == 'B' ? 0 : *at == 'G' ? 1 : *at == 'A' ? 2 : 3 : -1;
}

static Fate
find_fate (const MashKind *kind,
           guint           field,
           GVariant       *held,
           GVariant       *now,
           const MashDeed *deed)
{
  const char *name = kind->fields[field].name;

  if (mash_words_contain (MASH_MERGE_RAISES, deed->id) && strcmp (name, "brag") == 0)
    return weigh (now) > weigh (held) ? FATE_STANDS : FATE_GIVES_WAY;
  if (!mash_merge_is_open (deed) || strcmp (name, "state") == 0 || strcmp (name, "status") == 0 ||
      (strcmp (kind->name, "contact") == 0 && g_str_has_prefix (name, "strand-") &&
       strlen (name) == strlen ("strand-x")))
    return FATE_BLOCKS;

  return kind->fields[field].owner == MASH_OWNER_RULES ? FATE_STANDS : FATE_GIVES_WAY;
}

/**
 * mash_merge_foretell:
 * @edit: what was said and is not answered yet
 * @record: (nullable): the record as it stands now
 * @deed: the deed of its group
 *
 * What the hub is going to make of an edit that was said of a record which others have altered
 * meanwhile, if nobody alters it again.
 *
 * Returns: (transfer full) (nullable): the edit, said of the record as it stands; %NULL where the
 *   whole step will be refused
 */
MashEdit *
mash_merge_foretell (const MashEdit *edit,
                     MashRecord     *record,
                     const MashDeed *deed)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  MashEdit *left;

  if (deed == NULL || mash_edit_is_new (edit) != (record == NULL) ||
      (record != NULL && mash_record_get_stamps (record)->voided_at != NULL))
    return NULL;

  left = begin (edit, record);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      GVariant *held = record != NULL ? mash_record_get_value (record, i) : NULL;
      GVariant *now = mash_edit_get_now (edit, i);
      Fate fate = FATE_STANDS;

      if (!mash_edit_touches (edit, i))
        continue;
      if (!mash_values_equal (held, mash_edit_get_was (edit, i)) && !mash_values_equal (held, now))
        fate = find_fate (kind, i, held, now, deed);
      if (fate == FATE_BLOCKS)
        {
          mash_edit_free (left);
          return NULL;
        }
      if (fate == FATE_STANDS)
        mash_edit_set (left, i, held, now);
    }

  return left;
}

/**
 * mash_merge_apply:
 * @edit: what is altered
 * @before: (nullable): the record as it stood
 * @at: when it was said
 * @person: by whom
 * @post: in which post
 *
 * Returns: (transfer full): the record afterwards, with its stamps
 */
MashRecord *
mash_merge_apply (const MashEdit *edit,
                  MashRecord     *before,
                  const char     *at,
                  const char     *person,
                  const char     *post)
{
  MashStamps who = { at, person, post, at, person, NULL, NULL };

  if (before != NULL)
    {
      const MashStamps *made = mash_record_get_stamps (before);

      who.created_at = made->created_at;
      who.created_by = made->created_by;
      who.created_post = made->created_post;
    }
  who.voided_reason = mash_edit_get_voided (edit);
  who.voided_at = who.voided_reason != NULL ? at : NULL;

  return mash_edit_apply (edit, before, &who);
}
