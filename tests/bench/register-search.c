/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "register-search.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MAX_PREFIX 8
#define MAX_NAMES  24
#define FULL_LIST  20
#define PAGE_BYTES 8192.0

/* Names of the training's families, the common and the rare, and what they are asked for with. */
static const char *const forenames[] = {
  "mohammed", "ellie", "jack", "sophie", "gurdeep", "ngozi", "siobhán", "wiktoria", "alfie",
  "chloë", "freddie", "maisie", NULL
};
static const char *const surnames[] = {
  "hussain", "marsh", "appleyard", "micklethwaite", "patel", "okonkwo", "o’brien", "kowalczyk",
  "khan", "sandhu-pryce", "rowbottom", "st clair", NULL
};

/* Beginnings that many have and hardly anybody, or nobody, has together. */
static const char *const strangers[] = {
  "gur app", "moh mcg", "siob pat", "ngo mick", "wik hus", "jas hor", "fat o’d", "kac sid",
  "ade khan", "alf qur", "zuz bea", "tad sin", "moh marsh", "ell khan", "has app", "kof mur", NULL
};

static const char *const three[] = {
  "a b c", "m a s", "jo ma sm", "ellie rose m", "gracie mae h", "demi leigh a", "j j o",
  "mohammed ali k", "mary kate w", "s t c", "sandhu pryce a", "a m marsh", NULL
};

static const char *const marked[] = {
  "o'br", "O’Brien", "obrien s", "D’Arcy a", "sandhu-p", "Sandhu-Pryce", "gracie-mae", "zoë",
  "st clair", "ní bhriain", "łukasz", "gorski m", NULL
};

static const char *const numbers[] = {
  "999", "9990", "99912", "999123", "zz1", "zz11", "zz1 1", "zz1 1a", "zz1 1ab", "zz99zz", "2018",
  "14/03/2019", "2015-06-01", "1.2.2012", "R7K2-M4QT-C", "01/01/2000", NULL
};

static const char *const mixed_numbers[] = {
  "zz1 a", "zz1 mar", "zz11 smith", "ellie zz5", "khan zz9 9", "999 a", "999 ali", "9991 marsh",
  "s 14/03/2019", "ellie 2018-05-06", "khan 01/02/2015", "ngozi zz2", "wiktoria zz4", NULL
};

/* What each search took. */
typedef struct
{
  GArray *seconds;  /* on the wall */
  GArray *work;     /* seconds */
  GArray *pages;
  GArray *again;    /* seconds of work, of the same asked again at once: all of it is in memory */
} Times;

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

double
register_find_quantile (GArray *times,
                        double  share)
{
  g_array_sort (times, compare_doubles);

  return g_array_index (times, double, (guint) ((times->len - 1) * share));
}

/* What this process has worked, on all its threads: the time on the wall tells also of what else
 * the machine does. */
