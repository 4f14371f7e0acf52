/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-head.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-clock-label.h"
#include "mash-contact-clocks.h"
#include "mash-family-row.h"
#include "mash-tag.h"
#include "mash-text.h"
#include "mash-urgency-chip.h"
#include "mash-words.h"
#include "mash-wrap-layout.h"

struct _MashContactHead
{
  MashContactPart  parent_instance;

  /* Template children */
  MashUrgencyChip *chip;
  GtkLabel        *family;
  GtkWidget       *tags;
  GtkWidget       *clocks[MASH_N_HEAD_CLOCKS];

  guint            n_clocks;    /* that there is room for */
};

G_DEFINE_FINAL_TYPE (MashContactHead, mash_contact_head, MASH_TYPE_CONTACT_PART)

static void
add_tag (MashContactHead *self,
         const char      *label,
         const char      *look)
{
  gtk_box_append (GTK_BOX (self->tags),
                  g_object_new (MASH_TYPE_TAG, "label", label, "look", look, NULL));
}

static void
add_flags (MashContactHead *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  GListModel *flags = mash_contact_file_get_list (file, "flag");

  for (guint i = 0; i < g_list_model_get_n_items (flags); i++)
    {
      g_autoptr (MashEntity) flag = g_list_model_get_item (flags, i);

      if (mash_entity_get_text (flag, "cleared-at") == NULL &&
          mash_entity_get_text (flag, "type") != NULL)
        add_tag (self, mash_policy_get_label (policy, "FLAG", mash_entity_get_text (flag, "type")),
                 "amber");
    }
}

static gboolean
any_has (MashContactFile *file,
         const char      *kind,
         const char      *field,
         const char      *value)
{
  GListModel *entities = mash_contact_file_get_list (file, kind);

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (entities, i);

      if (g_strcmp0 (mash_entity_get_text (entity, field), value) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
dup_assigned (MashContactHead *self,
              MashEntity      *contact)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  GListModel *staff = service != NULL ? mash_service_get_staff (service) : NULL;
  const char *assigned = mash_entity_get_text (contact, "assigned-to");

  if (assigned == NULL)
    return g_strdup (_("With nobody yet"));

  for (guint i = 0; staff != NULL && i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);
      g_autofree char *id = NULL;
      g_autofree char *name = NULL;

      g_object_get (item, "staff", &id, "name", &name, NULL);
      if (g_strcmp0 (id, assigned) == 0)
        return g_strdup_printf (_("With %s"), name);
    }

  return g_strdup (_("With somebody who has left"));
}

static void
show_tags (MashContactHead *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_autofree char *assigned = dup_assigned (self, contact);

  mash_remove_children (self->tags);

  if (mash_entity_get_flag (contact, "harm-suspected"))
    add_tag (self, _("Significant harm marked"), "red");
  if (any_has (file, "contact-subject", "role", MASH_ROLE_UNBORN))
    add_tag (self, _("Unborn child"), "amber");
  if (mash_entity_get_text (contact, "staff-risk") != NULL)
    add_tag (self, _("Risk to staff: see section 7"), "amber");
  if (any_has (file, "person", "interpreter", "Y"))
    add_tag (self, _("Interpreter needed"), "amber");
  add_flags (self);
  add_tag (self, assigned, NULL);
}

static void
show_clocks (MashContactHead *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  MashPage *page = mash_contact_part_get_page (MASH_CONTACT_PART (self));
  MashEntity *contact;
  g_autoptr (GArray) runs = NULL;

  if (file == NULL || policy == NULL)
    return;

  contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  runs = mash_contact_clocks_list (file, policy);
  for (guint i = 0; i < MASH_N_HEAD_CLOCKS; i++)
    {
      const MashClockRun *run = i < runs->len ? &g_array_index (runs, MashClockRun, i) : NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      MashClockState state;

      gtk_widget_set_visible (self->clocks[i], run != NULL && i < self->n_clocks);
      if (run == NULL)
        continue;
      state = mash_words_clock (policy, run->rule->id, mash_entity_get_text (contact, "brag"),
                                run->started, run->due, run->stopped, mash_page_get_now (page),
                                TRUE, &first, &second);
      g_object_set (self->clocks[i], "first", first, "second", second, "state", (guint) state,
                    NULL);
    }
}

static void
mash_contact_head_file_set (MashContactPart *part)
{
  MashMinute *minute = mash_page_get_minute (mash_contact_part_get_page (part));

  if (minute != NULL)
    g_signal_connect_object (minute, "tick", G_CALLBACK (show_clocks), part, G_CONNECT_SWAPPED);
}

static void
mash_contact_head_updated (MashContactPart *part)
{
  MashContactHead *self = MASH_CONTACT_HEAD (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_autofree char *family = mash_text_dup_visible (mash_contact_file_get_family (file));

  gtk_label_set_text (self->family,
                      family != NULL && *family != '\0' ? family : _("Family not known yet"));
  mash_urgency_chip_set_brag (self->chip, mash_entity_get_text (contact, "brag"));
  show_tags (self);
  show_clocks (self);
}

/* The nearest clock is there always; the others where there is room. */
static void
mash_contact_head_folded (MashContactPart *part,
                          guint            compact)
{
  MashContactHead *self = MASH_CONTACT_HEAD (part);

  self->n_clocks = MASH_N_HEAD_CLOCKS - compact;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (adw_bin_get_child (ADW_BIN (self))),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), compact == 2 ? 2 : 12);
  if (compact == 2)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");
  gtk_label_set_wrap (self->family, compact == 2);
  gtk_label_set_ellipsize (self->family,
                           compact == 2 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  show_clocks (self);
}

static void
mash_contact_head_dispose (GObject *object)
{
  MashContactHead *self = MASH_CONTACT_HEAD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_CONTACT_HEAD);

  G_OBJECT_CLASS (mash_contact_head_parent_class)->dispose (object);
}

static void
mash_contact_head_class_init (MashContactHeadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_contact_head_dispose;

  part_class->file_set = mash_contact_head_file_set;
  part_class->folded = mash_contact_head_folded;
  part_class->updated = mash_contact_head_updated;

  g_type_ensure (MASH_TYPE_CLOCK_LABEL);
  g_type_ensure (MASH_TYPE_TAG);
  g_type_ensure (MASH_TYPE_URGENCY_CHIP);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-contact-head.ui");
  gtk_widget_class_bind_template_child (widget_class, MashContactHead, chip);
  gtk_widget_class_bind_template_child (widget_class, MashContactHead, family);
  gtk_widget_class_bind_template_child (widget_class, MashContactHead, tags);
  for (guint i = 0; i < MASH_N_HEAD_CLOCKS; i++)
    {
      static const char *const ids[MASH_N_HEAD_CLOCKS] = { "clock1", "clock2", "clock3" };

      gtk_widget_class_bind_template_child_full (widget_class, ids[i], FALSE,
                                                 G_STRUCT_OFFSET (MashContactHead, clocks) +
                                                 i * (gssize) sizeof (GtkWidget *));
    }
}

static void
mash_contact_head_init (MashContactHead *self)
{
  self->n_clocks = MASH_N_HEAD_CLOCKS;
  gtk_widget_init_template (GTK_WIDGET (self));
}
