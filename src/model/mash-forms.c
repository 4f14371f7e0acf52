/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-forms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-reference.h"
#include "mash-rules.h"
#include "mash-scope.h"
#include "mash-time.h"

/* Kinds that only the rules make. */
#define RULE_KINDS \
  "clock brag-history sign-off threshold-review sd-request sd-escalation sd-enquiry"

/* Kinds whose records go along with a deed that does not name them, in what the rules keep of
 * them. */
#define FOLLOWING_KINDS "contact strategy-discussion sd-action"

/* How far another desk's clock may be ahead. */
#define MAX_AHEAD (2 * MASH_TIME_MINUTE)

/* Whether the rules, and not the user, made the record that an edit makes or alters. */
static gboolean
is_rule_made (const MashDeed *deed,
              MashEdit       *edit)
{
  const char *kind = mash_edit_get_kind (edit)->name;

  return mash_words_contain (RULE_KINDS, kind) && !mash_deed_touches (deed, kind);
}

static char *
say (const char      *sentence,
     const MashField *field)
{
  g_autofree char *quoted = g_strdup_printf ("“%s”", _(field->label));

  return g_strdup_printf ("%s: %s", quoted, sentence);
}

/* A code that is no longer offered stands where it stood, and is not chosen again. */
static gboolean
is_offered (MashCase        *the_case,
            const MashField *field,
            const char      *code,
            GVariant        *was)
{
  const MashCode *found = mash_policy_find_code (the_case->policy, field->of, code);
  g_autofree const char **held = NULL;

  if (found == NULL || !found->retired)
    return found != NULL;
  if (was == NULL || !g_variant_is_of_type (was, G_VARIANT_TYPE_STRING_ARRAY))
    return FALSE;

  held = g_variant_get_strv (was, NULL);

  return g_strv_contains (held, code);
}

static char *
find_unknown_code (MashCase        *the_case,
                   const MashField *field,
                   GVariant        *was,
                   GVariant        *value)
{
  g_autofree const char **set = NULL;
  const char *one[2] = { NULL, NULL };

  if (field->type == MASH_FIELD_CODE)
    one[0] = g_variant_get_string (value, NULL);
  else
    set = g_variant_get_strv (value, NULL);

  for (const char **code = set != NULL ? set : one; *code != NULL; code++)
    {
      if (!is_offered (the_case, field, *code, was))
        return say (_("the code is not in this hub’s list."), field);
    }

  return NULL;
}

/* What belongs to a contact is named only from within it; contacts may name each other. */
static gboolean
is_elsewhere (MashCase   *the_case,
              MashRecord *record)
{
  guint contact = mash_kind_get_contact_field (mash_record_get_kind (record));
  GVariant *value = contact != MASH_NO_FIELD ? mash_record_get_value (record, contact) : NULL;

  return value != NULL &&
         g_strcmp0 (g_variant_get_string (value, NULL),
                    mash_group_get_contact (the_case->group)) != 0;
}

/* Whether something that has happened is said to happen later than it is said. */
static gboolean
is_to_come (MashCase        *the_case,
            const MashField *field,
            const char      *value)
{
  gint64 latest = the_case->actor->now + MAX_AHEAD;
  g_autofree char *today = NULL;
  gint64 at;

  if (field->type == MASH_FIELD_TIME)
    return mash_time_parse (value, &at) && at > latest;

  today = mash_time_dup_local_date (latest);

  return strncmp (value, today, strlen (value)) > 0;
}

static char *
find_broken_reference (MashCase        *the_case,
                       const MashField *field,
                       GVariant        *value)
{
  g_autofree const char **set = NULL;
  const char *one[2] = { NULL, NULL };

  if (field->type == MASH_FIELD_REFERENCE)
    one[0] = g_variant_get_string (value, NULL);
  else
    set = g_variant_get_strv (value, NULL);

  for (const char **id = set != NULL ? set : one; *id != NULL; id++)
    {
      g_autoptr (MashRecord) record = mash_facts_lookup (the_case->proposed, field->of, *id);

      if (record == NULL || mash_record_get_stamps (record)->voided_at != NULL)
        return say (_("it names a record that does not exist or is void."), field);
      if (is_elsewhere (the_case, record))
        return say (_("it names a record of another contact."), field);
    }

  return NULL;
}

static char *
find_value_fault (MashCase        *the_case,
                  MashEdit        *edit,
                  guint            i)
{
  const MashField *field = &mash_edit_get_kind (edit)->fields[i];
  GVariant *value = mash_edit_get_now (edit, i);

  if (!mash_edit_is_new (edit) && (field->traits & MASH_FIELD_FIXED))
    return say (_("it is set once and cannot be altered."), field);
  if (value == NULL)
    return NULL;
  if (!mash_field_check_value (field, value))
    return say (_("it does not have the right form."), field);
  if ((field->traits & MASH_FIELD_PAST) &&
      is_to_come (the_case, field, g_variant_get_string (value, NULL)))
    return say (_("it lies in the future."), field);

  switch (field->type)
    {
    case MASH_FIELD_CODE:
    case MASH_FIELD_CODES:
      return find_unknown_code (the_case, field, mash_edit_get_was (edit, i), value);

    case MASH_FIELD_REFERENCE:
    case MASH_FIELD_REFERENCES:
      return find_broken_reference (the_case, field, value);

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_BOOL:
    case MASH_FIELD_INT:
    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
    case MASH_FIELD_TIME:
    default:
      return NULL;
    }
}

