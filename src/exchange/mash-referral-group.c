/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-referral.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-identifiers.h"
#include "mash-referral-private.h"

#define MIME "application/xml"

typedef struct
{
  MashReferral *referral;
  MashGroup    *group;
  const char   *contact;
  const char   *received_at;
  const char   *keyed_at;
  GHashTable   *ids;        /* part → id */
  MashIdSource  make_id;
  gpointer      data;
} Maker;

static MashEdit *
begin_edit (Maker      *maker,
            const char *kind)
{
  g_autofree char *id = maker->make_id (maker->data);

  return mash_edit_new (mash_kind_lookup (kind), id, 0);
}

static const char *
get_id (Maker           *maker,
        const MashField *field,
        const char      *key)
{
  return g_hash_table_lookup (maker->ids,
                              mash_referral_find_part (maker->referral, field->of, key));
}

/* Keys of the file become ids of the hub; all else stays as it is. */
static GVariant *
translate_value (Maker           *maker,
                 const MashField *field,
                 GVariant        *value)
{
  g_autofree const char **keys = NULL;

  if (field->type == MASH_FIELD_REFERENCE)
    return g_variant_ref_sink (g_variant_new_string (
                                 get_id (maker, field, g_variant_get_string (value, NULL))));
  if (field->type != MASH_FIELD_REFERENCES)
    return g_variant_ref (value);

  keys = g_variant_get_strv (value, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    keys[i] = get_id (maker, field, keys[i]);

  return g_variant_ref_sink (g_variant_new_strv (keys, -1));
}

static gboolean
is_number (const MashField *field)
{
  return strcmp (field->name, "nhs-number") == 0 || strcmp (field->name, "upn") == 0 ||
         strcmp (field->name, "former-upn") == 0;
}

static void
set_field (Maker                  *maker,
           MashEdit               *edit,
           const MashReferralPart *part,
           guint                   f)
{
  const MashField *field = &part->kind->fields[f];
  g_autoptr (GVariant) value = NULL;

  if (mash_referral_part_is (part, "person") && is_number (field))
    {
      g_autofree char *number = NULL;

      if (mash_referral_judge_field (maker->referral, part, f) == MASH_FAULT_CHECK_DIGIT)
        return;
      number = mash_identifiers_normalize (g_variant_get_string (part->values[f], NULL));
      mash_edit_set_text (edit, field->name, number);
      return;
    }

  value = translate_value (maker, field, part->values[f]);
  mash_edit_set (edit, f, NULL, value);
}

/* A number that fails its check could be somebody else's. It is kept, but where nothing matches
 * people by it. */
static void
add_bad_number (Maker                  *maker,
                const MashReferralPart *part,
                guint                   f,
                const char             *person)
{
  gboolean nhs = strcmp (part->kind->fields[f].name, "nhs-number") == 0;
  MashEdit *identifier = begin_edit (maker, "identifier");

  mash_edit_set_text (identifier, "person", person);
  mash_edit_set_text (identifier, "type", nhs ? "NHS" : "UPN");
  mash_edit_set_text (identifier, "value", g_variant_get_string (part->values[f], NULL));
  mash_edit_set_flag (identifier, "verified", FALSE);
  mash_group_take_edit (maker->group, identifier);
}

/* What is odd about a number is a note on the contact, for whoever reads it next. */
static void
add_remarks (Maker                  *maker,
             const MashReferralPart *part)
{
  const char *person = g_hash_table_lookup (maker->ids, part);

  for (guint f = 0; f < part->kind->n_fields; f++)
    {
      g_autofree char *sentence = mash_referral_say_remark (maker->referral, part, f);
      MashEdit *note;

      if (sentence == NULL)
        continue;
      if (mash_referral_judge_field (maker->referral, part, f) == MASH_FAULT_CHECK_DIGIT)
        add_bad_number (maker, part, f, person);

      note = begin_edit (maker, "note");
      mash_edit_set_text (note, "contact", maker->contact);
      mash_edit_set_text (note, "person", person);
      mash_edit_set_text (note, "text", sentence);
      mash_edit_set_text (note, "at", maker->keyed_at);
      mash_group_take_edit (maker->group, note);
    }
}

/* A contact says in a sentence what it is about. Where the form leaves that out, what happened, or
 * the letter, says it. */
static void
set_concern (Maker    *maker,
             MashEdit *edit)
{
  static const struct { const char *kind, *field; } sources[] = {
    { "concern", "what-happened" },
    { "source-document", "text" },
  };

  for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
    {
      for (guint i = 0; i < maker->referral->parts->len; i++)
        {
          const MashReferralPart *part = g_ptr_array_index (maker->referral->parts, i);
          const char *text = NULL;

          if (mash_referral_part_is (part, sources[s].kind))
            text = mash_referral_part_get_text (part, sources[s].field);
          if (text != NULL)
            {
              mash_edit_set_text (edit, "presenting-concern", text);
              return;
            }
        }
    }
}

static gboolean
is_police_notification (const MashReferralPart *contact)
{
  return g_strcmp0 (mash_referral_part_get_text (contact, "kind"), "NOT") == 0 &&
         g_strcmp0 (mash_referral_part_get_text (contact, "source"), "6") == 0;
}

static void
complete_contact (Maker                  *maker,
                  const MashReferralPart *part,
                  MashEdit               *edit)
{
  mash_edit_set_text (edit, "channel", is_police_notification (part) ? "PNOT" : "FILE");
  mash_edit_set_text (edit, "received-at", maker->received_at);
  mash_edit_set_text (edit, "keyed-at", maker->keyed_at);
  if (mash_referral_part_get (part, "kind") == NULL)
    mash_edit_set_text (edit, "kind", "REF");
  if (mash_referral_part_get (part, "presenting-concern") == NULL)
    set_concern (maker, edit);
}

static void
add_part (Maker                  *maker,
          const MashReferralPart *part)
{
  const char *id = g_hash_table_lookup (maker->ids, part);
  MashEdit *edit = mash_edit_new (part->kind, id, 0);
  guint contact = mash_kind_get_contact_field (part->kind);

  if (contact != MASH_NO_FIELD)
    mash_edit_set_text (edit, part->kind->fields[contact].name, maker->contact);
  for (guint f = 0; f < part->kind->n_fields; f++)
    {
      if (part->values[f] != NULL)
        set_field (maker, edit, part, f);
    }

  if (mash_referral_part_is (part, "contact"))
    complete_contact (maker, part, edit);
  if (mash_referral_part_is (part, "person"))
    {
      GVariant *unknown = mash_referral_part_get (part, "name-unknown");

      mash_edit_set_text (edit, "status", unknown != NULL && g_variant_get_boolean (unknown)
                                          ? "PLACEHOLDER" : "IDENTIFIED");
    }

  mash_group_take_edit (maker->group, edit);
}

static void
add_document (Maker *maker)
{
  MashReferral *referral = maker->referral;
  const MashReferralPart *letter = mash_referral_find_part (referral, "source-document", NULL);
  const MashReferralPart *contact = mash_referral_find_part (referral, "contact", NULL);
  const char *title = letter != NULL ? mash_referral_part_get_text (letter, "title") : NULL;
  g_autofree char *text = mash_referral_dup_text (referral);
  MashEdit *edit = begin_edit (maker, "source-document");

  mash_edit_set_text (edit, "contact", maker->contact);
  mash_edit_set_text (edit, "title", title != NULL ? title : _("Referral file"));
  mash_edit_set_text (edit, "mime", MIME);
  mash_edit_set_text (edit, "sha256", referral->sha256);
  mash_edit_set_int (edit, "size", (gint64) g_bytes_get_size (referral->file));
  mash_edit_set_text (edit, "received-at", maker->received_at);
  mash_edit_set_text (edit, "origin", is_police_notification (contact) ? "POLICE" : "FILE");
  mash_edit_set_text (edit, "text", text);
  mash_group_take_edit (maker->group, edit);
  mash_group_attach (maker->group, referral->sha256, referral->file);
}

/* In the order of the model's kinds, so that what is referred to stands before what refers to
 * it. */
static void
add_parts (Maker *maker)
{
  MashReferral *referral = maker->referral;
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint k = 0; k < n_kinds; k++)
    {
      for (guint i = 0; i < referral->parts->len; i++)
        {
          const MashReferralPart *part = g_ptr_array_index (referral->parts, i);

          if (part->kind == kinds[k] && !mash_referral_part_is (part, "source-document"))
            add_part (maker, part);
        }
    }

  add_document (maker);
  for (guint i = 0; i < referral->parts->len; i++)
    add_remarks (maker, g_ptr_array_index (referral->parts, i));
}

