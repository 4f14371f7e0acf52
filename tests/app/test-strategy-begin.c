/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-time.h"
#include "strategy-talk.h"

/* How a discussion comes about: for later, beside another, or to correct one that is signed. */

static char *
dup_deed (Talk       *talk,
          const char *deed)
{
  return g_strdup_printf ("%s %s", deed, mash_entity_get_id (talk_get_discussion (talk)));
}

static void
convene (Talk *talk)
{
  g_autofree char *need = talk_dup_ago (talk, 20);
  g_autofree char *planned = talk_dup_ago (talk, -60);

  talk_begin (talk, "convene-discussion");
  until (desk_find_field (talk_get_bar (talk), "planned-at") != NULL);
  talk_fill (talk_get_bar (talk), "trigger", "DISCLOSURE");
  talk_fill (talk_get_bar (talk), "need-identified-at", need);
  talk_fill (talk_get_bar (talk), "planned-at", planned);
  desk_take_picture (&talk->desk, "strategy-convene");
  talk_confirm (talk);
}

static void
invite (Talk       *talk,
        const char *name)
{
  g_autofree char *deed = dup_deed (talk, "invite-discussion");
  guint before = talk_count_saved (talk, "sd-participant", "agency");

  talk_begin (talk, deed);
  until (desk_find_field (talk_get_bar (talk), "person-name") != NULL);
  talk_fill (talk_get_bar (talk), "agency", talk->desk.hub.health);
  talk_fill (talk_get_bar (talk), "person-name", name);
  talk_confirm (talk);
  until (talk_count_saved (talk, "sd-participant", "agency") == before + 1);
}

/* Invited first, somebody more later, then started: it stays the same discussion. */
static void
test_later (Talk          *talk,
            gconstpointer  who)
{
  g_autofree char *deed = NULL;
  g_autofree char *id = NULL;

  convene (talk);
  until (talk_is_in (talk, "CONVENED"));
  until (talk_count_saved (talk, "sd-participant", "invited-at") == 3);
  id = g_strdup (mash_entity_get_id (talk_get_discussion (talk)));
  invite (talk, "Ines Calder");
  desk_take_picture (&talk->desk, "strategy-convened");

  deed = dup_deed (talk, "start-discussion");
  talk_begin (talk, deed);
  until (desk_find_field (talk_get_bar (talk), "mode") != NULL);
  talk_fill (talk_get_bar (talk), "mode", "VIDEO");
  talk_confirm (talk);
  until (talk_is_in (talk, "PROGRESS"));
  g_assert_cmpstr (mash_entity_get_id (talk_get_discussion (talk)), ==, id);
  g_assert_cmpuint (talk_count_saved (talk, "sd-participant", "agency"), ==, 4);
  g_assert_cmpuint (talk_count_saved (talk, "sd-child", "subject"), ==, 1);
  g_assert_cmpuint (talk_count_saved (talk, "sd-child", "decision"), ==, 0);
}

/* A second one does not touch the first, and says which it follows; what is typed in both at once
 * is saved in both. */
static void
test_several (Talk          *talk,
              gconstpointer  who)
{
  g_autofree char *first = NULL;
  MashEntity *one, *other;

  talk_start (talk);
  one = talk_get_discussion (talk);
  first = g_strdup (mash_entity_get_id (one));
  convene (talk);
  until (talk_is_in (talk, "CONVENED"));
  other = talk_get_discussion (talk);
  g_assert_true (other != one);
  g_assert_cmpstr (mash_entity_get_text (other, "previous"), ==, first);
  g_assert_cmpint (mash_entity_get_int (other, "number"), ==, 2);
  g_assert_cmpstr (mash_entity_get_text (one, "state"), ==, "PROGRESS");
  desk_take_picture (&talk->desk, "strategy-several");

  gtk_widget_activate_action (GTK_WIDGET (talk_get_tab (talk)), "strategy.show", "s", first);
  until (talk_get_discussion (talk) == one);
  mash_entity_set_text (one, "place", "Room 2");
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (!mash_entity_get_changed (one));
  g_assert_cmpstr (mash_entity_get_text (one, "place"), ==, "Room 2");
  g_assert_true (talk_get_discussion (talk) == one);
}

static void
sign_all (Talk *talk)
{
  talk_attend (talk);
  talk_decide (talk, "N", "NOS47_S17");
  talk_give_views (talk, G_MAXUINT);
  talk_finish (talk);
  talk_sign (talk, "CHAIR", "sign-as-chair", NULL);
  talk_go_on_as (talk, "sergeant");
  talk_sign (talk, "POLICE", "sign-discussion", NULL);
  talk_go_on_as (talk, "nurse");
  talk_sign (talk, "HEALTH", "sign-discussion", NULL);
  until (talk_is_in (talk, "SIGNED"));
  talk_go_on_as (talk, "manager");
}

/* What is signed is corrected by a record of its own, that begins with what the first says and
 * takes nothing from it. */
static void
test_correct (Talk          *talk,
              gconstpointer  who)
{
  g_autofree char *deed = NULL;
  g_autofree char *first = NULL;
  MashEntity *fresh;

  talk_start (talk);
  sign_all (talk);
  first = g_strdup (mash_entity_get_id (talk_get_discussion (talk)));
  deed = dup_deed (talk, "correct-discussion");
  talk_begin (talk, deed);
  until (desk_find_field (talk_get_bar (talk), "supersede-reason") != NULL);
  talk_fill (talk_get_bar (talk), "supersede-reason", "The age of the child was wrong");
  talk_confirm (talk);
  until (talk_is_in (talk, "PROGRESS"));

  fresh = talk_get_discussion (talk);
  g_assert_cmpstr (mash_entity_get_text (fresh, "supersedes"), ==, first);
  g_assert_cmpuint (talk_count_saved (talk, "sd-child", "decision"), ==, 1);
  g_assert_cmpuint (talk_count_saved (talk, "sd-participant", "attended"), ==, 3);
  g_assert_cmpuint (talk_count_saved (talk, "sd-request", "asked-at"), ==, 0);
  g_assert_cmpstr (mash_entity_get_text (mash_contact_file_find (talk->desk.file, first), "state"),
                   ==, "SIGNED");
  desk_take_picture (&talk->desk, "strategy-corrects");
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy-begin/later", Talk, "manager", talk_set_up, test_later, talk_tear_down);
  g_test_add ("/strategy-begin/several", Talk, "manager", talk_set_up, test_several,
              talk_tear_down);
  g_test_add ("/strategy-begin/correct", Talk, "manager", talk_set_up, test_correct,
              talk_tear_down);

  return g_test_run ();
}