/* Whether an edit alters anything but what the rules keep. */
static gboolean
alters_freely (MashEdit *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES && mash_edit_touches (edit, i))
        return TRUE;
    }

  return mash_edit_get_voided (edit) != NULL;
}

/* What is typed as a reason has the form of paragraphs. */
static gboolean
check_words (const char *words)
{
  static const MashField rich = { .name = "reason", .type = MASH_FIELD_RICH };
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (words));

  return mash_field_check_value (&rich, value);
}

/* Void is made what was entered by mistake: never what was signed or ends in another way, and what
 * somebody wrote down as a fact only by themselves. */
static char *
find_void_fault (MashCase *the_case,
                 MashEdit *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  const char *reason = mash_edit_get_voided (edit);
  g_autoptr (MashRecord) record = mash_facts_lookup (the_case->facts, kind->name,
                                                     mash_edit_get_id (edit));

  if (mash_edit_is_new (edit) || (kind->traits & (MASH_KIND_SIGNED | MASH_KIND_KEPT)) ||
      is_rule_made (the_case->deed, edit))
    return g_strdup_printf (_("A record of the kind “%s” cannot be made void."), _(kind->label));
  if ((kind->traits & MASH_KIND_APPEND_ONLY) && record != NULL &&
      g_strcmp0 (mash_record_get_stamps (record)->created_by, the_case->actor->person) != 0)
    return g_strdup (_("Only who wrote it can make it void; add another."));
  if (mash_text_is_blank (reason) || !check_words (reason))
    return g_strdup (_("Say in a sentence why it is made void."));

  return NULL;
}

static char *
find_kind_fault (MashCase  *the_case,
                 MashScope *scope,
                 MashEdit  *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  if (!mash_deed_touches (the_case->deed, kind->name) && !is_rule_made (the_case->deed, edit) &&
      (!mash_words_contain (FOLLOWING_KINDS, kind->name) || alters_freely (edit)))
    return g_strdup_printf (_("This step does not alter a record of the kind “%s”."),
                            _(kind->label));
  if (mash_edit_get_voided (edit) != NULL)
    {
      char *fault = find_void_fault (the_case, edit);

      if (fault != NULL)
        return fault;
    }
  else if (!mash_edit_is_new (edit) &&
           (kind->traits & (MASH_KIND_APPEND_ONLY | MASH_KIND_SIGNED)))
    {
      return g_strdup_printf (_("A record of the kind “%s” stays as it was written; add another."),
                              _(kind->label));
    }
  if (!mash_scope_contains (scope, edit))
    return g_strdup (_("It belongs to another contact; open that one to alter it."));

  return NULL;
}

static char *
find_edit_fault (MashCase  *the_case,
                 MashScope *scope,
                 MashEdit  *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  char *fault = find_kind_fault (the_case, scope, edit);

  for (guint i = 0; fault == NULL && i < kind->n_fields; i++)
    {
      if (mash_edit_touches (edit, i))
        fault = find_value_fault (the_case, edit, i);
      else if (mash_edit_is_new (edit) && (kind->fields[i].needs & MASH_NEED_SAVE))
        fault = say (_("it is needed."), &kind->fields[i]);
    }

  return fault;
}

/* What the guards were asked about must be what is written: each record once, and of what is signed
 * one of a kind. */
static char *
find_repeated (MashCase *the_case)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const MashKind *kind = mash_edit_get_kind (edit);
      gboolean single = (kind->traits & MASH_KIND_SIGNED) &&
                        !is_rule_made (the_case->deed, edit);

      if (!g_hash_table_add (seen, g_strdup_printf ("%s %s", kind->name,
                                                    single ? "" : mash_edit_get_id (edit))))
        return g_strdup_printf (_("A record of the kind “%s” is altered twice in one step."),
                                _(kind->label));
    }

  return NULL;
}

static char *
find_group_fault (MashCase *the_case)
{
  const char *contact = mash_group_get_contact (the_case->group);
  const char *reason = mash_group_get_reason (the_case->group);

  if (mash_group_get_n_edits (the_case->group) == 0)
    return g_strdup (_("There is nothing to save."));
  if (mash_group_get_n_edits (the_case->group) > MASH_GROUP_MAX_CHANGES)
    return g_strdup (_("This is too much for one step; save a part of it first."));
  if (contact != NULL && the_case->after == NULL)
    return g_strdup (_("This contact does not exist at this hub."));
  if (reason != NULL && !check_words (reason))
    return g_strdup (_("The reason is too long, or not plain text."));

  return find_repeated (the_case);
}

