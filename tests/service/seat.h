/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The service as a test of it drives it: on the test's own thread, one call after the other, each
 * of which waits for its own answer. A call that ought to succeed fails the test with its error.
 */

#include "mash-service.h"

G_BEGIN_DECLS

typedef struct
{
  MashService  *service;   /* NULL while it is closed */
  GAsyncResult *result;    /* of the last call, until the next */
} Seat;

/* For calls of which a test looks at the answer: seat_on_done_cb and seat_call() go to what begins
 * it, seat_wait() to what ends it. */
void             seat_on_done_cb   (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      seat);
gpointer         seat_call         (Seat         *seat);
GAsyncResult    *seat_wait         (Seat         *seat);

void             seat_open         (Seat         *seat,
                                    const char   *folder);
void             seat_sign_in      (Seat         *seat,
                                    const char   *who,
                                    const char   *passphrase);
/* Lets the main loop run until something holds; a minute and a half without it fails the test. */
void             seat_wait_until   (Seat         *seat,
                                    gboolean    (*holds) (Seat *seat));

/* Whether the hub is near and has said who it is that sits here. */
gboolean         seat_is_known     (Seat         *seat);

void             seat_lock         (Seat         *seat);
void             seat_close        (Seat         *seat);
void             seat_let_go       (gpointer      object);
void             seat_submit       (Seat         *seat,
                                    MashGroup    *group);
MashContactFile *seat_open_contact (Seat         *seat,
                                    const char   *contact);
GListModel      *seat_refresh      (Seat         *seat,
                                    MashTrayId    tray);

G_END_DECLS
