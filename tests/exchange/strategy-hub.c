/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "strategy-hub.h"

#include <string.h>

#include "mash-signing.h"

void
do_it (Hub        *hub,
       const Who  *who,
       const char *when,
       MashGroup  *group)
{
  g_autoptr (MashGroup) owned = group;

  must (hub, who, when, owned);
}

char *
try_it (Hub        *hub,
        const Who  *who,
        const char *when,
        MashGroup  *group)
{
  g_autoptr (MashGroup) owned = group;

  return act (hub, who, when, owned);
}

void
refused (Hub        *hub,
         const Who  *who,
         const char *when,
         MashGroup  *group,
         const char *says)
{
  g_autofree char *refusal = try_it (hub, who, when, group);

  g_assert_cmpstr (refusal, ==, says);
}

MashGroup *
deed_of (const char *deed,
         MashEdit   *edit)
{
  return group_of (deed, NULL, edit, NULL);
}

/* A part of the discussion, new or as it stands; fields follow as pairs of text. */
MashEdit *
part (Hub        *hub,
      const char *kind,
      const char *id,
      ...)
{
  gboolean is_new = FALSE;
  MashEdit *made;
  va_list pairs;
  g_autoptr (MashRecord) before = mash_facts_lookup (MASH_FACTS (hub->facts), kind, id);

  is_new = before == NULL;
  made = is_new ? edit (hub, kind, id, "contact", "contact-1", "discussion", DISCUSSION, NULL)
                : edit (hub, kind, id, NULL);
  va_start (pairs, id);
  for (const char *field = va_arg (pairs, const char *); field != NULL;
       field = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);
      MashFieldType type = mash_edit_get_kind (made)->fields[
        mash_kind_find_field (mash_edit_get_kind (made), field)].type;

      if (type == MASH_FIELD_BOOL)
        mash_edit_set_flag (made, field, strcmp (value, "yes") == 0);
      else if (type == MASH_FIELD_CODES || type == MASH_FIELD_REFERENCES)
        mash_edit_set_set (made, field, (const char *[]) { value, NULL });
      else
        mash_edit_set_text (made, field, value);
    }
  va_end (pairs);

  return made;
}

MashGroup *
start_group (Hub        *hub,
             const char *id,
             const Who  *chair,
             const char *when)
{
  g_autofree char *child = g_strdup_printf ("child-%s", id);
  MashGroup *group = deed_of ("start-discussion",
                              edit (hub, "strategy-discussion", id, "contact", "contact-1",
                                    "trigger", "INJURY", "need-identified-at", when,
                                    "started-at", when, "mode", "VIDEO",
                                    "chair", chair->person, NULL));

  mash_group_take_edit (group, edit (hub, "sd-child", child, "contact", "contact-1",
                                     "discussion", id, "subject", "subject-leo", NULL));

  return group;
}

void
start (Hub        *hub,
       const Who  *chair,
       const char *when)
{
  do_it (hub, chair, when, start_group (hub, DISCUSSION, chair, when));
}

void
attend (Hub        *hub,
        const char *agency,
        const char *attended,
        const char *when)
{
  g_autofree char *id = g_strdup_printf ("participant-%s", agency);

  do_it (hub, &manager, when,
         deed_of ("write-discussion",
                  part (hub, "sd-participant", id, "agency", agency, "person-name", "Somebody",
                        "attended", attended, "arrived-at", when, "senior", "yes", NULL)));
}

void
decide (Hub        *hub,
        const char *decision,
        const char *when)
{
  do_it (hub, &manager, when,
         deed_of ("write-discussion",
                  part (hub, "sd-child", "child-" DISCUSSION, "decision", decision,
                        "threshold-met", strstr (decision, "NOS47") != NULL ? "N" : "Y",
                        "rationale", "Because of what was said", NULL)));
}

