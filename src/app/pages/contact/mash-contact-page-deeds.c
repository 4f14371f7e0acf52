/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include <glib/gi18n-lib.h>

#include "mash-course-topics.h"
#include "mash-deed-chance.h"
#include "mash-deed-forms.h"
#include "mash-sentences.h"

#define EXAMINE_AFTER 300

/* The main action of each state: what the policy lets happen next, and where it is prepared. */
typedef struct
{
  const char *state;
  const char *deed;
  const char *tab;   /* the tab in which it is prepared; NULL: in the bar under the head */
  const char *label; /* NULL: the deed’s own */
} Step;

static const Step steps[] = {
  { "C00", "create", "referral" },
  { "C10", "screen", NULL, N_("Start screening…") },
  { "C20", "triage", "decision" },
  { "C25", "triage", "decision" },
  { "C30", "gather", "decision", N_("Start analysis") },
  { "C40", "analyse", "decision", N_("Start analysis") },
  { "C50", "recommend", "decision" },
  { "C60", "approve", "decision" },
  { "C65", "resume", NULL },
  { "C70", "hand-over", NULL },
  { "C75", "feedback", NULL },
  { "C80", "close", NULL },
  { "C90", "reopen", NULL },
  { "C95", "rescreen", NULL },
  { "X10", "recommend-advice", "decision" },
  { "X20", "reopen", NULL },
};

static const char *
get_id (MashContactPage *self)
{
  return mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (self->file)));
}

static const char *
get_state (MashContactPage *self)
{
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));

  if (mash_entity_get_record (contact) == NULL)
    return "C00";

  return mash_entity_get_text (contact, "state");
}

static const MashDeed *
find_deed (MashContactPage *self,
           const char      *deed)
{
  return mash_policy_find_deed (mash_page_get_policy (MASH_PAGE (self)), deed);
}

static const Step *
find_step (MashContactPage *self)
{
  const char *state = get_state (self);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].state, state) == 0)
      return &steps[i];

  return NULL;
}

/* After the decision it is not the state alone that says what is next: somebody has to accept it,
 * and early help has a way of its own. */
static const char *
choose_deed (MashContactPage *self,
             const Step      *step)
{
  const MashActor *actor = mash_service_get_actor (mash_page_get_service (MASH_PAGE (self)));
  const char *next = mash_course_find_next (self->file, mash_page_get_policy (MASH_PAGE (self)),
                                            actor != NULL ? actor->role : NULL);

  return next != NULL && find_deed (self, next) != NULL ? next : step->deed;
}

void
mash_contact_page_set_main (MashContactPage *self,
                            const char      *label,
                            gboolean         sensitive,
                            const char      *reason)
{
  g_object_set (self, "main-label", label, "main-sensitive", sensitive, "main-reason", reason,
                NULL);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL && label != NULL);
}

/* A step that has to come first is asked for in the bar. */
static gboolean
is_in_bar (MashContactPage *self,
           const Step      *step)
{
  return step->tab == NULL || g_strcmp0 (step->deed, self->main_deed) != 0;
}

static gboolean
is_prepared_here (MashContactPage *self,
                  const Step      *step)
{
  return !is_in_bar (self, step) && g_strcmp0 (step->tab, self->tab) == 0;
}

/**
 * mash_contact_page_update_main:
 * @self: the page
 *
 * Names the main action after the contact’s state. Away from the tab in which it is prepared it
 * leads there, and says so by its ellipsis.
 */
void
mash_contact_page_update_main (MashContactPage *self)
{
  const Step *step = find_step (self);
  const MashDeed *deed;
  const char *label;
  g_autofree char *asking = NULL;

  if (mash_contact_page_offer_next (self))
    return;

  self->main_deed = step != NULL ? choose_deed (self, step) : NULL;
  deed = self->main_deed != NULL ? find_deed (self, self->main_deed) : NULL;
  if (deed == NULL)
    {
      mash_contact_page_set_main (self, NULL, FALSE, NULL);
      return;
    }

  label = step->label != NULL && g_str_equal (step->deed, self->main_deed) ? _(step->label)
                                                                          : deed->label;
  asking = g_str_has_suffix (label, "…") ? g_strdup (label) : g_strdup_printf ("%s…", label);
  if (is_prepared_here (self, step))
    {
      gboolean was = FALSE;
      g_autofree char *before = NULL;
      g_autofree char *reason = NULL;

      g_object_get (self, "main-label", &before, "main-sensitive", &was, "main-reason", &reason,
                    NULL);
      mash_contact_page_set_main (self, label, g_strcmp0 (before, label) == 0 && was,
                                  g_strcmp0 (before, label) == 0 ? reason : NULL);
    }
  else
    {
      MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
      const char *says = NULL;

      /* What is asked for in the bar may be somebody else’s to do. */
      if (is_in_bar (self, step))
        mash_deed_chance_find (mash_page_get_policy (MASH_PAGE (self)),
                               mash_service_get_actor (mash_page_get_service (MASH_PAGE (self))),
                               contact, self->main_deed, &says);
      mash_contact_page_set_main (self, asking, says == NULL, says);
    }
  mash_contact_page_queue_examine (self);
}

