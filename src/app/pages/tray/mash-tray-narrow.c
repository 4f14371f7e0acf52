/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-narrow.h"

#include <glib/gi18n.h>

#include "mash-dispose.h"
#include "mash-item.h"
#include "mash-set-str.h"

/* What can be narrowed by, in the order of the panel. */
enum
{
  STAGE,
  URGENCY,
  TEAM,
  LOCALITY,
  WITH,
  N_CHOICES
};

typedef struct
{
  GtkDropDown *drop_down;
  GtkWidget   *row;
  GPtrArray   *values;   /* of char *, one for each line behind "Any" */
  char        *chosen;   /* NULL for any */
} Choice;

struct _MashTrayNarrow
{
  GtkWidget      parent_instance;

  GtkMenuButton *button;
  GtkLabel      *label;
  GtkDropDown   *stage;
  GtkDropDown   *urgency;
  GtkDropDown   *team;
  GtkDropDown   *locality;
  GtkDropDown   *with;

  Choice         choices[N_CHOICES];
  guint          filling : 1;
};

G_DEFINE_FINAL_TYPE (MashTrayNarrow, mash_tray_narrow, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const facets_of[N_CHOICES] = {
  [STAGE] = "state",
  [URGENCY] = "urgency",
  [TEAM] = "team",
  [LOCALITY] = "locality",
  [WITH] = "with",
};

/* In the order of #MashTrayUrgency. */
static const char *const urgencies[MASH_N_TRAY_URGENCIES] = {
  [MASH_TRAY_URGENCY_RED] = N_("Red, or in danger"),
  [MASH_TRAY_URGENCY_AMBER] = N_("Amber"),
  [MASH_TRAY_URGENCY_UNRATED] = N_("Not rated yet"),
  [MASH_TRAY_URGENCY_GREEN] = N_("Green"),
  [MASH_TRAY_URGENCY_BLUE] = N_("Blue"),
};

static const char *
get_words (guint       choice,
           MashPolicy *policy,
           const char *value,
           const char *label)
{
  int urgency;

  switch (choice)
    {
    case STAGE:
      return mash_policy_get_label (policy, "CST", value);

    case URGENCY:
      urgency = *value - '0';
      return urgency >= 0 && urgency < MASH_N_TRAY_URGENCIES ? _(urgencies[urgency]) : value;

    case WITH:
      return *value == '\0' ? _("No one yet") : label != NULL ? label : value;

    case TEAM:
    case LOCALITY:
    default:
      return value;
    }
}

static void
update_label (MashTrayNarrow *self)
{
  guint n = mash_tray_narrow_get_n (self);
  g_autofree char *words = NULL;

  if (n == 0)
    words = g_strdup (_("More filters"));
  else
    /* Translators: %u is how many filters narrow the list. */
    words = g_strdup_printf (ngettext ("%u more filter", "%u more filters", n), n);
  gtk_label_set_label (self->label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
fill_choice (MashTrayNarrow *self,
             guint           i,
             MashPolicy     *policy,
             GListModel     *facets)
{
  Choice *choice = &self->choices[i];
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (words, _("Any"));
  g_ptr_array_set_size (choice->values, 0);
  for (guint f = 0; facets != NULL && f < g_list_model_get_n_items (facets); f++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (facets, f);
      g_autofree char *facet = NULL;
      g_autofree char *value = NULL;
      g_autofree char *label = NULL;
      g_autofree char *line = NULL;
      guint n;

      g_object_get (item, "facet", &facet, "value", &value, "label", &label, "n", &n, NULL);
      if (g_strcmp0 (facet, facets_of[i]) != 0 || n == 0)
        continue;
      /* Translators: what can be filtered by, and how many contacts have it. */
      line = g_strdup_printf (_("%s · %u"), get_words (i, policy, value, label), n);
      gtk_string_list_append (words, line);
      g_ptr_array_add (choice->values, g_strdup (value));
      if (g_strcmp0 (value, choice->chosen) == 0)
        selected = choice->values->len;
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (choice->drop_down, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (choice->drop_down, selected);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (choice->drop_down), choice->values->len > 0);
  if (selected == 0)
    g_clear_pointer (&choice->chosen, g_free);
}

static void
on_selected_cb (MashTrayNarrow *self,
                GParamSpec     *pspec,
                GtkDropDown    *drop_down)
{
  for (guint i = 0; !self->filling && i < N_CHOICES; i++)
    {
      Choice *choice = &self->choices[i];
      guint selected = gtk_drop_down_get_selected (drop_down);
      const char *value = NULL;

      if (choice->drop_down != drop_down)
        continue;
      if (selected > 0 && selected <= choice->values->len)
        value = g_ptr_array_index (choice->values, selected - 1);
      if (!mash_set_str (&choice->chosen, value))
        return;
      update_label (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
on_clear_cb (MashTrayNarrow *self)
{
  if (mash_tray_narrow_get_n (self) == 0)
    return;

  mash_tray_narrow_clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mash_tray_narrow_dispose (GObject *object)
{
  MashTrayNarrow *self = MASH_TRAY_NARROW (object);

  for (guint i = 0; i < N_CHOICES; i++)
    {
      g_clear_pointer (&self->choices[i].values, g_ptr_array_unref);
      g_clear_pointer (&self->choices[i].chosen, g_free);
    }
  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_TRAY_NARROW);

  G_OBJECT_CLASS (mash_tray_narrow_parent_class)->dispose (object);
}

static void
mash_tray_narrow_class_init (MashTrayNarrowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_tray_narrow_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/tray/mash-tray-narrow.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, button);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, label);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, stage);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, urgency);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, team);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, locality);
  gtk_widget_class_bind_template_child (widget_class, MashTrayNarrow, with);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_cb);
}

