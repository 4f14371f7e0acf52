/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-plan-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-record-list.h"
#include "mash-strategy-frame.h"
#include "mash-time.h"
#include "mash-words.h"

struct _MashPlanPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkWidget         *plan;
  GtkLabel          *forensic;
};

G_DEFINE_FINAL_TYPE (MashPlanPanel, mash_plan_panel, MASH_TYPE_STRATEGY_PART)

/* The forensic window closes whether anybody looks or not: what is left of it, in words. */
static char *
dup_forensic (MashPlanPanel *self)
{
  gint64 now = mash_service_get_now (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  g_autoptr (GPtrArray) plans = mash_strategy_part_list (MASH_STRATEGY_PART (self), "sd-plan");
  const char *until = plans->len > 0
    ? mash_entity_get_text (g_ptr_array_index (plans, 0), "forensic-until") : NULL;
  g_autofree char *left = NULL;
  gint64 end;

  if (until == NULL || !mash_time_parse (until, &end))
    return NULL;
  if (end <= now)
    return g_strdup (_("The forensic window has closed"));

  left = mash_words_span (end - now);
  /* Translators: %s is a span, such as “3 h 12 min”. */
  return g_strdup_printf (_("%s left of the forensic window"), left);
}

static void
show_forensic (MashPlanPanel *self)
{
  g_autofree char *words = NULL;

  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;

  words = dup_forensic (self);
  gtk_label_set_text (self->forensic, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->forensic), words != NULL);
}

static void
mash_plan_panel_file_set (MashContactPart *part)
{
  MashMinute *minute = mash_page_get_minute (mash_contact_part_get_page (part));

  if (minute != NULL)
    g_signal_connect_object (minute, "notify::now", G_CALLBACK (show_forensic), part,
                             G_CONNECT_SWAPPED);
}

static void
mash_plan_panel_updated (MashContactPart *part)
{
  MashPlanPanel *self = MASH_PLAN_PANEL (part);

  if (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)) == NULL)
    return;

  gtk_widget_set_sensitive (self->plan, mash_strategy_part_is_open (MASH_STRATEGY_PART (self)));
  show_forensic (self);
}

static char *
get_id (MashPlanPanel *self,
        MashEntity    *discussion)
{
  return g_strdup (discussion != NULL ? mash_entity_get_id (discussion) : NULL);
}

static void
mash_plan_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_PLAN_PANEL);

  G_OBJECT_CLASS (mash_plan_panel_parent_class)->dispose (object);
}

static void
mash_plan_panel_class_init (MashPlanPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_plan_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_plan_panel_file_set;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_plan_panel_updated;

  g_type_ensure (MASH_TYPE_RECORD_LIST);
  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-plan-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashPlanPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashPlanPanel, plan);
  gtk_widget_class_bind_template_child (widget_class, MashPlanPanel, forensic);
  gtk_widget_class_bind_template_callback (widget_class, get_id);
}

static void
mash_plan_panel_init (MashPlanPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
