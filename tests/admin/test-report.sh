#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The weekly report of a training hub prints the published table of Walsall, and the line that makes it
# add up (WAL-11, scenario 18): of a whole hub where one is named, else in the proportion of a small
# one that is made here.

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"; echo "1..$points"' EXIT
hub=${3:-$folder/hub}

# Contacts, referrals, advice, strategy discussions, conversions, assessments, the rest.
case ${3:-} in
?*)
  contacts=3675
  totals='3,675 1,117 2,510 72 254 285 48'
  averages='525 160 359 10 36 48 7'
  ;;
*)
  contacts=245
  totals='245 71 160 5 16 12 14'
  averages='35 10 23 1 2 2 2'
  ;;
esac

make_hub ()
{
  [ ! -d "$hub" ] || return 0
  "$admin" training "$hub" --contacts "$contacts" --until 2026-10-13T15:31 \
    >"$folder/out" 2>&1 || tail -n 1 "$folder/out"
}

report ()
{
  "$admin" --data "$hub" report weekly --from 2026-08-26 --to 2026-10-13 "$@"
}

# Prints what is wrong about a line of the report, whose name is the first argument: the total and
# the weekly average are those at the place that is the second.
line_is ()
{
  total=$(echo "$totals" | cut -d ' ' -f "$2")
  average=$(echo "$averages" | cut -d ' ' -f "$2")
  report >"$folder/out" 2>&1 || echo "exit status $?"
  grep -q "^ *$1  *$total  *$average\($\|  only\)" "$folder/out" ||
    grep "^ *$1  " "$folder/out" || echo "no $1"
}

says ()
{
  report >"$folder/out" 2>&1 || echo "exit status $?"
  grep -q "$1" "$folder/out" || echo "it did not say “$1”"
}

csv_says ()
{
  report --csv >"$folder/out" 2>&1 || echo "exit status $?"
  grep -q "^$1" "$folder/out" || echo "it did not say “$1”"
}

refused ()
{
  status=0
  "$admin" --data "$hub" report "$@" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -ne 0 ] || echo "it was done"
  [ "$(wc -l <"$folder/err")" -eq 1 ] || echo "not one line on standard error"
}

holds 'a hub is made' make_hub
holds 'contacts' line_is Contacts 1
holds 'referrals' line_is Referrals 2
holds 'advice and guidance' line_is 'Advice and guidance' 3
holds 'strategy discussions' line_is 'Strategy discussions' 4
holds 'conversions' line_is 'Converted to child and family assessment' 5
holds 'assessments' line_is 'Assessments undertaken by teams' 6
holds 'of six weeks' says 'only 6 of 7 weeks'
holds 'the rest' line_is 'Open at period end, or other' 7
holds 'the sum' line_is 'Sum of outcomes' 1
holds 'it adds up' says 'difference 0'
holds 'as comma-separated text too' csv_says "\"Contacts\",$contacts,$(echo "$averages" | cut -d ' ' -f 1),7,"
holds 'with its difference' csv_says '"Difference",0'
holds 'a period that ends before it begins is refused' refused weekly --from 2026-10-13 --to 2026-10-12
holds 'a day that is none is refused' refused weekly --from 2026-02-30 --to 2026-10-12
holds 'another report is refused' refused monthly

# Takes in a file of counts for the week that had none; it is refused whole where a line is wrong.
take_counts ()
{
  printf 'week,team,measure,count,source\n%s\n' "$1" >"$folder/counts.csv"
  status=0
  "$admin" --data "$hub" import "$folder/counts.csv" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -eq "$2" ] || echo "exit status $status"
  cat "$folder/out" "$folder/err" | grep -q "$3" || cat "$folder/out" "$folder/err"
}

holds 'a file of counts with a wrong line is refused' \
  take_counts '2026-10-05,Added,CFA,9,Return
2026-10-06,Added,CFA,9,Return' 1 'Line 3, “Week beginning”: A week begins on a Monday'
holds 'and nothing of it is in' line_is 'Assessments undertaken by teams' 6
holds 'a file of counts is taken in' take_counts '2026-10-05,Added,CFA,9,Return' 0 '1 new counts'
holds 'the same file is recognised' take_counts '2026-10-05,Added,CFA,9,Return' 0 '1 taken in before'
