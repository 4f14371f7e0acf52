/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A real encrypted database in a folder of its own, and ways to spoil it. */

#include "mash-database-private.h"
#include "mash-store-error.h"

#define HUB "0190a1b2-0000-7000-8000-000000000001"
#define PAGE MASH_DATABASE_PAGE_SIZE

typedef struct
{
  char       *folder;
  char       *path;
  char       *log;
  char       *note;
  MashSecret *key;
} Fixture;

extern const char *const fixture_steps[];

void          fixture_set_up        (Fixture         *fixture,
                                     gconstpointer    data);
void          fixture_tear_down     (Fixture         *fixture,
                                     gconstpointer    data);
MashDatabase *fixture_try_open      (Fixture         *fixture,
                                     GError         **error);
MashDatabase *fixture_open          (Fixture         *fixture);
void          fixture_must_not_open (Fixture         *fixture,
                                     MashStoreError   code);
void          fixture_close         (MashDatabase    *database);
void          fixture_put_rows      (MashDatabase    *database,
                                     int              from,
                                     int              n);
gint64        fixture_count         (MashDatabase    *database,
                                     const char      *sql);
void          fixture_read_file     (const char      *path,
                                     char           **data,
                                     gsize           *length);
void          fixture_write_file    (const char      *path,
                                     const char      *data,
                                     gssize           length);
void          fixture_flip          (const char      *path,
                                     gsize            offset);
void          fixture_die_after     (Fixture         *fixture,
                                     int              from,
                                     int              n);
