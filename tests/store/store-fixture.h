/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A stand-alone training hub in a folder of its own, with staff and a way to do things in it. */

#include "mash-kinds.h"
#include "mash-store-private.h"

#define FIXTURE_PASSPHRASE "correct horse battery"

typedef struct
{
  char       *folder;
  MashPolicy *policy;
  MashStore  *store;
  char       *agency;    /* CSC */
  char       *police;    /* agencies with nobody of the hub in them */
  char       *health;
  char       *worker;    /* SW */
  char       *officer;   /* MO */
  char       *manager;   /* MM */
  char       *auditor;   /* IG */
  gboolean    training;
} StoreFixture;

void         store_fixture_set_up     (StoreFixture  *fixture,
                                       gconstpointer  data);
void         store_fixture_tear_down  (StoreFixture  *fixture,
                                       gconstpointer  data);
void         store_fixture_remove_all (const char    *folder);
void         store_fixture_close      (StoreFixture  *fixture);
void         store_fixture_sign_in    (StoreFixture  *fixture,
                                       const char    *sign_in);
MashSecret  *store_fixture_passphrase (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
MashEdit    *store_fixture_add        (MashStore     *store,
                                       MashGroup     *group,
                                       const MashKind *kind,
                                       const char    *first,
                                       ...) G_GNUC_NULL_TERMINATED;
MashEdit    *store_fixture_edit       (MashStore     *store,
                                       MashGroup     *group,
                                       const MashKind *kind,
                                       const char    *id,
                                       const char    *first,
                                       ...) G_GNUC_NULL_TERMINATED;
MashGroup   *store_fixture_new_contact (MashStore    *store,
                                        const char   *forenames,
                                        const char   *surname,
                                        const char   *birth) G_GNUC_WARN_UNUSED_RESULT;
void         store_fixture_submit     (StoreFixture  *fixture,
                                       MashGroup     *group);
char        *store_fixture_contact    (StoreFixture  *fixture,
                                       const char    *forenames,
                                       const char    *surname,
                                       const char    *birth) G_GNUC_WARN_UNUSED_RESULT;
char        *store_fixture_find_child (MashStore     *store,
                                       const char    *contact) G_GNUC_WARN_UNUSED_RESULT;
void         store_fixture_do         (StoreFixture  *fixture,
                                       const char    *deed,
                                       const char    *contact,
                                       const char    *first,
                                       ...) G_GNUC_NULL_TERMINATED;
MashGroup   *store_fixture_protect    (StoreFixture  *fixture,
                                       const char    *contact,
                                       gint64         used) G_GNUC_WARN_UNUSED_RESULT;
MashGroup   *store_fixture_end_protection (StoreFixture *fixture,
                                           const char   *contact) G_GNUC_WARN_UNUSED_RESULT;
void         store_fixture_check_state (StoreFixture *fixture,
                                        const char   *contact,
                                        const char   *state);
void         store_fixture_analyse    (StoreFixture  *fixture,
                                       const char    *contact);
void         store_fixture_recommend  (StoreFixture  *fixture,
                                       const char    *contact);
void         store_fixture_approve    (StoreFixture  *fixture,
                                       const char    *contact);
char        *store_fixture_discuss    (StoreFixture  *fixture,
                                       const char    *contact) G_GNUC_WARN_UNUSED_RESULT;
MashVerifyReport *
             store_fixture_verify     (StoreFixture  *fixture) G_GNUC_WARN_UNUSED_RESULT;
gint64       store_fixture_count      (StoreFixture  *fixture,
                                       const char    *sql);
guint        store_fixture_count_pages (StoreFixture *fixture);
