/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-chronology-paper.h"

#include <glib/gi18n.h>

#include "mash-time.h"

/* What a paper is made of, on its way to the thread that makes it. */
typedef struct
{
  MashPolicy         *policy;
  MashChronology     *chronology;
  MashChronologyWords words;
} Making;

/* One entry, read from its item. */
typedef struct
{
  char   *headline;
  char   *detail;
  char   *who;
  char   *agency;
  char   *author;
  char   *source;
  char   *basis;
  char   *kind;
  char   *significance;
  char   *precision;
  char   *reference;
  char   *voided_reason;
  gint64  at;
} Entry;

static void
entry_clear (Entry *entry)
{
  g_free (entry->headline);
  g_free (entry->detail);
  g_free (entry->who);
  g_free (entry->agency);
  g_free (entry->author);
  g_free (entry->source);
  g_free (entry->basis);
  g_free (entry->kind);
  g_free (entry->significance);
  g_free (entry->precision);
  g_free (entry->reference);
  g_free (entry->voided_reason);
}

static void
read_entry (GListModel *entries,
            guint       i,
            Entry      *entry)
{
  g_autoptr (GObject) item = g_list_model_get_item (entries, i);

  g_object_get (item,
                "headline", &entry->headline,
                "detail", &entry->detail,
                "who", &entry->who,
                "agency", &entry->agency,
                "author", &entry->author,
                "source", &entry->source,
                "basis", &entry->basis,
                "kind", &entry->kind,
                "significance", &entry->significance,
                "precision", &entry->precision,
                "reference", &entry->reference,
                "voided-reason", &entry->voided_reason,
                "at", &entry->at,
                NULL);
}

static char *
format (gint64      at,
        const char *pattern)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) local = g_date_time_add (epoch, at + mash_time_get_offset (at));

  return g_date_time_format (local, pattern);
}

/**
 * mash_chronology_dup_date:
 * @at: when
 * @precision: `time`, `day`, `month` or `year`
 *
 * Any thread.
 *
 * Returns: (transfer full): as much of the date as is known: Tue 13 Oct 2026, October 2026, 2026
 */
char *
mash_chronology_dup_date (gint64      at,
                          const char *precision)
{
  if (g_strcmp0 (precision, "year") == 0)
    return format (at, "%Y");
  if (g_strcmp0 (precision, "month") == 0)
    return format (at, "%B %Y");

  return format (at, "%a %-d %b %Y");
}

static void
append (GString    *line,
        const char *words)
{
  if (words == NULL || *words == '\0')
    return;

  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, words);
}

static char *
dup_quiet (MashPolicy           *policy,
           const MashChronology *chronology,
           const Entry          *entry)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (entry->who != NULL && *entry->who != '\0')
    {
      /* Translators: whom an entry of a timeline is about. */
      g_autofree char *about = g_strdup_printf (_("About %s"), entry->who);

      append (line, about);
    }
  if (entry->kind != NULL)
    append (line, mash_policy_get_label (policy, "TLK", entry->kind));
  if (g_strcmp0 (entry->significance, "critical") == 0)
    append (line, _("Critical"));
  if (entry->reference != NULL && g_strcmp0 (entry->reference, chronology->reference) != 0)
    append (line, entry->reference);
  if (entry->voided_reason != NULL)
    {
      g_autofree char *voided = g_strdup_printf (_("Withdrawn: %s"), entry->voided_reason);

      append (line, voided);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
add_entry (MashPaper            *paper,
           MashPolicy           *policy,
           const MashChronology *chronology,
           guint                 number,
           const Entry          *entry)
{
  g_autofree char *n = g_strdup_printf ("%u", number);
  g_autofree char *date = mash_chronology_dup_date (entry->at, entry->precision);
  g_autofree char *hour = g_strcmp0 (entry->precision, "time") == 0 ? format (entry->at, "%H:%M")
                                                                    : NULL;
  g_autofree char *quiet = dup_quiet (policy, chronology, entry);
  g_autoptr (GString) from = g_string_new (entry->author);

  append (from, entry->source);
  if (entry->basis != NULL)
    append (from, mash_policy_get_label (policy, "FOO", entry->basis));
  mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = n },
    { .text = date, .quiet = hour },
    { .strong = entry->headline, .text = entry->detail, .quiet = quiet },
    { .text = entry->agency, .quiet = from->str },
  });
}

static void
add_fact (MashPaper  *paper,
          const char *label,
          const char *value)
{
  if (value != NULL && *value != '\0')
    mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
      { .strong = label }, { .text = value },
    });
}

