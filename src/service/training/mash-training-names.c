/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-names.h"

static const char *const british_boys[] = {
  "Alfie", "Archie", "Arlo", "Ben", "Billy", "Bobby", "Caleb", "Callum", "Charlie", "Connor",
  "Daniel", "Dylan", "Ethan", "Finley", "Frankie", "Freddie", "George", "Harley", "Harry",
  "Harvey", "Henry", "Jack", "Jacob", "Jake", "Jaxon", "Jayden", "Joshua", "Kai", "Kyle", "Leo",
  "Lewis", "Liam", "Logan", "Luca", "Mason", "Max", "Noah", "Oliver", "Oscar", "Reece", "Reggie",
  "Riley", "Ronnie", "Rory", "Ryan", "Sam", "Sebastian", "Stanley", "Teddy", "Theo", "Toby",
  "Tommy", "Tyler", "Zac", NULL
};
static const char *const british_girls[] = {
  "Abigail", "Alice", "Amelia", "Amy", "Ava", "Bella", "Bethany", "Bonnie", "Chloe", "Chloë",
  "Daisy", "Demi-Leigh", "Eliza", "Ellie", "Elsie", "Emily", "Erin", "Evie", "Faith", "Florence",
  "Freya", "Georgia", "Grace", "Gracie-Mae", "Hallie", "Harper", "Holly", "Imogen", "Isla", "Ivy",
  "Jasmine", "Jessica", "Kayleigh", "Keira", "Lacey", "Lexi", "Lily", "Lola", "Lucy", "Maisie",
  "Matilda", "Megan", "Mia", "Millie", "Molly", "Niamh", "Olivia", "Phoebe", "Poppy", "Rosie",
  "Ruby", "Scarlett", "Skye", "Sophie", "Summer", "Tilly", "Willow", "Zoë", "Zoe", NULL
};
static const char *const british_surnames[] = {
  "Abbotson", "Aldous", "Allardyce", "Ambler", "Appleyard", "Ashdown", "Atterbury", "Bagnall",
  "Bancroft", "Barnsley", "Beddoes", "Bellweather", "Birchall", "Blackwell", "Blundell", "Bostock",
  "Bramhall", "Brearley", "Brindley", "Broadbent", "Burslem", "Cadwallader", "Calder", "Cartledge",
  "Catterall", "Chadderton", "Clegg", "Clutterbuck", "Colclough", "Cotterill", "Coyle", "Cranshaw",
  "Crowther", "D’Arcy", "Danks", "Dempster", "Dewhurst", "Dray", "Duckworth", "Eccleston",
  "Edgerton", "Entwistle", "Fairclough", "Farrow", "Fearnley", "Fielding", "Fothergill", "Gadsby",
  "Garside", "Gorton", "Greatorex", "Grimshaw", "Hackett", "Halliwell", "Hardcastle", "Hartnoll",
  "Haslam", "Hathersage", "Heaton", "Hebblethwaite", "Higginbotham", "Hollis", "Horrocks",
  "Hulme", "Ibbotson", "Illingworth", "Ingleby", "Jeavons", "Jessop", "Kershaw", "Kettlewell",
  "Kirkbride", "Langstaff", "Leadbetter", "Lewis", "Lomax", "Lowndes", "Lumley", "Makepeace",
  "Marsh", "Micklethwaite", "Murgatroyd", "Naylor", "Nettleship", "Nuttall", "Oldroyd",
  "Ollerenshaw", "Orme", "Ostrander", "Oxtoby", "Pargeter", "Pellow", "Penhaligon", "Pickersgill",
  "Pilling", "Poskitt", "Postlethwaite", "Prior", "Prothero", "Ramsbottom", "Rawcliffe",
  "Redfern", "Ridgway", "Rowbottom", "Rushworth", "Scholes", "Shackleton", "Shufflebotham",
  "Sidebottom", "Skelhorn", "Smallwood", "Sowerby", "Stainthorpe", "Stott", "Sugden", "Swindells",
  "Tattersall", "Tennick", "Thistlethwaite", "Threlfall", "Tordoff", "Tunnicliffe", "Turnbull",
  "Unsworth", "Vickerstaff", "Wadsworth", "Wagstaff", "Walmsley", "Whitcombe", "Whittaker",
  "Winstanley", "Wolstenholme", "Wrigley", "Yardley", NULL
};
static const char *const pakistani_boys[] = {
  "Aariz", "Adam", "Ahmed", "Ali", "Ayaan", "Bilal", "Danyal", "Faisal", "Hamza", "Haroon",
  "Hassan", "Ibrahim", "Idris", "Imran", "Ismail", "Mohamed", "Mohammad", "Mohammed", "Muhammad",
  "Musa", "Omar", "Rayyan", "Sami", "Subhan", "Usman", "Yusuf", "Zain", NULL
};
static const char *const pakistani_girls[] = {
  "Aisha", "Alina", "Amina", "Anaya", "Ayesha", "Eshal", "Fatima", "Hafsa", "Hania", "Inaya",
  "Iqra", "Khadija", "Laiba", "Maryam", "Mehreen", "Noor", "Rabia", "Sana", "Sumaiya", "Zahra",
  "Zara", "Zoya", NULL
};
static const char *const pakistani_surnames[] = {
  "Ahmed", "Akhtar", "Ali", "Aslam", "Begum", "Bibi", "Butt", "Chaudhry", "Farooqi", "Hussain",
  "Iqbal", "Javed", "Khan", "Mahmood", "Malik", "Mirza", "Qureshi", "Rafiq", "Saleem", "Sheikh",
  "Yaqoob", "Zaman", NULL
};
static const char *const indian_boys[] = {
  "Aarav", "Amar", "Arjan", "Arjun", "Dev", "Gurdeep", "Harjit", "Ishaan", "Jai", "Jasdeep",
  "Kiran", "Krish", "Manveer", "Nikhil", "Rohan", "Sahib", "Veer", "Vihaan", NULL
};
static const char *const indian_girls[] = {
  "Aanya", "Amrit", "Anjali", "Asha", "Diya", "Harleen", "Isha", "Jasleen", "Kavya", "Kirat",
  "Mehar", "Meera", "Nisha", "Pooja", "Priya", "Riya", "Simran", "Tara", NULL
};
static const char *const indian_surnames[] = {
  "Bains", "Bhatt", "Chana", "Dhaliwal", "Gill", "Grewal", "Johal", "Kaur", "Lal", "Mistry",
  "Nair", "Patel", "Rai", "Sahota", "Sandhu", "Sandhu-Pryce", "Sharma", "Sidhu", "Singh", "Virdee",
  NULL
};
static const char *const african_boys[] = {
  "Abdi", "Ade", "Chidi", "Dele", "Emeka", "Femi", "Ifeanyi", "Jamal", "Kofi", "Kwame", "Liban",
  "Malachi", "Nathaniel", "Obi", "Samuel", "Tobi", "Tunde", "Yonas", NULL
};
static const char *const african_girls[] = {
  "Abena", "Adaeze", "Amara", "Ayomide", "Blessing", "Chiamaka", "Efua", "Esther", "Folake",
  "Hodan", "Ifrah", "Joy", "Ngozi", "Nia", "Ruth", "Temi", "Yewande", "Zainab", NULL
};
static const char *const african_surnames[] = {
  "Abdi", "Adeyemi", "Adeyinka", "Adjei", "Afolabi", "Agyeman", "Asante", "Balogun", "Boateng",
  "Danso", "Eze", "Farah", "Haile", "Kamara", "Mensah", "Moyo", "Nwosu", "Obi", "Okafor",
  "Okonkwo", "Osei", "Sesay", "Tesfaye", "Warsame", NULL
};
static const char *const caribbean_boys[] = {
  "Andre", "Dante", "Dwayne", "Elijah", "Isaiah", "Jerome", "Kemar", "Leon", "Malik", "Marlon",
  "Micah", "Nathan", "Rio", "Tyrese", "Zion", NULL
};
static const char *const caribbean_girls[] = {
  "Alesha", "Amari", "Chanelle", "Destiny", "Jada", "Kezia", "Leah", "Naomi", "Nevaeh", "Renée",
  "Sanai", "Shanice", "Tamia", "Tia", "Zara", NULL
};
static const char *const caribbean_surnames[] = {
  "Bailey", "Barrett", "Beckford", "Campbell", "Clarke", "Daley", "Francis", "Gayle", "Gordon",
  "Henry", "Lindo", "Morrison", "Powell", "Reid", "St Clair", "Walters", "Whyte", NULL
};
static const char *const eastern_boys[] = {
  "Adrian", "Alexandru", "Andrei", "Bartosz", "Dawid", "Dominik", "Filip", "Ionuț", "Jakub", "Jan",
  "Kacper", "Kuba", "Łukasz", "Marek", "Matei", "Mihai", "Patryk", "Ștefan", "Szymon", NULL
};
static const char *const eastern_girls[] = {
  "Agnieszka", "Alicja", "Ana", "Daria", "Elena", "Hanna", "Ioana", "Julia", "Kinga", "Lena",
  "Maja", "Maria", "Nadia", "Natalia", "Oliwia", "Sofia", "Wiktoria", "Zofia", "Zuzanna", NULL
};
static const char *const eastern_surnames[] = {
  "Bălan", "Borkowski", "Ciobanu", "Dąbrowski", "Dumitru", "Górski", "Ionescu", "Jankowski",
  "Kowalczyk", "Lis", "Mazur", "Moraru", "Nowak", "Pawlak", "Popescu", "Rusu", "Stan", "Wójcik",
  "Zając", NULL
};
static const char *const irish_boys[] = {
  "Ciarán", "Conor", "Cormac", "Darragh", "Declan", "Eoin", "Fionn", "John-Joe", "Martin",
  "Oisín", "Paddy", "Ronan", "Seán", "Tadhg", NULL
};
static const char *const irish_girls[] = {
  "Aoife", "Bríd", "Caoimhe", "Ciara", "Clodagh", "Kathleen", "Margaret", "Mary-Kate", "Niamh",
  "Orla", "Róisín", "Saoirse", "Sinéad", "Siobhán", NULL
};
static const char *const irish_surnames[] = {
  "Brannigan", "Connors", "Doherty", "Gallagher", "McCann", "McDonagh", "McGinty", "Mulcahy",
  "Ní Bhriain", "O’Brien", "O’Connell", "O’Dowd", "O’Leary", "O’Shea", "Tierney", "Ward", NULL
};

