/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-slots-file.h"

#include <string.h>

#include "mash-store-error.h"

/* The slot file, all numbers big-endian, texts behind two bytes of length:
 *
 *   magic 8, flags 4, hub (text), passes 4, memory 4, dummy salt 16, counter 8,
 *   epoch 4, older epoch 4 (both from format 2 on), slots 4,
 *   then for each slot: person (text), sign-in (text), id 16, epoch 4, passes 4, memory 4,
 *   created 8, salt 16, nonce 24, sealed 96,
 *   and from format 2 on: kind 1, public key 32, boxes 1, for each box its epoch 4 and 96 sealed,
 *   then an HMAC of 32 over all before it.
 */
#define MAGIC "MASHSLT1"
#define MAGIC_2 "MASHSLT2"
#define MAGIC_LENGTH 8
#define FLAG_TRAINING 1

/* Below this a stolen file is guessed too fast; a training hub has nothing to guess. */
#define MIN_PASSES 3
#define MIN_MEMORY (64 * 1024)
#define MIN_TRAINING_MEMORY (8 * 1024)

typedef struct
{
  const guint8 *data;
  gsize         left;
  gboolean      bad;
} Reader;

static void
read_bytes (Reader *reader,
            guint8 *out,
            gsize   length)
{
  if (reader->bad || reader->left < length)
    {
      reader->bad = TRUE;
      memset (out, 0, length);
      return;
    }

  memcpy (out, reader->data, length);
  reader->data += length;
  reader->left -= length;
}

static guint64
read_number (Reader *reader,
             gsize   width)
{
  guint8 bytes[8];
  guint64 number = 0;

  read_bytes (reader, bytes, width);
  for (gsize i = 0; i < width; i++)
    number = number << 8 | bytes[i];

  return number;
}

static char *
read_name (Reader *reader)
{
  char name[MASH_SLOTS_MAX_NAME + 1] = { 0 };
  gsize length = read_number (reader, 2);

  if (length > MASH_SLOTS_MAX_NAME)
    reader->bad = TRUE;
  else
    read_bytes (reader, (guint8 *) name, length);

  /* The length must be that of the text, or two spellings of one file would exist. */
  if (reader->bad || strlen (name) != length || !mash_slots_name_is_fair (name))
    {
      reader->bad = TRUE;
      return NULL;
    }

  return g_strdup (name);
}

static void
read_cost (Reader       *reader,
           gboolean      training,
           MashSlotCost *cost)
{
  cost->passes = read_number (reader, 4);
  cost->memory_kib = read_number (reader, 4);
  if (!mash_slots_cost_is_fair (cost, training))
    reader->bad = TRUE;
}

static void
read_boxes (Reader   *reader,
            MashSlot *slot)
{
  slot->kind = read_number (reader, 1);
  read_bytes (reader, slot->public_key, sizeof slot->public_key);
  slot->n_boxes = read_number (reader, 1);
  if (slot->kind > MASH_SLOT_RECOVERY || slot->n_boxes > MASH_SLOT_MAX_BOXES)
    reader->bad = TRUE;

  for (guint i = 0; !reader->bad && i < slot->n_boxes; i++)
    {
      slot->boxes[i].epoch = read_number (reader, 4);
      read_bytes (reader, slot->boxes[i].sealed, sizeof slot->boxes[i].sealed);
    }
}

static MashSlot *
read_slot (Reader  *reader,
           gboolean training,
           guint    format)
{
  g_autoptr (MashSlot) slot = g_new0 (MashSlot, 1);

  slot->person = read_name (reader);
  slot->sign_in = read_name (reader);
  read_bytes (reader, slot->id, sizeof slot->id);
  slot->epoch = read_number (reader, 4);
  read_cost (reader, training, &slot->cost);
  slot->created = read_number (reader, 8);
  read_bytes (reader, slot->salt, sizeof slot->salt);
  read_bytes (reader, slot->nonce, sizeof slot->nonce);
  read_bytes (reader, slot->sealed, sizeof slot->sealed);
  if (format >= 2)
    read_boxes (reader, slot);

  return reader->bad ? NULL : g_steal_pointer (&slot);
}

