/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-field-control.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-agencies.h"
#include "mash-case-picker.h"
#include "mash-choice-keys.h"
#include "mash-choice.h"
#include "mash-set-input.h"
#include "mash-time.h"
#include "mash-typed-date.h"

/**
 * mash_control_for_field:
 * @field: (nullable): a field of a kind
 * @list: (nullable): a code list, where there is no @field
 *
 * Returns: the control that suits it
 */
MashControl
mash_control_for_field (const MashField *field,
                        const char      *list)
{
  if (field == NULL)
    return list != NULL ? MASH_CONTROL_CHOICE : MASH_CONTROL_LINE;

  switch (field->type)
    {
    case MASH_FIELD_RICH:
      return MASH_CONTROL_AREA;

    case MASH_FIELD_CODE:
      return MASH_CONTROL_CHOICE;

    case MASH_FIELD_REFERENCE:
      return strcmp (field->of, "contact") == 0 ? MASH_CONTROL_CASE : MASH_CONTROL_CHOICE;

    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      return MASH_CONTROL_SET;

    case MASH_FIELD_BOOL:
      return MASH_CONTROL_TICK;

    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
      return MASH_CONTROL_DATE;

    case MASH_FIELD_TIME:
      return MASH_CONTROL_TIME;

    case MASH_FIELD_TEXT:
    case MASH_FIELD_INT:
    default:
      return MASH_CONTROL_LINE;
    }
}

/**
 * mash_control_dup_shown:
 * @control: a control
 * @value: (nullable): the value that an entity holds
 *
 * Returns: (transfer full): what stands in the control for it
 */
char *
mash_control_dup_shown (MashControl  control,
                        const char  *value)
{
  if (control == MASH_CONTROL_DATE)
    return mash_typed_date_format (value);
  if (control == MASH_CONTROL_TIME)
    return mash_typed_time_format (value);

  return g_strdup (value != NULL ? value : "");
}

static gboolean
read_date (const MashField  *field,
           MashFormHost     *host,
           const char       *typed,
           char            **value,
           const char      **remark)
{
  g_autofree char *today = mash_form_host_dup_today (host);
  char date[11];
  MashTypedKind kind = mash_typed_date_parse (typed, today, date);

  if (kind == MASH_TYPED_WRONG)
    {
      *remark = _("Not a date. Type it as 4 Mar 2020, 4/3/2020 or 2020.");
      return FALSE;
    }
  if (kind != MASH_TYPED_DATE && kind != MASH_TYPED_NOTHING && field->type == MASH_FIELD_DATE)
    {
      *remark = _("The whole date is needed here, such as 4 Mar 2020.");
      return FALSE;
    }

  *value = kind == MASH_TYPED_NOTHING ? NULL : g_strdup (date);
  return TRUE;
}

static gboolean
read_time (MashFormHost  *host,
           const char    *typed,
           char         **value,
           const char   **remark)
{
  gint64 instant;
  MashTypedKind kind = mash_typed_time_parse (typed, mash_form_host_get_now (host), &instant);

  *value = NULL;
  if (kind == MASH_TYPED_NOTHING)
    return TRUE;
  if (kind == MASH_TYPED_WRONG)
    {
      *remark = _("Not a time. Type it as 11:20, yesterday 11:20 or 13 Oct 11:20.");
      return FALSE;
    }

  *value = mash_time_format (instant);
  return TRUE;
}

/**
 * mash_control_read:
 * @control: a control
 * @field: (nullable): the field that it shows
 * @host: the page, for the time
 * @typed: what was typed
 * @value: (out) (nullable) (transfer full): gets the value, %NULL for “not known”
 * @remark: (out) (transfer none): gets a sentence where @typed cannot be read
 *
 * Returns: %TRUE if @typed could be read
 */
gboolean
mash_control_read (MashControl       control,
                   const MashField  *field,
                   MashFormHost     *host,
                   const char       *typed,
                   char            **value,
                   const char      **remark)
{
  *value = NULL;
  *remark = NULL;

  if (control == MASH_CONTROL_DATE)
    return read_date (field, host, typed, value, remark);
  if (control == MASH_CONTROL_TIME)
    return read_time (host, typed, value, remark);

  if (field != NULL && field->type == MASH_FIELD_INT && *typed != '\0' &&
      strspn (typed, "0123456789") != strlen (typed))
    {
      *remark = _("Not a number. Type figures only.");
      return FALSE;
    }

  *value = *typed != '\0' ? g_utf8_normalize (typed, -1, G_NORMALIZE_NFC) : NULL;
  return TRUE;
}

