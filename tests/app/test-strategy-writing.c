/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who else is in the discussion that is shown, and where they write: told in words beside the
 * heading, without moving anything, and only where there is a hub with others. */

#include "config.h"

#include "mash-agency-section.h"
#include "mash-discussion-head.h"
#include "mash-focus-first.h"
#include "mash-notes-panel.h"
#include "mash-plan-panel.h"
#include "mash-service-line.h"
#include "mash-sync-error.h"
#include "mash-writing-line.h"
#include "strategy-talk.h"

#define WIDTH 1240

/* A hub that is away. */
static MashHubLine *
open_away_cb (gpointer   data,
              GError   **error)
{
  g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Away");

  return NULL;
}

static MashWriting *
get_writing (Talk *talk)
{
  return mash_strategy_tab_get_writing (talk_get_tab (talk));
}

static GtkWidget *
get_panel (Talk  *talk,
           GType  type)
{
  GtkWidget *panel = desk_find (talk->desk.page, type);

  g_assert_nonnull (panel);

  return panel;
}

/* What the first line in a part of the page says; NULL where it takes no room. */
static const char *
get_words (GtkWidget *part)
{
  GtkWidget *line = desk_find (part, MASH_TYPE_WRITING_LINE);

  return line != NULL ? gtk_label_get_text (GTK_LABEL (adw_bin_get_child (ADW_BIN (line)))) : NULL;
}

/* Says who is there as the hub would: a colleague at a place, and another who fell silent. */
static void
tell (Talk       *talk,
      const char *place)
{
  g_autoptr (GPtrArray) writers =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mash_writer_free);
  GListModel *staff = mash_service_get_staff (talk->desk.service);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);
      g_autofree char *id = NULL;

      g_object_get (item, "staff", &id, NULL);
      g_ptr_array_add (writers, mash_writer_new (id, i == 0 ? place : "plan", i == 0 ? 1 : 600));
    }
  mash_writing_take (get_writing (talk), writers);
}

static char *
dup_name (Talk  *talk,
          guint  i)
{
  g_autoptr (GObject) item = g_list_model_get_item (mash_service_get_staff (talk->desk.service),
                                                    i);
  char *name;

  g_object_get (item, "name", &name, NULL);

  return name;
}

static int
measure (Talk *talk)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (talk_get_tab (talk)), GTK_ORIENTATION_VERTICAL, WIDTH, NULL,
                      &height, NULL, NULL);

  return height;
}

static void
start_with_hub (Talk *talk)
{
  talk_start (talk);
  /* A desk that is a hub by itself has no others, and keeps no room for them. */
  tell (talk, "plan");
  g_assert_null (get_words (get_panel (talk, MASH_TYPE_PLAN_PANEL)));
  g_assert_null (get_words (get_panel (talk, MASH_TYPE_DISCUSSION_HEAD)));

  mash_service_join_hub (talk->desk.service, open_away_cb, NULL, NULL);
  mash_writing_take (get_writing (talk), NULL);
}

static void
test_told (Talk         *talk,
           gconstpointer who)
{
  g_autofree char *name = NULL;
  g_autofree char *silent = NULL;
  g_autofree char *writes = NULL;
  g_autofree char *here = NULL;
  GtkWidget *plan, *notes, *head, *agency;
  int height;

  start_with_hub (talk);
  plan = get_panel (talk, MASH_TYPE_PLAN_PANEL);
  notes = get_panel (talk, MASH_TYPE_NOTES_PANEL);
  head = get_panel (talk, MASH_TYPE_DISCUSSION_HEAD);
  agency = get_panel (talk, MASH_TYPE_AGENCY_SECTION);
  g_assert_cmpstr (get_words (plan), ==, "");
  g_assert_cmpstr (get_words (head), ==, "");
  height = measure (talk);

  name = dup_name (talk, 0);
  silent = dup_name (talk, 1);
  writes = g_strdup_printf ("%s is writing here", name);
  here = g_strdup_printf ("Also here: %s · %s not in touch since ", name, silent);
  tell (talk, "plan");
  g_assert_cmpstr (get_words (plan), ==, writes);
  g_assert_cmpstr (get_words (notes), ==, "");
  g_assert_true (g_str_has_prefix (get_words (head), here));
  g_assert_cmpint (measure (talk), ==, height);
  desk_take_picture (&talk->desk, "strategy-writing");

  tell (talk, mash_agency_section_get_agency (MASH_AGENCY_SECTION (agency)));
  g_assert_cmpstr (get_words (plan), ==, "");
  g_assert_cmpstr (get_words (agency), ==, writes);

  /* A place that this program does not know is nowhere, and they are here all the same. */
  tell (talk, "elsewhere");
  g_assert_cmpstr (get_words (agency), ==, "");
  g_assert_true (g_str_has_prefix (get_words (head), here));

  mash_writing_take (get_writing (talk), NULL);
  g_assert_cmpstr (get_words (head), ==, "");
  g_assert_cmpint (measure (talk), ==, height);
}

/* The place is where the keyboard is in a field, and nothing is followed that is not shown. */
static void
test_place (Talk         *talk,
            gconstpointer who)
{
  g_autoptr (MashWriting) writing = NULL;
  GtkWidget *agency;

  start_with_hub (talk);
  writing = g_object_ref (get_writing (talk));
  agency = get_panel (talk, MASH_TYPE_AGENCY_SECTION);
  g_assert_true (mash_focus_first (get_panel (talk, MASH_TYPE_PLAN_PANEL)));
  g_assert_cmpstr (mash_writing_get_place (get_writing (talk)), ==, "plan");
  mash_agency_section_lead (MASH_AGENCY_SECTION (agency), TRUE);
  g_assert_cmpstr (mash_writing_get_place (get_writing (talk)), ==,
                   mash_agency_section_get_agency (MASH_AGENCY_SECTION (agency)));
  gtk_root_set_focus (gtk_widget_get_root (agency), NULL);
  g_assert_null (mash_writing_get_place (get_writing (talk)));

  g_assert_true (mash_focus_first (get_panel (talk, MASH_TYPE_PLAN_PANEL)));
  g_assert_cmpstr (mash_writing_get_place (writing), ==, "plan");
  desk_open_contact (&talk->desk, talk->contact, "work");
  g_assert_null (mash_writing_get_place (writing));
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy-writing/told", Talk, "manager", talk_set_up, test_told, talk_tear_down);
  g_test_add ("/strategy-writing/place", Talk, "manager", talk_set_up, test_place, talk_tear_down);

  return g_test_run ();
}
