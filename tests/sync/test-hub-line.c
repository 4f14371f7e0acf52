/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line itself: whom a desk talks to, and whom not. Each row makes the server or the desk wrong
 * in one way, and expects that there is no line, and the sentence that the person gets.
 */

#include "config.h"

#include <string.h>

#include "hub-town.h"
#include "mash-authority.h"
#include "mash-sentences.h"

#define PASSPHRASE "a lantern by the gate"

static HubTown *town;
static char *login;
static MashPersonDoor *door;

/* How a desk is wrong, or the way to it. */
typedef struct
{
  const char *name;
  const char *server;   /* settings of the server, each ended by a line */
  const char *hba;      /* how it lets in, NULL for as it should */
  const char *host;     /* NULL for the right one */
  gboolean    expired;  /* the server's certificate */
  gboolean    early;
  gboolean    foreign;  /* is another authority's */
  gboolean    md5;      /* the server keeps such a hash */
  gboolean    no_authority;
  gboolean    no_certificate;
  gboolean    other_certificate;
  int         code;
  const char *says;
} Row;

#define SCRAM "hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n"
#define FINE -1

#define FALSE_HUB "cannot prove that it is your hub"
#define NOT_SAFE "not safe enough"

static const Row rows[] = {
  { "as it should be", "", NULL, .code = FINE },
  { "another name", "", NULL, "127.0.0.1", .code = MASH_SYNC_ERROR_FALSE_SERVER,
    .says = FALSE_HUB },
  { "another authority", "", NULL, .foreign = TRUE, .code = MASH_SYNC_ERROR_FALSE_SERVER,
    .says = FALSE_HUB },
  { "expired", "", NULL, .expired = TRUE, .code = MASH_SYNC_ERROR_FALSE_SERVER,
    .says = FALSE_HUB },
  { "not yet valid", "", NULL, .early = TRUE, .code = MASH_SYNC_ERROR_FALSE_SERVER,
    .says = FALSE_HUB },
  { "no file of the authority", "", NULL, .no_authority = TRUE,
    .code = MASH_SYNC_ERROR_NOT_ENROLLED, .says = "missing or damaged" },
  { "no certificate of the desk", "", NULL, .no_certificate = TRUE,
    .code = MASH_SYNC_ERROR_UNKNOWN_DESK, .says = "does not know this desk" },
  { "a desk of another hub", "", NULL, .other_certificate = TRUE,
    .code = MASH_SYNC_ERROR_UNKNOWN_DESK, .says = "does not know this desk" },
  { "asks for the plain password", "", "hostssl all all 127.0.0.1/32 password\n",
    .code = MASH_SYNC_ERROR_UNSAFE, .says = NOT_SAFE },
  { "asks for MD5", "password_encryption = 'md5'\n", "hostssl all all 127.0.0.1/32 md5\n",
    .md5 = TRUE, .code = MASH_SYNC_ERROR_UNSAFE, .says = NOT_SAFE },
  { "trusts anybody", "", "hostssl all all 127.0.0.1/32 trust\n", .code = MASH_SYNC_ERROR_UNSAFE,
    .says = NOT_SAFE },
  { "no TLS", "ssl = off\n", "host all all 127.0.0.1/32 scram-sha-256\n",
    .code = MASH_SYNC_ERROR_UNSAFE, .says = NOT_SAFE },
  { "TLS 1.2 at most", "ssl_min_protocol_version = 'TLSv1.2'\n"
    "ssl_max_protocol_version = 'TLSv1.2'\n", NULL, .code = MASH_SYNC_ERROR_UNSAFE,
    .says = NOT_SAFE },
};

static void
put_certificate (gint64      from,
                 gint64      until,
                 const char *authority)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const MashCertificateWish wish = {
    .name = "hub", .hosts = "localhost", .from = now + from, .until = now + until,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MashCertificate) certificate = mash_authority_issue (authority, &wish, &error);

  g_assert_no_error (error);
  cluster_put_file (town->cluster, "server.crt", certificate->certificate);
  cluster_put_file (town->cluster, "server.key", certificate->key);
}

