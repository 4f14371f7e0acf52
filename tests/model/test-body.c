/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "mash-body.h"

static void
check_accepted (const char *name,
                GBytes     *input,
                GBytes     *written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) members = NULL;
  g_autoptr (GHashTable) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *twice = NULL;
  gsize length;
  const char *data = g_bytes_get_data (input, &length);

  members = mash_body_read (data, length, &error);
  if (members == NULL)
    g_error ("“%s” is refused: %s", name, error->message);

  canonical = mash_body_write (members);
  g_assert_cmpmem (canonical, strlen (canonical),
                   g_bytes_get_data (written, NULL), g_bytes_get_size (written));

  again = mash_body_read (canonical, strlen (canonical), &error);
  g_assert_no_error (error);
  twice = mash_body_write (again);
  g_assert_cmpstr (twice, ==, canonical);
}

static void
check_refused (const char *name,
               GBytes     *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) members = NULL;
  gsize length;
  const char *data = g_bytes_get_data (input, &length);

  members = mash_body_read (data != NULL ? data : "", length, &error);
  if (members != NULL)
    g_error ("“%s” is accepted", name);
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
}

static GBytes *
unescape (const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_uri_unescape_bytes (text, -1, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "body-vectors.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint accepted = 0, refused = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = NULL;
      g_autoptr (GBytes) input = NULL;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;

      columns = g_strsplit (lines[i], "\t", -1);
      input = unescape (columns[1]);
      if (strcmp (columns[0], "ok") == 0)
        {
          g_autoptr (GBytes) written = unescape (columns[2]);

          check_accepted (columns[1], input, written);
          accepted++;
        }
      else
        {
          check_refused (columns[1], input);
          refused++;
        }
    }

  g_assert_cmpuint (accepted, >, 20);
  g_assert_cmpuint (refused, >, 80);
}

static void
test_cut_short (void)
{
  static const char whole[] = "{\".deed\":\"edit\",\"a\":[\"b\",\"\\ud83d\\ude00\"],"
                              "\"c\":null,\"d\":true}";

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *cut = g_strndup (whole, length);
      g_autoptr (GHashTable) members = mash_body_read (cut, length, &error);

      g_assert_null (members);
      g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
    }
}

static void
test_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) members = NULL;
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) large = g_string_new ("{\"a\":\"");

  /* A parser that calls itself would end here, not with an error. */
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "{\"a\":");
  members = mash_body_read (deep->str, deep->len, &error);
  g_assert_null (members);
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_TOO_LARGE);
  g_clear_error (&error);

  members = mash_body_read (deep->str, 10000, &error);
  g_assert_null (members);
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED);
  g_clear_error (&error);

  while (large->len < MASH_BODY_MAX_BYTES - 2)
    g_string_append_c (large, 'x');
  g_string_append (large, "\"}");
  members = mash_body_read (large->str, large->len, &error);
  g_assert_no_error (error);
  g_assert_nonnull (members);
  g_clear_pointer (&members, g_hash_table_unref);

  g_string_append_c (large, ' ');
  members = mash_body_read (large->str, large->len, &error);
  g_assert_null (members);
  g_assert_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_TOO_LARGE);
}

static void
test_says_nothing_of_the_data (void)
{
  static const char json[] = "{\"legal-surname\":\"Okafor\" \"x\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) members = mash_body_read (json, strlen (json), &error);

  g_assert_null (members);
  g_assert_null (strstr (error->message, "Okafor"));
  g_assert_nonnull (strstr (error->message, "byte 26"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/body/vectors", test_vectors);
  g_test_add_func ("/body/cut-short", test_cut_short);
  g_test_add_func ("/body/limits", test_limits);
  g_test_add_func ("/body/says-nothing-of-the-data", test_says_nothing_of_the_data);

  return g_test_run ();
}
