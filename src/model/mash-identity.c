/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-identity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What somebody says of two records of people. Each time it is said is a record of its own; the
 * newest one of a pair counts. Its author is who proposed; the rules write down who decided. */
static const MashField identity_link_fields[] = {
  { "person-a", MASH_FIELD_REFERENCE, N_("One record"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person-b", MASH_FIELD_REFERENCE, N_("The other record"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "state", MASH_FIELD_CODE, N_("State"), "DUP", MASH_NEED_SAVE, MASH_OWNER_RULES },
  { "score", MASH_FIELD_INT, N_("Weight of the reasons"), .traits = MASH_FIELD_FIXED },
  { "evidence", MASH_FIELD_TEXT, N_("What agrees and what does not"),
    .traits = MASH_FIELD_FIXED },
  { "why", MASH_FIELD_RICH, N_("Why"), .traits = MASH_FIELD_FIXED },
  { "decided-by", MASH_FIELD_REFERENCE, N_("Decided by"), "staff", .owner = MASH_OWNER_RULES },
  { "decided-at", MASH_FIELD_TIME, N_("Decided"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashIdentityLink, mash_identity_link, "identity-link",
                    N_("Link of two people"), identity_link_fields, MASH_KIND_KEPT)

/* Work that another system recorded about a person. */
static const MashField episode_fields[] = {
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "system", MASH_FIELD_TEXT, N_("System it comes from"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "number", MASH_FIELD_TEXT, N_("Its number there"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED | MASH_FIELD_SEARCHED },
  { "type", MASH_FIELD_TEXT, N_("What it was") },
  { "opened", MASH_FIELD_PARTIAL_DATE, N_("Opened"), .traits = MASH_FIELD_PAST },
  { "closed", MASH_FIELD_PARTIAL_DATE, N_("Closed"), .traits = MASH_FIELD_PAST },
  { "outcome", MASH_FIELD_TEXT, N_("Outcome") },
  { "team", MASH_FIELD_TEXT, N_("Team") },
};
MASH_DEFINE_ENTITY (MashEpisode, mash_episode, "episode", N_("Episode in another system"),
                    episode_fields, MASH_KIND_PLAIN)

/* A file that rows were taken from; who took it in, and when, are the record's stamps. */
static const MashField import_file_fields[] = {
  { "form", MASH_FIELD_TEXT, N_("Kind of file"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "fingerprint", MASH_FIELD_TEXT, N_("Fingerprint of the file"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "rows", MASH_FIELD_INT, N_("Rows"), .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashImportFile, mash_import_file, "import-file", N_("Imported file"),
                    import_file_fields, MASH_KIND_APPEND_ONLY)

static const MashField import_row_fields[] = {
  { "file", MASH_FIELD_REFERENCE, N_("File"), "import-file", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "line", MASH_FIELD_INT, N_("Line of the file"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "system", MASH_FIELD_TEXT, N_("System it comes from"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "digest", MASH_FIELD_TEXT, N_("Fingerprint of the row"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "person", MASH_FIELD_REFERENCE, N_("Person"), "person", .traits = MASH_FIELD_FIXED },
  { "counted", MASH_FIELD_REFERENCE, N_("Count of a team"), "assessment-count",
    .traits = MASH_FIELD_FIXED },
  { "episode", MASH_FIELD_REFERENCE, N_("Episode"), "episode", .traits = MASH_FIELD_FIXED },
  { "new-person", MASH_FIELD_BOOL, N_("The row made the person"), .traits = MASH_FIELD_FIXED },
  { "said", MASH_FIELD_RICH, N_("What the row says"), .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashImportRow, mash_import_row, "import-row", N_("Imported row"),
                    import_row_fields, MASH_KIND_APPEND_ONLY)

/**
 * mash_identity_is_linked:
 * @link: a record of the kind identity-link
 *
 * Returns: %TRUE when it joins its two people: proposed, approved, and not undone
 */
gboolean
mash_identity_is_linked (MashRecord *link)
{
  return g_strcmp0 (mash_record_get_text (link, "state"), "MERGED") == 0;
}

/* The people that are joined to one by links of their own, each once, to the end of a list. */
static void
add_neighbours (MashFacts  *facts,
                const char *person,
                GPtrArray  *group,
                GHashTable *seen)
{
  static const char *const ends[][2] = { { "person-a", "person-b" }, { "person-b", "person-a" } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GPtrArray) links = mash_facts_list (facts, "identity-link", ends[i][0], person);

      for (guint j = 0; j < links->len; j++)
        {
          MashRecord *link = g_ptr_array_index (links, j);
          char *other = g_strdup (mash_record_get_text (link, ends[i][1]));

          if (other != NULL && mash_identity_is_linked (link) &&
              !g_hash_table_contains (seen, other))
            {
              g_hash_table_add (seen, other);
              g_ptr_array_add (group, other);
            }
          else
            {
              g_free (other);
            }
        }
    }
}

/**
 * mash_identity_list_group:
 * @facts: facts
 * @person: the id of a person
 *
 * Follows approved links, however long the way. Any thread.
 *
 * Returns: (transfer full): the ids of all records that are this person, @person first
 */
char **
mash_identity_list_group (MashFacts  *facts,
                          const char *person)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *group = g_ptr_array_new ();

  g_return_val_if_fail (person != NULL, NULL);

  g_ptr_array_add (group, g_strdup (person));
  g_hash_table_add (seen, g_ptr_array_index (group, 0));
  for (guint i = 0; i < group->len; i++)
    add_neighbours (facts, g_ptr_array_index (group, i), group, seen);
  g_ptr_array_add (group, NULL);

  return (char **) g_ptr_array_free (group, FALSE);
}

/**
 * mash_identity_list_subjects:
 * @facts: facts
 * @person: the id of a person
 *
 * Returns: (transfer full) (element-type MashRecord): that this person is in contacts, under
 *   whichever of the linked records
 */
GPtrArray *
mash_identity_list_subjects (MashFacts  *facts,
                             const char *person)
{
  g_auto (GStrv) group = mash_identity_list_group (facts, person);
  GPtrArray *subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; group[i] != NULL; i++)
    g_ptr_array_extend_and_steal (subjects, mash_facts_list (facts, "contact-subject", "person",
                                                             group[i]));

  return subjects;
}

/**
 * mash_identity_list_links:
 * @facts: facts
 * @one: the id of a person
 * @other: the id of another
 *
 * Returns: (transfer full) (element-type MashRecord): what has been said of the two, whichever was
 *   named first; no certain order between those that name them differently
 */
GPtrArray *
mash_identity_list_links (MashFacts  *facts,
                          const char *one,
                          const char *other)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint way = 0; way < 2; way++)
    {
      g_autoptr (GPtrArray) all = mash_facts_list (facts, "identity-link", "person-a",
                                                   way == 0 ? one : other);

      for (guint i = 0; i < all->len; i++)
        {
          MashRecord *link = g_ptr_array_index (all, i);

          if (g_strcmp0 (mash_record_get_text (link, "person-b"), way == 0 ? other : one) == 0)
            g_ptr_array_add (links, mash_record_ref (link));
        }
    }

  return links;
}

/**
 * mash_identity_find_link:
 * @facts: facts
 * @one: the id of a person
 * @other: the id of another
 *
 * Returns: (transfer full) (nullable): the newest that has been said of the two
 */
MashRecord *
mash_identity_find_link (MashFacts  *facts,
                         const char *one,
                         const char *other)
{
  g_autoptr (GPtrArray) links = mash_identity_list_links (facts, one, other);
  MashRecord *newest = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      MashRecord *link = g_ptr_array_index (links, i);
      int order = newest != NULL ? strcmp (mash_record_get_stamps (link)->created_at,
                                           mash_record_get_stamps (newest)->created_at) : 1;

      if (order > 0 || (order == 0 && strcmp (mash_record_get_id (link),
                                              mash_record_get_id (newest)) > 0))
        newest = link;
    }

  return newest != NULL ? mash_record_ref (newest) : NULL;
}
