# SPDX-License-Identifier: GPL-3.0-or-later
"""A line between a desk and its hub that can be cut and mended. What goes over it is ciphered from
end to end, so it is passed on as it is."""

import asyncio
import configparser
import os
import threading


class Line:
    """Stands on a port of its own before the hub’s, for one desk."""

    def __init__(self, desk_folder):
        self._loop = asyncio.new_event_loop()
        self._whole = True
        self._ends = set()
        path = os.path.join(desk_folder, 'enrolment')
        enrolment = configparser.ConfigParser(interpolation=None)
        enrolment.optionxform = str
        enrolment.read(path, encoding='utf-8')
        self._port = int(enrolment['server']['port'])
        server = self._loop.run_until_complete(
            asyncio.start_server(self._join, '127.0.0.1', 0))
        enrolment['server']['port'] = str(server.sockets[0].getsockname()[1])
        with open(path, 'w', encoding='utf-8') as file:
            enrolment.write(file, space_around_delimiters=False)
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    async def _join(self, from_desk, to_desk):
        if not self._whole:
            to_desk.transport.abort()
            return
        from_hub, to_hub = await asyncio.open_connection('localhost', self._port)
        ends = {to_desk, to_hub}
        self._ends |= ends
        await asyncio.gather(self._pass_on(from_desk, to_hub), self._pass_on(from_hub, to_desk))
        self._ends -= ends

    @staticmethod
    async def _pass_on(source, target):
        try:
            while words := await source.read(65536):
                target.write(words)
                await target.drain()
        except OSError:
            pass
        target.transport.abort()

    def _set_whole(self, whole):
        self._whole = whole
        for end in self._ends if not whole else ():
            end.transport.abort()

    def cut(self):
        """What is under way is lost, and nothing gets through any more."""
        self._loop.call_soon_threadsafe(self._set_whole, False)

    def mend(self):
        """The desk gets through the next time that it tries."""
        self._loop.call_soon_threadsafe(self._set_whole, True)
