# SPDX-License-Identifier: GPL-3.0-or-later
"""What a locked desk leaves behind: nothing. After a day's work with words that occur nowhere else,
the memory of every process of ours, and every file outside the encrypted database, is searched for
them, for the passphrase and the recovery code, and for the keys in each form. Reading the memory of
a process that lets nobody look needs the rights of the administrator; without them that part is
skipped, and says so."""

import base64
import os
import re
import shutil
import stat
import subprocess
import tempfile
import time

import journey
import steps
from desk import Unmet

MANAGER = 'MASH manager'
PASSPHRASE = 'pelican mandolin harbour 41'
SURNAME = 'Quillfeather'
IN_LETTER = 'marzipanwharf'
TYPED = 'Zephyrbarrel was at the door again.'
DRAFTED = 'Thistledrum has not been told yet.'
WORDS = (SURNAME, IN_LETTER, 'Zephyrbarrel', 'Thistledrum')
PART = 16 * 1024 * 1024
OVERLAP = 4096
# A file of ours that is lost in a shared folder is no larger than this, and lies no deeper.
LARGEST = 16 * 1024 * 1024
DEPTH = 2

KEYS = ('the database key', 'the signing seed', 'the key that the passphrase makes',
        'the key of the backup')
CODE = re.compile('^[0-9A-Z]{4}(-[0-9A-Z]{4})+$')

found = {'inbox': None, 'keys': {}, 'code': None, 'begun': None}


def run_helper(hub, what, person, *lines, backup=()):
    """Runs the helper that knows how keys are kept, and gives what it prints."""
    program = os.path.join(hub.build, 'tests', 'fault', 'residue-helper')
    done = subprocess.run((program, what, hub.folder, person, *backup),
                          input='\n'.join(lines) + '\n', text=True, capture_output=True,
                          check=False, env=hub.environment)
    if done.returncode != 0:
        raise Unmet(f'the helper: {done.stderr.strip()}')
    return done.stdout.split()


def spell_word(word):
    """A word as programs may hold it."""
    return {word.encode(), word.lower().encode(), word.upper().encode(),
            word.encode('utf-16-le'), word.encode('utf-32-le')}


def spell_key(key):
    """A key as programs may hold it: as it is, in hex, in base64 from each of three places."""
    forms = {bytes.fromhex(key)}
    forms.update((key.lower().encode(), key.upper().encode()))
    for before in range(3):
        text = base64.b64encode(bytes(before) + bytes.fromhex(key) + bytes(3))
        forms.add(text[4 if before else 0:40])
    return forms


def list_secrets():
    secrets = {f'the word “{word}”': spell_word(word) for word in WORDS}
    secrets['the passphrase'] = spell_word(PASSPHRASE)
    if found['code']:
        secrets['the recovery code'] = spell_word(found['code'])
    for name, key in found['keys'].items():
        secrets[name] = spell_key(key)
    return secrets


def list_processes(hub):
    """Every process that runs a program of the build folder, but for the tests."""
    ours = os.path.join(os.path.realpath(hub.build), 'src') + os.sep
    processes = []
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            program = os.readlink(f'/proc/{name}/exe')
        except OSError:
            continue
        if program.startswith(ours) and is_of_hub(int(name), hub):
            processes.append(int(name))
    return processes


def is_of_hub(pid, hub):
    """Other desks may be tested on this computer at the same time."""
    try:
        with open(f'/proc/{pid}/environ', 'rb') as file:
            return f'HOME={hub.environment["HOME"]}'.encode() in file.read().split(b'\0')
    except OSError:
        return True


def search(data, secrets, hits):
    for name, forms in secrets.items():
        if name not in hits and any(form in data for form in forms):
            hits.add(name)


