/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mash-set-str.h"
#include "mash-words.h"

enum
{
  PROP_0,
  PROP_BRAG,
  PROP_REFERENCE,
  PROP_FAMILY,
  PROP_CHILDREN,
  PROP_REFERENCE_CHILDREN,
  PROP_CONCERN,
  PROP_MISSING,
  PROP_SOURCE,
  PROP_RECEIVED,
  PROP_SOURCE_RECEIVED,
  PROP_WITH,
  PROP_STAGE,
  PROP_FIRST,
  PROP_SECOND,
  PROP_SPOKEN,
  N_STRINGS,
  PROP_STATE = N_STRINGS,
  PROP_IS_NEW,
  PROP_UNASSIGNED,
  PROP_INCOMPLETE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const string_names[N_STRINGS] = {
  [PROP_BRAG] = "brag",
  [PROP_REFERENCE] = "reference",
  [PROP_FAMILY] = "family",
  [PROP_CHILDREN] = "children",
  [PROP_REFERENCE_CHILDREN] = "reference-children",
  [PROP_CONCERN] = "concern",
  [PROP_MISSING] = "missing",
  [PROP_SOURCE] = "source",
  [PROP_RECEIVED] = "received",
  [PROP_SOURCE_RECEIVED] = "source-received",
  [PROP_WITH] = "with",
  [PROP_STAGE] = "stage",
  [PROP_FIRST] = "first",
  [PROP_SECOND] = "second",
  [PROP_SPOKEN] = "spoken",
};

struct _MashTrayLine
{
  GObject        parent_instance;

  MashTrayItem  *item;
  MashPolicy    *policy;
  MashMinute    *minute;
  char          *strings[N_STRINGS];

