/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-same-page.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-empty-page.h"
#include "mash-match-line.h"
#include "mash-passphrase-entry.h"
#include "mash-sentences.h"
#include "mash-service-people.h"
#include "mash-words.h"

struct _MashSamePage
{
  MashPage             parent_instance;

  /* Template children */
  GtkStack            *stack;
  GtkListBox          *list;
  GtkLabel            *list_head;
  MashEmptyPage       *empty;
  GtkWidget           *comparison;
  GtkLabel            *state;
  GtkLabel            *reasons;
  GtkLabel            *score;
  GtkGrid             *grid;
  GtkEditable         *why;
  GtkWidget           *unsigned_box;
  GtkWidget           *signed_box;
  GtkWidget           *approve;
  GtkWidget           *decline;
  GtkWidget           *undo;
  MashPassphraseEntry *passphrase;
  GtkLabel            *says;

  /* Owned */
  char                *person;    /* whose matches are listed; NULL: what is proposed */
  char                *wanted;    /* who is to be compared first */
  MashMatchItem       *match;
  GListModel          *matches;   /* all that there are */
  GCancellable        *cancellable;

  guint                n_lines;   /* for how many of them there is a line */
};

G_DEFINE_FINAL_TYPE (MashSamePage, mash_same_page, MASH_TYPE_PAGE)

static void load (MashSamePage *self);

/* As many as are read at once. */
#define LINES_AT_ONCE 64

/* How a line of the comparison came out, in words and by a sign, never by colour alone. */
static const struct
{
  const char *result;
  const char *words;
  const char *style;
} results[] = {
  { "equal", N_("= Same"), NULL },
  { "alike", N_("≈ Alike"), NULL },
  { "differs", N_("≠ Differs"), "mash-missing" },
  { "one", N_("– One side only"), "mash-dim" },
};

static GtkWidget *
add_label (MashSamePage *self,
           const char   *text,
           const char   *style,
           int           column,
           int           row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_set_hexpand (label, column == 1 || column == 2);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);

  return label;
}

static char *
dup_side (const char *text,
          gboolean    date)
{
  if (text == NULL)
    return g_strdup (_("Not known"));

  return date ? mash_words_date (text) : g_strdup (text);
}

static void
show_line (MashSamePage *self,
           MashItem     *line,
           int           row)
{
  g_autofree char *label = NULL, *one = NULL, *other = NULL, *result = NULL;
  g_autofree char *left = NULL, *right = NULL;
  gboolean date;

  g_object_get (line, "label", &label, "one", &one, "other", &other, "result", &result, "date",
                &date, NULL);
  left = dup_side (one, date);
  right = dup_side (other, date);
  add_label (self, label, "mash-dim", 0, row);
  add_label (self, left, one == NULL ? "mash-dim" : NULL, 1, row);
  add_label (self, right, other == NULL ? "mash-dim" : NULL, 2, row);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      if (g_strcmp0 (results[i].result, result) == 0)
        add_label (self, _(results[i].words), results[i].style, 3, row);
    }
}

static void
show_lines (MashSamePage *self,
            GListModel   *lines)
{
  g_autofree char *one = NULL, *other = NULL;

  mash_remove_children (GTK_WIDGET (self->grid));

  g_object_get (self->match, "person-name", &one, "other-name", &other, NULL);
  add_label (self, one, "mash-heading", 1, 0);
  add_label (self, other, "mash-heading", 2, 0);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (MashItem) line = g_list_model_get_item (lines, i);

      show_line (self, line, (int) i + 1);
    }
}

static gboolean
is_state (const char *state,
          const char *code)
{
  return g_strcmp0 (state, code) == 0;
}

/* What was said of the two before, by whom and why. */
static void
show_state (MashSamePage *self)
{
  g_autofree char *state = NULL, *by = NULL, *decided = NULL, *why = NULL;
  g_autofree char *when = NULL, *words = NULL;
  MashPolicy *policy = mash_page_get_policy (MASH_PAGE (self));
  gint64 proposed_at, decided_at;

  g_object_get (self->match, "state", &state, "proposed-name", &by, "decided-name", &decided,
                "why", &why, "proposed-at", &proposed_at, "decided-at", &decided_at, NULL);
  if (state == NULL)
    {
      gtk_label_set_text (self->state, _("Nobody has said yet whether they are the same person."));
      return;
    }

  when = mash_words_moment (decided_at != 0 ? decided_at : proposed_at,
                            mash_page_get_now (MASH_PAGE (self)));
  if (is_state (state, "SAME"))
    /* Translators: by whom, when. */
    words = g_strdup_printf (_("Proposed as the same person by %s · %s · waits for a manager or "
                               "information governance"), by, when);
  else
    words = mash_words_join (" · ", mash_policy_get_label (policy, "DUP", state),
                             decided != NULL ? decided : by, when, NULL);
  if (why != NULL)
    {
      g_autofree char *all = g_strdup_printf ("%s\n“%s”", words, why);

      gtk_label_set_text (self->state, all);
    }
  else
    {
      gtk_label_set_text (self->state, words);
    }
}

