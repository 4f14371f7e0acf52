/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-begin.h"

#include "mash-agencies.h"
#include "mash-facts.h"
#include "mash-family-row.h"
#include "mash-kinds.h"
#include "mash-quorum.h"
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

/**
 * mash_discussion_begin:
 * @file: an open contact
 * @discussion: a discussion that is being started
 * @me: the id of whoever starts it
 *
 * Names the children of the contact, and @me as the one who chairs and writes, until somebody says
 * otherwise.
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

  children = dup_children (file);
  named = mash_entity_dup_set (discussion, "subjects");
  if (named == NULL || *named == NULL)
    mash_entity_set_set (discussion, "subjects", (const char *const *) children);
  if (mash_entity_get_text (discussion, "chair") == NULL)
    mash_entity_set_text (discussion, "chair", me);
  if (mash_entity_get_text (discussion, "minute-taker") == NULL)
    mash_entity_set_text (discussion, "minute-taker", me);
}

/* What a discussion that is being started is made with. */
typedef struct
{
  MashService     *service;
  MashContactFile *file;
  MashEntity      *discussion;
  MashGroup       *group;
} Start;

static gboolean
has_part (const Start *start,
          const char  *kind,
          const char  *field,
          const char  *value)
{
  GListModel *list = mash_contact_file_get_list (start->file, kind);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) part = g_list_model_get_item (list, i);

      if (g_strcmp0 (mash_entity_get_text (part, "discussion"),
                     mash_entity_get_id (start->discussion)) == 0 &&
          g_strcmp0 (mash_entity_get_text (part, field), value) == 0)
        return TRUE;
    }

  return FALSE;
}

static MashEntity *
make_part (const Start *start,
           const char  *kind)
{
  g_autofree char *id = mash_service_make_id (start->service);
  MashEntity *part = mash_entity_new (mash_kind_lookup (kind), id);

  mash_entity_set_text (part, "contact", mash_group_get_contact (start->group));
  mash_entity_set_text (part, "discussion", mash_entity_get_id (start->discussion));

  return part;
}

/* Each child is decided on separately: a row for each, without an answer. */
static void
take_children (const Start *start)
{
  g_auto (GStrv) children = dup_children (start->file);

  for (guint i = 0; children[i] != NULL; i++)
    {
      g_autoptr (MashEntity) child = NULL;

      if (has_part (start, "sd-child", "subject", children[i]))
        continue;
      child = make_part (start, "sd-child");
      mash_entity_set_text (child, "subject", children[i]);
      mash_group_take_edit (start->group, mash_entity_dup_edit (child));
    }
}

static void
take_person (const Start *start,
             GObject     *item,
             MashEntity  *agency)
{
  g_autoptr (MashEntity) participant = make_part (start, "sd-participant");
  g_autofree char *staff = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_object_get (item, "staff", &staff, "name", &name, "title", &title, NULL);
  mash_entity_set_text (participant, "agency", mash_entity_get_id (agency));
  mash_entity_set_text (participant, "staff", staff);
  mash_entity_set_text (participant, "person-name", name);
  mash_entity_set_text (participant, "role", title);
  mash_group_take_edit (start->group, mash_entity_dup_edit (participant));
}

/* Whether somebody of the duty rota belongs to an agency without which nothing is compliant. */
static gboolean
is_asked (const Start *start,
          GObject     *item,
          MashEntity **agency)
{
  g_autofree char *name = NULL;
  gboolean on_duty = FALSE;

  g_object_get (item, "agency", &name, "on-duty", &on_duty, NULL);
  *agency = mash_agencies_find_named (start->file, name);

  return on_duty && *agency != NULL &&
         mash_quorum_get_seat (mash_entity_get_text (*agency, "type")) != MASH_SEAT_OTHER;
}

/* Whoever chairs is asked for their agency, and of each other agency the first who is on duty. */
static void
take_people (const Start *start)
{
  GListModel *staff = mash_service_get_staff (start->service);
  const char *chair = mash_entity_get_text (start->discussion, "chair");
  g_autoptr (GHashTable) asked = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint turn = 0; turn < 2; turn++)
    for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
      {
        g_autoptr (GObject) item = g_list_model_get_item (staff, i);
        g_autofree char *id = NULL;
        MashEntity *agency;

        g_object_get (item, "staff", &id, NULL);
        if ((turn == 0 && g_strcmp0 (id, chair) != 0) || !is_asked (start, item, &agency) ||
            has_part (start, "sd-participant", "agency", mash_entity_get_id (agency)) ||
            !g_hash_table_add (asked, agency))
          continue;
        take_person (start, item, agency);
      }
}

/**
 * mash_discussion_take_parts:
 * @service: the service
 * @file: an open contact
 * @discussion: the discussion that @group starts
 * @group: a group that gets what the discussion begins with
 *
 * Adds a row for each child, and whoever is on duty for social care, police and health. Nobody is
 * said to be there, and nothing is decided.
 */
void
mash_discussion_take_parts (MashService     *service,
                            MashContactFile *file,
                            MashEntity      *discussion,
                            MashGroup       *group)
{
  Start start = { service, file, discussion, group };

  g_return_if_fail (MASH_IS_SERVICE (service));
  g_return_if_fail (MASH_IS_CONTACT_FILE (file));

  take_children (&start);
  take_people (&start);
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
