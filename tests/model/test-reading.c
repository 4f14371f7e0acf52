/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a helper that was taken over may send: a list is believed whole, or not at all. */

#include "config.h"

#include <string.h>

#include "mash-reading.h"

static void
append (GByteArray *bytes,
        const char *text,
        gsize       length)
{
  guint32 on_wire = GUINT32_TO_BE ((guint32) length);

  g_byte_array_append (bytes, (const guint8 *) &on_wire, sizeof on_wire);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

static gboolean
is_read (GByteArray *bytes)
{
  g_autoptr (GBytes) whole = g_byte_array_free_to_bytes (bytes);
  g_autoptr (MashReading) reading = mash_reading_from_bytes (whole);

  return reading != NULL;
}

/* One pair, and then the end with its count. */
static GByteArray *
make_list (const char *name,
           const char *value,
           const char *count)
{
  GByteArray *bytes = g_byte_array_new ();

  append (bytes, name, strlen (name));
  append (bytes, value, strlen (value));
  append (bytes, "end", 3);
  append (bytes, count, strlen (count));

  return bytes;
}

static void
test_lists (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *count;
    gboolean    is_read;
  } rows[] = {
    { "row", "2", "1", TRUE },
    { "row", "", "1", TRUE },
    { "row", "Zoë", "1", TRUE },
    { "row", "2", "0", FALSE },
    { "row", "2", "01", FALSE },
    { "row", "2", "2", FALSE },
    { "", "2", "1", FALSE },
    { "a row", "2", "1", FALSE },
    { "r\x7f", "2", "1", FALSE },
    { "rów", "2", "1", FALSE },
    { "row", "\xff", "1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (is_read (make_list (rows[i].name, rows[i].value, rows[i].count)), ==,
                       rows[i].is_read);
    }
}

static void
test_lengths (void)
{
  g_autofree char *name = g_strnfill (161, 'n');
  g_autofree char *value = g_strnfill (64 * 1024 + 1, 'v');
  g_autofree guint8 *flood = g_malloc0 (MASH_READING_MAX_BYTES + 1);
  GByteArray *bytes;

  g_assert_false (is_read (make_list (name, "x", "1")));
  g_assert_true (is_read (make_list (name + 1, "x", "1")));
  g_assert_false (is_read (make_list ("name", value, "1")));
  g_assert_true (is_read (make_list ("name", value + 1, "1")));

  /* Cut off anywhere, or with anything after its end. */
  bytes = make_list ("row", "2", "1");
  for (guint length = 0; length < bytes->len; length++)
    {
      GByteArray *cut = g_byte_array_new ();

      g_byte_array_append (cut, bytes->data, length);
      g_assert_false (is_read (cut));
    }
  g_byte_array_append (bytes, (const guint8 *) "x", 1);
  g_assert_false (is_read (bytes));

  bytes = g_byte_array_new ();
  append (bytes, "r\0w", 3);
  append (bytes, "2", 1);
  g_assert_false (is_read (bytes));

  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, flood, MASH_READING_MAX_BYTES + 1);
  g_assert_false (is_read (bytes));
}

static void
test_many (void)
{
  for (guint n = 20000; n <= 20001; n++)
    {
      g_autofree char *count = g_strdup_printf ("%u", n);
      GByteArray *bytes = g_byte_array_new ();

      for (guint i = 0; i < n; i++)
        {
          append (bytes, "r", 1);
          append (bytes, "", 0);
        }
      append (bytes, "end", 3);
      append (bytes, count, strlen (count));
      g_assert_cmpint (is_read (bytes), ==, n == 20000);
    }
  mash_reading_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reading/lists", test_lists);
  g_test_add_func ("/reading/lengths", test_lengths);
  g_test_add_func ("/reading/many", test_many);

  return g_test_run ();
}
