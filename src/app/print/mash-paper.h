/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A document that is to go on paper or into a file: what stands in it, and not how it is drawn.
 *
 * A paper is filled by one thread, then never altered, and may then be read by any. Every page of
 * it carries its title, reference, recipient and version, so that a page which was taken out still
 * says what it is. Text goes in as text: nothing of it is ever read as markup.
 */

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MashPaper MashPaper;

/* What every page says. All but the title may be %NULL. */
typedef struct
{
  const char *title;      /* without a person’s name: it becomes the title of the PDF too */
  const char *reference;
  const char *recipient;
  const char *version;
  const char *note;       /* such as how to handle it */
  const char *made_at;    /* what the file says of when it was made; NULL for now */
  gboolean    large;      /* for reading aloud */
} MashPaperHead;

typedef struct
{
  const char *title;      /* NULL in a table without a head */
  guint       share;      /* of the width, of the sum of all shares */
  gboolean    right;      /* figures */
} MashPaperColumn;

/* What stands in a cell: words that count, the rest, and what is said more quietly, each beginning
 * on a line of its own. Any may be %NULL. */
typedef struct
{
  const char *strong;
  const char *text;
  const char *quiet;
} MashPaperCell;

typedef enum
{
  MASH_PAPER_ROW_PLAIN,
  MASH_PAPER_ROW_STRONG,  /* a sum */
  MASH_PAPER_ROW_INSET,   /* part of what stands above it */
} MashPaperRow;

/* Draws a picture into a box of the size given, in points. Any thread. */
typedef void (*MashPaperDraw) (cairo_t *cr,
                               double   width,
                               double   height,
                               gpointer data);

MashPaper  *mash_paper_new           (const MashPaperHead   *head) G_GNUC_WARN_UNUSED_RESULT;
MashPaper  *mash_paper_ref           (MashPaper             *self);
void        mash_paper_unref         (MashPaper             *self);
void        mash_paper_add_title     (MashPaper             *self,
                                      const char            *text);
void        mash_paper_add_heading   (MashPaper             *self,
                                      const char            *text);
void        mash_paper_add_subheading (MashPaper            *self,
                                       const char           *text);
void        mash_paper_add_text      (MashPaper             *self,
                                      const char            *text);
void        mash_paper_add_quiet     (MashPaper             *self,
                                      const char            *text);
void        mash_paper_add_picture   (MashPaper             *self,
                                      double                 height,
                                      const char            *words,
                                      MashPaperDraw          draw,
                                      gpointer               data,
                                      GDestroyNotify         free_data);
void        mash_paper_begin_table   (MashPaper             *self,
                                      const MashPaperColumn *columns,
                                      guint                  n_columns);
void        mash_paper_add_row       (MashPaper             *self,
                                      MashPaperRow           look,
                                      const MashPaperCell   *cells);
const char *mash_paper_get_title     (MashPaper             *self);
char       *mash_paper_dup_text      (MashPaper             *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashPaper, mash_paper_unref)

G_END_DECLS
