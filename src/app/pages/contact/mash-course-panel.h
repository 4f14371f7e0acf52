/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A panel of what follows after a decision: how far it is, what has been written of it, and the
 * deeds that move it on, each with the reason at it where it is not this person’s.
 *
 * Property `topic`: which of mash-course-topics.h. It hides itself while its topic has no part in
 * the contact. Deeds are done by the page (`contact.deed`).
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_COURSE_PANEL (mash_course_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashCoursePanel, mash_course_panel, MASH, COURSE_PANEL, MashContactPart)

G_END_DECLS
