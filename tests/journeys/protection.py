# SPDX-License-Identifier: GPL-3.0-or-later
"""Police protect two children in the night in which the clocks go back: the 72 hours end at 00:30 by
the clock of the winter. Health cannot be reached, and the record says so until a discussion with
them follows."""

import re

import journey
import recorder
import steps
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
POLICE = 'Detective sergeant'
CARE_AGENCY = 'Wealdbridge Children’s Social Care'
POLICE_AGENCY = 'Wealdshire Police'
CHILDREN = ('Wren Quillon', 'Ivo Quillon')
# What is left of 72 hours on Monday morning, as a line of a tray and the head of the page say it.
LEFT = re.compile('39 h [0-9]+ min left, Police protection by Wed 00:30 · statutory')


def use_power(desk, hub, source):
    """At 03:10 the social worker records that the power was used at 01:30, before the change."""
    desk.reference = hub.run_hand('family', '2').strip()
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, WORKER))
    steps.open_contact(desk, 1, desk.reference)
    steps.show_tab(desk, 's', 'Strategy')
    desk.press_button('Record police protection…')
    desk.wait_for_focus('text', 'Power used')
    recorder.answer(desk, '01:30', 'push button', '^Children protected$')
    desk.press('Return')
    for child in CHILDREN:
        desk.wait_for_focus('check box', child)
        desk.press('space', 'Tab')
    desk.press('Escape')
    desk.wait_for_focus('push button', 'Children protected')
    recorder.go(desk, 'text', '^Officer who used it$')
    desk.type('PC 4471 Rowan')
    desk.wait_for('push button', 'Record police protection', ('sensitive',))
    desk.press('ctrl+Return')


def wait_for_words(desk, *words):
    """Waits until one thing that the window says holds all the words."""
    desk.wait(lambda: any(all(word in name for word in words)
                          for name in desk.read().list_words()), f'the window says {words}')


def count_hours(desk, hub, source):
    """It is red, and 72 hours from then end on Wednesday at 00:30."""
    desk.wait_for('image', 'Urgency: Red')
    wait_for_words(desk, 'Wed 00:30', 'Police protection', '72 h')


