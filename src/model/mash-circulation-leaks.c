/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-circulation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is shorter than this, folded, is too common to prove anything: a sentence, and a line. */
#define MIN_SENTENCE 12
#define MIN_LINE     5

/* A withheld paragraph that has no longer sentence is looked for whole, word by word; one of two
 * letters, with the spaces around it, is not. */
#define MIN_WORDS 5

/* A sentence below this length that an agency released proves nothing when it is found. */
#define COMMON 40

/* From here on each half of a sentence proves as much as the whole: a page may end in it. */
#define MIN_HALVES 60

/* What is collected, and the words that the copy may hold. */
typedef struct
{
  GPtrArray        *withheld;
  MashWithheldKind  kind;
  const char       *held;
  const char       *others;   /* what else the record says, word by word */
} Gathering;

static void
free_withheld (MashWithheld *withheld)
{
  g_free (withheld->folded);
  g_free (withheld);
}

static void
take (Gathering *gathering,
      char      *folded)
{
  MashWithheld *withheld = g_new0 (MashWithheld, 1);

  withheld->kind = gathering->kind;
  withheld->folded = folded;
  g_ptr_array_add (gathering->withheld, withheld);
}

/* Case and accents folded, one space before and after each word, whatever stood between them; where
 * a line ends in a hyphen it is one word, or two. */
static char *
fold_words (const char *text,
            gboolean    joined)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = plain != NULL ? g_utf8_casefold (plain, -1) : g_strdup ("");
  GString *words = g_string_new (" ");

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (words, c);
      else if (joined && g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION &&
               *g_utf8_next_char (at) == '\n')
        at = g_utf8_next_char (at);
      else if (!g_unichar_iszerowidth (c) && words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
    }
  if (words->str[words->len - 1] != ' ')
    g_string_append_c (words, ' ');

  return g_string_free (words, FALSE);
}

static char *
dup_words (const char *text)
{
  return fold_words (text, FALSE);
}

/* Too short to be looked for letter by letter: it would be found within other words. */
static void
add_words (Gathering  *gathering,
           const char *text)
{
  g_autofree char *words = dup_words (text);

  if (strlen (words) < MIN_WORDS ||
      (gathering->others != NULL && strstr (gathering->others, words) != NULL))
    return;

  take (gathering, g_steal_pointer (&words));
  ((MashWithheld *) g_ptr_array_index (gathering->withheld,
                                       gathering->withheld->len - 1))->by_words = TRUE;
}

/* A name, a line of an address, a number. */
static void
add_line (Gathering  *gathering,
          const char *text)
{
  g_autofree char *folded = text != NULL ? mash_circulation_fold (text) : NULL;

  if (folded != NULL && g_utf8_strlen (folded, -1) >= MIN_LINE)
    take (gathering, g_steal_pointer (&folded));
}

static void
add_half (Gathering  *gathering,
          const char *folded,
          glong       from,
          glong       to)
{
  g_autofree char *half = g_utf8_substring (folded, from, to);

  if (gathering->held == NULL || strstr (gathering->held, half) == NULL)
    take (gathering, g_steal_pointer (&half));
}

/* A page may end in the middle of a paragraph, so it is looked for sentence by sentence, and in a
 * long sentence: whichever way it is broken in two, one half of it stays whole. Gives whether it is
 * long enough to prove anything. */
static gboolean
add_sentence (Gathering  *gathering,
              const char *sentence)
{
  g_autofree char *folded = mash_circulation_fold (sentence);
  glong length = g_utf8_strlen (folded, -1);

  if (length < MIN_SENTENCE)
    return FALSE;
  if (gathering->held != NULL && strstr (gathering->held, folded) != NULL &&
      (length < COMMON || gathering->kind == MASH_WITHHELD_EARLIER))
    return TRUE;

  if (length >= MIN_HALVES)
    {
      add_half (gathering, folded, 0, length / 2);
      add_half (gathering, folded, length / 2, length);
    }
  take (gathering, g_steal_pointer (&folded));

  return TRUE;
}

