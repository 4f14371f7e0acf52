/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mash-command.h"
#include "mash-hub-kept.h"
#include "mash-hub-people.h"
#include "mash-kinds.h"
#include "mash-seat-door.h"
#include "mash-time.h"

/* What stands after the word that says what to do. */
typedef struct
{
  char    *authority;
  char    *name;
  char    *agency;
  char    *agency_type;
  char    *role;
  char    *title;
  char    *until;
  char   **halves;
  gboolean end;
  gboolean wipe;
  gboolean at_once;
  char   **rest;
} Options;

/* A hub, with what is needed to say something there. */
typedef struct
{
  MashHubLine *line;
  MashHubRoot *root;
} Hub;

typedef struct
{
  const char *word;
  guint       n_names; /* how many stand before the server */
  gboolean  (*run)     (Hub            *hub,
                        const Options  *options,
                        GError        **error);
} Act;

static void
options_clear (Options *self)
{
  g_free (self->authority);
  g_free (self->name);
  g_free (self->agency);
  g_free (self->agency_type);
  g_free (self->role);
  g_free (self->title);
  g_free (self->until);
  g_strfreev (self->halves);
  g_strfreev (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
hub_clear (Hub *self)
{
  mash_hub_line_close (self->line);
  mash_hub_root_free (self->root);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hub, hub_clear)

/* Desks */

static gboolean
add_desk (Hub            *hub,
          const Options  *options,
          GError        **error)
{
  if (!mash_hub_people_enrol_desk (hub->line, options->authority, options->rest[0],
                                   options->rest[1], error))
    return FALSE;

  /* Translators: the first is what people call a desk, the second a folder. */
  g_print (_("%s is enrolled. Carry the folder %s to it and nowhere else, and open it there with "
             "mash-desk --data.\n"), options->rest[0], options->rest[1]);

  return TRUE;
}

static gboolean
revoke_desk (Hub            *hub,
             const Options  *options,
             GError        **error)
{
  if (!mash_hub_people_revoke_desk (hub->line, options->authority, options->rest[0], options->wipe,
                                    error))
    return FALSE;

  g_print ("%s\n", _("The desk is shut out. Put revoked.crl where the server reads it, on every "
                     "server of the hub."));

  return TRUE;
}

/* Staff */

static char *
find_named (Hub         *hub,
            const char  *sign_in,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  char *staff = mash_hub_people_find (hub->line, "staff", "sign-in", sign_in, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (staff == NULL)
    mash_sync_refuse (error, _("The hub has no member of staff who signs in by this name."));

  return staff;
}

static char *
find_staff (Hub            *hub,
            const Options  *options,
            GError        **error)
{
  return find_named (hub, options->rest[0], error);
}

static MashSecret *
join_halves (const Options  *options,
             GError        **error)
{
  if (options->halves == NULL || g_strv_length (options->halves) != 2)
    {
      mash_sync_refuse (error, _("Name the two halves of the recovery key, each with --half."));
      return NULL;
    }

  return mash_hub_folder_join (options->halves[0], options->halves[1], error);
}

/* The agency that was named; one that there is not yet is made with the rest. */
static char *
find_agency (Hub            *hub,
             const Options  *options,
             MashGroup      *group,
             GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  char *agency = mash_hub_people_find (hub->line, "agency", "name", options->agency, &local_error);
  MashEdit *edit;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (agency != NULL)
    return agency;
  if (options->agency_type == NULL)
    {
      mash_sync_refuse (error, _("The hub has no agency of this name. To make it, say its kind "
                                 "with --agency-type."));
      return NULL;
    }

  agency = mash_hub_people_make_id ();
  edit = mash_edit_new (mash_kind_lookup ("agency"), agency, 0);
  mash_edit_set_text (edit, "type", options->agency_type);
  mash_edit_set_text (edit, "name", options->agency);
  mash_group_take_edit (group, edit);

  return agency;
}

static void
add_post (MashGroup     *group,
          const Options *options,
          const char    *staff,
          const char    *agency)
{
  g_autofree char *id = mash_hub_people_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("post"), id, 0);

  mash_edit_set_text (edit, "staff", staff);
  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_text (edit, "role", options->role);
  mash_edit_set_text (edit, "title", options->title);
  if (options->until != NULL)
    mash_edit_set_text (edit, "to", options->until);
  mash_group_take_edit (group, edit);
}

static gboolean
check_post (const Options  *options,
            GError        **error)
{
  return (options->agency != NULL && options->role != NULL && options->title != NULL) ||
         mash_sync_refuse (error, _("Say the post with --agency, --role and --title."));
}

static char *
make_staff (Hub            *hub,
            const Options  *options,
            GError        **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *agency = NULL;
  g_autofree char *staff = mash_hub_people_make_id ();
  MashEdit *edit;

  if (options->name == NULL)
    {
      mash_sync_refuse (error, _("Say who it is with --name."));
      return NULL;
    }
  if (!check_post (options, error))
    return NULL;
  agency = find_agency (hub, options, group, error);
  if (agency == NULL)
    return NULL;

  edit = mash_edit_new (mash_kind_lookup ("staff"), staff, 0);
  mash_edit_set_text (edit, "name", options->name);
  mash_edit_set_text (edit, "sign-in", options->rest[0]);
  mash_edit_set_text (edit, "agency", agency);
  mash_group_take_edit (group, edit);
  add_post (group, options, staff, agency);

  return mash_hub_people_say (hub->line, hub->root, group, error) ? g_steal_pointer (&staff)
                                                                  : NULL;
}

static gboolean
print_code (MashSecret *code)
{
  gsize length;
  const char *text = (const char *) mash_secret_get_data (code, &length);

  g_print ("%.*s\n%s\n", (int) length, text,
           _("Hand this code to them and to nobody else. It opens once, within 14 days, and is not "
             "shown again."));

  return TRUE;
}

/* Somebody of whom the hub has a record already is let in; of anybody else it is made first. */
static gboolean
add_staff (Hub            *hub,
           const Options  *options,
           GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *staff = NULL;
  g_autoptr (MashSecret) code = NULL;

  staff = mash_hub_people_find (hub->line, "staff", "sign-in", options->rest[0], &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (staff == NULL)
    staff = make_staff (hub, options, error);
  if (staff != NULL)
    code = mash_hub_people_invite (hub->line, staff, options->rest[0], NULL, error);

  return code != NULL && print_code (code);
}

static gboolean
say_edit (Hub         *hub,
          MashEdit    *edit,
          GError     **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);

  mash_group_take_edit (group, edit);

  return mash_hub_people_say (hub->line, hub->root, group, error);
}

/* With a day that is over their database may go from every desk, and after vetting what is older
 * does not come back by itself: a slip of the hand must not do that. */
static gboolean
check_until (const Options  *options,
             GError        **error)
{
  g_autofree char *today = mash_time_dup_local_date (g_get_real_time ());
  int day;

  if (options->until == NULL || !mash_date_parse (options->until, &day))
    return mash_sync_refuse (error, _("Say the last day with --until, as 2027-03-31."));

  return options->end || strcmp (options->until, today) >= 0 ||
         mash_sync_refuse (error, _("That day is over: their access would end at once. If that is "
                                    "meant, say --end as well."));
}

/* A post that they hold already gets another last day. */
static gboolean
end_post (Hub            *hub,
          const Options  *options,
          const char     *staff,
          GError        **error)
{
  g_autofree char *post = NULL;
  MashEdit *edit;

  if (options->title == NULL)
    return mash_sync_refuse (error, _("Say with --title which of their posts it is."));
  if (!check_until (options, error))
    return FALSE;
  post = mash_hub_people_find_post (hub->line, staff, options->title, error);
  if (post == NULL)
    return FALSE;
  edit = mash_hub_people_alter (hub->line, "post", post, "to", options->until, error);
  if (edit == NULL || !say_edit (hub, edit, error))
    return FALSE;

  g_print ("%s\n", _("The post ends with that day."));

  return TRUE;
}

static gboolean
give_post (Hub            *hub,
           const Options  *options,
           GError        **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *staff = find_staff (hub, options, error);
  g_autofree char *agency = NULL;

  if (staff == NULL)
    return FALSE;
  if (options->until != NULL && options->agency == NULL && options->role == NULL)
    return end_post (hub, options, staff, error);
  if (!check_post (options, error) || (options->until != NULL && !check_until (options, error)))
    return FALSE;
  agency = find_agency (hub, options, group, error);
  if (agency == NULL)
    return FALSE;

  add_post (group, options, staff, agency);
  if (!mash_hub_people_say (hub->line, hub->root, group, error))
    return FALSE;

  g_print ("%s\n", options->until != NULL ? _("They hold the post to the end of that day.")
                                          : _("They hold the post."));

  return TRUE;
}

static gboolean
set_vetting (Hub            *hub,
             const Options  *options,
             GError        **error)
{
  g_autofree char *staff = NULL;
  MashEdit *edit;
  gboolean had_lapsed;

  if (!check_until (options, error))
    return FALSE;
  staff = find_staff (hub, options, error);
  if (staff == NULL)
    return FALSE;
  edit = mash_hub_people_set_vetting (hub->line, staff, options->until, error);
  if (edit == NULL)
    return FALSE;

  had_lapsed = mash_edit_touches (edit, mash_kind_find_field (&mash_staff_kind, "cases-from"));
  if (!say_edit (hub, edit, error))
    return FALSE;

  g_print ("%s\n", _("Their access ends with that day."));
  if (had_lapsed)
    g_print ("%s\n", _("Their vetting had lapsed: of contacts that are older than today they get "
                       "those that a manager gives them again."));

  return TRUE;
}

static gboolean
suspend (Hub            *hub,
         const Options  *options,
         GError        **error)
{
  g_autofree char *staff = find_staff (hub, options, error);
  MashEdit *edit;

  if (staff == NULL)
    return FALSE;
  edit = mash_hub_people_alter (hub->line, "staff", staff, "suspended",
                                options->end ? "false" : "true", error);
  if (edit == NULL || !say_edit (hub, edit, error))
    return FALSE;

  g_print ("%s\n", options->end ? _("They may work again.")
                                : _("They read and write nothing until this is ended."));

  return TRUE;
}

static gboolean
revoke_staff (Hub            *hub,
              const Options  *options,
              GError        **error)
{
  g_autofree char *staff = find_staff (hub, options, error);

  if (staff == NULL || !mash_hub_people_revoke (hub->line, staff, options->at_once, error))
    return FALSE;

  g_print ("%s\n", _("They are shut out at every desk."));
  if (options->at_once)
    g_print ("%s\n", _("What they had not sent stays at their desks; “desk recover” saves it."));
  else
    g_print ("%s\n", _("A desk that meets the hub within 14 days hands in what they had not sent, "
                       "and removes what it has of theirs."));

  return TRUE;
}

static gboolean
reset (Hub            *hub,
       const Options  *options,
       GError        **error)
{
  g_autofree char *staff = NULL;
  g_autoptr (MashSecret) recovery = NULL;
  g_autoptr (MashSecret) code = NULL;

  recovery = join_halves (options, error);
  if (recovery != NULL)
    staff = find_staff (hub, options, error);
  if (staff != NULL)
    code = mash_hub_people_invite (hub->line, staff, options->rest[0], recovery, error);

  return code != NULL && print_code (code);
}

/* A hub takes a thousand at once. */
static gboolean
keep_recovered (Hub        *hub,
                GPtrArray  *unsent,
                guint64    *n_kept,
                GError    **error)
{
  *n_kept = 0;
  for (guint at = 0; at < unsent->len; at += 500)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      guint64 n;

      for (guint i = at; i < MIN (at + 500, unsent->len); i++)
        g_ptr_array_add (some, g_ptr_array_index (unsent, i));
      if (!mash_hub_keep_recovered (hub->line, hub->root->person, some, &n, error))
        return FALSE;
      *n_kept += n;
    }

  return TRUE;
}

/* What somebody had not sent from a desk, and cannot send any more: with the two halves of the
 * recovery key it goes to the hub, where a manager settles it. */
static gboolean
recover_desk (Hub            *hub,
              const Options  *options,
              GError        **error)
{
  const char *folder = options->rest[0];
  const char *sign_in = options->rest[1];
  g_autoptr (MashSecret) recovery = join_halves (options, error);
  g_autofree char *staff = recovery != NULL ? find_named (hub, sign_in, error) : NULL;
  g_autoptr (MashPersonKeys) keys = NULL;
  g_autoptr (GPtrArray) unsent = NULL;
  guint64 n_kept;

  if (staff != NULL)
    keys = mash_hub_people_recover (hub->line, staff, recovery, error);
  if (keys != NULL)
    unsent = mash_seat_door_recover (folder, sign_in, keys, error);
  if (unsent == NULL || !keep_recovered (hub, unsent, &n_kept, error))
    return FALSE;

  if (n_kept > 0)
    g_print (ngettext ("%u change that had not been sent waits at the hub for a manager.\n",
                       "%u changes that had not been sent wait at the hub for a manager.\n",
                       (guint) n_kept), (guint) n_kept);
  else
    g_print ("%s\n", _("The hub has everything that was done there."));

  return TRUE;
}

static MashExit
run_act (const MashGlobals *globals,
         const Act         *act,
         const Options     *options)
{
  g_auto (Hub) hub = { NULL };
  g_autoptr (GError) error = NULL;
  guint n = options->rest != NULL ? g_strv_length (options->rest) : 0;

  if (n < act->n_names || n > act->n_names + 1 || options->authority == NULL)
    return mash_command_misuse (globals, _("Name what it is about, and the authority’s folder with "
                                           "--authority."));

  hub.root = mash_hub_root_load (options->authority, &error);
  if (hub.root != NULL)
    hub.line = mash_hub_line_open_admin (options->rest[act->n_names], &error);

  return hub.line != NULL && act->run (&hub, options, &error) ? MASH_EXIT_DONE
                                                              : mash_command_fail (error);
}

static MashExit
run_acts (const MashGlobals *globals,
          int                argc,
          char             **argv,
          const Act         *acts,
          guint              n_acts,
          const char        *words)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &options.authority, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, NULL, NULL },
    { "agency", 0, 0, G_OPTION_ARG_STRING, &options.agency, NULL, NULL },
    { "agency-type", 0, 0, G_OPTION_ARG_STRING, &options.agency_type, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, NULL, NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options.title, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, NULL, NULL },
    { "half", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.halves, NULL, NULL },
    { "end", 0, 0, G_OPTION_ARG_NONE, &options.end, NULL, NULL },
    { "wipe", 0, 0, G_OPTION_ARG_NONE, &options.wipe, NULL, NULL },
    { "at-once", 0, 0, G_OPTION_ARG_NONE, &options.at_once, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  for (guint i = 0; argc > 0 && i < n_acts; i++)
    {
      if (strcmp (argv[0], acts[i].word) != 0)
        continue;
      if (!g_option_context_parse (context, &argc, &argv, NULL))
        return mash_command_misuse (globals, _("This option is not known."));
      return run_act (globals, &acts[i], &options);
    }

  return mash_command_misuse (globals, words);
}

