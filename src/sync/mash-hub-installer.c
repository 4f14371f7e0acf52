/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-installer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-hub-policy.h"
#include "mash-hub-schema.h"

#define SERVER_FLOOR 150000

/* How much of the hub's id stands in the names of its roles: the random half of it. */
#define ROLE_ID_LENGTH 16

/* The roles of a hub, none of which can log in. Only the warden may alter log-ins. */
static const char *const role_parts[] = { "keeper", "reader", "warden", "desks" };

/**
 * mash_hub_dup_role:
 * @hub: the id of a hub
 * @part: `keeper`, `reader`, `warden` or `desks`
 *
 * Names of roles are for everybody on the server to read, so they say nothing.
 *
 * Returns: (transfer full): the name of the hub's role
 */
char *
mash_hub_dup_role (const char *hub,
                   const char *part)
{
  g_autoptr (GString) id = g_string_new (NULL);
  const char *random;

  g_return_val_if_fail (hub != NULL && part != NULL, NULL);

  for (const char *at = hub; *at != '\0'; at++)
    {
      if (g_ascii_isalnum (*at))
        g_string_append_c (id, *at);
    }
  random = id->len > ROLE_ID_LENGTH ? id->str + id->len - ROLE_ID_LENGTH : id->str;

  return g_strdup_printf ("%c_%s", part[0], random);
}

/* Gives the only value of the only row. */
static char *
dup_answer (MashHubLine *line,
            const char  *sql,
            GError     **error)
{
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, error, sql, NULL);

  return rows != NULL && mash_hub_rows_get_n (rows) > 0
         ? g_strdup (mash_hub_rows_get_text (rows, 0, 0)) : NULL;
}

/**
 * mash_hub_make_id:
 * @line: the administrator's line
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable): a random id, made by the server
 */
char *
mash_hub_make_id (MashHubLine *line,
                  GError     **error)
{
  g_return_val_if_fail (line != NULL, NULL);

  return dup_answer (line, "SELECT gen_random_uuid ()", error);
}

/**
 * mash_hub_make_database:
 * @line: the administrator's line to any database of the server
 * @name: a name that is no database yet
 * @error: return location for a #MashSyncError
 *
 * Returns: whether there is an empty database that may become a hub
 */
gboolean
mash_hub_make_database (MashHubLine  *line,
                        const char   *name,
                        GError      **error)
{
  g_autofree char *quoted = mash_hub_line_quote (line, name);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s ENCODING 'UTF8' TEMPLATE template0",
                                          quoted);

  return mash_hub_line_run (line, sql, error);
}

static gboolean
answers (MashHubLine *line,
         const char  *sql,
         GError     **error)
{
  g_autofree char *answer = dup_answer (line, sql, error);

  return g_strcmp0 (answer, "t") == 0;
}

static gboolean
check_server (MashHubLine *line,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean superuser, utf8;

  if (mash_hub_line_get_server (line) < SERVER_FLOOR)
    return mash_sync_refuse (error, _("This server is older than PostgreSQL 15, which a hub "
                                      "needs."));

  superuser = answers (line, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
                       &local_error);
  utf8 = local_error == NULL &&
         answers (line, "SELECT current_setting ('server_encoding') = 'UTF8'", &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!superuser)
    return mash_sync_refuse (error, _("Only a superuser of the server can set up a hub, because "
                                      "it takes rights away that PostgreSQL gives to everybody."));
  if (!utf8)
    return mash_sync_refuse (error, _("The database’s encoding is not UTF8. Make one that is: "
                                      "createdb --encoding UTF8 --template template0."));

  return TRUE;
}

