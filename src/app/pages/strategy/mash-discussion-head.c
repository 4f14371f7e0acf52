/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-head.h"

#include <glib/gi18n-lib.h>

#include "mash-deed-chance.h"
#include "mash-deed-forms.h"
#include "mash-set-str.h"
#include "mash-time.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

struct _MashDiscussionHead
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkLabel         *title;
  GtkLabel         *times;
  GtkWidget        *deeds;
  GtkLabel         *whose;

  /* Owned */
  char             *told;
};

G_DEFINE_FINAL_TYPE (MashDiscussionHead, mash_discussion_head, MASH_TYPE_STRATEGY_PART)

/* What may be done in each state, the likeliest first. */
static const struct
{
  const char *state;
  const char *deeds;
} nexts[] = {
  { "CONVENED", "start-discussion" },
  { "PROGRESS", "finish-discussion except-discussion" },
  { "RECORDED", "ask-to-sign except-discussion" },
  { "SIGNING", "ask-to-sign except-discussion" },
  { "SIGNED", "start-discussion" },
  { "CIRCULATED", "start-discussion" },
  { "SUPERSEDED", "start-discussion" },
};

static const char *
find_deeds (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (nexts); i++)
    if (g_strcmp0 (nexts[i].state, state) == 0)
      return nexts[i].deeds;

  return "";
}

/* “Needed 15:42 · started 15:58 · 33 min so far” */
static char *
dup_times (MashDiscussionHead *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  const char *needed_at = mash_entity_get_text (discussion, "need-identified-at");
  const char *started_at = mash_entity_get_text (discussion, "started-at");
  const char *ended_at = mash_entity_get_text (discussion, "ended-at");
  const char *mode = mash_entity_get_text (discussion, "mode");
  g_autofree char *at_need = mash_words_instant (needed_at, now);
  g_autofree char *at_start = mash_words_instant (started_at, now);
  g_autofree char *need = g_strdup_printf (_("Need identified %s"), at_need);
  g_autofree char *start = g_strdup_printf (_("started %s"), at_start);
  g_autofree char *span = NULL;
  g_autofree char *runs = NULL;
  gint64 from = now;
  gint64 to = now;

  if (started_at != NULL)
    mash_time_parse (started_at, &from);
  if (ended_at != NULL)
    mash_time_parse (ended_at, &to);
  span = mash_words_span (MAX (0, to - from));
  runs = g_strdup_printf (ended_at != NULL ? _("ended after %s") : _("%s so far"), span);

  return mash_words_join (" · ", needed_at != NULL ? need : "",
                          started_at != NULL ? start : "", started_at != NULL ? runs : "",
                          mode != NULL ? mash_policy_get_label (
                            mash_contact_part_get_policy (part), "SDM", mode) : "", NULL);
}

static char *
dup_title (MashDiscussionHead *self)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));
  const char *compliance = mash_entity_get_text (discussion, "compliance");
  /* Translators: the number of a discussion. */
  g_autofree char *number = g_strdup_printf (_("Strategy discussion %" G_GINT64_FORMAT),
                                             mash_entity_get_int (discussion, "number"));

  return mash_words_join (" · ", number,
                          state != NULL ? mash_policy_get_label (policy, "SDS", state) : "",
                          compliance != NULL && g_strcmp0 (state, "PROGRESS") != 0
                          ? mash_policy_get_label (policy, "COMP", compliance) : "", NULL);
}

static void
show_times (MashDiscussionHead *self)
{
  g_autofree char *times = NULL;

  if (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)) == NULL ||
      mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;

  times = dup_times (self);
  gtk_label_set_text (self->times, times);
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static void
add_deed (MashDiscussionHead *self,
          const char         *deed)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  const MashDeed *declared = mash_policy_find_deed (policy, deed);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  gboolean is_new = g_str_equal (deed, "start-discussion") &&
                    g_strcmp0 (mash_strategy_part_get_state (MASH_STRATEGY_PART (self)),
                               "CONVENED") != 0;
  g_autofree char *label = NULL;
  g_autofree char *target = NULL;
  const char *says = NULL;
  GtkWidget *button;

  if (declared == NULL || mash_deed_form_find (deed) == NULL ||
      mash_deed_chance_find (policy, mash_service_get_actor (mash_contact_part_get_service (part)),
                             mash_contact_part_get_contact (part), deed, &says) ==
      MASH_DEED_NOT_NOW)
    return;

  label = g_strdup_printf (mash_deed_form_needs_nothing (deed) ? "%s" : "%s…",
                           is_new ? _("Start another discussion") : declared->label);
  target = is_new ? g_strdup (deed)
                  : g_strdup_printf ("%s %s", deed, mash_entity_get_id (discussion));
  button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  if (says == NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "contact.deed");
  gtk_widget_set_sensitive (button, says == NULL);
  gtk_widget_set_parent (button, self->deeds);
  gtk_label_set_text (self->whose, says != NULL ? says : "");
  gtk_widget_set_visible (GTK_WIDGET (self->whose), says != NULL);
}

static void
mash_discussion_head_file_set (MashContactPart *part)
{
  MashMinute *minute = mash_page_get_minute (mash_contact_part_get_page (part));

  if (minute != NULL)
    g_signal_connect_object (minute, "notify::now", G_CALLBACK (show_times), part,
                             G_CONNECT_SWAPPED);
}

static void
mash_discussion_head_updated (MashContactPart *part)
{
  MashDiscussionHead *self = MASH_DISCUSSION_HEAD (part);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));
  g_autofree char *title = NULL;
  g_autofree char *told = NULL;
  g_auto (GStrv) deeds = NULL;

  if (discussion == NULL)
    return;

  title = dup_title (self);
  gtk_label_set_text (self->title, title);
  show_times (self);
  told = g_strconcat (mash_entity_get_id (discussion), " ", state, " ",
                      mash_entity_get_text (mash_contact_part_get_contact (part), "state"), NULL);
  if (!mash_set_str (&self->told, told))
    return;

  clear (self->deeds);
  gtk_widget_set_visible (GTK_WIDGET (self->whose), FALSE);
  deeds = g_strsplit (find_deeds (state), " ", -1);
  for (guint i = 0; deeds[i] != NULL; i++)
    if (*deeds[i] != '\0')
      add_deed (self, deeds[i]);
}

static void
mash_discussion_head_dispose (GObject *object)
{
  MashDiscussionHead *self = MASH_DISCUSSION_HEAD (object);

  if (self->deeds != NULL)
    clear (self->deeds);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_DISCUSSION_HEAD);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (mash_discussion_head_parent_class)->dispose (object);
}

static void
mash_discussion_head_class_init (MashDiscussionHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_discussion_head_dispose;
  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_discussion_head_file_set;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_discussion_head_updated;

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-discussion-head.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, title);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, times);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, deeds);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, whose);
}

static void
mash_discussion_head_init (MashDiscussionHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
