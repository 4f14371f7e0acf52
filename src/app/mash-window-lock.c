/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include <glib/gi18n.h>

#include "mash-contact-page.h"
#include "mash-hub-sentence.h"
#include "mash-idle.h"
#include "mash-sentences.h"
#include "mash-window-private.h"

/* How often disk and clock are looked at. */
#define LOOK_SECONDS 10

/* Shows what whoever is at the desk may see now. */
void
mash_window_show_stage (MashWindow *self)
{
  gboolean signed_in = self->service != NULL && mash_service_get_signed_in (self->service);

  /* Until somebody signs in, the toolkit need not style what they will see. */
  if (signed_in)
    gtk_widget_set_visible (gtk_stack_get_child_by_name (self->stages, "desk"), TRUE);

  if (self->locking && signed_in)
    gtk_stack_set_visible_child_name (self->stages, "locking");
  else if (self->restoring && signed_in)
    gtk_stack_set_visible_child_name (self->stages, "restoring");
  else if (self->covered)
    gtk_stack_set_visible_child_name (self->stages, "covered");
  else if (signed_in)
    gtk_stack_set_visible_child_name (self->stages, "desk");
  else
    gtk_stack_set_visible_child_name (self->stages, "sign-in");
}

static void
on_locked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->locking = FALSE;
  mash_window_show_stage (self);
  if (self->leave_watch != NULL)
    mash_leave_watch_done (self->leave_watch);
  if (mash_service_lock_finish (MASH_SERVICE (source), result, &error))
    {
      if (self->left)
        mash_window_tell_left (self);
      return;
    }

  self->left = FALSE;
  sentence = mash_sentence_for_error (error);
  mash_window_say (self, sentence);
}

/* Locks: the page saves what is typed as a draft, the database is closed. What stays in memory goes
 * with the process, which the application restarts when the service says `signed-out`. The store
 * may have much to finish before, and nobody reads what was on the screen meanwhile. */
void
mash_window_lock (MashWindow *self)
{
  if (self->locking || !mash_service_get_signed_in (self->service))
    return;
  /* Nothing is on the screen then that was in the hub, and nobody is in it. */
  if (self->restoring && mash_restore_panel_is_busy (self->restore_panel))
    return;

  self->locking = TRUE;
  self->restoring = FALSE;
  self->covered = FALSE;
  mash_window_withdraw_warning (self);
  mash_window_set_page (self, MASH_PAGE (self->tray_page));
  mash_window_show_stage (self);
  mash_service_lock_async (self->service, on_locked_cb, g_object_ref (self));
}

void
mash_window_withdraw_warning (MashWindow *self)
{
  if (!self->warned)
    return;

  self->warned = FALSE;
  g_object_set (self->banner, "revealed", FALSE, NULL);
}

