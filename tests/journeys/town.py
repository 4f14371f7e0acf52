# SPDX-License-Identifier: GPL-3.0-or-later
"""A central hub with a server of the journey’s own and two enrolled desks, with a window each."""

import configparser
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


def run_admin(hub, *arguments):
    """Runs mash-admin at the hub itself, as its administrator; it must end well."""
    town = os.path.dirname(hub.folder)
    # The other desk's was not put behind a line.
    enrolment = configparser.ConfigParser(interpolation=None)
    enrolment.read(os.path.join(town, 'desk-2', 'enrolment'), encoding='utf-8')
    return hub.run_admin(*arguments, f"host='{town}/server' port={enrolment['server']['port']} "
                         'dbname=mash user=administrator sslmode=disable gssencmode=disable')


def run_authority(hub, *arguments):
    """The same for what the hub’s authority answers for."""
    authority = os.path.join(os.path.dirname(hub.folder), 'authority')
    return run_admin(hub, *arguments, '--authority', authority)


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
