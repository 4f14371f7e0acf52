/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the index finds, held against a scan that looks at everybody: the same people, the closest
 * first and the youngest records first among them. */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-name-key.h"

#define N_PEOPLE    600
#define N_ASKED     700
#define N_TOGETHER  20    /* people of a group */
#define MAX_LIMIT   25

/* Few syllables and many that nearly agree, so that beginnings meet, miss and sound alike. */
static const char *const words[] = {
  "Mohamed", "Muhammad", "Mohammed", "Mo", "Moha", "Ada", "Adam", "Adah", "A", "Al", "Alan",
  "Allan", "O’Brien", "OBrien", "O", "Marsh", "March", "Marsh-Khan", "Khan", "Kahn", "K", "Zoë",
  "Zoe", "Christopher", "Christophine", "Christophora", "Jo", "John-Joe", "Joan", "Smith", "Smyth",
  "Schmidt", "Ștefan", "Łukasz", "Анна", "Анна Мария", "李", "李 小龙", "St Clair", "Saint", "Md",
  "Nía", "Ní Bhriain", "Ngozi", "Xu", "D’Arcy", "Lee", "Lea", "Lou", "R", "Ra", "Ray",
};

static const char *const births[] = {
  "2018-04-03", "2018-03-04", "2015-12-25", "2015-02-02", "2017", "2016-11", "2000-01-01", NULL
};

static const char *const postcodes[] = {
  "WS1 1TP", "WS1 1TQ", "WS10 7AA", "WS2 9ZZ", "B1 1AA",
};

/* Texts that go wrong more often than others. */
static const char *const nasty[] = {
  "a", "r", "mo", "a a", "a ad", "ad a", "ada a", "ada adam", "adam ada adah", "a b", "mo kh",
  "kh mo", "mohamed mohammed", "muhammad md", "mo mohammed", "md mo", "o'b", "O’Brien o", "o o’",
  "marsh-khan", "marsh-k", "khan marsh", "kahn march", "smyth smith", "smith s", "schmidt smith",
  "christoph", "christophi", "christopherx", "christophorus a", "jo jo", "john joe", "joan john jo",
  "zoë", "zoe m", "анна", "ан", "а", "анна м", "李", "李 小", "小", "l l l", "lee lou", "lea lee",
  "a l m", "st clair", "saint st", "s t c", "ní", "ni bhriain a", "x", "xu xu", "q q", "qq qx",
  "ws1", "ws11", "ws1 1t", "ws1 1tp", "ws1 mo", "mo ws1", "b11aa kh", "ws", "77", "770", "7700",
  "770000", "7700001", "77000012345", "770000123456789", "770 ada", "7700 khan mo", "999 a",
  "3/4/2018", "4/3/2018", "2018-04-03 mo", "mohamed 03.04.2018", "khan 2000-01-01",
  "a 2000-01-01 ws1", "ws1 2018-03-04", "770 2015-12-25", "2017", "2016-11", "30/2/2018 ada",
  "mohamed mohammed muhammad md mo moha khan", "a b c d e f g h i j", "one two", "one two three",
  "w1 w2", "wordxa wordxb", "wordx", "wordxa a", "wordxb khan", "$", "ada$", "mo+kh", "~mhmd", "!",
  "#770", "@20180403", "\"ada", "ada OR mo", "ada*", "(", "a\\b",
};

typedef struct
{
  char      *id;
  GPtrArray *names;   /* folded words */
  GPtrArray *keys;
  GPtrArray *dates;   /* YYYYMMDD */
  GPtrArray *tokens;
  gboolean   own;
} Made;

typedef struct
{
  StoreFixture store;
  GPtrArray   *made;        /* in the order of their records */
  char        *contact;
  char        *homes[G_N_ELEMENTS (postcodes)];
} Register;

static void
made_free (Made *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->dates);
  g_ptr_array_unref (self->tokens);
  g_free (self);
}

static char *
dup_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (plain, g_ascii_tolower (*at));

  return g_string_free (plain, FALSE);
}

static void
know_name (Made       *made,
           const char *name)
{
  g_autofree char *folded = mash_name_fold (name);
  g_auto (GStrv) all = g_strsplit (folded, " ", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_ptr_array_add (made->names, g_strdup (all[i]));
      g_ptr_array_add (made->keys, mash_name_key (all[i]));
    }
}

static void
know_birth (Made       *made,
            const char *birth)
{
  g_auto (GStrv) variants = mash_birth_variants (birth);

  for (guint i = 0; variants[i] != NULL; i++)
    g_ptr_array_add (made->dates, dup_plain (variants[i]));
}

static const char *
pick_word (void)
{
  return words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
}

