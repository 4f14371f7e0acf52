#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each row of the security reference's sections A, B and D, and of the protocol's faults, has a test
# and a sentence, or a reason why not.

. "$(dirname "$0")/tap.sh"

rows=tests/data/security-rows.txt
faults=tests/data/sync-rows.txt

list_rows_without_test ()
{
  cat "$rows" "$faults" | grep -v '^#' | while read -r row file name rest; do
    grep -qw "$name" "$file" || echo "$row: $file has no $name."
  done
}

# Sentences are broken over lines in the source: they are joined before they are looked for.
list_rows_without_sentence ()
{
  said=$(cat src/service/mash-sentences.c src/service/mash-service-keys.c \
             src/service/mash-service-restore.c src/service/mash-hub-sentence.c \
             src/service/mash-service-unsettled.c src/service/mash-seat-door.c \
             src/sync/mash-hub-line.c src/admin/mash-command-hub.c |
         tr '\n' ' ' | sed 's/"  *"//g')
  cat "$rows" "$faults" | grep ' says ' | while read -r row file name says sentence; do
    case $said in
    *"$sentence"*) ;;
    *) echo "$row: nothing says “$sentence”." ;;
    esac
  done
}

list_missing_rows ()
{
  for row in A1 A2 A3 A4 A6 A8 A9 A10 A11 A14 A15 B1 B2 B3 B5 B7 B8 B9 B10 B11 B12 B13 B15 B16; do
    grep -q "^$row .* says " "$rows" || echo "$row"
  done
}

list_missing_faults ()
{
  for row in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
    grep -q "^6\\.$row " "$faults" || echo "6.$row"
  done
  for row in 11 15 16 17 18 19; do
    grep -q "^7\\.$row " "$faults" || echo "7.$row"
  done
  for row in A16 A17 D1 D2 D3 D4 D5 D6 D8 D9 D10 D14; do
    grep -q "^$row " "$rows" || echo "$row"
  done
}

# A word of the hub that is lost is made up for before anybody could notice.
list_unspoken_faults ()
{
  for row in 1 2 3 4 5 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
    grep -q "^6\\.$row .* says " "$faults" || echo "6.$row"
  done
  for row in A16 A17 D1 D2 D3 D4 D5 D6 D8 D9 D10 D14; do
    grep -q "^$row .* says " "$rows" || echo "$row"
  done
}

holds 'every fault of the protocol and every row of section D has a test' list_missing_faults
holds 'every row of sections A and B that concerns one desk has a sentence' list_missing_rows
holds 'every fault but a lost word, and every row of section D, has a sentence' list_unspoken_faults
holds 'every row has the test that it names' list_rows_without_test
holds 'every row has the sentence that it names' list_rows_without_sentence
