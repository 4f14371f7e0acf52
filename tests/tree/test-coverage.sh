#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How branches are counted is held against examples, and what may be left fits the code.

. "$(dirname "$0")/tap.sh"

holds 'the rule of coverage and the list of what is left' \
      complaints_of /usr/bin/python3 tests/coverage.py --check .
