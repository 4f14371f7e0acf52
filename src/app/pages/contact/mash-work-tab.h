/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tab “Notes & tasks”: what colleagues wrote and whom they asked to look, what is to be done by
 * whom until when, and flags with the day of their review. What goes on with a record is asked for
 * by the bar under the head of the page. */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_WORK_TAB (mash_work_tab_get_type ())

G_DECLARE_FINAL_TYPE (MashWorkTab, mash_work_tab, MASH, WORK_TAB, MashContactPart)

G_END_DECLS
