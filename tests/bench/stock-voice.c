/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stock-voice.h"

#include <sodium.h>
#include <string.h>

#include "mash-hub-calls.h"
#include "mash-hub-people.h"
#include "mash-kinds.h"
#include "mash-time.h"

#define WORDS "A bruise on the left arm that nobody can explain, seen again at school today."

StockVoice *
stock_voice_new (HubStock *stock,
                 guint     person)
{
  StockVoice *self = g_new0 (StockVoice, 1);
  g_autofree char *post = NULL;

  self->stock = stock;
  self->line = hub_stock_enter (stock, person, &self->admission);
  self->seat = hub_stock_add_seat (stock, person);
  self->next_seq = 1;
  post = g_strdup_printf ("SELECT id FROM mash.entity WHERE kind = 'post' AND"
                          " state ->> 'staff' = '%s' LIMIT 1", self->admission->person);
  self->post = hub_stock_ask (stock, post);
  self->contact = hub_stock_ask (stock, "SELECT id FROM mash.entity WHERE kind = 'contact' AND"
                                        " state ->> 'state' = 'C90' LIMIT 1");

  return self;
}

void
stock_voice_free (StockVoice *self)
{
  mash_hub_line_close (self->line);
  mash_admission_free (self->admission);
  g_free (self->seat);
  g_free (self->post);
  g_free (self->contact);
  g_free (self);
}

static void
sign (StockVoice *self,
      MashChange *change)
{
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  g_byte_array_append (message, (const guint8 *) MASH_CHANGE_PURPOSE, strlen (MASH_CHANGE_PURPOSE));
  g_byte_array_append (message, g_bytes_get_data (statement, NULL),
                       (guint) g_bytes_get_size (statement));
  crypto_sign_seed_keypair (public_key, secret_key,
                            mash_secret_get_data (self->admission->keys->seed, NULL));
  crypto_sign_detached (change->signature, NULL, message->data, message->len, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

static MashGroup *
make_group (StockVoice *self,
            const char *now,
            guint       size)
{
  MashGroup *group = mash_group_new ("note", self->contact);

  for (guint i = 0; i < size; i++)
    {
      g_autofree char *id = mash_hub_people_make_id ();
      MashEdit *edit = mash_edit_new (&mash_note_kind, id, 0);

      mash_edit_set_text (edit, "contact", self->contact);
      mash_edit_set_text (edit, "text", WORDS);
      mash_edit_set_text (edit, "significance", "routine");
      mash_edit_set_text (edit, "at", now);
      mash_group_take_edit (group, edit);
    }

  return group;
}

static GPtrArray *
seal (StockVoice *self,
      MashGroup  *group,
      const char *now)
{
  g_autofree char *id = mash_hub_people_make_id ();
  GPtrArray *sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  MashSaying saying = {
    .hub = self->stock->info->hub, .group = id, .desk = self->seat,
    .person = self->admission->person, .post = self->post, .compartment = "default",
    .said_at = now,
  };

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      g_autofree char *change_id = mash_hub_people_make_id ();
      guint8 salt[MASH_CHANGE_SALT_SIZE];
      g_autoptr (MashChange) change = NULL;

      randombytes_buf (salt, sizeof salt);
      change = mash_change_new_for_edit (group, i, &saying, change_id, salt, NULL);
      sign (self, change);
      g_ptr_array_add (sealed, mash_signed_new (change));
    }

  return sealed;
}

/* A batch of so many groups of so many notes each, not sent yet. */
GPtrArray *
stock_voice_make (StockVoice *self,
                  guint       n_groups,
                  guint       size)
{
  g_autofree char *now = mash_time_format (g_get_real_time ());
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < n_groups; i++)
    {
      g_autoptr (MashGroup) group = make_group (self, now, size);

      g_ptr_array_add (groups, seal (self, group, now));
    }

  return groups;
}

/* Whether the hub has taken all of a batch. */
gboolean
stock_voice_send (StockVoice *self,
                  GPtrArray  *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = mash_hub_call_push (self->line, self->seat, self->next_seq,
                                                      groups, &error);

  if (answers == NULL)
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  self->next_seq += answers->len;
  for (guint i = 0; i < answers->len; i++)
    {
      const MashAnswer *answer = g_ptr_array_index (answers, i);

      if (strcmp (answer->outcome, "accepted") != 0)
        {
          g_printerr ("Not accepted: %s %s\n", answer->code, answer->says);
          return FALSE;
        }
    }

  return TRUE;
}
