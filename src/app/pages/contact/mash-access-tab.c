/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-access-tab.h"

#include <glib/gi18n-lib.h>

#include "mash-cell.h"
#include "mash-empty-page.h"
#include "mash-fold.h"
#include "mash-service-hub.h"
#include "mash-words.h"

/* Read the access log of a case, by the matrix (domain 2.2). */
#define PERMISSION_ACCESS_LOG 44

struct _MashAccessTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkColumnView      *table;
  GtkSingleSelection *entries;
  GtkStack           *stack;
  MashEmptyPage      *none;
  GtkWidget          *elsewhere;
  GtkLabel           *whose;
  GtkButton          *other;

  /* What the hub has of everybody, as far as it was fetched */
  GListStore *hub_looks;
  char       *next;        /* where the last page ended; NULL when there is no other */
  gboolean    everybody;   /* it is what is shown */
  gboolean    not_own;     /* by the matrix, who is signed in knows of others only */
  gboolean    asking;
};

G_DEFINE_FINAL_TYPE (MashAccessTab, mash_access_tab, MASH_TYPE_CONTACT_PART)

static char *
name_action (gpointer    unused,
             const char *action)
{
  if (g_strcmp0 (action, "view") == 0)
    return g_strdup (_("Opened"));
  if (g_strcmp0 (action, "search") == 0)
    return g_strdup (_("Found by search"));

  return g_strdup (action);
}

static char *
name_moment (GObject *item,
             gint64   at)
{
  GtkWidget *tab = mash_contact_part_find_for_item (item, MASH_TYPE_ACCESS_TAB);
  MashPage *page = tab != NULL ? mash_contact_part_get_page (MASH_CONTACT_PART (tab)) : NULL;

  return mash_words_moment (at, page != NULL ? mash_page_get_now (page) : at);
}

static void
show_none (MashAccessTab *self,
           const char    *title,
           const char    *description)
{
  g_object_set (self->none, "title", title, "description", description, NULL);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
show_nobody (MashAccessTab *self)
{
  if (self->not_own)
    show_none (self, _("Nobody else has looked yet"),
               _("Everybody else who opens this contact is written down here. That you did is for "
                 "information governance to read."));
  else
    show_none (self, _("Nobody has looked yet"),
               _("Everybody who opens this contact is written down here."));
}

static void
on_listed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashAccessTab) self = user_data;
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  GError *error = NULL;
  g_autoptr (GListModel) entries = mash_service_list_access_finish (MASH_SERVICE (object), result,
                                                                   &error);

  if (page == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (entries == NULL)
    {
      mash_page_say_error (page, error);
      return;
    }

  if (self->everybody)
    return;

  gtk_single_selection_set_model (self->entries, entries);
  if (g_list_model_get_n_items (entries) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    show_nobody (self);
}

static const char *
say_whose (MashAccessTab *self)
{
  if (self->not_own)
    return self->everybody
           ? _("Everybody else who looked, at whatever desk, as the hub has it. That you looked is "
               "for information governance to read.")
           : _("Everybody else who looked. That you looked is for information governance to read.");

  return self->everybody
         ? _("Everybody who looked, at whatever desk, as the hub has it. The newest may still be "
             "on their way there.")
         : _("Those who looked at this desk. Your hub has everybody’s looks.");
}

static void
show_whose (MashAccessTab *self)
{
  gtk_label_set_label (self->whose, say_whose (self));
  gtk_button_set_label (self->other, self->everybody ? _("This _Desk’s") : _("_Everybody’s"));
}

static void
show_desk (MashAccessTab *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);

  self->everybody = FALSE;
  show_whose (self);
  mash_service_list_access_async (mash_contact_part_get_service (part),
                                  mash_entity_get_id (mash_contact_part_get_contact (part)),
                                  NULL, on_listed_cb, g_object_ref (self));
}

/* Away from the hub a desk has the looks of its own, who may not all know of them. */
static void
fall_back (MashAccessTab *self)
{
  if (!self->not_own)
    {
      show_desk (self);
      return;
    }

  self->everybody = FALSE;
  show_none (self, _("The hub has who looked"),
             _("Come back here when this desk is in touch with its hub. That you looked is for "
               "information governance to read."));
}

