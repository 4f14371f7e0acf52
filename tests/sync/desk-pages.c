/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-pages.h"

#include <string.h>

#include <openssl/evp.h>

#include "mash-database-private.h"

/* As SQLCipher 4 has it: a page, what it keeps free at its end, and the initial vector there. */
#define PAGE MASH_DATABASE_PAGE_SIZE
#define RESERVE 48
#define SALT 16
#define LOG_HEADER 32
#define FRAME_HEADER 24

static void
decipher (const guint8 *key,
          const guint8 *page,
          gsize         from,
          guint8       *plain)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int length;

  EVP_DecryptInit_ex (context, EVP_aes_256_cbc (), NULL, key, page + PAGE - RESERVE);
  EVP_CIPHER_CTX_set_padding (context, 0);
  g_assert_cmpint (EVP_DecryptUpdate (context, plain, &length, page + from,
                                      (int) (PAGE - RESERVE - from)), ==, 1);
  EVP_CIPHER_CTX_free (context);
  for (gsize i = 0; i < PAGE; i++)
    plain[i] = (guint8) g_ascii_tolower (plain[i]);
}

static guint
count_in (const guint8 *key,
          const char   *folder,
          const char   *name,
          gsize         header,
          gsize         before,
          const char   *word)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = NULL;
  gsize length;
  guint n = 0;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return 0;
  for (gsize at = header; at + before + PAGE <= length; at += before + PAGE)
    {
      guint8 plain[PAGE] = { 0 };
      const guint8 *page = (const guint8 *) content + at + before;

      decipher (key, page, before == 0 && at == 0 ? SALT : 0, plain);
      n += memmem (plain, PAGE, word, strlen (word)) != NULL;
    }

  return n;
}

/* In how many pages of a desk's file, and of the log beside it, a word in small letters stands. */
guint
desk_pages_count (SyncDesk   *desk,
                  const char *word)
{
  gsize length;
  const guint8 *key = mash_secret_get_data (desk->store->database->key, &length);

  g_assert_cmpuint (length, >=, 32);

  return count_in (key, desk->folder, "desk.db", 0, 0, word) +
         count_in (key, desk->folder, "desk.db-wal", LOG_HEADER, FRAME_HEADER, word);
}
