/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Named guards about a contact's course from its recommendation to its end. Used by
 * mash-named-guards.c only. */

#include "mash-guards.h"

G_BEGIN_DECLS

gboolean mash_course_all_accepted         (MashCase *the_case);
gboolean mash_course_by_officer           (MashCase *the_case);
gboolean mash_course_came_back            (MashCase *the_case);
gboolean mash_course_case_named           (MashCase *the_case);
gboolean mash_course_clock_is_late        (MashCase *the_case);
gboolean mash_course_every_child_covered  (MashCase *the_case);
gboolean mash_course_help_offered         (MashCase *the_case);
gboolean mash_course_nothing_open         (MashCase *the_case);
gboolean mash_course_qualified            (MashCase *the_case);
gboolean mash_course_second_look          (MashCase *the_case);
gboolean mash_course_section_42           (MashCase *the_case);
gboolean mash_course_told_or_why_not      (MashCase *the_case);

G_END_DECLS