/* Another hub's authority, which vouches as well as ours. */
static char *
make_stranger (void)
{
  char *folder = g_build_filename (town->folder, "stranger", NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    mash_authority_create (folder, "Stranger", &error);
  g_assert_no_error (error);

  return folder;
}

/* The server takes its files again when it is told to, in its own time: a mark in the settings says
 * when it has. */
static void
reload (const char *settings,
        const char *hba)
{
  static guint n;
  g_autofree char *mark = g_strdup_printf ("mash.mark = 'row %u'\n", ++n);
  g_autofree char *expected = g_strdup_printf ("row %u", n);
  g_autofree char *text = g_strconcat (
    "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n"
    "ssl_ca_file = 'authority.crt'\nssl_crl_file = 'revoked.crl'\n"
    "ssl_min_protocol_version = 'TLSv1.3'\n", settings, mark, NULL);
  g_autofree char *doors = g_strconcat ("local all all trust\n", hba != NULL ? hba : SCRAM, NULL);

  cluster_put_file (town->cluster, "postgresql.auto.conf", text);
  cluster_put_file (town->cluster, "pg_hba.conf", doors);
  g_free (hub_town_ask (town, "SELECT pg_reload_conf ()"));
  for (guint tries = 0; tries < 400; tries++)
    {
      /* A new line has what the server had when it came. */
      g_autofree char *conninfo = cluster_dup_settings (town->cluster, "town", NULL);
      g_autoptr (MashHubLine) line = mash_hub_line_open_admin (conninfo, NULL);
      g_autoptr (MashHubRows) answer = mash_hub_line_ask (line, NULL, "SELECT current_setting"
                                                          " ('mash.mark', true)", NULL);

      if (strcmp (mash_hub_rows_get_text (answer, 0, 0), expected) == 0)
        return;
      g_usleep (25000);
    }
  g_error ("The server does not take its settings");
}

static void
set_password (gboolean md5)
{
  g_autofree char *verifier = md5 ? g_strdup ("words")
                                  : mash_hub_line_make_verifier (town->line, login, door->word);
  g_autofree char *sql = g_strdup_printf ("ALTER ROLE %s PASSWORD '%s'", login, verifier);

  cluster_run (town->cluster, "town", sql);
}

static void
prepare (const Row *row)
{
  g_autofree char *stranger = make_stranger ();
  gint64 day = 24 * 3600;

  put_certificate (row->early ? day : -2 * day, row->expired ? -day : 2 * day,
                   row->foreign ? stranger : town->authority);
  reload (row->server, row->hba);
  set_password (row->md5);
}

static char *
make_other_certificate (const char *folder)
{
  g_autofree char *stranger = make_stranger ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const MashCertificateWish wish = {
    .name = town->desks[0]->desk, .from = now - 3600, .until = now + 3600,
  };
  g_autoptr (MashCertificate) certificate = mash_authority_issue (stranger, &wish, NULL);

  g_assert_true (mash_certificate_save (certificate, folder, "other", NULL));

  return g_build_filename (folder, "other.crt", NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *other = make_other_certificate (town->folder);
  g_autofree char *other_key = g_build_filename (town->folder, "other.key", NULL);
  MashHubAddress address;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = NULL;

  prepare (row);
  mash_enrolment_get_address (town->desks[0], login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);
  if (row->host != NULL)
    address.hosts = row->host;
  if (row->no_authority)
    address.authority = "/nowhere/authority.crt";
  if (row->no_certificate)
    address.certificate = "/nowhere/desk.crt";
  if (row->other_certificate)
    {
      address.certificate = other;
      address.key = other_key;
    }
  line = mash_hub_line_open (&address, &error);

  if (row->code == FINE)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (line);
  g_assert_error (error, MASH_SYNC_ERROR, row->code);
  {
    g_autofree char *sentence = mash_sentence_for_error (error);

    g_assert_nonnull (strstr (sentence, row->says));
  }
}

/* What the line is, when it is one. */
static void
test_line (void)
{
  MashHubAddress address;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autofree char *state = NULL;

  prepare (&rows[0]);
  mash_enrolment_get_address (town->desks[0], login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);
  line = mash_hub_line_open (&address, &error);
  g_assert_no_error (error);
  state = hub_town_ask (town, "SELECT version || ' ' || (client_dn IS NOT NULL)::text"
                        " FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        " WHERE ssl AND usename LIKE 's\\_%'");
  g_assert_cmpstr (state, ==, "TLSv1.3 true");
}

static gboolean
answer_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                data)
{
  static const char page[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char heard[64];

  g_input_stream_read (in, heard, sizeof heard, NULL, NULL);
  g_output_stream_write_all (out, page, strlen (page), NULL, NULL, NULL);

  return TRUE;
}

/* A captive portal, or a proxy that speaks another tongue, hears that a line is wanted, no more. */
static void
test_portal (void)
{
  g_autoptr (GSocketService) portal = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (portal), NULL, &error);
  g_autofree char *spelt = g_strdup_printf ("%u", port);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GThread) thread = NULL;
  g_autoptr (MashHubLine) line = NULL;
  MashHubAddress address;

  g_assert_no_error (error);
  g_signal_connect (portal, "run", G_CALLBACK (answer_cb), NULL);
  g_socket_service_start (portal);
  thread = g_thread_new ("portal", (GThreadFunc) (void (*) (void)) g_main_loop_run, loop);
  mash_enrolment_get_address (town->desks[0], login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);
  address.port = spelt;
  line = mash_hub_line_open (&address, &error);
  g_assert_null (line);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_FALSE_SERVER);
  g_clear_error (&error);
  g_socket_service_stop (portal);
  g_socket_listener_close (G_SOCKET_LISTENER (portal));
  g_main_loop_quit (loop);
  g_thread_join (g_steal_pointer (&thread));

  /* And where nobody listens there is nothing to be afraid of. */
  line = mash_hub_line_open (&address, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE);
}