/**
 * mash_command_desk:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: `add`, `recover` or `revoke`, options, what it is about, and where the server is
 *
 * Lets a machine in at a central hub, saves what somebody had not sent from it, or shuts it out.
 *
 * Returns: the exit status
 */
MashExit
mash_command_desk (const MashGlobals *globals,
                   int                argc,
                   char             **argv)
{
  static const Act acts[] = {
    { "add", 2, add_desk },
    { "recover", 2, recover_desk },
    { "revoke", 1, revoke_desk },
  };

  return run_acts (globals, argc, argv, acts, G_N_ELEMENTS (acts),
                   _("Say “add”, “recover” or “revoke”."));
}

/**
 * mash_command_hub_staff:
 * @globals: what stood before the command
 * @argc: how many arguments
 * @argv: what to do, options, whose sign-in name, and where the server is
 *
 * Makes and alters the staff of a central hub.
 *
 * Returns: the exit status
 */
MashExit
mash_command_hub_staff (const MashGlobals *globals,
                        int                argc,
                        char             **argv)
{
  static const Act acts[] = {
    { "add", 1, add_staff },
    { "post", 1, give_post },
    { "reset", 1, reset },
    { "revoke", 1, revoke_staff },
    { "suspend", 1, suspend },
    { "vetting", 1, set_vetting },
  };

  return run_acts (globals, argc, argv, acts, G_N_ELEMENTS (acts),
                   _("Say “add”, “post”, “vetting”, “suspend”, “revoke”, “reset” or “release”, and "
                     "whose sign-in name."));
}
