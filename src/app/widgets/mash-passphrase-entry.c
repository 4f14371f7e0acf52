/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-passphrase-entry.h"

#include "mash-caps-warning.h"
#include "mash-dispose.h"
#include "mash-set-str.h"

struct _MashPassphraseEntry
{
  GtkWidget         parent_instance;

  GtkPasswordEntry *entry;
  GtkLabel         *error_label;

  char             *error;
};

G_DEFINE_FINAL_TYPE (MashPassphraseEntry, mash_passphrase_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  ACTIVATE,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (MashPassphraseEntry *self)
{
  gtk_label_set_label (self->error_label, self->error != NULL ? self->error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), self->error != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               self->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
on_activate_cb (MashPassphraseEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_changed_cb (MashPassphraseEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mash_passphrase_entry_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  MashPassphraseEntry *self = MASH_PASSPHRASE_ENTRY (object);

  switch (prop_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_passphrase_entry_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  MashPassphraseEntry *self = MASH_PASSPHRASE_ENTRY (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_ERROR:
      changed = mash_set_str (&self->error, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static gboolean
mash_passphrase_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MASH_PASSPHRASE_ENTRY (widget)->entry));
}

static void
mash_passphrase_entry_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_PASSPHRASE_ENTRY);

  G_OBJECT_CLASS (mash_passphrase_entry_parent_class)->dispose (object);
}

static void
mash_passphrase_entry_finalize (GObject *object)
{
  MashPassphraseEntry *self = MASH_PASSPHRASE_ENTRY (object);

  g_free (self->error);

  G_OBJECT_CLASS (mash_passphrase_entry_parent_class)->finalize (object);
}

static void
mash_passphrase_entry_class_init (MashPassphraseEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_passphrase_entry_get_property;
  object_class->set_property = mash_passphrase_entry_set_property;
  object_class->dispose = mash_passphrase_entry_dispose;
  object_class->finalize = mash_passphrase_entry_finalize;

  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MASH_TYPE_CAPS_WARNING);

  gtk_widget_class_set_css_name (widget_class, "mash-passphrase-entry");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-passphrase-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, MashPassphraseEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, MashPassphraseEntry, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);

  widget_class->grab_focus = mash_passphrase_entry_grab_focus;
}

static void
mash_passphrase_entry_init (MashPassphraseEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
mash_passphrase_entry_new (void)
{
  return g_object_new (MASH_TYPE_PASSPHRASE_ENTRY, NULL);
}

/**
 * mash_passphrase_entry_get_text:
 * @self: an entry
 *
 * Returns: what is typed, in memory that the toolkit keeps out of core dumps
 */
const char *
mash_passphrase_entry_get_text (MashPassphraseEntry *self)
{
  g_return_val_if_fail (MASH_IS_PASSPHRASE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * mash_passphrase_entry_clear:
 * @self: an entry
 *
 * Empties the field. Call it as soon as the passphrase has been handed on.
 */
void
mash_passphrase_entry_clear (MashPassphraseEntry *self)
{
  g_return_if_fail (MASH_IS_PASSPHRASE_ENTRY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}