static MashGroup *
dup_group (MashContactPage *self,
           const char      *deed)
{
  if (g_str_equal (deed, "create") || g_str_equal (deed, "edit"))
    return mash_autosave_dup_group (self->autosave, deed);

  return mash_decision_tab_dup_group (self->decision, deed);
}

static void
on_examined_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (MashContactPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashVerdict) verdict = mash_service_examine_finish (MASH_SERVICE (object), result,
                                                                &error);
  const Step *step;
  g_autofree char *label = NULL;

  if (verdict == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  step = find_step (self);
  if (step == NULL || self->main_deed == NULL)
    return;
  if (!is_in_bar (self, step) && g_str_equal (step->tab, "decision"))
    mash_decision_tab_show_verdict (self->decision, self->main_deed, verdict);
  if (!is_prepared_here (self, step))
    return;

  g_object_get (self, "main-label", &label, NULL);
  mash_contact_page_set_main (self, label, mash_verdict_get_allowed (verdict),
                              mash_verdict_get_refusal (verdict));
}

static void
examine (gpointer user_data)
{
  MashContactPage *self = user_data;
  const Step *step = find_step (self);
  g_autoptr (MashGroup) group = NULL;

  self->examine_source = 0;
  if (step == NULL || self->main_deed == NULL || is_in_bar (self, step))
    return;

  group = dup_group (self, self->main_deed);
  if (group == NULL)
    return;

  g_cancellable_cancel (self->examining);
  g_clear_object (&self->examining);
  self->examining = g_cancellable_new ();
  mash_service_examine_async (mash_page_get_service (MASH_PAGE (self)), group, self->examining,
                              on_examined_cb, g_object_ref (self));
}

/**
 * mash_contact_page_queue_examine:
 * @self: the page
 *
 * Asks the judge shortly whether the main action may be done as it stands, and why not.
 */
void
mash_contact_page_queue_examine (MashContactPage *self)
{
  if (self->examine_source == 0)
    self->examine_source = g_timeout_add_once (EXAMINE_AFTER, examine, self);
}

/* What a deed leaves undone in the same breath: gathering without any agency ends as it begins. */
static void
go_on_after (MashContactPage *self,
             const char      *deed)
{
  if (g_str_equal (deed, "gather"))
    mash_contact_page_decide (self, "analyse");
}

/* What was prepared as an approval was used in another way. */
static void
forget_decision (MashContactPage *self)
{
  mash_contact_file_clear_loose (self->file, "approve");
  mash_autosave_typed (self->autosave);
  mash_autosave_keep_draft (self->autosave);
}

/**
 * mash_contact_page_deed_done:
 * @self: the page
 * @deed: a deed that was done
 *
 * Says so, and shows what may be done next.
 */
