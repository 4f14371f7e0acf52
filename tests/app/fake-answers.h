/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a service without a store says to what it is asked: that it is done; that it was stopped,
 * of which the window says nothing; or that it cannot be done, of which it does. */

#include "mash-service.h"

G_BEGIN_DECLS

void fake_answer (MashService        *self,
                  GAsyncReadyCallback callback,
                  gpointer            user_data);
void fake_stop   (MashService        *self,
                  GAsyncReadyCallback callback,
                  gpointer            user_data);
void fake_refuse (MashService        *self,
                  GAsyncReadyCallback callback,
                  gpointer            user_data);

G_END_DECLS
