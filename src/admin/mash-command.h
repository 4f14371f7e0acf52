/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The commands of mash-admin: one function each, named in one table.
 *
 * A command does its work through the service and waits for it; there is no window that could stand
 * still. It prints what was done on standard output and one sentence on standard error when it
 * could not be.
 */

#include "mash-service.h"
#include "mash-training.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_EXIT_DONE = 0,
  MASH_EXIT_REFUSED = 1,
  MASH_EXIT_USAGE = 2,
} MashExit;

/* What stands before the command's own arguments. */
typedef struct
{
  const char *program;
  const char *data;            /* folder of the hub, NULL for the desk's own */
  const char *as;              /* who signs in, NULL for a training hub's manager */
  const char *passphrase_file; /* NULL: a training hub's own, else the terminal */
} MashGlobals;

typedef struct
{
  const char *name;
  const char *usage;
  const char *summary;
  MashExit  (*run) (const MashGlobals *globals,
                    int                argc,
                    char             **argv);
} MashCommand;

MashExit mash_command_backup      (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_desk        (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_hub         (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_hub_staff   (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_make_town   (const char             *folder,
                                   const MashTrainingPlan *plan,
                                   MashTrainingProgress    progress);
MashExit mash_command_start_town  (const char         *folder);
MashExit mash_command_stop_town   (const char         *folder);
MashExit mash_command_push_policy (const char         *file,
                                   const char         *server);
MashExit mash_command_import      (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_key         (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_policy      (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_report      (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_restore     (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_staff       (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_training    (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);
MashExit mash_command_verify      (const MashGlobals  *globals,
                                   int                 argc,
                                   char              **argv);

MashExit mash_command_fail        (const GError       *error);
MashExit mash_command_misuse      (const MashGlobals  *globals,
                                   const char         *sentence);
MashService *
         mash_command_sign_in     (const MashGlobals  *globals,
                                   GError            **error) G_GNUC_WARN_UNUSED_RESULT;

MashService *
         mash_command_sign_in_with (const MashGlobals *globals,
                                   char               *page,
                                   GError            **error) G_GNUC_WARN_UNUSED_RESULT;
MashService *
         mash_command_prepare     (const MashGlobals  *globals,
                                   char               *page,
                                   char              **sign_in,
                                   GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mash_command_read_words  (const char         *file,
                                   const char         *prompt,
                                   char               *page);
gboolean mash_command_at_terminal (void);
void     mash_command_close       (void);
const char *
         mash_command_get_folder  (const MashGlobals  *globals);
MashService *
         mash_command_new_service (const MashGlobals  *globals) G_GNUC_WARN_UNUSED_RESULT;
char    *mash_command_lock_page   (void) G_GNUC_WARN_UNUSED_RESULT;
void     mash_command_wipe_page   (char               *page);

G_END_DECLS
