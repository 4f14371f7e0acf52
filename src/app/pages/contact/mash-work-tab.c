/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-work-tab.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-children.h"
#include "mash-mention-text.h"
#include "mash-sentences.h"
#include "mash-time.h"
#include "mash-words.h"
#include "mash-work-row.h"

/* How much of a note a mention carries into the tray of whom it mentions. */
#define WHY_MAX 120

/* The name under which the draft keeps a note that is not added yet. */
#define COMPOSED "note.composed"

struct _MashWorkTab
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkBox          *columns;
  GtkWidget       *asked_panel;
  GtkListBox      *asked;
  MashMentionText *text;
  GtkLabel        *refusal;
  GtkListBox      *notes;
  GtkListBox      *tasks;
  GtkListBox      *flags;
  GtkWidget       *no_notes;
  GtkWidget       *no_tasks;
  GtkWidget       *no_flags;

  guint            submitting : 1;
  guint            filling : 1;
};

G_DEFINE_FINAL_TYPE (MashWorkTab, mash_work_tab, MASH_TYPE_CONTACT_PART)

static MashService *
get_service (MashWorkTab *self)
{
  return mash_contact_part_get_service (MASH_CONTACT_PART (self));
}

static GListModel *
get_list (MashWorkTab *self,
          const char  *kind)
{
  return mash_contact_file_get_list (mash_contact_part_get_file (MASH_CONTACT_PART (self)), kind);
}

/* The name of a member of staff, or the title of a post. */
static char *
dup_staff (MashWorkTab *self,
           const char  *id,
           const char  *by,
           const char  *what)
{
  GListModel *staff = mash_service_get_staff (get_service (self));

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);
      g_autofree char *candidate = NULL;
      char *words = NULL;

      g_object_get (item, by, &candidate, NULL);
      if (g_strcmp0 (candidate, id) != 0)
        continue;
      g_object_get (item, what, &words, NULL);
      return words;
    }

  return g_strdup (_("Somebody who has left"));
}

static const char *
get_author (MashEntity *entity)
{
  return mash_record_get_stamps (mash_entity_get_record (entity))->created_by;
}

static char *
dup_target (const char *deed,
            MashEntity *entity)
{
  return g_strdup_printf ("%s %s", deed, mash_entity_get_id (entity));
}

static void
add_deed (MashWorkRow *row,
          const char  *label,
          const char  *deed,
          MashEntity  *entity)
{
  g_autofree char *target = dup_target (deed, entity);

  mash_work_row_add_deed (row, label, "contact.deed", target);
}

/* Who was mentioned in a note, and whether they have seen it. */
static char *
dup_mentioned (MashWorkTab *self,
               MashEntity  *note)
{
  GListModel *mentions = get_list (self, "mention");
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (mentions); i++)
    {
      g_autoptr (MashEntity) mention = g_list_model_get_item (mentions, i);
      g_autofree char *name = NULL;

      if (g_strcmp0 (mash_entity_get_text (mention, "note"), mash_entity_get_id (note)) != 0)
        continue;
      name = dup_staff (self, mash_entity_get_text (mention, "whom"), "staff", "name");
      if (words->len > 0)
        g_string_append (words, ", ");
      /* Translators: %s is the name of a colleague who was asked to look at a note. */
      g_string_append_printf (words, mash_entity_get_text (mention, "seen-at") != NULL
                              ? _("%s has seen it") : _("%s has not seen it yet"), name);
    }

  return g_string_free (words, FALSE);
}

static void
show_note (MashWorkTab *self,
           MashEntity  *note)
{
  gint64 now = mash_service_get_now (get_service (self));
  g_autofree char *author = dup_staff (self, get_author (note), "staff", "name");
  g_autofree char *at = mash_words_instant (mash_entity_get_text (note, "at"), now);
  g_autofree char *mentioned = dup_mentioned (self, note);
  g_autofree char *second = mash_words_join (" · ", author, at, mentioned, NULL);

  gtk_list_box_prepend (self->notes,
                        GTK_WIDGET (mash_work_row_new (mash_entity_get_text (note, "text"),
                                                       second)));
}

static void
show_asked (MashWorkTab *self,
            MashEntity  *mention)
{
  const char *person = mash_service_get_actor (get_service (self))->person;
  g_autofree char *author = NULL;
  g_autofree char *words = NULL;
  MashWorkRow *row;

  if (mash_entity_get_text (mention, "seen-at") != NULL ||
      g_strcmp0 (mash_entity_get_text (mention, "whom"), person) != 0)
    return;

  author = dup_staff (self, get_author (mention), "staff", "name");
  /* Translators: %s is the name of a colleague. */
  words = g_strdup_printf (_("%s asks you to look"), author);
  row = mash_work_row_new (mash_entity_get_text (mention, "why"), words);
  mash_work_row_add_deed (row, _("Mark as seen"), "work.see", mash_entity_get_id (mention));
  gtk_list_box_append (self->asked, GTK_WIDGET (row));
}

