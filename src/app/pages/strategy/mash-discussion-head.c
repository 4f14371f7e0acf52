/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-discussion-head.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-deed-chance.h"
#include "mash-deed-forms.h"
#include "mash-facts.h"
#include "mash-guards-strategy.h"
#include "mash-held-focus.h"
#include "mash-follow-up.h"
#include "mash-quorum.h"
#include "mash-set-str.h"
#include "mash-time.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"
#include "mash-writing-line.h"

struct _MashDiscussionHead
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkLabel         *title;
  GtkLabel         *times;
  MashWritingLine  *here;
  GtkLabel         *links;
  GtkWidget        *deeds;
  GtkLabel         *whose;

  /* Owned */
  char             *told;
};

G_DEFINE_FINAL_TYPE (MashDiscussionHead, mash_discussion_head, MASH_TYPE_STRATEGY_PART)

#define OF_ITS_OWN "convene-discussion use-police-protection"

/* What may be done in each state beside what comes next, which is the main action of the page.
 * After the bar stands what begins something of its own, whatever becomes of this discussion. */
static const struct
{
  const char *state;
  const char *deeds;
} nexts[] = {
  { "CONVENED", "invite-discussion | " OF_ITS_OWN },
  { "PROGRESS", "except-discussion | " OF_ITS_OWN },
  { "RECORDED", "except-discussion | " OF_ITS_OWN },
  { "SIGNING", "ask-to-sign except-discussion | " OF_ITS_OWN },
  { "SIGNED", "correct-discussion | start-discussion " OF_ITS_OWN },
  { "CIRCULATED", "correct-discussion | start-discussion " OF_ITS_OWN },
  { "SUPERSEDED", "| start-discussion " OF_ITS_OWN },
};

static const char *
find_deeds (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (nexts); i++)
    if (g_strcmp0 (nexts[i].state, state) == 0)
      return nexts[i].deeds;

  return "";
}

/* Words that hold only where what they speak of is known. */
static char *
take_if (gboolean  holds,
         char     *words)
{
  if (holds)
    return words;

  g_free (words);

  return g_strdup ("");
}

/* How long it has run, or ran; nothing before it starts. */
static char *
dup_span (MashEntity *discussion,
          gint64      now)
{
  const char *started_at = mash_entity_get_text (discussion, "started-at");
  const char *ended_at = mash_entity_get_text (discussion, "ended-at");
  g_autofree char *span = NULL;
  gint64 from = now;
  gint64 to = now;

  if (started_at == NULL || !mash_time_parse (started_at, &from))
    return g_strdup ("");
  if (ended_at != NULL)
    mash_time_parse (ended_at, &to);
  span = mash_words_span (MAX (0, to - from));

  return g_strdup_printf (ended_at != NULL ? _("ended after %s") : _("%s so far"), span);
}

/* The discussion that was promised to follow, where one was. */
static char *
dup_follow_up (MashDiscussionHead *self,
               gint64              now)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  MashFollowUp follow_up;
  g_autofree char *due = NULL;
  g_autofree char *held = NULL;

  mash_follow_up_read (MASH_FACTS (mash_contact_part_get_file (part)),
                       mash_entity_get_id (discussion), &follow_up);
  if (follow_up.due == 0)
    return g_strdup ("");

  due = mash_words_moment (follow_up.due, now);
  /* Translators: %s is a day and a time, in each of these. */
  if (mash_follow_up_is_missed (&follow_up, now))
    return g_strdup_printf (_("follow-up missed, it was due %s"), due);
  if (follow_up.held == 0)
    return g_strdup_printf (_("follow-up due %s"), due);

  held = mash_words_moment (follow_up.held, now);

  return follow_up.held <= follow_up.due
         ? g_strdup_printf (_("follow-up held %s"), held)
         : g_strdup_printf (_("follow-up held %s, it was due %s"), held, due);
}

