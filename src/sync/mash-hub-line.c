/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-line.h"

#include <libpq-fe.h>
#include <locale.h>
#include <string.h>

#include "mash-hub-rows-private.h"

#define MAX_PARAMETERS 16

/* How long connecting and one call may take before the line counts as down: long enough for every
 * server of a list to be tried. */
#define CONNECT_PATIENCE (40 * G_USEC_PER_SEC)
#define CALL_PATIENCE (60 * G_USEC_PER_SEC)

/* The bell that this thread attends to. */
static GPrivate attended;

struct _MashHubLine
{
  PGconn  *connection;
  gboolean broken;     /* it was given up in the middle of something */
};

/* Notices may quote what was written; nobody reads them. */
static void
drop_notice_cb (void           *data,
                const PGresult *result)
{
}

/* The states that the hub's own functions give (resources/sql/hub/functions/doors.sql). */
static MashSyncError
find_code (const char *state)
{
  static const struct
  {
    const char   *state;
    MashSyncError code;
  } states[] = {
    { "MH001", MASH_SYNC_ERROR_DIVERGED },
    { "MH002", MASH_SYNC_ERROR_UNKNOWN_DESK },
    { "MH003", MASH_SYNC_ERROR_REVOKED },
    { "MH004", MASH_SYNC_ERROR_STOPPED },
    { "MH005", MASH_SYNC_ERROR_MALFORMED },
    { "MH006", MASH_SYNC_ERROR_BEHIND },
    { "MH007", MASH_SYNC_ERROR_GAP },
    { "MH008", MASH_SYNC_ERROR_INVITED },
    { "MH009", MASH_SYNC_ERROR_ENROLLED },
    { "MH013", MASH_SYNC_ERROR_TURN },
    { "MH014", MASH_SYNC_ERROR_UNNAMED },
    { "42883", MASH_SYNC_ERROR_OLDER },
    { "57P", MASH_SYNC_ERROR_OFFLINE },
    { "08", MASH_SYNC_ERROR_OFFLINE },
    { "40", MASH_SYNC_ERROR_BUSY },
    { "53", MASH_SYNC_ERROR_BUSY },
    { "55", MASH_SYNC_ERROR_BUSY },
  };

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_has_prefix (state, states[i].state))
        return states[i].code;
    }

  return MASH_SYNC_ERROR_FAILED;
}

static void
set_error (MashHubLine    *self,
           const PGresult *result,
           GError        **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;

  if (self->broken || PQstatus (self->connection) != CONNECTION_OK)
    g_set_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "The hub went away");
  else
    g_set_error (error, MASH_SYNC_ERROR, (int) find_code (state), "The hub answered with state %s",
                 state != NULL ? state : "unknown");
}

/* Why there is no line. libpq says it in words only; they are looked at and passed on to nobody.
 * What is not known here is a line that is down. */
static MashSyncError
find_refusal (const char *words)
{
  static const struct
  {
    const char   *words;
    MashSyncError code;
  } known[] = {
    { "password authentication failed", MASH_SYNC_ERROR_DENIED },
    { "is not permitted to log in", MASH_SYNC_ERROR_REVOKED },
    { "alert certificate revoked", MASH_SYNC_ERROR_REVOKED },
    { "alert certificate expired", MASH_SYNC_ERROR_DESK_EXPIRED },
    { "alert unknown ca", MASH_SYNC_ERROR_UNKNOWN_DESK },
    { "requires a valid client certificate", MASH_SYNC_ERROR_UNKNOWN_DESK },
    { "no pg_hba.conf entry", MASH_SYNC_ERROR_UNKNOWN_DESK },
    { "root certificate file", MASH_SYNC_ERROR_NOT_ENROLLED },
    { "could not read certificate file", MASH_SYNC_ERROR_NOT_ENROLLED },
    { "could not load private key file", MASH_SYNC_ERROR_NOT_ENROLLED },
    { "private key file", MASH_SYNC_ERROR_NOT_ENROLLED },
    { "does not match host name", MASH_SYNC_ERROR_FALSE_SERVER },
    { "certificate verify failed", MASH_SYNC_ERROR_FALSE_SERVER },
    { "channel binding", MASH_SYNC_ERROR_UNSAFE },
    { "server does not support SSL", MASH_SYNC_ERROR_UNSAFE },
    { "alert protocol version", MASH_SYNC_ERROR_UNSAFE },
    { "unsupported protocol", MASH_SYNC_ERROR_UNSAFE },
    { "invalid response to SSL negotiation", MASH_SYNC_ERROR_FALSE_SERVER },
    { "wrong version number", MASH_SYNC_ERROR_FALSE_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strstr (words, known[i].words) != NULL)
        return known[i].code;
    }

  return MASH_SYNC_ERROR_OFFLINE;
}

