/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guards of the closed list, the named ones, and how far a group may reach, each held against
 * facts of a line or two. Records are written “kind/id field=value; field=value”, one a line. */

#include "config.h"

#include <string.h>

#include "mash-guards.h"
#include "mash-named-guards.h"
#include "mash-rules.h"
#include "mash-scope.h"
#include "mash-test-facts.h"
#include "mash-time.h"

#define NOW "2026-03-02T10:00:00.000Z"

static void
fill (MashEdit   *edit,
      const char *field,
      const char *text)
{
  guint i = mash_kind_find_field (mash_edit_get_kind (edit), field);
  MashFieldType type;

  g_assert_cmpuint (i, !=, MASH_NO_FIELD);
  type = mash_edit_get_kind (edit)->fields[i].type;
  if (type == MASH_FIELD_BOOL)
    {
      mash_edit_set_flag (edit, field, strcmp (text, "yes") == 0);
    }
  else if (type == MASH_FIELD_CODES || type == MASH_FIELD_REFERENCES)
    {
      g_auto (GStrv) words = g_strsplit (text, " ", -1);

      /* A set of nothing comes from no page, and may come from another desk. */
      if (*text == '\0')
        mash_edit_set (edit, i, NULL, g_variant_new_strv (NULL, 0));
      else
        mash_edit_set_set (edit, field, (const char *const *) words);
    }
  else
    {
      mash_edit_set_text (edit, field, text);
    }
}

/* A line that begins with ~ alters a record that nobody has. */
static void
take_line (MashGroup     *group,
           MashTestFacts *facts,
           const char    *line)
{
  g_auto (GStrv) head = g_strsplit (line, " ", 2);
  g_auto (GStrv) names = g_strsplit (head[0] + (*line == '~'), "/", 2);
  g_auto (GStrv) pairs = g_strsplit (head[1] != NULL ? head[1] : "", "; ", -1);
  g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (facts), names[0], names[1]);
  MashEdit *edit = record != NULL ? mash_edit_new_for (record)
                                  : mash_edit_new (mash_kind_lookup (names[0]), names[1],
                                                   *line == '~');

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      fill (edit, pair[0], pair[1]);
    }
  mash_group_take_edit (group, edit);
}

static MashGroup *
make_group (MashTestFacts *facts,
            const char    *contact,
            const char    *lines)
{
  MashGroup *group = mash_group_new ("deed", contact);
  g_auto (GStrv) each = g_strsplit (lines != NULL ? lines : "", "\n", -1);

  for (guint i = 0; each[i] != NULL; i++)
    take_line (group, facts, each[i]);

  return group;
}

/* A case of which nothing but the facts, the group and the actor is known. */
typedef struct
{
  MashCase   the_case;
  MashActor  actor;
  MashDeed   deed;
  MashFacts *facts;
  MashGroup *group;
} Trial;

static void
trial_begin (Trial      *trial,
             const char *contact,
             const char *facts,
             const char *edits)
{
  MashTestFacts *held = mash_test_facts_new ();
  g_autoptr (MashGroup) before = make_group (held, NULL, facts);

  mash_test_facts_apply (held, before);
  *trial = (Trial) {
    .actor = { .person = "me", .post = "my-post", .role = "SW", .agency = "us", .on_line = TRUE },
    .deed = { .id = "deed" },
    .facts = MASH_FACTS (held),
    .group = make_group (held, contact, edits),
  };
  g_assert_true (mash_time_parse (NOW, &trial->actor.now));
  trial->the_case = (MashCase) {
    .actor = &trial->actor, .deed = &trial->deed, .group = trial->group, .facts = trial->facts,
    .proposed = mash_proposed_facts_new (trial->facts, trial->group),
    .before = mash_facts_lookup (trial->facts, "contact", contact),
  };
  trial->the_case.after = mash_facts_lookup (trial->the_case.proposed, "contact", contact);
}

static void
trial_end (Trial *trial)
{
  mash_case_end (&trial->the_case);
  mash_group_unref (trial->group);
  g_object_unref (trial->facts);
}

typedef struct
{
  const char *what;
  MashGuard   guard;
  const char *contact;
  const char *facts;
  const char *edits;
  gboolean    holds;
} GuardCase;

#define GUARD(TEST, ...) { MASH_GUARD_ ## TEST, __VA_ARGS__ }
#define NOTHING NULL, NULL