static char *
dup_left_out (const MashChronology *chronology)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (chronology->confidential == 0 && chronology->unreleased == 0)
    return g_strdup (_("Nothing of this view was left out."));

  if (chronology->confidential > 0)
    g_string_append_printf (words,
                            ngettext ("%u confidential entry was left out by rule.",
                                      "%u confidential entries were left out by rule.",
                                      chronology->confidential), chronology->confidential);
  if (chronology->unreleased > 0)
    {
      if (words->len > 0)
        g_string_append_c (words, ' ');
      g_string_append_printf (words,
                              ngettext ("%u entry of another agency was left out: that agency has "
                                        "not released it.",
                                        "%u entries of other agencies were left out: those "
                                        "agencies have not released them.",
                                        chronology->unreleased), chronology->unreleased);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_span (const MashChronology *chronology)
{
  guint n = g_list_model_get_n_items (chronology->entries);
  Entry first = { NULL }, last = { NULL };
  char *words;

  if (n == 0)
    return g_strdup (_("No entries"));

  read_entry (chronology->entries, 0, &first);
  read_entry (chronology->entries, n - 1, &last);
  {
    gboolean forward = first.at <= last.at;
    g_autofree char *from = forward ? mash_chronology_dup_date (first.at, first.precision)
                                    : mash_chronology_dup_date (last.at, last.precision);
    g_autofree char *to = forward ? mash_chronology_dup_date (last.at, last.precision)
                                  : mash_chronology_dup_date (first.at, first.precision);

    /* Translators: how many entries, then the first and the last date. */
    words = g_strdup_printf (ngettext ("%u entry, from %s to %s", "%u entries, from %s to %s", n),
                             n, from, to);
  }
  entry_clear (&first);
  entry_clear (&last);

  return words;
}

static void
add_facts (MashPaper                 *paper,
           const MashChronology      *chronology,
           const MashChronologyWords *words)
{
  const MashPaperColumn columns[] = { { NULL, 24, FALSE }, { NULL, 76, FALSE } };
  g_autofree char *maker = words->post != NULL
                           ? g_strdup_printf ("%s, %s, %s", words->maker, words->post,
                                              chronology->agency != NULL ? chronology->agency : "")
                           : g_strdup (words->maker);
  g_autofree char *made = format (chronology->at, "%-d %B %Y, %H:%M");
  g_autofree char *span = dup_span (chronology);
  g_autofree char *left_out = dup_left_out (chronology);

  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  add_fact (paper, _("Reference"), chronology->reference);
  add_fact (paper, _("For"), words->recipient);
  add_fact (paper, _("Purpose"), words->purpose);
  add_fact (paper, _("Made by"), maker);
  add_fact (paper, _("Made on"), made);
  add_fact (paper, _("What it covers"), words->covers);
  add_fact (paper, _("Entries"), span);
  add_fact (paper, _("Left out"), left_out);
}

/**
 * mash_chronology_paper_new:
 * @policy: the policy in force, for the words of its codes
 * @chronology: what may be copied
 * @words: who it is for, and why
 *
 * Any thread.
 *
 * Returns: (transfer full): the paper
 */
MashPaper *
mash_chronology_paper_new (MashPolicy                *policy,
                           const MashChronology      *chronology,
                           const MashChronologyWords *words)
{
  const MashPaperColumn columns[] = {
    { _("No"), 5, FALSE }, { _("When"), 19, FALSE }, { _("What happened"), 52, FALSE },
    { _("Who says so"), 24, FALSE },
  };
  g_autofree char *made = mash_time_dup_local (chronology->at);
  /* Translators: the number of a copy, and when it was made. */
  g_autofree char *version = g_strdup_printf (_("Version %u of %s"), chronology->version, made);
  guint n = g_list_model_get_n_items (chronology->entries);
  MashPaper *paper = mash_paper_new (&(MashPaperHead) {
    .title = _("Chronology"), .reference = chronology->reference, .recipient = words->recipient,
    .version = version, .note = _("Confidential. Only for the recipient named here."),
  });

  mash_paper_add_title (paper, _("Chronology"));
  add_facts (paper, chronology, words);
  mash_paper_add_heading (paper, _("Entries"));
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < n; i++)
    {
      Entry entry = { NULL };

      read_entry (chronology->entries, i, &entry);
      add_entry (paper, policy, chronology, i + 1, &entry);
      entry_clear (&entry);
    }
  mash_paper_add_quiet (paper, _("End of the chronology."));

  return paper;
}

static void
making_free (Making *making)
{
  mash_policy_unref (making->policy);
  mash_chronology_free (making->chronology);
  g_free ((char *) making->words.recipient);
  g_free ((char *) making->words.purpose);
  g_free ((char *) making->words.covers);
  g_free ((char *) making->words.maker);
  g_free ((char *) making->words.post);
  g_free (making);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Making *making = task_data;

  g_task_return_pointer (task,
                         mash_chronology_paper_new (making->policy, making->chronology,
                                                    &making->words),
                         (GDestroyNotify) mash_paper_unref);
}

/**
 * mash_chronology_paper_new_async:
 * @policy: the policy in force
 * @chronology: what may be copied; nobody else may alter its list
 * @words: who it is for, and why
 * @callback: called with the paper
 * @user_data: for @callback
 *
 * Makes the paper on a thread of its own: ten thousand entries take longer than a frame.
 */
void
mash_chronology_paper_new_async (MashPolicy                *policy,
                                 const MashChronology      *chronology,
                                 const MashChronologyWords *words,
                                 GAsyncReadyCallback        callback,
                                 gpointer                   user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Making *making = g_new0 (Making, 1);

  making->policy = mash_policy_ref (policy);
  making->chronology = mash_chronology_copy (chronology);
  making->words = (MashChronologyWords) {
    g_strdup (words->recipient), g_strdup (words->purpose), g_strdup (words->covers),
    g_strdup (words->maker), g_strdup (words->post),
  };
  g_task_set_source_tag (task, mash_chronology_paper_new_async);
  g_task_set_task_data (task, making, (GDestroyNotify) making_free);
  g_task_run_in_thread (task, make_thread);
}

MashPaper *
mash_chronology_paper_new_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
