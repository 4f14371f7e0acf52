/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the window says about each tray: its name, its icon, its key, and what stands in it when it
 * is empty. Which contacts are in a tray, the service knows.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/**
 * MashTrayInfo:
 * @id: what actions call it
 * @title: its name, to be translated
 * @icon: the name of its icon
 * @empty_title: what is said when nothing is in it, to be translated
 * @empty_words: what would appear there and what to do, to be translated
 * @takes_in: whether the page of the empty tray offers to take something in
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *icon;
  const char *empty_title;
  const char *empty_words;
  gboolean    takes_in;
} MashTrayInfo;

const MashTrayInfo *mash_tray_info_get  (MashTrayId  tray);
gboolean            mash_tray_info_find (const char *id,
                                         MashTrayId *tray);

G_END_DECLS
