/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-agency-section.h"

#include <glib/gi18n-lib.h>

#include "mash-focus-first.h"
#include "mash-record-list.h"
#include "mash-writing-line.h"

/* Who may chair and record a discussion, and so enter something on behalf of an agency. */
#define PERMISSION_RECORD 20

struct _MashAgencySection
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkWidget        *box;
  GtkLabel         *name;
  MashWritingLine  *writing;
  GtkLabel         *whose;
  GtkWidget        *contents;
  GtkLabel         *withheld;
  GtkLabel         *readers;
  GtkWidget        *paragraphs;
  GtkWidget        *views;
  GtkLabel         *behalf;
  GtkButton        *confirm;

  /* Owned */
  char             *agency;
};

G_DEFINE_FINAL_TYPE (MashAgencySection, mash_agency_section, MASH_TYPE_STRATEGY_PART)

enum
{
  PROP_0,
  PROP_AGENCY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const MashActor *
get_actor (MashAgencySection *self)
{
  return mash_service_get_actor (mash_contact_part_get_service (MASH_CONTACT_PART (self)));
}

static gboolean
may_record (MashAgencySection *self)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));

  return mash_policy_get_grant (policy, get_actor (self)->role, PERMISSION_RECORD, NULL) !=
         MASH_GRANT_NO;
}

/* The first entry that somebody else made and the agency has not confirmed. */
static MashEntity *
find_unconfirmed (MashAgencySection *self)
{
  static const char *const kinds[] = { "sd-paragraph", "sd-view" };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) entries = mash_strategy_part_list (MASH_STRATEGY_PART (self),
                                                               kinds[k]);

      for (guint i = 0; i < entries->len; i++)
        {
          MashEntity *entry = g_ptr_array_index (entries, i);

          if (g_strcmp0 (mash_entity_get_text (entry, "agency"), self->agency) == 0 &&
              mash_entity_get_flag (entry, "on-behalf") &&
              mash_entity_get_text (entry, "confirmed-at") == NULL)
            return entry;
        }
    }

  return NULL;
}

/* A view that its agency gave or confirmed is altered by nobody else. */
static gboolean
has_own_view (MashAgencySection *self)
{
  g_autoptr (GPtrArray) views = mash_strategy_part_list (MASH_STRATEGY_PART (self), "sd-view");

  for (guint i = 0; i < views->len; i++)
    {
      MashEntity *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (mash_entity_get_text (view, "agency"), self->agency) == 0 &&
          mash_entity_get_record (view) != NULL &&
          (!mash_entity_get_flag (view, "on-behalf") ||
           mash_entity_get_text (view, "confirmed-at") != NULL))
        return TRUE;
    }

  return FALSE;
}

/* Whoever may not have a paragraph has the fingerprint of its words and not the words. */
static gboolean
is_withheld (MashEntity *paragraph)
{
  return mash_entity_get_text (paragraph, "text") == NULL &&
         mash_entity_get_text (paragraph, "text-hash") != NULL;
}

static gboolean
is_handled (MashEntity *paragraph,
            const char *code)
{
  g_auto (GStrv) codes = mash_entity_dup_set (paragraph, "handling");

  return codes != NULL && g_strv_contains ((const char *const *) codes, code);
}

static gboolean
is_for_decision (MashEntity *paragraph)
{
  return is_handled (paragraph, "H2") && !is_withheld (paragraph);
}

static gboolean
is_theirs_alone (MashEntity *paragraph)
{
  return !is_handled (paragraph, "H2") && !is_withheld (paragraph) &&
         (is_handled (paragraph, "H6") ||
          g_strcmp0 (mash_entity_get_text (paragraph, "basis"), "INTEL") == 0);
}

/* How many of the agency’s paragraphs are of a sort. */
static guint
count (MashAgencySection *self,
       gboolean         (*is_of_sort) (MashEntity *paragraph))
{
  g_autoptr (GPtrArray) entries = mash_strategy_part_list (MASH_STRATEGY_PART (self),
                                                           "sd-paragraph");
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      MashEntity *entry = g_ptr_array_index (entries, i);

      n += g_strcmp0 (mash_entity_get_text (entry, "agency"), self->agency) == 0 &&
           is_of_sort (entry);
    }

  return n;
}

