/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-page.h"
#include "mash-set-str.h"
#include "mash-text.h"
#include "mash-timeline-words.h"

/* The second line in parts of the first, and the chip of what is critical, as in the pane. */
#define SECOND_SCALE   0.86
#define CRITICAL_SCALE 0.93
#define CHIP_RADIUS    5.0f
#define CHIP_BESIDE    7
#define CHIP_ABOVE     2

/* The least width, in letters. */
#define WIDTH_CHARS 3

typedef enum
{
  LOOK_PLAIN,
  LOOK_STRONG,
  LOOK_STRUCK,
  LOOK_ROUTINE,
  LOOK_NOTABLE,
  LOOK_CRITICAL
} Look;

struct _MashTimelineCell
{
  MashCell             parent_instance;

  GObject             *item;       /* what is told of, owned */
  gulong               handler;
  MashTimelineCellPart part;
  Look                 look;
  char                *text[2];
  PangoLayout         *layouts[2]; /* NULL until they are drawn */
};

G_DEFINE_ENUM_TYPE (MashTimelineCellPart, mash_timeline_cell_part,
                    G_DEFINE_ENUM_VALUE (MASH_TIMELINE_CELL_DATE, "date"),
                    G_DEFINE_ENUM_VALUE (MASH_TIMELINE_CELL_SIGNIFICANCE, "significance"),
                    G_DEFINE_ENUM_VALUE (MASH_TIMELINE_CELL_WHAT, "what"),
                    G_DEFINE_ENUM_VALUE (MASH_TIMELINE_CELL_WHO, "who"),
                    G_DEFINE_ENUM_VALUE (MASH_TIMELINE_CELL_AGENCY, "agency"))

G_DEFINE_FINAL_TYPE (MashTimelineCell, mash_timeline_cell, MASH_TYPE_CELL)

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_PART,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What each part is made of, so that it is not made anew for anything else. */
static const char *const members[][7] = {
  [MASH_TIMELINE_CELL_DATE] = { "at", "precision", "significance", "headline", "who",
                                "voided-reason", NULL },
  [MASH_TIMELINE_CELL_SIGNIFICANCE] = { "significance", NULL },
  [MASH_TIMELINE_CELL_WHAT] = { "headline", "detail", "significance", "voided-reason", NULL },
  [MASH_TIMELINE_CELL_WHO] = { "who", NULL },
  [MASH_TIMELINE_CELL_AGENCY] = { "agency", NULL },
};

static gboolean
has_two_lines (MashTimelineCell *self)
{
  return self->part == MASH_TIMELINE_CELL_DATE || self->part == MASH_TIMELINE_CELL_WHAT;
}

static char *
dup_member (MashTimelineCell *self,
            const char       *name)
{
  char *text = NULL;

  g_object_get (self->item, name, &text, NULL);

  return text;
}

/* Words */

static void
show_line (MashTimelineCell *self,
           guint             i,
           const char       *text)
{
  if (mash_set_str (&self->text[i], text))
    {
      if (self->layouts[i] != NULL)
        pango_layout_set_text (self->layouts[i], text, -1);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
show (MashTimelineCell *self,
      Look              look,
      const char       *first,
      const char       *second)
{
  if (self->look != look)
    {
      self->look = look;
      g_clear_object (&self->layouts[0]);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  show_line (self, 0, first);
  show_line (self, 1, second);
}

/* A row as a screen reader says it: the date comes first. */
static char *
name_entry (MashTimelineCell *self,
            const char       *moment,
            const char       *significance,
            const char       *voided)
{
  g_autofree char *headline = dup_member (self, "headline");
  g_autofree char *who = dup_member (self, "who");

  /* Translators: a date, how grave it is, what happened, to whom. */
  return g_strdup_printf (voided != NULL ? _("%s, withdrawn, %s, %s, %s") : _("%s, %s, %s, %s"),
                          moment, mash_timeline_words_significance (significance),
                          headline != NULL ? headline : "", who != NULL ? who : "");
}

static void
tell_date (MashTimelineCell *self,
           const char       *significance,
           const char       *voided)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), MASH_TYPE_PAGE);
  gint64 now = page != NULL ? mash_page_get_now (MASH_PAGE (page)) : 0;
  g_autofree char *precision = dup_member (self, "precision");
  g_autofree char *day = NULL;
  g_autofree char *hour = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *row = NULL;
  gint64 at = 0;

  g_object_get (self->item, "at", &at, NULL);
  day = at != 0 ? mash_timeline_words_day (at, precision, now) : g_strdup ("");
  hour = mash_timeline_words_hour (at, precision);
  moment = mash_timeline_words_moment (at, precision);
  row = name_entry (self, moment, significance, voided);
  show (self, LOOK_STRONG, day, hour);
  mash_cell_name (MASH_CELL (self), moment, row);
}

