/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-begin.h"

#include "mash-facts.h"
#include "mash-family-row.h"
#include "mash-signing.h"

static char **
dup_children (MashContactFile *file)
{
  GListModel *subjects = mash_contact_file_get_list (file, "contact-subject");
  g_autoptr (GStrvBuilder) children = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);

      if (mash_entity_get_record (subject) != NULL && mash_subject_is_child (subject))
        g_strv_builder_add (children, mash_entity_get_id (subject));
    }

  return g_strv_builder_end (children);
}

static MashEntity *
find_in_force (MashContactFile *file,
               const char      *kind,
               const char      *ended,
               const char      *type)
{
  GListModel *list = mash_contact_file_get_list (file, kind);

  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i - 1);

      if (mash_entity_get_record (entity) != NULL && mash_entity_get_text (entity, ended) == NULL &&
          (type == NULL || g_strcmp0 (mash_entity_get_text (entity, "type"), type) == 0))
        return entity;
    }

  return NULL;
}

static void
put_if_unsaid (MashEntity *discussion,
               const char *field,
               const char *value)
{
  if (mash_entity_get_text (discussion, field) == NULL)
    mash_entity_set_text (discussion, field, value);
}

/* The need was there when police used their power; without it, when harm was marked. */
static void
say_need (MashContactFile *file,
          MashEntity      *discussion)
{
  MashEntity *power = find_in_force (file, "police-protection", "ended-at", NULL);
  MashEntity *clock = find_in_force (file, "clock", "stopped-at", "T05");

  if (power != NULL)
    {
      put_if_unsaid (discussion, "trigger", "S46");
      put_if_unsaid (discussion, "legal-context", "S46");
      put_if_unsaid (discussion, "need-identified-at", mash_entity_get_text (power, "used-at"));
    }
  else if (clock != NULL)
    put_if_unsaid (discussion, "need-identified-at", mash_entity_get_text (clock, "started-at"));
}

/* A record that corrects another is of the same discussion: held when that was, by the same. */
static void
copy_corrected (MashContactFile *file,
                MashEntity      *discussion)
{
  const MashKind *kind = mash_entity_get_kind (discussion);
  const char *corrected = mash_entity_get_text (discussion, "supersedes");
  MashEntity *earlier = corrected != NULL ? mash_contact_file_find (file, corrected) : NULL;

  for (guint i = 0; earlier != NULL && i < kind->n_fields; i++)
    if (kind->fields[i].owner != MASH_OWNER_RULES && !(kind->fields[i].traits & MASH_FIELD_FIXED))
      mash_entity_set_value (discussion, i, mash_entity_get_value (earlier, i));
}

/**
 * mash_discussion_begin:
 * @file: an open contact
 * @discussion: a discussion that is being convened or started
 * @me: the id of whoever does so
 *
 * Names the children of the contact, when the need was identified, and @me as the one who chairs
 * and writes, until somebody says otherwise. One that corrects another says what that said.
 */
void
mash_discussion_begin (MashContactFile *file,
                       MashEntity      *discussion,
                       const char      *me)
{
  g_auto (GStrv) children = NULL;
  g_auto (GStrv) named = NULL;

  g_return_if_fail (MASH_IS_CONTACT_FILE (file));
  g_return_if_fail (MASH_IS_ENTITY (discussion));

  if (mash_entity_get_record (discussion) == NULL)
    copy_corrected (file, discussion);
  children = dup_children (file);
  named = mash_entity_dup_set (discussion, "subjects");
  if (named == NULL || *named == NULL)
    mash_entity_set_set (discussion, "subjects", (const char *const *) children);
  put_if_unsaid (discussion, "chair", me);
  put_if_unsaid (discussion, "minute-taker", me);
  say_need (file, discussion);
}

/**
 * mash_discussion_seen:
 * @file: an open contact
 * @request: a request to sign the record of one of its discussions
 *
 * Says in @request which content stands on the screen of whoever is about to sign.
 */
void
mash_discussion_seen (MashContactFile *file,
                      MashEntity      *request)
{
  g_autofree char *hash = NULL;

  g_return_if_fail (MASH_IS_CONTACT_FILE (file));
  g_return_if_fail (MASH_IS_ENTITY (request));

  hash = mash_signing_hash_content (MASH_FACTS (file),
                                    mash_entity_get_text (request, "discussion"));
  mash_entity_set_text (request, "seen-hash", hash);
}
