/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A desk under test: the real window over the real service, on the small hub of the store’s tests.
 *
 * The simplest test is one function of a desk on which somebody has signed in:
 *
 *   g_test_add ("/some-page/opens", Desk, "worker", desk_set_up, test_opens, desk_tear_down);
 *
 * Where the hub is to hold something before the window opens, the test has a set-up of its own:
 * store_fixture_set_up (&desk->hub, NULL), then what it makes in desk->hub, then desk_open(). Where
 * it needs to remember more, its own struct begins with a Desk, and its tear-down takes that down
 * last.
 *
 * Nobody knows how long a window takes. After each act a test waits for what the act leads to:
 *
 *   gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.reports", NULL);
 *   until (desk_find (desk->window, MASH_TYPE_REPORTS_PAGE) != NULL);
 *
 * It never waits for a time, and never looks straight after an act at what the store has to read.
 * What is not to happen is looked for after settle (desk->service). What is asked of the service
 * by the test itself is waited for like this:
 *
 *   mash_service_submit_async (desk->service, group, NULL, desk_answered_cb, desk_call (desk));
 *   mash_service_submit_finish (desk->service, desk_wait (desk), &error);
 *
 * With MASH_TEST_PICTURES=FOLDER in the environment desk_take_picture() leaves pictures there; with
 * MASH_TEST_DARK=1 they are dark.
 */

#include <adwaita.h>

#include "mash-contact-page-private.h"
#include "mash-service.h"
#include "mash-window-private.h"
#include "rest.h"
#include "store-fixture.h"

typedef struct
{
  StoreFixture     hub;          /* its store is closed once the window is open */
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;         /* of the contact that was opened last */
  MashContactPage *page;         /* borrowed from the window */
  guint            n_rooms;      /* in how many of the rooms all fits; 0 for all */
} Desk;

/* The sizes of window and letters in which everything must fit. */
typedef struct
{
  const char *name;
  int         width, height, percent;
} DeskRoom;

#define DESK_N_ROOMS 4

extern const DeskRoom desk_rooms[DESK_N_ROOMS];

/* Beginning and end */

void          desk_set_up        (Desk              *desk,
                                  gconstpointer      who);
void          desk_open          (Desk              *desk,
                                  const char        *who);
void          desk_tear_down     (Desk              *desk,
                                  gconstpointer      data);
void          desk_sign_in       (Desk              *desk,
                                  const char        *who);
void          desk_lock          (Desk              *desk);

/* Asking the service */

Desk         *desk_call          (Desk              *desk) G_GNUC_WARN_UNUSED_RESULT;
void          desk_answered_cb   (GObject           *source,
                                  GAsyncResult      *result,
                                  gpointer           desk);
GAsyncResult *desk_wait          (Desk              *desk) G_GNUC_WARN_UNUSED_RESULT;
void          desk_submit        (Desk              *desk,
                                  MashGroup         *group);
void          desk_open_contact  (Desk              *desk,
                                  const char        *contact,
                                  const char        *tab);

/* What is on the screen */

GtkWidget    *desk_find          (gpointer           root,
                                  GType              type);
GtkWidget    *desk_find_with     (gpointer           root,
                                  GType              type,
                                  const char        *property,
                                  const char        *value);
GtkWidget    *desk_find_field    (gpointer           root,
                                  const char        *field);
GtkWidget    *desk_await         (gpointer           root,
                                  GType              type,
                                  const char        *property,
                                  const char        *value);
gpointer      desk_part          (gpointer           widget,
                                  GType              type,
                                  const char        *name);
void          desk_press         (GtkWidget         *widget,
                                  const char        *trigger);
gboolean      desk_strike        (GtkWidget         *widget,
                                  guint              key);

/* Room, words and pictures */

void          desk_set_room      (Desk              *desk,
                                  guint              room);
guint         desk_count_wrong   (Desk              *desk);
void          desk_look_around   (Desk              *desk,
                                  const char        *what,
                                  const char *const *tabs);
void          desk_take_picture  (Desk              *desk,
                                  const char        *name);
void          desk_take_picture_of (Desk            *desk,
                                    gpointer         window,
                                    const char      *name);
