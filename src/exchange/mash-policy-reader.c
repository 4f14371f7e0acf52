/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-policy-reader.h"

#include <stdlib.h>
#include <string.h>

#include "mash-policy-builder.h"
#include "mash-policy-xml.h"
#include "mash-store-resources.h"

#define POLICY_PATH "/uk/mash/Desk/policy/mash-policy.xml"
#define SCHEMA_PATH "/uk/mash/Desk/policy/mash-policy.rng"

/* Attributes of one element, which live until the next is read. The schema has been checked: what
 * is asked for here is there, or may be absent. */
typedef struct
{
  MashPolicyBuilder *builder;
  xmlNode           *node;
  GPtrArray         *texts;
} Reading;

static gboolean
is_element (const xmlNode *node,
            const char    *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static void
turn_to (Reading *self,
         xmlNode *node)
{
  self->node = node;
  g_ptr_array_set_size (self->texts, 0);
  mash_policy_builder_set_line (self->builder, (guint) MAX (xmlGetLineNo (node), 1));
}

static const char *
get (Reading    *self,
     const char *name)
{
  xmlChar *value = xmlGetNoNsProp (self->node, BAD_CAST name);

  if (value != NULL)
    g_ptr_array_add (self->texts, value);

  return (const char *) value;
}

static const char *
get_content (Reading *self)
{
  xmlChar *value = xmlNodeGetContent (self->node);

  g_ptr_array_add (self->texts, value);

  return (const char *) value;
}

static gboolean
get_flag (Reading    *self,
          const char *name)
{
  return g_strcmp0 (get (self, name), "yes") == 0;
}

static guint
get_number (Reading    *self,
            const char *name)
{
  const char *value = get (self, name);

  return value != NULL ? (guint) strtoul (value, NULL, 10) : 0;
}

static guint
get_minute (Reading    *self,
            const char *name)
{
  const char *value = get (self, name);

  return (guint) (strtoul (value, NULL, 10) * 60 + strtoul (value + 3, NULL, 10));
}

/* The place of a word in a list that ends with %NULL; the schema lets no other word through. */
static guint
get_choice (Reading           *self,
            const char        *name,
            const char *const *words)
{
  const char *value = get (self, name);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strcmp0 (words[i], value) == 0)
        return i;
    }

  g_return_val_if_reached (0);
}

static void
read_list (Reading *self,
           xmlNode *node)
{
  g_autofree char *list = NULL;

  turn_to (self, node);
  list = g_strdup (get (self, "id"));
  mash_policy_builder_add_list (self->builder, list, get_flag (self, "national"));

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      MashCode code;

      if (!is_element (child, "code"))
        continue;
      turn_to (self, child);
      code = (MashCode) {
        .code = get (self, "id"),
        .label = get (self, "label"),
        .detail = get (self, "detail"),
        .retired = get_flag (self, "retired"),
      };
      mash_policy_builder_add_code (self->builder, list, &code);
    }
}

static void
read_grants (Reading    *self,
             guint       number,
             const char *attribute,
             MashGrant   grant)
{
  const char *value = get (self, attribute);
  g_auto (GStrv) roles = value != NULL ? g_strsplit (value, " ", -1) : NULL;

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    mash_policy_builder_add_grant (self->builder, number, roles[i], grant, NULL);
}

static void
read_permission (Reading *self,
                 xmlNode *node)
{
  guint number;

  turn_to (self, node);
  if (is_element (node, "note"))
    {
      mash_policy_builder_add_note (self->builder, get (self, "id"), get_content (self));
      return;
    }

  number = get_number (self, "number");
  mash_policy_builder_add_permission (self->builder, number, get (self, "label"));
  read_grants (self, number, "yes", MASH_GRANT_YES);
  read_grants (self, number, "own", MASH_GRANT_OWN);
  read_grants (self, number, "assigned", MASH_GRANT_ASSIGNED);

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (!is_element (child, "if"))
        continue;
      turn_to (self, child);
      mash_policy_builder_add_grant (self->builder, number, get (self, "role"),
                                     MASH_GRANT_CONDITION, get (self, "note"));
    }
}

