/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A paper from inside, for those who lay it out. */

#include "mash-paper.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_PAPER_TITLE,
  MASH_PAPER_HEADING,
  MASH_PAPER_SUBHEADING,
  MASH_PAPER_TEXT,
  MASH_PAPER_QUIET,
  MASH_PAPER_PICTURE,
  MASH_PAPER_HEAD,        /* the head of a table, also where the table goes on */
  MASH_PAPER_ROW,
} MashPaperPart;

typedef struct
{
  guint     n_columns;
  guint    *shares;
  gboolean *right;
} MashPaperGrid;

/* Text of which the first bytes are strong, and those from somewhere on quiet. */
typedef struct
{
  char *text;
  guint strong;
  guint quiet;
} MashPaperWords;

typedef struct
{
  MashPaperPart   part;
  MashPaperRow    look;
  MashPaperGrid  *grid;       /* of rows */
  gint            head;       /* of rows: the block that is their head, -1 without */
  guint           n_words;
  MashPaperWords *words;
  double          height;     /* of pictures */
  MashPaperDraw   draw;
  gpointer        data;
  GDestroyNotify  free_data;
} MashPaperBlock;

struct _MashPaper
{
  char      *title;
  char      *reference;
  char      *recipient;
  char      *version;
  char      *note;
  char      *made_at;
  gboolean   large;
  GPtrArray *blocks;          /* of MashPaperBlock */
  GPtrArray *grids;           /* of MashPaperGrid */
  gint       head;            /* of the table that is being filled */
};

G_END_DECLS