static const MashTrainingCulture cultures[] = {
  { 640, "WBRI", "English", NULL, british_boys, british_girls, british_surnames },
  { 85, "APKN", "Urdu", "Muslim", pakistani_boys, pakistani_girls, pakistani_surnames },
  { 55, "AIND", "Punjabi", "Sikh", indian_boys, indian_girls, indian_surnames },
  { 25, "ABAN", "Sylheti", "Muslim", pakistani_boys, pakistani_girls, pakistani_surnames },
  { 45, "BAFR", "English", "Christian", african_boys, african_girls, african_surnames },
  { 30, "BCRB", "English", "Christian", caribbean_boys, caribbean_girls, caribbean_surnames },
  { 35, "MWBC", "English", NULL, caribbean_boys, caribbean_girls, british_surnames },
  { 25, "MWAS", "English", NULL, british_boys, pakistani_girls, pakistani_surnames },
  { 20, "WOTH", "Polish", "Roman Catholic", eastern_boys, eastern_girls, eastern_surnames },
  { 18, "WOTH", "Romanian", NULL, eastern_boys, eastern_girls, eastern_surnames },
  { 16, "WIRI", "English", "Roman Catholic", irish_boys, irish_girls, irish_surnames },
  { 6, "WIRT", "English", "Roman Catholic", irish_boys, irish_girls, irish_surnames },
};