static void
read_head (Reader        *reader,
           MashSlotsFile *file)
{
  guint8 magic[MAGIC_LENGTH];
  guint64 flags;

  read_bytes (reader, magic, sizeof magic);
  flags = read_number (reader, 4);
  file->format = memcmp (magic, MAGIC_2, MAGIC_LENGTH) == 0 ? 2 : 1;
  if ((file->format == 1 && memcmp (magic, MAGIC, MAGIC_LENGTH) != 0) ||
      (flags & ~(guint64) FLAG_TRAINING) != 0)
    reader->bad = TRUE;
  file->training = (flags & FLAG_TRAINING) != 0;
  file->hub = read_name (reader);
  read_cost (reader, file->training, &file->cost);
  read_bytes (reader, file->dummy_salt, sizeof file->dummy_salt);
  file->counter = read_number (reader, 8);
  file->epoch = 1;
  if (file->format >= 2)
    {
      file->epoch = read_number (reader, 4);
      file->older = read_number (reader, 4);
    }
}

/**
 * mash_slots_file_parse: (skip)
 * @data: what may be a slot file
 * @length: its bytes
 * @error: %MASH_STORE_ERROR_SLOTS_DAMAGED
 *
 * Reads a slot file. Nothing in it is believed beyond its form and bounds: the MAC can only be
 * checked by who has opened a slot.
 *
 * Returns: (transfer full): the file, or %NULL
 */
MashSlotsFile *
mash_slots_file_parse (const guint8 *data,
                       gsize         length,
                       GError      **error)
{
  g_autoptr (MashSlotsFile) file = g_new0 (MashSlotsFile, 1);
  Reader reader = { data, length, length > MASH_SLOTS_MAX_SIZE };
  guint64 n_slots;

  file->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_slot_free);
  read_head (&reader, file);
  n_slots = read_number (&reader, 4);
  if (n_slots > MASH_SLOTS_MAX_SLOTS)
    reader.bad = TRUE;
  for (guint64 i = 0; i < n_slots && !reader.bad; i++)
    {
      MashSlot *slot = read_slot (&reader, file->training, file->format);

      if (slot)
        g_ptr_array_add (file->slots, slot);
    }
  read_bytes (&reader, file->mac, sizeof file->mac);

  if (reader.bad || reader.left > 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SLOTS_DAMAGED,
                           "The key slots cannot be read");
      return NULL;
    }

  return g_steal_pointer (&file);
}

static void
write_number (GByteArray *out,
              guint64     number,
              guint       width)
{
  for (guint i = width; i-- > 0;)
    {
      guint8 byte = number >> (8 * i) & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

static void
write_name (GByteArray *out,
            const char *name)
{
  gsize length = strlen (name);

  write_number (out, length, 2);
  g_byte_array_append (out, (const guint8 *) name, length);
}

static void
write_cost (GByteArray         *out,
            const MashSlotCost *cost)
{
  write_number (out, cost->passes, 4);
  write_number (out, cost->memory_kib, 4);
}

static void
write_slot_head (GByteArray     *out,
                 const MashSlot *slot)
{
  write_name (out, slot->person);
  write_name (out, slot->sign_in);
  g_byte_array_append (out, slot->id, sizeof slot->id);
  write_number (out, slot->epoch, 4);
  write_cost (out, &slot->cost);
  write_number (out, slot->created, 8);
  g_byte_array_append (out, slot->salt, sizeof slot->salt);
}

static void
write_boxes (GByteArray     *out,
             const MashSlot *slot)
{
  write_number (out, slot->kind, 1);
  g_byte_array_append (out, slot->public_key, sizeof slot->public_key);
  write_number (out, slot->n_boxes, 1);
  for (guint i = 0; i < slot->n_boxes; i++)
    {
      write_number (out, slot->boxes[i].epoch, 4);
      g_byte_array_append (out, slot->boxes[i].sealed, sizeof slot->boxes[i].sealed);
    }
}

/**
 * mash_slots_file_write: (skip)
 * @file: what to write; its MAC is not
 *
 * Returns: (transfer full): all bytes of the file but the MAC at its end
 */
GByteArray *
mash_slots_file_write (const MashSlotsFile *file)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) (file->format >= 2 ? MAGIC_2 : MAGIC),
                       MAGIC_LENGTH);
  write_number (out, file->training ? FLAG_TRAINING : 0, 4);
  write_name (out, file->hub);
  write_cost (out, &file->cost);
  g_byte_array_append (out, file->dummy_salt, sizeof file->dummy_salt);
  write_number (out, file->counter, 8);
  if (file->format >= 2)
    {
      write_number (out, file->epoch, 4);
      write_number (out, file->older, 4);
    }
  write_number (out, file->slots->len, 4);
  for (guint i = 0; i < file->slots->len; i++)
    {
      const MashSlot *slot = file->slots->pdata[i];

      write_slot_head (out, slot);
      g_byte_array_append (out, slot->nonce, sizeof slot->nonce);
      g_byte_array_append (out, slot->sealed, sizeof slot->sealed);
      if (file->format >= 2)
        write_boxes (out, slot);
    }

  return out;
}