/* Whether the page is of a contact on which a strategy discussion has begun and not ended. */
static gboolean
is_discussing (MashWindow *self)
{
  GListModel *all = NULL;

  if (MASH_IS_CONTACT_PAGE (self->page))
    all = mash_contact_file_get_list (mash_contact_page_get_file (MASH_CONTACT_PAGE (self->page)),
                                      "strategy-discussion");
  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (all, i);

      if (mash_entity_get_text (discussion, "started-at") != NULL &&
          mash_entity_get_text (discussion, "ended-at") == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
warn (MashWindow *self,
      MashIdle    why,
      guint       seconds)
{
  g_autofree char *title = NULL;

  self->warned = TRUE;
  if (why == MASH_IDLE_WARN_LONG)
    /* Translators: %u is a number of seconds. */
    title = g_strdup_printf (ngettext ("This desk has been open for as long as it may. It locks in "
                                       "%u second; what you typed is kept.",
                                       "This desk has been open for as long as it may. It locks in "
                                       "%u seconds; what you typed is kept.", seconds), seconds);
  else
    /* Translators: %u is a number of seconds. */
    title = g_strdup_printf (ngettext ("Nobody has touched this desk. It locks in %u second; what "
                                       "you typed is kept.",
                                       "Nobody has touched this desk. It locks in %u seconds; what "
                                       "you typed is kept.", seconds), seconds);
  g_object_set (self->banner, "title", title, "warns", TRUE, "revealed", TRUE, NULL);
}

/* Warns or locks, as the policy has it. What takes long, such as a backup, is not broken off
 * because nobody touches anything meanwhile. */
static void
judge_idle (MashWindow *self)
{
  MashPolicy *policy = mash_service_get_policy (self->service);
  gint64 now = g_get_monotonic_time ();
  gboolean discussing = is_discussing (self);
  MashIdle idle;
  guint seconds;

  if (mash_service_is_at_work (self->service))
    self->active_at = MAX (self->active_at, now - mash_idle_get_grace (policy, discussing));

  idle = mash_idle_judge (policy, now - self->active_at, now - self->signed_in_at, discussing,
                          &seconds);
  if (idle == MASH_IDLE_LOCK)
    mash_window_lock (self);
  else if (idle != MASH_IDLE_STAY)
    warn (self, idle, seconds);
}

static gboolean
on_second_passed_cb (gpointer data)
{
  MashWindow *self = data;

  if (!mash_service_get_signed_in (self->service))
    return G_SOURCE_CONTINUE;

  if (++self->n_seconds % LOOK_SECONDS == 0)
    mash_window_look (self);
  if (mash_window_clock_jumped (self))
    mash_window_lock (self);
  else
    judge_idle (self);

  return G_SOURCE_CONTINUE;
}

/* The screen is locked, the computer goes to sleep, or somebody else sits down at it. */
static void
on_left_cb (MashWindow *self)
{
  gboolean signed_in = mash_service_get_signed_in (self->service);

  mash_window_lock (self);
  self->left = self->left || (signed_in && self->locking);
  if (!self->locking)
    mash_leave_watch_done (self->leave_watch);
}

/**
 * mash_window_get_left:
 * @self: a window
 *
 * Returns: whether it locked because whoever was signed in left the desk
 */
gboolean
mash_window_get_left (MashWindow *self)
{
  g_return_val_if_fail (MASH_IS_WINDOW (self), FALSE);

  return self->left;
}

/**
 * mash_window_tell_left:
 * @self: a window in which nobody is signed in
 *
 * Says to whoever comes back that the desk locked because it was left.
 */
void
mash_window_tell_left (MashWindow *self)
{
  g_autofree char *sentence = mash_sentence_for_left ();

  g_return_if_fail (MASH_IS_WINDOW (self));

  mash_sign_in_page_tell (self->sign_in_page, sentence);
}

/**
 * mash_window_tell_removed:
 * @self: a window in which nobody is signed in
 *
 * Says that the database of who was signed in was removed, because the hub said so.
 */
void
mash_window_tell_removed (MashWindow *self)
{
  g_autofree char *sentence = mash_hub_sentence_for_removed ();

  g_return_if_fail (MASH_IS_WINDOW (self));

  mash_sign_in_page_tell (self->sign_in_page, sentence);
}

/* Starts to watch for a desk that was left. */
void
mash_window_watch_idle (MashWindow *self)
{
  self->active_at = g_get_monotonic_time ();
  self->signed_in_at = self->active_at;
  self->idle_timer = g_timeout_add_seconds (1, on_second_passed_cb, self);
  self->leave_watch = mash_leave_watch_new ();
  g_signal_connect_object (self->leave_watch, "left", G_CALLBACK (on_left_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mash_window_watch_no_more (MashWindow *self)
{
  g_clear_handle_id (&self->idle_timer, g_source_remove);
  if (self->leave_watch != NULL)
    mash_leave_watch_stop (self->leave_watch);
  g_clear_object (&self->leave_watch);
}
