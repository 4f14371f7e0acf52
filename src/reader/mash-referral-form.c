/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-referral-form.h"

#include <string.h>

#include "mash-date-check.h"
#include "mash-kind.h"
#include "mash-prescan.h"
#include "mash-reader-resources.h"
#include "mash-xml.h"

#define NAMESPACE "urn:mash-desk:referral:1"
#define SCHEMA "/uk/mash/Desk/reader/mash-referral.rng"
#define CONTACT_KEY "0"

/* One change group holds 200 records, and the rules add some of their own. */
#define MAX_PARTS 150

/* A record that the file tells of, while its elements are walked. */
typedef struct
{
  const MashKind *kind;
  char           *key;
  guint           in_children : 1;
  guint           has_subject : 1;
  guint           has_name : 1;
  guint           has_birth : 1;
  guint           has_due : 1;
} Part;

typedef struct
{
  MashReading   *reading;
  const char    *today;
  GHashTable    *keys;       /* key → kind, both borrowed or static */
  GArray        *references; /* of Reference */
  GString       *attachments;
  guint          n_parts;
  MashFaultPlace fault;
  guint          has_concern : 1;
} Form;

/* A pointer to somebody, checked when everybody is known. */
typedef struct
{
  char            *key;
  const MashKind  *kind;
  const MashField *field;
  guint            line;
} Reference;

static void
reference_clear (gpointer data)
{
  g_free (((Reference *) data)->key);
}

static gboolean
is_named (const xmlNode *node,
          const char    *name)
{
  return strcmp ((const char *) node->name, name) == 0;
}

static gboolean
refuse (Form            *form,
        MashFault        fault,
        guint            line,
        const MashKind  *kind,
        const MashField *field)
{
  if (form->fault.fault == MASH_FAULT_NONE)
    {
      form->fault.fault = fault;
      form->fault.line = line;
      form->fault.kind = field != NULL ? kind->name : NULL;
      form->fault.field = field != NULL ? field->name : NULL;
    }

  return FALSE;
}

static const MashKind *
find_kind (const xmlNode *node)
{
  return mash_kind_lookup (is_named (node, "letter") ? "source-document"
                                                     : (const char *) node->name);
}

static void
emit (Form           *form,
      const MashKind *kind,
      const char     *key,
      const char     *field,
      guint           line,
      const char     *value)
{
  g_autofree char *name = g_strdup_printf ("%s/%s/%s/%u", kind->name, key, field, line);

  mash_reading_add (form->reading, name, value);
}

/* Text is kept as it was written, but for its Unicode form, the line ends of other systems, and the
 * white space by which the file was laid out. */
static char *
tidy_text (const char *raw,
           gboolean    one_line)
{
  g_autofree char *normal = g_utf8_normalize (raw, -1, G_NORMALIZE_NFC);
  GString *text = g_string_new (normal != NULL ? normal : raw);

  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "\r", "\n", 0);
  if (one_line)
    {
      g_auto (GStrv) lines = NULL;

      g_string_replace (text, "\t", " ", 0);
      lines = g_strsplit (text->str, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        g_strstrip (lines[i]);
      g_string_free (text, TRUE);
      return g_strstrip (g_strjoinv (" ", lines));
    }

  return g_strstrip (g_string_free (text, FALSE));
}

static MashFault
check_day (Form            *form,
           const MashKind  *kind,
           const MashField *field,
           const char      *raw)
{
  static const char *const past[] = { "person birth", "person death", "concern when" };
  MashFault fault = mash_date_check (raw, field->type == MASH_FIELD_PARTIAL_DATE);
  g_autofree char *name = g_strdup_printf ("%s %s", kind->name, field->name);

  for (guint i = 0; fault == MASH_FAULT_NONE && i < G_N_ELEMENTS (past); i++)
    {
      if (strcmp (past[i], name) == 0)
        fault = mash_date_check_past (raw, form->today);
    }

  return fault;
}

static char *
join_tokens (const char *raw)
{
  g_auto (GStrv) words = g_strsplit_set (raw, " \t\r\n", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
    }

  return g_string_free (joined, FALSE);
}

static gboolean
check_tokens (const MashField *field,
              const char      *joined)
{
  g_auto (GStrv) words = g_strsplit (joined, " ", -1);
  g_autoptr (GVariant) value = NULL;

  if (field->type == MASH_FIELD_CODES || field->type == MASH_FIELD_REFERENCES)
    value = g_variant_ref_sink (g_variant_new_strv ((const char *const *) words, -1));
  else
    value = g_variant_ref_sink (g_variant_new_string (joined));

  return mash_field_check_value (field, value);
}

