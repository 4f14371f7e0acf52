/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-rota.h"

#include "mash-rota.h"
#include "mash-time.h"

/* How many days are entered, from the present one on. */
#define N_DAYS 3

static void
enter (MashTrainingHub *self,
       MashGroup       *group,
       MashRecord      *post,
       int              day,
       const char      *half)
{
  g_autofree char *date = mash_date_format (day);
  MashEdit *slot = mash_training_hub_add (self, group, "rota-slot", NULL);

  mash_training_put (slot, "date", date);
  mash_training_put (slot, "half", half);
  mash_training_put (slot, "staff", mash_record_get_text (post, "staff"));
  if (mash_record_has (post, "team"))
    mash_training_put (slot, "team", mash_record_get_text (post, "team"));
  if (mash_record_has (post, "duty"))
    mash_training_put (slot, "duty", mash_record_get_text (post, "duty"));
}

/**
 * mash_training_add_rota:
 * @self: a hub on which everything else is done
 * @plan: what hub it is
 * @error: return location
 *
 * Enters those whose post is on duty for the present day and the two after it.
 *
 * Returns: %TRUE when it was done
 */
gboolean
mash_training_add_rota (MashTrainingHub         *self,
                        const MashTrainingPlan  *plan,
                        GError                 **error)
{
  g_autoptr (GPtrArray) staff = mash_store_list_staff (self->store, error);
  int today = mash_time_get_local_day (plan->until);

  if (staff == NULL)
    return FALSE;

  for (int day = today; day < today + N_DAYS; day++)
    {
      g_autoptr (MashGroup) group = mash_group_new ("set-rota", NULL);

      for (guint i = 0; i < staff->len; i++)
        {
          const MashStaffRow *row = g_ptr_array_index (staff, i);
          g_autoptr (MashRecord) post = mash_store_lookup (self->store, "post", row->post);

          if (post == NULL || !mash_record_get_flag (post, "on-duty"))
            continue;
          enter (self, group, post, day, MASH_ROTA_MORNING);
          enter (self, group, post, day, MASH_ROTA_AFTERNOON);
        }
      if (!mash_training_hub_submit (self, MASH_TRAINING_MANAGER, plan->until, group, error))
        return FALSE;
    }

  return TRUE;
}