static void
on_hub_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (MashAccessTab) self = user_data;
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GListModel) looks = mash_service_list_hub_looks_finish (MASH_SERVICE (object), result,
                                                                     &next, &error);

  self->asking = FALSE;
  if (page == NULL || !self->everybody)
    return;
  if (looks == NULL)
    {
      mash_page_say_error (page, g_steal_pointer (&error));
      if (g_list_model_get_n_items (G_LIST_MODEL (self->hub_looks)) == 0)
        fall_back (self);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (looks); i++)
    {
      g_autoptr (GObject) look = g_list_model_get_item (looks, i);

      g_list_store_append (self->hub_looks, look);
    }
  g_free (self->next);
  self->next = g_steal_pointer (&next);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->hub_looks)) == 0)
    show_nobody (self);
}

/* The newest, or those that come after what is there. */
static void
ask_hub (MashAccessTab *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);

  if (self->asking)
    return;

  self->asking = TRUE;
  mash_service_list_hub_looks_async (mash_contact_part_get_service (part),
                                     mash_entity_get_id (mash_contact_part_get_contact (part)),
                                     self->next, on_hub_listed_cb, g_object_ref (self));
}

static void
show_everybody (MashAccessTab *self)
{
  self->everybody = TRUE;
  show_whose (self);
  gtk_stack_set_visible_child_name (self->stack, "list");
  g_list_store_remove_all (self->hub_looks);
  g_clear_pointer (&self->next, g_free);
  gtk_single_selection_set_model (self->entries, G_LIST_MODEL (self->hub_looks));
  ask_hub (self);
}

static void
on_other_clicked_cb (MashAccessTab *self)
{
  if (mash_contact_part_get_file (MASH_CONTACT_PART (self)) == NULL)
    return;

  if (self->everybody)
    show_desk (self);
  else
    show_everybody (self);
}

static void
on_edge_reached_cb (MashAccessTab   *self,
                    GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM && self->everybody && self->next != NULL &&
      mash_contact_part_get_file (MASH_CONTACT_PART (self)) != NULL)
    ask_hub (self);
}

static void
mash_access_tab_folded (MashContactPart *part,
                        guint            compact)
{
  static const int widths[3][5] = {
    { 170, 200, 200, 220, 0 },
    { 140, 170, 170, 190, 0 },
    { 150, 150, 150, 170, 110 },
  };

  mash_fold_scale_columns (MASH_ACCESS_TAB (part)->table, widths[compact]);
}

static void
mash_access_tab_dispose (GObject *object)
{
  MashAccessTab *self = MASH_ACCESS_TAB (object);

  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ACCESS_TAB);
  g_clear_object (&self->hub_looks);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (mash_access_tab_parent_class)->dispose (object);
}

static void
mash_access_tab_class_init (MashAccessTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_access_tab_dispose;

  MASH_CONTACT_PART_CLASS (klass)->folded = mash_access_tab_folded;

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-access-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, table);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, entries);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, stack);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, none);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, whose);
  gtk_widget_class_bind_template_child (widget_class, MashAccessTab, other);
  gtk_widget_class_bind_template_callback (widget_class, name_action);
  gtk_widget_class_bind_template_callback (widget_class, name_moment);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
}

static void
mash_access_tab_init (MashAccessTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hub_looks = g_list_store_new (MASH_TYPE_ACCESS_ITEM);
  show_whose (self);
}

static MashGrant
get_grant (MashContactPart *part)
{
  MashService *service = mash_contact_part_get_service (part);
  const MashActor *actor = mash_service_get_actor (service);

  return actor != NULL
         ? mash_policy_get_grant (mash_service_get_policy (service), actor->role,
                                  PERMISSION_ACCESS_LOG, NULL) : MASH_GRANT_NO;
}

/**
 * mash_access_tab_load:
 * @self: the tab
 *
 * Reads the list again. Looking at it is not looked at: the contact itself is open already.
 */
void
mash_access_tab_load (MashAccessTab *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  gboolean enrolled;
  MashGrant grant;

  g_return_if_fail (MASH_IS_ACCESS_TAB (self));

  if (mash_contact_part_get_file (part) == NULL)
    return;

  grant = get_grant (part);
  enrolled = mash_service_is_enrolled (mash_contact_part_get_service (part));
  self->not_own = grant == MASH_GRANT_CONDITION;
  gtk_widget_set_visible (self->elsewhere,
                          self->not_own || (enrolled && grant == MASH_GRANT_YES));
  gtk_widget_set_visible (GTK_WIDGET (self->other), enrolled && !self->not_own);

  /* At a desk of a hub there are the looks of whoever sits at it, and no others. */
  if (enrolled && self->not_own && !self->everybody)
    show_everybody (self);
  else if (!self->everybody)
    show_desk (self);
}
