/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-course-panel.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-passphrase-entry.h"
#include "mash-time.h"
#include "strategy-talk.h"

/* What stands around a discussion: police protection before it, a disagreement in it, an enquiry
 * for each child and an action after it. */

/* The only record of a kind in the open contact. */
static MashEntity *
get_only (Talk       *talk,
          const char *kind)
{
  GListModel *list = mash_contact_file_get_list (talk->desk.file, kind);
  g_autoptr (MashEntity) only = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  only = g_list_model_get_item (list, 0);

  return only;
}

static guint
count (Talk       *talk,
       const char *kind)
{
  return g_list_model_get_n_items (mash_contact_file_get_list (talk->desk.file, kind));
}

/* Begins a deed as the button of a panel does, which has to be there. */
static void
press (Talk       *talk,
       const char *label)
{
  GtkWidget *button = desk_await (talk_get_tab (talk), GTK_TYPE_BUTTON, "label", label);

  until (!mash_deed_bar_is_open (talk->desk.page->deed_bar));
  settle (talk->desk.service);
  g_signal_emit_by_name (button, "clicked");
  until (mash_deed_bar_is_open (talk->desk.page->deed_bar));
}

static void
tick_children (Talk *talk)
{
  MashEntity *child = get_only (talk, "contact-subject");
  const char *const children[] = { mash_entity_get_id (child), NULL };
  GtkWidget *input = desk_find_field (talk_get_bar (talk), "subjects");

  mash_entity_set_set (MASH_ENTITY (mash_field_input_get_object (MASH_FIELD_INPUT (input))),
                       "subjects", children);
}

static void
use_protection (Talk       *talk,
                const char *used)
{
  press (talk, "Record police protection…");
  until (desk_find_field (talk_get_bar (talk), "used-at") != NULL);
  talk_fill (talk_get_bar (talk), "used-at", used);
  talk_fill (talk_get_bar (talk), "officer", "PC 1203");
  tick_children (talk);
  talk_confirm (talk);
  until (count (talk, "police-protection") == 1);
}

/* The discussion that follows says so by itself; the clock of 72 hours stands in words until the
 * power ends. */
static void
test_protection (Talk          *talk,
                 gconstpointer  who)
{
  g_autofree char *used = talk_dup_ago (talk, 90);
  MashEntity *power;

  use_protection (talk, used);
  power = get_only (talk, "police-protection");
  until (desk_find_with (talk_get_tab (talk), MASH_TYPE_COURSE_PANEL, "topic", "protection") !=
         NULL);

  press (talk, "Complete police protection…");
  talk_fill (talk_get_bar (talk), "designated-officer", "Inspector Vale");
  talk_fill (talk_get_bar (talk), "place", "With the grandmother");
  talk_fill (talk_get_bar (talk), "parents-told", "TOLD");
  talk_confirm (talk);
  until (mash_entity_get_text (power, "designated-officer") != NULL);

  talk_begin (talk, "start-discussion");
  until (desk_find_field (talk_get_bar (talk), "mode") != NULL);
  talk_fill (talk_get_bar (talk), "mode", "SERIES");
  talk_confirm (talk);
  until (talk_is_in (talk, "PROGRESS"));
  g_assert_cmpstr (mash_entity_get_text (talk_get_discussion (talk), "trigger"), ==, "S46");
  g_assert_cmpstr (mash_entity_get_text (talk_get_discussion (talk), "need-identified-at"), ==,
                   used);
  desk_take_picture (&talk->desk, "strategy-protection");

  press (talk, "End police protection…");
  talk_fill (talk_get_bar (talk), "ended-how", "RELEASED");
  talk_confirm (talk);
  until (mash_entity_get_text (power, "ended-at") != NULL);
}

static void
answer_bar_with_passphrase (Talk *talk)
{
  GtkWidget *passphrase = desk_find (talk_get_bar (talk), MASH_TYPE_PASSPHRASE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (desk_find (passphrase, GTK_TYPE_PASSWORD_ENTRY)),
                         FIXTURE_PASSPHRASE);
  talk_confirm (talk);
}