/**
 * mash_control_make_choices:
 * @field: (nullable): the field that is chosen
 * @list: (nullable): its code list; %NULL where it refers to records
 * @host: the page
 * @kept: (nullable): the value that it holds now
 *
 * Returns: (transfer full): what can be chosen, as #MashChoice
 */
GListModel *
mash_control_make_choices (const MashField *field,
                           const char      *list,
                           MashFormHost    *host,
                           const char      *kept)
{
  MashContactFile *file = mash_form_host_get_file (host);
  const char *of = list == NULL && field != NULL ? field->of : NULL;

  if (g_strcmp0 (of, "staff") == 0)
    return mash_choices_for_staff (mash_form_host_get_staff (host));
  if (g_strcmp0 (of, "agency") == 0)
    return mash_agencies_choices (file);
  if (g_strcmp0 (of, "contact-subject") == 0)
    {
      g_autofree char *today = mash_form_host_dup_today (host);

      return mash_choices_for_children (file, today);
    }
  if (of != NULL)
    return mash_choices_for_people (mash_contact_file_get_list (file, "person"));

  return mash_choices_for_codes (mash_form_host_get_policy (host), list, kept);
}

static GtkWidget *
make_area (const MashField *field)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 5);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 5);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  if (field != NULL && field->traits & MASH_FIELD_VERBATIM)
    gtk_widget_add_css_class (view, "mash-words");
  gtk_frame_set_child (GTK_FRAME (frame), view);
  gtk_widget_add_css_class (frame, "mash-area");

  return frame;
}

/* The words beside a tick wrap, unlike those that a check button makes itself. */
static GtkWidget *
make_tick (const char *words)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);

  return button;
}

static GtkWidget *
make_entry (gboolean is_figures)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  if (is_figures)
    gtk_widget_add_css_class (entry, "numeric");

  return entry;
}

static void
set_up_chosen_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_size_request (label, 72, -1);
  gtk_list_item_set_child (item, label);
}

static void
bind_chosen_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      mash_choice_get_label (gtk_list_item_get_item (item)));
}

/* What is chosen wraps: a drop-down of its own accord is as wide as its longest words, and pushes
 * the page out of the window. */
static GtkWidget *
make_choice (void)
{
  GtkWidget *widget = gtk_drop_down_new (NULL, gtk_property_expression_new (MASH_TYPE_CHOICE, NULL,
                                                                            "label"));
  GtkDropDown *drop_down = GTK_DROP_DOWN (widget);
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();

  g_signal_connect (chosen, "setup", G_CALLBACK (set_up_chosen_cb), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (bind_chosen_cb), NULL);
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, chosen);
  mash_choice_keys_install (drop_down);

  return widget;
}

/**
 * mash_control_make:
 * @control: which control
 * @field: (nullable): the field that it will show
 * @label: the words of a tick
 *
 * Returns: (transfer floating): the widget, empty and bound to nothing
 */
GtkWidget *
mash_control_make (MashControl      control,
                   const MashField *field,
                   const char      *label)
{
  switch (control)
    {
    case MASH_CONTROL_AREA:
      return make_area (field);

    case MASH_CONTROL_CHOICE:
      return make_choice ();

    case MASH_CONTROL_SET:
      return mash_set_input_new ();

    case MASH_CONTROL_TICK:
      return make_tick (label);

    case MASH_CONTROL_CASE:
      return mash_case_picker_new ();

    case MASH_CONTROL_LINE:
    case MASH_CONTROL_DATE:
    case MASH_CONTROL_TIME:
    default:
      return make_entry (control != MASH_CONTROL_LINE);
    }
}

/**
 * mash_control_get_focused:
 * @widget: a widget of mash_control_make()
 *
 * Returns: (transfer none): the part of it that takes the focus: a drop-down hands it to a button
 *   inside
 */
GtkWidget *
mash_control_get_focused (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget) || MASH_IS_SET_INPUT (widget))
    return gtk_widget_get_first_child (widget);
  if (MASH_IS_CASE_PICKER (widget))
    return mash_case_picker_get_focused (MASH_CASE_PICKER (widget));
  if (GTK_IS_ENTRY (widget))
    return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget)));
  if (GTK_IS_FRAME (widget))
    return gtk_frame_get_child (GTK_FRAME (widget));

  return widget;
}

