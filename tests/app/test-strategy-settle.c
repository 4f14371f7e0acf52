/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-agency-section.h"
#include "mash-conflict-panel.h"
#include "mash-discussion-head.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-passphrase-entry.h"
#include "mash-time.h"
#include "mash-version-row.h"
#include "strategy-talk.h"

/* What does not go smoothly: two versions of a part, somebody who does not sign, words entered for
 * an agency, and health that cannot be reached. */

static MashEntity *
get_first (Talk       *talk,
           const char *kind)
{
  g_autoptr (GPtrArray) list = mash_strategy_part_list (MASH_STRATEGY_PART (talk_get_tab (talk)),
                                                        kind);

  g_assert_cmpuint (list->len, >, 0);

  return g_ptr_array_index (list, 0);
}

static void
save (Talk *talk)
{
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
}

/* Somebody else writes @theirs into a field while @mine is being typed there. */
static void
collide (Talk       *talk,
         const char *field,
         const char *mine,
         const char *theirs)
{
  MashEntity *plan = get_first (talk, "sd-plan");
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", talk->contact);
  MashEdit *edit = mash_edit_new_for (mash_entity_get_record (plan));
  guint before = talk_count_saved (talk, "sd-version", "of-field");

  mash_entity_set_text (plan, field, mine);
  mash_edit_set_text (edit, field, theirs);
  mash_group_take_edit (group, edit);
  desk_submit (&talk->desk, group);
  save (talk);
  until (talk_count_saved (talk, "sd-version", "of-field") == before + 1);
  /* The chair is asked now, and whoever typed no longer. */
  until (desk_find (talk->desk.page, MASH_TYPE_CONFLICT_PANEL) == NULL);
}

static void
settle_first (Talk       *talk,
              const char *choice)
{
  GtkWidget *row = desk_find (talk_get_tab (talk), MASH_TYPE_VERSION_ROW);
  MashEntity *version = mash_version_row_get_version (MASH_VERSION_ROW (row));

  gtk_widget_activate_action (row, "version.settle", "s", choice);
  until (mash_entity_get_text (version, "choice") != NULL);
}

/* Both stand side by side until the chair says which stands, and both can stand together. */
static void
test_versions (Talk          *talk,
               gconstpointer  who)
{
  MashEntity *plan;

  talk_start (talk);
  talk_attend (talk);
  plan = get_first (talk, "sd-plan");
  collide (talk, "scene", "The stairs", "The kitchen");
  collide (talk, "bail", "Not to come near", "None yet");
  g_assert_cmpstr (mash_entity_get_text (plan, "scene"), ==, "The kitchen");
  until (desk_find (talk_get_tab (talk), MASH_TYPE_VERSION_ROW) != NULL);
  desk_take_picture (&talk->desk, "strategy-versions");

  settle_first (talk, "BOTH");
  until (g_strcmp0 (mash_entity_get_text (plan, "scene"), "The kitchen\n\nThe stairs") == 0);
  settle_first (talk, "TAKEN");
  until (g_strcmp0 (mash_entity_get_text (plan, "bail"), "Not to come near") == 0);
  until (desk_find (talk_get_tab (talk), MASH_TYPE_VERSION_ROW) == NULL);
  mash_strategy_tab_go_section (talk_get_tab (talk), 5);
  desk_take_picture (&talk->desk, "strategy-settled");
}

/* Who refuses says why, and it stands there; what is written afterwards is another revision, and
 * what was asked and signed before is marked as of the earlier one. */
static void
test_refuses (Talk          *talk,
              gconstpointer  who)
{
  talk_start (talk);
  talk_attend (talk);
  talk_decide (talk, "N", "NOS47_S17");
  talk_give_views (talk, G_MAXUINT);
  talk_finish (talk);
  talk_sign (talk, "CHAIR", "sign-as-chair", NULL);
  talk_go_on_as (talk, "sergeant");
  talk_sign (talk, "POLICE", "refuse-to-sign", "The time of the call is wrong");
  until (talk_count_saved (talk, "sd-request", "reason") == 1);

  talk_go_on_as (talk, "manager");
  mash_entity_set_text (get_first (talk, "sd-child"), "rationale", "The account fits the mark");
  mash_entity_set_text (get_first (talk, "sd-child"), "safety", "With his aunt tonight");
  save (talk);
  until (mash_entity_get_int (talk_get_discussion (talk), "rev") == 2);
  until (talk_is_in (talk, "RECORDED"));
  mash_strategy_tab_go_section (talk_get_tab (talk), 6);
  desk_take_picture (&talk->desk, "strategy-refused");
}

