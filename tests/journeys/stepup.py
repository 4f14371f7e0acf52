# SPDX-License-Identifier: GPL-3.0-or-later
"""Early help refuses what was stepped down to it, because the child has spoken; the manager steps it
up again. It is one contact all the time, and it is never closed."""

import datetime
import re

import journey
import steps
from desk import Unmet

EARLY_HELP = 'Early help'
MANAGER = 'MASH manager'


def begin(desk, hub, source):
    """A contact is decided for early help, and waits for their answer."""
    desk.reference = hub.run_hand('early-help').strip()
    told = hub.tell(desk.reference)
    if told['state'] != ['C70'] or told['decision'] != ['O04']:
        raise Unmet(f'it stands at {told}')


def refuse(desk, hub, source):
    """The early help representative opens it, and refuses it with the reason."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, EARLY_HELP))
    steps.open_contact(desk, 2, desk.reference)
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('heading', 'Hand-over')
    desk.press_button(re.compile('^Refuse for early help'))
    desk.go_to('text', re.compile('[Rr]efused by'))
    desk.type('Dee Marlowe, early help hub')
    desk.go_to('text', re.compile('^Why it was refused'))
    desk.type('On the first call she said that she is hit at home.')
    desk.wait_for('push button', 'Refuse for early help', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('label', 'On the first call she said that she is hit at home.')


def pass_time(desk, hub, source):
    """An hour and a half passes; then the manager who decided finds it among her own."""
    manager = steps.find_person(hub, MANAGER)
    desk.quit()
    hub.run_hand('clock', '90')
    desk.start()
    steps.sign_in(desk, manager)
    steps.open_contact(desk, 2, desk.reference)
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('label', 'On the first call she said that she is hit at home.')
    steps.wait_for_main(desk, 'Decide again…')


def step_up(desk, hub, source):
    """She steps it up, with significant harm: red, and two hours to the discussion from now."""
    desk.press_button(re.compile('^Step up'))
    steps.tick(desk, re.compile('harm'))
    desk.go_to('text', re.compile('^Why it is stepped up'))
    desk.type('She has said that she is hit.')
    desk.wait_for('push button', 'Step up', ('sensitive',))
    desk.press('ctrl+Return')
    desk.wait_for('image', 'Urgency: Red')
    desk.wait_for('label', re.compile('Triaged'))
    desk.wait_for('panel', re.compile('^(1 h 5[0-9]|2 h).* left, Strategy by'))
    desk.quit()


def decide_again(desk, hub, source):
    """It is decided anew: one contact, two decisions, no re-referral, and never an end."""
    hub.run_hand('decide', desk.reference)
    told = hub.tell(desk.reference)
    if told['decision'] != ['O04', 'O06']:
        raise Unmet(f'it was decided {told["decision"]}')
    if told['rereferral'] != ['none']:
        raise Unmet(f'it counts as {told["rereferral"]}')
    if told['state'] != ['C70']:
        raise Unmet(f'it stands at {told["state"]}')
    clocks = told['clock']
    started = clocks[clocks.index('T05') + 1]
    received = clocks[clocks.index('T02') + 1]
    if not minutes_after(received, started) >= 90:
        raise Unmet(f'the discussion is due from {started}, not from the step up')


def minutes_after(first, second):
    """The minutes from one instant to another."""
    read = datetime.datetime.fromisoformat
    return (read(second.rstrip('Z')) - read(first.rstrip('Z'))).total_seconds() / 60


def tell_it(desk, hub, source):
    """The timeline tells the refusal, the step up and both decisions, and no closing."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, MANAGER))
    steps.find_contact(desk, desk.reference, 'Quillon')
    steps.show_tab(desk, 't', 'Timeline')
    for headline in ('Refused for early help', 'Stepped up', 'Approved'):
        desk.wait_for('table row', re.compile(f'^{headline}|, {headline}'))
    if desk.find('table row', re.compile('^Closed')) is not None:
        raise Unmet('the timeline tells that it was closed')
    desk.quit()


journey.run('stepup', (
    begin, refuse, pass_time, step_up, decide_again, tell_it))
