/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A section of a form: its number and heading, and under them what the template puts there.
 *
 * Properties: number (string), title.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_FORM_SECTION (mash_form_section_get_type ())

G_DECLARE_FINAL_TYPE (MashFormSection, mash_form_section, MASH, FORM_SECTION, GtkBox)

const char *mash_form_section_get_title (MashFormSection *self);

G_END_DECLS