static char *
make_name (void)
{
  g_autoptr (GString) name = g_string_new (pick_word ());

  while (g_test_rand_int_range (0, 3) == 0)
    g_string_append_printf (name, " %s", pick_word ());

  return g_strdup (name->str);
}

/* Somebody of whom so much is known that they stand under no pairs. */
static char *
make_long_name (void)
{
  g_autoptr (GString) name = g_string_new ("Wordxa");

  for (char c = 'b'; c <= 'z'; c++)
    g_string_append_printf (name, " Wordx%c%c", c, c);

  return g_strdup (name->str);
}

static MashEdit *
add_person (Register  *self,
            MashGroup *group,
            Made      *made)
{
  gboolean is_long = g_test_rand_int_range (0, 60) == 0;
  g_autofree char *forenames = is_long ? make_long_name () : make_name ();
  g_autofree char *surname = make_name ();
  const char *birth = births[g_test_rand_int_range (0, G_N_ELEMENTS (births))];
  MashEdit *person = store_fixture_add (self->store.store, group, &mash_person_kind, "kind",
                                        "CHILD", "legal-forenames", forenames, "legal-surname",
                                        surname, NULL);

  know_name (made, forenames);
  know_name (made, surname);
  if (birth != NULL)
    {
      mash_edit_set_text (person, "birth", birth);
      know_birth (made, birth);
    }
  made->id = g_strdup (mash_edit_get_id (person));

  return person;
}

static void
add_details (Register  *self,
             MashGroup *group,
             Made      *made)
{
  MashStore *store = self->store.store;

  if (g_test_rand_int_range (0, 3) == 0)
    {
      g_autofree char *name = make_name ();

      store_fixture_add (store, group, &mash_person_name_kind, "person", made->id, "use", "ALIAS",
                         "surname", name, NULL);
      know_name (made, name);
    }
  if (g_test_rand_int_range (0, 3) == 0)
    {
      g_autofree char *number = g_strdup_printf ("7700%03d-%06d", g_test_rand_int_range (0, 3),
                                                 g_test_rand_int_range (0, 999999));

      store_fixture_add (store, group, &mash_identifier_kind, "person", made->id, "type", "CASE",
                         "value", number, NULL);
      g_ptr_array_add (made->tokens, dup_plain (number));
    }
  if (g_test_rand_int_range (0, 2) == 0)
    {
      guint home = g_test_rand_int_range (0, G_N_ELEMENTS (postcodes));

      store_fixture_add (store, group, &mash_household_member_kind, "household", self->homes[home],
                         "person", made->id, NULL);
      g_ptr_array_add (made->tokens, dup_plain (postcodes[home]));
    }
  if (g_test_rand_int_range (0, 4) == 0)
    {
      store_fixture_add (store, group, &mash_contact_subject_kind, "person", made->id, "role",
                         "CHILD", NULL);
      made->own = TRUE;
    }
}

static void
add_homes (Register *self)
{
  g_autoptr (MashGroup) group = mash_group_new ("edit", self->contact);

  for (guint i = 0; i < G_N_ELEMENTS (postcodes); i++)
    {
      MashEdit *address = store_fixture_add (self->store.store, group, &mash_address_kind, "line1",
                                             "1 Mill Lane", "postcode", postcodes[i], NULL);
      MashEdit *home = store_fixture_add (self->store.store, group, &mash_household_kind, "address",
                                          mash_edit_get_id (address), NULL);

      self->homes[i] = g_strdup (mash_edit_get_id (home));
    }
  store_fixture_submit (&self->store, group);
}

static Made *
new_made (void)
{
  Made *made = g_new0 (Made, 1);

  made->names = g_ptr_array_new_with_free_func (g_free);
  made->keys = g_ptr_array_new_with_free_func (g_free);
  made->dates = g_ptr_array_new_with_free_func (g_free);
  made->tokens = g_ptr_array_new_with_free_func (g_free);

  return made;
}

static void
fill (Register *self)
{
  Made *first = new_made ();

  self->contact = store_fixture_contact (&self->store, "Ada", "Marsh", "2018-04-03");
  first->id = store_fixture_find_child (self->store.store, self->contact);
  know_name (first, "Ada Marsh");
  know_birth (first, "2018-04-03");
  first->own = TRUE;
  g_ptr_array_add (self->made, first);
  add_homes (self);
  while (self->made->len < N_PEOPLE)
    {
      g_autoptr (MashGroup) group = mash_group_new ("edit", self->contact);

      for (guint i = 0; i < N_TOGETHER; i++)
        {
          Made *made = new_made ();

          add_person (self, group, made);
          add_details (self, group, made);
          g_ptr_array_add (self->made, made);
        }
      store_fixture_submit (&self->store, group);
    }
}

