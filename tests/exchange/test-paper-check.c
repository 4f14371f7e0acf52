/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-exchange-error.h"
#include "mash-paper-check.h"

/* Papers made by hand, each with what must not be in it in another place, and each must be refused:
 * a check that is never seen to fail proves nothing. */

/* A PDF that is being written, object by object. */
typedef struct
{
  GString *bytes;
  GArray  *at;
} Pdf;

/* What the one page of a paper says, and what else is in it; each may be %NULL. */
typedef struct
{
  const char *content;
  const char *second;     /* a second page */
  const char *author;
  const char *comment;
  const char *attached;
} Paper;

static guint
add_object (Pdf        *pdf,
            const char *words,
            const char *stream)
{
  guint number;

  g_array_append_val (pdf->at, pdf->bytes->len);
  number = pdf->at->len;
  if (stream != NULL)
    g_string_append_printf (pdf->bytes, "%u 0 obj\n<< %s /Length %zu >>\nstream\n%s\nendstream\n"
                            "endobj\n", number, words, strlen (stream), stream);
  else
    g_string_append_printf (pdf->bytes, "%u 0 obj\n<< %s >>\nendobj\n", number, words);

  return number;
}

static void
add_page (Pdf        *pdf,
          const char *content,
          guint       comment)
{
  g_autofree char *stream = g_strdup_printf ("BT /F1 11 Tf 72 700 Td 14 TL %s ET", content);
  guint body = add_object (pdf, "", stream);
  g_autofree char *annotation = comment != 0 ? g_strdup_printf ("/Annots [%u 0 R]", comment)
                                             : g_strdup ("");
  g_autofree char *page = g_strdup_printf (
    "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %u 0 R %s "
    "/Resources << /Font << /F1 3 0 R >> >>", body, annotation);

  add_object (pdf, page, NULL);
}

static GBytes *
finish (Pdf  *pdf,
        guint info)
{
  gsize start = pdf->bytes->len;
  GBytes *bytes;

  g_string_append_printf (pdf->bytes, "xref\n0 %u\n0000000000 65535 f \n", pdf->at->len + 1);
  for (guint i = 0; i < pdf->at->len; i++)
    g_string_append_printf (pdf->bytes, "%010zu 00000 n \n", g_array_index (pdf->at, gsize, i));
  g_string_append_printf (pdf->bytes, "trailer\n<< /Size %u /Root 1 0 R /Info %u 0 R >>\n"
                          "startxref\n%zu\n%%%%EOF\n", pdf->at->len + 1, info, start);
  bytes = g_string_free_to_bytes (pdf->bytes);
  g_array_unref (pdf->at);

  return bytes;
}

static GBytes *
make (const Paper *paper)
{
  Pdf pdf = { g_string_new ("%PDF-1.7\n"), g_array_new (FALSE, FALSE, sizeof (gsize)) };
  gboolean two = paper->second != NULL;
  /* Objects 4 to 7 are the info, the comment, the file and what it holds. */
  g_autofree char *root = g_strdup_printf (
    "/Type /Catalog /Pages 2 0 R %s", paper->attached != NULL
    ? "/Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >>" : "");
  g_autofree char *info = g_strdup_printf ("/Title (Record) /Author (%s)",
                                           paper->author != NULL ? paper->author : "");
  g_autofree char *comment = g_strdup_printf (
    "/Type /Annot /Subtype /Text /Rect [72 72 90 90] /Contents (%s)",
    paper->comment != NULL ? paper->comment : "");

  add_object (&pdf, root, NULL);
  add_object (&pdf, two ? "/Type /Pages /Kids [9 0 R 11 0 R] /Count 2"
                        : "/Type /Pages /Kids [9 0 R] /Count 1", NULL);
  add_object (&pdf, "/Type /Font /Subtype /Type1 /BaseFont /Helvetica "
              "/Encoding /StandardEncoding", NULL);
  add_object (&pdf, info, NULL);
  add_object (&pdf, comment, NULL);
  add_object (&pdf, "/Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 7 0 R >>", NULL);
  add_object (&pdf, "/Type /EmbeddedFile", paper->attached != NULL ? paper->attached : "");
  add_page (&pdf, paper->content, paper->comment != NULL ? 5 : 0);
  if (two)
    add_page (&pdf, paper->second, 0);

  return finish (&pdf, 4);
}

