/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-disk.h"
#include "fault-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

/* The file that a desk gives up when its disk is full, and how many writes that leaves room for:
 * the pages of four megabytes. */
#define RESERVE_NAME   "reserve"
#define RESERVE_WRITES 1024

typedef struct
{
  GByteArray *durable;
  GPtrArray  *pending;    /* of #Write, in the order in which they were done */
  gatomicrefcount refs;
  gboolean    is_folder;
} File;

typedef struct
{
  gint64  offset;
  GBytes *data;           /* NULL: the file was given this length */
} Write;

typedef struct
{
  char *from;             /* NULL: a new name */
  char *to;               /* NULL: the name went */
  File *file;
} NameChange;

static struct
{
  char       *root;
  FaultPlan   plan;
  pthread_t   thread;
  GRand      *random;
  GHashTable *now;        /* path → File, as the process sees it */
  GHashTable *durable;    /* path → File, as the disk has it */
  GHashTable *by_inode;
  GPtrArray  *names;      /* of #NameChange that no folder's sync has made durable */
  guint       n_calls;
  gboolean    is_armed;
  gboolean    is_hit;
  FaultCall   hit;
  gboolean    has_new_boot;
  guint       room;       /* how many writes a full disk has space for again */
} disk;

static File *
file_ref (File *file)
{
  g_atomic_ref_count_inc (&file->refs);

  return file;
}

static void
file_unref (File *file)
{
  if (!g_atomic_ref_count_dec (&file->refs))
    return;

  g_byte_array_unref (file->durable);
  g_ptr_array_unref (file->pending);
  g_free (file);
}

static void
free_write (Write *write)
{
  g_clear_pointer (&write->data, g_bytes_unref);
  g_free (write);
}

static void
free_name_change (NameChange *change)
{
  g_free (change->from);
  g_free (change->to);
  file_unref (change->file);
  g_free (change);
}

static File *
file_new (gboolean is_folder)
{
  File *file = g_new0 (File, 1);

  g_atomic_ref_count_init (&file->refs);
  file->durable = g_byte_array_new ();
  file->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) free_write);
  file->is_folder = is_folder;

  return file;
}

static void
set_length (GByteArray *bytes,
            gsize       length)
{
  gsize before = bytes->len;

  g_byte_array_set_size (bytes, length);
  if (length > before)
    memset (bytes->data + before, 0, length - before);
}

static void
apply_bytes (GByteArray   *bytes,
             gint64        offset,
             const guint8 *data,
             gsize         length)
{
  if (bytes->len < offset + length)
    set_length (bytes, offset + length);
  memcpy (bytes->data + offset, data, length);
}

static void
apply_write (GByteArray  *bytes,
             const Write *write)
{
  gsize length;
  const guint8 *data;

  if (write->data == NULL)
    {
      set_length (bytes, write->offset);
      return;
    }
  data = g_bytes_get_data (write->data, &length);
  apply_bytes (bytes, write->offset, data, length);
}

/* Only where the power goes is anything ever made of what was durable. */
static gboolean
keeps_content (void)
{
  return disk.plan.way == FAULT_WAY_CUT;
}

/* What lies in a folder that gets another name comes with it, in the same step. */
static void
move_below (GHashTable *names,
            const char *from,
            const char *to)
{
  g_autofree char *prefix = g_strconcat (from, "/", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, prefix))
      g_ptr_array_add (paths, g_strdup (path));
  for (guint i = 0; i < paths->len; i++)
    {
      const char *old = g_ptr_array_index (paths, i);

      g_hash_table_replace (names, g_strconcat (to, old + strlen (from), NULL),
                            file_ref (g_hash_table_lookup (names, old)));
      g_hash_table_remove (names, old);
    }
}

static void
apply_name (GHashTable       *names,
            const NameChange *change)
{
  if (change->file->is_folder && change->from != NULL && change->to != NULL)
    move_below (names, change->from, change->to);
  if (change->from != NULL && g_hash_table_lookup (names, change->from) == change->file)
    g_hash_table_remove (names, change->from);
  if (change->to != NULL)
    g_hash_table_replace (names, g_strdup (change->to), file_ref (change->file));
}

/* A write of which some sectors reached the disk and others did not. */
static void
tear_write (GByteArray  *bytes,
            const Write *write,
            double       chance)
{
  const guint8 *data;
  gsize length;

  if (write->data == NULL)
    {
      if (g_rand_double (disk.random) < chance)
        apply_write (bytes, write);
      return;
    }
  data = g_bytes_get_data (write->data, &length);
  for (gsize done = 0, n; done < length; done += n)
    {
      n = MIN (SECTOR - (write->offset + done) % SECTOR, length - done);
      if (g_rand_double (disk.random) < chance)
        apply_bytes (bytes, write->offset + done, data + done, n);
    }
}

static void
land_file (const char *path,
           File       *file,
           double      chance)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd;

  g_byte_array_append (bytes, file->durable->data, file->durable->len);
  for (guint i = 0; i < file->pending->len; i++)
    tear_write (bytes, g_ptr_array_index (file->pending, i), chance);

  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd < 0 || write (fd, bytes->data, bytes->len) != (gssize) bytes->len)
    _exit (EXIT_FAILURE);
  close (fd);
}

