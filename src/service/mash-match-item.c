/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-people.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-comparison.h"
#include "mash-kinds.h"

static GType string_type (void) { return G_TYPE_STRING; }
static GType int64_type (void) { return G_TYPE_INT64; }
static GType uint_type (void) { return G_TYPE_UINT; }
static GType bool_type (void) { return G_TYPE_BOOLEAN; }

#define ROW(member) G_STRUCT_OFFSET (MashMatchRow, member)

static const MashItemMember match_members[] = {
  { "person", string_type, ROW (person) },
  { "person-name", string_type, ROW (person_name) },
  { "other", string_type, ROW (other) },
  { "other-name", string_type, ROW (other_name) },
  { "birth", string_type, ROW (birth) },
  { "address", string_type, ROW (address) },
  { "reference", string_type, ROW (reference) },
  { "contact", string_type, ROW (contact) },
  { "contacts", uint_type, ROW (contacts) },
  { "score", uint_type, ROW (score) },
  { "link", string_type, ROW (link) },
  { "state", string_type, ROW (state) },
  { "why", string_type, ROW (why) },
  { "proposed-by", string_type, ROW (proposed_by) },
  { "proposed-name", string_type, ROW (proposed_name) },
  { "decided-name", string_type, ROW (decided_name) },
  { "proposed-at", int64_type, ROW (proposed_at) },
  { "decided-at", int64_type, ROW (decided_at) },
};

#undef ROW
#define ROW(member) G_STRUCT_OFFSET (MashComparisonRow, member)

static const MashItemMember comparison_members[] = {
  { "label", string_type, ROW (label) },
  { "one", string_type, ROW (one) },
  { "other", string_type, ROW (other) },
  { "result", string_type, ROW (result) },
  { "date", bool_type, ROW (date) },
};

#undef ROW

struct _MashMatchItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashMatchItem, mash_match_item, MASH_TYPE_ITEM)

static void
mash_match_item_class_init (MashMatchItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), match_members,
                                   G_N_ELEMENTS (match_members),
                                   (GDestroyNotify) mash_match_row_free);
}

static void
mash_match_item_init (MashMatchItem *self)
{
}

struct _MashComparisonItem
{
  MashItem parent_instance;
};

G_DEFINE_FINAL_TYPE (MashComparisonItem, mash_comparison_item, MASH_TYPE_ITEM)

static void
mash_comparison_item_class_init (MashComparisonItemClass *klass)
{
  mash_item_class_install_members (MASH_ITEM_CLASS (klass), comparison_members,
                                   G_N_ELEMENTS (comparison_members),
                                   (GDestroyNotify) mash_comparison_row_free);
}

static void
mash_comparison_item_init (MashComparisonItem *self)
{
}

/**
 * mash_match_item_dup_reasons:
 * @self: a match
 *
 * Returns: (transfer full): each reason in words with its weight, such as “+30 the same date of
 *   birth”
 */
char **
mash_match_item_dup_reasons (MashMatchItem *self)
{
  const MashMatchRow *row = mash_item_get_row (MASH_ITEM (self));
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint bit = 0; bit < 32; bit++)
    {
      MashMatchReasons reason = row->reasons & (1u << bit);
      g_auto (GStrv) words = NULL;
      g_autofree char *line = NULL;
      int points;

      if (reason == 0)
        continue;
      words = mash_match_dup_words (reason);
      points = mash_match_get_points (reason);
      line = g_strdup_printf ("%s%d  %s", points < 0 ? "−" : "+", ABS (points), _(words[0]));
      g_strv_builder_add (lines, line);
    }

  return g_strv_builder_end (lines);
}

/* What is said */

static MashGroup *
dup_new_link (MashService        *self,
              const MashMatchRow *row,
              const char         *deed,
              const char         *state,
              const char         *why)
{
  MashGroup *group = mash_group_new (deed, NULL);
  g_autofree char *id = mash_service_make_id (self);
  g_auto (GStrv) words = mash_match_dup_words (row->reasons);
  g_autofree char *evidence = g_strjoinv ("; ", words);
  MashEdit *edit = mash_edit_new (&mash_identity_link_kind, id, 0);

  mash_edit_set_text (edit, "person-a", row->person);
  mash_edit_set_text (edit, "person-b", row->other);
  mash_edit_set_text (edit, "state", state);
  mash_edit_set_int (edit, "score", row->score);
  if (*evidence != '\0')
    mash_edit_set_text (edit, "evidence", evidence);
  if (why != NULL && *why != '\0')
    mash_edit_set_text (edit, "why", why);
  mash_group_take_edit (group, edit);

  return group;
}

