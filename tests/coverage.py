#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the branch coverage of the code that must not be wrong: keys, slots, changes, guards and
import. Usage: coverage.py BUILD SOURCE.

A branch is one way out of a condition, as gcc counts them and gcov says whether it was taken. Not
counted are the branches of g_return_if_fail and its like, of g_assert and its like, which stand for
mistakes of the programmer and end the program under test, of g_autoptr and its like, whose test for
NULL is a macro's, and of G_DEFINE_ and its like; each is told by its line. Everything else counts. Branches that no
test takes are named in tests/data/uncovered.txt with the reason: one line each of file, function
and why. A function that leaves one and has no reason there is an error, and so is a whole below
the target."""

import collections
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

TARGET = 95.0
AREAS = {
    'keys': ('store/mash-secret.c', 'store/mash-store-keys.c', 'store/mash-database-rekey.c',
             'store/mash-database-note.c', 'store/mash-database-file.c'),
    'slots': ('store/mash-slots.c', 'store/mash-slots-file.c', 'store/mash-slots-rekey.c',
              'store/mash-slots-seal.c', 'store/mash-slots-tries.c', 'store/mash-file.c'),
    'changes': ('model/mash-body.c', 'model/mash-change.c', 'model/mash-edit.c',
                'model/mash-group.c', 'store/mash-store-seal.c', 'store/mash-store-apply.c',
                'store/mash-store-submit.c', 'store/mash-store-log.c'),
    'guards': ('model/mash-guards.c', 'model/mash-judge.c', 'model/mash-named-guards.c',
               'model/mash-scope.c'),
    'import': ('exchange/mash-reader-client.c', 'exchange/mash-referral.c',
               'exchange/mash-referral-check.c', 'exchange/mash-referral-group.c',
               'exchange/mash-referral-text.c', 'model/mash-prescan.c', 'model/mash-reading.c'),
}
NOT_COUNTED = re.compile(r'\b(g_return_(val_)?if_fail|g_return_(val_)?if_reached|g_assert\w*|'
                         r'mash_store_assert|G_DEFINE_\w+|G_IMPLEMENT\w+|g_auto(ptr|free|_\w+|list|slist)?|g_auto)\b')


def read_counts(build, names):
    """By file and line, how often each branch was taken; objects of several programs add up."""
    counts = {}
    for folder, _, files in os.walk(os.path.join(build, 'src')):
        for file in files:
            if not file.endswith('.gcda') or not any(
                    file.endswith(os.path.basename(name) + '.gcda') for name in names):
                continue
            with tempfile.TemporaryDirectory() as room:
                subprocess.run(('gcov', '--json-format', '--branch-counts', '--branch-probabilities',
                                os.path.join(folder, file)), cwd=room, check=True,
                               capture_output=True)
                for result in os.listdir(room):
                    with gzip.open(os.path.join(room, result)) as data:
                        add_counts(counts, json.load(data), names)
    return counts


def add_counts(counts, data, names):
    for file in data['files']:
        name = next((name for name in names if file['file'].endswith('src/' + name)), None)
        if name is None:
            continue
        for line in file['lines']:
            # gcc's own ways out of a call that throws are no branches in C.
            taken = [branch['count'] for branch in line['branches'] if not branch['throw']]
            where = counts.setdefault(name, {})
            before = where.get(line['line_number'])
            if before is not None and len(before[1]) == len(taken):
                taken = [a + b for a, b in zip(before[1], taken)]
            where[line['line_number']] = (line.get('function_name', ''), taken)


def read_reasons(source):
    reasons = {}
    path = os.path.join(source, 'tests', 'data', 'uncovered.txt')
    if not os.path.exists(path):
        return reasons
    with open(path, encoding='utf-8') as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                place, _, reason = line.strip().partition(' ')
                reasons[place] = reason
    return reasons


def is_counted(lines, number):
    """Looks at the statement that the line belongs to, which may have begun above."""
    first = min(number, len(lines))
    while first > 1 and not re.search(r'[;{}]\s*$', lines[first - 2]) and number - first < 6:
        first -= 1
    return NOT_COUNTED.search(' '.join(lines[first - 1:number])) is None


def weigh(source, counts, left):
    """Gives how many branches the files have and how many were taken; notes the others."""
    total = taken = 0
    for name, where in sorted(counts.items()):
        with open(os.path.join(source, 'src', name), encoding='utf-8') as file:
            lines = file.read().split('\n')
        for number, (function, branches) in sorted(where.items()):
            if not branches or not is_counted(lines, number):
                continue
            total += len(branches)
            taken += sum(count > 0 for count in branches)
            if 0 in branches:
                left[f'{name}:{function}'].append((number, branches.count(0)))
    return total, taken


def main():
    build, source = (os.path.abspath(path) for path in sys.argv[1:3])
    reasons = read_reasons(source)
    left = collections.defaultdict(list)
    all_total = all_taken = 0
    for area, names in AREAS.items():
        counts = read_counts(build, [name for name in names
                                     if os.path.exists(os.path.join(source, 'src', name))])
        total, taken = weigh(source, counts, left)
        all_total += total
        all_taken += taken
        print(f'{area}: {taken} of {total} branches, {100 * taken / max(total, 1):.1f} %')
    share = 100 * all_taken / max(all_total, 1)
    print(f'all: target {TARGET:.0f} %, figure {share:.1f} % ({all_taken} of {all_total}): '
          f'{"met" if share >= TARGET else "missed"}')

    without = {place: where for place, where in left.items() if place not in reasons}
    for place, where in sorted(left.items()):
        numbers = ', '.join(f'{number} ({count})' for number, count in where)
        print(f'  {place}: line {numbers}: {reasons.get(place, "NO REASON")}')
    sys.exit(1 if without or share < TARGET else 0)


if __name__ == '__main__':
    main()
