/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People and how they belong together: names, identifiers, addresses, households, relationships.
 * People are never merged; two records thought to be one person are linked. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_PERSON (mash_person_get_type ())
MASH_DECLARE_ENTITY (MashPerson, mash_person, PERSON)

#define MASH_TYPE_PERSON_NAME (mash_person_name_get_type ())
MASH_DECLARE_ENTITY (MashPersonName, mash_person_name, PERSON_NAME)

#define MASH_TYPE_IDENTIFIER (mash_identifier_get_type ())
MASH_DECLARE_ENTITY (MashIdentifier, mash_identifier, IDENTIFIER)

#define MASH_TYPE_CONTACT_POINT (mash_contact_point_get_type ())
MASH_DECLARE_ENTITY (MashContactPoint, mash_contact_point, CONTACT_POINT)

#define MASH_TYPE_ADDRESS (mash_address_get_type ())
MASH_DECLARE_ENTITY (MashAddress, mash_address, ADDRESS)

#define MASH_TYPE_HOUSEHOLD (mash_household_get_type ())
MASH_DECLARE_ENTITY (MashHousehold, mash_household, HOUSEHOLD)

#define MASH_TYPE_HOUSEHOLD_MEMBER (mash_household_member_get_type ())
MASH_DECLARE_ENTITY (MashHouseholdMember, mash_household_member, HOUSEHOLD_MEMBER)

#define MASH_TYPE_RELATIONSHIP (mash_relationship_get_type ())
MASH_DECLARE_ENTITY (MashRelationship, mash_relationship, RELATIONSHIP)

#define MASH_TYPE_PERSON_LOCATION (mash_person_location_get_type ())
MASH_DECLARE_ENTITY (MashPersonLocation, mash_person_location, PERSON_LOCATION)

G_END_DECLS
