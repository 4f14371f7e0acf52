/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-xml.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>

#define CHUNK 4096
#define MAX_ELEMENTS 50000
#define MAX_DEPTH 64
#define MAX_TEXT (1024 * 1024)
#define MAX_NAME 256
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

/* What is counted while the parser runs; hangs on its context. */
typedef struct
{
  MashFault fault;
  guint     line;
  guint     elements;
  guint     depth;
  gsize     text;
} Count;

static xmlParserInput *
load_nothing (const char    *url,
              const char    *id,
              xmlParserCtxt *context)
{
  return NULL;
}

static void
stop (xmlParserCtxt *context,
      MashFault      fault)
{
  Count *count = context->_private;

  if (count->fault == MASH_FAULT_NONE)
    {
      count->fault = fault;
      count->line = (guint) MAX (xmlSAX2GetLineNumber (context), 1);
    }
  xmlStopParser (context);
}

static void
on_internal_subset_cb (void          *context,
                       const xmlChar *name,
                       const xmlChar *external_id,
                       const xmlChar *system_id)
{
  stop (context, MASH_FAULT_DOCTYPE);
}

static void
on_entity_cb (void          *context,
              const xmlChar *name,
              int            type,
              const xmlChar *public_id,
              const xmlChar *system_id,
              xmlChar       *content)
{
  stop (context, MASH_FAULT_ENTITY);
}

static void
on_instruction_cb (void          *context,
                   const xmlChar *target,
                   const xmlChar *data)
{
  stop (context, MASH_FAULT_INSTRUCTION);
}

static void
on_start_cb (void           *context,
             const xmlChar  *name,
             const xmlChar  *prefix,
             const xmlChar  *uri,
             int             n_namespaces,
             const xmlChar **namespaces,
             int             n_attributes,
             int             n_defaulted,
             const xmlChar **attributes)
{
  Count *count = ((xmlParserCtxt *) context)->_private;
  gboolean long_name = xmlStrlen (name) > MAX_NAME || xmlStrlen (uri) > MAX_NAME;

  for (int i = 0; i < n_attributes; i++)
    long_name |= xmlStrlen (attributes[i * 5]) > MAX_NAME;

  count->text = 0;
  if (++count->elements > MAX_ELEMENTS)
    stop (context, MASH_FAULT_ELEMENTS);
  else if (++count->depth > MAX_DEPTH)
    stop (context, MASH_FAULT_DEPTH);
  else if (long_name)
    stop (context, MASH_FAULT_NAME);
  else
    xmlSAX2StartElementNs (context, name, prefix, uri, n_namespaces, namespaces,
                           n_attributes, n_defaulted, attributes);
}

static void
on_end_cb (void          *context,
           const xmlChar *name,
           const xmlChar *prefix,
           const xmlChar *uri)
{
  Count *count = ((xmlParserCtxt *) context)->_private;

  count->depth--;
  count->text = 0;
  xmlSAX2EndElementNs (context, name, prefix, uri);
}

static void
on_text_cb (void          *context,
            const xmlChar *text,
            int            length)
{
  Count *count = ((xmlParserCtxt *) context)->_private;

  count->text += (gsize) length;
  if (count->text > MAX_TEXT)
    stop (context, MASH_FAULT_TEXT);
  else
    xmlSAX2Characters (context, text, length);
}

/* Comments are no part of a referral and are left out of the tree. */
static void
on_comment_cb (void          *context,
               const xmlChar *text)
{
}

static void
fill_handler (xmlSAXHandler *handler)
{
  memset (handler, 0, sizeof *handler);
  xmlSAXVersion (handler, 2);
  handler->internalSubset = on_internal_subset_cb;
  handler->externalSubset = on_internal_subset_cb;
  handler->entityDecl = on_entity_cb;
  handler->processingInstruction = on_instruction_cb;
  handler->startElementNs = on_start_cb;
  handler->endElementNs = on_end_cb;
  handler->characters = on_text_cb;
  handler->ignorableWhitespace = on_text_cb;
  handler->cdataBlock = on_text_cb;
  handler->comment = on_comment_cb;
}

/* xmlStopParser() leaves wellFormed at 1, and the push parser can end with an error number and a
 * tree that looks whole: a tree is believed only when nothing at all was said against it. */
static gboolean
is_whole (xmlParserCtxt *context,
          const Count   *count,
          xmlDoc        *doc)
{
  return count->fault == MASH_FAULT_NONE && context->wellFormed == 1 && context->errNo == 0 &&
         xmlCtxtGetLastError (context) == NULL && doc != NULL &&
         xmlDocGetRootElement (doc) != NULL;
}

