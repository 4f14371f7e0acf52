/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour.h"

#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-paper-pdf.h"

static gboolean
is_called (GtkWidget  *widget,
           const char *label)
{
  if (label == NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), label);
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), label);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && is_called (child, label))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_below (GtkWidget  *widget,
            GType       type,
            const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) &&
      is_called (widget, label))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * mash_tour_find:
 * @self: a tour
 * @type: what kind of widget
 * @label: (nullable): how the words on it begin
 *
 * Returns: (transfer none) (nullable): the first such widget that is on the screen
 */
GtkWidget *
mash_tour_find (MashTour   *self,
                GType       type,
                const char *label)
{
  return find_below (GTK_WIDGET (mash_tour_get_window (self)), type, label);
}

/**
 * mash_tour_activate:
 * @self: a tour
 * @action: an action of the window
 * @argument: (nullable): its argument
 */
void
mash_tour_activate (MashTour   *self,
                    const char *action,
                    const char *argument)
{
  if (argument != NULL)
    gtk_widget_activate_action (GTK_WIDGET (mash_tour_get_window (self)), action, "s", argument);
  else
    gtk_widget_activate_action (GTK_WIDGET (mash_tour_get_window (self)), action, NULL);
}

/**
 * mash_tour_press:
 * @self: a tour
 * @label: how the words on a button begin
 *
 * Presses that button, which must be on the screen and not grey.
 */
void
mash_tour_press (MashTour   *self,
                 const char *label)
{
  GtkWidget *button = mash_tour_find (self, GTK_TYPE_BUTTON, label);

  if (button != NULL && gtk_widget_is_sensitive (button))
    g_signal_emit_by_name (button, "clicked");
  else
    mash_tour_give_up (self, "There is no such button to press");
}

static GtkWidget *
find_input (GtkWidget  *widget,
            const char *field)
{
  if (MASH_IS_FIELD_INPUT (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (mash_field_input_get_field (MASH_FIELD_INPUT (widget)), field) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_input (child, field);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static MashEntity *
find_entity (MashTour   *self,
             const char *field)
{
  GtkWidget *input = find_input (GTK_WIDGET (mash_tour_get_window (self)), field);
  GObject *object = input != NULL ? mash_field_input_get_object (MASH_FIELD_INPUT (input)) : NULL;

  /* A record is begun when something is typed into its first field. */
  if (input != NULL && object == NULL)
    {
      g_signal_emit_by_name (input, "wanted");
      object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
    }
  if (!MASH_IS_ENTITY (object))
    mash_tour_give_up (self, field);

  return MASH_ENTITY (object);
}

/* What is put into a record is typed as far as its page is concerned. */
static void
tell_typed (MashTour   *self,
            const char *field)
{
  GtkWidget *input = find_input (GTK_WIDGET (mash_tour_get_window (self)), field);
  MashFormHost *host = input != NULL ? mash_form_host_find (input) : NULL;

  if (host != NULL)
    mash_form_host_typed (host);
}

/**
 * mash_tour_fill:
 * @self: a tour
 * @field: the name of a field that has an input on the screen
 * @value: what is put there, as it is kept
 */
void
mash_tour_fill (MashTour   *self,
                const char *field,
                const char *value)
{
  mash_entity_set_text (find_entity (self, field), field, value);
  tell_typed (self, field);
}

/**
 * mash_tour_fill_set:
 * @self: a tour
 * @field: the name of a field that has an input on the screen
 * @values: (array zero-terminated=1): what is chosen there
 */
void
mash_tour_fill_set (MashTour          *self,
                    const char        *field,
                    const char *const *values)
{
  mash_entity_set_set (find_entity (self, field), field, values);
  tell_typed (self, field);
}

/**
 * mash_tour_type:
 * @self: a tour
 * @text: what is typed where the keyboard is, in place of what stands there
 */
void
mash_tour_type (MashTour   *self,
                const char *text)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (mash_tour_get_window (self)));

  if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_text (GTK_EDITABLE (focus), text);
  else
    mash_tour_give_up (self, "There is nothing to type into");
}

/**
 * mash_tour_tick:
 * @self: a tour
 * @label: how the words of something to tick or choose begin
 */
void
mash_tour_tick (MashTour   *self,
                const char *label)
{
  GtkWidget *tick = mash_tour_find (self, GTK_TYPE_CHECK_BUTTON, label);

  if (tick != NULL && gtk_widget_is_sensitive (tick))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  else
    mash_tour_give_up (self, "There is nothing such to tick");
}

/**
 * mash_tour_dismiss_toast:
 * @self: a tour
 *
 * Presses the cross of a toast, so that nothing stands in front of what a picture shows.
 *
 * Returns: whether there was one
 */
gboolean
mash_tour_dismiss_toast (MashTour *self)
{
  GType type = g_type_from_name ("AdwToastWidget");
  GtkWidget *toast = type != 0 ? mash_tour_find (self, type, NULL) : NULL;
  GtkWidget *last = toast != NULL ? gtk_widget_get_last_child (toast) : NULL;

  if (GTK_IS_BUTTON (last))
    g_signal_emit_by_name (last, "clicked");

  return toast != NULL;
}

/**
 * mash_tour_write_out:
 * @self: a tour
 * @resource: the path of something that is part of the program
 *
 * Writes it beside the pictures, as a file that somebody may have been sent.
 *
 * Returns: (transfer full): the name of the file
 */
char *
mash_tour_write_out (MashTour   *self,
                     const char *resource)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, 0, NULL);
  g_autofree char *name = g_path_get_basename (resource);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (mash_tour_get_folder (self), name, NULL);

  if (bytes == NULL ||
      !g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes), &error))
    mash_tour_give_up (self, "The example could not be written");

  return path;
}

/**
 * mash_tour_write_paper:
 * @self: a tour
 * @paper: what is to be printed
 * @name: what its files are called
 *
 * Leaves it as PDF beside the pictures, and a picture of each of its pages.
 */
void
mash_tour_write_paper (MashTour   *self,
                       MashPaper  *paper,
                       const char *name)
{
  const char *folder = mash_tour_get_folder (self);
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) bytes = mash_paper_make_pdf (paper, &n_pages, &error);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (data == NULL || !g_file_set_contents (path, data, (gssize) length, &error))
    mash_tour_give_up (self, error->message);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *page = g_strdup_printf ("%s-page-%u.png", name, i + 1);
      g_autofree char *picture = g_build_filename (folder, page, NULL);

      if (!mash_paper_write_picture (paper, i, picture, &error))
        mash_tour_give_up (self, "A page was not drawn");
    }
}
