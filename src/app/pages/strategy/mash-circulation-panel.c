/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-circulation-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-circulation-window.h"
#include "mash-circulation.h"
#include "mash-facts.h"
#include "mash-set-str.h"
#include "mash-strategy-frame.h"
#include "mash-value-words.h"
#include "mash-words.h"
#include "mash-work-row.h"

struct _MashCirculationPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkLabel          *sent;
  GtkListBox        *recipients;
  GtkWidget         *log_title;
  GtkListBox        *log;

  /* Owned */
  char              *told;
};

G_DEFINE_FINAL_TYPE (MashCirculationPanel, mash_circulation_panel, MASH_TYPE_STRATEGY_PART)

static MashFacts *
get_facts (MashCirculationPanel *self)
{
  return MASH_FACTS (mash_contact_part_get_file (MASH_CONTACT_PART (self)));
}

static const char *
get_id (MashCirculationPanel *self)
{
  return mash_entity_get_id (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)));
}

static guint
count (MashCirculationPanel *self,
       const MashCopyFor    *copy,
       MashShare             share)
{
  g_autoptr (GPtrArray) paragraphs = mash_circulation_list (get_facts (self), get_id (self), copy,
                                                            share);

  return paragraphs->len;
}

/* What they would get, and what holds it up. */
static char *
dup_standing (MashCirculationPanel *self,
              const MashCopyFor    *copy)
{
  guint in = count (self, copy, MASH_SHARE_IN);
  guint out = count (self, copy, MASH_SHARE_OUT);
  guint waiting = count (self, copy, MASH_SHARE_UNDECIDED);
  g_autofree char *gets = g_strdup_printf (ngettext ("%u paragraph goes in", "%u paragraphs go in",
                                                     in), in);
  g_autofree char *lacks = out > 0 ? g_strdup_printf (ngettext ("%u is left out",
                                                                "%u are left out", out), out)
                                   : g_strdup ("");
  g_autofree char *waits = waiting > 0 ? g_strdup_printf (ngettext ("%u waits for a ruling",
                                                                    "%u wait for a ruling",
                                                                    waiting), waiting)
                                       : g_strdup ("");

  return mash_words_join (" · ", waits, gets, lacks, NULL);
}

static void
add_recipient (MashCirculationPanel *self,
               const MashRecipient  *recipient)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const MashCopyFor copy = { recipient->variant, recipient->agency };
  g_autofree char *words = mash_words_join (": ", mash_policy_get_label (policy, "SDVAR",
                                                                         recipient->variant),
                                            recipient->name, NULL);
  g_autofree char *standing = dup_standing (self, &copy);
  g_autofree char *target = g_strdup_printf ("%s %s", recipient->variant,
                                             recipient->agency != NULL ? recipient->agency : "");
  MashWorkRow *row = mash_work_row_new (words, standing);

  if (count (self, &copy, MASH_SHARE_UNDECIDED) > 0)
    mash_work_row_set_late (row);
  mash_work_row_add_deed (row, _("Preview…"), "circulation.open", target);
  gtk_list_box_append (self->recipients, GTK_WIDGET (row));
}

/* Whoever got a copy says that they have read it. */
static void
add_reading (MashCirculationPanel *self,
             MashWorkRow          *row,
             MashEntity           *copy)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const MashDeed *deed = mash_policy_find_deed (policy, "note-copy-read");
  g_autofree char *target = g_strdup_printf ("note-copy-read %s", mash_entity_get_id (copy));
  g_autofree char *label = NULL;

  if (deed == NULL)
    return;
  label = g_strdup_printf ("%s…", deed->label);
  mash_work_row_add_deed (row, label, "contact.deed", target);
}

static void
add_copy (MashCirculationPanel *self,
          MashEntity           *copy)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  gint64 withheld = mash_entity_get_int (copy, "withheld-count");
  const char *sent = mash_entity_get_text (copy, "sent-at");
  const char *how = mash_entity_get_text (copy, "how");
  const char *read = mash_entity_get_text (copy, "read-at");
  g_autofree char *by = mash_value_words_for_staff (mash_form_host_find (GTK_WIDGET (self)),
                                                    mash_entity_get_text (copy, "previewed-by"));
  g_autofree char *seen_at = mash_words_instant (mash_entity_get_text (copy, "previewed-at"), now);
  g_autofree char *sent_at = sent != NULL ? mash_words_instant (sent, now) : NULL;
  g_autofree char *words = g_strdup_printf (_("%s, revision %" G_GINT64_FORMAT),
                                            mash_entity_get_text (copy, "recipient"),
                                            mash_entity_get_int (copy, "rev"));
  /* Translators: who read a copy before it went, and when. */
  g_autofree char *seen = g_strdup_printf (_("Read by %s, %s"), by, seen_at);
  g_autofree char *went = sent_at != NULL ? g_strdup_printf (_("Sent %s"), sent_at)
                                          : g_strdup (_("Not sent"));
  g_autofree char *left_out = g_strdup_printf (ngettext ("%u paragraph withheld",
                                                         "%u paragraphs withheld",
                                                         (gulong) withheld), (guint) withheld);
  g_autofree char *read_at = read != NULL ? mash_words_instant (read, now) : NULL;
  /* Translators: when whoever got a copy read it. */
  g_autofree char *was_read = read_at != NULL ? g_strdup_printf (_("Read by them %s"), read_at)
                                              : g_strdup ("");
  g_autofree char *second = mash_words_join (" · ", went, how != NULL ? how : "", was_read,
                                             left_out, seen, NULL);
  MashWorkRow *row = mash_work_row_new (words, second);

  if (sent != NULL && read == NULL)
    add_reading (self, row, copy);
  gtk_list_box_append (self->log, GTK_WIDGET (row));
}

