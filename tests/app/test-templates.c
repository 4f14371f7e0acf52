/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "mash-access-tab.h"
#include "mash-address-panel.h"
#include "mash-analysis-panel.h"
#include "mash-banner.h"
#include "mash-before-panel.h"
#include "mash-birth-panel.h"
#include "mash-caps-warning.h"
#include "mash-case-picker.h"
#include "mash-clock-label.h"
#include "mash-contact-head.h"
#include "mash-contact-page.h"
#include "mash-copy-window.h"
#include "mash-counts-panel.h"
#include "mash-danger-question.h"
#include "mash-decision-tab.h"
#include "mash-deed-bar.h"
#include "mash-empty-page.h"
#include "mash-family-grid.h"
#include "mash-family-tab.h"
#include "mash-help-window.h"
#include "mash-hub-banner.h"
#include "mash-key-hints.h"
#include "mash-keys-page.h"
#include "mash-level-panel.h"
#include "mash-level-row.h"
#include "mash-match-line.h"
#include "mash-matches-panel.h"
#include "mash-missing-pane.h"
#include "mash-original-pane.h"
#include "mash-passphrase-entry.h"
#include "mash-recommendation-panel.h"
#include "mash-recovery-panel.h"
#include "mash-referral-form.h"
#include "mash-referral-tab.h"
#include "mash-report-figure.h"
#include "mash-reports-page.h"
#include "mash-restore-panel.h"
#include "mash-rota-page.h"
#include "mash-same-page.h"
#include "mash-search-page.h"
#include "mash-set-input.h"
#include "mash-side-row.h"
#include "mash-sidebar-row.h"
#include "mash-sidebar.h"
#include "mash-sign-in-page.h"
#include "mash-tag.h"
#include "mash-timeline-tab.h"
#include "mash-tray-page.h"
#include "mash-triage-panel.h"
#include "mash-urgency-chip.h"
#include "mash-window.h"
#include "mash-your-decision.h"

/* Every template can be made from nothing, and goes when nobody holds it. */

typedef GType (*TypeFunc) (void);

static const struct
{
  const char *path;
  TypeFunc    type;
} widgets[] = {
  { "/templates/access-tab", mash_access_tab_get_type },
  { "/templates/address-panel", mash_address_panel_get_type },
  { "/templates/analysis-panel", mash_analysis_panel_get_type },
  { "/templates/banner", mash_banner_get_type },
  { "/templates/hub-banner", mash_hub_banner_get_type },
  { "/templates/before-panel", mash_before_panel_get_type },
  { "/templates/caps-warning", mash_caps_warning_get_type },
  { "/templates/clock-label", mash_clock_label_get_type },
  { "/templates/contact-head", mash_contact_head_get_type },
  { "/templates/contact-page", mash_contact_page_get_type },
  { "/templates/copy-window", mash_copy_window_get_type },
  { "/templates/counts-panel", mash_counts_panel_get_type },
  { "/templates/danger-question", mash_danger_question_get_type },
  { "/templates/decision-tab", mash_decision_tab_get_type },
  { "/templates/deed-bar", mash_deed_bar_get_type },
  { "/templates/empty-page", mash_empty_page_get_type },
  { "/templates/family-grid", mash_family_grid_get_type },
  { "/templates/family-tab", mash_family_tab_get_type },
  { "/templates/help-window", mash_help_window_get_type },
  { "/templates/key-hints", mash_key_hints_get_type },
  { "/templates/keys-page", mash_keys_page_get_type },
  { "/templates/level-panel", mash_level_panel_get_type },
  { "/templates/level-row", mash_level_row_get_type },
  { "/templates/missing-pane", mash_missing_pane_get_type },
  { "/templates/original-pane", mash_original_pane_get_type },
  { "/templates/passphrase-entry", mash_passphrase_entry_get_type },
  { "/templates/recommendation-panel", mash_recommendation_panel_get_type },
  { "/templates/referral-form", mash_referral_form_get_type },
  { "/templates/referral-tab", mash_referral_tab_get_type },
  { "/templates/birth-panel", mash_birth_panel_get_type },
  { "/templates/match-line", mash_match_line_get_type },
  { "/templates/matches-panel", mash_matches_panel_get_type },
  { "/templates/report-figure", mash_report_figure_get_type },
  { "/templates/reports-page", mash_reports_page_get_type },
  { "/templates/restore-panel", mash_restore_panel_get_type },
  { "/templates/same-page", mash_same_page_get_type },
  { "/templates/search-page", mash_search_page_get_type },
  { "/templates/set-input", mash_set_input_get_type },
  { "/templates/rota-page", mash_rota_page_get_type },
  { "/templates/case-picker", mash_case_picker_get_type },
  { "/templates/side-row", mash_side_row_get_type },
  { "/templates/sidebar", mash_sidebar_get_type },
  { "/templates/sidebar-row", mash_sidebar_row_get_type },
  { "/templates/recovery-panel", mash_recovery_panel_get_type },
  { "/templates/sign-in-page", mash_sign_in_page_get_type },
  { "/templates/tag", mash_tag_get_type },
  { "/templates/timeline-tab", mash_timeline_tab_get_type },
  { "/templates/tray-page", mash_tray_page_get_type },
  { "/templates/triage-panel", mash_triage_panel_get_type },
  { "/templates/urgency-chip", mash_urgency_chip_get_type },
  { "/templates/window", mash_window_get_type },
  { "/templates/your-decision", mash_your_decision_get_type },
};

static void
test_template (gconstpointer data)
{
  TypeFunc type = *(const TypeFunc *) data;
  GtkWidget *widget = g_object_new (type (), NULL);

  g_object_ref_sink (widget);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_assert_finalize_object (widget);
}

/* Setting what is already there says nothing; what is new is said once. */
static void
count_notify (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_notify (void)
{
  MashUrgencyChip *chip = g_object_ref_sink (MASH_URGENCY_CHIP (mash_urgency_chip_new ()));
  guint n_notified = 0;

  g_signal_connect_swapped (chip, "notify::brag", G_CALLBACK (count_notify), &n_notified);
  mash_urgency_chip_set_brag (chip, "R");
  g_assert_cmpuint (n_notified, ==, 1);
  mash_urgency_chip_set_brag (chip, "R");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (mash_urgency_chip_get_brag (chip), ==, "R");
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL, "Urgency: Red");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (chip), "red"));
  mash_urgency_chip_set_brag (chip, NULL);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (chip), "red"));
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL, "Urgency: Not set");
  g_assert_finalize_object (chip);
}

/* What comes from data is shown as it is, wherever it is shown. */
static void
test_markup (void)
{
  const char *trap = "Anna & Tom <x>";
  GtkWidget *page = g_object_ref_sink (mash_empty_page_new ());
  GtkWidget *banner = g_object_ref_sink (mash_banner_new ());
  GtkWidget *tag = g_object_ref_sink (mash_tag_new ());

  g_object_set (page, "title", trap, "description", trap, "button-label", trap, NULL);
  g_object_set (banner, "title", trap, NULL);
  g_object_set (tag, "label", trap, NULL);
  g_assert_finalize_object (page);
  g_assert_finalize_object (banner);
  g_assert_finalize_object (tag);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_test_add_data_func (widgets[i].path, &widgets[i].type, test_template);
  g_test_add_func ("/templates/notify", test_notify);
  g_test_add_func ("/templates/markup", test_markup);

  return g_test_run ();
}