/**
 * mash_slots_file_bind_slot: (skip)
 * @file: the file in which the slot is
 * @slot: a slot
 *
 * Returns: (transfer full): what the seal of the slot also vouches for: the hub, whether it is a
 *   training hub, and every field of the slot, so that none can be moved or altered
 */
GByteArray *
mash_slots_file_bind_slot (const MashSlotsFile *file,
                           const MashSlot      *slot)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_LENGTH);
  write_number (out, file->training ? FLAG_TRAINING : 0, 4);
  write_name (out, file->hub);
  write_slot_head (out, slot);
  if (slot->kind != MASH_SLOT_PASSPHRASE)
    write_number (out, slot->kind, 1);

  return out;
}

/**
 * mash_slots_cost_is_fair: (skip)
 * @cost: what a slot or a hub asks for
 * @training: whether the hub is for training
 *
 * Returns: whether @cost is neither so low that guessing is easy nor so high that opening ends
 *   the machine's memory
 */
gboolean
mash_slots_cost_is_fair (const MashSlotCost *cost,
                         gboolean            training)
{
  return cost->passes >= (training ? 1 : MIN_PASSES) &&
         cost->passes <= MASH_SLOTS_MAX_PASSES &&
         cost->memory_kib >= (training ? MIN_TRAINING_MEMORY : MIN_MEMORY) &&
         cost->memory_kib <= MASH_SLOTS_MAX_MEMORY;
}

/**
 * mash_slots_name_is_fair: (skip)
 * @name: an id or a sign-in name
 *
 * Returns: whether it is text of 1 to %MASH_SLOTS_MAX_NAME bytes
 */
gboolean
mash_slots_name_is_fair (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MASH_SLOTS_MAX_NAME && g_utf8_validate (name, length, NULL);
}

/**
 * mash_slots_file_new: (skip)
 * @hub: the id of the hub
 * @training: whether it is for training
 * @cost: what its slots cost
 *
 * Returns: (transfer full): a file without slots
 */
MashSlotsFile *
mash_slots_file_new (const char         *hub,
                     gboolean            training,
                     const MashSlotCost *cost)
{
  MashSlotsFile *file = g_new0 (MashSlotsFile, 1);

  file->hub = g_strdup (hub);
  file->training = training;
  file->cost = *cost;
  file->format = 2;
  file->epoch = 1;
  file->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_slot_free);

  return file;
}

void
mash_slots_file_free (MashSlotsFile *file)
{
  if (!file)
    return;

  g_free (file->hub);
  g_clear_pointer (&file->slots, g_ptr_array_unref);
  g_free (file);
}

void
mash_slot_free (MashSlot *slot)
{
  if (!slot)
    return;

  g_free (slot->person);
  g_free (slot->sign_in);
  g_free (slot);
}
