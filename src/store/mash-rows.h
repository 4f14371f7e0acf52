/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the store gives for lists: plain rows, made on its thread and handed over whole.
 *
 * A row is not altered once it is made and belongs to whoever has it. Instants are microseconds
 * since 1970, UTC, and 0 where there is none; codes stay codes, words are made where they are
 * shown.
 */

#include <glib-object.h>

#include "mash-record.h"
#include "mash-tray.h"

G_BEGIN_DECLS

/* A contact in a tray. */
typedef struct
{
  char    *contact;
  char    *reference;
  char    *state;
  char    *brag;
  char    *level;
  char    *family;        /* "Marsh, Khan +1", see mash-family.h */
  char    *children;      /* "3 children: 6, 3, unborn" */
  char    *concern;       /* the first line of it */
  char    *source;
  char    *strand_p;
  char    *assigned_to;   /* id of the member of staff */
  char    *assigned_name;
  char   **missing;       /* codes of the items that are missing */
  char    *why;           /* in whose own tray it is read: `assigned` `task` `mention`, `sign` where
                           * a signature is awaited, or NULL */
  char    *asked;         /* what is to be done or looked at, where it is a task or a mention; the
                           * capacity to sign in, code of the list SDCAP */
  char    *discussion;    /* the one whose record is to be signed */
  char    *asked_by;      /* name of who set the task or mentioned somebody */
  char    *clock_type;    /* of the nearest clock that runs */
  gint64   clock_started;
  gint64   clock_due;
  gint64   asked_due;     /* of a task */
  gint64   received_at;
  gint64   created_at;
  MashTrayKey key;
  gboolean harm;
  gboolean late;          /* at the time when it was read */
} MashTrayRow;

/* How many of a list have one value of what it can be filtered by: of a tray or of the board. */
typedef struct
{
  char *facet;            /* `state` `team` `locality` `urgency` `with` `missing`, or on the board
                           * `agency` `owner` */
  char *value;
  char *label;            /* a name, where the value is an id; else NULL */
  guint n;
} MashFacetRow;

/* Something that happened, for the timeline of a family. */
typedef struct
{
  char    *id;
  char    *kind;          /* code of the list TLK */
  char    *significance;  /* `routine` `notable` `critical` */
  char    *headline;      /* the deed's words, or what somebody wrote */
  char    *detail;
  char    *who;           /* whom it is about */
  char    *agency;        /* name of the agency that knew or did it */
  char    *owner;         /* name of the agency of this hub that it belongs to */
  char    *author;        /* name of who did it or wrote it down */
  char    *source;        /* where somebody says it comes from, NULL where it is this hub's own */
  char    *origin;        /* what an imported file said of it, NULL where none did */
  char    *basis;         /* code of the list FOO, NULL where nobody said */
  char    *handling;      /* code of the list HAND, NULL where nobody said */
  char    *record_kind;   /* what it came from */
  char    *record;
  char    *contact;
  char    *reference;     /* of the contact */
  char    *precision;     /* `time` `day` `month` `year` */
  char    *voided_reason; /* why it was withdrawn, NULL where it stands */
  gint64   at;            /* when it happened, not when it was keyed */
  gint64   position;      /* place in the hub's order, to tell equal times apart */
  gboolean confidential;  /* not for the family: left out of what is given away, and counted */
} MashTimelineRow;

/* Where a line of a timeline stands: enough to count it, to jump to it and to read it. */
typedef struct
{
  gint64 at;
  gint64 n;
} MashTimelineKey;

/* A view of a timeline: the keys of all of it, and the rows of its beginning. */
typedef struct
{
  GArray    *keys;        /* of MashTimelineKey, in the order of the view */
  GPtrArray *rows;        /* of MashTimelineRow, the first of them */
  GPtrArray *lanes;       /* of MashTimelineLane, the household's first */
  GPtrArray *agencies;    /* of MashTimelineAgency: whose lines there are */
} MashTimelineReading;

/* Somebody looked. */
typedef struct
{
  char  *id;
  char  *person;
  char  *person_name;
  char  *post_title;
  char  *agency_name;
  char  *action;          /* `view` or `search` */
  char  *what;            /* kinds of terms of a search */
  gint64 at;
} MashAccessRow;

/* A person found by a search. */
typedef struct
{
  char  *person;
  char  *name;
  char  *birth;
  char  *address;         /* NULL where there is none or it is confidential */
  char  *why;             /* what matched: `name` `sound` `birth` `birth-swapped` `identifier`
                           * `postcode` `reference` */
  char  *contact;         /* the newest contact of the person */
  char  *reference;       /* and its reference */
  guint  contacts;        /* how many contacts the person is in */
  char  *root;            /* of the linked records that this is one of; NULL where it is alone */
  guint  records;         /* how many records of this person the search found */
} MashPersonHit;

