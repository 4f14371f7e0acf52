# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual screen: keys go in, a picture comes out. There is no window manager, so the newest
window is given the keyboard as one would do."""

import ctypes
import struct
import subprocess
import zlib


def _run(*arguments):
    done = subprocess.run(('xdotool', *arguments), capture_output=True, text=True, check=False)
    return done.stdout.split()


def list_windows(pid):
    """The windows that the process shows, the newest last."""
    return _run('search', '--all', '--onlyvisible', '--pid', str(pid), '--name', '.')


def focus_newest_window(pid):
    """Gives the keyboard to the window on top of those that the process shows; whether it had it."""
    windows = list_windows(pid)
    had = not windows or _run('getwindowfocus') == windows[-1:]
    if not had:
        _run('windowfocus', windows[-1])
    return had


def get_titles(pid):
    """The titles of all windows of the process, as anybody at the screen can read them."""
    windows = _run('search', '--all', '--pid', str(pid), '--name', '.')
    return [' '.join(_run('getwindowname', window)) for window in windows]


def press(*keys):
    _run('key', '--delay', '2', *keys)


def type_text(text):
    _run('type', '--delay', '2', '--', text)


class _Image(ctypes.Structure):
    _fields_ = [('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int),
                ('format', ctypes.c_int), ('data', ctypes.POINTER(ctypes.c_char)),
                ('byte_order', ctypes.c_int), ('bitmap_unit', ctypes.c_int),
                ('bitmap_bit_order', ctypes.c_int), ('bitmap_pad', ctypes.c_int),
                ('depth', ctypes.c_int), ('bytes_per_line', ctypes.c_int),
                ('bits_per_pixel', ctypes.c_int)]


def _grab():
    """The screen's width, height and pixels in lines of blue, green, red and nothing."""
    x11 = ctypes.CDLL('libX11.so.6')
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    for name in ('XDisplayWidth', 'XDisplayHeight'):
        getattr(x11, name).argtypes = [ctypes.c_void_p, ctypes.c_int]
    x11.XGetImage.restype = ctypes.POINTER(_Image)
    x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                              ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]

    display = x11.XOpenDisplay(None)
    width, height = x11.XDisplayWidth(display, 0), x11.XDisplayHeight(display, 0)
    image = x11.XGetImage(display, x11.XDefaultRootWindow(display), 0, 0, width, height,
                          0xffffffff, 2).contents
    pixels = ctypes.string_at(image.data, image.bytes_per_line * height)
    x11.XCloseDisplay(display)
    return width, height, pixels


def save_picture(path):
    """Saves the screen as a PNG."""
    width, height, pixels = _grab()
    lines = bytearray()
    for row in range(height):
        line = pixels[row * width * 4:(row + 1) * width * 4]
        colours = bytearray(width * 3)
        colours[0::3], colours[1::3], colours[2::3] = line[2::4], line[1::4], line[0::4]
        lines += b'\0' + colours

    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack('>I', len(content)) + kind + content + struct.pack('>I', check)

    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n'
                   + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
                   + chunk(b'IDAT', zlib.compress(bytes(lines), 6)) + chunk(b'IEND', b''))
