/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the window's own files share: its frame (mash-window.c), its actions (-actions.c), and its
 * lock (-lock.c).
 */

#include "mash-banner.h"
#include "mash-empty-page.h"
#include "mash-hub-banner.h"
#include "mash-key-hints.h"
#include "mash-leave-watch.h"
#include "mash-reports-page.h"
#include "mash-restore-panel.h"
#include "mash-search-page.h"
#include "mash-sidebar.h"
#include "mash-sign-in-page.h"
#include "mash-tray-page.h"
#include "mash-unfinished-banner.h"
#include "mash-window.h"

G_BEGIN_DECLS

struct _MashWindow
{
  AdwApplicationWindow  parent_instance;

  GtkStack             *stages;
  MashSignInPage       *sign_in_page;
  MashSidebar          *sidebar;
  GtkLabel             *title_label;
  GtkButton            *main_button;
  GtkImage             *main_icon;
  GtkLabel             *main_label;
  GtkSearchEntry       *search;
  GtkButton            *search_button;
  GtkMenuButton        *person_button;
  GtkWidget            *person_words;
  GtkLabel             *person_initials;
  GtkLabel             *person_name;
  GtkLabel             *person_title;
  MashBanner           *banner;
  MashBanner           *work;           /* how far a proof of the records is */
  MashUnfinishedBanner *unfinished;
  AdwToastOverlay      *toasts;
  GtkStack             *pages;
  MashTrayPage         *tray_page;
  MashSearchPage       *search_page;
  MashReportsPage      *reports_page;
  MashKeyHints         *hints;
  MashEmptyPage        *fault_page;
  MashRestorePanel     *restore_panel;

  MashService          *service;
  MashMinute           *minute;
  MashLeaveWatch       *leave_watch;
  MashPage             *page;
  GSignalGroup         *page_signals;

  GCancellable         *proof;          /* what stops it, or NULL */
  char                 *unsaved;        /* the contact whose draft the banner offers, or NULL */
  gint64                active_at;
  gint64                signed_in_at;
  gint64                clock_at;       /* the wall clock less the clock that never jumps */
  guint                 n_seconds;
  guint                 room_idle;
  guint                 idle_timer;
  guint                 compact;
  guint                 covered : 1;
  guint                 fold_swapped : 1;
  guint                 warned : 1;
  guint                 locking : 1;
  guint                 restoring : 1;  /* until whoever restores signs in again */
  guint                 left : 1;       /* whoever was signed in left the desk, which locked */
  guint                 told_end : 1;   /* that the last session ended unexpectedly, once */
  guint                 noticed : 1;    /* the banner says what is wrong with disk or clock */
};

void mash_window_class_install_actions (GtkWidgetClass *widget_class);
void mash_window_class_install_people (GtkWidgetClass  *widget_class);
void mash_window_class_install_restore (GtkWidgetClass *widget_class);
void mash_window_class_install_verify (GtkWidgetClass  *widget_class);
void mash_window_import_people         (MashWindow     *self,
                                        GFile          *file);
MashSearchPage *
     mash_window_need_search_page      (MashWindow     *self);
void mash_window_show_stage            (MashWindow     *self);
void mash_window_show_tray             (MashWindow     *self,
                                        MashTrayId      tray);
void mash_window_show_file             (MashWindow     *self,
                                        MashContactFile *file);
void mash_window_swap_fold             (MashWindow     *self);
void mash_window_lock                  (MashWindow     *self);
void mash_window_restore               (MashWindow     *self,
                                        const char     *source,
                                        const char     *passphrase);
void mash_window_watch_idle            (MashWindow     *self);
void mash_window_watch_no_more         (MashWindow     *self);
void mash_window_look                  (MashWindow     *self);
void mash_window_open_unsaved          (MashWindow     *self);
gboolean
     mash_window_clock_jumped          (MashWindow     *self);
void mash_window_withdraw_warning      (MashWindow     *self);

G_END_DECLS
