/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-report-line.h"

#include <glib/gi18n.h>

#include "mash-words.h"

struct _MashReportLine
{
  GObject     parent_instance;

  char       *contact;
  char       *texts[8];   /* by property */

  /* Until the row of @item has been read */
  MashItem   *item;
  MashPolicy *policy;
  gint64      now;
  void      (*tell) (MashReportLine *self);
};

G_DEFINE_FINAL_TYPE (MashReportLine, mash_report_line, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FIRST,
  PROP_SECOND,
  PROP_THIRD,
  PROP_FOURTH,
  PROP_FIFTH,
  PROP_ROW_TEXT,
  N_PROPS
};

static const char *const names[N_PROPS] = {
  [PROP_FIRST] = "first",
  [PROP_SECOND] = "second",
  [PROP_THIRD] = "third",
  [PROP_FOURTH] = "fourth",
  [PROP_FIFTH] = "fifth",
  [PROP_ROW_TEXT] = "row-text",
};

static void
mash_report_line_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashReportLine *self = MASH_REPORT_LINE (object);

  if (prop_id > PROP_0 && prop_id < N_PROPS)
    g_value_set_string (value, self->texts[prop_id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mash_report_line_finalize (GObject *object)
{
  MashReportLine *self = MASH_REPORT_LINE (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_free (self->contact);
  g_clear_object (&self->item);
  g_clear_pointer (&self->policy, mash_policy_unref);

  G_OBJECT_CLASS (mash_report_line_parent_class)->finalize (object);
}

static void
mash_report_line_class_init (MashReportLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_report_line_get_property;
  object_class->finalize = mash_report_line_finalize;
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE |
                                                          G_PARAM_STATIC_STRINGS));
}

static void
mash_report_line_init (MashReportLine *self)
{
}

/**
 * mash_report_line_new_for_figure:
 * @weekly: a report
 * @figure: a line of it
 *
 * Returns: (transfer full): the line in words
 */
MashReportLine *
mash_report_line_new_for_figure (const MashWeekly *weekly,
                                 MashFigure        figure)
{
  MashReportLine *self = g_object_new (MASH_TYPE_REPORT_LINE, NULL);
  const char *label = mash_figure_get_label (figure);
  char **texts = self->texts;

  texts[PROP_FIRST] = g_strdup_printf ("%s%s", mash_figure_get_depth (figure) > 0 ? "    " : "",
                                       label);
  texts[PROP_SECOND] = mash_figure_dup_number (weekly->totals[figure]);
  texts[PROP_THIRD] = mash_figure_dup_number (mash_weekly_get_average (weekly, figure));
  texts[PROP_FOURTH] = figure != MASH_FIGURE_ASSESSMENTS
                       ? g_strdup_printf ("%u %%", mash_weekly_get_share (weekly, figure))
                       : g_strdup ("");
  texts[PROP_FIFTH] = mash_weekly_is_partial (weekly, figure)
                      ? g_strdup_printf (_("Only %u of %u weeks"), weekly->counted_weeks,
                                         weekly->n_weeks)
                      : g_strdup ("");
  /* Translators: a line of a report: its name, its total, its weekly average, a remark. */
  texts[PROP_ROW_TEXT] = g_strdup_printf (_("%s: %s in all, %s a week. %s"), label,
                                          texts[PROP_SECOND], texts[PROP_THIRD],
                                          texts[PROP_FIFTH]);

  return self;
}

static char *
dup_labels (MashPolicy *policy,
            const char *list,
            const char *codes)
{
  g_auto (GStrv) parts = g_strsplit (codes != NULL ? codes : "", " ", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (words->len > 0)
        g_string_append (words, ", ");
      g_string_append (words, mash_policy_get_label (policy, list, parts[i]));
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup ("–");
}

static void
set_texts (MashReportLine *self)
{
  g_free (g_steal_pointer (&self->contact));
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->tell (self);
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_notify (G_OBJECT (self), names[i]);
}

/* The line of a row that is read, or is still being read: then it is told in words as soon as that
 * comes. */
static MashReportLine *
new_for_item (MashItem   *item,
              MashPolicy *policy,
              gint64      now,
              void      (*tell) (MashReportLine *self))
{
  MashReportLine *self = g_object_new (MASH_TYPE_REPORT_LINE, NULL);

  self->item = g_object_ref (item);
  self->policy = mash_policy_ref (policy);
  self->now = now;
  self->tell = tell;
  if (mash_item_get_row (item) != NULL)
    tell (self);
  else
    g_signal_connect_object (item, "notify::contact", G_CALLBACK (set_texts), self,
                             G_CONNECT_SWAPPED);

  return self;
}

static void
join_texts (char **texts)
{
  texts[PROP_ROW_TEXT] = g_strdup_printf ("%s, %s, %s, %s, %s", texts[PROP_FIRST],
                                          texts[PROP_SECOND], texts[PROP_THIRD],
                                          texts[PROP_FOURTH], texts[PROP_FIFTH]);
}

static void
tell_contact (MashReportLine *self)
{
  g_autofree char *source = NULL;
  g_autofree char *outcome = NULL;
  g_autofree char *state = NULL;
  gint64 at;
  char **texts = self->texts;

  g_object_get (self->item, "contact", &self->contact, "reference", &texts[PROP_FIRST],
                "received-at", &at, "source", &source, "outcome", &outcome, "state", &state, NULL);
  texts[PROP_SECOND] = mash_words_moment (at, self->now);
  texts[PROP_THIRD] = dup_labels (self->policy, "RSRC", source);
  texts[PROP_FOURTH] = dup_labels (self->policy, "OUT", outcome);
  texts[PROP_FIFTH] = dup_labels (self->policy, "CST", state);
  join_texts (texts);
}

/**
 * mash_report_line_new_for_contact:
 * @item: a contact behind a figure
 * @policy: the policy in force
 * @now: the time now
 *
 * Returns: (transfer full): the contact in words, without a name
 */
MashReportLine *
mash_report_line_new_for_contact (MashFigureItem *item,
                                  MashPolicy     *policy,
                                  gint64          now)
{
  return new_for_item (MASH_ITEM (item), policy, now, tell_contact);
}

static void
say_spans (char        **texts,
           const gint64  spans[MASH_N_DRIFTS])
{
  for (guint i = 0; i < MASH_N_DRIFTS; i++)
    texts[PROP_THIRD + i] = mash_drift_dup_words (spans[i]);
  join_texts (texts);
}

/**
 * mash_report_line_new_for_drift_week:
 * @title: the week
 * @week: its discussions
 *
 * Returns: (transfer full): the week in words
 */
MashReportLine *
mash_report_line_new_for_drift_week (const char          *title,
                                     const MashDriftWeek *week)
{
  MashReportLine *self = g_object_new (MASH_TYPE_REPORT_LINE, NULL);
  gint64 spans[MASH_N_DRIFTS];

  for (guint i = 0; i < MASH_N_DRIFTS; i++)
    spans[i] = week->counted[i] > 0 ? week->median[i] : -1;
  self->texts[PROP_FIRST] = g_strdup (title);
  /* Translators: how many discussions were needed, and how many of them were compliant. */
  self->texts[PROP_SECOND] = g_strdup_printf (_("%u, %u"), week->needed, week->compliant);
  say_spans (self->texts, spans);

  return self;
}

static void
tell_drift (MashReportLine *self)
{
  MashDriftItem *item = MASH_DRIFT_ITEM (self->item);
  g_autofree char *reference = NULL;
  g_autofree char *state = NULL;
  gint64 spans[MASH_N_DRIFTS];
  guint number;

  for (guint i = 0; i < MASH_N_DRIFTS; i++)
    spans[i] = mash_drift_item_get_span (item, i, self->now);
  g_object_get (item, "contact", &self->contact, "reference", &reference, "number", &number,
                "state", &state, NULL);
  /* Translators: the reference of a contact, and the number of one of its discussions. */
  self->texts[PROP_FIRST] = g_strdup_printf (_("%s, discussion %u"), reference, number);
  self->texts[PROP_SECOND] = dup_labels (self->policy, "SDS", state);
  say_spans (self->texts, spans);
}

/**
 * mash_report_line_new_for_drift:
 * @item: a discussion
 * @policy: the policy in force
 * @now: the time now, up to which what has not come to its end is counted
 *
 * Returns: (transfer full): the discussion in words, without a name
 */
MashReportLine *
mash_report_line_new_for_drift (MashDriftItem *item,
                                MashPolicy    *policy,
                                gint64         now)
{
  return new_for_item (MASH_ITEM (item), policy, now, tell_drift);
}

const char *
mash_report_line_get_contact (MashReportLine *self)
{
  g_return_val_if_fail (MASH_IS_REPORT_LINE (self), NULL);

  return self->contact;
}