static gboolean
check_empty (MashHubLine *line,
             GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean hub, empty;

  hub = answers (line, "SELECT to_regnamespace ('mash') IS NOT NULL", &local_error);
  empty = local_error == NULL &&
          answers (line, "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace ="
                   " to_regnamespace ('public'))", &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (hub)
    return mash_sync_refuse (error, _("This database is a hub already; nothing was changed."));
  if (!empty)
    return mash_sync_refuse (error, _("This database holds something else. A hub needs one of "
                                      "its own; nothing was changed."));

  return TRUE;
}

/* Roles belong to the whole server, and their names follow from the hub’s id. */
static gboolean
check_alone (MashHubLine *line,
             const char  *hub,
             GError     **error)
{
  g_autofree char *role = mash_hub_dup_role (hub, "keeper");
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error, "SELECT FROM pg_roles WHERE rolname = $1", role, NULL);
  if (rows == NULL)
    return FALSE;

  return mash_hub_rows_get_n (rows) == 0 ||
         mash_sync_refuse (error, _("This hub is on this server already, in another database; "
                                    "nothing was changed."));
}

static gboolean
make_roles (MashHubLine *line,
            const char  *hub,
            GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_parts); i++)
    {
      g_autofree char *role = mash_hub_dup_role (hub, role_parts[i]);
      g_autofree char *quoted = mash_hub_line_quote (line, role);
      const char *may = strcmp (role_parts[i], "warden") == 0 ? "CREATEROLE" : "NOCREATEROLE";
      g_autofree char *sql = g_strdup_printf ("CREATE ROLE %s NOLOGIN NOSUPERUSER NOCREATEDB"
                                              " %s NOREPLICATION NOBYPASSRLS", quoted, may);

      if (!mash_hub_line_run (line, sql, error))
        return FALSE;
    }

  return TRUE;
}

/* What the keeper owns is made as the keeper. */
static gboolean
become_keeper (MashHubLine *line,
               const char  *hub,
               GError     **error)
{
  g_autofree char *role = mash_hub_dup_role (hub, "keeper");
  g_autofree char *quoted = mash_hub_line_quote (line, role);
  g_autofree char *sql = g_strdup_printf ("SET LOCAL ROLE %s", quoted);

  return mash_hub_line_run (line, sql, error);
}

static gboolean
allow_schemas (MashHubLine *line,
               const char  *hub,
               GError     **error)
{
  g_autofree char *role = mash_hub_dup_role (hub, "keeper");
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error, "SELECT set_config ('mash.keeper', $1, true)", role, NULL);

  return done != NULL &&
         mash_hub_line_run (line, "DO $$ BEGIN EXECUTE format ('GRANT CREATE ON DATABASE %I TO %I',"
                            " current_database (), current_setting ('mash.keeper')); END $$",
                            error);
}

static gboolean
give_rights (MashHubLine *line,
             const char  *hub,
             GError     **error)
{

  for (guint i = 0; i < G_N_ELEMENTS (role_parts); i++)
    {
      g_autofree char *name = g_strconcat ("mash.", role_parts[i], NULL);
      g_autofree char *role = mash_hub_dup_role (hub, role_parts[i]);
      g_autoptr (MashHubRows) done = NULL;

      done = mash_hub_line_ask (line, error, "SELECT set_config ($1, $2, true)", name, role, NULL);
      if (done == NULL)
        return FALSE;
    }

  return mash_hub_schema_give_rights (line, error);
}

/* Takes the steps behind @from and makes the functions, in the caller's transaction. */
static gboolean
take_schema (MashHubLine *line,
             const char  *hub,
             guint        from,
             guint       *n_steps,
             GError     **error)
{
  return become_keeper (line, hub, error) &&
         mash_hub_schema_take (line, from, n_steps, error) &&
         mash_hub_line_run (line, "RESET ROLE", error);
}

static gboolean
put_hub (MashHubLine *line,
         const char  *hub,
         const char  *epoch,
         const char  *name,
         gboolean     training,
         GError     **error)
{
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error,
                            "INSERT INTO mash.meta (hub, epoch, name, training, head_chain)"
                            " VALUES ($1, $2, $3, $4::boolean, decode (repeat ('00', 32), 'hex'))",
                            hub, epoch, name, training ? "t" : "f", NULL);

  return done != NULL;
}

