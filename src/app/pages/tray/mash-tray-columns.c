/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-columns.h"

/* Widths at a text scale of one; the one that is 0 takes the rest. */
static const struct
{
  int width;
  int compact_width;
  int tight_width;
} widths[] = {
  { 104, 104, 0 },   /* urgency */
  { 136, 0, 0 },     /* reference */
  { 170, 0, 0 },     /* family */
  { 0, 178, 0 },     /* family, with the reference */
  { 0, 0, 0 },       /* concern */
  { 0, 0, 0 },       /* concern, with the source */
  { 0, 0, 0 },       /* everything but the clock */
  { 122, 0, 0 },     /* from */
  { 130, 136, 0 },   /* with */
  { 220, 206, 220 }, /* clock */
};

static void
set_column (GtkColumnViewColumn *column,
            int                  width,
            gboolean             visible,
            double               scale)
{
  gtk_column_view_column_set_visible (column, visible);
  gtk_column_view_column_set_expand (column, width == 0);
  gtk_column_view_column_set_fixed_width (column, width > 0 ? (int) (width * scale) : -1);
}

/**
 * mash_tray_columns_lay_out:
 * @view: the table of a tray
 * @compact: how narrow the window is: 0, 1 or 2
 * @scale: how much larger than usual the text is
 *
 * Which of the columns are there goes by the room there is.
 */
void
mash_tray_columns_lay_out (GtkColumnView *view,
                           guint          compact,
                           double         scale)
{
  static const char *const shown[] = { "1110100111", "1001010011", "0000001001" };
  GListModel *columns = gtk_column_view_get_columns (view);

  g_return_if_fail (compact < G_N_ELEMENTS (shown));

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int width = compact == 0 ? widths[i].width
                               : compact == 1 ? widths[i].compact_width : widths[i].tight_width;

      set_column (column, width, shown[compact][i] == '1', scale);
    }
}
