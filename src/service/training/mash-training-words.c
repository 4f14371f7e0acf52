/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-words.h"

#include <string.h>

#define MAX_SENTENCES 10

static const char *const sentences[MASH_TRAINING_N_TOPICS][MAX_SENTENCES] = {
  [MASH_TRAINING_WHY_URGENT] = {
    "A child is in the house tonight and nobody has seen them.",
    "It is the third report in a short time.",
    "The referrer is with the child now and has to know what to do.",
    "Nothing says that it cannot wait until tomorrow.",
    "For today’s list; the child is safe at present.",
  },
  [MASH_TRAINING_HISTORY_NONE] = {
    "Own register and authority’s system by name, birth and address: nothing found.",
    "Searched by all surnames given, and by address: no earlier contact.",
    "Register and early help system: not known.",
    "Names, births and both spellings: nothing. A closed housing file at the address is not "
    "theirs.",
  },
  [MASH_TRAINING_HISTORY_FOUND] = {
    "Own register: known. Read the earlier contact; same address, same adults.",
    "Found by birth: one contact in the last months. Same kind of worry.",
    "Found: earlier contact about a sister. Read and taken into account.",
    "Known by name and address. Nothing is open at present.",
  },
  [MASH_TRAINING_CHASED] = {
    "Who lives in the household",
    "Whether the parents know of the referral",
    "The date of birth of the youngest child",
    "A telephone number that the mother answers",
    "Where the child is tonight",
    "Who has parental responsibility",
  },
  [MASH_TRAINING_CALL] = {
    "Spoke to the referrer. They will send what is missing today.",
    "Went through the form together. The household is complete now.",
    "The referrer had no more to add, and was told what happens next.",
    "Explained the threshold; the referrer agrees to speak to the parents first.",
    "The referrer was relieved that somebody rang.",
  },
  [MASH_TRAINING_SERVICES] = {
    "Health visitor; no one else that the referrer knows of.",
    "School and GP. A family worker until last summer.",
    "None.",
    "Housing support for the mother, every second week.",
    "Child and adolescent mental health service, waiting list.",
  },
  [MASH_TRAINING_REMARK] = {
    "{mother} rang back and asked when she will hear.",
    "School confirms that {child} is in today and well.",
    "The number given belongs to a neighbour. Not to be rung again.",
    "Duty at the GP’s surgery will call back after three.",
    "The referrer is on leave from {day}; the deputy knows of it.",
    "Spelling of the name checked with the school.",
    "No reply at the door on {day}; a card was left.",
    "{child} stays with an aunt until {day}.",
  },
  [MASH_TRAINING_COUNSEL] = {
    "Advised to speak to the parents first, to offer early help, and to ring again if it changes.",
    "Advised on keeping a dated record in the child’s own words. A referral is not needed today.",
    "Signposted to the family hub in Canalside and to the school nurse drop-in.",
    "Told how to make a referral if the parents agree, and what would be needed.",
    "No role for the hub at present. School keeps an eye on it and reviews in two weeks.",
    "Given the number of the domestic abuse helpline and of the housing options team.",
    "Advised that sharing this with the GP is lawful without agreement, and why.",
    "The parents were told of the call and agree to a talk with the health visitor.",
  },
  [MASH_TRAINING_HARMS] = {
    "{child} could be hurt if it goes on, though no injury is known.",
    "Likely harm is emotional: {child} hears and sees more than the adults think.",
    "Neglect rather than intent; it is worse than in spring.",
    "The last event was the gravest so far. A further one is likely.",
    "No harm is seen; the worry is what may come when support ends.",
    "A young child who cannot speak for themselves, and accounts that do not fit.",
  },
  [MASH_TRAINING_IMPACT] = {
    "{child}: tired, watchful, behind at school. The younger ones are said to be well.",
    "{child} is withdrawn and stays close to adults at school.",
    "{child} misses appointments that matter.",
    "{child} says that it is all right and does not want a fuss.",
    "No effect is seen yet on any of the children.",
  },
  [MASH_TRAINING_PROTECTS] = {
    "{mother} asked for help herself and turns up.",
    "School knows {child} well; attendance is good.",
    "Grandparents live near and take the children at short notice.",
    "The adult of concern has left the address for now.",
    "A secure tenancy, and a neighbour whom the children trust.",
    "Little that is known. Nobody outside the family sees them regularly.",
  },
  [MASH_TRAINING_UNKNOWN] = {
    "{child}’s own view.",
    "Who else comes to the house in the evening.",
    "What the GP knows, and whether the father is in touch.",
    "Whether an earlier address means another authority’s file.",
    "Nothing that would change the outcome.",
  },
  [MASH_TRAINING_WHY_ADVICE] = {
    "What is described is below the criteria. The referrer can do what is needed and agrees.",
    "A question, answered. No child is described as harmed or likely to be.",
    "Universal services know the family and meet the need.",
    "One event, put right at once, by parents who took it seriously.",
  },
  [MASH_TRAINING_WHY_NOTHING] = {
    "Looked into, and no need found that a service could meet. The parents acted at once.",
    "The account was checked with the school, which knows the children well and is not worried.",
    "The worry does not stand up when it is read with what else is known.",
  },
  [MASH_TRAINING_WHY_HELP] = {
    "Needs that one service can meet with the family’s agreement; no sign of significant harm.",
    "Several needs at once, which no single service can meet. The family wants the help.",
    "Support now is likely to keep it from getting worse. {mother} agrees to it.",
  },
  [MASH_TRAINING_WHY_NEED] = {
    "The same worry again within months, with no lasting change: an assessment has to say what "
    "the children need.",
    "The children are affected now and the parent’s ability to protect is not yet known.",
    "Read with the history it is more than the last event alone would be.",
    "Their health and development are likely to suffer without services.",
  },
  [MASH_TRAINING_WHY_HARM] = {
    "What was seen, and what {child} said, fit together. The next step cannot be taken by one "
    "agency.",
    "Reasonable cause to suspect significant harm: the explanation does not fit what was seen.",
    "The person who may have caused the harm can reach the children. To be discussed today.",
  },
  [MASH_TRAINING_HELP_OFFERED] = {
    "Offered the family hub to {mother}; she declined and knows how to come back.",
    "Offered a family worker; the parents want to try with the school first.",
    "Offered the domestic abuse helpline; she has the number and did not want a call.",
    "Offered early help twice; not accepted.",
  },
  [MASH_TRAINING_ASKS_FOR_MORE] = {
    "Say what each child is like at school before I can decide.",
    "The father is not mentioned. Is he in touch, and does he know?",
    "The level does not fit the reasons. Look at the criteria again.",
    "Ask the referrer whether the parents know, and write it down.",
  },
  [MASH_TRAINING_AGREES] = {
    "Agree.",
    "Agree; the referrer is to be told today.",
    "Agree. What the family was offered is written down.",
  },
  [MASH_TRAINING_AGREES_TO_ACT] = {
    "Agree.",
    "Agree. The children are to be seen this week.",
    "Agree, with the history in mind.",
    "Agree; the referrer is to be told today.",
  },
  [MASH_TRAINING_DIFFERS] = {
    "Third contact in a year. Taken together this needs an assessment, not another offer of help.",
    "The youngest is under one and has not been seen. An assessment, please.",
  },
  [MASH_TRAINING_ACCEPTER] = {
    "Duty worker, {day} team", "Team manager", "Duty desk", "Allocations, by telephone",
    "Family worker on duty",
  },
  [MASH_TRAINING_TOLD] = {
    "Told by telephone what was decided and why.",
    "Told by secure e-mail. Asked to ring again if anything changes.",
    "Told; agrees with the outcome.",
    "Told; would have liked more, and knows how to say so.",
    "Told which service takes it on and by when the family hears.",
  },
  [MASH_TRAINING_NOT_TOLD] = {
    "Not told: the referrer did not give a name.",
    "Not told: the referrer did not want to hear.",
    "Not told: it could show the family who rang.",
  },
};

