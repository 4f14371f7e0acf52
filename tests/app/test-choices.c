/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-choice-keys.h"

static const char *const labels[] = {
  "Not known", "Section 47, joint enquiry", "Section 47, social care alone",
  "Section 47, police alone", "No section 47, section 17 assessment", "Élodie Marsh", "No",
};

static const struct
{
  const char *typed;
  guint       found;
} cases[] = {
  { "", GTK_INVALID_LIST_POSITION },
  { "n", 4 },
  { "no", 6 },
  { "not", 0 },
  { "known", 0 },
  { "NO ", 4 },
  { "no s", 4 },
  { "s", 1 },
  { "section 47, p", 3 },
  { "so", 2 },
  { "joint", 1 },
  { "47", 1 },
  { "oint", GTK_INVALID_LIST_POSITION },
  { "é", 5 },
  { "marsh", 5 },
  { "x", GTK_INVALID_LIST_POSITION },
};

static void
test_find_typed (void)
{
  g_autoptr (GListStore) choices = g_list_store_new (MASH_TYPE_CHOICE);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (MashChoice) choice = mash_choice_new (i > 0 ? labels[i] : NULL, labels[i]);

      g_list_store_append (choices, choice);
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (mash_choices_find_typed (G_LIST_MODEL (choices), cases[i].typed), ==,
                      cases[i].found);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/choices/find-typed", test_find_typed);

  return g_test_run ();
}