/* Of what is told at length, the first line; the whole stands in the pane. What was withdrawn is
 * struck out, and what is grave has weight. */
static void
tell_what (MashTimelineCell *self,
           const char       *significance,
           const char       *voided)
{
  g_autofree char *headline = dup_member (self, "headline");
  g_autofree char *detail = dup_member (self, "detail");
  g_autofree char *first = mash_text_dup_visible (headline != NULL ? headline : "");
  g_autofree char *second = NULL;

  if (detail != NULL)
    detail[strcspn (detail, "\n")] = '\0';
  second = mash_text_dup_visible (detail != NULL ? detail : "");
  if (voided != NULL)
    {
      g_autofree char *plain = g_steal_pointer (&first);

      first = g_strdup_printf (_("Withdrawn: %s"), plain);
    }
  show (self, voided != NULL ? LOOK_STRUCK
              : g_strcmp0 (significance, "critical") == 0 ? LOOK_STRONG : LOOK_PLAIN,
        first, second);
  mash_cell_name (MASH_CELL (self), first, NULL);
}

static void
tell_significance (MashTimelineCell *self,
                   const char       *significance)
{
  g_autofree char *text = significance != NULL ? mash_timeline_words_sign (significance)
                                               : g_strdup ("");

  show (self, g_strcmp0 (significance, "critical") == 0 ? LOOK_CRITICAL
              : g_strcmp0 (significance, "notable") == 0 ? LOOK_NOTABLE : LOOK_ROUTINE,
        text, NULL);
  mash_cell_name (MASH_CELL (self), text, NULL);
}

static void
tell_member (MashTimelineCell *self,
             const char       *name)
{
  g_autofree char *told = dup_member (self, name);
  g_autofree char *text = mash_text_dup_visible (told != NULL ? told : "");

  show (self, LOOK_PLAIN, text, NULL);
  mash_cell_name (MASH_CELL (self), text, NULL);
}

static void
tell (MashTimelineCell *self)
{
  g_autofree char *significance = NULL;
  g_autofree char *voided = NULL;

  if (self->item == NULL)
    return;
  if (self->part == MASH_TIMELINE_CELL_WHO || self->part == MASH_TIMELINE_CELL_AGENCY)
    {
      tell_member (self, self->part == MASH_TIMELINE_CELL_WHO ? "who" : "agency");
      return;
    }

  g_object_get (self->item, "significance", &significance, "voided-reason", &voided, NULL);
  if (self->part == MASH_TIMELINE_CELL_DATE)
    tell_date (self, significance, voided);
  else if (self->part == MASH_TIMELINE_CELL_WHAT)
    tell_what (self, significance, voided);
  else
    tell_significance (self, significance);
}

static void
on_notify_cb (MashTimelineCell *self,
              GParamSpec       *pspec)
{
  if (g_strv_contains (members[self->part], pspec->name))
    tell (self);
}

/* An item that comes in place of another is told anew; an empty cell keeps its words until then. */
static void
set_item (MashTimelineCell *self,
          GObject          *item)
{
  if (self->item == item)
    return;

  g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  if (item != NULL)
    self->handler = g_signal_connect_swapped (item, "notify", G_CALLBACK (on_notify_cb), self);
  tell (self);
}

/* Drawing */

static PangoAttrList *
make_attributes (MashTimelineCell *self,
                 guint             line)
{
  PangoAttrList *list = pango_attr_list_new ();

  if (self->part == MASH_TIMELINE_CELL_DATE)
    pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  if (line == 1)
    pango_attr_list_insert (list, pango_attr_scale_new (SECOND_SCALE));
  else if (self->look == LOOK_STRONG || self->look == LOOK_CRITICAL)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (line == 0 && self->look == LOOK_CRITICAL)
    pango_attr_list_insert (list, pango_attr_scale_new (CRITICAL_SCALE));
  if (line == 0 && self->look == LOOK_STRUCK)
    pango_attr_list_insert (list, pango_attr_strikethrough_new (TRUE));

  return list;
}

static PangoLayout *
need_layout (MashTimelineCell *self,
             guint             line)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoLayout *layout = self->layouts[line];

  if (layout != NULL)
    return layout;

  layout = self->layouts[line] = gtk_widget_create_pango_layout (GTK_WIDGET (self),
                                                                 self->text[line]);
  attributes = make_attributes (self, line);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE);

  return layout;
}

