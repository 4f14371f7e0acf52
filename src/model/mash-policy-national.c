/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-policy-private.h"

/* Codes that a policy must not do without (domain.md 3.8). National lists come from the children in
 * need census and from national police guidance and must be exactly these: returns and exports are
 * made of them. Of the others the program itself knows these codes, and a hub may add its own. */
static const MashKnownList known_lists[] = {
  { "RSRC", TRUE, "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10" },
  { "NEED", TRUE, "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0" },
  { "FAC", TRUE,
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A "
    "14A 15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A" },
  { "ABUSE", TRUE, "NEG PHY SAB EMO MUL" },
  { "RC", TRUE, "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9" },
  { "SEX", TRUE, "M F U" },
  { "ETH", TRUE,
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH "
    "REFU NOBT" },
  { "DIS", TRUE, "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA" },
  { "UPNU", TRUE, "UN1 UN2 UN3 UN4 UN5 UN6 UN7" },
  { "I3", TRUE, "1 2 3" },
  { "I5", TRUE, "A B C D E" },
  { "I2", TRUE, "P C" },
  { "BRAG", FALSE, "R A G B" },
  { "CHAN", FALSE, "FORM FILE EMAIL PHONE" },
  { "CHASE", FALSE, "OPEN ANSWERED DROPPED" },
  { "CKIND", FALSE, "CON REF ADV NOT INF OPEN ADU LADO" },
  { "CST", FALSE, "C00 C10 C20 C25 C30 C40 C50 C60 C65 C70 C75 C80 C90 C95 X10 X20" },
  { "ITEM", FALSE,
    "CHILD BIRTH ADDRESS CONCERN HOUSEHOLD PR AGREEMENT INFORMED REFERRER SCHOOLGP" },
  { "LVL", FALSE, "1 2 3 4 S17 S47" },
  { "OUT", FALSE,
    "O01 O02 O03 O04 O05 O06 O07 O08 O09 O10 O11 O12 O13 O14 O15 O16 O17 O18 O19 O20" },
  { "RECEIVER", FALSE, "O03 O04" },
  { "RESULT", FALSE, "APPROVED RETURNED CHANGED" },
  { "ROLE", FALSE, "MO SW MM DS HL ED HO PR EH VP LM IG AD" },
  { "RREF", FALSE, "none within_12m after_12m contact_only_before" },
  { "SIG", FALSE, "routine notable critical" },
  { "SO", FALSE,
    "SO01 SO02 SO03 SO04 SO05 SO06 SO07 SO08 SO09 SO10 SO11 SO12 SO13 SO14 SO15 SO16" },
  { "SOR", FALSE, "SIGNED REFUSED RETURNED" },
  { "SOS", FALSE, "PROVISIONAL ACCEPTED SUPERSEDED INVALIDATED" },
  { "SROLE", FALSE, "CHILD UNBORN ADULT PARENT SOURCE HOUSEHOLD OTHER" },
  { "STRAND-A", FALSE, "A10 A20 A30 A40" },
  { "STRAND-E", FALSE, "E10 E20 E30 E40 E50 E90" },
  { "STRAND-P", FALSE, "P10 P20 P30 P40 P50 P60 P70 P80" },
  { "YN", FALSE, "Y N" },
  { "YNU", FALSE, "Y N U" },
};

/**
 * mash_policy_list_known:
 * @n_lists: (out): how many there are
 *
 * Returns: (array length=n_lists): lists with the codes that a policy must have in them
 */
const MashKnownList *
mash_policy_list_known (guint *n_lists)
{
  *n_lists = G_N_ELEMENTS (known_lists);

  return known_lists;
}