static const char *const streets[] = {
  "Alder", "Ash", "Badger", "Beacon", "Bellfounder", "Bobbin", "Bracken", "Bridge End",
  "Brook", "Cartwright", "Chapel", "Clover", "Coopers", "Cordwainer", "Crabtree", "Dyehouse",
  "Elder", "Fairground", "Fellmonger", "Fernhill", "Forge", "Foundry", "Foxglove", "Furlong",
  "Gasworks", "Glover", "Granary", "Half Moon", "Hawthorn", "Hazel", "Heron", "Hop Kiln",
  "Ironmaster", "Kestrel", "Kingfisher", "Lamplighter", "Larch", "Limekiln", "Linnet", "Locksmith",
  "Lorimer", "Malthouse", "Mercer", "Mill Race", "Nailer", "Nettlefold", "Oakapple", "Orchard",
  "Otter", "Packhorse", "Parchment", "Penny", "Plover", "Pound", "Quarry", "Ropewalk", "Rowan",
  "Saddler", "Sawpit", "Shuttle", "Skylark", "Smithy", "Spinner", "Stonebow", "Tannery", "Teasel",
  "Thatcher", "Tinker", "Turnpike", "Viaduct", "Wainwright", "Weaver", "Wheelwright", "Wharf",
  "Willow", "Woolpack", "Yew",
};
static const char *const street_kinds[] = {
  "Street", "Road", "Road", "Lane", "Close", "Close", "Avenue", "Drive", "Gardens", "Court",
  "Crescent", "Terrace", "Way", "Walk",
};
static const char *const nurseries[] = {
  "Little Larches", "Acorn Nursery", "Tiny Weavers", "Millrace Children’s Centre",
};
static const char *const primaries[] = {
  "Brackenfield Primary", "Canal Side Primary", "Foundry Lane Primary", "Hop Kiln Infants",
  "Orchard Rise Primary", "St Werburgh’s RC Primary", "Turnpike Juniors", "Weald Common Primary",
  "Withy Brook Primary", "Yew Tree Primary",
};
static const char *const secondaries[] = {
  "Weald Park Academy", "Millrace High", "St Chad’s Catholic High", "Stonebow School",
  "The Beacon Academy",
};
static const char *const surgeries[] = {
  "Canal Street Surgery", "Half Moon Practice", "Lorimer House Surgery", "Orchard Medical Centre",
  "The Beacon Practice", "Viaduct Health Centre", "Weald Road Surgery",
};
static const char *const wards[] = {
  "Beacon Hill", "Canalside", "Foundry", "Millrace", "Stonebow", "Turnpike", "Weald Common",
  "Withybrook",
};

