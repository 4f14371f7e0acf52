/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rereferral.h"

#include "mash-time.h"

#define WINDOW_MONTHS 12

/**
 * mash_rereferral_counts:
 * @kind: (nullable): the contact's kind, a code of CKIND
 * @outcome: (nullable): the outcome decided on, a code of OUT; %NULL before the decision
 * @step_up: it came by a step up from early help
 *
 * Consultations, notifications and requests to the hub are no referrals, nor is a contact that ends
 * as advice, in a universal service, with the open case or as a duplicate, or goes back to who sent
 * it. A step up carries the contact on (domain 4.2). One that ends without further action is a
 * referral (domain, scenario 5).
 *
 * Returns: whether the contact is a referral
 */
gboolean
mash_rereferral_counts (const char *kind,
                        const char *outcome,
                        gboolean    step_up)
{
  static const char *const other_kinds[] = { "ADV", "NOT", "INF", "OPEN", "LADO", NULL };
  static const char *const other_outcomes[] = { "O01", "O02", "O08", "O16", "O20", NULL };

  if (step_up || (kind != NULL && g_strv_contains (other_kinds, kind)))
    return FALSE;

  return outcome == NULL || !g_strv_contains (other_outcomes, outcome);
}

/**
 * mash_rereferral_is_within:
 * @earlier: when the earlier referral was received
 * @received: when this one was
 * @months: the window of the policy's clock T28, 12
 *
 * Months are of the calendar, by local date: after 29 February up to and including 28 February, and
 * otherwise up to and including the same date (domain 4.3, rule 7).
 *
 * Returns: whether @received is within the window
 */
gboolean
mash_rereferral_is_within (gint64 earlier,
                           gint64 received,
                           guint  months)
{
  g_return_val_if_fail (months <= 1200, FALSE);

  return received >= earlier &&
         mash_time_get_local_day (received) <=
         mash_date_add_months (mash_time_get_local_day (earlier), (int) months);
}

/**
 * mash_rereferral_class:
 * @received: when the contact was received
 * @referral: it is a referral, as mash_rereferral_counts() says
 * @earlier: (array length=n_earlier): other contacts about the same child, in any order; those that
 *   are not earlier do not count
 * @n_earlier: how many
 * @which: (out) (optional): the latest earlier referral, or else the latest earlier contact, to be
 *   shown beside this one; %MASH_NO_CONTACT for none
 *
 * Returns: a code of RREF
 */
const char *
mash_rereferral_class (gint64                    received,
                       gboolean                  referral,
                       const MashEarlierContact *earlier,
                       guint                     n_earlier,
                       guint                    *which)
{
  guint last_referral = MASH_NO_CONTACT;
  guint last_contact = MASH_NO_CONTACT;

  g_return_val_if_fail (earlier != NULL || n_earlier == 0, MASH_REREFERRAL_NONE);

  for (guint i = 0; i < n_earlier; i++)
    {
      guint *last = earlier[i].referral ? &last_referral : &last_contact;

      if (earlier[i].received < received &&
          (*last == MASH_NO_CONTACT || earlier[i].received > earlier[*last].received))
        *last = i;
    }

  if (which != NULL)
    *which = last_referral != MASH_NO_CONTACT ? last_referral : last_contact;
  if (last_referral == MASH_NO_CONTACT)
    return last_contact != MASH_NO_CONTACT ? MASH_REREFERRAL_CONTACT_ONLY : MASH_REREFERRAL_NONE;
  if (!referral)
    return MASH_REREFERRAL_NONE;

  return mash_rereferral_is_within (earlier[last_referral].received, received, WINDOW_MONTHS)
         ? MASH_REREFERRAL_WITHIN : MASH_REREFERRAL_AFTER;
}