/* “Need identified 15:42 · started 15:58 · 33 min so far · By video” */
static char *
dup_times (MashDiscussionHead *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  const char *started_at = mash_entity_get_text (discussion, "started-at");
  const char *mode = mash_entity_get_text (discussion, "mode");
  const char *needed_at = mash_entity_get_text (discussion, "need-identified-at");
  const char *planned_at = mash_entity_get_text (discussion, "planned-at");
  g_autofree char *at_need = mash_words_instant (needed_at, now);
  g_autofree char *at_plan = mash_words_instant (planned_at, now);
  g_autofree char *at_start = mash_words_instant (started_at, now);
  /* Translators: %s is a day and a time, in each of these. */
  g_autofree char *need = take_if (needed_at != NULL,
                                   g_strdup_printf (_("Need identified %s"), at_need));
  g_autofree char *plan = take_if (planned_at != NULL && started_at == NULL,
                                   g_strdup_printf (_("to be held %s"), at_plan));
  g_autofree char *start = take_if (started_at != NULL,
                                    g_strdup_printf (_("started %s"), at_start));
  g_autofree char *span = dup_span (discussion, now);
  g_autofree char *follow_up = dup_follow_up (self, now);

  return mash_words_join (" · ", need, plan, start, span,
                          mode != NULL ? mash_policy_get_label (
                            mash_contact_part_get_policy (part), "SDM", mode) : "",
                          follow_up, NULL);
}

static gint64
find_number (MashDiscussionHead *self,
             const char         *discussion)
{
  MashEntity *found = discussion != NULL
    ? mash_contact_file_find (mash_contact_part_get_file (MASH_CONTACT_PART (self)), discussion)
    : NULL;

  return found != NULL ? mash_entity_get_int (found, "number") : 0;
}

/* The discussion whose record corrects this one. */
static const char *
find_correction (MashDiscussionHead *self)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  GListModel *all = mash_contact_file_get_list (
    mash_contact_part_get_file (MASH_CONTACT_PART (self)), "strategy-discussion");

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) other = g_list_model_get_item (all, i);

      if (mash_entity_get_record (other) != NULL &&
          g_strcmp0 (mash_entity_get_text (other, "supersedes"),
                     mash_entity_get_id (discussion)) == 0)
        return mash_entity_get_id (other);
    }

  return NULL;
}

/* How it hangs together with the others of the contact. */
static void
show_links (MashDiscussionHead *self)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  gint64 of = find_number (self, mash_entity_get_text (discussion, "supersedes"));
  gint64 by = find_number (self, find_correction (self));
  gint64 after = find_number (self, mash_entity_get_text (discussion, "previous"));
  g_autofree char *corrects = take_if (
    of > 0, g_strdup_printf (_("Corrects the record of discussion %" G_GINT64_FORMAT), of));
  g_autofree char *corrected = take_if (
    by > 0, g_strdup_printf (_("Corrected by discussion %" G_GINT64_FORMAT), by));
  g_autofree char *follows = take_if (
    of == 0 && after > 0, g_strdup_printf (_("Follows discussion %" G_GINT64_FORMAT), after));
  const char *why = mash_entity_get_text (discussion, "supersede-reason");
  g_autofree char *links = mash_words_join (" · ", corrects, why != NULL ? why : "", corrected,
                                            follows, NULL);

  gtk_label_set_text (self->links, links);
  gtk_widget_set_visible (GTK_WIDGET (self->links), *links != '\0');
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
                          compliance != NULL && !mash_words_contain ("CONVENED PROGRESS", state)
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

/* An exception is for police or health who are not there, and no word is lost on it where they
 * are. */
static gboolean
is_fit (MashDiscussionHead *self,
        const char         *deed)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  MashQuorum quorum;

  if (!g_str_equal (deed, "except-discussion"))
    return TRUE;

  mash_quorum_read (MASH_FACTS (mash_contact_part_get_file (part)),
                    mash_strategy_get_calendar (mash_contact_part_get_policy (part)),
                    mash_entity_get_id (discussion), &quorum);

  return (mash_quorum_get_missing (&quorum) & (MASH_SEAT_POLICE | MASH_SEAT_HEALTH)) != 0;
}