/**
 * mash_service_dup_link_group:
 * @self: a service, signed in
 * @match: two people, as they were compared
 * @deed: `propose-link` `tell-apart` `approve-link` `decline-link` `undo-link`
 * @state: the state that follows, a code of the list DUP
 * @why: (nullable): why
 *
 * Returns: (transfer full): what says it
 */
MashGroup *
mash_service_dup_link_group (MashService   *self,
                             MashMatchItem *match,
                             const char    *deed,
                             const char    *state,
                             const char    *why)
{
  const MashMatchRow *row = mash_item_get_row (MASH_ITEM (match));
  guint field = mash_kind_find_field (&mash_identity_link_kind, "state");
  g_autoptr (GVariant) was = NULL;
  g_autoptr (GVariant) now = NULL;
  MashGroup *group;
  MashEdit *edit;

  if (strcmp (deed, "propose-link") == 0 || strcmp (deed, "tell-apart") == 0)
    return dup_new_link (self, row, deed, state, why);

  group = mash_group_new (deed, NULL);
  mash_group_set_reason (group, why);
  edit = mash_edit_new (&mash_identity_link_kind, row->link, 1);
  was = g_variant_ref_sink (g_variant_new_string (row->state));
  now = g_variant_ref_sink (g_variant_new_string (state));
  mash_edit_set (edit, field, was, now);
  mash_group_take_edit (group, edit);

  return group;
}

static void
alter (MashEdit   *edit,
       MashEntity *entity,
       const char *name,
       const char *text)
{
  guint field = mash_kind_find_field (mash_entity_get_kind (entity), name);
  g_autoptr (GVariant) now = text != NULL ? g_variant_ref_sink (g_variant_new_string (text))
                                          : NULL;

  mash_edit_set (edit, field, mash_record_get_value (mash_entity_get_record (entity), field), now);
}

/* In the contact the child is a child from now on. */
static void
add_subjects (MashContactFile *file,
              MashGroup       *group,
              const char      *person)
{
  GListModel *subjects = mash_contact_file_get_list (file, "contact-subject");

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);
      MashEdit *edit;

      if (mash_entity_get_record (subject) == NULL ||
          g_strcmp0 (mash_entity_get_text (subject, "person"), person) != 0 ||
          g_strcmp0 (mash_entity_get_text (subject, "role"), "CHILD") == 0)
        continue;
      edit = mash_edit_new_for (mash_entity_get_record (subject));
      alter (edit, subject, "role", "CHILD");
      mash_group_take_edit (group, edit);
    }
}

/**
 * mash_contact_file_dup_birth_group:
 * @file: an open contact
 * @person: the id of an unborn child in it, as saved
 * @forenames: (nullable): how the child is called
 * @birth: the date of birth
 * @born_at: (nullable): the instant of birth
 * @sex: a code of the list SEX
 *
 * The child stays the same record, with its contacts, history and clocks; the date it was expected
 * on is kept beside the date of birth.
 *
 * Returns: (transfer full): what records the birth
 */
MashGroup *
mash_contact_file_dup_birth_group (MashContactFile *file,
                                   const char      *person,
                                   const char      *forenames,
                                   const char      *birth,
                                   const char      *born_at,
                                   const char      *sex)
{
  MashEntity *child = mash_contact_file_find (file, person);
  MashGroup *group;
  MashEdit *edit;

  g_return_val_if_fail (child != NULL && mash_entity_get_record (child) != NULL, NULL);

  group = mash_group_new ("record-birth",
                          mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
  edit = mash_edit_new_for (mash_entity_get_record (child));
  alter (edit, child, "kind", "CHILD");
  if (forenames != NULL && *forenames != '\0')
    alter (edit, child, "legal-forenames", forenames);
  alter (edit, child, "birth", birth);
  if (born_at != NULL)
    alter (edit, child, "born-at", born_at);
  alter (edit, child, "sex", sex);
  alter (edit, child, "was-due", mash_record_get_text (mash_entity_get_record (child),
                                                       "expected-birth"));
  alter (edit, child, "expected-birth", NULL);
  if (g_strcmp0 (mash_entity_get_text (child, "upn-unknown"), "UN6") == 0)
    alter (edit, child, "upn-unknown", NULL);
  mash_group_take_edit (group, edit);
  add_subjects (file, group, person);

  return group;
}
