"""Leaves a daemon behind that left its session and its parents, and does not want to end.

usage: daemon.py MARK
"""

import os
import signal
import sys

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.execvp("sleep", ["sleep", sys.argv[1]])
    os._exit(0)
os.wait()
