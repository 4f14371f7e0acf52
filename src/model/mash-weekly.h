/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The weekly report: what came in over a period, and what became of it, so that it adds up.
 *
 * Every contact of the period is counted once, in one of six dispositions; all figures of contacts
 * are sums of those. Which outcome counts as what stands in the policy. Weeks are counted from the
 * first day of the period, so that a period of whole weeks has no part of a week at either end. It
 * reads nothing by itself: the store counts into it, and pages, PDF and CSV take it from here.
 */

#include "mash-policy.h"

G_BEGIN_DECLS

/* So much is asked for at once: two years. */
#define MASH_WEEKLY_MAX_WEEKS 105u

/* A week of the report. */
#define MASH_WEEKLY_DAYS 7u

/* What became of a contact by the end of the period; of what was decided, the gravest first. */
typedef enum
{
  MASH_DISPOSITION_STRATEGY,
  MASH_DISPOSITION_CONVERSION,
  MASH_DISPOSITION_REFERRAL,
  MASH_DISPOSITION_ADVICE,
  MASH_DISPOSITION_OPEN,
  MASH_DISPOSITION_OTHER,
  MASH_N_DISPOSITIONS,
} MashDisposition;

/**
 * MashFigure:
 * @MASH_FIGURE_CONTACTS: contacts received
 * @MASH_FIGURE_REFERRALS: decided as more than advice
 * @MASH_FIGURE_STRATEGY: of the referrals, strategy discussions
 * @MASH_FIGURE_CONVERSIONS: of the referrals, child and family assessments
 * @MASH_FIGURE_OTHER_REFERRALS: of the referrals, all else
 * @MASH_FIGURE_ADVICE: decided as advice and guidance
 * @MASH_FIGURE_REST: what is neither: open at the end of the period, or other
 * @MASH_FIGURE_OPEN: of these, not decided when the period ended
 * @MASH_FIGURE_OTHER: of these, ended without a decision of its own
 * @MASH_FIGURE_SUM: referrals, advice and the rest together
 * @MASH_FIGURE_ASSESSMENTS: assessments undertaken by teams, which the teams count
 *
 * In the order of the table.
 */
typedef enum
{
  MASH_FIGURE_CONTACTS,
  MASH_FIGURE_REFERRALS,
  MASH_FIGURE_STRATEGY,
  MASH_FIGURE_CONVERSIONS,
  MASH_FIGURE_OTHER_REFERRALS,
  MASH_FIGURE_ADVICE,
  MASH_FIGURE_REST,
  MASH_FIGURE_OPEN,
  MASH_FIGURE_OTHER,
  MASH_FIGURE_SUM,
  MASH_FIGURE_ASSESSMENTS,
  MASH_N_FIGURES,
} MashFigure;

typedef struct
{
  int      first_day;   /* as mash_time_get_local_day() counts them */
  guint    n_days;      /* fewer than seven where the period ends within the week */
  guint    figures[MASH_N_FIGURES];
  gboolean counted;     /* at least one team gave a figure for assessments */
} MashWeek;

/* Children and family groups, which are not contacts. */
typedef struct
{
  guint families;         /* different families: contacts that share a child are one */
  guint children;         /* different children */
  guint child_contacts;   /* children, once for each contact that they are in */
  guint at_end;           /* the same, as it was known when the period ended */
  guint late;             /* of @child_contacts, joined after their contact was taken in */
  guint identified;       /* of @child_contacts, unknown at first, and known now */
  guint unknown;          /* of @child_contacts, unknown still */
} MashWeeklyPeople;

typedef struct
{
  int              first_day;
  int              last_day;
  guint            n_weeks;
  MashWeek        *weeks;
  guint            totals[MASH_N_FIGURES];
  guint            counted_weeks;    /* weeks with a figure for assessments */
  guint            keyed_after;      /* of the contacts, taken in after the period had ended */
  guint            decided_after;    /* of those open at its end, decided since */
  MashWeeklyPeople people;
  gint64           as_of;            /* when it was read */
  gboolean         running;          /* the period had not ended then */
  char            *agency;           /* of which the contacts are, NULL for the whole hub */
} MashWeekly;

#define MASH_TYPE_WEEKLY (mash_weekly_get_type ())

GType           mash_weekly_get_type         (void) G_GNUC_CONST;
MashWeekly     *mash_weekly_new              (int               first_day,
                                              int               last_day,
                                              gint64            as_of) G_GNUC_WARN_UNUSED_RESULT;
MashWeekly     *mash_weekly_ref              (MashWeekly       *self);
void            mash_weekly_unref            (MashWeekly       *self);
gboolean        mash_weekly_check_period     (int               first_day,
                                              int               last_day,
                                              int               today,
                                              const char      **sentence);
MashDisposition mash_weekly_dispose          (MashPolicy       *policy,
                                              const char       *state,
                                              const char       *outcomes);
gboolean        mash_figure_contains         (MashFigure        figure,
                                              MashDisposition   disposition);
const char     *mash_figure_get_label        (MashFigure        figure);
const char     *mash_figure_get_id           (MashFigure        figure);
const char     *mash_figure_get_definition   (MashFigure        figure);
guint           mash_figure_get_depth        (MashFigure        figure);
MashWeek       *mash_weekly_find_week        (MashWeekly       *self,
                                              int               day);
void            mash_weekly_count            (MashWeekly       *self,
                                              int               day,
                                              MashDisposition   disposition);
void            mash_weekly_count_team       (MashWeekly       *self,
                                              int               monday,
                                              guint             count);
void            mash_weekly_finish           (MashWeekly       *self);
int             mash_weekly_get_difference   (const MashWeekly *self);
guint           mash_weekly_get_average      (const MashWeekly *self,
                                              MashFigure        figure);
guint           mash_weekly_get_share        (const MashWeekly *self,
                                              MashFigure        figure);
char           *mash_figure_dup_number       (guint             number) G_GNUC_WARN_UNUSED_RESULT;
gboolean        mash_weekly_is_partial       (const MashWeekly *self,
                                              MashFigure        figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashWeekly, mash_weekly_unref)

G_END_DECLS
