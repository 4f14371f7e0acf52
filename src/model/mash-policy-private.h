/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The inside of a policy, for the builder that fills it. Nobody else includes this. */

#include "mash-policy.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  gboolean    national;
  guint       line;
  GArray     *codes; /* of MashCode */
} MashCodeList;

typedef struct
{
  MashGrant   grant;
  const char *note;
} MashGrantCell;

/* A deed while it grows, and then for good: the rows of @deed point into the arrays. */
typedef struct
{
  MashDeed  deed;
  guint     line;
  GArray   *guards;       /* of MashGuard */
  GArray   *guard_lines;  /* of guint */
  GArray   *effects;      /* of MashEffect */
  GArray   *effect_lines; /* of guint */
} MashDeedEntry;

typedef struct
{
  MashClockRule rule;
  guint         line;
} MashClockEntry;

typedef struct
{
  guint from;
  guint to;
} MashHours;

typedef struct
{
  const char   *id;
  guint         line;
  MashHours     hours[8]; /* by GDateWeekday; both 0: closed */
  GPtrArray    *holidays; /* of local dates */
  MashCalendar *calendar; /* made when the policy is finished */
} MashCalendarEntry;

struct _MashPolicy
{
  /* Every text of the policy, each kept once. */
  GStringChunk *strings;

  const char   *version;
  const char   *form_version;
  const char   *criteria_version;
  const char   *criteria_from;

  GPtrArray    *list_names;
  GHashTable   *lists;       /* name → MashCodeList */
  GHashTable   *grants;      /* role → MashGrantCell[MASH_N_PERMISSIONS + 1] */
  const char   *permissions[MASH_N_PERMISSIONS + 1];
  GHashTable   *notes;       /* id → text */
  GPtrArray    *deeds;       /* of MashDeedEntry, the deed first */
  GHashTable   *deeds_by_id;
  GPtrArray    *clocks;      /* of MashClockEntry, the rule first */
  GHashTable   *clocks_by_id;
  GHashTable   *calendars;   /* id → MashCalendarEntry */
  GArray       *levels;      /* of MashLevel */
  guint         levels_line;
  guint         weights_line;
  guint         settings_line;
  guint         permissions_line;
  GHashTable   *weights;     /* item → GUINT */
  GHashTable   *settings;    /* name → value */
};

/* What a policy must have in one of its lists; in a national one, exactly that. */
typedef struct
{
  const char *list;
  gboolean    national;
  const char *codes;
} MashKnownList;

MashPolicy          *mash_policy_new         (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean             mash_policy_check       (MashPolicy           *self,
                                              GError              **error);
gboolean             mash_policy_check_deeds (MashPolicy           *self,
                                              GError              **error);
const MashKnownList *mash_policy_list_known  (guint                *n_lists);
gboolean             mash_policy_fault       (GError              **error,
                                              guint                 line,
                                              const char           *format,
                                              ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
