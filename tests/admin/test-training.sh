#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From nothing to a hub that holds: a training hub is made, the example referrals are taken in twice, and
# everything is proved.

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"; echo "1..$points"' EXIT
hub=$folder/hub

# Prints what is wrong about a command that should be done and say something of the kind.
done_saying ()
{
  said=$1
  shift
  status=0
  "$@" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -eq 0 ] || echo "exit status $status"
  [ ! -s "$folder/err" ] || cat "$folder/err"
  tail -n 1 "$folder/out" | grep -q "$said" || echo "it did not say “$said”"
}

refused ()
{
  status=0
  "$@" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -eq 1 ] || echo "exit status $status"
  [ ! -s "$folder/out" ] || echo "something on standard output"
  [ "$(wc -l <"$folder/err")" -eq 1 ] || echo "not one line on standard error"
}

lines ()
{
  n=$(wc -l <"$folder/out")
  [ "$n" -eq "$1" ] || echo "$n lines"
}

nothing_beside ()
{
  ls -A "$folder" | grep -v -x -e hub -e out -e err -e passphrase || true
}

private ()
{
  find "$hub" -perm /077
}

holds 'a hub is made' done_saying '60 contacts' \
      "$admin" training "$hub" --seed 2 --weeks 1 --contacts 60 --until 2026-11-23T10:00
holds 'nothing is left beside it' nothing_beside
holds 'its files are for their owner alone' private
holds 'it is not made a second time' refused "$admin" training "$hub" --contacts 9
holds 'the example referrals are taken in' done_saying ' taken in$' \
      "$admin" --data "$hub" import resources/examples/*.xml
holds 'and are known the second time' done_saying ' already taken in$' \
      "$admin" --data "$hub" import resources/examples/*.xml
holds 'each of them' lines "$(ls resources/examples/*.xml | wc -l)"
holds 'everything holds' done_saying '^Everything holds' "$admin" --data "$hub" verify
echo training >"$folder/passphrase"
holds 'the administrator holds no key to the cases' refused "$admin" --data "$hub" \
      --as hester.quill --passphrase-file "$folder/passphrase" verify