void
mash_contact_page_deed_done (MashContactPage *self,
                             const char      *deed)
{
  const MashDeed *done = find_deed (self, deed);
  g_autofree char *sentence = NULL;

  mash_decision_tab_clear (self->decision);
  mash_decision_tab_show_problem (self->decision, NULL);
  if (g_str_equal (deed, "return") || g_str_equal (deed, "change-outcome"))
    forget_decision (self);
  if (g_str_equal (deed, "start-discussion"))
    {
      mash_contact_page_set_tab (self, "strategy");
      mash_strategy_tab_begin (self->strategy);
    }
  if (g_str_equal (deed, "take"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say-undo", "(sss)", done->done, "release",
                                get_id (self));
  else if (done != NULL && !g_str_equal (deed, "edit"))
    mash_page_say (MASH_PAGE (self), done->done);
  mash_contact_page_update_main (self);
  go_on_after (self, deed);
}

typedef struct
{
  MashContactPage *self;
  char            *deed;
} Doing;

static Doing *
doing_new (MashContactPage *self,
           const char      *deed)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->self = g_object_ref (self);
  doing->deed = g_strdup (deed);

  return doing;
}

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->self);
  g_free (doing->deed);
  g_free (doing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static void
end_doing (Doing    *doing,
           gboolean  done,
           GError   *error)
{
  g_autofree char *sentence = NULL;

  if (done)
    {
      mash_contact_page_deed_done (doing->self, doing->deed);
      return;
    }

  sentence = mash_sentence_for_error (error);
  mash_decision_tab_clear (doing->self->decision);
  mash_decision_tab_show_problem (doing->self->decision, sentence);
  mash_page_say (MASH_PAGE (doing->self), sentence);
  mash_contact_page_queue_examine (doing->self);
}

static void
on_submitted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_submit_finish (MASH_SERVICE (object), result, &error);

  end_doing (doing, done, error);
}

static void
on_signed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = mash_service_sign_finish (MASH_SERVICE (object), result, &error);

  end_doing (doing, done, error);
}

/* Everything typed in the referral is saved by now, so that the deed stands on what is shown. */
static void
do_deed (MashContactPage *self,
         const char      *deed)
{
  MashService *service = mash_page_get_service (MASH_PAGE (self));
  const MashDeed *declared = find_deed (self, deed);
  g_autoptr (MashGroup) group = dup_group (self, deed);
  const char *passphrase = mash_decision_tab_get_passphrase (self->decision);

  if (group == NULL)
    return;
  if (!declared->passphrase)
    {
      mash_service_submit_async (service, group, NULL, on_submitted_cb, doing_new (self, deed));
      return;
    }
  if (passphrase == NULL || *passphrase == '\0')
    {
      mash_decision_tab_show_problem (self->decision, _("Type your passphrase to sign."));
      return;
    }

  mash_service_sign_async (service, group, passphrase, NULL, on_signed_cb, doing_new (self, deed));
}

static void
on_saved_first_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (GError) error = NULL;

  if (mash_autosave_submit_finish (MASH_AUTOSAVE (object), result, &error))
    {
      do_deed (doing->self, doing->deed);
      return;
    }

  end_doing (doing, FALSE, error);
}

/**
 * mash_contact_page_decide:
 * @self: the page
 * @deed: a deed that is prepared in the tab “Analysis & decision”
 *
 * Saves what is typed, then does @deed.
 */
void
mash_contact_page_decide (MashContactPage *self,
                          const char      *deed)
{
  self->dirty = FALSE;
  mash_autosave_submit_async (self->autosave, on_saved_first_cb, doing_new (self, deed));
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (GError) error = NULL;

  if (!mash_autosave_submit_finish (MASH_AUTOSAVE (object), result, &error))
    {
      g_autofree char *sentence = mash_sentence_for_error (error);

      /* The draft is kept. Nobody is told at every field of a new contact what is still missing. */
      if (doing->deed != NULL)
        mash_page_say (MASH_PAGE (doing->self), sentence);
      mash_autosave_keep_draft (doing->self->autosave);
      return;
    }

  /* The page may have been left in the meantime. */
  if (gtk_widget_get_root (GTK_WIDGET (doing->self)) != NULL)
    mash_contact_page_update_main (doing->self);
}

/**
 * mash_contact_page_submit_typed:
 * @self: the page
 * @asked: whether somebody asked for it, and is told why it cannot be done
 *
 * Makes changes of what is typed in the referral.
 */
void
mash_contact_page_submit_typed (MashContactPage *self,
                                gboolean         asked)
{
  if (!mash_contact_file_get_changed (self->file))
    {
      mash_autosave_keep_draft (self->autosave);
      return;
    }

  self->dirty = FALSE;
  mash_autosave_submit_async (self->autosave, on_saved_cb, doing_new (self, asked ? "edit" : NULL));
}

/**
 * mash_contact_page_begin_deed:
 * @self: the page
 * @deed: a deed that the bar under the head asks for; after a space may stand the id of the record
 *   that it goes on with
 *
 * Saves what is typed, and asks for what @deed needs; one that needs nothing is done at once.
 */