/* What was written for an agency on the telephone is marked until that agency confirms it. */
static void
test_confirms (Talk          *talk,
               gconstpointer  who)
{
  g_autofree char *deed = NULL;
  MashEntity *paragraph;

  talk_start (talk);
  talk_attend (talk);
  paragraph = mash_strategy_part_add (MASH_STRATEGY_PART (talk_get_tab (talk)), "sd-paragraph");
  mash_entity_set_text (paragraph, "agency", talk->desk.hub.police);
  mash_entity_set_text (paragraph, "text", "Nothing is known at this address");
  save (talk);
  until (talk_count_saved (talk, "sd-paragraph", "text") == 1);
  g_assert_true (mash_entity_get_flag (paragraph, "on-behalf"));

  talk_go_on_as (talk, "sergeant");
  paragraph = get_first (talk, "sd-paragraph");
  deed = g_strdup_printf ("confirm-entry %s", mash_entity_get_id (paragraph));
  talk_begin (talk, deed);
  until (mash_entity_get_text (paragraph, "confirmed-at") != NULL);
}

static const char *
read_section (Talk       *talk,
              const char *agency,
              const char *part)
{
  GtkWidget *section = desk_find_with (talk_get_tab (talk), MASH_TYPE_AGENCY_SECTION, "agency",
                                       agency);

  return section != NULL
         ? gtk_label_get_text (desk_part (section, MASH_TYPE_AGENCY_SECTION, part)) : NULL;
}

/* The section of the police, as far up as it can stand. */
static void
picture_police (Talk       *talk,
                const char *name)
{
  GtkWidget *section = desk_find_with (talk_get_tab (talk), MASH_TYPE_AGENCY_SECTION, "agency",
                                       talk->desk.hub.police);

  gtk_widget_child_focus (desk_part (section, MASH_TYPE_AGENCY_SECTION, "views"),
                          GTK_DIR_TAB_FORWARD);
  desk_take_picture (&talk->desk, name);
}

/* Who writes intelligence sees that only their agency reads it; everybody else, that there is some;
 * and once it is for decision makers, who decides reads it. */
static void
test_readers (Talk          *talk,
              gconstpointer  who)
{
  static const char *const released[] = { "H2", NULL };
  const char *police = talk->desk.hub.police;
  MashEntity *paragraph;

  talk_start (talk);
  talk_attend (talk);
  talk_go_on_as (talk, "sergeant");
  paragraph = mash_strategy_part_add (MASH_STRATEGY_PART (talk_get_tab (talk)), "sd-paragraph");
  mash_entity_set_text (paragraph, "agency", police);
  mash_entity_set_text (paragraph, "text", "Named by somebody who is trusted");
  mash_entity_set_text (paragraph, "basis", "INTEL");
  save (talk);
  until (talk_count_saved (talk, "sd-paragraph", "text") == 1);
  until (g_strcmp0 (read_section (talk, police, "readers"),
                    "1 paragraph is read by Police alone.") == 0);
  g_assert_cmpstr (read_section (talk, police, "withheld"), ==, "");
  picture_police (talk, "strategy-readers");

  talk_go_on_as (talk, "manager");
  until (g_strcmp0 (read_section (talk, police, "withheld"),
                    "1 paragraph is withheld by Police.") == 0);
  g_assert_cmpstr (read_section (talk, police, "readers"), ==, "");
  g_assert_null (mash_entity_get_text (get_first (talk, "sd-paragraph"), "text"));
  picture_police (talk, "strategy-withheld");

  talk_go_on_as (talk, "sergeant");
  mash_entity_set_set (get_first (talk, "sd-paragraph"), "handling", released);
  save (talk);
  until (!mash_entity_get_changed (get_first (talk, "sd-paragraph")));

  talk_go_on_as (talk, "manager");
  until (g_strcmp0 (read_section (talk, police, "readers"),
                    "1 paragraph is read by Police, social workers and managers.") == 0);
  g_assert_cmpstr (read_section (talk, police, "withheld"), ==, "");
  g_assert_cmpstr (mash_entity_get_text (get_first (talk, "sd-paragraph"), "text"), ==,
                   "Named by somebody who is trusted");
}

