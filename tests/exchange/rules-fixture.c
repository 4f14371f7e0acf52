/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rules-fixture.h"

#include <string.h>

#include "mash-vectors.h"

const Who officer = { "staff-mo", "MO" };
const Who worker = { "staff-sw", "SW" };
const Who manager = { "staff-mm", "MM" };
const Who other_manager = { "staff-mm2", "MM" };
const Who early_help = { "staff-eh", "EH" };
const Who sergeant = { "staff-ds", "DS", "agency-pol" };
const Who other_sergeant = { "staff-ds2", "DS", "agency-pol" };
const Who nurse = { "staff-hl", "HL", "agency-hth" };
const Who teacher = { "staff-ed", "ED", "agency-edu" };

static const char *
get_agency (const Who *who)
{
  return who->agency != NULL ? who->agency : "agency-csc";
}

static void
seat (Hub       *hub,
      const Who *who)
{
  g_autofree char *post = g_strdup_printf ("post-%s", who->person);

  mash_test_facts_put (hub->facts, "staff", who->person, "name", "Somebody",
                       "agency", get_agency (who),
                       "qualified", strstr ("SW MM", who->role) != NULL ? "yes" : "no", NULL);
  mash_test_facts_put (hub->facts, "post", post, "staff", who->person, "role", who->role,
                       "agency", get_agency (who), "on-duty", "yes", NULL);
}

void
set_up (Hub          *hub,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  hub->policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);
  hub->facts = mash_test_facts_new ();
  hub->n_ids = 0;
  mash_test_facts_put (hub->facts, "agency", "agency-csc", "type", "CSC", "name",
                       "Social care", NULL);
  mash_test_facts_put (hub->facts, "agency", "agency-pol", "type", "POL", "name", "Police",
                       "escalation-contacts", "Detective inspector", NULL);
  mash_test_facts_put (hub->facts, "agency", "agency-hth", "type", "HTH", "name", "Health",
                       "escalation-contacts", "Named doctor", NULL);
  mash_test_facts_put (hub->facts, "agency", "agency-edu", "type", "EDU", "name", "Education",
                       NULL);
  seat (hub, &officer);
  seat (hub, &worker);
  seat (hub, &manager);
  seat (hub, &other_manager);
  seat (hub, &early_help);
  seat (hub, &sergeant);
  seat (hub, &other_sergeant);
  seat (hub, &nurse);
  seat (hub, &teacher);
}

void
tear_down (Hub          *hub,
           gconstpointer data)
{
  mash_policy_unref (hub->policy);
  g_object_unref (hub->facts);
}

char *
make_id (gpointer data)
{
  Hub *hub = data;

  hub->n_ids++;

  return g_strdup_printf ("0000%04u-0000-7000-8000-00000000%04u", hub->n_ids, hub->n_ids);
}

static gint64
at (const char *instant)
{
  gint64 usec;

  g_assert_true (mash_time_parse (instant, &usec));

  return usec;
}

/* Starts the edit of a record that may not exist yet; fields follow as pairs of text. */
MashEdit *
edit (Hub        *hub,
      const char *kind,
      const char *id,
      ...)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (MASH_FACTS (hub->facts), kind, id);
  MashEdit *made = before != NULL ? mash_edit_new_for (before)
                                  : mash_edit_new (mash_kind_lookup (kind), id, 0);
  va_list pairs;

  va_start (pairs, id);
  for (const char *field = va_arg (pairs, const char *); field != NULL;
       field = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);
      guint i = mash_kind_find_field (mash_edit_get_kind (made), field);

      g_assert_cmpuint (i, !=, MASH_NO_FIELD);
      if (mash_edit_get_kind (made)->fields[i].type == MASH_FIELD_BOOL)
        mash_edit_set_flag (made, field, strcmp (value, "yes") == 0);
      else if (mash_edit_get_kind (made)->fields[i].type == MASH_FIELD_REFERENCES ||
               mash_edit_get_kind (made)->fields[i].type == MASH_FIELD_CODES)
        mash_edit_set_set (made, field, (const char *[]) { value, NULL });
      else
        mash_edit_set_text (made, field, value);
    }
  va_end (pairs);

  return made;
}

