/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-people.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-hub-installer.h"
#include "mash-kinds.h"
#include "mash-recovery-code.h"
#include "mash-time.h"
#include "mash-uuid.h"

/* How long a code may lie in somebody's drawer. */
#define CODE_DAYS 14

/* How long the desks of somebody who was revoked may hand in what they had not sent. */
#define HAND_IN_DAYS 14

/**
 * mash_hub_people_make_id:
 *
 * Returns: (transfer full): a new UUIDv7
 */
char *
mash_hub_people_make_id (void)
{
  g_autoptr (MashSecret) random = mash_secret_new_random (10);
  char id[MASH_UUID_SIZE];

  mash_uuid7_format (g_get_real_time () / MASH_TIME_MILLISECOND,
                     mash_secret_get_data (random, NULL), id);

  return g_strdup (id);
}

/**
 * mash_hub_people_set_root:
 * @line: the administrator's line
 * @root: who signs for the hub
 * @error: return location for a #MashSyncError
 *
 * Returns: whether the hub takes the root's word from now on
 */
gboolean
mash_hub_people_set_root (MashHubLine  *line,
                          MashHubRoot  *root,
                          GError      **error)
{
  g_autofree char *key = mash_person_keys_dup_public (root->keys);
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error, "UPDATE mash.meta SET root_person = $1, root_key = $2",
                            root->person, key, NULL);

  return done != NULL;
}

/**
 * mash_hub_people_set_cost:
 * @line: the administrator's line
 * @cost: what guessing a passphrase costs
 * @error: return location for a #MashSyncError
 *
 * To be said before anybody is invited: what was derived by another cost opens no more.
 *
 * Returns: whether it holds
 */
gboolean
mash_hub_people_set_cost (MashHubLine         *line,
                          const MashSlotCost  *cost,
                          GError             **error)
{
  g_autofree char *passes = g_strdup_printf ("%u", cost->passes);
  g_autofree char *memory = g_strdup_printf ("%u", cost->memory_kib);
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error, "UPDATE mash.meta SET kdf_passes = $1::integer,"
                            " kdf_memory_kib = $2::integer", passes, memory, NULL);

  return done != NULL;
}

static void
append_change (GString      *list,
               const guint8 *data,
               gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autofree char *text = mash_hub_write_bytes (bytes);

  g_string_append_printf (list, "%s\"\\%s\"", list->len > 1 ? "," : "", text);
}

static gboolean
send_changes (MashHubLine  *line,
              GPtrArray    *changes,
              GError      **error)
{
  g_autoptr (GString) statements = g_string_new ("{");
  g_autoptr (GString) signatures = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = g_ptr_array_index (changes, i);
      g_autoptr (GBytes) statement = mash_change_to_statement (change);
      gsize length;
      const guint8 *data = g_bytes_get_data (statement, &length);

      append_change (statements, data, length);
      append_change (signatures, change->signature, sizeof change->signature);
    }
  g_string_append_c (statements, '}');
  g_string_append_c (signatures, '}');
  rows = mash_hub_line_ask (line, error,
                            "SELECT code, says FROM mash.administer ($1::bytea[], $2::bytea[])",
                            statements->str, signatures->str, NULL);
  if (rows == NULL)
    return FALSE;

  if (*mash_hub_rows_get_text (rows, 0, 0) == '\0')
    return TRUE;

  g_set_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
               _("The hub did not accept this (%s); nothing was changed."),
               mash_hub_rows_get_text (rows, 0, 0));

  return FALSE;
}

/**
 * mash_hub_people_seal:
 * @group: what is to be said
 * @saying: of what hub, by whom, when
 * @keys: of who says it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type MashChange): the signed changes that say it
 */
