/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-match.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-identifiers.h"
#include "mash-kinds.h"
#include "mash-name-key.h"
#include "mash-time.h"

/* In the order of the bits of MashMatchReasons; points of domain 3.1. */
static const struct
{
  int         points;
  const char *words;
} reason_table[] = {
  { 70, N_("the same NHS number or unique pupil number") },
  { 20, N_("the same surname, or one that sounds like it") },
  { 20, N_("the same forename, or one that sounds like it") },
  { 30, N_("the same date of birth") },
  { 25, N_("the same date of birth with day and month swapped") },
  { 20, N_("dates of birth that differ in one digit") },
  { 10, N_("the same year of birth") },
  { 15, N_("the same postcode") },
  { 15, N_("the same parent") },
  { -20, N_("not the same sex") },
  { -60, N_("different NHS numbers, both valid") },
  { 70, N_("the same number in another system") },
};

typedef gboolean (*MashNameTest) (const char *a,
                                  const char *b);

static const char *
get_first_word (const char *text,
                char      **kept)
{
  g_free (*kept);
  *kept = text != NULL ? mash_name_fold (text) : NULL;
  if (*kept != NULL)
    (*kept)[strcspn (*kept, " ")] = '\0';

  return *kept;
}

/* All surnames, or all forenames and other first names, that a person is known by. */
static GPtrArray *
list_names (const MashMatchSide *side,
            gboolean             surnames)
{
  GPtrArray *names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) mash_record_get_text (side->person, surnames
                                                           ? "legal-surname" : "legal-forenames"));
  if (!surnames)
    g_ptr_array_add (names, (gpointer) mash_record_get_text (side->person, "known-as"));
  for (guint i = 0; side->names != NULL && i < side->names->len; i++)
    g_ptr_array_add (names, (gpointer) mash_record_get_text (g_ptr_array_index (side->names, i),
                                                             surnames ? "surname" : "forenames"));

  return names;
}

/* Of forenames the first has to agree, or all: Leo James is Leo, Anna Maria is Annamaria. */
static gboolean
forenames_agree (const char *a,
                 const char *b)
{
  g_autofree char *first_a = NULL;
  g_autofree char *first_b = NULL;

  return mash_name_alike (a, b) ||
         mash_name_alike (get_first_word (a, &first_a), get_first_word (b, &first_b));
}

static gboolean
any_name_agrees (const MashMatchSide *a,
                 const MashMatchSide *b,
                 gboolean             surnames)
{
  g_autoptr (GPtrArray) ours = list_names (a, surnames);
  g_autoptr (GPtrArray) theirs = list_names (b, surnames);
  MashNameTest agrees = surnames ? mash_name_alike : forenames_agree;

  for (guint i = 0; i < ours->len; i++)
    {
      for (guint j = 0; j < theirs->len; j++)
        {
          if (agrees (g_ptr_array_index (ours, i), g_ptr_array_index (theirs, j)))
            return TRUE;
        }
    }

  return FALSE;
}

/* A number of a person’s own record, or of the kind that is kept beside it. */
static char *
dup_identifier (const MashMatchSide *side,
                const char          *field,
                const char          *type)
{
  const char *text = mash_record_get_text (side->person, field);

  for (guint i = 0; text == NULL && side->identifiers != NULL && i < side->identifiers->len; i++)
    {
      MashRecord *identifier = g_ptr_array_index (side->identifiers, i);

      if (g_strcmp0 (mash_record_get_text (identifier, "type"), type) == 0)
        text = mash_record_get_text (identifier, "value");
    }

  return text != NULL ? mash_identifiers_normalize (text) : NULL;
}

/* A court case or an incident has many people, and NHS and pupil numbers have a test of their
 * own. */
static gboolean
is_of_one (const char *type)
{
  static const char *const of_many[] = { "COURT", "INCIDENT", "NHS", "UPN", NULL };

  return type != NULL && !g_strv_contains (of_many, type);
}

static gboolean
folds_equal (MashRecord *a,
             MashRecord *b,
             const char *field)
{
  const char *one = mash_record_get_text (a, field);
  const char *other = mash_record_get_text (b, field);
  g_autofree char *folded_one = one != NULL ? mash_name_fold (one) : NULL;
  g_autofree char *folded_other = other != NULL ? mash_name_fold (other) : NULL;

  return g_strcmp0 (folded_one, folded_other) == 0;
}

/* The same number counts where the same system gave it. */
static gboolean
share_number (GPtrArray *ours,
              GPtrArray *theirs)
{
  for (guint i = 0; ours != NULL && theirs != NULL && i < ours->len; i++)
    {
      MashRecord *a = g_ptr_array_index (ours, i);
      const char *type = mash_record_get_text (a, "type");
      const char *value = mash_record_get_text (a, "value");
      g_autofree char *plain = value != NULL ? mash_identifiers_normalize (value) : NULL;

      for (guint j = 0; is_of_one (type) && plain != NULL && j < theirs->len; j++)
        {
          MashRecord *b = g_ptr_array_index (theirs, j);
          const char *other = mash_record_get_text (b, "value");
          g_autofree char *other_plain = other != NULL ? mash_identifiers_normalize (other) : NULL;

          if (g_strcmp0 (type, mash_record_get_text (b, "type")) == 0 &&
              g_strcmp0 (plain, other_plain) == 0 && folds_equal (a, b, "issuer"))
            return TRUE;
        }
    }

  return FALSE;
}

