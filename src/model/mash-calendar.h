/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A calendar of the policy: which days are worked, and when its desk is open.
 *
 * Working days are Monday to Friday without the holidays it was given. Opening hours are local
 * time, by weekday; no hours means closed, and it is closed on holidays. A calendar is built by one
 * thread, then only read, by any. It knows no holiday by itself.
 */

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _MashCalendar MashCalendar;

#define MASH_TYPE_CALENDAR (mash_calendar_get_type ())

GType         mash_calendar_get_type         (void) G_GNUC_CONST;
MashCalendar *mash_calendar_new              (const char   *id) G_GNUC_WARN_UNUSED_RESULT;
MashCalendar *mash_calendar_ref              (MashCalendar *self);
void          mash_calendar_unref            (MashCalendar *self);
const char   *mash_calendar_get_id           (MashCalendar *self);

gboolean      mash_calendar_add_holiday      (MashCalendar *self,
                                              const char   *date);
gboolean      mash_calendar_set_hours        (MashCalendar *self,
                                              guint         weekday,
                                              guint         from_minute,
                                              guint         to_minute);
gboolean      mash_calendar_has_hours        (MashCalendar *self);

gboolean      mash_calendar_is_working_day   (MashCalendar *self,
                                              const char   *date);
gboolean      mash_calendar_works_on         (MashCalendar *self,
                                              int           day);
gint64        mash_calendar_add_working_days (MashCalendar *self,
                                              gint64        from,
                                              guint         n);
gint64        mash_calendar_get_open_time    (MashCalendar *self,
                                              gint64        from,
                                              gint64        to);
gint64        mash_calendar_add_open_time    (MashCalendar *self,
                                              gint64        from,
                                              gint64        length);
gint64        mash_calendar_find_closing     (MashCalendar *self,
                                              gint64        from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashCalendar, mash_calendar_unref)

G_END_DECLS
