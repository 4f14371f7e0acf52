/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Whether a referral is a re-referral: the same child, within twelve months of an earlier one.
 *
 * The caller gathers the child's earlier contacts; nothing here searches. Pure functions.
 */

#include <glib.h>

G_BEGIN_DECLS

/* The codes of the list RREF. */
#define MASH_REREFERRAL_NONE         "none"
#define MASH_REREFERRAL_WITHIN       "within_12m"
#define MASH_REREFERRAL_AFTER        "after_12m"
#define MASH_REREFERRAL_CONTACT_ONLY "contact_only_before"

/**
 * MashEarlierContact:
 * @received: when it reached the hub
 * @referral: it was a referral, as mash_rereferral_counts() says
 */
typedef struct
{
  gint64   received;
  gboolean referral;
} MashEarlierContact;

#define MASH_NO_CONTACT G_MAXUINT

gboolean    mash_rereferral_counts       (const char               *kind,
                                          const char               *outcome,
                                          gboolean                  step_up);
gboolean    mash_rereferral_is_within    (gint64                    earlier,
                                          gint64                    received,
                                          guint                     months);
const char *mash_rereferral_class        (gint64                    received,
                                          gboolean                  referral,
                                          const MashEarlierContact *earlier,
                                          guint                     n_earlier,
                                          guint                    *which);

G_END_DECLS
