/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-private.h"

#include <string.h>

#include "mash-family.h"
#include "mash-identity.h"
#include "mash-kinds.h"
#include "mash-outcomes.h"
#include "mash-rereferral.h"
#include "mash-time.h"

/* Earlier contacts of the same children, and, place by place, their ids. */
typedef struct
{
  GArray    *contacts; /* of #MashEarlierContact */
  GPtrArray *ids;
} Earlier;

static void
earlier_clear (Earlier *self)
{
  g_clear_pointer (&self->contacts, g_array_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Earlier, earlier_clear)

static void
add_earlier (MashRules  *self,
             Earlier    *earlier,
             const char *contact,
             gint64      received)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (self->the_case.facts, "contact", contact);
  g_autoptr (MashRecord) decision = NULL;
  MashEarlierContact entry;
  const char *at = record != NULL ? mash_record_get_text (record, "received-at") : NULL;

  if (at == NULL || !mash_time_parse (at, &entry.received) || entry.received >= received)
    return;

  decision = mash_outcomes_find_decision (self->the_case.facts, contact);
  entry.referral = mash_rereferral_counts (
    mash_record_get_text (record, "kind"),
    decision != NULL ? mash_record_get_text (decision, "outcome") : NULL, FALSE);
  g_array_append_val (earlier->contacts, entry);
  g_ptr_array_add (earlier->ids, g_strdup (contact));
}

/* The contacts that the children of this one were in before, each once. */
static void
list_earlier (MashRules *self,
              GPtrArray *subjects,
              gint64     received,
              Earlier   *earlier)
{
  const char *contact = mash_group_get_contact (self->the_case.group);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  earlier->contacts = g_array_new (FALSE, FALSE, sizeof (MashEarlierContact));
  earlier->ids = g_ptr_array_new_with_free_func (g_free);
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

          if (g_strcmp0 (other, contact) != 0 && g_hash_table_add (seen, g_strdup (other)))
            add_earlier (self, earlier, other, received);
        }
    }
}

/* Whether this is a re-referral shows when its outcome is known: a contact that ends as advice is
 * none, whatever came before. A step up from early help is the same contact, and so none either. */
static void
classify (MashRules *self,
          GPtrArray *subjects,
          gint64     received)
{
  g_autofree char *outcome = mash_case_dup_value (&self->the_case, "recommendation.outcome");
  g_autofree char *kind = mash_case_dup_value (&self->the_case, "kind");
  g_auto (Earlier) earlier = { NULL, NULL };
  const char *code;
  guint which = MASH_NO_CONTACT;

  if (outcome == NULL ||
      mash_group_find_edit (self->the_case.group, "recommendation", NULL) == NULL)
    return;

  list_earlier (self, subjects, received, &earlier);
  code = mash_rereferral_class (received, mash_rereferral_counts (kind, outcome, FALSE),
                                (const MashEarlierContact *) (gpointer) earlier.contacts->data,
                                earlier.contacts->len, &which);
  mash_rules_put_contact (self, "rereferral", mash_rules_text (code));
  mash_rules_put_contact (self, "rereferral-of",
                          mash_rules_text (which != MASH_NO_CONTACT
                                           ? g_ptr_array_index (earlier.ids, which) : NULL));
}

/* When a manager decided on no further action for the child of @subject; 0 where they did not. */
static gint64
find_no_further_action (MashRules  *self,
                        MashRecord *subject)
{
  g_autoptr (MashRecord) decision = mash_outcomes_find_decision (
    self->the_case.facts, mash_record_get_text (subject, "contact"));
  g_autoptr (GPtrArray) outcomes = NULL;
  const char *at = decision != NULL ? mash_record_get_text (decision, "at") : NULL;
  gint64 decided;

  if (at == NULL || !mash_time_parse (at, &decided))
    return 0;
  outcomes = mash_outcomes_list_decided (self->the_case.facts, decision);

  return mash_outcomes_say (outcomes, mash_record_get_id (subject), "O12") ? decided : 0;
}

/* The contact in which one of the children was last closed with no further action, within the
 * 12 months before this one came (domain 4.2, row O12). */
static char *
find_nfa_before (MashRules *self,
                 GPtrArray *subjects,
                 gint64     received)
{
  const MashClockRule *window = mash_policy_find_clock (self->the_case.policy, "T28");
  const char *contact = mash_group_get_contact (self->the_case.group);
  gint64 latest = 0;
  g_autofree char *kept = NULL;

  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (GPtrArray) others = NULL;

      if (person == NULL || !mash_family_is_child (g_ptr_array_index (subjects, i)))
        continue;
      others = mash_identity_list_subjects (self->the_case.facts, person);
      for (guint j = 0; j < others->len; j++)
        {
          MashRecord *other = g_ptr_array_index (others, j);
          const char *found = mash_record_get_text (other, "contact");
          gint64 decided;

          if (found == NULL || g_strcmp0 (found, contact) == 0)
            continue;
          decided = find_no_further_action (self, other);
          if (decided > latest &&
              mash_rereferral_is_within (decided, received, window != NULL ? window->limit : 12))
            {
              latest = decided;
              g_free (kept);
              kept = g_strdup (found);
            }
        }
    }

  return g_steal_pointer (&kept);
}

/* What the children's earlier contacts mean for this one. */
void
mash_rules_classify (MashRules *self)
{
  g_autofree char *received_at = mash_case_dup_value (&self->the_case, "received-at");
  g_autoptr (GPtrArray) subjects = NULL;
  g_autofree char *nfa = NULL;
  gint64 received;

  if (received_at == NULL || !mash_time_parse (received_at, &received))
    return;

  subjects = mash_facts_list (self->the_case.proposed, "contact-subject", "contact",
                              mash_group_get_contact (self->the_case.group));
  nfa = find_nfa_before (self, subjects, received);
  mash_rules_put_contact (self, "nfa-before", mash_rules_text (nfa));
  classify (self, subjects, received);
}