static double
get_work (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* The pages of the database that were read from its file, each of which is deciphered. */
static double
get_pages (void)
{
  g_autofree char *counts = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/io", &counts, NULL, NULL))
    return 0;
  line = strstr (counts, "rchar:");

  return line != NULL ? g_ascii_strtod (line + strlen ("rchar:"), NULL) / PAGE_BYTES : 0;
}

static Times *
times_new (void)
{
  Times *self = g_new0 (Times, 1);

  self->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  self->work = g_array_new (FALSE, FALSE, sizeof (double));
  self->pages = g_array_new (FALSE, FALSE, sizeof (double));
  self->again = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

static void
times_free (Times *self)
{
  g_array_unref (self->seconds);
  g_array_unref (self->work);
  g_array_unref (self->pages);
  g_array_unref (self->again);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Times, times_free)

static void
drop_last (Times *self)
{
  g_array_set_size (self->seconds, self->seconds->len - 1);
  g_array_set_size (self->work, self->work->len - 1);
  g_array_set_size (self->pages, self->pages->len - 1);
  g_array_set_size (self->again, self->again->len - 1);
}

static GListModel *
ask (MashService *service,
     BenchCall   *call,
     const char  *text)
{
  g_autoptr (GError) error = NULL;
  GListModel *people;

  mash_service_search_people_async (service, text, FALSE, NULL, bench_call_done_cb,
                                    bench_call_begin (call));
  people = mash_service_search_people_finish (service, bench_call_wait (call), &error);
  bench_stop_if (error);

  return people;
}

static GListModel *
search (MashService *service,
        BenchCall   *call,
        const char  *text,
        Times       *times)
{
  double pages = get_pages ();
  double worked = get_work ();
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GListModel) people = ask (service, call, text);
  double seconds;

  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  worked = get_work () - worked;
  pages = get_pages () - pages;
  if (times != NULL)
    {
      g_array_append_val (times->seconds, seconds);
      g_array_append_val (times->work, worked);
      g_array_append_val (times->pages, pages);
      worked = get_work ();
      g_object_unref (ask (service, call, text));
      worked = get_work () - worked;
      g_array_append_val (times->again, worked);
    }

  return g_steal_pointer (&people);
}

/* What a text took that showed a whole page, or nobody: where it does so on both registers, nothing
 * but the register differs. */
static void
print_text (const char  *text,
            guint        n_people,
            const Times *times)
{
  g_autofree char *name = g_strdelimit (g_strdup (text), " ", '_');

  if (n_people == 0 || n_people >= FULL_LIST)
    g_print ("%s/%s %.6f\n", n_people > 0 ? "full" : "none", name,
             g_array_index (times->again, double, times->again->len - 1));
}

/* Names that are in the register, some under each letter. */
static GPtrArray *
list_names (MashService *service,
            BenchCall   *call)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (char letter = 'a'; letter <= 'z' && names->len < MAX_NAMES; letter++)
    {
      const char text[] = { letter, '\0' };
      g_autoptr (GListModel) people = search (service, call, text, NULL);
      guint n = g_list_model_get_n_items (people);

      for (guint i = 0; i < n; i += MAX (n / 2, 1))
        {
          g_autoptr (GObject) item = g_list_model_get_item (people, i);
          char *name;

          g_object_get (item, "name", &name, NULL);
          if (name != NULL)
            g_ptr_array_add (names, name);
        }
    }

  return names;
}

static void
copy_last (Times       *self,
           const Times *from)
{
  g_array_append_val (self->seconds, g_array_index (from->seconds, double, from->seconds->len - 1));
  g_array_append_val (self->work, g_array_index (from->work, double, from->work->len - 1));
  g_array_append_val (self->pages, g_array_index (from->pages, double, from->pages->len - 1));
  g_array_append_val (self->again, g_array_index (from->again, double, from->again->len - 1));
}

/* Every key press of somebody who types the name, one prefix after the other, then the second
 * word. */
static void
type_name (MashService *service,
           BenchCall   *call,
           const char  *name,
           Times       *times,
           Times       *full)
{
  g_autofree char *plain = g_str_to_ascii (name, NULL);
  gsize first = strcspn (plain, " ");
  gsize length = strlen (plain);

  for (gsize i = 1; i <= MIN (length, first + 1 + MAX_PREFIX); i++)
    {
      g_autofree char *typed = g_strndup (plain, i);

      g_autoptr (GListModel) people = search (service, call, typed, times);

      print_text (typed, g_list_model_get_n_items (people), times);
      if (g_list_model_get_n_items (people) >= FULL_LIST)
        copy_last (full, times);
    }
}

/* All key presses, and those that show as many as there is room for. */
static void
type_names (MashService *service,
            BenchCall   *call,
            Times       *times,
            Times       *full)
{
  g_autoptr (GPtrArray) names = list_names (service, call);

  for (guint i = 0; i < names->len; i++)
    type_name (service, call, g_ptr_array_index (names, i), times, full);
  if (times->seconds->len == 0)
    {
      g_printerr ("nobody is in the register\n");
      exit (EXIT_FAILURE);
    }
}

