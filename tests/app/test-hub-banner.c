/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line that says how the desk stands with its hub: there only when there is something to say,
 * and louder the longer something waits. */

#include "config.h"

#include <adwaita.h>

#include "mash-hub-banner.h"
#include "mash-unsettled-row.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define NOW (G_GINT64_CONSTANT (1760000000) * G_USEC_PER_SEC)

static GtkWidget *
part (MashHubBanner *banner,
      GType          type,
      const char    *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (banner), type, name));
}

static void
assert_shown (MashHubBanner        *banner,
              const MashHubReading *reading,
              gboolean              visible,
              const char           *style)
{
  mash_hub_banner_show_reading (banner, reading, NOW);
  g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (banner)), ==, visible);
  g_assert_cmpint (gtk_widget_has_css_class (GTK_WIDGET (banner), "amber"), ==,
                   g_strcmp0 (style, "amber") == 0);
  g_assert_cmpint (gtk_widget_has_css_class (GTK_WIDGET (banner), "red"), ==,
                   g_strcmp0 (style, "red") == 0);
}

static void
test_grades (void)
{
  g_autoptr (MashHubBanner) banner = g_object_ref_sink (g_object_new (MASH_TYPE_HUB_BANNER, NULL));
  MashHubReading reading = { MASH_HUB_OWN };

  assert_shown (banner, &reading, FALSE, NULL);
  reading.state = MASH_HUB_NEAR;
  assert_shown (banner, &reading, FALSE, NULL);
  reading.state = MASH_HUB_AWAY;
  assert_shown (banner, &reading, TRUE, NULL);
  reading.unsent = (MashUnsent) { .n_changes = 2, .since = NOW - 59 * MINUTE };
  assert_shown (banner, &reading, TRUE, NULL);
  reading.unsent.since = NOW - 61 * MINUTE;
  assert_shown (banner, &reading, TRUE, "amber");
  reading.unsent.since = NOW - 8 * 60 * MINUTE;
  assert_shown (banner, &reading, TRUE, "red");
  reading = (MashHubReading) { MASH_HUB_NEAR };
  assert_shown (banner, &reading, FALSE, NULL);
  g_assert_false (gtk_widget_get_visible (part (banner, MASH_TYPE_HUB_BANNER, "button")));
  reading.unsent.n_refused = 1;
  assert_shown (banner, &reading, TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (part (banner, MASH_TYPE_HUB_BANNER, "button")));
  /* Whatever waits for somebody can be seen to while the hub is away, too. */
  reading = (MashHubReading) { .state = MASH_HUB_AWAY, .unsent = { .n_conflicts = 1 } };
  assert_shown (banner, &reading, TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (part (banner, MASH_TYPE_HUB_BANNER, "button")));
  reading = (MashHubReading) { .state = MASH_HUB_NEAR, .unsent = { .n_aside = 1 } };
  assert_shown (banner, &reading, TRUE, "amber");
  g_assert_true (gtk_widget_get_visible (part (banner, MASH_TYPE_HUB_BANNER, "button")));
  reading = (MashHubReading) { .state = MASH_HUB_NEAR, .n_waiting = 2 };
  assert_shown (banner, &reading, TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (part (banner, MASH_TYPE_HUB_BANNER, "button")));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_ROLE_STATUS);
  reading = (MashHubReading) { .state = MASH_HUB_ENDED, .end = MASH_SYNC_END_REVOKED };
  assert_shown (banner, &reading, TRUE, "red");
}

static GtkWidget *
row_part (GtkWidget  *row,
          const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (row, MASH_TYPE_UNSETTLED_ROW, name));
}

static void
on_settled_cb (GtkWidget *row,
               gboolean   take_the_other,
               gboolean  *taken)
{
  *taken = take_the_other;
}

static void
count_cb (guint *count)
{
  *count += 1;
}

