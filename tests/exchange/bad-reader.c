/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A helper that does not do what mash-reader does. How it misbehaves is its first argument, where
 * mash-reader is told what kind of file it gets.
 */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mash-reading.h"

#define FORM "urn:mash-desk:referral:1"

/* What a helper that was taken over might say: everything as it should be, but for one pair. */
static const struct
{
  const char *how;
  const char *name;
  const char *value;
  const char *without;  /* what is left out besides, by how it begins */
} lies[] = {
  { "nothing-wrong", "contact/0/ward/1", "North" },
  { "state", "contact/0/state/1", "C90" },
  { "kind", "staff/7/name/1", "Nobody" },
  { "field", "person/7/unheard-of/1", "x" },
  { "second-contact", "contact/7/ward/1", "North" },
  { "other-contact", "contact/0/previous-contact/1", "0" },
  { "reference", "concern/7/person/1", "nobody" },
  { "no-reference", "household-member/7/role/1", "CHILD" },
  { "references", "agreement/7/covers-persons/1", "child nobody" },
  { "twice", "person/child/known-as/1", "Robin" },
  { "date", "person/child/birth/1", "2020-02-30" },
  { "flag", "contact/0/whole-family-listed/1", "perhaps" },
  { "control", "person/child/gp/1", "a\033[2Jb" },
  { "line", "person/child/gp/0", "Surgery" },
  { "slashes", "person/child/gp", "Surgery" },
  { "key", "person/ch ild/gp/1", "Surgery" },
  { "no-key", "person//gp/1", "Surgery" },
  { "long-key", "person/aaaaaaaaaabbbbbbbbbbccccccccccddddddddddX/gp/1", "Surgery" },
  { "time", "sent-at", "yesterday" },
  { "no-contact", "person/child/gp/1", "Surgery", "contact" },
  { "no-source", "contact/0/ward/1", "North", "contact" },
  { "nobody", "contact/0/ward/1", "North", "person" },
  { "no-form", "contact/0/ward/1", "North", "form" },
  { "other-form", "form", "urn:mash-desk:referral:9", "form" },
};

static void
write_all (gconstpointer data,
           gsize         length)
{
  const guint8 *at = data;

  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, at, length);

      if (n <= 0)
        _exit (9);
      at += n;
      length -= (gsize) n;
    }
}

static GByteArray *
read_all (void)
{
  GByteArray *input = g_byte_array_new ();
  guint8 chunk[4096];
  ssize_t n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) > 0)
    g_byte_array_append (input, chunk, (guint) n);

  return input;
}

static void
add (MashReading *reading,
     const char  *name,
     const char  *value,
     const char  *without)
{
  if (without == NULL || !g_str_has_prefix (name, without))
    mash_reading_add (reading, name, value);
}

/* The fingerprint of the file that was sent, by which a helper is believed. */
static void
add_fingerprint (MashReading *reading)
{
  g_autoptr (GByteArray) input = read_all ();
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                         input->data, input->len);

  mash_reading_add (reading, "sha256", sha256);
}

static int
tell (const char *name,
      const char *value,
      const char *without,
      gboolean    after_reading)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (GBytes) bytes = NULL;

  add (reading, "form", FORM, without);
  if (after_reading)
    add_fingerprint (reading);
  add (reading, "contact/0/source/1", "6", without);
  add (reading, "person/child/kind/1", "CHILD", without);
  add (reading, "person/child/known-as/1", "Robin", without);
  mash_reading_add (reading, name, value);
  bytes = mash_reading_to_bytes (reading);
  write_all (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return 0;
}

/* So many parts that no referral has them, or what is said once said again. */
static int
tell_often (const char *format,
            guint       n)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (GBytes) bytes = NULL;

  mash_reading_add (reading, "form", FORM);
  add_fingerprint (reading);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) halves = g_strsplit (format, "=", 2);
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr (GString) name = g_string_new (halves[0]);

      g_string_replace (name, "#", number, 0);
      mash_reading_add (reading, name->str, halves[1]);
    }
  bytes = mash_reading_to_bytes (reading);
  write_all (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return 0;
}

static int
announce (guint32 length)
{
  guint32 on_wire = GUINT32_TO_BE (length);

  g_byte_array_unref (read_all ());
  write_all (&on_wire, sizeof on_wire);
  write_all ("form", 4);

  return 0;
}

static int
refuse (const char *name,
        const char *what)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (GBytes) bytes = NULL;

  mash_reading_add (reading, name, what);
  bytes = mash_reading_to_bytes (reading);
  write_all (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return 1;
}

static int
misbehave (const char *how)
{
  static const guint8 zeroes[4096];

  if (strcmp (how, "hangs") == 0)
    pause ();
  if (strcmp (how, "hangs-without-listening") == 0)
    {
      close (STDIN_FILENO);
      pause ();
    }
  if (strcmp (how, "hangs-after-answer") == 0)
    {
      tell (lies[0].name, lies[0].value, NULL, TRUE);
      close (STDOUT_FILENO);
      pause ();
    }
  if (strcmp (how, "is-killed") == 0)
    raise (SIGKILL);
  if (strcmp (how, "crashes") == 0)
    {
      signal (SIGSEGV, SIG_DFL);
      raise (SIGSEGV);
    }
  while (strcmp (how, "never-ends") == 0)
    write_all (zeroes, sizeof zeroes);
  if (strcmp (how, "announces-4-gb") == 0)
    return announce (G_MAXUINT32);
  if (strcmp (how, "announces-too-much") == 0)
    return announce (5);
  if (strcmp (how, "announces-too-little") == 0)
    return announce (3);
  if (strcmp (how, "does-not-read") == 0)
    return tell (lies[0].name, lies[0].value, NULL, FALSE);
  if (strcmp (how, "refuses-in-its-own-words") == 0)
    return refuse ("refused", "Your passphrase has expired");
  if (strcmp (how, "refuses-by-unknown-name") == 0)
    return refuse ("refused", "unheard-of 1 - -");
  if (strcmp (how, "refuses-for-no-field") == 0)
    return refuse ("refused", "value 1 person passphrase");
  if (strcmp (how, "refuses") == 0)
    return refuse ("refused", "value 7 person birth");
  if (strcmp (how, "refuses-without-saying-so") == 0)
    return refuse ("form", FORM);
  if (strcmp (how, "too-many") == 0)
    return tell_often ("person/p#/gp/1=Surgery", 200);
  if (strcmp (how, "sent-twice") == 0)
    return tell_often ("sent-at=2026-11-22T09:00:00Z", 2);
  if (strcmp (how, "other-status") == 0)
    {
      tell (lies[0].name, lies[0].value, NULL, TRUE);
      return 4;
    }

  return 0;
}

int
main (int    argc,
      char **argv)
{
  if (argc < 2)
    return 2;

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      if (strcmp (lies[i].how, argv[1]) == 0)
        return tell (lies[i].name, lies[i].value, lies[i].without, TRUE);
    }

  return misbehave (argv[1]);
}
