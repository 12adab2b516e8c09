"""List the primes from 1 to N by trial of divisors, and print how many and their sum.

Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
Large numbers take longer, so that the WORKERS processes get many parts, one after the other.
"""

import sys
from itertools import chain
from math import isqrt
from multiprocessing import Pool

PARTS_PER_WORKER = 16


def is_prime(candidate: int) -> bool:
    """Try 2 and the odd divisors up to the square root."""
    if candidate < 3 or candidate % 2 == 0:
        return candidate == 2
    for divisor in range(3, isqrt(candidate) + 1, 2):
        if candidate % divisor == 0:
            return False
    return True


def primes_between(start: int, end: int) -> "list[int]":
    """List the primes from start up to end."""
    primes = []
    for candidate in range(start, end):
        if is_prime(candidate):
            primes.append(candidate)
    return primes


def main() -> int:
    try:
        n, workers = map(int, sys.argv[1:])
        if n < 0 or workers < 1:
            raise ValueError
    except ValueError:
        print(
            "usage: primes_processes.py N WORKERS (whole numbers, WORKERS > 0)",
            file=sys.stderr,
        )
        return 2
    parts = workers * PARTS_PER_WORKER
    bounds = [1 + n * part // parts for part in range(parts + 1)]
    with Pool(workers) as pool:
        found = pool.starmap(primes_between, zip(bounds, bounds[1:]), chunksize=1)
    primes = list(chain.from_iterable(found))
    print(len(primes), sum(primes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
