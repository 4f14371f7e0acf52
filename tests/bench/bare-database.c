/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bare-database.h"

#include <string.h>

#include "mash-database-private.h"

#define RAW_KEY "x'" \
  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" \
  "202122232425262728292a2b2c2d2e2f'"
#define PRAGMAS \
  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" \
  "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;" \
  MASH_DATABASE_CACHE_SQL ";" MASH_DATABASE_LOG_SQL

/* SQLCipher's own way to give a key; its header has it only for those who build it. */
int sqlite3_key (sqlite3    *db,
                 const void *key,
                 int         length);

/**
 * bare_database_open:
 * @folder: where the file `bare.db` is made
 * @schema: statements that make its tables
 *
 * Returns: the database, to be closed with sqlite3_close(); %NULL where it could not be made
 */
sqlite3 *
bare_database_open (const char *folder,
                    const char *schema)
{
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  sqlite3 *db = bare_database_open_file (path);

  if (db != NULL && sqlite3_exec (db, schema, NULL, NULL, NULL) != SQLITE_OK)
    {
      g_printerr ("The bare database cannot be made: %s\n", sqlite3_errmsg (db));
      g_clear_pointer (&db, sqlite3_close);
    }

  return db;
}

static sqlite3 *
open_file (const char *path,
           gboolean    keyed)
{
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      (keyed && (sqlite3_key (db, RAW_KEY, strlen (RAW_KEY)) != SQLITE_OK ||
                 mash_database_set_format (db) != SQLITE_OK)) ||
      sqlite3_exec (db, PRAGMAS, NULL, NULL, NULL) != SQLITE_OK)
    {
      g_printerr ("The bare database cannot be opened: %s\n", sqlite3_errmsg (db));
      g_clear_pointer (&db, sqlite3_close);
    }

  return db;
}

/**
 * bare_database_open_file:
 * @path: the file, which is made where there is none
 *
 * Returns: the database under the key of all bare ones, to be closed with sqlite3_close(), or %NULL
 */
sqlite3 *
bare_database_open_file (const char *path)
{
  return open_file (path, TRUE);
}

/**
 * bare_database_open_plain:
 * @path: a file without a key
 *
 * Returns: the database, to be closed with sqlite3_close(), or %NULL
 */
sqlite3 *
bare_database_open_plain (const char *path)
{
  return open_file (path, FALSE);
}
