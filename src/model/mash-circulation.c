/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-circulation.h"

#include <string.h>

/* What is shorter than this, folded, is too common to prove anything: a sentence, and a line. */
#define MIN_SENTENCE 12
#define MIN_LINE     5

static gboolean
has (MashRecord *paragraph,
     const char *field,
     const char *word)
{
  g_auto (GStrv) set = mash_record_dup_set (paragraph, field);

  return set != NULL && word != NULL && g_strv_contains ((const char *const *) set, word);
}

/**
 * mash_circulation_is_withheld:
 * @paragraph: a paragraph of a strategy record
 * @agency: the id of the agency of somebody who reads it in the hub
 *
 * Returns: %TRUE when its owner keeps it from that agency
 */
gboolean
mash_circulation_is_withheld (MashRecord *paragraph,
                              const char *agency)
{
  return has (paragraph, "not-for", agency) &&
         g_strcmp0 (mash_record_get_text (paragraph, "agency"), agency) != 0;
}

/**
 * mash_circulation_cover:
 * @record: a paragraph, or another version of one
 *
 * Returns: (transfer full): the same record without its words and its conditions: that there is
 *   one, whose it is and its fingerprint are left
 */
MashRecord *
mash_circulation_cover (MashRecord *record)
{
  static const char *const covered[] = { "text", "conditions", NULL };
  const MashKind *kind = mash_record_get_kind (record);
  g_autofree GVariant **values = g_new0 (GVariant *, kind->n_fields);

  for (guint i = 0; i < kind->n_fields; i++)
    values[i] = g_strv_contains (covered, kind->fields[i].name)
                ? NULL : mash_record_get_value (record, i);

  return mash_record_new (kind, mash_record_get_id (record), mash_record_get_revision (record),
                          values, mash_record_get_stamps (record));
}

/* What its owner ruled last for this very recipient. */
static const char *
find_choice (GPtrArray         *releases,
             const MashCopyFor *copy)
{
  for (guint i = releases->len; i > 0; i--)
    {
      MashRecord *release = g_ptr_array_index (releases, i - 1);

      if (g_strcmp0 (mash_record_get_text (release, "variant"), copy->variant) == 0 &&
          g_strcmp0 (mash_record_get_text (release, "recipient-agency"), copy->agency) == 0)
        return mash_record_get_text (release, "choice");
    }

  return NULL;
}

static gboolean
needs_ruling (MashRecord *paragraph)
{
  return g_strcmp0 (mash_record_get_text (paragraph, "condition"), "C") == 0 ||
         has (paragraph, "handling", "H3") || has (paragraph, "handling", "H4");
}

/* What never goes there, whoever would release it: legal privilege, intelligence to a family, what
 * is for decision makers of the hub only, and what its owner keeps from that agency. */
static gboolean
is_barred (MashRecord        *paragraph,
           const MashCopyFor *copy)
{
  gboolean family = g_strcmp0 (copy->variant, "FAMILY") == 0;

  if (has (paragraph, "handling", "H6") || has (paragraph, "not-for", copy->agency))
    return TRUE;

  return (family || g_strcmp0 (copy->variant, "AGENCY") == 0)
         ? has (paragraph, "handling", "H2") ||
         (family && g_strcmp0 (mash_record_get_text (paragraph, "basis"), "INTEL") == 0)
         : FALSE;
}

/**
 * mash_circulation_rule_on:
 * @facts: facts
 * @paragraph: a paragraph of a strategy record
 * @copy: the copy
 *
 * Returns: whether it goes into the copy. An agency always gets its own paragraphs; one with
 *   conditions, or not for the family, waits for its owner’s ruling
 */
MashShare
mash_circulation_rule_on (MashFacts         *facts,
                          MashRecord        *paragraph,
                          const MashCopyFor *copy)
{
  g_autoptr (GPtrArray) releases = NULL;
  const char *choice;

  if (copy->agency != NULL &&
      g_strcmp0 (mash_record_get_text (paragraph, "agency"), copy->agency) == 0)
    return MASH_SHARE_IN;
  if (is_barred (paragraph, copy))
    return MASH_SHARE_OUT;
  if (!needs_ruling (paragraph))
    return MASH_SHARE_IN;

  releases = mash_facts_list (facts, "sd-release", "paragraph", mash_record_get_id (paragraph));
  choice = find_choice (releases, copy);
  if (choice == NULL)
    return MASH_SHARE_UNDECIDED;

  return strcmp (choice, "RELEASED") == 0 ? MASH_SHARE_IN : MASH_SHARE_OUT;
}

/**
 * mash_circulation_list:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @copy: the copy
 * @share: which of its paragraphs
 *
 * Returns: (transfer full) (element-type MashRecord): the paragraphs that go in, that are left out,
 *   or that wait for a ruling
 */
GPtrArray *
mash_circulation_list (MashFacts         *facts,
                       const char        *discussion,
                       const MashCopyFor *copy,
                       MashShare          share)
{
  g_autoptr (GPtrArray) paragraphs = mash_facts_list (facts, "sd-paragraph", "discussion",
                                                      discussion);
  GPtrArray *listed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      MashRecord *paragraph = g_ptr_array_index (paragraphs, i);

      if (mash_circulation_rule_on (facts, paragraph, copy) == share)
        g_ptr_array_add (listed, mash_record_ref (paragraph));
    }

  return listed;
}