static void
print_quantiles (const char *name,
                 Times      *times)
{
  g_print ("%s_p50 %.6f\n", name, register_find_quantile (times->seconds, 0.5));
  g_print ("%s_p95 %.6f\n", name, register_find_quantile (times->seconds, 0.95));
  g_print ("%s_p99 %.6f\n", name, register_find_quantile (times->seconds, 0.99));
  g_print ("%s_work_p50 %.6f\n", name, register_find_quantile (times->work, 0.5));
  g_print ("%s_work_p95 %.6f\n", name, register_find_quantile (times->work, 0.95));
  g_print ("%s_pages_p50 %.0f\n", name, register_find_quantile (times->pages, 0.5));
  g_print ("%s_pages_p95 %.0f\n", name, register_find_quantile (times->pages, 0.95));
  g_print ("%s_again_p95 %.6f\n", name, register_find_quantile (times->again, 0.95));
}

/* The texts of one kind, each once: what was found before lies in memory still, more of it where
 * the register is small. A list that is half full costs half as much, and is fuller where the
 * register is larger: only full ones and empty ones can be compared. */
static void
time_kind (MashService *service,
           BenchCall   *call,
           const char  *name,
           GPtrArray   *texts)
{
  g_autoptr (Times) times = times_new ();

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr (GListModel) people = search (service, call, g_ptr_array_index (texts, i),
                                                       times);
      guint n_people = g_list_model_get_n_items (people);

      print_text (g_ptr_array_index (texts, i), n_people, times);
      if (n_people > 0 && n_people < FULL_LIST)
        drop_last (times);
    }
  if (times->seconds->len > 0)
    print_quantiles (name, times);
}

static void
time_list (MashService       *service,
           BenchCall         *call,
           const char        *name,
           const char *const *list)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (texts, (gpointer) list[i]);
  time_kind (service, call, name, texts);
}

static void
time_letters (MashService *service,
              BenchCall   *call)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func (g_free);

  for (char a = 'a'; a <= 'z'; a++)
    {
      g_ptr_array_add (one, g_strdup_printf ("%c", a));
      for (char b = 'a'; b < a; b += 3)
        g_ptr_array_add (two, g_strdup_printf ("%c %c", a, b));
      for (char b = 'a'; b <= 'z'; b += 5)
        g_ptr_array_add (two, g_strdup_printf ("%ca %co", a, b));
    }
  time_kind (service, call, "search_letter", one);
  time_kind (service, call, "search_short", two);
}

static void
time_beginnings (MashService *service,
                 BenchCall   *call)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; forenames[i] != NULL; i++)
    {
      for (glong length = 2; length <= g_utf8_strlen (forenames[i], -1); length++)
        g_ptr_array_add (one, g_utf8_substring (forenames[i], 0, length));
      for (guint k = i % 3; surnames[k] != NULL; k += 3)
        {
          for (glong length = 1; length <= MIN (g_utf8_strlen (surnames[k], -1), MAX_PREFIX);
               length++)
            {
              g_autofree char *begun = g_utf8_substring (surnames[k], 0, length);
              g_autofree char *three_letters = g_utf8_substring (forenames[i], 0, 3);

              g_ptr_array_add (two, g_strdup_printf ("%s %s", forenames[i], begun));
              g_ptr_array_add (two, g_strdup_printf ("%s %s", begun, three_letters));
            }
        }
    }
  time_kind (service, call, "search_word", one);
  time_kind (service, call, "search_words", two);
}

/* Prints how long each kind of search takes. */
void
register_search_time (MashService *service,
                      BenchCall   *call)
{
  g_autoptr (Times) times = times_new ();
  g_autoptr (Times) full = times_new ();

  type_names (service, call, times, full);
  print_quantiles ("search", times);
  g_print ("searches %u\n", times->seconds->len);
  if (full->seconds->len > 0)
    print_quantiles ("search_full", full);
  g_print ("searches_full %u\n", full->seconds->len);
  time_letters (service, call);
  time_beginnings (service, call);
  time_list (service, call, "search_strangers", strangers);
  time_list (service, call, "search_three", three);
  time_list (service, call, "search_marked", marked);
  time_list (service, call, "search_numbers", numbers);
  time_list (service, call, "search_mixed", mixed_numbers);
}