static void
read_calendar (Reading *self,
               xmlNode *node)
{
  g_autofree char *calendar = NULL;

  turn_to (self, node);
  calendar = g_strdup (get (self, "id"));
  mash_policy_builder_add_calendar (self->builder, calendar);

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE)
        continue;
      turn_to (self, child);
      if (is_element (child, "hours"))
        mash_policy_builder_set_hours (self->builder, calendar, get_number (self, "day"),
                                       get_minute (self, "from"), get_minute (self, "to"));
      else
        mash_policy_builder_add_holiday (self->builder, calendar, get (self, "date"));
    }
}

static void
read_clock (Reading *self,
            xmlNode *node)
{
  /* In the order of MashClockUnit, and in the order of the letters of BRAG. */
  static const char *const units[] = {
    "elapsed", "working-days", "business-hours", "calendar-days", "same-day", "months",
    "report-only", NULL,
  };
  static const char *const brags[] = { "blue", "green", "amber", "red" };
  MashClockRule rule;

  turn_to (self, node);
  rule = (MashClockRule) {
    .id = get (self, "id"),
    .label = get (self, "label"),
    .short_label = get (self, "short"),
    .statutory = get_flag (self, "statutory"),
    .unit = get_choice (self, "unit", units),
    .limit_minutes = get_number (self, "minutes"),
    .limit = get_number (self, "limit"),
    .red_same_day = get_flag (self, "red-same-day"),
    .leads = get_flag (self, "leads"),
    .may_pause = get_flag (self, "may-pause"),
    .calendar = get (self, "calendar"),
    .source = get (self, "source"),
    .warn_percent = get_number (self, "warn"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (brags); i++)
    {
      rule.brag_minutes[i] = get_number (self, brags[i]);
      rule.by_brag |= rule.brag_minutes[i] > 0;
    }
  mash_policy_builder_add_clock (self->builder, &rule);
}

static void
read_level (Reading *self,
            xmlNode *node)
{
  MashLevel level;

  turn_to (self, node);
  level = (MashLevel) {
    .code = get (self, "code"),
    .name = get (self, "name"),
    .criteria = get_content (self),
  };
  mash_policy_builder_add_level (self->builder, &level);
}

static void
read_weight (Reading *self,
             xmlNode *node)
{
  turn_to (self, node);
  mash_policy_builder_set_weight (self->builder, get (self, "item"), get_number (self, "value"));
}

static void
read_setting (Reading *self,
              xmlNode *node)
{
  turn_to (self, node);
  mash_policy_builder_set_setting (self->builder, get (self, "name"), get (self, "value"));
}

static void
read_guard (Reading    *self,
            const char *deed)
{
  /* In the order of MashGuardTest. */
  static const char *const tests[] = {
    "role", "post", "own-agency", "assigned", "asked", "state", "field", "differs", "unchanged",
    "signed", "within", "on-line", "named", NULL,
  };
  const MashGuard guard = {
    .test = get_choice (self, "test", tests),
    .kind = get (self, "kind"),
    .field = get (self, "field"),
    .value = get (self, "value"),
    .when_field = get (self, "when-field"),
    .when_value = get (self, "when-value"),
    .says = get (self, "says"),
    .holds = get (self, "holds"),
  };

  mash_policy_builder_add_guard (self->builder, deed, &guard);
}

static void
read_effect (Reading    *self,
             const char *deed)
{
  MashEffect effect = {
    .clock = get (self, "clock"),
    .at = get (self, "at"),
    .field = get (self, "field"),
    .value = get (self, "value"),
    .only_from = get (self, "only-from"),
    .share = get (self, "share"),
    .only_when = get (self, "only-when"),
    .when_field = get (self, "when-field"),
    .when_value = get (self, "when-value"),
  };

  if (is_element (self->node, "start"))
    effect.kind = MASH_EFFECT_START;
  else if (is_element (self->node, "stop"))
    effect.kind = MASH_EFFECT_STOP;
  else if (is_element (self->node, "set"))
    effect.kind = MASH_EFFECT_SET;
  else if (is_element (self->node, "sample"))
    {
      effect.kind = MASH_EFFECT_SAMPLE;
      effect.value = get (self, "reason");
    }
  else
    {
      effect.kind = MASH_EFFECT_RECORD;
      effect.value = get (self, "what");
      effect.field = get (self, "type");
    }
  mash_policy_builder_add_effect (self->builder, deed, &effect);
}

static void
read_deed (Reading *self,
           xmlNode *node)
{
  g_autofree char *id = NULL;
  MashDeed deed;

  turn_to (self, node);
  id = g_strdup (get (self, "id"));
  deed = (MashDeed) {
    .id = id,
    .label = get (self, "label"),
    .done = get (self, "done"),
    .permission = get_number (self, "permission"),
    .from = get (self, "from"),
    .to = get (self, "to"),
    .to_when = get (self, "to-when"),
    .touches = get (self, "touches"),
    .sets = get (self, "sets"),
    .sign_off = get (self, "sign-off"),
    .sign_result = get (self, "sign-result"),
    .meaning = get (self, "meaning"),
    .passphrase = get_flag (self, "passphrase"),
    .needs_reason = get_flag (self, "needs-reason"),
    .open_only = get_flag (self, "open-only"),
    .significance = get (self, "significance"),
  };
  mash_policy_builder_add_deed (self->builder, &deed);

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE)
        continue;
      turn_to (self, child);
      if (is_element (child, "guard"))
        read_guard (self, id);
      else
        read_effect (self, id);
    }
}

