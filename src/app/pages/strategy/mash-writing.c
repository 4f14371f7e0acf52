/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-writing.h"

#include <glib/gi18n-lib.h>

#include "mash-service-hub.h"
#include "mash-set-str.h"
#include "mash-value-words.h"
#include "mash-words.h"

/* How often it is asked, and after how long somebody who was not heard of is not there. */
#define ASK_MS       2000
#define SILENT_AFTER 15

struct _MashWriting
{
  GObject      parent_instance;

  /* Owned */
  MashService *service;
  GPtrArray   *writers;     /* of MashWriter; NULL where nothing is known */
  char        *discussion;  /* NULL while none is followed */
  char        *place;

  guint        timer;
  guint        round;       /* what was asked before another discussion was followed is of no use */

  guint        asking : 1;
  guint        again : 1;   /* somewhere else since it was asked */
  guint        deaf : 1;    /* the hub does not know the question */
};

G_DEFINE_FINAL_TYPE (MashWriting, mash_writing, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  MashWriting *self;
  guint        round;
} Question;

static void ask (MashWriting *self);

static gboolean
is_near (MashWriting *self)
{
  return mash_service_get_hub_reading (self->service)->state == MASH_HUB_NEAR;
}

/* A hub that is away is asked again; one that refuses is not. */
static void
on_answer_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (MashWriting) self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) writers = mash_service_tell_writing_finish (MASH_SERVICE (source), result,
                                                                    &error);
  gboolean is_of_now = question->round == self->round;

  g_free (question);
  if (!is_of_now)
    return;

  self->asking = FALSE;
  self->deaf = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  mash_writing_take (self, writers);
  if (self->again)
    ask (self);
}

static void
ask (MashWriting *self)
{
  Question *question;

  self->again = self->asking;
  if (self->asking || self->deaf || self->discussion == NULL)
    return;
  if (!is_near (self))
    {
      mash_writing_take (self, NULL);
      return;
    }

  self->asking = TRUE;
  question = g_new (Question, 1);
  *question = (Question) { g_object_ref (self), self->round };
  mash_service_tell_writing_async (self->service, self->discussion, self->place, on_answer_cb,
                                   question);
}

static gboolean
on_timer_cb (gpointer data)
{
  ask (data);

  return G_SOURCE_CONTINUE;
}

/* Nobody waits for what the hub says to a farewell. */
static void
on_left_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      unused)
{
  GPtrArray *others = mash_service_tell_writing_finish (MASH_SERVICE (source), result, NULL);

  g_clear_pointer (&others, g_ptr_array_unref);
}

static void
leave (MashWriting *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->discussion != NULL && !self->deaf && is_near (self))
    mash_service_tell_writing_async (self->service, NULL, NULL, on_left_cb, NULL);
  g_clear_pointer (&self->discussion, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->writers, g_ptr_array_unref);
  self->round++;
  self->asking = FALSE;
  self->again = FALSE;
  self->deaf = FALSE;
}

static void
mash_writing_dispose (GObject *object)
{
  MashWriting *self = MASH_WRITING (object);

  if (self->service != NULL)
    leave (self);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (mash_writing_parent_class)->dispose (object);
}