static void
set_attended (Talk       *talk,
              const char *agency,
              const char *attended)
{
  g_autoptr (GPtrArray) people = mash_strategy_part_list (
    MASH_STRATEGY_PART (talk_get_tab (talk)), "sd-participant");

  for (guint i = 0; i < people->len; i++)
    if (g_strcmp0 (mash_entity_get_text (g_ptr_array_index (people, i), "agency"), agency) == 0)
      mash_entity_set_text (g_ptr_array_index (people, i), "attended", attended);
  save (talk);
}

static gboolean
is_compliant (Talk       *talk,
              const char *compliance)
{
  return g_strcmp0 (mash_entity_get_text (talk_get_discussion (talk), "compliance"),
                    compliance) == 0;
}

static gboolean
tells_follow_up (Talk       *talk,
                 const char *words)
{
  GtkWidget *head = desk_find (talk_get_tab (talk), MASH_TYPE_DISCUSSION_HEAD);
  GtkLabel *times = desk_part (head, MASH_TYPE_DISCUSSION_HEAD, "times");

  return strstr (gtk_label_get_text (times), words) != NULL;
}

/* Without health it is an exception that a manager answers for, and nobody is offered one while all
 * are there. */
static void
test_exception (Talk          *talk,
                gconstpointer  who)
{
  g_autofree char *next = talk_dup_ago (talk, -180);
  g_autofree char *deed = NULL;
  GtkWidget *passphrase;

  talk_start (talk);
  talk_attend (talk);
  until (desk_find_with (talk_get_tab (talk), GTK_TYPE_BUTTON, "label",
                         "Allow without police or health…") == NULL);
  set_attended (talk, talk->desk.hub.health, "NOREPLY");
  until (is_compliant (talk, "NOT"));
  deed = g_strdup_printf ("except-discussion %s", mash_entity_get_id (talk_get_discussion (talk)));
  g_assert_nonnull (desk_await (talk_get_tab (talk), GTK_TYPE_BUTTON, "label",
                                "Allow without police or health…"));
  talk_begin (talk, deed);
  until (desk_find_field (talk_get_bar (talk), "exception-risk") != NULL);
  talk_fill (talk_get_bar (talk), "exception-reason", "Called three times");
  talk_fill (talk_get_bar (talk), "exception-risk", "He is with his grandmother tonight");
  talk_fill (talk_get_bar (talk), "next-at", next);
  passphrase = desk_find (talk_get_bar (talk), MASH_TYPE_PASSPHRASE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (desk_find (passphrase, GTK_TYPE_PASSWORD_ENTRY)),
                         FIXTURE_PASSPHRASE);
  talk_confirm (talk);
  until (is_compliant (talk, "EXCEPTION"));
  until (tells_follow_up (talk, "follow-up due "));
  desk_take_picture (&talk->desk, "strategy-exception");
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy-settle/versions", Talk, "manager", talk_set_up, test_versions,
              talk_tear_down);
  g_test_add ("/strategy-settle/refuses", Talk, "manager", talk_set_up, test_refuses,
              talk_tear_down);
  g_test_add ("/strategy-settle/confirms", Talk, "manager", talk_set_up, test_confirms,
              talk_tear_down);
  g_test_add ("/strategy-settle/readers", Talk, "manager", talk_set_up, test_readers,
              talk_tear_down);
  g_test_add ("/strategy-settle/exception", Talk, "manager", talk_set_up, test_exception,
              talk_tear_down);

  return g_test_run ();
}
