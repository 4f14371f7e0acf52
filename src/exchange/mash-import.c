/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-import.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-exchange-error.h"
#include "mash-identifiers.h"
#include "mash-kinds.h"
#include "mash-reader-client.h"

static void
free_line (MashImportLine *line)
{
  g_hash_table_unref (line->cells);
  g_free (line);
}

void
mash_import_free (MashImport *self)
{
  if (self == NULL)
    return;

  g_free (self->sha256);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static MashImportLine *
add_line (MashImport *self,
          guint       number)
{
  MashImportLine *line = g_new0 (MashImportLine, 1);

  line->line = number;
  line->cells = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_ptr_array_add (self->lines, line);

  return line;
}

static gboolean
parse_line (const char *text,
            guint      *line)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &number, NULL))
    return FALSE;
  *line = (guint) number;

  return TRUE;
}

/* The helper's list is taken word by word and nothing in it believed. */
static gboolean
take_pair (MashImport  *self,
           const char  *name,
           const char  *value)
{
  MashImportLine *last = self->lines->len > 0
                         ? g_ptr_array_index (self->lines, self->lines->len - 1) : NULL;
  const MashImportColumn *column;
  MashFaultPlace place;
  guint number;

  if (strcmp (name, "row") == 0)
    return parse_line (value, &number) && add_line (self, number) != NULL;
  if (strcmp (name, "bad") == 0)
    {
      if (!mash_fault_place_from_text (value, &place))
        return FALSE;
      add_line (self, place.line)->fault = place;
      return TRUE;
    }
  if (last == NULL || last->fault.fault != MASH_FAULT_NONE)
    return FALSE;
  if (strcmp (name, "note") == 0)
    return mash_fault_place_from_text (value, &last->note);

  column = mash_import_find_column (self->form, name);

  return column != NULL && g_utf8_validate (value, -1, NULL) &&
         g_hash_table_insert (last->cells, (gpointer) column->name, g_strdup (value));
}

static void
refuse_line (MashImportLine         *line,
             MashFault               fault,
             const MashImportColumn *column)
{
  line->fault = (MashFaultPlace) { fault, line->line, column->kind, column->field };
}

/* What only the hub knows: its lists. */
static void
check_line (const MashImport *self,
            MashImportLine   *line,
            MashPolicy       *policy)
{
  const MashImportColumn *columns;
  guint n_columns;

  columns = mash_import_list_columns (self->form, &n_columns);
  for (guint i = 0; line->fault.fault == MASH_FAULT_NONE && i < n_columns; i++)
    {
      const char *cell = mash_import_line_get (line, columns[i].name);
      const MashKind *kind = mash_kind_lookup (columns[i].kind);
      guint field = mash_kind_find_field (kind, columns[i].field);

      if (cell == NULL && columns[i].needed)
        refuse_line (line, MASH_FAULT_CSV_NEEDED, &columns[i]);
      else if (cell != NULL && columns[i].check == MASH_COLUMN_CODE)
        {
          const MashCode *code = mash_policy_find_code (policy, kind->fields[field].of, cell);

          if (code == NULL || code->retired)
            refuse_line (line, MASH_FAULT_CODE_UNKNOWN, &columns[i]);
        }
    }
  if (line->fault.fault == MASH_FAULT_NONE &&
      (mash_import_line_get (line, "identifier_type") != NULL) !=
      (mash_import_line_get (line, "identifier") != NULL))
    refuse_line (line, MASH_FAULT_CSV_IDENTIFIER,
                 mash_import_find_column (MASH_IMPORT_PEOPLE, "identifier"));
}

/**
 * mash_import_from_reading:
 * @reading: what a helper said; may be anything
 * @policy: the policy in force, whose lists codes are looked up in
 *
 * Returns: (transfer full) (nullable): the rows; %NULL where it makes no sense
 */
MashImport *
mash_import_from_reading (MashReading *reading,
                          MashPolicy  *policy)
{
  g_autoptr (MashImport) self = g_new0 (MashImport, 1);
  guint length = mash_reading_get_length (reading);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) free_line);
  self->sha256 = g_strdup (mash_reading_find (reading, "sha256"));
  if (self->sha256 == NULL || length == 0 ||
      strcmp (mash_reading_get_name (reading, 0), "form") != 0 ||
      !mash_import_find_form (mash_reading_get_value (reading, 0), &self->form))
    return NULL;

  for (guint i = 1; i < length; i++)
    {
      const char *name = mash_reading_get_name (reading, i);

      if (strcmp (name, "sha256") != 0 &&
          !take_pair (self, name, mash_reading_get_value (reading, i)))
        return NULL;
    }
  for (guint i = 0; i < self->lines->len; i++)
    check_line (self, g_ptr_array_index (self->lines, i), policy);
  if (self->form == MASH_IMPORT_COUNTS)
    mash_import_check_counts (self);

  return g_steal_pointer (&self);
}

