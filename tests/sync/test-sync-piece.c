/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of a page is handed over at once while somebody works. */

#include "config.h"

#include "mash-sync-piece.h"

#define PAGE 500

/* What applying costs, in microseconds: an entry, and a change that waits. */
static const struct
{
  const char *what;
  guint       entry;
  guint       waiting;
  guint       n_waiting;
  guint       least;     /* entries of the pieces that it comes to */
  guint       most;
} costs[] = {
  { "nothing waits", 150, 0, 0, 160, 170 },
  { "entries that cost nothing", 0, 0, 0, PAGE, PAGE },
  { "entries that cost much", 5000, 0, 0, MASH_SYNC_LEAST_PIECE, MASH_SYNC_LEAST_PIECE },
  { "a contact waits", 150, 1000, 3, 100, 160 },
  { "some contacts wait", 150, 1000, 60, 120, 120 },
  { "a day's work waits", 150, 1000, 600, PAGE, PAGE },
};

static void
test_costs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      guint n = MASH_SYNC_FIRST_PIECE;

      g_test_message ("%s", costs[i].what);
      for (guint turn = 0; turn < 20; turn++)
        {
          n = mash_sync_piece_find_next (n, (gint64) n * costs[i].entry +
                                         (gint64) costs[i].n_waiting * costs[i].waiting,
                                         costs[i].n_waiting, PAGE);
          g_assert_cmpuint (n, >=, MASH_SYNC_LEAST_PIECE);
          g_assert_cmpuint (n, <=, PAGE);
        }
      g_assert_cmpuint (n, >=, costs[i].least);
      g_assert_cmpuint (n, <=, costs[i].most);
    }
}

/* The last page is short. */
static void
test_short_page (void)
{
  g_assert_cmpuint (mash_sync_piece_find_next (10, 10, 1000, 10), ==, MASH_SYNC_LEAST_PIECE);
  g_assert_cmpuint (mash_sync_piece_find_next (100, 0, 0, 100), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/piece/costs", test_costs);
  g_test_add_func ("/sync/piece/short-page", test_short_page);

  return g_test_run ();
}
