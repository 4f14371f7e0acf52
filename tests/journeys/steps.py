# SPDX-License-Identifier: GPL-3.0-or-later
"""What journeys do more than once: signing in, opening a contact, reading the tabs of one."""

import configparser
import re

from desk import Unmet

class Person:
    """Somebody whom a training hub lets sign in, as its start page says."""

    def __init__(self, sign_in, name, title, passphrase):
        self.sign_in = sign_in
        self.name = name
        self.title = title
        self.passphrase = passphrase


def find_person(hub, title):
    """The first person of a training hub whose post is called so."""
    info = configparser.ConfigParser(interpolation=None)
    info.read(f'{hub.folder}/hub.ini', encoding='utf-8')
    for section in info.sections():
        if section.startswith('person ') and info[section]['title'].startswith(title):
            return Person(section[len('person '):], info[section]['name'], info[section]['title'],
                          info[section]['passphrase'])
    raise Unmet(f'nobody in the hub is a {title}')


def choose_person(desk, person):
    """Picks a person from the list of the start page, and goes on to the passphrase."""
    desk.wait_for('text', 'Passphrase')
    desk.go_to('combo box', 'Person', 'shift+Tab')
    desk.press('Return')
    pick(desk, re.escape(f'{person.name}, {person.title}'))
    desk.wait_for_focus('combo box', 'Person')
    desk.press('Tab')


def sign_in(desk, person):
    """Signs a person in who may not be the one that the start page has chosen."""
    choose_person(desk, person)
    desk.type(person.passphrase)
    desk.press('Return')
    desk.wait_for('push button', f'Signed in: {person.name}')
    desk.wait_until_gone('text', 'Passphrase')


def lock(desk):
    """Locks, and waits until the program has taken its own place."""
    desk.press('ctrl+l')
    desk.attach()
    desk.wait_for('text', 'Passphrase')


def pick(desk, words):
    """Picks a line of the list that is open under the field with the focus."""
    desk.wait_for('filler', 'GtkPopover')
    line = re.compile(words)
    desk.press('Home')
    for _ in range(100):
        desk.wait_for_focus('list item')
        if any(line.search(name) for name in desk.find_focus_in_tree().list_words()):
            desk.press('Return')
            desk.wait_until_gone('filler', 'GtkPopover')
            return
        before = desk.find_focus().path
        desk.press('Down')
        desk.wait(lambda: desk.find_focus() and desk.find_focus().path != before,
                  f'the list goes on to “{line.pattern}”')
    raise Unmet(f'the list has no “{line.pattern}”')


def open_referral(desk, path):
    """Takes in a file by the file chooser, in which a slash asks for a path."""
    desk.press('ctrl+o')
    # Before it is a window on the screen, what is pressed for it locks the desk.
    desk.wait(lambda: len(desk.read().children) > 1 and desk.count_windows() > 1,
              'the file chooser comes up')
    # The chooser turns to the folder where it was last once it has read it, and forgets what was
    # typed until then.
    for _ in range(5):
        desk.press('ctrl+l', 'ctrl+a')
        desk.wait_for_focus('text')
        desk.type(path)
        desk.press('Return')
        try:
            desk.wait(lambda: desk.count_windows() == 1, 'the file chooser goes', 15.0)
            return
        except Unmet:
            continue
    raise Unmet('the file chooser takes no path')


def save_in(desk, path, title='Save the copy'):
    """Says in the file chooser where a file shall be."""
    desk.wait_for_window(title)
    # It forgets what is typed before it has read the folder in which it begins; then it shows where
    # that is.
    desk.wait(lambda: any('pressed' in node.states
                          for node in desk.wait_for('filler', 'GtkPathBar').walk()),
              'the file chooser says where it is')
    desk.wait_for_focus('text')
    n_windows = desk.count_windows()
    desk.press('ctrl+a')
    desk.type(path)
    desk.press('Return')
    desk.wait(lambda: desk.count_windows() < n_windows, 'the file chooser goes')


def get_reference(desk):
    """The reference of the contact that is open."""
    return desk.wait_for('label', re.compile('^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$')).name


def open_contact(desk, tray, reference):
    """Opens the line of a tray that has the reference; trays are counted from 1."""
    desk.press(f'alt+{tray}')
    line = re.compile(reference)
    desk.wait_for('table row', line)
    desk.go_to('table row', line)
    desk.press('Return')
    desk.wait_for('filler', 'MashContactPage')
    desk.wait_for('label', reference)


def find_contact(desk, reference, name):
    """Opens a contact by its reference, in whatever tray it stands."""
    line = re.compile(name)
    desk.press('ctrl+f')
    desk.wait_for_focus('entry', 'Find a person')
    desk.type(reference)
    desk.press('Return')
    desk.wait_for('filler', 'MashSearchPage')
    desk.wait_for('table row', line)
    desk.go_to('table row', line)
    desk.press('Return')
    desk.wait_for('filler', 'MashContactPage')
    desk.wait_for('label', reference)


def show_tab(desk, mnemonic, name):
    """Shows a tab of the open contact by the letter that is underlined in its name."""
    desk.press(f'alt+{mnemonic}')
    desk.wait_for('push button', re.compile(re.escape(name) + '$'), ('pressed',))


def get_main_button(desk):
    """The page's one main action, which stands before the person's menu."""
    buttons = [node for node in desk.read().walk() if node.role == 'push button']
    for node, after in zip(buttons, buttons[1:]):
        if after.name.startswith('Signed in'):
            return node
    raise Unmet('the page has no main action')


def wait_for_main(desk, name):
    """Waits until the main action is called so and may be done."""
    def look():
        button = get_main_button(desk)
        return button if button.name == name and 'sensitive' in button.states else None
    return desk.wait(look, f'the main action is “{name}”')


def tick(desk, name, key='Tab'):
    """Goes to a box and sees to it that it is ticked."""
    if 'checked' not in desk.go_to('check box', name, key).states:
        desk.press('space')
        desk.wait(lambda: 'checked' in desk.find_focus().states, 'the box is ticked')
