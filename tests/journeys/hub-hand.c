/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hand in a training hub, for journeys that need a past or a later hour: `hub-hand FOLDER clock
 * MINUTES` moves the hub’s clock on; `hub-hand FOLDER past` closes a contact with no further action
 * and prints its reference; `hub-hand FOLDER again REFERENCE` takes in another referral about the
 * same child; `hub-hand FOLDER family N` takes in one about so many children, at most three;
 * `hub-hand FOLDER early-help` has a contact decided for early help, sent there, and
 * assigned to who answers for it; `hub-hand FOLDER decide REFERENCE` decides a triaged one for a
 * strategy discussion; `hub-hand FOLDER tell REFERENCE` prints what a contact has come to. It uses
 * the service as the window does, and goes through the same guards. */

#include "config.h"

#include <string.h>

#include "mash-kinds.h"
#include "mash-service.h"
#include "mash-time.h"

typedef struct
{
  char         *folder;
  MashService  *service;
  GAsyncResult *result;
} Hand;

static void
stop (const char *what,
      GError     *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "not found");
  exit (1);
}

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_set_object (&((Hand *) data)->result, result);
}

static Hand *
call (Hand *hand)
{
  g_clear_object (&hand->result);

  return hand;
}

static GAsyncResult *
wait_for (Hand *hand)
{
  while (hand->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return hand->result;
}

static void
leave (Hand *hand)
{
  if (hand->service == NULL)
    return;

  mash_service_lock_async (hand->service, on_done_cb, call (hand));
  mash_service_lock_finish (hand->service, wait_for (hand), NULL);
  g_clear_object (&hand->result);
  g_clear_object (&hand->service);
}

/* Signs in the first person whose title begins so, by the passphrase that a training hub shows. */
static char *
be (Hand       *hand,
    const char *title)
{
  g_autoptr (GError) error = NULL;
  GListModel *people;

  leave (hand);
  hand->service = mash_service_new (hand->folder);
  mash_service_open_async (hand->service, NULL, on_done_cb, call (hand));
  if (!mash_service_open_finish (hand->service, wait_for (hand), &error))
    stop ("open", error);

  people = mash_service_get_people (hand->service);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (people, i);
      g_autofree char *held = NULL, *sign_in = NULL, *passphrase = NULL;

      g_object_get (item, "title", &held, "sign-in", &sign_in, "passphrase", &passphrase, NULL);
      if (!g_str_has_prefix (held, title))
        continue;
      mash_service_sign_in_async (hand->service, sign_in, passphrase, NULL, on_done_cb,
                                  call (hand));
      if (!mash_service_sign_in_finish (hand->service, wait_for (hand), &error))
        stop ("sign in", error);
      return g_steal_pointer (&passphrase);
    }

  stop (title, NULL);

  return NULL;
}

static void
submit (Hand      *hand,
        MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (hand->service, group, NULL, on_done_cb, call (hand));
  if (!mash_service_submit_finish (hand->service, wait_for (hand), &error))
    stop (mash_group_get_deed (group), error);
}

static MashContactFile *
open_contact (Hand       *hand,
              const char *contact)
{
  g_autoptr (GError) error = NULL;
  MashContactFile *file;

  mash_service_open_contact_async (hand->service, contact, NULL, on_done_cb, call (hand));
  file = mash_service_open_contact_finish (hand->service, wait_for (hand), &error);
  if (file == NULL)
    stop ("open the contact", error);

  return file;
}

static MashEntity *
find_newest (MashContactFile *file,
             const char      *kind)
{
  GListModel *list = mash_contact_file_get_list (file, kind);
  guint n = g_list_model_get_n_items (list);
  g_autoptr (MashEntity) newest = n > 0 ? g_list_model_get_item (list, n - 1) : NULL;

  return newest;
}

/* A new record of the contact; it goes into the group when it is filled in. */
static MashEdit *
make (Hand           *hand,
      const MashKind *kind,
      const char     *contact)
{
  g_autofree char *id = mash_service_make_id (hand->service);
  MashEdit *edit = mash_edit_new (kind, id, 0);

  if (mash_kind_get_contact_field (kind) != MASH_NO_FIELD)
    mash_edit_set_text (edit, "contact", contact);

  return edit;
}

