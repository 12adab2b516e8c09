"""Hand a string of SIZE digits to TASKS tasks on WORKERS processes, and print the sum of all.

Each task adds the string's length and up to 10,000 of its digits, from a place of its own on.
The string is pickled, written to a pipe, read and unpickled for every task.
"""

import sys
from multiprocessing import Pool
from multiprocessing.pool import Pool as PoolType
from time import perf_counter


def make_text(size: int) -> str:
    """Repeat the ten digits up to the size."""
    return ("0123456789" * (size // 10 + 1))[:size]


def add_digits(text: str, start: int, end: int) -> int:
    """Add the text's length and its digits from start up to end."""
    return len(text) + sum(map(int, text[start:end]))


def run_tasks(pool: PoolType, text: str, tasks: int) -> int:
    """Give each task the text and a place that is its own."""
    size = len(text)
    width = min(size, 10_000) // 10 * 10
    starts = ((size - width) * task // tasks for task in range(tasks))
    arguments = ((text, start, start + width) for start in starts)
    # A chunk of several tasks would hold the text once for all of them.
    return sum(pool.starmap(add_digits, arguments, chunksize=1))


def main() -> int:
    begun = perf_counter()
    try:
        size, tasks, workers = map(int, sys.argv[1:])
        if size < 1 or tasks < 1 or workers < 1:
            raise ValueError
    except ValueError:
        print(
            "usage: processes.py SIZE TASKS WORKERS (whole numbers > 0)",
            file=sys.stderr,
        )
        return 2
    with Pool(workers) as pool:
        text = make_text(size)
        started = perf_counter()
        result = run_tasks(pool, text, tasks)
        ended = perf_counter()
    print(result)
    print(f"startupS={started - begun:.6f}")
    print(f"totalS={ended - begun:.6f}")
    print(f"taskS={ended - started:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
