/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A desk to do work on while something breaks, and what it says of the work through a pipe.
 *
 * Its root holds the folder `desk`, with the hub, and `elsewhere`, for what is copied out of it.
 * What it has acknowledged is one line each, written only when the store has said that it is done:
 * the ends of both chains, drafts, passphrases. Whoever looks afterwards holds the files to that.
 */

#include "mash-store-private.h"

G_BEGIN_DECLS

#define FAULT_WORKER "worker"
#define FAULT_MANAGER "manager"
#define FAULT_ADMINISTRATOR "administrator"

/* In the root of a desk that is restored or rescued: what its database is before it is put aside,
 * and the lines of what was acknowledged of one that nobody opens before. */
#define FAULT_ORIGINAL "original"
#define FAULT_HEADS "heads"

typedef struct
{
  char       *root;
  char       *folder;
  char       *elsewhere;
  MashPolicy *policy;
  MashStore  *store;
  int         said;       /* where it says what is done; -1: nowhere */
  guint       turn;       /* how many times work was done in this process */
  char       *passphrase; /* the worker’s, as it was changed last */
  char       *contact;    /* what the next work is on, and what it does; found beforehand */
  MashGroup  *group;
} FaultDesk;

void         fault_desk_init          (FaultDesk    *desk,
                                       const char   *root);
void         fault_desk_clear         (FaultDesk    *desk);
void         fault_desk_make_template (const char   *root,
                                       const char   *name);
void         fault_desk_copy          (const char   *from,
                                       const char   *to);
void         fault_desk_remove        (const char   *path);

gboolean     fault_desk_open          (FaultDesk    *desk,
                                       const char   *sign_in,
                                       GError      **error);
gboolean     fault_desk_open_with     (FaultDesk    *desk,
                                       const char   *sign_in,
                                       const char   *text,
                                       GError      **error);
gboolean     fault_desk_close         (FaultDesk    *desk,
                                       GError      **error);
MashSecret  *fault_desk_passphrase    (const char   *text) G_GNUC_WARN_UNUSED_RESULT;
char        *fault_desk_dup_checksum  (const char   *path) G_GNUC_WARN_UNUSED_RESULT;
char        *fault_desk_find          (FaultDesk    *desk,
                                       const char   *state) G_GNUC_WARN_UNUSED_RESULT;
void         fault_desk_say           (FaultDesk    *desk,
                                       const char   *format,
                                       ...) G_GNUC_PRINTF (2, 3);
void         fault_desk_acknowledge   (FaultDesk    *desk);

G_END_DECLS
