/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-strip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-text.h"
#include "mash-time.h"
#include "mash-timeline-months.h"
#include "mash-timeline-signs.h"
#include "mash-words.h"

/* In parts of the height of a line of text, so that all of it grows with the text. */
#define LANE_HEIGHT  1.45
#define NAMES_WIDTH  8.6
#define LABEL_EVERY  5.0

/* The pixels beyond the last day. */
#define RIGHT 16

/* The least that the strip spans, so that a week's history is not stretched over a screen. */
#define DAYS_MIN 365

struct _MashTimelineStrip
{
  GtkWidget      parent_instance;

  GPtrArray     *lanes;
  GskRenderNode *still;    /* what stays while the list scrolls, NULL until it is drawn */
  GArray        *months;   /* of int: months with something in them, years × 12 + month − 1 */
  char          *words;
  double         line;     /* height of a line of text, 0 until it is asked for */
  gint64         shown_from;
  gint64         shown_to;
  double         part[2];  /* of the years that is shown, as it was drawn last, in pixels */
  int            first;    /* days since 1970 */
  int            last;
  guint          month;    /* the cursor, an index of months */
  guint          lane;
  gint64         now;
};

G_DEFINE_FINAL_TYPE (MashTimelineStrip, mash_timeline_strip, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where things are */

/* Asked several times in each frame, and found out once for each font. */
static double
get_line (MashTimelineStrip *self)
{
  PangoContext *context;
  PangoFontMetrics *metrics;

  if (self->line > 0)
    return self->line;

  context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  metrics = pango_context_get_metrics (context, NULL, NULL);
  self->line = MAX (PANGO_PIXELS (pango_font_metrics_get_height (metrics)), 8);
  pango_font_metrics_unref (metrics);

  return self->line;
}

static double
get_left (MashTimelineStrip *self)
{
  return mash_timeline_snap (NAMES_WIDTH * get_line (self));
}

static double
get_lane_height (MashTimelineStrip *self)
{
  return mash_timeline_snap (LANE_HEIGHT * get_line (self));
}

static double
day_to_x (MashTimelineStrip *self,
          double             day)
{
  double left = get_left (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - left - RIGHT;

  return left + width * (day - self->first) / MAX (self->last - self->first, 1);
}

static int
x_to_day (MashTimelineStrip *self,
          double             x)
{
  double left = get_left (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - left - RIGHT;

  return self->first + (int) ((x - left) / MAX (width, 1) * (self->last - self->first));
}

static const MashTimelineLane *
get_lane (MashTimelineStrip *self,
          guint              i)
{
  return g_ptr_array_index (self->lanes, i);
}

static char *
dup_name (MashTimelineStrip      *self,
          const MashTimelineLane *lane)
{
  g_autofree char *age = NULL;
  g_autofree char *name = NULL;

  if (lane->person == NULL)
    return g_strdup (_("Household"));

  name = lane->name != NULL ? mash_text_dup_visible (lane->name)
                            : g_strdup (lane->child && lane->birth == NULL ? _("Unborn")
                                                                           : _("Name not known"));
  age = lane->child && lane->birth != NULL ? mash_words_age (lane->birth, self->now) : NULL;

  /* Translators: a child’s name and age, such as “Ellie, 6”. */
  return age != NULL && *age != '\0' ? g_strdup_printf (_("%s, %s"), name, age)
                                     : g_steal_pointer (&name);
}

/* Words */

/* What is under the cursor, for whoever hears it. */
static void
tell (MashTimelineStrip *self)
{
  g_autoptr (GString) words = g_string_new (_("Overview of the years"));
  guint n = 0, n_critical = 0;

  if (self->months->len > 0 && self->lane < self->lanes->len)
    {
      const MashTimelineLane *lane = get_lane (self, self->lane);
      int month = g_array_index (self->months, int, self->month);
      int from = mash_timeline_month_start (month), to = mash_timeline_month_start (month + 1);
      g_autofree char *date = g_strdup_printf ("%04d-%02d", month / 12, month % 12 + 1);
      g_autofree char *when = mash_words_date (date);
      g_autofree char *name = dup_name (self, lane);

      for (guint i = 0; i < lane->marks->len; i++)
        {
          const MashTimelineMark *mark = &g_array_index (lane->marks, MashTimelineMark, i);

          if (mark->day < from || mark->day >= to)
            continue;
          n += mark->n;
          n_critical += mark->weight == 2;
        }
      g_string_append_printf (words, ": %s, %s, ", when, name);
      g_string_append_printf (words, ngettext ("%u entry", "%u entries", n), n);
      if (n_critical > 0)
        g_string_append_printf (words, ", %s", _("critical among them"));
    }

  g_free (self->words);
  self->words = g_string_free (g_steal_pointer (&words), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->words, -1);
}

/* Drawing */

static void
get_colour (MashTimelineStrip *self,
            const char        *name,
            GdkRGBA           *colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

static void
draw_text (MashTimelineStrip *self,
           GtkSnapshot       *snapshot,
           const char        *text,
           gboolean           bold,
           double             x,
           double             y,
           double             width,
           const GdkRGBA     *colour)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.86));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
fill (GtkSnapshot   *snapshot,
      double         x,
      double         y,
      double         width,
      double         height,
      const GdkRGBA *colour)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                                                  (float) height));
}

