/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keeps what is typed in an open contact: as a draft shortly after typing stops, at every change
 * of focus and before anything is five seconds old; as changes when a section is left or a deed is
 * done.
 *
 * Property `state` says what the head of the page shows. It shows nothing itself.
 */

#include "mash-service.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_AUTOSAVE_IDLE,
  MASH_AUTOSAVE_TYPING,
  MASH_AUTOSAVE_SAVING,
  MASH_AUTOSAVE_FAILED,
} MashAutosaveState;

/* What it waits by: @start calls @due with its data once so many milliseconds are over, and gives a
 * number that is not 0, by which @stop ends the wait. */
typedef struct
{
  guint  (*start) (gpointer        data,
                   guint           milliseconds,
                   GSourceOnceFunc due,
                   gpointer        due_data);
  void   (*stop)  (gpointer        data,
                   guint           id);
  gpointer data;
} MashAutosaveTimers;

#define MASH_TYPE_AUTOSAVE (mash_autosave_get_type ())

G_DECLARE_FINAL_TYPE (MashAutosave, mash_autosave, MASH, AUTOSAVE, GObject)

MashAutosave      *mash_autosave_new           (MashService         *service,
                                                MashContactFile     *file)
                                                G_GNUC_WARN_UNUSED_RESULT;
void               mash_autosave_set_timers    (MashAutosave        *self,
                                                const MashAutosaveTimers
                                                                    *timers);
MashAutosaveState  mash_autosave_get_state     (MashAutosave        *self);
void               mash_autosave_typed         (MashAutosave        *self);
void               mash_autosave_keep_draft    (MashAutosave        *self);
MashGroup         *mash_autosave_dup_group     (MashAutosave        *self,
                                                const char          *deed)
                                                G_GNUC_WARN_UNUSED_RESULT;
void               mash_autosave_submit_async  (MashAutosave        *self,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean           mash_autosave_submit_finish (MashAutosave        *self,
                                                GAsyncResult        *result,
                                                GError             **error);

G_END_DECLS
