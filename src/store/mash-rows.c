/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-rows.h"

G_DEFINE_BOXED_TYPE (MashTrayRow, mash_tray_row, mash_tray_row_copy, mash_tray_row_free)
G_DEFINE_BOXED_TYPE (MashFacetRow, mash_facet_row, mash_facet_row_copy,
                     mash_facet_row_free)
G_DEFINE_BOXED_TYPE (MashTimelineRow, mash_timeline_row, mash_timeline_row_copy,
                     mash_timeline_row_free)
G_DEFINE_BOXED_TYPE (MashAccessRow, mash_access_row, mash_access_row_copy, mash_access_row_free)
G_DEFINE_BOXED_TYPE (MashPersonHit, mash_person_hit, mash_person_hit_copy, mash_person_hit_free)
G_DEFINE_BOXED_TYPE (MashStaffRow, mash_staff_row, mash_staff_row_copy, mash_staff_row_free)
G_DEFINE_BOXED_TYPE (MashContactBundle, mash_contact_bundle, mash_contact_bundle_copy,
                     mash_contact_bundle_free)
G_DEFINE_BOXED_TYPE (MashReceipt, mash_receipt, mash_receipt_copy, mash_receipt_free)
G_DEFINE_BOXED_TYPE (MashVerifyReport, mash_verify_report, mash_verify_report_copy,
                     mash_verify_report_free)

MashTrayRow *
mash_tray_row_copy (const MashTrayRow *self)
{
  MashTrayRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->contact = g_strdup (self->contact);
  copy->reference = g_strdup (self->reference);
  copy->state = g_strdup (self->state);
  copy->brag = g_strdup (self->brag);
  copy->level = g_strdup (self->level);
  copy->family = g_strdup (self->family);
  copy->children = g_strdup (self->children);
  copy->concern = g_strdup (self->concern);
  copy->source = g_strdup (self->source);
  copy->strand_p = g_strdup (self->strand_p);
  copy->assigned_to = g_strdup (self->assigned_to);
  copy->assigned_name = g_strdup (self->assigned_name);
  copy->missing = g_strdupv (self->missing);
  copy->clock_type = g_strdup (self->clock_type);
  copy->why = g_strdup (self->why);
  copy->asked = g_strdup (self->asked);
  copy->discussion = g_strdup (self->discussion);
  copy->asked_by = g_strdup (self->asked_by);

  return copy;
}

MashFacetRow *
mash_facet_row_copy (const MashFacetRow *self)
{
  MashFacetRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->facet = g_strdup (self->facet);
  copy->value = g_strdup (self->value);
  copy->label = g_strdup (self->label);

  return copy;
}

void
mash_facet_row_free (MashFacetRow *self)
{
  if (self == NULL)
    return;

  g_free (self->facet);
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

void
mash_tray_row_free (MashTrayRow *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->reference);
  g_free (self->state);
  g_free (self->brag);
  g_free (self->level);
  g_free (self->family);
  g_free (self->children);
  g_free (self->concern);
  g_free (self->source);
  g_free (self->strand_p);
  g_free (self->assigned_to);
  g_free (self->assigned_name);
  g_strfreev (self->missing);
  g_free (self->clock_type);
  g_free (self->why);
  g_free (self->asked);
  g_free (self->discussion);
  g_free (self->asked_by);
  g_free (self);
}

MashTimelineRow *
mash_timeline_row_copy (const MashTimelineRow *self)
{
  MashTimelineRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->kind = g_strdup (self->kind);
  copy->significance = g_strdup (self->significance);
  copy->headline = g_strdup (self->headline);
  copy->detail = g_strdup (self->detail);
  copy->who = g_strdup (self->who);
  copy->agency = g_strdup (self->agency);
  copy->owner = g_strdup (self->owner);
  copy->author = g_strdup (self->author);
  copy->record_kind = g_strdup (self->record_kind);
  copy->record = g_strdup (self->record);
  copy->contact = g_strdup (self->contact);
  copy->source = g_strdup (self->source);
  copy->origin = g_strdup (self->origin);
  copy->basis = g_strdup (self->basis);
  copy->handling = g_strdup (self->handling);
  copy->reference = g_strdup (self->reference);
  copy->precision = g_strdup (self->precision);
  copy->voided_reason = g_strdup (self->voided_reason);

  return copy;
}

