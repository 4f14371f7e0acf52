/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules.h"

#include <string.h>

#include "mash-calendar.h"
#include "mash-clock-reading.h"
#include "mash-completeness.h"
#include "mash-family.h"
#include "mash-guards.h"
#include "mash-identity.h"
#include "mash-kinds.h"
#include "mash-reference.h"
#include "mash-rereferral.h"
#include "mash-rules-identity.h"
#include "mash-rules-work.h"
#include "mash-time.h"

/* What the rules work on: the case, and the one edit of its contact. */
typedef struct
{
  MashCase     the_case;
  MashEdit    *contact;
  MashIdSource make_id;
  gpointer     data;
  char        *now;
} Rules;

static GVariant *
text (const char *value)
{
  return value != NULL ? g_variant_new_string (value) : NULL;
}

static GVariant *
number (gint64 value)
{
  return g_variant_new_take_string (g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

static void
put (MashEdit   *edit,
     MashRecord *before,
     const char *name,
     GVariant   *now)
{
  guint field = mash_kind_find_field (mash_edit_get_kind (edit), name);
  g_autoptr (GVariant) kept = now != NULL ? g_variant_ref_sink (now) : NULL;

  g_return_if_fail (field != MASH_NO_FIELD);

  mash_edit_set (edit, field, before != NULL ? mash_record_get_value (before, field) : NULL, kept);
}

static void
refresh (Rules *self)
{
  g_clear_pointer (&self->the_case.after, mash_record_unref);
  self->the_case.after = mash_facts_lookup (self->the_case.proposed, "contact",
                                            mash_group_get_contact (self->the_case.group));
}

static void
put_contact (Rules      *self,
             const char *field,
             GVariant   *now)
{
  put (self->contact, self->the_case.before, field, now);
}

static MashEdit *
add_record (Rules          *self,
            const MashKind *kind)
{
  g_autofree char *id = self->make_id (self->data);
  MashEdit *edit = mash_edit_new (kind, id, 0);

  put (edit, NULL, "contact", text (mash_group_get_contact (self->the_case.group)));

  return edit;
}

static gboolean
effect_applies (Rules            *self,
                const MashEffect *effect)
{
  const MashGuard guard = {
    .when_field = effect->when_field,
    .when_value = effect->when_value,
  };

  return mash_guard_applies (&self->the_case, &guard);
}

/* When something happened, as the contact or a record of this very group says; a record that was
 * there before tells of something else. Where nothing is said, it happens now. */
static gint64
find_instant (Rules      *self,
              const char *at)
{
  const char *dot = at != NULL ? strchr (at, '.') : NULL;
  g_autofree char *kind = dot != NULL ? g_strndup (at, (gsize) (dot - at)) : NULL;
  g_autofree char *value = NULL;
  gint64 usec;

  if (at == NULL || strcmp (at, "now") == 0 ||
      (kind != NULL && mash_group_find_edit (self->the_case.group, kind, NULL) == NULL))
    return self->the_case.actor->now;

  value = mash_case_dup_value (&self->the_case, at);

  return value != NULL && mash_time_parse (value, &usec) ? usec : self->the_case.actor->now;
}

static GPtrArray *
list_running (Rules      *self,
              const char *type)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (self->the_case.proposed, "clock", "contact",
                                                  mash_group_get_contact (self->the_case.group));
  GPtrArray *running = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (g_strcmp0 (mash_record_get_text (clock, "type"), type) == 0 &&
          !mash_record_has (clock, "stopped-at"))
        g_ptr_array_add (running, mash_record_ref (clock));
    }

  return running;
}

