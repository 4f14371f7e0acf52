#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each row of the security reference that concerns one desk has a test, and a sentence.

. "$(dirname "$0")/tap.sh"

rows=tests/data/security-rows.txt

list_rows_without_test ()
{
  grep -v '^#' "$rows" | while read -r row file name rest; do
    grep -qw "$name" "$file" || echo "$row: $file has no $name."
  done
}

# Sentences are broken over lines in the source: they are joined before they are looked for.
list_rows_without_sentence ()
{
  said=$(cat src/service/mash-sentences.c src/service/mash-service-keys.c \
             src/service/mash-service-restore.c |
         tr '\n' ' ' | sed 's/"  *"//g')
  grep ' says ' "$rows" | while read -r row file name says sentence; do
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

holds 'every row of sections A and B that concerns one desk has a sentence' list_missing_rows
holds 'every row has the test that it names' list_rows_without_test
holds 'every row has the sentence that it names' list_rows_without_sentence