/* Which answers there are follows from what was said; who may give them is for the judge. */
static void
show_answers (MashSamePage *self)
{
  g_autofree char *state = NULL;
  gboolean proposed, linked;

  g_object_get (self->match, "state", &state, NULL);
  proposed = is_state (state, "SAME");
  linked = is_state (state, "MERGED");
  gtk_widget_set_visible (self->unsigned_box, !proposed && !linked);
  gtk_widget_set_visible (self->signed_box, proposed || linked);
  gtk_widget_set_visible (self->approve, proposed);
  gtk_widget_set_visible (self->decline, proposed);
  gtk_widget_set_visible (self->undo, linked);
  gtk_label_set_text (self->says, "");
  gtk_widget_set_visible (GTK_WIDGET (self->says), FALSE);
  gtk_editable_set_text (self->why, "");
  mash_passphrase_entry_clear (self->passphrase);
}

static void
show_reasons (MashSamePage *self)
{
  g_auto (GStrv) reasons = mash_match_item_dup_reasons (self->match);
  g_autofree char *all = g_strjoinv ("\n", reasons);
  g_autofree char *words = NULL;
  guint score;

  g_object_get (self->match, "score", &score, NULL);
  /* Translators: how much speaks for it, out of 100. */
  words = g_strdup_printf (_("%u of 100"), score);
  gtk_label_set_text (self->score, words);
  gtk_label_set_text (self->reasons, *all != '\0' ? all : _("Nothing speaks for it by itself."));
}

static void
on_compared_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashSamePage) self = user_data;
  g_autoptr (MashMatchItem) match = NULL;
  g_autoptr (GListModel) lines = NULL;
  GError *error = NULL;

  match = mash_service_compare_people_finish (MASH_SERVICE (source), result, &lines, &error);
  if (match == NULL)
    {
      mash_page_say_error (MASH_PAGE (self), error);
      return;
    }

  g_set_object (&self->match, match);
  show_lines (self, lines);
  show_reasons (self);
  show_state (self);
  show_answers (self);
  gtk_widget_set_visible (self->comparison, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
compare (MashSamePage *self,
         const char   *one,
         const char   *other)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_compare_people_async (service, one, other, self->cancellable, on_compared_cb,
                                     g_object_ref (self));
}

/* A list box makes all its rows, so it grows by as many as are read at once. */
static void
add_lines (MashSamePage *self)
{
  guint n = self->matches != NULL ? g_list_model_get_n_items (self->matches) : 0;
  guint end = MIN (n, self->n_lines + LINES_AT_ONCE);

  for (; self->n_lines < end; self->n_lines++)
    {
      g_autoptr (MashMatchItem) match = g_list_model_get_item (self->matches, self->n_lines);

      gtk_list_box_append (self->list,
                           mash_match_line_new (match, mash_page_get_policy (MASH_PAGE (self)),
                                                self->person == NULL));
    }
}

static void
on_edge_reached_cb (MashSamePage    *self,
                    GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM)
    add_lines (self);
}

static void
on_row_selected_cb (MashSamePage  *self,
                    GtkListBoxRow *row)
{
  g_autofree char *one = NULL, *other = NULL;

  if (row == NULL)
    return;

  if (gtk_list_box_row_get_index (row) == (int) self->n_lines - 1)
    add_lines (self);
  g_object_get (mash_match_line_get_item (MASH_MATCH_LINE (row)), "person", &one, "other", &other,
                NULL);
  g_free (self->wanted);
  self->wanted = g_strdup (other);
  compare (self, one, other);
}

/* Who was compared last, or else the first that is there. */
static GtkListBoxRow *
choose_line (MashSamePage *self)
{
  GtkListBoxRow *chosen = NULL;

  for (guint i = 0; i < self->n_lines; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);
      g_autofree char *other = NULL;

      g_object_get (mash_match_line_get_item (MASH_MATCH_LINE (row)), "other", &other, NULL);
      if (other != NULL && (chosen == NULL || g_strcmp0 (other, self->wanted) == 0))
        chosen = row;
    }

  return chosen;
}

static void
show_matches (MashSamePage *self,
              GListModel   *matches)
{
  GtkListBoxRow *chosen;

  mash_remove_children (GTK_WIDGET (self->list));
  g_set_object (&self->matches, matches);
  self->n_lines = 0;
  add_lines (self);
  gtk_stack_set_visible_child_name (self->stack, self->n_lines > 0 ? "list" : "empty");
  chosen = choose_line (self);
  if (chosen != NULL)
    gtk_list_box_select_row (self->list, chosen);
  else if (self->person != NULL && self->wanted != NULL)
    compare (self, self->person, self->wanted);
}

