/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The body of a change: one flat JSON object, read strictly and written in one way only.
 *
 * Members are strings, true, false, null, or arrays of strings. Everything that parsers differ on
 * (numbers, nesting, repeated keys, lenient spellings) is refused before any value is made, so a
 * desk and a hub that read the same bytes read the same thing. It does not know what the members
 * mean; mash-change.h does.
 */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_BODY_MAX_BYTES (256 * 1024)

#define MASH_CHANGE_ERROR (mash_change_error_quark ())

/**
 * MashChangeError:
 * @MASH_CHANGE_ERROR_MALFORMED: a body or a statement has not the form that it must have
 * @MASH_CHANGE_ERROR_UNKNOWN: it names a kind or a field that this version does not know
 * @MASH_CHANGE_ERROR_TOO_LARGE: a body is larger than %MASH_BODY_MAX_BYTES
 */
typedef enum
{
  MASH_CHANGE_ERROR_MALFORMED,
  MASH_CHANGE_ERROR_UNKNOWN,
  MASH_CHANGE_ERROR_TOO_LARGE,
} MashChangeError;

GQuark      mash_change_error_quark (void);
GHashTable *mash_body_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void        mash_body_set           (GHashTable  *members,
                                     const char  *name,
                                     GVariant    *value);
char       *mash_body_write         (GHashTable  *members) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *mash_body_read          (const char  *json,
                                     gsize        length,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
