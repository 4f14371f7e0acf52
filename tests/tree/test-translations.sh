#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every file with words to translate is known to the translators.

. "$(dirname "$0")/tap.sh"

list_files_with_words ()
{
  {
    list_files -path './src/*.c' -o -path './src/*.h' |
      xargs grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|gettext|g_dngettext|g_dpgettext2?) ?\("' || true
    list_files -path './ui/*.ui' -o -path './resources/*.ui' |
      xargs -r grep -l 'translatable="\(yes\|true\|1\)"' || true
    list_files -name '*.desktop.in' -o -name '*.metainfo.xml.in' -o -name '*.gschema.xml'
  } | sort
}

# Sorting is by bytes everywhere.
export LC_ALL=C
listed=$(mktemp)
trap 'rm -f "$listed"; echo "1..$points"' EXIT
list_files_with_words >"$listed"

holds 'POTFILES is sorted' sort -c po/POTFILES
holds 'POTFILES names every file with words' comm -13 po/POTFILES "$listed"
holds 'POTFILES names no other file' comm -23 po/POTFILES "$listed"
