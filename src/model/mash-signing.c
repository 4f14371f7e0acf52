/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-signing.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-kinds.h"
#include "mash-quorum.h"

/* What the record consists of. Versions are settled before it is signed; requests, escalations,
 * enquiries and copies come after it. */
static const char *const content_kinds[] = {
  "sd-participant",
  "sd-note",
  "sd-paragraph",
  "sd-child",
  "sd-plan",
  "sd-view",
  "sd-action",
};

/* Kept by the rules, and yet something that a signer reads and stands for. */
#define SIGNED_RULE_FIELDS "number on-behalf exception-by text-hash"

/* Of a paragraph the fingerprint of these stands for them, so that whoever may not have the words
 * signs over the same content as everybody else. */
#define COVERED_FIELDS "text conditions"

/* A line a field, and the number of bytes before what it says, so that no two records read the
 * same. */
static void
hash_field (GChecksum       *checksum,
            const MashField *field,
            GVariant        *value)
{
  g_autofree char *printed = NULL;
  g_autofree char *head = NULL;

  if (value == NULL ||
      (field->owner == MASH_OWNER_RULES && !mash_words_contain (SIGNED_RULE_FIELDS, field->name)))
    return;

  printed = g_variant_print (value, FALSE);
  head = g_strdup_printf ("%s %" G_GSIZE_FORMAT "\n", field->name, strlen (printed));
  g_checksum_update (checksum, (const guchar *) head, -1);
  g_checksum_update (checksum, (const guchar *) printed, -1);
}

static void
hash_record (GChecksum  *checksum,
             MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);
  g_autofree char *head = g_strdup_printf ("%s %s\n", kind->name, mash_record_get_id (record));

  g_checksum_update (checksum, (const guchar *) head, -1);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind != &mash_sd_paragraph_kind ||
          !mash_words_contain (COVERED_FIELDS, kind->fields[i].name))
        hash_field (checksum, &kind->fields[i], mash_record_get_value (record, i));
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (mash_record_get_id (*(MashRecord *const *) a),
                 mash_record_get_id (*(MashRecord *const *) b));
}

/**
 * mash_signing_hash_words:
 * @text: (nullable): what a paragraph says
 * @conditions: (nullable): under which conditions
 *
 * Returns: (transfer full): their fingerprint, SHA-256 in hex
 */
char *
mash_signing_hash_words (const char *text,
                         const char *conditions)
{
  g_autofree char *both = g_strdup_printf ("%" G_GSIZE_FORMAT "\n%s\n%s",
                                           text != NULL ? strlen (text) : 0,
                                           text != NULL ? text : "",
                                           conditions != NULL ? conditions : "");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

/**
 * mash_signing_hash_content:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 *
 * Hashes everything that the record says: the discussion, who took part, notes, information,
 * decisions, plan, views and actions. What became of an action, and all that comes after the
 * record, is not part of it. Any thread.
 *
 * Returns: (transfer full): SHA-256 in hex
 */
char *
mash_signing_hash_content (MashFacts  *facts,
                           const char *discussion)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (MashRecord) record = NULL;

  g_return_val_if_fail (MASH_IS_FACTS (facts), NULL);
  g_return_val_if_fail (discussion != NULL, NULL);

  record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  if (record != NULL)
    hash_record (checksum, record);
  for (guint k = 0; k < G_N_ELEMENTS (content_kinds); k++)
    {
      g_autoptr (GPtrArray) records = mash_facts_list (facts, content_kinds[k], "discussion",
                                                       discussion);

      g_ptr_array_sort (records, compare_ids);
      for (guint i = 0; i < records->len; i++)
        hash_record (checksum, g_ptr_array_index (records, i));
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static void
free_signer (MashSigner *signer)
{
  g_free (signer->agency);
  g_free (signer);
}

static const MashSigner *
find_signer (GPtrArray  *signers,
             const char *capacity,
             const char *agency)
{
  for (guint i = 0; i < signers->len; i++)
    {
      const MashSigner *signer = g_ptr_array_index (signers, i);

      if ((capacity == NULL || strcmp (signer->capacity, capacity) == 0) &&
          (agency == NULL || g_strcmp0 (signer->agency, agency) == 0))
        return signer;
    }

  return NULL;
}

static void
add_signer (GPtrArray  *signers,
            const char *capacity,
            const char *agency,
            gboolean    required)
{
  MashSigner *signer;

  if (find_signer (signers, capacity, agency) != NULL)
    return;

  signer = g_new0 (MashSigner, 1);
  signer->capacity = capacity;
  signer->agency = g_strdup (agency);
  signer->required = required;
  g_ptr_array_add (signers, signer);
}

static const char *
get_capacity (MashSeats seat)
{
  switch (seat)
    {
    case MASH_SEAT_SOCIAL:
      return "SOCIAL";
    case MASH_SEAT_POLICE:
      return "POLICE";
    case MASH_SEAT_HEALTH:
      return "HEALTH";
    case MASH_SEAT_OTHER:
    case MASH_SEAT_ALL:
    default:
      return "OTHER";
    }
}

/**
 * mash_signing_list_signers:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 *
 * The chair always, police and health each where they took part, social care too where the chair is
 * not of social care; every other agency that took part may sign. Of several police or health
 * agencies one signature is enough.
 *
 * Returns: (transfer full) (element-type MashSigner): who signs
 */
GPtrArray *
mash_signing_list_signers (MashFacts  *facts,
                           const char *discussion)
{
  GPtrArray *signers = g_ptr_array_new_with_free_func ((GDestroyNotify) free_signer);
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (MashRecord) chair = NULL;
  g_autoptr (GPtrArray) participants = mash_facts_list (facts, "sd-participant", "discussion",
                                                        discussion);
  const char *chairs = NULL;

  if (record == NULL)
    return signers;

  chair = mash_facts_lookup (facts, "staff", mash_record_get_text (record, "chair"));
  if (chair != NULL)
    chairs = mash_record_get_text (chair, "agency");
  add_signer (signers, "CHAIR", chairs, TRUE);
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);
      const char *agency = mash_record_get_text (participant, "agency");
      MashSeats seat = mash_quorum_find_seat (facts, agency);
      const char *capacity = get_capacity (seat);

      if (agency == NULL || !mash_quorum_takes_part (participant))
        continue;
      if (g_strcmp0 (agency, chairs) == 0 && seat != MASH_SEAT_POLICE && seat != MASH_SEAT_HEALTH)
        continue;
      add_signer (signers, capacity, agency,
                  seat != MASH_SEAT_OTHER && find_signer (signers, capacity, NULL) == NULL &&
                  (seat != MASH_SEAT_SOCIAL ||
                   mash_quorum_find_seat (facts, chairs) != MASH_SEAT_SOCIAL));
    }

  return signers;
}

