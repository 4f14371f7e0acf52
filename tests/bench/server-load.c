/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server-load.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads a file below /proc; it is gone with the process. */
static gboolean
read_file (const char  *process,
           const char  *name,
           char       **text)
{
  g_autofree char *path = g_build_filename ("/proc", process, name, NULL);

  return g_file_get_contents (path, text, NULL, NULL);
}

/* The number behind a name, 0 where it is not there. */
static double
find_number (const char *text,
             const char *name)
{
  const char *at = strstr (text, name);

  return at != NULL ? g_ascii_strtod (at + strlen (name), NULL) : 0;
}

/* The state comes after the name; the times are the 12th to 15th words from there, with those of
 * children that have ended. */
static double
sum_times (const char *text)
{
  const char *after = strrchr (text, ')');
  g_auto (GStrv) words = g_strsplit (after != NULL ? after + 2 : "", " ", 16);
  double ticks = 0;

  for (guint i = 11; i < 15 && g_strv_length (words) == 16; i++)
    ticks += g_ascii_strtod (words[i], NULL);

  return ticks / (double) sysconf (_SC_CLK_TCK);
}

static void
add_process (ServerLoad *load,
             const char *process)
{
  g_autofree char *times = NULL;
  g_autofree char *maps = NULL;

  load->n_processes++;
  if (read_file (process, "stat", &times))
    load->seconds += sum_times (times);
  if (read_file (process, "smaps_rollup", &maps))
    load->private_mib += (find_number (maps, "Private_Clean:") +
                          find_number (maps, "Private_Dirty:")) / 1024;
}

void
server_load_read (HubStock   *stock,
                  ServerLoad *load)
{
  g_autofree char *data = g_build_filename (stock->server, "data", NULL);
  g_autofree char *real = realpath (data, NULL);
  g_autoptr (GDir) all = g_dir_open ("/proc", 0, NULL);
  const char *name;

  *load = (ServerLoad) { 0 };
  while (all != NULL && (name = g_dir_read_name (all)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc", name, "cwd", NULL);
      g_autofree char *folder = NULL;

      if (g_ascii_isdigit (*name))
        folder = g_file_read_link (link, NULL);
      if (g_strcmp0 (folder, real) == 0)
        add_process (load, name);
    }
}
