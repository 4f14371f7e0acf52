/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-scenes.h"

#include "mash-training-contact.h"

#define UNKNOWN G_MAXINT

/* Children’s ages are in months, those of adults in years; −13 is thirteen weeks to go. */
static const MashTrainingScene scenes[MASH_TRAINING_N_SCENES] = {
  [MASH_TRAINING_MARSH] = {
    "Finger-shaped bruise; child names mother’s partner",
    "Four marks in a row on Ellie’s left upper arm, seen at PE. She said that her mum’s partner "
    "grabbed her because she would not get out of the bath. A fading yellow mark was noted two "
    "weeks before.",
    "2A", "PHY", "18C", MASH_TRAINING_WITHOUT_PR | MASH_TRAINING_WITHOUT_HOUSEHOLD,
    { { "Ellie", "Marsh", "F", 79 }, { "Noah", "Khan", "M", UNKNOWN },
      { NULL, "Marsh", "U", -13 } },
    { { "Tara", "Marsh", "F", 27, "MOTHER", "Y", "home" },
      { "Callum", "Dray", "M", 30, "PARTNER", "N", "home" },
      { NULL, "Khan", "M", UNKNOWN, "FATHER", "U", "away" } },
  },
  [MASH_TRAINING_OKAFOR] = {
    "Domestic abuse, children upstairs; DASH 15, arrest",
    "Third call in five months, the first with an injury. Amara came down and saw her mother’s "
    "lip. The father was arrested and is bailed away from the address.",
    "6", "EMO", "3B", 0,
    { { "Amara", "Okafor", "F", 112 }, { "Tobi", "Okafor", "M", 64 } },
    { { "Ngozi", "Okafor", "F", 34, "MOTHER", "Y", "home" },
      { "Emeka", "Okafor", "M", 37, "FATHER", "Y", "away" } },
  },
  [MASH_TRAINING_TENNICK] = {
    "Baby unresponsive, in A&E; parents’ accounts differ",
    "Brought in by ambulance. Father says that he fell asleep with her on the sofa, mother that "
    "the baby was in her cot. Awake now; a scan is being done.",
    "3E", "PHY", "18C", 0,
    { { "Isla", "Tennick", "F", 2 } },
    { { "Jade", "Tennick", "F", 22, "MOTHER", "Y", "home" },
      { "Ryan", "Stott", "M", 24, "FATHER", "U", "home" } },
  },
  [MASH_TRAINING_ALDOUS] = {
    "Missing since Sunday, seen with older males",
    "Reported by her mother. Seen on a bus with two men in their twenties. Her brother says that "
    "she has a second telephone and does not answer it.",
    "6", "SAB", "11A", MASH_TRAINING_WITHOUT_PR,
    { { "Keira", "Aldous", "F", 172 }, { "Dylan", "Prior", "M", 149 } },
    { { "Donna", "Aldous", "F", 41, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_BIRCHALL] = {
    "Self-harm; says home “isn’t safe at weekends”, would not say more",
    "Holly showed the school nurse cuts on her forearm. Asked about home she said that it “isn’t "
    "safe at weekends” and then that she should not have said it.",
    "2A", "EMO", "15A", MASH_TRAINING_WITHOUT_ADDRESS | MASH_TRAINING_WITHOUT_HOUSEHOLD,
    { { "Holly", "Birchall", "F", 161 } },
    { { "Karen", "Birchall", "F", 39, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_WHITCOMBE] = {
    "Father released on licence to the address",
    "Convicted of an assault on the mother two years ago. She agrees to his return and says that "
    "the children have asked for it.",
    "7", "PHY", "3B", 0,
    { { "Alfie", "Whitcombe", "M", 57 }, { "Rosie", "Whitcombe", "F", 30 } },
    { { "Stacey", "Whitcombe", "F", 26, "MOTHER", "Y", "home" },
      { "Lee", "Whitcombe", "M", 29, "FATHER", "Y", "home" } },
  },
  [MASH_TRAINING_LEWIS] = {
    "Late booking at 32 weeks, moved area, little known",
    "The mother gave an address two days ago and no GP. She says that an older child lives with "
    "her own mother in another county.",
    "3F", "NEG", "20", MASH_TRAINING_WITHOUT_HOUSEHOLD,
    { { NULL, "Lewis", "U", -8 } },
    { { "Carly", "Lewis", "F", 20, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_OSTRANDER] = {
    "Asks for advice: behaviour after bereavement",
    "The grandfather died in the holidays. Jamie is angry at home and well behaved at school. "
    "The parents agree to the call.",
    "2A", "EMO", "20", 0,
    { { "Jamie", "Ostrander", "M", 146 } },
    { { "Helen", "Ostrander", "F", 43, "MOTHER", "Y", "home" },
      { "Piet", "Ostrander", "M", 45, "FATHER", "Y", "home" } },
  },
  [MASH_TRAINING_COYLE] = {
    "Arguments at handover, children tearful in class",
    "The parents live apart and argue at the gate on Fridays. Both children have cried in class "
    "after it.",
    "2A", "EMO", "17A", MASH_TRAINING_WITHOUT_AGREEMENT,
    { { "Erin", "Coyle", "F", 126 }, { "Finley", "Coyle", "M", 101 } },
    { { "Michelle", "Coyle", "F", 35, "MOTHER", "Y", "home" },
      { "Sean", "Coyle", "M", 38, "FATHER", "Y", "away" } },
  },
  [MASH_TRAINING_FAROOQI] = {
    "Mother detained, Mental Health Act; carer not clear",
    "Section 2 since last night. A neighbour gave the children breakfast and has to go to work. "
    "The father is said to be abroad.",
    "3F", "NEG", "4B", MASH_TRAINING_WITHOUT_SCHOOL | MASH_TRAINING_WITHOUT_HOUSEHOLD,
    { { "Ayesha", "Farooqi", "F", 151 }, { "Bilal", "Farooqi", "M", 124 },
      { "Hania", "Farooqi", "F", 90 }, { "Mohamed", "Farooqi", "M", 29 } },
    { { "Rabia", "Farooqi", "F", 36, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_IBBOTSON] = {
    "Health visitor tells us of a move out of the area",
    "The family moves to the next county on Friday. The new health visitor has been told; nothing "
    "worrying is known.",
    "3B", NULL, "20", 0,
    { { "Teddy", "Ibbotson", "M", 44 }, { "Elsie", "Ibbotson", "F", 19 } },
    { { "Gemma", "Ibbotson", "F", 28, "MOTHER", "Y", "home" },
      { "Luke", "Ibbotson", "M", 31, "FATHER", "Y", "home" } },
  },
  [MASH_TRAINING_LOMAX] = {
    "Exploitation: two phones, 11 days of school missed",
    "Collected by a car that staff do not know. A friend says that Jayden owes somebody money.",
    "2A", "NEG", "24A", MASH_TRAINING_WITHOUT_INFORMING,
    { { "Jayden", "Lomax", "M", 184 } },
    { { "Tracey", "Lomax", "F", 40, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_SANDHU] = {
    "No gas, animal waste; baby below 2nd centile",
    "The prepayment meter has been empty for a week. There is dog mess on the kitchen floor "
    "where the baby crawls. The baby has fallen two lines since the summer.",
    "3B", "NEG", "16A", 0,
    { { "Kiran", "Sandhu-Pryce", "M", 100 }, { "Asha", "Sandhu-Pryce", "F", 75 },
      { "Dev", "Sandhu-Pryce", "M", 7 } },
    { { "Leanne", "Pryce", "F", 29, "MOTHER", "Y", "home" },
      { "Harjit", "Sandhu", "M", 33, "FATHER", "Y", "home" } },
  },
  [MASH_TRAINING_HARTNOLL] = {
    "Rent arrears and eviction notice; food parcel asked for",
    "The hearing is in two weeks. Their mother lost her job in August and had not opened the "
    "letters. She asks for help.",
    "4", "NEG", "16A", 0,
    { { "Connor", "Hartnoll", "M", 137 }, { "Lacey", "Hartnoll", "F", 113 },
      { "Archie", "Hartnoll", "M", 54 } },
    { { "Paula", "Hartnoll", "F", 36, "MOTHER", "Y", "home" } },
  },
  [MASH_TRAINING_PELLOW] = {
    "Sofa-surfing; asks us not to contact his mother",
    "Ben has stayed with three friends since half-term and still goes to college. He would not "
    "say why he left.",
    "8", "NEG", "20", MASH_TRAINING_WITHOUT_ADDRESS,
    { { "Ben", "Pellow", "M", 198 } },
    { { "Susan", "Pellow", "F", 47, "MOTHER", "Y", "away" } },
  },
  [MASH_TRAINING_ADEYINKA] = {
    "Left alone for an hour, twice; parent works shifts",
    "The neighbour took her in both times. The mother is a cleaner, thanked her and was "
    "embarrassed.",
    "1B", "NEG", "16A", 0,
    { { "Temi", "Adeyinka", "F", 88 } },
    { { "Folake", "Adeyinka", "F", 33, "MOTHER", "Y", "home" } },
  },
};

/**
 * mash_training_get_scene:
 * @id: which
 *
 * Returns: (transfer none): the scene
 */
const MashTrainingScene *
mash_training_get_scene (MashTrainingSceneId id)
{
  g_return_val_if_fail (id < MASH_TRAINING_N_SCENES, NULL);

  return &scenes[id];
}
