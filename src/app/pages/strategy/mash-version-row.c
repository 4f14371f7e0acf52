/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-version-row.h"

#include <glib/gi18n-lib.h>

#include "mash-sentences.h"
#include "mash-service-strategy.h"
#include "mash-value-words.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

struct _MashVersionRow
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkLabel         *part;
  GtkOrientable    *pair;
  GtkLabel         *standing_by;
  GtkLabel         *standing;
  GtkLabel         *other_by;
  GtkLabel         *other;
  GtkWidget        *choices;
  GtkWidget        *take;
  GtkWidget        *both;
  GtkLabel         *remark;

  /* Owned */
  MashEntity       *version;

  guint             submitting : 1;
  guint             refused : 1;    /* the remark says why */
};

G_DEFINE_FINAL_TYPE (MashVersionRow, mash_version_row, MASH_TYPE_STRATEGY_PART)

static MashEntity *
find_record (MashVersionRow *self)
{
  return mash_contact_file_find (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                 mash_entity_get_text (self->version, "of-record"));
}

static const MashField *
find_field (MashVersionRow *self,
            MashEntity     *record)
{
  const MashKind *kind = mash_entity_get_kind (record);

  return &kind->fields[mash_kind_find_field (kind, mash_entity_get_text (self->version,
                                                                         "of-field"))];
}

/* Whose or what the record is about: a child, an agency. */
static char *
dup_whose (MashVersionRow *self,
           MashEntity     *record)
{
  static const char *const fields[] = { "subject", "agency" };
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  const MashKind *kind = mash_entity_get_kind (record);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      guint position = mash_kind_find_field (kind, fields[i]);

      if (position != MASH_NO_FIELD && mash_entity_get_value (record, position) != NULL)
        return mash_value_words_for_value (host, &kind->fields[position],
                                           mash_entity_get_value (record, position));
    }

  return g_strdup ("");
}

/* “Stands now: Petra Hallam, today 15:02” */
static char *
dup_by (MashVersionRow *self,
        const char     *staff,
        const char     *at,
        const char     *words)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *name = mash_value_words_for_staff (host, staff);
  g_autofree char *when = mash_words_instant (at, mash_form_host_get_now (host));

  return mash_words_join (" · ", words, name, when, NULL);
}

static void
show_part (MashVersionRow *self,
           MashEntity     *record)
{
  g_autofree char *whose = dup_whose (self, record);
  g_autofree char *part = mash_words_join (" · ", _(find_field (self, record)->label), whose,
                                           _(mash_entity_get_kind (record)->label), NULL);

  gtk_label_set_text (self->part, part);
}

/* The other version is kept as words; a set has spaces between its members. */
static char *
dup_other (MashVersionRow  *self,
           const MashField *field)
{
  g_autofree char *text = g_strdup (mash_entity_get_text (self->version, "text"));

  if (text == NULL)
    return g_strdup (_("Withheld by its agency"));
  if (g_str_equal (text, "—"))
    return g_strdup (_("nothing"));
  if (field->type == MASH_FIELD_CODES || field->type == MASH_FIELD_REFERENCES)
    g_strdelimit (text, " ", '\n');

  return mash_value_words_for_text (mash_form_host_find (GTK_WIDGET (self)), field, text);
}

static void
show_words (MashVersionRow *self,
            MashEntity     *record)
{
  const MashField *field = find_field (self, record);
  const MashStamps *first = mash_record_get_stamps (mash_entity_get_record (record));
  const MashStamps *second = mash_record_get_stamps (mash_entity_get_record (self->version));
  guint position = mash_kind_find_field (mash_entity_get_kind (record), field->name);
  g_autofree char *standing_by = dup_by (self, first->updated_by, first->updated_at,
                                         _("First: stands now"));
  g_autofree char *other_by = dup_by (self, second->created_by, second->created_at,
                                      _("Second: written beside it"));
  g_autofree char *standing = mash_value_words_for_value (
    mash_form_host_find (GTK_WIDGET (self)), field,
    mash_record_get_value (mash_entity_get_record (record), position));
  g_autofree char *other = dup_other (self, field);

  gtk_label_set_text (self->standing_by, standing_by);
  gtk_label_set_text (self->standing, standing);
  gtk_label_set_text (self->other_by, other_by);
  gtk_label_set_text (self->other, other);
}

