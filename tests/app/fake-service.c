/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-service.h"

#include "fake-answers.h"
#include "mash-hub-info.h"
#include "mash-items.h"
#include "mash-policy-reader.h"
#include "mash-service-bulk.h"
#include "mash-time.h"
#include "mash-tray-list.h"

struct _MashService
{
  GObject        parent_instance;

  MashTrayList  *trays[MASH_N_TRAYS];
  GListStore    *facets;
  GListStore    *staff;
  MashTrayQuery *query;
  guint          n_front_door;
  GListModel    *people;
  MashPolicy    *policy;
  MashActor      actor;
  GTask         *lock;
  guint          signed_in : 1;
  guint          held_up : 1;
};

G_DEFINE_FINAL_TYPE (MashService, mash_service, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_TRAINING,
  PROP_HUB_NAME,
  PROP_DESK_NAME,
  PROP_SAVED_AT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  COUNTS_CHANGED,
  CONTACT_CHANGED,
  SIGNED_OUT,
  CONTACTS_GONE,
  HUB_CHANGED,
  CHECKING,
  PREPARING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The sixteen contacts of the picture that the tray was drawn from; all invented. Times are minutes
 * from now. */
static const struct
{
  const char *reference;
  const char *brag;
  const char *family;
  const char *children;
  const char *concern;
  const char *missing;
  const char *source;
  int         received;
  const char *with;
  const char *state;
  const char *clock;
  int         started;
  int         due;
  gboolean    is_new;
} contacts[] = {
  { "C8DV-QK2M-7", "R", "Aldous, Prior", "2 children: 14, 12",
    "Missing since Sunday, seen with older males", "PR", "3A", -275, "Petra Hallam", "C40",
    "T06", -155, -35, FALSE },
  { "R7K2-M4QT-C", "R", "Marsh, Khan +1", "3 children: 6, 3, unborn",
    "Finger-shaped bruise; child names mother’s partner", "BIRTH SCHOOLGP", "2A", -132,
    "Aled Sorrel", "C30", "T05", -88, 32, FALSE },
  { "H3WN-P6RD-4", "R", "Tennick", "1 child: 11 weeks",
    "Baby unresponsive, in A&E; parents’ accounts differ", "", "5A", -18, NULL, "C10",
    "T05", -18, 102, TRUE },
  { "D6YA-NB8S-J", "A", "Farooqi", "4 children: 12, 10, 7, 2",
    "Mother detained, Mental Health Act; carer not clear", "HOUSEHOLD SCHOOLGP", "5B", -369, NULL,
    "C30", "T06", -369, -9, FALSE },
  { "T4XQ-C9WN-B", "A", "Okafor", "2 children: 9, 5",
    "Domestic abuse, children upstairs; DASH 15, arrest", "", "3A", -1410, "Moira Tennant", "C60",
    "T09", -218, 22, FALSE },
  { "K9RT-B5HX-P", "A", "Lomax", "1 child: 15",
    "Exploitation: two phones, 11 days of school missed", "CHILD", "2A", -325, "Petra Hallam",
    "C30", "T06", -325, 35, FALSE },
  { "W2JE-T7DK-M", "A", "Sandhu-Pryce", "3 children: 8, 6, 7 months",
    "No gas, animal waste; baby below 2nd centile", "", "5C", -282, "Aled Sorrel", "C40", "T06",
    -282, 78, FALSE },
  { "M5GS-L3VN-8", "A", "Birchall", "1 child: 13",
    "Self-harm; says home “isn’t safe at weekends”, would not say more to the school nurse or to "
    "anybody else", "ADDRESS", "2A", -173, "Kit Farrow", "C25", "T06", -173, 187, FALSE },
  { "P4CZ-J8QS-2", "A", "Whitcombe", "2 children: 4, 2",
    "Father released on licence to the address", "", "4", -410, "Aled Sorrel", "C50", "T06", -140,
    220, FALSE },
  { "B9PD-F3HR-V", "G", "(unborn) Lewis", "1 child: unborn",
    "Late booking at 32 weeks, moved area, little known", "ADDRESS", "3F", -1380, "Kit Farrow",
    "C20", "T03", -1380, 60, FALSE },
  { "V5NK-G2TW-6", "G", "Hartnoll", "3 children: 11, 9, 4",
    "Rent arrears and eviction notice; food parcel asked for", "", "4", -236, "Sam Whitlow", "C70",
    "T06", -236, 1204, FALSE },
  { "J8SX-R4MD-K", "G", "Pellow", "1 child: 16", "Sofa-surfing; asks us not to contact his mother",
    "ADDRESS", "1B", -200, "Aled Sorrel", "C30", "T06", -200, 1240, FALSE },
  { "Q3LB-D6XP-T", "G", "Adeyinka", "1 child: 7",
    "Left alone for an hour, twice; parent works shifts", "", "1D", -158, "Kit Farrow", "C20",
    "T06", -158, 1282, FALSE },
  { "F7HM-V9KC-N", "G", "Coyle", "2 children: 10, 8",
    "Arguments at handover, children tearful in class", "AGREEMENT", "2A", -64, NULL, "C30", "T06",
    -64, 1376, TRUE },
  { "Y2FW-A5RJ-8", "B", "Ostrander", "1 child: 12", "Asks for advice: behaviour after bereavement",
    "", "2A", -95, "Kit Farrow", "X10", "T01", -95, 1939, FALSE },
  { "N6QP-S3BL-4", "B", "Anna & Tom <x>", "2 children: 3, 17 months",
    "Health visitor tells us of a move out of the area", "", "3E", -388, "Kit Farrow", "C20", "T02",
    -388, 1939, FALSE },
};

static gint64
from_now (int minutes)
{
  gint64 now = 0;

  mash_time_parse (FAKE_NOW, &now);

  return now + minutes * MASH_TIME_MINUTE;
}

static MashTrayRow *
make_row (guint i)
{
  MashTrayRow *row = mash_tray_row_copy (&(MashTrayRow) { 0 });

  row->contact = g_strdup_printf ("00000000-0000-7000-8000-%012u", i);
  row->reference = g_strdup (contacts[i].reference);
  row->state = g_strdup (contacts[i].state);
  row->brag = g_strdup (contacts[i].brag);
  row->family = g_strdup (contacts[i].family);
  row->children = g_strdup (contacts[i].children);
  row->concern = g_strdup (contacts[i].concern);
  row->source = g_strdup (contacts[i].source);
  row->assigned_name = g_strdup (contacts[i].with);
  row->assigned_to = g_strdup (g_strcmp0 (contacts[i].with, "Aled Sorrel") == 0
                               ? "me" : contacts[i].with);
  row->missing = *contacts[i].missing != '\0' ? g_strsplit (contacts[i].missing, " ", -1) : NULL;
  row->clock_type = g_strdup (contacts[i].clock);
  row->clock_started = from_now (contacts[i].started);
  row->clock_due = from_now (contacts[i].due);
  row->received_at = from_now (contacts[i].received);
  row->created_at = from_now (contacts[i].received);

  return row;
}

static gboolean
passes (MashService *self,
        guint        i)
{
  const char *with = g_strcmp0 (contacts[i].with, "Aled Sorrel") == 0 ? "me" : contacts[i].with;

  return self->query == NULL || self->query->tray != MASH_TRAY_FRONT_DOOR ||
         ((self->query->with == NULL ||
           g_strcmp0 (self->query->with, with != NULL ? with : "") == 0) &&
          (!self->query->late || contacts[i].due < 0) &&
          (!self->query->missing || *contacts[i].missing != '\0'));
}

static void
add_facet (MashService *self,
           const char  *facet,
           const char  *value,
           guint        n)
{
  g_autoptr (MashItem) item = g_object_new (MASH_TYPE_FACET_ITEM, NULL);

  mash_item_take_row (item, mash_facet_row_copy (&(MashFacetRow) {
    (char *) facet, (char *) value, NULL, n
  }));
  g_list_store_append (self->facets, item);
}

static void
count_front_door (MashService *self)
{
  guint n_no_one = 0, n_mine = 0, n_late = 0, n_missing = 0;

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      n_no_one += contacts[i].with == NULL;
      n_mine += g_strcmp0 (contacts[i].with, "Aled Sorrel") == 0;
      n_late += contacts[i].due < 0;
      n_missing += *contacts[i].missing != '\0';
    }
  g_list_store_remove_all (self->facets);
  add_facet (self, "with", "", n_no_one);
  add_facet (self, "with", "me", n_mine);
  add_facet (self, "late", "", n_late);
  add_facet (self, "missing", "", n_missing);
}

