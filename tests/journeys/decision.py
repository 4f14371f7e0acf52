# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, by keyboard: a referral file arrives, its form is completed, a social worker
triages and recommends, cannot approve it herself, and a manager does; then the record is proved."""

import os
import re

import journey
import steps
from desk import Unmet

FAMILY = 'Marsh'
WORKER = 'Social worker'
MANAGER = 'MASH manager'


def sign_in(desk, hub, source):
    """A social worker signs in."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, WORKER))


def import_referral(desk, hub, source):
    """Ctrl+O takes in the example referral of a school, and shows it."""
    steps.open_referral(desk, os.path.join(source, 'resources', 'examples', 'school-referral.xml'))
    desk.wait_for('heading', re.compile(FAMILY))
    desk.wait_for('label', re.compile('^Received'))
    desk.wait_for('label', '2 missing')
    desk.reference = steps.get_reference(desk)


def complete_form(desk, hub, source):
    """F8 goes to what is missing, and what is typed there completes the form."""
    desk.press('F8')
    desk.wait_for_focus('text', 'Born or due')
    desk.type('14/5/2023')
    desk.press('F8')
    desk.wait_for_focus('check box')
    steps.tick(desk, 'All members of the family are listed')
    desk.press('ctrl+s')
    desk.wait_for('label', '100 of 100')
    desk.wait_for('label', re.compile('Saved'))


def start_screening(desk, hub, source):
    """She searches the history, takes the contact herself and starts screening."""
    steps.wait_for_main(desk, 'Start screening…')
    desk.press('ctrl+Return')
    desk.wait_for_focus('text', 'History searched, and what was found')
    desk.type('Both parents and the address searched: nothing before.')
    desk.go_to('push button', 'With')
    desk.press('Return')
    steps.pick(desk, re.escape(steps.find_person(hub, WORKER).name))
    desk.wait_for('push button', 'Screen', ('sensitive',))
    desk.press('ctrl+Return')
    steps.wait_for_main(desk, 'Triage…')


def triage(desk, hub, source):
    """She triages it: red, significant harm, each child considered."""
    desk.press('ctrl+Return')
    desk.wait_for('heading', 'Triage')
    desk.wait_for('label', 'Set the urgency.')
    steps.tick(desk, re.compile('section 47'))
    steps.tick(desk, 'Red')
    for child in ('^Eleanor Grace Marsh', '^Noah Khan', '^Marsh, unborn'):
        steps.tick(desk, re.compile(child))
    steps.wait_for_main(desk, 'Triage')
    desk.press('ctrl+Return')
    desk.wait_for('heading', 'Analysis')
    desk.wait_for('image', 'Urgency: Red')


def analyse(desk, hub, source):
    """No agency can be asked yet, and she writes down why none was."""
    desk.go_to('text', 'Harm, and how likely')
    desk.type('A grip bruise; likely again while he lives in the home.')
    desk.go_to('text', 'Why no agency was asked')
    desk.type('Agencies cannot be asked from this desk yet; the school was spoken to.')
    steps.wait_for_main(desk, 'Start analysis')
    desk.press('ctrl+Return')
    desk.wait_for('label', 'Before it can be recommended')


