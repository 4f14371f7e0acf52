# SPDX-License-Identifier: GPL-3.0-or-later
"""A contact is sealed against a colleague by two people at two desks: a manager asks and information
governance confirms. At the colleague’s own desk there is no such contact from then on, until the
same two lift the seal."""

import os
import re
import shutil

import steps
import town
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
GOVERNANCE = 'Information governance'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def enrol_third(desk, hub, source):
    """A third desk is enrolled at it."""
    place = os.path.dirname(hub.folder)
    folder = os.path.join(place, 'desk-3')
    town.run_authority(hub, 'desk', 'add', 'desk-3', folder)
    # Its start page lists the invented people, too.
    shutil.copy(os.path.join(place, 'desk-2', 'hub.ini'), folder)
    desk.third = desk.beside(hub.at(folder))


def sign_in(desk, hub, source):
    """A manager, information governance and a social worker sit down, each at a desk; the social
    worker has a contact open."""
    for each, title in ((desk.first, MANAGER), (desk.second, GOVERNANCE), (desk.third, WORKER)):
        each.start()
        steps.sign_in(each, steps.find_person(hub, title))
    desk.third.wait_for('table row')
    desk.third.go_to('table row', re.compile('.'))
    desk.reference = REFERENCE.search(desk.third.find_focus().name)[0]
    look_for(desk.third, desk.reference)
    desk.third.wait_for('table row', states=('selected',))
    desk.third.earlier = desk.third.go_to('table row', re.compile('.')).name
    desk.third.press('Return')
    desk.third.wait_for('filler', 'MashContactPage')


def choose_deed(desk, label):
    """Chooses something from what can be done besides the page’s main action."""
    desk.go_to('push button', 'Do more')
    desk.press('Return')
    desk.wait_for_focus('menu item')
    desk.choose('menu item', label, 80)


def propose(desk, hub, source):
    """The manager asks to seal it against her; until that is answered she has it as before."""
    steps.find_contact(desk.first, desk.reference, '.')
    choose_deed(desk.first, 'Ask to seal…')
    desk.first.wait_for_focus('push button', 'Who is kept out')
    desk.first.press('Return')
    steps.pick(desk.first, re.escape(steps.find_person(hub, WORKER).name))
    desk.first.go_to('push button', 'Why it is sealed')
    desk.first.press('Return')
    steps.pick(desk.first, '^Relative of staff$')
    desk.first.go_to('text', 'More about why')
    desk.first.type('The father is her cousin.')
    desk.first.wait_for('push button', 'Ask to seal', ('sensitive',))
    desk.first.press('ctrl+Return')
    show_seal(desk.first, 'Asked for')


def show_seal(desk, state):
    """Shows how the contact’s seal stands."""
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('heading', 'Seals')
    desk.wait_for('label', state)


def confirm(desk, hub, source):
    """Information governance opens it, because a seal of it waits, and confirms the seal."""
    steps.open_contact(desk.second, 1, desk.reference)
    show_seal(desk.second, 'Asked for')
    if not desk.third.find('label', desk.reference):
        raise Unmet('she has lost it before anybody confirmed')
    desk.second.press_button('Confirm the seal')
    show_seal(desk.second, 'Sealed')


def lose(desk, hub, source):
    """At her desk it goes from the screen, the tray and the search, and nothing says why."""
    desk.third.wait_until_gone('label', desk.reference)
    desk.third.press('alt+1')
    desk.third.wait_for('table row', REFERENCE)
    desk.third.wait_until_gone('table row', re.compile(desk.reference))
    for words in (desk.reference, desk.third.earlier):
        look_for(desk.third, words)
        desk.third.wait_for('label', re.compile('^Nobody'))
    seen = [word for word in desk.third.read().list_words() if re.search('[Ss]eal', word)]
    if seen:
        raise Unmet(f'she can read of a seal: {seen}')


def look_for(desk, words):
    """Types something into the search."""
    desk.press('ctrl+f')
    desk.wait_for_focus('entry', 'Find a person')
    desk.press('ctrl+a')
    desk.type(words)
    desk.press('Return')
    desk.wait_for('filler', 'MashSearchPage')


def lift(desk, hub, source):
    """The manager asks to lift it, with a reason, and information governance lifts it."""
    show_seal(desk.first, 'Sealed')
    desk.first.press_button('Ask to lift the seal…')
    desk.first.wait_for_focus('text', re.compile('^Why it need not be sealed'))
    desk.first.type('It is another family of that name.')
    desk.first.wait_for('push button', 'Ask to lift the seal', ('sensitive',))
    desk.first.press('ctrl+Return')
    show_seal(desk.second, 'Sealed, lifting asked for')
    desk.second.press_button('Lift the seal')
    show_seal(desk.first, 'Lifted')


def have_it_again(desk, hub, source):
    """At her desk the contact is back in the tray and in the search, and opens."""
    desk.third.press('alt+1')
    desk.third.wait_for('table row', re.compile(desk.reference))
    look_for(desk.third, desk.third.earlier)
    desk.third.wait_for('table row', desk.third.earlier)
    steps.open_contact(desk.third, 1, desk.reference)
    steps.show_tab(desk.third, 't', 'Timeline')


def leave(desk, hub, source):
    """All three desks end in order, and what the one has that lost and got it can be proved."""
    for each in (desk.first, desk.second, desk.third):
        each.quit()
    worker = steps.find_person(hub, WORKER)
    hub.run_admin('--data', desk.third.folder, '--as', worker.sign_in, 'verify')


town.run('sealing', (
    town.make_hub, enrol_third, sign_in, propose, confirm, lose, lift,
    have_it_again, leave))
