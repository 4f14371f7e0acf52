/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-paper-private.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-kinds.h"
#include "mash-time.h"
#include "mash-words.h"

/* How what a record holds is said on paper: in full, and without a code. */

static char *
format (const char *instant,
        const char *pattern)
{
  g_autoptr (GDateTime) epoch = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64 usec;

  if (instant == NULL || !mash_time_parse (instant, &usec))
    return g_strdup ("");

  epoch = g_date_time_new_from_unix_utc (0);
  local = g_date_time_add (epoch, usec + mash_time_get_offset (usec));

  return g_date_time_format (local, pattern);
}

static const char *
name_zone (const char *instant)
{
  gint64 usec;

  return mash_time_parse (instant, &usec) && mash_time_get_offset (usec) != 0 ? "BST" : "GMT";
}

/* Sunday 25 October 2026 at 03:10 GMT: an hour comes twice when the clocks go back. */
char *
mash_discussion_paper_dup_instant (const char *instant)
{
  g_autofree char *day = format (instant, "%A %-d %B %Y");
  g_autofree char *hour = format (instant, "%H:%M");

  if (*day == '\0')
    return g_strdup ("");

  /* Translators: a day in full, a time, and GMT or BST. */
  return g_strdup_printf (_("%s at %s %s"), day, hour, name_zone (instant));
}

char *
mash_discussion_paper_dup_clock (const char *instant)
{
  return format (instant, "%H:%M");
}

static char *
dup_date (const char *date)
{
  static const char *const patterns[] = { "%Y", "%B %Y", "%-d %B %Y" };
  guint year = 0, month = 1, day = 1;
  int n = sscanf (date, "%4u-%2u-%2u", &year, &month, &day);
  g_autoptr (GDateTime) at = n > 0 ? g_date_time_new_utc ((int) year, (int) month, (int) day, 0, 0,
                                                          0) : NULL;

  return at != NULL ? g_date_time_format (at, patterns[n - 1]) : g_strdup (date);
}

static char *
find_staff (MashDiscussionPaper *self,
            const char          *id)
{
  for (guint i = 0; self->staff != NULL && i < g_list_model_get_n_items (self->staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->staff, i);
      g_autofree char *staff = NULL;
      g_autofree char *name = NULL;

      g_object_get (item, "staff", &staff, "name", &name, NULL);
      if (g_strcmp0 (staff, id) == 0)
        return g_steal_pointer (&name);
    }

  return NULL;
}

/* The name of a member of staff, or of an agency. */
char *
mash_discussion_paper_dup_name (MashDiscussionPaper *self,
                                const char          *kind,
                                const char          *id)
{
  g_autofree char *known = id != NULL && strcmp (kind, "staff") == 0 ? find_staff (self, id)
                                                                     : NULL;
  g_autoptr (MashRecord) record = id != NULL ? mash_facts_lookup (self->facts, kind, id) : NULL;
  const char *name = record != NULL ? mash_record_get_text (record, "name") : NULL;

  if (known != NULL)
    return g_steal_pointer (&known);

  return g_strdup (name != NULL ? name : id != NULL ? _("not named") : "");
}

char *
mash_discussion_paper_dup_child (MashDiscussionPaper *self,
                                 const char          *subject,
                                 gboolean             birth)
{
  g_autoptr (MashRecord) link = mash_facts_lookup (self->facts, "contact-subject", subject);
  g_autoptr (MashRecord) person = link != NULL
                                  ? mash_facts_lookup (self->facts, "person",
                                                       mash_record_get_text (link, "person"))
                                  : NULL;
  const char *forenames, *surname;
  g_autofree char *name = NULL;
  g_autofree char *date = NULL;

  if (person == NULL)
    return g_strdup (_("Name not known"));

  forenames = mash_record_get_text (person, "legal-forenames");
  surname = mash_record_get_text (person, "legal-surname");
  name = mash_words_join (" ", forenames != NULL ? forenames : "",
                          surname != NULL ? surname : "", NULL);
  if (*name == '\0')
    {
      g_free (name);
      name = g_strdup (_("Name not known"));
    }
  if (!birth || !mash_record_has (person, "birth"))
    return g_steal_pointer (&name);

  date = dup_date (mash_record_get_text (person, "birth"));

  /* Translators: the name of a child, and a date. */
  return g_strdup_printf (_("%s, born %s"), name, date);
}

static char *
dup_referred (MashDiscussionPaper *self,
              const char          *of,
              const char          *id)
{
  if (strcmp (of, "contact-subject") == 0)
    return mash_discussion_paper_dup_child (self, id, FALSE);

  return mash_discussion_paper_dup_name (self, of, id);
}

static char *
dup_set (MashDiscussionPaper *self,
         MashRecord          *record,
         const MashField     *field)
{
  g_auto (GStrv) members = mash_record_dup_set (record, field->name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    {
      g_autofree char *word = field->type == MASH_FIELD_CODES
                              ? g_strdup (mash_policy_get_label (self->policy, field->of,
                                                                 members[i]))
                              : dup_referred (self, field->of, members[i]);

      g_strv_builder_add (builder, word);
    }
  words = g_strv_builder_end (builder);

  return g_strjoinv (", ", words);
}

/* What a field holds, in words; empty where it holds nothing. */
char *
mash_discussion_paper_dup_value (MashDiscussionPaper *self,
                                 MashRecord          *record,
                                 const char          *name)
{
  const MashKind *kind = mash_record_get_kind (record);
  const MashField *field = &kind->fields[mash_kind_find_field (kind, name)];
  const char *text;

  if (field->type == MASH_FIELD_CODES || field->type == MASH_FIELD_REFERENCES)
    return dup_set (self, record, field);
  if (field->type == MASH_FIELD_BOOL)
    return g_strdup (mash_record_get_flag (record, name) ? _("Yes") : "");

  text = mash_record_get_text (record, name);
  if (text == NULL)
    return g_strdup ("");

  switch (field->type)
    {
    case MASH_FIELD_CODE:
      return g_strdup (mash_policy_get_label (self->policy, field->of, text));

    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
      return dup_date (text);

    case MASH_FIELD_TIME:
      return mash_discussion_paper_dup_instant (text);

    case MASH_FIELD_REFERENCE:
      return dup_referred (self, field->of, text);

    case MASH_FIELD_BOOL:
    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_INT:
    default:
      return g_strdup (text);
    }
}

/* The word for the code in a field; empty where there is none. */
const char *
mash_discussion_paper_name_code (MashDiscussionPaper *self,
                                 MashRecord          *record,
                                 const char          *name)
{
  const MashKind *kind = mash_record_get_kind (record);
  const char *code = mash_record_get_text (record, name);

  return code != NULL ? mash_policy_get_label (self->policy,
                                               kind->fields[mash_kind_find_field (kind, name)].of,
                                               code) : "";
}
