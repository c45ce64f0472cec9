"""Which files the child can reach: some to read, one folder to write in, nothing else.

Source:
    Linux kernel documentation, userspace-api/landlock.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from pubkit.jail.system import syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION = 1
"""The flag that asks for the version of the interface instead of a set of rules."""
PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_FOLDER = 1 << 1, 1 << 2, 1 << 3
TRUNCATE, DEVICES = 1 << 14, 1 << 15
OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE
READ = READ_FILE | READ_FOLDER
RIGHTS_OF_VERSIONS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""How many rights over files each version knows."""
TCP = 0b11
SCOPES = 0b11
"""Signals, and sockets that are no files, to nobody outside."""
DEVICES_TO_READ = (Path("/dev/null"), Path("/dev/urandom"), Path("/dev/random"))


def restrict_files(readable: Iterable[Path], folder: Path) -> bool:
    """Close the file system but for these places; tell whether it could be done.

    Args:
        readable: Files and folders to read; what does not exist is left out.
        folder: What is written goes here.
    """
    version = syscall(CREATE_RULESET, None, 0, VERSION)
    if version < 1:
        return False
    known = (1 << max(bits for first, bits in RIGHTS_OF_VERSIONS if version >= first)) - 1
    rules = _make_rules(version, known)
    if rules < 0:
        return False
    for path in (*readable, *DEVICES_TO_READ):
        _allow(rules, path, READ)
    _allow(rules, folder, known & ~DEVICES)
    is_done = syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return is_done


def _make_rules(version: int, known: int) -> int:
    """Return a set of rules that forbids all that this version can forbid."""
    fields = (known, *((TCP,) if version >= 4 else ()), *((SCOPES,) if version >= 6 else ()))
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return syscall(CREATE_RULESET, ctypes.c_char_p(attributes), len(attributes), 0)


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not path.is_dir():
        rights &= OF_FILES
    attributes = struct.pack("=Qi", rights, place)
    syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.c_char_p(attributes), 0)
    os.close(place)
