/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-strategy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-family.h"
#include "mash-follow-up.h"
#include "mash-guards-strategy.h"
#include "mash-kinds.h"
#include "mash-quorum.h"
#include "mash-rota.h"
#include "mash-signing.h"
#include "mash-store-board.h"
#include "mash-store-private.h"
#include "mash-time.h"

/* Run performance reports, by the matrix (domain 2.2). */
#define PERMISSION_REPORTS 40

/* Discussions that count, of those in which the agency ?3 takes part or of all. */
#define DRIFT(where) \
  "SELECT d.id, d.contact, c.reference, d.state, d.mode, d.compliance, d.number," \
  " d.need_identified_at, d.started_at, d.ended_at, d.signed_at, d.circulated_at, d.n" \
  " FROM strategy_discussion d JOIN contact c ON c.id = d.contact" \
  " WHERE " where " AND d.voided_at IS NULL" \
  " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM sd_participant p WHERE p.discussion = d.id" \
  " AND p.agency = ?3))"

static const char drift_sql[] =
  DRIFT ("d.need_identified_at >= ?1 AND d.need_identified_at < ?2")
  " ORDER BY d.need_identified_at";

static const char drift_row_sql[] =
  DRIFT ("d.n = ?1 AND ?2 IS NULL");

/* Who can be asked for an agency without which no discussion is compliant: whoever chairs first,
 * then those whose post is on duty. */
static const char duty_sql[] =
  "SELECT p.agency, p.staff, s.name, p.title, p.on_duty FROM post p"
  " JOIN agency a ON a.id = p.agency"
  " JOIN staff s ON s.id = p.staff"
  " WHERE p.voided_at IS NULL AND instr (?1, ' ' || a.type || ' ') > 0"
  " AND p.role IN ('SW', 'MM', 'DS', 'HL')"
  " AND (p.\"from\" IS NULL OR p.\"from\" <= ?3) AND (p.\"to\" IS NULL OR p.\"to\" >= ?3)"
  " ORDER BY p.staff = ?2 DESC, p.on_duty = 1 DESC, p.role = 'MM' DESC, p.n";

static gpointer
read_drift (MashStatement *row,
            gpointer       data)
{
  MashStore *self = data;
  MashDriftRow *out = g_new0 (MashDriftRow, 1);
  MashFollowUp follow_up;

  out->discussion = mash_statement_dup_text (row, 0);
  out->contact = mash_statement_dup_text (row, 1);
  out->reference = mash_statement_dup_text (row, 2);
  out->state = mash_statement_dup_text (row, 3);
  out->mode = mash_statement_dup_text (row, 4);
  out->compliance = mash_statement_dup_text (row, 5);
  out->number = (guint) mash_statement_get_int (row, 6);
  out->need = mash_statement_get_time (row, 7);
  out->started = mash_statement_get_time (row, 8);
  out->ended = mash_statement_get_time (row, 9);
  out->signed_at = mash_statement_get_time (row, 10);
  out->circulated = mash_statement_get_time (row, 11);
  out->key = mash_statement_get_int (row, 12);
  mash_follow_up_read (MASH_FACTS (self), out->discussion, &follow_up);
  out->follow_up_due = follow_up.due;
  out->follow_up_held = follow_up.held;

  return out;
}

