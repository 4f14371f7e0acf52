# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology is told about a window: its tree of accessibles, read over the bus that
screen readers use. One reading of the whole tree takes a fraction of a second, and nothing is kept
from one reading to the next, so that what is found is what is there."""

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'

# The roles that this toolkit hands out; the numbers are the protocol's.
ROLES = {
    2: 'alert', 7: 'check box', 11: 'combo box', 16: 'dialog', 20: 'filler', 23: 'frame',
    26: 'icon', 27: 'image', 29: 'label', 31: 'list', 32: 'list item', 33: 'menu', 34: 'menu bar',
    35: 'menu item', 37: 'page tab', 38: 'page tab list', 39: 'panel', 40: 'password text',
    42: 'progress bar', 43: 'push button', 44: 'radio button', 48: 'scroll bar', 49: 'scroll pane',
    50: 'separator', 51: 'slider', 52: 'spin button', 55: 'table', 56: 'table cell',
    57: 'column header', 58: 'row header', 61: 'text', 62: 'toggle button', 66: 'tree table',
    69: 'window', 75: 'application', 79: 'entry', 83: 'heading', 85: 'section', 87: 'form',
    88: 'link', 90: 'table row', 98: 'list box', 99: 'grouping', 101: 'notification',
    103: 'level bar', 116: 'static',
}

STATES = {
    1: 'active', 4: 'checked', 7: 'editable', 8: 'enabled', 10: 'expanded', 11: 'focusable',
    12: 'focused', 16: 'modal', 20: 'pressed', 22: 'selectable', 23: 'selected', 24: 'sensitive',
    25: 'showing', 30: 'visible', 36: 'invalid',
}

CONTAINERS = ('panel', 'filler', 'scroll pane', 'grouping')


class Gone(Exception):
    """The window or the accessible that was asked is not there any more."""


class Bus:
    """The bus of assistive technology."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self._connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def watch_focus(self, application, say):
        """Calls say with each accessible's path and whether it got the focus or lost it; returns
        how to stop."""
        def on_changed(_connection, _sender, path, _interface, _signal, parameters):
            say(path, parameters.unpack()[1] == 1)

        number = self._connection.signal_subscribe(
            application, 'org.a11y.atspi.Event.Object', 'StateChanged', None, 'focused',
            Gio.DBusSignalFlags.NONE, on_changed)
        return lambda: self._connection.signal_unsubscribe(number)

    @staticmethod
    def pump():
        """Takes in what has come from the bus."""
        while GLib.MainContext.default().iteration(False):
            pass

    def call(self, name, path, interface, method, arguments=None):
        try:
            return self._connection.call_sync(name, path, interface, method, arguments, None,
                                              Gio.DBusCallFlags.NONE, 20000, None).unpack()
        except GLib.Error as error:
            raise Gone(f'{method} of {path}: {error.message}') from error

    def call_all(self, name, paths, interface, method, arguments=None):
        """Asks all of them at once, and gives what each answers; an accessible that is gone
        answers None. To ask one after the other takes most of the time of a reading."""
        answers = {}

        def on_answered(connection, result, path):
            try:
                answers[path] = connection.call_finish(result)
            except GLib.Error:
                answers[path] = None

        for path in paths:
            self._connection.call(name, path, interface, method, arguments, None,
                                  Gio.DBusCallFlags.NONE, 20000, None, on_answered, path)
        while len(answers) < len(paths):
            GLib.MainContext.default().iteration(True)
        return answers

    def find_application(self, pid, but_not=None):
        """The bus name of the process, or None; a process that began anew has a new name."""
        children = self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]
        for name, _ in children:
            if name == but_not:
                continue
            try:
                owner = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                  'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                                  GLib.Variant('(s)', (name,)))[0]
            except Gone:
                continue
            if owner == pid:
                return name
        return None


class Node:
    """One accessible, as it was when the tree was read."""

    def __init__(self, bus, application, path, parent):
        self._bus = bus
        self._application = application
        self.path = path
        self.parent = parent
        self.children = []
        self.role = ''
        self.name = ''
        self.description = ''
        self.states = frozenset()

    def fill(self, name, role, description, states):
        self.name = name
        self.role = ROLES.get(role, str(role))
        self.description = description
        bits = states[0] | states[1] << 32
        self.states = frozenset(word for bit, word in STATES.items() if bits & 1 << bit)

    def call(self, interface, method, arguments=None):
        return self._bus.call(self._application, self.path, interface, method, arguments)

    def walk(self):
        """This node and all below it, in the order of the screen."""
        yield self
        for child in self.children:
            yield from child.walk()

    def list_ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def get_text(self):
        """What stands in a field, which its name does not say."""
        for node in self.walk():
            try:
                return node.call('org.a11y.atspi.Text', 'GetText', GLib.Variant('(ii)', (0, -1)))[0]
            except Gone:
                continue
        return ''

    def get_extents(self):
        """Place and size within the window; without any where it has no place on the screen."""
        try:
            return self.call('org.a11y.atspi.Component', 'GetExtents',
                             GLib.Variant('(u)', (1,)))[0]
        except Gone:
            return (0, 0, 0, 0)

    def list_words(self):
        """Every name at or below this node, once."""
        words = []
        for node in self.walk():
            if node.name and node.name not in words:
                words.append(node.name)
        return words

    def dump(self, depth=0):
        """The tree in lines, for whoever reads why a journey failed."""
        words = ' '.join(sorted(self.states - {'visible', 'sensitive', 'enabled', 'showing'}))
        if 'sensitive' not in self.states:
            words += ' insensitive'
        name = ' '.join(self.name.split())
        yield f'{"  " * depth}{self.role} “{name}” {words}'.rstrip()
        for child in self.children:
            if child.role != 'scroll bar':
                yield from child.dump(depth + 1)


