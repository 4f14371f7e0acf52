/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-wrap-layout.h"

struct _MashWrapLayout
{
  GtkLayoutManager parent_instance;

  guint            spacing;
  guint            line_spacing;
};

G_DEFINE_FINAL_TYPE (MashWrapLayout, mash_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The children that stand in one line, and what they need. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;         /* the first of the next line */
  int        width;
  int        height;
  guint      n_expanding;
} Line;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static int
get_width (GtkWidget *child,
           int        most)
{
  int width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return MIN (width, most);
}

static int
get_height (GtkWidget *child,
            int        width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* Fills a line from @first on. */
static Line
read_line (MashWrapLayout *self,
           GtkWidget      *first,
           int             most)
{
  Line line = { first, NULL, 0, 0, 0 };

  for (GtkWidget *child = first; child != NULL;
       child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int width = get_width (child, most);
      int gap = child == first ? 0 : (int) self->spacing;

      if (child != first && line.width + gap + width > most)
        {
          line.end = child;
          break;
        }
      line.width += gap + width;
      line.height = MAX (line.height, get_height (child, width));
      line.n_expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    }

  return line;
}

static void
measure_width (MashWrapLayout *self,
               GtkWidget      *widget,
               int            *minimum,
               int            *natural)
{
  *minimum = *natural = 0;

  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;
       child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int least, most;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += most + (*natural > 0 ? (int) self->spacing : 0);
    }
}

static void
mash_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  MashWrapLayout *self = MASH_WRAP_LAYOUT (manager);
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  while (child != NULL)
    {
      Line line = read_line (self, child, for_size >= 0 ? for_size : G_MAXINT);

      height += line.height + (height > 0 ? (int) self->line_spacing : 0);
      child = line.end;
    }
  *minimum = *natural = height;
}

static void
allocate_line (MashWrapLayout *self,
               const Line     *line,
               int             whole,
               int             y,
               gboolean        mirrored)
{
  int over = MAX (whole - line->width, 0);
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int width = get_width (child, whole);
      GtkAllocation place;

      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        width += over / (int) line->n_expanding;
      place = (GtkAllocation) { mirrored ? whole - x - width : x, y, width, line->height };
      gtk_widget_size_allocate (child, &place, -1);
      x += width + (int) self->spacing;
    }
}

static void
mash_wrap_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  MashWrapLayout *self = MASH_WRAP_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      Line line = read_line (self, child, width);

      /* A single line is as high as the widget, so that its children can stand in the middle. */
      if (y == 0 && line.end == NULL)
        line.height = MAX (line.height, height);
      allocate_line (self, &line, width, y, mirrored);
      y += line.height + (int) self->line_spacing;
      child = line.end;
    }
}

static GtkSizeRequestMode
mash_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mash_wrap_layout_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashWrapLayout *self = MASH_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_uint (value, self->spacing);
      break;

    case PROP_LINE_SPACING:
      g_value_set_uint (value, self->line_spacing);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_wrap_layout_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashWrapLayout *self = MASH_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_uint (value);
      break;

    case PROP_LINE_SPACING:
      self->line_spacing = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_wrap_layout_class_init (MashWrapLayoutClass *klass)
{
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = mash_wrap_layout_get_property;
  object_class->set_property = mash_wrap_layout_set_property;

  layout_class->get_request_mode = mash_wrap_layout_get_request_mode;
  layout_class->measure = mash_wrap_layout_measure;
  layout_class->allocate = mash_wrap_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 6, fixed);
  properties[PROP_LINE_SPACING] = g_param_spec_uint ("line-spacing", NULL, NULL, 0, 1000, 4,
                                                     fixed);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_wrap_layout_init (MashWrapLayout *self)
{
}
