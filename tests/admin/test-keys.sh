#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Keys and backups from the command line, on a hub of invented families: what is made can be put
# back, onto a hub that is gone too, and every refusal is one sentence and exit status 1.

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"; echo "1..$points"' EXIT
hub=$folder/hub
mkdir "$folder/disk" "$folder/room"
TMPDIR=$folder/room
export TMPDIR
printf 'words of a new kind' >"$folder/words"

# Prints what is wrong where a command does not end well with these words.
says ()
{
  words=$1
  shift
  "$admin" --data "$hub" "$@" >"$folder/out" 2>"$folder/err" || echo "exit status $?"
  grep -q "$words" "$folder/out" || cat "$folder/out" "$folder/err"
}

# Prints what is wrong about how a command is refused.
refuses ()
{
  words=$1
  shift
  status=0
  "$admin" --data "$hub" "$@" >"$folder/out" 2>"$folder/err" || status=$?
  [ "$status" -eq 1 ] || echo "exit status $status"
  grep -q "$words" "$folder/err" || cat "$folder/err"
}

# Whether a command listens for what interrupts it. Before it is itself it is a shell, which listens
# too.
listens ()
{
  grep -q '^Name:.mash-admin' "/proc/$1/status" &&
    grep -q '^SigCgt:.*[2367abef]$' "/proc/$1/status"
}

# Interrupts a command as soon as it listens, and prints what is wrong where it does not stop in
# order; one that was done before that is begun anew.
stops ()
{
  for try in 1 2 3 4 5 6; do
    "$admin" --data "$hub" "$@" >"$folder/out" 2>"$folder/err" &
    pid=$!
    while grep -q '^State:.[^Z]' "/proc/$pid/status" && ! listens "$pid"; do
      sleep 0.01
    done
    kill -INT "$pid" || true
    status=0
    wait "$pid" || status=$?
    case $status in
    0) continue ;;
    1) grep -q 'Stopped. Nothing was changed' "$folder/err" || cat "$folder/err" ;;
    130) echo 'it was ended and not stopped' ;;
    *) echo "exit status $status" ;;
    esac
    return 0
  done
  echo 'it was always done before'
}

# Prints what the last command did not say.
lacks ()
{
  grep -q "$1" "$folder/out" || cat "$folder/out"
}

# Damages a part of a database, from one hundredth of it to another. The last tenth is what was said
# last.
damage ()
{
  pages=$(($(stat -c %s "$hub/desk.db") / 8192))
  dd if=/dev/urandom of="$hub/desk.db" bs=8192 seek=$((pages * $1 / 100)) \
     count=$((pages * ($2 - $1) / 100)) conv=notrunc 2>/dev/null
}

person=aled.sorrel

"$admin" training "$hub" --contacts 10 --until 2026-10-13T15:31 >/dev/null
holds 'there is no backup yet' refuses 'There is no backup' restore "$folder/disk"
holds 'a backup into itself' refuses 'own folder' backup "$hub"
holds 'a backup' says 'is checked' backup "$folder/disk"
holds 'how far it came' lacks '^100 % done$'
holds 'a drill' says 'is good' backup drill "$folder/disk"
holds 'how far that came' lacks '^100 % done$'
holds 'a backup that is stopped' stops backup "$folder/disk"
holds 'a drill that is stopped' stops backup drill "$folder/disk"
holds 'a proof that is stopped' stops verify
holds 'a new key that is stopped' stops key change
holds 'a restore that is stopped' stops restore "$folder/disk"
holds 'nothing of them is left' says 'Everything holds' verify
holds 'a new key' says 'new key' key change
holds 'everything holds' says 'Everything holds' verify
printf 'nothing' >"$hub/desk.db"
holds 'a database that is gone is refused' refuses 'cut short' verify
holds 'nothing of it is read' refuses 'Nothing was written to it' restore --without-backup
holds 'it is restored' says 'restored' restore "$folder/disk"
holds 'how far that came too' lacks '^100 % done$'
holds 'everything holds again' says 'Everything holds' verify
holds 'a passphrase' says 'and it alone' --as $person key passphrase \
      --new-passphrase-file "$folder/words"
holds 'the old one' refuses 'not right' --as $person verify
holds 'a code' says '-' --as $person --passphrase-file "$folder/words" key code
head -n 1 "$folder/out" >"$folder/code"
holds 'the code opens' says 'used up' --as $person --passphrase-file "$folder/code" key recover \
      --new-passphrase-file "$folder/words"
holds 'and once only' refuses 'not right' --as $person --passphrase-file "$folder/code" \
      key recover --new-passphrase-file "$folder/words"
holds 'a release' says 'try again' staff release $person
holds 'a release of nobody' refuses 'no such record' staff release nobody
holds 'no folder of the drill is left' ls "$folder/room"

# A hub without a backup that can be read, or with one that nobody told the command of.
"$admin" --data "$hub" backup "$folder/disk" >"$folder/out"
holds 'a backup after all' refuses "There is a backup.*$folder/disk" restore --without-backup
rm -rf "$folder/disk"
holds 'a wrong passphrase reads nothing' refuses 'not right' --as $person restore --without-backup
holds 'a rescue that is stopped' stops restore --without-backup
holds 'all of it is read' says 'everything in it holds' restore --without-backup
holds 'how far the rescue came' lacks '^100 % done$'
holds 'everything holds once more' says 'Everything holds' verify
damage 90 99
holds 'not all can be read' refuses 'Not all of the damaged' restore --without-backup
holds 'what was read lies beside' test -e "$hub"/rescued-*/desk.db