/**
 * mash_import_read:
 * @file: a file as it came
 * @policy: the policy in force
 * @today: the local date in full
 * @cancellable: (nullable): to stop it
 * @error: %MASH_EXCHANGE_ERROR
 *
 * Has the separate reader take the file apart. Blocks; worker thread.
 *
 * Returns: (transfer full) (nullable): its rows, good and bad
 */
MashImport *
mash_import_read (GBytes        *file,
                  MashPolicy    *policy,
                  const char    *today,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const MashReaderCall call = { .form = "import", .today = today };
  g_autoptr (MashReading) reading = NULL;
  MashImport *self;

  g_return_val_if_fail (file != NULL && policy != NULL, NULL);

  reading = mash_reader_client_run (&call, file, cancellable, error);
  if (reading == NULL)
    return NULL;

  self = mash_import_from_reading (reading, policy);
  if (self == NULL)
    g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_UNSAFE,
                         _("The file could not be read safely."));

  return self;
}

/**
 * mash_import_line_get:
 * @self: a row
 * @column: the name of a column
 *
 * Returns: (nullable): what stands there; %NULL where nothing does
 */
const char *
mash_import_line_get (const MashImportLine *self,
                      const char           *column)
{
  return g_hash_table_lookup (self->cells, column);
}

/**
 * mash_import_line_dup_said:
 * @self: a row
 * @form: what its file holds
 *
 * Returns: (transfer full): the row in the order of the form's columns, so that moved columns make
 *   no other row
 */
char *
mash_import_line_dup_said (const MashImportLine *self,
                           MashImportForm        form)
{
  g_autoptr (GString) said = g_string_new (NULL);
  const MashImportColumn *columns;
  guint n_columns;

  columns = mash_import_list_columns (form, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *cell = mash_import_line_get (self, columns[i].name);

      if (cell != NULL)
        g_string_append_printf (said, "%s%s: %s", said->len > 0 ? "\n" : "", columns[i].name,
                                cell);
    }

  return g_string_free (g_steal_pointer (&said), FALSE);
}

/**
 * mash_import_line_dup_digest:
 * @self: a row
 * @form: what its file holds
 *
 * Returns: (transfer full): the same for two rows that say the same, in whichever file
 */
