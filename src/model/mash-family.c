/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-family.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* How many surnames are written out before the rest is counted. */
#define N_SURNAMES 2

/**
 * mash_family_is_child:
 * @subject: a person in a contact
 *
 * Returns: %TRUE when they are in it as a child, born or not
 */
gboolean
mash_family_is_child (MashRecord *subject)
{
  const char *role;

  g_return_val_if_fail (subject != NULL, FALSE);

  role = mash_record_get_text (subject, "role");

  return g_strcmp0 (role, "CHILD") == 0 || g_strcmp0 (role, "UNBORN") == 0;
}

/* The people of the contact who are children, in the order in which they were added. */
static GPtrArray *
list_children (MashFacts  *facts,
               const char *contact)
{
  g_autoptr (GPtrArray) subjects = mash_facts_list (facts, "contact-subject", "contact", contact);
  GPtrArray *children = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);
      MashRecord *person = NULL;

      if (mash_family_is_child (subject))
        person = mash_facts_lookup (facts, "person", mash_record_get_text (subject, "person"));
      if (person != NULL)
        g_ptr_array_add (children, person);
    }

  return children;
}

static gboolean
is_unborn (MashRecord *person)
{
  return !mash_record_has (person, "birth") && mash_record_has (person, "expected-birth");
}

/**
 * mash_family_dup_name:
 * @facts: facts
 * @contact: the id of a contact
 *
 * Names the family by its children's surnames, such as “Marsh, Khan +1”: two are written out, other
 * surnames and children without one are counted. Any thread.
 *
 * Returns: (transfer full): the name, never empty
 */
char *
mash_family_dup_name (MashFacts  *facts,
                      const char *contact)
{
  g_autoptr (GPtrArray) children = list_children (facts, contact);
  g_autoptr (GPtrArray) surnames = g_ptr_array_new ();
  g_autoptr (GString) name = g_string_new (NULL);
  guint n_others = 0;

  for (guint i = 0; i < children->len; i++)
    {
      const char *surname = mash_record_get_text (g_ptr_array_index (children, i), "legal-surname");

      if (surname == NULL)
        n_others++;
      else if (!g_ptr_array_find_with_equal_func (surnames, surname, g_str_equal, NULL))
        g_ptr_array_add (surnames, (gpointer) surname);
    }

  if (surnames->len == 0)
    return g_strdup (_("Name not known"));

  if (children->len == 1 && is_unborn (g_ptr_array_index (children, 0)))
    /* Translators: stands before the surname of an unborn child. */
    g_string_append_printf (name, "%s ", _("(unborn)"));
  for (guint i = 0; i < surnames->len && i < N_SURNAMES; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (surnames, i));
  if (surnames->len > N_SURNAMES)
    n_others += surnames->len - N_SURNAMES;
  if (n_others > 0)
    g_string_append_printf (name, " +%u", n_others);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Whole years, or months and weeks for the youngest; @today is a whole date, @birth may be
 * partial. */
static char *
dup_age (const char *birth,
         const char *today)
{
  int years = atoi (today) - atoi (birth);
  int months, days;
  GDate from, to;

  if (strlen (birth) < 10)
    return g_strdup_printf ("%d", MAX (years, 0));

  months = years * 12 + atoi (today + 5) - atoi (birth + 5) - (atoi (today + 8) < atoi (birth + 8));
  if (months >= 24)
    return g_strdup_printf ("%d", months / 12);
  if (months >= 3)
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) months), months);

  g_date_set_dmy (&from, (GDateDay) atoi (birth + 8), atoi (birth + 5), (GDateYear) atoi (birth));
  g_date_set_dmy (&to, (GDateDay) atoi (today + 8), atoi (today + 5), (GDateYear) atoi (today));
  days = MAX (g_date_days_between (&from, &to), 0);

  return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) (days / 7)), days / 7);
}

/**
 * mash_family_dup_children:
 * @facts: facts
 * @contact: the id of a contact
 * @today: a whole local date
 *
 * Counts the children and gives their ages, such as “3 children: 6, 3, unborn”. Any thread.
 *
 * Returns: (transfer full): the words, never empty
 */
char *
mash_family_dup_children (MashFacts  *facts,
                          const char *contact,
                          const char *today)
{
  g_autoptr (GPtrArray) children = list_children (facts, contact);
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (today != NULL && strlen (today) == 10, NULL);

  if (children->len == 0)
    return g_strdup (_("No child named"));

  words = g_string_new (NULL);
  g_string_append_printf (words, ngettext ("%u child", "%u children", children->len),
                          children->len);
  for (guint i = 0; i < children->len; i++)
    {
      MashRecord *child = g_ptr_array_index (children, i);
      const char *birth = mash_record_get_text (child, "birth");
      g_autofree char *age = birth != NULL ? dup_age (birth, today) : NULL;

      g_string_append (words, i == 0 ? ": " : ", ");
      if (age != NULL)
        g_string_append (words, age);
      else if (is_unborn (child))
        g_string_append (words, _("unborn"));
      else
        g_string_append (words, _("age not known"));
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}
