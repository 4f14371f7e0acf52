/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-concerns.h"

/* Invented, one and all. The words in braces are filled in by mash_training_fill(). */
static const MashTrainingConcern concerns[] = {
  { "Shouting and banging heard at night, children at home",
    "6 1B 4 9", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "3B", 0, 17,
    "Officers were called to the address and found both adults had been drinking. {child} "
    "was awake upstairs and was spoken to alone; no injury was seen." },
  { "Domestic abuse, children upstairs; no arrest",
    "6", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "EMO", "3B", 0, 17,
    "A verbal argument about money was heard by neighbours. {child} was present in the "
    "house. The DASH was completed and came to {n} ticks." },
  { "Domestic abuse, third call in {n} months; father arrested",
    "6", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "EMO", "3B", 0, 17,
    "{mother} had a cut lip and said that she was pushed against the door. {child} was on "
    "the stairs and saw it." },
  { "Domestic abuse while holding the baby; arrest made",
    "6 3E", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "PHY", "3B", 0, 2,
    "{mother} was struck while she held {child}. Paramedics checked the baby, who had no "
    "visible injury." },
  { "Breach of non-molestation order, child answered the door",
    "6", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "3B", 3, 16,
    "The former partner came to the address in the evening. {child} opened the door and "
    "was told to fetch {mother}." },
  { "Child found in the street at {hour}, in nightclothes",
    "6 1B 1D", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "16A", 2, 7,
    "{child} was found about {n} hundred metres from home and could not say who was "
    "looking after them. {mother} said that she had been asleep." },
  { "Missing for {n} hours, back home and well",
    "6", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "10A", 11, 17,
    "Reported missing by {mother} at {hour} and came home alone. {child} would not say "
    "where they had been." },
  { "Missing for the {nth} time this month, with older friends",
    "6 5A 2A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "SAB", "11A", 12, 17,
    "{child} was found at an address that is known for drugs and had a new telephone that "
    "nobody can explain." },
  { "Stopped with cannabis and {n} hundred pounds in cash",
    "6", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "24A", 13, 17,
    "{child} was stopped with two older males. The cash was in a sock; {child} said that "
    "it was for a trainer sale." },
  { "Found with a kitchen knife near the school",
    "6 2A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "13A", 12, 17,
    "Staff say that {child} has been threatened by other young people and told a friend "
    "that the knife was for protection." },
  { "Cannabis grow found at home, children present",
    "6 4", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "NEG", "2B", 0, 15,
    "Officers with a warrant found {n} plants in the loft and exposed wiring beside a "
    "bunk bed." },
  { "Father arrested for indecent images; contact unclear",
    "6", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "SAB", "19C", 0, 15,
    "Devices were seized this morning. It is not yet known whether {father} has bail "
    "conditions that keep him away from children." },
  { "Drink driving with two children in the car",
    "6", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "1B", 1, 14,
    "{mother} was stopped at {hour} and was twice over the limit. {child} was in the back "
    "without a belt." },
  { "Shoplifting with a child to distract staff",
    "6 8", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "14A", 4, 13,
    "The shop does not press charges. {child} told the officer that they were hungry." },
  { "Neighbour dispute; children told to stay indoors",
    "6 4", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 3, 15,
    "Both households have complained of each other for months. No offence was disclosed." },
  { "Threats by text from a former partner",
    "6 2A 8", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "3B", 0, 17,
    "{mother} showed the messages. She has changed her number and does not think that he "
    "knows where the children go to school." },
  { "Overdose by mother, found by her child",
    "6 3E 3F", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "EMO", "4B", 6, 16,
    "{child} called the ambulance. {mother} is on a ward and says that she will go home "
    "tomorrow." },
  { "Mother detained, Mental Health Act; carer not clear",
    "3F 6", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "NEG", "4B", 0, 15,
    "{mother} is on a section 2. A neighbour has the children today and cannot keep them "
    "after the weekend." },
  { "Bruise to the cheek; child says it was a fall",
    "2A 3E 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "PHY", "18C", 3, 11,
    "Staff saw a bruise of about two centimetres this morning. {child} said first that it "
    "was a fall and later that they do not remember." },
  { "Finger-shaped bruises to the arm, seen at PE",
    "2A", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "PHY", "18C", 4, 12,
    "{child} said that they had been grabbed for not getting ready. A fading mark had "
    "been noted {n} weeks before." },
  { "Says that dad used a belt at home",
    "2A 2B 3C", MASH_TRAINING_HARM, MASH_TRAINING_HARM, "PHY", "18C", 5, 14,
    "{child} told a teaching assistant at {hour} and asked that nobody is told. No mark "
    "was looked for at school." },
  { "Head lice again, clothes dirty, always hungry",
    "2A 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "NEG", "16A", 4, 11,
    "School has provided breakfast and a uniform since September. {mother} comes to "
    "meetings but little changes." },
  { "Attendance {pct} per cent; parents do not answer",
    "2A 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 5, 15,
    "Letters and two visits had no answer. The last absence was said to be a holiday." },
  { "Withdrawn since the new partner moved in",
    "2A 3C", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "17A", 5, 14,
    "{child} used to be talkative and now sits by the door. {child} has said that home is "
    "“different now”." },
  { "Drawing of a person being hurt; child would not explain",
    "2A", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "17A", 4, 9,
    "The class teacher kept the drawing. {child} said only that it was “somebody from the "
    "telly”." },
  { "Self-harm on the forearm, superficial, known to school nurse",
    "2A 3C", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "15A", 11, 17,
    "{child} showed a friend. The cuts are old. {mother} has been told and has made an "
    "appointment with the GP." },
  { "Self-harm; says home “isn’t safe at weekends”",
    "2A 3C", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "15A", 11, 17,
    "{child} would not say more and asked who would be told. There is no record of who "
    "visits at weekends." },
  { "Sexualised language and play with younger children",
    "2A 2B", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "SAB", "19B", 4, 10,
    "Seen twice this week in the home corner. {child} used words that the class has not "
    "been taught." },
  { "Discloses touching by an uncle, two years ago",
    "2A 3C 8", MASH_TRAINING_HARM, MASH_TRAINING_HARM, "SAB", "19C", 7, 16,
    "{child} told the school counsellor in their own words. The uncle still visits the "
    "family." },
  { "Picked up late every day, once by a stranger",
    "2A 8", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 4, 9,
    "The person who came on {day} was not on the list and the school did not let {child} "
    "go." },
  { "Told a friend of a marriage planned abroad",
    "2A 3C", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "EMO", "20", 13, 17,
    "The family has booked flights for {day}. {child} does not want the parents to know "
    "who spoke." },
  { "Family holiday to a country where FGM is practised",
    "2A 3A 3B", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "PHY", "22A", 3, 13,
    "An older sister is said to have been cut. {mother} says that she is against it and "
    "will not leave the child alone there." },
  { "Two phones, new trainers, {n} days of school missed",
    "2A 2B", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "24A", 13, 17,
    "{child} is collected by a car that staff do not know. A friend says that {child} "
    "“works for somebody”." },
  { "Nude picture shared among year {year}",
    "2A 6", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "SAB", "19B", 12, 16,
    "The school has spoken to the parents of all involved. {child} is being called names "
    "and wants to change school." },
  { "Extreme views in class after time on line",
    "2A 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "20", 12, 17,
    "{child} repeated slogans about other faiths. Parents were surprised and agree to a "
    "conversation." },
  { "Cares for mother at night and falls asleep in class",
    "2A 3A 8", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "7A", 8, 16,
    "{mother} has a long-term illness. {child} cooks, shops and helps her to the "
    "bathroom." },
  { "Asks for advice: behaviour after a bereavement",
    "2A 2B 1A", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 5, 15,
    "The grandfather died in {month}. {child} is angry at home and well behaved at "
    "school; parents agree to the call." },
  { "Asks for advice: parents want the other parent told nothing",
    "2A 8", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 4, 15,
    "There is no court order. School wants to know what it may share with whom." },
  { "Asks how to record a worry that is below threshold",
    "2A 8 3B", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 2, 15,
    "No child was named at first. The caller was told how to write the worry down and "
    "when to ring again." },
  { "Packed lunch with nothing in it, third time",
    "2A 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 4, 11,
    "{mother} has lost hours at work and has been given the number of the food bank." },
  { "Refuses to go home today, will not say why",
    "2A", MASH_TRAINING_HELP, MASH_TRAINING_HARM, "EMO", "17A", 8, 16,
    "{child} has sat in the office since {hour}. There was an argument about a telephone "
    "last night." },
  { "Excluded {n} times; mother says she cannot cope",
    "2A 2B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "6A", 6, 15,
    "An assessment for autism has been asked for. {mother} is alone with three children." },
  { "Baby below the 2nd centile, appointments missed",
    "3B 3D 3A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "16A", 0, 1,
    "{n} appointments were not kept. {mother} said on the doorstep that she is tired and "
    "did not let the worker in." },
  { "No gas, animal waste on the floor; baby crawling",
    "3B 4", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "16A", 0, 3,
    "The living room could not be crossed without stepping over rubbish. {mother} cried "
    "and said that she is ashamed." },
  { "Unsafe sleeping: baby on the sofa with adults",
    "3B 3D", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 0, 1,
    "Advice has been given twice. Both adults smoke." },
  { "Health visitor tells us of a move out of the area",
    "3B 3D", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 0, 4,
    "The family has moved to another county. The new health visitor has been told; "
    "nothing worrying is known." },
  { "Mother low in mood, no support, new baby",
    "3B 3A 3F", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "4B", 0, 1,
    "The score was {n} more than last time. {mother} agrees to help and her own mother "
    "comes on {day}." },
  { "Bruise on a baby who does not move about",
    "3B 3E 3A", MASH_TRAINING_HARM, MASH_TRAINING_HARM, "PHY", "18C", 0, 0,
    "A round bruise of one centimetre on the cheek. {mother} has no explanation and came "
    "to the clinic herself." },
  { "Baby unresponsive, in A&E; parents’ accounts differ",
    "3E", MASH_TRAINING_HARM, MASH_TRAINING_HARM, "PHY", "18C", 0, 0,
    "The registrar asks for a strategy discussion before the scan result. {child} is "
    "stable." },
  { "Burn to the hand, brought in after {n} days",
    "3E 3A", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "PHY", "16A", 1, 6,
    "The burn is infected. {mother} says that it was the iron; the shape does not fit "
    "well." },
  { "Swallowed a methadone tablet at home",
    "3E 6", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "NEG", "2B", 1, 4,
    "{child} was drowsy on arrival. The tablets were on the kitchen table." },
  { "Fracture of the forearm, explanation fits",
    "3E 3F", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "PHY", "6A", 3, 12,
    "{child} fell from a climbing frame in front of others. Referred because of two "
    "attendances this year." },
  { "Drunk at {hour}, left by friends in the park",
    "3E 6", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "1A", 13, 17,
    "{child} was brought in by ambulance. {father} came at once and was worried and "
    "sober." },
  { "Overdose of paracetamol after an argument",
    "3E 3F", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "15A", 12, 17,
    "Seen by the crisis team, who will visit at home. {child} says that nobody listens." },
  { "Late booking at {weeks} weeks, moved area, little known",
    "3F 3D", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "NEG", "20", 0, 3,
    "{mother} gives an address and no GP. An earlier child may be in care elsewhere." },
  { "Concealed pregnancy; father of the baby not named",
    "3F 3A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "20", 0, 6,
    "{mother} came first in labour. She says that she did not know." },
  { "Uses heroin in pregnancy, wants help",
    "3F 8", MASH_TRAINING_NEED, MASH_TRAINING_NEED, "NEG", "2B", 0, 8,
    "{mother} has asked for treatment herself and comes to her appointments." },
  { "Not collected from the ward after treatment",
    "3F 3E", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "16A", 0, 9,
    "The ward has rung {n} numbers. An aunt came at {hour}." },
  { "Repeat attendances, nothing found; possible induced illness",
    "3F 3A", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "PHY", "20", 1, 8,
    "Eleven attendances at three hospitals this year. Health asks that the family is not "
    "told yet." },
  { "Parent with dementia looks after two children",
    "3A 5A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "6B", 2, 12,
    "The grandparents have had the children since spring without any support." },
  { "Child not brought to {n} clinics; medication not collected",
    "3A 3F 3C", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 3, 14,
    "{child} has asthma and was admitted in {month}." },
  { "Father in a manic phase, spending, shouting at night",
    "3A 1A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "4B", 3, 15,
    "{mother} and the children stay with her sister when it is bad." },
  { "Asks for contraception at 14; partner is {age}",
    "3A 3C", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "SAB", "11A", 13, 15,
    "{child} came alone, says that it is their own choice and would not give the "
    "partner’s name." },
  { "Rent arrears and eviction notice; food parcel asked for",
    "4 8 5B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 0, 15,
    "The hearing is on {day}. {mother} did not know that she could ask for help with the "
    "arrears." },
  { "Six people in one room; damp and mould",
    "4 5B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "6A", 0, 14,
    "Environmental health has been told. {child} has had bronchitis {n} times." },
  { "Children alone when the engineer called",
    "4 1B", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "16A", 4, 12,
    "{child} opened the door and said that mum is at work until {hour}." },
  { "Door broken in; tenant says her ex has a key",
    "4 6", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "EMO", "3B", 0, 15,
    "The lock was changed on {day}. {mother} has been given the number of the refuge." },
  { "Hoarding; no clear way out in a fire",
    "4 5B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 3, 15,
    "Fire and rescue visited and fitted alarms. The tenant agrees to a second visit." },
  { "Adult with learning disability, new baby, no network",
    "5A 3F", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "5B", 0, 2,
    "An adult social worker has known {mother} for years and thinks that she will need "
    "help every day." },
  { "Carer of an adult asks for respite; child helps out",
    "5A 8", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "7A", 8, 16,
    "{child} has missed {n} afternoons of school." },
  { "Early help closed; family stopped answering",
    "5D", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 2, 14,
    "Nine visits were made and then the door stayed shut. School has noticed no change." },
  { "Step up: worse since early help began",
    "5D", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "NEG", "16A", 1, 14,
    "The worker saw the mattress on the floor and no food in the house on {day}." },
  { "Family moved here on a child protection plan",
    "5C", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "NEG", "16A", 0, 14,
    "The other authority sends the last conference minutes and asks for a transfer." },
  { "Another authority asks what we know of a family",
    "5C", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, NULL, "20", 0, 16,
    "Their worker gives section 47 as the reason. They will put the request in writing." },
  { "Grandchild placed with relatives here; checks asked for",
    "5C 1A", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "8F", 1, 14,
    "The other authority has placed {child} and asks for a visit." },
  { "Father released on licence to the address",
    "7", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "PHY", "18C", 0, 15,
    "Convicted of assault on a former partner. {mother} says that she knows and that "
    "people change." },
  { "Cafcass: child says they are afraid of contact",
    "7", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "EMO", "17A", 4, 14,
    "A fact-finding hearing is listed for {month}." },
  { "Registered offender seen with a family with children",
    "7 6", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "SAB", "19C", 2, 14,
    "The offender manager does not think that {mother} knows. Disclosure is being "
    "considered." },
  { "Mother sentenced today; three children at home",
    "7", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "NEG", "20", 1, 14,
    "The grandmother has them tonight. Nobody had made a plan." },
  { "Sofa-surfing; asks us not to contact the family",
    "8 1C 5D", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "20", 15, 17,
    "{child} has stayed with three friends since {day} and still goes to college." },
  { "Youth club: bruises under make-up, older boyfriend",
    "8", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "PHY", "11A", 13, 17,
    "{child} laughed it off. A friend stayed behind to tell the worker." },
  { "Refuge place taken with two children, school to be found",
    "8 5C", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "EMO", "3B", 0, 14,
    "{mother} asks that the address is told to nobody." },
  { "Children’s centre: toddler flinches when picked up",
    "8 3B", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "PHY", "18C", 1, 3,
    "Seen by two workers on {day}. {mother} was rough with the buggy as well." },
  { "Coach was messaging players at night",
    "8 2A 1A", MASH_TRAINING_HELP, MASH_TRAINING_NEED, "SAB", "20", 11, 16,
    "The club has suspended the coach. {child} is not the only one who had messages." },
  { "Grandmother: children left with her for {n} weeks, no word",
    "1A", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "NEG", "16A", 1, 13,
    "{mother} said that it would be a weekend. Grandmother has no papers and cannot sign "
    "for anything." },
  { "Father: worried about mother’s new partner",
    "1A", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "EMO", "17A", 2, 13,
    "He says that the partner has been in prison. A hearing about contact is on {day}." },
  { "Aunt: child says they are hit with a slipper",
    "1A", MASH_TRAINING_HELP, MASH_TRAINING_HARM, "PHY", "18C", 5, 13,
    "The aunt wants her name kept out of it." },
  { "Mother asks for help with a teenager who hits her",
    "1A", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "14A", 12, 17,
    "{mother} has not called the police and does not want to." },
  { "Left alone for an hour, twice; parent works shifts",
    "1B 1D 9", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 5, 10,
    "The neighbour took {child} in at {hour}. {mother} is a cleaner and was back by "
    "eight." },
  { "Baby cries for hours; no one seen going in or out",
    "1B 9", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "NEG", "16A", 0, 2,
    "It has gone on for {n} days. The curtains are closed." },
  { "Children in the garden at midnight, music, many visitors",
    "1B 9", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 3, 12,
    "The caller does not want to be known and has told the landlord too." },
  { "Smell of cannabis on the landing, small children",
    "1B 9 4", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "2B", 0, 9,
    "It has been so since summer. Different people come and go at night." },
  { "Saw a mother slap a child in the car park",
    "1D 9", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "PHY", "18C", 2, 8,
    "The caller wrote down part of a registration number." },
  { "Says that the family sends the children to beg",
    "1D 9 8", MASH_TRAINING_ADVICE, MASH_TRAINING_NEED, "NEG", "20", 5, 14,
    "Seen on three Saturdays outside the station." },
  { "I cannot go home, dad will kill me",
    "1C", MASH_TRAINING_NEED, MASH_TRAINING_HARM, "PHY", "18C", 12, 17,
    "{child} rang from a friend’s house and was crying. The friend’s mother stays with "
    "them." },
  { "Put out of the house last night, staying with a friend",
    "1C", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "20", 14, 17,
    "{child} asks that nobody rings home before they have spoken to somebody themselves." },
  { "I look after my brothers and I am tired",
    "1C 2A", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "7A", 11, 16,
    "{child} found the number on a poster at school." },
  { "Licensing: children selling in a shop at night",
    "5B 6", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "20", 9, 15,
    "Two visits, both after {hour}. The owner says that they are cousins." },
  { "Benefits office: mother says there is no food",
    "5B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 0, 14,
    "A payment was made today. {mother} asked for someone to talk to." },
  { "School place not taken up since {month}",
    "2B 5B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 5, 15,
    "The family has moved at least twice. Nobody at the address given." },
  { "Home educated; officer has not seen the children",
    "2B", MASH_TRAINING_ADVICE, MASH_TRAINING_HELP, "NEG", "16A", 6, 15,
    "Three letters came back. A relative says that they are well." },
  { "Source not known: message about bruises, no details",
    "10 9", MASH_TRAINING_ADVICE, MASH_TRAINING_ADVICE, "PHY", "20", 2, 13,
    "A card was left at the front desk. It names a street and a first name." },};

/**
 * mash_training_list_concerns:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): every concern there is
 */
const MashTrainingConcern *
mash_training_list_concerns (guint *n)
{
  *n = G_N_ELEMENTS (concerns);

  return concerns;
}