/* Waits until a connection can be read from or written to. Nothing where the time is over or the
 * thread is to end. */
static gboolean
wait_for (PGconn  *connection,
          gushort  events,
          gint64   until)
{
  MashSyncBell *bell = g_private_get (&attended);
  GPollFD fds[2] = { { PQsocket (connection), events, 0 } };
  guint n = 1;

  if (bell != NULL)
    fds[n++] = (GPollFD) { mash_sync_bell_get_fd (bell), G_IO_IN, 0 };

  for (;;)
    {
      gint64 left = (until - g_get_monotonic_time ()) / 1000;

      if (left <= 0 || (bell != NULL && mash_sync_bell_is_stopped (bell)))
        return FALSE;
      if (g_poll (fds, n, (gint) MIN (left, G_MAXINT)) > 0 && fds[0].revents != 0)
        return TRUE;
      if (n > 1 && fds[1].revents != 0)
        mash_sync_bell_hush (bell);
    }
}

/* Goes on with a connection that was begun until it stands or does not. */
static void
finish_connecting (PGconn *connection)
{
  gint64 until = g_get_monotonic_time () + CONNECT_PATIENCE;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  while (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING)
    {
      if (!wait_for (connection, status == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT, until))
        return;
      status = PQconnectPoll (connection);
    }
}

/* Connects in the language whose words find_refusal() knows, on this thread alone. */
static PGconn *
connect_in_english (const char *const *keywords,
                    const char *const *values,
                    int                expand)
{
  locale_t english = newlocale (LC_MESSAGES_MASK, "C", (locale_t) 0);
  locale_t before = uselocale (english);
  PGconn *connection = PQconnectStartParams (keywords, values, expand);

  if (connection != NULL && PQstatus (connection) != CONNECTION_BAD)
    finish_connecting (connection);
  uselocale (before);
  freelocale (english);

  return connection;
}

static MashHubLine *
line_new (PGconn  *connection,
          GError **error)
{
  MashHubLine *self;

  if (PQstatus (connection) != CONNECTION_OK)
    {
      g_set_error (error, MASH_SYNC_ERROR, (int) find_refusal (PQerrorMessage (connection)),
                   "There is no line to the hub");
      PQfinish (connection);
      return NULL;
    }

  PQsetNoticeReceiver (connection, drop_notice_cb, NULL);
  PQsetErrorVerbosity (connection, PQERRORS_SQLSTATE);
  self = g_new0 (MashHubLine, 1);
  self->connection = connection;

  return self;
}

/**
 * mash_hub_line_clean_environment:
 *
 * Takes away every variable by which the environment could say to libpq how to connect: a desk is
 * told by its enrolment alone. Which they were is logged, and nothing of what they said. To be
 * called before there is a second thread.
 */
void
mash_hub_line_clean_environment (void)
{
  g_auto (GStrv) names = g_listenv ();
  g_autoptr (GString) ignored = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!g_str_has_prefix (names[i], "PG"))
        continue;
      g_unsetenv (names[i]);
      g_string_append_printf (ignored, " %s", names[i]);
    }
  if (ignored->len > 0)
    g_message ("A desk goes by its enrolment alone; of the environment this is ignored:%s",
               ignored->str);
}