void
view (Hub        *hub,
      const Who  *who,
      const char *position,
      const char *text,
      const char *when)
{
  const char *agency = who->agency != NULL ? who->agency : "agency-csc";
  g_autofree char *id = g_strdup_printf ("view-%s", agency);

  do_it (hub, who, when,
         deed_of ("write-discussion",
                  part (hub, "sd-view", id, "agency", agency, "position", position,
                        text != NULL ? "text" : NULL, text, NULL)));
}

void
finish (Hub        *hub,
        const Who  *chair,
        const char *when)
{
  do_it (hub, chair, when,
         deed_of ("finish-discussion",
                  edit (hub, "strategy-discussion", DISCUSSION, "ended-at", when, NULL)));
}

MashGroup *
ask_group (Hub        *hub,
           const char *when)
{
  return deed_of ("ask-to-sign", edit (hub, "strategy-discussion", DISCUSSION, "asked-at", when,
                                       NULL));
}

/* The newest request to sign in a capacity. */
char *
find_request (Hub        *hub,
              const char *capacity)
{
  g_autoptr (GPtrArray) requests = mash_facts_list (MASH_FACTS (hub->facts), "sd-request",
                                                    "capacity", capacity);

  g_assert_cmpuint (requests->len, >, 0);

  return g_strdup (mash_record_get_id (g_ptr_array_index (requests, requests->len - 1)));
}

/* Signs what stands now, or what was @seen; gives the refusal. */
char *
sign (Hub        *hub,
      const Who  *who,
      const char *capacity,
      const char *when,
      const char *seen)
{
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (hub->facts), DISCUSSION);
  g_autofree char *request = find_request (hub, capacity);

  return try_it (hub, who, when,
                 deed_of (strcmp (capacity, "CHAIR") == 0 ? "sign-as-chair" : "sign-discussion",
                          edit (hub, "sd-request", request, "seen-hash",
                                seen != NULL ? seen : hash, NULL)));
}

void
assert_signs (Hub        *hub,
              const Who  *who,
              const char *capacity,
              const char *when)
{
  g_autofree char *refusal = sign (hub, who, capacity, when, NULL);

  g_assert_cmpstr (refusal, ==, NULL);
}

/* Chair, police and health sign what stands in a further record. */
void
sign_again (Hub        *hub,
            const char *id,
            const char *when)
{
  static const Who *const who[] = { &manager, &sergeant, &nurse };
  static const char *const capacities[] = { "CHAIR", "POLICE", "HEALTH" };

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      g_autofree char *request = find_request (hub, capacities[i]);
      g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (hub->facts), id);

      do_it (hub, who[i], when,
             deed_of (i == 0 ? "sign-as-chair" : "sign-discussion",
                      edit (hub, "sd-request", request, "seen-hash", hash, NULL)));
    }
}

/* Social care, police and health are there, decide and agree. */
void
hold (Hub        *hub,
      const char *decision)
{
  create (hub, T ("09:00"), T ("09:10"));
  start (hub, &manager, T ("11:00"));
  attend (hub, "agency-csc", "PRESENT", T ("11:00"));
  attend (hub, "agency-pol", "PRESENT", T ("11:00"));
  attend (hub, "agency-hth", "PRESENT", T ("11:00"));
  decide (hub, decision, T ("11:30"));
  view (hub, &manager, "AGREE", NULL, T ("11:40"));
  view (hub, &sergeant, "AGREE", NULL, T ("11:41"));
  view (hub, &nurse, "AGREE", NULL, T ("11:42"));
}

void
assert_discussion (Hub        *hub,
                   const char *id,
                   const char *field,
                   const char *value)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (hub->facts),
                                                     "strategy-discussion", id);

  g_assert_cmpstr (mash_record_get_text (record, field), ==, value);
}

guint
count (Hub        *hub,
       const char *kind,
       const char *field,
       const char *value)
{
  g_autoptr (GPtrArray) records = mash_facts_list (MASH_FACTS (hub->facts), kind, field, value);

  return records->len;
}
