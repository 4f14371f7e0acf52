/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What kind of control a field gets, and how its value is written for people and read from them. It
 * binds nothing and keeps nothing: #MashFieldInput does.
 */

#include "mash-form-host.h"
#include "mash-kind.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_CONTROL_LINE,
  MASH_CONTROL_AREA,
  MASH_CONTROL_DATE,
  MASH_CONTROL_TIME,
  MASH_CONTROL_CHOICE,
  MASH_CONTROL_SET,
  MASH_CONTROL_TICK,
  MASH_CONTROL_CASE,
} MashControl;

MashControl  mash_control_for_field (const MashField *field,
                                     const char      *list);
char        *mash_control_dup_shown (MashControl      control,
                                     const char      *value) G_GNUC_WARN_UNUSED_RESULT;
gboolean     mash_control_read      (MashControl      control,
                                     const MashField *field,
                                     MashFormHost    *host,
                                     const char      *typed,
                                     char           **value,
                                     const char     **remark);
GListModel  *mash_control_make_choices (const MashField *field,
                                        const char   *list,
                                        MashFormHost *host,
                                        const char   *kept) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget   *mash_control_make      (MashControl      control,
                                     const MashField *field,
                                     const char      *label) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget   *mash_control_get_focused (GtkWidget     *widget);
char        *mash_control_dup_value (MashControl       control,
                                     GObject          *object,
                                     const char       *field) G_GNUC_WARN_UNUSED_RESULT;
void         mash_control_show_chosen (GtkWidget      *widget,
                                       GObject        *object,
                                       const char     *field,
                                       const char     *value);
void         mash_control_write_chosen (GtkWidget     *widget,
                                        GObject       *object,
                                        const char    *field);
const char  *mash_control_get_unread (MashFormHost    *host,
                                      GObject         *object,
                                      const char      *field);
void         mash_control_keep_unread (MashFormHost   *host,
                                       GObject        *object,
                                       const char     *field,
                                       const char     *typed);

G_END_DECLS