/* A post and who holds it. */
typedef struct
{
  char    *staff;
  char    *post;
  char    *name;
  char    *title;
  char    *role;
  char    *agency;
  gboolean on_duty;       /* now, by the rota or else by their post */
  guint    load;          /* open contacts that they have */
} MashStaffRow;

/* Everything of one contact, read after the view entry was durable. */
typedef struct
{
  char      *contact;
  GPtrArray *records;     /* of MashRecord: the contact, what belongs to it, its people */
  char      *family;      /* as in MashTrayRow */
  char      *children;    /* as in MashTrayRow */
  char      *draft;       /* what this person had typed and not saved, NULL where nothing */
  gint64     draft_at;
} MashContactBundle;

/* What a submitted group became. */
typedef struct
{
  char      *group;
  char      *contact;     /* NULL where it is on none */
  gint64     at;
  gint64     position;    /* of its last change */
  GPtrArray *records;     /* of MashRecord, each as it stands now */
} MashReceipt;

/* The outcome of a verification. */
typedef struct
{
  gboolean holds;
  gint64   n_changes;
  gint64   n_views;
  gint64   n_rows;
  gint64   position;      /* of the first entry that does not hold, 0 where a table is at fault */
  char    *table;         /* where the fault is, NULL where all holds */
  char    *record;        /* its id, NULL where there is none */
  char    *fault;         /* one sentence without personal data, NULL where all holds */
} MashVerifyReport;

#define MASH_TYPE_TRAY_ROW (mash_tray_row_get_type ())
#define MASH_TYPE_TRAY_FACET_ROW (mash_facet_row_get_type ())
#define MASH_TYPE_TIMELINE_ROW (mash_timeline_row_get_type ())
#define MASH_TYPE_ACCESS_ROW (mash_access_row_get_type ())
#define MASH_TYPE_PERSON_HIT (mash_person_hit_get_type ())
#define MASH_TYPE_STAFF_ROW (mash_staff_row_get_type ())
#define MASH_TYPE_CONTACT_BUNDLE (mash_contact_bundle_get_type ())
#define MASH_TYPE_RECEIPT (mash_receipt_get_type ())
#define MASH_TYPE_VERIFY_REPORT (mash_verify_report_get_type ())

GType              mash_tray_row_get_type       (void) G_GNUC_CONST;
MashTrayRow       *mash_tray_row_copy           (const MashTrayRow       *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_tray_row_free           (MashTrayRow             *self);
GType              mash_facet_row_get_type (void) G_GNUC_CONST;
MashFacetRow  *mash_facet_row_copy     (const MashFacetRow  *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_facet_row_free     (MashFacetRow        *self);
GType              mash_timeline_row_get_type   (void) G_GNUC_CONST;
MashTimelineRow   *mash_timeline_row_copy       (const MashTimelineRow   *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_timeline_row_free       (MashTimelineRow         *self);
void               mash_timeline_reading_free   (MashTimelineReading     *self);
GType              mash_access_row_get_type     (void) G_GNUC_CONST;
MashAccessRow     *mash_access_row_copy         (const MashAccessRow     *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_access_row_free         (MashAccessRow           *self);
GType              mash_person_hit_get_type     (void) G_GNUC_CONST;
MashPersonHit     *mash_person_hit_copy         (const MashPersonHit     *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_person_hit_free         (MashPersonHit           *self);
GType              mash_staff_row_get_type      (void) G_GNUC_CONST;
MashStaffRow      *mash_staff_row_copy          (const MashStaffRow      *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_staff_row_free          (MashStaffRow            *self);
GType              mash_contact_bundle_get_type (void) G_GNUC_CONST;
MashContactBundle *mash_contact_bundle_copy     (const MashContactBundle *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_contact_bundle_free     (MashContactBundle       *self);
GType              mash_receipt_get_type        (void) G_GNUC_CONST;
MashReceipt       *mash_receipt_copy            (const MashReceipt       *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_receipt_free            (MashReceipt             *self);
GType              mash_verify_report_get_type  (void) G_GNUC_CONST;
MashVerifyReport  *mash_verify_report_copy      (const MashVerifyReport  *self) G_GNUC_WARN_UNUSED_RESULT;
void               mash_verify_report_free      (MashVerifyReport        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrayRow, mash_tray_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashFacetRow, mash_facet_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineRow, mash_timeline_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTimelineReading, mash_timeline_reading_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashAccessRow, mash_access_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPersonHit, mash_person_hit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashStaffRow, mash_staff_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashContactBundle, mash_contact_bundle_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashReceipt, mash_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashVerifyReport, mash_verify_report_free)

G_END_DECLS
