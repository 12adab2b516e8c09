"""List the primes from 1 to N by trial of divisors, and print how many and their sum.

Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
Large numbers take longer, so that the WORKERS threads get many parts, one after the other.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from math import isqrt

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
            "usage: primes_threads.py N WORKERS (whole numbers, WORKERS > 0)",
            file=sys.stderr,
        )
        return 2
    parts = workers * PARTS_PER_WORKER
    bounds = [1 + n * part // parts for part in range(parts + 1)]
    with ThreadPoolExecutor(workers) as pool:
        primes = list(chain.from_iterable(pool.map(primes_between, bounds, bounds[1:])))
    print(len(primes), sum(primes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
