/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

/* The colours of the style sheets, recomputed by the rule of WCAG 2: whoever changes one sees here
 * whether it can still be read. */

typedef enum
{
  LIGHT,
  DARK,
  HIGH_CONTRAST,
  HIGH_CONTRAST_DARK,
  N_SCHEMES
} Scheme;

static const struct
{
  const char *file;
  const char *window;  /* what the toolkit paints a window and a view with */
  const char *view;
  double      least;   /* for words */
} schemes[N_SCHEMES] = {
  [LIGHT] = { "style.css", "#fafafa", "#ffffff", 5.0 },
  [DARK] = { "style-dark.css", "#242424", "#1e1e1e", 5.0 },
  [HIGH_CONTRAST] = { "style-hc.css", "#fafafa", "#ffffff", 7.0 },
  [HIGH_CONTRAST_DARK] = { "style-hc-dark.css", "#242424", "#1e1e1e", 6.75 },
};

static GHashTable *
read_colours (Scheme scheme)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "resources",
                                            schemes[scheme].file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("@define-color (\\w+) (#[0-9a-f]{6});", 0, 0, NULL);
  GHashTable *colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_hash_table_insert (colours, g_match_info_fetch (match, 1), g_match_info_fetch (match, 2));
  g_hash_table_insert (colours, g_strdup ("window"), g_strdup (schemes[scheme].window));
  g_hash_table_insert (colours, g_strdup ("view"), g_strdup (schemes[scheme].view));

  return colours;
}

static double
channel (const char *hex)
{
  char digits[3] = { hex[0], hex[1], '\0' };
  double value = strtol (digits, NULL, 16) / 255.0;

  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const char *colour)
{
  return 0.2126 * channel (colour + 1) + 0.7152 * channel (colour + 3) +
         0.0722 * channel (colour + 5);
}

static double
contrast (GHashTable *colours,
          const char *a,
          const char *b)
{
  const char *first = g_hash_table_lookup (colours, a);
  const char *second = g_hash_table_lookup (colours, b);
  double one;
  double other;

  if (first == NULL || second == NULL)
    g_error ("There is no colour %s", first == NULL ? a : b);
  one = luminance (first) + 0.05;
  other = luminance (second) + 0.05;

  return MAX (one, other) / MIN (one, other);
}

static void
hold (GHashTable *colours,
      Scheme      scheme,
      const char *a,
      const char *b,
      double      least)
{
  double ratio = contrast (colours, a, b);

  if (ratio < least)
    g_test_message ("%s: %s on %s is %.2f", schemes[scheme].file, a, b, ratio);
  g_assert_cmpfloat (ratio, >=, least);
}

static void
test_chips (gconstpointer data)
{
  static const char *const chips[] = { "red", "amber", "green", "blue" };
  Scheme scheme = GPOINTER_TO_UINT (data);
  g_autoptr (GHashTable) colours = read_colours (scheme);

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      g_autofree char *fg = g_strdup_printf ("mash_%s_fg", chips[i]);
      g_autofree char *bg = g_strdup_printf ("mash_%s_bg", chips[i]);

      hold (colours, scheme, fg, bg, scheme >= HIGH_CONTRAST ? 10.0 : 5.7);
    }
}

static void
test_words (gconstpointer data)
{
  static const char *const words[] = {
    "mash_late_fg", "mash_soon_fg", "mash_ok_fg", "mash_dim_fg", "mash_accent_fg",
  };
  static const char *const grounds[] = {
    "window", "view", "mash_side_bg", "mash_head_bg", "mash_alt_bg", "mash_sel_bg",
  };
  Scheme scheme = GPOINTER_TO_UINT (data);
  g_autoptr (GHashTable) colours = read_colours (scheme);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint j = 0; j < G_N_ELEMENTS (grounds); j++)
      hold (colours, scheme, words[i], grounds[j], schemes[scheme].least);
  hold (colours, scheme, "mash_late_fg", "mash_red_tint", schemes[scheme].least);
}

static void
test_edges (gconstpointer data)
{
  Scheme scheme = GPOINTER_TO_UINT (data);
  g_autoptr (GHashTable) colours = read_colours (scheme);

  g_hash_table_insert (colours, g_strdup ("white"), g_strdup ("#ffffff"));
  hold (colours, scheme, "mash_field_line", "view", 3.4);
  hold (colours, scheme, "white", "mash_accent_bg", 4.5);
}

/* A scheme that forgot a colour would show that of another. */
static void
test_complete (void)
{
  g_autoptr (GHashTable) light = read_colours (LIGHT);

  for (guint i = DARK; i < N_SCHEMES; i++)
    {
      g_autoptr (GHashTable) other = read_colours (i);
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, light);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_assert_true (g_hash_table_contains (other, name));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contrast/complete", test_complete);
  for (guint i = 0; i < N_SCHEMES; i++)
    {
      g_autofree char *chips = g_strdup_printf ("/contrast/chips/%s", schemes[i].file);
      g_autofree char *words = g_strdup_printf ("/contrast/words/%s", schemes[i].file);
      g_autofree char *edges = g_strdup_printf ("/contrast/edges/%s", schemes[i].file);

      g_test_add_data_func (chips, GUINT_TO_POINTER (i), test_chips);
      g_test_add_data_func (words, GUINT_TO_POINTER (i), test_words);
      g_test_add_data_func (edges, GUINT_TO_POINTER (i), test_edges);
    }

  return g_test_run ();
}
