/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The bytes of an encrypted database on the disk, free pages and the log beside it among them. */

#include "sync-desk.h"

guint desk_pages_count (SyncDesk   *desk,
                        const char *word);
