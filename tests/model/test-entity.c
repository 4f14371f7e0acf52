/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-kinds.h"

/* Each kind makes an entity whose properties are its fields, and no two share a name. */
static void
test_every_kind (void)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autoptr (MashEntity) entity = mash_entity_new (kinds[i], "an-id");

      g_assert_true (mash_kind_lookup (kinds[i]->name) == kinds[i]);
      g_assert_true (mash_entity_get_kind (entity) == kinds[i]);
      for (guint f = 0; f < kinds[i]->n_fields; f++)
        {
          g_assert_cmpuint (mash_kind_find_field (kinds[i], kinds[i]->fields[f].name), ==, f);
          g_assert_nonnull (g_object_class_find_property (G_OBJECT_GET_CLASS (entity),
                                                          kinds[i]->fields[f].name));
          g_assert_nonnull (kinds[i]->fields[f].label);
          if (kinds[i]->fields[f].type == MASH_FIELD_REFERENCE ||
              kinds[i]->fields[f].type == MASH_FIELD_REFERENCES)
            g_assert_nonnull (mash_kind_lookup (kinds[i]->fields[f].of));
          if (kinds[i]->fields[f].type == MASH_FIELD_CODE ||
              kinds[i]->fields[f].type == MASH_FIELD_CODES)
            g_assert_nonnull (kinds[i]->fields[f].of);
        }
      g_assert_finalize_object (g_steal_pointer (&entity));
    }
}

static void
on_notify_cb (GObject    *object,
              GParamSpec *pspec,
              guint      *count)
{
  (*count)++;
}

static void
test_edit (void)
{
  g_autoptr (MashEntity) person = mash_entity_new (&mash_person_kind, "p-1");
  g_autoptr (MashEdit) edit = NULL;
  g_autoptr (MashRecord) record = NULL;
  guint notified = 0;

  g_signal_connect (person, "notify::known-as", G_CALLBACK (on_notify_cb), &notified);
  g_object_set (person, "known-as", "Zoë", NULL);
  g_object_set (person, "known-as", "Zoë", NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (mash_entity_get_changed (person));

  edit = mash_entity_dup_edit (person);
  g_assert_true (mash_edit_is_new (edit));
  g_assert_cmpstr (mash_edit_get_text (edit, "known-as"), ==, "Zoë");
  record = mash_edit_apply (edit, NULL, NULL);
  g_assert_cmpint (mash_record_get_revision (record), ==, 1);

  mash_entity_set_record (person, record);
  g_assert_false (mash_entity_get_changed (person));
  g_assert_cmpuint (notified, ==, 1);
}

/* What arrives from elsewhere does not wipe out what is being typed. */
static void
test_typing_survives_update (void)
{
  g_autoptr (MashEdit) first = mash_edit_new (&mash_person_kind, "p-1", 0);
  g_autoptr (MashRecord) one = NULL;
  g_autoptr (MashRecord) two = NULL;
  g_autoptr (MashEntity) person = NULL;
  g_autoptr (MashEdit) second = NULL;

  mash_edit_set_text (first, "known-as", "Zoe");
  mash_edit_set_text (first, "religion", "None");
  one = mash_edit_apply (first, NULL, NULL);
  person = mash_entity_new_for_record (one);
  mash_entity_set_text (person, "known-as", "Zoë");

  second = mash_edit_new_for (one);
  mash_edit_set_text (second, "known-as", "Zo");
  mash_edit_set_text (second, "religion", "Quaker");
  two = mash_edit_apply (second, one, NULL);
  mash_entity_set_record (person, two);

  g_assert_cmpstr (mash_entity_get_text (person, "known-as"), ==, "Zoë");
  g_assert_cmpstr (mash_entity_get_text (person, "religion"), ==, "Quaker");
  g_assert_true (mash_entity_get_changed (person));
  mash_entity_discard (person);
  g_assert_cmpstr (mash_entity_get_text (person, "known-as"), ==, "Zo");
}

static void
test_forms (void)
{
  static const struct
  {
    MashFieldType type;
    const char   *text;
    gboolean      right;
  } rows[] = {
    { MASH_FIELD_DATE, "2026-02-28", TRUE },
    { MASH_FIELD_DATE, "2026-02-30", FALSE },
    { MASH_FIELD_DATE, "1900-02-29", FALSE },
    { MASH_FIELD_DATE, "2026-02", FALSE },
    { MASH_FIELD_DATE, " 2026-02-28", FALSE },
    { MASH_FIELD_DATE, "0000-01-01", FALSE },
    { MASH_FIELD_PARTIAL_DATE, "2026", TRUE },
    { MASH_FIELD_PARTIAL_DATE, "2026-13", FALSE },
    { MASH_FIELD_PARTIAL_DATE, "99999", FALSE },
    { MASH_FIELD_TIME, "2026-10-25T01:30:00.000Z", TRUE },
    { MASH_FIELD_TIME, "2026-10-25T24:30:00.000Z", FALSE },
    { MASH_FIELD_TIME, "2026-10-25T01:30:00Z", FALSE },
    { MASH_FIELD_INT, "-3", TRUE },
    { MASH_FIELD_INT, "+3", FALSE },
    { MASH_FIELD_INT, "03", FALSE },
    { MASH_FIELD_CODE, "S47", TRUE },
    { MASH_FIELD_CODE, "a b", FALSE },
    { MASH_FIELD_CODE, "", FALSE },
    { MASH_FIELD_TEXT, "one\ntwo", FALSE },
    { MASH_FIELD_RICH, "one\ntwo", TRUE },
    { MASH_FIELD_RICH, "bell\a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MashField field = { "field", rows[i].type, "Field" };
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (rows[i].text));

      g_test_message ("“%s”", rows[i].text);
      g_assert_cmpint (mash_field_check_value (&field, value), ==, rows[i].right);
    }
}

/* What is pasted from another system is taken, without what it cannot hold. */
static void
test_pasted (void)
{
  g_autoptr (MashEntity) contact = mash_entity_new (&mash_contact_kind, "c-1");

  g_object_set (contact, "presenting-concern", "Came in late.\r\nCold\a and hungry.\rAlone.",
                "ward", "Pleck\r\nWard\tSouth", NULL);
  g_assert_cmpstr (mash_entity_get_text (contact, "presenting-concern"), ==,
                   "Came in late.\nCold and hungry.\nAlone.");
  g_assert_cmpstr (mash_entity_get_text (contact, "ward"), ==, "Pleck Ward South");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/entity/every-kind", test_every_kind);
  g_test_add_func ("/model/entity/edit", test_edit);
  g_test_add_func ("/model/entity/typing-survives-update", test_typing_survives_update);
  g_test_add_func ("/model/entity/forms", test_forms);
  g_test_add_func ("/model/entity/pasted", test_pasted);

  return g_test_run ();
}
