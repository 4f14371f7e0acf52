# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole strategy discussion, recorded while it is held: three children, six agencies, twelve
actions and one dissent, from the start to the last signature. It says how many steps each part
takes, Tab included."""

import re

import journey
import recorder
import steps
from desk import Unmet

MANAGER = 'MASH manager'
SIGNERS = ('Detective sergeant', 'Health representative')
MOST_STEPS = 250
LATER = 'sign-in and signature of the'

HEALTH = 'Wealdshire Community Health'
N_AGENCIES = 6
DISSENT = 'We do not think that it can wait for the youngest.'

CHILDREN = ('Wren Quillon', 'Ivo Quillon', 'Marl Quillon')
# What is answered for each child; None goes by.
ANSWERS = {
    'What the child says and wants': ('She asks not to go home.', None, None),
    'Threshold of section 47 met': ('yes', 'yes', 'no'),
    'Decision': ('section 47, j', 'section 47, j', 'no section 47, s'),
    'Category': ('phys', 'phys', None),
    'Lead agency': ('wealdbridge ch', 'wealdbridge ch', 'wealdbridge ch'),
    'Lead worker': ('Aled Sorrel', 'Aled Sorrel', 'Nadia Brightwell'),
    'To be seen by': ('16:00', '17:00', None),
    'How the child is seen alone': ('At school.', 'At school.', 'With the visitor.'),
    'Brothers and sisters considered': ('All three.', 'All three.', 'All three.'),
    'Immediate safety': ('With her aunt.', 'With his aunt.', 'With his aunt.'),
    'Why': ('The burn has an edge.', 'He saw it.', 'Nothing points to him.'),
}
ACTIONS = tuple((f'{what} {child}', owner, due) for child, due in zip(
    ('Wren', 'Ivo', 'Marl'), ('15:00', '18:00', 'tomorrow 10:00')) for what, owner in (
        ('See and speak to', 'Moira'), ('Ask the doctor about', 'Joy'),
        ('Ask the school about', 'Ruth'), ('Plan the interview of', 'Petra')))

kept = {}


def begin(desk, hub, source):
    """A manager starts it in one action from a contact about three children."""
    desk.reference = hub.run_hand('family', '3').strip()
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, MANAGER))
    steps.open_contact(desk, 1, desk.reference)
    kept['parts'] = recorder.Parts(desk)
    recorder.start(desk, 'inj', 'mixed', '9:05')
    kept['parts'].end('start')


def begin_empty(desk, hub, source):
    """No threshold, decision, view or signature is filled in beforehand."""
    recorder.check_nothing_filled_in(desk)


def attend(desk, hub, source):
    """Who was on duty is there, and three more join: the sign says that it is compliant."""
    recorder.attend(desk, 'pres', 'pres', 'pres')
    for agency, name in (('wealdbridge e', 'Ruth Pell'), ('weald hom', 'Dean Orrick'),
                         ('wealdshire pr', 'Grace Lumley')):
        recorder.join(desk, agency, name)
    kept['parts'].end('attendance')
    recorder.wait_until_part_says(desk, 'Who is here', 'Social care, police and health present',
                                  'Ruth Pell', 'Dean Orrick', 'Grace Lumley')


def take_notes(desk, hub, source):
    """Each agency speaks, one key each, and says what it knows in its own section."""
    kept['speakers'] = recorder.list_speakers(desk)
    if len(kept['speakers']) != N_AGENCIES:
        raise Unmet(f'the agencies have the keys {kept["speakers"]}')
    for name, key in kept['speakers'].items():
        recorder.note(desk, key, f'{name} was at the house in May.')
    kept['parts'].end('notes')
    recorder.wait_until_part_says(desk, 'Notes', '6 notes')
    for name, key in kept['speakers'].items():
        recorder.tell(desk, key, f'Known to {name} since May.')
    kept['parts'].end('information')


def decide(desk, hub, source):
    """Each child is decided on: two joint enquiries, and none for the youngest."""
    recorder.decide(desk, CHILDREN, ANSWERS)
    kept['parts'].end('children')


def plan(desk, hub, source):
    """The medical and the interview are planned."""
    desk.press('ctrl+5')
    desk.wait_for_focus('push button', 'Medical')
    recorder.answer(desk, 'needed, p', 'text', '^Examined by$')
    recorder.answer(desk, '17:00', 'text', '^Who examines$')
    recorder.answer(desk, 'The paediatrician on call', 'text', '^Where$')
    desk.type('The children’s ward')
    kept['parts'].end('plan')


def give_views(desk, hub, source):
    """Every agency gives its view; health dissents, in words, and asks for escalation."""
    for name, key in kept['speakers'].items():
        if name == HEALTH:
            recorder.view(desk, key, 'diss', DISSENT, wants_escalation=True)
        else:
            recorder.view(desk, key, 'agrees')
    kept['parts'].end('views')


def agree_actions(desk, hub, source):
    """Twelve actions, each one line, have an owner, an agency and a time."""
    desk.press('ctrl+6')
    for what, owner, due in ACTIONS:
        recorder.act(desk, what, owner, due)
    kept['parts'].end('actions')
    recorder.wait_until_part_says(
        desk, 'Actions', f'{len(ACTIONS)} of {len(ACTIONS)} have owner and time',
        'Petra Hallam, Wealdshire Police')


def finish(desk, hub, source):
    """It ends, and chair, police and health are asked to sign."""
    recorder.finish(desk)
    kept['parts'].end('end')
    desk.press('ctrl+7')
    desk.wait_for_focus('push button', 'Sign…')
    desk.press('ctrl+7')
    desk.wait_for_focus('push button', 'Sign…')
    asked = recorder.read_part(desk, 'Signatures').list_words()
    if not any('Asked' in words for words in asked):
        raise Unmet(f'the signatures say {asked}')


def sign_all(desk, hub, source):
    """The chair signs, then the police, then health, each with a passphrase of their own."""
    recorder.sign(desk, steps.find_person(hub, MANAGER), as_chair=True)
    kept['parts'].end('signature of the chair')
    for title in SIGNERS:
        person = steps.find_person(hub, title)
        recorder.change_person(desk, person, desk.reference)
        recorder.sign(desk, person)
        kept['parts'].end(f'{LATER} {title.lower()}')
    desk.wait_for('heading', re.compile('Strategy discussion 1 · Signed · Compliant'))


def say_steps(desk, hub, source):
    """Up to the chair’s signature it took no more steps than somebody can take while people talk."""
    # The police and health come to the desk when that is over: their steps are told and are in the
    # total, and the aim is not for them.
    total = kept['parts'].say()
    later = sum(n_steps for name, n_steps in kept['parts'].told if name.startswith(LATER))
    print(f'# of these, of police and health after the chair: {later} steps; the aim is '
          f'{MOST_STEPS} for the other {total - later}', flush=True)
    if total - later > MOST_STEPS:
        raise Unmet(f'it takes {total - later} steps up to the signature of the chair')


def prove(desk, hub, source):
    """The dissent stands in the signed record, and mash-admin verify finds that everything holds."""
    desk.wait(lambda: any(node.role == 'text' and node.get_text() == DISSENT
                          for node in desk.read().walk()), 'the dissent is there word for word')
    desk.quit()
    hub.run_admin('--data', hub.folder, 'verify')


journey.run('discussion', (
    begin, begin_empty, attend, take_notes, decide, plan, give_views, agree_actions, finish,
    sign_all, say_steps, prove), until='2026-11-20T10:00')