/* A clock is never reset: while one of its type runs, no second one starts. */
static void
start_clock (Rules            *self,
             const MashEffect *effect)
{
  const MashClockRule *rule = mash_policy_find_clock (self->the_case.policy, effect->clock);
  g_autoptr (GPtrArray) running = list_running (self, effect->clock);
  g_autofree char *brag = mash_case_dup_value (&self->the_case, "brag");
  gint64 started = find_instant (self, effect->at);
  g_autofree char *started_at = mash_time_format (started);
  MashCalendar *calendar;
  MashEdit *edit;
  gint64 due;

  if (rule == NULL || running->len > 0)
    return;
  calendar = mash_policy_get_calendar (self->the_case.policy, rule->calendar);
  due = mash_clock_rule_get_due (rule, calendar, started, brag, 0);
  if (due == MASH_TIME_NEVER && rule->unit != MASH_UNIT_REPORT_ONLY)
    return;

  edit = add_record (self, &mash_clock_kind);
  put (edit, NULL, "type", text (effect->clock));
  put (edit, NULL, "started-at", text (started_at));
  if (due != MASH_TIME_NEVER)
    put (edit, NULL, "due-at", g_variant_new_take_string (mash_time_format (due)));
  put (edit, NULL, "calendar", text (rule->calendar));
  put (edit, NULL, "rule-version", text (mash_policy_get_version (self->the_case.policy)));
  mash_group_take_edit (self->the_case.group, edit);
}

static gint64
find_start (MashRecord *clock)
{
  const char *started_at = mash_record_get_text (clock, "started-at");
  gint64 started = 0;

  return started_at != NULL && mash_time_parse (started_at, &started) ? started : 0;
}

/* A clock stops when what it waited for happened, not when that was keyed, and never before it
 * began. */
static void
stop_clock (Rules            *self,
            const MashEffect *effect)
{
  g_autoptr (GPtrArray) running = list_running (self, effect->clock);
  gint64 event = find_instant (self, effect->at);

  for (guint i = 0; i < running->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (running, i);
      gint64 stopped = MAX (event, find_start (clock));
      g_autofree char *stopped_at = mash_time_format (stopped);
      const char *due_at = mash_record_get_text (clock, "due-at");
      MashEdit *edit = mash_group_find_edit (self->the_case.group, "clock",
                                             mash_record_get_id (clock));
      gboolean found = edit != NULL;
      g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, "clock",
                                                         mash_record_get_id (clock));
      gint64 due;

      if (!found)
        edit = mash_edit_new_for (clock);
      put (edit, before, "stopped-at", text (stopped_at));
      put (edit, before, "stop-event", text (self->the_case.deed->id));
      if (due_at != NULL && mash_time_parse (due_at, &due) && stopped > due)
        put (edit, before, "breach-minutes",
             number ((stopped - due + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE));
      if (!found)
        mash_group_take_edit (self->the_case.group, edit);
    }
}

static void
sample (Rules            *self,
        const MashEffect *effect)
{
  MashEdit *edit = add_record (self, &mash_threshold_review_kind);

  put (edit, NULL, "sample-reason", text (effect->value));
  put (edit, NULL, "at", text (self->now));
  mash_group_take_edit (self->the_case.group, edit);
}

static void
set_field (Rules            *self,
           const MashEffect *effect)
{
  const MashField *field;
  guint i;

  i = mash_kind_find_field (&mash_contact_kind, effect->field);
  g_return_if_fail (i != MASH_NO_FIELD);
  field = &mash_contact_kind.fields[i];
  if (effect->value == NULL)
    put_contact (self, effect->field, NULL);
  else if (field->type == MASH_FIELD_BOOL)
    put_contact (self, effect->field, g_variant_new_boolean (strcmp (effect->value, "yes") == 0));
  else if (strcmp (effect->value, "actor") == 0)
    put_contact (self, effect->field, text (self->the_case.actor->person));
  else
    put_contact (self, effect->field, text (effect->value));
}