def count_windows(bus, application):
    """How many windows the application has."""
    return len(bus.call(application, ROOT, ACCESSIBLE, 'GetChildren')[0])


def look_at(bus, application, path):
    """One accessible by itself, without what is above and below it."""
    def get(name):
        return node.call('org.freedesktop.DBus.Properties', 'Get',
                         GLib.Variant('(ss)', (ACCESSIBLE, name)))[0]

    node = Node(bus, application, path, None)
    node.fill(get('Name'), node.call(ACCESSIBLE, 'GetRole')[0], get('Description'),
              node.call(ACCESSIBLE, 'GetState')[0])
    return node


def look_up(bus, application, path):
    """The accessible and what it is in, from the inside out."""
    while not path.endswith(('/null', '/root')):
        yield look_at(bus, application, path)
        path = bus.call(application, path, 'org.freedesktop.DBus.Properties', 'Get',
                        GLib.Variant('(ss)', (ACCESSIBLE, 'Parent')))[0][1]


def _find_common_place(rectangles):
    """Gives what all rectangles share if that is most of the largest, else None."""
    left = max(x for x, _, _, _ in rectangles)
    top = max(y for _, y, _, _ in rectangles)
    width = min(x + width for x, _, width, _ in rectangles) - left
    height = min(y + height for _, y, _, height in rectangles) - top
    largest = max(width * height for _, _, width, height in rectangles)
    if width <= 0 or height <= 0 or width * height * 2 < largest:
        return None
    return left, top, width, height


def _find_shown(node, place, by_path):
    """Which child is on top, asked at a few points, for not everything answers; or None."""
    left, top, width, height = place
    for across, down in ((4, 4), (4, 3), (2, 4), (1, 1), (7, 7), (1, 7), (7, 1)):
        point = (left + width * across // 8, top + height * down // 8, 1)
        try:
            hit = node.call('org.a11y.atspi.Component', 'GetAccessibleAtPoint',
                            GLib.Variant('(iiu)', point))[0][1]
        except Gone:
            continue
        found = by_path.get(hit)
        above = {found, *found.list_ancestors()} if found is not None else set()
        for child in node.children:
            if child in above:
                return child
    return None


def _drop_what_is_not_shown(node, by_path):
    """Of pages that lie on each other only one is shown; the toolkit lists them all."""
    if len(node.children) < 2 or any(child.role not in CONTAINERS for child in node.children):
        return

    places = {child: child.get_extents() for child in node.children}
    node.children = [child for child in node.children
                     if places[child][2] > 0 and places[child][3] > 0]
    if len(node.children) > 1:
        place = _find_common_place([places[child] for child in node.children])
        shown = _find_shown(node, place, by_path) if place is not None else None
        if shown is not None:
            node.children = [shown]


def _read_structure(bus, application, root):
    """Everything below the root, nameless, by its path: a level at a time."""
    by_path = {root.path: root}
    level = [root.path]
    while level:
        answers = bus.call_all(application, level, ACCESSIBLE, 'GetChildren')
        below = []
        for path in level:
            if answers[path] is None:
                if path == root.path:
                    raise Gone(f'GetChildren of {path}')
                continue
            for _, child in answers[path].unpack()[0]:
                if child not in by_path and not child.endswith('/null'):
                    node = Node(bus, application, child, by_path[path])
                    by_path[child] = node
                    by_path[path].children.append(node)
                    below.append(child)
        level = below
    return by_path


def read_branch(bus, application, path):
    """What is at and below one accessible, which is far less than everything."""
    root = look_at(bus, application, path)
    by_path = _read_structure(bus, application, root)
    asked = list(by_path)
    names = {name: bus.call_all(application, asked, 'org.freedesktop.DBus.Properties', 'Get',
                                GLib.Variant('(ss)', (ACCESSIBLE, name)))
             for name in ('Name', 'Description')}
    roles = bus.call_all(application, asked, ACCESSIBLE, 'GetRole')
    states = bus.call_all(application, asked, ACCESSIBLE, 'GetState')
    for at, node in by_path.items():
        answers = names['Name'][at], roles[at], names['Description'][at], states[at]
        if None not in answers:
            node.fill(*(answer.unpack()[0] for answer in answers))
    return root


def read_tree(bus, application):
    """The application's accessibles as they are now, without what lies on pages not shown."""
    root = Node(bus, application, ROOT, None)
    by_path = _read_structure(bus, application, root)

    items = bus.call(application, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')[0]
    for item in items:
        node = by_path.get(item[0][1])
        if node is not None:
            node.fill(item[6], item[7], item[8], item[9])

    waiting = [root]
    while waiting:
        node = waiting.pop()
        _drop_what_is_not_shown(node, by_path)
        waiting.extend(node.children)
    return root
