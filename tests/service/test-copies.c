/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-service-copies.h"
#include "mash-store-error.h"
#include "seat.h"
#include "store-fixture.h"

/* A service on the store fixture’s hub, and a family of which something may not leave it. */
typedef struct
{
  StoreFixture hub;
  Seat         seat;
  char        *contact;
  char        *police;
} Desk;

/* Writes an event into the timeline; @handling and @agency may be NULL. */
static void
add_event (Desk       *desk,
           const char *when,
           const char *headline,
           const char *handling,
           const char *agency)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-event", desk->contact);
  MashEdit *edit = store_fixture_add (desk->hub.store, group, &mash_timeline_entry_kind,
                                      "when", when, "headline", headline, "source", "A letter",
                                      "kind", "OTHER", "significance", "notable", NULL);

  if (handling != NULL)
    mash_edit_set_text (edit, "handling", handling);
  if (agency != NULL)
    mash_edit_set_text (edit, "agency", agency);
  store_fixture_submit (&desk->hub, group);
}

static void
seed_police (Desk *desk)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  MashEdit *agency;

  store_fixture_sign_in (&desk->hub, "admin");
  agency = store_fixture_add (desk->hub.store, group, &mash_agency_kind, "type", "POL",
                              "name", "Police", "seated", "true", NULL);
  desk->police = g_strdup (mash_edit_get_id (agency));
  store_fixture_submit (&desk->hub, group);
}

static void
set_up (Desk         *desk,
        gconstpointer data)
{
  store_fixture_set_up (&desk->hub, NULL);
  seed_police (desk);
  store_fixture_sign_in (&desk->hub, "worker");
  desk->contact = store_fixture_contact (&desk->hub, "Ellie", "Marsh", "2019-03-04");
  add_event (desk, "2019", "Moved house", NULL, NULL);
  add_event (desk, "2020", "Kept between us", "H4", NULL);
  add_event (desk, "2021", "Called to the house", NULL, desk->police);
  store_fixture_close (&desk->hub);

  seat_open (&desk->seat, desk->hub.folder);
}

static void
tear_down (Desk         *desk,
           gconstpointer data)
{
  if (desk->seat.service != NULL)
    seat_close (&desk->seat);
  g_free (desk->contact);
  g_free (desk->police);
  store_fixture_tear_down (&desk->hub, NULL);
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  g_autoptr (MashContactFile) file = NULL;

  seat_sign_in (&desk->seat, who, FIXTURE_PASSPHRASE);
  mash_service_open_contact_async (desk->seat.service, desk->contact, NULL, seat_on_done_cb,
                                   seat_call (&desk->seat));
  file = mash_service_open_contact_finish (desk->seat.service, seat_wait (&desk->seat), NULL);
}

static MashChronology *
make_copy (Desk       *desk,
           const char *recipient,
           const char *purpose,
           GError    **error)
{
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (desk->contact);

  view->oldest_first = TRUE;
  mash_service_make_copy_async (desk->seat.service, view, "The whole household", "PDF", recipient,
                                purpose, NULL, seat_on_done_cb, seat_call (&desk->seat));

  return mash_service_make_copy_finish (desk->seat.service, seat_wait (&desk->seat), error);
}

static gboolean
has_entry (const MashChronology *chronology,
           const char           *headline)
{
  for (guint i = 0; i < g_list_model_get_n_items (chronology->entries); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (chronology->entries, i);
      g_autofree char *its = NULL;

      g_object_get (item, "headline", &its, NULL);
      if (g_strcmp0 (its, headline) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What of copies is on record, read by somebody who had no part in making them. */
static GPtrArray *
list_copies (Desk *desk)
{
  seat_close (&desk->seat);
  store_fixture_sign_in (&desk->hub, "manager");

  return mash_store_list (desk->hub.store, "copy", "contact", desk->contact);
}

/* What is confidential and what another agency has not released stays, and is counted; what the
 * hub took in itself goes, whoever told it. */
static void
test_left_out (Desk         *desk,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChronology) chronology = NULL;

  sign_in (desk, "manager");
  chronology = make_copy (desk, "Family court", "Care proceedings", &error);
  g_assert_no_error (error);
  g_assert_true (has_entry (chronology, "Moved house"));
  g_assert_true (has_entry (chronology, "Contact received"));
  g_assert_false (has_entry (chronology, "Kept between us"));
  g_assert_false (has_entry (chronology, "Called to the house"));
  g_assert_cmpuint (chronology->confidential, ==, 1);
  g_assert_cmpuint (chronology->unreleased, ==, 1);
  g_assert_cmpuint (chronology->version, ==, 1);
  g_assert_cmpstr (chronology->agency, ==, "Children’s social care");
  g_assert_nonnull (chronology->reference);
}

/* Each copy is on record with what it is, for whom, and how much was left out. */
static void
test_recorded (Desk         *desk,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChronology) first = NULL;
  g_autoptr (MashChronology) second = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  MashRecord *record;
  guint n;

  sign_in (desk, "manager");
  first = make_copy (desk, "Family court", "Care proceedings", &error);
  g_assert_no_error (error);
  second = make_copy (desk, "The guardian", "To prepare", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->version, ==, 2);
  n = g_list_model_get_n_items (first->entries);

  copies = list_copies (desk);
  g_assert_cmpuint (copies->len, ==, 2);
  record = g_ptr_array_index (copies, 0);
  if (mash_record_get_int (record, "version") != 1)
    record = g_ptr_array_index (copies, 1);
  g_assert_cmpstr (mash_record_get_text (record, "recipient"), ==, "Family court");
  g_assert_cmpstr (mash_record_get_text (record, "purpose"), ==, "Care proceedings");
  g_assert_cmpstr (mash_record_get_text (record, "what"), ==, "The whole household");
  g_assert_cmpstr (mash_record_get_text (record, "form"), ==, "PDF");
  g_assert_cmpint (mash_record_get_int (record, "entries"), ==, n);
  g_assert_cmpint (mash_record_get_int (record, "left-out"), ==, 2);
}

static const struct
{
  const char *who;
  const char *recipient;
  const char *purpose;
} refusals[] = {
  { "worker", "Family court", "Care proceedings" },
  { "officer", "Family court", "Care proceedings" },
  { "auditor", "Family court", "Care proceedings" },
  { "manager", "", "Care proceedings" },
  { "manager", "Family court", "" },
};

/* Permission 25 with its note: a manager signs off. Nothing is handed out that is not on record, so
 * whoever is refused the record gets nothing. */
static void
test_refused (Desk         *desk,
              gconstpointer data)
{
  g_autoptr (GPtrArray) copies = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s, for “%s”, to “%s”", refusals[i].who, refusals[i].recipient,
                      refusals[i].purpose);
      sign_in (desk, refusals[i].who);
      g_assert_null (make_copy (desk, refusals[i].recipient, refusals[i].purpose, &error));
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL) && *error->message != '\0');
      seat_lock (&desk->seat);
    }
  sign_in (desk, "manager");
  copies = list_copies (desk);
  g_assert_cmpuint (copies->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/copies/left-out", Desk, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/copies/recorded", Desk, NULL, set_up, test_recorded, tear_down);
  g_test_add ("/copies/refused", Desk, NULL, set_up, test_refused, tear_down);

  return g_test_run ();
}
