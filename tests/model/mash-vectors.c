/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-vectors.h"

#include <stdio.h>
#include <string.h>

#include "mash-body.h"
#include "mash-time.h"

/* What was judged last; only looked at, never into. */
static const MashGroup *judged;

/* Appends a line to the file that the environment names, where it names one. */
static void
write_line (const char *word,
            GHashTable *members)
{
  const char *name = g_getenv ("MASH_TEST_VECTORS");
  g_autofree char *body = NULL;
  FILE *file;

  if (name == NULL)
    return;

  body = mash_body_write (members);
  file = fopen (name, "a");
  g_assert_nonnull (file);
  fprintf (file, "%s\t%s\n", word, body);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
set_text (GHashTable *members,
          const char *name,
          const char *text)
{
  if (text != NULL)
    mash_body_set (members, name, g_variant_new_string (text));
}

void
vectors_begin (void)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  write_line ("begin", members);
}

void
vectors_put (MashRecord *record)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  const MashKind *kind = mash_record_get_kind (record);
  const MashStamps *stamps = mash_record_get_stamps (record);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT,
                                               mash_record_get_revision (record));

  set_text (members, ".kind", kind->name);
  set_text (members, ".revision", revision);
  set_text (members, ".id", mash_record_get_id (record));
  set_text (members, ".by", stamps->created_by);
  set_text (members, ".post", stamps->created_post);
  set_text (members, ".at", stamps->created_at);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_record_get_value (record, i) != NULL)
        mash_body_set (members, kind->fields[i].name, mash_record_get_value (record, i));
    }
  write_line ("put", members);
}

void
vectors_remove (const char *kind,
                const char *id)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  set_text (members, ".kind", kind);
  set_text (members, ".id", id);
  write_line ("remove", members);
}

static void
write_edit (MashEdit *edit)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  const MashKind *kind = mash_edit_get_kind (edit);
  g_autofree char *base = g_strdup_printf ("%" G_GINT64_FORMAT, mash_edit_get_base (edit));

  set_text (members, ".kind", kind->name);
  set_text (members, ".id", mash_edit_get_id (edit));
  set_text (members, ".base", base);
  set_text (members, ".void", mash_edit_get_voided (edit));
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *was = g_strconcat (kind->fields[i].name, ".was", NULL);

      if (!mash_edit_touches (edit, i))
        continue;
      mash_body_set (members, kind->fields[i].name, mash_edit_get_now (edit, i));
      mash_body_set (members, was, mash_edit_get_was (edit, i));
    }
  write_line ("edit", members);
}

void
vectors_judge (const MashActor *actor,
               MashGroup       *group,
               const char      *refusal)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  g_autofree char *now = mash_time_format (actor->now);

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    write_edit (mash_group_get_edit (group, i));
  set_text (members, "deed", mash_group_get_deed (group));
  set_text (members, "contact", mash_group_get_contact (group));
  set_text (members, "reason", mash_group_get_reason (group));
  set_text (members, "person", actor->person);
  set_text (members, "post", actor->post);
  set_text (members, "role", actor->role);
  set_text (members, "agency", actor->agency);
  set_text (members, "now", now);
  mash_body_set (members, "on_line", g_variant_new_boolean (actor->on_line));
  set_text (members, "says", refusal != NULL ? refusal : "");
  write_line ("judge", members);
  judged = group;
}

/* Whether the group is the one that was judged last, so that one word says what became of it. */
gboolean
vectors_apply (MashGroup *group)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  if (group != judged)
    return FALSE;
  write_line ("apply", members);
  judged = NULL;

  return TRUE;
}

/* Reads a line back; the word is the caller's. */
GHashTable *
vectors_read (const char  *line,
              char       **word)
{
  const char *tab = strchr (line, '\t');
  g_autoptr (GError) error = NULL;
  GHashTable *members;

  g_assert_nonnull (tab);
  *word = g_strndup (line, (gsize) (tab - line));
  members = mash_body_read (tab + 1, strlen (tab + 1), &error);
  g_assert_no_error (error);

  return members;
}

const char *
vectors_get_text (GHashTable *members,
                  const char *name)
{
  GVariant *value = g_hash_table_lookup (members, name);

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}
