/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the page’s files share: the page itself, and what it does by deed. */

#include "mash-autosave.h"
#include "mash-contact-page.h"
#include "mash-decision-tab.h"
#include "mash-deed-bar.h"
#include "mash-family-tab.h"
#include "mash-access-tab.h"
#include "mash-referral-tab.h"
#include "mash-strategy-tab.h"
#include "mash-timeline-tab.h"
#include "mash-work-tab.h"

G_BEGIN_DECLS

struct _MashContactPage
{
  MashPage         parent_instance;

  /* Template children */
  GtkStack        *stack;
  GtkWidget       *draft_banner;
  GtkLabel        *draft_words;
  MashDeedBar     *deed_bar;
  GtkMenuButton   *more;
  GtkLabel        *reason;
  MashReferralTab *referral;
  MashFamilyTab   *family;
  MashTimelineTab *timeline;
  MashDecisionTab *decision;
  MashStrategyTab *strategy;
  MashAccessTab   *access;
  GtkWidget       *access_button;

  /* Owned */
  MashContactFile *file;
  MashAutosave    *autosave;
  GCancellable    *examining;
  char            *tab;
  char            *stage;     /* the state for which the panels were last laid out */

  /* Borrowed */
  GtkWidget       *section;   /* where the focus was last */
  GtkWidget       *asked_at;  /* weak: where it was when the bar was opened */
  const char      *main_deed;

  guint            examine_source;
  guint            focus_tick;
  guint            frames_to_wait;
  guint            wanted;    /* a section of the discussion to begin in, from 1; 0 for none */
  guint            dirty : 1; /* something was typed since the section was entered */
};

void mash_contact_page_follow_stage    (MashContactPage *self);
void mash_contact_page_note_focus      (MashContactPage *self);
void mash_contact_page_give_back_focus (MashContactPage *self);
void mash_contact_page_update_main     (MashContactPage *self);
void mash_contact_page_set_main        (MashContactPage *self,
                                        const char      *label,
                                        gboolean         sensitive,
                                        const char      *reason);
char    *mash_contact_page_dup_next    (MashContactPage *self);
gboolean mash_contact_page_offer_next  (MashContactPage *self);
void mash_contact_page_queue_examine   (MashContactPage *self);
void mash_contact_page_run_main_deed   (MashContactPage *self);
void mash_contact_page_begin_deed      (MashContactPage *self,
                                        const char      *deed);
void mash_contact_page_decide          (MashContactPage *self,
                                        const char      *deed);
void mash_contact_page_deed_done       (MashContactPage *self,
                                        const char      *deed);
void mash_contact_page_submit_typed    (MashContactPage *self,
                                        gboolean         asked);
void mash_contact_page_put_back        (MashContactPage *self,
                                        const char      *subject);
void mash_contact_page_remove_person   (MashContactPage *self,
                                        const char      *subject);
void mash_contact_page_step_tab        (MashContactPage *self,
                                        int              step);
void mash_contact_page_install_actions (GtkWidgetClass  *widget_class);

G_END_DECLS
