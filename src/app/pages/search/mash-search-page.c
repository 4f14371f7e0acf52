/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-search-page.h"

#include <glib/gi18n.h>

#include "mash-cell.h"
#include "mash-empty-page.h"
#include "mash-key-list.h"
#include "mash-set-str.h"
#include "mash-words.h"

/* A list that has stood for so long has been read. */
#define SETTLE_MS 800

struct _MashSearchPage
{
  MashPage        parent_instance;

  GtkSearchEntry *entry;
  GtkLabel       *summary;
  GtkStack       *stack;
  GtkColumnView  *view;
  MashEmptyPage  *empty;

  GListStore     *parts;       /* of GListModel */
  GListModel     *people;      /* all of them */
  GCancellable   *cancellable;
  char           *asked;
  guint           settle;      /* source; runs while a list stands that was not logged yet */
  gboolean        goes_to_list;
};

G_DEFINE_FINAL_TYPE (MashSearchPage, mash_search_page, MASH_TYPE_PAGE)

/* Whether the role of whoever is signed in may search at all (domain 2.2). */
#define PERMISSION_SEARCH 3

static MashGrant
get_grant (MashSearchPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  const MashActor *actor = service != NULL ? mash_service_get_actor (service) : NULL;

  return actor != NULL
         ? mash_policy_get_grant (mash_service_get_policy (service), actor->role,
                                  PERMISSION_SEARCH, NULL) : MASH_GRANT_NO;
}

static gboolean
may_search (MashSearchPage *self)
{
  MashGrant grant = get_grant (self);

  return grant != MASH_GRANT_NO && grant != MASH_GRANT_CONDITION;
}

static void
say_how_many (MashSearchPage *self)
{
  guint n_people = self->people != NULL ? g_list_model_get_n_items (self->people) : 0;
  g_autofree char *words = NULL;

  if (self->people != NULL)
    words = g_strdup_printf (ngettext ("%u person", "%u people", n_people), n_people);
  gtk_label_set_label (self->summary, words != NULL ? words : "");
  gtk_stack_set_visible_child_name (self->stack, n_people > 0 ? "list" : "empty");
}

/* The lists of which the people are one after the other. */
static void
show_parts (MashSearchPage *self,
            GListModel     *people)
{
  GtkSingleSelection *selection;

  g_clear_object (&self->parts);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->parts, people);
  g_clear_object (&self->people);
  g_object_ref (self->parts);
  self->people = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (self->parts)));
  selection = gtk_single_selection_new (g_object_ref (self->people));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static void
show_people (MashSearchPage *self,
             GListModel     *people)
{
  if (people != NULL)
    show_parts (self, people);
  else
    g_clear_object (&self->people);

  if (people == NULL)
    g_object_set (self->empty,
                  "title", _("Find a person"),
                  "description", _("Type a name, a date of birth, an address or a number; "
                                   "the list follows as you type. Each search is logged."),
                  NULL);
  else
    g_object_set (self->empty,
                  "title", _("Nobody found"),
                  "description", _("Try part of the name, another spelling, or the date of birth. "
                                   "Records that you may not see are not in the list."),
                  NULL);
  say_how_many (self);
}

/* Whoever is given cases for a review only, or none at all, is told so in place of the list. */
static void
say_why_not (MashSearchPage *self)
{
  show_people (self, NULL);
  g_object_set (self->empty,
                "title", _("Your role does not search people"),
                "description", get_grant (self) == MASH_GRANT_CONDITION
                ? _("It sees people only in a review: in contacts of which a seal waits for an "
                    "answer, or in which you are given a task. Those contacts are in the trays.")
                : _("It has no cases, and so nobody is given to it. Ask somebody who works on the "
                    "contact."),
                NULL);
}

/* Whether a list begins with the people who are shown, who are the first lines and no more. */
static gboolean
goes_on (GListModel *one,
         GListModel *other)
{
  guint n = one != NULL ? g_list_model_get_n_items (one) : 0;

  if (one == NULL || n > g_list_model_get_n_items (other) || n > MASH_KEY_LIST_PAGE ||
      (n == 0) != (g_list_model_get_n_items (other) == 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) a = g_list_model_get_item (one, i);
      g_autoptr (GObject) b = g_list_model_get_item (other, i);
      g_autofree char *id_a = NULL;
      g_autofree char *id_b = NULL;

      g_object_get (a, "person", &id_a, NULL);
      g_object_get (b, "person", &id_b, NULL);
      if (g_strcmp0 (id_a, id_b) != 0)
        return FALSE;
    }

  return TRUE;
}

/* A list that was only confirmed, or goes on where the first lines end, stays as it is, with the
 * line that is selected in it. What follows is read when somebody looks at it. */