static void
mash_writing_class_init (MashWritingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mash_writing_dispose;

  signals[CHANGED] = g_signal_new ("changed", MASH_TYPE_WRITING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
mash_writing_init (MashWriting *self)
{
}

/**
 * mash_writing_new:
 * @service: a service, signed in
 *
 * Returns: (transfer full): what follows no discussion yet
 */
MashWriting *
mash_writing_new (MashService *service)
{
  MashWriting *self = g_object_new (MASH_TYPE_WRITING, NULL);

  self->service = g_object_ref (service);

  return self;
}

/**
 * mash_writing_follow:
 * @self: who is writing where
 * @discussion: (nullable): the id of the discussion that is shown; %NULL for none any more, which
 *   the hub is told too
 */
void
mash_writing_follow (MashWriting *self,
                     const char  *discussion)
{
  g_return_if_fail (MASH_IS_WRITING (self));

  if (g_strcmp0 (self->discussion, discussion) == 0)
    return;

  leave (self);
  self->discussion = g_strdup (discussion);
  if (discussion != NULL)
    {
      self->timer = g_timeout_add (ASK_MS, on_timer_cb, self);
      ask (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * mash_writing_move:
 * @self: who is writing where
 * @place: (nullable): the part of the discussion in which somebody writes here; %NULL for none
 */
void
mash_writing_move (MashWriting *self,
                   const char  *place)
{
  g_return_if_fail (MASH_IS_WRITING (self));

  if (mash_set_str (&self->place, place))
    ask (self);
}

/**
 * mash_writing_get_place:
 * @self: who is writing where
 *
 * Returns: (nullable): where somebody writes here
 */
const char *
mash_writing_get_place (MashWriting *self)
{
  g_return_val_if_fail (MASH_IS_WRITING (self), NULL);

  return self->place;
}

/**
 * mash_writing_take:
 * @self: who is writing where
 * @writers: (nullable) (element-type MashWriter): the others, as the hub has them; %NULL where it
 *   is away
 */
void
mash_writing_take (MashWriting *self,
                   GPtrArray   *writers)
{
  g_return_if_fail (MASH_IS_WRITING (self));

  if (writers == NULL && self->writers == NULL)
    return;

  g_clear_pointer (&self->writers, g_ptr_array_unref);
  if (writers != NULL)
    self->writers = g_ptr_array_ref (writers);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether there is a hub that may know of others. */
static gboolean
is_followed (MashWriting *self)
{
  return self->discussion != NULL &&
         mash_service_get_hub_reading (self->service)->state != MASH_HUB_OWN;
}

/* The names of those who are there, at one place or anywhere, with commas between. */
static char *
dup_names (MashWriting  *self,
           MashFormHost *host,
           const char   *place,
           guint        *n)
{
  GString *names = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; self->writers != NULL && i < self->writers->len; i++)
    {
      const MashWriter *writer = g_ptr_array_index (self->writers, i);
      g_autofree char *name = NULL;

      if (writer->silent >= SILENT_AFTER ||
          (place != NULL && g_strcmp0 (writer->place, place) != 0))
        continue;
      name = mash_value_words_for_staff (host, writer->staff);
      g_string_append_printf (names, "%s%s", *n > 0 ? ", " : "", name);
      (*n)++;
    }

  return g_string_free (names, FALSE);
}

/**
 * mash_writing_dup_line:
 * @self: who is writing where
 * @host: the page, which knows the names
 * @place: a part of the discussion
 *
 * Returns: (transfer full) (nullable): who is writing there, in words, empty for nobody; %NULL
 *   where there are no others whom the desk could know of
 */
char *
mash_writing_dup_line (MashWriting  *self,
                       MashFormHost *host,
                       const char   *place)
{
  g_autofree char *names = NULL;
  guint n;

  g_return_val_if_fail (MASH_IS_WRITING (self), NULL);

  if (!is_followed (self))
    return NULL;

  names = dup_names (self, host, place, &n);
  if (n == 0)
    return g_strdup ("");

  /* Translators: %s is the name of a member of staff, or several with commas between. */
  return g_strdup_printf (ngettext ("%s is writing here", "%s are writing here", n), names);
}

/* Who was there and has not been heard of since, each with a time. */
static char *
dup_silent (MashWriting  *self,
            MashFormHost *host)
{
  GString *words = g_string_new (NULL);
  gint64 now = mash_service_get_now (self->service);

  for (guint i = 0; self->writers != NULL && i < self->writers->len; i++)
    {
      const MashWriter *writer = g_ptr_array_index (self->writers, i);
      g_autofree char *name = NULL;
      g_autofree char *since = NULL;

      if (writer->silent < SILENT_AFTER)
        continue;
      name = mash_value_words_for_staff (host, writer->staff);
      since = mash_words_until (now - writer->silent * G_USEC_PER_SEC, now);
      if (words->len > 0)
        g_string_append (words, " · ");
      /* Translators: the name of a member of staff, and a time such as 10:05. */
      g_string_append_printf (words, _("%s not in touch since %s"), name, since);
    }

  return g_string_free (words, FALSE);
}

/**
 * mash_writing_dup_here:
 * @self: who is writing where
 * @host: the page, which knows the names
 *
 * Returns: (transfer full) (nullable): who else is in the discussion, and who was and is not in
 *   touch, in words, empty for nobody; %NULL where there are no others whom the desk could know of
 */
char *
mash_writing_dup_here (MashWriting  *self,
                       MashFormHost *host)
{
  g_autofree char *names = NULL;
  g_autofree char *here = NULL;
  g_autofree char *silent = NULL;
  guint n;

  g_return_val_if_fail (MASH_IS_WRITING (self), NULL);

  if (!is_followed (self))
    return NULL;

  names = dup_names (self, host, NULL, &n);
  /* Translators: %s is the names of members of staff, with commas between. */
  here = n > 0 ? g_strdup_printf (_("Also here: %s"), names) : g_strdup ("");
  silent = dup_silent (self, host);

  return mash_words_join (" · ", here, silent, NULL);
}
