# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps families from being seen or lost: the passphrase, the privacy key, the lock, and the
draft that outlives a power cut. By keyboard."""

import re
import time

import journey
import steps
from desk import Unmet

WORKER = 'Social worker'
TYPED = 'He was seen at the gate at noon, shouting.'


def refuse_wrong_passphrase(desk, hub, source):
    """A wrong passphrase is refused in words that help nobody else."""
    person = steps.find_person(hub, WORKER)
    desk.start()
    steps.choose_person(desk, person)
    desk.type('not it at all')
    desk.press('Return')
    sentence = desk.wait_for('label', re.compile('passphrase is not right')).name
    if person.name in sentence:
        raise Unmet(f'the sentence names somebody: {sentence}')
    desk.wait_for('text', 'Passphrase')


def sign_in(desk, hub, source):
    """The right one opens the desk."""
    steps.sign_in(desk, steps.find_person(hub, WORKER))


def cover(desk, hub, source):
    """Ctrl+Shift+H covers everything until it is pressed again."""
    desk.wait_for('tree table', 'Front door')
    desk.press('ctrl+shift+h')
    desk.wait_for('label', 'Covered')
    if desk.find('tree table', 'Front door') is not None:
        raise Unmet('the tray is still shown')
    desk.press('ctrl+shift+h')
    desk.wait_for('tree table', 'Front door')


def keep_draft(desk, hub, source):
    """What was typed five seconds before the power goes is back, and a banner says so."""
    desk.go_to('table row', re.compile('Coyle'))
    desk.press('Return')
    desk.reference = steps.get_reference(desk)
    desk.press('ctrl+7')
    desk.go_to('text', 'Risk to staff, and access')
    desk.type(TYPED)
    # The desk promises to lose no more than this; there is nothing to look at while it passes.
    time.sleep(5.5)
    desk.kill()
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, WORKER))
    steps.open_contact(desk, 1, desk.reference)
    desk.wait_for('label', re.compile('What you typed .* is back'))
    desk.wait(lambda: desk.find('text', 'Risk to staff, and access').get_text() == TYPED,
              'the words stand where they were typed')


def title_names_nobody(desk, hub, source):
    """With the contact open, no window's title names anybody."""
    titles = desk.get_titles()
    if not titles or any('Coyle' in title for title in titles):
        raise Unmet(f'the titles are {titles}')


def lock(desk, hub, source):
    """Ctrl+L ends the process that showed the family, and keeps who sat here."""
    steps.lock(desk)
    if not any(word.startswith(b'--restart') for word in desk.get_command_line()):
        raise Unmet('the process was not replaced')
    name = steps.find_person(hub, WORKER).name
    if not any(name in words for words in desk.find('combo box', 'Person').list_words()):
        raise Unmet(f'the start page does not keep {name}')
    if any('Coyle' in words for words in desk.read().list_words()):
        raise Unmet('the family can still be read')


def prove(desk, hub, source):
    """After all that mash-admin verify finds that everything holds."""
    desk.quit()
    hub.run_admin('--data', hub.folder, 'verify')


journey.run('safety', (
    refuse_wrong_passphrase, sign_in, cover, keep_draft, title_names_nobody, lock, prove))