/* Gives the value as the model writes it, or %NULL and the fault. */
static char *
read_value (Form            *form,
            const MashKind  *kind,
            const MashField *field,
            const char      *raw,
            MashFault       *fault)
{
  g_autofree char *value = NULL;

  *fault = MASH_FAULT_NONE;
  switch (field->type)
    {
    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
      value = tidy_text (raw, field->type == MASH_FIELD_TEXT);
      if (!check_tokens (field, value))
        *fault = strlen (value) > 64 * 1024 ? MASH_FAULT_LONG : MASH_FAULT_CONTROL;
      break;

    case MASH_FIELD_CODE:
    case MASH_FIELD_CODES:
      value = field->type == MASH_FIELD_CODE ? g_strdup (raw) : join_tokens (raw);
      if (!check_tokens (field, value))
        *fault = MASH_FAULT_CODE_FORM;
      break;

    case MASH_FIELD_REFERENCE:
    case MASH_FIELD_REFERENCES:
      value = join_tokens (raw);
      if (!check_tokens (field, value))
        *fault = MASH_FAULT_KEY_FORM;
      break;

    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
      value = g_strdup (raw);
      *fault = check_day (form, kind, field, raw);
      break;

    case MASH_FIELD_TIME:
      value = mash_time_read (raw);
      if (value == NULL)
        *fault = MASH_FAULT_TIME_FORM;
      break;

    case MASH_FIELD_BOOL:
      value = g_strdup (raw);
      if (strcmp (raw, "true") != 0 && strcmp (raw, "false") != 0)
        *fault = MASH_FAULT_VALUE;
      break;

    case MASH_FIELD_INT:
    default:
      *fault = MASH_FAULT_VALUE;
      break;
    }

  return *fault == MASH_FAULT_NONE ? g_steal_pointer (&value) : NULL;
}

static void
note_references (Form            *form,
                 const MashKind  *kind,
                 const MashField *field,
                 guint            line,
                 const char      *value)
{
  g_auto (GStrv) keys = g_strsplit (value, " ", -1);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      Reference reference = { g_strdup (keys[i]), kind, field, line };

      g_array_append_val (form->references, reference);
    }
}

static void
note_field (Form            *form,
            Part            *part,
            const MashField *field)
{
  const char *name = field->name;

  if (strcmp (part->kind->name, "person") == 0)
    {
      part->has_name |= strcmp (name, "legal-surname") == 0 || strcmp (name, "known-as") == 0 ||
                        strcmp (name, "legal-forenames") == 0 ||
                        strcmp (name, "description") == 0 || strcmp (name, "name-unknown") == 0;
      part->has_birth |= strcmp (name, "birth") == 0;
      part->has_due |= strcmp (name, "expected-birth") == 0;
    }
  form->has_concern |= strcmp (name, "presenting-concern") == 0 ||
                       strcmp (name, "what-happened") == 0 || strcmp (name, "text") == 0;
}

/* A person's role stands with the person in the file, and with the contact in the model. */
static const MashField *
find_field (Form            *form,
            Part            *part,
            const char      *name,
            const MashKind **kind)
{
  guint i = mash_kind_find_field (part->kind, name);

  *kind = part->kind;
  if (i == MASH_NO_FIELD && strcmp (part->kind->name, "person") == 0)
    {
      *kind = mash_kind_lookup ("contact-subject");
      i = mash_kind_find_field (*kind, name);
    }

  return i != MASH_NO_FIELD && (*kind)->fields[i].owner != MASH_OWNER_RULES ? &(*kind)->fields[i]
                                                                            : NULL;
}

static void
emit_subject (Form *form,
              Part *part,
              guint line)
{
  if (part->has_subject)
    return;

  part->has_subject = TRUE;
  form->n_parts++;
  emit (form, mash_kind_lookup ("contact-subject"), part->key, "person", line, part->key);
}

static gboolean
read_field (Form       *form,
            Part       *part,
            const char *name,
            const char *raw,
            guint       line)
{
  const MashKind *kind;
  const MashField *field = find_field (form, part, name, &kind);
  g_autofree char *stripped = g_strstrip (g_strdup (raw));
  g_autofree char *value = NULL;
  MashFault fault;

  if (field == NULL)
    return refuse (form, MASH_FAULT_UNEXPECTED, line, NULL, NULL);
  if (*stripped == '\0')
    return TRUE;

  value = read_value (form, kind, field, raw, &fault);
  if (value == NULL)
    return refuse (form, fault, line, kind, field);

  if (kind != part->kind)
    emit_subject (form, part, line);
  if (field->type == MASH_FIELD_REFERENCE || field->type == MASH_FIELD_REFERENCES)
    note_references (form, kind, field, line, value);
  note_field (form, part, field);
  emit (form, kind, part->key, field->name, line, value);

  return TRUE;
}