static char *
dup_label (MashDiscussionHead *self,
           const MashDeedForm *form,
           gboolean            is_new)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *label = mash_deed_form_get_label (form, policy);

  if (is_new && g_str_equal (form->deed, "start-discussion"))
    label = _("Start another discussion");
  else if (is_new && g_str_equal (form->deed, "convene-discussion"))
    label = _("Convene another discussion");

  return g_strdup_printf (mash_deed_form_needs_nothing (form->deed) ? "%s" : "%s…", label);
}

static void
add_deed (MashDiscussionHead *self,
          const char         *deed,
          gboolean            is_new)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  const MashDeedForm *form = mash_deed_form_find (deed);
  const MashDeed *declared = form != NULL ? mash_deed_form_get_deed (form, policy) : NULL;
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  g_autofree char *label = NULL;
  g_autofree char *target = NULL;
  const char *says = NULL;
  GtkWidget *button;

  if (declared == NULL || !is_fit (self, deed) ||
      mash_deed_chance_find (policy, mash_service_get_actor (mash_contact_part_get_service (part)),
                             mash_contact_part_get_contact (part), declared->id, &says) ==
      MASH_DEED_NOT_NOW)
    return;

  label = dup_label (self, form, is_new);
  target = is_new ? g_strdup (deed)
                  : g_strdup_printf ("%s %s", deed, mash_entity_get_id (discussion));
  button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  if (says == NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "contact.deed");
  gtk_widget_set_sensitive (button, says == NULL);
  if (is_new)
    gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_parent (button, self->deeds);
  if (says == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  says, -1);
  gtk_label_set_text (self->whose, says);
  gtk_widget_set_visible (GTK_WIDGET (self->whose), TRUE);
}

static void
show_deeds (MashDiscussionHead *self)
{
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));
  g_auto (GStrv) deeds = g_strsplit (find_deeds (state), " ", -1);
  MashHeldFocus held = mash_held_focus_take (self->deeds);
  gboolean is_new = FALSE;

  mash_remove_children (self->deeds);
  gtk_widget_set_visible (GTK_WIDGET (self->whose), FALSE);
  for (guint i = 0; deeds[i] != NULL; i++)
    {
      if (g_str_equal (deeds[i], "|"))
        is_new = TRUE;
      else if (*deeds[i] != '\0')
        add_deed (self, deeds[i], is_new);
    }
  mash_held_focus_give (&held);
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

  if (discussion == NULL)
    return;

  title = dup_title (self);
  gtk_label_set_text (self->title, title);
  show_times (self);
  show_links (self);
  told = g_strconcat (mash_entity_get_id (discussion), " ", state, " ",
                      mash_entity_get_text (mash_contact_part_get_contact (part), "state"),
                      is_fit (self, "except-discussion") ? " short" : NULL, NULL);
  if (mash_set_str (&self->told, told))
    show_deeds (self);
}

static void
mash_discussion_head_dispose (GObject *object)
{
  MashDiscussionHead *self = MASH_DISCUSSION_HEAD (object);

  if (self->deeds != NULL)
    mash_remove_children (self->deeds);
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
  g_type_ensure (MASH_TYPE_WRITING_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-discussion-head.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, title);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, times);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, here);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, links);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, deeds);
  gtk_widget_class_bind_template_child (widget_class, MashDiscussionHead, whose);
}

static void
mash_discussion_head_init (MashDiscussionHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_discussion_head_set_here:
 * @self: a head
 * @words: (nullable): who else is in the discussion, empty for nobody; %NULL where nobody could be
 */
void
mash_discussion_head_set_here (MashDiscussionHead *self,
                               const char         *words)
{
  g_return_if_fail (MASH_IS_DISCUSSION_HEAD (self));

  mash_writing_line_say (self->here, words);
}
