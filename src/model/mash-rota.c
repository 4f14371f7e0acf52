/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rota.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-staff.h"
#include "mash-time.h"

/* The afternoon begins at one o'clock, by the clock on the wall. */
#define AFTERNOON (13 * MASH_TIME_HOUR)

static const MashField rota_slot_fields[] = {
  { "date", MASH_FIELD_DATE, N_("Day"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "half", MASH_FIELD_CODE, N_("Half-day"), "HALF", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "staff", MASH_FIELD_REFERENCE, N_("Who is on duty"), "staff", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "team", MASH_FIELD_TEXT, N_("Team") },
  { "duty", MASH_FIELD_CODE, N_("Duty"), "DUTY" },
};
MASH_DEFINE_ENTITY (MashRotaSlot, mash_rota_slot, "rota-slot", N_("Entry of the rota"),
                    rota_slot_fields, MASH_KIND_PLAIN)

/**
 * mash_rota_get_half:
 * @now: microseconds since 1970
 *
 * Returns: the half-day that it is then, a code of the list HALF
 */
const char *
mash_rota_get_half (gint64 now)
{
  return now < mash_time_from_local_day (mash_time_get_local_day (now), AFTERNOON)
         ? MASH_ROTA_MORNING : MASH_ROTA_AFTERNOON;
}

/* Whether a post of theirs is held on the day and, where that is asked for, is on duty. */
static gboolean
holds_post (MashFacts  *facts,
            const char *staff,
            const char *day,
            gboolean    on_duty)
{
  g_autoptr (GPtrArray) posts = mash_facts_list (facts, "post", "staff", staff);

  for (guint i = 0; i < posts->len; i++)
    {
      MashRecord *post = g_ptr_array_index (posts, i);

      if (mash_post_is_held (post, day) &&
          (!on_duty || mash_record_get_flag (post, "on-duty")))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_rota_is_on_duty:
 * @facts: what is known
 * @staff: the id of a member of staff
 * @now: microseconds since 1970
 *
 * What is entered for somebody who holds no post that day is as if nobody had entered it.
 *
 * Returns: %TRUE when they are entered for the half-day that it is then or, where nobody is, when a
 *   post that they hold is on duty
 */
gboolean
mash_rota_is_on_duty (MashFacts  *facts,
                      const char *staff,
                      gint64      now)
{
  g_autofree char *date = mash_time_dup_local_date (now);
  g_autoptr (GPtrArray) slots = mash_facts_list (facts, "rota-slot", "date", date);
  const char *half = mash_rota_get_half (now);
  gboolean any = FALSE;

  for (guint i = 0; i < slots->len; i++)
    {
      MashRecord *slot = g_ptr_array_index (slots, i);
      const char *entered = mash_record_get_text (slot, "staff");
      gboolean theirs = g_strcmp0 (entered, staff) == 0;

      if (g_strcmp0 (mash_record_get_text (slot, "half"), half) != 0 || (any && !theirs) ||
          !holds_post (facts, entered, date, FALSE))
        continue;
      if (theirs)
        return TRUE;
      any = TRUE;
    }

  return !any && holds_post (facts, staff, date, TRUE);
}
