# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people at two desks have the same strategy discussion open: each sees that the other is there,
where they are writing, and since when they are not in touch."""

import re

import recorder
import steps
import town

WORKER = 'Social worker'
MANAGER = 'MASH manager'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')


def sign_in(desk, hub, source):
    """A manager sits down at the second desk and a social worker at the first; both are filled."""
    desk.worker = steps.find_person(hub, WORKER)
    desk.manager = steps.find_person(hub, MANAGER)
    for each, person in ((desk.second, desk.manager), (desk.first, desk.worker)):
        each.start()
        steps.sign_in(each, person)
        each.wait_for('table row')


def start(desk, hub, source):
    """The manager starts a discussion, and the social worker opens it: each reads of the other."""
    reference = REFERENCE.search(desk.second.go_to('table row', re.compile('.')).name)[0]
    steps.find_contact(desk.second, reference, '.')
    recorder.start(desk.second, 'inj', 'mixed', '9:05')
    steps.find_contact(desk.first, reference, '.')
    steps.show_tab(desk.first, 's', 'Strategy')
    desk.first.wait_for(None, f'Also here: {desk.manager.name}')
    desk.second.wait_for(None, f'Also here: {desk.worker.name}')


def write(desk, hub, source):
    """Where she has the keyboard the manager reads that she is writing, and nowhere else."""
    for key, part in (('F2', 'Notes'), ('ctrl+5', 'Plan')):
        desk.first.press(key)
        wait_for_writer(desk.second, part, f'{desk.worker.name} is writing here')


def wait_for_writer(desk, part, words):
    """Waits until the words stand in that part of the discussion and in no other."""
    def look():
        said = [node for node in desk.read().walk() if node.name == words]
        frame = desk.find('panel', part)
        return len(said) == 1 and frame and any(node.name == words for node in frame.walk())
    desk.wait(look, f'“{words}” stands in “{part}”')


def lose_line(desk, hub, source):
    """Her desk loses the line: the manager reads since when she is not in touch, until she is."""
    desk.line.cut()
    desk.second.wait_for(None, re.compile(f'^{desk.worker.name} not in touch since [0-9:]+$'))
    desk.line.mend()
    desk.second.wait_for(None, f'Also here: {desk.worker.name}')


def go_away(desk, hub, source):
    """She goes elsewhere in the program, and is not there."""
    desk.first.press('alt+1')
    desk.second.wait_until_gone(None, re.compile('^Also here'))


def leave(desk, hub, source):
    """Both desks end in order."""
    desk.first.quit()
    desk.second.quit()


town.run('together', (town.make_hub, sign_in, start, write, lose_line, go_away, leave))