char *
mash_import_line_dup_digest (const MashImportLine *self,
                             MashImportForm        form)
{
  g_autofree char *said = mash_import_line_dup_said (self, form);
  g_autofree char *text = g_strdup_printf ("%s\n%s", mash_import_get_form_name (form), said);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* Making groups */

typedef struct
{
  const MashImportLine  *line;
  const MashImportKnown *known;
  GPtrArray             *edits;    /* of MashEdit, until all of them are filled in */
  MashIdSource           make_id;
  gpointer               data;
} Maker;

static MashEdit *
add (Maker          *maker,
     const MashKind *kind)
{
  g_autofree char *id = maker->make_id (maker->data);
  MashEdit *edit = mash_edit_new (kind, id, 0);

  g_ptr_array_add (maker->edits, edit);

  return edit;
}

static void
set_field (MashEdit               *edit,
           const MashImportColumn *column,
           const char             *cell)
{
  if (column->check == MASH_COLUMN_YES_NO)
    mash_edit_set_flag (edit, column->field, strcmp (cell, "yes") == 0);
  else
    mash_edit_set_text (edit, column->field, cell);
}

/* Fills a record from the cells of its columns; tells whether there were any. */
static gboolean
fill (Maker          *maker,
      MashImportForm  form,
      MashEdit       *edit,
      const char     *kind)
{
  const MashImportColumn *columns;
  gboolean any = FALSE;
  guint n_columns;

  columns = mash_import_list_columns (form, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *cell = mash_import_line_get (maker->line, columns[i].name);

      if (cell == NULL || strcmp (columns[i].kind, kind) != 0)
        continue;
      any = TRUE;
      if (edit != NULL)
        set_field (edit, &columns[i], cell);
    }

  return any;
}

static gboolean
has_number (Maker      *maker,
            const char *type,
            const char *value,
            const char *issuer)
{
  GPtrArray *all = maker->known->identifiers;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MashRecord *identifier = g_ptr_array_index (all, i);

      if (g_strcmp0 (mash_record_get_text (identifier, "type"), type) == 0 &&
          g_strcmp0 (mash_record_get_text (identifier, "value"), value) == 0 &&
          g_strcmp0 (mash_record_get_text (identifier, "issuer"), issuer) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_identifier (Maker      *maker,
                const char *person,
                const char *type,
                const char *value,
                const char *issuer,
                gboolean    verified)
{
  MashEdit *edit;

  if (has_number (maker, type, value, issuer))
    return;
  edit = add (maker, &mash_identifier_kind);
  mash_edit_set_text (edit, "person", person);
  mash_edit_set_text (edit, "type", type);
  mash_edit_set_text (edit, "value", value);
  if (issuer != NULL)
    mash_edit_set_text (edit, "issuer", issuer);
  mash_edit_set_flag (edit, "verified", verified);
}

/* A number whose check digit does not hold is kept as what somebody wrote, and identifies
 * nobody. */
static void
settle_numbers (Maker      *maker,
                MashEdit   *person,
                const char *id)
{
  static const struct
  {
    const char *column;
    const char *field;
    const char *type;
    gboolean  (*check) (const char *text);
  } numbers[] = {
    { "nhs_number", "nhs-number", "NHS", mash_nhs_number_check },
    { "upn", "upn", "UPN", mash_upn_check },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *cell = mash_import_line_get (maker->line, numbers[i].column);
      g_autofree char *plain = cell != NULL ? mash_identifiers_normalize (cell) : NULL;

      if (plain == NULL)
        continue;
      if (numbers[i].check (plain))
        {
          mash_edit_set_text (person, numbers[i].field, plain);
        }
      else
        {
          guint field = mash_kind_find_field (&mash_person_kind, numbers[i].field);

          mash_edit_set (person, field, NULL, NULL);
          add_identifier (maker, id, numbers[i].type, cell,
                          mash_import_line_get (maker->line, "source_system"), FALSE);
        }
    }
}

static const char *
get_person_kind (const MashImportLine *line)
{
  const char *kind = mash_import_line_get (line, "kind");

  if (kind != NULL)
    return kind;

  return mash_import_line_get (line, "due") != NULL ? "UNBORN" : "UNKNOWN";
}

static void
add_home (Maker      *maker,
          const char *person)
{
  MashEdit *address, *household, *member;

  if (!fill (maker, MASH_IMPORT_PEOPLE, NULL, "address"))
    return;

  address = add (maker, &mash_address_kind);
  fill (maker, MASH_IMPORT_PEOPLE, address, "address");
  household = add (maker, &mash_household_kind);
  mash_edit_set_text (household, "address", mash_edit_get_id (address));
  member = add (maker, &mash_household_member_kind);
  mash_edit_set_text (member, "household", mash_edit_get_id (household));
  mash_edit_set_text (member, "person", person);
}

static void
add_person (Maker *maker,
            char **id)
{
  MashEdit *person = add (maker, &mash_person_kind);
  const char *previous = mash_import_line_get (maker->line, "previous_surname");
  const char *telephone = mash_import_line_get (maker->line, "telephone");

  *id = g_strdup (mash_edit_get_id (person));
  fill (maker, MASH_IMPORT_PEOPLE, person, "person");
  mash_edit_set_text (person, "kind", get_person_kind (maker->line));
  settle_numbers (maker, person, *id);
  if (previous != NULL)
    {
      MashEdit *name = add (maker, &mash_person_name_kind);

      mash_edit_set_text (name, "person", *id);
      mash_edit_set_text (name, "use", "PREV");
      mash_edit_set_text (name, "surname", previous);
    }
  if (telephone != NULL)
    {
      MashEdit *point = add (maker, &mash_contact_point_kind);

      mash_edit_set_text (point, "person", *id);
      mash_edit_set_text (point, "type", "PHONE");
      mash_edit_set_text (point, "value", telephone);
    }
  add_home (maker, *id);
}

/* The numbers that the row gives its person: the one of its own system, and another. */
static void
add_numbers (Maker      *maker,
             const char *person)
{
  const char *other = mash_import_line_get (maker->line, "identifier");

  add_identifier (maker, person, "CASE", mash_import_line_get (maker->line, "source_id"),
                  mash_import_line_get (maker->line, "source_system"), TRUE);
  if (other != NULL)
    add_identifier (maker, person, mash_import_line_get (maker->line, "identifier_type"), other,
                    mash_import_line_get (maker->line, "identifier_issuer"), FALSE);
}

/**
 * mash_import_file_to_group:
 * @self: a file
 * @id: the id of the record that is to be made of it
 *
 * Returns: (transfer full): what writes down that the file is being taken in
 */
MashGroup *
mash_import_file_to_group (const MashImport *self,
                           const char       *id)
{
  MashGroup *group = mash_group_new ("import-rows", NULL);
  MashEdit *edit = mash_edit_new (&mash_import_file_kind, id, 0);

  mash_edit_set_text (edit, "form", mash_import_get_form_name (self->form));
  mash_edit_set_text (edit, "fingerprint", self->sha256);
  mash_edit_set_int (edit, "rows", self->lines->len);
  mash_group_take_edit (group, edit);

  return group;
}

/* The episode of a row: a new one, or the same one with what the other system says of it now. */
static MashEdit *
add_episode (Maker *maker)
{
  MashRecord *before = maker->known->episode;
  MashEdit *episode = before != NULL ? mash_edit_new_for (before) : add (maker,
                                                                         &mash_episode_kind);
  static const char *const fields[] = { "type", "opened", "closed", "outcome", "team" };

  if (before == NULL)
    {
      mash_edit_set_text (episode, "person", maker->known->person);
      mash_edit_set_text (episode, "system",
                          mash_import_line_get (maker->line, "source_system"));
      fill (maker, MASH_IMPORT_EPISODES, episode, "episode");
      return episode;
    }

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      guint field = mash_kind_find_field (&mash_episode_kind, fields[i]);
      const char *cell = mash_import_line_get (maker->line, fields[i]);
      g_autoptr (GVariant) now = cell != NULL ? g_variant_ref_sink (g_variant_new_string (cell))
                                              : NULL;

      mash_edit_set (episode, field, mash_record_get_value (before, field), now);
    }
  g_ptr_array_add (maker->edits, episode);

  return episode;
}

/**
 * mash_import_line_to_group:
 * @self: a file
 * @line: a good row of it
 * @file: the id of the record that stands for the file
 * @known: what the hub has already
 * @make_id: (scope call): gives ids
 * @data: for @make_id
 *
 * What is known of a person is never altered by a row: it adds a number and where it comes from,
 * with all that the row said. An episode is the other system’s own, and follows it. Any thread.
 *
 * Returns: (transfer full): what takes the row in, in one step
 */
MashGroup *
mash_import_line_to_group (const MashImport      *self,
                           const MashImportLine  *line,
                           const char            *file,
                           const MashImportKnown *known,
                           MashIdSource           make_id,
                           gpointer               data)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new ();
  Maker maker = { line, known, edits, make_id, data };
  MashGroup *group = mash_group_new ("import-rows", NULL);
  g_autofree char *made = NULL;
  g_autofree char *digest = mash_import_line_dup_digest (line, self->form);
  g_autofree char *said = mash_import_line_dup_said (line, self->form);
  g_autofree char *episode = NULL;
  MashEdit *row;

  if (known->person == NULL)
    add_person (&maker, &made);
  if (self->form == MASH_IMPORT_PEOPLE)
    {
      add_numbers (&maker, known->person != NULL ? known->person : made);
    }
  else
    {
      episode = g_strdup (mash_edit_get_id (add_episode (&maker)));
    }

  row = add (&maker, &mash_import_row_kind);
  mash_edit_set_text (row, "file", file);
  mash_edit_set_int (row, "line", line->line);
  mash_edit_set_text (row, "system", mash_import_line_get (line, "source_system"));
  mash_edit_set_text (row, "digest", digest);
  mash_edit_set_text (row, "person", known->person != NULL ? known->person : made);
  if (episode != NULL)
    mash_edit_set_text (row, "episode", episode);
  mash_edit_set_flag (row, "new-person", known->person == NULL);
  mash_edit_set_text (row, "said", said);

  for (guint i = 0; i < edits->len; i++)
    mash_group_take_edit (group, g_ptr_array_index (edits, i));

  return group;
}
