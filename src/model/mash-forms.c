/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-forms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-reference.h"
#include "mash-rules.h"

/* Kinds that only the rules make. */
#define RULE_KINDS "clock brag-history sign-off threshold-review"

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

static char *
find_unknown_code (MashCase        *the_case,
                   const MashField *field,
                   GVariant        *value)
{
  g_autofree const char **set = NULL;

  if (field->type == MASH_FIELD_CODE)
    return mash_policy_find_code (the_case->policy, field->of, g_variant_get_string (value, NULL))
           != NULL ? NULL : say (_("the code is not in this hub’s list."), field);

  set = g_variant_get_strv (value, NULL);
  for (guint i = 0; set[i] != NULL; i++)
    {
      if (mash_policy_find_code (the_case->policy, field->of, set[i]) == NULL)
        return say (_("the code is not in this hub’s list."), field);
    }

  return NULL;
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

      if (record == NULL)
        return say (_("it names a record that does not exist."), field);
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

  switch (field->type)
    {
    case MASH_FIELD_CODE:
    case MASH_FIELD_CODES:
      return find_unknown_code (the_case, field, value);

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

static char *
find_edit_fault (MashCase *the_case,
                 MashEdit *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint contact_field = mash_kind_get_contact_field (kind);

  if (!mash_deed_touches (the_case->deed, kind->name) && !is_rule_made (the_case->deed, edit) &&
      (strcmp (kind->name, "contact") != 0 || alters_freely (edit)))
    return g_strdup_printf (_("This step does not alter a record of the kind “%s”."),
                            _(kind->label));
  if (!mash_edit_is_new (edit) && (kind->traits & (MASH_KIND_APPEND_ONLY | MASH_KIND_SIGNED)) &&
      mash_edit_get_voided (edit) == NULL)
    return g_strdup_printf (_("A record of the kind “%s” stays as it was written; add another."),
                            _(kind->label));
  if (mash_edit_is_new (edit) && contact_field != MASH_NO_FIELD &&
      mash_edit_get_now (edit, contact_field) != NULL &&
      g_strcmp0 (g_variant_get_string (mash_edit_get_now (edit, contact_field), NULL),
                 mash_group_get_contact (the_case->group)) != 0)
    return g_strdup (_("A record of another contact cannot be added here."));

  for (guint i = 0; i < kind->n_fields; i++)
    {
      char *fault = NULL;

      if (mash_edit_touches (edit, i))
        fault = find_value_fault (the_case, edit, i);
      else if (mash_edit_is_new (edit) && (kind->fields[i].needs & MASH_NEED_SAVE))
        fault = say (_("it is needed."), &kind->fields[i]);
      if (fault != NULL)
        return fault;
    }

  return NULL;
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
      mash_edit_is_new (given) != mash_edit_is_new (expected) ||
      (!(whole && mash_edit_is_new (given)) &&
       strcmp (mash_edit_get_id (given), mash_edit_get_id (expected)) != 0))
    return FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES && !whole)
        continue;
      /* A reference is random; all that can be asked of it is its form. */
      if (strcmp (kind->fields[i].name, "reference") == 0 && mash_edit_touches (given, i))
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

/**
 * mash_forms_find_fault:
 * @the_case: a case whose right, state and guards have been found to hold
 *
 * Returns: (transfer full) (nullable): what is wrong with the first edit that is, as one sentence
 *   that names a field and never a value; %NULL when all are right
 */
char *
mash_forms_find_fault (MashCase *the_case)
{
  g_autoptr (MashGroup) expected = NULL;
  guint n = 0;

  if (mash_group_get_n_edits (the_case->group) == 0)
    return g_strdup (_("There is nothing to save."));
  if (mash_group_get_n_edits (the_case->group) > MASH_GROUP_MAX_CHANGES)
    return g_strdup (_("This is too much for one step; save a part of it first."));

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      char *fault = find_edit_fault (the_case, mash_group_get_edit (the_case->group, i));

      if (fault != NULL)
        return fault;
    }

  expected = strip (the_case);
  mash_rules_complete (the_case->policy, the_case->facts, the_case->actor, expected,
                       make_number, &n);
  if (!covers_rule_fields (the_case->deed, the_case->group, expected) ||
      !covers_rule_fields (the_case->deed, expected, the_case->group))
    return g_strdup (_("What follows from this step is not what this hub’s rules say."));

  return NULL;
}