/* What is read is in the order of the need, so that it says how far that is. */
static gboolean
read_all_drift (MashStore             *self,
                const char            *from,
                const char            *until,
                const char            *agency,
                const MashStoreWatch  *watch,
                GPtrArray             *rows,
                GError               **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, drift_sql, error);
  gint64 first = mash_time_parse_or (from, 0);
  gint64 end = mash_time_parse_or (until, 1);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "ttt", from, until, agency);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashDriftRow *drift = read_drift (row, self);

      g_ptr_array_add (rows, drift);
      if (watch != NULL && watch->progress != NULL)
        watch->progress ((double) (drift->need - first) / (double) (end - first), watch->data);
      if (watch != NULL && g_cancellable_set_error_if_cancelled (watch->cancellable, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_store_read_drift:
 * @self: a store
 * @first_day: the first day, as mash_time_get_local_day() counts
 * @last_day: the last day
 * @watch: (nullable): told how far it is, and may stop it
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role runs no reports; %G_IO_ERROR_CANCELLED
 *
 * Reads the discussions for which the need was identified in that time, by an index, and no others:
 * it grows with the period, not with the register.
 *
 * Returns: (transfer full) (nullable): the report
 */
MashDrift *
mash_store_read_drift (MashStore            *self,
                       int                   first_day,
                       int                   last_day,
                       const MashStoreWatch *watch,
                       GError              **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *from = mash_time_format (mash_time_from_local_day (first_day, 0));
  g_autofree char *until = mash_time_format (mash_time_from_local_day (last_day + 1, 0));
  const char *agency;
  gboolean read;

  mash_store_assert (self);
  g_return_val_if_fail (first_day <= last_day, NULL);

  if (!mash_store_may_look_across (self, PERMISSION_REPORTS, &agency, error))
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_drift_row_free);
  mash_database_set_cancellable (self->database, watch != NULL ? watch->cancellable : NULL);
  read = read_all_drift (self, from, until, agency, watch, rows, error);
  mash_database_set_cancellable (self->database, NULL);

  return read ? mash_drift_new (first_day, last_day, g_steal_pointer (&rows),
                                mash_store_get_now (self)) : NULL;
}

/**
 * mash_store_list_drift:
 * @self: a store
 * @keys: keys of rows of mash_store_read_drift()
 * @n_keys: how many they are
 * @error: as there
 *
 * Returns: (transfer full) (element-type MashDriftRow) (nullable): the discussions as they stand
 *   now, in the order of @keys; %NULL in the place of one that counts no more
 */
GPtrArray *
mash_store_list_drift (MashStore     *self,
                       const gint64  *keys,
                       guint          n_keys,
                       GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  const char *agency;

  mash_store_assert (self);

  if (!mash_store_may_look_across (self, PERMISSION_REPORTS, &agency, error))
    return NULL;
  row = mash_database_prepare (self->database, drift_row_sql, error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 3, agency);

  return mash_statement_list_rows (row, keys, n_keys, read_drift, self,
                                   (GDestroyNotify) mash_drift_row_free, error);
}

static char *
examine (MashStore  *self,
         const char *deed,
         MashRecord *discussion)
{
  g_autoptr (MashGroup) group = mash_group_new (deed,
                                                mash_record_get_text (discussion, "contact"));
  g_autoptr (MashVerdict) verdict = NULL;
  g_autofree char *now = mash_time_format (mash_store_get_now (self));
  MashEdit *edit = mash_edit_new_for (discussion);

  mash_edit_set_text (edit, strcmp (deed, "ask-to-sign") == 0 ? "asked-at" : "ended-at", now);
  mash_group_take_edit (group, edit);
  verdict = mash_store_examine (self, group, NULL);

  return verdict != NULL ? g_strdup (mash_verdict_get_refusal (verdict)) : NULL;
}

/**
 * mash_store_read_discussion:
 * @self: a store
 * @discussion: the id of a discussion of a contact that is open before the person
 * @error: %MASH_STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): who is missing, what it still needs, how far it is signed
 */
MashDiscussionReading *
mash_store_read_discussion (MashStore  *self,
                            const char *discussion,
                            GError    **error)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "strategy-discussion", discussion);
  g_autoptr (MashDiscussionReading) reading = NULL;
  MashSigning signing;
  MashQuorum quorum;

  if (record == NULL)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "There is no discussion %s", discussion);
      return NULL;
    }

  mash_quorum_read (MASH_FACTS (self), mash_strategy_get_calendar (self->policy), discussion,
                    &quorum);
  mash_signing_read (MASH_FACTS (self), discussion, &signing);
  reading = g_new0 (MashDiscussionReading, 1);
  reading->discussion = g_strdup (discussion);
  reading->state = g_strdup (mash_record_get_text (record, "state"));
  reading->compliance = g_strdup (mash_record_get_text (record, "compliance"));
  reading->hash = mash_signing_hash_content (MASH_FACTS (self), discussion);
  reading->quorum = mash_quorum_dup_sentences (&quorum);
  reading->to_finish = examine (self, "finish-discussion", record);
  reading->to_ask = examine (self, "ask-to-sign", record);
  reading->asked = signing.asked;
  reading->given = signing.given;
  reading->refused = signing.refused;

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&reading);
}

/* Beginning one */

static MashEdit *
add_part (MashStore  *self,
          MashGroup  *group,
          const char *kind,
          const char *discussion)
{
  g_autofree char *id = mash_store_make_id (self);
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), id, 0);

  mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  mash_edit_set_text (edit, "discussion", discussion);
  mash_group_take_edit (group, edit);

  return edit;
}

static void
invite (MashStore  *self,
        MashGroup  *group,
        const char *discussion,
        const char *agency,
        const char *staff,
        const char *name,
        const char *title)
{
  g_autofree char *now = mash_time_format (mash_store_get_now (self));
  MashEdit *edit;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *other = mash_group_get_edit (group, i);

      if (strcmp (mash_edit_get_kind (other)->name, "sd-participant") == 0 &&
          g_strcmp0 (mash_edit_get_text (other, "agency"), agency) == 0)
        return;
    }
  edit = add_part (self, group, "sd-participant", discussion);
  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_text (edit, "staff", staff);
  mash_edit_set_text (edit, "person-name", name);
  mash_edit_set_text (edit, "role", title);
  mash_edit_set_text (edit, "invited-at", now);
}