  MashClockState state;
  guint          is_new : 1;
  guint          unassigned : 1;
  guint          incomplete : 1;
};

G_DEFINE_FINAL_TYPE (MashTrayLine, mash_tray_line, G_TYPE_OBJECT)

/* What the line needs of its row, read at once. */
typedef struct
{
  char    *contact;
  char    *brag;
  char    *reference;
  char    *family;
  char    *children;
  char    *concern;
  char    *source;
  char    *state;
  char    *assigned;
  char    *assigned_name;
  char    *why;
  char    *asked;
  char    *asked_by;
  char    *clock_type;
  char   **missing;
  gint64   received;
  gint64   started;
  gint64   due;
  gint64   asked_due;
  gboolean is_new;
} Row;

static void
row_read (Row          *row,
          MashTrayItem *item)
{
  g_object_get (item,
                "contact", &row->contact,
                "brag", &row->brag,
                "reference", &row->reference,
                "family", &row->family,
                "children", &row->children,
                "concern", &row->concern,
                "source", &row->source,
                "state", &row->state,
                "assigned-to", &row->assigned,
                "assigned-name", &row->assigned_name,
                "why", &row->why,
                "asked", &row->asked,
                "asked-by", &row->asked_by,
                "asked-due", &row->asked_due,
                "clock-type", &row->clock_type,
                "missing", &row->missing,
                "received-at", &row->received,
                "clock-started", &row->started,
                "clock-due", &row->due,
                "is-new", &row->is_new,
                NULL);
}

static void
row_clear (Row *row)
{
  g_free (row->contact);
  g_free (row->brag);
  g_free (row->reference);
  g_free (row->family);
  g_free (row->children);
  g_free (row->concern);
  g_free (row->source);
  g_free (row->state);
  g_free (row->assigned);
  g_free (row->assigned_name);
  g_free (row->why);
  g_free (row->asked);
  g_free (row->asked_by);
  g_free (row->clock_type);
  g_strfreev (row->missing);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static void
say (MashTrayLine *self,
     guint         prop,
     const char   *words)
{
  if (mash_set_str (&self->strings[prop], words != NULL ? words : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* A concern may run over lines; a row has one. */
static char *
one_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
    }

  return g_string_free (line, FALSE);
}

static char *
missing_words (MashTrayLine *self,
               char        **missing)
{
  GString *words;

  if (missing == NULL || missing[0] == NULL)
    return g_strdup (_("Complete"));

  words = g_string_new (NULL);
  for (guint i = 0; missing[i] != NULL; i++)
    {
      const char *label = mash_policy_get_label (self->policy, "ITEM", missing[i]);
      g_autofree char *lower = NULL;

      /* Within a sentence the labels of the list begin small, but for names such as GP. */
      if (g_unichar_islower (g_utf8_get_char_validated (g_utf8_next_char (label), -1)))
        lower = g_utf8_strdown (label, g_utf8_next_char (label) - label);
      g_string_append_printf (words, "%s%s%s", i > 0 ? ", " : "",
                              lower != NULL ? lower : "",
                              lower != NULL ? g_utf8_next_char (label) : label);
    }
  /* Translators: %s is the list of what is missing from a referral. */
  g_string_prepend (words, _("Missing: "));

  return g_string_free (words, FALSE);
}

/* Why a contact is in one's own tray, where it is not for being assigned, and what waits for one's
 * signature beside a decision. */
static char *
asked_words (const Row *row,
             gint64     now)
{
  g_autofree char *until = NULL;

  if (row->asked == NULL)
    return NULL;
  if (g_strcmp0 (row->why, "sign") == 0)
    return g_strdup (strcmp (row->asked, "CHAIR") == 0
                     ? _("Sign the record of the strategy discussion as chair")
                     : _("Sign the record of the strategy discussion for your agency"));
  if (g_strcmp0 (row->why, "mention") == 0)
    /* Translators: the name of a colleague, and why they mentioned the reader. */
    return g_strdup_printf (_("%s asks you to look: %s"),
                            row->asked_by != NULL ? row->asked_by : "", row->asked);
  until = mash_words_moment (row->asked_due, now);

  /* Translators: by when a task is due, and what it is. */
  return g_strdup_printf (_("Your task by %s: %s"), until, row->asked);
}

static void
say_family (MashTrayLine *self,
            const Row    *row)
{
  const char *children = row->children != NULL ? row->children : "";
  g_autofree char *reference = mash_words_reference (row->reference);
  g_auto (GStrv) parts = g_strsplit (children, ":", 2);
  g_autofree char *both = mash_words_join (" · ", reference, parts[0] != NULL ? parts[0] : "",
                                           NULL);

  say (self, PROP_REFERENCE, reference);
  say (self, PROP_FAMILY, row->family != NULL && *row->family != '\0' ? row->family
                                                                      : _("Name not known"));
  say (self, PROP_CHILDREN, children);
  say (self, PROP_REFERENCE_CHILDREN, both);
}

static void
say_concern (MashTrayLine *self,
             const Row    *row,
             gint64        now)
{
  g_autofree char *concern = one_line (row->concern);
  g_autofree char *asked = asked_words (row, now);
  g_autofree char *missing = asked != NULL ? g_steal_pointer (&asked)
                                           : missing_words (self, row->missing);
  g_autofree char *received = mash_words_moment (row->received, now);
  g_autofree char *until = mash_words_until (row->received, now);
  const char *source = row->source != NULL
                       ? mash_policy_get_label (self->policy, "RSRC", row->source) : "";
  g_autofree char *source_received = mash_words_join (" ", source, until, NULL);

  say (self, PROP_CONCERN, concern);
  say (self, PROP_MISSING, missing);
  say (self, PROP_RECEIVED, received);
  say (self, PROP_SOURCE, source);
  say (self, PROP_SOURCE_RECEIVED, source_received);
}

static void
say_clock (MashTrayLine *self,
           const Row    *row,
           gint64        now)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  MashClockState state = mash_words_clock (self->policy, row->clock_type, row->brag, row->started,
                                           row->due, 0, now, FALSE, &first, &second);

  say (self, PROP_FIRST, first);
  say (self, PROP_SECOND, second);
  if (state == self->state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
say_flag (MashTrayLine *self,
          guint         prop,
          gboolean      was,
          gboolean      is)
{
  if (was != is)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
say_flags (MashTrayLine *self,
           const Row    *row)
{
  gboolean was_new = self->is_new;
  gboolean was_unassigned = self->unassigned;
  gboolean was_incomplete = self->incomplete;

  self->is_new = row->is_new;
  self->unassigned = row->assigned == NULL || *row->assigned == '\0';
  self->incomplete = row->missing != NULL && row->missing[0] != NULL;

  say_flag (self, PROP_IS_NEW, was_new, self->is_new);
  say_flag (self, PROP_UNASSIGNED, was_unassigned, self->unassigned);
  say_flag (self, PROP_INCOMPLETE, was_incomplete, self->incomplete);
}

/* The whole line as one sentence, for whoever hears it. */
static void
say_spoken (MashTrayLine *self)
{
  g_autofree char *urgency = mash_words_urgency (self->strings[PROP_BRAG]);
  g_autofree char *spoken = mash_words_join (", ",
                                             urgency,
                                             self->strings[PROP_FAMILY],
                                             self->strings[PROP_CHILDREN],
                                             self->strings[PROP_CONCERN],
                                             self->strings[PROP_FIRST],
                                             self->strings[PROP_SECOND],
                                             self->strings[PROP_WITH],
                                             self->strings[PROP_REFERENCE],
                                             NULL);

  say (self, PROP_SPOKEN, spoken);
}

static void
say_all (MashTrayLine *self)
{
  g_auto (Row) row = { 0 };
  gint64 now = mash_minute_get_now (self->minute);

  row_read (&row, self->item);
  if (row.contact == NULL)
    {
      say (self, PROP_FAMILY, "…");
      return;
    }

  say (self, PROP_BRAG, row.brag);
  say_flags (self, &row);
  say_family (self, &row);
  say_concern (self, &row, now);
  say (self, PROP_WITH, self->unassigned ? _("No one yet") : row.assigned_name);
  say (self, PROP_STAGE, row.state != NULL
                         ? mash_policy_get_label (self->policy, "CST", row.state) : "");
  say_clock (self, &row, now);
  say_spoken (self);
}

static void
mash_tray_line_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  MashTrayLine *self = MASH_TRAY_LINE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_IS_NEW:
      g_value_set_boolean (value, self->is_new);
      break;

    case PROP_UNASSIGNED:
      g_value_set_boolean (value, self->unassigned);
      break;

    case PROP_INCOMPLETE:
      g_value_set_boolean (value, self->incomplete);
      break;

    default:
      g_assert (prop_id < N_STRINGS);
      g_value_set_string (value, self->strings[prop_id]);
    }
}

static void
mash_tray_line_dispose (GObject *object)
{
  MashTrayLine *self = MASH_TRAY_LINE (object);

  g_clear_object (&self->item);
  g_clear_object (&self->minute);
  g_clear_pointer (&self->policy, mash_policy_unref);

  G_OBJECT_CLASS (mash_tray_line_parent_class)->dispose (object);
}

static void
mash_tray_line_finalize (GObject *object)
{
  MashTrayLine *self = MASH_TRAY_LINE (object);

  for (guint i = 1; i < N_STRINGS; i++)
    g_free (self->strings[i]);

  G_OBJECT_CLASS (mash_tray_line_parent_class)->finalize (object);
}

static void
mash_tray_line_class_init (MashTrayLineClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_tray_line_get_property;
  object_class->dispose = mash_tray_line_dispose;
  object_class->finalize = mash_tray_line_finalize;

  for (guint i = 1; i < N_STRINGS; i++)
    properties[i] = g_param_spec_string (string_names[i], NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, MASH_CLOCK_NONE, MASH_CLOCK_NONE, flags);
  properties[PROP_IS_NEW] = g_param_spec_boolean ("is-new", NULL, NULL, FALSE, flags);
  properties[PROP_UNASSIGNED] = g_param_spec_boolean ("unassigned", NULL, NULL, FALSE, flags);
  properties[PROP_INCOMPLETE] = g_param_spec_boolean ("incomplete", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_tray_line_init (MashTrayLine *self)
{
  self->state = MASH_CLOCK_NONE;
}

/**
 * mash_tray_line_new:
 * @item: a row of a tray
 * @policy: the policy in force, for labels and clocks
 * @minute: what says that time has passed
 *
 * Returns: (transfer full): the row in words
 */
MashTrayLine *
mash_tray_line_new (MashTrayItem *item,
                    MashPolicy   *policy,
                    MashMinute   *minute)
{
  MashTrayLine *self = g_object_new (MASH_TYPE_TRAY_LINE, NULL);

  self->item = g_object_ref (item);
  self->policy = mash_policy_ref (policy);
  self->minute = g_object_ref (minute);
  g_signal_connect_object (item, "notify", G_CALLBACK (say_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (minute, "tick", G_CALLBACK (say_all), self, G_CONNECT_SWAPPED);
  say_all (self);

  return self;
}

/**
 * mash_tray_line_get_item:
 * @self: a line
 *
 * Returns: (transfer none): the row that it stands on
 */
MashTrayItem *
mash_tray_line_get_item (MashTrayLine *self)
{
  g_return_val_if_fail (MASH_IS_TRAY_LINE (self), NULL);

  return self->item;
}

/**
 * mash_tray_line_dup_contact:
 * @self: a line
 *
 * Returns: (transfer full): the id of its contact
 */
char *
mash_tray_line_dup_contact (MashTrayLine *self)
{
  char *contact = NULL;

  g_return_val_if_fail (MASH_IS_TRAY_LINE (self), NULL);

  g_object_get (self->item, "contact", &contact, NULL);

  return contact;
}