/* Gives whether any of them is long enough. */
static gboolean
add_sentences (Gathering  *gathering,
               const char *text)
{
  g_auto (GStrv) sentences = g_strsplit_set (text != NULL ? text : "", ".!?;\n", -1);
  gboolean any = FALSE;

  for (guint i = 0; sentences[i] != NULL; i++)
    any = add_sentence (gathering, sentences[i]) || any;

  return any;
}

/* A paragraph in short sentences only is looked for whole. */
static void
add_paragraph (Gathering  *gathering,
               const char *text)
{
  if (!add_sentences (gathering, text) && text != NULL)
    add_words (gathering, text);
}

static void
add_address (Gathering  *gathering,
             MashFacts  *facts,
             const char *household)
{
  static const char *const fields[] = { "postcode", "line1", "line2", "line3", "line4", "uprn" };
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "household", household);
  g_autoptr (MashRecord) address = NULL;

  if (record == NULL)
    return;
  address = mash_facts_lookup (facts, "address", mash_record_get_text (record, "address"));
  if (address == NULL || !mash_record_get_flag (address, "confidential"))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_line (gathering, mash_record_get_text (address, fields[i]));
}

static void
add_addresses (Gathering  *gathering,
               MashFacts  *facts,
               const char *contact)
{
  g_autoptr (GPtrArray) subjects = mash_facts_list (facts, "contact-subject", "contact", contact);
  g_autoptr (GPtrArray) powers = mash_facts_list (facts, "police-protection", "contact", contact);

  gathering->kind = MASH_WITHHELD_ADDRESS;
  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (GPtrArray) homes = person != NULL
                                    ? mash_facts_list (facts, "household-member", "person", person)
                                    : NULL;

      for (guint h = 0; homes != NULL && h < homes->len; h++)
        add_address (gathering, facts,
                     mash_record_get_text (g_ptr_array_index (homes, h), "household"));
    }
  for (guint i = 0; i < powers->len; i++)
    add_line (gathering, mash_record_get_text (g_ptr_array_index (powers, i), "place"));
}

/* Whoever told the hub on condition that nobody hears who they are. */
static void
add_names (Gathering  *gathering,
           MashFacts  *facts,
           const char *contact)
{
  static const char *const fields[] = { "name", "phone", "secure-email" };
  g_autoptr (GPtrArray) referrers = mash_facts_list (facts, "referrer", "contact", contact);

  gathering->kind = MASH_WITHHELD_NAME;
  for (guint i = 0; i < referrers->len; i++)
    {
      MashRecord *referrer = g_ptr_array_index (referrers, i);

      if (!mash_record_get_flag (referrer, "identity-protected"))
        continue;
      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        add_line (gathering, mash_record_get_text (referrer, fields[f]));
    }
}

static void
add_kept_from_family (Gathering  *gathering,
                      MashFacts  *facts,
                      const char *discussion,
                      const char *contact)
{
  g_autoptr (GPtrArray) plans = mash_facts_list (facts, "sd-plan", "discussion", discussion);
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "contact", contact);

  gathering->kind = MASH_WITHHELD_FAMILY;
  for (guint i = 0; i < plans->len; i++)
    add_sentences (gathering, mash_record_get_text (g_ptr_array_index (plans, i),
                                                    "parents-withheld"));
  if (record != NULL)
    add_sentences (gathering, mash_record_get_text (record, "confidential-from-family"));
}

static void
append_texts (GString    *words,
              MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *folded = NULL;

      if (kind->fields[i].type != MASH_FIELD_RICH && kind->fields[i].type != MASH_FIELD_TEXT)
        continue;
      folded = mash_circulation_fold (mash_record_get_text (record, kind->fields[i].name) != NULL
                                      ? mash_record_get_text (record, kind->fields[i].name) : "");
      g_string_append_printf (words, "%s\n", folded);
    }
}

/**
 * mash_circulation_dup_held:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 *
 * Returns: (transfer full): everything that its record says now, folded
 */
char *
mash_circulation_dup_held (MashFacts  *facts,
                           const char *discussion)
{
  static const char *const kinds[] = { "sd-participant", "sd-note", "sd-paragraph", "sd-child",
                                       "sd-plan", "sd-view", "sd-action" };
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  GString *words = g_string_new (NULL);

  if (record != NULL)
    append_texts (words, record);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) parts = mash_facts_list (facts, kinds[k], "discussion", discussion);

      for (guint i = 0; i < parts->len; i++)
        append_texts (words, g_ptr_array_index (parts, i));
    }

  return g_string_free (words, FALSE);
}

