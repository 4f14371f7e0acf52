#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The weekly report of a training hub prints the published table of Walsall, and the line that makes it
# add up (WAL-11, scenario 18).

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"; echo "1..$points"' EXIT
hub=$folder/hub

make_hub ()
{
  "$admin" training "$hub" --until 2026-10-13T15:31 >"$folder/out" 2>&1 || tail -n 1 "$folder/out"
}

report ()
{
  "$admin" --data "$hub" report weekly --from 2026-08-26 --to 2026-10-13 "$@"
}

# Prints what is wrong about a line of the report: its name, its total, its weekly average.
line_is ()
{
  report >"$folder/out" 2>&1 || echo "exit status $?"
  grep -q "^ *$1  *$2  *$3\($\|  only\)" "$folder/out" || grep "^ *$1  " "$folder/out" || echo "no $1"
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
holds 'contacts' line_is Contacts 3,675 525
holds 'referrals' line_is Referrals 1,117 160
holds 'advice and guidance' line_is 'Advice and guidance' 2,510 359
holds 'strategy discussions' line_is 'Strategy discussions' 72 10
holds 'conversions' line_is 'Converted to child and family assessment' 254 36
holds 'assessments' line_is 'Assessments undertaken by teams' 285 48
holds 'of six weeks' says 'only 6 of 7 weeks'
holds 'the rest' line_is 'Open at period end, or other' 48 7
holds 'the sum' line_is 'Sum of outcomes' 3,675 525
holds 'it adds up' says 'difference 0'
holds 'as comma-separated text too' csv_says '"Contacts",3675,525,7,'
holds 'with its difference' csv_says '"Difference",0'
holds 'a period that ends before it begins is refused' refused weekly --from 2026-10-13 --to 2026-10-12
holds 'a day that is none is refused' refused weekly --from 2026-02-30 --to 2026-10-12
holds 'another report is refused' refused monthly
