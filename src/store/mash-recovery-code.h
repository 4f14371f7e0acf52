/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The code that stands in for a passphrase that was forgotten: 24 letters and digits, in groups of
 * four, easy to copy from paper. Any thread.
 */

#include "mash-secret.h"

G_BEGIN_DECLS

#define MASH_RECOVERY_CODE_LETTERS 24

MashSecret *mash_recovery_code_new  (void) G_GNUC_WARN_UNUSED_RESULT;
MashSecret *mash_recovery_code_read (MashSecret  *typed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
