/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline of a family of 12 people with 10,000 entries: its first screen, filtered, searched
 * and jumped in, against a bare SELECT that ends with the same rows, and scrolled in the real
 * window, against plain lists of 1,000 rows. */

#include "config.h"

#include <stdlib.h>

#include "mash-bench.h"
#include "mash-contact.h"
#include "mash-person.h"
#include "mash-small-hub.h"
#include "mash-store-private.h"
#include "timeline-scroll.h"

#define N_PEOPLE 12
#define N_ENTRIES 10000

/* As many rows as the service reads at once. */
#define SCREEN 64

/* What a person waits for at most before the first screen is read, in milliseconds. */
#define FIRST_SCREEN_MS 20.0

/* The projection alone is filled, as the rules would fill it: reading a timeline reads nothing else
 * of an entry. Fifteen years, each entry about one of the family, one in seven about two. */
#define FILL \
  "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %d)," \
  " person_of (i, n, id) AS (SELECT row_number () OVER (ORDER BY n) - 1, n, id FROM person)," \
  " word (i, word) AS (VALUES (0, 'school'), (1, 'nursery'), (2, 'police'), (3, 'midwife')," \
  "  (4, 'surgery'), (5, 'housing'), (6, 'grandmother'))" \
  " INSERT INTO timeline (n, id, contact, position, at, until, precision, kind, deed, weight," \
  " harm, whole, headline, words, people, author, post, source, handling, record_kind," \
  " record, marks)" \
  " SELECT 100000 + k.i, printf ('00000000-0000-7000-8000-%%012d', k.i), c.id, 100000 + k.i," \
  " 1300000000000000 + (k.i * 7919 %% 1000003) * 470000000, 0, 'time'," \
  " CASE k.i %% 4 WHEN 0 THEN 'NOTE' WHEN 1 THEN 'CALL' WHEN 2 THEN 'MISSING' ELSE 'OTHER' END," \
  " CASE k.i %% 4 WHEN 0 THEN 'note' END," \
  " CASE k.i %% 4 WHEN 0 THEN -1 ELSE k.i %% 3 END, k.i %% 11 = 0, 0," \
  " CASE k.i %% 4 WHEN 0 THEN NULL ELSE 'What the ' || word.word || ' told of the day' END," \
  " 'They rang about number ' || k.i || ' and said that the ' || word.word ||" \
  " ' would write to the family within the week', " \
  " p.id || CASE k.i %% 7 WHEN 0 THEN ' ' || q.id ELSE '' END, post.staff, post.id," \
  " 'A telephone call', 'H1', 'timeline-entry', printf ('00000000-0000-7000-8000-%%012d', k.i)," \
  " 'c' || c.n || ' p' || p.n || CASE k.i %% 7 WHEN 0 THEN ' p' || q.n ELSE '' END" \
  " FROM k JOIN person_of p ON p.i = k.i %% %d JOIN person_of q ON q.i = (k.i + 1) %% %d" \
  " JOIN word ON word.i = k.i / 5 %% 7 JOIN contact c" \
  " JOIN post ON post.n = (SELECT min (n) FROM post WHERE staff = (SELECT id FROM staff" \
  "  WHERE sign_in = '" MASH_SMALL_HUB_WORKER "'));" \
  "INSERT INTO timeline_key (scope, at, n, contact, kind, deed, weight, harm, whole, post," \
  " agency, closed, voided)" \
  " SELECT s.value, t.at, t.n, c.n, t.kind, t.deed, t.weight, t.harm, t.whole, p.n, NULL, 0, 0" \
  " FROM timeline t JOIN contact c ON c.id = t.contact JOIN post p ON p.id = t.post" \
  " JOIN json_each ('[\"' || replace (t.marks, ' ', '\",\"') || '\"]') s WHERE t.n > 100000;" \
  "INSERT INTO timeline_search (rowid, headline, words, source, marks)" \
  " SELECT n, headline, words, source, marks FROM timeline_text WHERE n > 100000;"

/* What the same rows cost whoever only selects them: the keys of everybody, in order, and the lines
 * of the first. */
static const char bare_sql[] =
  "SELECT t.* FROM (SELECT DISTINCT at, n FROM timeline_key"
  " WHERE scope IN (SELECT 'p' || n FROM person UNION ALL SELECT 'c' || n FROM contact)"
  " ORDER BY at DESC, n DESC LIMIT 64) k JOIN timeline t ON t.n = k.n ORDER BY k.at DESC, k.n DESC";

