/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-match-line.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-tag.h"
#include "mash-words.h"

struct _MashMatchLine
{
  GtkListBoxRow  parent_instance;

  /* Template children */
  GtkLabel      *names;
  GtkLabel      *about;
  GtkLabel      *reasons;
  GtkWidget     *tag;

  /* Owned */
  MashMatchItem *item;
  MashPolicy    *policy;

  gboolean       both;
};

G_DEFINE_FINAL_TYPE (MashMatchLine, mash_match_line, GTK_TYPE_LIST_BOX_ROW)

static void
mash_match_line_dispose (GObject *object)
{
  g_clear_object (&MASH_MATCH_LINE (object)->item);
  g_clear_pointer (&MASH_MATCH_LINE (object)->policy, mash_policy_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_MATCH_LINE);

  G_OBJECT_CLASS (mash_match_line_parent_class)->dispose (object);
}

static void
mash_match_line_class_init (MashMatchLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_match_line_dispose;

  g_type_ensure (MASH_TYPE_TAG);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/same/mash-match-line.ui");
  gtk_widget_class_bind_template_child (widget_class, MashMatchLine, names);
  gtk_widget_class_bind_template_child (widget_class, MashMatchLine, about);
  gtk_widget_class_bind_template_child (widget_class, MashMatchLine, reasons);
  gtk_widget_class_bind_template_child (widget_class, MashMatchLine, tag);
}

static void
mash_match_line_init (MashMatchLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The words of the strongest reasons, without their weights. */
static char *
dup_reasons (MashMatchItem *item)
{
  g_auto (GStrv) reasons = mash_match_item_dup_reasons (item);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; reasons[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", strchr (reasons[i], ' ') + 2);

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show (MashMatchLine *self)
{
  g_autofree char *one = NULL, *other = NULL, *birth = NULL, *address = NULL, *state = NULL;
  g_autofree char *names = NULL, *about = NULL, *reasons = NULL, *day = NULL, *score_words = NULL;
  g_autofree char *name = NULL;
  const char *said;
  guint score;

  g_object_get (self->item, "person-name", &one, "other-name", &other, "birth", &birth, "address",
                &address, "state", &state, "score", &score, NULL);
  /* Translators: two people who may be one. */
  names = self->both ? g_strdup_printf (_("%s and %s"), one, other) : g_strdup (other);
  day = birth != NULL ? mash_words_date (birth) : NULL;
  score_words = g_strdup_printf (_("%u of 100"), score);
  about = mash_words_join (" · ", score_words, day, address, NULL);
  reasons = dup_reasons (self->item);
  said = g_strcmp0 (state, "SAME") == 0 ? _("Proposed") : NULL;
  if (state != NULL && said == NULL)
    said = mash_policy_get_label (self->policy, "DUP", state);
  name = mash_words_join (". ", names, said, about, reasons, NULL);

  gtk_label_set_text (self->names, names);
  gtk_label_set_text (self->about, about);
  gtk_label_set_text (self->reasons, reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), *reasons != '\0');
  gtk_widget_set_visible (self->tag, said != NULL);
  if (said != NULL)
    g_object_set (self->tag, "label", said, "look",
                  g_strcmp0 (state, "SAME") == 0 ? "amber" : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_read_cb (MashMatchLine *self)
{
  show (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * mash_match_line_new:
 * @item: two people
 * @policy: the policy in force
 * @both: whether to name both, or only the other
 *
 * A line whose item is still being read is not shown before.
 *
 * Returns: (transfer floating): their line
 */
GtkWidget *
mash_match_line_new (MashMatchItem *item,
                     MashPolicy    *policy,
                     gboolean       both)
{
  MashMatchLine *self = g_object_new (MASH_TYPE_MATCH_LINE, NULL);

  self->item = g_object_ref (item);
  self->policy = mash_policy_ref (policy);
  self->both = both;
  if (mash_item_get_row (MASH_ITEM (item)) != NULL)
    show (self);
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      g_signal_connect_object (item, "notify::other", G_CALLBACK (on_read_cb), self,
                               G_CONNECT_SWAPPED);
    }

  return GTK_WIDGET (self);
}

MashMatchItem *
mash_match_line_get_item (MashMatchLine *self)
{
  g_return_val_if_fail (MASH_IS_MATCH_LINE (self), NULL);

  return self->item;
}
