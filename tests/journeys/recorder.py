# SPDX-License-Identifier: GPL-3.0-or-later
"""The strategy recorder as somebody works it who listens and types: each act is told by where the
keyboard goes next, so that little has to be read while it is done."""

import re

import steps
from desk import Unmet

# What is asked for each child, in the order of the keyboard.
QUESTIONS = (
    ('What the child says and wants', 'text'), ('Threshold of section 47 met', 'push button'),
    ('Decision', 'push button'), ('Category', 'push button'), ('Lead agency', 'push button'),
    ('Lead worker', 'text'), ('Section 47 starts', 'text'), ('Discuss again by', 'text'),
    ('To be seen by', 'text'), ('How the child is seen alone', 'text'),
    ('Brothers and sisters considered', 'text'), ('Immediate safety', 'text'), ('Why', 'text'))


def go(desk, role, name, key='Tab'):
    """One key, which must lead to the part that is named."""
    desk.press(key)
    return desk.wait_for_focus(role, re.compile(name))


def answer(desk, text, role, name):
    """Types an answer, and goes on to the next question."""
    desk.type(text)
    return go(desk, role, name)


def start(desk, trigger, mode, need):
    """Starts a discussion from the contact that is open, and waits until it is shown."""
    steps.show_tab(desk, 's', 'Strategy')
    steps.wait_for_main(desk, 'Start strategy discussion…')
    desk.press('ctrl+Return')
    fill_in_start(desk, trigger, mode, need)