/* How many months lie between two labels, so that they do not run into each other. */
static int
choose_step (MashTimelineStrip *self)
{
  static const int steps[] = { 1, 3, 6, 12, 24, 60, 120, 240, 1200 };
  double month = (day_to_x (self, self->first + 30.4) - day_to_x (self, self->first));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (month * steps[i] >= LABEL_EVERY * get_line (self))
      return steps[i];

  return 1200;
}

static void
draw_months (MashTimelineStrip *self,
             GtkSnapshot       *snapshot,
             double             height)
{
  int step = choose_step (self);
  int month = (mash_timeline_month_of (self->first) + step - 1) / step * step;
  double head = get_lane_height (self);
  gboolean first = TRUE;
  GdkRGBA line, dim;

  while (mash_timeline_month_start (month) < self->first)
    month += step;

  get_colour (self, "mash_line", &line);
  get_colour (self, "mash_dim_fg", &dim);
  for (; mash_timeline_month_start (month) < self->last; month += step, first = FALSE)
    {
      gboolean year = first || month % 12 == 0;
      g_autofree char *date = step >= 12
                              ? g_strdup_printf ("%04d", month / 12)
                              : g_strdup_printf ("%04d-%02d", month / 12, month % 12 + 1);
      g_autofree char *words = mash_words_date (date);
      double x = mash_timeline_snap (day_to_x (self, mash_timeline_month_start (month)));

      if (!year && step < 12)
        words[strcspn (words, " ")] = '\0';
      fill (snapshot, x, head * .85, 1, height - head * .85, &line);
      draw_text (self, snapshot, words, FALSE, x + 4, head * .12, -1, &dim);
    }
}

/* The part of the years that the list shows, in pixels. */
static void
find_part (MashTimelineStrip *self,
           double             part[2])
{
  double from = day_to_x (self, (double) self->shown_from / MASH_TIME_DAY);
  double to = day_to_x (self, (double) self->shown_to / MASH_TIME_DAY);

  part[0] = MAX (mash_timeline_snap (from) - 3, get_left (self));
  part[1] = mash_timeline_snap (to) + 4;
}

static void
draw_shown (MashTimelineStrip *self,
            GtkSnapshot       *snapshot,
            double             height)
{
  double from, to, head = get_lane_height (self) * .85;
  GdkRGBA ground, edge;

  find_part (self, self->part);
  if (self->shown_to == 0)
    return;

  from = self->part[0];
  to = self->part[1];
  get_colour (self, "mash_sel_bg", &ground);
  get_colour (self, "mash_accent_fg", &edge);
  fill (snapshot, from, head, to - from, height - head, &ground);
  fill (snapshot, from, head, 2, height - head, &edge);
  fill (snapshot, to - 2, head, 2, height - head, &edge);
}

static void
draw_cursor (MashTimelineStrip *self,
             GtkSnapshot       *snapshot)
{
  double lane = get_lane_height (self);
  GskRoundedRect outline;
  GdkRGBA edge;
  double from, to;
  int month;

  if (!gtk_widget_has_visible_focus (GTK_WIDGET (self)) || self->months->len == 0)
    return;

  month = g_array_index (self->months, int, self->month);
  from = day_to_x (self, mash_timeline_month_start (month)) - 4;
  to = MAX (day_to_x (self, mash_timeline_month_start (month + 1)) + 4, from + 16);
  get_colour (self, "mash_accent_fg", &edge);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) from,
                                                        (float) (lane * (self->lane + 1) + 1),
                                                        (float) (to - from), (float) (lane - 2)),
                                   4);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { edge, edge, edge, edge });
}