/* Most file systems keep their own log of names, and so lose a last part of it; some do not. */
static void
land_names (double chance)
{
  gboolean in_order = g_rand_boolean (disk.random);

  for (guint i = 0; i < disk.names->len; i++)
    {
      if (g_rand_double (disk.random) < chance)
        apply_name (disk.durable, g_ptr_array_index (disk.names, i));
      else if (in_order)
        break;
    }
}

/* What the disk holds when the power comes back: what was synced, and of the rest a random part,
 * from nothing to all. */
static void
land (void)
{
  static const double chances[] = { 0, 0.5, 0.5, 0.9, 1 };
  double chance = chances[g_rand_int_range (disk.random, 0, G_N_ELEMENTS (chances))];
  g_autoptr (GList) paths = NULL;

  land_names (chance);
  paths = g_list_sort (g_hash_table_get_keys (disk.durable), (GCompareFunc) strcmp);
  for (GList *l = paths; l != NULL; l = l->next)
    {
      const char *path = l->data;
      File *file = g_hash_table_lookup (disk.durable, path);
      g_autofree char *place = g_strconcat (disk.plan.landing, path + strlen (disk.root), NULL);

      if (file->is_folder)
        mkdir (place, 0700);
      else
        land_file (place, file, chance);
    }
}

gboolean
fault_disk_has_path (const char *path)
{
  gsize length;

  if (disk.root == NULL || path == NULL || !pthread_equal (disk.thread, pthread_self ()))
    return FALSE;
  length = strlen (disk.root);

  return strncmp (path, disk.root, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

char *
fault_disk_dup_path (int fd)
{
  char link[64];
  char path[4096];
  ssize_t n;

  if (disk.root == NULL || !pthread_equal (disk.thread, pthread_self ()))
    return NULL;
  g_snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n < 0)
    return NULL;
  path[n] = '\0';

  return fault_disk_has_path (path) ? g_strdup (path) : NULL;
}

char *
fault_disk_join (int         folder_fd,
                 const char *name)
{
  g_autofree char *folder = NULL;

  if (*name == '/')
    return fault_disk_has_path (name) ? g_strdup (name) : NULL;
  folder = fault_disk_dup_path (folder_fd);

  return folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

static void
cut (void)
{
  disk.is_armed = FALSE;
  land ();
  _exit (FAULT_CUT_STATUS);
}

int
fault_disk_meet (FaultCall call)
{
  if (!disk.is_armed)
    return 0;

  disk.n_calls++;
  if (disk.plan.way == FAULT_WAY_CUT && disk.n_calls == disk.plan.at)
    cut ();
  if (disk.plan.way == FAULT_WAY_FULL)
    {
      disk.is_hit = disk.is_hit || disk.n_calls == disk.plan.at;
      if (!disk.is_hit || call != FAULT_CALL_WRITE)
        return 0;
      if (disk.room == 0)
        return ENOSPC;
      disk.room--;

      return 0;
    }
  if (disk.plan.way != FAULT_WAY_ONCE && disk.plan.way != FAULT_WAY_FOR_EVER)
    return 0;

  if (disk.n_calls == disk.plan.at)
    {
      disk.is_hit = TRUE;
      disk.hit = call;
      return EIO;
    }

  return disk.is_hit && disk.plan.way == FAULT_WAY_FOR_EVER && call == disk.hit ? EIO : 0;
}

static gpointer
get_inode (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 ? GSIZE_TO_POINTER (st.st_ino) : NULL;
}

static void
add_name (File       *file,
          const char *from,
          const char *to)
{
  NameChange *change = g_new0 (NameChange, 1);

  change->from = g_strdup (from);
  change->to = g_strdup (to);
  change->file = file_ref (file);
  g_ptr_array_add (disk.names, change);
  apply_name (disk.now, change);
}

static void
note_write (int     fd,
            gint64  offset,
            GBytes *data)
{
  File *file = g_hash_table_lookup (disk.by_inode, get_inode (fd));
  Write *write;

  if (file == NULL)
    return;
  write = g_new0 (Write, 1);
  write->offset = offset;
  write->data = data;
  g_ptr_array_add (file->pending, write);
}

void
fault_disk_note_open (int         fd,
                      const char *path,
                      gboolean    is_new,
                      gboolean    is_cut)
{
  if (is_new)
    {
      File *file = file_new (FALSE);

      g_hash_table_replace (disk.by_inode, get_inode (fd), file);
      add_name (file, NULL, path);
    }
  else if (is_cut)
    {
      note_write (fd, 0, NULL);
    }
}

void
fault_disk_note_write (int         fd,
                       gint64      offset,
                       const void *data,
                       gsize       length)
{
  if (keeps_content () && g_hash_table_contains (disk.by_inode, get_inode (fd)))
    note_write (fd, offset, g_bytes_new (data, length));
}

void
fault_disk_note_length (int    fd,
                        gint64 length)
{
  note_write (fd, length, NULL);
}

static gboolean
lies_in (const char *path,
         const char *folder)
{
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;

  return g_strcmp0 (parent, folder) == 0;
}

/* A folder's sync makes its names durable, and a file's its content: neither does the other's. */
void
fault_disk_note_sync (int         fd,
                      const char *path)
{
  File *file = g_hash_table_lookup (disk.by_inode, get_inode (fd));

  if (disk.plan.lies)
    return;
  for (guint i = 0; file != NULL && i < file->pending->len; i++)
    apply_write (file->durable, g_ptr_array_index (file->pending, i));
  if (file != NULL)
    g_ptr_array_set_size (file->pending, 0);

  for (guint i = 0; file == NULL && i < disk.names->len;)
    {
      NameChange *change = g_ptr_array_index (disk.names, i);

      if (lies_in (change->to, path) || lies_in (change->from, path))
        {
          apply_name (disk.durable, change);
          g_ptr_array_remove_index (disk.names, i);
        }
      else
        {
          i++;
        }
    }
}

static void
forget_inode (File *file)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, disk.by_inode);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == file)
      g_hash_table_iter_remove (&iter);
}

