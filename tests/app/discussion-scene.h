/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A signed strategy record of invented people, as facts: three agencies, two children, graded
 * paragraphs of every kind, a dissent, a safe address and a protected referrer. */

#include "mash-policy.h"
#include "mash-test-facts.h"

#define SCENE_DISCUSSION "sd-1"

/* What is planted: a paragraph of each kind, and what is in no copy. */
#define SCENE_PLAIN    "Attendance fell from nine days in ten to six since September."
#define SCENE_CONDITION "The first officer at the office saw a rucksack with a knife in it."
#define SCENE_FAMILY   "Her grandmother told the nurse that she is afraid of the uncle."
#define SCENE_INTEL    "A caller says that the uncle moves parcels at night."
#define SCENE_PRIVILEGE "Counsel advises that the application is likely to succeed."
#define SCENE_ADDRESS  "4 Larch Court"
#define SCENE_POSTCODE "ZZ1 2AB"
#define SCENE_REFERRER "Mina Farr"
#define SCENE_EARLIER  "Attendance was perfect, says the head of year in her first answer."
#define SCENE_WITHHELD "They are not told of the search of the garage on Tuesday."

MashTestFacts *discussion_scene_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void           discussion_scene_rule  (MashTestFacts *facts,
                                       const char    *variant,
                                       const char    *agency,
                                       const char    *choice);
void           discussion_scene_grow  (MashTestFacts *facts,
                                       guint          n_notes);
