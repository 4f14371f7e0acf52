/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-deeds.h"

#include <glib/gi18n.h>

#include "mash-assign.h"
#include "mash-question.h"

/**
 * mash_tray_open:
 * @page: the page of a tray
 * @line: a line of it
 *
 * Opens the contact; where a signature under the record of a discussion is awaited, at that.
 */
void
mash_tray_open (MashPage     *page,
                MashTrayLine *line)
{
  g_autofree char *contact = NULL;
  g_autofree char *discussion = NULL;
  g_autofree char *place = NULL;

  g_object_get (mash_tray_line_get_item (line), "contact", &contact, "discussion", &discussion,
                NULL);
  if (contact != NULL && discussion == NULL)
    mash_page_go (page, "win.open-contact", contact);
  if (contact == NULL || discussion == NULL)
    return;

  place = g_strdup_printf ("%s %s signing", contact, discussion);
  mash_page_go (page, "win.open-discussion", place);
}

/* A deed under way on a contact of a page. */
typedef struct
{
  MashPage *page;
  char     *contact;
} Deed;

static Deed *
deed_new (MashPage   *page,
          const char *contact)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->page = g_object_ref (page);
  deed->contact = g_strdup (contact);

  return deed;
}

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->page);
  g_free (deed->contact);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static void
on_taken_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  GError *error = NULL;

  if (mash_assign_finish (result, &error))
    mash_page_say_undo (deed->page, _("It is with you now"), "release", deed->contact);
  else
    mash_page_say_error (deed->page, error);
}

/**
 * mash_tray_take:
 * @page: the page of a tray
 * @contact: the id of a contact
 *
 * Puts the contact into the hands of whoever is signed in, and offers to take that back.
 */
void
mash_tray_take (MashPage   *page,
                const char *contact)
{
  MashService *service = mash_page_get_service (page);

  mash_assign_async (service, contact, "take", mash_service_get_actor (service)->person,
                     on_taken_cb, deed_new (page, contact));
}

static void
on_marked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    mash_page_say (deed->page, _("Significant harm is marked; the clock runs"));
  else
    mash_page_say_error (deed->page, error);
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (MashGroup) group = NULL;
  MashService *service = mash_page_get_service (deed->page);

  if (!mash_question_ask_finish (result))
    return;

  group = mash_group_new ("mark-harm", deed->contact);
  mash_service_submit_async (service, group, NULL, on_marked_cb, g_steal_pointer (&deed));
}

/**
 * mash_tray_mark_harm:
 * @page: the page of a tray
 * @contact: the id of a contact
 *
 * Asks first, for a clock that has started is stopped and never taken back.
 */
void
mash_tray_mark_harm (MashPage   *page,
                     const char *contact)
{
  mash_question_ask_async (GTK_WIDGET (page),
                           _("Mark significant harm?"),
                           _("The contact becomes Red, and the clock to a strategy discussion "
                             "starts now. A clock is stopped, never taken back."),
                           _("_Mark harm"), TRUE,
                           on_answered_cb, deed_new (page, contact));
}
