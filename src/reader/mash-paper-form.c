/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-paper-form.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#include "mash-fault.h"
#include "mash-prescan.h"

#define MAGIC "%PDF-"

/* A paper of the hub is far below these; what is above them is not one. */
#define MAX_PAGES       400
#define MAX_GLYPHS      40000
#define MAX_ATTACHMENTS 16
#define MAX_PIECE       (48 * 1024)
#define MAX_ATTACHED    (1024 * 1024)
#define OUTLINE_DEPTH   8

/* Glyphs further apart than this part of their height begin a column. */
#define COLUMN_GAP 1.2

/* A run of glyphs on one line, in one column. */
typedef struct
{
  double   x;
  double   y;
  GString *words;
} Run;

static void
run_free (Run *run)
{
  g_string_free (run->words, TRUE);
  g_free (run);
}

static gboolean
refuse (MashReading *reading,
        MashFault    fault)
{
  g_autofree char *place = mash_fault_place_to_text (&(MashFaultPlace) { .fault = fault });

  mash_reading_add (reading, "refused", place);

  return FALSE;
}

/* What is too long for one value goes on in the next of the same name, and a little of it stands in
 * both, so that nothing is cut in two. */
static void
add (MashReading *reading,
     const char  *name,
     const char  *words)
{
  g_autofree char *valid = words != NULL ? g_utf8_make_valid (words, -1) : NULL;
  const char *at = valid;

  while (at != NULL && strlen (at) > MAX_PIECE)
    {
      const char *end = g_utf8_find_prev_char (at, at + MAX_PIECE);
      g_autofree char *piece = g_strndup (at, (gsize) (end - at));

      mash_reading_add (reading, name, piece);
      at = g_utf8_find_prev_char (at, end - MAX_PIECE / 8);
    }
  if (at != NULL && *at != '\0')
    mash_reading_add (reading, name, at);
}

/* The words of a table stand beside each other, and reading may go across them: they are read a
 * second time down each column. */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *first = *(const Run *const *) a;
  const Run *second = *(const Run *const *) b;

  if (fabs (first->x - second->x) > 1)
    return first->x < second->x ? -1 : 1;

  return first->y < second->y ? -1 : first->y > second->y;
}

static gboolean
goes_on (const PopplerRectangle *last,
         const PopplerRectangle *next)
{
  double height = MAX (last->y2 - last->y1, 1);

  return fabs (last->y2 - next->y2) < height / 2 && next->x1 >= last->x1 &&
         next->x1 - last->x2 < height * COLUMN_GAP;
}

static GPtrArray *
list_runs (const char             *text,
           const PopplerRectangle *glyphs,
           guint                   n_glyphs)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) run_free);
  Run *run = NULL;

  for (guint i = 0; i < n_glyphs && *text != '\0'; i++, text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c))
        continue;
      if (run == NULL || !goes_on (&glyphs[i - 1], &glyphs[i]))
        {
          run = g_new0 (Run, 1);
          run->x = glyphs[i].x1;
          run->y = glyphs[i].y1;
          run->words = g_string_new (NULL);
          g_ptr_array_add (runs, run);
        }
      g_string_append_unichar (run->words, c);
    }
  g_ptr_array_sort (runs, compare_runs);

  return runs;
}

static void
add_columns (MashReading *reading,
             PopplerPage *page,
             const char  *name,
             const char  *text)
{
  g_autofree PopplerRectangle *glyphs = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_glyphs = 0;

  if (!poppler_page_get_text_layout (page, &glyphs, &n_glyphs) || n_glyphs > MAX_GLYPHS)
    return;

  runs = list_runs (text, glyphs, n_glyphs);
  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (words, "%s\n", ((Run *) g_ptr_array_index (runs, i))->words->str);
  add (reading, name, words->str);
}

static void
add_take (MashReading *reading,
          const char  *name,
          char        *words)
{
  add (reading, name, words);
  g_free (words);
}

static void
add_annotations (MashReading *reading,
                 PopplerPage *page,
                 const char  *name)
{
  GList *mappings = poppler_page_get_annot_mapping (page);

  for (GList *at = mappings; at != NULL; at = at->next)
    {
      PopplerAnnot *annotation = ((PopplerAnnotMapping *) at->data)->annot;

      add_take (reading, name, poppler_annot_get_contents (annotation));
      add_take (reading, name, poppler_annot_get_name (annotation));
      if (POPPLER_IS_ANNOT_MARKUP (annotation))
        {
          add_take (reading, name, poppler_annot_markup_get_label (
                      POPPLER_ANNOT_MARKUP (annotation)));
          add_take (reading, name, poppler_annot_markup_get_subject (
                      POPPLER_ANNOT_MARKUP (annotation)));
        }
    }
  poppler_page_free_annot_mapping (mappings);
}

static void
add_links (MashReading *reading,
           PopplerPage *page,
           const char  *name)
{
  GList *mappings = poppler_page_get_link_mapping (page);

  for (GList *at = mappings; at != NULL; at = at->next)
    {
      const PopplerAction *action = ((PopplerLinkMapping *) at->data)->action;

      if (action != NULL && action->type == POPPLER_ACTION_URI)
        add (reading, name, action->uri.uri);
    }
  poppler_page_free_link_mapping (mappings);
}