void
mash_contact_page_begin_deed (MashContactPage *self,
                              const char      *deed)
{
  g_auto (GStrv) words = g_strsplit (deed, " ", 2);
  const char *says;

  mash_contact_page_submit_typed (self, FALSE);
  if (words[0] == NULL || mash_deed_form_find (words[0]) == NULL)
    return;

  /* A button that was drawn before somebody asked may still be pressed. */
  says = words[1] != NULL
    ? mash_deed_chance_say_whose (mash_page_get_policy (MASH_PAGE (self)),
                                  mash_service_get_actor (mash_page_get_service (MASH_PAGE (self))),
                                  mash_contact_file_find (self->file, words[1]), words[0]) : NULL;
  if (says != NULL)
    {
      mash_page_say (MASH_PAGE (self), says);
      return;
    }

  mash_contact_page_note_focus (self);
  mash_deed_bar_open (self->deed_bar, words[0], words[1]);
  if (mash_deed_form_needs_nothing (words[0]))
    mash_deed_bar_confirm (self->deed_bar);
}

/**
 * mash_contact_page_run_main_deed:
 * @self: the page
 *
 * Does the main action, or leads to where it is prepared.
 */
void
mash_contact_page_run_main_deed (MashContactPage *self)
{
  const Step *step = find_step (self);
  g_autofree char *next = mash_contact_page_dup_next (self);

  if (mash_deed_bar_is_open (self->deed_bar))
    mash_deed_bar_confirm (self->deed_bar);
  else if (next != NULL)
    mash_contact_page_begin_deed (self, next);
  else if (step == NULL || self->main_deed == NULL)
    return;
  else if (is_in_bar (self, step))
    mash_contact_page_begin_deed (self, self->main_deed);
  else if (!is_prepared_here (self, step))
    mash_contact_page_set_tab (self, step->tab);
  else if (g_str_equal (self->main_deed, "create"))
    mash_contact_page_submit_typed (self, TRUE);
  else
    mash_contact_page_decide (self, self->main_deed);
}

/* The doing’s word is the id of the one who was taken out. */
static void
on_removed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  GError *error = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (object), result, &error))
    mash_page_say_undo (MASH_PAGE (doing->self), _("Taken out of the contact"), "put-back",
                        doing->deed);
  else
    mash_page_say_error (MASH_PAGE (doing->self), error);
}

/**
 * mash_contact_page_put_back:
 * @self: the page
 * @subject: the id of a contact-subject that was voided
 *
 * Nothing is un-voided: whoever was taken out is put in anew, with the same values.
 */
void
mash_contact_page_put_back (MashContactPage *self,
                            const char      *subject)
{
  MashEntity *gone = mash_contact_file_find (self->file, subject);
  MashEntity *fresh;

  if (gone == NULL)
    return;

  fresh = mash_contact_file_add (self->file, mash_entity_get_kind (gone)->name);
  for (guint i = 0; i < mash_entity_get_kind (gone)->n_fields; i++)
    mash_entity_set_value (fresh, i, mash_entity_get_value (gone, i));
  mash_autosave_typed (self->autosave);
  mash_contact_page_submit_typed (self, TRUE);
}

/**
 * mash_contact_page_remove_person:
 * @self: the page
 * @subject: the id of a contact-subject
 *
 * Takes somebody out of the contact: at once if they were never saved, else by voiding their part
 * in it.
 */
void
mash_contact_page_remove_person (MashContactPage *self,
                                 const char      *subject)
{
  MashEntity *entity = mash_contact_file_find (self->file, subject);
  g_autoptr (MashGroup) group = NULL;
  MashEdit *edit;

  if (entity == NULL)
    return;
  if (mash_entity_get_record (entity) == NULL)
    {
      mash_contact_file_remove (self->file, entity);
      mash_autosave_typed (self->autosave);
      return;
    }

  edit = mash_edit_new_for (mash_entity_get_record (entity));
  mash_edit_void (edit, _("Entered by mistake"));
  group = mash_group_new ("edit", get_id (self));
  mash_group_take_edit (group, edit);
  mash_service_submit_async (mash_page_get_service (MASH_PAGE (self)), group, NULL, on_removed_cb,
                             doing_new (self, subject));
}
