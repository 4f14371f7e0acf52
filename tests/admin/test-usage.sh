#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A command line that is wrong gets one sentence on standard error, nothing on standard output, and the
# exit status 2; nothing is made.

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"; echo "1..$points"' EXIT
hub=$folder/hub

# Prints what is wrong about how the command line is refused.
misuse ()
{
  status=0
  "$admin" "$@" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -eq 2 ] || echo "exit status $status"
  [ ! -s "$folder/out" ] || echo "something on standard output"
  [ "$(wc -l <"$folder/err")" -eq 1 ] || echo "not one line on standard error"
  [ ! -e "$hub" ] || echo "a folder was made"
}

holds 'no command' misuse
holds 'a command that is not known' misuse celebrate
holds 'an option that is not known' misuse --colour training "$hub"
holds 'training without a folder' misuse training
holds 'training in two folders' misuse training "$hub" "$hub-2"
holds 'training with --data' misuse --data "$hub" training "$hub"
holds 'training with an option that is not known' misuse training "$hub" --families 3
holds 'a seed that is no number' misuse training "$hub" --seed lucky
holds 'a seed below nought' misuse training "$hub" --seed=-1
holds 'no week' misuse training "$hub" --weeks 0
holds 'too many weeks' misuse training "$hub" --weeks 521
holds 'no contact' misuse training "$hub" --contacts 0
holds 'more contacts than it makes' misuse training "$hub" --contacts 500001
holds 'contacts with a unit' misuse training "$hub" --contacts 60pcs
holds 'a day without a time' misuse training "$hub" --until 2026-10-13
holds 'a day that does not exist' misuse training "$hub" --until 2026-02-30T10:00
holds 'an option without its value' misuse training "$hub" --until
holds 'verify with an argument' misuse --data "$hub" verify "$hub"
holds 'restore of nothing' misuse --data "$hub" restore
holds 'restore with an option that is not known' misuse --data "$hub" restore --empty
holds 'restore with and without a backup' misuse --data "$hub" restore --without-backup "$hub"
holds 'import without a file' misuse --data "$hub" import
