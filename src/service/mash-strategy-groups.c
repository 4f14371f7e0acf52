/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-guards-strategy.h"
#include "mash-service-strategy.h"
#include "mash-signing.h"
#include "mash-time.h"

/* The groups of a strategy discussion, put together from what an open contact shows and holds. */

static MashGroup *
begin (MashContactFile *file,
       const char      *deed)
{
  return mash_group_new (deed,
                         mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
}

static MashEdit *
edit_record (MashEntity *entity)
{
  return mash_edit_new_for (mash_entity_get_record (entity));
}

static void
put_time (MashEdit   *edit,
          const char *field,
          gint64      usec)
{
  g_autofree char *text = mash_time_format (usec);

  mash_edit_set_text (edit, field, text);
}

static gboolean
is_written (MashEdit   *edit,
            MashEntity *entity,
            const char *discussion)
{
  const char *kind = mash_edit_get_kind (edit)->name;

  if (strcmp (kind, "strategy-discussion") == 0)
    return strcmp (mash_edit_get_id (edit), discussion) == 0;

  return mash_strategy_is_part (kind) && entity != NULL &&
         g_strcmp0 (mash_entity_get_text (entity, "discussion"), discussion) == 0;
}

/**
 * mash_strategy_dup_written:
 * @file: an open contact
 * @discussion: the id of a discussion
 *
 * Collects what was typed into the parts of one discussion and is not saved; what was typed
 * elsewhere in the contact stays where it is.
 *
 * Returns: (transfer full): a group of the deed `write-discussion`, without edits when nothing is
 *   to be saved
 */
MashGroup *
mash_strategy_dup_written (MashContactFile *file,
                           const char      *discussion)
{
  g_autoptr (MashGroup) all = mash_contact_file_dup_group (file, "write-discussion");
  MashGroup *group = begin (file, "write-discussion");

  for (guint i = 0; i < mash_group_get_n_edits (all); i++)
    {
      MashEdit *edit = mash_group_get_edit (all, i);
      MashEntity *entity = mash_contact_file_find (file, mash_edit_get_id (edit));

      if (is_written (edit, entity, discussion))
        mash_group_take_edit (group, mash_edit_copy (edit));
    }

  return group;
}

static MashEdit *
edit_discussion (MashContactFile *file,
                 const char      *discussion)
{
  MashEntity *entity = mash_contact_file_find (file, discussion);

  g_return_val_if_fail (entity != NULL && mash_entity_get_record (entity) != NULL, NULL);

  return edit_record (entity);
}

MashGroup *
mash_strategy_dup_finish (MashContactFile *file,
                          const char      *discussion,
                          gint64           ended_at)
{
  MashGroup *group = begin (file, "finish-discussion");
  MashEdit *edit = edit_discussion (file, discussion);

  put_time (edit, "ended-at", ended_at);
  mash_group_take_edit (group, edit);

  return group;
}

MashGroup *
mash_strategy_dup_ask (MashContactFile *file,
                       const char      *discussion,
                       gint64           now)
{
  MashGroup *group = begin (file, "ask-to-sign");
  MashEdit *edit = edit_discussion (file, discussion);

  put_time (edit, "asked-at", now);
  mash_group_take_edit (group, edit);

  return group;
}

/* The exception is signed with what is typed into its fields. */
MashGroup *
mash_strategy_dup_exception (MashContactFile *file,
                             const char      *discussion)
{
  MashGroup *group = begin (file, "except-discussion");
  MashEntity *entity = mash_contact_file_find (file, discussion);

  g_return_val_if_fail (entity != NULL, group);

  mash_group_take_edit (group, mash_entity_dup_edit (entity));

  return group;
}

/**
 * mash_strategy_dup_signature:
 * @file: an open contact
 * @request: the request to sign that is answered
 *
 * Takes the fingerprint of what the open contact shows: a signature stands over that and over
 * nothing else.
 *
 * Returns: (transfer full): a group of the deed `sign-as-chair` or `sign-discussion`
 */
MashGroup *
mash_strategy_dup_signature (MashContactFile *file,
                             MashEntity      *request)
{
  gboolean chair = g_strcmp0 (mash_entity_get_text (request, "capacity"), "CHAIR") == 0;
  MashGroup *group = begin (file, chair ? "sign-as-chair" : "sign-discussion");
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (file),
                                                     mash_entity_get_text (request,
                                                                           "discussion"));
  MashEdit *edit = edit_record (request);

  mash_edit_set_text (edit, "seen-hash", hash);
  mash_group_take_edit (group, edit);

  return group;
}