typedef struct
{
  MashStore        *store;
  MashTimelineView *view;
  char             *contact;
  GArray           *keys;      /* of the whole view, for jumps */
  GArray           *times;     /* of ours, in milliseconds */
  guint             n_turns;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static double
note_time (Bench  *bench,
           double  seconds)
{
  g_array_append_val (bench->times, seconds);

  return seconds;
}

static double
read_view (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (MashTimelineReading) reading = NULL;

  reading = mash_store_read_timeline (bench->store, bench->view, SCREEN, NULL, NULL);
  if (reading == NULL || reading->rows->len == 0)
    return -1;

  return note_time (bench, seconds_since (began));
}

/* Each jump goes to another place. */
static double
jump (gpointer data)
{
  Bench *bench = data;
  guint first = ++bench->n_turns * 7919 % (bench->keys->len - SCREEN);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = NULL;

  rows = mash_store_list_timeline_rows (bench->store, bench->contact,
                                        &g_array_index (bench->keys, MashTimelineKey, first),
                                        SCREEN, NULL);
  if (rows == NULL || rows->len != SCREEN)
    return -1;

  return note_time (bench, seconds_since (began));
}

static double
select_rows (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (MashStatement) row = mash_database_prepare (bench->store->database, bare_sql, NULL);
  guint n = 0;

  while (row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW)
    {
      g_autofree char *headline = mash_statement_dup_text (row, 14);
      g_autofree char *words = mash_statement_dup_text (row, 15);

      n++;
    }

  return n == SCREEN ? seconds_since (began) : -1;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static void
print_limit (Bench      *bench,
             const char *what)
{
  double median;

  g_array_sort (bench->times, compare_doubles);
  median = g_array_index (bench->times, double, bench->times->len / 2) * 1000;
  g_print ("%s: target %.0f ms, figure %.3g ms: %s (p95 %.3g ms)\n", what, FIRST_SCREEN_MS, median,
           median <= FIRST_SCREEN_MS ? "met" : "missed",
           g_array_index (bench->times, double, bench->times->len * 95 / 100) * 1000);
}

static gboolean
measure (Bench         *bench,
         const char    *what,
         guint          turns,
         MashBenchTurn  ours)
{
  MashBenchPair pair = {
    .what = what,
    .bare_name = "a bare SELECT of the first screen",
    .turns = turns,
    .ours = ours,
    .bare = select_rows,
  };

  g_array_set_size (bench->times, 0);
  if (!mash_bench_compare (&pair, bench))
    return FALSE;
  print_limit (bench, what);

  return TRUE;
}

static gboolean
measure_store (Bench    *bench,
               gboolean  is_short)
{
  guint turns = is_short ? 10 : 100;
  g_autoptr (MashTimelineReading) all = NULL;

  bench->view = mash_timeline_view_new (bench->contact);
  all = mash_store_read_timeline (bench->store, bench->view, SCREEN, NULL, NULL);
  if (all == NULL || all->keys->len < N_ENTRIES)
    return FALSE;
  bench->keys = g_array_ref (all->keys);

  if (!measure (bench, "first screen", turns, read_view) ||
      !measure (bench, "jump", turns, jump))
    return FALSE;
  bench->view->significance = g_strdup ("critical");
  if (!measure (bench, "filter by significance", turns, read_view))
    return FALSE;
  g_clear_pointer (&bench->view->significance, g_free);
  bench->view->kind = g_strdup ("CALL");
  if (!measure (bench, "filter by kind", turns, read_view))
    return FALSE;
  g_clear_pointer (&bench->view->kind, g_free);
  bench->view->words = g_strdup ("midwife fam");

  return measure (bench, "search inside", turns, read_view);
}

static void
measure_window (Bench      *bench,
                const char *folder,
                gboolean    is_short)
{
  MashBenchPair pair = {
    .what = "frame work while the timeline scrolls",
    .bare_name = "a plain list of 1,000 rows of the same words",
    .target = 1.5,
    .turns = is_short ? 5 : 20,
    .ours = timeline_scroll_ours,
    .bare = timeline_scroll_plain,
  };
  TimelineScroll *scroll = timeline_scroll_new (folder, bench->contact);

  mash_bench_compare (&pair, scroll);
  pair.bare_name = "a plain list of 1,000 short strings";
  pair.target = 0;
  pair.bare = timeline_scroll_strings;
  mash_bench_compare (&pair, scroll);
  timeline_scroll_free (scroll);
}

static void
add_relative (MashStore  *store,
              MashGroup  *group,
              const char *contact,
              guint       i)
{
  g_autofree char *id = mash_store_make_id (store);
  g_autofree char *subject = mash_store_make_id (store);
  g_autofree char *forename = g_strdup_printf ("Relative %c", 'A' + (char) i);
  MashEdit *edit = mash_edit_new (&mash_person_kind, id, 0);

  mash_edit_set_text (edit, "kind", "CHILD");
  mash_edit_set_text (edit, "legal-surname", "Marsh");
  mash_edit_set_text (edit, "legal-forenames", forename);
  mash_group_take_edit (group, edit);

  edit = mash_edit_new (&mash_contact_subject_kind, subject, 0);
  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "person", id);
  mash_edit_set_text (edit, "role", "CHILD");
  mash_group_take_edit (group, edit);
}

/* A contact of the family, opened, and its entries. */
static gboolean
fill (Bench       *bench,
      const char  *folder,
      GError     **error)
{
  g_autofree char *sql = g_strdup_printf (FILL, N_ENTRIES, N_PEOPLE, N_PEOPLE);
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (!mash_small_hub_make (folder, error))
    return FALSE;
  bench->store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);
  if (bench->store == NULL)
    return FALSE;

  group = mash_small_hub_new_contact (bench->store, &bench->contact);
  for (guint i = 1; i < N_PEOPLE; i++)
    add_relative (bench->store, group, bench->contact, i);
  if (!mash_store_submit (bench->store, group, NULL, error) ||
      !mash_database_execute (bench->store->database, sql, error))
    return FALSE;
  bundle = mash_store_open_contact (bench->store, bench->contact, error);

  return bundle != NULL;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  gboolean done;

  if (folder == NULL || !fill (&bench, folder, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  done = measure_store (&bench, is_short);
  mash_store_close (bench.store, NULL);
  g_clear_object (&bench.store);
  if (done)
    measure_window (&bench, folder, is_short);
  g_clear_pointer (&bench.view, mash_timeline_view_free);
  g_clear_pointer (&bench.keys, g_array_unref);
  g_array_unref (bench.times);
  g_free (bench.contact);
  mash_small_hub_remove (folder);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
