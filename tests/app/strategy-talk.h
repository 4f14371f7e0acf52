/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A strategy discussion under test: the recorder on a desk (desk-fixture.h), with the deeds of one
 * in the order in which they are done. Each waits for what it leads to.
 */

#include "desk-fixture.h"
#include "mash-strategy-tab.h"

/* A strategy discussion on the hub of the store’s tests, where police and health work too. */
typedef struct
{
  Desk  desk;
  char *contact;
  char *far;      /* an agency with nobody on the hub, where a test has one */
} Talk;

void              talk_set_up         (Talk          *talk,
                                       gconstpointer  who);
void              talk_tear_down      (Talk          *talk,
                                       gconstpointer  who);
MashStrategyTab  *talk_get_tab        (Talk *talk);
MashEntity       *talk_get_discussion (Talk *talk);
gboolean          talk_is_in          (Talk       *talk,
                                       const char *state);
guint             talk_count_saved    (Talk       *talk,
                                       const char *kind,
                                       const char *field);
GtkWidget        *talk_get_bar        (Talk *talk);
void              talk_fill           (gpointer    root,
                                       const char *field,
                                       const char *value);
void              talk_begin          (Talk       *talk,
                                       const char *deed);
void              talk_confirm        (Talk *talk);
char             *talk_dup_ago        (Talk *talk,
                                       int   minutes) G_GNUC_WARN_UNUSED_RESULT;
void              talk_start          (Talk *talk);
void              talk_attend         (Talk *talk);
void              talk_note           (Talk *talk);
void              talk_act            (Talk *talk);
void              talk_decide         (Talk       *talk,
                                       const char *met,
                                       const char *decision);
void              talk_give_views     (Talk  *talk,
                                       guint  dissents);
void              talk_finish         (Talk *talk);
void              talk_sign           (Talk       *talk,
                                       const char *capacity,
                                       const char *deed,
                                       const char *reason);
void              talk_go_on_as       (Talk       *talk,
                                       const char *who);
