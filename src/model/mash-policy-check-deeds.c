/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-kind.h"
#include "mash-named-guards.h"

/* A contact is a draft before it is one: no deed leads there. */
#define DRAFT_STATE "C00"

/* Where in the file a deed or one of its rows stands. */
typedef struct
{
  MashPolicy     *policy;
  const MashDeed *deed;
  guint           line;
  GError        **error;
} Place;

typedef gboolean (*CheckWord) (const Place *place,
                               const char  *word);

static gboolean
check_each (const Place *place,
            const char  *words,
            CheckWord    check)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (!check (place, list[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_code (const Place *place,
            const char  *list,
            const char  *code)
{
  if (mash_policy_find_code (place->policy, list, code) != NULL)
    return TRUE;

  return mash_policy_fault (place->error, place->line, _("“%s” is not in the list %s"), code, list);
}

static gboolean
check_from (const Place *place,
            const char  *state)
{
  return strcmp (state, "-") == 0 || strcmp (state, "*") == 0 || check_code (place, "CST", state);
}

static gboolean
check_kind (const Place *place,
            const char  *kind)
{
  if (mash_kind_lookup (kind) != NULL)
    return TRUE;

  return mash_policy_fault (place->error, place->line, _("there is no kind of record “%s”"), kind);
}

static const MashField *
find_field (const Place *place,
            const char  *kind_name,
            const char  *name)
{
  const MashKind *kind = mash_kind_lookup (kind_name);
  guint field;

  if (kind == NULL)
    {
      check_kind (place, kind_name);
      return NULL;
    }
  field = mash_kind_find_field (kind, name);
  if (field == MASH_NO_FIELD)
    {
      mash_policy_fault (place->error, place->line, _("there is no field “%s” of “%s”"),
                         name, kind_name);
      return NULL;
    }

  return &kind->fields[field];
}

/* A path is `kind.field`, or a field of the contact. */
static const MashField *
find_path (const Place *place,
           const char  *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *kind = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;

  return find_field (place, kind != NULL ? kind : "contact", dot != NULL ? dot + 1 : path);
}

static gboolean
check_sets (const Place *place,
            const char  *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *kind = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  const MashField *field;

  if (kind == NULL || !mash_deed_touches (place->deed, kind))
    return mash_policy_fault (place->error, place->line,
                              _("the deed sets “%s”, which it does not touch"), path);
  field = find_path (place, path);
  if (field == NULL)
    return FALSE;
  if (field->owner != MASH_OWNER_RULES)
    return mash_policy_fault (place->error, place->line,
                              _("the deed need not name “%s”, which the rules do not keep"), path);

  return TRUE;
}

static gboolean
check_role (const Place *place,
            const char  *role)
{
  return check_code (place, "ROLE", role);
}

static gboolean
check_signature (const Place *place,
                 const char  *type)
{
  return check_code (place, "SO", type);
}

static gboolean
check_clock (const Place *place,
             const char  *clock)
{
  if (mash_policy_find_clock (place->policy, clock) != NULL)
    return TRUE;

  return mash_policy_fault (place->error, place->line, _("there is no clock %s"), clock);
}

/* Words that a field is compared with must be such as it can hold. */
static gboolean
check_words (const Place     *place,
             const MashField *field,
             const char      *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (strcmp (list[i], "-") == 0 || strcmp (list[i], "*") == 0)
        continue;
      if (field->type == MASH_FIELD_CODE || field->type == MASH_FIELD_CODES)
        {
          if (!check_code (place, field->of, list[i]))
            return FALSE;
        }
      else if (field->type != MASH_FIELD_BOOL ||
               (strcmp (list[i], "yes") != 0 && strcmp (list[i], "no") != 0))
        return mash_policy_fault (place->error, place->line, _("the field “%s” cannot be “%s”"),
                                  field->name, list[i]);
    }

  return TRUE;
}

static gboolean
check_when (const Place *place,
            const char  *path,
            const char  *words)
{
  const MashField *field;

  if (path == NULL && words == NULL)
    return TRUE;
  if (path == NULL || words == NULL)
    return mash_policy_fault (place->error, place->line,
                              _("a condition needs both when-field and when-value"));
  field = find_path (place, path);

  return field != NULL && check_words (place, field, words);
}

/* Which attributes each test reads: r required, o optional, - none; kind, field, value in turn. */
static const char *const guard_forms[] = {
  [MASH_GUARD_ROLE] = "--r",
  [MASH_GUARD_POST] = "-rr",
  [MASH_GUARD_OWN_AGENCY] = "rr-",
  [MASH_GUARD_ASSIGNED] = "--o",
  [MASH_GUARD_ASKED] = "---",
  [MASH_GUARD_STATE] = "-or",
  [MASH_GUARD_FIELD] = "rro",
  [MASH_GUARD_DIFFERS] = "rr-",
  [MASH_GUARD_UNCHANGED] = "rr-",
  [MASH_GUARD_SIGNED] = "--r",
  [MASH_GUARD_WITHIN] = "--r",
  [MASH_GUARD_ON_LINE] = "---",
  [MASH_GUARD_NAMED] = "--r",
};

static gboolean
check_guard_form (const Place     *place,
                  const MashGuard *guard)
{
  const char *form = guard_forms[guard->test];
  const char *names[] = { "kind", "field", "value" };
  const char *given[] = { guard->kind, guard->field, guard->value };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      if (form[i] == 'r' && given[i] == NULL)
        return mash_policy_fault (place->error, place->line,
                                  _("this guard needs the attribute “%s”"), names[i]);
      if (form[i] == '-' && given[i] != NULL)
        return mash_policy_fault (place->error, place->line,
                                  _("this guard does not read the attribute “%s”"), names[i]);
    }

  return TRUE;
}

/* The person or the agency that a guard compares the actor with. */
static gboolean
check_reference (const Place     *place,
                 const MashGuard *guard,
                 const char      *of)
{
  const MashField *field = find_field (place, guard->kind, guard->field);

  if (field == NULL)
    return FALSE;
  if (field->type != MASH_FIELD_REFERENCE || strcmp (field->of, of) != 0)
    return mash_policy_fault (place->error, place->line, _("the field “%s” does not refer to “%s”"),
                              guard->field, of);

  return TRUE;
}

static gboolean
check_field_guard (const Place *place,
                   const char  *kind,
                   const char  *name,
                   const char  *words)
{
  const MashField *field = find_field (place, kind, name);

  return field != NULL && (words == NULL || check_words (place, field, words));
}

static gboolean
check_guard_value (const Place     *place,
                   const MashGuard *guard)
{
  switch (guard->test)
    {
    case MASH_GUARD_ROLE:
      return check_each (place, guard->value, check_role);

    case MASH_GUARD_POST:
      return check_field_guard (place, "post", guard->field, guard->value);

    case MASH_GUARD_OWN_AGENCY:
      return check_reference (place, guard, "agency");

    case MASH_GUARD_ASSIGNED:
      return guard->value == NULL || mash_words_contain ("self on-duty", guard->value) ||
             mash_policy_fault (place->error, place->line, _("“%s” is nobody to assign to"),
                                guard->value);

    case MASH_GUARD_STATE:
      return check_field_guard (place, "contact", guard->field != NULL ? guard->field : "state",
                                guard->value);

    case MASH_GUARD_FIELD:
    case MASH_GUARD_UNCHANGED:
      return check_field_guard (place, guard->kind, guard->field, guard->value);

    case MASH_GUARD_DIFFERS:
      return check_reference (place, guard, "staff");

    case MASH_GUARD_SIGNED:
      return check_each (place, guard->value, check_signature);

    case MASH_GUARD_WITHIN:
      return check_each (place, guard->value, check_clock);

    case MASH_GUARD_NAMED:
      return mash_named_guard_known (guard->value) ||
             mash_policy_fault (place->error, place->line, _("there is no named test “%s”"),
                                guard->value);

    case MASH_GUARD_ASKED:
    case MASH_GUARD_ON_LINE:
    default:
      return TRUE;
    }
}

static gboolean
check_at (const Place *place,
          const char  *at)
{
  const char *dot = strchr (at, '.');
  g_autofree char *kind = dot != NULL ? g_strndup (at, (gsize) (dot - at)) : g_strdup ("contact");
  const MashField *field;

  if (strcmp (at, "now") == 0)
    return TRUE;
  field = find_field (place, kind, dot != NULL ? dot + 1 : at);
  if (field == NULL)
    return FALSE;

  return field->type == MASH_FIELD_TIME ||
         mash_policy_fault (place->error, place->line, _("the field “%s” holds no time"), at);
}

/* Somebody that a deed can name: who does it, or whom a record names. */
static gboolean
check_person (const Place     *place,
              const MashField *field,
              const char      *value)
{
  const MashField *source;

  if (strcmp (value, "actor") == 0)
    return TRUE;
  source = find_path (place, value);
  if (source == NULL)
    return FALSE;

  return (source->type == MASH_FIELD_REFERENCE && strcmp (source->of, field->of) == 0) ||
         mash_policy_fault (place->error, place->line, _("the field “%s” does not refer to “%s”"),
                            value, field->of);
}

static gboolean
check_set (const Place      *place,
           const MashEffect *effect)
{
  const MashField *field = find_field (place, "contact", effect->field);

  if (field == NULL)
    return FALSE;
  if (field->owner != MASH_OWNER_RULES)
    return mash_policy_fault (place->error, place->line,
                              _("the field “%s” is filled in by people, not set by a deed"),
                              field->name);
  if (effect->value != NULL && strcmp (effect->value, "-") == 0)
    return mash_policy_fault (place->error, place->line, _("the field “%s” cannot be set to “%s”"),
                              field->name, effect->value);

  if (effect->only_from != NULL && !check_words (place, field, effect->only_from))
    return FALSE;
  if (effect->value != NULL && field->type == MASH_FIELD_REFERENCE)
    return check_person (place, field, effect->value);

  return effect->value == NULL || check_words (place, field, effect->value);
}

/* A share of a hundred is a setting, so that a hub can alter it without its deeds. */
static gboolean
check_sample (const Place      *place,
              const MashEffect *effect)
{
  if (effect->share != NULL && mash_policy_get_setting (place->policy, effect->share) == NULL)
    return mash_policy_fault (place->error, place->line, _("the setting %s is missing"),
                              effect->share);
  if (effect->only_when != NULL && !mash_named_guard_known (effect->only_when))
    return mash_policy_fault (place->error, place->line, _("there is no named test “%s”"),
                              effect->only_when);

  return check_code (place, "SMP", effect->value);
}

static gboolean
check_effect (const Place      *place,
              const MashEffect *effect)
{
  switch (effect->kind)
    {
    case MASH_EFFECT_START:
    case MASH_EFFECT_STOP:
      return check_clock (place, effect->clock) &&
             (effect->at == NULL || check_at (place, effect->at));

    case MASH_EFFECT_SET:
      return check_set (place, effect);

    case MASH_EFFECT_SAMPLE:
      return check_sample (place, effect);

    case MASH_EFFECT_RECORD:
      if ((strcmp (effect->value, "sign-off") == 0) != (effect->field != NULL))
        return mash_policy_fault (place->error, place->line,
                                  _("a further signature, and nothing else, has a type"));
      return effect->field == NULL || check_signature (place, effect->field);

    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
check_signing (const Place *place)
{
  const MashDeed *deed = place->deed;

  if (deed->sign_off == NULL)
    return (deed->meaning == NULL && !deed->passphrase && deed->sign_result == NULL) ||
           mash_policy_fault (place->error, place->line,
                              _("the deed %s signs nothing, but says what signing means"),
                              deed->id);
  if (!check_signature (place, deed->sign_off) ||
      (deed->sign_result != NULL && !check_code (place, "SOR", deed->sign_result)))
    return FALSE;

  return (deed->meaning != NULL && deed->passphrase) ||
         mash_policy_fault (place->error, place->line,
                            _("the deed %s must say what signing means, "
                              "and ask for the passphrase"), deed->id);
}

static gboolean
check_to_when (const Place *place)
{
  const MashDeed *deed = place->deed;

  if (deed->to_when == NULL)
    return TRUE;
  if (deed->to == NULL || !mash_named_guard_known (deed->to_when))
    return mash_policy_fault (place->error, place->line, _("there is no named test “%s”"),
                              deed->to_when);

  return TRUE;
}

static gboolean
check_head (const Place *place)
{
  const MashDeed *deed = place->deed;

  if (deed->permission < 1 || deed->permission > MASH_N_PERMISSIONS)
    return mash_policy_fault (place->error, place->line, _("there is no permission %u"),
                              deed->permission);

  return check_each (place, deed->from, check_from) &&
         (deed->to == NULL || check_code (place, "CST", deed->to)) &&
         check_to_when (place) &&
         check_each (place, deed->touches, check_kind) &&
         (deed->sets == NULL || check_each (place, deed->sets, check_sets)) &&
         check_signing (place);
}

static gboolean
check_deed (MashPolicy          *policy,
            const MashDeedEntry *entry,
            GError             **error)
{
  Place place = { policy, &entry->deed, entry->line, error };

  if (!check_head (&place))
    return FALSE;

  for (guint i = 0; i < entry->deed.n_guards; i++)
    {
      const MashGuard *guard = &entry->deed.guards[i];

      place.line = g_array_index (entry->guard_lines, guint, i);
      if (!check_guard_form (&place, guard) || !check_guard_value (&place, guard) ||
          !check_when (&place, guard->when_field, guard->when_value))
        return FALSE;
    }
  for (guint i = 0; i < entry->deed.n_effects; i++)
    {
      const MashEffect *effect = &entry->deed.effects[i];

      place.line = g_array_index (entry->effect_lines, guint, i);
      if (!check_effect (&place, effect) ||
          !check_when (&place, effect->when_field, effect->when_value))
        return FALSE;
    }

  return TRUE;
}

/* Adds to @reached what one more step leads to. */
static gboolean
step (MashPolicy *policy,
      GHashTable *reached)
{
  gboolean more = FALSE;

  for (guint i = 0; i < policy->deeds->len; i++)
    {
      const MashDeed *deed = g_ptr_array_index (policy->deeds, i);
      gboolean starts = mash_deed_leaves (deed, NULL);
      GHashTableIter iter;
      gpointer state;

      if (deed->to == NULL || g_hash_table_contains (reached, deed->to))
        continue;

      g_hash_table_iter_init (&iter, reached);
      while (!starts && g_hash_table_iter_next (&iter, &state, NULL))
        starts = mash_deed_leaves (deed, state);
      if (starts)
        more |= g_hash_table_add (reached, (gpointer) deed->to);
    }

  return more;
}

static gboolean
check_states (MashPolicy *policy,
              GError    **error)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);
  MashCodeList *states = g_hash_table_lookup (policy->lists, "CST");

  while (step (policy, reached))
    ;

  for (guint i = 0; i < states->codes->len; i++)
    {
      const MashCode *state = &g_array_index (states->codes, MashCode, i);

      if (!state->retired && strcmp (state->code, DRAFT_STATE) != 0 &&
          !g_hash_table_contains (reached, state->code))
        return mash_policy_fault (error, states->line, _("no deed leads to the state %s"),
                                  state->code);
    }

  return TRUE;
}

/**
 * mash_policy_check_deeds:
 * @self: a policy whose lists and clocks have been checked
 * @error: says what does not fit
 *
 * Returns: %TRUE when everything that a deed refers to is there, and every state can be reached
 */
gboolean
mash_policy_check_deeds (MashPolicy *self,
                         GError    **error)
{
  for (guint i = 0; i < self->deeds->len; i++)
    {
      if (!check_deed (self, g_ptr_array_index (self->deeds, i), error))
        return FALSE;
    }

  return check_states (self, error);
}