def search_memory(pid, secrets):
    """What of the secrets stands in the memory of a process. The kernel lets its administrator read
    pages too that the process itself may not."""
    hits = set()
    with open(f'/proc/{pid}/maps', encoding='utf-8') as maps, \
            open(f'/proc/{pid}/mem', 'rb', buffering=0) as memory:
        for line in maps:
            if '[vvar]' in line or '[vsyscall]' in line:
                continue
            start, end = (int(place, 16) for place in line.split()[0].split('-'))
            place = start
            while place < end:
                try:
                    data = os.pread(memory.fileno(), min(PART, end - place), place)
                except OSError:
                    break
                if not data:
                    break
                # Much of what a process has set aside was never written to.
                if data.count(0) < len(data):
                    search(data, secrets, hits)
                place += len(data) if place + len(data) >= end else max(len(data) - OVERLAP, 4096)
    return hits


def may_look(pid):
    try:
        with open(f'/proc/{pid}/mem', 'rb'):
            return True
    except OSError:
        return False


def work(desk, hub, source):
    """A referral is taken in, completed, written about and searched for."""
    person = steps.find_person(hub, MANAGER)
    run_helper(hub, 'passphrase', person.sign_in, person.passphrase, PASSPHRASE)
    first = run_helper(hub, 'keys', person.sign_in, PASSPHRASE)[0]
    found['keys']['the first database key'] = first
    found['begun'] = time.time()
    found['inbox'] = tempfile.mkdtemp(prefix='mash-inbox-')
    hub.environment['TMPDIR'] = os.path.join(os.path.dirname(hub.folder), 'tmp')
    os.makedirs(hub.environment['TMPDIR'])
    example = os.path.join(source, 'resources', 'examples', 'school-referral.xml')
    letter = os.path.join(found['inbox'], f'{SURNAME}.xml')
    with open(example, encoding='utf-8') as file, open(letter, 'w', encoding='utf-8') as out:
        out.write(file.read().replace('Marsh', SURNAME).replace('fingertip', IN_LETTER))

    desk.start()
    person.passphrase = PASSPHRASE
    steps.sign_in(desk, person)
    steps.open_referral(desk, letter)
    desk.wait_for('heading', re.compile(SURNAME))
    desk.reference = steps.get_reference(desk)
    desk.press('F8')
    desk.wait_for_focus('text', 'Born or due')
    desk.type('14/5/2023')
    desk.press('ctrl+7')
    desk.go_to('text', 'Risk to staff, and access')
    desk.type(TYPED)
    desk.press('ctrl+s')
    desk.wait_for('label', re.compile('Saved'))
    desk.press('ctrl+f')
    desk.wait_for_focus('entry')
    desk.type(SURNAME)
    desk.press('Return')
    desk.wait_for('table row', re.compile(SURNAME))


def open_keys(desk):
    """Opens the page of keys anew, and types the passphrase that it asks for first."""
    desk.press('alt+1')
    desk.wait_for('table row')
    desk.press('ctrl+shift+k')
    desk.wait_for('text', 'Passphrase now')
    desk.type(PASSPHRASE)
    desk.wait_for('push button', re.compile('Make a recovery code$'), ('sensitive',))


def keep(desk, hub, source):
    """A recovery code is made, the database gets a new key and is backed up."""
    backups = os.path.join(hub.environment['HOME'], 'backups')
    os.mkdir(backups)
    open_keys(desk)
    desk.press_button(re.compile('Make a recovery code$'))
    found['code'] = desk.wait_for('label', CODE).name
    desk.press_button(re.compile('I have written it down$'))
    desk.wait_until_gone('label', CODE)
    open_keys(desk)
    desk.press_button(re.compile('New key for the database$'))
    desk.wait_for('label', re.compile('new key'))
    # The toolkit says nothing of the focus in a row that is typed into; its button is behind it.
    desk.go_to('push button', 'Choose the folder', 'shift+Tab')
    desk.press('shift+Tab')
    desk.type(backups)
    desk.press_button(re.compile('Back up now$'))
    desk.wait_for('label', re.compile('is checked'))
    person = steps.find_person(hub, MANAGER)
    found['keys'].update(zip(KEYS, run_helper(hub, 'keys', person.sign_in, PASSPHRASE,
                                              backup=(backups,))))