GPtrArray *
mash_hub_people_seal (MashGroup         *group,
                      const MashSaying  *saying,
                      MashPersonKeys    *keys,
                      GError           **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                                  mash_change_free);

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      g_autoptr (MashSecret) salt = mash_secret_new_random (MASH_CHANGE_SALT_SIZE);
      g_autofree char *id = mash_hub_people_make_id ();
      MashChange *change;

      change = mash_change_new_for_edit (group, i, saying, id, mash_secret_get_data (salt, NULL),
                                         error);
      if (change == NULL)
        return NULL;
      mash_person_keys_sign (keys, change);
      g_ptr_array_add (changes, change);
    }

  return g_steal_pointer (&changes);
}

/**
 * mash_hub_people_say:
 * @line: the administrator's line
 * @root: who signs
 * @group: what is to be said
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Says something in the root’s name, into the history, as a desk would.
 *
 * Returns: whether the hub accepted it
 */
gboolean
mash_hub_people_say (MashHubLine  *line,
                     MashHubRoot  *root,
                     MashGroup    *group,
                     GError      **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (MashHubRows) rows = NULL;
  g_autofree char *group_id = mash_hub_people_make_id ();
  MashSaying saying = {
    .group = group_id,
    .desk = "administrator",
    .person = root->person,
    .compartment = "default",
  };

  rows = mash_hub_line_ask (line, error,
                            "SELECT hub, now, mash.find_office ($1) FROM mash.tell ()",
                            root->person, NULL);
  if (rows == NULL)
    return FALSE;
  if (mash_hub_rows_is_null (rows, 0, 2))
    return mash_sync_refuse (error, _("The authority in this folder is not this hub’s."));
  saying.hub = mash_hub_rows_get_text (rows, 0, 0);
  saying.said_at = mash_hub_rows_get_text (rows, 0, 1);
  saying.post = mash_hub_rows_get_text (rows, 0, 2);
  changes = mash_hub_people_seal (group, &saying, root->keys, error);

  return changes != NULL && send_changes (line, changes, error);
}

/**
 * mash_hub_people_find:
 * @line: the administrator's line
 * @kind: the name of a kind
 * @field: one of its fields
 * @value: what stands in it
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable): the id of the record, %NULL without an error where there is
 *   none
 */
char *
mash_hub_people_find (MashHubLine  *line,
                      const char   *kind,
                      const char   *field,
                      const char   *value,
                      GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT id FROM mash.entity WHERE kind = $1 AND NOT voided AND"
                            " state ->> $2 = $3 ORDER BY born LIMIT 1", kind, field, value, NULL);

  return rows != NULL && mash_hub_rows_get_n (rows) > 0
         ? g_strdup (mash_hub_rows_get_text (rows, 0, 0)) : NULL;
}

/**
 * mash_hub_people_find_post:
 * @line: the administrator's line
 * @staff: id of a staff record
 * @title: the title of a post that they were given
 * @error: %MASH_SYNC_ERROR_REFUSED where there is not exactly one
 *
 * Returns: (transfer full) (nullable): the id of the post
 */
char *
mash_hub_people_find_post (MashHubLine  *line,
                           const char   *staff,
                           const char   *title,
                           GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT id FROM mash.entity WHERE kind = 'post' AND NOT voided AND"
                            " state ->> 'staff' = $1 AND state ->> 'title' = $2", staff, title,
                            NULL);
  if (rows == NULL)
    return NULL;
  if (mash_hub_rows_get_n (rows) != 1)
    {
      mash_sync_refuse (error, mash_hub_rows_get_n (rows) == 0
                        ? _("They were given no post with this title.")
                        : _("They were given several posts with this title."));
      return NULL;
    }

  return g_strdup (mash_hub_rows_get_text (rows, 0, 0));
}

static GVariant *
make_value (const MashField *field,
            const char      *text)
{
  if (text == NULL)
    return NULL;

  return g_variant_ref_sink (field->type == MASH_FIELD_BOOL
                             ? g_variant_new_boolean (strcmp (text, "true") == 0)
                             : g_variant_new_string (text));
}

