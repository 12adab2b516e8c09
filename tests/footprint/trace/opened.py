"""Reads a log of `strace -f` and prints what was opened, one JSON object a line.

An independent second opinion on versus's own parser: no shared code, another method (regular
expressions, and two passes, so that every child's parent is known before the child's first line).

usage: opened.py LOG CWD [FD=PATH...]
"""

import json
import posixpath
import re
import sys

LINE = re.compile(rb"^(\d+) +(?:\d+\.\d+ )?(.*)$", re.S)
RESUMED = re.compile(rb"^<\.\.\. (\w+) resumed>(.*)$", re.S)
INTERRUPTED = re.compile(rb" <(?:unfinished|pid changed to \d+) \.\.\.>$")
RESULT = re.compile(rb"\) += (\?|-?\d+|0x[0-9a-f]+)(?: .*)?$", re.S)
QUOTED = rb'"((?:[^"\\]|\\.)*)"'
FORKS = (b"clone", b"clone3", b"fork", b"vfork")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|x[0-9a-f]{2}|.)", re.S)
NAMED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"v": b"\v", b"f": b"\f"}


def plain(text):
    def one(match):
        code = match[1]
        if code[:1] in b"01234567":
            return bytes([int(code, 8) & 255])
        if code[:1] == b"x" and len(code) == 3:
            return bytes([int(code[1:], 16)])
        return NAMED.get(code, code)

    return ESCAPE.sub(one, text)


def calls(path):
    """Yields (pid, text) with calls in two parts put together, and ("+", text) for ends."""
    begun = {}
    with open(path, "rb") as log:
        for raw in log:
            match = LINE.match(raw.rstrip(b"\n"))
            if not match:
                continue
            pid, text = int(match[1]), match[2]
            interrupted = INTERRUPTED.search(text)
            if interrupted:
                begun[pid] = text[: interrupted.start()]
                yield pid, "begin", begun[pid]
                continue
            resumed = RESUMED.match(text)
            if resumed:
                yield pid, "end", begun.pop(pid, b"") + resumed[2]
            elif text.startswith(b"+++"):
                if b"superseded" in text:
                    other = int(text.split()[-2])
                    begun[pid] = begun.pop(other, b"")
                    yield pid, "superseded", str(other).encode()
                else:
                    yield pid, "gone", text
            elif not text.startswith((b"---", b"[")):
                yield pid, "whole", text


class Process:
    def __init__(self, cwd, fds):
        self.cwd = cwd
        self.fds = fds


def result(text):
    match = RESULT.search(text)
    if not match or match[1] == b"?":
        return None
    return int(match[1], 16 if match[1].startswith(b"0x") else 10)


def main(log, cwd, inherited):
    parents = {}
    births = {}
    for pid, kind, text in calls(log):
        name = text.split(b"(", 1)[0]
        if kind in ("whole", "end") and name in FORKS:
            value = result(text)
            if value and value > 0:
                parents.setdefault(value, []).append((pid, text))
    states = {}
    opened = {}

    def state(pid):
        if pid in states:
            return states[pid]
        if pid not in parents or births.get(pid, 0) >= len(parents[pid]):
            states[pid] = Process([cwd], [dict(inherited)])
            return states[pid]
        parent, text = parents[pid][births.get(pid, 0)]
        births[pid] = births.get(pid, 0) + 1
        above = state(parent)
        shared_place = re.search(rb"CLONE_FS\b", text)
        shared_files = b"CLONE_FILES" in text
        states[pid] = Process(
            above.cwd if shared_place else [above.cwd[0]],
            above.fds if shared_files else [dict(above.fds[0])],
        )
        return states[pid]

    def place(process, folder, path):
        if path.startswith(b"/"):
            where = path
        else:
            base = process.cwd[0] if folder == b"AT_FDCWD" else process.fds[0].get(int(folder, 0))
            where = base + b"/" + path
        where = posixpath.normpath(where)
        return where[1:] if where.startswith(b"//") else where

    for pid, kind, text in calls(log):
        me = state(pid)
        if kind == "begin":
            if text.startswith(b"close("):
                me.fds[0].pop(int(text[6:].split(b")")[0]), None)
            continue
        if kind == "superseded":
            states[pid] = states.pop(int(text))
            continue
        if kind == "gone":
            states.pop(pid, None)
            continue
        name = text.split(b"(", 1)[0]
        value = result(text)
        if name == b"close" and kind == "whole":
            me.fds[0].pop(int(text[6:].split(b")")[0]), None)
        if value is None or value < 0:
            continue
        if name in (b"open", b"creat", b"openat", b"openat2"):
            match = re.match(rb"\w+\((?:(AT_FDCWD|\d+), )?" + QUOTED, text)
            where = place(me, match[1] or b"AT_FDCWD", plain(match[2]))
            opened[where] = opened.get(where, 0) + 1
            me.fds[0][value] = where
        elif name == b"chdir":
            me.cwd[0] = place(me, b"AT_FDCWD", plain(re.search(QUOTED, text)[1]))
        elif name == b"fchdir":
            me.cwd[0] = me.fds[0].get(int(re.search(rb"\((\d+)", text)[1]))
        elif name in (b"dup", b"dup2", b"dup3") or b", F_DUPFD" in text[:40]:
            source = me.fds[0].get(int(re.search(rb"\((\d+)", text)[1]))
            if source is None:
                me.fds[0].pop(value, None)
            else:
                me.fds[0][value] = source
        elif name in (b"execve", b"execveat"):
            states[pid] = Process(me.cwd, [dict(me.fds[0])])
    for where, count in opened.items():
        print(json.dumps({"path": where.decode("latin-1"), "opens": count}))


if __name__ == "__main__":
    fds = dict(pair.split("=", 1) for pair in sys.argv[3:])
    main(sys.argv[1], sys.argv[2].encode(), {int(fd): path.encode() for fd, path in fds.items()})
