# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is worked as a person without a mouse works it: keys go in through the screen, and
what comes of them is read from what assistive technology is told."""

import copy
import os
import re
import subprocess
import time

import accessibles
import screen

PATIENCE = 60.0
BETWEEN_LOOKS = 0.05
BETWEEN_READINGS = 2.0


class Unmet(Exception):
    """Something did not happen in time, or is not as it should be."""


def _fits(text, wanted):
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    return text == wanted


class Hub:
    """A training hub in a folder of its own, and homes for the programs that open it."""

    def __init__(self, build, folder, until=None, whole=False):
        self.build = build
        self.folder = os.path.join(folder, 'hub')
        self.environment = {
            'PATH': os.environ['PATH'],
            'DISPLAY': os.environ['DISPLAY'],
            'DBUS_SESSION_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS'],
            'HOME': folder,
            'XDG_CACHE_HOME': os.path.join(folder, 'cache'),
            'XDG_CONFIG_HOME': os.path.join(folder, 'config'),
            'XDG_DATA_HOME': os.path.join(folder, 'data'),
            'XDG_RUNTIME_DIR': os.path.join(folder, 'runtime'),
            'GDK_BACKEND': 'x11',
            'GSETTINGS_BACKEND': 'memory',
            'GSETTINGS_SCHEMA_DIR': os.path.join(build, 'resources'),
            'GSK_RENDERER': 'cairo',
            'GTK_A11Y': 'atspi',
            'LC_ALL': 'C.UTF-8',
        }
        for variable in ('XAUTHORITY', 'ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS'):
            if variable in os.environ:
                self.environment[variable] = os.environ[variable]
        os.makedirs(self.environment['XDG_RUNTIME_DIR'], mode=0o700)
        size = () if whole else ('--seed', '7', '--weeks', '1', '--contacts', '40')
        self.run_admin('training', self.folder, *size, *(('--until', until) if until else ()))

    def at(self, folder):
        """The same programs and homes, over another folder."""
        other = copy.copy(self)
        other.folder = folder
        return other

    def run_admin(self, *arguments):
        """Runs mash-admin and gives what it prints; it must end well."""
        program = os.path.join(self.build, 'src', 'admin', 'mash-admin')
        return self._run(program, arguments)

    def run_hand(self, *arguments):
        """Does something in the hub while no desk has it open."""
        program = os.path.join(self.build, 'tests', 'journeys', 'hub-hand')
        return self._run(program, (self.folder, *arguments))

    def tell(self, reference):
        """What a contact has come to: words by their name."""
        told = {}
        for line in self.run_hand('tell', reference).splitlines():
            name, *words = line.split()
            told.setdefault(name, []).extend(words)
        return told

    def _run(self, program, arguments):
        done = subprocess.run((program, *arguments), env=self.environment, text=True,
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise Unmet(f'{os.path.basename(program)} {arguments}: {done.stderr.strip()}')
        return done.stdout


class Desk:
    """A window of the program, from its start to its end."""

    def __init__(self, hub, log):
        self._hub = hub
        self._log = log
        self._bus = None
        self._process = None
        self._application = None
        self._stop_watching = None
        self._focus = None
        self._moves = 0
        self.n_steps = 0
        self.reference = None
        self.earlier = None
        self._beside = []

    def beside(self, hub):
        """Another window of the program, over another folder."""
        other = Desk(hub, self._log)
        self._beside.append(other)
        return other

    def list_all(self):
        """This window, and those beside it."""
        return [self, *self._beside]

    @property
    def folder(self):
        return self._hub.folder

    # The process

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        program = os.path.join(self._hub.build, 'src', 'app', 'mash-desk')
        self._process = subprocess.Popen((program, '--data', self._hub.folder),
                                         env=self._hub.environment, stdout=self._log,
                                         stderr=self._log)
        if self._bus is None:
            self._bus = accessibles.Bus()
        self.attach()

    def attach(self):
        """Finds the process on the bus, also after it began anew in its own place."""
        before = self._application
        if self._stop_watching is not None:
            self._stop_watching()

        def look():
            return self._bus.find_application(self.pid, but_not=before)

        self._application = self.wait(look, 'the window comes up')
        self._focus = None
        self._stop_watching = self._bus.watch_focus(self._application, self._take_focus)
        self.wait_for('frame')

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def get_command_line(self):
        """What the process was last started with; it is another after a lock."""
        with open(f'/proc/{self.pid}/cmdline', 'rb') as file:
            return file.read().split(b'\0')

    def kill(self):
        """Ends the process as a power cut would."""
        if self.is_running():
            self._process.kill()
        self._process.wait()

    def quit(self):
        self.press('ctrl+q')
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Unmet('the desk does not end') from None
        if status != 0:
            raise Unmet(f'the desk ended with {status}')

    # Looking

    def read(self):
        return accessibles.read_tree(self._bus, self._application)

    def wait(self, look, sentence, patience=PATIENCE):
        """Looks again and again until there is something to see, and gives that."""
        until = time.monotonic() + patience
        while True:
            try:
                seen = look()
            except accessibles.Gone:
                seen = None
            if seen:
                return seen
            if self._process.poll() is not None:
                raise Unmet(f'the desk ended with {self._process.returncode}: {sentence}')
            if time.monotonic() > until:
                raise Unmet(f'not within {patience:.0f} s: {sentence}')
            self._bus.pump()
            time.sleep(BETWEEN_LOOKS)

    def find(self, role=None, name=None, states=(), within=None):
        """The first accessible that fits, or None."""
        for node in (within or self.read()).walk():
            if _fits(node.role, role) and _fits(node.name, name) and node.states >= set(states):
                return node
        return None

    def wait_for(self, role=None, name=None, states=(), patience=PATIENCE):
        wanted = getattr(name, 'pattern', name)
        return self.wait(lambda: self.find(role, name, states),
                         f'there is a {role or "part"} “{wanted or ""}” {" ".join(states)}',
                         patience)

    def wait_until_gone(self, role=None, name=None):
        wanted = getattr(name, 'pattern', name)
        self.wait(lambda: self.find(role, name) is None,
                  f'the {role or "part"} “{wanted or ""}” goes')

    @staticmethod
    def _find_front(root):
        """The window that the keyboard goes to. The toolkit calls no dialog active; the newest that
        keeps the others out is in front of them."""
        modal = [window for window in root.children if 'modal' in window.states]
        return modal[-1] if modal else root

    def wait_for_window(self, title):
        """Waits for a window in front of the others, and until the keyboard goes to it."""
        def look():
            root = self.read()
            return (self._find_front(root).name == title
                    and self.count_windows() == len(root.children)
                    and screen.focus_newest_window(self.pid))
        self.wait(look, f'there is a window “{title}” in front')

    def get_titles(self):
        return screen.get_titles(self.pid)

    def count_windows(self):
        """How many windows there are for the keyboard to go to."""
        return len(screen.list_windows(self.pid))

    # The focus

    def _take_focus(self, path, has_focus):
        self._moves += 1
        if has_focus:
            self._focus = path
        elif self._focus == path:
            self._focus = None

    def find_focus(self):
        """The accessible that has the focus, or None where the toolkit says nothing of it."""
        self._bus.pump()
        # Each window keeps a focus of its own; only that of the one in front hears the keyboard.
        if accessibles.count_windows(self._bus, self._application) > 1:
            return self.find(states=('focused',), within=self._find_front(self.read()))
        if self._focus is not None:
            try:
                return accessibles.look_at(self._bus, self._application, self._focus)
            except accessibles.Gone:
                self._focus = None
        return self.find(states=('focused',))

    def find_focus_in_tree(self):
        """As find_focus, with what is above and below it."""
        focus = self.find_focus()
        if focus is None:
            return None
        return next((node for node in self.read().walk() if node.path == focus.path), None)

    def wait_for_focus(self, role=None, name=None):
        last = time.monotonic()

        def look():
            nonlocal last
            self._bus.pump()
            # Between one place and the next nothing has it for a moment; the whole tree is read
            # only where the toolkit has said nothing for a while.
            if self._focus is None and time.monotonic() - last < BETWEEN_READINGS:
                return None
            # A list that closes leaves the keyboard to nobody: there is no window manager.
            if self._focus is None:
                screen.focus_newest_window(self.pid)
            node = self.find_focus()
            last = time.monotonic()
            fits = node is not None and _fits(node.role, role) and _fits(node.name, name)
            return node if fits else None

        wanted = getattr(name, 'pattern', name)
        return self.wait(look, f'the focus is in the {role or "part"} “{wanted or ""}”')

    def read_around(self, role, name=None):
        """What is in the part that holds the focus, which is read faster than everything."""
        focus = self.find_focus()
        way = accessibles.look_up(self._bus, self._application, focus.path) if focus else ()
        for node in way:
            if _fits(node.role, role) and _fits(node.name, name):
                return accessibles.read_branch(self._bus, self._application, node.path)
        raise accessibles.Gone(f'the focus is in no {role} “{name}”')

    # The keyboard

    def press(self, *keys):
        self.n_steps += len(keys)
        screen.focus_newest_window(self.pid)
        screen.press(*keys)

    def type(self, text):
        self.n_steps += 1
        screen.focus_newest_window(self.pid)
        screen.type_text(text)

    def move(self, key='Tab'):
        """Presses a key that moves the focus, and gives where it went."""
        self._bus.pump()
        before = self._moves
        self.press(key)

        def look():
            self._bus.pump()
            return self._moves != before

        try:
            self.wait(look, 'the focus moves', 2.0)
        except Unmet:
            pass
        return self.find_focus()

    def press_away(self, key, role=None, name=None):
        """Presses a key that leads elsewhere, to a part that may be called as the one before."""
        before = self._focus
        self.press(key)
        self.wait(lambda: self._focus not in (None, before), f'{key} leads elsewhere')
        return self.wait_for_focus(role, name)

    def go_to(self, role=None, name=None, key='Tab', at_most=200):
        """Moves the focus by one key until it is where it shall be; a way round is a failure."""
        way = []
        node = self.find_focus()
        while len(way) < at_most:
            if node is not None and _fits(node.role, role) and _fits(node.name, name):
                return node
            step = (None, 'nothing')
            if node is not None:
                step = (node.path, f'{node.role} “{node.name}”')
            if node is not None and way.count(step) > 1:
                break
            way.append(step)
            node = self.move(key)
        wanted = getattr(name, 'pattern', name)
        raise Unmet(f'{key} does not lead to the {role or "part"} “{wanted or ""}” but round '
                    + ', '.join(words for _, words in way))

    # What a person does all the time

    def press_button(self, name, key='Tab'):
        self.go_to('push button', name, key)
        self.press('space')

    def fill_in(self, name, text, key='Tab'):
        """Goes to a field and types over what stands in it."""
        self.go_to(None, name, key)
        self.press('ctrl+a')
        self.type(text)

    def choose(self, role, name, at_most=40):
        """Moves down a list with the arrow, and presses Enter where the name fits."""
        self.go_to(role, name, 'Down', at_most)
        self.press('Return')
