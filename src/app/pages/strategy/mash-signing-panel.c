/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-signing-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-facts.h"
#include "mash-held-focus.h"
#include "mash-focus-first.h"
#include "mash-set-str.h"
#include "mash-signing.h"
#include "mash-strategy-frame.h"
#include "mash-value-words.h"
#include "mash-words.h"
#include "mash-work-row.h"

struct _MashSigningPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkLabel          *explains;
  GtkListBox        *rows;

  /* Owned */
  char              *told;
};

G_DEFINE_FINAL_TYPE (MashSigningPanel, mash_signing_panel, MASH_TYPE_STRATEGY_PART)

static const char *
name_capacity (MashSigningPanel *self,
               const char       *capacity)
{
  return mash_policy_get_label (mash_contact_part_get_policy (MASH_CONTACT_PART (self)), "SDCAP",
                                capacity);
}

static gboolean
is_earlier (MashSigningPanel *self,
            MashEntity       *request)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));

  return mash_entity_get_int (request, "rev") != mash_entity_get_int (discussion, "rev");
}

/* Those of an agency sign for it; the chair signs as the chair and nobody else does. */
static gboolean
is_mine (MashSigningPanel *self,
         MashEntity       *request)
{
  const MashActor *actor = mash_service_get_actor (
    mash_contact_part_get_service (MASH_CONTACT_PART (self)));
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));

  if (actor == NULL)
    return FALSE;
  if (g_strcmp0 (mash_entity_get_text (request, "capacity"), "CHAIR") == 0)
    return g_strcmp0 (mash_entity_get_text (discussion, "chair"), actor->person) == 0;

  return g_strcmp0 (mash_entity_get_text (request, "agency"), actor->agency) == 0;
}

static char *
dup_answer (MashSigningPanel *self,
            MashEntity       *request)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  const char *answer = mash_entity_get_text (request, "answer");
  const char *by = mash_entity_get_text (request, "answered-by");
  const char *reason = mash_entity_get_text (request, "reason");
  g_autofree char *name = NULL;
  g_autofree char *at = mash_words_instant (mash_entity_get_text (request, answer != NULL
                                                                  ? "answered-at" : "asked-at"),
                                            now);

  if (answer == NULL)
    /* Translators: %s is when somebody was asked to sign. */
    return g_strdup_printf (is_earlier (self, request) ? _("Asked %s, lapsed") : _("Asked %s"),
                            at);

  name = by != NULL ? mash_value_words_for_staff (mash_form_host_find (GTK_WIDGET (self)), by)
                    : g_strdup ("");

  return mash_words_join (" · ",
                          mash_policy_get_label (mash_contact_part_get_policy (part), "SOR",
                                                 answer), name, at,
                          reason != NULL ? reason : "", NULL);
}

static void
add_deed (MashWorkRow *row,
          const char  *label,
          const char  *deed,
          MashEntity  *request)
{
  g_autofree char *target = g_strdup_printf ("%s %s", deed, mash_entity_get_id (request));

  mash_work_row_add_deed (row, label, "contact.deed", target);
}

/* Whether whoever is signed in is asked to answer it now. */
static gboolean
is_asked (MashSigningPanel *self,
          MashEntity       *request)
{
  return mash_entity_get_text (request, "answer") == NULL && !is_earlier (self, request) &&
         is_mine (self, request);
}

static void
add_request (MashSigningPanel *self,
             MashEntity       *request)
{
  const char *capacity = mash_entity_get_text (request, "capacity");
  gboolean is_chair = g_strcmp0 (capacity, "CHAIR") == 0;
  g_autofree char *who = mash_words_join (
    ", ", name_capacity (self, capacity),
    mash_strategy_part_name_agency (MASH_STRATEGY_PART (self),
                                    mash_entity_get_text (request, "agency")), NULL);
  g_autofree char *answer = dup_answer (self, request);
  g_autofree char *second = mash_words_join (
    " · ", answer, is_earlier (self, request) ? _("earlier revision") : "",
    mash_entity_get_flag (request, "required") ? "" : _("need not sign"), NULL);
  MashWorkRow *row = mash_work_row_new (who, second);

  if (is_asked (self, request))
    {
      add_deed (row, _("Sign…"), is_chair ? "sign-as-chair" : "sign-discussion", request);
      add_deed (row, _("Refuse to sign…"), "refuse-to-sign", request);
    }
  gtk_list_box_append (self->rows, GTK_WIDGET (row));
}

