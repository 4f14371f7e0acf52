/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The one window of the desk: the sidebar of trays, the header, and the page that is shown.
 *
 * It knows which page is shown and nothing of what is on it; pages speak to it by actions
 * (`win.…`). Its title never holds a name.
 */

#include <adwaita.h>

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_WINDOW (mash_window_get_type ())

G_DECLARE_FINAL_TYPE (MashWindow, mash_window, MASH, WINDOW, AdwApplicationWindow)

MashWindow *mash_window_new               (GtkApplication *application,
                                           MashService    *service) G_GNUC_WARN_UNUSED_RESULT;
MashPage   *mash_window_get_page          (MashWindow     *self);
void        mash_window_set_page          (MashWindow     *self,
                                           MashPage       *page);
gboolean    mash_window_is_usable         (MashWindow     *self);
gboolean    mash_window_get_covered       (MashWindow     *self);
gboolean    mash_window_get_left          (MashWindow     *self);
void        mash_window_tell_left         (MashWindow     *self);
void        mash_window_tell_removed      (MashWindow     *self);
guint       mash_window_get_chosen_person (MashWindow     *self);
void        mash_window_choose_person     (MashWindow     *self,
                                           guint           position);
void        mash_window_say               (MashWindow     *self,
                                           const char     *sentence);
void        mash_window_show_fault        (MashWindow     *self,
                                           const char     *sentence);
gint64      mash_window_get_idle_time     (MashWindow     *self);

G_END_DECLS
