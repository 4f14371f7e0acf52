#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A central hub to try, from nothing to its end: it is made with its own server, takes over from a
# stand-alone hub, and leaves nothing running.

set -eu
admin=$2
. "$(dirname "$0")/../tree/tap.sh"

folder=$(mktemp -d /tmp/mash-town-XXXXXX)
town=$folder/town
end ()
{
  "$admin" training --stop "$town" >"$folder/out" 2>&1 || true
  rm -rf "$folder"
  echo "1..$points"
}
trap end EXIT
# The account that runs the server has to come to its folder.
chmod 755 "$folder"
# What watches the test's own memory is not for the server.
unset MALLOC_CHECK_ MALLOC_PERTURB_

# Prints what is wrong about a command that should end so and say something of the kind.
ends ()
{
  expected=$1
  said=$2
  shift 2
  status=0
  "$@" >"$folder/out" 2>&1 || status=$?
  [ "$status" -eq "$expected" ] || echo "exit status $status"
  grep -q "$said" "$folder/out" || cat "$folder/out"
}

server ()
{
  echo "host=$town/server port=$(sed -n 2p "$town/authority/server") dbname=$1 user=administrator"
}

state ()
{
  "$admin" hub status "$(server mash)" | tr '\t' ' '
}

closed ()
{
  ! ls "$town/server/data/postmaster.pid" 2>/dev/null
}

holds 'a hub is made, and says how to open its desks' ends 0 "mash-desk --data $town/desk-2" \
  "$admin" training --hub "$town" --contacts 3 --weeks 1
cp "$folder/out" "$folder/made"
holds 'everybody of the training hub is in' ends 0 '^People: 14$' \
  "$admin" hub status "$(server mash)"
holds 'two desks are enrolled' ends 0 '^Desks: 2$' "$admin" hub status "$(server mash)"
holds 'each desk is named, and nobody works there yet' \
  ends 0 "^desk-2 active 0 0 0 - - $(sed -n '/^\[desk\]/,$s/^id=//p' "$town/desk-2/enrolment")$" \
  state
# Behind it stand the authority's own record and post.
taken=$("$admin" --data "$town/stand-alone" verify | sed -n 's/.*\b\([0-9]\{3,\}\) change.*/\1/p')
holds 'it took over the whole history' ends 0 "^Position: $((taken + 2))$" \
  "$admin" hub status "$(server mash)"

# An administrator does something about the staff of the hub.
staff ()
{
  "$admin" staff "$@" --authority "$town/authority" "$(server mash)"
}

holds 'somebody’s vetting is entered' ends 0 'ends with that day' \
  staff vetting dean.orrick --until 2030-03-31
example=$(grep -o 'mash-admin staff suspend .*' "$folder/made" | sed 's/^mash-admin//')
holds 'a day that is over is not entered by mistake' ends 1 'That day is over' \
  staff vetting dean.orrick --until 2026-01-31
holds 'it is where that is meant' ends 0 'ends with that day' \
  staff vetting dean.orrick --until 2026-01-31 --end
holds 'it is said what renewing it does not give back' ends 0 'a manager gives them again' \
  staff vetting dean.orrick --until 2030-03-31
holds 'somebody is suspended, as it was shown' ends 0 'until this is ended' \
  sh -c "\"$admin\" $example"
holds 'they may work again' ends 0 'may work again' staff suspend --end dean.orrick
holds 'somebody is given a post' ends 0 'hold the post' \
  staff post joy.adeyemi --agency 'Weald General Hospital' --role HL --title 'Nurse'
holds 'somebody is added' ends 0 'opens once' staff add mina.ford --name 'Mina Ford' \
  --agency 'Weald Homes' --role HO --title 'Housing officer'
holds 'somebody’s passphrase is reset' ends 0 'opens once' staff reset aled.sorrel \
  --half "$town/authority/recovery-half-1" --half "$town/authority/recovery-half-2"
holds 'somebody is shut out' ends 0 'shut out at every desk' staff revoke grace.lumley
holds 'a policy is put in force' ends 0 'is in force' \
  "$admin" policy push "$1/resources/policy/mash-policy.xml" "$(server mash)"
holds 'a desk is let in' ends 0 'desk-3 is enrolled' \
  "$admin" desk add desk-3 "$town/desk-3" --authority "$town/authority" "$(server mash)"
holds 'a desk is shut out' ends 0 'desk is shut out' "$admin" desk revoke \
  "$(sed -n '/^\[desk\]/,$s/^id=//p' "$town/desk-3/enrolment")" \
  --authority "$town/authority" "$(server mash)"
holds 'a folder has one hub' ends 1 '.' "$admin" training --hub "$town" --contacts 3 --weeks 1
holds 'it is stopped' ends 0 'is stopped' "$admin" training --stop "$town"
holds 'nothing of it runs' closed
holds 'what does not run is not stopped' ends 1 'No hub runs' "$admin" training --stop "$town"
holds 'it runs again' ends 0 'The hub runs' "$admin" training --start "$town"
holds 'a stand-alone hub is no empty database' ends 1 'is a hub already' \
  "$admin" --data "$town/stand-alone" hub adopt "$(server mash)"
"$(pg_config --bindir)/createdb" -h "$town/server" -p "$(sed -n 2p "$town/authority/server")" \
  -U administrator -T template0 -E UTF8 second
holds 'a hub is in one place only' ends 1 'on this server already' \
  "$admin" --data "$town/stand-alone" hub adopt --authority "$folder/second" "$(server second)"
