/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-your-decision.h"

#include <glib/gi18n-lib.h>

#include "mash-field-input.h"
#include "mash-passphrase-entry.h"
#include "mash-rulings.h"
#include "mash-typed-date.h"
#include "mash-words.h"

struct _MashYourDecision
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel             *since;
  GtkWidget            *changes;
  MashRulings          *rulings;
  GtkTextView          *reasons;
  MashFieldInput       *outcome;
  MashPassphraseEntry  *passphrase;
  GtkLabel             *meaning;
  GtkLabel             *problem;

  /* Owned */
  MashEntity           *decision;  /* holds the changed outcome until it is signed */

  guint                 busy : 1;
};

G_DEFINE_FINAL_TYPE (MashYourDecision, mash_your_decision, MASH_TYPE_CONTACT_PART)

#define MOST_CHANGES 3

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

static void
add_change (MashYourDecision *self,
            GObject          *entry)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  g_autofree char *headline = NULL;
  g_autofree char *author = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *second = NULL;
  gint64 at;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line;

  g_object_get (entry, "headline", &headline, "author", &author, "at", &at, NULL);
  moment = mash_words_moment (at, mash_service_get_now (service));
  second = mash_words_join (", ", moment, author, NULL);
  for (guint i = 0; i < 2; i++)
    {
      line = gtk_label_new (i == 0 ? headline : second);
      gtk_label_set_xalign (GTK_LABEL (line), 0);
      gtk_label_set_wrap (GTK_LABEL (line), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (line), 36);
      gtk_widget_add_css_class (line, i == 0 ? "mash-strong" : "mash-second");
      gtk_box_append (GTK_BOX (box), line);
    }
  gtk_widget_add_css_class (box, "mash-changed");
  gtk_box_append (GTK_BOX (self->changes), box);
}

typedef struct
{
  MashYourDecision *self;
  gint64            opened;
} Since;

static void
show_changes (MashYourDecision *self,
              GListModel       *entries,
              gint64            opened)
{
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->changes)) != NULL)
    gtk_box_remove (GTK_BOX (self->changes), child);

  for (guint i = 0; i < g_list_model_get_n_items (entries) && n < MOST_CHANGES; i++)
    {
      g_autoptr (GObject) entry = g_list_model_get_item (entries, i);
      gint64 at;

      g_object_get (entry, "at", &at, NULL);
      if (at <= opened)
        continue;
      add_change (self, entry);
      n++;
    }
  if (n == 0)
    {
      child = gtk_label_new (_("Nothing has changed"));
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      gtk_widget_add_css_class (child, "mash-dim");
      gtk_box_append (GTK_BOX (self->changes), child);
    }
}

static void
on_timeline_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Since *since = user_data;
  g_autoptr (GListModel) entries = mash_service_list_timeline_finish (MASH_SERVICE (object), result,
                                                                     NULL);

  if (entries != NULL && mash_contact_part_get_page (MASH_CONTACT_PART (since->self)) != NULL)
    show_changes (since->self, entries, since->opened);
  g_object_unref (since->self);
  g_free (since);
}

/* The time before last that this person opened the contact: the last one is now. */
static gint64
find_last_opened (GListModel *entries,
                  const char *name)
{
  gint64 newest = 0;
  gint64 before = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (GObject) entry = g_list_model_get_item (entries, i);
      g_autofree char *who = NULL;
      gint64 at;

      g_object_get (entry, "person-name", &who, "at", &at, NULL);
      if (g_strcmp0 (who, name) != 0)
        continue;
      if (at > newest)
        {
          before = newest;
          newest = at;
        }
      else if (at > before)
        before = at;
    }

  return before;
}

static void
on_access_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashYourDecision) self = user_data;
  MashService *service = MASH_SERVICE (object);
  g_autoptr (GListModel) entries = mash_service_list_access_finish (service, result, NULL);
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;
  Since *since;

  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;

  since = g_new0 (Since, 1);
  since->opened = entries != NULL
    ? find_last_opened (entries, mash_service_get_person_name (service)) : 0;
  moment = mash_words_moment (since->opened, mash_service_get_now (service));
  words = since->opened > 0 ? g_strdup_printf (_("Since you last opened it, %s"), moment)
                            : g_strdup (_("You open it for the first time. What happened last:"));
  gtk_label_set_text (self->since, words);
  since->self = g_object_ref (self);
  mash_service_list_timeline_async (service, get_contact_id (self), NULL, on_timeline_cb, since);
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
  MashService *service = mash_contact_part_get_service (part);
  const MashDeed *deed = mash_policy_find_deed (mash_contact_part_get_policy (part), "approve");

  g_clear_object (&self->decision);
  self->decision = mash_entity_new (mash_kind_lookup ("decision"), "-");
  mash_contact_file_take_up (mash_contact_part_get_file (part), LOOSE_DECISION, self->decision);
  g_object_set (self->outcome, "object", self->decision, NULL);
  g_signal_connect_object (self->decision, "notify::outcome", G_CALLBACK (on_typed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_text (self->meaning, deed != NULL && deed->meaning != NULL ? deed->meaning : "");
  if (mash_entity_get_record (MASH_ENTITY (mash_contact_file_get_contact (
        mash_contact_part_get_file (part)))) != NULL)
    mash_service_list_access_async (service, get_contact_id (self), NULL, on_access_cb,
                                    g_object_ref (self));
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

  g_type_ensure (MASH_TYPE_FIELD_INPUT);
  g_type_ensure (MASH_TYPE_PASSPHRASE_ENTRY);
  g_type_ensure (MASH_TYPE_RULINGS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-your-decision.ui");
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, since);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, changes);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, rulings);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, reasons);
  gtk_widget_class_bind_template_child (widget_class, MashYourDecision, outcome);
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
  MashEntity *source = g_str_equal (deed, "approve") ? recommendation : self->decision;
  const char *outcome = mash_entity_get_text (source, "outcome");
  const char *level = mash_entity_get_text (recommendation, "level");

  if (g_str_equal (deed, "return"))
    return;
  if (outcome != NULL)
    mash_edit_set_text (edit, "outcome", outcome);
  if (level != NULL)
    mash_edit_set_text (edit, "level", level);
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