/* A dissent goes to the seniors at once, word for word, and is resolved by a signature. */
static void
test_disagreement (Talk          *talk,
                   gconstpointer  who)
{
  MashEntity *escalation;

  talk_start (talk);
  talk_attend (talk);
  talk_give_views (talk, 0);
  until (count (talk, "sd-escalation") == 1);
  escalation = get_only (talk, "sd-escalation");
  g_assert_nonnull (desk_await (talk_get_tab (talk), GTK_TYPE_LABEL, "label",
                                "We want the younger child included today."));
  press (talk, "Resolve disagreement…");
  talk_fill (talk_get_bar (talk), "resolution", "Both seniors agreed to include her.");
  answer_bar_with_passphrase (talk);
  until (mash_entity_get_text (escalation, "resolved-at") != NULL);
  until (desk_find_with (talk_get_tab (talk), GTK_TYPE_BUTTON, "label",
                         "Resolve disagreement…") == NULL);
  desk_take_picture (&talk->desk, "strategy-disagreement");
}

/* Where section 47 was decided each child has an enquiry, counted from that discussion. */
static void
test_enquiry (Talk          *talk,
              gconstpointer  who)
{
  g_autofree char *seen = NULL;
  MashEntity *enquiry;

  talk_start (talk);
  talk_attend (talk);
  talk_decide (talk, "Y", "S47S");
  talk_give_views (talk, G_MAXUINT);
  talk_finish (talk);
  talk_sign (talk, "CHAIR", "sign-as-chair", NULL);
  talk_go_on_as (talk, "sergeant");
  talk_sign (talk, "POLICE", "sign-discussion", NULL);
  talk_go_on_as (talk, "nurse");
  g_assert_cmpuint (count (talk, "sd-enquiry"), ==, 0);
  talk_sign (talk, "HEALTH", "sign-discussion", NULL);
  until (count (talk, "sd-enquiry") == 1);
  talk_go_on_as (talk, "worker");
  enquiry = get_only (talk, "sd-enquiry");
  g_assert_cmpstr (mash_entity_get_text (enquiry, "started-at"), ==,
                   mash_entity_get_text (talk_get_discussion (talk), "started-at"));

  seen = talk_dup_ago (talk, 0);
  press (talk, "Record enquiry…");
  talk_fill (talk_get_bar (talk), "seen-at", seen);
  talk_fill (talk_get_bar (talk), "seen-by", "Aled Sorrel");
  talk_confirm (talk);
  until (mash_entity_get_text (enquiry, "seen-at") != NULL);
  desk_take_picture (&talk->desk, "strategy-enquiry");
}

static void
do_with_action (Talk       *talk,
                const char *deed,
                const char *reason)
{
  MashEntity *action = get_only (talk, "sd-action");
  g_autofree char *target = g_strdup_printf ("%s %s", deed, mash_entity_get_id (action));

  talk_begin (talk, target);
  if (reason == NULL)
    return;

  gtk_editable_set_text (desk_part (talk_get_bar (talk), MASH_TYPE_DEED_BAR, "reason"), reason);
  talk_confirm (talk);
}

/* An action is chased and passed on where it stands; the keyboard stays in its row meanwhile. */
static void
test_action (Talk          *talk,
             gconstpointer  who)
{
  MashEntity *action;

  talk_start (talk);
  talk_attend (talk);
  talk_act (talk);
  action = get_only (talk, "sd-action");
  gtk_widget_grab_focus (desk_await (talk_get_tab (talk), GTK_TYPE_BUTTON, "label",
                                     "Chase action"));
  do_with_action (talk, "chase-action", NULL);
  until (mash_entity_get_int (action, "chased") == 1);
  do_with_action (talk, "transfer-action", "Petra Hallam, by telephone");
  until (g_strcmp0 (mash_entity_get_text (action, "status"), "TRANSFERRED") == 0);
  g_assert_cmpstr (mash_entity_get_text (action, "transferred-to"), ==,
                   "Petra Hallam, by telephone");
  g_assert_cmpstr (mash_entity_get_text (action, "what"), ==, "See Sam alone at school");
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy-after/protection", Talk, "manager", talk_set_up, test_protection,
              talk_tear_down);
  g_test_add ("/strategy-after/disagreement", Talk, "manager", talk_set_up, test_disagreement,
              talk_tear_down);
  g_test_add ("/strategy-after/enquiry", Talk, "manager", talk_set_up, test_enquiry,
              talk_tear_down);

  g_test_add ("/strategy-after/action", Talk, "manager", talk_set_up, test_action,
              talk_tear_down);

  return g_test_run ();
}
