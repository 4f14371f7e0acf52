/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-course.h"

#include "mash-contact-page.h"
#include "mash-course-panel.h"
#include "mash-family-row.h"
#include "mash-form-host.h"
#include "mash-outcome-group-form.h"
#include "mash-report-line.h"
#include "mash-reports-page.h"
#include "mash-tour-contact.h"
#include "mash-tour-work.h"
#include "mash-weekly.h"

static MashContactFile *
get_file (MashTour *tour)
{
  return mash_contact_page_get_file (mash_tour_contact_get_page (tour));
}

static const char *
get_text (MashTour   *tour,
          const char *field)
{
  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (get_file (tour))),
                               field);
}

/* The first of the family for whom something holds. */
static MashEntity *
find_subject (MashTour  *tour,
              gboolean (*fits) (MashEntity *subject))
{
  GListModel *subjects = mash_contact_file_get_list (get_file (tour), "contact-subject");

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);

      if (fits (subject))
        return subject;
    }

  mash_tour_give_up (tour, "Nobody in the family is such a person");
}

static gboolean
is_unborn (MashEntity *subject)
{
  return g_strcmp0 (mash_entity_get_text (subject, "role"), "UNBORN") == 0;
}

static gboolean
is_adult (MashEntity *subject)
{
  return !mash_subject_is_child (subject);
}

/* Another outcome for some of the children */

void
mash_tour_course_split_children (MashTour *tour)
{
  const char *covered[] = { mash_entity_get_id (find_subject (tour, is_unborn)), NULL };
  GtkWidget *form;
  MashEntity *group;

  mash_tour_press (tour, "A_nother outcome for some");
  form = mash_tour_find (tour, MASH_TYPE_OUTCOME_GROUP_FORM, NULL);
  if (form == NULL)
    mash_tour_give_up (tour, "The children cannot be told apart");

  group = mash_outcome_group_form_get_group (MASH_OUTCOME_GROUP_FORM (form));
  mash_entity_set_set (group, "covers-subjects", covered);
  mash_entity_set_text (group, "outcome", "O05");
  mash_entity_set_text (group, "level", "S17");
  mash_entity_set_text (group, "rationale",
                        "Due in January: what the baby needs is assessed before the birth.");
  mash_form_host_typed (mash_form_host_find (form));
}

gboolean
mash_tour_course_are_split (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_OUTCOME_GROUP_FORM, NULL) != NULL &&
         mash_tour_contact_may_be_recommended (tour);
}

/* The concern for an adult */

void
mash_tour_course_raise_adult (MashTour *tour)
{
  MashEntity *adult = find_subject (tour, is_adult);

  mash_tour_work_begin (tour, "raise-adult-concern");
  mash_tour_fill (tour, "person", mash_entity_get_text (adult, "person"));
  mash_tour_fill (tour, "concern", "Is said to be kept from her money and from her medicine.");
  mash_tour_fill (tour, "wishes", "I want it to stop, and I want to stay here.");
}

gboolean
mash_tour_course_adult_is_raised (MashTour *tour)
{
  return g_strcmp0 (get_text (tour, "strand-a"), "A10") == 0;
}

void
mash_tour_course_test_adult (MashTour *tour)
{
  mash_tour_work_begin (tour, "test-adult-concern");
  mash_tour_fill (tour, "needs", "Y");
  mash_tour_fill (tour, "needs-why", "Has epilepsy and needs help on most days.");
  mash_tour_fill (tour, "risk", "Y");
  mash_tour_fill (tour, "risk-why", "She told the midwife so, alone and clearly.");
  mash_tour_fill (tour, "unable", "Y");
  mash_tour_fill (tour, "unable-why",
                  "Cannot leave the flat by herself, and he has her telephone.");
}

gboolean
mash_tour_course_adult_is_tested (MashTour *tour)
{
  return g_strcmp0 (get_text (tour, "strand-a"), "A20") == 0;
}

/* The hand-over */

void
mash_tour_course_hand_over (MashTour *tour)
{
  mash_tour_work_begin (tour, "send");
  mash_tour_fill (tour, "outcome", "O05");
  mash_tour_fill (tour, "receiver-kind", "TEAM");
  mash_tour_fill (tour, "receiver", "Assessment team east");
}

gboolean
mash_tour_course_is_sent (MashTour *tour)
{
  return mash_tour_work_count (tour, "disposal") > 0;
}

/* Early help of another family: one that is decided and not closed, among those that a figure of
 * the weekly report counts. */

static gboolean
find_early_help (MashTour   *tour,
                 GtkWidget **view,
                 guint      *position)
{
  static const char *const outcomes[] = { "O03", "O04" };
  MashPolicy *policy = mash_service_get_policy (mash_tour_get_service (tour));
  const char *decided = mash_policy_get_label (policy, "CST", "C70");
  GListModel *lines;

  *view = mash_tour_find (tour, GTK_TYPE_COLUMN_VIEW, NULL);
  lines = *view != NULL ? G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (*view)))
                        : NULL;
  for (*position = 0; lines != NULL && *position < g_list_model_get_n_items (lines); (*position)++)
    {
      g_autoptr (GObject) line = g_list_model_get_item (lines, *position);
      g_autofree char *outcome = NULL;
      g_autofree char *state = NULL;

      if (!MASH_IS_REPORT_LINE (line))
        return FALSE;
      g_object_get (line, "fourth", &outcome, "fifth", &state, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        if (g_strcmp0 (state, decided) == 0 &&
            g_strcmp0 (outcome, mash_policy_get_label (policy, "OUT", outcomes[i])) == 0)
          return TRUE;
    }

  return FALSE;
}

void
mash_tour_course_find_early_help (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_REPORTS_PAGE, NULL);

  mash_reports_page_open_line (MASH_REPORTS_PAGE (page), MASH_FIGURE_OTHER_REFERRALS);
}

gboolean
mash_tour_course_early_help_is_found (MashTour *tour)
{
  GtkWidget *view;
  guint position;

  return find_early_help (tour, &view, &position);
}

void
mash_tour_course_open_early_help (MashTour *tour)
{
  GtkWidget *view;
  guint position;

  if (find_early_help (tour, &view, &position))
    g_signal_emit_by_name (view, "activate", position);
}

gboolean
mash_tour_course_early_help_is_shown (MashTour *tour)
{
  return mash_tour_find (tour, MASH_TYPE_COURSE_PANEL, NULL) != NULL &&
         mash_tour_find (tour, GTK_TYPE_LABEL, "Early help") != NULL;
}
