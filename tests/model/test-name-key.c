/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-name-key.h"

static void
test_fold (void)
{
  static const struct { const char *name; const char *folded; } rows[] = {
    { "Zoë", "zoe" }, { "Zoe\xcc\x88", "zoe" }, { "ZOE", "zoe" }, { "O’Brien", "obrien" },
    { "O'Brien", "obrien" }, { "O´Brien", "obrien" }, { "OBrien", "obrien" },
    { "Marsh-Khan", "marsh khan" }, { "Marsh – Khan", "marsh khan" },
    { "  Leo   Marsh ", "leo marsh" }, { "Siobhán", "siobhan" }, { "Łukasz", "lukasz" },
    { "Søren Æbelø", "soren aebelo" }, { "Weiß", "weiss" }, { "Đặng", "dang" },
    { "Ｌｅｏ", "leo" }, { "Зоя", "зоя" }, { "ﬁona", "fiona" }, { "St. John", "st john" },
    { "’", "" }, { "", "" }, { "\xff", "" }, { "Ma\xc2\xadry", "mary" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = mash_name_fold (rows[i].name);

      g_assert_cmpstr (folded, ==, rows[i].folded);
    }
}

/* Each row is one name in the ways it is written. */
static void
test_alike (void)
{
  static const char *const rows[][8] = {
    { "Mohammed", "Mohamed", "Muhammad", "Mohammad", "Muhammed", "Mohd", "Md" },
    { "Siobhán", "Siobhan", "Shivaun", "Shevaun" },
    { "Niamh", "Neve", "Neave" },
    { "Caoimhe", "Keeva" },
    { "Sean", "Seán", "Shaun", "Shawn" },
    { "Catherine", "Katherine", "Kathryn", "Katharine" },
    { "Stephen", "Steven", "Stephan" },
    { "Aisha", "Ayesha", "Aysha" },
    { "Hussain", "Hussein", "Hossein", "Husain" },
    { "Ahmed", "Ahmad" },
    { "Yusuf", "Youssef", "Yousuf" },
    { "Sarah", "Sara" },
    { "Rachel", "Rachael" },
    { "Geoffrey", "Jeffrey" },
    { "Chaudhry", "Choudhury", "Chowdhury" },
    { "Khadija", "Khadijah", "Kadija" },
    { "Zoë", "Zoe", "Zoey" },
    { "O’Brien", "OBrien", "O Brien", "O'Bryan" },
    { "Smith", "Smyth", "Smythe" },
    { "Wright", "Right" },
    { "Marsh-Khan", "Marsh Khan", "MarshKhan" },
    { "Philip", "Phillip", "Filip" },
    { "Isaac", "Isaak", "Izak" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint j = 1; rows[i][j] != NULL; j++)
        {
          if (!mash_name_alike (rows[i][0], rows[i][j]))
            g_error ("%s and %s should be alike", rows[i][0], rows[i][j]);
          g_assert_true (mash_name_alike (rows[i][j], rows[i][0]));
        }
    }
}

static void
test_not_alike (void)
{
  static const struct { const char *a, *b; } rows[] = {
    { "Mohammed", "Mahmoud" }, { "Leo", "Lou" }, { "Khan", "Kaur" }, { "Smith", "Jones" },
    { "Aisha", "Fatima" }, { "Ruby", "Robin" }, { "Lee", "Lou" }, { "Sam", "Tom" },
    { "Zoe", "Sue" }, { "Зоя", "Зина" }, { "", "" }, { "’", "-" }, { "William", "Ellen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (mash_name_alike (rows[i].a, rows[i].b))
        g_error ("%s and %s should not be alike", rows[i].a, rows[i].b);
    }
  g_assert_false (mash_name_alike (NULL, "Zoe"));
  g_assert_false (mash_name_alike (NULL, NULL));
  g_assert_false (mash_name_equal (NULL, NULL));
}

static void
test_words (void)
{
  g_autofree char *key = mash_name_key ("Mohammed Marsh-Khan");
  g_autofree char *first = mash_name_key ("Mohamed");
  g_autofree char *last = mash_name_key ("Kahn");
  g_autofree char *other = mash_name_key ("Зоя");
  g_autofree char *none = mash_name_key ("");

  g_assert_true (g_str_has_prefix (key, first));
  g_assert_true (g_str_has_suffix (key, last));
  g_assert_cmpstr (other, ==, "зоя");
  g_assert_cmpstr (none, ==, "");
}

static void
test_equal (void)
{
  g_assert_true (mash_name_equal ("O’Brien", "o brien"));
  g_assert_true (mash_name_equal ("Zoë", "ZOE"));
  g_assert_false (mash_name_equal ("Zoe", "Zoey"));
  g_assert_false (mash_name_equal ("", ""));
}

static void
test_birth_variants (void)
{
  static const struct { const char *date; const char *variants; } rows[] = {
    { "2018-03-04", "2018-03-04 2018-04-03" }, { "2018-03-03", "2018-03-03" },
    { "2018-03-25", "2018-03-25" },            { "2018-12-01", "2018-12-01 2018-01-12" },
    { "2018-03", "2018-03" },                  { "2018", "2018" },
    { "2018-02-30", "" },                      { "about 8", "" },
    { "20-8", "" },                            { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) variants = mash_birth_variants (rows[i].date);
      g_autofree char *joined = g_strjoinv (" ", variants);

      g_assert_cmpstr (joined, ==, rows[i].variants);
    }
}

/* A key of a key’s source never depends on case, and any bytes are survived. */
static void
test_any_text (void)
{
  static const char alphabet[] = "aAbBcChHgGkKmMnNsSyYwW '-\xc3\xab\xe2\x80\x99";

  for (guint i = 0; i < 5000; i++)
    {
      char text[24] = { 0 };
      g_autofree char *key = NULL;
      g_autofree char *upper = NULL;
      g_autofree char *upper_key = NULL;

      for (guint c = 0; c < (guint) g_test_rand_int_range (0, 23); c++)
        text[c] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      key = mash_name_key (text);
      upper = g_ascii_strup (text, -1);
      upper_key = mash_name_key (upper);
      g_assert_cmpstr (key, ==, upper_key);
      g_assert_true (g_utf8_validate (key, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/name-key/fold", test_fold);
  g_test_add_func ("/name-key/alike", test_alike);
  g_test_add_func ("/name-key/not-alike", test_not_alike);
  g_test_add_func ("/name-key/words", test_words);
  g_test_add_func ("/name-key/equal", test_equal);
  g_test_add_func ("/name-key/birth-variants", test_birth_variants);
  g_test_add_func ("/name-key/any-text", test_any_text);

  return g_test_run ();
}
