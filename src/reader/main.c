/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mash-reader opens what strangers send. It is started by the other programs, never by a person:
 * the file comes on standard input, the fields leave on standard output. It holds no key, knows no
 * database and no display, and what it says is checked again by the program that started it.
 *
 * Exit status: 0 the file was read, 1 it was refused (standard output says where and why), 2 wrong
 * usage, 3 standard output or input failed. Any other end means that the file broke the reader.
 */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "mash-import-form.h"
#include "mash-limits.h"
#include "mash-paper-form.h"
#include "mash-prescan.h"
#include "mash-referral-form.h"
#include "mash-xml.h"

enum
{
  EXIT_READ,
  EXIT_REFUSED,
  EXIT_USAGE,
  EXIT_PIPE,
};

/* Takes one byte more than the prescan lets pass, and no more: a file of any size costs the
 * same. */
static gboolean
read_input (GByteArray *input)
{
  guint8 chunk[64 * 1024];

  while (input->len <= MASH_PRESCAN_MAX_BYTES)
    {
      ssize_t n = read (STDIN_FILENO, chunk, sizeof chunk);

      if (n == 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        g_byte_array_append (input, chunk, (guint) n);
    }

  return TRUE;
}

static gboolean
write_output (GBytes *output)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (output, &length);

  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, data, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          data += n;
          length -= (gsize) n;
        }
    }

  return TRUE;
}

/* The kinds of files that it reads. */
static const struct
{
  const char *name;
  gboolean  (*read) (const char  *text,
                     gsize        length,
                     const char  *today,
                     MashReading *reading);
} forms[] = {
  { "import", mash_import_form_read },
  { "paper", mash_paper_form_read },
  { "referral", mash_referral_form_read },
};

int
main (int    argc,
      char **argv)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (GBytes) output = NULL;
  gboolean whole;
  guint form = 0;

  while (argc == 3 && form < G_N_ELEMENTS (forms) && strcmp (argv[1], forms[form].name) != 0)
    form++;
  if (argc != 3 || form == G_N_ELEMENTS (forms) || strlen (argv[2]) != 10)
    {
      g_printerr ("Usage: mash-reader import|paper|referral YYYY-MM-DD < FILE\n");
      return EXIT_USAGE;
    }

  mash_limits_set ();
  mash_xml_init ();
  if (!read_input (input))
    return EXIT_PIPE;

  whole = forms[form].read ((const char *) input->data, input->len, argv[2], reading);
  if (whole)
    {
      g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                             input->data, input->len);

      mash_reading_add (reading, "sha256", sha256);
    }
  output = mash_reading_to_bytes (reading);
  if (!write_output (output))
    return EXIT_PIPE;

  return whole ? EXIT_READ : EXIT_REFUSED;
}
