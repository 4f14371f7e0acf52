/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-items.h"
#include "mash-key-list.h"
#include "mash-rows.h"

/* A list over keys that reads nothing before it is looked at. */

#define N_KEYS 5000u

typedef struct
{
  MashKeyList *list;
  GArray      *asked;    /* of guint: the first positions of the pages that were asked for */
  guint        n_keys;   /* of the page that was asked for last */
  gint64       key;      /* the first of it */
  gboolean     answers;  /* at once */
} Reading;

static gpointer
make_row (gint64 key)
{
  MashAccessRow *row = g_new0 (MashAccessRow, 1);

  row->at = key;
  row->person_name = g_strdup_printf ("Person %d", (int) key);

  return row;
}

static GPtrArray *
make_rows (const gint64 *keys,
           guint         n_keys)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_access_row_free);

  for (guint i = 0; i < n_keys; i++)
    g_ptr_array_add (rows, make_row (keys[i]));

  return rows;
}

static void
read_cb (MashKeyList   *list,
         guint          first,
         gconstpointer  keys,
         guint          n_keys,
         gpointer       data)
{
  Reading *reading = data;

  g_array_append_val (reading->asked, first);
  reading->n_keys = n_keys;
  reading->key = *(const gint64 *) keys;
  if (reading->answers)
    {
      g_autoptr (GPtrArray) rows = make_rows (keys, n_keys);

      mash_key_list_take_rows (list, first, rows);
    }
}

static void
set_up (Reading       *reading,
        gconstpointer  data)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; i < N_KEYS; i++)
    {
      gint64 key = 10 * (N_KEYS - i);

      g_array_append_val (keys, key);
    }
  reading->answers = TRUE;
  reading->asked = g_array_new (FALSE, FALSE, sizeof (guint));
  reading->list = mash_key_list_new (MASH_TYPE_ACCESS_ITEM, keys, NULL, read_cb, reading, NULL);
}

static void
tear_down (Reading       *reading,
           gconstpointer  data)
{
  g_array_unref (reading->asked);
  g_assert_finalize_object (reading->list);
}

static char *
dup_name (Reading *reading,
          guint    position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (reading->list), position);
  char *name = NULL;

  g_object_get (item, "person-name", &name, NULL);

  return name;
}

/* The whole length is known at once; the last row is read as soon as the first, and nothing between
 * them is. */
static void
test_ends (Reading       *reading,
           gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reading->list)), ==, N_KEYS);
  g_assert_cmpuint (reading->asked->len, ==, 0);
  g_assert_false (mash_key_list_is_read (reading->list, 0));
  last = dup_name (reading, N_KEYS - 1);
  g_assert_cmpstr (last, ==, "Person 10");
  g_assert_cmpuint (reading->n_keys, ==, N_KEYS % MASH_KEY_LIST_PAGE);
  first = dup_name (reading, 0);
  g_assert_cmpstr (first, ==, "Person 50000");
  g_assert_cmpint (reading->key, ==, 50000);
  g_assert_cmpuint (reading->asked->len, ==, 2);
  g_assert_true (mash_key_list_is_read (reading->list, 0));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (reading->list), N_KEYS));
}

/* Whoever goes through all of it never has more than a few pages in memory, and finds each row. */
static void
test_bounded (Reading       *reading,
              gconstpointer  data)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *name = dup_name (reading, i);
      g_autofree char *expected = g_strdup_printf ("Person %u", 10 * (N_KEYS - i));

      g_assert_cmpstr (name, ==, expected);
      g_assert_cmpuint (mash_key_list_get_n_held (reading->list), <=,
                        MASH_KEY_LIST_PAGE * MASH_KEY_LIST_MAX_PAGES);
    }
  g_assert_cmpuint (reading->asked->len, ==,
                    (N_KEYS + MASH_KEY_LIST_PAGE - 1) / MASH_KEY_LIST_PAGE);
  g_free (dup_name (reading, N_KEYS - 1));
  g_assert_cmpuint (reading->asked->len, ==,
                    (N_KEYS + MASH_KEY_LIST_PAGE - 1) / MASH_KEY_LIST_PAGE);
  g_free (dup_name (reading, 0));
  g_assert_cmpuint (reading->asked->len, ==,
                    (N_KEYS + MASH_KEY_LIST_PAGE - 1) / MASH_KEY_LIST_PAGE + 1);
}

static void
on_notify_cb (GObject    *item,
              GParamSpec *pspec,
              guint      *n_told)
{
  (*n_told)++;
}

/* What is shown before it has been read fills itself in; a row that is there no more stays blank;
 * rows of a page that is another by now, or that nobody holds, are let go. */
static void
test_late (Reading       *reading,
           gconstpointer  data)
{
  const gint64 keys[2] = { 7, 8 };
  g_autoptr (GObject) item = NULL;
  g_autoptr (GPtrArray) others = make_rows (keys, 2);
  g_autoptr (GPtrArray) far = make_rows (keys, 2);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *blank = NULL;
  g_autofree char *name = NULL;
  gint64 page[MASH_KEY_LIST_PAGE] = { 0 };
  guint n_told = 0;

  reading->answers = FALSE;
  item = g_list_model_get_item (G_LIST_MODEL (reading->list), 0);
  g_signal_connect (item, "notify::person-name", G_CALLBACK (on_notify_cb), &n_told);
  mash_key_list_take_rows (reading->list, 0, others);
  mash_key_list_take_rows (reading->list, 4 * MASH_KEY_LIST_PAGE, far);
  g_assert_cmpuint (n_told, ==, 0);

  rows = make_rows (page, MASH_KEY_LIST_PAGE);
  mash_access_row_free (g_ptr_array_index (rows, 1));
  g_ptr_array_index (rows, 1) = NULL;
  mash_key_list_take_rows (reading->list, 0, rows);
  g_assert_cmpuint (n_told, ==, 1);
  g_object_get (item, "person-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Person 0");
  blank = dup_name (reading, 1);
  g_assert_null (blank);
}

/* Rows that came with the keys are not asked for again. */
static void
test_begun (Reading       *reading,
            gconstpointer  data)
{
  gint64 keys[MASH_KEY_LIST_PAGE] = { 0 };
  g_autoptr (GPtrArray) rows = make_rows (keys, MASH_KEY_LIST_PAGE);

  mash_key_list_begin (reading->list, rows);
  g_assert_cmpuint (rows->len, ==, 0);
  g_free (dup_name (reading, MASH_KEY_LIST_PAGE - 1));
  g_assert_cmpuint (reading->asked->len, ==, 0);
  g_free (dup_name (reading, MASH_KEY_LIST_PAGE));
  g_assert_cmpuint (reading->asked->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/key-list/ends", Reading, NULL, set_up, test_ends, tear_down);
  g_test_add ("/key-list/bounded", Reading, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/key-list/late", Reading, NULL, set_up, test_late, tear_down);
  g_test_add ("/key-list/begun", Reading, NULL, set_up, test_begun, tear_down);

  return g_test_run ();
}
