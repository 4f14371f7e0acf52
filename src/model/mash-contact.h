/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What arrives at the front door: a contact, whom it is about, who made it, what is feared, what
 * came with it and what was chased. A contact is about a family; what is counted is a child. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT (mash_contact_get_type ())
MASH_DECLARE_ENTITY (MashContact, mash_contact, CONTACT)

#define MASH_TYPE_CONTACT_SUBJECT (mash_contact_subject_get_type ())
MASH_DECLARE_ENTITY (MashContactSubject, mash_contact_subject, CONTACT_SUBJECT)

#define MASH_TYPE_REFERRER (mash_referrer_get_type ())
MASH_DECLARE_ENTITY (MashReferrer, mash_referrer, REFERRER)

#define MASH_TYPE_CONCERN (mash_concern_get_type ())
MASH_DECLARE_ENTITY (MashConcern, mash_concern, CONCERN)

#define MASH_TYPE_SOURCE_DOCUMENT (mash_source_document_get_type ())
MASH_DECLARE_ENTITY (MashSourceDocument, mash_source_document, SOURCE_DOCUMENT)

#define MASH_TYPE_CHASE_ITEM (mash_chase_item_get_type ())
MASH_DECLARE_ENTITY (MashChaseItem, mash_chase_item, CHASE_ITEM)

#define MASH_TYPE_CALL_BACK (mash_call_back_get_type ())
MASH_DECLARE_ENTITY (MashCallBack, mash_call_back, CALL_BACK)

G_END_DECLS
