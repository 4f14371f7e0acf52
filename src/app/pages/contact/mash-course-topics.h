/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What follows after a decision, by topic: which records tell it, which deeds move it on, and which
 * clock runs on it. One table; the panels are drawn by #MashCoursePanel.
 */

#include "mash-contact-file.h"
#include "mash-policy.h"

G_BEGIN_DECLS

typedef struct _MashCourseTopic MashCourseTopic;

struct _MashCourseTopic
{
  const char *id;
  const char *heading;
  const char *nothing;       /* the words while no record tells it */
  const char *kind;
  const char *layout;        /* the fields of a record that are shown */
  const char *strand;        /* the field of the contact that says how far it is, or NULL */
  const char *list;          /* of the strand’s codes */
  const char *deeds;         /* with spaces between */
  const char *record_deeds;  /* that go on with one of the records */
  const char *clocks;        /* that run on one of the records, or NULL */

  gboolean    wide;          /* its panel is as wide as the page */

  gboolean (*shown)     (MashContactFile *file,
                         MashPolicy      *policy);
  gboolean (*tells)     (MashEntity      *record);
  gboolean (*deed_fits) (MashEntity      *record,
                         const char      *deed);
  char    *(*dup_words) (MashContactFile *file,
                         MashEntity      *record);  /* somebody’s own, or NULL */
};

const MashCourseTopic *mash_course_topic_find (const char *id);

/* What the page asks of the course, to name its main action. */
const char            *mash_course_find_next  (MashContactFile *file,
                                               MashPolicy      *policy,
                                               const char      *role);

G_END_DECLS
