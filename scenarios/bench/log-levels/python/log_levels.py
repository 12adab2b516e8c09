"""Time a structured call of logging, and print how many of N calls came out as lines.

CALL is enabled or disabled: of a level that the logger takes, or of one below it. The
lines are counted and thrown away. Standard error gets what logging can do.
"""

import logging
import sys
from time import perf_counter

from features import FEATURES, Sink

FORMAT = (
    "%(asctime)s %(levelname)s %(name)s %(message)s peer=%(peer)s prefixes=%(prefixes)d"
)


def make_logger(sink: Sink) -> logging.Logger:
    handler = logging.StreamHandler(sink)
    handler.setFormatter(logging.Formatter(FORMAT))
    logger = logging.getLogger("network")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.propagate = False
    return logger


def log_enabled(logger: logging.Logger, n: int) -> None:
    for i in range(n):
        logger.info("session up", extra={"peer": "192.0.2.1", "prefixes": i})


def log_disabled(logger: logging.Logger, n: int) -> None:
    for i in range(n):
        logger.debug("session up", extra={"peer": "192.0.2.1", "prefixes": i})


CALLS = {"enabled": log_enabled, "disabled": log_disabled}


def main() -> int:
    try:
        count, call = sys.argv[1:]
        n, log = int(count), CALLS[call]
        if n < 0:
            raise ValueError
    except (KeyError, ValueError):
        print("usage: log_levels.py N CALL (enabled or disabled)", file=sys.stderr)
        return 2
    for name, has in FEATURES.items():
        print(f"{name}: {'yes' if has() else 'no'}", file=sys.stderr)

    sink = Sink()
    logger = make_logger(sink)
    start = perf_counter()
    log(logger, n)
    elapsed = perf_counter() - start

    print(sink.lines)
    print(f"callNs={elapsed / max(n, 1) * 1e9}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