/**
 * mash_referral_to_group:
 * @self: a referral that passed mash_referral_check()
 * @received_at: when it reached the hub, a UTC instant
 * @keyed_at: when it is taken in, a UTC instant
 * @make_id: (scope call): gives ids
 * @data: for @make_id
 *
 * Makes the whole referral one user action, the deed `create`, with the file itself attached.
 * People are new people; whether one of them is known already is for somebody to say. Any thread.
 *
 * Returns: (transfer full): the group
 */
MashGroup *
mash_referral_to_group (MashReferral *self,
                        const char   *received_at,
                        const char   *keyed_at,
                        MashIdSource  make_id,
                        gpointer      data)
{
  g_autoptr (GHashTable) ids = NULL;
  g_autofree char *contact = NULL;
  Maker maker;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (make_id != NULL, NULL);

  contact = make_id (data);
  ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < self->parts->len; i++)
    {
      MashReferralPart *part = g_ptr_array_index (self->parts, i);

      g_hash_table_insert (ids, part, mash_referral_part_is (part, "contact")
                                      ? g_strdup (contact) : make_id (data));
    }

  maker = (Maker) { self, mash_group_new ("create", contact), contact, received_at, keyed_at,
                    ids, make_id, data };
  add_parts (&maker);

  return maker.group;
}