/* A new contact: its reference, when it was keyed, on which form. */
static void
begin_contact (Rules *self)
{
  g_autofree char *id = self->make_id (self->data);
  guint8 random[8];
  gsize length = strlen (id);

  g_return_if_fail (length >= 16);

  for (guint i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = (guint8) (g_ascii_xdigit_value (id[length - 16 + 2 * i]) << 4 |
                          g_ascii_xdigit_value (id[length - 15 + 2 * i]));
  put_contact (self, "reference", g_variant_new_take_string (mash_reference_make (random)));
  if (mash_edit_get_text (self->contact, "keyed-at") == NULL)
    put_contact (self, "keyed-at", text (self->now));
  if (mash_edit_get_text (self->contact, "form-version") == NULL)
    put_contact (self, "form-version",
                 text (mash_policy_get_form_version (self->the_case.policy)));
}

static void
record_brag (Rules *self)
{
  guint field = mash_kind_find_field (&mash_contact_kind, "brag");
  MashEdit *edit;

  if (!mash_edit_touches (self->contact, field))
    return;

  edit = add_record (self, &mash_brag_history_kind);
  put (edit, NULL, "from",
       self->the_case.before != NULL ? mash_record_get_value (self->the_case.before, field) : NULL);
  put (edit, NULL, "to", mash_edit_get_now (self->contact, field));
  put (edit, NULL, "reason", text (mash_group_get_reason (self->the_case.group)));
  put (edit, NULL, "by", text (self->the_case.actor->person));
  put (edit, NULL, "at", text (self->now));
  if (g_strcmp0 (self->the_case.actor->role, "MO") == 0)
    put (edit, NULL, "provisional", g_variant_new_boolean (TRUE));
  mash_group_take_edit (self->the_case.group, edit);
}

static void
stamp_subject (Rules    *self,
               MashEdit *edit)
{
  put (edit, NULL, "added-at", text (self->now));
  if (self->the_case.before != NULL)
    put (edit, NULL, "added-late", g_variant_new_boolean (TRUE));
}

static void
stamp_analysis (Rules    *self,
                MashEdit *edit)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, "risk-analysis",
                                                     mash_edit_get_id (edit));

  put (edit, before, "criteria-version",
       text (mash_policy_get_criteria_version (self->the_case.policy)));
}

static void
stamp_recommendation (Rules    *self,
                      MashEdit *edit)
{
  MashRecord *before = self->the_case.before;
  gint64 revision = before != NULL ? mash_record_get_revision (before) : 0;

  put (edit, NULL, "by", text (self->the_case.actor->person));
  put (edit, NULL, "at", text (self->now));
  put (edit, NULL, "criteria-version",
       text (mash_policy_get_criteria_version (self->the_case.policy)));
  put (edit, NULL, "contact-revision", number (revision));
}

/* Whether the statutory time for a decision (T02, Working Together) had not run out; %NULL where it
 * does not run, because it was decided before and re-opened since. */
static GVariant *
tell_statutory_time (Rules *self)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (self->the_case.facts, "clock", "contact",
                                                  mash_group_get_contact (self->the_case.group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);
      const char *due_at = mash_record_get_text (clock, "due-at");
      gint64 due;

      if (g_strcmp0 (mash_record_get_text (clock, "type"), "T02") == 0 &&
          !mash_record_has (clock, "stopped-at") &&
          due_at != NULL && mash_time_parse (due_at, &due))
        return g_variant_new_boolean (self->the_case.actor->now <= due);
    }

  return NULL;
}

static void
stamp_decision (Rules    *self,
                MashEdit *edit)
{
  put (edit, NULL, "by", text (self->the_case.actor->person));
  put (edit, NULL, "at", text (self->now));
  put (edit, NULL, "criteria-version",
       text (mash_policy_get_criteria_version (self->the_case.policy)));
  put (edit, NULL, "statutory-clock-met", tell_statutory_time (self));
}

static void
stamp_edits (Rules *self)
{
  static const struct
  {
    const MashKind *kind;
    void          (*stamp) (Rules    *self,
                            MashEdit *edit);
    gboolean        new_only;
  } stamps[] = {
    { &mash_contact_subject_kind, stamp_subject, TRUE },
    { &mash_risk_analysis_kind, stamp_analysis, FALSE },
    { &mash_recommendation_kind, stamp_recommendation, TRUE },
    { &mash_decision_kind, stamp_decision, TRUE },
  };

  for (guint i = 0; i < mash_group_get_n_edits (self->the_case.group); i++)
    {
      MashEdit *edit = mash_group_get_edit (self->the_case.group, i);

      for (guint s = 0; s < G_N_ELEMENTS (stamps); s++)
        {
          if (mash_edit_get_kind (edit) == stamps[s].kind &&
              (!stamps[s].new_only || mash_edit_is_new (edit)))
            stamps[s].stamp (self, edit);
        }
    }
}

