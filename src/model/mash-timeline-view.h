/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What somebody wants to see of a family's timeline: whose, how grave, of which kind, with which
 * words, in which order; and what the strip above the list shows of it.
 *
 * Plain values that cross threads whole. Nothing here reads anything or decides who may see what.
 */

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MashTimelineScope:
 * @MASH_TIMELINE_HOUSEHOLD: everybody of the contact and everybody who lives with them, in all
 *   their contacts
 * @MASH_TIMELINE_PERSON: one of them, the view's subject: what is about them, and what is about the
 *   whole of a contact that they are in
 * @MASH_TIMELINE_CONTACT: this contact alone
 * @MASH_TIMELINE_AGENCY: of the household's, what one agency, the view's subject, knew or did
 * @MASH_TIMELINE_HARM: of the household's, only harm
 */
typedef enum
{
  MASH_TIMELINE_HOUSEHOLD,
  MASH_TIMELINE_PERSON,
  MASH_TIMELINE_CONTACT,
  MASH_TIMELINE_AGENCY,
  MASH_TIMELINE_HARM,
} MashTimelineScope;

typedef struct
{
  MashTimelineScope scope;
  char             *contact;       /* the contact from which one looks */
  char             *subject;       /* id of the person or agency, NULL where the scope has none */
  char             *significance;  /* `notable` or `critical` and above, NULL for everything */
  char             *kind;          /* code of the list TLK, NULL for every kind */
  char             *words;         /* what is searched for, NULL for nothing */
  gboolean          oldest_first;
  gboolean          with_void;     /* what was withdrawn too */
} MashTimelineView;

/* What a lane of the strip has on one day. */
typedef struct
{
  gint32  day;          /* days since 1 January 1970, local */
  guint16 n;            /* how many entries */
  guint8  weight;       /* 0 routine, 1 notable, 2 critical: of the gravest */
} MashTimelineMark;

/* A line of the strip. */
typedef struct
{
  char    *person;      /* NULL for what is about the whole household */
  char    *name;        /* NULL for the household, and where no name is known */
  char    *birth;       /* partial date, NULL where not known */
  gboolean child;
  GArray  *marks;       /* of MashTimelineMark, the earliest first */
} MashTimelineLane;

/* An agency that has a line in a view. */
typedef struct
{
  char *id;
  char *name;
} MashTimelineAgency;

#define MASH_TYPE_TIMELINE_VIEW (mash_timeline_view_get_type ())
#define MASH_TYPE_TIMELINE_LANE (mash_timeline_lane_get_type ())

GType             mash_timeline_view_get_type (void) G_GNUC_CONST;
MashTimelineView *mash_timeline_view_new      (const char             *contact) G_GNUC_WARN_UNUSED_RESULT;
MashTimelineView *mash_timeline_view_copy     (const MashTimelineView *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean          mash_timeline_view_equal    (const MashTimelineView *a,
                                               const MashTimelineView *b);
void              mash_timeline_view_free     (MashTimelineView       *self);
GType             mash_timeline_lane_get_type (void) G_GNUC_CONST;
MashTimelineLane *mash_timeline_lane_copy     (const MashTimelineLane *self) G_GNUC_WARN_UNUSED_RESULT;
void              mash_timeline_lane_add      (MashTimelineLane       *self,
                                               int                     day,
                                               guint8                  weight);
void              mash_timeline_lane_free     (MashTimelineLane       *self);
void              mash_timeline_agency_free   (MashTimelineAgency     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineView, mash_timeline_view_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineLane, mash_timeline_lane_free)

G_END_DECLS
