/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-page.h"

#include <glib/gi18n-lib.h>

#include "mash-paper-pdf.h"
#include "mash-sentences.h"
#include "mash-set-str.h"

typedef struct
{
  MashService *service;
  MashMinute  *minute;
  char        *title;
  char        *title_detail;
  char        *main_label;
  char        *main_icon;
  char        *main_reason;
  char        *hints_note;
  char        *help_topic;
  char       **hints;
  guint        compact;

  gboolean     mono_title;
  gboolean     main_sensitive;
  gboolean     has_back;
  gboolean     folds_sidebar;
} MashPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MashPage, mash_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_TITLE_DETAIL,
  PROP_MAIN_LABEL,
  PROP_MAIN_ICON,
  PROP_MAIN_REASON,
  PROP_HINTS,
  PROP_HINTS_NOTE,
  PROP_HELP_TOPIC,
  PROP_MONO_TITLE,
  PROP_MAIN_SENSITIVE,
  PROP_HAS_BACK,
  PROP_FOLDS_SIDEBAR,
  PROP_COMPACT,
  PROP_SERVICE,
  PROP_MINUTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Where a property of words is kept, or NULL. */
static char **
find_text (MashPagePrivate *priv,
           guint            prop_id)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      return &priv->title;

    case PROP_TITLE_DETAIL:
      return &priv->title_detail;

    case PROP_MAIN_LABEL:
      return &priv->main_label;

    case PROP_MAIN_ICON:
      return &priv->main_icon;

    case PROP_MAIN_REASON:
      return &priv->main_reason;

    case PROP_HINTS_NOTE:
      return &priv->hints_note;

    case PROP_HELP_TOPIC:
      return &priv->help_topic;

    default:
      return NULL;
    }
}

/* Where a property that is so or not is kept, or NULL. */
static gboolean *
find_flag (MashPagePrivate *priv,
           guint            prop_id)
{
  switch (prop_id)
    {
    case PROP_MONO_TITLE:
      return &priv->mono_title;

    case PROP_MAIN_SENSITIVE:
      return &priv->main_sensitive;

    case PROP_HAS_BACK:
      return &priv->has_back;

    case PROP_FOLDS_SIDEBAR:
      return &priv->folds_sidebar;

    default:
      return NULL;
    }
}

static void
mash_page_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  MashPagePrivate *priv = mash_page_get_instance_private (MASH_PAGE (object));
  char **text = find_text (priv, prop_id);
  gboolean *flag = find_flag (priv, prop_id);

  if (text != NULL)
    g_value_set_string (value, *text);
  else if (flag != NULL)
    g_value_set_boolean (value, *flag);
  else if (prop_id == PROP_HINTS)
    g_value_set_boxed (value, priv->hints);
  else if (prop_id == PROP_COMPACT)
    g_value_set_uint (value, priv->compact);
  else if (prop_id == PROP_SERVICE)
    g_value_set_object (value, priv->service);
  else if (prop_id == PROP_MINUTE)
    g_value_set_object (value, priv->minute);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* What stands on the page that is shown is read again; any other reads when it is shown. */
static void
on_contacts_gone_cb (MashPage *self)
{
  if (gtk_widget_get_child_visible (GTK_WIDGET (self)) &&
      MASH_PAGE_GET_CLASS (self)->renew != NULL)
    MASH_PAGE_GET_CLASS (self)->renew (self);
}

static gboolean
take_service (MashPage    *self,
              MashService *service)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  if (priv->service != NULL)
    g_signal_handlers_disconnect_by_func (priv->service, on_contacts_gone_cb, self);
  if (service != NULL)
    g_signal_connect_object (service, "contacts-gone", G_CALLBACK (on_contacts_gone_cb), self,
                             G_CONNECT_SWAPPED);

  return g_set_object (&priv->service, service);
}

static gboolean
replace_strings (char       ***strings,
                 const GValue *value)
{
  char **given = g_value_get_boxed (value);

  if (*strings != NULL && given != NULL &&
      g_strv_equal ((const char *const *) *strings, (const char *const *) given))
    return FALSE;

  g_strfreev (*strings);
  *strings = g_strdupv (given);

  return TRUE;
}

static gboolean
replace_flag (gboolean     *flag,
              const GValue *value)
{
  gboolean changed = *flag != g_value_get_boolean (value);

  *flag = g_value_get_boolean (value);

  return changed;
}

