/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the tests of the contact page do alike: a referral of two children that somebody typed, and
 * hands that type, choose and press on the page. A hand waits for what it reaches for. */

#include "desk-fixture.h"

typedef gboolean (*SceneMatches) (GtkWidget  *widget,
                                  const char *what);

char       *scene_make_contact (Desk         *desk) G_GNUC_WARN_UNUSED_RESULT;
void        scene_cut_power    (Desk         *desk,
                                const char   *who,
                                const char   *contact);

GtkWidget  *scene_find         (gpointer      root,
                                SceneMatches  matches,
                                const char   *what);
GtkWidget  *scene_find_field   (Desk         *desk,
                                const char   *field);
GtkWidget  *scene_find_entry   (gpointer      root);
GtkWidget  *scene_find_child   (Desk         *desk,
                                const char   *forename);
gpointer    scene_find_part    (Desk         *desk,
                                GType         type,
                                const char   *name);

void        scene_type_in      (Desk         *desk,
                                const char   *field,
                                const char   *text);
void        scene_choose       (Desk         *desk,
                                const char   *field,
                                guint         position);
void        scene_choose_level (Desk         *desk,
                                const char   *level);
void        scene_choose_brag  (Desk         *desk,
                                const char   *brag);
gboolean    scene_has_brag     (Desk         *desk,
                                const char   *brag);
void        scene_tick_child   (Desk         *desk,
                                const char   *forename);

const char *scene_get_state    (Desk         *desk);
gboolean    scene_may_do_main  (Desk         *desk);
gboolean    scene_is_refused   (Desk         *desk);
void        scene_do_main      (Desk         *desk,
                                const char   *state);
void        scene_screen       (Desk         *desk);