static void
get_colour (MashTimelineCell *self,
            guint             line,
            GdkRGBA          *colour)
{
  static const char *const names[] = {
    NULL, NULL, "mash_dim_fg", "mash_dim_fg", "mash_accent_fg", "mash_late_fg",
  };
  const char *name = line == 1 ? "mash_dim_fg" : names[self->look];
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (name == NULL || !gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

static void
draw_line (MashTimelineCell *self,
           GtkSnapshot      *snapshot,
           guint             line,
           int               x,
           int               y)
{
  GdkRGBA colour;

  if (self->text[line] == NULL || *self->text[line] == '\0')
    return;

  get_colour (self, line, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, need_layout (self, line), &colour);
  gtk_snapshot_restore (snapshot);
}

/* The frame reaches over the edge, so that its word stands where those without a frame stand. */
static void
draw_chip (MashTimelineCell *self,
           GtkSnapshot      *snapshot,
           int               y)
{
  GskRoundedRect outline;
  GdkRGBA colour;
  int width, height;

  pango_layout_get_pixel_size (need_layout (self, 0), &width, &height);
  get_colour (self, 0, &colour);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (1 - CHIP_BESIDE, (float) (y - CHIP_ABOVE),
                                                        (float) (width + 2 * CHIP_BESIDE),
                                                        (float) (height + 2 * CHIP_ABOVE)),
                                   CHIP_RADIUS);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { colour, colour, colour, colour });
}

static int
get_line_height (MashTimelineCell *self,
                 double            scale)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font = pango_font_description_copy (
    pango_context_get_font_description (context));
  PangoFontMetrics *metrics;
  int height;

  pango_font_description_set_size (font, (int) (pango_font_description_get_size (font) * scale));
  metrics = pango_context_get_metrics (context, font, NULL);
  height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  pango_font_description_free (font);

  return height;
}

/* Overrides */

static void
mash_timeline_cell_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (widget);
  int height = gtk_widget_get_height (widget), first, second = 0, y;
  gboolean is_sign = self->part == MASH_TIMELINE_CELL_SIGNIFICANCE;

  if (self->text[0] == NULL)
    return;

  pango_layout_get_pixel_size (need_layout (self, 0), NULL, &first);
  if (has_two_lines (self))
    pango_layout_get_pixel_size (need_layout (self, 1), NULL, &second);
  y = (height - first - second) / 2;
  if (self->look == LOOK_CRITICAL)
    draw_chip (self, snapshot, y);
  draw_line (self, snapshot, 0, is_sign ? 1 : 0, y);
  if (has_two_lines (self))
    draw_line (self, snapshot, 1, 0, y + first);
}

static void
mash_timeline_cell_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = get_line_height (self, 1) * WIDTH_CHARS;
  else
    *minimum = get_line_height (self, 1) +
               (has_two_lines (self) ? get_line_height (self, SECOND_SCALE) : 0);
  *natural = *minimum;
}

static void
mash_timeline_cell_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (widget);

  for (guint i = 0; i < G_N_ELEMENTS (self->layouts); i++)
    if (self->layouts[i] != NULL)
      pango_layout_set_width (self->layouts[i], width * PANGO_SCALE);
}

/* Where the page and its clock are is known from here on. */
static void
mash_timeline_cell_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_timeline_cell_parent_class)->root (widget);
  tell (MASH_TIMELINE_CELL (widget));
}

static void
mash_timeline_cell_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_PART:
      g_value_set_enum (value, (int) self->part);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_timeline_cell_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;

    case PROP_PART:
      self->part = (MashTimelineCellPart) g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_timeline_cell_dispose (GObject *object)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (object);

  set_item (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->layouts); i++)
    g_clear_object (&self->layouts[i]);

  G_OBJECT_CLASS (mash_timeline_cell_parent_class)->dispose (object);
}

static void
mash_timeline_cell_finalize (GObject *object)
{
  MashTimelineCell *self = MASH_TIMELINE_CELL (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->text); i++)
    g_free (self->text[i]);

  G_OBJECT_CLASS (mash_timeline_cell_parent_class)->finalize (object);
}

static void
mash_timeline_cell_class_init (MashTimelineCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_timeline_cell_get_property;
  object_class->set_property = mash_timeline_cell_set_property;
  object_class->dispose = mash_timeline_cell_dispose;
  object_class->finalize = mash_timeline_cell_finalize;

  widget_class->snapshot = mash_timeline_cell_snapshot;
  widget_class->measure = mash_timeline_cell_measure;
  widget_class->size_allocate = mash_timeline_cell_size_allocate;
  widget_class->root = mash_timeline_cell_root;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PART] =
    g_param_spec_enum ("part", NULL, NULL, MASH_TYPE_TIMELINE_CELL_PART, MASH_TIMELINE_CELL_DATE,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "timelinecell");
}

static void
mash_timeline_cell_init (MashTimelineCell *self)
{
  /* It measures itself, as what has no child. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}
