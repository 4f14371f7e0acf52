/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-key-hints.h"

#include "mash-children.h"
#include "mash-dispose.h"
#include "mash-set-str.h"

struct _MashKeyHints
{
  GtkWidget parent_instance;

  GtkBox   *box;
  GtkLabel *note_label;

  char    **hints;
  char     *note;

  guint     brief : 1;
};

G_DEFINE_FINAL_TYPE (MashKeyHints, mash_key_hints, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_HINTS,
  PROP_NOTE,
  PROP_BRIEF,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
add_hint (MashKeyHints *self,
          const char   *hint)
{
  g_auto (GStrv) parts = g_strsplit (hint, "|", 2);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = gtk_label_new (parts[0]);
  GtkWidget *word = gtk_label_new (parts[0] != NULL ? parts[1] : NULL);

  gtk_widget_add_css_class (key, "key");
  gtk_box_append (GTK_BOX (pair), key);
  gtk_box_append (GTK_BOX (pair), word);
  gtk_box_append (self->box, pair);
}

static void
show (MashKeyHints *self)
{
  mash_remove_children (GTK_WIDGET (self->box));

  /* Where there is little room the first two stand for all; the help has the rest. */
  for (guint i = 0; self->hints != NULL && self->hints[i] != NULL && (!self->brief || i < 2); i++)
    add_hint (self, self->hints[i]);

  gtk_label_set_label (self->note_label, self->note != NULL ? self->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), !self->brief);
}

static void
mash_key_hints_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  MashKeyHints *self = MASH_KEY_HINTS (object);

  switch (prop_id)
    {
    case PROP_HINTS:
      g_value_set_boxed (value, self->hints);
      break;

    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;

    case PROP_BRIEF:
      g_value_set_boolean (value, self->brief);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_key_hints_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  MashKeyHints *self = MASH_KEY_HINTS (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_HINTS:
      g_strfreev (self->hints);
      self->hints = g_value_dup_boxed (value);
      changed = TRUE;
      break;

    case PROP_NOTE:
      changed = mash_set_str (&self->note, g_value_get_string (value));
      break;

    case PROP_BRIEF:
      changed = self->brief != g_value_get_boolean (value);
      self->brief = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
mash_key_hints_dispose (GObject *object)
{
  mash_dispose_template (GTK_WIDGET (object), MASH_TYPE_KEY_HINTS);

  G_OBJECT_CLASS (mash_key_hints_parent_class)->dispose (object);
}

static void
mash_key_hints_finalize (GObject *object)
{
  MashKeyHints *self = MASH_KEY_HINTS (object);

  g_free (self->note);
  g_strfreev (self->hints);

  G_OBJECT_CLASS (mash_key_hints_parent_class)->finalize (object);
}

static void
mash_key_hints_class_init (MashKeyHintsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mash_key_hints_get_property;
  object_class->set_property = mash_key_hints_set_property;
  object_class->dispose = mash_key_hints_dispose;
  object_class->finalize = mash_key_hints_finalize;

  properties[PROP_HINTS] =
    g_param_spec_boxed ("hints", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BRIEF] =
    g_param_spec_boolean ("brief", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mash-key-hints");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/widgets/mash-key-hints.ui");
  gtk_widget_class_bind_template_child (widget_class, MashKeyHints, box);
  gtk_widget_class_bind_template_child (widget_class, MashKeyHints, note_label);
}

static void
mash_key_hints_init (MashKeyHints *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_key_hints_new (void)
{
  return g_object_new (MASH_TYPE_KEY_HINTS, NULL);
}