static void
add (GPtrArray  *strings,
     const char *text)
{
  g_autofree char *folded = text != NULL ? mash_circulation_fold (text) : NULL;

  if (folded != NULL && g_utf8_strlen (folded, -1) >= MIN_LINE)
    g_ptr_array_add (strings, g_strdup (text));
}

/* A page may end in the middle of a paragraph, so it is looked for sentence by sentence. */
static void
add_sentences (GPtrArray  *strings,
               const char *text)
{
  g_auto (GStrv) sentences = NULL;

  if (text == NULL)
    return;

  sentences = g_strsplit_set (text, ".!?;\n", -1);
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_autofree char *folded = mash_circulation_fold (sentences[i]);

      if (g_utf8_strlen (folded, -1) >= MIN_SENTENCE)
        add (strings, g_strstrip (sentences[i]));
    }
}

static void
add_address (GPtrArray  *strings,
             MashFacts  *facts,
             const char *household)
{
  static const char *const fields[] = { "postcode", "line1", "line2", "line3", "uprn" };
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "household", household);
  g_autoptr (MashRecord) address = NULL;

  if (record == NULL)
    return;
  address = mash_facts_lookup (facts, "address", mash_record_get_text (record, "address"));
  if (address == NULL || !mash_record_get_flag (address, "confidential"))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add (strings, mash_record_get_text (address, fields[i]));
}

static void
add_addresses (GPtrArray  *strings,
               MashFacts  *facts,
               const char *contact)
{
  g_autoptr (GPtrArray) subjects = mash_facts_list (facts, "contact-subject", "contact", contact);
  g_autoptr (GPtrArray) powers = mash_facts_list (facts, "police-protection", "contact", contact);

  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (GPtrArray) homes = person != NULL
                                    ? mash_facts_list (facts, "household-member", "person", person)
                                    : NULL;

      for (guint h = 0; homes != NULL && h < homes->len; h++)
        add_address (strings, facts,
                     mash_record_get_text (g_ptr_array_index (homes, h), "household"));
    }
  for (guint i = 0; i < powers->len; i++)
    add (strings, mash_record_get_text (g_ptr_array_index (powers, i), "place"));
}

/**
 * mash_circulation_dup_withheld:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @copy: the copy
 *
 * Confidential addresses, and where a child under police protection is, are in no copy. That of
 * the family does not say what is withheld from the parents.
 *
 * Returns: (transfer full): everything that must not be found in the finished copy
 */
char **
mash_circulation_dup_withheld (MashFacts         *facts,
                               const char        *discussion,
                               const MashCopyFor *copy)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  g_autoptr (GPtrArray) out = mash_circulation_list (facts, discussion, copy, MASH_SHARE_OUT);
  g_autoptr (GPtrArray) plans = mash_facts_list (facts, "sd-plan", "discussion", discussion);
  GPtrArray *strings = g_ptr_array_new ();

  for (guint i = 0; i < out->len; i++)
    add_sentences (strings, mash_record_get_text (g_ptr_array_index (out, i), "text"));
  for (guint i = 0; g_strcmp0 (copy->variant, "FAMILY") == 0 && i < plans->len; i++)
    add_sentences (strings, mash_record_get_text (g_ptr_array_index (plans, i),
                                                  "parents-withheld"));
  if (record != NULL)
    add_addresses (strings, facts, mash_record_get_text (record, "contact"));
  g_ptr_array_add (strings, NULL);

  return (char **) g_ptr_array_free (strings, FALSE);
}

/* Whether a character is only how words are set: spaces, hyphens of every kind, what has no
 * width. */
static gboolean
is_setting (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || g_unichar_iszerowidth (c) || c == 0xad ||
         type == G_UNICODE_DASH_PUNCTUATION || type == G_UNICODE_CONTROL ||
         type == G_UNICODE_NON_SPACING_MARK;
}

/**
 * mash_circulation_fold:
 * @text: a text
 *
 * Folds what setting may alter: case, spaces, line ends, hyphens, ligatures, accents.
 *
 * Returns: (transfer full): what is left
 */
char *
mash_circulation_fold (const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *left = g_string_new (NULL);

  if (plain == NULL)
    return g_string_free (left, FALSE);

  folded = g_utf8_casefold (plain, -1);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_setting (c))
        g_string_append_unichar (left, c);
    }

  return g_string_free (left, FALSE);
}

/**
 * mash_circulation_leaks:
 * @text: the text of a finished copy, as it was extracted again
 * @withheld: (array zero-terminated=1): what must not be in it
 * @which: (out) (optional): which of them was found
 *
 * Returns: %TRUE when one of them is in it
 */
gboolean
mash_circulation_leaks (const char        *text,
                        const char *const *withheld,
                        guint             *which)
{
  g_autofree char *folded = mash_circulation_fold (text);

  for (guint i = 0; withheld[i] != NULL; i++)
    {
      g_autofree char *needle = mash_circulation_fold (withheld[i]);

      if (needle[0] == '\0' || strstr (folded, needle) == NULL)
        continue;
      if (which != NULL)
        *which = i;
      return TRUE;
    }

  return FALSE;
}
