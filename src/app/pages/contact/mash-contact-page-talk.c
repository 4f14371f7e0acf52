/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include <glib/gi18n-lib.h>

#include "mash-deed-chance.h"
#include "mash-deed-forms.h"

/* What comes next in a discussion. A signature is asked for by the line that it answers. */
static const struct
{
  const char *state;
  const char *deed;
} nexts[] = {
  { NULL, "start-discussion" },
  { "CONVENED", "start-discussion" },
  { "PROGRESS", "finish-discussion" },
  { "RECORDED", "ask-to-sign" },
};

static const char *
find_next (MashContactPage *self)
{
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self->strategy));

  if (g_strcmp0 (self->tab, "strategy") != 0)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (nexts); i++)
    if (g_strcmp0 (nexts[i].state, state) == 0)
      return nexts[i].deed;

  return NULL;
}

/**
 * mash_contact_page_dup_next:
 * @self: the page
 *
 * Returns: (transfer full) (nullable): what comes next in the discussion that is shown, as
 *   mash_contact_page_begin_deed() takes it; %NULL where none is shown or nothing comes next
 */
char *
mash_contact_page_dup_next (MashContactPage *self)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self->strategy));
  const char *deed = find_next (self);

  if (deed == NULL || discussion == NULL)
    return g_strdup (deed);

  return g_strdup_printf ("%s %s", deed, mash_entity_get_id (discussion));
}

/**
 * mash_contact_page_offer_next:
 * @self: the page
 *
 * Makes what comes next in the discussion that is shown the main action of the page: the way of the
 * contact itself goes on elsewhere.
 *
 * Returns: %FALSE if the main action is another
 */
gboolean
mash_contact_page_offer_next (MashContactPage *self)
{
  MashPolicy *policy = mash_page_get_policy (MASH_PAGE (self));
  const char *next = find_next (self);
  const MashDeed *deed = next != NULL ? mash_policy_find_deed (policy, next) : NULL;
  g_autofree char *label = NULL;
  const char *says = NULL;

  if (deed == NULL)
    return FALSE;

  mash_deed_chance_find (policy,
                         mash_service_get_actor (mash_page_get_service (MASH_PAGE (self))),
                         MASH_ENTITY (mash_contact_file_get_contact (self->file)), next, &says);
  label = g_strdup_printf (mash_deed_form_needs_nothing (next) ? "%s" : "%s…", deed->label);
  mash_contact_page_set_main (self, label, says == NULL, says);

  return TRUE;
}