static void
show_task (MashWorkTab *self,
           MashEntity  *task)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  gint64 now = mash_service_get_now (get_service (self));
  const char *owner = mash_entity_get_text (task, "owner");
  const char *post = mash_entity_get_text (task, "owner-post");
  const char *status = mash_entity_get_text (task, "status");
  const char *due_at = mash_entity_get_text (task, "due-at");
  g_autofree char *who = owner != NULL ? dup_staff (self, owner, "staff", "name")
                                       : dup_staff (self, post, "post", "title");
  g_autofree char *due = mash_words_instant (due_at, now);
  g_autofree char *by = g_strdup_printf (_("by %s"), due);
  gboolean open = g_strcmp0 (status, "OPEN") == 0;
  g_autofree char *second = NULL;
  gboolean late;
  MashWorkRow *row;
  gint64 usec;

  late = open && due_at != NULL && mash_time_parse (due_at, &usec) && usec < now;
  second = mash_words_join (" · ",
                            late ? _("Late") : mash_policy_get_label (policy, "TASK", status),
                            who, by,
                            open ? "" : mash_entity_get_text (task, "outcome"), NULL);
  row = mash_work_row_new (mash_entity_get_text (task, "what"), second);
  if (late)
    mash_work_row_set_late (row);
  if (open)
    {
      add_deed (row, _("Done…"), "finish-task", task);
      add_deed (row, _("Change…"), "change-task", task);
      add_deed (row, _("Cancel…"), "cancel-task", task);
      gtk_list_box_prepend (self->tasks, GTK_WIDGET (row));
    }
  else
    {
      gtk_list_box_append (self->tasks, GTK_WIDGET (row));
    }
}

static void
show_flag (MashWorkTab *self,
           MashEntity  *flag)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  g_autofree char *today = mash_time_dup_local_date (mash_service_get_now (get_service (self)));
  const char *review_by = mash_entity_get_text (flag, "review-by");
  gboolean cleared = mash_entity_get_text (flag, "cleared-at") != NULL;
  gboolean late = !cleared && g_strcmp0 (review_by, today) < 0;
  g_autofree char *date = mash_words_date (review_by);
  g_autofree char *review = g_strdup_printf (late ? _("Review is late, was due %s")
                                                  : _("Review by %s"), date);
  g_autofree char *second = mash_words_join (
    " · ", mash_entity_get_text (flag, "reason"), cleared ? _("Cleared") : review,
    cleared && mash_entity_get_text (flag, "clear-reason") != NULL
    ? mash_entity_get_text (flag, "clear-reason") : "", NULL);
  MashWorkRow *row = mash_work_row_new (
    mash_policy_get_label (policy, "FLAG", mash_entity_get_text (flag, "type")), second);

  if (late)
    mash_work_row_set_late (row);
  if (!cleared)
    {
      add_deed (row, _("Review…"), "review-flag", flag);
      add_deed (row, _("Clear…"), "clear-flag", flag);
    }
  gtk_list_box_append (self->flags, GTK_WIDGET (row));
}

static guint
show_each (MashWorkTab *self,
           const char *kind,
           GtkListBox *list,
           void ( *show ) (MashWorkTab *self, MashEntity *entity))
{
  GListModel *entities = get_list (self, kind);

  mash_remove_children (GTK_WIDGET (list));
  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (entities, i);

      if (mash_entity_get_record (entity) != NULL)
        show (self, entity);
    }
  gtk_widget_set_visible (GTK_WIDGET (list),
                          gtk_widget_get_first_child (GTK_WIDGET (list)) != NULL);

  return gtk_widget_get_visible (GTK_WIDGET (list));
}

static void
mash_work_tab_updated (MashContactPart *part)
{
  MashWorkTab *self = MASH_WORK_TAB (part);

  gtk_widget_set_visible (self->asked_panel,
                          show_each (self, "mention", self->asked, show_asked));
  gtk_widget_set_visible (self->no_notes, !show_each (self, "note", self->notes, show_note));
  gtk_widget_set_visible (self->no_tasks, !show_each (self, "task", self->tasks, show_task));
  gtk_widget_set_visible (self->no_flags, !show_each (self, "flag", self->flags, show_flag));
}

/* A note that was not added before a lock or a crash is still there. */
static void
mash_work_tab_file_set (MashContactPart *part)
{
  MashWorkTab *self = MASH_WORK_TAB (part);

  mash_mention_text_set_staff (self->text, mash_service_get_staff (get_service (self)));
  self->filling = TRUE;
  mash_mention_text_set_text (self->text,
                              mash_contact_file_get_loose (mash_contact_part_get_file (part),
                                                           COMPOSED));
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
  mash_work_tab_updated (part);
}

static void
on_typed_cb (MashWorkTab *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *text = mash_mention_text_dup_text (self->text);

  if (self->filling || file == NULL || host == NULL)
    return;

  mash_contact_file_set_loose (file, COMPOSED, *text != '\0' ? text : NULL);
  mash_form_host_typed (host);
}

