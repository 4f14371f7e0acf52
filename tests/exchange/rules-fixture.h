/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A hub of a few people and the shipped policy, without a store, and a way to do things in it. */

#include "mash-judge.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"
#include "mash-rules.h"
#include "mash-test-facts.h"
#include "mash-time.h"

typedef struct
{
  MashPolicy    *policy;
  MashTestFacts *facts;
  guint          n_ids;
} Hub;

typedef struct
{
  const char *person;
  const char *role;
  const char *agency; /* NULL: social care */
} Who;

extern const Who officer;
extern const Who worker;
extern const Who manager;
extern const Who other_manager;
extern const Who early_help;
extern const Who sergeant;
extern const Who other_sergeant;
extern const Who nurse;
extern const Who teacher;

void        set_up         (Hub           *hub,
                            gconstpointer  data);
void        tear_down      (Hub           *hub,
                            gconstpointer  data);
char       *make_id        (gpointer       data);
MashEdit   *edit           (Hub           *hub,
                            const char    *kind,
                            const char    *id,
                            ...) G_GNUC_NULL_TERMINATED;
MashActor   make_actor     (const Who     *who,
                            const char    *when,
                            const char    *post);
char       *act            (Hub           *hub,
                            const Who     *who,
                            const char    *when,
                            MashGroup     *group);
void        must           (Hub           *hub,
                            const Who     *who,
                            const char    *when,
                            MashGroup     *group);
MashGroup  *group_of       (const char    *deed,
                            const char    *reason,
                            MashEdit      *one,
                            MashEdit      *two);
MashEdit   *edit_contact   (Hub           *hub,
                            const char    *field,
                            const char    *value);
void        create         (Hub           *hub,
                            const char    *received_at,
                            const char    *keyed_at);
MashRecord *find_clock     (Hub           *hub,
                            const char    *type);
void        assert_contact (Hub           *hub,
                            const char    *field,
                            const char    *value);
void        assert_clock   (Hub           *hub,
                            const char    *type,
                            const char    *field,
                            const char    *value);
