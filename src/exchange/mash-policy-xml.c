/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-policy-xml.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include "mash-exchange-error.h"
#include "mash-prescan.h"

#define CHUNK 4096
#define MAX_ELEMENTS 50000
#define MAX_DEPTH 16
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
#define RELAX_NG "http://relaxng.org/ns/structure/1.0"

/* What is counted while the parser runs; hangs on its context. */
typedef struct
{
  guint    elements;
  guint    depth;
  gboolean refused;
} Count;

/* The first thing said against the tree. Where attributes do not fit, @name is the element's name,
 * and what exactly does not fit is looked for afterwards. */
typedef struct
{
  char *name;
  char *sentence;
  guint line;
} Complaint;

static xmlParserInput *
load_nothing (const char    *url,
              const char    *id,
              xmlParserCtxt *context)
{
  return NULL;
}

/* libxml2 polices only its own loader, so no other way to load anything is left in the process. */
static void
init_libxml (void)
{
  static gsize initialised = 0;

  if (g_once_init_enter (&initialised))
    {
      LIBXML_TEST_VERSION
      xmlSetExternalEntityLoader (load_nothing);
      g_once_init_leave (&initialised, 1);
    }
}

static void
stop (xmlParserCtxt *context)
{
  Count *count = context->_private;

  count->refused = TRUE;
  xmlStopParser (context);
}

static void
on_subset_cb (void          *context,
              const xmlChar *name,
              const xmlChar *external_id,
              const xmlChar *system_id)
{
  stop (context);
}

static void
on_instruction_cb (void          *context,
                   const xmlChar *target,
                   const xmlChar *data)
{
  stop (context);
}

/* Remarks for whoever reads the file are no part of the policy. */
static void
on_comment_cb (void          *context,
               const xmlChar *text)
{
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

  if (++count->elements > MAX_ELEMENTS || ++count->depth > MAX_DEPTH)
    stop (context);
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
  xmlSAX2EndElementNs (context, name, prefix, uri);
}

static xmlParserCtxt *
new_parser (Count *count)
{
  xmlSAXHandler handler = { NULL };
  xmlParserCtxt *context;

  xmlSAXVersion (&handler, 2);
  handler.internalSubset = on_subset_cb;
  handler.externalSubset = on_subset_cb;
  handler.processingInstruction = on_instruction_cb;
  handler.startElementNs = on_start_cb;
  handler.endElementNs = on_end_cb;
  handler.comment = on_comment_cb;
  context = xmlCreatePushParserCtxt (&handler, NULL, NULL, 0, NULL);
  if (context == NULL)
    g_error ("No memory for a parser");
  xmlCtxtUseOptions (context, OPTIONS);
  context->_private = count;

  return context;
}

static xmlDoc *
parse (const char *data,
       gsize       length,
       GError    **error)
{
  g_autoptr (xmlParserCtxt) context = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  Count count = { 0 };
  MashXmlError *last;

  context = new_parser (&count);
  for (gsize at = 0; at < length; at += CHUNK)
    {
      if (xmlParseChunk (context, data + at, (int) MIN (CHUNK, length - at), 0) != 0)
        break;
    }
  if (!count.refused)
    xmlParseChunk (context, "", 0, 1);

  /* A stopped parser still says “well formed”, and one short of memory can end with a tree that
   * only looks whole: it is believed when nothing at all was said against it. */
  doc = g_steal_pointer (&context->myDoc);
  last = xmlCtxtGetLastError (context);
  if (!count.refused && context->wellFormed == 1 && context->errNo == 0 && last == NULL &&
      doc != NULL && xmlDocGetRootElement (doc) != NULL)
    return g_steal_pointer (&doc);

  g_set_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED,
               _("Line %d: the XML is broken here."), last != NULL ? MAX (last->line, 1) : 1);

  return NULL;
}

static char *
word_complaint (MashXmlError *error)
{
  switch (error->code)
    {
    case XML_RELAXNG_ERR_INVALIDATTR:
      return g_strdup_printf (_("the attribute “%s” of “%s” is not expected, "
                                "or not with this value"), error->str1, error->str2);

    case XML_RELAXNG_ERR_ELEMWRONG:
    case XML_RELAXNG_ERR_ELEMNAME:
    case XML_RELAXNG_ERR_EXTRACONTENT:
      return g_strdup_printf (_("“%s” is not expected here"), error->str1);

    case XML_RELAXNG_ERR_NOELEM:
    case XML_RELAXNG_ERR_CONTENTVALID:
      return g_strdup (_("something is missing here"));

    default:
      return g_strdup (_("this is not what the format of a policy asks for"));
    }
}

static void
on_invalid_cb (void         *data,
               MashXmlError *error)
{
  Complaint *complaint = data;

  if (complaint->sentence != NULL)
    return;
  if (error->code == XML_RELAXNG_ERR_ATTRVALID)
    {
      if (complaint->name == NULL)
        complaint->name = g_strdup (error->str1);
      return;
    }
  if (error->node == NULL)
    return;

  complaint->sentence = word_complaint (error);
  complaint->line = (guint) MAX (xmlGetLineNo (error->node), 1);
}

