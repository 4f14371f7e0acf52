/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-choice-keys.h"

#include <string.h>

/* Whoever waits longer than this begins another word. In milliseconds, between two keys as the
 * display counts them, so that a slow desk tears no word apart. */
#define PAUSE 1500

typedef struct
{
  GtkDropDown *drop_down;
  GString     *typed;
  guint32      at;
} Keys;

static void
keys_free (gpointer  data,
           GClosure *closure)
{
  Keys *keys = data;

  g_string_free (keys->typed, TRUE);
  g_free (keys);
}

/* Whether a word of @label begins with @typed: “social” in “Section 47, social care alone”. */
static gboolean
has_word (const char *label,
          const char *typed)
{
  for (const char *at = strstr (label, typed); at != NULL; at = strstr (at + 1, typed))
    if (at > label && at[-1] == ' ')
      return TRUE;

  return FALSE;
}

/* How well a choice fits, 0 best; “Not known” only where nothing else does, so that “no” is No. */
static guint
rank (MashChoice *choice,
      const char *typed)
{
  g_autofree char *label = g_utf8_casefold (mash_choice_get_label (choice), -1);
  guint back = mash_choice_get_value (choice) == NULL ? 3 : 0;

  if (g_str_equal (label, typed))
    return 0;
  if (g_str_has_prefix (label, typed))
    return back + 1;
  if (has_word (label, typed))
    return back + 2;

  return G_MAXUINT;
}

/**
 * mash_choices_find_typed:
 * @choices: choices, as #MashChoice
 * @typed: what somebody has typed
 *
 * Returns: the place of the first choice that is called so, or begins so, or else of the first in
 *   which a word begins so; %GTK_INVALID_LIST_POSITION if there is none. Capitals do not matter.
 */
guint
mash_choices_find_typed (GListModel *choices,
                         const char *typed)
{
  g_autofree char *folded = NULL;
  guint found = GTK_INVALID_LIST_POSITION;
  guint best = G_MAXUINT;
  guint n;

  g_return_val_if_fail (G_IS_LIST_MODEL (choices), GTK_INVALID_LIST_POSITION);
  g_return_val_if_fail (typed != NULL, GTK_INVALID_LIST_POSITION);

  folded = g_utf8_casefold (typed, -1);
  n = *folded != '\0' ? g_list_model_get_n_items (choices) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MashChoice) choice = g_list_model_get_item (choices, i);
      guint fit = rank (choice, folded);

      if (fit < best)
        {
          best = fit;
          found = i;
        }
    }

  return found;
}

/* A space opens the list, as ever, unless it stands within what is being typed. */
static gboolean
is_typed (Keys            *keys,
          gunichar         letter,
          GdkModifierType  modifiers)
{
  return letter != 0 && g_unichar_isprint (letter) &&
         (letter != ' ' || keys->typed->len > 0) &&
         (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;
}

static void
pick (Keys *keys)
{
  GListModel *choices = gtk_drop_down_get_model (keys->drop_down);
  guint found = choices != NULL ? mash_choices_find_typed (choices, keys->typed->str)
                                : GTK_INVALID_LIST_POSITION;

  if (found != GTK_INVALID_LIST_POSITION)
    gtk_drop_down_set_selected (keys->drop_down, found);
  else
    gtk_widget_error_bell (GTK_WIDGET (keys->drop_down));
}

static gboolean
on_key_cb (GtkEventController *controller,
           guint               key,
           guint               code,
           GdkModifierType     modifiers,
           gpointer            user_data)
{
  Keys *keys = user_data;
  guint32 at = gtk_event_controller_get_current_event_time (controller);
  gunichar letter = gdk_keyval_to_unicode (key);

  if (!gtk_widget_has_focus (gtk_widget_get_first_child (GTK_WIDGET (keys->drop_down))) ||
      gdk_key_event_is_modifier (gtk_event_controller_get_current_event (controller)))
    return GDK_EVENT_PROPAGATE;
  if (at - keys->at > PAUSE || !is_typed (keys, letter, modifiers))
    g_string_truncate (keys->typed, 0);
  if (!is_typed (keys, letter, modifiers))
    return GDK_EVENT_PROPAGATE;

  keys->at = at;
  g_string_append_unichar (keys->typed, letter);
  pick (keys);

  return GDK_EVENT_STOP;
}

/**
 * mash_choice_keys_install:
 * @drop_down: a drop-down of choices
 *
 * Lets what is typed while @drop_down has the focus and is closed pick a choice.
 */
void
mash_choice_keys_install (GtkDropDown *drop_down)
{
  GtkEventController *letters;
  Keys *keys;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  keys = g_new0 (Keys, 1);
  keys->drop_down = drop_down;
  keys->typed = g_string_new (NULL);
  letters = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (letters, GTK_PHASE_CAPTURE);
  g_signal_connect_data (letters, "key-pressed", G_CALLBACK (on_key_cb), keys, keys_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (drop_down), letters);
}