static gboolean
take_key (Form    *form,
          Part    *part,
          xmlNode *node,
          guint    line)
{
  g_autoptr (xmlChar) given = xmlGetNoNsProp (node, (const xmlChar *) "key");

  /* What nobody points to needs no key of its own; no key in a file begins with a digit. */
  if (given == NULL)
    {
      part->key = g_strdup_printf ("%u", form->n_parts);
      return TRUE;
    }

  if (!g_regex_match_simple ("^[A-Za-z][A-Za-z0-9-]{0,39}$", (const char *) given,
                             G_REGEX_DOLLAR_ENDONLY, 0))
    return refuse (form, MASH_FAULT_KEY_FORM, line, NULL, NULL);
  if (g_hash_table_contains (form->keys, given))
    return refuse (form, MASH_FAULT_KEY_TWICE, line, NULL, NULL);
  g_hash_table_insert (form->keys, g_strdup ((const char *) given), (gpointer) part->kind);
  part->key = g_strdup ((const char *) given);

  return TRUE;
}

static gboolean
read_attributes (Form    *form,
                 Part    *part,
                 xmlNode *node,
                 guint    line)
{
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      g_autoptr (xmlChar) value = NULL;

      if (strcmp ((const char *) attribute->name, "key") == 0)
        continue;
      value = xmlNodeListGetString (node->doc, attribute->children, 1);
      if (value != NULL &&
          !read_field (form, part, (const char *) attribute->name, (const char *) value, line))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_person (Form       *form,
              const Part *part,
              guint       line)
{
  if (part->in_children && !part->has_name)
    return refuse (form, MASH_FAULT_NO_CHILD, line, NULL, NULL);
  if (part->has_birth && part->has_due)
    return refuse (form, MASH_FAULT_BORN_AND_DUE, line, NULL, NULL);

  return TRUE;
}

static gboolean read_children (Form    *form,
                               Part    *part,
                               xmlNode *node);

static gboolean
read_part (Form           *form,
           Part           *outer,
           xmlNode        *node,
           const MashKind *kind)
{
  Part part = { .kind = kind };
  guint line = (guint) MAX (xmlGetLineNo (node), 1);
  gboolean whole;

  if (++form->n_parts > MAX_PARTS)
    return refuse (form, MASH_FAULT_MANY, line, NULL, NULL);

  part.in_children = is_named (node->parent, "children");
  whole = take_key (form, &part, node, line);
  if (whole && mash_kind_find_field (kind, outer->kind->name) != MASH_NO_FIELD &&
      outer->kind != mash_kind_lookup ("contact"))
    emit (form, kind, part.key, outer->kind->name, line, outer->key);
  if (whole && part.in_children)
    emit_subject (form, &part, line);
  whole = whole && read_attributes (form, &part, node, line) &&
          read_children (form, &part, node) && check_person (form, &part, line);
  g_free (part.key);

  return whole;
}

/* The sections of the form group what belongs to the contact itself. */
static gboolean
is_section (const xmlNode *node)
{
  static const char *const sections[] = {
    "children", "family", "concerns", "agreement-and-informing", "strengths-and-history",
    "risk-to-staff", "attachments",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (is_named (node, sections[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_leaf (Form    *form,
           Part    *part,
           xmlNode *node)
{
  g_autoptr (xmlChar) raw = xmlNodeGetContent (node);
  const char *text = raw != NULL ? (const char *) raw : "";
  guint line = (guint) MAX (xmlGetLineNo (node), 1);

  if (is_named (node, "sent-at"))
    {
      g_autofree char *instant = mash_time_read (text);

      if (instant == NULL)
        return refuse (form, MASH_FAULT_TIME_FORM, line, NULL, NULL);
      mash_reading_add (form->reading, "sent-at", instant);
      return TRUE;
    }
  if (is_named (node, "attachment"))
    {
      g_autofree char *name = tidy_text (text, TRUE);

      g_string_append_printf (form->attachments, "%s%s",
                              form->attachments->len > 0 ? "; " : "", name);
      return TRUE;
    }

  return read_field (form, part, (const char *) node->name, text, line);
}

static gboolean
read_children (Form    *form,
               Part    *part,
               xmlNode *node)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      const MashKind *kind;
      gboolean whole;

      if (child->type != XML_ELEMENT_NODE)
        continue;

      kind = find_kind (child);
      if (is_section (child))
        whole = read_children (form, part, child);
      else if (kind != NULL)
        whole = read_part (form, part, child, kind);
      else
        whole = read_leaf (form, part, child);
      if (!whole)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_references (Form *form)
{
  for (guint i = 0; i < form->references->len; i++)
    {
      const Reference *reference = &g_array_index (form->references, Reference, i);
      const MashKind *kind = g_hash_table_lookup (form->keys, reference->key);

      if (kind == NULL || strcmp (kind->name, reference->field->of) != 0)
        return refuse (form, MASH_FAULT_KEY_UNKNOWN, reference->line,
                       reference->kind, reference->field);
    }

  return TRUE;
}

static gboolean
read_form (Form   *form,
           xmlDoc *doc)
{
  Part contact = { .kind = mash_kind_lookup ("contact"), .key = (char *) CONTACT_KEY };
  xmlNode *root = xmlDocGetRootElement (doc);
  guint line = (guint) MAX (xmlGetLineNo (root), 1);

  mash_reading_add (form->reading, "form", NAMESPACE);
  if (!read_children (form, &contact, root) || !check_references (form))
    return FALSE;
  if (form->attachments->len > 0 &&
      !read_field (form, &contact, "attached-names", form->attachments->str, line))
    return FALSE;
  if (!form->has_concern)
    return refuse (form, MASH_FAULT_NO_CONCERN, line, NULL, NULL);

  return TRUE;
}

/* The field that an element of the tree stands for, if it is one. */
static void
name_place (Form               *form,
            const MashXmlFault *fault)
{
  const xmlNode *node = fault->node;
  Part part = { .kind = mash_kind_lookup ("contact") };
  const MashKind *kind = NULL;
  const MashField *field = NULL;

  if (node != NULL && node->type == XML_ELEMENT_NODE && node->parent != NULL &&
      node->parent->type == XML_ELEMENT_NODE)
    {
      if (find_kind (node->parent) != NULL)
        part.kind = find_kind (node->parent);
      field = find_field (form, &part, (const char *) node->name, &kind);
    }

  refuse (form, fault->fault, fault->line, kind, field);
}

static gboolean
read_tree (Form       *form,
           const char *data,
           gsize       length)
{
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (GBytes) schema = NULL;
  MashXmlFault fault = { MASH_FAULT_NONE };
  xmlNode *root;
  guint line;
  MashFault first = mash_prescan (data, length, &line);

  if (first != MASH_FAULT_NONE)
    return refuse (form, first, line, NULL, NULL);

  doc = mash_xml_parse (data, length, &fault);
  if (doc == NULL)
    return refuse (form, fault.fault, fault.line, NULL, NULL);

  root = xmlDocGetRootElement (doc);
  if (!is_named (root, "referral") || root->ns == NULL ||
      strcmp ((const char *) root->ns->href, NAMESPACE) != 0)
    return refuse (form, MASH_FAULT_OTHER_FORMAT, (guint) MAX (xmlGetLineNo (root), 1),
                   NULL, NULL);

  schema = g_resource_lookup_data (mash_reader_get_resource (), SCHEMA,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (!mash_xml_validate (doc, schema, &fault))
    {
      name_place (form, &fault);
      return FALSE;
    }

  return read_form (form, doc);
}

/**
 * mash_referral_form_read:
 * @data: a file from outside
 * @length: its bytes
 * @today: the local date in full
 * @reading: an empty list; gets the fields, or `refused` alone, see mash_fault_place_to_text()
 *
 * mash_xml_init() comes first.
 *
 * Returns: %TRUE when the file is a referral
 */
gboolean
mash_referral_form_read (const char  *data,
                         gsize        length,
                         const char  *today,
                         MashReading *reading)
{
  g_autoptr (MashReading) fields = mash_reading_new ();
  Form form = { fields, today };
  gboolean whole;

  form.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  form.references = g_array_new (FALSE, FALSE, sizeof (Reference));
  g_array_set_clear_func (form.references, reference_clear);
  form.attachments = g_string_new (NULL);

  whole = read_tree (&form, data, length);
  for (guint i = 0; whole && i < mash_reading_get_length (fields); i++)
    mash_reading_add (reading, mash_reading_get_name (fields, i),
                      mash_reading_get_value (fields, i));
  if (!whole)
    {
      g_autofree char *text = mash_fault_place_to_text (&form.fault);

      mash_reading_add (reading, "refused", text);
    }

  g_hash_table_unref (form.keys);
  g_array_unref (form.references);
  g_string_free (form.attachments, TRUE);

  return whole;
}