static void
fill_front_door (MashService *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mash_tray_row_free);
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mash_tray_row_free);

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    if (!contacts[i].is_new && passes (self, i))
      g_ptr_array_add (rows, make_row (i));
  mash_tray_list_fill (self->trays[MASH_TRAY_FRONT_DOOR], rows, rows->len);

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      g_autoptr (MashTrayRow) row = make_row (i);

      if (!passes (self, i))
        continue;
      mash_tray_list_put (self->trays[MASH_TRAY_FRONT_DOOR], row->contact, row,
                          G_N_ELEMENTS (contacts));
    }

  count_front_door (self);
  self->n_front_door = G_N_ELEMENTS (contacts);

  g_ptr_array_add (late, make_row (0));
  g_ptr_array_add (late, make_row (3));
  mash_tray_list_fill (self->trays[MASH_TRAY_LATE], late, late->len);
}

static void
mash_service_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  MashService *self = MASH_SERVICE (object);

  switch (prop_id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
      break;

    case PROP_TRAINING:
      g_value_set_boolean (value, TRUE);
      break;

    case PROP_HUB_NAME:
      g_value_set_string (value, "Training hub on this computer");
      break;

    case PROP_DESK_NAME:
      g_value_set_string (value, "Desk 4, front door room");
      break;

    case PROP_SAVED_AT:
      g_value_set_int64 (value, 0);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_service_dispose (GObject *object)
{
  MashService *self = MASH_SERVICE (object);

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    g_clear_object (&self->trays[i]);
  g_clear_object (&self->facets);
  g_clear_pointer (&self->query, mash_tray_query_free);
  g_clear_object (&self->staff);
  g_clear_object (&self->people);
  g_clear_pointer (&self->policy, mash_policy_unref);

  G_OBJECT_CLASS (mash_service_parent_class)->dispose (object);
}

static void
mash_service_class_init (MashServiceClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_service_get_property;
  object_class->dispose = mash_service_dispose;

  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_TRAINING] = g_param_spec_boolean ("training", NULL, NULL, FALSE, flags);
  properties[PROP_HUB_NAME] = g_param_spec_string ("hub-name", NULL, NULL, NULL, flags);
  properties[PROP_DESK_NAME] = g_param_spec_string ("desk-name", NULL, NULL, NULL, flags);
  properties[PROP_SAVED_AT] =
    g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COUNTS_CHANGED] =
    g_signal_new ("counts-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONTACT_CHANGED] =
    g_signal_new ("contact-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CONTACTS_GONE] =
    g_signal_new ("contacts-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HUB_CHANGED] =
    g_signal_new ("hub-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNED_OUT] =
    g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHECKING] =
    g_signal_new ("checking", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[PREPARING] =
    g_signal_new ("preparing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static GListModel *
list_people (void)
{
  MashSignIn people[] = {
    { (char *) "aled", (char *) "Aled Sorrel", (char *) "Social worker", (char *) "training" },
    { (char *) "moira", (char *) "Moira Tennant", (char *) "MASH manager", (char *) "training" },
  };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_ptr_array_add (list, &people[i]);

  return mash_items_list_sign_ins (list);
}

static void
mash_service_init (MashService *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    self->trays[i] = mash_tray_list_new (NULL, NULL);
  self->facets = g_list_store_new (MASH_TYPE_FACET_ITEM);
  self->staff = g_list_store_new (MASH_TYPE_STAFF_ITEM);
  self->people = list_people ();
  self->policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);
  self->actor = (MashActor) { "me", "post", "SW", "agency", "desk", TRUE, 0 };
}

/* What the tests do with it */

void
fake_service_sign_in (MashService *self)
{
  self->signed_in = TRUE;
  fill_front_door (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

void
fake_service_empty (MashService *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->n_front_door = 0;
  g_list_store_remove_all (self->facets);
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    mash_tray_list_fill (self->trays[i], none, 0);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

/* The door, as far as the window uses it */

MashService *
mash_service_new (const char *folder)
{
  return g_object_new (MASH_TYPE_SERVICE, NULL);
}

GQuark
mash_service_error_quark (void)
{
  return g_quark_from_static_string ("mash-service-error-quark");
}

void
mash_service_restart_process (const char *opaque_id)
{
  g_assert_not_reached ();
}

void
mash_service_open_async (MashService        *self,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  fake_answer (self, callback, user_data);
}

gboolean
mash_service_open_finish (MashService  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
mash_service_get_people (MashService *self)
{
  return self->people;
}

void
mash_service_sign_in_async (MashService        *self,
                            const char         *sign_in,
                            const char         *passphrase,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  fake_service_sign_in (self);
  fake_answer (self, callback, user_data);
}

gboolean
mash_service_sign_in_finish (MashService  *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mash_service_lock_async (MashService        *self,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  self->lock = g_task_new (self, NULL, callback, user_data);
  if (!self->held_up)
    fake_service_end_lock (self);
}

void
fake_service_hold_up (MashService *self)
{
  self->held_up = TRUE;
}

void
fake_service_end_lock (MashService *self)
{
  g_autoptr (GTask) lock = g_steal_pointer (&self->lock);

  self->signed_in = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  g_signal_emit (self, signals[SIGNED_OUT], 0);
  g_task_return_boolean (lock, TRUE);
}

gboolean
mash_service_lock_finish (MashService  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mash_service_get_signed_in (MashService *self)
{
  return self->signed_in;
}

gboolean
mash_service_get_training (MashService *self)
{
  return TRUE;
}

const char *
mash_service_get_person_name (MashService *self)
{
  return "Aled Sorrel";
}

const char *
mash_service_get_post_title (MashService *self)
{
  return "Social worker";
}

const MashActor *
mash_service_get_actor (MashService *self)
{
  self->actor.now = mash_service_get_now (self);

  return &self->actor;
}

MashPolicy *
mash_service_get_policy (MashService *self)
{
  return self->policy;
}

gint64
mash_service_get_now (MashService *self)
{
  return from_now (0);
}

GListModel *
mash_service_get_tray (MashService *self,
                       MashTrayId   tray)
{
  return G_LIST_MODEL (self->trays[tray]);
}

gboolean
mash_service_is_at_work (MashService *self)
{
  return FALSE;
}

guint
mash_service_get_tray_count (MashService *self,
                             MashTrayId   tray)
{
  return tray == MASH_TRAY_FRONT_DOOR
         ? self->n_front_door : g_list_model_get_n_items (G_LIST_MODEL (self->trays[tray]));
}

guint
mash_service_get_tray_new (MashService *self,
                           MashTrayId   tray)
{
  return tray == MASH_TRAY_FRONT_DOOR ? 2 : 0;
}

guint
mash_service_find_in_tray (MashService *self,
                           MashTrayId   tray,
                           const char  *contact)
{
  return mash_tray_list_find (self->trays[tray], contact);
}

GListModel *
mash_service_get_tray_facets (MashService *self,
                              MashTrayId   tray)
{
  return G_LIST_MODEL (self->facets);
}

void
mash_service_set_tray_query (MashService         *self,
                             const MashTrayQuery *query)
{
  g_clear_pointer (&self->query, mash_tray_query_free);
  self->query = mash_tray_query_copy (query);
  if (self->n_front_door > 0 && query->tray == MASH_TRAY_FRONT_DOOR)
    fill_front_door (self);
}

void
mash_service_assign_all_async (MashService        *self,
                               GPtrArray          *assignments,
                               GCancellable       *cancellable,
                               MashBulkProgress    progress,
                               gpointer            progress_data,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  fake_stop (self, callback, user_data);
}

GPtrArray *
mash_service_assign_all_finish (MashService  *self,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mash_service_refresh_tray_async (MashService        *self,
                                 MashTrayId          tray,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  fake_answer (self, callback, user_data);
}

gboolean
mash_service_refresh_tray_finish (MashService  *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
mash_service_get_staff (MashService *self)
{
  return G_LIST_MODEL (self->staff);
}
