/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes as a policy file, as an administrator may be given one: it is read whole or refused with
 * one sentence, and what is read can be used. */

#include "config.h"

#include "mash-policy-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
use_policy (MashPolicy *policy)
{
  const char *const *lists;
  const MashDeed *const *deeds;
  guint n_lists, n_codes, n_deeds;

  lists = mash_policy_list_lists (policy, &n_lists);
  for (guint i = 0; i < n_lists; i++)
    {
      if (mash_policy_list_codes (policy, lists[i], &n_codes) == NULL)
        g_error ("A list has no codes");
    }

  deeds = mash_policy_list_deeds (policy, &n_deeds);
  for (guint i = 0; i < n_deeds; i++)
    {
      if (deeds[i] != mash_policy_find_deed (policy, deeds[i]->id) ||
          mash_policy_get_permission_label (policy, deeds[i]->permission) == NULL)
        g_error ("A deed does not hold together");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load (bytes, "fuzzed.xml", &error);

  if ((policy == NULL) != (error != NULL))
    g_error ("A policy is neither read nor refused");
  if (policy != NULL)
    use_policy (policy);

  return 0;
}
