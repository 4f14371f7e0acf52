# SPDX-License-Identifier: GPL-3.0-or-later
"""A central hub with a server of the journey’s own and two enrolled desks, with a window each."""

import os
import subprocess
import sys
import tempfile

import journey
from line import Line

_folders = []


def make_hub(desk, hub, source):
    """A central hub with two enrolled desks is there."""
    # Its present is fixed: at some hours of a week nothing would wait for anybody.
    town = _folders[-1]
    hub.run_admin('training', '--hub', town, '--seed', '7', '--weeks', '1', '--contacts', '12',
                  '--until', '2026-11-20T15:31')
    desk.first = desk.beside(hub.at(os.path.join(town, 'desk-1')))
    desk.second = desk.beside(hub.at(os.path.join(town, 'desk-2')))
    hub.folder = os.path.join(town, 'desk-1')
    desk.line = Line(hub.folder)


def run(name, steps):
    """Runs a journey of which make_hub() is the first step, and ends the server after it."""
    with tempfile.TemporaryDirectory(prefix='mash-town-') as folder:
        # The server runs under an account of its own.
        os.chmod(folder, 0o755)
        _folders.append(os.path.join(folder, 'town'))
        try:
            journey.run(name, steps)
        finally:
            subprocess.run((os.path.join(sys.argv[1], 'src', 'admin', 'mash-admin'), 'training',
                            '--stop', _folders.pop()), check=False, stdout=subprocess.DEVNULL)
