/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-decision-tab.h"

#include <glib/gi18n-lib.h>

#include "mash-analysis-panel.h"
#include "mash-before-panel.h"
#include "mash-course-panel.h"
#include "mash-fold.h"
#include "mash-level-panel.h"
#include "mash-outcome-groups.h"
#include "mash-recommendation-panel.h"
#include "mash-triage-panel.h"
#include "mash-your-decision.h"

struct _MashDecisionTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkWidget                *columns;
  GtkScrolledWindow        *papers;
  GtkWidget                *halves;
  GtkWidget                *standards;
  GtkWidget                *work;
  GtkScrolledWindow        *signing;
  GtkWidget                *too_early;
  MashLevelPanel           *level;
  MashTriagePanel          *triage;
  MashAnalysisPanel        *analysis;
  MashRecommendationPanel  *recommendation;
  MashYourDecision         *decision;
};

G_DEFINE_FINAL_TYPE (MashDecisionTab, mash_decision_tab, MASH_TYPE_CONTACT_PART)

#define PERMISSION_APPROVE 17
#define EARLY_HELP "O03 O04"

enum
{
  ALTERED,
  DEED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_state (MashDecisionTab *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "state");
}

static gboolean
is_in (const char *state,
       const char *states)
{
  return state != NULL && mash_words_contain (states, state);
}

static void
tell (MashDecisionTab *self)
{
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
on_deed_cb (MashDecisionTab *self,
            const char      *deed)
{
  g_signal_emit (self, signals[DEED], 0, deed);
}

/* The level is chosen twice: at triage, and again with the recommendation. */
static void
bind_level (MashDecisionTab *self,
            const char      *state)
{
  if (is_in (state, "C20 C25"))
    mash_level_panel_bind (self->level, mash_triage_panel_get_contact (self->triage), "level");
  else if (mash_recommendation_panel_is_open (self->recommendation))
    mash_level_panel_bind (self->level, mash_recommendation_panel_ensure (self->recommendation),
                           "level");
  else
    mash_level_panel_bind (self->level, NULL, NULL);
}

static void
turn (GtkWidget *box,
      gboolean   upright)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), upright ? GTK_ORIENTATION_VERTICAL
                                                                : GTK_ORIENTATION_HORIZONTAL);
}

/* The columns scroll by themselves while they stand side by side; one below the other they scroll
 * together. What is decided on comes before the criteria then, because it is read first. */
static void
apply_fold (MashDecisionTab *self)
{
  guint compact = mash_fold_get (GTK_WIDGET (self));
  gboolean one = compact == 2;
  gboolean stacked = one || (compact == 1 &&
                             gtk_widget_get_visible (GTK_WIDGET (self->decision)));
  GtkPolicyType own = one ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC;
  GtkWidget *whole = adw_bin_get_child (ADW_BIN (self));

  turn (self->columns, one);
  turn (self->halves, stacked);
  gtk_box_reorder_child_after (GTK_BOX (self->halves), self->standards,
                               stacked ? self->work : NULL);
  gtk_widget_set_size_request (self->standards, stacked ? -1 : compact == 1 ? 300 : 360, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->signing), one ? -1 : 330, -1);
  gtk_widget_set_hexpand (self->standards, stacked);
  gtk_scrolled_window_set_policy (self->papers, GTK_POLICY_NEVER, own);
  gtk_scrolled_window_set_policy (self->signing, GTK_POLICY_NEVER, own);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (whole), GTK_POLICY_NEVER,
                                  one ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static void
mash_decision_tab_updated (MashContactPart *part)
{
  MashDecisionTab *self = MASH_DECISION_TAB (part);
  MashService *service = mash_contact_part_get_service (part);
  const MashActor *actor = mash_service_get_actor (service);
  const char *state = get_state (self);
  gboolean may_approve = actor != NULL &&
    mash_policy_get_grant (mash_contact_part_get_policy (part), actor->role, PERMISSION_APPROVE,
                           NULL) != MASH_GRANT_NO;

  gtk_widget_set_visible (self->too_early, state == NULL || is_in (state, "C00 C10"));
  gtk_widget_set_visible (GTK_WIDGET (self->triage), is_in (state, "C20 C25"));
  gtk_widget_set_visible (GTK_WIDGET (self->analysis),
                          !is_in (state, "C00 C10 C20 C25 X10 X20") && state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->recommendation),
                          !is_in (state, "C00 C10 C20 C25 C30 C40 X20") && state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->decision), is_in (state, "C60") && may_approve);
  bind_level (self, state);
  apply_fold (self);
}

static void
mash_decision_tab_folded (MashContactPart *part,
                          guint            compact)
{
  apply_fold (MASH_DECISION_TAB (part));
}

static void
mash_decision_tab_file_set (MashContactPart *part)
{
  MashContactFile *file = mash_contact_part_get_file (part);
  g_autoptr (GObject) analysis = NULL;

  g_object_get (file, "analysis", &analysis, NULL);
  if (analysis != NULL)
    g_signal_connect_object (analysis, "notify", G_CALLBACK (tell), part, G_CONNECT_SWAPPED);
}

