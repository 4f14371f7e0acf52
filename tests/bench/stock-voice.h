/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Somebody of a stock who has things to say and no database: notes, signed as a desk signs them,
 * and a line of their own. */

#include "hub-stock.h"

G_BEGIN_DECLS

typedef struct
{
  HubStock      *stock;
  MashAdmission *admission;
  MashHubLine   *line;
  char          *seat;
  char          *post;
  char          *contact;
  guint64        next_seq;
} StockVoice;

StockVoice *stock_voice_new  (HubStock   *stock,
                              guint       person);
void        stock_voice_free (StockVoice *self);
GPtrArray  *stock_voice_make (StockVoice *self,
                              guint       n_groups,
                              guint       size);
gboolean    stock_voice_send (StockVoice *self,
                              GPtrArray  *groups);

G_END_DECLS