static gboolean
install (MashHubLine *line,
         const char  *hub,
         const char  *epoch,
         const char  *name,
         gboolean     training,
         MashPolicy  *policy,
         GError     **error)
{
  guint n_steps;

  return make_roles (line, hub, error) &&
         allow_schemas (line, hub, error) &&
         take_schema (line, hub, 0, &n_steps, error) &&
         put_hub (line, hub, epoch, name, training, error) &&
         mash_hub_policy_put_program (line, error) &&
         mash_hub_policy_put (line, policy, error) &&
         give_rights (line, hub, error) &&
         mash_hub_schema_sign (line, error);
}

/* Ends a transaction: what was not whole is as if it had never begun. */
static gboolean
end (MashHubLine *line,
     gboolean     done,
     GError     **error)
{
  if (done)
    return mash_hub_line_run (line, "COMMIT", error);

  mash_hub_line_run (line, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * mash_hub_install:
 * @line: the administrator's line to an empty database
 * @hub: id of the new hub
 * @epoch: id of the beginning of its history
 * @name: its name, as desks show it
 * @training: whether all in it will be invented
 * @policy: the policy that it begins with
 * @error: %MASH_SYNC_ERROR_REFUSED with what is not as it has to be
 *
 * Makes a hub, whole or not at all.
 *
 * Returns: whether it was made
 */
gboolean
mash_hub_install (MashHubLine *line,
                  const char  *hub,
                  const char  *epoch,
                  const char  *name,
                  gboolean     training,
                  MashPolicy  *policy,
                  GError     **error)
{
  g_return_val_if_fail (line != NULL && policy != NULL, FALSE);

  if (!check_server (line, error) || !check_empty (line, error) ||
      !check_alone (line, hub, error) || !mash_hub_line_run (line, "BEGIN", error))
    return FALSE;

  return end (line, install (line, hub, epoch, name, training, policy, error), error);
}

static char *
dup_hub (MashHubLine *line,
         GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!answers (line, "SELECT to_regclass ('mash.meta') IS NOT NULL", &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        mash_sync_refuse (error, _("This database is not a hub. Make one with “mash-admin hub "
                                   "init”."));
      return NULL;
    }

  return dup_answer (line, "SELECT hub FROM mash.meta", error);
}

/**
 * mash_hub_upgrade:
 * @line: the administrator's line to a hub
 * @n_steps: (out): how many steps were taken
 * @error: %MASH_SYNC_ERROR_REFUSED with what is not as it has to be
 *
 * Brings a hub to the last step of the schema, and its functions, kinds, fields and rights to those
 * of this program, whole or not at all.
 *
 * Returns: whether it is up to date
 */
gboolean
mash_hub_upgrade (MashHubLine *line,
                  guint       *n_steps,
                  GError     **error)
{
  g_autofree char *hub = NULL;
  guint last_taken;

  g_return_val_if_fail (line != NULL && n_steps != NULL, FALSE);

  if (!check_server (line, error))
    return FALSE;
  hub = dup_hub (line, error);
  if (hub == NULL || !mash_hub_schema_check (line, &last_taken, error) ||
      !mash_hub_line_run (line, "BEGIN", error))
    return FALSE;

  return end (line,
              take_schema (line, hub, last_taken, n_steps, error) &&
              mash_hub_policy_put_program (line, error) && give_rights (line, hub, error) &&
              mash_hub_schema_sign (line, error),
              error);
}

/* Has every desk that is there come back, and be told anew by what policy the hub judges. */
static gboolean
greet_anew (MashHubLine  *line,
            const char   *hub,
            GError      **error)
{
  g_autofree char *desks = mash_hub_dup_role (hub, "desks");
  g_autoptr (MashHubRows) done = NULL;

  done = mash_hub_line_ask (line, error,
                            "SELECT count (pg_terminate_backend (a.pid)) FROM pg_stat_activity a"
                            " JOIN pg_roles r ON r.oid = a.usesysid"
                            " WHERE a.datname = current_database () AND NOT r.rolsuper AND"
                            " pg_has_role (r.oid, $1, 'MEMBER')", desks, NULL);

  return done != NULL;
}

/**
 * mash_hub_set_policy:
 * @line: the administrator's line to a hub
 * @policy: a policy that has been checked
 * @error: %MASH_SYNC_ERROR_REFUSED where the database is not a hub
 *
 * Returns: whether the policy is in force
 */
gboolean
mash_hub_set_policy (MashHubLine *line,
                     MashPolicy  *policy,
                     GError     **error)
{
  g_autofree char *hub = NULL;

  g_return_val_if_fail (line != NULL && policy != NULL, FALSE);

  hub = dup_hub (line, error);
  if (hub == NULL || !mash_hub_line_run (line, "BEGIN", error))
    return FALSE;

  /* Whoever is judged is judged by one policy, the old or the new. */
  return end (line,
              mash_hub_line_run (line, "SELECT FROM mash.meta FOR UPDATE", error) &&
              mash_hub_policy_put (line, policy, error) &&
              mash_hub_line_run (line, "UPDATE mash.meta SET policy_after = head_seq", error),
              error) &&
         greet_anew (line, hub, error);
}

static guint64
read_number (MashHubRows *rows,
             guint        column)
{
  return g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, column), NULL, 10);
}

