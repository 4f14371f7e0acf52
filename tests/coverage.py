#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the branch coverage of the code that must not be wrong: keys, slots, changes, guards and
import. Usage: coverage.py BUILD SOURCE, or coverage.py --check SOURCE.

A branch is one way out of a condition, as gcc counts them without optimising and gcov says whether
it was taken. gcov counts what the preprocessor made, so four things that nobody wrote as a condition
of the product are left out, and nothing else is:

  - g_return_if_fail and its like, g_assert and its like: mistakes of the programmer, not behaviour;
  - G_DEFINE_… and its like: the type system's own;
  - g_clear_pointer and g_clear_object: the test for NULL inside the macro;
  - the declaration of a g_autoptr and its like: from where its scope is left. One that holds a
    condition of its own (?:, && or ||) counts.

A macro is left out where it begins a line, up to its closing bracket; a condition before it in the
same line counts. Branches that no test takes are named in tests/data/uncovered.txt, by file,
function and the text of the line, with the reason; the number of the line does not matter. It is an
error when a branch is neither taken nor named, when the whole is below the target, and when a name
fits no line. What is named and was taken is reported. With --check only the last is looked at,
and the rule above is held against examples; that needs no build."""

import collections
import fnmatch
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

TARGET = 95.0
AREAS = {
    'keys': ('store/mash-secret.c', 'store/mash-recovery-code.c', 'store/mash-store-keys*.c',
             'store/mash-store-rekey.c', 'store/mash-database-rekey.c', 'store/mash-page-copy.c',
             'store/mash-database-note.c', 'store/mash-database-file.c'),
    'slots': ('store/mash-slots*.c', 'store/mash-file.c'),
    'changes': ('model/mash-body.c', 'model/mash-change.c', 'model/mash-edit.c',
                'model/mash-group.c', 'store/mash-applier.c', 'store/mash-store-seal.c',
                'store/mash-store-apply.c', 'store/mash-store-submit.c', 'store/mash-store-log.c'),
    'guards': ('model/mash-guards.c', 'model/mash-judge.c', 'model/mash-named-guards.c',
               'model/mash-scope.c'),
    'import': ('exchange/mash-import.c', 'exchange/mash-reader-client.c',
               'exchange/mash-referral*.c', 'model/mash-prescan.c', 'model/mash-reading.c',
               'reader/mash-csv.c', 'reader/mash-date-check.c', 'reader/mash-import-form.c',
               'reader/mash-referral-form.c', 'reader/mash-xml.c', 'reader/main.c'),
}
NOT_COUNTED = re.compile(r'\s*(g_return_(val_)?if_(fail|reached)|g_assert\w*|mash_store_assert|'
                         r'G_(DEFINE|IMPLEMENT)\w+|g_clear_(pointer|object))\b')
SCOPE = re.compile(r'\s*g_auto(ptr|free|slist|list|)\b(?!.*(\?|&&|\|\|))')
ENTRY = re.compile(r'(\S+) (\w+) (\d+): (.+)')
EXAMPLES = (
    ('  g_return_val_if_fail (a != NULL && b, 0);', {1}),
    ('  g_return_val_if_fail (a == NULL ||\n                        b (")"), 0);\n  if (c)', {1, 2}),
    ('  g_assert (a);\n  if (g_assert_is (a))', {1}),
    ('  if (a)\n    g_clear_pointer (&b, g_free);\n  return c ? d : e;', {2}),
    ('  if (a) g_clear_object (&b);', set()),
    ('  g_autofree char *a = b ? c : d;', set()),
    ('  g_autoptr (GError) error = NULL;', {1}),
    ('  g_auto (GStrv) list = f ();', {1}),
    ('  g_autoptr (A) a = b && c ? d : NULL;', set()),
    ('G_DEFINE_TYPE (A, a,\n               B)', {1, 2}),
    ('  x = MAX (a, b);', set()),
)


def find_not_counted(text):
    """The numbers of the lines that a macro of those above takes up."""
    lines = text.split('\n')
    found = set()
    for number, line in enumerate(lines, 1):
        if SCOPE.match(line):
            found.add(number)
        if not NOT_COUNTED.match(line):
            continue
        depth = 0
        for end in range(number, len(lines) + 1):
            bare = re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'', '""', lines[end - 1])
            depth += bare.count('(') - bare.count(')')
            found.add(end)
            if depth <= 0:
                break
    return found


def list_sources(source, patterns):
    root = os.path.join(source, 'src')
    names = sorted(os.path.relpath(os.path.join(folder, file), root)
                   for folder, _, files in os.walk(root) for file in files)
    return [name for name in names if any(fnmatch.fnmatch(name, each) for each in patterns)]


def read_source(source, name):
    with open(os.path.join(source, 'src', name), encoding='utf-8') as file:
        return file.read()


def read_counts(build, names):
    """By file, line and function, how often each branch was taken; programs add up."""
    counts = {}
    wanted = {os.path.basename(name) + '.gcno' for name in names}
    stems = [os.path.join(folder, file[:-5])
             for folder, _, files in os.walk(os.path.join(build, 'src'))
             for file in files if file in wanted]
    for stem in sorted(stems):
        with tempfile.TemporaryDirectory() as room:
            subprocess.run(('gcov', '--json-format', '--branch-counts', '--branch-probabilities',
                            stem + '.gcda'), cwd=room, check=True, capture_output=True)
            for result in os.listdir(room):
                with gzip.open(os.path.join(room, result)) as data:
                    add_counts(counts, json.load(data), names)
    return counts


def add_counts(counts, data, names):
    for file in data['files']:
        name = next((name for name in names if file['file'].endswith('src/' + name)), None)
        if name is None:
            continue
        where = counts.setdefault(name, {})
        for line in file['lines']:
            taken = [branch['count'] for branch in line['branches']]
            if taken:
                key = line['line_number'], line.get('function_name', '')
                before = where.get(key, [0] * len(taken))
                where[key] = [a + b for a, b in zip(before, taken)]


def squeeze(line):
    return ' '.join(line.split())


def read_reasons(source):
    """By file, function and text of the line, how many branches may be left, and why."""
    reasons = {}
    path = os.path.join(source, 'tests', 'data', 'uncovered.txt')
    key = None
    with open(path, encoding='utf-8') as file:
        for line in file:
            entry = ENTRY.fullmatch(line.strip())
            if not line.strip() or line.startswith('#'):
                continue
            if line[0].isspace():
                reasons[key][1] = f'{reasons[key][1]} {line.strip()}'.strip()
            elif entry:
                key = entry[1], entry[2], squeeze(entry[4])
                reasons[key] = [int(entry[3]), '']
            else:
                sys.exit(f'uncovered.txt: not an entry: {line.strip()}')
    return reasons


def check(source):
    """Says whether the rule does what it should and each name fits a line of its file."""
    faults = [f'the rule: {text!r}' for text, expected in EXAMPLES
              if find_not_counted(text) != expected]
    names = list_sources(source, [each for area in AREAS.values() for each in area])
    faults += [f'no such file: {each}' for area in AREAS.values() for each in area
               if '*' not in each and each not in names]
    lines = {name: {squeeze(line) for line in read_source(source, name).split('\n')}
             for name in names}
    for (name, function, text), (_, reason) in read_reasons(source).items():
        if text not in lines.get(name, ()) or not reason:
            faults.append(f'uncovered.txt fits no line or has no reason: {name} {function}: {text}')
    for fault in faults:
        print(fault)
    return not faults


def weigh(source, counts, left):
    """Gives how many branches the files have and how many were taken; notes the others."""
    total = taken = 0
    for name, where in sorted(counts.items()):
        text = read_source(source, name)
        lines = text.split('\n')
        without = find_not_counted(text)
        for (number, function), branches in sorted(where.items()):
            if number in without:
                continue
            total += len(branches)
            taken += sum(count > 0 for count in branches)
            if 0 in branches:
                left[name, function, squeeze(lines[number - 1])].append(
                    (number, branches.count(0)))
    return total, taken


def measure(build, source):
    left = collections.defaultdict(list)
    all_total = all_taken = 0
    for area, patterns in AREAS.items():
        names = list_sources(source, patterns)
        total, taken = weigh(source, read_counts(build, names), left)
        all_total += total
        all_taken += taken
        print(f'{area}: {taken} of {total} branches, {100 * taken / max(total, 1):.1f} %')
    return all_total, all_taken, left


def main():
    if sys.argv[1] == '--check':
        sys.exit(0 if check(sys.argv[2]) else 1)

    build, source = (os.path.abspath(path) for path in sys.argv[1:3])
    reasons = read_reasons(source)
    total, taken, left = measure(build, source)
    share = 100 * taken / max(total, 1)
    print(f'all: target {TARGET:.0f} %, figure {share:.1f} % ({taken} of {total}): '
          f'{"met" if share >= TARGET else "missed"}')

    unnamed = 0
    for key, where in sorted(left.items()):
        allowed = reasons.get(key, (0, ''))[0]
        missing = sum(count for _, count in where) - allowed
        if missing > 0:
            unnamed += missing
            numbers = ', '.join(str(number) for number, _ in where)
            print(f'  no reason: src/{key[0]}:{numbers}: {key[1]} {missing}: {key[2]}')
    for key, (allowed, _) in sorted(reasons.items()):
        if sum(count for _, count in left.get(key, ())) < allowed:
            print(f'  taken now: {key[0]} {key[1]}: {key[2]}')
    print(f'{total - taken} branches left, {total - taken - unnamed} of them named in '
          'tests/data/uncovered.txt')
    sys.exit(1 if unnamed or share < TARGET or not check(source) else 0)


if __name__ == '__main__':
    main()
