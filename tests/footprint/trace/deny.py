"""Runs a command to which the kernel denies something, as containers do.

usage: deny.py ptrace|seccomp COMMAND...
"""

import ctypes
import os
import platform
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, DENY = 0x7FFF0000, 0x00050000 | 1  # EPERM
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBERS = {"x86_64": {"ptrace": 101, "prctl": 157}, "aarch64": {"ptrace": 117, "prctl": 167}}


def program(what):
    numbers = NUMBERS[platform.machine()]
    if what == "ptrace":
        return [(LOAD, 0, 0, 0), (EQUAL, 0, 1, numbers["ptrace"]), (RETURN, 0, 0, DENY),
                (RETURN, 0, 0, ALLOW)]
    # prctl(PR_SET_SECCOMP, …): the first argument is at byte 16.
    return [(LOAD, 0, 0, 0), (EQUAL, 0, 3, numbers["prctl"]), (LOAD, 0, 0, 16),
            (EQUAL, 0, 1, PR_SET_SECCOMP), (RETURN, 0, 0, DENY), (RETURN, 0, 0, ALLOW)]


def main(what, command):
    code = program(what)
    instructions = b"".join(struct.pack("=HBBI", *one) for one in code)
    buffer = ctypes.create_string_buffer(instructions)
    head = struct.pack("@HP", len(code), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "PR_SET_NO_NEW_PRIVS")
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "PR_SET_SECCOMP")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