/**
 * mash_training_pick_culture:
 * @random: a generator
 *
 * Returns: (transfer none): a culture, as often as its weight says
 */
const MashTrainingCulture *
mash_training_pick_culture (MashTrainingRandom *random)
{
  guint weights[G_N_ELEMENTS (cultures)];

  for (guint i = 0; i < G_N_ELEMENTS (cultures); i++)
    weights[i] = cultures[i].weight;

  return &cultures[mash_training_random_weigh (random, weights, G_N_ELEMENTS (cultures))];
}

/**
 * mash_training_find_culture:
 * @surname: a surname
 *
 * Returns: (transfer none): the first culture that has it, or else the first of all
 */
const MashTrainingCulture *
mash_training_find_culture (const char *surname)
{
  for (guint i = 0; i < G_N_ELEMENTS (cultures); i++)
    {
      if (g_strv_contains (cultures[i].surnames, surname))
        return &cultures[i];
    }

  return &cultures[0];
}

/**
 * mash_training_pick_name:
 * @random: a generator
 * @names: (array zero-terminated=1): some names
 *
 * Returns: (transfer none): one of them
 */
const char *
mash_training_pick_name (MashTrainingRandom *random,
                         const char *const  *names)
{
  guint n = g_strv_length ((char **) names);

  return names[mash_training_random_below (random, n)];
}

