#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What holds for the tree: licences, width and length of files, nothing of the machine on which it was
# written, and a reason for each dependency.

. "$(dirname "$0")/tap.sh"

list_licensed ()
{
  list_files -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -name '*.sql' -o -name '*.css' \
             -o -name '*.ui' -o -name '*.xml' -o -name '*.in' -o -name '*.rng'
  echo .ci/run
  echo src/run
  echo tests/in-chroot
  echo tests/run
}

list_unlicensed ()
{
  list_licensed | grep -vE '^(tests/data|resources/examples)/' | while read -r file; do
    head -n 5 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file"
  done
}

list_headers_read_twice ()
{
  list_files -name '*.h' | while read -r file; do
    grep -qx '#pragma once' "$file" || echo "$file"
  done
}

# Counts characters, not bytes. In the hand-aligned tables of headers an attribute may stick out.
list_wide_lines ()
{
  list_files -name '*.[ch]' | LC_ALL=C.UTF-8 xargs grep -nE '^.{101,}$' |
    grep -vE '^[^:]*\.h:.* G_GNUC_[A-Z_]+( \(.*\))?;$' || true
}

list_tabs_and_trailing_spaces ()
{
  tab=$(printf '\t')
  list_files -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -name '*.ui' -o -name '*.css' \
             -o -name '*.build' | xargs grep -nE "$tab|[[:space:]]\$" || true
}

# A longer file is split by what it is concerned with, unless tests/data/long-files says why not.
list_long_files ()
{
  {
    list_files -path './src/*.c' | xargs wc -l | awk '$1 > 700 && $2 != "total"'
    list_files -path './ui/*.ui' | xargs -r wc -l | awk '$1 > 400 && $2 != "total"'
  } | while read -r lines file; do
    grep -qs "^$file: ." tests/data/long-files || echo "$file has $lines lines"
  done
}

# Names of folders of a machine, and of hosts other than those that stand in an XML name space or are
# set aside for examples.
list_machine_names ()
{
  list_files ! -name COPYING ! -name 'test-sources.sh' ! -name '*.png' |
    xargs -d '\n' grep -nIE '/(home|root|work|Users)/[A-Za-z]|[a-z]\.debian\.(org|net)' || true
  list_files ! -name COPYING ! -name '*.png' |
    xargs -d '\n' grep -nIoE '(https?|ftp)://[A-Za-z0-9.-]+' |
    grep -vE '://(www\.w3\.org|relaxng\.org|example\.(org|com|invalid)|192\.0\.2\.1)$' || true
}

list_unexplained_packages ()
{
  (
    source=.
    . ./src/set-up.sh
    for package in $build_packages $desk_packages $headless_packages $test_packages \
                   $chroot_packages libsqlcipher-dev; do
      grep -qF "\`$package\`" README.md || echo "$package"
    done
  )
}

holds 'every source file names its licence' list_unlicensed
holds 'the README says why each package is needed' list_unexplained_packages
holds 'every header guards itself' list_headers_read_twice
holds 'no line of C is wider than 100 characters' list_wide_lines
holds 'no tab and no space at the end of a line' list_tabs_and_trailing_spaces
holds 'no file is too long to read' list_long_files
holds 'no name of a machine, its folders or its hosts' list_machine_names