static gboolean
is_schema_element (xmlNode    *node,
                   const char *name)
{
  return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
         strcmp ((const char *) node->ns->href, RELAX_NG) == 0 &&
         strcmp ((const char *) node->name, name) == 0;
}

static xmlNode *
next_node (xmlNode *node)
{
  if (node->children != NULL && node->type == XML_ELEMENT_NODE)
    return node->children;

  while (node != NULL && node->next == NULL)
    node = node->parent;

  return node != NULL ? node->next : NULL;
}

/* The schema's declaration of the element @name. */
static xmlNode *
find_declaration (xmlDoc     *schema,
                  const char *name)
{
  for (xmlNode *node = xmlDocGetRootElement (schema); node != NULL; node = next_node (node))
    {
      g_autoptr (xmlChar) declared = NULL;

      if (!is_schema_element (node, "element"))
        continue;
      declared = xmlGetNoNsProp (node, BAD_CAST "name");
      if (g_strcmp0 ((const char *) declared, name) == 0)
        return node;
    }

  return NULL;
}

/* libxml2 says in which element attributes do not fit, but neither where it stands nor which they
 * are. */
static gboolean
complain_of_missing (Complaint *complaint,
                     xmlNode   *node,
                     xmlNode   *declaration)
{
  for (xmlNode *child = declaration->children; child != NULL; child = child->next)
    {
      g_autoptr (xmlChar) name = NULL;

      if (!is_schema_element (child, "attribute"))
        continue;
      name = xmlGetNoNsProp (child, BAD_CAST "name");
      if (xmlHasProp (node, name) != NULL)
        continue;

      g_free (complaint->sentence);
      complaint->sentence = g_strdup_printf (_("“%s” needs the attribute “%s”"),
                                             complaint->name, (const char *) name);
      complaint->line = (guint) MAX (xmlGetLineNo (node), 1);
      return TRUE;
    }

  return FALSE;
}

static void
find_missing_attribute (Complaint *complaint,
                        xmlDoc    *doc,
                        GBytes    *schema)
{
  gsize length;
  const char *text = g_bytes_get_data (schema, &length);
  g_autoptr (xmlDoc) schema_doc = xmlReadMemory (text, (int) length, NULL, NULL, OPTIONS);
  xmlNode *declaration = schema_doc != NULL ? find_declaration (schema_doc, complaint->name) : NULL;

  if (declaration == NULL)
    return;

  for (xmlNode *node = xmlDocGetRootElement (doc); node != NULL; node = next_node (node))
    {
      if (node->type == XML_ELEMENT_NODE &&
          strcmp ((const char *) node->name, complaint->name) == 0 &&
          complain_of_missing (complaint, node, declaration))
        return;
    }
}

static gboolean
validate (xmlDoc  *doc,
          GBytes  *schema,
          GError **error)
{
  g_autoptr (xmlRelaxNGParserCtxt) parser = NULL;
  g_autoptr (xmlRelaxNG) grammar = NULL;
  g_autoptr (xmlRelaxNGValidCtxt) context = NULL;
  Complaint complaint = { NULL };
  gsize length;
  const char *text = g_bytes_get_data (schema, &length);

  parser = xmlRelaxNGNewMemParserCtxt (text, (int) length);
  grammar = parser != NULL ? xmlRelaxNGParse (parser) : NULL;
  context = grammar != NULL ? xmlRelaxNGNewValidCtxt (grammar) : NULL;
  if (context == NULL)
    g_error ("No memory for the schema");

  xmlRelaxNGSetValidStructuredErrors (context, on_invalid_cb, &complaint);
  if (xmlRelaxNGValidateDoc (context, doc) == 0)
    return TRUE;

  if (complaint.name != NULL)
    find_missing_attribute (&complaint, doc, schema);
  g_set_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, _("Line %u: %s."),
               MAX (complaint.line, 1),
               complaint.sentence != NULL ? complaint.sentence : _("this is no policy"));
  g_free (complaint.name);
  g_free (complaint.sentence);

  return FALSE;
}

/**
 * mash_policy_xml_read:
 * @xml: a policy file; it may come from outside
 * @schema: our own RELAX NG schema
 * @error: one sentence with the line and the reason (%MASH_EXCHANGE_ERROR_REFUSED)
 *
 * Any thread.
 *
 * Returns: (transfer full): the tree, which follows the schema; %NULL with @error set
 */
xmlDoc *
mash_policy_xml_read (GBytes  *xml,
                      GBytes  *schema,
                      GError **error)
{
  MashFaultPlace place = { MASH_FAULT_NONE };
  g_autoptr (xmlDoc) doc = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (xml != NULL && schema != NULL, NULL);

  init_libxml ();
  data = g_bytes_get_data (xml, &length);
  place.fault = mash_prescan (data, length, &place.line);
  if (place.fault != MASH_FAULT_NONE)
    {
      g_autofree char *sentence = mash_fault_place_say (&place);

      g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);
      return NULL;
    }

  doc = parse (data, length, error);
  if (doc == NULL || !validate (doc, schema, error))
    return NULL;

  return g_steal_pointer (&doc);
}