static void
take_people (MashSearchPage *self,
             GListModel     *people)
{
  guint n_shown = self->people != NULL ? g_list_model_get_n_items (self->people) : 0;
  guint n_people = g_list_model_get_n_items (people);

  if (!goes_on (self->people, people))
    {
      show_people (self, people);
    }
  else if (n_people > n_shown)
    {
      g_autoptr (GtkSliceListModel) rest = NULL;

      rest = gtk_slice_list_model_new (g_object_ref (people), n_shown, n_people - n_shown);
      g_list_store_append (self->parts, rest);
      say_how_many (self);
    }
  if (self->goes_to_list && n_people > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->goes_to_list = FALSE;
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

  take_people (self, people);
}

static void
ask (MashSearchPage *self,
     gboolean        settled)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (service == NULL || self->asked == NULL)
    return;
  if (!may_search (self))
    {
      self->goes_to_list = FALSE;
      return;
    }

  self->cancellable = g_cancellable_new ();
  mash_service_search_people_async (service, self->asked, settled, self->cancellable, on_found_cb,
                                    g_object_ref (self));
}

static gboolean
on_settled_cb (gpointer user_data)
{
  MashSearchPage *self = user_data;

  self->settle = 0;
  ask (self, TRUE);

  return G_SOURCE_REMOVE;
}

static char *
dup_typed (MashSearchPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* What was only passed by while typing is not a search; what stands long enough to be read is. */
static void
on_search_changed_cb (MashSearchPage *self)
{
  g_autofree char *typed = dup_typed (self);

  if (g_strcmp0 (typed, self->asked != NULL ? self->asked : "") == 0)
    return;

  g_clear_handle_id (&self->settle, g_source_remove);
  mash_set_str (&self->asked, *typed != '\0' ? typed : NULL);
  ask (self, FALSE);
  if (!may_search (self))
    say_why_not (self);
  else if (self->asked != NULL)
    self->settle = g_timeout_add (SETTLE_MS, on_settled_cb, self);
  else
    show_people (self, NULL);
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
  g_autofree char *person = NULL;

  g_object_get (item, "contact", &contact, "person", &person, NULL);
  if (person == NULL)
    return;
  if (contact != NULL)
    mash_page_go (MASH_PAGE (self), "win.open-contact", contact);
  else
    mash_page_say (MASH_PAGE (self), _("This person is in no contact"));
}

/* Who else may be the person that is chosen in the list. */
static void
matches_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (widget);
  GtkSelectionModel *model = gtk_column_view_get_model (self->view);
  GObject *item = model != NULL
                  ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model)) : NULL;
  g_autofree char *person = NULL;

  if (item == NULL)
    return;
  g_object_get (item, "person", &person, NULL);
  if (person == NULL)
    return;
  gtk_widget_activate_action (widget, "win.same-person", "(ss)", person, "");
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

  if (!may_search (self))
    say_why_not (self);
  if (self->asked == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* A list that was on the screen is logged even if somebody turns away from it at once; nobody waits
 * for that. */
static void
log_unsettled (MashSearchPage *self)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  if (self->settle == 0)
    return;

  g_clear_handle_id (&self->settle, g_source_remove);
  if (service != NULL && self->asked != NULL)
    mash_service_search_people_async (service, self->asked, TRUE, NULL, NULL, NULL);
}

/* Who was found is not kept longer than it is looked at. */
static void
mash_search_page_leave (MashPage *page)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (page);

  log_unsettled (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_column_view_set_model (self->view, NULL);
  show_people (self, NULL);
}

/* Who is not here any more goes from the list, and what is still on it is on the screen anew. */
static void
mash_search_page_renew (MashPage *page)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (page);

  if (self->asked != NULL)
    ask (self, self->settle == 0);
}

static void
mash_search_page_dispose (GObject *object)
{
  MashSearchPage *self = MASH_SEARCH_PAGE (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->people);
  g_clear_object (&self->parts);
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
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dup_birth);
  gtk_widget_class_bind_template_callback (widget_class, dup_why);
  gtk_widget_class_bind_template_callback (widget_class, dup_address);
  gtk_widget_class_bind_template_callback (widget_class, dup_contacts);

  gtk_widget_class_install_action (widget_class, "search.matches", NULL, matches_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "search.matches", NULL);

  MASH_PAGE_CLASS (klass)->enter = mash_search_page_enter;
  MASH_PAGE_CLASS (klass)->leave = mash_search_page_leave;
  MASH_PAGE_CLASS (klass)->renew = mash_search_page_renew;
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

static void
put_text (MashSearchPage *self,
          const char     *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * mash_search_page_search:
 * @self: a page
 * @text: what to look for
 *
 * Looks for people, and takes the place of a search that is still under way. The first line of
 * what is found gets the focus.
 */
void
mash_search_page_search (MashSearchPage *self,
                         const char     *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (MASH_IS_SEARCH_PAGE (self));

  if (*stripped == '\0')
    return;

  g_clear_handle_id (&self->settle, g_source_remove);
  mash_set_str (&self->asked, stripped);
  put_text (self, stripped);
  self->goes_to_list = TRUE;
  ask (self, TRUE);
}

/**
 * mash_search_page_type:
 * @self: a page
 * @text: what somebody has begun to type elsewhere
 *
 * Goes on with it here: the text stands in the entry, and what is typed next is added to it.
 */
void
mash_search_page_type (MashSearchPage *self,
                       const char     *text)
{
  g_return_if_fail (MASH_IS_SEARCH_PAGE (self));
  g_return_if_fail (text != NULL);

  put_text (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
