/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-reach.h"
#include "mash-staff.h"
#include "mash-time.h"

static void
set_actor (MashStore  *self,
           const char *person,
           const char *post,
           const char *role,
           const char *agency)
{
  g_free (self->person);
  self->person = g_strdup (person);
  g_free (self->post);
  self->post = g_strdup (post != NULL ? post : "");
  g_free (self->role);
  self->role = g_strdup (role);
  g_free (self->agency);
  self->agency = g_strdup (agency);

  self->actor = (MashActor) {
    .person = self->person,
    .post = self->post,
    .role = self->role,
    .agency = self->agency,
    .desk = self->info->desk,
    .on_line = !self->central || self->on_line,
  };
}

static gboolean
is_active (MashRecord *staff)
{
  return mash_record_get_stamps (staff)->voided_at == NULL &&
         !mash_record_get_flag (staff, "suspended");
}

/* Access ends with the last day of the vetting; where none is recorded, none is asked for. An
 * administrator reads no cases, and somebody has to enter the new vetting. */
static gboolean
is_vetted (MashRecord *staff,
           MashRecord *post,
           const char *day)
{
  const char *until = mash_record_get_text (staff, "vetting-expires-on");

  return until == NULL || strcmp (until, day) >= 0 ||
         g_strcmp0 (mash_record_get_text (post, "role"), MASH_STORE_ROOT_ROLE) == 0;
}

/* Who is suspended, or whose vetting has lapsed, gets in no more, whatever post they hold. */
gboolean
mash_store_is_admitted (MashRecord *staff,
                        MashRecord *post,
                        const char *day)
{
  return is_active (staff) && is_vetted (staff, post, day);
}

static MashRecord *
find_post (MashStore  *self,
           const char *person,
           const char *post,
           const char *today)
{
  g_autoptr (GPtrArray) posts = mash_store_list (self, "post", "staff", person);

  for (guint i = 0; i < posts->len; i++)
    {
      MashRecord *held = g_ptr_array_index (posts, i);

      if (post != NULL ? strcmp (mash_record_get_id (held), post) == 0
                       : mash_post_is_held (held, today))
        return mash_record_ref (held);
    }

  return NULL;
}

/* At a seat whoever is out does nothing from now on; what was opened only to meet the hub stays
 * open for that. */
static gboolean
bar (MashStore   *self,
     const char  *person,
     const char  *sentence,
     GError     **error)
{
  if (self->central)
    set_actor (self, person, NULL, "", NULL);

  return (self->central && self->to_meet) ||
         mash_store_error_set (error, MASH_STORE_ERROR_REFUSED, sentence);
}

/* Acts from now on as @person in @post, or in the first post that the person holds today. */
gboolean
mash_store_load_actor (MashStore   *self,
                       const char  *person,
                       const char  *post,
                       GError     **error)
{
  g_autofree char *today = mash_time_dup_local_date (mash_store_get_now (self));
  g_autoptr (MashRecord) staff = mash_store_lookup (self, "staff", person);
  g_autoptr (MashRecord) held = find_post (self, person, post, today);

  if (mash_store_take_fault (self, error))
    return FALSE;

  if (held == NULL && post == NULL && g_strcmp0 (person, self->root_person) == 0)
    {
      set_actor (self, person, NULL, MASH_STORE_ROOT_ROLE, NULL);
      return TRUE;
    }
  if (staff == NULL && self->central)
    {
      /* The hub has not said yet who this is: nothing can be done until it has. */
      set_actor (self, person, NULL, "", NULL);
      return TRUE;
    }
  if (staff == NULL || held == NULL || !is_active (staff))
    return bar (self, person, _("You hold no post in this hub today."), error);
  if (!is_vetted (staff, held, today))
    return bar (self, person, _("Your vetting has lapsed; ask your administrator."), error);

  set_actor (self, person, mash_record_get_id (held), mash_record_get_text (held, "role"),
             mash_record_get_text (held, "agency"));

  return TRUE;
}

/* Whether who signed in gets all cases: who gets only some has not all that a rule may ask of
 * one, and whose vetting had lapsed gets none that is older than the new clearance. A post counts
 * on its days alone, as at the hub. */
gboolean
mash_store_has_all_cases (MashStore *self)
{
  g_autofree char *today = mash_time_dup_local_date (mash_store_get_now (self));
  g_autoptr (MashRecord) staff = mash_store_lookup (self, "staff", self->own);
  g_autoptr (GPtrArray) posts = mash_store_list (self, "post", "staff", self->own);

  if (staff != NULL && mash_record_has (staff, "cases-from"))
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    {
      MashRecord *post = g_ptr_array_index (posts, i);
      const char *role = mash_record_get_text (post, "role");

      if (mash_post_is_held (post, today) &&
          mash_reach_of_role (self->policy, role) == MASH_REACH_ALL)
        return TRUE;
    }

  return FALSE;
}