/**
 * mash_hub_line_open:
 * @address: where the hub is and who comes
 * @error: %MASH_SYNC_ERROR_OFFLINE
 *
 * Connects as a desk: only by TLS 1.3, only to a server with a certificate of the hub's own
 * authority and of the right name, and only by a proof that is bound to that very connection, so
 * that nothing between the two can pass it on.
 *
 * Returns: (transfer full) (nullable): a line, %NULL when there is none
 */
MashHubLine *
mash_hub_line_open (const MashHubAddress *address,
                    GError              **error)
{
  const char *const keywords[] = {
    "host", "port", "dbname", "user", "password", "sslrootcert", "sslcert", "sslkey",
    "sslmode", "ssl_min_protocol_version", "channel_binding", "gssencmode", "sslcompression",
    "target_session_attrs", "connect_timeout", "keepalives", "keepalives_idle",
    "keepalives_interval", "keepalives_count", "tcp_user_timeout", "application_name",
    "client_encoding", NULL,
  };
  const char *const values[] = {
    address->hosts, address->port, address->database, address->login, address->secret,
    address->authority, address->certificate, address->key,
    "verify-full", "TLSv1.3", "require", "disable", "0",
    "read-write", "10", "1", "20",
    "5", "3", "15000", "mash-desk",
    "UTF8", NULL,
  };

  g_return_val_if_fail (address != NULL, NULL);

  return line_new (connect_in_english (keywords, values, 0), error);
}

/**
 * mash_hub_line_open_admin:
 * @settings: (nullable): what libpq takes as a connection string; what it leaves out comes from the
 *   environment, as in every tool of PostgreSQL
 * @error: %MASH_SYNC_ERROR_OFFLINE
 *
 * Connects as the administrator of the server.
 *
 * Returns: (transfer full) (nullable): a line, %NULL when there is none
 */
MashHubLine *
mash_hub_line_open_admin (const char *settings,
                          GError    **error)
{
  const char *const keywords[] = {
    "dbname", "fallback_application_name", "client_encoding", NULL,
  };
  const char *const values[] = { settings, "mash-admin", "UTF8", NULL };

  return line_new (connect_in_english (keywords, values, 1), error);
}

void
mash_hub_line_close (MashHubLine *self)
{
  if (self == NULL)
    return;

  PQfinish (self->connection);
  g_free (self);
}

/**
 * mash_hub_line_get_server:
 * @self: a line
 *
 * Returns: the server's version as PostgreSQL counts, such as 150004
 */
int
mash_hub_line_get_server (MashHubLine *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return PQserverVersion (self->connection);
}

/**
 * mash_hub_line_run:
 * @self: a line
 * @sql: one or several statements
 * @error: return location for a #MashSyncError
 *
 * Returns: whether all of them were done
 */