static MashEdit *
alter (MashEntity *entity)
{
  return mash_edit_new_for (mash_entity_get_record (entity));
}

static const struct
{
  const char *name;
  const char *birth;
} children[] = {
  { "Wren", "2016-05-11" }, { "Ivo", "2019-09-30" }, { "Marl", "2024-01-17" },
};

static char *
add_child (Hand       *hand,
           MashGroup  *group,
           guint       i)
{
  MashEdit *edit = make (hand, &mash_person_kind, mash_group_get_contact (group));

  mash_edit_set_text (edit, "kind", "CHILD");
  mash_edit_set_text (edit, "legal-forenames", children[i].name);
  mash_edit_set_text (edit, "legal-surname", "Quillon");
  mash_edit_set_text (edit, "birth", children[i].birth);
  mash_group_take_edit (group, edit);

  return g_strdup (mash_edit_get_id (edit));
}

static void
add_subject (Hand       *hand,
             MashGroup  *group,
             const char *child,
             gboolean    is_primary)
{
  MashEdit *edit = make (hand, &mash_contact_subject_kind, mash_group_get_contact (group));

  mash_edit_set_text (edit, "person", child);
  mash_edit_set_text (edit, "role", "CHILD");
  mash_edit_set_flag (edit, "primary", is_primary);
  mash_group_take_edit (group, edit);
}

/* A referral by e-mail, a few minutes ago, about @person, or else about children of a family. */
static char *
take_in (Hand       *hand,
         const char *person,
         guint       n_children,
         const char *concern)
{
  g_autofree char *id = mash_service_make_id (hand->service);
  g_autofree char *received = mash_time_format (mash_service_get_now (hand->service) -
                                                5 * MASH_TIME_MINUTE);
  g_autoptr (MashGroup) group = mash_group_new ("create", id);
  MashEdit *edit = mash_edit_new (&mash_contact_kind, id, 0);

  mash_edit_set_text (edit, "kind", "REF");
  mash_edit_set_text (edit, "channel", "EMAIL");
  mash_edit_set_text (edit, "received-at", received);
  mash_edit_set_text (edit, "source", "1A");
  mash_edit_set_text (edit, "presenting-concern", concern);
  mash_group_take_edit (group, edit);
  for (guint i = 0; i < n_children; i++)
    {
      g_autofree char *child = person != NULL ? g_strdup (person) : add_child (hand, group, i);

      add_subject (hand, group, child, i == 0);
    }
  submit (hand, group);

  return g_steal_pointer (&id);
}

static void
screen_and_triage (Hand       *hand,
                   const char *contact)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) screen = mash_group_new ("screen", contact);
  g_autoptr (MashGroup) triage = mash_group_new ("triage", contact);
  MashEntity *entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEdit *edit = alter (entity);

  mash_edit_set_text (edit, "assigned-to", mash_service_get_actor (hand->service)->person);
  mash_edit_set_text (edit, "history-searched", "Name and address searched; nothing before.");
  mash_group_take_edit (screen, edit);
  submit (hand, screen);

  edit = alter (entity);
  mash_edit_set_text (edit, "brag", "G");
  mash_edit_set_text (edit, "level", "2");
  mash_group_take_edit (triage, edit);
  edit = alter (find_newest (file, "contact-subject"));
  mash_edit_set_flag (edit, "considered", TRUE);
  mash_group_take_edit (triage, edit);
  submit (hand, triage);
}

static void
analyse (Hand       *hand,
         const char *contact)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) gather = mash_group_new ("gather", contact);
  g_autoptr (MashGroup) group = mash_group_new ("analyse", contact);
  MashEdit *edit = make (hand, &mash_risk_analysis_kind, contact);

  mash_edit_set_text (edit, "no-agency-asked", "The school had all that was needed.");
  mash_group_take_edit (gather, edit);
  submit (hand, gather);
  edit = alter (find_newest (file, "risk-analysis"));
  mash_edit_set_text (edit, "harm", "None found that would last.");
  mash_group_take_edit (group, edit);
  submit (hand, group);
}

