/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-earlier-decision.h"

#include <glib/gi18n-lib.h>

#include "mash-tag.h"
#include "mash-words.h"

struct _MashEarlierDecision
{
  GtkListBoxRow    parent_instance;

  /* Template children */
  GtkLabel        *outcome;
  GtkWidget       *recent;
  GtkLabel        *who;
  GtkLabel        *about;
  GtkLabel        *rationale;

  /* Owned */
  MashEarlierItem *item;
};

G_DEFINE_FINAL_TYPE (MashEarlierDecision, mash_earlier_decision, GTK_TYPE_LIST_BOX_ROW)

static void
mash_earlier_decision_dispose (GObject *object)
{
  g_clear_object (&MASH_EARLIER_DECISION (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_EARLIER_DECISION);

  G_OBJECT_CLASS (mash_earlier_decision_parent_class)->dispose (object);
}

static void
mash_earlier_decision_class_init (MashEarlierDecisionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_earlier_decision_dispose;

  g_type_ensure (MASH_TYPE_TAG);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-earlier-decision.ui");
  gtk_widget_class_bind_template_child (widget_class, MashEarlierDecision, outcome);
  gtk_widget_class_bind_template_child (widget_class, MashEarlierDecision, recent);
  gtk_widget_class_bind_template_child (widget_class, MashEarlierDecision, who);
  gtk_widget_class_bind_template_child (widget_class, MashEarlierDecision, about);
  gtk_widget_class_bind_template_child (widget_class, MashEarlierDecision, rationale);
}

static void
mash_earlier_decision_init (MashEarlierDecision *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was decided, or how far an undecided contact is. */
static char *
dup_outcome (MashPolicy *policy,
             const char *outcome,
             const char *level,
             const char *state)
{
  const char *words = outcome != NULL ? mash_policy_get_label (policy, "OUT", outcome) : NULL;

  if (words == NULL && state != NULL)
    return g_strdup_printf (_("Not decided yet: %s"), mash_policy_get_label (policy, "CST", state));

  return mash_words_join (" · ", words, level != NULL ? mash_policy_get_label (policy, "LVL", level)
                                                      : NULL, NULL);
}

static void
show (MashEarlierDecision *self,
      MashPolicy          *policy,
      gint64               now)
{
  g_autofree char *reference = NULL, *state = NULL, *outcome = NULL, *level = NULL;
  g_autofree char *rationale = NULL, *by = NULL, *children = NULL;
  g_autofree char *first = NULL, *moment = NULL, *second = NULL, *name = NULL;
  gint64 received_at, decided_at;
  gboolean nfa, recent;

  g_object_get (self->item, "reference", &reference, "state", &state, "outcome", &outcome,
                "level", &level, "rationale", &rationale, "by", &by, "children", &children,
                "received-at", &received_at, "decided-at", &decided_at,
                "no-further-action", &nfa, "recent", &recent, NULL);
  first = dup_outcome (policy, outcome, level, state);
  moment = mash_words_moment (decided_at != 0 ? decided_at : received_at, now);
  second = mash_words_join (", ", moment, by, NULL);
  name = mash_words_join (". ", first, recent ? _("Within 12 months") : NULL, second, rationale,
                          NULL);

  gtk_label_set_text (self->outcome, first);
  gtk_widget_set_visible (self->recent, recent);
  g_object_set (self->recent, "look", nfa ? "amber" : NULL, NULL);
  gtk_label_set_text (self->who, second);
  g_clear_pointer (&second, g_free);
  second = mash_words_join (" · ", reference, children != NULL && *children != '\0' ? children
                                                                                    : NULL, NULL);
  gtk_label_set_text (self->about, second);
  gtk_label_set_text (self->rationale, rationale != NULL ? rationale : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rationale), rationale != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, second, -1);
}

/**
 * mash_earlier_decision_new:
 * @item: an earlier decision
 * @policy: the policy in force
 * @now: the time, microseconds
 *
 * Returns: (transfer floating): its line
 */
GtkWidget *
mash_earlier_decision_new (MashEarlierItem *item,
                           MashPolicy      *policy,
                           gint64           now)
{
  MashEarlierDecision *self = g_object_new (MASH_TYPE_EARLIER_DECISION, NULL);

  self->item = g_object_ref (item);
  show (self, policy, now);

  return GTK_WIDGET (self);
}

/**
 * mash_earlier_decision_dup_contact:
 * @self: a line
 *
 * Returns: (transfer full): the id of the contact on which it was decided
 */
char *
mash_earlier_decision_dup_contact (MashEarlierDecision *self)
{
  char *contact = NULL;

  g_return_val_if_fail (MASH_IS_EARLIER_DECISION (self), NULL);

  g_object_get (self->item, "contact", &contact, NULL);

  return contact;
}