/* What waits for whoever looks stands first, then the chair and the agencies as they are asked, and
 * what belongs to an earlier revision last. */
static void
add_requests (MashSigningPanel *self,
              GPtrArray        *requests)
{
  for (guint turn = 0; turn < 3; turn++)
    for (guint i = 0; i < requests->len; i++)
      {
        MashEntity *request = g_ptr_array_index (requests, i);
        guint place = is_earlier (self, request) ? 2 : is_asked (self, request) ? 0 : 1;

        if (place == turn)
          add_request (self, request);
      }
}

/* Before anybody is asked: who will be. */
static void
add_signer (MashSigningPanel *self,
            const MashSigner *signer)
{
  g_autofree char *who = mash_words_join (
    ", ", name_capacity (self, signer->capacity),
    mash_strategy_part_name_agency (MASH_STRATEGY_PART (self), signer->agency), NULL);

  gtk_list_box_append (self->rows, GTK_WIDGET (mash_work_row_new (
                                                 who, signer->required ? _("must sign")
                                                                       : _("may sign"))));
}

static char *
dup_told (MashSigningPanel *self,
          GPtrArray        *requests,
          GPtrArray        *signers)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  GString *told = g_string_new (NULL);

  g_string_append_printf (told, "%" G_GINT64_FORMAT, mash_entity_get_revision (discussion));
  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (told, " %" G_GINT64_FORMAT,
                            mash_entity_get_revision (g_ptr_array_index (requests, i)));
  for (guint i = 0; i < signers->len; i++)
    g_string_append_printf (told, " %s",
                            ((MashSigner *) g_ptr_array_index (signers, i))->agency);

  return g_string_free (told, FALSE);
}

static const char *
explain (MashSigningPanel *self)
{
  const char *state = mash_strategy_part_get_state (MASH_STRATEGY_PART (self));

  if (mash_words_contain ("SIGNED CIRCULATED", state))
    return _("The record is signed. It is corrected only by a record of its own.");
  if (g_strcmp0 (state, "SIGNING") == 0)
    return _("Whoever writes in the record now makes a new revision: those who have not signed "
             "are asked again, and signatures that were given stay with the earlier revision.");

  return _("After the discussion has ended, these are asked to sign.");
}

static void
mash_signing_panel_updated (MashContactPart *part)
{
  MashSigningPanel *self = MASH_SIGNING_PANEL (part);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) signers = NULL;
  g_autofree char *told = NULL;
  MashHeldFocus held;

  if (discussion == NULL || mash_entity_get_record (discussion) == NULL)
    return;

  requests = mash_strategy_part_list (MASH_STRATEGY_PART (self), "sd-request");
  signers = mash_signing_list_signers (MASH_FACTS (mash_contact_part_get_file (part)),
                                       mash_entity_get_id (discussion));
  told = dup_told (self, requests, signers);
  if (!mash_set_str (&self->told, told))
    return;

  held = mash_held_focus_take (GTK_WIDGET (self->rows));
  mash_remove_children (GTK_WIDGET (self->rows));
  add_requests (self, requests);
  for (guint i = 0; requests->len == 0 && i < signers->len; i++)
    add_signer (self, g_ptr_array_index (signers, i));
  gtk_label_set_text (self->explains, explain (self));
  gtk_widget_set_visible (GTK_WIDGET (self->rows),
                          gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL);
  mash_held_focus_give (&held);
}

static void
mash_signing_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_SIGNING_PANEL);
  g_clear_pointer (&MASH_SIGNING_PANEL (object)->told, g_free);

  G_OBJECT_CLASS (mash_signing_panel_parent_class)->dispose (object);
}

static void
mash_signing_panel_class_init (MashSigningPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_signing_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_signing_panel_updated;

  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-signing-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSigningPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashSigningPanel, explains);
  gtk_widget_class_bind_template_child (widget_class, MashSigningPanel, rows);
}

static void
mash_signing_panel_init (MashSigningPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_signing_panel_lead:
 * @self: the panel
 *
 * Leads the keyboard to what may be answered, or else to the first line.
 *
 * Returns: whether anything here could take it
 */
gboolean
mash_signing_panel_lead (MashSigningPanel *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (MASH_IS_SIGNING_PANEL (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (mash_focus_first (gtk_list_box_row_get_child (row)))
      return TRUE;

  return mash_focus_first (GTK_WIDGET (self));
}
