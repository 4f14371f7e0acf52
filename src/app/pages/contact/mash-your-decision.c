/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-your-decision.h"

#include <glib/gi18n-lib.h>

#include "mash-altered-list.h"
#include "mash-field-input.h"
#include "mash-passphrase-entry.h"
#include "mash-rulings.h"

struct _MashYourDecision
{
  MashContactPart  parent_instance;

  /* Template children */
  MashRulings          *rulings;
  GtkTextView          *reasons;
  MashFieldInput       *outcome;
  MashFieldInput       *level;
  MashFieldInput       *children;
  MashPassphraseEntry  *passphrase;
  GtkLabel             *meaning;
  GtkLabel             *problem;

  /* Owned */
  MashEntity           *decision;  /* holds the changed outcome until it is signed */

  guint                 busy : 1;
};

#define COVERS "covers-subjects"

G_DEFINE_FINAL_TYPE (MashYourDecision, mash_your_decision, MASH_TYPE_CONTACT_PART)

enum
{
  ALTERED,
  DEED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_contact_id (MashYourDecision *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  return mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file)));
}

#define LOOSE_DECISION "approve.decision"
#define LOOSE_REASONS "approve.reasons"

static char *
dup_text (MashYourDecision *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->reasons), "text", &text, NULL);

  return text;
}

/* The reasons and another outcome go into the draft before they are signed; the passphrase never
 * does. */
