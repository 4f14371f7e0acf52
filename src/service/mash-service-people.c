/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-people.h"

#include "mash-comparison.h"
#include "mash-key-reader.h"
#include "mash-service-private.h"

/* Matches */

typedef struct
{
  MashMatchesOf  of;
  char          *one;
  char          *other;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->one);
  g_free (question->other);
  g_free (question);
}

static gpointer
list_matches_job (MashStore    **store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Question *question = data;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  switch (question->of)
    {
    case MASH_MATCHES_OF_PERSON:
      return mash_store_list_matches (*store, question->one, error);

    case MASH_MATCHES_OF_CONTACT:
      return mash_store_list_contact_matches (*store, question->one, error);

    case MASH_MATCHES_PROPOSED:
    default:
      g_return_val_if_reached (NULL);
    }
}

static GArray *
list_proposal_keys (MashStore     *store,
                    gconstpointer  query,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return mash_store_list_link_proposal_keys (store, cancellable, error);
}

static GPtrArray *
list_proposals (MashStore     *store,
                gconstpointer  query,
                const gint64  *keys,
                guint          n_keys,
                GError       **error)
{
  return mash_store_list_link_proposals (store, keys, n_keys, error);
}

static const MashKeyReader proposals_reader = {
  mash_match_item_get_type, list_proposal_keys, list_proposals,
};

/**
 * mash_service_list_matches_async:
 * @self: a service, signed in
 * @of: whose matches
 * @id: (nullable): the id of the person or of the opened contact
 * @cancellable: (nullable): to stop it
 * @callback: called with the matches, MashMatchItem
 * @user_data: for @callback
 *
 * Whoever is on the list is written to the access chain. Of what is proposed each page is read, and
 * written there, when somebody comes to it; until then its items tell nothing.
 */
void
mash_service_list_matches_async (MashService         *self,
                                 MashMatchesOf        of,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Question *question;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (id != NULL || of == MASH_MATCHES_PROPOSED);

  task = mash_service_begin (self, mash_service_list_matches_async, cancellable, callback,
                             user_data);
  if (of == MASH_MATCHES_PROPOSED)
    {
      mash_key_reader_open (self, task, &proposals_reader, NULL, NULL);
      return;
    }

  question = g_new0 (Question, 1);
  question->of = of;
  question->one = g_strdup (id);
  mash_service_run_list (self, task, MASH_TYPE_MATCH_ITEM, question, question_free,
                         list_matches_job);
}

GListModel *
mash_service_list_matches_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Two people side by side */

static gpointer
compare_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Question *question = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_compare_people (*store, question->one, question->other, error) : NULL;
}

static void
on_compared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  MashPeoplePair *pair = g_task_propagate_pointer (G_TASK (result), &error);

  if (pair != NULL)
    g_task_return_pointer (task, pair, (GDestroyNotify) mash_people_pair_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mash_service_compare_people_async:
 * @self: a service, signed in
 * @one: the id of a person
 * @other: the id of another
 * @cancellable: (nullable): to stop it
 * @callback: called with the two
 * @user_data: for @callback
 *
 * Both are written to the access chain before anything of them is read.
 */
void
mash_service_compare_people_async (MashService         *self,
                                   const char          *one,
                                   const char          *other,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (one != NULL && other != NULL);

  question->one = g_strdup (one);
  question->other = g_strdup (other);
  mash_service_run (self,
                    mash_service_begin (self, mash_service_compare_people_async, cancellable,
                                        callback, user_data),
                    question, question_free, compare_job, (GDestroyNotify) mash_people_pair_free,
                    on_compared_cb);
}

/**
 * mash_service_compare_people_finish:
 * @self: a service
 * @result: a result
 * @rows: (out) (transfer full): what is known of the two, MashComparisonItem
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the two, with the reasons and what has been said of them
 */
MashMatchItem *
mash_service_compare_people_finish (MashService   *self,
                                    GAsyncResult  *result,
                                    GListModel   **rows,
                                    GError       **error)
{
  g_autoptr (MashPeoplePair) pair = NULL;
  MashItem *match;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  pair = g_task_propagate_pointer (G_TASK (result), error);
  if (pair == NULL)
    return NULL;

  *rows = mash_items_new_list (MASH_TYPE_COMPARISON_ITEM,
                               mash_comparison_list (pair, self->policy));
  match = g_object_new (MASH_TYPE_MATCH_ITEM, NULL);
  mash_item_take_row (match, g_steal_pointer (&pair->match));

  return MASH_MATCH_ITEM (match);
}