/**
 * mash_circulation_add_earlier:
 * @withheld: (element-type MashWithheld): what must not be found
 * @text: words of an earlier revision
 * @held: what the record says now, folded
 *
 * Adds of them what the record says no more.
 */
void
mash_circulation_add_earlier (GPtrArray  *withheld,
                              const char *text,
                              const char *held)
{
  Gathering gathering = { withheld, MASH_WITHHELD_EARLIER, held };

  add_sentences (&gathering, text);
}

/* Versions that the chair did not choose, and the record that this one corrects. */
static void
add_superseded (GPtrArray  *withheld,
                MashFacts  *facts,
                MashRecord *discussion)
{
  const char *id = mash_record_get_id (discussion);
  const char *corrected = mash_record_get_text (discussion, "supersedes");
  g_autoptr (GPtrArray) versions = mash_facts_list (facts, "sd-version", "discussion", id);
  g_autoptr (GPtrArray) paragraphs = NULL;
  g_autofree char *held = mash_circulation_dup_held (facts, id);

  for (guint i = 0; i < versions->len; i++)
    mash_circulation_add_earlier (withheld, mash_record_get_text (g_ptr_array_index (versions, i),
                                                                  "text"), held);
  if (corrected == NULL)
    return;
  paragraphs = mash_facts_list (facts, "sd-paragraph", "discussion", corrected);
  for (guint i = 0; i < paragraphs->len; i++)
    mash_circulation_add_earlier (withheld, mash_record_get_text (
                                    g_ptr_array_index (paragraphs, i), "text"), held);
}

static void
append_words (GString    *words,
              MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *text = kind->fields[i].type == MASH_FIELD_RICH ||
                         kind->fields[i].type == MASH_FIELD_TEXT
                         ? mash_record_get_text (record, kind->fields[i].name) : NULL;
      g_autofree char *said = text != NULL ? dup_words (text) : NULL;

      if (said != NULL)
        g_string_append_printf (words, "%s\n", said);
    }
}

/* What the copy may hold anyway: what is in it, and every part that is no paragraph. */
static char *
dup_others (MashFacts  *facts,
            const char *discussion,
            GPtrArray  *in)
{
  static const char *const kinds[] = { "sd-participant", "sd-note", "sd-child", "sd-plan",
                                       "sd-view", "sd-action" };
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  GString *words = g_string_new (NULL);

  if (record != NULL)
    append_words (words, record);
  for (guint i = 0; i < in->len; i++)
    append_words (words, g_ptr_array_index (in, i));
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) parts = mash_facts_list (facts, kinds[k], "discussion", discussion);

      for (guint i = 0; i < parts->len; i++)
        append_words (words, g_ptr_array_index (parts, i));
    }

  return g_string_free (words, FALSE);
}

static void
add_paragraphs (GPtrArray         *withheld,
                MashFacts         *facts,
                const char        *discussion,
                const MashCopyFor *copy)
{
  g_autoptr (GPtrArray) in = mash_circulation_list (facts, discussion, copy, MASH_SHARE_IN);
  g_autoptr (GPtrArray) paragraphs = mash_facts_list (facts, "sd-paragraph", "discussion",
                                                      discussion);
  g_autoptr (GString) released = g_string_new (NULL);
  g_autofree char *others = dup_others (facts, discussion, in);
  Gathering gathering = { withheld, MASH_WITHHELD_PARAGRAPH, NULL, others };

  for (guint i = 0; i < in->len; i++)
    append_texts (released, g_ptr_array_index (in, i));
  gathering.held = released->str;
  for (guint i = 0; i < paragraphs->len; i++)
    {
      MashRecord *paragraph = g_ptr_array_index (paragraphs, i);

      if (mash_circulation_find_share (facts, paragraph, copy) == MASH_SHARE_IN)
        continue;
      add_paragraph (&gathering, mash_record_get_text (paragraph, "text"));
      add_paragraph (&gathering, mash_record_get_text (paragraph, "conditions"));
    }
}