/* The group as its user may have filled it, without what the rules add. */
static MashGroup *
strip (MashCase *the_case)
{
  MashGroup *bare = mash_group_new (the_case->deed->id, mash_group_get_contact (the_case->group));

  mash_group_set_reason (bare, mash_group_get_reason (the_case->group));
  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const MashKind *kind = mash_edit_get_kind (edit);
      MashEdit *copy;

      if (is_rule_made (the_case->deed, edit))
        continue;
      copy = mash_edit_copy (edit);
      for (guint f = 0; f < kind->n_fields; f++)
        {
          if (kind->fields[f].owner == MASH_OWNER_RULES &&
              !mash_deed_sets (the_case->deed, kind->name, kind->fields[f].name))
            mash_edit_set (copy, f, NULL, NULL);
        }
      mash_group_take_edit (bare, copy);
    }

  return bare;
}

static gboolean
same_rule_fields (const MashDeed *deed,
                  MashEdit       *given,
                  MashEdit       *expected)
{
  const MashKind *kind = mash_edit_get_kind (given);
  gboolean whole = is_rule_made (deed, given);

  if (kind != mash_edit_get_kind (expected) ||
      g_strcmp0 (mash_edit_get_voided (given), mash_edit_get_voided (expected)) != 0 ||
      mash_edit_is_new (given) != mash_edit_is_new (expected) ||
      (!(whole && mash_edit_is_new (given)) &&
       strcmp (mash_edit_get_id (given), mash_edit_get_id (expected)) != 0))
    return FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES && !whole)
        continue;
      /* What stays as it was is in the edit that the rules fill in, not in one that was sent. */
      if (mash_edit_touches (given, i) != mash_edit_touches (expected, i))
        return FALSE;
      if (!mash_edit_touches (given, i))
        continue;
      /* A reference is random; all that can be asked of it is its form. */
      if (strcmp (kind->fields[i].name, "reference") == 0)
        {
          if (!mash_reference_check (g_variant_get_string (mash_edit_get_now (given, i), NULL)))
            return FALSE;
        }
      else if (!mash_values_equal (mash_edit_get_now (given, i), mash_edit_get_now (expected, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
touches_rule_fields (const MashDeed *deed,
                     MashEdit       *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner == MASH_OWNER_RULES && mash_edit_touches (edit, i))
        return TRUE;
    }

  return is_rule_made (deed, edit);
}

static gboolean
is_among (const MashDeed *deed,
          MashEdit       *edit,
          MashGroup      *group)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      if (same_rule_fields (deed, edit, mash_group_get_edit (group, i)))
        return TRUE;
    }

  return FALSE;
}

static char *
make_number (gpointer data)
{
  guint *n = data;

  return g_strdup_printf ("expected-%u-0123456789abcdef", ++*n);
}

static gboolean
covers_rule_fields (const MashDeed *deed,
                    MashGroup      *one,
                    MashGroup      *other)
{
  for (guint i = 0; i < mash_group_get_n_edits (one); i++)
    {
      MashEdit *edit = mash_group_get_edit (one, i);

      if (touches_rule_fields (deed, edit) && !is_among (deed, edit, other))
        return FALSE;
    }

  return TRUE;
}

/* Whether what follows from the group, by its own account, is what follows by this hub's rules. */
static gboolean
follows_rules (MashCase *the_case)
{
  g_autoptr (MashGroup) expected = strip (the_case);
  guint n = 0;

  mash_rules_complete (the_case->policy, the_case->facts, the_case->actor, expected,
                       make_number, &n);

  return covers_rule_fields (the_case->deed, the_case->group, expected) &&
         covers_rule_fields (the_case->deed, expected, the_case->group);
}

/**
 * mash_forms_is_plain:
 * @deed: the group's deed
 * @group: a group that the rules have not completed
 *
 * Returns: whether the group leaves everything to the rules that is theirs, so that what they add
 *   to it is all that there is of it
 */
gboolean
mash_forms_is_plain (const MashDeed *deed,
                     MashGroup      *group)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);
      const MashKind *kind = mash_edit_get_kind (edit);

      if (is_rule_made (deed, edit))
        return FALSE;
      for (guint f = 0; f < kind->n_fields; f++)
        {
          if (kind->fields[f].owner == MASH_OWNER_RULES && mash_edit_touches (edit, f) &&
              !mash_deed_sets (deed, kind->name, kind->fields[f].name))
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * mash_forms_find_fault:
 * @the_case: a case whose right, state and guards have been found to hold
 * @completed_here: whether the rules have just completed it from a plain group, and need not be
 *   asked again
 *
 * Returns: (transfer full) (nullable): what is wrong with the first edit that is, as one sentence
 *   that names a field and never a value; %NULL when all are right
 */
char *
mash_forms_find_fault (MashCase *the_case,
                       gboolean  completed_here)
{
  g_autoptr (MashScope) scope = mash_scope_new (the_case);
  char *fault = find_group_fault (the_case);

  for (guint i = 0; fault == NULL && i < mash_group_get_n_edits (the_case->group); i++)
    fault = find_edit_fault (the_case, scope, mash_group_get_edit (the_case->group, i));
  if (fault == NULL && !completed_here && !follows_rules (the_case))
    return g_strdup (_("What follows from this step is not what this hub’s rules say."));

  return fault;
}