/**
 * mash_hub_people_alter:
 * @line: the administrator's line
 * @kind: the name of a kind
 * @id: the id of a record
 * @field: a field that is a text, a code, a date or a flag
 * @value: (nullable): what is to stand there; `true` or `false` for a flag
 * @error: %MASH_SYNC_ERROR_REFUSED where there is no such record, or that stands there already
 *
 * Returns: (transfer full) (nullable): an edit of the record as it stands
 */
MashEdit *
mash_hub_people_alter (MashHubLine  *line,
                       const char   *kind,
                       const char   *id,
                       const char   *field,
                       const char   *value,
                       GError      **error)
{
  const MashKind *of = mash_kind_lookup (kind);
  guint i = mash_kind_find_field (of, field);
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GVariant) was = NULL;
  g_autoptr (GVariant) now = make_value (&of->fields[i], value);
  MashEdit *edit;

  rows = mash_hub_line_ask (line, error,
                            "SELECT revision, state ->> $3 FROM mash.entity"
                            " WHERE kind = $1 AND id = $2 AND NOT voided", kind, id, field, NULL);
  if (rows == NULL)
    return NULL;
  if (mash_hub_rows_get_n (rows) == 0)
    {
      mash_sync_refuse (error, _("The hub has no such record."));
      return NULL;
    }
  if (!mash_hub_rows_is_null (rows, 0, 1))
    was = make_value (&of->fields[i], mash_hub_rows_get_text (rows, 0, 1));
  if (was == now || (was != NULL && now != NULL && g_variant_equal (was, now)))
    {
      mash_sync_refuse (error, _("That is so already; nothing was changed."));
      return NULL;
    }

  edit = mash_edit_new (of, id, g_ascii_strtoll (mash_hub_rows_get_text (rows, 0, 0), NULL, 10));
  mash_edit_set (edit, i, was, now);

  return edit;
}

/**
 * mash_hub_people_set_vetting:
 * @line: the administrator's line
 * @staff: id of the staff record
 * @until: the last day of their vetting
 * @error: as for mash_hub_people_alter()
 *
 * Where their vetting had lapsed, their record says too that they get no older cases: the hub sees
 * to that by itself, and their desk then knows that it has not all of them.
 *
 * Returns: (transfer full) (nullable): an edit of their record as it stands
 */
MashEdit *
mash_hub_people_set_vetting (MashHubLine *line,
                             const char  *staff,
                             const char  *until,
                             GError     **error)
{
  g_autoptr (MashEdit) edit = mash_hub_people_alter (line, "staff", staff, "vetting-expires-on",
                                                     until, error);
  guint i = mash_kind_find_field (&mash_staff_kind, "cases-from");
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GVariant) was = NULL;

  if (edit != NULL)
    rows = mash_hub_line_ask (line, error,
                              "SELECT mash.find_clearance ($1, $2), state ->> 'cases-from'"
                              " FROM mash.entity WHERE kind = 'staff' AND id = $1", staff, until,
                              NULL);
  if (rows == NULL)
    return NULL;
  if (!mash_hub_rows_is_null (rows, 0, 1))
    was = make_value (&mash_staff_kind.fields[i], mash_hub_rows_get_text (rows, 0, 1));
  if (!mash_hub_rows_is_null (rows, 0, 0))
    {
      g_autoptr (GVariant) now = make_value (&mash_staff_kind.fields[i],
                                             mash_hub_rows_get_text (rows, 0, 0));

      if (was == NULL || !g_variant_equal (was, now))
        mash_edit_set (edit, i, was, now);
    }

  return g_steal_pointer (&edit);
}

/**
 * mash_hub_people_recover:
 * @line: the administrator's line
 * @staff: id of the staff record
 * @recovery: the half of the recovery key that opens
 * @error: %MASH_SYNC_ERROR_REFUSED where the hub keeps none
 *
 * Returns: (transfer full) (nullable): their keys
 */
