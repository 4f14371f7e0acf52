/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What differs between the versions of libxml2, and how its things are freed. Only exchange
 * includes this; the reader, which shares nothing with it, has its own.
 */

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>

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

G_END_DECLS
