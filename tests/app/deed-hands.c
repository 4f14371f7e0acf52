/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "deed-hands.h"

#include "mash-field-input.h"
#include "mash-form-host.h"

/**
 * deed_begin:
 * @desk: a desk with an open contact
 * @deed: a deed that the bar asks for
 * @field: (nullable): a field that it asks for
 *
 * Opens the bar, once nothing is being saved any more.
 *
 * Returns: (transfer none): the bar
 */
GtkWidget *
deed_begin (Desk       *desk,
            const char *deed,
            const char *field)
{
  until (mash_autosave_get_state (desk->page->autosave) == MASH_AUTOSAVE_IDLE);
  gtk_widget_activate_action (GTK_WIDGET (desk->page), "contact.deed", "s", deed);
  until (mash_deed_bar_is_open (desk->page->deed_bar));
  if (field != NULL)
    until (desk_find_field (desk->page->deed_bar, field) != NULL);

  return GTK_WIDGET (desk->page->deed_bar);
}

/**
 * deed_fill:
 * @root: a widget with a form
 * @field: the name of a field that has an input in it
 * @value: (nullable): what is typed or chosen there
 *
 * Returns: (transfer none): the record that the field is of
 */
MashEntity *
deed_fill (gpointer    root,
           const char *field,
           const char *value)
{
  GtkWidget *input = desk_await (root, MASH_TYPE_FIELD_INPUT, "field", field);
  GObject *object = mash_field_input_get_object (MASH_FIELD_INPUT (input));

  if (object == NULL)
    {
      g_signal_emit_by_name (input, "wanted");
      object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
    }
  g_assert_true (MASH_IS_ENTITY (object));
  if (value != NULL)
    mash_entity_set_text (MASH_ENTITY (object), field, value);
  mash_form_host_typed (mash_form_host_find (input));

  return MASH_ENTITY (object);
}

/**
 * deed_confirm:
 * @desk: a desk whose bar is open
 *
 * Does the deed as soon as it may be done, and waits until the bar is closed.
 */
void
deed_confirm (Desk *desk)
{
  GtkWidget *button = desk_part (desk->page->deed_bar, MASH_TYPE_DEED_BAR, "confirm");

  until (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  until (!mash_deed_bar_is_open (desk->page->deed_bar));
}

/**
 * deed_count:
 * @desk: a desk with an open contact
 * @kind: a kind of record
 * @field: a field of it
 * @value: (nullable): what it holds
 *
 * Returns: how many saved records of the contact are so
 */
guint
deed_count (Desk       *desk,
            const char *kind,
            const char *field,
            const char *value)
{
  GListModel *list = mash_contact_file_get_list (desk->file, kind);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      n += mash_entity_get_record (entity) != NULL &&
           g_strcmp0 (mash_entity_get_text (entity, field), value) == 0;
    }

  return n;
}