def print_chronology(desk, hub, source):
    """The chronology is saved as a file, which is read and taken away."""
    path = os.path.join(found['inbox'], 'chronology.txt')
    desk.press('alt+1')
    steps.open_contact(desk, 1, desk.reference)
    steps.show_tab(desk, 't', 'Timeline')
    desk.press('ctrl+p')
    desk.wait_for_window('Print the chronology')
    desk.fill_in('For whom', 'A judge')
    desk.fill_in('What for', 'A hearing')
    desk.go_to('push button', 'Form of the copy')
    desk.press('Return')
    steps.pick(desk, '^Plain text file$')
    desk.press_button(re.compile('Make the copy$'))
    steps.save_in(desk, path, 'Save the chronology')
    desk.wait_for('label', 'The chronology is saved')
    with open(path, encoding='utf-8') as file:
        if SURNAME not in file.read():
            raise Unmet('the chronology does not name the child')


def draft(desk, hub, source):
    """Something is copied, and left half typed."""
    desk.press('ctrl+7')
    desk.go_to('text', 'Risk to staff, and access')
    desk.press('ctrl+a')
    desk.press('ctrl+c')
    desk.press('End')
    desk.type(' ' + DRAFTED)


def be_found(desk, hub, source):
    """While the desk is open its memory holds the words and the key: whoever may look, finds them."""
    if not may_look(desk.pid):
        raise journey.Skipped('to search memory needs the rights of the administrator')
    secrets = list_secrets()
    wanted = {name: secrets[name] for name in (f'the word “{SURNAME}”', *KEYS[:2])}
    missing = wanted.keys() - search_memory(desk.pid, wanted)
    if missing:
        raise Unmet(f'the search does not find {", ".join(missing)}, and so would prove nothing')


def leave_nothing_in_memory(desk, hub, source):
    """After the lock the memory of our processes holds no passphrase, no key, no word."""
    steps.lock(desk)
    processes = list_processes(hub)
    if desk.pid not in processes:
        raise Unmet('the desk is not among the processes that are searched')
    if not may_look(desk.pid):
        raise journey.Skipped('to search memory needs the rights of the administrator')
    for pid in processes:
        hits = search_memory(pid, list_secrets())
        if hits:
            raise Unmet(f'process {pid} still holds {", ".join(sorted(hits))}')
    print(f'# {len(processes)} process searched')


def list_files(hub):
    """Every file of the desk's home, and what anybody has put since the day began where all
    programs put what is to be forgotten."""
    for folder, _, names in os.walk(hub.environment['HOME']):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield path
    for shared in ('/tmp', '/var/tmp', '/dev/shm', f'/run/user/{os.getuid()}'):
        for folder, folders, names in os.walk(shared):
            if folder.count(os.sep) - shared.count(os.sep) >= DEPTH:
                folders.clear()
            for name in names:
                path = os.path.join(folder, name)
                if not path.startswith(hub.environment['HOME']) and is_new(path):
                    yield path


def is_new(path):
    """What others write at the same time is not of this day, but for how it is named."""
    try:
        state = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_mtime >= found['begun'] and \
        state.st_size <= LARGEST


def leave_nothing_in_files(desk, hub, source):
    """No file that the day has left, the database among them, holds a word, the passphrase or a key."""
    shutil.rmtree(found['inbox'])
    secrets = list_secrets()
    count = 0
    for path in list_files(hub):
        hits = set()
        search(os.fsencode(path), secrets, hits)
        try:
            with open(path, 'rb') as file:
                search(file.read(), secrets, hits)
            count += 1
        except FileNotFoundError:
            continue
        if hits:
            raise Unmet(f'{path} holds {", ".join(sorted(hits))}')
    print(f'# {count} files searched')


def come_back(desk, hub, source):
    """The draft is still there for the one who wrote it."""
    person = steps.find_person(hub, MANAGER)
    person.passphrase = PASSPHRASE
    steps.sign_in(desk, person)
    steps.open_contact(desk, 1, desk.reference)
    desk.press('ctrl+7')
    desk.wait(lambda: DRAFTED in desk.find('text', 'Risk to staff, and access').get_text(),
              'what was typed is back')
    desk.quit()


journey.run('residue', (work, keep, print_chronology, draft, be_found, leave_nothing_in_memory,
                        leave_nothing_in_files, come_back))
