"""What logging can do, each told from what came out when it was tried."""

import json
import logging
import re
from collections.abc import Callable


class Sink:
    """A stream that counts lines and throws them away."""

    def __init__(self) -> None:
        self.lines = 0

    def write(self, text: str) -> None:
        self.lines += text.count("\n")

    def flush(self) -> None:
        pass


class Memory(Sink):
    """A stream that keeps its text."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def write(self, text: str) -> None:
        super().write(text)
        self.text += text


def make_logger(name: str, *handlers: logging.Handler) -> logging.Logger:
    logger = logging.getLogger(name)
    logger.propagate = False
    logger.setLevel(logging.INFO)
    for handler in handlers:
        logger.addHandler(handler)
    return logger


def comes_out(memory: Memory, log: Callable[[str], None]) -> bool:
    """Tell whether a call leaves its message in the output."""
    before = len(memory.text)
    log("a message")
    return "a message" in memory.text[before:]


def has_levels() -> bool:
    """A level silences calls below it, and no others."""
    memory = Memory()
    logger = make_logger("levels", logging.StreamHandler(memory))
    return comes_out(memory, logger.info) and not comes_out(memory, logger.debug)


def has_change() -> bool:
    """The level can be changed while the program runs."""
    memory = Memory()
    logger = make_logger("change", logging.StreamHandler(memory))
    before = comes_out(memory, logger.debug)
    logger.setLevel(logging.DEBUG)
    return not before and comes_out(memory, logger.debug)


def has_hierarchy() -> bool:
    """A level holds for the names below its name, but for those with their own."""
    memory = Memory()
    make_logger("tree", logging.StreamHandler(memory))
    bgp, ospf = logging.getLogger("tree.bgp"), logging.getLogger("tree.ospf")
    bgp.setLevel(logging.DEBUG)
    return (
        comes_out(memory, bgp.debug)
        and comes_out(memory, ospf.info)
        and not comes_out(memory, ospf.debug)
    )


def has_handlers() -> bool:
    """Two outputs get the same calls, each from a level of its own."""
    brief, full = Memory(), Memory()
    handlers = [logging.StreamHandler(brief), logging.StreamHandler(full)]
    logger = make_logger("handlers", *handlers)
    logger.setLevel(logging.DEBUG)
    handlers[0].setLevel(logging.INFO)
    logger.info("first")
    logger.debug("second")
    return (
        "first" in brief.text
        and "second" not in brief.text
        and "first" in full.text
        and "second" in full.text
    )


def has_fields() -> bool:
    """Fields are printed with their names by what comes with the library."""
    memory = Memory()
    logger = make_logger("fields", logging.StreamHandler(memory))
    logger.info("session up", extra={"peer": "192.0.2.1"})
    return (
        re.search(r"""peer["']?\s*[=:]\s*["']?192\.0\.2\.1""", memory.text) is not None
    )


def has_json() -> bool:
    """Records are printed as JSON, whatever is in them; only a format can be tried."""
    memory = Memory()
    handler = logging.StreamHandler(memory)
    handler.setFormatter(logging.Formatter('{"message": "%(message)s"}'))
    make_logger("json", handler).info('"quoted"')
    try:
        return '"quoted"' in json.loads(memory.text).values()
    except json.JSONDecodeError:
        return False


FEATURES: dict[str, Callable[[], bool]] = {
    "levels": has_levels,
    "change": has_change,
    "hierarchy": has_hierarchy,
    "handlers": has_handlers,
    "fields": has_fields,
    "json": has_json,
}