static void
sign (Rules      *self,
      const char *type)
{
  const char *contact = mash_group_get_contact (self->the_case.group);
  g_autoptr (MashRecord) recommendation = NULL;
  g_autofree char *hash = NULL;
  MashEdit *edit;

  recommendation = mash_facts_find_newest (self->the_case.facts, "recommendation", contact);
  hash = mash_rules_hash_content (self->the_case.facts, contact);
  edit = add_record (self, &mash_sign_off_kind);
  put (edit, NULL, "type", text (type));
  put (edit, NULL, "target-kind", text (recommendation != NULL ? "recommendation" : "contact"));
  put (edit, NULL, "target",
       text (recommendation != NULL ? mash_record_get_id (recommendation) : contact));
  put (edit, NULL, "target-revision",
       number (recommendation != NULL ? mash_record_get_revision (recommendation)
               : self->the_case.before != NULL ? mash_record_get_revision (self->the_case.before)
               : 0));
  put (edit, NULL, "target-hash", text (hash));
  put (edit, NULL, "signer", text (self->the_case.actor->person));
  put (edit, NULL, "signer-post", text (self->the_case.actor->post));
  put (edit, NULL, "meaning", text (self->the_case.deed->meaning));
  put (edit, NULL, "result", text ("SIGNED"));
  put (edit, NULL, "comment", text (mash_group_get_reason (self->the_case.group)));
  put (edit, NULL, "at", text (self->now));
  put (edit, NULL, "state", text ("ACCEPTED"));
  mash_group_take_edit (self->the_case.group, edit);
}

static void
apply_effects (Rules         *self,
               MashEffectKind kind)
{
  for (guint i = 0; i < self->the_case.deed->n_effects; i++)
    {
      const MashEffect *effect = &self->the_case.deed->effects[i];

      if (effect->kind != kind || !effect_applies (self, effect))
        continue;

      switch (kind)
        {
        case MASH_EFFECT_SET:
          set_field (self, effect);
          break;
        case MASH_EFFECT_START:
          start_clock (self, effect);
          break;
        case MASH_EFFECT_STOP:
          stop_clock (self, effect);
          break;
        case MASH_EFFECT_SAMPLE:
          sample (self, effect);
          break;
        case MASH_EFFECT_RECORD:
          if (strcmp (effect->value, "sign-off") == 0)
            sign (self, effect->field);
          break;
        default:
          g_return_if_reached ();
        }
    }
}

static void
score (Rules *self)
{
  g_auto (GStrv) missing = NULL;
  guint completeness = mash_completeness_score (self->the_case.policy, self->the_case.proposed,
                                                mash_group_get_contact (self->the_case.group),
                                                &missing);

  put_contact (self, "completeness", number (completeness));
  put_contact (self, "missing-items",
               missing != NULL && missing[0] != NULL
               ? g_variant_new_strv ((const char *const *) missing, -1) : NULL);
  if (self->the_case.before == NULL)
    put_contact (self, "completeness-at-receipt", number (completeness));
}

/* The contacts that the children of this one were in before, each once. */
static GArray *
list_earlier (Rules     *self,
              GPtrArray *subjects,
              gint64     received)
{
  const char *contact = mash_group_get_contact (self->the_case.group);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *earlier = g_array_new (FALSE, FALSE, sizeof (MashEarlierContact));

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);
      const char *person = mash_record_get_text (subject, "person");
      g_autoptr (GPtrArray) others = NULL;

      if (person == NULL || !mash_family_is_child (subject))
        continue;
      others = mash_identity_list_subjects (self->the_case.facts, person);
      for (guint j = 0; j < others->len; j++)
        {
          const char *other = mash_record_get_text (g_ptr_array_index (others, j), "contact");
          g_autoptr (MashRecord) record = mash_facts_lookup (self->the_case.facts, "contact",
                                                             other);
          g_autoptr (MashRecord) decision = NULL;
          MashEarlierContact entry;
          const char *at;

          if (record == NULL || strcmp (other, contact) == 0 ||
              !g_hash_table_add (seen, g_strdup (other)))
            continue;
          at = mash_record_get_text (record, "received-at");
          if (at == NULL || !mash_time_parse (at, &entry.received) || entry.received >= received)
            continue;
          decision = mash_facts_find_newest (self->the_case.facts, "decision", other);
          entry.referral = mash_rereferral_counts (
            mash_record_get_text (record, "kind"),
            decision != NULL ? mash_record_get_text (decision, "outcome") : NULL, FALSE);
          g_array_append_val (earlier, entry);
        }
    }

  return earlier;
}

/* Whether this is a re-referral shows when its outcome is known: a contact that ends as advice is
 * none, whatever came before. */