gboolean
mash_hub_line_run (MashHubLine *self,
                   const char  *sql,
                   GError     **error)
{
  PGresult *result;
  ExecStatusType status;

  g_return_val_if_fail (self != NULL, FALSE);

  result = PQexec (self->connection, sql);
  status = PQresultStatus (result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    {
      set_error (self, result, error);
      PQclear (result);
      return FALSE;
    }
  PQclear (result);

  return TRUE;
}

/* Whether the answer is there; the line is of no more use where it is not. */
static gboolean
await_answer (MashHubLine *self)
{
  gint64 until = g_get_monotonic_time () + CALL_PATIENCE;

  for (int left = PQflush (self->connection); left != 0; left = PQflush (self->connection))
    {
      if (left < 0 || !wait_for (self->connection, G_IO_IN | G_IO_OUT, until) ||
          !PQconsumeInput (self->connection))
        return FALSE;
    }
  while (PQisBusy (self->connection))
    {
      if (!wait_for (self->connection, G_IO_IN, until) || !PQconsumeInput (self->connection))
        return FALSE;
    }

  return TRUE;
}

/* Asks without ever waiting where the bell cannot be heard. */
static PGresult *
ask (MashHubLine       *self,
     const char        *sql,
     int                n,
     const char *const *parameters,
     int                format)
{
  PGresult *result = NULL;
  PGresult *more;

  if (g_private_get (&attended) == NULL)
    return PQexecParams (self->connection, sql, n, NULL, parameters, NULL, NULL, format);
  if (PQsetnonblocking (self->connection, 1) != 0 ||
      !PQsendQueryParams (self->connection, sql, n, NULL, parameters, NULL, NULL, format) ||
      !await_answer (self))
    {
      self->broken = TRUE;
      return NULL;
    }
  result = PQgetResult (self->connection);
  while (await_answer (self) && (more = PQgetResult (self->connection)) != NULL)
    PQclear (more);

  return result;
}

/**
 * mash_hub_line_attend:
 * @bell: (nullable): a bell, which must outlive the thread
 *
 * Whatever this thread does on lines from now on ends as soon as the bell is stopped.
 */
void
mash_hub_line_attend (MashSyncBell *bell)
{
  g_private_set (&attended, bell);
}

/* Whether the hub has said that there is something new. */
static gboolean
take_notices (MashHubLine *self)
{
  PGnotify *notice;
  gboolean any = FALSE;

  if (!PQconsumeInput (self->connection))
    self->broken = TRUE;
  while ((notice = PQnotifies (self->connection)) != NULL)
    {
      any = TRUE;
      PQfreemem (notice);
    }

  return any || self->broken;
}

/**
 * mash_hub_line_wait:
 * @self: (nullable): a line on which `LISTEN mash` was said
 * @bell: the bell that this thread attends to
 * @longest: microseconds
 *
 * Waits for a word of the hub, for the bell, or for the time.
 *
 * Returns: whether there is a reason to look at once
 */
gboolean
mash_hub_line_wait (MashHubLine  *self,
                    MashSyncBell *bell,
                    gint64        longest)
{
  GPollFD fds[2] = { { mash_sync_bell_get_fd (bell), G_IO_IN, 0 } };
  gboolean listens = self != NULL && !self->broken && PQsocket (self->connection) >= 0;

  /* A word may have come in with an answer, and the bell may have been heard during one. */
  if (mash_sync_bell_take_ring (bell) || (listens && take_notices (self)))
    return TRUE;
  if (listens)
    fds[1] = (GPollFD) { PQsocket (self->connection), G_IO_IN, 0 };
  g_poll (fds, listens ? 2 : 1, (gint) CLAMP (longest / 1000 + 1, 1, G_MAXINT));

  return mash_sync_bell_take_ring (bell) || (listens && fds[1].revents != 0 && take_notices (self));
}

static MashHubRows *
ask_list (MashHubLine *self,
          GError     **error,
          const char  *sql,
          int          format,
          va_list      list)
{
  const char *parameters[MAX_PARAMETERS];
  int n = 0;
  PGresult *result;
  ExecStatusType status;

  for (const char *each = va_arg (list, const char *); each != NULL;
       each = va_arg (list, const char *))
    {
      g_assert (n < MAX_PARAMETERS);
      parameters[n++] = each;
    }

  result = ask (self, sql, n, parameters, format);
  status = PQresultStatus (result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    {
      set_error (self, result, error);
      PQclear (result);
      return NULL;
    }

  return mash_hub_rows_new (result);
}

/**
 * mash_hub_line_ask:
 * @self: a line
 * @error: return location for a #MashSyncError
 * @sql: one statement, with its parameters as `$1`, `$2`…
 * @...: the parameters as text, ending with %NULL
 *
 * Returns: (transfer full) (nullable): the rows that it gave, none where it gives none
 */
MashHubRows *
mash_hub_line_ask (MashHubLine *self,
                   GError     **error,
                   const char  *sql,
                   ...)
{
  MashHubRows *rows;
  va_list list;

  g_return_val_if_fail (self != NULL, NULL);

  va_start (list, sql);
  rows = ask_list (self, error, sql, 0, list);
  va_end (list);

  return rows;
}

/**
 * mash_hub_line_ask_binary:
 * @self: a line
 * @error: return location for a #MashSyncError
 * @sql: one statement, with its parameters as `$1`, `$2`…
 * @...: the parameters as text, ending with %NULL
 *
 * As mash_hub_line_ask(), for much at once: bytes come as they are and not as two digits each.
 * Numbers, flags and lists are read with mash_hub_rows_get_number() and its like only.
 *
 * Returns: (transfer full) (nullable): the rows that it gave, none where it gives none
 */
MashHubRows *
mash_hub_line_ask_binary (MashHubLine *self,
                          GError     **error,
                          const char  *sql,
                          ...)
{
  MashHubRows *rows;
  va_list list;

  g_return_val_if_fail (self != NULL, NULL);

  va_start (list, sql);
  rows = ask_list (self, error, sql, 1, list);
  va_end (list);

  return rows;
}

/**
 * mash_hub_line_copy:
 * @self: a line
 * @sql: a COPY from standard input
 * @rows: what mash_hub_copy_add() and its like have written
 * @error: return location for a #MashSyncError
 *
 * Returns: whether all rows are there
 */
gboolean
mash_hub_line_copy (MashHubLine *self,
                    const char  *sql,
                    GString     *rows,
                    GError     **error)
{
  PGresult *result;
  gboolean done;

  g_return_val_if_fail (self != NULL && rows != NULL, FALSE);
  g_return_val_if_fail (rows->len <= G_MAXINT, FALSE);

  result = PQexec (self->connection, sql);
  if (PQresultStatus (result) == PGRES_COPY_IN)
    {
      PQclear (result);
      PQputCopyData (self->connection, rows->str, (int) rows->len);
      PQputCopyEnd (self->connection, NULL);
      result = PQgetResult (self->connection);
    }
  done = PQresultStatus (result) == PGRES_COMMAND_OK;
  if (!done)
    set_error (self, result, error);
  while (result != NULL)
    {
      PQclear (result);
      result = PQgetResult (self->connection);
    }

  return done;
}

/**
 * mash_hub_line_quote:
 * @self: a line
 * @name: the name of a role
 *
 * Returns: (transfer full): the name as it stands in a statement
 */
char *
mash_hub_line_quote (MashHubLine *self,
                     const char  *name)
{
  char *quoted = PQescapeIdentifier (self->connection, name, strlen (name));
  char *copy = g_strdup (quoted);

  PQfreemem (quoted);

  return copy;
}

/**
 * mash_hub_line_make_verifier:
 * @self: a line
 * @login: the role whose secret it is
 * @secret: the secret, ended by a zero byte
 *
 * Returns: (transfer full): what the server checks the secret by, and cannot work it out from
 */
char *
mash_hub_line_make_verifier (MashHubLine *self,
                             const char  *login,
                             MashSecret  *secret)
{
  char *verifier;
  char *copy;

  g_return_val_if_fail (self != NULL, NULL);

  verifier = PQencryptPasswordConn (self->connection,
                                    (const char *) mash_secret_get_data (secret, NULL), login,
                                    "scram-sha-256");
  copy = g_strdup (verifier);
  PQfreemem (verifier);

  return copy;
}

/**
 * mash_hub_write_bytes:
 * @bytes: (nullable): bytes
 *
 * Returns: (transfer full): the bytes as PostgreSQL reads them; no bytes at all for %NULL
 */
char *
mash_hub_write_bytes (GBytes *bytes)
{
  static const char digits[] = "0123456789abcdef";
  GString *text = g_string_new ("\\x");
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (text, digits[data[i] >> 4]);
      g_string_append_c (text, digits[data[i] & 15]);
    }

  return g_string_free (text, FALSE);
}
