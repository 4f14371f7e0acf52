#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the desktop reads of ours is as the desktop wants it. The arguments after the tree's folder
# are the desktop file and the metainfo file that the build made.

. "$(dirname "$0")/tap.sh"

desktop_file=$2
metainfo_file=$3

check_every_xml_file ()
{
  list_files -name '*.ui' -o -name '*.xml' -o -name '*.rng' -o -name '*.svg' | grep -v '^tests/' |
    xargs xmllint --nonet --noout
}

# The project has no home page to name.
list_metainfo_faults ()
{
  appstreamcli validate --no-net --no-color "$metainfo_file" |
    grep -E '^[EW]:' | grep -v ' url-homepage-missing$'
}

holds 'the desktop file is valid' desktop-file-validate "$desktop_file"
holds 'the metainfo file is valid' list_metainfo_faults
holds 'every XML file is well formed' check_every_xml_file
holds 'the settings schema compiles' \
  complaints_of glib-compile-schemas --strict --dry-run resources
