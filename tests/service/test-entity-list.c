/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-entity-list.h"
#include "mash-kinds.h"

/* A list of notes, and what it told and had made. */
typedef struct
{
  MashEntityList *list;
  guint           n_made;
  guint           n_told;
  guint           n_added;
  guint           n_removed;
} Notes;

static MashEntity *
make_cb (MashRecord *record,
         gpointer    data)
{
  Notes *notes = data;

  notes->n_made++;

  return mash_entity_new_for_record (record);
}

static void
on_items_changed_cb (GListModel *model,
                     guint       position,
                     guint       removed,
                     guint       added,
                     Notes      *notes)
{
  notes->n_told++;
  notes->n_added += added;
  notes->n_removed += removed;
}

static MashRecord *
make_note (guint       number,
           gint64      revision,
           const char *text)
{
  g_autofree char *id = g_strdup_printf ("note-%u", number);
  g_autofree GVariant **values = g_new0 (GVariant *, mash_note_kind.n_fields);

  values[mash_kind_find_field (&mash_note_kind, "text")] = g_variant_new_string (text);

  return mash_record_new (&mash_note_kind, id, revision, values, NULL);
}

static void
hold (Notes      *notes,
      guint       number,
      gint64      revision,
      const char *text)
{
  g_autoptr (MashRecord) record = make_note (number, revision, text);

  mash_entity_list_hold (notes->list, record);
}

static void
set_up (Notes         *notes,
        gconstpointer  data)
{
  notes->list = mash_entity_list_new (make_cb, notes);
  g_signal_connect (notes->list, "items-changed", G_CALLBACK (on_items_changed_cb), notes);
  for (guint i = 0; i < 1000; i++)
    hold (notes, i, 1, "Rang the school.");
}

static void
tear_down (Notes         *notes,
           gconstpointer  data)
{
  g_clear_object (&notes->list);
}

static guint
count (Notes *notes)
{
  return g_list_model_get_n_items (G_LIST_MODEL (notes->list));
}

static MashEntity *
get (Notes *notes,
     guint  position)
{
  return g_list_model_get_item (G_LIST_MODEL (notes->list), position);
}

/* What came is told at once, and nobody sees it before. */
static void
test_told_at_once (Notes         *notes,
                   gconstpointer  data)
{
  g_assert_cmpuint (count (notes), ==, 0);
  g_assert_null (get (notes, 0));
  mash_entity_list_tell (notes->list);
  g_assert_cmpuint (count (notes), ==, 1000);
  g_assert_cmpuint (notes->n_told, ==, 1);
  g_assert_cmpuint (notes->n_added, ==, 1000);
  mash_entity_list_tell (notes->list);
  g_assert_cmpuint (notes->n_told, ==, 1);
  g_assert_cmpuint (notes->n_made, ==, 0);
}

/* Only what somebody asks for is made, and once. */
static void
test_made_when_asked (Notes         *notes,
                      gconstpointer  data)
{
  g_autoptr (MashEntity) last = NULL;
  g_autoptr (MashEntity) again = NULL;

  mash_entity_list_tell (notes->list);
  g_assert_null (mash_entity_list_peek (notes->list, 999));
  last = get (notes, 999);
  again = get (notes, 999);
  g_assert_cmpstr (mash_entity_get_id (last), ==, "note-999");
  g_assert_true (again == last);
  g_assert_true (mash_entity_list_peek (notes->list, 999) == last);
  g_assert_true (mash_entity_list_find (notes->list, "note-999") == last);
  g_assert_cmpuint (notes->n_made, ==, 1);
  g_assert_nonnull (mash_entity_list_find (notes->list, "note-3"));
  g_assert_cmpuint (notes->n_made, ==, 2);
  g_assert_null (mash_entity_list_find (notes->list, "note-1000"));
}

/* A record that nobody has looked at yet is as it now stands when somebody does. */
static void
test_renewed (Notes         *notes,
              gconstpointer  data)
{
  g_autoptr (MashEntity) entity = NULL;

  mash_entity_list_tell (notes->list);
  hold (notes, 7, 2, "Rang the school again.");
  mash_entity_list_tell (notes->list);
  g_assert_cmpuint (count (notes), ==, 1000);
  entity = get (notes, 7);
  g_assert_cmpstr (mash_entity_get_text (entity, "text"), ==, "Rang the school again.");
}

static void
test_removed (Notes         *notes,
              gconstpointer  data)
{
  g_autoptr (MashEntity) fresh = mash_entity_new (&mash_note_kind, "note-new");
  g_autoptr (MashEntity) first = NULL;

  mash_entity_list_append (notes->list, fresh);
  g_assert_cmpuint (count (notes), ==, 1001);
  mash_entity_list_remove (notes->list, "note-0");
  mash_entity_list_remove (notes->list, "note-0");
  mash_entity_list_remove (notes->list, "note-new");
  g_assert_cmpuint (count (notes), ==, 999);
  g_assert_cmpuint (notes->n_removed, ==, 2);
  first = get (notes, 0);
  g_assert_cmpstr (mash_entity_get_id (first), ==, "note-1");
  g_assert_null (mash_entity_list_find (notes->list, "note-0"));
}

/* A page may keep the list longer than the file is there. */
static void
test_outlives_file (Notes         *notes,
                    gconstpointer  data)
{
  g_autoptr (MashEntity) entity = NULL;

  mash_entity_list_tell (notes->list);
  mash_entity_list_let_go (notes->list);
  entity = get (notes, 5);
  g_assert_cmpstr (mash_entity_get_id (entity), ==, "note-5");
  g_assert_cmpuint (notes->n_made, ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/entity-list/" path, Notes, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("told-at-once", test_told_at_once);
  ADD ("made-when-asked", test_made_when_asked);
  ADD ("renewed", test_renewed);
  ADD ("removed", test_removed);
  ADD ("outlives-file", test_outlives_file);

  return g_test_run ();
}
