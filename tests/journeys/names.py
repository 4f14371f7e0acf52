# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, as a screen reader meets it: what can take the focus, each cell, heading and picture
has a name of ours, and Tab goes through the page and out again."""

import os
import re

import journey
import steps
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
NEEDS_A_NAME = ('table cell', 'table row', 'heading', 'image')
# What the toolkit calls a widget that nobody named: its type.
TYPE_NAME = re.compile('^(Gtk|Gdk|Adw|Mash)[A-Z][A-Za-z]+$')


def read_exceptions(source):
    """Parts of the toolkit that need no name: lines of “role in role: reason”."""
    path = os.path.join(source, 'tests', 'data', 'accessible-exceptions-atspi.txt')
    with open(path, encoding='utf-8') as file:
        lines = [line.partition(':')[0].strip() for line in file if not line.startswith('#')]
    return [line for line in lines if line]


def is_excepted(node, exceptions):
    above = {word for parent in node.list_ancestors() for word in (parent.name, parent.role)}
    for line in exceptions:
        part, _, place = line.partition(' in ')
        if part in (node.role, node.name) and (not place or place in above):
            return True
    return False


def is_named(node):
    if node.name:
        return TYPE_NAME.match(node.name) is None
    # A row or a cell without a name of its own is read by what is in it.
    return any(child.name and not TYPE_NAME.match(child.name) for child in node.walk())


def check_names(desk, source, page):
    exceptions = read_exceptions(source)
    nameless = []
    for node in desk.read().walk():
        asked = node.role in NEEDS_A_NAME or 'focusable' in node.states
        if asked and not is_named(node) and not is_excepted(node, exceptions):
            way = [f'{above.role} “{above.name}”' for above in node.list_ancestors()]
            nameless.append(f'{node.role} “{node.name}” in {", ".join(way[:6])}')
    if nameless:
        raise Unmet(f'{page}: ' + '; '.join(sorted(set(nameless))))


def sign_in_page(desk, hub, source):
    """The start page."""
    desk.start()
    desk.wait_for('text', 'Passphrase')
    check_names(desk, source, 'the start page')
    steps.sign_in(desk, steps.find_person(hub, MANAGER))


def trays(desk, hub, source):
    """The eight trays."""
    for tray in range(1, 9):
        desk.press(f'alt+{tray}')
        desk.wait(lambda tray=tray: 'selected' in [
            node for node in desk.read().walk() if node.role == 'list item'][tray - 1].states,
            f'tray {tray} is shown')
        check_names(desk, source, f'tray {tray}')


def search(desk, hub, source):
    """Finding a person."""
    desk.press('ctrl+f')
    desk.wait_for_focus('entry', 'Find a person')
    desk.type('Okafor')
    desk.press('Return')
    desk.wait_for('tree table', 'People found')
    desk.wait_for('table row', re.compile('Okafor'))
    check_names(desk, source, 'the search page')


def contact(desk, hub, source):
    """Each tab of a contact."""
    desk.press('alt+1')
    # There is an Okafor among the people found too.
    desk.wait(lambda: not desk.find('tree table', 'People found'), 'the people found are gone')
    desk.go_to('table row', re.compile('Okafor'))
    desk.press('Return')
    desk.wait_for('filler', 'MashContactPage')
    for letter, name in (('r', 'Referral'), ('f', 'Family'), ('t', 'Timeline'),
                         ('d', 'Analysis & decision'), ('a', 'Access')):
        steps.show_tab(desk, letter, name)
        check_names(desk, source, f'the tab {name}')


def help_and_about(desk, hub, source):
    """Help, the shortcuts and About open and close by keyboard."""
    for keys, page in (('F1', 'help'), ('ctrl+question', 'the shortcuts')):
        desk.press(keys)
        desk.wait(lambda: len(desk.read().children) > 1, f'{page} comes up')
        desk.press('Escape')
        desk.wait(lambda: len(desk.read().children) == 1, f'{page} goes')


def tab_goes_round(desk, hub, source):
    """Tab goes through a tray and comes round to where it began."""
    desk.press('alt+4')
    desk.wait_for('list item', re.compile('^Strategy'), ('selected',))
    start = desk.go_to('push button', 'Main menu').path
    seen = []
    while len(seen) < 100:
        node = desk.move()
        if node is not None and node.path == start:
            break
        seen.append(node.name if node is not None else None)
    else:
        raise Unmet(f'Tab does not come round: {seen}')
    for name in ('Find a person', 'New contact', 'Sort again'):
        if name not in seen:
            raise Unmet(f'Tab passes by “{name}”: {seen}')
    desk.quit()


journey.run('names', (sign_in_page, trays, search, contact, help_and_about, tab_goes_round))
