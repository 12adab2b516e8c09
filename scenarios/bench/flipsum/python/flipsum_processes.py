"""Sum a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down.

The iterations are divided among WORKERS processes, which each sum a part of their own.
The bit is a counter that wraps at 2, in every language alike: LLVM solves `1 - flip`,
`flip ^ 1` and `(flip + 1) % 2` ahead of time, and leaves an empty loop.
"""

import sys
from multiprocessing import Pool


def sum_flips(start: int, end: int) -> int:
    """Sum the bit over the iterations from start up to end; it is 1 on the odd ones."""
    flip = start % 2
    total = 0
    for _ in range(start, end):
        total += flip
        flip += 1
        if flip == 2:
            flip = 0
    return total


def main() -> int:
    try:
        n, workers = map(int, sys.argv[1:])
        if n < 0 or workers < 1:
            raise ValueError
    except ValueError:
        print(
            "usage: flipsum_processes.py N WORKERS (whole numbers, WORKERS > 0)",
            file=sys.stderr,
        )
        return 2
    bounds = [n * part // workers for part in range(workers + 1)]
    with Pool(workers) as pool:
        print(sum(pool.starmap(sum_flips, zip(bounds, bounds[1:]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
