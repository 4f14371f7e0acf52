# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people at two desks of one central hub, with a server of the journey’s own: what one saves
appears on the other by itself, and who has lost the line goes on working."""

import re

import steps
import town
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def sign_in(desk, hub, source):
    """A manager sits down at the second desk and a social worker at the first; both are filled."""
    for each, title in ((desk.second, MANAGER), (desk.first, WORKER)):
        each.start()
        steps.sign_in(each, steps.find_person(hub, title))
        each.wait_for('table row')


def take(desk, hub, source):
    """The social worker takes a contact that nobody has, and the manager sees by whom."""
    desk.first.go_to('table row', re.compile('.'))
    desk.first.go_to('table row', re.compile('No one yet'), 'Down')
    reference = REFERENCE.search(desk.first.find_focus().name)[0]
    desk.first.press('t')
    name = steps.find_person(hub, WORKER).name
    desk.second.wait_for('table row', re.compile(f'(?=.*{reference}).*{name}'))


def write_note(desk, hub, source):
    """A note of hers is on the manager’s screen as soon as it is saved."""
    desk.reference = REFERENCE.search(desk.first.find('table row', re.compile('^Blue,')).name)[0]
    for each in (desk.second, desk.first):
        steps.find_contact(each, desk.reference, '.')
        steps.show_tab(each, 'n', 'Notes & tasks')
    add_note(desk.first, 'The school rang: he is in class today.')
    desk.second.wait_for('label', 'The school rang: he is in class today.')


def add_note(desk, words):
    """Writes a note into the contact that is open."""
    desk.go_to('text', re.compile('^Note;'))
    desk.type(words)
    desk.press('ctrl+Return')
    desk.wait_for('label', words)


def raise_urgency(desk, urgency, why):
    """Raises the urgency of the contact that is open."""
    desk.press('ctrl+u')
    desk.wait_for_focus('push button', 'Urgency')
    desk.press('Return')
    steps.pick(desk, f'^{urgency}$')
    desk.go_to('text', 'Why it is more urgent')
    desk.type(why)
    desk.wait_for('push button', 'Raise urgency', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('image', f'Urgency: {urgency}')


def lose_line(desk, hub, source):
    """Her desk loses the line and says so; she writes a note and sets amber all the same."""
    desk.line.cut()
    add_note(desk.first, 'Rang the mother at noon: nobody answered.')
    desk.first.wait_for('label', re.compile('^The hub does not answer'))
    raise_urgency(desk.first, 'Amber', 'Nobody has seen him since Monday.')


def raise_meanwhile(desk, hub, source):
    """The manager, on the line, sets red, and knows nothing of hers."""
    raise_urgency(desk.second, 'Red', 'The police know the address.')
    if desk.second.find('label', re.compile('Rang the mother')):
        raise Unmet('what was written without a line is at the other desk')


def find_line(desk, hub, source):
    """When the line is back her note is at both desks, and the higher urgency stands."""
    desk.line.mend()
    desk.second.wait_for('label', 'Rang the mother at noon: nobody answered.')
    desk.first.wait_for('image', 'Urgency: Red')
    desk.second.wait_for('image', 'Urgency: Red')


def see_both(desk, hub, source):
    """She is shown of which contact both urgencies are, and who set them."""
    desk.first.wait_for('label', re.compile('^In 1 field two people wrote different things'))
    desk.first.press_button('_Show… Show…')
    desk.first.wait_for('label', re.compile('Amber'))
    desk.first.wait_for('label', re.compile('Red'))
    desk.first.wait_for('label', desk.reference)
    desk.first.find('push button', 'Open contact')


def settle(desk, hub, source):
    """She leaves what stands, and nothing is left to settle."""
    desk.first.press_button(re.compile('Leave what stands'))
    desk.first.wait_until_gone('label', re.compile('^In 1 field'))


def see_who_looked(desk, hub, source):
    """The manager is told by her hub who else looked, and not that she did."""
    steps.find_contact(desk.second, desk.reference, '.')
    steps.show_tab(desk.second, 'a', 'Access')
    desk.second.wait_for('table row', re.compile(steps.find_person(hub, WORKER).name))
    if desk.second.find('table row', re.compile(steps.find_person(hub, MANAGER).name)):
        raise Unmet('a manager reads of her own looks')
    if desk.second.find('push button', re.compile('Everybody’s')):
        raise Unmet('a list without anybody in it is offered')


def leave(desk, hub, source):
    """Both desks end in order."""
    desk.first.quit()
    desk.second.quit()


town.run('two-desks', (
    town.make_hub, sign_in, take, write_note, lose_line, raise_meanwhile, find_line, see_both,
    settle, see_who_looked, leave))