/**
 * mash_xml_init:
 *
 * Makes libxml2 unable to load anything by itself. Once, before anything else of this file.
 */
void
mash_xml_init (void)
{
  LIBXML_TEST_VERSION
  xmlSetExternalEntityLoader (load_nothing);
}

/**
 * mash_xml_parse:
 * @data: a file that passed mash_prescan()
 * @length: its bytes
 * @fault: (out): what is wrong with it
 *
 * Returns: (transfer full) (nullable): the tree, or %NULL
 */
xmlDoc *
mash_xml_parse (const char   *data,
                gsize         length,
                MashXmlFault *fault)
{
  g_autoptr (xmlParserCtxt) context = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  Count count = { MASH_FAULT_NONE };
  xmlSAXHandler handler;

  fill_handler (&handler);
  context = xmlCreatePushParserCtxt (&handler, NULL, NULL, 0, NULL);
  if (context == NULL)
    g_error ("No memory for a parser");
  xmlCtxtUseOptions (context, OPTIONS);
  context->_private = &count;

  for (gsize at = 0; at < length && count.fault == MASH_FAULT_NONE; at += CHUNK)
    {
      if (xmlParseChunk (context, data + at, (int) MIN (CHUNK, length - at), 0) != 0)
        break;
    }
  if (count.fault == MASH_FAULT_NONE)
    xmlParseChunk (context, "", 0, 1);

  doc = g_steal_pointer (&context->myDoc);
  if (is_whole (context, &count, doc))
    return g_steal_pointer (&doc);

  *fault = (MashXmlFault) { count.fault, count.line };
  if (count.fault == MASH_FAULT_NONE)
    {
      MashXmlError *error = xmlCtxtGetLastError (context);

      fault->fault = MASH_FAULT_BROKEN;
      fault->line = (guint) MAX (error != NULL ? error->line : 1, 1);
    }

  return NULL;
}

/* The first thing said against the tree is kept; what follows from it is not. */
static void
on_invalid_cb (void         *data,
               MashXmlError *error)
{
  MashXmlFault *fault = data;

  if (fault->fault != MASH_FAULT_NONE)
    return;

  switch (error->code)
    {
    case XML_RELAXNG_ERR_TYPE:
    case XML_RELAXNG_ERR_TYPEVAL:
    case XML_RELAXNG_ERR_VALUE:
    case XML_RELAXNG_ERR_VALELEM:
    case XML_RELAXNG_ERR_TEXTWRONG:
    case XML_RELAXNG_ERR_DATAELEM:
      fault->fault = MASH_FAULT_VALUE;
      break;

    case XML_RELAXNG_ERR_NOELEM:
    case XML_RELAXNG_ERR_ATTRVALID:
      fault->fault = MASH_FAULT_MISSING;
      break;

    default:
      fault->fault = MASH_FAULT_UNEXPECTED;
      break;
    }
  fault->node = error->node;
  fault->line = (guint) MAX (error->line, 1);
}

/**
 * mash_xml_validate:
 * @doc: a tree
 * @schema: our own RELAX NG schema; never one that came with a file
 * @fault: (out): the first thing wrong with the tree
 *
 * Returns: %TRUE when the tree follows the schema
 */
gboolean
mash_xml_validate (xmlDoc       *doc,
                   GBytes       *schema,
                   MashXmlFault *fault)
{
  g_autoptr (xmlRelaxNGParserCtxt) parser = NULL;
  g_autoptr (xmlRelaxNG) grammar = NULL;
  g_autoptr (xmlRelaxNGValidCtxt) context = NULL;
  gsize length;
  const char *text = g_bytes_get_data (schema, &length);

  parser = xmlRelaxNGNewMemParserCtxt (text, (int) length);
  grammar = parser != NULL ? xmlRelaxNGParse (parser) : NULL;
  context = grammar != NULL ? xmlRelaxNGNewValidCtxt (grammar) : NULL;
  if (context == NULL)
    g_error ("No memory for the schema");

  *fault = (MashXmlFault) { MASH_FAULT_NONE };
  xmlRelaxNGSetValidStructuredErrors (context, on_invalid_cb, fault);
  if (xmlRelaxNGValidateDoc (context, doc) == 0)
    return TRUE;

  if (fault->fault == MASH_FAULT_NONE)
    {
      fault->fault = MASH_FAULT_UNEXPECTED;
      fault->line = 1;
    }

  return FALSE;
}