static void
mash_page_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  MashPagePrivate *priv = mash_page_get_instance_private (MASH_PAGE (object));
  char **text = find_text (priv, prop_id);
  gboolean *flag = find_flag (priv, prop_id);
  gboolean changed = FALSE;

  if (text != NULL)
    {
      changed = mash_set_str (text, g_value_get_string (value));
    }
  else if (flag != NULL)
    {
      changed = replace_flag (flag, value);
    }
  else if (prop_id == PROP_HINTS)
    {
      changed = replace_strings (&priv->hints, value);
    }
  else if (prop_id == PROP_COMPACT)
    {
      changed = priv->compact != g_value_get_uint (value);
      priv->compact = g_value_get_uint (value);
    }
  else if (prop_id == PROP_SERVICE)
    {
      changed = take_service (MASH_PAGE (object), g_value_get_object (value));
    }
  else if (prop_id == PROP_MINUTE)
    {
      changed = g_set_object (&priv->minute, g_value_get_object (value));
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
mash_page_dispose (GObject *object)
{
  MashPagePrivate *priv = mash_page_get_instance_private (MASH_PAGE (object));

  g_clear_object (&priv->service);
  g_clear_object (&priv->minute);

  G_OBJECT_CLASS (mash_page_parent_class)->dispose (object);
}

static void
mash_page_finalize (GObject *object)
{
  MashPagePrivate *priv = mash_page_get_instance_private (MASH_PAGE (object));

  g_free (priv->title);
  g_free (priv->title_detail);
  g_free (priv->main_label);
  g_free (priv->main_icon);
  g_free (priv->main_reason);
  g_strfreev (priv->hints);
  g_free (priv->hints_note);
  g_free (priv->help_topic);

  G_OBJECT_CLASS (mash_page_parent_class)->finalize (object);
}

static void
mash_page_class_init (MashPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_page_get_property;
  object_class->set_property = mash_page_set_property;
  object_class->dispose = mash_page_dispose;
  object_class->finalize = mash_page_finalize;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TITLE_DETAIL] =
    g_param_spec_string ("title-detail", NULL, NULL, NULL, flags);
  properties[PROP_MAIN_LABEL] =
    g_param_spec_string ("main-label", NULL, NULL, NULL, flags);
  properties[PROP_MAIN_ICON] =
    g_param_spec_string ("main-icon", NULL, NULL, NULL, flags);
  properties[PROP_MAIN_REASON] =
    g_param_spec_string ("main-reason", NULL, NULL, NULL, flags);
  properties[PROP_HINTS] =
    g_param_spec_boxed ("hints", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_HINTS_NOTE] =
    g_param_spec_string ("hints-note", NULL, NULL, NULL, flags);
  properties[PROP_HELP_TOPIC] =
    g_param_spec_string ("help-topic", NULL, NULL, NULL, flags);
  properties[PROP_MONO_TITLE] =
    g_param_spec_boolean ("mono-title", NULL, NULL, FALSE, flags);
  properties[PROP_MAIN_SENSITIVE] =
    g_param_spec_boolean ("main-sensitive", NULL, NULL, TRUE, flags);
  properties[PROP_HAS_BACK] =
    g_param_spec_boolean ("has-back", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDS_SIDEBAR] =
    g_param_spec_boolean ("folds-sidebar", NULL, NULL, FALSE, flags);
  properties[PROP_COMPACT] =
    g_param_spec_uint ("compact", NULL, NULL, 0, 2, 0, flags);
  properties[PROP_SERVICE] =
    g_param_spec_object ("service", NULL, NULL, MASH_TYPE_SERVICE, flags);
  properties[PROP_MINUTE] =
    g_param_spec_object ("minute", NULL, NULL, MASH_TYPE_MINUTE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_page_init (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  priv->main_sensitive = TRUE;
}

/**
 * mash_page_get_service:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the door that it works through
 */
MashService *
mash_page_get_service (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_PAGE (self), NULL);

  return priv->service;
}

/**
 * mash_page_get_policy:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the policy in force
 */
MashPolicy *
mash_page_get_policy (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_PAGE (self), NULL);

  return priv->service != NULL ? mash_service_get_policy (priv->service) : NULL;
}

/**
 * mash_page_get_minute:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what tells it that a minute has passed
 */
MashMinute *
mash_page_get_minute (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_PAGE (self), NULL);

  return priv->minute;
}