static void
on_typed_cb (MashYourDecision *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (self->busy || file == NULL || host == NULL || self->decision == NULL)
    return;

  text = dup_text (self);
  mash_contact_file_set_loose (file, LOOSE_REASONS, *text != '\0' ? text : NULL);
  mash_contact_file_lay_aside (file, LOOSE_DECISION, self->decision);
  mash_form_host_typed (host);
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
tell (MashYourDecision *self)
{
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
on_return_cb (MashYourDecision *self)
{
  g_signal_emit (self, signals[DEED], 0, "return");
}

static void
on_change_cb (MashYourDecision *self)
{
  g_signal_emit (self, signals[DEED], 0, "change-outcome");
}

static char *
dup_reasons (MashYourDecision *self)
{
  g_autofree char *text = dup_text (self);

  g_strstrip (text);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
mash_your_decision_file_set (MashContactPart *part)
{
  MashYourDecision *self = MASH_YOUR_DECISION (part);
  const MashDeed *deed = mash_policy_find_deed (mash_contact_part_get_policy (part), "approve");

  g_clear_object (&self->decision);
  self->decision = mash_entity_new (mash_kind_lookup ("decision"), "-");
  mash_contact_file_take_up (mash_contact_part_get_file (part), LOOSE_DECISION, self->decision);
  g_object_set (self->outcome, "object", self->decision, NULL);
  g_object_set (self->level, "object", self->decision, NULL);
  g_object_set (self->children, "object", self->decision, NULL);
  g_signal_connect_object (self->decision, "notify", G_CALLBACK (on_typed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_text (self->meaning, deed != NULL && deed->meaning != NULL ? deed->meaning : "");
}

static void
mash_your_decision_updated (MashContactPart *part)
{
  MashYourDecision *self = MASH_YOUR_DECISION (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  const char *told = mash_contact_file_get_loose (file, LOOSE_REASONS);
  g_autofree char *text = dup_text (self);

  self->busy = TRUE;
  if (g_strcmp0 (told != NULL ? told : "", text) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->reasons), told != NULL ? told : "",
                              -1);
  if (mash_contact_file_get_loose (file, LOOSE_DECISION) == NULL)
    mash_entity_discard (self->decision);
  self->busy = FALSE;
}

static void
mash_your_decision_dispose (GObject *object)
{
  MashYourDecision *self = MASH_YOUR_DECISION (object);

  g_clear_object (&self->decision);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_YOUR_DECISION);

  G_OBJECT_CLASS (mash_your_decision_parent_class)->dispose (object);
}

static void
mash_your_decision_class_init (MashYourDecisionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_your_decision_dispose;

  part_class->file_set = mash_your_decision_file_set;
  part_class->updated = mash_your_decision_updated;

  g_type_ensure (MASH_TYPE_ALTERED_LIST);
  g_type_ensure (MASH_TYPE_FIELD_INPUT);
  g_type_ensure (MASH_TYPE_PASSPHRASE_ENTRY);
  g_type_ensure (MASH_TYPE_RULINGS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-your-decision.ui");
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, rulings);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, reasons);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, outcome);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, level);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, children);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, meaning);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, problem);
  gtk_widget_class_bind_template_callback (widget_class, tell);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_return_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_change_cb);

  signals[ALTERED] = g_signal_new ("altered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DEED] = g_signal_new ("deed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mash_your_decision_init (MashYourDecision *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is approved is what was recommended, said again by the one who decides. */
static void
set_outcome (MashYourDecision *self,
             MashEdit         *edit,
             MashEntity       *recommendation,
             const char       *deed)
{
  gboolean changed = g_str_equal (deed, "change-outcome");
  const char *outcome = mash_entity_get_text (changed ? self->decision : recommendation,
                                              "outcome");
  const char *level = changed ? mash_entity_get_text (self->decision, "level") : NULL;

  if (g_str_equal (deed, "return"))
    return;
  if (level == NULL)
    level = mash_entity_get_text (recommendation, "level");
  if (outcome != NULL)
    mash_edit_set_text (edit, "outcome", outcome);
  if (level != NULL)
    mash_edit_set_text (edit, "level", level);
}

/* For the children whose outcome is not changed it stays as it was recommended: @from says it, for
 * those of its children who are not among @chosen. */
static void
take_rest (MashYourDecision  *self,
           MashGroup         *group,
           MashEdit          *decision,
           MashEntity        *from,
           const char *const *chosen)
{
  static const char *const fields[] = {
    "outcome", "secondary", "level", "rationale", "help-offered", "help-offered-to", "help-answer",
  };
  g_auto (GStrv) covered = mash_entity_dup_set (from, COVERS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;
  g_autofree char *id = NULL;
  MashEdit *edit;

  for (guint i = 0; covered != NULL && covered[i] != NULL; i++)
    if (!g_strv_contains (chosen, covered[i]))
      g_strv_builder_add (builder, covered[i]);
  rest = g_strv_builder_end (builder);
  if (rest[0] == NULL)
    return;

  id = mash_service_make_id (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  edit = mash_edit_new (mash_kind_lookup ("outcome-group"), id, 0);
  mash_edit_set_text (edit, "contact", get_contact_id (self));
  mash_edit_set_text (edit, "recommendation", mash_edit_get_text (decision, "recommendation"));
  mash_edit_set_text (edit, "decision", mash_edit_get_id (decision));
  mash_edit_set_set (edit, COVERS, (const char *const *) rest);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GVariant *value = mash_entity_get_value (
        from, mash_kind_find_field (mash_entity_get_kind (from), fields[i]));

      if (value != NULL)
        mash_edit_set (edit, mash_kind_find_field (mash_kind_lookup ("outcome-group"), fields[i]),
                       NULL, value);
    }
  mash_group_take_edit (group, edit);
}

/* The outcome may be changed for some of the children only. */
static void
split_children (MashYourDecision *self,
                MashGroup        *group,
                MashEdit         *decision,
                MashEntity       *recommendation)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  GListModel *groups = mash_contact_file_get_list (file, "outcome-group");
  g_auto (GStrv) chosen = mash_entity_dup_set (self->decision, COVERS);

  if (chosen == NULL || chosen[0] == NULL)
    return;

  mash_edit_set_set (decision, COVERS, (const char *const *) chosen);
  take_rest (self, group, decision, recommendation, (const char *const *) chosen);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (MashEntity) other = g_list_model_get_item (groups, i);

      if (mash_entity_get_record (other) != NULL &&
          g_strcmp0 (mash_entity_get_text (other, "recommendation"),
                     mash_entity_get_id (recommendation)) == 0)
        take_rest (self, group, decision, other, (const char *const *) chosen);
    }
}

/**
 * mash_your_decision_dup_group:
 * @self: the panel
 * @deed: `approve`, `return` or `change-outcome`
 *
 * The decision is pinned: it names the recommendation and carries the fingerprint of what is
 * shown now.
 *
 * Returns: (transfer full) (nullable): the deed as it stands in the panel
 */
MashGroup *
mash_your_decision_dup_group (MashYourDecision *self,
                              const char       *deed)
{
  MashContactFile *file;
  g_autoptr (MashEntity) recommendation = NULL;
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *reasons = NULL;
  MashGroup *group;
  MashEdit *edit;

  g_return_val_if_fail (MASH_IS_YOUR_DECISION (self), NULL);

  file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_object_get (file, "recommendation", &recommendation, NULL);
  if (recommendation == NULL)
    return NULL;

  id = mash_service_make_id (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  hash = mash_contact_file_hash_content (file);
  reasons = dup_reasons (self);
  edit = mash_edit_new (mash_kind_lookup ("decision"), id, 0);
  mash_edit_set_text (edit, "contact", get_contact_id (self));
  mash_edit_set_text (edit, "recommendation", mash_entity_get_id (recommendation));
  mash_edit_set_text (edit, "recommendation-hash", hash);
  mash_edit_set_text (edit, "result", g_str_equal (deed, "approve") ? "APPROVED" :
                                      g_str_equal (deed, "return") ? "RETURNED" : "CHANGED");
  if (reasons != NULL)
    mash_edit_set_text (edit, "rationale", reasons);
  set_outcome (self, edit, recommendation, deed);

  group = mash_group_new (deed, get_contact_id (self));
  mash_group_take_edit (group, edit);
  if (g_str_equal (deed, "change-outcome"))
    split_children (self, group, edit, recommendation);
  if (g_str_equal (deed, "return") && reasons != NULL)
    mash_group_set_reason (group, reasons);

  return group;
}

const char *
mash_your_decision_get_passphrase (MashYourDecision *self)
{
  g_return_val_if_fail (MASH_IS_YOUR_DECISION (self), NULL);

  return mash_passphrase_entry_get_text (self->passphrase);
}

void
mash_your_decision_show_verdict (MashYourDecision *self,
                                 MashVerdict      *verdict)
{
  g_return_if_fail (MASH_IS_YOUR_DECISION (self));

  mash_rulings_show (self->rulings, verdict);
}

/**
 * mash_your_decision_show_problem:
 * @self: the panel
 * @sentence: (nullable): why what was tried was not done
 */
void
mash_your_decision_show_problem (MashYourDecision *self,
                                 const char       *sentence)
{
  g_return_if_fail (MASH_IS_YOUR_DECISION (self));

  gtk_label_set_text (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

/**
 * mash_your_decision_clear:
 * @self: the panel
 *
 * Forgets the passphrase.
 */
void
mash_your_decision_clear (MashYourDecision *self)
{
  g_return_if_fail (MASH_IS_YOUR_DECISION (self));

  mash_passphrase_entry_clear (self->passphrase);
}
