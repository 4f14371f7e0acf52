/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-identity.h"

#include "mash-identity.h"
#include "mash-kinds.h"
#include "mash-time.h"

static void
put (MashEdit   *edit,
     MashRecord *before,
     const char *name,
     const char *text)
{
  guint field = mash_kind_find_field (mash_edit_get_kind (edit), name);
  g_autoptr (GVariant) now = text != NULL ? g_variant_ref_sink (g_variant_new_string (text))
                                          : NULL;

  mash_edit_set (edit, field, before != NULL ? mash_record_get_value (before, field) : NULL, now);
}

static void
sign (MashCase    *the_case,
      MashEdit    *link,
      MashRecord  *before,
      const char  *now,
      MashIdSource make_id,
      gpointer     data)
{
  g_autofree char *id = make_id (data);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT,
                                               before != NULL ? mash_record_get_revision (before)
                                                              : 0);
  MashEdit *edit = mash_edit_new (&mash_sign_off_kind, id, 0);
  const struct
  {
    const char *field;
    const char *value;
  } values[] = {
    { "type", the_case->deed->sign_off },
    { "target-kind", mash_identity_link_kind.name },
    { "target", mash_edit_get_id (link) },
    { "target-revision", revision },
    { "signer", the_case->actor->person },
    { "signer-post", the_case->actor->post },
    { "meaning", the_case->deed->meaning },
    { "result", "SIGNED" },
    { "comment", mash_group_get_reason (the_case->group) },
    { "at", now },
    { "state", "ACCEPTED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      if (values[i].value != NULL)
        put (edit, NULL, values[i].field, values[i].value);
    }
  mash_group_take_edit (the_case->group, edit);
}

/**
 * mash_rules_complete_identity:
 * @the_case: a case on no contact
 * @make_id: gives ids of records that the rules make
 * @data: for @make_id
 *
 * Stamps the link that a group decides on, and adds its signature (domain 3.7, SO09). A new link is
 * a proposal, which its author and time say enough about. Any thread.
 */
void
mash_rules_complete_identity (MashCase    *the_case,
                              MashIdSource make_id,
                              gpointer     data)
{
  MashEdit *link = mash_group_find_edit (the_case->group, mash_identity_link_kind.name, NULL);
  g_autofree char *now = mash_time_format (the_case->actor->now);
  g_autoptr (MashRecord) before = NULL;

  if (link == NULL)
    return;

  before = mash_facts_lookup (the_case->facts, mash_identity_link_kind.name,
                              mash_edit_get_id (link));
  if (before != NULL)
    {
      put (link, before, "decided-by", the_case->actor->person);
      put (link, before, "decided-at", now);
    }
  if (the_case->deed->sign_off != NULL)
    sign (the_case, link, before, now, make_id, data);
}