static void
draw_signs (MashTimelineStrip *self,
            GtkSnapshot       *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  MashTimelineSigns signs = {
    .width = width, .height = height, .left = get_left (self),
    .span = width - get_left (self) - RIGHT, .first = self->first, .last = self->last,
    .lane = get_lane_height (self), .size = get_line (self) * .22,
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };

  get_colour (self, "mash_dim_fg", &signs.colours[0]);
  get_colour (self, "mash_accent_fg", &signs.colours[1]);
  get_colour (self, "mash_late_fg", &signs.colours[2]);
  get_colour (self, "view_bg_color", &signs.ground);
  mash_timeline_signs_snapshot (&signs, self->lanes, snapshot);
}

/* Years, names, lines and signs. */
static GskRenderNode *
draw_still (MashTimelineStrip *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkWidget *widget = GTK_WIDGET (self);
  double height = gtk_widget_get_height (widget), width = gtk_widget_get_width (widget);
  double lane_height = get_lane_height (self), line = get_line (self);
  GdkRGBA rule, ink;

  get_colour (self, "mash_line", &rule);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  draw_months (self, snapshot, height);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      const MashTimelineLane *lane = get_lane (self, i);
      g_autofree char *name = dup_name (self, lane);
      double y = lane_height * (i + 1);

      draw_text (self, snapshot, name, lane->child, 16, y + (lane_height - line) / 2,
                 get_left (self) - 24, &ink);
      fill (snapshot, 0, y + lane_height - 1, width, 1, &rule);
    }
  draw_signs (self, snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

static void
forget_still (MashTimelineStrip *self)
{
  g_clear_pointer (&self->still, gsk_render_node_unref);
  self->line = 0;
}

static void
mash_timeline_strip_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  MashTimelineStrip *self = MASH_TIMELINE_STRIP (widget);

  if (self->still == NULL)
    self->still = draw_still (self);
  draw_shown (self, snapshot, gtk_widget_get_height (widget));
  if (self->still != NULL)
    gtk_snapshot_append_node (snapshot, self->still);
  draw_cursor (self, snapshot);
}

static void
mash_timeline_strip_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  forget_still (MASH_TIMELINE_STRIP (widget));
}

static void
mash_timeline_strip_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mash_timeline_strip_parent_class)->css_changed (widget, change);
  forget_still (MASH_TIMELINE_STRIP (widget));
}

static void
mash_timeline_strip_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  MashTimelineStrip *self = MASH_TIMELINE_STRIP (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int) get_left (self) + 120;
  else
    *minimum = *natural = mash_timeline_strip_get_height_of (self, self->lanes->len);
}

/* Keys and pointer */

static void
choose (MashTimelineStrip *self,
        int                day)
{
  g_signal_emit (self, signals[CHOSEN], 0, mash_time_from_local_day (day + 1, 0) - 1);
}

static void
move_to (MashTimelineStrip *self,
         int                month,
         int                lane)
{
  self->month = (guint) CLAMP (month, 0, MAX ((int) self->months->len - 1, 0));
  self->lane = (guint) CLAMP (lane, 0, MAX ((int) self->lanes->len - 1, 0));
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The first month in which something happened in another year. */
static int
find_year (MashTimelineStrip *self,
           int                step)
{
  int i = (int) self->month;
  int year = g_array_index (self->months, int, i) / 12;

  while (i + step >= 0 && i + step < (int) self->months->len &&
         g_array_index (self->months, int, i) / 12 == year)
    i += step;

  return i;
}

static gboolean
on_key_cb (MashTimelineStrip *self,
           guint              key,
           guint              code,
           GdkModifierType    state)
{
  gboolean far = (state & GDK_CONTROL_MASK) != 0;
  int month = (int) self->month, lane = (int) self->lane;

  if (self->months->len == 0)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Left:
      move_to (self, far ? find_year (self, -1) : month - 1, lane);
      return TRUE;

    case GDK_KEY_Right:
      move_to (self, far ? find_year (self, 1) : month + 1, lane);
      return TRUE;

    case GDK_KEY_Up:
      move_to (self, month, lane - 1);
      return TRUE;

    case GDK_KEY_Down:
      move_to (self, month, lane + 1);
      return TRUE;

    case GDK_KEY_Home:
      move_to (self, 0, lane);
      return TRUE;

    case GDK_KEY_End:
      move_to (self, (int) self->months->len - 1, lane);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      month = g_array_index (self->months, int, self->month);
      choose (self, mash_timeline_month_start (month + 1) - 1);
      return TRUE;

    default:
      return FALSE;
    }
}