void
mash_timeline_row_free (MashTimelineRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->significance);
  g_free (self->headline);
  g_free (self->detail);
  g_free (self->who);
  g_free (self->agency);
  g_free (self->owner);
  g_free (self->author);
  g_free (self->record_kind);
  g_free (self->record);
  g_free (self->contact);
  g_free (self->source);
  g_free (self->origin);
  g_free (self->basis);
  g_free (self->handling);
  g_free (self->reference);
  g_free (self->precision);
  g_free (self->voided_reason);
  g_free (self);
}

void
mash_timeline_reading_free (MashTimelineReading *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->keys);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->lanes);
  g_ptr_array_unref (self->agencies);
  g_free (self);
}

MashAccessRow *
mash_access_row_copy (const MashAccessRow *self)
{
  MashAccessRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->person = g_strdup (self->person);
  copy->person_name = g_strdup (self->person_name);
  copy->post_title = g_strdup (self->post_title);
  copy->agency_name = g_strdup (self->agency_name);
  copy->action = g_strdup (self->action);
  copy->what = g_strdup (self->what);

  return copy;
}

void
mash_access_row_free (MashAccessRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->person);
  g_free (self->person_name);
  g_free (self->post_title);
  g_free (self->agency_name);
  g_free (self->action);
  g_free (self->what);
  g_free (self);
}

MashPersonHit *
mash_person_hit_copy (const MashPersonHit *self)
{
  MashPersonHit *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->person = g_strdup (self->person);
  copy->name = g_strdup (self->name);
  copy->birth = g_strdup (self->birth);
  copy->address = g_strdup (self->address);
  copy->why = g_strdup (self->why);
  copy->contact = g_strdup (self->contact);
  copy->reference = g_strdup (self->reference);
  copy->root = g_strdup (self->root);

  return copy;
}

void
mash_person_hit_free (MashPersonHit *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  g_free (self->name);
  g_free (self->birth);
  g_free (self->address);
  g_free (self->why);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->root);
  g_free (self);
}

MashStaffRow *
mash_staff_row_copy (const MashStaffRow *self)
{
  MashStaffRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->staff = g_strdup (self->staff);
  copy->post = g_strdup (self->post);
  copy->name = g_strdup (self->name);
  copy->title = g_strdup (self->title);
  copy->role = g_strdup (self->role);
  copy->agency = g_strdup (self->agency);

  return copy;
}

void
mash_staff_row_free (MashStaffRow *self)
{
  if (self == NULL)
    return;

  g_free (self->staff);
  g_free (self->post);
  g_free (self->name);
  g_free (self->title);
  g_free (self->role);
  g_free (self->agency);
  g_free (self);
}

MashContactBundle *
mash_contact_bundle_copy (const MashContactBundle *self)
{
  MashContactBundle *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->contact = g_strdup (self->contact);
  copy->records = g_ptr_array_ref (self->records);
  copy->family = g_strdup (self->family);
  copy->children = g_strdup (self->children);
  copy->draft = g_strdup (self->draft);

  return copy;
}

void
mash_contact_bundle_free (MashContactBundle *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self->family);
  g_free (self->children);
  g_free (self->draft);
  g_free (self);
}

MashReceipt *
mash_receipt_copy (const MashReceipt *self)
{
  MashReceipt *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->group = g_strdup (self->group);
  copy->contact = g_strdup (self->contact);
  copy->records = g_ptr_array_ref (self->records);

  return copy;
}

void
mash_receipt_free (MashReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->group);
  g_free (self->contact);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

MashVerifyReport *
mash_verify_report_copy (const MashVerifyReport *self)
{
  MashVerifyReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->table = g_strdup (self->table);
  copy->record = g_strdup (self->record);
  copy->fault = g_strdup (self->fault);

  return copy;
}

void
mash_verify_report_free (MashVerifyReport *self)
{
  if (self == NULL)
    return;

  g_free (self->table);
  g_free (self->record);
  g_free (self->fault);
  g_free (self);
}