static GPtrArray *
list_withheld (void)
{
  static const struct { MashWithheldKind kind; const char *words; } rows[] = {
    { MASH_WITHHELD_PARAGRAPH, "The first officer saw a rucksack" },
    { MASH_WITHHELD_ADDRESS, "4 Larch Court" },
    { MASH_WITHHELD_NAME, "Mina Farr" },
    { MASH_WITHHELD_EARLIER, "Known to us since 2019" },
  };
  GPtrArray *withheld = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = mash_circulation_fold (rows[i].words);
      gsize size = strlen (folded) + 1;
      MashWithheld *one = g_malloc (sizeof *one + size);

      one->kind = rows[i].kind;
      one->by_words = FALSE;
      one->folded = memcpy (one + 1, folded, size);
      g_ptr_array_add (withheld, one);
    }

  return withheld;
}

#define PLAIN "(Leo was seen at school.) Tj"

static const struct
{
  const char *name;
  Paper       paper;
  const char *says;       /* of the refusal; NULL where it is well */
} cases[] = {
  { "nothing", { PLAIN }, NULL },
  { "other-words", { "(The first officer saw a child at 5 Larch Court.) Tj" }, NULL },
  { "plain", { "(Moved to 4 Larch Court in May.) Tj" }, "Page 1 holds a confidential address" },
  { "case", { "(moved to 4 LARCH court) Tj" }, "Page 1 holds a confidential address" },
  { "hyphen", { "(The first offi-) Tj T* (cer saw a ruck-) Tj T* (sack.) Tj" },
    "information that this recipient must not have" },
  { "ligature", { "(The \256rst of\256cer saw a rucksack.) Tj" },
    "information that this recipient must not have" },
  { "letter-spacing", { "6 Tc (Mina Farr) Tj" }, "identity of a protected referrer" },
  { "one-by-one", { "[(M) -300 (i) -300 (n) -300 (a) -900 (F) -300 (a) -300 (r) -300 (r)] TJ" },
    "identity of a protected referrer" },
  { "unseen", { "3 Tr (Mina Farr) Tj 0 Tr T* " PLAIN }, "identity of a protected referrer" },
  { "white", { "1 g (Mina Farr) Tj 0 g T* " PLAIN }, "identity of a protected referrer" },
  { "tiny", { "/F1 1 Tf (Mina Farr) Tj /F1 11 Tf T* " PLAIN },
    "identity of a protected referrer" },
  { "earlier", { "(Known to us since 2019.) Tj" }, "words of an earlier revision" },
  { "second-page", { PLAIN, "(See 4 Larch Court.) Tj" }, "Page 2 holds a confidential address" },
  { "across-pages", { "(Record) Tj T* (The first officer) Tj T* (Page 1 of 2) Tj",
                      "(Record) Tj T* (saw a rucksack) Tj T* (Page 2 of 2) Tj" },
    "Page 2 holds information" },
  { "columns", { "1 0 0 1 72 700 Tm (The first) Tj 1 0 0 1 72 686 Tm (officer saw) Tj "
                 "1 0 0 1 72 672 Tm (a rucksack) Tj 1 0 0 1 172 700 Tm (Leo is) Tj "
                 "1 0 0 1 172 686 Tm (at school) Tj 1 0 0 1 172 672 Tm (today.) Tj" },
    "Page 1 holds information" },
  { "author", { PLAIN, .author = "Mina Farr" },
    "What the file says of itself holds the identity" },
  { "comment", { PLAIN, .comment = "Ask Mina Farr" }, "What hangs on page 1" },
  { "attachment", { PLAIN, .attached = "Write to 4 Larch\r\nCourt" },
    "An attachment of the copy holds a confidential address" },
  { "any-attachment", { PLAIN, .attached = "\001\002\003" }, "Something is attached" },
  { "no-words", { "" }, "No words can be read" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) pdf = make (&cases[i].paper);
  g_autoptr (GPtrArray) withheld = list_withheld ();
  g_autoptr (GError) error = NULL;
  gboolean well = mash_paper_check (pdf, withheld, NULL, &error);

  if (cases[i].says == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (well);
      return;
    }

  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK);
  g_assert_nonnull (strstr (error->message, cases[i].says));

  /* A refusal says what kind of thing it is, and never the thing. */
  for (guint w = 0; w < withheld->len; w++)
    g_assert_false (mash_circulation_leaks (error->message, withheld, NULL));
}

/* What cannot be read is refused, and not taken for well. */
static void
test_unreadable (void)
{
  static const char *const files[] = { "", "%PDF-1.7", "%PDF-1.7\n1 0 obj\n", "GIF89a" };
  g_autoptr (GPtrArray) withheld = list_withheld ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) pdf = g_bytes_new_static (files[i], strlen (files[i]));
      g_autoptr (GError) error = NULL;

      g_assert_false (mash_paper_check (pdf, withheld, NULL, &error));
      g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paper-check/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/paper-check/unreadable", test_unreadable);

  return g_test_run ();
}