/**
 * mash_hub_read_status:
 * @line: the administrator's line to a hub
 * @error: %MASH_SYNC_ERROR_REFUSED where the database is not a hub
 *
 * Returns: (transfer full) (nullable): how it stands
 */
MashHubStatus *
mash_hub_read_status (MashHubLine *line,
                      GError     **error)
{
  g_autofree char *hub = dup_hub (line, error);
  g_autoptr (MashHubRows) rows = NULL;
  MashHubStatus *self;

  if (hub == NULL)
    return NULL;
  rows = mash_hub_line_ask (line, error,
                            "SELECT name, training, policy, head_seq,"
                            " (SELECT max (n) FROM mash.step),"
                            " (SELECT count (*) FROM mash.person WHERE state = 'active'),"
                            " (SELECT count (*) FROM mash.desk WHERE state = 'active'),"
                            " (SELECT count (*) FROM mash.seat WHERE state = 'frozen'),"
                            " (SELECT coalesce (sum (unsent), 0) FROM mash.seat),"
                            " (SELECT count (*) FROM mash.attempt),"
                            " (SELECT count (DISTINCT q.group_id) FROM mash.quarantine q"
                            "  WHERE q.settled_seq IS NULL AND NOT EXISTS"
                            "  (SELECT FROM mash.verdict v WHERE v.id = q.id)),"
                            " pg_database_size (current_database ()) FROM mash.meta", NULL);
  if (rows == NULL)
    return NULL;

  self = g_new0 (MashHubStatus, 1);
  self->hub = g_steal_pointer (&hub);
  self->name = g_strdup (mash_hub_rows_get_text (rows, 0, 0));
  self->training = strcmp (mash_hub_rows_get_text (rows, 0, 1), "t") == 0;
  self->policy = g_strdup (mash_hub_rows_get_text (rows, 0, 2));
  self->head = read_number (rows, 3);
  self->schema = (guint) read_number (rows, 4);
  self->people = (guint) read_number (rows, 5);
  self->desks = (guint) read_number (rows, 6);
  self->stopped = (guint) read_number (rows, 7);
  self->unsent = read_number (rows, 8);
  self->refused = read_number (rows, 9);
  self->waiting = read_number (rows, 10);
  self->size = read_number (rows, 11);

  return self;
}

void
mash_hub_status_free (MashHubStatus *self)
{
  if (self == NULL)
    return;

  g_free (self->hub);
  g_free (self->name);
  g_free (self->policy);
  g_free (self);
}