/* Of one agency whoever chairs, or else is on duty by the rota of this half-day; of an agency that
 * enters nobody in the rota, whose post is on duty. */
static gboolean
find_on_duty (MashStore     *self,
              MashStatement *row,
              const char    *chair,
              gboolean       by_rota,
              gboolean      *found,
              GError       **error)
{
  MashStep step;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      const char *staff = mash_statement_get_text (row, 1);

      *found = g_strcmp0 (staff, chair) == 0 ||
               (by_rota ? mash_rota_is_on_duty (MASH_FACTS (self), staff,
                                                mash_store_get_now (self))
                        : mash_statement_get_int (row, 4) != 0);
      if (*found)
        return TRUE;
    }

  return step == MASH_STEP_DONE;
}

/* Of each agency without which nothing is compliant, whoever chairs or else is on duty. */
static gboolean
invite_duty (MashStore  *self,
             MashGroup  *group,
             const char *discussion,
             const char *chair,
             GError    **error)
{
  static const char *const types[] = { " CSC ", " POL BTP ", " HTH HTC HTM GP MAT " };
  g_autofree char *today = mash_time_dup_local_date (mash_store_get_now (self));

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gboolean found = FALSE;

      for (int by_rota = TRUE; by_rota >= FALSE && !found; by_rota--)
        {
          g_autoptr (MashStatement) row = mash_database_prepare (self->database, duty_sql, error);

          if (row == NULL)
            return FALSE;
          mash_statement_bind (row, "ttt", types[i], chair, today);
          if (!find_on_duty (self, row, chair, by_rota, &found, error))
            return FALSE;
          if (found)
            invite (self, group, discussion, mash_statement_get_text (row, 0),
                    mash_statement_get_text (row, 1), mash_statement_get_text (row, 2),
                    mash_statement_get_text (row, 3));
        }
    }

  return TRUE;
}

/* The agency that told the hub, and those that sat in an earlier discussion of the contact. */
static void
invite_involved (MashStore  *self,
                 MashGroup  *group,
                 const char *discussion)
{
  const char *contact = mash_group_get_contact (group);
  g_autoptr (GPtrArray) referrers = mash_store_list (self, "referrer", "contact", contact);
  g_autoptr (GPtrArray) earlier = mash_store_list (self, "sd-participant", "contact", contact);

  for (guint i = 0; i < referrers->len; i++)
    {
      MashRecord *referrer = g_ptr_array_index (referrers, i);
      const char *agency = mash_record_get_text (referrer, "agency");
      g_autoptr (MashRecord) record = mash_store_lookup (self, "agency", agency);

      /* Who is not to be named to the family is not named in a record that goes out. */
      if (record != NULL && !mash_record_get_flag (referrer, "identity-protected"))
        invite (self, group, discussion, agency, NULL,
                mash_record_get_text (referrer, "name"), mash_record_get_text (referrer, "role"));
    }
  for (guint i = 0; i < earlier->len; i++)
    {
      MashRecord *was = g_ptr_array_index (earlier, i);

      if (g_strcmp0 (mash_record_get_text (was, "attended"), "NOTINV") != 0)
        invite (self, group, discussion, mash_record_get_text (was, "agency"),
                mash_record_get_text (was, "staff"), mash_record_get_text (was, "person-name"),
                mash_record_get_text (was, "role"));
    }
}

static gboolean
has_part (MashStore  *self,
          const char *kind,
          const char *discussion,
          const char *subject)
{
  g_autoptr (GPtrArray) parts = mash_store_list (self, kind, "discussion", discussion);

  for (guint i = 0; i < parts->len; i++)
    if (subject == NULL ||
        g_strcmp0 (mash_record_get_text (g_ptr_array_index (parts, i), "subject"), subject) == 0)
      return TRUE;

  return FALSE;
}

static void
list_children (MashStore  *self,
               MashGroup  *group,
               const char *discussion)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (self, "contact-subject", "contact",
                                                    mash_group_get_contact (group));

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (mash_family_is_child (subject) &&
          !has_part (self, "sd-child", discussion, mash_record_get_id (subject)))
        mash_edit_set_text (add_part (self, group, "sd-child", discussion), "subject",
                            mash_record_get_id (subject));
    }
}

/* A record that corrects another begins with what that one says; notes stay where they were taken,
 * and what whoever corrects it may not read is for its agency to say again. */