/* Rows are made anew only when something of them changed, so that the keyboard stays where it
 * is. */
static char *
dup_told (MashCirculationPanel *self,
          GPtrArray            *recipients,
          GPtrArray            *copies)
{
  GString *told = g_string_new (get_id (self));

  for (guint i = 0; i < recipients->len; i++)
    {
      const MashRecipient *recipient = g_ptr_array_index (recipients, i);
      const MashCopyFor copy = { recipient->variant, recipient->agency };
      g_autofree char *standing = dup_standing (self, &copy);

      g_string_append_printf (told, "|%s %s", recipient->name, standing);
    }
  for (guint i = 0; i < copies->len; i++)
    g_string_append_printf (told, " %" G_GINT64_FORMAT,
                            mash_entity_get_revision (g_ptr_array_index (copies, i)));

  return g_string_free (told, FALSE);
}

static void
show_sent (MashCirculationPanel *self)
{
  guint n_due;
  guint n_sent = mash_circulation_count_sent (get_facts (self), get_id (self), &n_due);
  /* Translators: how many copies have gone, of how many there are to go. */
  g_autofree char *words = g_strdup_printf (_("%u of %u sent"), n_sent, n_due);

  gtk_label_set_label (self->sent, words);
}

static void
mash_circulation_panel_updated (MashContactPart *part)
{
  MashCirculationPanel *self = MASH_CIRCULATION_PANEL (part);
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));
  gboolean done = mash_words_contain ("SIGNED CIRCULATED SUPERSEDED", state);
  g_autoptr (GPtrArray) recipients = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autofree char *told = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), done);
  if (!done)
    return;

  recipients = mash_circulation_list_recipients (get_facts (self), get_id (self));
  copies = mash_strategy_part_list (MASH_STRATEGY_PART (self), "sd-circulation");
  told = dup_told (self, recipients, copies);
  if (!mash_set_str (&self->told, told))
    return;

  show_sent (self);
  mash_remove_children (GTK_WIDGET (self->recipients));
  mash_remove_children (GTK_WIDGET (self->log));
  for (guint i = 0; i < recipients->len; i++)
    add_recipient (self, g_ptr_array_index (recipients, i));
  for (guint i = copies->len; i > 0; i--)
    add_copy (self, g_ptr_array_index (copies, i - 1));
  /* What was corrected goes out no more; who has it stays known. */
  gtk_widget_set_visible (GTK_WIDGET (self->recipients), g_strcmp0 (state, "SUPERSEDED") != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), g_strcmp0 (state, "SUPERSEDED") != 0);
  gtk_widget_set_visible (self->log_title, copies->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->log), copies->len > 0);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashCirculationPanel *self = MASH_CIRCULATION_PANEL (widget);
  g_auto (GStrv) target = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);
  const MashCopyFor copy = { target[0], *target[1] != '\0' ? target[1] : NULL };

  mash_circulation_window_open (mash_contact_part_get_page (MASH_CONTACT_PART (self)),
                                mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                get_id (self), &copy);
}

static void
mash_circulation_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_CIRCULATION_PANEL);
  g_clear_pointer (&MASH_CIRCULATION_PANEL (object)->told, g_free);

  G_OBJECT_CLASS (mash_circulation_panel_parent_class)->dispose (object);
}

static void
mash_circulation_panel_class_init (MashCirculationPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_circulation_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_circulation_panel_updated;

  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-circulation-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashCirculationPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationPanel, sent);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationPanel, recipients);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationPanel, log_title);
  gtk_widget_class_bind_template_child (widget_class, MashCirculationPanel, log);
  gtk_widget_class_install_action (widget_class, "circulation.open", "s", open_cb);
}

static void
mash_circulation_panel_init (MashCirculationPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