MashPersonKeys *
mash_hub_people_recover (MashHubLine *line,
                         const char  *staff,
                         MashSecret  *recovery,
                         GError     **error)
{
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GBytes) escrow = NULL;
  MashPersonKeys *keys;

  rows = mash_hub_line_ask (line, error, "SELECT escrow FROM mash.person WHERE id = $1", staff,
                            NULL);
  if (rows == NULL)
    return NULL;
  if (mash_hub_rows_get_n (rows) > 0)
    escrow = mash_hub_rows_dup_bytes (rows, 0, 0);
  if (escrow == NULL)
    {
      mash_sync_refuse (error, _("The hub keeps no keys of theirs for the recovery key."));
      return NULL;
    }

  keys = mash_person_keys_recover (escrow, recovery, NULL);
  if (keys == NULL)
    mash_sync_refuse (error, _("These halves of a recovery key do not open what the hub keeps: "
                               "are they one of each, and this hub’s?"));

  return keys;
}

/* What somebody had before a reset, wrapped for their code. */
static GBytes *
rewrap (MashHubLine     *line,
        const char      *staff,
        const char      *login,
        MashPersonDoor  *door,
        MashSecret      *recovery,
        GError         **error)
{
  g_autoptr (MashPersonKeys) keys = mash_hub_people_recover (line, staff, recovery, error);

  return keys != NULL ? mash_person_keys_wrap (keys, login, door->wrap) : NULL;
}

/**
 * mash_hub_people_invite:
 * @line: the administrator's line
 * @staff: id of the staff record
 * @sign_in: the name that they sign in with
 * @recovery: (nullable): the half of the recovery key that opens, where they have keys already
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Lets somebody in by a code, which a passphrase takes the place of at their first sign-in.
 *
 * Returns: (transfer full) (nullable): the code
 */
MashSecret *
mash_hub_people_invite (MashHubLine  *line,
                        const char   *staff,
                        const char   *sign_in,
                        MashSecret   *recovery,
                        GError      **error)
{
  g_autoptr (MashSecret) code = mash_recovery_code_new ();
  g_autoptr (MashHubRows) meta = NULL;
  g_autoptr (MashHubRows) done = NULL;
  g_autoptr (MashPersonDoor) door = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autofree char *login = NULL;
  g_autofree char *desks = NULL;
  g_autofree char *verifier = NULL;
  g_autofree char *bundle_text = NULL;
  g_autofree char *until = mash_time_format (g_get_real_time () + CODE_DAYS * MASH_TIME_DAY);
  MashSlotCost cost;

  meta = mash_hub_line_ask (line, error, "SELECT hub, kdf_passes, kdf_memory_kib FROM mash.meta",
                            NULL);
  if (meta == NULL)
    return NULL;
  login = mash_person_dup_login (mash_hub_rows_get_text (meta, 0, 0), sign_in);
  desks = mash_hub_dup_role (mash_hub_rows_get_text (meta, 0, 0), "desks");
  cost.passes = (guint) g_ascii_strtoull (mash_hub_rows_get_text (meta, 0, 1), NULL, 10);
  cost.memory_kib = (guint) g_ascii_strtoull (mash_hub_rows_get_text (meta, 0, 2), NULL, 10);
  door = mash_person_door_derive (mash_hub_rows_get_text (meta, 0, 0), login, code, &cost, error);
  if (door == NULL)
    return NULL;
  if (recovery != NULL)
    {
      bundle = rewrap (line, staff, login, door, recovery, error);
      if (bundle == NULL)
        return NULL;
    }

  verifier = mash_hub_line_make_verifier (line, login, door->word);
  bundle_text = mash_hub_write_bytes (bundle);
  done = mash_hub_line_ask (line, error,
                            "SELECT mash.invite ($1, $2, $3, $4, $5, nullif ($6::bytea, ''))",
                            staff, login, verifier, until, desks, bundle_text, NULL);

  return done != NULL ? g_steal_pointer (&code) : NULL;
}

/**
 * mash_hub_people_revoke:
 * @line: the administrator's line
 * @staff: id of the staff record
 * @at_once: whether not even their desks come in any more
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Shuts somebody out: no line that is open goes on, and no door opens. Unless it is to be at once,
 * their desks may for 14 days still say what they had not sent, which waits for a manager, and be
 * told to remove what they hold.
 *
 * Returns: whether they are out
 */