static void
on_pressed_cb (MashTimelineStrip *self,
               int                n_press,
               double             x,
               double             y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->months->len > 0 && x >= get_left (self))
    choose (self, CLAMP (x_to_day (self, x), self->first, self->last));
}

static gboolean
on_tooltip_cb (MashTimelineStrip *self,
               int                x,
               int                y,
               gboolean           keyboard,
               GtkTooltip        *tooltip)
{
  g_autofree char *date = NULL;
  g_autofree char *words = NULL;

  if (keyboard || x < get_left (self) || self->months->len == 0)
    return FALSE;

  date = mash_date_format (x_to_day (self, x));
  words = mash_words_date (date);
  gtk_tooltip_set_text (tooltip, words);

  return TRUE;
}

/* Overrides */

static void
mash_timeline_strip_finalize (GObject *object)
{
  MashTimelineStrip *self = MASH_TIMELINE_STRIP (object);

  forget_still (self);
  g_ptr_array_unref (self->lanes);
  g_array_unref (self->months);
  g_free (self->words);

  G_OBJECT_CLASS (mash_timeline_strip_parent_class)->finalize (object);
}

static void
mash_timeline_strip_class_init (MashTimelineStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mash_timeline_strip_finalize;

  widget_class->measure = mash_timeline_strip_measure;
  widget_class->snapshot = mash_timeline_strip_snapshot;
  widget_class->size_allocate = mash_timeline_strip_size_allocate;
  widget_class->css_changed = mash_timeline_strip_css_changed;

  gtk_widget_class_set_css_name (widget_class, "timelinestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
mash_timeline_strip_init (MashTimelineStrip *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->lanes = g_ptr_array_new ();
  self->months = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_tooltip_cb), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_still), NULL);
  tell (self);
}

/* From the first to the last day of all lanes, and the months in which something happened. */
static void
find_span (MashTimelineStrip *self)
{
  int today = mash_time_get_local_day (self->now);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  self->first = self->last = today;
  g_array_set_size (self->months, 0);
  for (guint i = 0; i < self->lanes->len; i++)
    {
      const MashTimelineLane *lane = get_lane (self, i);

      for (guint k = 0; k < lane->marks->len; k++)
        {
          int day = g_array_index (lane->marks, MashTimelineMark, k).day;
          int month = mash_timeline_month_of (day);

          self->first = MIN (self->first, day);
          self->last = MAX (self->last, day);
          if (g_hash_table_add (seen, GINT_TO_POINTER (month)))
            g_array_append_val (self->months, month);
        }
    }
  g_array_sort (self->months, mash_timeline_compare_months);
  self->last += 1 + (self->last - self->first) / 40;
  self->first = MIN (self->first - 15, self->last - DAYS_MIN);
}

/**
 * mash_timeline_strip_set_lanes:
 * @self: a strip
 * @lanes: (element-type MashTimelineLane): what is to be drawn, from above
 * @now: microseconds since 1970
 */
void
mash_timeline_strip_set_lanes (MashTimelineStrip *self,
                               GPtrArray         *lanes,
                               gint64             now)
{
  g_return_if_fail (MASH_IS_TIMELINE_STRIP (self));

  g_ptr_array_ref (lanes);
  g_ptr_array_unref (self->lanes);
  self->lanes = lanes;
  self->now = now;
  forget_still (self);
  find_span (self);
  move_to (self, (int) self->months->len - 1, (int) self->lane);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * mash_timeline_strip_set_shown:
 * @self: a strip
 * @from: the earliest time that the list shows, in microseconds since 1970
 * @to: the latest; 0 where it shows nothing
 */
void
mash_timeline_strip_set_shown (MashTimelineStrip *self,
                               gint64             from,
                               gint64             to)
{
  gboolean was_empty;
  double part[2];

  g_return_if_fail (MASH_IS_TIMELINE_STRIP (self));

  if (self->shown_from == from && self->shown_to == to)
    return;

  was_empty = self->shown_to == 0;
  self->shown_from = from;
  self->shown_to = to;
  find_part (self, part);
  /* A list of many years scrolls far before its part of them moves by a pixel. */
  if (was_empty || to == 0 || part[0] != self->part[0] || part[1] != self->part[1])
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How many pixels high a strip of so many lanes is, with text as large as it is. */
int
mash_timeline_strip_get_height_of (MashTimelineStrip *self,
                                   guint              n_lanes)
{
  g_return_val_if_fail (MASH_IS_TIMELINE_STRIP (self), 0);
  return (int) (get_lane_height (self) * (n_lanes + 1)) + 4;
}