static void
read_sections (Reading *self,
               xmlNode *root)
{
  static const struct
  {
    const char *section;
    void        (*read) (Reading *self,
                         xmlNode *node);
  } readers[] = {
    { "lists", read_list },
    { "permissions", read_permission },
    { "calendars", read_calendar },
    { "clocks", read_clock },
    { "levels", read_level },
    { "weights", read_weight },
    { "settings", read_setting },
    { "deeds", read_deed },
  };

  turn_to (self, root);
  mash_policy_builder_set_versions (self->builder, get (self, "version"),
                                    get (self, "form-version"), get (self, "criteria-version"),
                                    get (self, "criteria-from"));
  for (xmlNode *section = root->children; section != NULL; section = section->next)
    {
      for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
        {
          if (!is_element (section, readers[i].section))
            continue;
          for (xmlNode *node = section->children; node != NULL; node = node->next)
            {
              if (node->type == XML_ELEMENT_NODE)
                readers[i].read (self, node);
            }
        }
    }
}

static void
free_text (gpointer text)
{
  xmlFree (text);
}

static MashPolicy *
build (xmlDoc  *doc,
       GError **error)
{
  g_autoptr (MashPolicyBuilder) builder = mash_policy_builder_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (free_text);
  g_autoptr (GError) fault = NULL;
  Reading reading = { builder, NULL, texts };
  MashPolicy *policy;

  read_sections (&reading, xmlDocGetRootElement (doc));
  policy = mash_policy_builder_finish (builder, &fault);
  if (policy == NULL)
    g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, fault->message);

  return policy;
}

static GBytes *
load_resource (const char *path,
               GError    **error)
{
  /* Asking for the bundle is what keeps the linker from leaving it out. */
  return g_resource_lookup_data (mash_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}

/**
 * mash_policy_reader_load:
 * @xml: a policy file; it may come from outside
 * @name: what the file is called in the error
 * @error: one sentence: the file, the line, the reason (%MASH_EXCHANGE_ERROR_REFUSED)
 *
 * Any thread.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
MashPolicy *
mash_policy_reader_load (GBytes     *xml,
                         const char *name,
                         GError    **error)
{
  g_autoptr (GBytes) schema = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  MashPolicy *policy = NULL;

  g_return_val_if_fail (xml != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  schema = load_resource (SCHEMA_PATH, error);
  if (schema == NULL)
    return NULL;

  doc = mash_policy_xml_read (xml, schema, error);
  if (doc != NULL)
    policy = build (doc, error);
  if (policy == NULL)
    g_prefix_error (error, "%s: ", name);

  return policy;
}

/**
 * mash_policy_reader_load_builtin:
 * @error: says why not
 *
 * Reads the policy that comes with the program. Any thread.
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
MashPolicy *
mash_policy_reader_load_builtin (GError **error)
{
  g_autoptr (GBytes) xml = load_resource (POLICY_PATH, error);

  return xml != NULL ? mash_policy_reader_load (xml, "mash-policy.xml", error) : NULL;
}