gboolean
mash_hub_people_revoke (MashHubLine  *line,
                        const char   *staff,
                        gboolean      at_once,
                        GError      **error)
{
  g_autofree char *until = mash_time_format (g_get_real_time () + HAND_IN_DAYS * MASH_TIME_DAY);
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error, "SELECT mash.revoke_person ($1, nullif ($2, ''))", staff,
                            at_once ? "" : until, NULL);
  if (done == NULL)
    return FALSE;

  return !mash_hub_rows_is_null (done, 0, 0) ||
         mash_sync_refuse (error, _("They were never let in at this hub."));
}

/**
 * mash_hub_people_watch:
 * @line: the administrator's line
 * @n_ended: (out): how many lines were ended
 * @error: return location for a #MashSyncError
 *
 * Looks once whether a desk holds the server up, and ends such lines.
 *
 * Returns: whether it could look
 */
gboolean
mash_hub_people_watch (MashHubLine  *line,
                       guint        *n_ended,
                       GError      **error)
{
  g_autoptr (MashHubRows) hub = mash_hub_line_ask (line, error, "SELECT hub FROM mash.meta", NULL);
  g_autoptr (MashHubRows) done = NULL;
  g_autofree char *desks = NULL;

  if (hub == NULL)
    return FALSE;
  desks = mash_hub_dup_role (mash_hub_rows_get_text (hub, 0, 0), "desks");
  done = mash_hub_line_ask (line, error, "SELECT mash.watch ($1)", desks, NULL);
  if (done == NULL)
    return FALSE;
  *n_ended = (guint) g_ascii_strtoull (mash_hub_rows_get_text (done, 0, 0), NULL, 10);

  return TRUE;
}

static void
desk_state_free (gpointer data)
{
  MashDeskState *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->state);
  g_free (self->seen_at);
  g_free (self->app);
  g_free (self);
}

/**
 * mash_hub_people_list_desks:
 * @line: the administrator's line
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable) (element-type MashDeskState): every machine that was ever
 *   enrolled, by name
 */
GPtrArray *
mash_hub_people_list_desks (MashHubLine  *line,
                            GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *desks;

  rows = mash_hub_line_ask (line, error,
                            "SELECT d.id, d.name, d.state, count (s.id),"
                            " coalesce (max (s.ack_seq), 0), coalesce (sum (s.unsent), 0),"
                            " coalesce (max (s.seen_at), ''), coalesce (max (s.app), ''),"
                            " min (nullif (s.unsent_since, '') COLLATE \"C\")"
                            " FROM mash.desk d LEFT JOIN mash.seat s ON s.desk = d.id AND"
                            " s.state <> 'replaced' GROUP BY d.id ORDER BY d.name, d.id", NULL);
  if (rows == NULL)
    return NULL;

  desks = g_ptr_array_new_with_free_func (desk_state_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    {
      MashDeskState *desk = g_new0 (MashDeskState, 1);

      desk->id = g_strdup (mash_hub_rows_get_text (rows, i, 0));
      desk->name = g_strdup (mash_hub_rows_get_text (rows, i, 1));
      desk->state = g_strdup (mash_hub_rows_get_text (rows, i, 2));
      desk->seats = (guint) g_ascii_strtoull (mash_hub_rows_get_text (rows, i, 3), NULL, 10);
      desk->position = g_ascii_strtoull (mash_hub_rows_get_text (rows, i, 4), NULL, 10);
      desk->unsent = g_ascii_strtoull (mash_hub_rows_get_text (rows, i, 5), NULL, 10);
      desk->unsent_since = mash_time_parse_or (mash_hub_rows_get_text (rows, i, 8), 0);
      desk->seen_at = g_strdup (mash_hub_rows_get_text (rows, i, 6));
      desk->app = g_strdup (mash_hub_rows_get_text (rows, i, 7));
      g_ptr_array_add (desks, desk);
    }

  return desks;
}
