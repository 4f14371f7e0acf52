/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-reader-client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "mash-exchange-error.h"
#include "mash-fault.h"

#define DEFAULT_MILLISECONDS 10000
#define CHUNK (64 * 1024)
#define PAUSE_MICROSECONDS 2000
#define STATUS_READ 0
#define STATUS_REFUSED 1

/* A helper that was started, and the two ends that lead to it. */
typedef struct
{
  GPid          pid;
  int           to;
  int           from;
  gint64        deadline;
  GCancellable *cancellable;
} Helper;

static gboolean
fail_unsafe (GError **error)
{
  g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE,
                       _("The file could not be read safely."));

  return FALSE;
}

static void
close_end (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

/**
 * mash_reader_client_find:
 *
 * Finds the helper that belongs to the running program: beside it in the build folder, or where it
 * is installed. No environment variable and no search path has a say.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
mash_reader_client_find (void)
{
  /* From src/app and src/admin, and from tests/exchange and the like. */
  static const char *const beside[] = { "../reader/mash-reader", "../../src/reader/mash-reader" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *installed = g_build_filename (LIBEXECDIR, GETTEXT_PACKAGE, "mash-reader", NULL);

  for (guint i = 0; folder != NULL && !g_str_has_suffix (folder, "/bin") &&
                    i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_canonicalize_filename (beside[i], folder);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&installed) : NULL;
}

/* The way in is a socket, because writing to a pipe whose reader has died would kill this program
 * unless it ignored SIGPIPE; nobody else can be made to do that from here. */
static gboolean
start (Helper               *helper,
       const MashReaderCall *call,
       GError              **error)
{
  static const char *const no_environment[] = { "LC_ALL=C.UTF-8", NULL };
  g_autofree char *program = call->program != NULL ? g_strdup (call->program)
                                                   : mash_reader_client_find ();
  const char *arguments[] = { program, call->form, call->today, NULL };
  int ends[2] = { -1, -1 };
  gboolean started;

  if (program == NULL)
    {
      g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_INSTALLATION,
                           _("The program that opens files, mash-reader, is not installed."));
      return FALSE;
    }
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail_unsafe (error);

  started = g_spawn_async_with_pipes_and_fds ("/", arguments, no_environment,
                                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES |
                                              G_SPAWN_STDERR_TO_DEV_NULL,
                                              NULL, NULL, ends[1], -1, -1, NULL, NULL, 0,
                                              &helper->pid, NULL, &helper->from, NULL, NULL);
  close (ends[1]);
  if (!started)
    {
      close (ends[0]);
      return fail_unsafe (error);
    }
  helper->to = ends[0];

  return g_unix_set_fd_nonblocking (helper->to, TRUE, error) &&
         g_unix_set_fd_nonblocking (helper->from, TRUE, error);
}

/* A helper that stops listening has already decided; what it says then is what counts. */
static void
send_some (Helper *helper,
           GBytes *file,
           gsize  *sent)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  ssize_t n = 0;

  if (*sent < length)
    {
      n = send (helper->to, data + *sent, MIN (length - *sent, CHUNK), MSG_NOSIGNAL);
      if (n > 0)
        *sent += (gsize) n;
      else if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    }
  if (n < 0 || *sent >= length)
    close_end (&helper->to);
}

static gboolean
receive_some (Helper     *helper,
              GByteArray *answer)
{
  guint8 chunk[CHUNK];
  ssize_t n = read (helper->from, chunk, sizeof chunk);

  if (n > 0)
    {
      g_byte_array_append (answer, chunk, (guint) n);
      return answer->len <= MASH_READING_MAX_BYTES;
    }
  if (n == 0)
    close_end (&helper->from);

  return n == 0 || errno == EINTR || errno == EAGAIN;
}