static void
recommend (Hand       *hand,
           const char *contact,
           const char *outcome,
           const char *level)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) group = mash_group_new ("recommend", contact);
  const char *covered[] = { mash_entity_get_id (find_newest (file, "contact-subject")), NULL };
  MashEdit *edit = make (hand, &mash_recommendation_kind, contact);

  mash_edit_set_text (edit, "outcome", outcome);
  mash_edit_set_text (edit, "level", level);
  mash_edit_set_text (edit, "rationale", "The quarrel was one evening, and the school will watch.");
  mash_edit_set_set (edit, "covers-subjects", covered);
  mash_edit_set_flag (edit, "on-incomplete-info", TRUE);
  mash_edit_set_text (edit, "help-offered", "The school’s family worker.");
  mash_edit_set_text (edit, "help-offered-to", "Mother");
  mash_edit_set_text (edit, "help-answer", "DECLINED");
  mash_group_take_edit (group, edit);
  if (g_str_equal (outcome, "O04"))
    {
      MashEdit *offer = make (hand, &mash_early_help_kind, contact);

      mash_edit_set_text (offer, "recommendation", mash_edit_get_id (edit));
      mash_edit_set_text (offer, "service", "Early help hub");
      mash_edit_set_text (offer, "help", "A family worker, for twelve weeks.");
      mash_group_take_edit (group, offer);
    }
  submit (hand, group);
}

static void
sign (Hand       *hand,
      MashGroup  *group,
      const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_async (hand->service, group, passphrase, NULL, on_done_cb, call (hand));
  if (!mash_service_sign_finish (hand->service, wait_for (hand), &error))
    stop (mash_group_get_deed (group), error);
}

static void
approve (Hand       *hand,
         const char *contact,
         const char *passphrase)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) group = mash_group_new ("approve", contact);
  g_autofree char *hash = mash_contact_file_hash_content (file);
  MashEntity *recommendation = find_newest (file, "recommendation");
  MashEdit *edit = make (hand, &mash_decision_kind, contact);

  mash_edit_set_text (edit, "recommendation", mash_entity_get_id (recommendation));
  mash_edit_set_text (edit, "recommendation-hash", hash);
  mash_edit_set_text (edit, "result", "APPROVED");
  mash_edit_set_text (edit, "outcome", mash_entity_get_text (recommendation, "outcome"));
  mash_edit_set_text (edit, "level", mash_entity_get_text (recommendation, "level"));
  mash_group_take_edit (group, edit);
  sign (hand, group, passphrase);
}

static void
tell_referrer (Hand       *hand,
               const char *contact)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) group = mash_group_new ("feedback", contact);
  g_autofree char *now = mash_time_format (mash_service_get_now (hand->service));
  MashEdit *edit = make (hand, &mash_disposal_kind, contact);

  mash_edit_set_text (edit, "decision", mash_entity_get_id (find_newest (file, "decision")));
  mash_edit_set_text (edit, "receiver", "Referrer");
  mash_edit_set_text (edit, "feedback-text", "Told that the school’s help was offered.");
  mash_edit_set_text (edit, "feedback-to-referrer-at", now);
  mash_group_take_edit (group, edit);
  submit (hand, group);
}

static char *
dup_reference (Hand       *hand,
               const char *contact)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);

  return g_strdup (mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                         "reference"));
}

static char *
find_contact (Hand       *hand,
              const char *reference)
{
  g_autoptr (GListModel) hits = NULL;
  g_autoptr (GObject) hit = NULL;
  char *contact = NULL;

  mash_service_search_people_async (hand->service, reference, TRUE, NULL, on_done_cb, call (hand));
  hits = mash_service_search_people_finish (hand->service, wait_for (hand), NULL);
  hit = hits != NULL ? g_list_model_get_item (hits, 0) : NULL;
  if (hit == NULL)
    stop (reference, NULL);
  g_object_get (hit, "contact", &contact, NULL);

  return contact;
}

