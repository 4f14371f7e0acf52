/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib ends the program when g_malloc() fails, by design, and so does nearly everything of ours:
 * nobody can go on without memory, and a program that tries loses more than one that ends. What is
 * proved here is therefore that the end, at whichever allocation it comes, loses nothing that was
 * acknowledged. SQLite and libxml2 do go on: they answer with an error, which has its sentence. So
 * there are two counts: of what SQLite asks for (its own hooks), and of every malloc, calloc and
 * realloc in the process, this program's own standing before the C library's. */

#include "config.h"

#include "fault-memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include <sqlite3.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wmissing-declarations"

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);

static struct
{
  gboolean  is_armed;
  gboolean  for_ever;
  guint     at;
  guint     n;
} memories[FAULT_N_MEMORIES];

static pthread_t thread;
static sqlite3_mem_methods real;

/* Other threads get what they ask for: which of them asks first is chance. */
static gboolean
has_room (FaultMemory memory)
{
  if (!memories[memory].is_armed || !pthread_equal (thread, pthread_self ()))
    return TRUE;

  memories[memory].n++;

  return memories[memory].at == 0 ||
         (memories[memory].for_ever ? memories[memory].n < memories[memory].at
                                    : memories[memory].n != memories[memory].at);
}

#ifndef FAULT_MEMORY_SANITIZED
void *
malloc (size_t size)
{
  if (has_room (FAULT_MEMORY_ANY))
    return __libc_malloc (size);
  errno = ENOMEM;

  return NULL;
}

void *
calloc (size_t n,
        size_t size)
{
  if (has_room (FAULT_MEMORY_ANY))
    return __libc_calloc (n, size);
  errno = ENOMEM;

  return NULL;
}

void *
realloc (void  *memory,
         size_t size)
{
  if (has_room (FAULT_MEMORY_ANY))
    return __libc_realloc (memory, size);
  errno = ENOMEM;

  return NULL;
}
#endif

static void *
allocate (int size)
{
  return has_room (FAULT_MEMORY_SQLITE) ? real.xMalloc (size) : NULL;
}

static void *
resize (void *memory,
        int   size)
{
  return has_room (FAULT_MEMORY_SQLITE) ? real.xRealloc (memory, size) : NULL;
}

/**
 * fault_memory_init:
 *
 * Stands before SQLite's memory; called before anything of SQLite is.
 */
void
fault_memory_init (void)
{
  sqlite3_mem_methods ours;

  sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real);
  ours = real;
  ours.xMalloc = allocate;
  ours.xRealloc = resize;
  sqlite3_config (SQLITE_CONFIG_MALLOC, &ours);
}

/**
 * fault_memory_arm:
 * @memory: whose
 * @at: which allocation on this thread fails, from 1; 0 for none
 * @for_ever: whether all after it fail too
 *
 * Begins to count.
 */
void
fault_memory_arm (FaultMemory memory,
                  guint       at,
                  gboolean    for_ever)
{
  thread = pthread_self ();
  memories[memory].at = at;
  memories[memory].for_ever = for_ever;
  memories[memory].n = 0;
  memories[memory].is_armed = TRUE;
}

/**
 * fault_memory_disarm:
 * @memory: whose
 *
 * Returns: how many allocations there were
 */
guint
fault_memory_disarm (FaultMemory memory)
{
  memories[memory].is_armed = FALSE;

  return memories[memory].n;
}
