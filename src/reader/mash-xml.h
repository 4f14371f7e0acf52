/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* libxml2 on a short lead: parses what the prescan let through, and validates it.
 *
 * The caps, the options and the conditions under which a tree is believed are those of security.md
 * 3.3, rules 2 to 4. The first fault ends the work. This header is the only one of the reader that
 * knows how the callbacks of libxml2 differ between its versions.
 */

#include <libxml/relaxng.h>
#include <libxml/tree.h>

#include "mash-fault.h"

G_BEGIN_DECLS

#if LIBXML_VERSION >= 21200
typedef const xmlError MashXmlError;
#else
typedef xmlError MashXmlError;
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlChar, xmlFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlParserCtxt, xmlFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNG, xmlRelaxNGFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

/* Where a fault lies: the line, and the element when there is one. */
typedef struct
{
  MashFault   fault;
  guint       line;
  xmlNode    *node;
} MashXmlFault;

void      mash_xml_init     (void);
xmlDoc   *mash_xml_parse    (const char    *data,
                             gsize          length,
                             MashXmlFault  *fault) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_xml_validate (xmlDoc        *doc,
                             GBytes        *schema,
                             MashXmlFault  *fault);

G_END_DECLS