static void
make_past (Hand *hand)
{
  g_autofree char *unused = be (hand, "Social worker");
  g_autofree char *contact = take_in (hand, NULL, 1, "Heard shouting at home, and came in tired.");
  g_autofree char *reference = NULL;
  g_autofree char *passphrase = NULL;

  screen_and_triage (hand, contact);
  analyse (hand, contact);
  recommend (hand, contact, "O12", "2");
  reference = dup_reference (hand, contact);
  passphrase = be (hand, "MASH manager");
  approve (hand, contact, passphrase);
  tell_referrer (hand, contact);
  g_print ("%s\n", reference);
}

static void
check_safety (Hand       *hand,
              const char *contact,
              const char *passphrase)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) group = mash_group_new ("safety-check", contact);
  MashEdit *edit = alter (find_newest (file, "early-help"));

  mash_edit_set_text (edit, "safety-finding", "Nothing found that early help would leave unmet.");
  mash_group_take_edit (group, edit);
  sign (hand, group, passphrase);
}

static const char *
find_staff (Hand       *hand,
            const char *role)
{
  GListModel *staff = mash_service_get_staff (hand->service);

  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);
      g_autofree char *held = NULL, *id = NULL;

      g_object_get (item, "role", &held, "staff", &id, NULL);
      if (g_strcmp0 (held, role) == 0)
        return g_intern_string (id);
    }

  stop (role, NULL);

  return NULL;
}

static void
send (Hand       *hand,
      const char *contact)
{
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) group = mash_group_new ("send", contact);
  g_autoptr (MashGroup) assign = mash_group_new ("assign", contact);
  g_autofree char *now = mash_time_format (mash_service_get_now (hand->service));
  MashEdit *edit = make (hand, &mash_disposal_kind, contact);

  mash_edit_set_text (edit, "decision", mash_entity_get_id (find_newest (file, "decision")));
  mash_edit_set_text (edit, "outcome", "O04");
  mash_edit_set_text (edit, "receiver", "Early help hub");
  mash_edit_set_text (edit, "receiver-kind", "TEAM");
  mash_edit_set_text (edit, "sent-at", now);
  mash_group_take_edit (group, edit);
  submit (hand, group);

  edit = alter (MASH_ENTITY (mash_contact_file_get_contact (file)));
  mash_edit_set_text (edit, "assigned-to", find_staff (hand, "EH"));
  mash_group_take_edit (assign, edit);
  submit (hand, assign);
}

static void
make_early_help (Hand *hand)
{
  g_autofree char *passphrase = be (hand, "Social worker");
  g_autofree char *contact = take_in (hand, NULL, 1, "Is often late, and says nobody gets her up.");
  g_autofree char *reference = dup_reference (hand, contact);
  g_autofree char *manager = NULL;

  screen_and_triage (hand, contact);
  analyse (hand, contact);
  recommend (hand, contact, "O04", "2");
  check_safety (hand, contact, passphrase);
  manager = be (hand, "MASH manager");
  approve (hand, contact, manager);
  send (hand, contact);
  g_print ("%s\n", reference);
}

static void
make_family (Hand       *hand,
             const char *n_children)
{
  guint n = (guint) g_ascii_strtoull (n_children, NULL, 10);
  g_autofree char *unused = be (hand, "MASH manager");
  g_autofree char *contact = NULL;
  g_autofree char *reference = NULL;

  if (n < 1 || n > G_N_ELEMENTS (children))
    stop (n_children, NULL);

  contact = take_in (hand, NULL, n, "Wren came in with a burn, and will not say how.");
  reference = dup_reference (hand, contact);
  g_print ("%s\n", reference);
}

