/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-circulation.h"

/* The groups of a copy, put together from what an open contact holds. */

static void
set_set (MashEdit   *edit,
         const char *field,
         GPtrArray  *records)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (ids, (gpointer) mash_record_get_id (g_ptr_array_index (records, i)));
  g_ptr_array_add (ids, NULL);
  if (records->len > 0)
    mash_edit_set_set (edit, field, (const char *const *) ids->pdata);
}

static MashEdit *
begin_edit (MashContactFile   *file,
            const char        *kind,
            const char        *id,
            const char        *discussion,
            const MashCopyFor *copy)
{
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), id, 0);

  mash_edit_set_text (edit, "contact",
                      mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
  mash_edit_set_text (edit, "discussion", discussion);
  mash_edit_set_text (edit, "variant", copy->variant);
  if (copy->agency != NULL)
    mash_edit_set_text (edit, "recipient-agency", copy->agency);

  return edit;
}

/**
 * mash_circulation_dup_ruling:
 * @file: an open contact
 * @id: an id for the ruling
 * @paragraph: the id of a paragraph of the signer’s agency
 * @copy: for which copy
 * @released: whether it goes in; otherwise it is removed
 * @reason: (nullable): why
 *
 * Returns: (transfer full): a group of the deed `release-paragraph`
 */
MashGroup *
mash_circulation_dup_ruling (MashContactFile   *file,
                             const char        *id,
                             const char        *paragraph,
                             const MashCopyFor *copy,
                             gboolean           released,
                             const char        *reason)
{
  MashEntity *entity = mash_contact_file_find (file, paragraph);
  MashGroup *group;
  MashEdit *edit;

  g_return_val_if_fail (entity != NULL, NULL);

  group = mash_group_new ("release-paragraph", mash_entity_get_text (entity, "contact"));
  edit = begin_edit (file, "sd-release", id, mash_entity_get_text (entity, "discussion"), copy);
  mash_edit_set_text (edit, "paragraph", paragraph);
  mash_edit_set_text (edit, "choice", released ? "RELEASED" : "REMOVED");
  if (reason != NULL && *reason != '\0')
    mash_edit_set_text (edit, "reason", reason);
  mash_group_take_edit (group, edit);

  return group;
}

/**
 * mash_circulation_dup_preview:
 * @file: an open contact
 * @id: an id for the copy
 * @words: what it is
 *
 * Says which paragraphs are in it and which are not, by id: the log keeps what went to whom without
 * saying it again.
 *
 * Returns: (transfer full): a group of the deed `preview-copy`
 */
MashGroup *
mash_circulation_dup_preview (MashContactFile     *file,
                              const char          *id,
                              const MashCopyWords *words)
{
  g_autoptr (GPtrArray) in = mash_circulation_list (MASH_FACTS (file), words->discussion,
                                                    &words->copy, MASH_SHARE_IN);
  g_autoptr (GPtrArray) out = mash_circulation_list (MASH_FACTS (file), words->discussion,
                                                     &words->copy, MASH_SHARE_OUT);
  MashEdit *edit = begin_edit (file, "sd-circulation", id, words->discussion, &words->copy);
  MashGroup *group = mash_group_new ("preview-copy", mash_entity_get_id (
                                       MASH_ENTITY (mash_contact_file_get_contact (file))));

  mash_edit_set_text (edit, "recipient", words->recipient);
  set_set (edit, "paragraphs", in);
  set_set (edit, "withheld", out);
  mash_edit_set_int (edit, "withheld-count", out->len);
  mash_edit_set_text (edit, "document", words->fingerprint);
  mash_group_take_edit (group, edit);

  return group;
}
