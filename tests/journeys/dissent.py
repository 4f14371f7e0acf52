# SPDX-License-Identifier: GPL-3.0-or-later
"""Health says section 47, the police see no role for themselves, and the chair decides section 17:
the dissent stands in the record word for word and goes to the seniors, and the time of an enquiry
runs from the discussion that decides on one, which is a later one."""

import os
import re
import subprocess

import journey
import recorder
import steps
from desk import Unmet

MANAGER = 'MASH manager'
POLICE = 'Detective sergeant'
HEALTH = 'Health representative'
CARE_AGENCY = 'Wealdbridge Children’s Social Care'
POLICE_AGENCY = 'Wealdshire Police'
HEALTH_AGENCY = 'Wealdshire Community Health'
CHILD = ('Wren Quillon',)
DISSENT = 'A burn with an edge needs an enquiry, today.'

kept = {}


def decide(desk, met, decision, why):
    recorder.decide(desk, CHILD, {
        'Threshold of section 47 met': (met,), 'Decision': (decision,),
        'Lead agency': ('wealdbridge ch',), 'Lead worker': ('Aled Sorrel',),
        'How the child is seen alone': ('At school.',), 'Why': (why,)})


def hold(desk, hub, source):
    """A manager holds a discussion with police and health, and decides section 17."""
    desk.reference = hub.run_hand('family', '1').strip()
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, MANAGER))
    steps.open_contact(desk, 1, desk.reference)
    recorder.start(desk, 'new ref', 'telephone c', '9:05')
    recorder.attend(desk, 'pres', 'pres', 'pres')
    kept['keys'] = recorder.list_speakers(desk)
    decide(desk, 'no', 'no section 47, s', 'The account fits the mark.')
    recorder.view(desk, kept['keys'][CARE_AGENCY], 'agrees')
    recorder.view(desk, kept['keys'][POLICE_AGENCY], 'agrees with', 'No further police role.')
    desk.press('ctrl+s')
    recorder.wait_until_part_says(desk, POLICE_AGENCY, 'Entered on their behalf')


def dissent(desk, hub, source):
    """Health dissents in its own words, and asks for escalation."""
    recorder.change_person(desk, steps.find_person(hub, HEALTH), desk.reference)
    recorder.view(desk, kept['keys'][HEALTH_AGENCY], 'diss', DISSENT, wants_escalation=True)
    desk.press('ctrl+s')
    desk.wait_for('panel', re.compile('Disagreement'))
    desk.wait_for('heading', 'Disagreement between agencies')


def find_view(desk):
    """Health’s own words, as the window shows them."""
    nodes = [node for node in desk.read().walk()
             if node.role == 'text' and node.name == 'In their own words'
             and any(above.name == HEALTH_AGENCY for above in node.list_ancestors())]
    return nodes[0] if nodes else None


def be_kept_out(desk, hub, source):
    """Only health can edit that text: the manager reads it, and cannot type there."""
    recorder.change_person(desk, steps.find_person(hub, MANAGER), desk.reference)
    desk.wait(lambda: find_view(desk).get_text() == DISSENT, 'the dissent stands word for word')
    if all('sensitive' in above.states for above in find_view(desk).list_ancestors()
           if above.role != 'application'):
        raise Unmet('the manager could type into the view of health')


def see_escalation(desk, hub, source):
    """It names whom both agencies have for it, and its time runs to the end of the day."""
    words = desk.read().list_words()
    seniors = next((word for word in words if HEALTH_AGENCY in word and CARE_AGENCY in word), None)
    if seniors is None:
        raise Unmet(f'the disagreement names no seniors: {words[-40:]}')
    desk.wait_for('panel', re.compile('Disagreement · local same day'))


def sign_it(desk, hub, source):
    """It can be signed by social care and police all the same, and health signs it too."""
    recorder.finish(desk)
    recorder.sign(desk, steps.find_person(hub, MANAGER), as_chair=True)
    for title in (POLICE, HEALTH):
        person = steps.find_person(hub, title)
        recorder.change_person(desk, person, desk.reference)
        recorder.sign(desk, person)
    desk.wait_for('heading', re.compile('^Strategy discussion 1 · Signed · Compliant'))
    if find_view(desk).get_text() != DISSENT:
        raise Unmet('the signed record does not hold the dissent')


def circulate(desk, hub, source):
    """A copy goes to the police, in which the dissent stands word for word."""
    manager = steps.find_person(hub, MANAGER)
    path = os.path.join(os.path.dirname(hub.folder), 'copy.pdf')
    recorder.change_person(desk, manager, desk.reference)
    recorder.send_copy(desk, manager, POLICE_AGENCY, path)
    desk.wait_for('label', '1 of 4 sent')
    said = ' '.join(subprocess.run(('pdftotext', path, '-'), capture_output=True, text=True,
                                   check=True).stdout.split())
    if DISSENT not in said:
        raise Unmet('the copy does not hold the dissent')
    desk.quit()
    clocks = hub.tell(desk.reference)['clock']
    if 'T17' not in clocks or 'T15' in clocks:
        raise Unmet(f'the clocks are {clocks}')


def hold_another(desk, hub, source):
    """The next day a second discussion decides on an enquiry by social care alone."""
    hub.run_hand('clock', str(24 * 60))
    desk.start()
    manager = steps.find_person(hub, MANAGER)
    steps.sign_in(desk, manager)
    steps.find_contact(desk, desk.reference, 'Quillon')
    steps.show_tab(desk, 's', 'Strategy')
    desk.press_button('Start another discussion…')
    recorder.fill_in_start(desk, 'new inf', 'telephone c', '9:30')
    recorder.attend(desk, 'pres', 'pres', 'pres')
    decide(desk, 'yes', 'section 47, soc', 'The doctor says that it was an iron.')
    for key in recorder.list_speakers(desk).values():
        recorder.view(desk, key, 'agrees')
    recorder.finish(desk)
    recorder.sign(desk, manager, as_chair=True)
    for title in (POLICE, HEALTH):
        person = steps.find_person(hub, title)
        recorder.change_person(desk, person, desk.reference)
        recorder.sign(desk, person)
    desk.wait_for('heading', re.compile('^Strategy discussion 2 · Signed · Compliant'))


def count_from_it(desk, hub, source):
    """Fifteen working days to the conference run from the second one."""
    desk.wait_for('heading', 'Enquiries under section 47')
    # Fifteen working days after Wednesday 18 November.
    desk.wait_for('label', re.compile('9 Dec'))


def read_first_again(desk, hub, source):
    """The first record is linked to it, and stands as it was signed."""
    desk.press_button(re.compile('^Discussion 1'), 'shift+Tab')
    desk.wait_for('heading', re.compile('^Strategy discussion 1 · Signed · Compliant'))
    desk.wait(lambda: find_view(desk).get_text() == DISSENT, 'the dissent stands in it')
    desk.quit()
    clocks = hub.tell(desk.reference)['clock']
    started = clocks[clocks.index('T15') + 1]
    if not started.startswith('2026-11-18'):
        raise Unmet(f'the time of the enquiry runs from {started}')
    hub.run_admin('--data', hub.folder, 'verify')


journey.run('dissent', (
    hold, dissent, be_kept_out, see_escalation, sign_it, circulate, hold_another, count_from_it,
    read_first_again),
    until='2026-11-17T10:00')
