/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy-private.h"

#include "mash-model-error.h"

/**
 * mash_policy_check:
 * @self: a policy that was just put together
 * @error: says what does not fit
 *
 * Returns: %TRUE when every piece refers to pieces that are there
 */
gboolean
mash_policy_check (MashPolicy  *self,
                   GError     **error)
{
  if (self->version == NULL)
    {
      g_set_error_literal (error, MASH_MODEL_ERROR, MASH_MODEL_ERROR_INVALID,
                           "the policy has no version");
      return FALSE;
    }

  return TRUE;
}
