/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What policy lets somebody do: a deed, with the guards that must hold and the effects that follow.
 *
 * Plain data, owned by the policy and never altered. The judge reads the guards, the rules carry
 * out the effects; nothing here decides.
 */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashGuardTest:
 * @MASH_GUARD_ROLE: the actor's role is one of @value
 * @MASH_GUARD_POST: the field @field of the actor's post has one of @value (a flag: `yes` or `no`)
 * @MASH_GUARD_OWN_AGENCY: the agency in @kind.@field is the actor's
 * @MASH_GUARD_ASSIGNED: the contact is assigned; @value `self`: to the actor; `on-duty`: to
 *   somebody with a post that is on duty; absent: to anybody
 * @MASH_GUARD_ASKED: the actor's agency was asked about this contact
 * @MASH_GUARD_STATE: the contact's field @field (absent: its state) had one of @value before the
 *   deed
 * @MASH_GUARD_FIELD: @kind.@field is filled in and, where @value is given, has one of @value
 * @MASH_GUARD_DIFFERS: the person in @kind.@field is not the actor
 * @MASH_GUARD_UNCHANGED: the fingerprint in @kind.@field is that of the content now, and the deed's
 *   own edit names the same one
 * @MASH_GUARD_SIGNED: a signature of the type @value stands on the contact
 * @MASH_GUARD_WITHIN: the clock @value of the contact, where it runs, has not run out
 * @MASH_GUARD_ON_LINE: the actor's desk is in touch with its hub
 * @MASH_GUARD_NAMED: the named test @value of mash-named-guards.c holds
 *
 * The closed list of tests, each of which the hub can make as well as the desk. @kind.@field is
 * read after the deed's edits, in the record of @kind that the deed itself edits; failing that, in
 * the contact's newest record of that kind. Where there is no such record, the field is not filled
 * in.
 *
 * In every set of words `yes` and `no` are the values of a flag, `-` stands for “not filled in” and
 * `*` for “filled in, with anything”; an empty set of codes is not filled in, and a set of codes
 * has a word when the word is one of them.
 */
typedef enum
{
  MASH_GUARD_ROLE,
  MASH_GUARD_POST,
  MASH_GUARD_OWN_AGENCY,
  MASH_GUARD_ASSIGNED,
  MASH_GUARD_ASKED,
  MASH_GUARD_STATE,
  MASH_GUARD_FIELD,
  MASH_GUARD_DIFFERS,
  MASH_GUARD_UNCHANGED,
  MASH_GUARD_SIGNED,
  MASH_GUARD_WITHIN,
  MASH_GUARD_ON_LINE,
  MASH_GUARD_NAMED,
} MashGuardTest;

/**
 * MashGuard:
 * @test: which test it is
 * @kind: (nullable): the kind that it reads
 * @field: (nullable): the field that it reads
 * @value: (nullable): a set of words with spaces between, or the name of a named test
 * @when_field: (nullable): the guard only applies where this field, `kind.field` or a field of the
 *   contact, has one of @when_value; read after the deed's edits
 * @when_value: (nullable): a set of words with spaces between
 * @says: one sentence for when it does not hold: what to do next
 * @holds: (nullable): one sentence for when it does
 */
typedef struct
{
  MashGuardTest  test;
  const char    *kind;
  const char    *field;
  const char    *value;
  const char    *when_field;
  const char    *when_value;
  const char    *says;
  const char    *holds;
} MashGuard;

/**
 * MashEffectKind:
 * @MASH_EFFECT_START: start @clock at @at, unless it runs already
 * @MASH_EFFECT_STOP: stop @clock at @at, where it runs
 * @MASH_EFFECT_SET: set the contact's @field to @value; the value absent: to not known. A field
 *   that refers to a member of staff takes `actor`, or a path such as `decision.by`
 * @MASH_EFFECT_SAMPLE: put the contact among those to be reviewed, for the reason @value (SMP)
 * @MASH_EFFECT_RECORD: make the record that the rules know by the name @value: `brag-history`, or
 *   `sign-off` for a further signature of the type @field, with the same signer and target
 */
typedef enum
{
  MASH_EFFECT_START,
  MASH_EFFECT_STOP,
  MASH_EFFECT_SET,
  MASH_EFFECT_SAMPLE,
  MASH_EFFECT_RECORD,
} MashEffectKind;

/**
 * MashEffect:
 * @kind: what follows
 * @clock: (nullable): id of the clock
 * @at: (nullable): `now`, or a field of the contact that holds the time of the event
 * @field: (nullable): a field of the contact
 * @value: (nullable): what it is set to
 * @only_from: (nullable): a set of words; it is set only where it had one of them before the deed
 * @share: (nullable): a setting, how many of a hundred contacts are put among those to be reviewed
 * @only_when: (nullable): a named test that must hold, too
 * @when_field: (nullable): as in #MashGuard; the contact is read as it was before this effect
 * @when_value: (nullable): as in #MashGuard
 */
typedef struct
{
  MashEffectKind  kind;
  const char     *clock;
  const char     *at;
  const char     *field;
  const char     *value;
  const char     *only_from;
  const char     *share;
  const char     *only_when;
  const char     *when_field;
  const char     *when_value;
} MashEffect;

/**
 * MashDeed:
 * @id: such as `triage`
 * @label: imperative, for a button: “Triage”
 * @done: past form, for the timeline: “Triaged”
 * @permission: row of the matrix of permissions
 * @from: states it may start from, with spaces between; `-` is a new contact, `*` any open one
 * @to: (nullable): the state that follows; %NULL: it stays
 * @to_when: (nullable): a named test; where it does not hold after the deed, the state stays
 * @touches: kinds that its edits may touch, with spaces between
 * @sets: (nullable): fields kept by the rules that its edits may set all the same, `kind.field`
 *   with spaces between
 * @sign_off: (nullable): type of the signature it makes, such as `SO01`
 * @sign_result: (nullable): what the signature says (SOR); %NULL: signed
 * @meaning: (nullable): the sentence signed
 * @passphrase: signing asks for the passphrase again
 * @needs_reason: the group must carry a reason
 * @open_only: refused while the contact has not been opened by the actor
 * @guards: (array length=n_guards): all must hold
 * @effects: (array length=n_effects): what follows, in this order
 * @significance: `routine`, `notable` or `critical` on the timeline
 */
typedef struct
{
  const char       *id;
  const char       *label;
  const char       *done;
  guint             permission;
  const char       *from;
  const char       *to;
  const char       *to_when;
  const char       *touches;
  const char       *sets;
  const char       *sign_off;
  const char       *sign_result;
  const char       *meaning;
  gboolean          passphrase;
  gboolean          needs_reason;
  gboolean          open_only;
  const MashGuard  *guards;
  guint             n_guards;
  const MashEffect *effects;
  guint             n_effects;
  const char       *significance;
} MashDeed;

gboolean mash_words_contain  (const char     *words,
                              const char     *word);
gboolean mash_deed_leaves    (const MashDeed *self,
                              const char     *state);
gboolean mash_deed_touches   (const MashDeed *self,
                              const char     *kind);
gboolean mash_deed_sets      (const MashDeed *self,
                              const char     *kind,
                              const char     *field);

G_END_DECLS