static void
refuse (MashWorkTab *self,
        const char  *sentence)
{
  gtk_label_set_label (self->refusal, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
}

static void
on_added_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (MashWorkTab) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->submitting = FALSE;
  if (!mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    {
      sentence = mash_sentence_for_error (error);
      refuse (self, sentence);
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
  mash_mention_text_set_text (self->text, NULL);
}

static void
on_seen_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (MashWorkTab) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    return;
  sentence = mash_sentence_for_error (error);
  refuse (self, sentence);
}

/* The first line of the note, cut where it is long. */
static char *
dup_why (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
  g_autofree char *start = NULL;

  if (g_utf8_strlen (line, -1) <= WHY_MAX)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, WHY_MAX);

  return g_strconcat (start, "…", NULL);
}

static void
take_edit (MashGroup  *group,
           MashEntity *entity)
{
  mash_group_take_edit (group, mash_entity_dup_edit (entity));
}

static void
add_mentions (MashWorkTab *self,
              MashGroup   *group,
              MashEntity  *note,
              const char  *text)
{
  g_autoptr (GPtrArray) mentions = mash_mention_text_list_mentions (self->text);
  g_autofree char *why = dup_why (text);

  for (guint i = 0; i < mentions->len; i++)
    {
      g_autofree char *id = mash_service_make_id (get_service (self));
      g_autoptr (MashEntity) mention = mash_entity_new (&mash_mention_kind, id);

      mash_entity_set_text (mention, "contact", mash_group_get_contact (group));
      mash_entity_set_text (mention, "note", mash_entity_get_id (note));
      mash_entity_set_text (mention, "whom", g_ptr_array_index (mentions, i));
      mash_entity_set_text (mention, "why", why);
      take_edit (group, mention);
    }
}

static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  MashWorkTab *self = MASH_WORK_TAB (widget);
  MashEntity *contact = mash_contact_part_get_contact (MASH_CONTACT_PART (self));
  g_autofree char *text = mash_mention_text_dup_text (self->text);
  g_autofree char *now = mash_time_format (mash_service_get_now (get_service (self)));
  g_autofree char *id = mash_service_make_id (get_service (self));
  g_autoptr (MashEntity) note = NULL;
  g_autoptr (MashGroup) group = NULL;

  g_strchomp (text);
  if (self->submitting)
    return;
  if (*text == '\0')
    {
      refuse (self, _("Write the note first."));
      return;
    }

  note = mash_entity_new (&mash_note_kind, id);
  group = mash_group_new ("note", mash_entity_get_id (contact));
  mash_entity_set_text (note, "contact", mash_entity_get_id (contact));
  mash_entity_set_text (note, "text", text);
  mash_entity_set_text (note, "at", now);
  take_edit (group, note);
  add_mentions (self, group, note, text);
  self->submitting = TRUE;
  mash_service_submit_async (get_service (self), group, NULL, on_added_cb, g_object_ref (self));
}

static void
see_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  MashWorkTab *self = MASH_WORK_TAB (widget);
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *mention = mash_contact_file_find (file, g_variant_get_string (parameter, NULL));
  g_autofree char *now = mash_time_format (mash_service_get_now (get_service (self)));
  g_autoptr (MashEntity) seen = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (mention == NULL || mash_entity_get_record (mention) == NULL)
    return;

  group = mash_group_new ("see-mention", mash_entity_get_text (mention, "contact"));
  seen = mash_entity_new_for_record (mash_entity_get_record (mention));
  mash_entity_set_text (seen, "seen-at", now);
  take_edit (group, seen);
  mash_service_submit_async (get_service (self), group, NULL, on_seen_cb, g_object_ref (self));
}

/* Notes beside tasks, or above them where there is no room. */
static void
mash_work_tab_folded (MashContactPart *part,
                      guint            compact)
{
  MashWorkTab *self = MASH_WORK_TAB (part);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  compact == 2 ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->columns, compact != 2);
}

static void
mash_work_tab_dispose (GObject *object)
{
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_WORK_TAB);

  G_OBJECT_CLASS (mash_work_tab_parent_class)->dispose (object);
}

static void
mash_work_tab_class_init (MashWorkTabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_work_tab_dispose;
  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_work_tab_file_set;
  MASH_CONTACT_PART_CLASS (klass)->folded = mash_work_tab_folded;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_work_tab_updated;

  g_type_ensure (MASH_TYPE_MENTION_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/contact/mash-work-tab.ui");
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, columns);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, asked_panel);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, asked);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, text);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, refusal);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, notes);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, tasks);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, flags);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, no_notes);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, no_tasks);
  gtk_widget_class_bind_template_child (widget_class, MashWorkTab, no_flags);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_install_action (widget_class, "work.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "work.see", "s", see_cb);
}

static void
mash_work_tab_init (MashWorkTab *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
