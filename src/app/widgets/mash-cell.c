/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-cell.h"

#include <glib/gi18n.h>

#include "mash-set-str.h"

typedef struct
{
  char *text;
  char *row_text;
} MashCellPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MashCell, mash_cell, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_ROW_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
name_widget (GtkWidget  *widget,
             const char *text)
{
  if (widget != NULL && text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

static void
show (MashCell *self)
{
  MashCellPrivate *priv = mash_cell_get_instance_private (self);
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  /* Cells are used again for other rows: one that is empty must not keep the last one's name. */
  name_widget (cell, priv->text != NULL && *priv->text != '\0' ? priv->text : _("Nothing"));
  name_widget (row, priv->row_text);
}

/* What is cut short is told whole. Answered when somebody points at it: a tooltip that is set asks
 * the display each time where the pointer is, and cells are filled by the hundred. */
static gboolean
mash_cell_query_tooltip (GtkWidget  *widget,
                         int         x,
                         int         y,
                         gboolean    keyboard,
                         GtkTooltip *tooltip)
{
  GtkWidget *line = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  const char *text = NULL;

  if (GTK_IS_INSCRIPTION (line))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (line));
  else if (GTK_IS_LABEL (line) &&
           gtk_label_get_ellipsize (GTK_LABEL (line)) != PANGO_ELLIPSIZE_NONE)
    text = gtk_label_get_text (GTK_LABEL (line));
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL && *text != '\0';
}

static void
mash_cell_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  MashCellPrivate *priv = mash_cell_get_instance_private (MASH_CELL (object));

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, priv->text);
      break;

    case PROP_ROW_TEXT:
      g_value_set_string (value, priv->row_text);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_cell_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  MashCell *self = MASH_CELL (object);
  MashCellPrivate *priv = mash_cell_get_instance_private (self);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_TEXT:
      changed = mash_set_str (&priv->text, g_value_get_string (value));
      break;

    case PROP_ROW_TEXT:
      changed = mash_set_str (&priv->row_text, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

/* The cell is made before it stands in its row. */
static void
mash_cell_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_cell_parent_class)->root (widget);
  show (MASH_CELL (widget));
}

static void
mash_cell_finalize (GObject *object)
{
  MashCellPrivate *priv = mash_cell_get_instance_private (MASH_CELL (object));

  g_free (priv->text);
  g_free (priv->row_text);

  G_OBJECT_CLASS (mash_cell_parent_class)->finalize (object);
}

static void
mash_cell_class_init (MashCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_cell_get_property;
  object_class->set_property = mash_cell_set_property;
  object_class->finalize = mash_cell_finalize;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW_TEXT] =
    g_param_spec_string ("row-text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  widget_class->query_tooltip = mash_cell_query_tooltip;
  widget_class->root = mash_cell_root;
}

static void
mash_cell_init (MashCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "notify::parent", G_CALLBACK (show), NULL);
}

GtkWidget *
mash_cell_new (void)
{
  return g_object_new (MASH_TYPE_CELL, NULL);
}

/**
 * mash_cell_name:
 * @self: a cell
 * @text: its name
 * @row_text: (nullable): that of its row; %NULL where another cell names the row
 *
 * Names both at once.
 */
void
mash_cell_name (MashCell   *self,
                const char *text,
                const char *row_text)
{
  MashCellPrivate *priv = mash_cell_get_instance_private (self);

  g_return_if_fail (MASH_IS_CELL (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (mash_set_str (&priv->text, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (mash_set_str (&priv->row_text, row_text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW_TEXT]);
  show (self);
  g_object_thaw_notify (G_OBJECT (self));
}