MashActor
make_actor (const Who  *who,
            const char *when,
            const char *post)
{
  return (MashActor) {
           .person = who->person, .post = post, .role = who->role, .agency = get_agency (who),
           .desk = "desk", .on_line = TRUE, .now = at (when),
  };
}

/* Completes, judges and, where allowed, does; gives the refusal. */
char *
act (Hub        *hub,
     const Who  *who,
     const char *when,
     MashGroup  *group)
{
  g_autofree char *post = g_strdup_printf ("post-%s", who->person);
  MashActor actor = make_actor (who, when, post);
  g_autoptr (MashVerdict) verdict = NULL;

  mash_rules_complete (hub->policy, MASH_FACTS (hub->facts), &actor, group, make_id, hub);
  verdict = mash_judge_group (hub->policy, MASH_FACTS (hub->facts), &actor, group);
  vectors_judge (&actor, group, mash_verdict_get_refusal (verdict));
  if (!mash_verdict_get_allowed (verdict))
    return g_strdup (mash_verdict_get_refusal (verdict));

  mash_test_facts_apply (hub->facts, group);

  return NULL;
}

void
must (Hub        *hub,
      const Who  *who,
      const char *when,
      MashGroup  *group)
{
  g_autofree char *refusal = act (hub, who, when, group);

  g_assert_cmpstr (refusal, ==, NULL);
}

/* A group with up to two edits. */
MashGroup *
group_of (const char *deed,
          const char *reason,
          MashEdit   *one,
          MashEdit   *two)
{
  MashGroup *group = mash_group_new (deed, "contact-1");

  mash_group_set_reason (group, reason);
  if (one != NULL)
    mash_group_take_edit (group, one);
  if (two != NULL)
    mash_group_take_edit (group, two);

  return group;
}

MashEdit *
edit_contact (Hub        *hub,
              const char *field,
              const char *value)
{
  return edit (hub, "contact", "contact-1", field, value, NULL);
}

void
create (Hub        *hub,
        const char *received_at,
        const char *keyed_at)
{
  g_autoptr (MashGroup) group = mash_group_new ("create", "contact-1");

  mash_group_take_edit (group, edit (hub, "contact", "contact-1", "kind", "REF",
                                     "channel", "EMAIL", "received-at", received_at,
                                     "source", "2A", "presenting-concern",
                                     "Came in with a bruise; also worried about sisters.", NULL));
  mash_group_take_edit (group, edit (hub, "person", "person-leo", "kind", "CHILD",
                                     "legal-forenames", "Leo", "legal-surname", "Marsh", NULL));
  mash_group_take_edit (group, edit (hub, "contact-subject", "subject-leo",
                                     "contact", "contact-1", "person", "person-leo",
                                     "role", "CHILD", NULL));
  must (hub, &officer, keyed_at, group);
}

MashRecord *
find_clock (Hub        *hub,
            const char *type)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (MASH_FACTS (hub->facts), "clock", "type", type);

  g_assert_cmpuint (clocks->len, ==, 1);

  return mash_record_ref (g_ptr_array_index (clocks, 0));
}

void
assert_contact (Hub        *hub,
                const char *field,
                const char *value)
{
  g_autoptr (MashRecord) contact = mash_facts_lookup (MASH_FACTS (hub->facts), "contact",
                                                      "contact-1");

  g_assert_cmpstr (mash_record_get_text (contact, field), ==, value);
}

void
assert_clock (Hub        *hub,
              const char *type,
              const char *field,
              const char *value)
{
  g_autoptr (MashRecord) clock = find_clock (hub, type);

  g_assert_cmpstr (mash_record_get_text (clock, field), ==, value);
}
