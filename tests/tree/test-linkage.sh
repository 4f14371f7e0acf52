#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the built programs are linked with. The argument after the tree's folder is the build folder.

. "$(dirname "$0")/tap.sh"

desk=$2/src/app/mash-desk
admin=$2/src/admin/mash-admin
reader=$2/src/reader/mash-reader

# Prints the libraries that match the pattern and come into the process with a program, whether it
# names them itself or another library does.
find_libraries ()
{
  ldd "$1" | grep -E "$2" || true
}

find_missing_guards ()
{
  for program in "$desk" "$admin" "$reader"; do
    readelf -hW "$program" | grep -q 'Type:.*DYN' || echo "$program lies at a fixed address"
    readelf -dW "$program" | grep -q 'FLAGS.*NOW' || echo "$program binds late"
    readelf -lW "$program" | grep -q 'GNU_RELRO' || echo "$program has writable tables"
  done
}

holds 'no SQLite beside SQLCipher in the desk' find_libraries "$desk" 'libsqlite3|not found'
holds 'no SQLite beside SQLCipher in mash-admin' find_libraries "$admin" 'libsqlite3|not found'
holds 'no window in mash-admin' find_libraries "$admin" 'libgtk|libadwaita|libX11|libwayland'
# Poppler brings a certificate store with it that has SQLite; the reader keeps nothing in it.
holds 'neither keys nor window in mash-reader' \
  find_libraries "$reader" 'libsqlcipher|libsodium|libpq|libgtk|libadwaita'
holds 'every program is guarded by the linker' find_missing_guards
