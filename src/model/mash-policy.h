/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The policy in force: who may do what, which states, clocks and codes there are, what must hold.
 *
 * It is data, read from one versioned file, immutable once read, and may be used on any thread.
 * What it gives out belongs to it and lives as long as it does. It decides nothing (mash-judge.h)
 * and reads no file (exchange/mash-policy-reader.h).
 */

#include <glib-object.h>

#include "mash-calendar.h"
#include "mash-clock-rule.h"
#include "mash-deed.h"

G_BEGIN_DECLS

typedef struct _MashPolicy MashPolicy;

/**
 * MashCode:
 * @code: the value that is kept
 * @label: what people read
 * @detail: (nullable): more about it
 * @retired: still read in old records, no longer offered
 */
typedef struct
{
  const char *code;
  const char *label;
  const char *detail;
  gboolean    retired;
} MashCode;

/**
 * MashLevel:
 * @code: a code of the list LVL
 * @name: such as “Level 4, section 17”
 * @criteria: the criteria text of the version in force
 */
typedef struct
{
  const char *code;
  const char *name;
  const char *criteria;
} MashLevel;

/**
 * MashGrant:
 * @MASH_GRANT_NO: never
 * @MASH_GRANT_YES: always
 * @MASH_GRANT_OWN: own agency or own items only
 * @MASH_GRANT_ASSIGNED: only cases that they are assigned to or asked about
 * @MASH_GRANT_CONDITION: under the condition of the note
 */
typedef enum
{
  MASH_GRANT_NO,
  MASH_GRANT_YES,
  MASH_GRANT_OWN,
  MASH_GRANT_ASSIGNED,
  MASH_GRANT_CONDITION,
} MashGrant;

#define MASH_N_PERMISSIONS 47

#define MASH_TYPE_POLICY (mash_policy_get_type ())

GType                  mash_policy_get_type             (void) G_GNUC_CONST;
MashPolicy            *mash_policy_ref                  (MashPolicy  *self);
void                   mash_policy_unref                (MashPolicy  *self);

const char            *mash_policy_get_version          (MashPolicy  *self);
const char            *mash_policy_get_form_version     (MashPolicy  *self);
const char            *mash_policy_get_criteria_version (MashPolicy  *self);
const char            *mash_policy_get_criteria_from    (MashPolicy  *self);

const char *const     *mash_policy_list_lists           (MashPolicy  *self,
                                                         guint       *n_lists);
const MashCode        *mash_policy_list_codes           (MashPolicy  *self,
                                                         const char  *list,
                                                         guint       *n_codes);
gboolean               mash_policy_list_is_national     (MashPolicy  *self,
                                                         const char  *list);
const MashCode        *mash_policy_find_code            (MashPolicy  *self,
                                                         const char  *list,
                                                         const char  *code);
const char            *mash_policy_get_label            (MashPolicy  *self,
                                                         const char  *list,
                                                         const char  *code);

MashGrant              mash_policy_get_grant            (MashPolicy  *self,
                                                         const char  *role,
                                                         guint        permission,
                                                         const char **note);
const char            *mash_policy_get_permission_label (MashPolicy  *self,
                                                         guint        permission);
const char            *mash_policy_get_note             (MashPolicy  *self,
                                                         const char  *id);

const MashDeed        *mash_policy_find_deed            (MashPolicy  *self,
                                                         const char  *id);
const MashDeed *const *mash_policy_list_deeds           (MashPolicy  *self,
                                                         guint       *n_deeds);

const MashClockRule   *mash_policy_find_clock           (MashPolicy  *self,
                                                         const char  *id);
const MashClockRule *const *
                       mash_policy_list_clocks          (MashPolicy  *self,
                                                         guint       *n_clocks);
MashCalendar          *mash_policy_get_calendar         (MashPolicy  *self,
                                                         const char  *id);

const MashLevel       *mash_policy_list_levels          (MashPolicy  *self,
                                                         guint       *n_levels);
guint                  mash_policy_get_weight           (MashPolicy  *self,
                                                         const char  *item);
const char            *mash_policy_get_setting          (MashPolicy  *self,
                                                         const char  *name);
guint                  mash_policy_get_number           (MashPolicy  *self,
                                                         const char  *name);

int                    mash_brag_index                  (const char  *brag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPolicy, mash_policy_unref)

G_END_DECLS
