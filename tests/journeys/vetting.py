# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody’s vetting lapses while they work: their window closes, and nothing of theirs is left on
the computer. The rota still shows them. When it is renewed nothing older comes back until a manager
gives it to them again, at another desk."""

import os
import re

import steps
import town
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def sign_in(desk, hub, source):
    """A manager sits at one desk, and at the other a social worker has a contact open."""
    for each, title in ((desk.first, MANAGER), (desk.second, WORKER)):
        each.start()
        steps.sign_in(each, steps.find_person(hub, title))
        each.wait_for('table row')
    desk.second.go_to('table row', re.compile('.'))
    desk.reference = REFERENCE.search(desk.second.find_focus().name)[0]
    steps.find_contact(desk.second, desk.reference, '.')
    if not list_databases(desk):
        raise Unmet('she has no database at her desk')


def list_databases(desk):
    """The folders of who has a database at the second desk."""
    return [name for name in os.listdir(desk.second.folder)
            if os.path.isdir(os.path.join(desk.second.folder, name))]


def set_vetting(hub, *until):
    """An administrator enters the last day of her vetting."""
    return town.run_authority(hub, 'staff', 'vetting', '--until', *until,
                              steps.find_person(hub, WORKER).sign_in)


def lapse(desk, hub, source):
    """Her vetting ends: her window closes, says so, and her database is gone from the computer."""
    said = set_vetting(hub, '2026-01-31', '--end')
    if 'ends with that day' not in said:
        raise Unmet(f'it is not said when her access ends: {said}')
    desk.second.wait(lambda: not list_databases(desk), 'her database is gone')
    desk.second.attach()
    desk.second.wait_for('label', re.compile('^Your access has ended.*was removed'))


def stay_out(desk, hub, source):
    """With her passphrase she does not come in, and is told why not."""
    worker = steps.find_person(hub, WORKER)
    steps.choose_person(desk.second, worker)
    desk.second.type(worker.passphrase)
    desk.second.press('Return')
    desk.second.wait_for('label', re.compile('^Your access or this desk’s was taken back'))
    if list_databases(desk):
        raise Unmet('there is something of hers at the desk again')


def stand_in_rota(desk, hub, source):
    """At the manager’s desk the rota shows her as before."""
    desk.first.go_to('push button', 'Main menu')
    desk.first.press('Return')
    desk.first.wait_for_focus('menu item')
    desk.first.choose('menu item', re.compile('Who is on duty'))
    desk.first.wait_for('check box', re.compile(steps.find_person(hub, WORKER).name))


def renew(desk, hub, source):
    """It is renewed, and she comes in: nothing that there was before is in her tray or found."""
    said = set_vetting(hub, '2099-12-31')
    if 'a manager gives them again' not in said:
        raise Unmet(f'it is not said that older contacts stay closed: {said}')
    worker = steps.find_person(hub, WORKER)
    desk.second.press('ctrl+a')
    desk.second.type(worker.passphrase)
    desk.second.press('Return')
    desk.second.wait_for('push button', f'Signed in: {worker.name}')
    expect_nothing(desk.second, desk.reference)


def expect_nothing(desk, reference):
    """Neither the front door nor the search has a contact."""
    desk.wait_for('label', 'In touch with the hub')
    desk.wait_for('list item', re.compile('^Front door, 0 contacts'))
    desk.press('ctrl+f')
    desk.wait_for_focus('entry', 'Find a person')
    desk.type(reference)
    desk.press('Return')
    desk.wait_for('filler', 'MashSearchPage')
    desk.wait_for('label', re.compile('^Nobody'))


def give(desk, hub, source):
    """The manager assigns her one of the older contacts."""
    line = re.compile(desk.reference)
    desk.first.press('alt+1')
    desk.first.wait_for('table row', line)
    desk.first.go_to('table row', re.compile('.'))
    desk.first.press('Home')
    desk.first.go_to('table row', line, 'Down')
    desk.first.press('a')
    desk.first.wait_for('filler', 'GtkPopover')
    desk.first.wait_for_focus('entry')
    name = steps.find_person(hub, WORKER).name
    desk.first.type(name)
    desk.first.press('Return')
    desk.first.wait_for('table row', re.compile(f'(?=.*{desk.reference}).*{name}'))


def have_it_again(desk, hub, source):
    """That one is at her desk again, with all that is known of it, and no other is."""
    line = re.compile(desk.reference)
    desk.second.wait_for('list item', re.compile('^Front door, 1 contact'))
    desk.second.press('alt+1')
    desk.second.wait_for('table row', line)
    others = [node.name for node in desk.second.read().walk()
              if node.role == 'table row' and REFERENCE.search(node.name)
              and not line.search(node.name)]
    if others:
        raise Unmet(f'others are there too: {others}')
    desk.second.go_to('table row', line)
    desk.second.press('Return')
    desk.second.wait_for('filler', 'MashContactPage')
    steps.show_tab(desk.second, 't', 'Timeline')


def prove(desk, hub, source):
    """Both desks end in order, and what each has can be proved."""
    for each, title in ((desk.first, MANAGER), (desk.second, WORKER)):
        each.quit()
        hub.run_admin('--data', each.folder, '--as', steps.find_person(hub, title).sign_in,
                      'verify')


town.run('vetting', (
    town.make_hub, sign_in, lapse, stay_out, stand_in_rota, renew, give, have_it_again, prove))