static const GuardCase guard_cases[] = {
  { "own role", GUARD (ROLE, NULL, NULL, "MM SW"), "c", NOTHING, TRUE },
  { "another role", GUARD (ROLE, NULL, NULL, "MM"), "c", NOTHING, FALSE },
  { "on line", GUARD (ON_LINE), "c", NOTHING, TRUE },
  { "nobody can be asked yet", GUARD (ASKED, NULL, NULL, "*"), "c", NOTHING, FALSE },

  { "post that nobody has", GUARD (POST, NULL, "duty", "-"), "c", NOTHING, FALSE },
  { "post without the field", GUARD (POST, NULL, "duty", "DUTY"), "c",
    "post/my-post staff=me", NULL, FALSE },
  { "post that may lack it", GUARD (POST, NULL, "duty", "- DUTY"), "c",
    "post/my-post staff=me", NULL, TRUE },
  { "post with the field", GUARD (POST, NULL, "on-duty", "yes"), "c",
    "post/my-post staff=me; on-duty=yes", NULL, TRUE },
  { "post with another value", GUARD (POST, NULL, "on-duty", "yes"), "c",
    "post/my-post staff=me; on-duty=no", NULL, FALSE },

  { "own agency’s record", GUARD (OWN_AGENCY, "post", "agency"), "c", NULL,
    "post/p agency=us", TRUE },
  { "another agency’s record", GUARD (OWN_AGENCY, "post", "agency"), "c", NULL,
    "post/p agency=them", FALSE },
  { "record of no agency", GUARD (OWN_AGENCY, "post", "agency"), "c", NULL, "post/p team=x",
    FALSE },
  { "no record to have an agency", GUARD (OWN_AGENCY, "post", "agency"), "c", NOTHING, FALSE },
  { "agency of no field", GUARD (OWN_AGENCY, "post", NULL), "c", NULL, "post/p agency=us", FALSE },
  { "agency of a field that is not there", GUARD (OWN_AGENCY, "post", "colour"), "c", NULL,
    "post/p agency=us", FALSE },

  { "nobody has it", GUARD (ASSIGNED), "c", "contact/c state=C20", NULL, FALSE },
  { "somebody has it", GUARD (ASSIGNED), "c", "contact/c assigned-to=you", NULL, TRUE },
  { "I have it", GUARD (ASSIGNED, NULL, NULL, "self"), "c", "contact/c assigned-to=me", NULL,
    TRUE },
  { "I do not have it", GUARD (ASSIGNED, NULL, NULL, "self"), "c", "contact/c assigned-to=you",
    NULL, FALSE },
  { "whoever has it holds no post", GUARD (ASSIGNED, NULL, NULL, "on-duty"), "c",
    "contact/c assigned-to=you", NULL, FALSE },
  { "whoever has it is off duty", GUARD (ASSIGNED, NULL, NULL, "on-duty"), "c",
    "contact/c assigned-to=you\npost/p staff=you; on-duty=no", NULL, FALSE },
  { "one of their posts is on duty", GUARD (ASSIGNED, NULL, NULL, "on-duty"), "c",
    "contact/c assigned-to=you\npost/p staff=you\npost/q staff=you; on-duty=yes", NULL, TRUE },

  { "state", GUARD (STATE, NULL, NULL, "C20 C30"), "c", "contact/c state=C20", NULL, TRUE },
  { "another state", GUARD (STATE, NULL, NULL, "C30"), "c", "contact/c state=C20", NULL, FALSE },
  { "state of another field", GUARD (STATE, NULL, "strand-p", "P1"), "c",
    "contact/c state=C20; strand-p=P1", NULL, TRUE },
  { "no contact yet", GUARD (STATE, NULL, NULL, "-"), "c", NULL, "contact/c state=C20", TRUE },
  { "state before, not after", GUARD (STATE, NULL, NULL, "C30"), "c", "contact/c state=C20",
    "contact/c state=C30", FALSE },

  { "field that is there", GUARD (FIELD, NULL, "brag"), "c", "contact/c brag=A", NULL, TRUE },
  { "field that is blank", GUARD (FIELD, NULL, "brag"), "c", "contact/c state=C20", NULL, FALSE },
  { "field of blanks", GUARD (FIELD, NULL, "child-view"), "c", "contact/c child-view= \t", NULL,
    FALSE },
  { "any value", GUARD (FIELD, NULL, "brag", "*"), "c", "contact/c brag=A", NULL, TRUE },
  { "field of a contact that is not there", GUARD (FIELD, "contact", "brag", "-"), "c", NOTHING,
    TRUE },
  { "one of a set", GUARD (FIELD, "recommendation", "outcomes", "O02"), "c",
    "recommendation/r contact=c; outcomes=O01 O02", NULL, TRUE },
  { "a set of nothing", GUARD (FIELD, "recommendation", "outcomes", "-"), "c", NULL,
    "recommendation/r contact=c; outcomes=", TRUE },
  { "the newest of the contact", GUARD (FIELD, "recommendation", "level", "3"), "c",
    "recommendation/r contact=c; level=2\nrecommendation/s contact=c; level=3", NULL, TRUE },
  { "the one in the group before it", GUARD (FIELD, "recommendation", "level", "4"), "c",
    "recommendation/r contact=c; level=2", "recommendation/s contact=c; level=4", TRUE },
  { "a kind that belongs to no contact", GUARD (FIELD, "person", "sex", "-"), "c",
    "person/p sex=F", NULL, TRUE },
  { "a kind of a contact, on none", GUARD (FIELD, "recommendation", "level", "2"), NULL,
    "recommendation/r contact=c; level=2", NULL, FALSE },

  { "another person", GUARD (DIFFERS, "recommendation", "by"), "c",
    "recommendation/r contact=c; by=you", NULL, TRUE },
  { "the same person", GUARD (DIFFERS, "recommendation", "by"), "c",
    "recommendation/r contact=c; by=me", NULL, FALSE },
  { "nobody", GUARD (DIFFERS, "recommendation", "by"), "c", NOTHING, FALSE },

  { "no contact has not changed", GUARD (UNCHANGED), NULL, NOTHING, FALSE },
  { "nothing was recommended", GUARD (UNCHANGED), "c", "contact/c state=C60", NULL, FALSE },
  { "recommended on something else", GUARD (UNCHANGED), "c",
    "contact/c state=C60\nrecommendation/r contact=c; content-hash=00", NULL, FALSE },

  { "signed on no contact", GUARD (SIGNED, NULL, NULL, "SO01"), NULL, NOTHING, FALSE },
  { "signed", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED; target-kind=contact", NULL,
    TRUE },
  { "signed by this very group", GUARD (SIGNED, NULL, NULL, "SO01"), "c", NULL,
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED", TRUE },
  { "signed something else", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO03; result=SIGNED; state=ACCEPTED", NULL, FALSE },
  { "returned", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=RETURNED; state=ACCEPTED", NULL, FALSE },
  { "not accepted", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=PENDING", NULL, FALSE },
  { "signed a recommendation that is gone", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED; "
    "target-kind=recommendation; target=r", NULL, FALSE },
  { "signed the one before", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED; "
    "target-kind=recommendation; target=r\n"
    "recommendation/r contact=c\nrecommendation/t contact=c", NULL, FALSE },
  { "signed the newest", GUARD (SIGNED, NULL, NULL, "SO01"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED; "
    "target-kind=recommendation; target=t\n"
    "recommendation/r contact=c\nrecommendation/t contact=c", NULL, TRUE },

  { "no contact is late", GUARD (WITHIN, NULL, NULL, "CL01"), NULL, NOTHING, TRUE },
  { "no clock runs", GUARD (WITHIN, NULL, NULL, "CL01"), "c", NOTHING, TRUE },
  { "in time", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL01; due-at=2026-03-02T11:00:00.000Z", NULL, TRUE },
  { "late", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL01; due-at=2026-03-02T09:59:59.999Z", NULL, FALSE },
  { "late, and stopped", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL01; due-at=2026-03-01T10:00:00.000Z; "
    "stopped-at=2026-03-01T09:00:00.000Z", NULL, TRUE },
  { "another clock is late", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL02; due-at=2026-03-01T10:00:00.000Z", NULL, TRUE },
  { "a clock that is never due", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL01", NULL, TRUE },
  { "a clock that is due at no time", GUARD (WITHIN, NULL, NULL, "CL01"), "c",
    "clock/k contact=c; type=CL01; due-at=soon", NULL, TRUE },
};

static const GuardCase named_cases[] = {
  { "a guard that nobody wrote", GUARD (NAMED, NULL, NULL, "no-such"), "c", NOTHING, FALSE },
  { "one of a contact, on none", GUARD (NAMED, NULL, NULL, "brag-is-higher"), NULL, NOTHING,
    FALSE },

  { "attach to nothing", GUARD (NAMED, NULL, NULL, "attach-target"), "c", "contact/c state=C20",
    NULL, FALSE },
  { "attach to what is not there", GUARD (NAMED, NULL, NULL, "attach-target"), "c", NULL,
    "contact/c duplicate-of=d", FALSE },
  { "attach to itself", GUARD (NAMED, NULL, NULL, "attach-target"), "c", "contact/c state=C20",
    "contact/c duplicate-of=c", FALSE },
  { "attach to a closed one", GUARD (NAMED, NULL, NULL, "attach-target"), "c",
    "contact/d state=C90", "contact/c duplicate-of=d", FALSE },
  { "attach", GUARD (NAMED, NULL, NULL, "attach-target"), "c", "contact/d state=C20",
    "contact/c duplicate-of=d", TRUE },

  { "nothing was recommended", GUARD (NAMED, NULL, NULL, "as-recommended"), "c", NULL,
    "decision/d contact=c; outcome=O01", FALSE },
  { "no decision yet", GUARD (NAMED, NULL, NULL, "as-recommended"), "c",
    "recommendation/r contact=c; outcome=O01", NULL, TRUE },
  { "another outcome", GUARD (NAMED, NULL, NULL, "as-recommended"), "c",
    "recommendation/r contact=c; outcome=O01", "decision/d contact=c; outcome=O02", FALSE },
  { "no level of its own", GUARD (NAMED, NULL, NULL, "as-recommended"), "c",
    "recommendation/r contact=c; outcome=O01; level=3", "decision/d contact=c; outcome=O01",
    TRUE },
  { "another level", GUARD (NAMED, NULL, NULL, "as-recommended"), "c",
    "recommendation/r contact=c; outcome=O01; level=3",
    "decision/d contact=c; outcome=O01; level=2", FALSE },
  { "the same level", GUARD (NAMED, NULL, NULL, "as-recommended"), "c",
    "recommendation/r contact=c; outcome=O01; level=3",
    "decision/d contact=c; outcome=O01; level=3", TRUE },

  { "no child to consider", GUARD (NAMED, NULL, NULL, "every-child-considered"), "c",
    "contact-subject/s contact=c; person=p; role=PARENT", NULL, FALSE },
  { "a child left out", GUARD (NAMED, NULL, NULL, "every-child-considered"), "c",
    "contact-subject/s contact=c; person=p; role=CHILD; considered=yes\n"
    "contact-subject/t contact=c; person=q; role=UNBORN", NULL, FALSE },
  { "each child", GUARD (NAMED, NULL, NULL, "every-child-considered"), "c",
    "contact-subject/s contact=c; person=p; role=CHILD; considered=yes\n"
    "contact-subject/t contact=c; person=q; role=PARENT", NULL, TRUE },

  { "nothing chased", GUARD (NAMED, NULL, NULL, "something-chased"), "c", NOTHING, FALSE },
  { "something chased", GUARD (NAMED, NULL, NULL, "something-chased"), "c", NULL,
    "chase-item/i contact=c", TRUE },

  { "no contact, no urgency", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c", NOTHING, FALSE },
  { "no urgency after", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c", "contact/c state=C20",
    NULL, FALSE },
  { "an urgency that is none", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c",
    "contact/c state=C20", "contact/c brag=X", FALSE },
  { "a first urgency", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c", NULL,
    "contact/c brag=B", TRUE },
  { "after an urgency that was none", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c",
    "contact/c brag=X", "contact/c brag=B", TRUE },
  { "from amber to red", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c", "contact/c brag=A",
    "contact/c brag=R", TRUE },
  { "from amber to green", GUARD (NAMED, NULL, NULL, "brag-is-higher"), "c", "contact/c brag=A",
    "contact/c brag=G", FALSE },
  { "lower: from amber to green", GUARD (NAMED, NULL, NULL, "brag-is-lower"), "c",
    "contact/c brag=A", "contact/c brag=G", TRUE },
  { "lower: from amber to red", GUARD (NAMED, NULL, NULL, "brag-is-lower"), "c",
    "contact/c brag=A", "contact/c brag=R", FALSE },
  { "lower: a first one", GUARD (NAMED, NULL, NULL, "brag-is-lower"), "c", NULL,
    "contact/c brag=B", FALSE },
  { "lower: of one that had none", GUARD (NAMED, NULL, NULL, "brag-is-lower"), "c",
    "contact/c state=C20", "contact/c state=C30", FALSE },

  { "two people without a link", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NOTHING, FALSE },
  { "two people, an old link", GUARD (NAMED, NULL, NULL, "two-people"), NULL,
    "identity-link/l person-a=p; person-b=q; state=DIFFERENT", "identity-link/l state=SAME",
    FALSE },
  { "two links at once", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NULL,
    "identity-link/l person-a=p; person-b=q\nidentity-link/m person-a=p; person-b=r", FALSE },
  { "the first is missing", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NULL,
    "identity-link/l person-b=q", FALSE },
  { "the second is missing", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NULL,
    "identity-link/l person-a=p", FALSE },
  { "one person twice", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NULL,
    "identity-link/l person-a=p; person-b=p", FALSE },
  { "two people, who are others", GUARD (NAMED, NULL, NULL, "two-people"), NULL,
    "identity-link/k person-a=p; person-b=r; state=MERGED",
    "identity-link/l person-a=p; person-b=q\nperson/p sex=F", TRUE },
  { "two people who are one", GUARD (NAMED, NULL, NULL, "two-people"), NULL,
    "identity-link/k person-a=p; person-b=q; state=MERGED",
    "identity-link/l person-a=p; person-b=q", FALSE },
  { "two people, proposed already", GUARD (NAMED, NULL, NULL, "two-people"), NULL,
    "identity-link/k person-a=p; person-b=q; state=SAME",
    "identity-link/l person-a=p; person-b=q", FALSE },
  { "two people, told apart before", GUARD (NAMED, NULL, NULL, "two-people"), NULL,
    "identity-link/k person-a=p; person-b=q; state=NOTSAME",
    "identity-link/l person-a=p; person-b=q", TRUE },

  { "nobody signed before", GUARD (NAMED, NULL, NULL, "two-signers"), "c", NOTHING, FALSE },
  { "another sort of signature", GUARD (NAMED, NULL, NULL, "two-signers"), "c",
    "sign-off/s contact=c; type=SO01; result=SIGNED; state=ACCEPTED; signer=you", NULL, FALSE },
  { "a signature that does not stand", GUARD (NAMED, NULL, NULL, "two-signers"), "c",
    "sign-off/s contact=c; type=SO02; result=RETURNED; state=ACCEPTED; signer=you", NULL, FALSE },
  { "one’s own signature", GUARD (NAMED, NULL, NULL, "two-signers"), "c",
    "sign-off/s contact=c; type=SO02; result=SIGNED; state=ACCEPTED; signer=me", NULL, FALSE },
  { "two signers", GUARD (NAMED, NULL, NULL, "two-signers"), "c",
    "sign-off/s contact=c; type=SO02; result=SIGNED; state=ACCEPTED; signer=you", NULL, TRUE },

  { "two people", GUARD (NAMED, NULL, NULL, "two-people"), NULL, NULL,
    "identity-link/l person-a=p; person-b=q", TRUE },

  { "no link is proposed", GUARD (NAMED, NULL, NULL, "link-proposed"), NULL, NOTHING, FALSE },
  { "a link that nobody has", GUARD (NAMED, NULL, NULL, "link-proposed"), NULL, NULL,
    "~identity-link/l state=MERGED", FALSE },
  { "a link is proposed", GUARD (NAMED, NULL, NULL, "link-proposed"), NULL,
    "identity-link/l person-a=p; person-b=q; state=SAME", "identity-link/l state=MERGED", TRUE },
  { "a link that does not stand", GUARD (NAMED, NULL, NULL, "link-stands"), NULL,
    "identity-link/l person-a=p; person-b=q; state=SAME", "identity-link/l state=SPLIT", FALSE },
  { "nobody proposed it", GUARD (NAMED, NULL, NULL, "link-by-another"), NULL, NOTHING, FALSE },

  { "nobody is born", GUARD (NAMED, NULL, NULL, "was-unborn"), "c", NOTHING, FALSE },
  { "born without having been expected", GUARD (NAMED, NULL, NULL, "was-unborn"), "c", NULL,
    "person/p birth=2026-03-01", FALSE },
  { "born as a child", GUARD (NAMED, NULL, NULL, "was-unborn"), "c", "person/p kind=CHILD",
    "person/p birth=2026-03-01", FALSE },
  { "born twice", GUARD (NAMED, NULL, NULL, "was-unborn"), "c",
    "person/p kind=UNBORN; birth=2026-03-01", "person/p birth=2026-03-02", FALSE },
  { "born", GUARD (NAMED, NULL, NULL, "was-unborn"), "c",
    "person/p kind=UNBORN; expected-birth=2026-03-09", "person/p birth=2026-03-01", TRUE },

  { "no due date to keep", GUARD (NAMED, NULL, NULL, "due-date-kept"), "c", NOTHING, FALSE },
  { "a due date of nobody", GUARD (NAMED, NULL, NULL, "due-date-kept"), "c", NULL,
    "person/p was-due=2026-03-09", FALSE },
  { "still expected", GUARD (NAMED, NULL, NULL, "due-date-kept"), "c",
    "person/p expected-birth=2026-03-09", "person/p was-due=2026-03-09", FALSE },
  { "another due date", GUARD (NAMED, NULL, NULL, "due-date-kept"), "c",
    "person/p expected-birth=2026-03-09", "person/p expected-birth=; was-due=2026-03-08", FALSE },
  { "the due date is kept", GUARD (NAMED, NULL, NULL, "due-date-kept"), "c",
    "person/p expected-birth=2026-03-09", "person/p expected-birth=; was-due=2026-03-09", TRUE },

  { "nobody to be in as a child", GUARD (NAMED, NULL, NULL, "in-as-child"), "c",
    "contact-subject/s contact=c; person=p; role=CHILD", NULL, FALSE },
  { "in as nobody", GUARD (NAMED, NULL, NULL, "in-as-child"), "c",
    "contact-subject/s contact=c; person=q; role=CHILD", "person/p kind=CHILD", FALSE },
  { "in as unborn", GUARD (NAMED, NULL, NULL, "in-as-child"), "c",
    "contact-subject/s contact=c; person=p; role=UNBORN", "person/p kind=CHILD", FALSE },
  { "in as a child", GUARD (NAMED, NULL, NULL, "in-as-child"), "c",
    "contact-subject/s contact=c; person=p; role=CHILD", "person/p kind=CHILD", TRUE },
};

static void
check_cases (const GuardCase *cases,
             guint            n)
{
  for (guint i = 0; i < n; i++)
    {
      Trial trial;

      trial_begin (&trial, cases[i].contact, cases[i].facts, cases[i].edits);
      if (mash_guard_holds (&trial.the_case, &cases[i].guard) != cases[i].holds)
        g_error ("%s: %s", cases[i].what, cases[i].holds ? "does not hold" : "holds");
      trial_end (&trial);
    }
}

static void
test_guards (void)
{
  check_cases (guard_cases, G_N_ELEMENTS (guard_cases));
}

static void
test_named (void)
{
  check_cases (named_cases, G_N_ELEMENTS (named_cases));
  g_assert_true (mash_named_guard_known ("two-people"));
  g_assert_false (mash_named_guard_known ("no-such"));
  g_assert_false (mash_named_guard_known (NULL));
}

static void
test_off_line (void)
{
  static const MashGuard on_line = { .test = MASH_GUARD_ON_LINE };
  Trial trial;

  trial_begin (&trial, "c", NULL, NULL);
  trial.actor.on_line = FALSE;
  g_assert_false (mash_guard_holds (&trial.the_case, &on_line));
  trial_end (&trial);
}

/* A guard that this program does not know refuses. */
static void
test_unknown (void)
{
  static const MashGuard unknown = { .test = (MashGuardTest) 1000 };
  Trial trial;

  trial_begin (&trial, "c", NULL, NULL);
  g_test_expect_message ("mash-model", G_LOG_LEVEL_CRITICAL, "*should not be reached*");
  g_assert_false (mash_guard_holds (&trial.the_case, &unknown));
  g_test_assert_expected_messages ();
  trial_end (&trial);
}

/* Who made something is in its stamps, which no edit can set. */
static void
test_stamps (void)
{
  static const struct
  {
    const char *proposed_by;
    const char *made_in;
    const char *agency;
    gboolean    by_another;
    gboolean    own;
  } rows[] = {
    { "you", "post-1", "us", TRUE, TRUE },
    { "me", "post-1", "them", FALSE, FALSE },
    { "you", "post-2", "us", TRUE, FALSE },
  };
  static const MashGuard by_another = { .test = MASH_GUARD_NAMED, .value = "link-by-another" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MashStamps stamps = { "2026-01-01T00:00:00.000Z", rows[i].proposed_by, rows[i].made_in,
                                  "2026-01-01T00:00:00.000Z", rows[i].proposed_by, NULL, NULL };
      g_autofree char *facts = g_strdup_printf ("contact/c state=C20\npost/post-1 agency=%s\n"
                                                "identity-link/l person-a=p; person-b=q",
                                                rows[i].agency);
      g_autoptr (MashEdit) nothing = NULL;
      g_autoptr (MashTestFacts) stamped = mash_test_facts_new ();
      MashRecord *made;
      Trial trial;

      trial_begin (&trial, "c", facts, "identity-link/l state=MERGED");
      nothing = mash_edit_new_for (trial.the_case.before);
      made = mash_edit_apply (nothing, trial.the_case.before, &stamps);
      mash_record_unref (trial.the_case.before);
      trial.the_case.before = made;
      g_assert_cmpint (mash_guard_is_own (&trial.the_case), ==, rows[i].own);
      trial_end (&trial);

      mash_test_facts_put_stamped (stamped, "identity-link", "l", &stamps);
      trial_begin (&trial, "c", NULL, "~identity-link/l state=MERGED");
      g_object_unref (trial.facts);
      trial.facts = MASH_FACTS (g_steal_pointer (&stamped));
      trial.the_case.facts = trial.facts;
      g_assert_cmpint (mash_guard_holds (&trial.the_case, &by_another), ==, rows[i].by_another);
      trial_end (&trial);
    }
}

/* What was recommended on is what stands, and what is decided on is that recommendation. */
static void
test_unchanged (void)
{
  static const struct
  {
    const char *decision;
    gboolean    holds;
  } cases[] = {
    { NULL, TRUE },
    { "decision/d contact=c; recommendation=r; recommendation-hash=%s", TRUE },
    { "decision/d contact=c; recommendation=other; recommendation-hash=%s", FALSE },
    { "decision/d contact=c; recommendation=r; recommendation-hash=00", FALSE },
  };
  static const MashGuard unchanged = { .test = MASH_GUARD_UNCHANGED };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hash = NULL;
      g_autofree char *facts = NULL;
      g_autoptr (GString) edits = g_string_new (cases[i].decision);
      Trial trial;

      trial_begin (&trial, "c", "contact/c state=C60\nrecommendation/r contact=c", NULL);
      hash = mash_rules_hash_content (trial.facts, "c");
      trial_end (&trial);

      facts = g_strdup_printf ("contact/c state=C60\n"
                               "recommendation/r contact=c; content-hash=%s", hash);
      g_string_replace (edits, "%s", hash, 0);
      trial_begin (&trial, "c", facts, edits->len > 0 ? edits->str : NULL);
      g_assert_cmpint (mash_guard_holds (&trial.the_case, &unchanged), ==, cases[i].holds);
      trial_end (&trial);
    }
}

/* What was signed stays what it was: the number of each text is the one that it always had, be it
 * plain, quoted or with marks. */
static void
test_content_hash (void)
{
  static const struct
  {
    const char *facts;
    const char *hash;
  } cases[] = {
    { "contact/c source-other=Ms Ferris",
      "f57f475b211ef2f44bf5215650a36b786f6cf35454f42f8e0ca983931aa741e9" },
    { "contact/c source-other=Ms O'Brien",
      "027b09b12731f3e92a4b05cbb77ee6c14675ce6f0af9281e3a7037c8eb913708" },
    { "contact/c source-other=Ms \\\\ \"Jo\" O'Brien",
      "6da61e173442d2582767adf53ef8ccc2b670e5cb741d3b964fe5b1c0b46f0143" },
    { "contact/c source-other=Zoë O’Brien",
      "7a7a7f1abc99d6eb781b014903306aff09973bc40d2fd875a235481e55e5d42c" },
    { "contact/c source-other=Ms\tFerris~",
      "7f1bbd605e43d379c3e18749cecfc9f55b4695b6e2b0c98971198822155ddb3d" },
    { "contact/c brag=R",
      "3bc7e9353a6b5c7768bc820db3f6a280827518383a2e5c2163541a100e34178a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hash = NULL;
      Trial trial;

      trial_begin (&trial, "c", cases[i].facts, NULL);
      hash = mash_rules_hash_content (trial.facts, "c");
      g_assert_cmpstr (hash, ==, cases[i].hash);
      trial_end (&trial);
    }
}

static void
test_condition (void)
{
  static const struct
  {
    MashGuard guard;
    gboolean  applies;
  } cases[] = {
    { { .when_field = NULL }, TRUE },
    { { .when_field = "brag", .when_value = "A" }, TRUE },
    { { .when_field = "brag", .when_value = "R" }, FALSE },
    { { .when_field = "level", .when_value = "-" }, TRUE },
    { { .when_field = "recommendation.level", .when_value = "3" }, TRUE },
    { { .when_field = "decision.level", .when_value = "*" }, FALSE },
  };
  Trial trial;

  trial_begin (&trial, "c", "contact/c brag=A\nrecommendation/r contact=c; level=3", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mash_guard_applies (&trial.the_case, &cases[i].guard), ==, cases[i].applies);
  trial_end (&trial);
}

/* Whose a contact is. A record of a test has no stamps, so that nobody made it. */
static void
test_own (void)
{
  Trial trial;

  trial_begin (&trial, "c", NULL, NULL);
  g_assert_false (mash_guard_is_assigned (&trial.the_case));
  g_assert_true (mash_guard_is_own (&trial.the_case));
  trial_end (&trial);

  trial_begin (&trial, "c", "contact/c assigned-to=you", NULL);
  g_assert_false (mash_guard_is_assigned (&trial.the_case));
  g_assert_false (mash_guard_is_own (&trial.the_case));
  trial_end (&trial);

  trial_begin (&trial, "c", "contact/c assigned-to=you", "contact/c assigned-to=me");
  g_assert_true (mash_guard_is_assigned (&trial.the_case));
  trial_end (&trial);
}

static void
test_notes (void)
{
  static const struct
  {
    const char *note;
    const char *deed;
    const char *role;
    const char *edits;
    gboolean    holds;
  } cases[] = {
    { "C7", "recommend", "MO", NULL, TRUE },
    { "C7", "recommend", "MO", "recommendation/r contact=c; outcomes=O01 O02", TRUE },
    { "C7", "recommend", "MO", "recommendation/r contact=c; outcomes=O01 O03", FALSE },
    { "C7", "recommend", "MO", "recommendation/r contact=c; level=2", FALSE },
    { "C8", "recommend", "EH", "recommendation/r contact=c; outcomes=O03", TRUE },
    { "C8", "recommend", "EH", "recommendation/r contact=c; outcomes=O03; level=3", TRUE },
    { "C8", "recommend", "EH", "recommendation/r contact=c; outcomes=O03; level=4", FALSE },
    { "C1", "edit", "MO", NULL, TRUE },
    { "C14", "flag", "MO", NULL, TRUE },
    { "C14", "clear-flag", "MO", NULL, FALSE },
    { "C23", "apply-policy", "MM", NULL, TRUE },
    { "C23", "apply-policy", "SW", NULL, FALSE },
    { "C23", "flag", "MM", NULL, FALSE },
    { "C16", "propose-seal", "MM", NULL, TRUE },
    { "C16", "flag", "MM", NULL, FALSE },
    { "C12", "copy", "SW", NULL, TRUE },
    { "C12", "flag", "SW", NULL, FALSE },
    { "C4", "screen", "MO", NULL, TRUE },
    { "C99", "screen", "MO", NULL, FALSE },
    { NULL, "screen", "MO", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Trial trial;

      trial_begin (&trial, "c", NULL, cases[i].edits);
      trial.deed.id = cases[i].deed;
      trial.actor.role = cases[i].role;
      g_test_message ("%u", i);
      g_assert_cmpint (mash_guard_note_holds (&trial.the_case, cases[i].note), ==, cases[i].holds);
      trial_end (&trial);
    }
}

#define FAMILY \
  "contact/c state=C20\ncontact/d state=C20\n" \
  "person/leo kind=CHILD\nperson/mia kind=ADULT\nperson/zed kind=ADULT\nperson/una kind=ADULT\n" \
  "contact-subject/s contact=c; person=leo; role=CHILD\n" \
  "contact-subject/n contact=c; role=CHILD\n" \
  "household/h address=home\nhousehold/far address=away\n" \
  "address/home town=A\naddress/away town=B\naddress/nowhere town=C\n" \
  "household-member/m household=h; person=leo\nhousehold-member/m2 household=h; person=mia\n" \
  "household-member/m3 household=far; person=zed\n" \
  "relationship/r from-person=una; to-person=leo\nrelationship/r2 from-person=leo\n" \
  "flag/f contact=c; person=leo\nflag/f2 contact=d; person=zed\nflag/f3 person=zed\n" \
  "identifier/i of-contact=c\nidentifier/i2 person=zed\n" \
  "recommendation/rec contact=c\nrecommendation/rec2 contact=d"

/* How far the last edit of a group may reach; the ones before it only stand beside it. */
static void
test_scope (void)
{
  static const struct
  {
    const char *contact;
    const char *edits;
    gboolean    within;
  } cases[] = {
    { "c", "contact/c brag=A", TRUE },
    { "c", "contact/d brag=A", FALSE },
    { NULL, "contact/c brag=A", FALSE },
    { "c", "person/leo sex=F", TRUE },
    { "c", "person/mia sex=F", TRUE },
    { "c", "person/una sex=F", TRUE },
    { "c", "person/zed sex=F", FALSE },
    { "c", "person/new sex=F", TRUE },
    { "c", "household/h label=x", TRUE },
    { "c", "household/far label=x", FALSE },
    { "c", "household/new label=x", TRUE },
    { "c", "address/home town=x", TRUE },
    { "c", "address/away town=x", FALSE },
    { "c", "address/nowhere town=x", FALSE },
    { "c", "address/new town=x", TRUE },
    { "c", "household-member/m role=x", TRUE },
    { "c", "household-member/m3 role=x", FALSE },
    { "c", "household-member/new household=h; person=zed", TRUE },
    { "c", "household-member/new person=zed", FALSE },
    { "c", "household-member/new role=x", FALSE },
    { "c", "~household-member/gone role=x", TRUE },
    { "c", "relationship/r type=x", TRUE },
    { "c", "relationship/new to-person=mia", TRUE },
    { "c", "relationship/new from-person=zed; to-person=zed", FALSE },
    { "c", "flag/f reason=x", TRUE },
    { "c", "flag/f2 reason=x", FALSE },
    { "c", "flag/f3 reason=x", FALSE },
    { "c", "flag/new contact=c", TRUE },
    { "c", "flag/new reason=x", FALSE },
    { "c", "identifier/i issuer=x", TRUE },
    { "c", "identifier/i2 issuer=x", FALSE },
    { "c", "identifier/new person=leo", TRUE },
    { "c", "recommendation/rec level=3", TRUE },
    { "c", "recommendation/rec2 level=3", FALSE },
    { "c", "recommendation/new level=3", TRUE },
    { "c", "~recommendation/gone level=3", TRUE },
    { NULL, "recommendation/new contact=c", FALSE },
    { NULL, "recommendation/new level=3", TRUE },
    { NULL, "identity-link/l person-a=leo; person-b=zed", TRUE },
    { "c", "staff/s name=x", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Trial trial;
      MashScope *scope;

      trial_begin (&trial, cases[i].contact, FAMILY, cases[i].edits);
      scope = mash_scope_new (&trial.the_case);
      if (mash_scope_contains (scope, mash_group_get_edit (trial.group, 0)) != cases[i].within)
        g_error ("%s: %s", cases[i].edits, cases[i].within ? "out of reach" : "within reach");
      mash_scope_free (scope);
      trial_end (&trial);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/guards/closed-list", test_guards);
  g_test_add_func ("/guards/named", test_named);
  g_test_add_func ("/guards/off-line", test_off_line);
  g_test_add_func ("/guards/unknown", test_unknown);
  g_test_add_func ("/guards/stamps", test_stamps);
  g_test_add_func ("/guards/unchanged", test_unchanged);
  g_test_add_func ("/guards/content-hash", test_content_hash);
  g_test_add_func ("/guards/condition", test_condition);
  g_test_add_func ("/guards/own", test_own);
  g_test_add_func ("/guards/notes", test_notes);
  g_test_add_func ("/guards/scope", test_scope);

  return g_test_run ();
}