static void
decide (Hand       *hand,
        const char *reference)
{
  g_autofree char *unused = be (hand, "Social worker");
  g_autofree char *contact = find_contact (hand, reference);
  g_autofree char *passphrase = NULL;
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  g_autoptr (MashGroup) gather = mash_group_new ("gather", contact);
  g_autoptr (MashGroup) group = mash_group_new ("analyse", contact);
  MashEdit *edit = alter (find_newest (file, "risk-analysis"));

  mash_edit_set_text (edit, "no-agency-asked", "All are at the discussion.");
  mash_group_take_edit (gather, edit);
  submit (hand, gather);
  edit = alter (find_newest (file, "risk-analysis"));
  mash_edit_set_text (edit, "harm", "She says that she is hit.");
  mash_group_take_edit (group, edit);
  submit (hand, group);
  recommend (hand, contact, "O06", "S47");
  passphrase = be (hand, "MASH manager");
  approve (hand, contact, passphrase);
}

static void
come_again (Hand       *hand,
            const char *reference)
{
  g_autofree char *unused = be (hand, "Social worker");
  g_autofree char *before = find_contact (hand, reference);
  g_autoptr (MashContactFile) file = open_contact (hand, before);
  const char *child = mash_entity_get_text (find_newest (file, "contact-subject"), "person");
  g_autofree char *contact = NULL;
  g_autofree char *fresh = NULL;

  contact = take_in (hand, child, 1,
                     "Came in tired again, and did not want to go home.");
  screen_and_triage (hand, contact);
  analyse (hand, contact);
  fresh = dup_reference (hand, contact);
  g_print ("%s\n", fresh);
}

static void
move_clock (Hand       *hand,
            const char *minutes)
{
  g_autofree char *unused = be (hand, "MASH manager");
  gint64 offset = mash_service_get_now (hand->service) - g_get_real_time () +
                  g_ascii_strtoll (minutes, NULL, 10) * MASH_TIME_MINUTE;

  mash_service_set_clock_offset (hand->service, offset);
}

static void
tell_list (MashContactFile *file,
           const char      *kind,
           const char      *field)
{
  GListModel *list = mash_contact_file_get_list (file, kind);

  g_print ("%s", kind);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      g_print (" %s", mash_entity_get_text (entity, field));
    }
  g_print ("\n");
}

static void
tell (Hand       *hand,
      const char *reference)
{
  g_autofree char *unused = be (hand, "MASH manager");
  g_autofree char *contact = find_contact (hand, reference);
  g_autoptr (MashContactFile) file = open_contact (hand, contact);
  MashEntity *entity = MASH_ENTITY (mash_contact_file_get_contact (file));
  GListModel *clocks = mash_contact_file_get_list (file, "clock");

  g_print ("state %s\nrereferral %s\n", mash_entity_get_text (entity, "state"),
           mash_entity_get_text (entity, "rereferral"));
  tell_list (file, "decision", "outcome");
  tell_list (file, "threshold-review", "sample-reason");
  for (guint i = 0; i < g_list_model_get_n_items (clocks); i++)
    {
      g_autoptr (MashEntity) clock = g_list_model_get_item (clocks, i);

      g_print ("clock %s %s %s\n", mash_entity_get_text (clock, "type"),
               mash_entity_get_text (clock, "started-at"),
               mash_entity_get_text (clock, "stopped-at"));
    }
}

int
main (int   argc,
      char *argv[])
{
  Hand hand = { 0 };

  if (argc < 3)
    return 2;

  hand.folder = argv[1];
  if (g_str_equal (argv[2], "past"))
    make_past (&hand);
  else if (g_str_equal (argv[2], "early-help"))
    make_early_help (&hand);
  else if (g_str_equal (argv[2], "family") && argc == 4)
    make_family (&hand, argv[3]);
  else if (g_str_equal (argv[2], "decide") && argc == 4)
    decide (&hand, argv[3]);
  else if (g_str_equal (argv[2], "again") && argc == 4)
    come_again (&hand, argv[3]);
  else if (g_str_equal (argv[2], "clock") && argc == 4)
    move_clock (&hand, argv[3]);
  else if (g_str_equal (argv[2], "tell") && argc == 4)
    tell (&hand, argv[3]);
  else
    return 2;
  leave (&hand);

  return 0;
}
