# SPDX-License-Identifier: GPL-3.0-or-later
"""Information governance asks at its own desk who looked at a contact, and is told of those at
another; nobody else is offered that."""

import re

import recorder
import steps
import town
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
GOVERNANCE = 'Information governance'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def look(desk, hub, source):
    """A social worker looks at a contact at the first desk."""
    desk.first.start()
    steps.sign_in(desk.first, steps.find_person(hub, WORKER))
    desk.first.wait_for('table row')
    desk.first.go_to('table row', re.compile('.'))
    desk.reference = REFERENCE.search(desk.first.find_focus().name)[0]
    desk.first.press('Return')
    desk.first.wait_for('filler', 'MashContactPage')


def ask_for_review(desk, hub, source):
    """She gives information governance a task there: a review that the records know of."""
    steps.show_tab(desk.first, 'n', 'Notes & tasks')
    desk.first.press('ctrl+shift+t')
    desk.first.wait_for_focus('text', 'What is to be done')
    desk.first.type('Say who looked at this')
    recorder.go(desk.first, 'push button', '^Who does it$')
    recorder.answer(desk.first, 'owen t', 'push button', '^Or which post$')
    recorder.go(desk.first, 'text', '^By when$')
    desk.first.type('tomorrow 10:00')
    desk.first.wait_for('push button', 'Add task', ('sensitive',))
    desk.first.press('ctrl+Return')
    desk.first.wait_for('label', 'Say who looked at this')


def come(desk, title, shown, hub):
    """Somebody at the second desk opens the contact and who looked at it."""
    steps.sign_in(desk, steps.find_person(hub, title))
    steps.open_contact(desk, 1, desk.reference)
    steps.show_tab(desk, 'a', 'Access')
    desk.wait_for('table row', re.compile(steps.find_person(hub, shown).name))


def be_told(desk, hub, source):
    """Her desk knows of those who looked there; asked, the hub tells of those at the other desk."""
    worker = re.compile(steps.find_person(hub, WORKER).name)
    desk.second.reference = desk.reference
    desk.second.start()
    come(desk.second, GOVERNANCE, GOVERNANCE, hub)
    if desk.second.find('table row', worker):
        raise Unmet('a desk says by itself who looked at another')
    desk.second.press_button(re.compile('Everybody’s'))
    desk.second.wait_for('label', re.compile('^Everybody who looked, at whatever desk'))
    desk.second.wait_for('table row', worker)


def go_back(desk, hub, source):
    """The same button goes back to those who looked at her desk."""
    desk.second.press('space')
    desk.second.wait_for('label', re.compile('^Those who looked at this desk'))
    desk.second.wait_until_gone('table row', re.compile(steps.find_person(hub, WORKER).name))


def read_of_others(desk, hub, source):
    """A manager is told by the hub at once of everybody but herself."""
    steps.lock(desk.second)
    come(desk.second, MANAGER, WORKER, hub)
    desk.second.wait_for('table row', re.compile(steps.find_person(hub, GOVERNANCE).name))
    desk.second.wait_for('label', re.compile('^Everybody else who looked, at whatever desk'))
    if desk.second.find('table row', re.compile(steps.find_person(hub, MANAGER).name)):
        raise Unmet('a manager reads of her own looks')
    if desk.second.find('push button', re.compile('Everybody’s')):
        raise Unmet('a list without anybody in it is offered')


def leave(desk, hub, source):
    """Both desks end in order."""
    desk.first.quit()
    desk.second.quit()


town.run('oversight', (town.make_hub, look, ask_for_review, be_told, go_back, read_of_others, leave))
