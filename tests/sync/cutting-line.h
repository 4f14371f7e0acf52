/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A socket between desks and their server that cuts what passes through it, after random numbers of
 * bytes: both ends at once, or the desk's alone, so that the server goes on with what it heard
 * while the desk already speaks to it by another connection. It has a thread of its own.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CuttingLine CuttingLine;

CuttingLine *cutting_line_new      (const char  *server,
                                    guint32      seed);
void         cutting_line_free     (CuttingLine *self);
const char  *cutting_line_get      (CuttingLine *self);
void         cutting_line_set_mean (CuttingLine *self,
                                    guint        bytes);
void         cutting_line_cut      (CuttingLine *self);
guint        cutting_line_count    (CuttingLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CuttingLine, cutting_line_free)

G_END_DECLS