/* Two values stand side by side, and choosing says which; what was not accepted is only seen. */
static void
test_rows (void)
{
  MashUnsettled refused = { .title = "Screen", .reason = "Not accepted", .written = "Words",
                            .group = "g" };
  MashUnsettled two = { .title = "Ward", .reason = "Two", .written = "North", .other = "South",
                        .contact = "c", .reference = "RFRN-0001-2" };
  MashUnsettled aside = { .title = "Entry 7", .reason = "Aside", .written = "Why",
                          .is_kept = TRUE };
  g_autoptr (GtkWidget) row = g_object_ref_sink (mash_unsettled_row_new (&aside));
  gboolean taken = FALSE;
  guint opened = 0;

  g_assert_false (gtk_widget_get_visible (row_part (row, "take")));
  g_assert_false (gtk_widget_get_visible (row_part (row, "open")));
  g_assert_false (gtk_widget_get_visible (row_part (row, "stands")));
  g_assert_false (gtk_widget_get_visible (row_part (row, "seen")));
  g_object_unref (row);
  row = g_object_ref_sink (mash_unsettled_row_new (&refused));
  g_assert_cmpstr (mash_unsettled_row_get (MASH_UNSETTLED_ROW (row))->group, ==, "g");
  g_assert_false (gtk_widget_get_visible (row_part (row, "take")));
  g_assert_true (gtk_widget_get_visible (row_part (row, "seen")));

  g_object_unref (row);
  row = g_object_ref_sink (mash_unsettled_row_new (&two));
  g_assert_true (gtk_widget_get_visible (row_part (row, "take")));
  g_assert_false (gtk_widget_get_visible (row_part (row, "seen")));
  g_signal_connect (row, "settled", G_CALLBACK (on_settled_cb), &taken);
  gtk_widget_activate_action (row, "unsettled.take", NULL);
  g_assert_true (taken);
  gtk_widget_activate_action (row, "unsettled.settle", NULL);
  g_assert_false (taken);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (row_part (row, "reference"))), ==,
                   "RFRN-0001-2");
  g_assert_true (gtk_widget_get_visible (row_part (row, "stands")));
  g_signal_connect_swapped (row, "opened", G_CALLBACK (count_cb), &opened);
  g_assert_true (gtk_widget_activate_action (row, "unsettled.open", NULL));
  g_assert_cmpuint (opened, ==, 1);
}

/* What a colleague could not send is taken over or refused, with a reason; what does not hold can
 * only be refused. */
static void
test_waiting_rows (void)
{
  MashUnsettled waiting = { .title = "Unsent work of A", .reason = "Why", .written = "Words",
                            .step = "s", .author = "a", .digests = "d", .is_whole = TRUE };
  g_autoptr (GtkWidget) row = g_object_ref_sink (mash_unsettled_row_new (&waiting));
  gboolean taken = FALSE;

  g_assert_true (gtk_widget_get_visible (row_part (row, "why")));
  g_assert_true (gtk_widget_get_visible (row_part (row, "take_over")));
  g_assert_true (gtk_widget_get_visible (row_part (row, "refuse")));
  g_assert_false (gtk_widget_get_visible (row_part (row, "seen")));
  gtk_editable_set_text (GTK_EDITABLE (row_part (row, "words")), "She told me");
  g_assert_cmpstr (mash_unsettled_row_get_words (MASH_UNSETTLED_ROW (row)), ==, "She told me");
  g_signal_connect (row, "settled", G_CALLBACK (on_settled_cb), &taken);
  gtk_widget_activate_action (row, "unsettled.take", NULL);
  g_assert_true (taken);

  g_object_unref (row);
  waiting.is_whole = FALSE;
  row = g_object_ref_sink (mash_unsettled_row_new (&waiting));
  g_assert_false (gtk_widget_get_visible (row_part (row, "take_over")));
  g_assert_true (gtk_widget_get_visible (row_part (row, "refuse")));
}

static void
test_fills (void)
{
  g_autoptr (MashHubBanner) banner = g_object_ref_sink (g_object_new (MASH_TYPE_HUB_BANNER, NULL));
  GtkWidget *progress = part (banner, MASH_TYPE_HUB_BANNER, "progress");
  MashHubReading reading = { .state = MASH_HUB_FILLING, .position = 2500, .head = 10000 };

  assert_shown (banner, &reading, TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (progress));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (progress)), ==, 0.25);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "How much of the hub’s history is here");
  reading.state = MASH_HUB_NEAR;
  assert_shown (banner, &reading, FALSE, NULL);
  g_assert_false (gtk_widget_get_visible (progress));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_add_func ("/app/hub-banner/grades", test_grades);
  g_test_add_func ("/app/hub-banner/fills", test_fills);
  g_test_add_func ("/app/hub-banner/rows", test_rows);
  g_test_add_func ("/app/hub-banner/waiting-rows", test_waiting_rows);

  return g_test_run ();
}
