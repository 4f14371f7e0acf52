/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Names for assistive technology, as the tests count them: what takes the focus has one, and so
 * has every cell of a table. What belongs to the toolkit and never speaks stands, with the reason,
 * in tests/data/accessible-exceptions.txt. */

#include <gtk/gtk.h>

guint accessible_names_count_missing (GtkWidget *widget);
