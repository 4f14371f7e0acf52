#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A library is included in the folders that may know it, and nowhere else.

. "$(dirname "$0")/tap.sh"

# Finds the pattern in the sources of every folder of src that is not named.
find_outside ()
{
  pattern=$1
  shift
  for folder in src/*/; do
    case " $* " in
    *" $(basename "$folder") "*) ;;
    *) grep -rnE --include='*.[ch]' "$pattern" "$folder" || true ;;
    esac
  done
}

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]'

holds 'SQLCipher only in store' find_outside "$include(sqlite3|sqlcipher)" store
holds 'libsodium only in store' find_outside "$include""sodium" store
holds 'GTK only in app' find_outside "$include(gtk|gdk|gsk|adwaita)" app
holds 'libxml2 only in exchange and reader' find_outside "$include(libxml/)" exchange reader
holds 'GMime and Poppler only in reader' find_outside "$include(gmime|poppler)" reader
holds 'libpq only in sync' find_outside "$include(libpq)" sync
holds 'libcrypto only in sync' find_outside "$include(openssl/)" sync
holds 'SQL only in store and sync' \
  find_outside '"(SELECT|INSERT|UPDATE|DELETE|CREATE TABLE|PRAGMA) ' store sync
