# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up what tests/run measured: minutes per suite, the slowest tests, what was skipped and
why, and in the last line how many tests passed, failed and were skipped. The exit status is 1 if
any failed."""

import json
import re
import sys

POINT = re.compile(r'(not )?ok\b\s*\d*\s*-?\s*([^#]*)(?:#\s*SKIP\b\s*(.*))?', re.IGNORECASE)


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []
        self.times = []

    def add_program(self, label, entry):
        """Counts one test program: its TAP points, or itself if it has none."""
        name = f"{label}: {entry['name'].split(' / ')[-1]}"
        self.times.append((entry['duration'], name))
        lines = (entry.get('stdout') or '').splitlines()
        points = [match for match in map(POINT.match, lines) if match]
        failed_before = len(self.failed)

        if entry['result'] == 'SKIP' and not points:
            self.skipped.append((name, lines[-1] if lines else 'it said no reason'))
            return
        for negative, point, reason in (match.groups() for match in points):
            if reason is not None:
                self.skipped.append((f'{name} {point}', reason))
            elif negative:
                self.failed.append(f'{name} {point}')
            else:
                self.passed += 1

        if entry['result'] not in ('OK', 'SKIP', 'EXPECTEDFAIL'):
            if len(self.failed) == failed_before:
                self.failed.append(f"{name} ({entry['result'].lower()})")
        elif not points:
            self.passed += 1

    def add_step(self, label, log, status):
        """Counts one step of tests/run: the programs in its log, or the step itself."""
        entries = []
        if log:
            try:
                with open(log, encoding='utf-8') as file:
                    entries = [json.loads(line) for line in file]
            except FileNotFoundError:
                print(f'{label}: there are no tests of this kind')
        for entry in entries:
            self.add_program(label, entry)

        if not entries and status != 0:
            self.failed.append(label)
        elif not log:
            self.passed += 1


def main():
    tally = Tally()
    print('== minutes')
    with open(sys.argv[1], encoding='utf-8') as file:
        for line in file:
            label, seconds, log, status = line.rstrip('\n').split('|')
            print(f'{int(seconds) / 60:6.1f}  {label}')
            tally.add_step(label, log, int(status))

    if tally.times:
        print('== slowest tests')
    for duration, name in sorted(tally.times, reverse=True)[:10]:
        print(f'{duration:6.1f} s  {name}')
    for name, reason in tally.skipped:
        print(f'skipped: {name}: {reason}')
    for name in tally.failed:
        print(f'failed: {name}')

    print(f'{tally.passed} passed, {len(tally.failed)} failed, {len(tally.skipped)} skipped')
    return 1 if tally.failed or not tally.passed else 0


sys.exit(main())
