/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-versions.h"

#include <string.h>

#include "mash-kinds.h"

typedef struct
{
  MashFacts   *facts;
  MashGroup   *from;
  MashGroup   *to;
  MashIdSource make_id;
  gpointer     data;
  guint        n;
} Dividing;

/**
 * mash_versions_dup_words:
 * @value: (nullable): what stands in a field
 *
 * Returns: (transfer full): it in words, as the chair reads it; “—” where something was taken away
 */
char *
mash_versions_dup_words (GVariant *value)
{
  g_autofree const char **set = NULL;

  if (value == NULL)
    return g_strdup ("—");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "yes" : "no");
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return g_variant_dup_string (value, NULL);

  set = g_variant_get_strv (value, NULL);

  return set[0] != NULL ? g_strjoinv (" ", (char **) set) : g_strdup ("—");
}

static void
keep_version (Dividing   *self,
              MashRecord *record,
              const char *field,
              GVariant   *value)
{
  guint agency = mash_kind_find_field (mash_record_get_kind (record), "agency");
  gboolean is_discussion = mash_record_get_kind (record) == &mash_strategy_discussion_kind;
  g_autofree char *id = self->make_id (self->data);
  g_autofree char *words = mash_versions_dup_words (value);
  MashEdit *version = mash_edit_new (&mash_sd_version_kind, id, 0);

  mash_edit_set_text (version, "contact", mash_group_get_contact (self->from));
  mash_edit_set_text (version, "discussion",
                      is_discussion ? mash_record_get_id (record)
                                    : mash_record_get_text (record, "discussion"));
  mash_edit_set_text (version, "of-kind", mash_record_get_kind (record)->name);
  mash_edit_set_text (version, "of-record", mash_record_get_id (record));
  mash_edit_set_text (version, "of-field", field);
  if (agency != MASH_NO_FIELD)
    mash_edit_set_text (version, "agency", mash_record_get_text (record, "agency"));
  mash_edit_set_text (version, "text", words);
  mash_group_take_edit (self->to, version);
  self->n++;
}

/* Each field that stands otherwise than its writer saw it becomes a version; the rest goes on. */
static void
divide_edit (Dividing   *self,
             MashEdit   *edit,
             MashRecord *record)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  gboolean is_void = mash_record_get_stamps (record)->voided_at != NULL;
  MashEdit *rest = mash_edit_new_for (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      GVariant *now = mash_edit_get_now (edit, i);
      GVariant *stands = mash_record_get_value (record, i);

      if (!mash_edit_touches (edit, i) || mash_values_equal (now, stands))
        continue;
      if (is_void || !mash_values_equal (mash_edit_get_was (edit, i), stands))
        keep_version (self, record, kind->fields[i].name, now);
      else
        mash_edit_set (rest, i, stands, now);
    }
  if (mash_edit_get_voided (edit) != NULL && !is_void)
    mash_edit_void (rest, mash_edit_get_voided (edit));
  mash_group_take_edit (self->to, rest);
}

/* An agency has one view; who writes a second one writes another version of it. */
static MashRecord *
find_view (Dividing *self,
           MashEdit *edit)
{
  const char *discussion = mash_edit_get_text (edit, "discussion");
  g_autoptr (GPtrArray) views = NULL;

  if (mash_edit_get_kind (edit) != &mash_sd_view_kind || discussion == NULL)
    return NULL;

  views = mash_facts_list (self->facts, "sd-view", "discussion", discussion);
  for (guint i = 0; i < views->len; i++)
    {
      MashRecord *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (mash_record_get_text (view, "agency"),
                     mash_edit_get_text (edit, "agency")) == 0)
        return mash_record_ref (view);
    }

  return NULL;
}

static void
divide_view (Dividing   *self,
             MashEdit   *edit,
             MashRecord *view)
{
  static const char *const fields[] = { "position", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      guint field = mash_kind_find_field (&mash_sd_view_kind, fields[i]);

      if (mash_edit_touches (edit, field) &&
          !mash_values_equal (mash_edit_get_now (edit, field),
                              mash_record_get_value (view, field)))
        keep_version (self, view, fields[i], mash_edit_get_now (edit, field));
    }
}

/**
 * mash_versions_divide:
 * @facts: facts as they stand
 * @group: what somebody wrote, by what they saw when they began
 * @make_id: gives ids of the versions
 * @data: for @make_id
 * @n_versions: (out): how many fields somebody else had altered meanwhile
 *
 * Takes apart what can be saved as it is and what somebody else has altered meanwhile: that is kept
 * as other versions, which the chair settles. Any thread.
 *
 * Returns: (transfer full): a group that collides with nothing
 */
MashGroup *
mash_versions_divide (MashFacts   *facts,
                      MashGroup   *group,
                      MashIdSource make_id,
                      gpointer     data,
                      guint       *n_versions)
{
  Dividing self = {
    .facts = facts, .from = group, .make_id = make_id, .data = data,
    .to = mash_group_new (mash_group_get_deed (group), mash_group_get_contact (group)),
  };

  mash_group_set_reason (self.to, mash_group_get_reason (group));
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);
      g_autoptr (MashRecord) record = mash_facts_lookup (facts, mash_edit_get_kind (edit)->name,
                                                         mash_edit_get_id (edit));
      g_autoptr (MashRecord) view = record == NULL ? find_view (&self, edit) : NULL;

      if (record != NULL)
        divide_edit (&self, edit, record);
      else if (view != NULL)
        divide_view (&self, edit, view);
      else
        mash_group_take_edit (self.to, mash_edit_copy (edit));
    }
  *n_versions = self.n;

  return self.to;
}