/* Nothing that the environment says reaches a desk’s line; that it was ignored is logged. */
static void
test_environment (void)
{
  static const char *const names[] = {
    "PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE", "PGPASSFILE", "PGCHANNELBINDING",
    "PGSSLROOTCERT", "PGOPTIONS", "PGTARGETSESSIONATTRS",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], "elsewhere", TRUE);
  g_test_expect_message ("mash-sync", G_LOG_LEVEL_MESSAGE, "*enrolment alone*ignored:*PGHOST*");
  mash_hub_line_clean_environment ();
  g_test_assert_expected_messages ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (g_getenv (names[i]));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (MashSecret) passphrase = NULL;
  g_autofree char *sql = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  town = hub_town_new ();
  login = mash_person_dup_login (town->desks[0]->hub, "anna");
  passphrase = hub_town_secret (PASSPHRASE);
  door = mash_person_door_derive (town->desks[0]->hub, login, passphrase, &town->desks[0]->cost,
                                  NULL);
  sql = g_strdup_printf ("CREATE ROLE %s LOGIN; GRANT CONNECT ON DATABASE town TO %s", login,
                         login);
  cluster_run (town->cluster, "town", sql);

  g_test_add_func ("/hub-line/environment", test_environment);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/hub-line/", rows[i].name, NULL);

      g_test_add_data_func (g_strdelimit (path, " ", '-'), &rows[i], test_row);
    }
  g_test_add_func ("/hub-line/line", test_line);
  g_test_add_func ("/hub-line/portal", test_portal);
  status = g_test_run ();
  mash_person_door_free (door);
  g_free (login);
  hub_town_free (town);

  return status;
}
