/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Puts a policy together, piece by piece, and checks that its pieces fit.
 *
 * For whoever reads a policy file (exchange) and for tests. The builder copies what it is given.
 * It knows no XML, but remembers the line that each piece stood on, so that its one sentence on
 * what does not fit can name it.
 */

#include "mash-policy.h"

G_BEGIN_DECLS

typedef struct _MashPolicyBuilder MashPolicyBuilder;

MashPolicyBuilder *mash_policy_builder_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void               mash_policy_builder_free           (MashPolicyBuilder   *self);
void               mash_policy_builder_set_line       (MashPolicyBuilder   *self,
                                                       guint                line);
void               mash_policy_builder_set_versions   (MashPolicyBuilder   *self,
                                                       const char          *version,
                                                       const char          *form_version,
                                                       const char          *criteria_version,
                                                       const char          *criteria_from);
void               mash_policy_builder_add_list       (MashPolicyBuilder   *self,
                                                       const char          *list,
                                                       gboolean             national);
void               mash_policy_builder_add_code       (MashPolicyBuilder   *self,
                                                       const char          *list,
                                                       const MashCode      *code);
void               mash_policy_builder_add_permission (MashPolicyBuilder   *self,
                                                       guint                number,
                                                       const char          *label);
void               mash_policy_builder_add_grant      (MashPolicyBuilder   *self,
                                                       guint                number,
                                                       const char          *role,
                                                       MashGrant            grant,
                                                       const char          *note);
void               mash_policy_builder_add_note       (MashPolicyBuilder   *self,
                                                       const char          *id,
                                                       const char          *text);
void               mash_policy_builder_add_deed       (MashPolicyBuilder   *self,
                                                       const MashDeed      *deed);
void               mash_policy_builder_add_guard      (MashPolicyBuilder   *self,
                                                       const char          *deed,
                                                       const MashGuard     *guard);
void               mash_policy_builder_add_effect     (MashPolicyBuilder   *self,
                                                       const char          *deed,
                                                       const MashEffect    *effect);
void               mash_policy_builder_add_clock      (MashPolicyBuilder   *self,
                                                       const MashClockRule *clock);
void               mash_policy_builder_add_calendar   (MashPolicyBuilder   *self,
                                                       const char          *id);
void               mash_policy_builder_set_hours      (MashPolicyBuilder   *self,
                                                       const char          *calendar,
                                                       guint                weekday,
                                                       guint                from_minute,
                                                       guint                to_minute);
void               mash_policy_builder_add_holiday    (MashPolicyBuilder   *self,
                                                       const char          *calendar,
                                                       const char          *date);
void               mash_policy_builder_add_level      (MashPolicyBuilder   *self,
                                                       const MashLevel     *level);
void               mash_policy_builder_set_weight     (MashPolicyBuilder   *self,
                                                       const char          *item,
                                                       guint                weight);
void               mash_policy_builder_set_setting    (MashPolicyBuilder   *self,
                                                       const char          *name,
                                                       const char          *value);
MashPolicy        *mash_policy_builder_finish         (MashPolicyBuilder   *self,
                                                       GError             **error)
                                                       G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPolicyBuilder, mash_policy_builder_free)

G_END_DECLS
