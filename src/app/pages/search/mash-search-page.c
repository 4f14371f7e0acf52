/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-search-page.h"

#include <glib/gi18n.h>

#include "mash-cell.h"
#include "mash-empty-page.h"
#include "mash-set-str.h"
#include "mash-words.h"

struct _MashSearchPage
{
  MashPage        parent_instance;

  GtkSearchEntry *entry;
  GtkLabel       *summary;
  GtkStack       *stack;
  GtkColumnView  *view;
  MashEmptyPage  *empty;

  GListModel     *people;
  GCancellable   *cancellable;
  char           *asked;
};

G_DEFINE_FINAL_TYPE (MashSearchPage, mash_search_page, MASH_TYPE_PAGE)

static void
show_people (MashSearchPage *self,
             GListModel     *people)
{
  guint n_people = people != NULL ? g_list_model_get_n_items (people) : 0;
  g_autofree char *words = NULL;

  g_set_object (&self->people, people);
  if (people != NULL)
    {
      GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (people));

      gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
      g_object_unref (selection);
      words = g_strdup_printf (ngettext ("%u person", "%u people", n_people), n_people);
    }
  gtk_label_set_label (self->summary, words != NULL ? words : "");

  if (people == NULL)
    g_object_set (self->empty,
                  "title", _("Find a person"),
                  "description", _("Type a name, a date of birth, an address or a number, and "
                                   "press Enter. Each search is logged."),
                  NULL);
  else
    g_object_set (self->empty,
                  "title", _("Nobody found"),
                  "description", _("Try part of the name, another spelling, or the date of birth. "
                                   "Records that you may not see are not in the list."),
                  NULL);
  gtk_stack_set_visible_child_name (self->stack, n_people > 0 ? "list" : "empty");
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashSearchPage) self = user_data;
  g_autoptr (GListModel) people = NULL;
  GError *error = NULL;

  people = mash_service_search_people_finish (MASH_SERVICE (source), result, &error);
  if (people == NULL)
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }

  show_people (self, people);
  if (g_list_model_get_n_items (people) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_activate_cb (MashSearchPage *self)
{
  mash_search_page_search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
on_row_activated_cb (MashSearchPage *self,
                     guint           position)
{
  g_autoptr (MashItem) item = g_list_model_get_item (self->people, position);
  g_autofree char *contact = NULL;

  g_object_get (item, "contact", &contact, NULL);
  if (contact != NULL)
    mash_page_go (MASH_PAGE (self), "win.open-contact", contact);
  else
    mash_page_say (MASH_PAGE (self), _("This person is in no contact"));
}

static char *
dup_birth (gpointer    unused,
           const char *birth)
{
  return mash_words_date (birth);
}

/* Why somebody is in the list, in words. */
static const struct
{
  const char *code;
  const char *words;
} reasons[] = {
  { "name", N_("The name matches") },
  { "sound", N_("The name sounds alike") },
  { "birth", N_("The date of birth matches") },
  { "birth-swapped", N_("The date of birth matches with day and month swapped") },
  { "identifier", N_("A number matches") },
  { "postcode", N_("The postcode matches") },
  { "reference", N_("The reference matches") },
};

static char *
dup_why (gpointer    unused,
         const char *why)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].code, why) == 0)
      return g_strdup (_(reasons[i].words));

  return g_strdup (_("It matches"));
}

static char *
dup_address (gpointer    unused,
             const char *address)
{
  return g_strdup (address != NULL && *address != '\0' ? address : _("Not known"));
}

static char *
dup_contacts (gpointer    unused,
              const char *reference,
              guint       contacts)
{
  if (contacts <= 1)
    return g_strdup (reference != NULL ? reference : _("None"));

  /* Translators: the reference of the newest contact, and how many more there are. */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", contacts - 1),
                          reference != NULL ? reference : "", contacts - 1);
}

static void
mash_search_page_enter (MashPage *page)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (page);

  if (self->asked == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* Who was found is not kept longer than it is looked at. */
static void
mash_search_page_leave (MashPage *page)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_column_view_set_model (self->view, NULL);
  show_people (self, NULL);
}

static void
mash_search_page_dispose (GObject *object)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->people);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_SEARCH_PAGE);

  G_OBJECT_CLASS (mash_search_page_parent_class)->dispose (object);
}

static void
mash_search_page_finalize (GObject *object)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (object);

  g_free (self->asked);

  G_OBJECT_CLASS (mash_search_page_parent_class)->finalize (object);
}

static void
mash_search_page_class_init (MashSearchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_search_page_dispose;
  object_class->finalize = mash_search_page_finalize;

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_PERSON_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/search/mash-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, MashSearchPage, summary);
  gtk_widget_class_bind_template_child (widget_class, MashSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashSearchPage, view);
  gtk_widget_class_bind_template_child (widget_class, MashSearchPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, dup_birth);
  gtk_widget_class_bind_template_callback (widget_class, dup_why);
  gtk_widget_class_bind_template_callback (widget_class, dup_address);
  gtk_widget_class_bind_template_callback (widget_class, dup_contacts);

  MASH_PAGE_CLASS (klass)->enter = mash_search_page_enter;
  MASH_PAGE_CLASS (klass)->leave = mash_search_page_leave;
}

static void
mash_search_page_init (MashSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_people (self, NULL);
}

GtkWidget *
mash_search_page_new (void)
{
  return g_object_new (MASH_TYPE_SEARCH_PAGE, NULL);
}

/**
 * mash_search_page_search:
 * @self: a page
 * @text: what to look for
 *
 * Looks for people, and takes the place of a search that is still under way.
 */
void
mash_search_page_search (MashSearchPage *self,
                         const char     *text)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (MASH_IS_SEARCH_PAGE (self));

  if (service == NULL || *stripped == '\0')
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_set_str (&self->asked, stripped);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), stripped);
  mash_service_search_people_async (service, stripped, TRUE, self->cancellable,
                                    on_found_cb, g_object_ref (self));
}