def discuss(desk, hub, source):
    """A discussion is open to be held, and is with the police; health does not answer."""
    steps.wait_for_main(desk, 'Start strategy discussion…')
    desk.press('ctrl+Return')
    desk.wait_for_focus('push button', 'What started it')
    if recorder.get_choice(desk.read_around('combo box', 'What started it')) != 'Police protection':
        raise Unmet('it is not known that police protection started it')
    recorder.go(desk, 'push button', '^How it is held$')
    recorder.answer(desk, 'telephone c', 'text', '^Need identified$')
    desk.wait_for('push button', 'Start strategy discussion', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for_focus('push button', 'Attendance')
    recorder.attend(desk, 'pres', 'pres', 'no r')
    recorder.wait_until_part_says(desk, 'Who is here', 'Health not present')
    keys = recorder.list_speakers(desk)
    recorder.view(desk, keys[CARE_AGENCY], 'agrees')
    recorder.view(desk, keys[POLICE_AGENCY], 'agrees')
    recorder.decide(desk, CHILDREN, {
        'Threshold of section 47 met': ('yes', 'yes'),
        'Decision': ('section 47, j', 'section 47, j'),
        'Lead agency': ('wealdbridge ch', 'wealdbridge ch'),
        'Lead worker': ('Aled Sorrel', 'Aled Sorrel'),
        'Immediate safety': ('With foster carers.', 'With foster carers.'),
        'Why': ('Found alone at night.', 'Found alone at night.')})


def be_refused(desk, hub, source):
    """It does not end before designated officer, place and what the parents know are recorded."""
    steps.wait_for_main(desk, 'Finish discussion…')
    desk.press('ctrl+Return')
    desk.wait_for('label', re.compile('^Complete police protection: designated officer, place'))
    desk.press_button(re.compile('Cancel$'))
    desk.wait_until_gone('text', 'Ended')


def complete(desk, hub, source):
    """Once they are, it ends."""
    desk.press('ctrl+1')
    desk.wait_for_focus('push button', 'Attendance')
    desk.press_button('Complete police protection…', 'shift+Tab')
    desk.wait_for_focus('text', 'Designated officer')
    recorder.answer(desk, 'Inspector Vane', 'text', '^Where the children are$')
    recorder.answer(desk, 'Foster carers of the duty team', 'text', '^Grounds$')
    recorder.go(desk, 'push button', '^Parents told$')
    desk.type('told')
    desk.wait_for('push button', 'Complete police protection', ('sensitive',))
    desk.press('ctrl+Return')
    steps.wait_for_main(desk, 'Finish discussion…')
    desk.press('ctrl+Return')
    desk.wait_for_focus('text', 'Ended')
    desk.wait_for('push button', 'Finish discussion', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('heading', re.compile('Recorded · Not compliant'))


def allow(desk, hub, source):
    """A manager allows the exception, with reason, risk and a follow-up on Monday."""
    manager = steps.find_person(hub, MANAGER)
    recorder.change_person(desk, manager, desk.reference)
    desk.press('ctrl+1')
    desk.wait_for_focus('push button', 'Attendance')
    desk.press_button('Allow without police or health…', 'shift+Tab')
    desk.wait_for_focus('text', 'Why health or police could not take part')
    recorder.answer(desk, 'Nobody of health answers at night.', 'text', '^Immediate risk')
    recorder.answer(desk, 'None while they are with carers.', 'text', '^Follow-up discussion$')
    recorder.answer(desk, 'tomorrow 10:00', 'password text', '')
    desk.type(manager.passphrase)
    desk.wait_for('push button', 'Allow without police or health', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('heading', re.compile('Recorded · Exception'))


def sign(desk, hub, source):
    """It is signed by the chair and the police, and stands as an exception."""
    steps.wait_for_main(desk, 'Ask to sign')
    desk.press('ctrl+Return')
    desk.wait_for('heading', re.compile('Being signed'))
    for title, as_chair in ((WORKER, True), (POLICE, False)):
        person = steps.find_person(hub, title)
        recorder.change_person(desk, person, desk.reference)
        recorder.sign(desk, person, as_chair)
    desk.wait_for('heading', re.compile('^Strategy discussion 1 · Signed · Exception'))
    desk.quit()


def report(desk, hub, source):
    """The report counts it as an exception, and mash-admin verify finds that everything holds."""
    said = hub.run_admin('--data', hub.folder, 'report', 'strategy', '--from', '2026-10-19',
                         '--to', '2026-10-25')
    # Needed, compliant, exception.
    if not re.search(r'^2026-10-19 +1 +0 +1 ', said, re.MULTILINE):
        raise Unmet(f'the report says {said}')
    hub.run_admin('--data', hub.folder, 'verify')


def find_on_monday(desk, hub, source):
    """On Monday the manager finds it on top of everything, with what is left of the 72 hours."""
    hub.run_hand('clock', str(30 * 60))
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, MANAGER))
    desk.press('alt+1')
    desk.wait_for('table row', re.compile(desk.reference))
    # The first is the line with the titles of the columns.
    row = [node.name for node in desk.read().walk() if node.role == 'table row'][1]
    if desk.reference not in row or not row.startswith('Red, ') or not LEFT.search(row):
        raise Unmet(f'on top stands {row}')
    steps.open_contact(desk, 1, desk.reference)
    clocks = [name for name in desk.wait_for('filler', 'MashContactHead').list_words()
              if re.search(' left, |^Late by ', name)]
    if not clocks or not LEFT.search(clocks[0]):
        raise Unmet(f'the head of the page begins with {clocks}')
    steps.show_tab(desk, 's', 'Strategy')
    desk.wait_for('heading', re.compile('^Strategy discussion 1 · Signed · Exception'))
    desk.wait_for('label', re.compile('39 h .* left · Police protection by Wed 00:30 · statutory, 72 h$'))
    wait_for_words(desk, 'Not compliant: held as an exception, until the follow-up discussion')
    desk.quit()
    hub.run_admin('--data', hub.folder, 'verify')


journey.run('protection', (
    use_power, count_hours, discuss, be_refused, complete, allow, sign, report,
    find_on_monday),
    until='2026-10-25T03:10')