static void
on_matches_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashSamePage) self = user_data;
  g_autoptr (GListModel) matches = NULL;
  GError *error = NULL;

  matches = mash_service_list_matches_finish (MASH_SERVICE (source), result, &error);
  if (matches == NULL)
    mash_page_say_error (MASH_PAGE (self), error);
  else
    show_matches (self, matches);
}

static void
load (MashSamePage *self)
{
  mash_service_list_matches_async (mash_page_get_service (MASH_PAGE (self)),
                                   self->person != NULL ? MASH_MATCHES_OF_PERSON
                                                        : MASH_MATCHES_PROPOSED,
                                   self->person, NULL, on_matches_cb, g_object_ref (self));
}

static void
finish_answer (MashSamePage *self,
               gboolean      done,
               GError       *error)
{
  if (done)
    {
      mash_page_say (MASH_PAGE (self), _("Saved"));
      load (self);
    }
  else
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      gtk_label_set_text (self->says, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->says), TRUE);
    }
}

static void
on_said_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashSamePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_submit_finish (MASH_SERVICE (source), result, &error);

  finish_answer (self, done, error);
}

static void
on_signed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MashSamePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_sign_finish (MASH_SERVICE (source), result, &error);

  finish_answer (self, done, error);
}

/* The answers: the action, the deed, the state that follows, and whether it is signed. */
static const struct
{
  const char *action;
  const char *deed;
  const char *state;
  gboolean    signs;
} answers[] = {
  { "same.propose", "propose-link", "SAME", FALSE },
  { "same.apart", "tell-apart", "NOTSAME", FALSE },
  { "same.unsure", "tell-apart", "UNSURE", FALSE },
  { "same.approve", "approve-link", "MERGED", TRUE },
  { "same.decline", "decline-link", "NOTSAME", FALSE },
  { "same.undo", "undo-link", "UNDONE", TRUE },
};

static void
answer_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  MashSamePage *self = MASH_SAME_PAGE (widget);
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  g_autoptr (MashGroup) group = NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (answers) && g_strcmp0 (answers[i].action, name) != 0)
    i++;
  if (self->match == NULL || i == G_N_ELEMENTS (answers))
    return;

  group = mash_service_dup_link_group (service, self->match, answers[i].deed, answers[i].state,
                                       gtk_editable_get_text (self->why));
  if (answers[i].signs)
    mash_service_sign_async (service, group, mash_passphrase_entry_get_text (self->passphrase),
                             NULL, on_signed_cb, g_object_ref (self));
  else
    mash_service_submit_async (service, group, NULL, on_said_cb, g_object_ref (self));
  mash_passphrase_entry_clear (self->passphrase);
}

static void
mash_same_page_enter (MashPage *page)
{
  load (MASH_SAME_PAGE (page));
}

static void
mash_same_page_dispose (GObject *object)
{
  MashSamePage *self = MASH_SAME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->match);
  g_clear_object (&self->matches);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_SAME_PAGE);

  G_OBJECT_CLASS (mash_same_page_parent_class)->dispose (object);
}

static void
mash_same_page_class_init (MashSamePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_same_page_dispose;
  MASH_PAGE_CLASS (klass)->enter = mash_same_page_enter;
  MASH_PAGE_CLASS (klass)->renew = mash_same_page_enter;

  g_type_ensure (MASH_TYPE_EMPTY_PAGE);
  g_type_ensure (MASH_TYPE_PASSPHRASE_ENTRY);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/same/mash-same-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, list);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, list_head);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, empty);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, comparison);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, state);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, score);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, grid);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, why);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, unsigned_box);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, signed_box);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, approve);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, decline);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, undo);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, MashSamePage, says);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    gtk_widget_class_install_action (widget_class, answers[i].action, NULL, answer_cb);
}

static void
mash_same_page_init (MashSamePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_same_page_new:
 * @service: a service, signed in
 * @person: (nullable): whose possible matches to list; %NULL for the links that wait
 * @other: (nullable): whom to compare first
 *
 * Returns: (transfer floating): the page
 */
MashPage *
mash_same_page_new (MashService *service,
                    const char  *person,
                    const char  *other)
{
  MashSamePage *self = g_object_new (MASH_TYPE_SAME_PAGE, "service", service, NULL);

  self->person = g_strdup (person);
  self->wanted = g_strdup (other);
  gtk_label_set_text (self->list_head, person != NULL ? _("May be the same person")
                                                      : _("Proposed, oldest first"));
  g_object_set (self->empty,
                "title", person != NULL ? _("Nobody else looks like this person")
                                        : _("No link waits for a signature"),
                "description", person != NULL
                ? _("Possible matches are found by numbers, names, births and addresses.")
                : _("Two records that somebody proposes as one person wait here for a manager or "
                    "information governance."),
                NULL);

  return MASH_PAGE (self);
}
