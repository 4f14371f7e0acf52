/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-altered-line.h"

#include <glib/gi18n-lib.h>

#include "mash-kinds.h"
#include "mash-value-words.h"
#include "mash-words.h"

struct _MashAlteredLine
{
  GtkListBoxRow  parent_instance;

  /* Template children */
  GtkLabel      *what;
  GtkLabel      *was;
  GtkLabel      *now;
  GtkLabel      *who;
};

G_DEFINE_FINAL_TYPE (MashAlteredLine, mash_altered_line, GTK_TYPE_LIST_BOX_ROW)

static void
mash_altered_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_ALTERED_LINE);

  G_OBJECT_CLASS (mash_altered_line_parent_class)->dispose (object);
}

static void
mash_altered_line_class_init (MashAlteredLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_altered_line_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-altered-line.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAlteredLine, what);
  gtk_widget_class_bind_template_child (widget_class, MashAlteredLine, was);
  gtk_widget_class_bind_template_child (widget_class, MashAlteredLine, now);
  gtk_widget_class_bind_template_child (widget_class, MashAlteredLine, who);
}

static void
mash_altered_line_init (MashAlteredLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What a record that was made says first of itself: its first two fields that people write. */
static char *
dup_summary (MashFormHost *host,
             const char   *id)
{
  MashContactFile *file = mash_form_host_get_file (host);
  MashEntity *entity = file != NULL ? mash_contact_file_find (file, id) : NULL;
  const MashKind *kind = entity != NULL ? mash_entity_get_kind (entity) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; kind != NULL && i < kind->n_fields && n < 2; i++)
    {
      const MashField *field = &kind->fields[i];
      GVariant *value = mash_entity_get_value (entity, i);
      g_autofree char *word = NULL;

      if (value == NULL || field->owner == MASH_OWNER_RULES || field->type == MASH_FIELD_BOOL ||
          field->type == MASH_FIELD_REFERENCES ||
          (field->type == MASH_FIELD_REFERENCE && g_strcmp0 (field->of, "person") != 0))
        continue;
      word = mash_value_words_for_value (host, field, value);
      g_string_append_printf (words, "%s%s", n > 0 ? " · " : "", word);
      n++;
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
set_line (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/**
 * mash_altered_line_new:
 * @item: what was altered
 * @host: the page on which it is shown
 *
 * Returns: (transfer floating): its line
 */
GtkWidget *
mash_altered_line_new (MashAlteredItem *item,
                      MashFormHost    *host)
{
  MashAlteredLine *self = g_object_new (MASH_TYPE_ALTERED_LINE, NULL);
  g_autofree char *kind = NULL, *record = NULL, *field = NULL, *was = NULL, *now = NULL;
  g_autofree char *by = NULL, *moment = NULL, *who = NULL, *before = NULL, *after = NULL;
  g_autofree char *name = NULL;
  const MashKind *declared;
  const MashField *found = NULL;
  gboolean voided;
  gint64 at;

  g_object_get (item, "kind", &kind, "record", &record, "field", &field, "was", &was, "now", &now,
                "by", &by, "at", &at, "voided", &voided, NULL);
  declared = mash_kind_lookup (kind);
  if (field != NULL && mash_kind_find_field (declared, field) != MASH_NO_FIELD)
    found = &declared->fields[mash_kind_find_field (declared, field)];
  moment = mash_words_moment (at, mash_form_host_get_now (host));
  who = mash_words_join (", ", moment, by, NULL);
  if (found != NULL)
    {
      g_autofree char *was_words = mash_value_words_for_text (host, found, was);
      g_autofree char *now_words = mash_value_words_for_text (host, found, now);

      before = g_strdup_printf (_("Was: %s"), was_words);
      after = g_strdup_printf (_("Now: %s"), now_words);
    }
  else
    after = voided ? g_strdup (_("Taken out")) : dup_summary (host, record);

  gtk_label_set_text (self->what, found != NULL ? _(found->label) : _(declared->label));
  set_line (self->was, before);
  set_line (self->now, after);
  gtk_label_set_text (self->who, who);
  name = mash_words_join (". ", gtk_label_get_text (self->what), before, after, who, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_WIDGET (self);
}
