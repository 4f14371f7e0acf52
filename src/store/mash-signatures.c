/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-signatures.h"

#include "mash-store-private.h"

enum { WAITING, TAKEN, HOLDS, FAILS };

typedef struct
{
  const MashChange *change;
  char             *key;
  gint              state;
} Check;

struct _MashSignatures
{
  const char *purpose;
  GArray     *checks;   /* of Check */
  GHashTable *places;   /* change → place in it, and one more */
  GThread    *thread;
  gint        ended;    /* nobody asks any more */
  GMutex      mutex;
  GCond       done;
};

static void
check_clear (gpointer check)
{
  g_free (((Check *) check)->key);
}

/**
 * mash_signatures_new:
 * @purpose: what goes before each statement in the bytes that are signed; static
 *
 * Returns: (transfer full): no signatures yet
 */
MashSignatures *
mash_signatures_new (const char *purpose)
{
  MashSignatures *self = g_new0 (MashSignatures, 1);

  self->purpose = purpose;
  self->checks = g_array_new (FALSE, TRUE, sizeof (Check));
  g_array_set_clear_func (self->checks, check_clear);
  self->places = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->done);

  return self;
}

/**
 * mash_signatures_free:
 * @self: (nullable): signatures
 *
 * Waits for the one that is being checked.
 */
void
mash_signatures_free (MashSignatures *self)
{
  if (self == NULL)
    return;

  g_atomic_int_set (&self->ended, TRUE);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_array_unref (self->checks);
  g_hash_table_unref (self->places);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->done);
  g_free (self);
}

/**
 * mash_signatures_add:
 * @self: signatures, before mash_signatures_begin()
 * @change: a signed change; borrowed for as long as @self is there
 * @key: the public key in hex by which it will probably be checked
 */
void
mash_signatures_add (MashSignatures   *self,
                     const MashChange *change,
                     const char       *key)
{
  Check check = { change, g_strdup (key), WAITING };

  g_return_if_fail (self->thread == NULL);

  g_array_append_val (self->checks, check);
  g_hash_table_insert (self->places, (gpointer) change, GUINT_TO_POINTER (self->checks->len));
}

static gboolean
check_now (MashSignatures   *self,
           const MashChange *change,
           const char       *key)
{
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];

  return mash_store_check_signature (change, self->purpose, key, digest);
}

/* Checks what nobody has begun to check. */
static void
take (MashSignatures *self,
      Check          *check)
{
  gboolean holds;

  if (!g_atomic_int_compare_and_exchange (&check->state, WAITING, TAKEN))
    return;

  holds = check_now (self, check->change, check->key);
  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&check->state, holds ? HOLDS : FAILS);
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->mutex);
}

static gpointer
take_all (gpointer data)
{
  MashSignatures *self = data;

  for (guint i = 0; i < self->checks->len && !g_atomic_int_get (&self->ended); i++)
    take (self, &g_array_index (self->checks, Check, i));

  return NULL;
}

/**
 * mash_signatures_begin:
 * @self: signatures
 *
 * Begins to check them in the order in which they were added, where there is a processor to spare.
 */
void
mash_signatures_begin (MashSignatures *self)
{
  g_return_if_fail (self->thread == NULL);

  if (self->checks->len > 1 && g_get_num_processors () > 1)
    self->thread = g_thread_new ("mash-signatures", take_all, self);
}

static gboolean
wait_for (MashSignatures *self,
          Check          *check)
{
  g_mutex_lock (&self->mutex);
  while (g_atomic_int_get (&check->state) == TAKEN)
    g_cond_wait (&self->done, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return g_atomic_int_get (&check->state) == HOLDS;
}

/**
 * mash_signatures_hold:
 * @self: signatures
 * @change: one that was added, or any other
 * @key: (nullable): the public key in hex by which it is checked, whatever was foreseen
 *
 * Returns: whether the signature of @change is one by the holder of @key
 */
gboolean
mash_signatures_hold (MashSignatures   *self,
                      const MashChange *change,
                      const char       *key)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, change));
  Check *check = place > 0 ? &g_array_index (self->checks, Check, place - 1) : NULL;

  if (check == NULL || g_strcmp0 (check->key, key) != 0)
    return check_now (self, change, key);
  take (self, check);

  return wait_for (self, check);
}