static gboolean
is_chair (MashVersionRow *self)
{
  const MashActor *actor = mash_service_get_actor (
    mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));

  return actor != NULL && discussion != NULL &&
         g_strcmp0 (mash_entity_get_text (discussion, "chair"), actor->person) == 0;
}

static void
say (MashVersionRow *self,
     const char     *remark)
{
  gtk_label_set_text (self->remark, remark != NULL ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), remark != NULL);
}

/* Words that are withheld from this desk can be left aside here, and not taken. */
static void
show_choices (MashVersionRow *self,
              MashEntity     *record)
{
  const char *text = mash_entity_get_text (self->version, "text");
  const MashField *field = find_field (self, record);
  gboolean is_words = (field->type == MASH_FIELD_TEXT || field->type == MASH_FIELD_RICH) &&
                      text != NULL && !g_str_equal (text, "—") &&
                      mash_entity_get_text (record, field->name) != NULL;

  gtk_widget_set_visible (self->take, text != NULL);
  gtk_widget_set_visible (self->both, is_words);
  gtk_widget_set_sensitive (self->choices, is_chair (self) && !self->submitting);
  if (!self->refused)
    say (self, is_chair (self) ? NULL : _("The chair says which of the two stands."));
}

static void
mash_version_row_updated (MashContactPart *part)
{
  MashVersionRow *self = MASH_VERSION_ROW (part);
  MashEntity *record = find_record (self);

  if (record == NULL || mash_entity_get_record (record) == NULL ||
      mash_entity_get_record (self->version) == NULL ||
      mash_form_host_find (GTK_WIDGET (self)) == NULL)
    return;

  show_part (self, record);
  show_words (self, record);
  show_choices (self, record);
}

/* One above the other where letters are large. */
static void
mash_version_row_folded (MashContactPart *part,
                         guint            compact)
{
  gtk_orientable_set_orientation (MASH_VERSION_ROW (part)->pair,
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_settled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashVersionRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->submitting = FALSE;
  if (mash_service_submit_finish (MASH_SERVICE (object), result, &error) ||
      mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;

  sentence = mash_sentence_for_error (error);
  self->refused = TRUE;
  say (self, sentence);
  gtk_widget_set_sensitive (self->choices, TRUE);
}

static void
settle_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MashVersionRow *self = MASH_VERSION_ROW (widget);
  MashContactPart *part = MASH_CONTACT_PART (self);
  g_autoptr (MashGroup) group = NULL;

  if (self->submitting)
    return;

  self->submitting = TRUE;
  self->refused = FALSE;
  group = mash_strategy_dup_settlement (mash_contact_part_get_file (part), self->version,
                                        g_variant_get_string (parameter, NULL));
  mash_service_submit_async (mash_contact_part_get_service (part), group, NULL, on_settled_cb,
                             g_object_ref (self));
}

static void
mash_version_row_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_VERSION_ROW);
  g_clear_object (&MASH_VERSION_ROW (object)->version);

  G_OBJECT_CLASS (mash_version_row_parent_class)->dispose (object);
}

static void
mash_version_row_class_init (MashVersionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_version_row_dispose;
  MASH_CONTACT_PART_CLASS (klass)->folded = mash_version_row_folded;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_version_row_updated;

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-version-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, part);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, pair);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, standing_by);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, standing);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, other_by);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, other);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, choices);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, take);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, both);
  gtk_widget_class_bind_template_child (widget_class, MashVersionRow, remark);
  gtk_widget_class_install_action (widget_class, "version.settle", "s", settle_cb);
}

static void
mash_version_row_init (MashVersionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_version_row_new (MashEntity *version)
{
  MashVersionRow *self = g_object_new (MASH_TYPE_VERSION_ROW, NULL);

  self->version = g_object_ref (version);

  return GTK_WIDGET (self);
}

MashEntity *
mash_version_row_get_version (MashVersionRow *self)
{
  g_return_val_if_fail (MASH_IS_VERSION_ROW (self), NULL);

  return self->version;
}