static void
show (GtkLabel   *label,
      const char *words)
{
  gtk_label_set_text (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

static void
show_withheld (MashAgencySection *self)
{
  const char *name = mash_strategy_part_name_agency (MASH_STRATEGY_PART (self), self->agency);
  guint n = count (self, is_withheld);
  /* Translators: %s is the name of an agency. */
  g_autofree char *words = g_strdup_printf (ngettext ("%u paragraph is withheld by %s.",
                                                      "%u paragraphs are withheld by %s.", n),
                                            n, name);

  show (self->withheld, n > 0 ? words : "");
}

/* Who writes sees at once who is going to read it (mash_handling_gives_words()). */
static void
show_readers (MashAgencySection *self)
{
  const char *name = mash_strategy_part_name_agency (MASH_STRATEGY_PART (self), self->agency);
  guint n_alone = count (self, is_theirs_alone);
  guint n_decision = count (self, is_for_decision);
  /* Translators: %s is the name of an agency. */
  g_autofree char *alone = g_strdup_printf (ngettext ("%u paragraph is read by %s alone.",
                                                      "%u paragraphs are read by %s alone.",
                                                      n_alone), n_alone, name);
  /* Translators: %s is the name of an agency. */
  g_autofree char *decision = g_strdup_printf (
    ngettext ("%u paragraph is read by %s, social workers and managers.",
              "%u paragraphs are read by %s, social workers and managers.", n_decision),
    n_decision, name);
  g_autofree char *words = g_strdup_printf ("%s%s%s", n_alone > 0 ? alone : "",
                                            n_alone > 0 && n_decision > 0 ? "\n" : "",
                                            n_decision > 0 ? decision : "");

  show (self->readers, words);
}

static void
mash_agency_section_updated (MashContactPart *part)
{
  MashAgencySection *self = MASH_AGENCY_SECTION (part);
  MashStrategyPart *strategy = MASH_STRATEGY_PART (self);
  MashEntity *unconfirmed;
  g_autofree char *target = NULL;
  gboolean is_mine;

  if (mash_strategy_part_get_discussion (strategy) == NULL || get_actor (self) == NULL)
    return;

  is_mine = g_strcmp0 (get_actor (self)->agency, self->agency) == 0;
  unconfirmed = find_unconfirmed (self);
  gtk_label_set_text (self->name, mash_strategy_part_name_agency (strategy, self->agency));
  gtk_label_set_text (self->whose, is_mine ? _("Yours") : "");
  if (is_mine)
    gtk_widget_add_css_class (self->box, "yours");
  gtk_widget_set_sensitive (self->contents, mash_strategy_part_is_open (strategy) &&
                            (is_mine || may_record (self)));
  gtk_widget_set_sensitive (self->views, is_mine || !has_own_view (self));
  show_withheld (self);
  show_readers (self);
  gtk_widget_set_visible (GTK_WIDGET (self->behalf), unconfirmed != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm), unconfirmed != NULL && is_mine);
  if (unconfirmed == NULL)
    return;

  target = g_strdup_printf ("confirm-entry %s", mash_entity_get_id (unconfirmed));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->confirm), "s", target);
}

static char *
get_id (MashAgencySection *self,
        MashEntity        *discussion)
{
  return g_strdup (discussion != NULL ? mash_entity_get_id (discussion) : NULL);
}

static void
mash_agency_section_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_AGENCY:
      g_value_set_string (value, MASH_AGENCY_SECTION (object)->agency);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_agency_section_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_AGENCY:
      MASH_AGENCY_SECTION (object)->agency = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_agency_section_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_AGENCY_SECTION);
  g_clear_pointer (&MASH_AGENCY_SECTION (object)->agency, g_free);

  G_OBJECT_CLASS (mash_agency_section_parent_class)->dispose (object);
}

static void
mash_agency_section_class_init (MashAgencySectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_agency_section_dispose;
  object_class->get_property = mash_agency_section_get_property;
  object_class->set_property = mash_agency_section_set_property;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_agency_section_updated;

  properties[PROP_AGENCY] = g_param_spec_string ("agency", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_RECORD_LIST);
  g_type_ensure (MASH_TYPE_WRITING_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-agency-section.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, box);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, name);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, whose);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, writing);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, contents);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, withheld);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, readers);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, paragraphs);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, views);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, behalf);
  gtk_widget_class_bind_template_child (widget_class, MashAgencySection, confirm);
  gtk_widget_class_bind_template_callback (widget_class, get_id);
}

static void
mash_agency_section_init (MashAgencySection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mash_agency_section_new (const char *agency)
{
  return g_object_new (MASH_TYPE_AGENCY_SECTION, "agency", agency, NULL);
}

const char *
mash_agency_section_get_agency (MashAgencySection *self)
{
  g_return_val_if_fail (MASH_IS_AGENCY_SECTION (self), NULL);

  return self->agency;
}

/**
 * mash_agency_section_lead:
 * @self: a section
 * @to_view: whether to its view; else to what it knows
 *
 * Leads the keyboard there.
 */
void
mash_agency_section_lead (MashAgencySection *self,
                          gboolean           to_view)
{
  g_return_if_fail (MASH_IS_AGENCY_SECTION (self));

  mash_focus_first (to_view ? self->views : self->paragraphs);
}

/**
 * mash_agency_section_set_writing:
 * @self: a section
 * @words: (nullable): who else is writing here, empty for nobody; %NULL where nobody could be
 */
void
mash_agency_section_set_writing (MashAgencySection *self,
                                 const char        *words)
{
  g_return_if_fail (MASH_IS_AGENCY_SECTION (self));

  mash_writing_line_say_beside (self->writing, self->name, words);
}
