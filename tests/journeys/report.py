# SPDX-License-Identifier: GPL-3.0-or-later
"""Seven weeks of Walsall to the number (WAL-11, scenario 18): the published table stands on the
screen of a whole training hub, and the command prints the same."""

import os
import re
import subprocess

import journey
import steps
from desk import Unmet

# What is published, and the lines that make it add up: total, weekly average, share.
TABLE = (
    ('Contacts', '3,675', '525', '100 %'),
    ('Referrals', '1,117', '160', '30 %'),
    ('Strategy discussions', '72', '10', '2 %'),
    ('Converted to child and family assessment', '254', '36', '7 %'),
    ('Other referrals', '791', '113', '22 %'),
    ('Advice and guidance', '2,510', '359', '68 %'),
    ('Open at period end, or other', '48', '7', '1 %'),
    ('Open at period end', '46', '7', '1 %'),
    ('Other', '2', '0', '0 %'),
    ('Sum of outcomes', '3,675', '525', '100 %'),
    ('Assessments undertaken by teams', '285', '48', 'Nothing'),
)


def read_table(desk):
    """The lines of the table on the screen, cell by cell, once all are there."""
    rows = [node for node in desk.read().walk()
            if node.role == 'table row' and ' in all, ' in node.name]
    lines = [[cell.name.strip() for cell in row.walk() if cell.role == 'table cell']
             for row in rows]
    return lines if len(lines) == len(TABLE) else None


def see_table(desk, hub, source):
    """A manager opens the reports, and the table is the published one to the number."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, 'MASH manager'))
    desk.press('alt+9')
    desk.wait_for('label', re.compile('^26 August 2026 to 13 October 2026'))
    lines = desk.wait(lambda: read_table(desk), 'the table has its lines')
    for expected, found in zip(TABLE, lines, strict=True):
        if list(expected) != found[:4]:
            raise Unmet(f'not {expected} but {found}')


def see_it_adds_up(desk, hub, source):
    """It reconciles to zero, and says that one row has six of seven weeks."""
    desk.wait_for('label', re.compile('difference 0'))
    row = desk.wait_for('table row', re.compile('^Assessments undertaken by teams'))
    if 'Only 6 of 7 weeks' not in row.name:
        raise Unmet(f'the row does not say that it is partial: {row.name}')


def see_rows(desk, hub, source):
    """Behind a figure stand as many contacts as it says."""
    line = re.compile('^Open at period end, or other')
    desk.go_to('table row')
    desk.choose('table row', line)
    desk.wait_for('label', 'Open at period end, or other: 48')
    desk.wait_for('table row', re.compile('^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z],'))
    desk.quit()


def print_it(desk, hub, source):
    """The command prints the same of the same hub, and reconciles to zero."""
    script = os.path.join(source, 'tests', 'admin', 'test-report.sh')
    admin = os.path.join(hub.build, 'src', 'admin', 'mash-admin')
    done = subprocess.run(('sh', script, source, admin, hub.folder), env=hub.environment, text=True,
                          capture_output=True, check=False)
    for line in done.stdout.splitlines():
        print(f'# {line}')
    if done.returncode != 0 or 'not ok' in done.stdout or 'ok ' not in done.stdout:
        raise Unmet(f'the command says otherwise: {done.stderr.strip()}')


journey.run('report', (see_table, see_it_adds_up, see_rows, print_it),
            until='2026-10-13T15:31', whole=True)
