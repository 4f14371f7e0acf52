/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-strategy.h"

#include "mash-board-page.h"
#include "mash-drift-page.h"
#include "mash-strategy-tab.h"

void
mash_tour_strategy_show_drift (MashTour *tour)
{
  mash_tour_activate (tour, "win.drift", NULL);
}

gboolean
mash_tour_strategy_drift_is_read (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_DRIFT_PAGE, NULL);

  return page != NULL && mash_drift_page_is_filled (MASH_DRIFT_PAGE (page));
}

void
mash_tour_strategy_show_board (MashTour *tour)
{
  mash_tour_activate (tour, "win.actions", NULL);
}

static GtkWidget *
get_board (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_BOARD_PAGE, NULL);

  if (page == NULL)
    mash_tour_give_up (tour, "The board is not shown");

  return page;
}

gboolean
mash_tour_strategy_board_is_read (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_BOARD_PAGE, NULL);

  return page != NULL && mash_board_page_is_filled (MASH_BOARD_PAGE (page));
}

/* Asks what came of the first action; what is asked is taken back with the next step. */
void
mash_tour_strategy_finish (MashTour *tour)
{
  gtk_widget_activate_action (get_board (tour), "board.finish-action", NULL);
}

gboolean
mash_tour_strategy_is_asked (MashTour *tour)
{
  return mash_tour_find (tour, GTK_TYPE_BUTTON, "Not now") != NULL;
}

void
mash_tour_strategy_open (MashTour *tour)
{
  GtkWidget *page = get_board (tour);

  gtk_widget_activate_action (page, "board.stop", NULL);
  mash_board_page_open (MASH_BOARD_PAGE (page));
}

gboolean
mash_tour_strategy_is_open (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_STRATEGY_TAB, NULL) != NULL;
}
