/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Goes through the main job in the real window by itself, and leaves a numbered picture of each
 * step: documentation, a demonstration and a test at once.
 *
 * The steps stand in mash-tour-steps.c. The tour presses what a person would press, and waits for
 * what a person would wait for; a step that does not arrive ends the program with status 1.
 */

#include "mash-paper.h"
#include "mash-window.h"

G_BEGIN_DECLS

#define MASH_TYPE_TOUR (mash_tour_get_type ())

G_DECLARE_FINAL_TYPE (MashTour, mash_tour, MASH, TOUR, GObject)

/**
 * MashTourStep:
 * @picture: (nullable): the name of the picture that is taken when it has arrived
 * @run: (nullable): what it does
 * @has_arrived: (nullable): whether what it did is on the screen
 * @keeps_toast: whether a toast belongs in the picture
 */
typedef struct
{
  const char *picture;
  void      (*run)         (MashTour *tour);
  gboolean  (*has_arrived) (MashTour *tour);
  gboolean    keeps_toast;
} MashTourStep;

const MashTourStep *mash_tour_list_steps    (gboolean        contrast,
                                             guint          *n_steps);

MashTour           *mash_tour_new           (GtkApplication *application,
                                             MashService    *service,
                                             const char     *folder,
                                             int             contrast_from) G_GNUC_WARN_UNUSED_RESULT;
void                mash_tour_start         (MashTour       *self,
                                             MashWindow     *window);

guint               mash_tour_count_complaints (void);

/* For the steps */
MashService        *mash_tour_get_service   (MashTour       *self);
MashWindow         *mash_tour_get_window    (MashTour       *self);
const char         *mash_tour_get_folder    (MashTour       *self);
const char         *mash_tour_get_contact   (MashTour       *self);
void                mash_tour_set_contact   (MashTour       *self,
                                             const char     *contact);
MashPaper          *mash_tour_get_paper     (MashTour       *self);
void                mash_tour_set_paper     (MashTour       *self,
                                             MashPaper      *paper);
void                mash_tour_give_up       (MashTour       *self,
                                             const char     *why) G_GNUC_NORETURN;
GtkWidget          *mash_tour_find          (MashTour       *self,
                                             GType           type,
                                             const char     *label);
void                mash_tour_activate      (MashTour       *self,
                                             const char     *action,
                                             const char     *argument);
void                mash_tour_press         (MashTour       *self,
                                             const char     *label);
void                mash_tour_fill          (MashTour       *self,
                                             const char     *field,
                                             const char     *value);
void                mash_tour_fill_set      (MashTour          *self,
                                             const char        *field,
                                             const char *const *values);
void                mash_tour_type          (MashTour       *self,
                                             const char     *text);
void                mash_tour_tick          (MashTour       *self,
                                             const char     *label);
gboolean            mash_tour_dismiss_toast (MashTour       *self);
char               *mash_tour_write_out     (MashTour       *self,
                                             const char     *resource) G_GNUC_WARN_UNUSED_RESULT;
void                mash_tour_write_paper   (MashTour       *self,
                                             MashPaper      *paper,
                                             const char     *name);
void                mash_tour_set_room      (MashTour       *self,
                                             int             width,
                                             int             height,
                                             double          scale);
gboolean            mash_tour_room_is_taken (MashTour       *self);

G_END_DECLS