static void
set_up (Register      *self,
        gconstpointer  data)
{
  store_fixture_set_up (&self->store, NULL);
  self->made = g_ptr_array_new_with_free_func ((GDestroyNotify) made_free);
  fill (self);
}

static void
tear_down (Register      *self,
           gconstpointer  data)
{
  store_fixture_tear_down (&self->store, NULL);
  g_ptr_array_unref (self->made);
  g_free (self->contact);
  for (guint i = 0; i < G_N_ELEMENTS (postcodes); i++)
    g_free (self->homes[i]);
}

/* The scan */

static gboolean
any (GPtrArray  *texts,
     const char *text,
     gboolean    begins)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const char *one = g_ptr_array_index (texts, i);

      if (begins ? g_str_has_prefix (one, text) : g_str_equal (one, text))
        return TRUE;
    }

  return FALSE;
}

/* What somebody asks for, by the rules that the page tells: words of names; what has figures is a
 * date or, all of it together, the beginning of a number or a postcode. */
typedef struct
{
  GPtrArray *names;
  GString   *number;
  char      *date;
} Question;

static gboolean
is_date (const char  *text,
         char       **date)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "-/.", -1);
  guint a, b, c;

  if (g_strv_length (parts) != 3)
    return FALSE;
  a = (guint) atoi (parts[0]);
  b = (guint) atoi (parts[1]);
  c = (guint) atoi (parts[2]);
  g_free (*date);
  *date = a > 1000 ? g_strdup_printf ("%04u%02u%02u", a, b, c)
                   : g_strdup_printf ("%04u%02u%02u", c, b, a);

  return TRUE;
}

static void
read_question (Question   *question,
               const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  question->names = g_ptr_array_new_with_free_func (g_free);
  question->number = g_string_new (NULL);
  question->date = NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (is_date (parts[i], &question->date))
        continue;
      if (strpbrk (parts[i], "0123456789") != NULL)
        {
          g_autofree char *plain = dup_plain (parts[i]);

          g_string_append (question->number, plain);
        }
      else
        {
          g_autofree char *folded = mash_name_fold (parts[i]);
          g_auto (GStrv) all = g_strsplit (folded, " ", -1);

          for (guint k = 0; all[k] != NULL; k++)
            if (*all[k] != '\0')
              g_ptr_array_add (question->names, g_strdup (all[k]));
        }
    }
  if (question->number->len < 3)
    g_string_truncate (question->number, 0);
}

static void
question_clear (Question *question)
{
  g_ptr_array_unref (question->names);
  g_string_free (question->number, TRUE);
  g_free (question->date);
}

/* 0 as it is written, 1 as it begins, 2 as it sounds, 3 not at all. */
static guint
find_closeness (const Made     *made,
                const Question *question)
{
  guint closeness = 0;

  if ((question->number->len > 0 && !any (made->tokens, question->number->str, TRUE)) ||
      (question->date != NULL && !any (made->dates, question->date, FALSE)))
    return 3;
  for (guint i = 0; i < question->names->len; i++)
    {
      const char *word = g_ptr_array_index (question->names, i);
      /* One letter is no name that could sound like another. */
      g_autofree char *key = g_utf8_strlen (word, -1) > 1 ? mash_name_key (word) : g_strdup ("");
      guint one = any (made->names, word, FALSE) ? 0 : any (made->names, word, TRUE) ? 1 :
                  *key != '\0' && any (made->keys, key, FALSE) ? 2 : 3;

      closeness = MAX (closeness, one);
    }

  return closeness;
}

static GPtrArray *
scan (Register   *self,
      const char *text,
      guint       limit,
      gboolean    own)
{
  GPtrArray *found = g_ptr_array_new ();
  Question question;

  read_question (&question, text);
  if (question.names->len > 0 || question.number->len > 0 || question.date != NULL)
    for (guint closeness = 0; closeness < 3; closeness++)
      for (guint i = self->made->len; i > 0 && found->len < limit; i--)
        {
          Made *made = g_ptr_array_index (self->made, i - 1);

          if ((!own || made->own) && find_closeness (made, &question) == closeness)
            g_ptr_array_add (found, made->id);
        }
  question_clear (&question);

  return found;
}

static void
check (Register   *self,
       const char *text,
       guint       limit,
       gboolean    own)
{
  g_autoptr (GPtrArray) expected = scan (self, text, limit, own);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  hits = mash_store_search_people (self->store.store, text, limit, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MIN (hits->len, expected->len); i++)
    {
      const MashPersonHit *hit = g_ptr_array_index (hits, i);

      if (g_strcmp0 (hit->person, g_ptr_array_index (expected, i)) != 0)
        g_error ("“%s”, at most %u: line %u is another", text, limit, i + 1);
    }
  if (hits->len != expected->len)
    g_error ("“%s”, at most %u: %u lines, not %u", text, limit, hits->len, expected->len);
}

