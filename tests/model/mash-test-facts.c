/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-test-facts.h"

#include <string.h>

#include "mash-vectors.h"

struct _MashTestFacts
{
  GObject    parent_instance;

  GPtrArray *records;
};

static void mash_test_facts_iface_init (MashFactsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashTestFacts, mash_test_facts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS,
                                                      mash_test_facts_iface_init))

static guint
find (MashTestFacts *self,
      const char    *kind,
      const char    *id)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (mash_record_get_kind (record)->name, kind) == 0 &&
          strcmp (mash_record_get_id (record), id) == 0)
        return i;
    }

  return self->records->len;
}

static MashRecord *
mash_test_facts_lookup (MashFacts  *facts,
                        const char *kind,
                        const char *id)
{
  MashTestFacts *self = MASH_TEST_FACTS (facts);
  guint i = find (self, kind, id);

  return i < self->records->len ? mash_record_ref (g_ptr_array_index (self->records, i)) : NULL;
}

static GPtrArray *
mash_test_facts_list (MashFacts  *facts,
                      const char *kind,
                      const char *field,
                      const char *value)
{
  MashTestFacts *self = MASH_TEST_FACTS (facts);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  g_assert_cmpuint (mash_kind_find_field (mash_kind_lookup (kind), field), !=, MASH_NO_FIELD);
  for (guint i = 0; i < self->records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (mash_record_get_kind (record)->name, kind) == 0 &&
          g_strcmp0 (mash_record_get_text (record, field), value) == 0)
        g_ptr_array_add (found, mash_record_ref (record));
    }

  return found;
}

static void
mash_test_facts_iface_init (MashFactsInterface *iface)
{
  iface->lookup = mash_test_facts_lookup;
  iface->list = mash_test_facts_list;
}

static void
mash_test_facts_finalize (GObject *object)
{
  g_ptr_array_unref (MASH_TEST_FACTS (object)->records);

  G_OBJECT_CLASS (mash_test_facts_parent_class)->finalize (object);
}

static void
mash_test_facts_class_init (MashTestFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_test_facts_finalize;
}

static void
mash_test_facts_init (MashTestFacts *self)
{
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
}

MashTestFacts *
mash_test_facts_new (void)
{
  vectors_begin ();

  return g_object_new (MASH_TYPE_TEST_FACTS, NULL);
}

/* Fills in one field from text: “yes” and “no” are those of yes-or-no fields, and a set has one
 * member. */
static void
fill (MashEdit   *edit,
      const char *field,
      const char *text)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint i = mash_kind_find_field (kind, field);

  g_assert_cmpuint (i, !=, MASH_NO_FIELD);
  if (kind->fields[i].type == MASH_FIELD_BOOL)
    mash_edit_set_flag (edit, field, strcmp (text, "yes") == 0);
  else if (kind->fields[i].type == MASH_FIELD_CODES ||
           kind->fields[i].type == MASH_FIELD_REFERENCES)
    mash_edit_set_set (edit, field, (const char *const[]) { text, NULL });
  else
    mash_edit_set_text (edit, field, text);
}

static MashRecord *
make_record (MashRecord *before,
             const char *kind,
             const char *id,
             va_list     pairs)
{
  g_autoptr (MashEdit) edit = before != NULL ? mash_edit_new_for (before)
                                             : mash_edit_new (mash_kind_lookup (kind), id, 0);

  for (const char *field = va_arg (pairs, const char *); field != NULL;
       field = va_arg (pairs, const char *))
    fill (edit, field, va_arg (pairs, const char *));

  return mash_edit_apply (edit, before, NULL);
}

/* A record with the fields that follow as pairs of name and text. */
MashRecord *
mash_test_record (const char *kind,
                  const char *id,
                  ...)
{
  MashRecord *record;
  va_list pairs;

  va_start (pairs, id);
  record = make_record (NULL, kind, id, pairs);
  va_end (pairs);

  return record;
}

/* Puts a record in the place of the one of the same id, or last. */
void
mash_test_facts_add (MashTestFacts *self,
                     MashRecord    *record)
{
  guint i = find (self, mash_record_get_kind (record)->name, mash_record_get_id (record));

  if (i < self->records->len)
    g_ptr_array_remove_index (self->records, i);
  g_ptr_array_insert (self->records, (gint) i, mash_record_ref (record));
}

/* Makes the record, or alters the fields that follow. */
void
mash_test_facts_put (MashTestFacts *self,
                     const char    *kind,
                     const char    *id,
                     ...)
{
  g_autoptr (MashRecord) before = mash_test_facts_lookup (MASH_FACTS (self), kind, id);
  MashRecord *after;
  va_list pairs;

  va_start (pairs, id);
  after = make_record (before, kind, id, pairs);
  va_end (pairs);
  vectors_put (after);

  mash_test_facts_add (self, after);
  mash_record_unref (after);
}

/* Makes a record of which nothing is known but who made it, and when. */
void
mash_test_facts_put_stamped (MashTestFacts    *self,
                             const char       *kind,
                             const char       *id,
                             const MashStamps *stamps)
{
  g_autoptr (MashEdit) edit = mash_edit_new (mash_kind_lookup (kind), id, 0);
  MashRecord *record = mash_edit_apply (edit, NULL, stamps);

  vectors_put (record);
  g_ptr_array_add (self->records, record);
}

/* Does what the edits of @group say, unasked. */
void
mash_test_facts_apply (MashTestFacts *self,
                       MashGroup     *group)
{
  gboolean said = vectors_apply (group);

  for (guint e = 0; e < mash_group_get_n_edits (group); e++)
    {
      MashEdit *edit = mash_group_get_edit (group, e);
      guint i = find (self, mash_edit_get_kind (edit)->name, mash_edit_get_id (edit));
      MashRecord *held = i < self->records->len ? g_ptr_array_index (self->records, i) : NULL;
      MashRecord *after = mash_edit_apply (edit, held, NULL);

      if (!said)
        vectors_put (after);
      mash_test_facts_add (self, after);
      mash_record_unref (after);
    }
}

void
mash_test_facts_remove (MashTestFacts *self,
                        const char    *kind,
                        const char    *id)
{
  guint i = find (self, kind, id);

  g_assert_cmpuint (i, <, self->records->len);
  vectors_remove (kind, id);
  g_ptr_array_remove_index (self->records, i);
}
