"""Hand a string of SIZE digits to TASKS tasks, one after the other, and print the sum of all.

Each task adds the string's length and up to 10,000 of its digits, from a place of its own on.
A call hands over a reference; nothing is copied.
"""

import sys
from time import perf_counter


def make_text(size: int) -> str:
    """Repeat the ten digits up to the size."""
    return ("0123456789" * (size // 10 + 1))[:size]


def add_digits(text: str, start: int, end: int) -> int:
    """Add the text's length and its digits from start up to end."""
    return len(text) + sum(map(int, text[start:end]))


def run_tasks(text: str, tasks: int) -> int:
    """Give each task the text and a place that is its own."""
    size = len(text)
    width = min(size, 10_000) // 10 * 10
    starts = ((size - width) * task // tasks for task in range(tasks))
    return sum(add_digits(text, start, start + width) for start in starts)


def main() -> int:
    begun = perf_counter()
    try:
        size, tasks = map(int, sys.argv[1:])
        if size < 1 or tasks < 1:
            raise ValueError
    except ValueError:
        print("usage: single.py SIZE TASKS (whole numbers > 0)", file=sys.stderr)
        return 2
    text = make_text(size)
    started = perf_counter()
    result = run_tasks(text, tasks)
    ended = perf_counter()
    print(result)
    print(f"startupS={started - begun:.6f}")
    print(f"totalS={ended - begun:.6f}")
    print(f"taskS={ended - started:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