/* A beginning of something that is somebody's, or that is nobody's. */
static char *
make_word (void)
{
  const char *word = pick_word ();
  glong length = g_utf8_strlen (word, -1);

  if (g_test_rand_int_range (0, 12) == 0)
    return g_strdup_printf ("%c%c", g_test_rand_int_range ('a', 'z' + 1),
                            g_test_rand_int_range ('a', 'z' + 1));
  if (g_test_rand_int_range (0, 4) == 0)
    return g_strdup (word);

  return g_utf8_substring (word, 0, g_test_rand_int_range (1, length + 1));
}

static char *
make_question (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_words = g_test_rand_int_range (0, 5);

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *word = make_word ();

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }
  if (g_test_rand_int_range (0, 5) == 0 || n_words == 0)
    {
      const char *postcode = postcodes[g_test_rand_int_range (0, G_N_ELEMENTS (postcodes))];

      g_string_append_printf (text, " %.*s", g_test_rand_int_range (3, (int) strlen (postcode) + 1),
                              postcode);
    }
  else if (g_test_rand_int_range (0, 5) == 0)
    {
      g_string_append_printf (text, " 7700%03d", g_test_rand_int_range (0, 3));
    }
  if (g_test_rand_int_range (0, 8) == 0)
    g_string_append (text, " 3/4/2018");

  return g_strdup (g_strstrip (text->str));
}

static void
check_all (Register *self,
           gboolean  own)
{
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      check (self, nasty[i], 20, own);
      check (self, nasty[i], N_PEOPLE, own);
    }
  for (guint i = 0; i < N_ASKED; i++)
    {
      g_autofree char *text = make_question ();

      check (self, text, g_test_rand_int_range (1, MAX_LIMIT), own);
    }
}

static void
test_scan (Register      *self,
           gconstpointer  data)
{
  check_all (self, FALSE);
}

/* Whoever searches their own contacts alone finds what is in them, by the same rules. */
static void
test_own (Register      *self,
          gconstpointer  data)
{
  MashStore *store = self->store.store;
  g_autoptr (GError) error = NULL;
  g_autofree char *role = g_steal_pointer (&store->role);

  store->role = g_strdup ("HO");
  mash_database_run (store->database, &error, "UPDATE contact SET assigned_to = ?1", "t",
                     store->person);
  g_assert_no_error (error);
  check_all (self, TRUE);
}

/* Names that are altered, and names that are withdrawn. */
static void
alter (Register  *self,
       MashGroup *group,
       Made      *made)
{
  MashStore *store = self->store.store;
  g_autofree char *forenames = make_name ();
  g_autofree char *surname = make_name ();
  g_autoptr (GPtrArray) others = mash_store_list (store, "person-name", "person", made->id);

  store_fixture_edit (store, group, &mash_person_kind, made->id, "legal-forenames", forenames,
                      "legal-surname", surname, "birth", "2015-03-04", NULL);
  g_ptr_array_set_size (made->names, 0);
  g_ptr_array_set_size (made->keys, 0);
  g_ptr_array_set_size (made->dates, 0);
  know_birth (made, "2015-03-04");
  know_name (made, forenames);
  know_name (made, surname);
  for (guint i = 0; i < others->len; i++)
    {
      MashEdit *edit = mash_edit_new_for (g_ptr_array_index (others, i));

      mash_edit_void (edit, "Entered twice");
      mash_group_take_edit (group, edit);
    }
}

static void
test_altered (Register      *self,
              gconstpointer  data)
{
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < self->made->len; i++)
    {
      Made *made = g_ptr_array_index (self->made, i);
      g_autoptr (MashGroup) group = mash_group_new ("edit", self->contact);

      /* Who is in no contact is nobody's to alter. */
      if (!made->own)
        continue;
      alter (self, group, made);
      store_fixture_submit (&self->store, group);
    }
  check_all (self, FALSE);

  /* Made anew, the index says the same. */
  mash_database_execute (self->store.store->database,
                         "INSERT INTO person_term (person_term) VALUES ('rebuild')", &error);
  g_assert_no_error (error);
  check_all (self, FALSE);
  report = store_fixture_verify (&self->store);
  g_assert_null (report->fault);
}

#define ADD(path, func) \
  g_test_add (path, Register, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/search-scan/everybody", test_scan);
  ADD ("/search-scan/own", test_own);
  ADD ("/search-scan/altered", test_altered);

  return g_test_run ();
}