static void
classify (Rules *self)
{
  g_autofree char *outcome = mash_case_dup_value (&self->the_case, "recommendation.outcome");
  g_autofree char *kind = mash_case_dup_value (&self->the_case, "kind");
  g_autofree char *received_at = mash_case_dup_value (&self->the_case, "received-at");
  g_autoptr (GPtrArray) subjects = NULL;
  g_autoptr (GArray) earlier = NULL;
  gint64 received;

  if (outcome == NULL || received_at == NULL || !mash_time_parse (received_at, &received) ||
      mash_group_find_edit (self->the_case.group, "recommendation", NULL) == NULL)
    return;

  subjects = mash_facts_list (self->the_case.proposed, "contact-subject", "contact",
                              mash_group_get_contact (self->the_case.group));
  earlier = list_earlier (self, subjects, received);
  put_contact (self, "rereferral",
               text (mash_rereferral_class (received,
                                            mash_rereferral_counts (kind, outcome, FALSE),
                                            (const MashEarlierContact *) (gpointer) earlier->data,
                                            earlier->len, NULL)));
}

/* What a recommendation stands on is hashed last, when everything else that the group adds is
 * in. */
static void
pin_recommendation (Rules *self)
{
  MashEdit *edit = mash_group_find_edit (self->the_case.group, "recommendation", NULL);

  if (edit == NULL || !mash_edit_is_new (edit))
    return;

  put (edit, NULL, "content-hash",
       g_variant_new_take_string (mash_rules_hash_content (
         self->the_case.proposed, mash_group_get_contact (self->the_case.group))));
}

/**
 * mash_rules_complete:
 * @policy: the policy in force
 * @facts: facts as they stand before @group
 * @actor: who acts, when
 * @group: what they do; grows by what follows from it
 * @make_id: gives ids of records that the rules make
 * @data: for @make_id
 *
 * Adds the next state, clocks that start and stop, histories, stamps, signatures, completeness. To
 * a group on no contact it adds what follows for a link of two people; one whose deed the policy
 * does not know is left alone. Any thread.
 */
void
mash_rules_complete (MashPolicy      *policy,
                     MashFacts       *facts,
                     const MashActor *actor,
                     MashGroup       *group,
                     MashIdSource     make_id,
                     gpointer         data)
{
  Rules self = { .make_id = make_id, .data = data };
  const char *contact = mash_group_get_contact (group);
  gboolean found;

  g_return_if_fail (policy != NULL && actor != NULL && group != NULL && make_id != NULL);

  if (!mash_case_begin (&self.the_case, policy, facts, actor, group))
    return;
  if (contact == NULL)
    {
      mash_rules_complete_identity (&self.the_case, make_id, data);
      mash_case_end (&self.the_case);
      return;
    }

  self.now = mash_time_format (actor->now);
  self.contact = mash_group_find_edit (group, "contact", contact);
  found = self.contact != NULL;
  if (!found)
    self.contact = mash_edit_new (&mash_contact_kind, contact,
                                  self.the_case.before != NULL
                                  ? mash_record_get_revision (self.the_case.before) : 0);

  if (self.the_case.before == NULL && found)
    begin_contact (&self);
  if (self.the_case.deed->to != NULL)
    put_contact (&self, "state", text (self.the_case.deed->to));
  apply_effects (&self, MASH_EFFECT_SET);
  if (!found && self.the_case.before != NULL && !mash_edit_is_empty (self.contact))
    {
      mash_group_take_edit (group, self.contact);
      found = TRUE;
    }
  refresh (&self);
  record_brag (&self);
  stamp_edits (&self);
  if (self.the_case.deed->sign_off != NULL)
    sign (&self, self.the_case.deed->sign_off);
  apply_effects (&self, MASH_EFFECT_RECORD);
  apply_effects (&self, MASH_EFFECT_STOP);
  apply_effects (&self, MASH_EFFECT_START);
  apply_effects (&self, MASH_EFFECT_SAMPLE);
  mash_rules_follow_work (&self.the_case, self.now, make_id, data);
  score (&self);
  classify (&self);
  if (!found && self.the_case.before != NULL)
    mash_group_take_edit (group, self.contact);
  else if (!found)
    mash_edit_free (self.contact);
  pin_recommendation (&self);

  g_free (self.now);
  mash_case_end (&self.the_case);
}
