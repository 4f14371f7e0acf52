/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-help-window.h"

#include <string.h>

struct _MashHelpWindow
{
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkBox   *text;
};

G_DEFINE_FINAL_TYPE (MashHelpWindow, mash_help_window, ADW_TYPE_WINDOW)

#define HELP_PATH "/uk/mash/Desk/help/"

/* A help file is plain: a first line `# title`, `## ` before a heading, empty lines between. */
static void
add_paragraph (MashHelpWindow *self,
               const char     *paragraph)
{
  gboolean heading = g_str_has_prefix (paragraph, "## ");
  g_auto (GStrv) lines = g_strsplit (heading ? paragraph + 3 : paragraph, "\n", -1);
  g_autofree char *joined = g_strjoinv (g_str_has_prefix (paragraph, "- ") ? "\n" : " ", lines);
  GtkWidget *label = gtk_label_new (joined);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), !heading);
  if (heading)
    gtk_widget_add_css_class (label, "mash-heading");
  gtk_box_append (self->text, label);
}

static void
show_text (MashHelpWindow *self,
           const char     *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_strstrip (paragraphs[i]);
      if (g_str_has_prefix (paragraphs[i], "# "))
        gtk_label_set_label (self->heading, paragraphs[i] + 2);
      else if (*paragraphs[i] != '\0')
        add_paragraph (self, paragraphs[i]);
    }
}

static GBytes *
load_topic (const char *topic)
{
  g_autofree char *path = g_strconcat (HELP_PATH, topic, ".md", NULL);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
mash_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_HELP_WINDOW);

  G_OBJECT_CLASS (mash_help_window_parent_class)->dispose (object);
}

static void
mash_help_window_class_init (MashHelpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_help_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/mash-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MashHelpWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, MashHelpWindow, text);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mash_help_window_init (MashHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_help_window_open:
 * @parent: the window that asks
 * @topic: the name of a file of resources/help, without `.md`
 *
 * Opens the help on @topic beside @parent.
 */
void
mash_help_window_open (GtkWindow  *parent,
                       const char *topic)
{
  MashHelpWindow *self = g_object_new (MASH_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GBytes) page = load_topic (topic);
  g_autofree char *text = NULL;

  if (page == NULL)
    page = load_topic ("tray");
  if (page != NULL)
    text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  show_text (self, text != NULL ? text : "");
  gtk_window_present (GTK_WINDOW (self));
}