/* What takes the focus in a drop-down is a button inside it, which is named too. */
static void
name_drop_down (GtkDropDown *drop_down,
                const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
mash_tray_narrow_init (MashTrayNarrow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->choices[STAGE].drop_down = self->stage;
  self->choices[URGENCY].drop_down = self->urgency;
  self->choices[TEAM].drop_down = self->team;
  self->choices[LOCALITY].drop_down = self->locality;
  self->choices[WITH].drop_down = self->with;
  for (guint i = 0; i < N_CHOICES; i++)
    self->choices[i].values = g_ptr_array_new_with_free_func (g_free);
  name_drop_down (self->stage, _("Stage"));
  name_drop_down (self->urgency, _("Urgency"));
  name_drop_down (self->team, _("Team"));
  name_drop_down (self->locality, _("Locality"));
  name_drop_down (self->with, _("With"));
  update_label (self);
}

/**
 * mash_tray_narrow_set_facets:
 * @self: a panel
 * @policy: the policy in force, for labels
 * @facets: (nullable): what the tray can be filtered by, MashFacetItem
 *
 * Offers what there is; a value that nothing has any more is no longer chosen.
 */
void
mash_tray_narrow_set_facets (MashTrayNarrow *self,
                             MashPolicy     *policy,
                             GListModel     *facets)
{
  g_return_if_fail (MASH_IS_TRAY_NARROW (self));

  for (guint i = 0; i < N_CHOICES; i++)
    fill_choice (self, i, policy, facets);
  update_label (self);
}

/**
 * mash_tray_narrow_apply:
 * @self: a panel
 * @query: (inout): what is asked for, which is narrowed
 */
void
mash_tray_narrow_apply (MashTrayNarrow *self,
                        MashTrayQuery  *query)
{
  g_return_if_fail (MASH_IS_TRAY_NARROW (self));
  g_return_if_fail (query != NULL);

  mash_set_str (&query->state, self->choices[STAGE].chosen);
  mash_set_str (&query->team, self->choices[TEAM].chosen);
  mash_set_str (&query->locality, self->choices[LOCALITY].chosen);
  if (self->choices[WITH].chosen != NULL)
    mash_set_str (&query->with, self->choices[WITH].chosen);
  if (self->choices[URGENCY].chosen != NULL)
    query->urgency = *self->choices[URGENCY].chosen - '0';
}

/**
 * mash_tray_narrow_get_n:
 * @self: a panel
 *
 * Returns: how many filters are on
 */
guint
mash_tray_narrow_get_n (MashTrayNarrow *self)
{
  guint n = 0;

  g_return_val_if_fail (MASH_IS_TRAY_NARROW (self), 0);

  for (guint i = 0; i < N_CHOICES; i++)
    n += self->choices[i].chosen != NULL;

  return n;
}

/**
 * mash_tray_narrow_clear:
 * @self: a panel
 *
 * Lets everything through, without saying so.
 */
void
mash_tray_narrow_clear (MashTrayNarrow *self)
{
  g_return_if_fail (MASH_IS_TRAY_NARROW (self));

  self->filling = TRUE;
  for (guint i = 0; i < N_CHOICES; i++)
    {
      g_clear_pointer (&self->choices[i].chosen, g_free);
      gtk_drop_down_set_selected (self->choices[i].drop_down, 0);
    }
  self->filling = FALSE;
  update_label (self);
}

void
mash_tray_narrow_pop_up (MashTrayNarrow *self)
{
  g_return_if_fail (MASH_IS_TRAY_NARROW (self));

  gtk_menu_button_popup (self->button);
}
