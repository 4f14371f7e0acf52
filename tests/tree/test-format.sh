#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Prints what the formatter would change, and fails where that is more than 2.5 % of the lines. The
# tables of prototypes in headers are aligned by hand, so headers are left out.

. "$(dirname "$0")/tap.sh"

changes=$(mktemp)
trap 'rm -f "$changes"; echo "1..$points"' EXIT

list_files -name '*.c' | while read -r file; do
  uncrustify -q -l C -c tests/data/uncrustify-gtk.cfg -f "$file" |
    diff -U 0 --label "$file" --label "$file" "$file" - || true
done >"$changes"

# A line that is altered counts once, as removed; only what is put in besides counts as added.
changed=$(awk '
  /^@@/ {
    split (substr ($2, 2), from, ","); split (substr ($3, 2), to, ",")
    removed = from[2] == "" ? 1 : from[2]; added = to[2] == "" ? 1 : to[2]
    total += removed > added ? removed : added
  }
  END { print total + 0 }' "$changes")
lines=$(list_files -name '*.c' | xargs cat | wc -l)

sed 's/^/# /' "$changes"
echo "# $changed of $lines lines"
list_excess ()
{
  if [ $((changed * 1000)) -gt $((lines * 25)) ]; then
    echo "more than 2.5 % of the lines differ"
  fi
}

holds 'the formatter hardly changes anything' list_excess