/**
 * mash_control_dup_value:
 * @control: a control
 * @object: (nullable): what it shows
 * @field: the property that it shows
 *
 * Returns: (transfer full) (nullable): the value as text; %NULL for what is no single text
 */
char *
mash_control_dup_value (MashControl  control,
                        GObject     *object,
                        const char  *field)
{
  g_auto (GValue) held = G_VALUE_INIT;

  if (object == NULL || control == MASH_CONTROL_TICK || control == MASH_CONTROL_SET)
    return NULL;

  g_object_get_property (object, field, &held);
  if (G_VALUE_HOLDS_STRING (&held))
    return g_value_dup_string (&held);
  if (G_VALUE_HOLDS_INT64 (&held) && g_value_get_int64 (&held) != 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, g_value_get_int64 (&held));

  return NULL;
}

/**
 * mash_control_show_chosen:
 * @widget: a tick, a set or a picker of mash_control_make()
 * @object: (nullable): what it shows
 * @field: the property that it shows
 * @value: (nullable): what stands there, where it is one text
 */
void
mash_control_show_chosen (GtkWidget  *widget,
                          GObject    *object,
                          const char *field,
                          const char *value)
{
  g_auto (GStrv) set = NULL;
  gboolean active = FALSE;

  if (MASH_IS_CASE_PICKER (widget))
    mash_case_picker_set_value (MASH_CASE_PICKER (widget), value);
  else if (MASH_IS_SET_INPUT (widget))
    {
      if (object != NULL)
        g_object_get (object, field, &set, NULL);
      mash_set_input_set_values (MASH_SET_INPUT (widget), (const char *const *) set);
    }
  else
    {
      if (object != NULL)
        g_object_get (object, field, &active, NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), active);
    }
}

/**
 * mash_control_write_chosen:
 * @widget: a tick, a set, a picker or a drop-down of mash_control_make()
 * @object: what it shows
 * @field: the property that it shows
 */
void
mash_control_write_chosen (GtkWidget  *widget,
                           GObject    *object,
                           const char *field)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    g_object_set (object, field, gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)), NULL);
  else if (MASH_IS_CASE_PICKER (widget))
    g_object_set (object, field, mash_case_picker_get_value (MASH_CASE_PICKER (widget)), NULL);
  else if (MASH_IS_SET_INPUT (widget))
    {
      g_auto (GStrv) set = mash_set_input_dup_values (MASH_SET_INPUT (widget));

      g_object_set (object, field, set, NULL);
    }
  else
    {
      MashChoice *choice = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (widget));

      if (choice != NULL)
        g_object_set (object, field, mash_choice_get_value (choice), NULL);
    }
}

/* The name under which the draft keeps what was typed in a field and cannot be read. */
static char *
dup_unread_name (GObject    *object,
                 const char *field)
{
  return g_strconcat (mash_entity_get_id (MASH_ENTITY (object)), ".", field, NULL);
}

/**
 * mash_control_get_unread:
 * @host: (nullable): the page around the control
 * @object: (nullable): what it shows
 * @field: the field that it shows
 *
 * Returns: (transfer none) (nullable): what was typed there and cannot be read
 */
const char *
mash_control_get_unread (MashFormHost *host,
                         GObject      *object,
                         const char   *field)
{
  MashContactFile *file = host != NULL ? mash_form_host_get_file (host) : NULL;
  g_autofree char *name = NULL;

  if (file == NULL || !MASH_IS_ENTITY (object))
    return NULL;

  name = dup_unread_name (object, field);

  return mash_contact_file_get_loose (file, name);
}

/**
 * mash_control_keep_unread:
 * @host: (nullable): the page around the control
 * @object: (nullable): what it shows
 * @field: the field that it shows
 * @typed: (nullable): what was typed there and cannot be read
 *
 * Keeps @typed with the draft, so that a lock or a crash does not lose it.
 */
void
mash_control_keep_unread (MashFormHost *host,
                          GObject      *object,
                          const char   *field,
                          const char   *typed)
{
  MashContactFile *file = host != NULL ? mash_form_host_get_file (host) : NULL;
  g_autofree char *name = NULL;

  if (file == NULL || !MASH_IS_ENTITY (object))
    return;

  name = dup_unread_name (object, field);
  mash_contact_file_set_loose (file, name, typed);
}
