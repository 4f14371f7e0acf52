/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-private.h"

#include <string.h>

#include "mash-completeness.h"
#include "mash-kinds.h"
#include "mash-named-guards.h"
#include "mash-reference.h"
#include "mash-rules-identity.h"
#include "mash-rules-strategy.h"
#include "mash-rules-work.h"
#include "mash-sampling.h"
#include "mash-time.h"

static const char *
get_contact (MashRules *self)
{
  return mash_group_get_contact (self->the_case.group);
}

static void
refresh (MashRules *self)
{
  g_clear_pointer (&self->the_case.after, mash_record_unref);
  self->the_case.after = mash_facts_lookup (self->the_case.proposed, "contact",
                                            get_contact (self));
}

static MashEdit *
add_record (MashRules      *self,
            const MashKind *kind)
{
  g_autofree char *id = self->make_id (self->data);
  MashEdit *edit = mash_edit_new (kind, id, 0);

  mash_rules_put (edit, NULL, "contact", mash_rules_text (get_contact (self)));

  return edit;
}

static gboolean
effect_applies (MashRules        *self,
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
find_instant (MashRules  *self,
              const char *at)
{
  const char *dot = at != NULL ? strchr (at, '.') : NULL;
  g_autofree char *kind = dot != NULL ? g_strndup (at, (gsize) (dot - at)) : NULL;
  g_autofree char *value = NULL;

  if (at == NULL || strcmp (at, "now") == 0 ||
      (kind != NULL && mash_group_find_edit (self->the_case.group, kind, NULL) == NULL))
    return self->the_case.actor->now;

  value = mash_case_dup_value (&self->the_case, at);

  return mash_time_parse_or (value, self->the_case.actor->now);
}

/* What has to be looked at is, each time; of a share, whatever it was drawn for is looked at once,
 * however often it is decided on. */
static gboolean
is_drawn (MashRules        *self,
          const MashEffect *effect)
{
  g_autoptr (GPtrArray) reviews = NULL;

  if (effect->only_when != NULL &&
      !mash_named_guard_holds (&self->the_case, effect->only_when))
    return FALSE;
  if (effect->share == NULL)
    return TRUE;
  if (!mash_sampling_falls_in_share (get_contact (self), effect->value,
                                     mash_policy_get_number (self->the_case.policy,
                                                             effect->share)))
    return FALSE;

  reviews = mash_facts_list (self->the_case.facts, "threshold-review", "contact",
                             get_contact (self));
  for (guint i = 0; i < reviews->len; i++)
    {
      if (g_strcmp0 (mash_record_get_text (g_ptr_array_index (reviews, i), "sample-reason"),
                     effect->value) == 0)
        return FALSE;
    }

  return TRUE;
}

static void
sample (MashRules        *self,
        const MashEffect *effect)
{
  MashEdit *edit;

  if (!is_drawn (self, effect))
    return;

  edit = add_record (self, &mash_threshold_review_kind);
  mash_rules_put (edit, NULL, "sample-reason", mash_rules_text (effect->value));
  mash_rules_put (edit, NULL, "at", mash_rules_text (self->now));
  mash_group_take_edit (self->the_case.group, edit);
}

/* What a field is set to; somebody is named as the actor, or by the field that names them. */
static GVariant *
find_value (MashRules        *self,
            const MashField  *field,
            const MashEffect *effect)
{
  g_autofree char *person = NULL;

  if (effect->value == NULL)
    return NULL;
  if (field->type == MASH_FIELD_BOOL)
    return g_variant_new_boolean (strcmp (effect->value, "yes") == 0);
  if (field->type != MASH_FIELD_REFERENCE)
    return mash_rules_text (effect->value);
  if (strcmp (effect->value, "actor") == 0)
    return mash_rules_text (self->the_case.actor->person);

  person = mash_case_dup_value (&self->the_case, effect->value);

  return mash_rules_text (person);
}

static void
set_field (MashRules        *self,
           const MashEffect *effect)
{
  const MashGuard from = {
    .test = MASH_GUARD_STATE, .field = effect->field, .value = effect->only_from,
  };
  guint i = mash_kind_find_field (&mash_contact_kind, effect->field);

  g_return_if_fail (i != MASH_NO_FIELD);

  if (effect->only_from == NULL || mash_guard_holds (&self->the_case, &from))
    mash_rules_put_contact (self, effect->field,
                            find_value (self, &mash_contact_kind.fields[i], effect));
}

/* A new contact: its reference, when it was keyed, on which form. */
static void
begin_contact (MashRules *self)
{
  g_autofree char *id = self->make_id (self->data);
  guint8 random[8];
  gsize length = strlen (id);

  g_return_if_fail (length >= 16);

  for (guint i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = (guint8) (g_ascii_xdigit_value (id[length - 16 + 2 * i]) << 4 |
                          g_ascii_xdigit_value (id[length - 15 + 2 * i]));
  mash_rules_put_contact (self, "reference",
                          g_variant_new_take_string (mash_reference_make (random)));
  if (mash_edit_get_text (self->contact, "keyed-at") == NULL)
    mash_rules_put_contact (self, "keyed-at", mash_rules_text (self->now));
  if (mash_edit_get_text (self->contact, "form-version") == NULL)
    mash_rules_put_contact (self, "form-version",
                            mash_rules_text (mash_policy_get_form_version (self->the_case.policy)));
}

static void
record_brag (MashRules *self)
{
  guint field = mash_kind_find_field (&mash_contact_kind, "brag");
  MashEdit *edit;

  if (!mash_edit_touches (self->contact, field))
    return;

  edit = add_record (self, &mash_brag_history_kind);
  mash_rules_put (edit, NULL, "from",
                  self->the_case.before != NULL
                  ? mash_record_get_value (self->the_case.before, field) : NULL);
  mash_rules_put (edit, NULL, "to", mash_edit_get_now (self->contact, field));
  mash_rules_put (edit, NULL, "reason",
                  mash_rules_text (mash_group_get_reason (self->the_case.group)));
  mash_rules_put (edit, NULL, "by", mash_rules_text (self->the_case.actor->person));
  mash_rules_put (edit, NULL, "at", mash_rules_text (self->now));
  if (g_strcmp0 (self->the_case.actor->role, "MO") == 0)
    mash_rules_put (edit, NULL, "provisional", g_variant_new_boolean (TRUE));
  mash_group_take_edit (self->the_case.group, edit);
}

/* A strategy record counts its own revisions, from the first that was complete. */
static gint64
count_revision_signed (MashRecord *target)
{
  if (target == NULL)
    return 0;

  return mash_record_get_kind (target) == &mash_strategy_discussion_kind
         ? mash_record_get_int (target, "rev") : mash_record_get_revision (target);
}

static void
sign (MashRules  *self,
      const char *type)
{
  const char *contact = get_contact (self);
  g_autoptr (MashRecord) recommendation = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (MashRecord) part = mash_rules_find_signed (&self->the_case, &hash);
  MashRecord *target;
  MashEdit *edit;

  if (part == NULL)
    {
      recommendation = mash_facts_find_newest (self->the_case.facts, "recommendation", contact);
      hash = mash_rules_hash_content (self->the_case.facts, contact);
    }
  edit = add_record (self, &mash_sign_off_kind);
  mash_rules_put (edit, NULL, "type", mash_rules_text (type));
  target = part != NULL ? part
           : recommendation != NULL ? recommendation : self->the_case.before;
  mash_rules_put (edit, NULL, "target-kind",
                  mash_rules_text (target != NULL ? mash_record_get_kind (target)->name
                                                  : "contact"));
  mash_rules_put (edit, NULL, "target",
                  mash_rules_text (target != NULL ? mash_record_get_id (target) : contact));
  mash_rules_put (edit, NULL, "target-revision",
                  mash_rules_number (count_revision_signed (target)));
  mash_rules_put (edit, NULL, "target-hash", mash_rules_text (hash));
  mash_rules_put (edit, NULL, "signer", mash_rules_text (self->the_case.actor->person));
  mash_rules_put (edit, NULL, "signer-post", mash_rules_text (self->the_case.actor->post));
  mash_rules_put (edit, NULL, "meaning", mash_rules_text (self->the_case.deed->meaning));
  mash_rules_put (edit, NULL, "result",
                  mash_rules_text (self->the_case.deed->sign_result != NULL
                                   ? self->the_case.deed->sign_result : "SIGNED"));
  mash_rules_put (edit, NULL, "comment",
                  mash_rules_text (mash_group_get_reason (self->the_case.group)));
  mash_rules_put (edit, NULL, "at", mash_rules_text (self->now));
  mash_rules_put (edit, NULL, "state", mash_rules_text ("ACCEPTED"));
  mash_group_take_edit (self->the_case.group, edit);
}

static void
apply_effects (MashRules     *self,
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
          mash_rules_start_clock (self, effect->clock, NULL, find_instant (self, effect->at));
          break;
        case MASH_EFFECT_STOP:
          mash_rules_stop_clock (self, effect->clock, NULL, find_instant (self, effect->at));
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
score (MashRules *self)
{
  g_auto (GStrv) missing = NULL;
  guint completeness = mash_completeness_score (self->the_case.policy, self->the_case.proposed,
                                                get_contact (self),
                                                &missing);

  mash_rules_put_contact (self, "completeness", mash_rules_number (completeness));
  mash_rules_put_contact (self, "missing-items",
                          missing != NULL && missing[0] != NULL
               ? g_variant_new_strv ((const char *const *) missing, -1) : NULL);
  if (self->the_case.before == NULL)
    mash_rules_put_contact (self, "completeness-at-receipt", mash_rules_number (completeness));
}

/* What a recommendation stands on is hashed last, when everything else that the group adds is
 * in. */
static void
pin_recommendation (MashRules *self)
{
  MashEdit *edit = mash_group_find_edit (self->the_case.group, "recommendation", NULL);

  if (edit == NULL || !mash_edit_is_new (edit))
    return;

  mash_rules_put (edit, NULL, "content-hash",
                  g_variant_new_take_string (mash_rules_hash_content (
                                               self->the_case.proposed, get_contact (self))));
}

/* Whether the deed takes the contact on: where it needs a named test for that, one that holds once
 * it is done. */
static gboolean
moves_on (MashRules *self)
{
  const MashDeed *deed = self->the_case.deed;

  return deed->to != NULL &&
         (deed->to_when == NULL || mash_named_guard_holds (&self->the_case, deed->to_when));
}

/* What is set on the contact itself, by whoever acts or by what follows. */
static void
change_contact (MashRules *self)
{
  guint level = mash_kind_find_field (&mash_contact_kind, "level");

  mash_rules_stamp_edits (self);
  mash_rules_stamp_discussion (self);
  if (moves_on (self))
    mash_rules_put_contact (self, "state", mash_rules_text (self->the_case.deed->to));
  apply_effects (self, MASH_EFFECT_SET);
  if (mash_edit_touches (self->contact, level))
    mash_rules_put_contact (self, "criteria-version", mash_rules_text (
                              mash_policy_get_criteria_version (self->the_case.policy)));
}

/* What becomes of it beside: signatures, clocks, reviews, work, completeness and histories. */
static void
add_records (MashRules *self)
{
  refresh (self);
  record_brag (self);
  if (self->the_case.deed->sign_off != NULL)
    sign (self, self->the_case.deed->sign_off);
  apply_effects (self, MASH_EFFECT_RECORD);
  apply_effects (self, MASH_EFFECT_STOP);
  apply_effects (self, MASH_EFFECT_START);
  apply_effects (self, MASH_EFFECT_SAMPLE);
  mash_rules_follow_work (&self->the_case, self->now, self->make_id, self->data);
  mash_rules_clock_discussion (self);
  score (self);
  mash_rules_classify (self);
}

/* A group that does not speak of its contact gets an edit of it as soon as one holds something;
 * of a contact that is nowhere nothing is said. */
static void
complete_contact (MashRules  *self,
                  const char *contact)
{
  MashGroup *group = self->the_case.group;
  MashRecord *before = self->the_case.before;
  gboolean found;

  self->contact = mash_group_find_edit (group, "contact", contact);
  found = self->contact != NULL;
  if (!found)
    self->contact = mash_edit_new (&mash_contact_kind, contact,
                                   before != NULL ? mash_record_get_revision (before) : 0);
  else if (before == NULL)
    begin_contact (self);

  change_contact (self);
  if (!found && before != NULL && !mash_edit_is_empty (self->contact))
    {
      mash_group_take_edit (group, self->contact);
      found = TRUE;
    }
  add_records (self);
  if (!found && before != NULL)
    mash_group_take_edit (group, self->contact);
  else if (!found)
    mash_edit_free (self->contact);
  pin_recommendation (self);
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
  MashRules self = { .make_id = make_id, .data = data };
  const char *contact = mash_group_get_contact (group);

  g_return_if_fail (policy != NULL && actor != NULL && group != NULL && make_id != NULL);

  if (!mash_case_begin (&self.the_case, policy, facts, actor, group))
    return;

  if (contact == NULL)
    mash_rules_complete_identity (&self.the_case, make_id, data);
  else
    {
      self.now = mash_time_format (actor->now);
      complete_contact (&self, contact);
      g_free (self.now);
    }
  mash_case_end (&self.the_case);
}