static const struct
{
  const char *outcome;
  const char *receiver;
} receivers[] = {
  { "O03", "Family support in the child’s school" },
  { "O04", "Early help hub" },
  { "O05", "Assessment team" },
  { "O06", "Strategy discussion desk" },
  { "O07", "Emergency duty team" },
  { "O09", "Other authority’s front door" },
  { "O10", "Adult safeguarding team" },
  { "O11", "Adult social care" },
  { "O13", "Designated officer" },
  { "O14", "MARAC coordinator" },
  { "O15", "Channel coordinator" },
  { "O17", "Fostering team" },
  { "O18", "Disabled children’s team" },
  { "O19", "Asylum and no recourse team" },
};

/**
 * mash_training_say:
 * @random: a generator
 * @topic: what has to be said
 * @contact: about which contact
 *
 * Returns: (transfer full): one way to say it
 */
char *
mash_training_say (MashTrainingRandom        *random,
                   MashTrainingTopic          topic,
                   const MashTrainingContact *contact)
{
  static const MashTrainingFamily nobody = { 0 };
  guint n = 0;

  while (n < MAX_SENTENCES && sentences[topic][n] != NULL)
    n++;

  return mash_training_fill (random, sentences[topic][mash_training_random_below (random, n)],
                             contact->family != NULL ? contact->family : &nobody);
}

/**
 * mash_training_get_receiver:
 * @outcome: a code of OUT
 *
 * Returns: (transfer none): who takes on what ends so
 */
const char *
mash_training_get_receiver (const char *outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (receivers); i++)
    {
      if (strcmp (receivers[i].outcome, outcome) == 0)
        return receivers[i].receiver;
    }

  return "Duty desk";
}
