/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-form-host.h"

#include "mash-time.h"

G_DEFINE_INTERFACE (MashFormHost, mash_form_host, GTK_TYPE_WIDGET)

static void
mash_form_host_default_init (MashFormHostInterface *iface)
{
}

/**
 * mash_form_host_find:
 * @widget: a widget
 *
 * Returns: (transfer none) (nullable): the nearest page around @widget that is a host
 */
MashFormHost *
mash_form_host_find (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  return (MashFormHost *) gtk_widget_get_ancestor (widget, MASH_TYPE_FORM_HOST);
}

MashPolicy *
mash_form_host_get_policy (MashFormHost *self)
{
  g_return_val_if_fail (MASH_IS_FORM_HOST (self), NULL);

  return MASH_FORM_HOST_GET_IFACE (self)->get_policy (self);
}

MashContactFile *
mash_form_host_get_file (MashFormHost *self)
{
  g_return_val_if_fail (MASH_IS_FORM_HOST (self), NULL);

  return MASH_FORM_HOST_GET_IFACE (self)->get_file (self);
}

/**
 * mash_form_host_get_staff:
 * @self: a host
 *
 * Returns: (transfer none) (nullable): a list of #MashStaffItem, whom a contact may be given to
 */
GListModel *
mash_form_host_get_staff (MashFormHost *self)
{
  g_return_val_if_fail (MASH_IS_FORM_HOST (self), NULL);

  return MASH_FORM_HOST_GET_IFACE (self)->get_staff (self);
}

gint64
mash_form_host_get_now (MashFormHost *self)
{
  g_return_val_if_fail (MASH_IS_FORM_HOST (self), 0);

  return MASH_FORM_HOST_GET_IFACE (self)->get_now (self);
}

/**
 * mash_form_host_dup_today:
 * @self: a host
 *
 * Returns: (transfer full): the local date of the host's now, `YYYY-MM-DD`
 */
char *
mash_form_host_dup_today (MashFormHost *self)
{
  g_return_val_if_fail (MASH_IS_FORM_HOST (self), NULL);

  return mash_time_dup_local_date (mash_form_host_get_now (self));
}

/**
 * mash_form_host_typed:
 * @self: a host
 *
 * Says that something in the open contact was altered by hand and is worth a draft.
 */
void
mash_form_host_typed (MashFormHost *self)
{
  g_return_if_fail (MASH_IS_FORM_HOST (self));

  MASH_FORM_HOST_GET_IFACE (self)->typed (self);
}
