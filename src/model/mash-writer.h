/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who else is in a strategy discussion now: plain data that line, service and window share. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashWriter:
 * @staff: id of somebody else who is in a discussion
 * @place: the part of it in which they write; empty for none
 * @silent: seconds since their desk was heard of
 */
typedef struct
{
  char *staff;
  char *place;
  guint silent;
} MashWriter;

MashWriter *mash_writer_new  (const char *staff,
                              const char *place,
                              guint       silent) G_GNUC_WARN_UNUSED_RESULT;
void        mash_writer_free (MashWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashWriter, mash_writer_free)

G_END_DECLS