/**
 * mash_training_pick_school:
 * @random: a generator
 * @age: of the child, in years
 *
 * Returns: (transfer none) (nullable): a school or nursery for the age, %NULL for a baby
 */
const char *
mash_training_pick_school (MashTrainingRandom *random,
                           guint               age)
{
  if (age < 2 || (age < 4 && mash_training_random_chance (random, 40)))
    return NULL;
  if (age < 4)
    return mash_training_random_pick (random, nurseries);
  if (age < 11)
    return mash_training_random_pick (random, primaries);

  return mash_training_random_pick (random, secondaries);
}

const char *
mash_training_pick_surgery (MashTrainingRandom *random)
{
  return mash_training_random_pick (random, surgeries);
}

const char *
mash_training_pick_ward (MashTrainingRandom *random)
{
  return mash_training_random_pick (random, wards);
}

/**
 * mash_training_make_street:
 * @random: a generator
 *
 * Returns: (transfer full): the first line of an address
 */
char *
mash_training_make_street (MashTrainingRandom *random)
{
  const char *street = mash_training_random_pick (random, streets);
  const char *kind = mash_training_random_pick (random, street_kinds);
  guint house = mash_training_random_range (random, 1, 148);

  if (mash_training_random_chance (random, 14))
    return g_strdup_printf ("Flat %u, %u %s %s", mash_training_random_range (random, 1, 32), house,
                            street, kind);

  return g_strdup_printf ("%u %s %s", house, street, kind);
}

/* There is no postcode area ZZ. */
char *
mash_training_make_postcode (MashTrainingRandom *random)
{
  static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";

  return g_strdup_printf ("ZZ%u %u%c%c", mash_training_random_range (random, 1, 9),
                          mash_training_random_range (random, 1, 9),
                          letters[mash_training_random_below (random, sizeof letters - 1)],
                          letters[mash_training_random_below (random, sizeof letters - 1)]);
}

char *
mash_training_make_mobile (MashTrainingRandom *random)
{
  return g_strdup_printf ("07700 900%03u", mash_training_random_below (random, 1000));
}

char *
mash_training_make_landline (MashTrainingRandom *random)
{
  return g_strdup_printf ("01632 960%03u", mash_training_random_below (random, 1000));
}

/**
 * mash_training_make_nhs_number:
 * @random: a generator
 *
 * Returns: (transfer full): a number of the range 999, kept for tests, with its check digit
 */
char *
mash_training_make_nhs_number (MashTrainingRandom *random)
{
  for (;;)
    {
      char digits[10];
      guint sum = 0;
      guint check;

      g_snprintf (digits, sizeof digits, "999%06u", mash_training_random_below (random, 1000000));
      for (guint i = 0; i < 9; i++)
        sum += (guint) (digits[i] - '0') * (10 - i);
      check = (11 - sum % 11) % 11;
      if (check < 10)
        return g_strdup_printf ("%s%u", digits, check);
    }
}

/**
 * mash_training_make_upn:
 * @random: a generator
 *
 * Returns: (transfer full): a pupil number with its check letter, of an authority that does not
 *   exist
 */
char *
mash_training_make_upn (MashTrainingRandom *random)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
  char digits[13];
  guint sum = 0;

  g_snprintf (digits, sizeof digits, "999%09u", mash_training_random_below (random, 1000000000));
  for (guint i = 0; i < 12; i++)
    sum += (guint) (digits[i] - '0') * (i + 2);

  return g_strdup_printf ("%c%s", letters[sum % 23], digits);
}

/**
 * mash_training_get_locality:
 * @ward: a ward of the invented authority
 *
 * Returns: (transfer none): the locality that it is part of
 */
const char *
mash_training_get_locality (const char *ward)
{
  return g_ascii_strcasecmp (ward, "N") < 0 ? "North" : "South";
}