/**
 * mash_signing_stands:
 * @discussion: a strategy discussion
 * @request: a request to sign it
 *
 * Returns: %TRUE when it was signed, for the revision that stands now, by somebody who saw what
 *   stands now
 */
gboolean
mash_signing_stands (MashRecord *discussion,
                     MashRecord *request)
{
  return g_strcmp0 (mash_record_get_text (request, "answer"), "SIGNED") == 0 &&
         mash_record_get_int (request, "rev") == mash_record_get_int (discussion, "rev") &&
         g_strcmp0 (mash_record_get_text (request, "seen-hash"),
                    mash_record_get_text (discussion, "content-hash")) == 0;
}

static gboolean
has_signed (GPtrArray        *requests,
            MashRecord       *discussion,
            const MashSigner *signer)
{
  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (strcmp (signer->capacity, mash_record_get_text (request, "capacity")) == 0 &&
          mash_signing_stands (discussion, request))
        return TRUE;
    }

  return FALSE;
}

/* Who signs as chair is not who signs for the police (domain 2.3, 2). */
static gboolean
chair_is_police (GPtrArray  *requests,
                 MashRecord *discussion)
{
  const char *chair = mash_record_get_text (discussion, "chair");

  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);

      if (g_strcmp0 (mash_record_get_text (request, "capacity"), "POLICE") == 0 &&
          mash_signing_stands (discussion, request) &&
          g_strcmp0 (mash_record_get_text (request, "answered-by"), chair) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_signing_read:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @signing: (out caller-allocates): how far its revision has come
 *
 * A signature counts for the revision it was given for and towards no other. Any thread.
 */
void
mash_signing_read (MashFacts   *facts,
                   const char  *discussion,
                   MashSigning *signing)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) requests = mash_facts_list (facts, "sd-request", "discussion", discussion);
  g_autoptr (GPtrArray) signers = mash_signing_list_signers (facts, discussion);
  g_autoptr (GHashTable) agencies = g_hash_table_new (g_str_hash, g_str_equal);

  *signing = (MashSigning) { .complete = FALSE };
  if (record == NULL)
    return;

  for (guint i = 0; i < requests->len; i++)
    {
      MashRecord *request = g_ptr_array_index (requests, i);
      const char *agency = mash_record_get_text (request, "agency");

      if (mash_record_get_int (request, "rev") != mash_record_get_int (record, "rev"))
        continue;
      signing->asked++;
      if (g_strcmp0 (mash_record_get_text (request, "answer"), "REFUSED") == 0)
        signing->refused++;
      if (!mash_signing_stands (record, request))
        continue;
      signing->given++;
      if (agency != NULL)
        g_hash_table_add (agencies, (gpointer) agency);
    }
  signing->agencies = g_hash_table_size (agencies);
  signing->complete = signing->agencies >= 2 && !chair_is_police (requests, record) &&
                      !g_str_equal (mash_record_has (record, "compliance")
                                    ? mash_record_get_text (record, "compliance") : "NOT", "NOT");
  for (guint i = 0; i < signers->len; i++)
    {
      const MashSigner *signer = g_ptr_array_index (signers, i);

      if (signer->required && !has_signed (requests, record, signer))
        signing->complete = FALSE;
    }
}
