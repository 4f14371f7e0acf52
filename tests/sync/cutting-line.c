/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cutting-line.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET ".s.PGSQL.5432"
#define MAX_PAIRS 64
#define CHUNK 4096

/* How long a server may go on with a desk that is gone, milliseconds. */
#define LINGER 400

typedef struct
{
  int    desk;     /* -1 once it was cut */
  int    server;
  gint64 left;     /* bytes until it is cut */
  gint64 lingers;  /* until when the server's end stays, where the desk's is gone */
} Pair;

struct _CuttingLine
{
  char    *folder;
  char    *server;  /* the folder of its socket */
  int      listener;
  GThread *thread;
  GRand   *random;  /* the thread's */
  gint     ended;
  gint     mean;    /* 0: nothing is cut by itself */
  gint     cut;     /* everything is to be cut now */
  gint     n_cuts;
  Pair     pairs[MAX_PAIRS];
  guint    n_pairs;
};

static int
open_socket (const char *folder,
             gboolean    listens)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int done;

  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/" SOCKET, folder);
  done = listens ? bind (fd, (struct sockaddr *) &address, sizeof address)
                 : connect (fd, (struct sockaddr *) &address, sizeof address);
  if (done == 0 && listens)
    done = listen (fd, MAX_PAIRS);
  if (done == 0)
    return fd;
  close (fd);

  return -1;
}

static gint64
draw (CuttingLine *self)
{
  gint mean = g_atomic_int_get (&self->mean);

  return mean > 0 ? g_rand_int_range (self->random, 1, 2 * mean) : G_MAXINT64;
}

static void
accept_desk (CuttingLine *self)
{
  int desk = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  int server = desk >= 0 && self->n_pairs < MAX_PAIRS ? open_socket (self->server, FALSE) : -1;

  if (server >= 0)
    self->pairs[self->n_pairs++] = (Pair) { desk, server, draw (self), 0 };
  else if (desk >= 0)
    close (desk);
}

static void
close_pair (Pair *pair)
{
  if (pair->desk >= 0)
    close (pair->desk);
  close (pair->server);
  pair->desk = -1;
  pair->server = -1;
}

static void
cut_pair (CuttingLine *self,
          Pair        *pair)
{
  if (pair->desk < 0)
    return;

  g_atomic_int_inc (&self->n_cuts);
  if (g_rand_boolean (self->random))
    {
      close_pair (pair);
      return;
    }
  close (pair->desk);
  pair->desk = -1;
  pair->lingers = g_get_monotonic_time () + LINGER * 1000;
}

/* Carries what there is from one end to the other; whether there was anything. */
static gboolean
carry (CuttingLine *self,
       Pair        *pair,
       int          from,
       int          to)
{
  char bytes[CHUNK];
  gssize n = read (from, bytes, sizeof bytes);
  gssize last;

  if (n <= 0)
    return FALSE;

  last = (gssize) MIN ((gint64) n, pair->left);
  for (gssize sent = 0; to >= 0 && sent < last;)
    {
      gssize more = send (to, bytes + sent, (gsize) (last - sent), MSG_NOSIGNAL);

      if (more <= 0)
        return FALSE;
      sent += more;
    }
  pair->left -= last;
  if (pair->left == 0)
    cut_pair (self, pair);

  return TRUE;
}

static void
look_after (CuttingLine   *self,
            Pair          *pair,
            struct pollfd *fds)
{
  if (pair->desk < 0)
    {
      /* What the server still says is heard by nobody. */
      if (g_get_monotonic_time () > pair->lingers ||
          (fds[1].revents != 0 && !carry (self, pair, pair->server, -1)))
        close_pair (pair);
      return;
    }
  if ((fds[0].revents != 0 && !carry (self, pair, pair->desk, pair->server)) ||
      (pair->desk >= 0 && fds[1].revents != 0 && !carry (self, pair, pair->server, pair->desk)))
    close_pair (pair);
}

static void
drop_closed (CuttingLine *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_pairs; i++)
    {
      if (self->pairs[i].server >= 0)
        self->pairs[n++] = self->pairs[i];
    }
  self->n_pairs = n;
}

static gpointer
run_thread (gpointer data)
{
  CuttingLine *self = data;

  while (!g_atomic_int_get (&self->ended))
    {
      struct pollfd fds[2 * MAX_PAIRS + 1];
      guint n = self->n_pairs;

      for (guint i = 0; i < n; i++)
        {
          fds[2 * i] = (struct pollfd) { self->pairs[i].desk, POLLIN, 0 };
          fds[2 * i + 1] = (struct pollfd) { self->pairs[i].server, POLLIN, 0 };
        }
      fds[2 * n] = (struct pollfd) { self->listener, POLLIN, 0 };
      poll (fds, 2 * n + 1, 20);
      if (g_atomic_int_compare_and_exchange (&self->cut, TRUE, FALSE))
        {
          for (guint i = 0; i < n; i++)
            cut_pair (self, &self->pairs[i]);
        }
      else
        {
          for (guint i = 0; i < n; i++)
            look_after (self, &self->pairs[i], fds + 2 * i);
        }
      drop_closed (self);
      if (fds[2 * n].revents != 0)
        accept_desk (self);
    }

  return NULL;
}

/* @server is the folder of the server's socket. */
CuttingLine *
cutting_line_new (const char *server,
                  guint32     seed)
{
  CuttingLine *self = g_new0 (CuttingLine, 1);

  self->server = g_strdup (server);
  self->folder = g_dir_make_tmp ("mash-line-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->listener = open_socket (self->folder, TRUE);
  g_assert_cmpint (self->listener, >=, 0);
  self->random = g_rand_new_with_seed (seed);
  self->thread = g_thread_new ("cutting-line", run_thread, self);

  return self;
}

void
cutting_line_free (CuttingLine *self)
{
  g_autofree char *path = g_build_filename (self->folder, SOCKET, NULL);

  g_atomic_int_set (&self->ended, TRUE);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->n_pairs; i++)
    close_pair (&self->pairs[i]);
  close (self->listener);
  g_unlink (path);
  g_rmdir (self->folder);
  g_rand_free (self->random);
  g_free (self->folder);
  g_free (self->server);
  g_free (self);
}

/* The folder of the socket, as a host for libpq. */
const char *
cutting_line_get (CuttingLine *self)
{
  return self->folder;
}

/* Cuts each connection that is made from now on after so many bytes on average; 0: never. */
void
cutting_line_set_mean (CuttingLine *self,
                       guint        bytes)
{
  g_atomic_int_set (&self->mean, (gint) bytes);
}

/* Cuts every connection that there is. */
void
cutting_line_cut (CuttingLine *self)
{
  g_atomic_int_set (&self->cut, TRUE);
}

guint
cutting_line_count (CuttingLine *self)
{
  return (guint) g_atomic_int_get (&self->n_cuts);
}
