/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bare-line.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <linux/tcp.h>

#define ROLE "bare"

static void
make_role (HubStock *stock)
{
  mash_hub_line_run (stock->line,
                     "DO $$ BEGIN CREATE ROLE " ROLE " LOGIN SUPERUSER PASSWORD '" ROLE "';"
                     " EXCEPTION WHEN duplicate_object THEN NULL; END $$", NULL);
}

/* Stops the program where there is none. */
PGconn *
bare_line_open (HubStock *stock)
{
  const char *const keywords[] = {
    "host", "port", "dbname", "user", "password", "sslrootcert", "sslcert", "sslkey", "sslmode",
    "ssl_min_protocol_version", "channel_binding", "gssencmode", NULL,
  };
  const MashEnrolment *machine = stock->machine;
  const char *const values[] = {
    machine->hosts, machine->port, machine->database, ROLE, ROLE, machine->authority,
    machine->certificate, machine->key, "verify-full", "TLSv1.3", "require", "disable", NULL,
  };
  PGconn *line;

  make_role (stock);
  line = PQconnectdbParams (keywords, values, 0);
  if (PQstatus (line) != CONNECTION_OK)
    {
      g_printerr ("There is no bare line: %s\n", PQerrorMessage (line));
      exit (EXIT_FAILURE);
    }

  return line;
}

gboolean
bare_line_run (PGconn     *line,
               const char *sql)
{
  PGresult *result = PQexec (line, sql);
  ExecStatusType status = PQresultStatus (result);

  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    g_printerr ("%s\n", PQresultErrorMessage (result));
  PQclear (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Runs a COPY … TO STDOUT and hands over each row. */
gboolean
bare_line_copy (PGconn      *line,
                const char  *sql,
                BareLineRow  row,
                gpointer     data)
{
  PGresult *result = PQexec (line, sql);
  gboolean copies = PQresultStatus (result) == PGRES_COPY_OUT;
  char *text;
  int length;

  if (!copies)
    g_printerr ("%s\n", PQresultErrorMessage (result));
  PQclear (result);
  while (copies && (length = PQgetCopyData (line, &text, 0)) > 0)
    {
      if (row != NULL)
        row (text, length, data);
      PQfreemem (text);
    }
  while ((result = PQgetResult (line)) != NULL)
    PQclear (result);

  return copies;
}

/* How many bytes this program has received from a port of this machine on connections that are
 * still open. */
guint64
bare_line_count_received (const char *port)
{
  guint16 number = (guint16) g_ascii_strtoull (port, NULL, 10);
  struct rlimit limit;
  guint64 sum = 0;

  getrlimit (RLIMIT_NOFILE, &limit);
  for (int fd = 0; fd < (int) MIN (limit.rlim_cur, 4096); fd++)
    {
      struct sockaddr_storage peer;
      socklen_t length = sizeof peer;
      struct tcp_info info;
      guint16 other = 0;

      if (getpeername (fd, (struct sockaddr *) &peer, &length) != 0)
        continue;
      if (peer.ss_family == AF_INET)
        other = ntohs (((struct sockaddr_in *) &peer)->sin_port);
      else if (peer.ss_family == AF_INET6)
        other = ntohs (((struct sockaddr_in6 *) &peer)->sin6_port);
      length = sizeof info;
      if (other == number && getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0)
        sum += info.tcpi_bytes_received;
    }

  return sum;
}
