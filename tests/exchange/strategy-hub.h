/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A strategy discussion by the shipped policy, without a store: short ways to hold one. */

#include "rules-fixture.h"

#define DISCUSSION "sd-1"

/* A time of the day on which it is held. */
#define T(time) "2026-11-23T" time ":00.000Z"

void        do_it            (Hub         *hub,
                              const Who   *who,
                              const char  *when,
                              MashGroup   *group);
void        refused          (Hub         *hub,
                              const Who   *who,
                              const char  *when,
                              MashGroup   *group,
                              const char  *says);
char       *try_it           (Hub         *hub,
                              const Who   *who,
                              const char  *when,
                              MashGroup   *group);
MashGroup  *deed_of          (const char  *deed,
                              MashEdit    *edit);
MashEdit   *part             (Hub         *hub,
                              const char  *kind,
                              const char  *id,
                              ...) G_GNUC_NULL_TERMINATED;
MashGroup  *start_group      (Hub         *hub,
                              const char  *id,
                              const Who   *chair,
                              const char  *when);
void        start            (Hub         *hub,
                              const Who   *chair,
                              const char  *when);
void        attend           (Hub         *hub,
                              const char  *agency,
                              const char  *attended,
                              const char  *when);
void        decide           (Hub         *hub,
                              const char  *decision,
                              const char  *when);
void        view             (Hub         *hub,
                              const Who   *who,
                              const char  *position,
                              const char  *text,
                              const char  *when);
void        finish           (Hub         *hub,
                              const Who   *chair,
                              const char  *when);
MashGroup  *ask_group        (Hub         *hub,
                              const char  *when);
char       *find_request     (Hub         *hub,
                              const char  *capacity);
char       *sign             (Hub         *hub,
                              const Who   *who,
                              const char  *capacity,
                              const char  *when,
                              const char  *seen);
void        assert_signs     (Hub         *hub,
                              const Who   *who,
                              const char  *capacity,
                              const char  *when);
void        sign_again       (Hub         *hub,
                              const char  *id,
                              const char  *when);
void        hold             (Hub         *hub,
                              const char  *decision);
void        assert_discussion (Hub        *hub,
                               const char *id,
                               const char *field,
                               const char *value);
guint       count            (Hub         *hub,
                              const char  *kind,
                              const char  *field,
                              const char  *value);