MashGroup *
mash_strategy_dup_refusal (MashContactFile *file,
                           MashEntity      *request,
                           const char      *reason,
                           gint64           now)
{
  MashGroup *group = begin (file, "refuse-to-sign");
  MashEdit *edit = edit_record (request);

  mash_group_set_reason (group, reason);
  put_time (edit, "answered-at", now);
  mash_group_take_edit (group, edit);

  return group;
}

MashGroup *
mash_strategy_dup_confirmation (MashContactFile *file,
                                MashEntity      *entry,
                                gint64           now)
{
  MashGroup *group = begin (file, "confirm-entry");
  MashEdit *edit = edit_record (entry);

  put_time (edit, "confirmed-at", now);
  mash_group_take_edit (group, edit);

  return group;
}

static MashFieldType
get_type (MashEntity *entity,
          const char *field)
{
  const MashKind *kind = mash_entity_get_kind (entity);

  return kind->fields[mash_kind_find_field (kind, field)].type;
}

/* A field that holds no words, such as a decision, is set by its code; the words of a set are its
 * codes with spaces between. */
static void
put_version (MashEdit     *edit,
             MashFieldType type,
             const char   *field,
             const char   *text)
{
  if (type == MASH_FIELD_BOOL)
    mash_edit_set_flag (edit, field, g_strcmp0 (text, "yes") == 0);
  else if (type == MASH_FIELD_CODES || type == MASH_FIELD_REFERENCES)
    {
      g_auto (GStrv) set = g_strsplit (g_strcmp0 (text, "—") == 0 ? "" : text, " ", -1);

      mash_edit_set_set (edit, field, (const char *const *) set);
    }
  else
    mash_edit_set_text (edit, field, g_strcmp0 (text, "—") == 0 ? NULL : text);
}

/**
 * mash_strategy_dup_settlement:
 * @file: an open contact
 * @version: another version of a field, with its words
 * @choice: a code of SDVER: `KEPT` leaves what stands, `TAKEN` has @version stand in its place, and
 *   `BOTH` puts the words of both one after the other
 *
 * Returns: (transfer full): a group of the deed `settle-version`
 */
MashGroup *
mash_strategy_dup_settlement (MashContactFile *file,
                              MashEntity      *version,
                              const char      *choice)
{
  MashGroup *group = begin (file, "settle-version");
  MashEntity *of = mash_contact_file_find (file, mash_entity_get_text (version, "of-record"));
  const char *field = mash_entity_get_text (version, "of-field");
  const char *text = mash_entity_get_text (version, "text");
  MashEdit *settled = edit_record (version);
  g_autofree char *both = NULL;
  MashEdit *edit;

  mash_edit_set_text (settled, "choice", choice);
  mash_group_take_edit (group, settled);
  if (strcmp (choice, "KEPT") == 0 || of == NULL || text == NULL)
    return group;

  if (strcmp (choice, "BOTH") == 0)
    both = g_strdup_printf ("%s\n\n%s", mash_record_get_text (mash_entity_get_record (of), field),
                            text);
  edit = edit_record (of);
  put_version (edit, get_type (of, field), field, both != NULL ? both : text);
  mash_group_take_edit (group, edit);

  return group;
}

/**
 * mash_strategy_dup_action:
 * @file: an open contact
 * @action: an open action
 * @deed: `finish-action`, `cancel-action`, `transfer-action` or `chase-action`
 * @outcome: (nullable): what came of it, why it is cancelled, or who has it now
 * @now: when it is, microseconds
 *
 * Returns: (transfer full): a group
 */
MashGroup *
mash_strategy_dup_action (MashContactFile *file,
                          MashEntity      *action,
                          const char      *deed,
                          const char      *outcome,
                          gint64           now)
{
  MashGroup *group = begin (file, deed);
  MashEdit *edit = edit_record (action);

  mash_group_set_reason (group, outcome);
  put_time (edit, strcmp (deed, "chase-action") == 0 ? "chased-at" : "ended-at", now);
  mash_group_take_edit (group, edit);

  return group;
}