static void
copy_parts (MashStore  *self,
            MashGroup  *group,
            const char *from,
            const char *discussion)
{
  static const char *const kinds[] = {
    "sd-participant", "sd-child", "sd-plan", "sd-paragraph", "sd-view", "sd-action",
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) parts = mash_store_list (self, kinds[k], "discussion", from);

      for (guint i = 0; i < parts->len; i++)
        {
          MashRecord *part = g_ptr_array_index (parts, i);
          const MashKind *kind = mash_record_get_kind (part);
          MashEdit *edit;

          if (kind == &mash_sd_paragraph_kind && !mash_store_gives_words (self, part))
            continue;
          edit = add_part (self, group, kinds[k], discussion);
          for (guint f = 0; f < kind->n_fields; f++)
            {
              if (kind->fields[f].owner != MASH_OWNER_RULES &&
                  strcmp (kind->fields[f].name, "contact") != 0 &&
                  strcmp (kind->fields[f].name, "discussion") != 0)
                mash_edit_set (edit, f, NULL, mash_record_get_value (part, f));
            }
        }
    }
}

static void
put_time (MashEdit   *edit,
          const char *field,
          gint64      usec)
{
  g_autofree char *text = usec != 0 ? mash_time_format (usec) : NULL;

  mash_edit_set_text (edit, field, text);
}

/**
 * mash_store_prepare_discussion:
 * @self: a store
 * @contact: the id of a contact
 * @discussion: the id of a discussion that is being convened or started
 * @chair: (nullable): the id of whoever chairs it, who is asked for their agency
 * @supersedes: (nullable): the signed discussion that it corrects
 * @error: what the database says
 *
 * Puts together what a discussion begins with, for whoever begins it: every child listed, an empty
 * plan, and whoever is on duty or involved already invited; where it was convened before, only what
 * is not there yet. No threshold, decision, view or signature is filled in. A record that corrects
 * another begins with what that says.
 *
 * Returns: (transfer full) (nullable): a group with the parts, and without the discussion
 */
MashGroup *
mash_store_prepare_discussion (MashStore  *self,
                               const char *contact,
                               const char *discussion,
                               const char *chair,
                               const char *supersedes,
                               GError    **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("start-discussion", contact);

  mash_store_assert (self);

  if (supersedes != NULL)
    {
      copy_parts (self, group, supersedes, discussion);
      return g_steal_pointer (&group);
    }

  list_children (self, group, discussion);
  if (!has_part (self, "sd-plan", discussion, NULL))
    add_part (self, group, "sd-plan", discussion);
  if (!has_part (self, "sd-participant", discussion, NULL))
    {
      if (!invite_duty (self, group, discussion, chair, error))
        return NULL;
      invite_involved (self, group, discussion);
    }

  return g_steal_pointer (&group);
}

/**
 * mash_store_begin_discussion:
 * @self: a store
 * @contact: the id of a contact
 * @start: what it begins with
 * @error: what the database says
 *
 * Puts together the one action that starts a discussion: the discussion, and what
 * mash_store_prepare_discussion() gives it.
 *
 * Returns: (transfer full) (nullable): a group of the deed `start-discussion`, which is not
 *   submitted; its first edit is the discussion
 */
MashGroup *
mash_store_begin_discussion (MashStore                 *self,
                             const char                *contact,
                             const MashDiscussionStart *start,
                             GError                   **error)
{
  const char *chair = start->chair != NULL ? start->chair : self->person;
  g_autoptr (MashGroup) group = mash_group_new ("start-discussion", contact);
  g_autoptr (MashGroup) parts = NULL;
  g_autofree char *discussion = mash_store_make_id (self);
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("strategy-discussion"), discussion, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "trigger", start->trigger);
  mash_edit_set_text (edit, "mode", start->mode);
  mash_edit_set_text (edit, "place", start->place);
  mash_edit_set_text (edit, "chair", chair);
  mash_edit_set_text (edit, "minute-taker", self->person);
  put_time (edit, "need-identified-at", start->need);
  put_time (edit, "started-at", start->started);
  mash_edit_set_text (edit, "supersedes", start->supersedes);
  mash_edit_set_text (edit, "supersede-reason", start->why);
  mash_group_take_edit (group, edit);

  parts = mash_store_prepare_discussion (self, contact, discussion, chair, start->supersedes,
                                         error);
  if (parts == NULL)
    return NULL;
  for (guint i = 0; i < mash_group_get_n_edits (parts); i++)
    mash_group_take_edit (group, mash_edit_copy (mash_group_get_edit (parts, i)));

  return g_steal_pointer (&group);
}