/**
 * mash_circulation_list_withheld:
 * @facts: facts
 * @discussion: the id of a strategy discussion
 * @copy: the copy
 *
 * Confidential addresses, where a child under police protection is, and words of versions that do
 * not stand are in no copy; who a protected referrer is, in none but the full one. That of the
 * family does not say what is withheld from the parents.
 *
 * Returns: (transfer full) (element-type MashWithheld): everything that must not be found in the
 *   finished copy
 */
GPtrArray *
mash_circulation_list_withheld (MashFacts         *facts,
                                const char        *discussion,
                                const MashCopyFor *copy)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "strategy-discussion", discussion);
  GPtrArray *withheld = g_ptr_array_new_with_free_func ((GDestroyNotify) free_withheld);
  const char *contact = record != NULL ? mash_record_get_text (record, "contact") : NULL;
  Gathering gathering = { withheld, MASH_WITHHELD_PARAGRAPH, NULL };

  add_paragraphs (withheld, facts, discussion, copy);
  if (contact == NULL)
    return withheld;

  add_addresses (&gathering, facts, contact);
  if (g_strcmp0 (copy->variant, "FULL") != 0)
    add_names (&gathering, facts, contact);
  if (g_strcmp0 (copy->variant, "FAMILY") == 0)
    add_kept_from_family (&gathering, facts, discussion, contact);
  add_superseded (withheld, facts, record);

  return withheld;
}

static char *
dup_labels (MashPolicy *policy,
            char       *(*fold) (const char *text))
{
  GString *labels = g_string_new (NULL);
  guint n_lists, n_codes, n_kinds;
  const char *const *lists = mash_policy_list_lists (policy, &n_lists);
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_lists; i++)
    {
      const MashCode *codes = mash_policy_list_codes (policy, lists[i], &n_codes);

      for (guint c = 0; c < n_codes; c++)
        {
          g_autofree char *folded = fold (codes[c].label);

          g_string_append_printf (labels, "%s\n", folded);
        }
    }
  for (guint i = 0; i < n_kinds; i++)
    {
      for (guint f = 0; f < kinds[i]->n_fields; f++)
        {
          g_autofree char *folded = fold (_(kinds[i]->fields[f].label));

          g_string_append_printf (labels, "%s\n", folded);
        }
    }

  return g_string_free (labels, FALSE);
}

/**
 * mash_circulation_drop_labels:
 * @withheld: (element-type MashWithheld): what must not be found
 * @policy: the policy in force
 *
 * Leaves out short words of paragraphs that a copy prints of itself, as the name of a field or of a
 * code: finding them proves nothing.
 */
void
mash_circulation_drop_labels (GPtrArray  *withheld,
                              MashPolicy *policy)
{
  g_autofree char *folded = dup_labels (policy, mash_circulation_fold);
  g_autofree char *by_words = dup_labels (policy, dup_words);

  for (guint i = withheld->len; i > 0; i--)
    {
      const MashWithheld *words = g_ptr_array_index (withheld, i - 1);

      if (words->kind == MASH_WITHHELD_PARAGRAPH && g_utf8_strlen (words->folded, -1) < COMMON &&
          strstr (words->by_words ? by_words : folded, words->folded) != NULL)
        g_ptr_array_remove_index (withheld, i - 1);
    }
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
 * @text: a text of a finished copy, as it was extracted again
 * @withheld: (element-type MashWithheld): what must not be in it
 * @which: (out) (optional): which of them was found
 *
 * Returns: %TRUE when one of them is in it
 */
gboolean
mash_circulation_leaks (const char *text,
                        GPtrArray  *withheld,
                        guint      *which)
{
  g_autofree char *folded = mash_circulation_fold (text);
  g_autofree char *apart = fold_words (text, FALSE);
  g_autofree char *joined = fold_words (text, TRUE);
  g_autofree char *by_words = g_strconcat (apart, "\n", joined, NULL);

  for (guint i = 0; i < withheld->len; i++)
    {
      const MashWithheld *words = g_ptr_array_index (withheld, i);

      if (strstr (words->by_words ? by_words : folded, words->folded) == NULL)
        continue;
      if (which != NULL)
        *which = i;
      return TRUE;
    }

  return FALSE;
}
