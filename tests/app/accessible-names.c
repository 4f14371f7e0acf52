/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accessible-names.h"

#include <string.h>

#include "mash-cell.h"

static char **
read_exceptions (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data",
                                            "accessible-exceptions.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return g_strsplit (text, "\n", -1);
}

static gboolean
is_excepted (char      **exceptions,
             GtkWidget  *widget)
{
  const char *name = G_OBJECT_TYPE_NAME (widget);
  gsize length = strlen (name);

  for (guint i = 0; exceptions[i] != NULL; i++)
    if (strncmp (exceptions[i], name, length) == 0 && exceptions[i][length] == ':')
      return TRUE;

  return FALSE;
}

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;

  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         has_words (widget);
}

static guint
count_nameless (char      **exceptions,
                GtkWidget  *widget)
{
  guint n_nameless = 0;
  gboolean is_cell = gtk_widget_get_first_child (widget) != NULL &&
                     MASH_IS_CELL (gtk_widget_get_first_child (widget));

  if (!gtk_widget_get_mapped (widget))
    return 0;

  if ((gtk_widget_get_focusable (widget) || is_cell) && !has_name (widget) &&
      !is_excepted (exceptions, widget))
    {
      g_test_message ("%s in %s has no name", G_OBJECT_TYPE_NAME (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      n_nameless++;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_nameless += count_nameless (exceptions, child);

  return n_nameless;
}

/**
 * accessible_names_count_missing:
 * @widget: a widget on the screen
 *
 * Returns: how many that can take the focus, and how many cells of tables, have no name, @widget
 *   and all that it contains; each is said in a message of the test
 */
guint
accessible_names_count_missing (GtkWidget *widget)
{
  g_auto (GStrv) exceptions = read_exceptions ();

  return count_nameless (exceptions, widget);
}
