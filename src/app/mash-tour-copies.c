/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-copies.h"

#include "mash-circulation.h"
#include "mash-contact-page.h"
#include "mash-discussion-paper.h"
#include "mash-facts.h"
#include "mash-strategy-tab.h"
#include "mash-tour-contact.h"

static MashStrategyTab *
get_tab (MashTour *tour)
{
  GtkWidget *tab = mash_tour_find (tour, MASH_TYPE_STRATEGY_TAB, NULL);

  if (tab == NULL)
    mash_tour_give_up (tour, "No strategy discussion is shown");

  return MASH_STRATEGY_TAB (tab);
}

void
mash_tour_copies_show (MashTour *tour)
{
  mash_strategy_tab_go_section (get_tab (tour), MASH_STRATEGY_COPIES - 1);
}

static void
write_copy (MashTour            *tour,
            MashEntity          *discussion,
            const MashRecipient *recipient,
            const char          *name)
{
  MashService *service = mash_tour_get_service (tour);
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  g_autoptr (MashPaper) paper = mash_discussion_paper_new (
    mash_service_get_policy (service), MASH_FACTS (file), &(MashDiscussionCopy) {
    mash_entity_get_id (discussion), { recipient->variant, recipient->agency }, recipient->name,
    mash_service_get_staff (service),
  });

  mash_tour_write_paper (tour, paper, name);
}

static const MashRecipient *
find_recipient (GPtrArray  *recipients,
                const char *variant)
{
  for (guint i = 0; i < recipients->len; i++)
    {
      const MashRecipient *recipient = g_ptr_array_index (recipients, i);

      if (g_strcmp0 (recipient->variant, variant) == 0)
        return recipient;
    }

  return NULL;
}

/* The whole record, that of one agency, and that of the family. */
void
mash_tour_copies_write (MashTour *tour)
{
  static const struct
  {
    const char *variant;
    const char *name;
  } copies[] = {
    { "FULL", "strategy-record-full" },
    { "AGENCY", "strategy-record-agency" },
    { "FAMILY", "strategy-record-family" },
  };
  MashContactFile *file = mash_contact_page_get_file (mash_tour_contact_get_page (tour));
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (get_tab (tour)));
  g_autoptr (GPtrArray) recipients = mash_circulation_list_recipients (
    MASH_FACTS (file), mash_entity_get_id (discussion));

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      const MashRecipient *recipient = find_recipient (recipients, copies[i].variant);

      if (recipient == NULL)
        mash_tour_give_up (tour, "A copy of the strategy record has no recipient");
      write_copy (tour, discussion, recipient, copies[i].name);
    }
}
