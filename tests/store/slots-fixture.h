/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The slots of two people in a folder of their own, and ways to try and to spoil them. */

#include "mash-slots.h"
#include "mash-store-error.h"

#define HUB "0190a1b2-0000-7000-8000-000000000001"
#define ANN "0190a1b2-0000-7000-8000-0000000000a1"
#define BEN "0190a1b2-0000-7000-8000-0000000000b2"
#define START (G_GINT64_CONSTANT (1795219200) * G_USEC_PER_SEC)

typedef struct
{
  char       *folder;
  char       *path;
  char       *tries;
  MashSecret *database_key;
  MashSecret *seed;
  gint64      now;
} Fixture;

extern const MashSlotCost cheap_cost;
extern const char *const no_steps[];
extern guint fixture_n_derived;
extern guint64 fixture_work_derived;

void        fixture_set_up        (Fixture             *fixture,
                                   gconstpointer        data);
void        fixture_tear_down     (Fixture             *fixture,
                                   gconstpointer        data);
int         fixture_derive        (guint8               out[32],
                                   MashSecret          *passphrase,
                                   const guint8         salt[16],
                                   const MashSlotCost  *cost);
MashSecret *fixture_pass          (const char          *text);
MashSlots  *fixture_make_slots    (const char          *folder,
                                   const char          *hub,
                                   MashSecret          *database_key,
                                   MashSecret          *seed);
MashSlots  *fixture_load          (Fixture             *fixture);
void        fixture_must_not_load (Fixture             *fixture,
                                   MashStoreError       code);
int         try_words             (Fixture             *fixture,
                                   MashSlots           *slots,
                                   const char          *sign_in,
                                   const char          *words,
                                   guint               *seconds);
int         try_fresh             (Fixture             *fixture,
                                   const char          *sign_in,
                                   const char          *words);
void        fixture_write_file    (const char          *path,
                                   const char          *data,
                                   gsize                length);
void        fixture_read_file     (const char          *path,
                                   char               **data,
                                   gsize               *length);
