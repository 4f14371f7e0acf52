# SPDX-License-Identifier: GPL-3.0-or-later
"""A child whom the hub closed with no further action on 29 February comes again on 28 February: the
earlier decision stands beside the new one, and to close it so again needs a second look."""

import re

import journey
import steps
from desk import Unmet

WORKER = 'Social worker'
MANAGER = 'MASH manager'
YEAR = 365 * 24 * 60


def make_past(desk, hub, source):
    """On 29 February 2024 a contact ends with no further action, and a year later she comes again."""
    desk.earlier = hub.run_hand('past').strip()
    hub.run_hand('clock', str(YEAR - 60))
    desk.reference = hub.run_hand('again', desk.earlier).strip()


def sign_in(desk, hub, source):
    """A social worker signs in, and opens the new contact where it is analysed."""
    desk.start()
    steps.sign_in(desk, steps.find_person(hub, WORKER))
    steps.open_contact(desk, 2, desk.reference)
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('heading', 'Before this')


def see_what_was_decided(desk, hub, source):
    """What was decided then stands beside it: the outcome, the level, why, by whom, how near."""
    line = desk.wait_for('list item', re.compile('^No further action'))
    for words in ('Level 2', 'Within 12 months', '29 Feb 2024',
                  steps.find_person(hub, MANAGER).name, 'The quarrel was one evening'):
        if words not in line.name:
            raise Unmet(f'the earlier decision does not say “{words}”: {line.name}')
    desk.wait_for('label', re.compile('needs a second look'))
    desk.go_to('list item', re.compile('^No further action'))


def be_refused(desk, hub, source):
    """No further action again is refused until the second look is written down."""
    steps.tick(desk, re.compile('^Level 2'), 'shift+Tab')
    desk.go_to('push button', 'Outcome')
    desk.press('Return')
    steps.pick(desk, '^No further action$')
    desk.go_to('push button', 'Children covered')
    desk.press('Return')
    desk.wait_for_focus('check box', re.compile('^Wren'))
    desk.press('space')
    desk.press('Escape')
    desk.wait_for_focus('push button', 'Children covered')
    desk.go_to('text', 'Why')
    desk.type('The tiredness has a cause that the doctor treats.')
    desk.go_to('text', re.compile('^Help offered'))
    desk.type('The family worker of the school.')
    desk.go_to('text', re.compile('[Oo]ffered to'))
    desk.type('Mother')
    desk.go_to('push button', re.compile('answer'))
    desk.press('Return')
    steps.pick(desk, '^Declined')
    steps.tick(desk, re.compile('^On incomplete information'))
    desk.wait_for('label', re.compile('write down the second look|second look'))
    button = desk.wait(lambda: refused(desk), 'the button “Recommend” says why not')
    if 'second look' not in button:
        raise Unmet(f'the refusal does not ask for the second look: {button}')


def refused(desk):
    """Why the page’s main action may not be done, if it may not."""
    button = steps.get_main_button(desk)
    return button.description if 'sensitive' not in button.states else None


def look_again(desk, hub, source):
    """She writes the second look down, and recommends it."""
    desk.go_to('text', 'Second look')
    desk.type('Both times it was sleep; the doctor and the school were asked, and agree.')
    steps.wait_for_main(desk, 'Recommend')
    desk.press('ctrl+Return')
    desk.wait_for('label', 'Not decided yet')


def decide(desk, hub, source):
    """The manager sees the same beside it, and approves it."""
    manager = steps.find_person(hub, MANAGER)
    steps.lock(desk)
    steps.sign_in(desk, manager)
    steps.open_contact(desk, 5, desk.reference)
    steps.show_tab(desk, 'd', 'Analysis & decision')
    desk.wait_for('heading', 'Your decision')
    desk.wait_for('list item', re.compile('^No further action'))
    desk.wait_for('label', re.compile('all of it is new'))
    steps.wait_for_main(desk, 'Approve')
    desk.go_to('password text')
    desk.type(manager.passphrase)
    desk.press('ctrl+Return')
    desk.wait_for('label', re.compile('^Approved: No further action'))
    desk.quit()


def be_sampled(desk, hub, source):
    """It is a re-referral, and sampled as one after no further action."""
    told = hub.tell(desk.reference)
    if told['rereferral'] != ['within_12m']:
        raise Unmet(f'the new referral is {told["rereferral"]}')
    if 'NFAREREF' not in told['threshold-review']:
        raise Unmet(f'it was sampled for {told["threshold-review"]}')
    if told['decision'] != ['O12']:
        raise Unmet(f'it was decided {told["decision"]}')


journey.run('rereferral', (
    make_past, sign_in, see_what_was_decided, be_refused, look_again, decide, be_sampled),
    until='2024-02-29T10:00')
