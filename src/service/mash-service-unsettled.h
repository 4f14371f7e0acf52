/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the hub leaves to somebody at this desk: steps that it did not accept, fields in which two
 * people wrote different things, and what it took that does not hold. As sentences, ready to be
 * shown.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/**
 * MashUnsettled:
 * @contact: (nullable): the contact that it is about
 * @reference: (nullable): the reference of that contact
 * @title: what it is
 * @reason: why it waits for somebody
 * @written: what was written, a line a field
 * @other: (nullable): what was written besides; %NULL for a step that was not accepted
 * @group: (nullable): the step
 * @kind: (nullable): the kind of the record
 * @record: (nullable): its id
 * @field: (nullable): the field
 * @position: of the change that wrote the other value
 * @is_kept: nobody can settle it here
 * @step: (nullable): a step that its author could not send and that waits at the hub for a manager
 * @author: (nullable): id of its author
 * @digests: (nullable): by what its changes are known, with spaces between
 * @is_whole: all of it is there and signed by its author, so that it may be taken over
 */
typedef struct
{
  char    *contact;
  char    *reference;
  char    *title;
  char    *reason;
  char    *written;
  char    *other;
  char    *group;
  char    *kind;
  char    *record;
  char    *field;
  gint64   position;
  gboolean is_kept;
  char    *step;
  char    *author;
  char    *digests;
  gboolean is_whole;
} MashUnsettled;

#define MASH_TYPE_UNSETTLED (mash_unsettled_get_type ())

GType          mash_unsettled_get_type              (void) G_GNUC_CONST;
MashUnsettled *mash_unsettled_copy                  (const MashUnsettled *self) G_GNUC_WARN_UNUSED_RESULT;
void           mash_unsettled_free                  (MashUnsettled       *self);

void           mash_service_list_unsettled_async    (MashService         *self,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
GPtrArray     *mash_service_list_unsettled_finish   (MashService         *self,
                                                     GAsyncResult        *result,
                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void           mash_service_settle_async            (MashService         *self,
                                                     const MashUnsettled *unsettled,
                                                     gboolean             take_the_other,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean       mash_service_settle_finish           (MashService         *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

gboolean       mash_service_may_settle_unsent       (MashService         *self);
void           mash_service_list_waiting_async      (MashService         *self,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
GPtrArray     *mash_service_list_waiting_finish     (MashService         *self,
                                                     GAsyncResult        *result,
                                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void           mash_service_settle_unsent_async     (MashService         *self,
                                                     const MashUnsettled *unsettled,
                                                     gboolean             take_over,
                                                     const char          *reason,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean       mash_service_settle_unsent_finish    (MashService         *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashUnsettled, mash_unsettled_free)

G_END_DECLS