static void
take_typed (MashDecisionTab *self,
            MashGroup       *group,
            const char      *kind)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  GListModel *list = mash_contact_file_get_list (file, kind);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      if (mash_entity_get_changed (entity))
        mash_group_take_edit (group, mash_entity_dup_edit (entity));
    }
}

/* Collects what is typed for @deed, even where it cannot be saved yet, so that each thing that is
 * missing is named by itself. */
static MashGroup *
dup_typed (MashDecisionTab *self,
           const char      *deed)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *pending = mash_recommendation_panel_get_pending (self->recommendation);
  MashGroup *group = mash_group_new (deed, mash_entity_get_id (contact));

  if (!g_str_has_prefix (deed, "recommend"))
    {
      take_typed (self, group, "risk-analysis");
      return group;
    }

  take_typed (self, group, "recommendation");
  if (g_str_equal (deed, "recommend"))
    take_typed (self, group, "outcome-group");
  if (g_str_equal (deed, "recommend") && mash_outcome_groups_have (file, pending, EARLY_HELP))
    take_typed (self, group, "early-help");

  return group;
}

static void
mash_decision_tab_dispose (GObject *object)
{
  MashDecisionTab *self = MASH_DECISION_TAB (object);

  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_DECISION_TAB);

  G_OBJECT_CLASS (mash_decision_tab_parent_class)->dispose (object);
}

static void
mash_decision_tab_class_init (MashDecisionTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_decision_tab_dispose;

  part_class->file_set = mash_decision_tab_file_set;
  part_class->folded = mash_decision_tab_folded;
  part_class->updated = mash_decision_tab_updated;

  g_type_ensure (MASH_TYPE_ANALYSIS_PANEL);
  g_type_ensure (MASH_TYPE_BEFORE_PANEL);
  g_type_ensure (MASH_TYPE_COURSE_PANEL);
  g_type_ensure (MASH_TYPE_LEVEL_PANEL);
  g_type_ensure (MASH_TYPE_RECOMMENDATION_PANEL);
  g_type_ensure (MASH_TYPE_TRIAGE_PANEL);
  g_type_ensure (MASH_TYPE_YOUR_DECISION);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-decision-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, columns);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, papers);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, halves);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, standards);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, work);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, signing);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, level);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, too_early);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, triage);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, analysis);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, recommendation);
  gtk_widget_class_bind_template_child (widget_class, MashDecisionTab, decision);
  gtk_widget_class_bind_template_callback (widget_class, tell);
  gtk_widget_class_bind_template_callback (widget_class, on_deed_cb);

  signals[ALTERED] = g_signal_new ("altered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DEED] = g_signal_new ("deed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mash_decision_tab_init (MashDecisionTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_decision_tab_dup_group:
 * @self: the tab
 * @deed: a deed of a stage that the tab serves
 *
 * Returns: (transfer full) (nullable): @deed as it stands in the panels
 */
MashGroup *
mash_decision_tab_dup_group (MashDecisionTab *self,
                             const char      *deed)
{
  g_return_val_if_fail (MASH_IS_DECISION_TAB (self), NULL);

  if (g_str_equal (deed, "triage"))
    return mash_triage_panel_dup_group (self->triage);
  if (mash_words_contain ("approve return change-outcome", deed))
    return mash_your_decision_dup_group (self->decision, deed);

  return dup_typed (self, deed);
}

const char *
mash_decision_tab_get_passphrase (MashDecisionTab *self)
{
  g_return_val_if_fail (MASH_IS_DECISION_TAB (self), NULL);

  return mash_your_decision_get_passphrase (self->decision);
}

/**
 * mash_decision_tab_show_verdict:
 * @self: the tab
 * @deed: what was examined
 * @verdict: (nullable): what the judge said
 */
void
mash_decision_tab_show_verdict (MashDecisionTab *self,
                                const char      *deed,
                                MashVerdict     *verdict)
{
  g_return_if_fail (MASH_IS_DECISION_TAB (self));

  if (g_str_equal (deed, "triage"))
    mash_triage_panel_show_verdict (self->triage, verdict);
  else if (g_str_equal (deed, "approve"))
    mash_your_decision_show_verdict (self->decision, verdict);
  else if (g_str_has_prefix (deed, "recommend"))
    mash_recommendation_panel_show_verdict (self->recommendation, verdict);
  else
    mash_analysis_panel_show_verdict (self->analysis, verdict);
}

void
mash_decision_tab_show_problem (MashDecisionTab *self,
                                const char      *sentence)
{
  g_return_if_fail (MASH_IS_DECISION_TAB (self));

  mash_your_decision_show_problem (self->decision, sentence);
}

/**
 * mash_decision_tab_clear:
 * @self: the tab
 *
 * Forgets the passphrase.
 */
void
mash_decision_tab_clear (MashDecisionTab *self)
{
  g_return_if_fail (MASH_IS_DECISION_TAB (self));

  mash_your_decision_clear (self->decision);
}