/**
 * mash_page_get_now:
 * @self: a page
 *
 * Returns: the service's time, microseconds since 1970; 0 without a service
 */
gint64
mash_page_get_now (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_PAGE (self), 0);

  return priv->service != NULL ? mash_service_get_now (priv->service) : 0;
}

/**
 * mash_page_run_main:
 * @self: a page
 *
 * Does the main action, if the page has one that may be done; where the page asks for something
 * before another deed, confirms that.
 */
void
mash_page_run_main (MashPage *self)
{
  MashPagePrivate *priv = mash_page_get_instance_private (self);
  MashPageClass *klass;

  g_return_if_fail (MASH_IS_PAGE (self));

  klass = MASH_PAGE_GET_CLASS (self);

  if (klass->run_main != NULL &&
      (priv->main_sensitive || (klass->is_asking != NULL && klass->is_asking (self))))
    klass->run_main (self);
}

/**
 * mash_page_save_now:
 * @self: a page
 *
 * Saves at once what is typed.
 */
void
mash_page_save_now (MashPage *self)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  if (MASH_PAGE_GET_CLASS (self)->save_now != NULL)
    MASH_PAGE_GET_CLASS (self)->save_now (self);
}

/**
 * mash_page_next_missing:
 * @self: a page
 *
 * Goes to the next missing item.
 */
void
mash_page_next_missing (MashPage *self)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  if (MASH_PAGE_GET_CLASS (self)->next_missing != NULL)
    MASH_PAGE_GET_CLASS (self)->next_missing (self);
}

/**
 * mash_page_enter:
 * @self: a page
 *
 * Told when the page is shown.
 */
void
mash_page_enter (MashPage *self)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  if (MASH_PAGE_GET_CLASS (self)->enter != NULL)
    MASH_PAGE_GET_CLASS (self)->enter (self);
}

/**
 * mash_page_leave:
 * @self: a page
 *
 * Told when another page takes its place.
 */
void
mash_page_leave (MashPage *self)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  if (MASH_PAGE_GET_CLASS (self)->leave != NULL)
    MASH_PAGE_GET_CLASS (self)->leave (self);
}

/**
 * mash_page_say:
 * @self: a page
 * @sentence: what was done, without personal data
 *
 * Says it in a toast of the window.
 */
void
mash_page_say (MashPage   *self,
               const char *sentence)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
}

/**
 * mash_page_say_undo:
 * @self: a page
 * @sentence: what was done, without personal data
 * @deed: the deed that takes it back
 * @contact: the id of the contact
 *
 * Says it in a toast that offers to take it back.
 */
void
mash_page_say_undo (MashPage   *self,
                    const char *sentence,
                    const char *deed,
                    const char *contact)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.say-undo", "(sss)",
                              sentence, deed, contact);
}

/**
 * mash_page_say_error:
 * @self: a page
 * @error: (transfer full): why something was not done
 *
 * Says the service's sentence for it in a toast. What was cancelled is not worth a word.
 */
void
mash_page_say_error (MashPage *self,
                     GError   *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *sentence = NULL;

  g_return_if_fail (MASH_IS_PAGE (self));

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sentence = mash_sentence_for_error (owned);
  mash_page_say (self, sentence);
}

static void
on_printed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashPage) self = user_data;
  GError *error = NULL;
  gboolean handed_over;

  if (!mash_paper_print_finish (result, &handed_over, &error))
    mash_page_say_error (self, error);
  else if (handed_over)
    mash_page_say (self, _("The printer has it"));
}

/**
 * mash_page_print:
 * @self: a page, in its window
 * @paper: what goes to the printer
 *
 * Asks which printer, prints, and says when the printer has it. Whoever changes their mind hears
 * nothing.
 */
void
mash_page_print (MashPage  *self,
                 MashPaper *paper)
{
  g_return_if_fail (MASH_IS_PAGE (self));
  g_return_if_fail (paper != NULL);

  mash_paper_print_async (paper, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                          on_printed_cb, g_object_ref (self));
}

/**
 * mash_page_go:
 * @self: a page
 * @action: an action of the window, such as `win.open-contact`
 * @argument: (nullable): its argument, such as an id
 */
void
mash_page_go (MashPage   *self,
              const char *action,
              const char *argument)
{
  g_return_if_fail (MASH_IS_PAGE (self));

  if (argument != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s", argument);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}
