/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a paragraph apart from the rest of it, and together again. Who may have them is
 * tested against the hub's rule, in test-hub-judge. */

#include "config.h"

#include <string.h>

#include "mash-handling.h"
#include "mash-kinds.h"
#include "mash-merge.h"

#define ID "0192f000-0000-7000-8000-000000000001"

static MashEdit *
make_paragraph (gint64      base,
                const char *text,
                const char *basis)
{
  MashEdit *edit = mash_edit_new (&mash_sd_paragraph_kind, ID, base);

  mash_edit_set_text (edit, "text", text);
  mash_edit_set_text (edit, "basis", basis);
  mash_edit_set_text (edit, "text-hash", text != NULL ? "abc" : NULL);

  return edit;
}

static MashEdit *
make_note (void)
{
  MashEdit *edit = mash_edit_new (&mash_sd_note_kind, ID, 0);

  mash_edit_set_text (edit, "text", "Said so");

  return edit;
}

static const char *
get_text (MashGroup *group,
          guint      i)
{
  return mash_edit_get_text (mash_group_get_edit (group, i), "text");
}

static void
test_part (void)
{
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", NULL);
  MashEdit *rest, *words;

  mash_group_take_edit (group, make_note ());
  mash_group_take_edit (group, make_paragraph (0, "The words", "FACT"));
  mash_group_take_edit (group, make_note ());
  mash_handling_part_words (group);

  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 4);
  g_assert_cmpstr (get_text (group, 0), ==, "Said so");
  rest = mash_group_get_edit (group, 1);
  words = mash_group_get_edit (group, 2);
  g_assert_true (mash_edit_is_new (rest));
  g_assert_null (mash_edit_get_text (rest, "text"));
  g_assert_cmpstr (mash_edit_get_text (rest, "basis"), ==, "FACT");
  g_assert_cmpstr (mash_edit_get_text (rest, "text-hash"), ==, "abc");
  g_assert_cmpint (mash_edit_get_base (words), ==, 1);
  g_assert_cmpstr (mash_edit_get_text (words, "text"), ==, "The words");
  g_assert_null (mash_edit_get_text (words, "basis"));

  mash_handling_join_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 3);
  g_assert_true (mash_edit_is_new (mash_group_get_edit (group, 1)));
  g_assert_cmpstr (get_text (group, 1), ==, "The words");
  g_assert_cmpstr (mash_edit_get_text (mash_group_get_edit (group, 1), "basis"), ==, "FACT");
}

/* Of a paragraph that is there already, and one that is void from now on. */
static void
test_part_later (void)
{
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", NULL);
  MashEdit *edit = make_paragraph (4, "Other words", NULL);

  mash_edit_void (edit, "Twice");
  mash_group_take_edit (group, edit);
  mash_handling_part_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 2);
  g_assert_cmpint (mash_edit_get_base (mash_group_get_edit (group, 0)), ==, 4);
  g_assert_cmpint (mash_edit_get_base (mash_group_get_edit (group, 1)), ==, 5);
  g_assert_cmpstr (mash_edit_get_voided (mash_group_get_edit (group, 0)), ==, "Twice");
  g_assert_null (mash_edit_get_voided (mash_group_get_edit (group, 1)));

  mash_handling_join_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 1);
  g_assert_cmpint (mash_edit_get_base (mash_group_get_edit (group, 0)), ==, 4);
  g_assert_cmpstr (mash_edit_get_voided (mash_group_get_edit (group, 0)), ==, "Twice");
  g_assert_cmpstr (get_text (group, 0), ==, "Other words");
}

/* What is one edit, stays one; what is no more than two edits of the same record, stays two. */
static void
test_stays (void)
{
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", NULL);
  MashEdit *words = mash_edit_new (&mash_sd_paragraph_kind, ID, 3);

  mash_edit_set_text (words, "text", "Words alone");
  mash_group_take_edit (group, words);
  mash_handling_part_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 1);

  mash_group_take_edit (group, make_paragraph (4, "And with more", "FACT"));
  mash_handling_join_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 2);

  /* Words that do not follow, and words of which the first edit said some already. */
  mash_group_take_edit (group, make_paragraph (9, "Not behind it", NULL));
  mash_group_take_edit (group, make_paragraph (5, "Twice", NULL));
  mash_handling_join_words (group);
  g_assert_cmpuint (mash_group_get_n_edits (group), ==, 4);
}

static void
test_cover (void)
{
  g_autoptr (MashEdit) edit = make_paragraph (0, "The words", "FACT");
  g_autoptr (MashRecord) record = mash_merge_apply (edit, NULL, "", "", "");
  g_autoptr (MashRecord) covered = mash_handling_cover (record);

  g_assert_null (mash_record_get_text (covered, "text"));
  g_assert_cmpstr (mash_record_get_text (covered, "basis"), ==, "FACT");
  g_assert_cmpstr (mash_record_get_text (covered, "text-hash"), ==, "abc");
  g_assert_cmpstr (mash_record_get_id (covered), ==, ID);
  g_assert_cmpint (mash_record_get_revision (covered), ==, mash_record_get_revision (record));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/handling/part", test_part);
  g_test_add_func ("/handling/part-later", test_part_later);
  g_test_add_func ("/handling/stays", test_stays);
  g_test_add_func ("/handling/cover", test_cover);

  return g_test_run ();
}