static void
add_fields (MashReading *reading,
            PopplerPage *page,
            const char  *name)
{
  GList *mappings = poppler_page_get_form_field_mapping (page);

  for (GList *at = mappings; at != NULL; at = at->next)
    {
      PopplerFormField *field = ((PopplerFormFieldMapping *) at->data)->field;

      add_take (reading, name, poppler_form_field_get_name (field));
      if (poppler_form_field_get_field_type (field) == POPPLER_FORM_FIELD_TEXT)
        add_take (reading, name, poppler_form_field_text_get_text (field));
    }
  poppler_page_free_form_field_mapping (mappings);
}

static gboolean
add_page (MashReading     *reading,
          PopplerDocument *document,
          int              i)
{
  PopplerPage *page = poppler_document_get_page (document, i);
  g_autofree char *name = g_strdup_printf ("page.%d", i + 1);
  g_autofree char *columns = g_strdup_printf ("columns.%d", i + 1);
  g_autofree char *margin = g_strdup_printf ("margin.%d", i + 1);
  g_autofree char *text = NULL;

  if (page == NULL)
    return FALSE;

  text = poppler_page_get_text (page);
  if (text != NULL)
    {
      add (reading, name, text);
      add_columns (reading, page, columns, text);
    }
  add_annotations (reading, page, margin);
  add_links (reading, page, margin);
  add_fields (reading, page, margin);
  g_object_unref (page);

  return TRUE;
}

static void
add_properties (MashReading     *reading,
                PopplerDocument *document)
{
  char *(*const properties[]) (PopplerDocument *) = {
    poppler_document_get_title, poppler_document_get_author, poppler_document_get_subject,
    poppler_document_get_keywords, poppler_document_get_creator, poppler_document_get_producer,
    poppler_document_get_metadata,
  };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    add_take (reading, "property", properties[i] (document));
}

/* Headings for leafing through, each with those below it. */
static void
add_outline (MashReading      *reading,
             PopplerIndexIter *iter,
             guint             depth)
{
  do
    {
      PopplerAction *action = poppler_index_iter_get_action (iter);
      PopplerIndexIter *child = depth > 0 ? poppler_index_iter_get_child (iter) : NULL;

      if (action != NULL)
        {
          add (reading, "property", action->any.title);
          poppler_action_free (action);
        }
      if (child != NULL)
        {
          add_outline (reading, child, depth - 1);
          poppler_index_iter_free (child);
        }
    }
  while (poppler_index_iter_next (iter));
}

static gboolean
append_cb (const char  *bytes,
           gsize        length,
           gpointer     data,
           GError     **error)
{
  GString *words = data;

  if (words->len + length <= MAX_ATTACHED)
    g_string_append_len (words, bytes, (gssize) length);

  return TRUE;
}

static void
add_attachments (MashReading     *reading,
                 PopplerDocument *document)
{
  GList *attachments = poppler_document_get_attachments (document);
  guint n = 0;

  for (GList *at = attachments; at != NULL && n < MAX_ATTACHMENTS; at = at->next, n++)
    {
      PopplerAttachment *attachment = at->data;
      const char *name = poppler_attachment_get_name (attachment);
      const char *description = poppler_attachment_get_description (attachment);
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *valid = NULL;

      poppler_attachment_save_to_callback (attachment, append_cb, words, NULL);
      valid = g_utf8_make_valid (words->str, (gssize) words->len);
      /* One without a name and without a word is still there. */
      mash_reading_add (reading, "attachment", "");
      add (reading, "attachment", name);
      add (reading, "attachment", description);
      add (reading, "attachment", valid);
    }
  g_list_free_full (attachments, g_object_unref);
}

static gboolean
read_document (PopplerDocument *document,
               MashReading     *reading)
{
  int n_pages = poppler_document_get_n_pages (document);
  PopplerIndexIter *outline;

  if (n_pages < 1 || n_pages > MAX_PAGES)
    return refuse (reading, MASH_FAULT_SIZE);

  for (int i = 0; i < n_pages; i++)
    {
      if (!add_page (reading, document, i))
        return refuse (reading, MASH_FAULT_NOT_PDF);
    }
  add_properties (reading, document);
  outline = poppler_index_iter_new (document);
  if (outline != NULL)
    {
      add_outline (reading, outline, OUTLINE_DEPTH);
      poppler_index_iter_free (outline);
    }
  add_attachments (reading, document);

  return TRUE;
}

/**
 * mash_paper_form_read:
 * @text: the file
 * @length: its bytes
 * @today: not needed here
 * @reading: where what is read goes, or why nothing was
 *
 * Returns: %TRUE when it is a PDF and was read whole
 */
gboolean
mash_paper_form_read (const char  *text,
                      gsize        length,
                      const char  *today,
                      MashReading *reading)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  PopplerDocument *document = NULL;
  gboolean whole;

  if (length > MASH_PRESCAN_MAX_BYTES)
    return refuse (reading, MASH_FAULT_SIZE);
  if (length > strlen (MAGIC) && memcmp (text, MAGIC, strlen (MAGIC)) == 0)
    document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  if (document == NULL)
    return refuse (reading, MASH_FAULT_NOT_PDF);

  whole = read_document (document, reading);
  g_object_unref (document);

  return whole;
}