def fill_in_start(desk, trigger, mode, need):
    """Says what a discussion that is being started needs; what stands there already stays."""
    desk.wait_for_focus('push button', 'What started it')
    answer(desk, trigger, 'push button', '^How it is held$')
    answer(desk, mode, 'text', '^Need identified$')
    if need is not None:
        desk.type(need)
    desk.wait_for('push button', 'Start strategy discussion', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for_focus('push button', 'Attendance')


def read_part(desk, title):
    """What stands in the part of the recorder that holds the keyboard."""
    return desk.read_around('panel', title)


def wait_until_part_says(desk, title, *words):
    """Waits until each of the words stands somewhere in the part that holds the keyboard."""
    def look():
        said = ' \n'.join(read_part(desk, title).list_words())
        return all(word in said for word in words)
    desk.wait(look, f'“{title}” says {words}')


def attend(desk, *answers):
    """Says of those who were asked, one after the other, whether they are there; whoever is, is
    senior enough to decide."""
    for at, text in enumerate(answers):
        answer(desk, text, 'push button', '^Name, role, times')
        go(desk, 'check box', '^Senior enough')
        if text == 'pres':
            desk.press('space')
        go(desk, 'push button', '^Attendance$' if at < len(answers) - 1 else '^Agency$')


def join(desk, agency, name):
    """Adds somebody who is there, in the line for that."""
    desk.wait_for_focus('push button', 'Agency')
    answer(desk, agency, 'push button', '^Attendance$')
    answer(desk, 'pres', 'text', '^Name$')
    desk.type(name)
    desk.press('Return')
    desk.wait_for_focus('push button', 'Agency')


def list_speakers(desk):
    """The key of each agency, by its name, as the notes say it: “F3  Weald Homes”."""
    desk.press('F2')
    desk.wait_for_focus('text', 'Note')
    speakers = {}
    for words in read_part(desk, 'Notes').list_words():
        key = re.match(r'(F\d+) +(\S.*)', words)
        if key:
            speakers[key.group(2)] = key.group(1)
    if not speakers:
        raise Unmet('the notes name no key of an agency')
    return speakers


def note(desk, key, text):
    """Notes what somebody says, by the key of their agency."""
    desk.press(key)
    desk.wait_for_focus('text', 'Note')
    desk.type(text)
    desk.press('Return')
    desk.wait(lambda: desk.find_focus().get_text() == '', 'the note is added')


def tell(desk, key, text):
    """Writes down what an agency knows."""
    desk.press_away(f'shift+{key}', 'text', 'Information')
    desk.type(text)


def view(desk, key, position, words=None, wants_escalation=False):
    """Writes down the view of an agency."""
    desk.press_away(f'ctrl+{key}', 'push button', 'Position')
    desk.type(position)
    if words is not None:
        go(desk, 'text', '^In their own words$')
        desk.type(words)
    if wants_escalation:
        go(desk, 'check box', '^Asks for escalation$')
        desk.press('space')


def act(desk, what, owner, due, at_once=True):
    """Adds an action: one line."""
    if at_once:
        desk.wait_for_focus('text', 'What is to be done')
    answer(desk, what, 'text', '^Who does it$')
    answer(desk, owner, 'text', '^By when$')
    desk.type(due)
    desk.press('Return')
    desk.wait_for_focus('text', 'What is to be done')


def decide(desk, children, answers):
    """Goes through the questions of every child; what is given for a question is typed, for each
    child its own, and the last question is answered."""
    desk.press('ctrl+4')
    for question, role in QUESTIONS:
        for child, text in zip(children, answers.get(question, (None,) * len(children))):
            desk.wait_for_focus(role, re.compile(f'^{question}, {child}'))
            if text is not None:
                desk.type(text)
            if (question, child) != (QUESTIONS[-1][0], children[-1]):
                desk.press('Tab')
    desk.press('ctrl+s')
    wait_until_part_says(desk, 'Decision for each child',
                         f'{len(children)} of {len(children)} decided')


def finish(desk):
    """Ends the discussion, and asks for the signatures."""
    steps.wait_for_main(desk, 'Finish discussion…')
    desk.press('ctrl+Return')
    desk.wait_for_focus('text', 'Ended')
    desk.wait_for('push button', 'Finish discussion', ('sensitive',))
    desk.press('ctrl+Return')
    steps.wait_for_main(desk, 'Ask to sign')
    desk.press('ctrl+Return')
    desk.wait_for('heading', re.compile('Being signed'))


def sign(desk, person, as_chair=False):
    """Signs the record that is open, from the line that asks for it."""
    desk.press('ctrl+7')
    desk.wait_for_focus('push button', 'Sign…')
    desk.press('space')
    desk.wait_for_focus('password text')
    desk.type(person.passphrase)
    button = 'Sign as chair' if as_chair else 'Sign for agency'
    desk.wait_for('push button', button, ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_until_gone('push button', button)


def preview_copy(desk, recipient):
    """Opens the copy of a signed record for one recipient."""
    desk.press('ctrl+8')
    desk.wait_for_focus('list item')
    desk.go_to('list item', re.compile(f': {re.escape(recipient)},'), 'Down')
    go(desk, 'push button', '^Preview…$')
    desk.press('space')
    desk.wait_for_window('Copy of the strategy record')


def send_copy(desk, person, recipient, path):
    """Signs for a copy that was read, saves it as a file, and waits until the log has it."""
    preview_copy(desk, recipient)
    desk.go_to('password text')
    desk.type(person.passphrase)
    desk.press_button(re.compile('Sign that you have read it$'))
    desk.wait_for_focus('push button', re.compile('Save as PDF…$'))
    desk.press('space')
    steps.save_in(desk, path)
    desk.wait(lambda: desk.count_windows() == 1, 'the copy is saved')
    desk.wait_for('label', re.compile('^Sent .*Saved as a file'))


def change_person(desk, person, reference, name='Quillon'):
    """Somebody else comes to the desk, and opens the record."""
    steps.lock(desk)
    steps.sign_in(desk, person)
    steps.find_contact(desk, reference, name)
    steps.show_tab(desk, 's', 'Strategy')


def check_nothing_filled_in(desk, source=None):
    """No threshold, decision, view or signature stands there before somebody gave it."""
    root = desk.read()
    words = {'Threshold of section 47 met': 'Not known', 'Decision': 'Not known',
             'Position': 'Not known', 'Attendance': 'Not known'}
    n_seen = dict.fromkeys(words, 0)
    for node in root.walk():
        question = next((word for word in words if node.role == 'combo box'
                         and node.name.startswith(word)), None)
        if question is None:
            continue
        n_seen[question] += 1
        chosen = get_choice(node)
        if chosen not in (words[question], '(None)', ''):
            raise Unmet(f'“{node.name}” says “{chosen}” though nobody has answered')
    if not all(n_seen.values()):
        raise Unmet(f'of the questions there are {n_seen}')
    for node in root.walk():
        if node.role == 'text' and node.name == 'In their own words' and node.get_text():
            raise Unmet('a view stands there already')
    if any(name.startswith('Signed') and ':' not in name for name in root.list_words()):
        raise Unmet('a signature stands there already')


def get_choice(combo):
    """What is chosen in a list that is closed."""
    labels = [node.name for node in combo.walk() if node.role == 'label']
    return next((label for label in labels if label != '(None)'), '')


class Parts:
    """How many steps each part of the work takes: a key, or a text that is typed."""

    def __init__(self, desk):
        self._desk = desk
        self._from = desk.n_steps
        self.told = []

    def end(self, name):
        self.told.append((name, self._desk.n_steps - self._from))
        self._from = self._desk.n_steps

    def say(self):
        for name, n_steps in self.told:
            print(f'# {name}: {n_steps} steps')
        total = sum(n_steps for _, n_steps in self.told)
        print(f'# in all: {total} steps', flush=True)
        return total
