"""Connect to the PRIMARY router or else to the BACKUP; exceptions go up as they are."""

from __future__ import annotations

import socket
import sys


def dial(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=5)


def connect(primary: tuple[str, int], backup: tuple[str, int]) -> socket.socket:
    try:
        return dial(primary)
    except OSError:
        return dial(backup)


def parse_address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(f"{text!r} is no address")
    return host, int(port)


def main() -> int:
    try:
        primary, backup = map(parse_address, sys.argv[1:])
    except ValueError:
        print("usage: failover.py PRIMARY BACKUP (each HOST:PORT)", file=sys.stderr)
        return 2
    with connect(primary, backup) as connection:
        host, port = connection.getpeername()
        print(f"connected to {host}:{port}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
