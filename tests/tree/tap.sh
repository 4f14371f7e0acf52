# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the tests of the tree share. Sourced with the tree's folder as the first argument.

set -eu
cd "$1"
points=0
trap 'echo "1..$points"' EXIT

# One point: it holds if the command prints nothing; what it prints names each thing that is wrong.
holds ()
{
  points=$((points + 1))
  sentence=$1
  shift
  wrong=$("$@" 2>&1 || true)
  if [ -z "$wrong" ]; then
    echo "ok $points - $sentence"
  else
    printf '%s: %s\n' "$sentence" "$wrong" >&2
    echo "not ok $points - $sentence"
  fi
}

# Prints what a checker says, where it says it by its exit status too.
complaints_of ()
{
  if ! report=$("$@" 2>&1); then
    printf '%s\n' "$report"
  fi
}

# Prints, sorted, the files of the tree that match find's conditions; a build folder is not of it.
list_files ()
{
  find . \( -name .git -o -path './build*' -o -path './.cache' \) -prune -o \
       -type f \( "$@" \) -print | sed 's|^\./||' | LC_ALL=C sort
}
