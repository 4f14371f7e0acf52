/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-board-line.h"

#include <glib/gi18n.h>

#include "mash-set-str.h"
#include "mash-time.h"
#include "mash-words.h"

enum
{
  PROP_0,
  PROP_FIRST,
  PROP_SECOND,
  PROP_WHAT,
  PROP_PLACE,
  PROP_OWNER,
  PROP_AGENCY,
  PROP_WHO,
  PROP_CHASED,
  PROP_SPOKEN,
  N_STRINGS,
  PROP_STATE = N_STRINGS,
  N_PROPS
};

struct _MashBoardLine
{
  GObject         parent_instance;

  MashActionItem *item;
  MashMinute     *minute;
  char           *strings[N_STRINGS];

  MashClockState  state;
};

G_DEFINE_FINAL_TYPE (MashBoardLine, mash_board_line, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static const char *const names[N_STRINGS] = {
  [PROP_FIRST] = "first",
  [PROP_SECOND] = "second",
  [PROP_WHAT] = "what",
  [PROP_PLACE] = "place",
  [PROP_OWNER] = "owner",
  [PROP_AGENCY] = "agency",
  [PROP_WHO] = "who",
  [PROP_CHASED] = "chased",
  [PROP_SPOKEN] = "spoken",
};

static void
say (MashBoardLine *self,
     guint          prop,
     const char    *words)
{
  if (mash_set_str (&self->strings[prop], words))
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* Under eight hours what is left counts down; beyond it day and time say more. */
static void
say_due (MashBoardLine *self,
         gint64         due)
{
  gint64 now = mash_minute_get_now (self->minute);
  gint64 left = due - now;
  g_autofree char *span = mash_words_span (ABS (left));
  g_autofree char *moment = mash_words_until (due, now);
  g_autofree char *first = NULL;
  MashClockState state = MASH_CLOCK_RUNNING;

  if (left < 0)
    {
      state = MASH_CLOCK_LATE;
      /* Translators: %s is a span of time, such as 35 min. */
      first = g_strdup_printf (_("Late by %s"), span);
    }
  else if (left < 8 * MASH_TIME_HOUR)
    {
      state = left < MASH_TIME_HOUR ? MASH_CLOCK_WARNING : MASH_CLOCK_RUNNING;
      /* Translators: %s is a span of time, such as 35 min. */
      first = g_strdup_printf (_("%s left"), span);
    }
  else
    {
      first = g_strdup (moment);
    }
  say (self, PROP_FIRST, first);
  g_free (span);
  /* Translators: the time and perhaps the day by which an action is to be done. */
  span = g_strdup_printf (_("Due %s"), moment);
  say (self, PROP_SECOND, span);
  if (state == self->state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static char *
dup_chased (guint chased)
{
  if (chased == 0)
    return g_strdup ("");
  if (chased == 1)
    return g_strdup (_("Chased once"));

  /* Translators: how often somebody was asked again for what they have to do. */
  return g_strdup_printf (ngettext ("Chased %u time", "Chased %u times", chased), chased);
}

static void
say_place (MashBoardLine *self,
           const char    *reference,
           guint          discussion,
           guint          number)
{
  g_autofree char *words = mash_words_reference (reference);
  /* Translators: the number of a strategy discussion, and the number of one of its actions. */
  g_autofree char *numbers = g_strdup_printf (_("discussion %u, action %u"), discussion, number);
  g_autofree char *place = mash_words_join (" · ", words, numbers, self->strings[PROP_CHASED],
                                            NULL);

  say (self, PROP_PLACE, place);
}

static void
say_all (MashBoardLine *self)
{
  g_autofree char *action = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *what = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *agency = NULL;
  g_autofree char *chased = NULL;
  g_autofree char *who = NULL;
  g_autofree char *spoken = NULL;
  guint number, discussion, n_chased;
  gint64 due;

  g_object_get (self->item, "action", &action, "reference", &reference, "what", &what,
                "owner", &owner, "agency", &agency, "number", &number, "discussion-number",
                &discussion, "chased", &n_chased, "due", &due, NULL);
  if (action == NULL)
    {
      say (self, PROP_WHAT, "…");
      return;
    }

  chased = dup_chased (n_chased);
  say_due (self, due);
  say (self, PROP_WHAT, what);
  say (self, PROP_OWNER, owner != NULL && *owner != '\0' ? owner : _("No owner"));
  say (self, PROP_AGENCY, agency != NULL ? agency : _("No agency"));
  say (self, PROP_CHASED, chased);
  say_place (self, reference, discussion, number);
  who = mash_words_join (", ", self->strings[PROP_OWNER], self->strings[PROP_AGENCY], NULL);
  say (self, PROP_WHO, who);
  spoken = mash_words_join (", ", self->strings[PROP_FIRST], what, who,
                            self->strings[PROP_PLACE], NULL);
  say (self, PROP_SPOKEN, spoken);
}

static void
mash_board_line_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  MashBoardLine *self = MASH_BOARD_LINE (object);

  if (prop_id == PROP_STATE)
    g_value_set_uint (value, self->state);
  else if (prop_id < N_STRINGS)
    g_value_set_string (value, self->strings[prop_id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mash_board_line_finalize (GObject *object)
{
  MashBoardLine *self = MASH_BOARD_LINE (object);

  g_clear_object (&self->item);
  g_clear_object (&self->minute);
  for (guint i = 1; i < N_STRINGS; i++)
    g_free (self->strings[i]);

  G_OBJECT_CLASS (mash_board_line_parent_class)->finalize (object);
}

static void
mash_board_line_class_init (MashBoardLineClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_board_line_get_property;
  object_class->finalize = mash_board_line_finalize;

  for (guint i = 1; i < N_STRINGS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, MASH_CLOCK_NONE, MASH_CLOCK_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_board_line_init (MashBoardLine *self)
{
  self->state = MASH_CLOCK_NONE;
}

/**
 * mash_board_line_new:
 * @item: an action of the board
 * @minute: what says that time has passed
 *
 * Returns: (transfer full): the action in words
 */
MashBoardLine *
mash_board_line_new (MashActionItem *item,
                     MashMinute     *minute)
{
  MashBoardLine *self = g_object_new (MASH_TYPE_BOARD_LINE, NULL);

  self->item = g_object_ref (item);
  self->minute = g_object_ref (minute);
  g_signal_connect_object (item, "notify", G_CALLBACK (say_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (minute, "tick", G_CALLBACK (say_all), self, G_CONNECT_SWAPPED);
  say_all (self);

  return self;
}

/**
 * mash_board_line_get_item:
 * @self: a line
 *
 * Returns: (transfer none): the action that it stands for
 */
MashActionItem *
mash_board_line_get_item (MashBoardLine *self)
{
  g_return_val_if_fail (MASH_IS_BOARD_LINE (self), NULL);

  return self->item;
}