static MashMatchReasons
compare_identifiers (const MashMatchSide *a,
                     const MashMatchSide *b)
{
  g_autofree char *nhs_a = dup_identifier (a, "nhs-number", "NHS");
  g_autofree char *nhs_b = dup_identifier (b, "nhs-number", "NHS");
  g_autofree char *upn_a = dup_identifier (a, "upn", "UPN");
  g_autofree char *upn_b = dup_identifier (b, "upn", "UPN");
  gboolean both_nhs = mash_nhs_number_check (nhs_a) && mash_nhs_number_check (nhs_b);
  gboolean both_alive = !mash_record_has (a->person, "death") &&
                        !mash_record_has (b->person, "death");
  MashMatchReasons reasons = MASH_MATCH_NOTHING;

  if ((both_nhs && strcmp (nhs_a, nhs_b) == 0) ||
      (mash_upn_check (upn_a) && g_strcmp0 (upn_a, upn_b) == 0))
    reasons |= MASH_MATCH_IDENTIFIER;
  if (both_nhs && both_alive && strcmp (nhs_a, nhs_b) != 0)
    reasons |= MASH_MATCH_NHS_DIFFERS;

  return reasons;
}

/* The strongest that can be said of two dates of birth; only one ever counts. */
static MashMatchReasons
compare_births (const char *a,
                const char *b)
{
  guint differing = 0;

  if (a == NULL || b == NULL)
    return MASH_MATCH_NOTHING;
  if (mash_date_parse (a, NULL) && mash_date_parse (b, NULL))
    {
      g_auto (GStrv) variants = mash_birth_variants (a);

      if (strcmp (a, b) == 0)
        return MASH_MATCH_BIRTH;
      if (g_strv_contains ((const char *const *) variants, b))
        return MASH_MATCH_BIRTH_SWAPPED;
      for (guint i = 0; a[i] != '\0'; i++)
        differing += a[i] != b[i];
      if (differing == 1)
        return MASH_MATCH_BIRTH_DIGIT;
    }

  return strlen (a) >= 4 && strncmp (a, b, 4) == 0 ? MASH_MATCH_BIRTH_YEAR : MASH_MATCH_NOTHING;
}

static gboolean
share_postcode (const char *const *a,
                const char *const *b)
{
  for (guint i = 0; a != NULL && a[i] != NULL; i++)
    {
      g_autofree char *one = mash_identifiers_normalize (a[i]);

      for (guint j = 0; one[0] != '\0' && b != NULL && b[j] != NULL; j++)
        {
          g_autofree char *two = mash_identifiers_normalize (b[j]);

          if (strcmp (one, two) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
share_parent (const char *const *a,
              const char *const *b)
{
  for (guint i = 0; a != NULL && b != NULL && a[i] != NULL; i++)
    {
      if (g_strv_contains (b, a[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
sexes_differ (const char *a,
              const char *b)
{
  return a != NULL && b != NULL && strcmp (a, "U") != 0 && strcmp (b, "U") != 0 &&
         strcmp (a, b) != 0;
}

static guint
add_up (MashMatchReasons reasons)
{
  int score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (reason_table); i++)
    {
      if (reasons & (1u << i))
        score += reason_table[i].points;
    }

  return (guint) CLAMP (score, 0, 100);
}

/**
 * mash_match_score:
 * @a: one person
 * @b: another
 * @reasons: (out) (optional): what it rests on
 *
 * Numbers only count where their check digit holds, so that a number made up for a field matches
 * nobody. All names of both are compared. Points: domain 3.1, local default.
 *
 * Returns: 0 to 100; the same for the two the other way round
 */
guint
mash_match_score (const MashMatchSide *a,
                  const MashMatchSide *b,
                  MashMatchReasons    *reasons)
{
  MashMatchReasons found;

  g_return_val_if_fail (a != NULL && mash_record_get_kind (a->person) == &mash_person_kind, 0);
  g_return_val_if_fail (b != NULL && mash_record_get_kind (b->person) == &mash_person_kind, 0);

  found = compare_identifiers (a, b) |
          compare_births (mash_record_get_text (a->person, "birth"),
                          mash_record_get_text (b->person, "birth"));
  if (any_name_agrees (a, b, TRUE))
    found |= MASH_MATCH_SURNAME;
  if (any_name_agrees (a, b, FALSE))
    found |= MASH_MATCH_FORENAME;
  if (share_postcode (a->postcodes, b->postcodes))
    found |= MASH_MATCH_POSTCODE;
  if (share_parent (a->parents, b->parents))
    found |= MASH_MATCH_PARENT;
  if (share_number (a->identifiers, b->identifiers))
    found |= MASH_MATCH_NUMBER;
  if (sexes_differ (mash_record_get_text (a->person, "sex"),
                    mash_record_get_text (b->person, "sex")))
    found |= MASH_MATCH_SEX_DIFFERS;

  if (reasons != NULL)
    *reasons = found;

  return add_up (found);
}

/**
 * mash_match_dup_words:
 * @reasons: reasons
 *
 * Returns: (transfer full): each in words, in English; they are marked for translation
 */
char **
mash_match_dup_words (MashMatchReasons reasons)
{
  GStrvBuilder *words = g_strv_builder_new ();
  char **list;

  for (guint i = 0; i < G_N_ELEMENTS (reason_table); i++)
    {
      if (reasons & (1u << i))
        g_strv_builder_add (words, reason_table[i].words);
    }
  list = g_strv_builder_end (words);
  g_strv_builder_unref (words);

  return list;
}

/**
 * mash_match_get_points:
 * @reason: one reason
 *
 * Returns: what it adds to the score, or takes from it
 */
int
mash_match_get_points (MashMatchReasons reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reason_table); i++)
    {
      if (reason == (1u << i))
        return reason_table[i].points;
    }

  g_return_val_if_reached (0);
}