static gboolean
talk (Helper     *helper,
      GBytes     *file,
      GByteArray *answer,
      GError    **error)
{
  GPollFD polls[3] = { { -1, 0, 0 } };
  guint n_polls = g_cancellable_make_pollfd (helper->cancellable, &polls[2]) ? 3 : 2;
  gboolean whole = TRUE;
  gsize sent = 0;

  while (whole && helper->from >= 0)
    {
      gint64 left = (helper->deadline - g_get_monotonic_time ()) / 1000;

      polls[0] = (GPollFD) { helper->from, G_IO_IN | G_IO_HUP | G_IO_ERR, 0 };
      polls[1] = (GPollFD) { helper->to, G_IO_OUT | G_IO_HUP | G_IO_ERR, 0 };
      if (left <= 0 || (g_poll (polls, n_polls, (int) left) < 0 && errno != EINTR))
        whole = fail_unsafe (error);
      else if (g_cancellable_set_error_if_cancelled (helper->cancellable, error))
        whole = FALSE;
      else if (polls[0].revents != 0 && !receive_some (helper, answer))
        whole = fail_unsafe (error);
      else if (helper->to >= 0 && polls[1].revents != 0)
        send_some (helper, file, &sent);
    }
  if (n_polls == 3)
    g_cancellable_release_fd (helper->cancellable);

  return whole;
}

/* The helper has closed its answer, so its end is a matter of microseconds unless it means harm. */
static gboolean
wait_for_end (Helper *helper,
              int    *status)
{
  while (g_get_monotonic_time () < helper->deadline)
    {
      pid_t ended = waitpid (helper->pid, status, WNOHANG);

      if (ended == helper->pid)
        {
          helper->pid = 0;
          return TRUE;
        }
      if (ended < 0 && errno != EINTR)
        return FALSE;
      g_usleep (PAUSE_MICROSECONDS);
    }

  return FALSE;
}

static void
end_helper (Helper *helper)
{
  close_end (&helper->to);
  close_end (&helper->from);
  if (helper->pid > 0)
    {
      kill (helper->pid, SIGKILL);
      while (waitpid (helper->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    }
}

/* A refusal says its line and reason by names that this program knows. */
static void
set_refusal (MashReading *reading,
             GError     **error)
{
  const char *refused = mash_reading_find (reading, "refused");
  g_autofree char *sentence = NULL;
  MashFaultPlace place;

  if (refused == NULL || !mash_fault_place_from_text (refused, &place))
    {
      fail_unsafe (error);
      return;
    }

  sentence = mash_fault_place_say (&place);
  g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);
}

/* A helper that has read the file knows its fingerprint; one that answers before it has, does
 * not. */
static gboolean
has_read (MashReading *reading,
          GBytes      *file)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  return g_strcmp0 (mash_reading_find (reading, "sha256"), sha256) == 0;
}

static MashReading *
judge_answer (GBytes  *answer,
              int      status,
              GBytes  *file,
              GError **error)
{
  g_autoptr (MashReading) reading = NULL;

  if (WIFEXITED (status) &&
      (WEXITSTATUS (status) == STATUS_READ || WEXITSTATUS (status) == STATUS_REFUSED))
    reading = mash_reading_from_bytes (answer);

  if (reading != NULL && WEXITSTATUS (status) == STATUS_REFUSED)
    {
      set_refusal (reading, error);
      return NULL;
    }
  if (reading == NULL || !has_read (reading, file))
    {
      fail_unsafe (error);
      return NULL;
    }

  return g_steal_pointer (&reading);
}

/**
 * mash_reader_client_run:
 * @call: what is to be read, and how
 * @file: the file as it came
 * @cancellable: (nullable): ends the helper too
 * @error: %MASH_EXCHANGE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Blocks; never on the main thread.
 *
 * Returns: (transfer full) (nullable): what the helper says is in the file, whole as a list and
 *   unchecked as to its meaning
 */
MashReading *
mash_reader_client_run (const MashReaderCall *call,
                        GBytes               *file,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  Helper helper = { 0, -1, -1, g_get_monotonic_time (), cancellable };
  gboolean done;
  int status = 0;

  g_return_val_if_fail (call != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  helper.deadline += G_GINT64_CONSTANT (1000) *
                     (call->milliseconds != 0 ? call->milliseconds : DEFAULT_MILLISECONDS);
  done = start (&helper, call, error) && talk (&helper, file, answer, error);
  if (done && !wait_for_end (&helper, &status))
    done = fail_unsafe (error);
  end_helper (&helper);
  if (!done)
    return NULL;

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&answer));

  return judge_answer (bytes, status, file, error);
}
