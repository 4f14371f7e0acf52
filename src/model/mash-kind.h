/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A kind of record and its fields, declared once.
 *
 * A kind (contact, person, decision…) is a static table of fields. Everything else that has to know
 * the fields of a kind follows from its table: the GObject properties, validation, completeness,
 * change bodies and the rows of the store. Nothing here keeps a value.
 */

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MashFieldType:
 * @MASH_FIELD_TEXT: one line of plain text, UTF-8, NFC
 * @MASH_FIELD_RICH: paragraphs of plain text
 * @MASH_FIELD_CODE: a value of the code list named by the field's @of
 * @MASH_FIELD_CODES: a set of such values
 * @MASH_FIELD_BOOL: yes or no
 * @MASH_FIELD_INT: a whole number
 * @MASH_FIELD_DATE: a local civil date, `YYYY-MM-DD`
 * @MASH_FIELD_PARTIAL_DATE: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @MASH_FIELD_TIME: a UTC instant, `YYYY-MM-DDTHH:MM:SS.sssZ`
 * @MASH_FIELD_REFERENCE: the id of a record of the kind named by the field's @of
 * @MASH_FIELD_REFERENCES: a set of such ids
 *
 * Values are carried as #GVariant: `s` for all single ones but %MASH_FIELD_BOOL, which is `b`, and
 * `as` for the sets. A whole number is its decimal text. %NULL is "not known".
 */
typedef enum
{
  MASH_FIELD_TEXT,
  MASH_FIELD_RICH,
  MASH_FIELD_CODE,
  MASH_FIELD_CODES,
  MASH_FIELD_BOOL,
  MASH_FIELD_INT,
  MASH_FIELD_DATE,
  MASH_FIELD_PARTIAL_DATE,
  MASH_FIELD_TIME,
  MASH_FIELD_REFERENCE,
  MASH_FIELD_REFERENCES,
} MashFieldType;

/* What a field is needed for; the words are those of the referral form. */
typedef enum
{
  MASH_NEED_NOTHING = 0,
  MASH_NEED_SAVE    = 1 << 0,
  MASH_NEED_SUBMIT  = 1 << 1,
  MASH_NEED_DECIDE  = 1 << 2,
  MASH_NEED_SIGN    = 1 << 3,
} MashNeeds;

/* Who may alter a field: whoever may edit the record, its author, the agency it names, or only
 * a deed of the policy (state, clocks, hashes). */
typedef enum
{
  MASH_OWNER_EDITOR,
  MASH_OWNER_AUTHOR,
  MASH_OWNER_AGENCY,
  MASH_OWNER_RULES,
} MashOwner;

typedef enum
{
  MASH_FIELD_PLAIN     = 0,
  MASH_FIELD_FIXED     = 1 << 0, /* given when the record is made, never altered */
  MASH_FIELD_SEARCHED  = 1 << 1, /* goes into the index of names */
  MASH_FIELD_COVERED   = 1 << 2, /* hidden on the screen until asked for */
  MASH_FIELD_VERBATIM  = 1 << 3, /* somebody's own words */
  MASH_FIELD_PAST      = 1 << 4, /* when something happened: never later than it is said */
} MashFieldTraits;

typedef enum
{
  MASH_KIND_PLAIN       = 0,
  MASH_KIND_APPEND_ONLY = 1 << 0, /* facts: never edited, only voided or superseded */
  MASH_KIND_SIGNED      = 1 << 1, /* immutable once made */
  MASH_KIND_KEPT        = 1 << 2, /* ends in its own way, such as by closing; never voided */
} MashKindTraits;

typedef struct
{
  const char     *name;   /* `kebab-case`: the property; with `_` the column */
  MashFieldType   type;
  const char     *label;  /* marked for translation, translated where it is shown */
  const char     *of;     /* the code list, or the kind referred to */
  MashNeeds       needs;
  MashOwner       owner;
  MashFieldTraits traits;
} MashField;

typedef struct
{
  const char      *name;  /* `kebab-case`; with `_` the table */
  const char      *label;
  const MashField *fields;
  guint            n_fields;
  MashKindTraits   traits;
  GType          (*get_type) (void);
} MashKind;

#define MASH_NO_FIELD G_MAXUINT

const MashKind  *mash_kind_lookup           (const char          *name);
const MashKind *const *
                 mash_kind_list             (guint               *n_kinds);
guint            mash_kind_find_field       (const MashKind      *kind,
                                             const char          *name);
guint            mash_kind_get_contact_field (const MashKind     *kind);
const GVariantType *
                 mash_field_get_value_type  (const MashField     *field);
gboolean         mash_field_check_value     (const MashField     *field,
                                             GVariant            *value);
gboolean         mash_values_equal          (GVariant            *a,
                                             GVariant            *b);

G_END_DECLS
