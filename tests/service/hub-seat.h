/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A seat on the hub of the store’s tests, for what people do there one after the other. */

#include "seat.h"
#include "store-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  StoreFixture hub;    /* closed while the service is open */
  Seat         seat;
} HubSeat;

void  hub_seat_set_up        (HubSeat         *desk,
                              gconstpointer    data);
void  hub_seat_tear_down     (HubSeat         *desk,
                              gconstpointer    data);
void  hub_seat_sign_in       (HubSeat         *desk,
                              const char      *who);
void  hub_seat_type_referral (HubSeat         *desk,
                              MashContactFile *file);
char *hub_seat_create        (HubSeat         *desk);

G_END_DECLS
