/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the inputs of a form need from the page that they stand on: the policy with its code lists,
 * the open contact, the time, and somebody to tell that something was typed.
 *
 * An input finds its host among its ancestors, so that cells of tables need not be handed it.
 */

#include <gtk/gtk.h>

#include "mash-contact-file.h"
#include "mash-policy.h"

G_BEGIN_DECLS

#define MASH_TYPE_FORM_HOST (mash_form_host_get_type ())

G_DECLARE_INTERFACE (MashFormHost, mash_form_host, MASH, FORM_HOST, GtkWidget)

struct _MashFormHostInterface
{
  GTypeInterface parent_iface;

  MashPolicy      *(*get_policy) (MashFormHost *self);
  MashContactFile *(*get_file)   (MashFormHost *self);
  GListModel      *(*get_staff)  (MashFormHost *self);
  gint64           (*get_now)    (MashFormHost *self);
  void             (*typed)      (MashFormHost *self);
};

MashFormHost    *mash_form_host_find       (GtkWidget    *widget);
MashPolicy      *mash_form_host_get_policy (MashFormHost *self);
MashContactFile *mash_form_host_get_file   (MashFormHost *self);
GListModel      *mash_form_host_get_staff  (MashFormHost *self);
gint64           mash_form_host_get_now    (MashFormHost *self);
char            *mash_form_host_dup_today  (MashFormHost *self) G_GNUC_WARN_UNUSED_RESULT;
void             mash_form_host_typed      (MashFormHost *self);

G_END_DECLS
