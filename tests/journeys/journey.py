# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a journey: steps that follow from each other, each a point of TAP named by its docstring."""

import os
import sys
import tempfile
import traceback

import screen
from desk import Desk, Hub


class Skipped(Exception):
    """Why what a step would prove cannot be proved here; what follows goes on."""


def _keep_picture(name, build, step=None):
    """Leaves a picture of the screen in the build folder; of a step where one is named and the
    environment asks for pictures."""
    if step is not None and not os.environ.get('MASH_JOURNEY_PICTURES'):
        return
    file = f'{name}.png' if step is None else f'{name}-{step:02}.png'
    picture = os.path.join(build, 'tests', 'journeys', file)
    os.makedirs(os.path.dirname(picture), exist_ok=True)
    screen.save_picture(picture)
    print(f'# The screen is in {picture}')


def _explain(name, desk, build):
    """Says what the window was like, and leaves a picture of it."""
    for line in traceback.format_exc().splitlines():
        print(f'# {line}')
    for window in desk.list_all():
        try:
            for line in window.read().dump():
                print(f'# {line}')
        except Exception as error:  # The window may be gone, which is then what failed.
            print(f'# There is no tree to show: {error}')
    _keep_picture(name, build)


def run(name, steps, until=None, whole=False):
    """Takes the steps one by one with one desk; what follows a failure is not reached. The hub’s
    present is now, or the moment that is said; it is small, or as large as a whole one."""
    build, source = sys.argv[1:3]
    if not os.environ.get('DISPLAY') or not os.environ.get('DBUS_SESSION_BUS_ADDRESS'):
        print('1..0 # SKIP there is no display or no session bus')
        sys.exit(77)

    print(f'1..{len(steps)}')
    failed = False
    with tempfile.TemporaryDirectory(prefix='mash-journey-') as folder, \
            open(os.path.join(folder, 'desk.log'), 'w+', encoding='utf-8') as log:
        hub = Hub(build, folder, until=until, whole=whole)
        desk = Desk(hub, log)
        for number, step in enumerate(steps, 1):
            sentence = step.__doc__.strip().rstrip('.')
            if failed:
                print(f'not ok {number} - {sentence}: not reached')
                continue
            try:
                step(desk, hub, source)
                print(f'ok {number} - {sentence}', flush=True)
                _keep_picture(name, build, number)
            except Skipped as reason:
                print(f'ok {number} - {sentence} # SKIP {reason}', flush=True)
            except Exception:
                failed = True
                _explain(name, desk, build)
                print(f'not ok {number} - {sentence}', flush=True)
        for window in desk.list_all():
            if window.is_running():
                window.kill()
        log.seek(0)
        for line in log:
            print(f'# desk: {line.rstrip()}')
    sys.exit(1 if failed else 0)