def mark_harm(desk, hub, source):
    """A strategy discussion is for significant harm, which she marks: its time runs from now."""
    desk.press('ctrl+m')
    desk.wait_for_focus('text')
    desk.type('A grip bruise, and the child names him.')
    desk.wait_for('push button', 'Mark significant harm', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('panel', re.compile('left, Strategy by'))


def recommend(desk, hub, source):
    """She recommends a strategy discussion for all three children."""
    steps.tick(desk, re.compile('section 47'))
    desk.go_to('push button', 'Outcome')
    desk.press('Return')
    steps.pick(desk, '^Strategy discussion$')
    desk.go_to('push button', 'Children covered')
    desk.press('Return')
    for child in ('^Eleanor Grace Marsh', '^Noah Khan', '^Marsh'):
        desk.wait_for_focus('check box', re.compile(child))
        desk.press('space')
        desk.press('Tab')
    desk.press('Escape')
    desk.wait_for_focus('push button', 'Children covered')
    desk.go_to('text', 'Why')
    desk.type('A grip bruise on a child who names an adult in her home.')
    steps.wait_for_main(desk, 'Recommend')
    desk.press('ctrl+Return')
    desk.wait_for('label', 'Not decided yet')


def be_refused(desk, hub, source):
    """She may not approve it herself, and the control says why."""
    def look():
        button = steps.get_main_button(desk)
        refused = button.name == 'Approve' and 'sensitive' not in button.states
        return button.description if refused else None

    sentence = desk.wait(look, 'the button “Approve” says why it cannot be pressed')
    if 'manager' not in sentence:
        raise Unmet(f'the sentence does not say whom to ask: {sentence}')
    desk.wait_for('label', sentence)
    desk.press('ctrl+Return')
    desk.wait_for('label', 'Not decided yet')


def switch_person(desk, hub, source):
    """Ctrl+L locks by ending the process, and the manager signs in."""
    if b'--restart' in b' '.join(desk.get_command_line()):
        raise Unmet('the process began anew before it was locked')
    steps.lock(desk)
    if not any(word.startswith(b'--restart') for word in desk.get_command_line()):
        raise Unmet('the process that shows the start page is the one that held the contact')
    steps.sign_in(desk, steps.find_person(hub, MANAGER))


def approve(desk, hub, source):
    """The manager opens it from To sign, and approves it with the passphrase."""
    manager = steps.find_person(hub, MANAGER)
    steps.open_contact(desk, 5, desk.reference)
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('heading', 'Your decision')
    steps.wait_for_main(desk, 'Approve')
    desk.go_to('password text')
    desk.type(manager.passphrase)
    desk.press('ctrl+Return')
    desk.wait_for('label', re.compile('^Approved: Strategy discussion'))


def read_author(desk, headline):
    """Who wrote the entry that is chosen, once it is the one with the headline."""
    def look():
        words = [node.name for node in desk.read().walk() if node.role == 'label']
        if 'Written by' not in words or headline not in words[words.index('About') - 5:]:
            return None
        return words[words.index('Written by') + 1]
    return desk.wait(look, f'it is shown who wrote “{headline}”')


def read_timeline(desk, hub, source):
    """The timeline tells it in order, newest first, and who did what."""
    worker = steps.find_person(hub, WORKER).name
    manager = steps.find_person(hub, MANAGER).name
    wanted = [('Approved', manager), ('Recommended', worker), ('Triaged', worker),
              ('Screening begun', worker), ('Contact received', worker)]

    steps.show_tab(desk, 't', 'Timeline')
    told = []
    row = desk.go_to('table row', re.compile(', Approved, '))
    while len(told) < 20:
        headline = row.name.split(', ')[2]
        told.append((headline, read_author(desk, headline)))
        if headline == 'Contact received':
            break
        row = desk.move('Down')
    if [entry for entry in told if entry in wanted] != wanted:
        raise Unmet(f'the timeline tells {told}')


def read_access(desk, hub, source):
    """The Access tab names her worker as having looked, and not the manager to herself."""
    steps.show_tab(desk, 'a', 'Access')
    name = steps.find_person(hub, WORKER).name
    desk.wait(lambda: desk.find('table row', re.compile(re.escape(name)))
              or desk.find('label', re.compile(re.escape(name)),
                           within=desk.find('filler', 'MashAccessTab')),
              f'the tab Access names {name}')
    own = steps.find_person(hub, MANAGER).name
    if desk.find('table row', re.compile(re.escape(own))):
        raise Unmet('a manager reads of her own looks')


def name_nobody_in_titles(desk, hub, source):
    """The title of the window names nobody."""
    titles = desk.get_titles()
    if not titles or any(word in title for title in titles for word in (FAMILY, 'Khan')):
        raise Unmet(f'the titles are {titles}')


def close_and_prove(desk, hub, source):
    """After the desk is closed, mash-admin verify finds that everything holds."""
    desk.quit()
    said = hub.run_admin('--data', hub.folder, 'verify')
    if not said.strip():
        raise Unmet('mash-admin verify says nothing')


def open_again(desk, hub, source):
    """Opened again, the contact stands as it was left."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, MANAGER))
    desk.press('ctrl+f')
    desk.wait_for_focus('entry', 'Find a person')
    desk.type('Eleanor Marsh')
    desk.press('Return')
    desk.wait_for('table row', re.compile('Marsh'))
    desk.quit()


journey.run('decision', (
    sign_in, import_referral, complete_form, start_screening, triage, analyse, mark_harm,
    recommend, be_refused, switch_person, approve, read_timeline, read_access,
    name_nobody_in_titles, close_and_prove, open_again))
