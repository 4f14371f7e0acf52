# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who works without a line is shut out meanwhile. When the line is back their desk hands in
what they wrote, and nothing of theirs is left there; it stands in no contact until a manager at
another desk has read it, takes one step over and refuses another."""

import os
import re

import steps
import town
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
REFERENCE = re.compile('[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]')
TAKEN = 'Rang the mother at noon: he sleeps at a cousin of hers.'
REFUSED = 'The neighbour says that he is in Spain.'
WHY = {
    'Take over': 'The cousin was rung as well, and says the same.',
    'Refuse': 'It is hearsay, and another child is meant.',
}


def sign_in(desk, hub, source):
    """A social worker and a manager have the same contact open, each at a desk."""
    for each, title in ((desk.second, MANAGER), (desk.first, WORKER)):
        each.start()
        steps.sign_in(each, steps.find_person(hub, title))
        each.wait_for('table row')
    desk.first.go_to('table row', re.compile('.'))
    desk.reference = REFERENCE.search(desk.first.find_focus().name)[0]
    for each in (desk.second, desk.first):
        open_notes(each, desk.reference)


def open_notes(desk, reference):
    """Opens the notes of a contact."""
    steps.find_contact(desk, reference, '.')
    steps.show_tab(desk, 'n', 'Notes & tasks')


def write_without_line(desk, hub, source):
    """The social worker’s desk loses the line, and she writes two notes all the same."""
    desk.line.cut()
    for words in (TAKEN, REFUSED):
        desk.first.go_to('text', re.compile('^Note;'))
        desk.first.type(words)
        desk.first.press('ctrl+Return')
        desk.first.wait_for('label', words)
    desk.first.wait_for('label', re.compile('^The hub does not answer'))


def revoke(desk, hub, source):
    """Her access is taken back before that is sent: when the line is back her desk hands it in, her
    window closes and says so, and her database is gone from the computer."""
    said = town.run_authority(hub, 'staff', 'revoke', steps.find_person(hub, WORKER).sign_in)
    for words in ('shut out', 'hands in what they had not sent'):
        if words not in said:
            raise Unmet(f'it is not said “{words}” but {said}')
    expect_waiting(hub, 0)
    desk.line.mend()
    desk.first.wait(lambda: not any(entry.is_dir() for entry in os.scandir(hub.folder)),
                    'her database is gone')
    desk.first.attach()
    desk.first.wait_for('label', re.compile('^Your access has ended.*is kept at the hub'))
    expect_waiting(hub, 2)


def stay_out(desk, hub, source):
    """With her passphrase she does not come in any more, and is told why not."""
    worker = steps.find_person(hub, WORKER)
    steps.choose_person(desk.first, worker)
    desk.first.type(worker.passphrase)
    desk.first.press('Return')
    desk.first.wait_for('label', re.compile('^Your access or this desk’s was taken back'))
    desk.first.quit()


def expect_waiting(hub, n_steps):
    """The hub itself says how much waits for a manager."""
    said = town.run_admin(hub, 'hub', 'status')
    if f'Waiting for a manager: {n_steps}\n' not in said:
        raise Unmet(f'the hub does not say that {n_steps} wait but {said}')


def be_told(desk, hub, source):
    """The manager is told by herself that two steps wait, and sees nothing of them in the contact."""
    desk.second.wait_for('label', re.compile('^2 steps that colleagues could not send wait'))
    for words in (TAKEN, REFUSED):
        if desk.second.find('label', words):
            raise Unmet('what waits is in the contact already')


def find_step(desk, words):
    """The line of the list of what waits that holds the words."""
    # The contact behind has a list of notes.
    return next((node for node in desk.read().walk() if node.role == 'list item'
                 and node.name.startswith('Unsent work')
                 and any(words in word for word in node.list_words())), None)


def read(desk, hub, source):
    """She reads who wrote what, at which desk, about which contact, and how it came to the hub."""
    name = steps.find_person(hub, WORKER).name
    desk.second.press_button('_Show… Show…')
    desk.second.wait_for_window('Not settled with the hub')
    for words in (TAKEN, REFUSED):
        step = desk.second.wait(lambda words=words: find_step(desk.second, words),
                                f'“{words}” waits')
        told = '\n'.join(step.list_words())
        for part in (f'Unsent work of {name}: “Add note”', 'Its author may not come in any more',
                     f'handed in by {name}',
                     'Written at the desk “desk-1”', f'It is about contact {desk.reference}'):
            if part not in told:
                raise Unmet(f'it is not said “{part}” but {told}')
        if re.search('[0-9]Z', told):
            raise Unmet(f'a time is not told as people say it: {told}')


def is_at(desk, words):
    """Whether the keyboard is in the line that holds the words."""
    focus = desk.find_focus_in_tree()
    return focus is not None and any(
        words in word for above in focus.list_ancestors() if above.role == 'list item'
        for word in above.list_words())


def answer(desk, words, button):
    """Goes to the step that holds the words, says why, and answers it."""
    desk.go_to('text', re.compile('^Why it is taken over or refused'))
    if not is_at(desk, words):
        raise Unmet(f'the keyboard comes to another step before “{words}”')
    desk.type(WHY[button])
    desk.press_button(button)


def take_over(desk, hub, source):
    """She takes one over, with a reason."""
    desk.second.wait_for_focus('list item')
    answer(desk.second, TAKEN, 'Take over')
    desk.second.wait(lambda: find_step(desk.second, TAKEN) is None, 'the step is settled')


def refuse(desk, hub, source):
    """She refuses the other, with a reason, and nothing waits any more."""
    desk.second.wait_for_focus('list item')
    answer(desk.second, REFUSED, 'Refuse')
    desk.second.wait(lambda: desk.second.count_windows() == 1, 'the window closes by itself')
    desk.second.wait_until_gone('label', re.compile('could not send'))
    desk.second.wait(lambda: 'Waiting for a manager: 0\n' in town.run_admin(hub, 'hub', 'status'),
                     'nothing waits at the hub')


def see_in_contact(desk, hub, source):
    """What was taken over stands in the contact as its author’s, and what was refused does not."""
    desk.second.wait_for('label', TAKEN)
    desk.second.wait_for('label', re.compile(f'^{steps.find_person(hub, WORKER).name} · '))
    if desk.second.find('label', REFUSED):
        raise Unmet('what was refused is in the contact')


def prove(desk, hub, source):
    """The manager’s desk ends in order, and its whole history can be proved."""
    manager = steps.find_person(hub, MANAGER)
    desk.second.quit()
    hub.at(desk.second.folder).run_admin('--data', desk.second.folder, '--as', manager.sign_in,
                                         'verify')


town.run('quarantine', (
    town.make_hub, sign_in, write_without_line, revoke, stay_out, be_told, read, take_over, refuse,
    see_in_contact, prove))