void
fault_disk_note_rename (const char *from,
                        const char *to)
{
  File *file = g_hash_table_lookup (disk.now, from);
  File *under = g_hash_table_lookup (disk.now, to);

  if (file == NULL)
    return;
  if (under != NULL && under != file)
    forget_inode (under);
  add_name (file, from, to);
}

void
fault_disk_note_unlink (const char *path)
{
  File *file = g_hash_table_lookup (disk.now, path);

  if (file == NULL)
    return;
  if (disk.is_hit && g_str_has_suffix (path, "/" RESERVE_NAME))
    disk.room = RESERVE_WRITES;
  forget_inode (file);
  add_name (file, path, NULL);
}

void
fault_disk_note_folder (const char *path)
{
  File *file = file_new (TRUE);

  add_name (file, NULL, path);
  file_unref (file);
}

static void
load (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  g_hash_table_replace (disk.now, g_strdup (path), file_new (TRUE));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      g_autofree char *content = NULL;
      struct stat st;
      gsize length = 0;
      File *file;

      if (stat (below, &st) == 0 && S_ISDIR (st.st_mode))
        {
          load (below);
          continue;
        }
      if (keeps_content () && !g_file_get_contents (below, &content, &length, NULL))
        continue;
      file = file_new (FALSE);
      g_byte_array_append (file->durable, (guint8 *) content, length);
      g_hash_table_replace (disk.now, g_strdup (below), file_ref (file));
      g_hash_table_replace (disk.by_inode, GSIZE_TO_POINTER (st.st_ino), file);
    }
}

/**
 * fault_disk_watch:
 * @root: a folder without links in its path; what is in it now is durable
 * @plan: what shall happen there
 *
 * Begins to remember what this thread does under @root. Called once in a process.
 */
void
fault_disk_watch (const char      *root,
                  const FaultPlan *plan)
{
  GHashTableIter iter;
  gpointer path, file;

  disk.now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) file_unref);
  disk.durable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) file_unref);
  disk.by_inode = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) file_unref);
  disk.names = g_ptr_array_new_with_free_func ((GDestroyNotify) free_name_change);
  disk.random = g_rand_new_with_seed (plan->seed);
  disk.plan = *plan;
  load (root);
  g_hash_table_iter_init (&iter, disk.now);
  while (g_hash_table_iter_next (&iter, &path, &file))
    g_hash_table_replace (disk.durable, g_strdup (path), file_ref (file));

  disk.thread = pthread_self ();
  disk.root = g_strdup (root);
}

/**
 * fault_disk_arm:
 *
 * Begins to count calls.
 */
void
fault_disk_arm (void)
{
  disk.n_calls = 0;
  disk.room = 0;
  disk.is_armed = TRUE;
}

/**
 * fault_disk_disarm:
 *
 * Lets everything pass from now on.
 *
 * Returns: how many calls there were
 */
guint
fault_disk_disarm (void)
{
  disk.is_armed = FALSE;

  return disk.n_calls;
}

/**
 * fault_disk_name_hit:
 *
 * Returns: the sort of the call that failed, or `none`
 */
const char *
fault_disk_name_hit (void)
{
  static const char *const names[] = { "open", "read", "write", "sync", "truncate", "name" };

  return disk.is_hit ? names[disk.plan.way == FAULT_WAY_FULL ? FAULT_CALL_WRITE : disk.hit]
                     : "none";
}

/**
 * fault_disk_set_boot:
 * @is_new: whether this process finds the machine started anew each time that it looks
 *
 * The kernel’s number of the start of the machine is then another one.
 */
void
fault_disk_set_boot (gboolean is_new)
{
  disk.has_new_boot = is_new;
}

const char *
fault_disk_redirect (const char *path)
{
  return disk.has_new_boot && strcmp (path, "/proc/sys/kernel/random/boot_id") == 0
         ? "/proc/sys/kernel/random/uuid" : path;
}
