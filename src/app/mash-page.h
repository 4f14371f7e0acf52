/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What every page of the window gives to the frame around it: its title, its one main action, its
 * keys, its help.
 *
 * The window binds its header and its bar of keys to the page that is shown, and hands the keys
 * that work everywhere (Ctrl+Return, Ctrl+S, F8) to it. A page never reaches for the window.
 */

#include <adwaita.h>

#include "mash-minute.h"
#include "mash-paper.h"

G_BEGIN_DECLS

#define MASH_TYPE_PAGE (mash_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashPage, mash_page, MASH, PAGE, AdwBin)

/* Properties that a page sets, most of them in its template:
 *   title (string) and title-detail (string, dim, beside it); mono-title: the title is a reference;
 *   main-label, main-icon (strings) and main-sensitive (gboolean): the header's one blue button
 *   main-reason (string): why it is grey, as the button's tooltip and description
 *   hints (GStrv of `key|what it does`) and hints-note (string): the bar at the foot
 *   help-topic (string): the name of a file of resources/help
 *   has-back (gboolean): the header shows the arrow; folds-sidebar (gboolean): the rail is wanted
 * and that the window sets: service (MashService), minute (MashMinute), compact (guint: 0 wide,
 * 1 at 1024 pixels, 2 where text is also twice as large).
 */
struct _MashPageClass
{
  AdwBinClass parent_class;

  gboolean (*is_asking)    (MashPage *self);
  void     (*run_main)     (MashPage *self);
  void     (*save_now)     (MashPage *self);
  void     (*next_missing) (MashPage *self);
  void     (*enter)        (MashPage *self);
  void     (*leave)        (MashPage *self);
  void     (*renew)        (MashPage *self);
};

MashService *mash_page_get_service  (MashPage   *self);
MashPolicy  *mash_page_get_policy   (MashPage   *self);
MashMinute  *mash_page_get_minute   (MashPage   *self);
gint64       mash_page_get_now      (MashPage   *self);
void         mash_page_run_main     (MashPage   *self);
void         mash_page_save_now     (MashPage   *self);
void         mash_page_next_missing (MashPage   *self);
void         mash_page_enter        (MashPage   *self);
void         mash_page_leave        (MashPage   *self);
void         mash_page_say          (MashPage   *self,
                                     const char *sentence);
void         mash_page_say_undo     (MashPage   *self,
                                     const char *sentence,
                                     const char *deed,
                                     const char *contact);
void         mash_page_say_error    (MashPage   *self,
                                     GError     *error);
void         mash_page_print        (MashPage   *self,
                                     MashPaper  *paper);
void         mash_page_go           (MashPage   *self,
                                     const char *action,
                                     const char *argument);

G_END_DECLS
