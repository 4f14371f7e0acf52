/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The first question of every contact: is a child in danger now? It stands above the form and
 * does not scroll away. Answering “Yes” alters nothing but the answer; what follows is the hub’s
 * to say.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_DANGER_QUESTION (mash_danger_question_get_type ())

G_DECLARE_FINAL_TYPE (MashDangerQuestion, mash_danger_question, MASH, DANGER_QUESTION,
                      MashContactPart)

G_END_DECLS
