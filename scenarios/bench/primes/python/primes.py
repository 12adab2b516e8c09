"""List the primes from 1 to N by trial of divisors, and print how many and their sum.

Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
"""

import sys
from math import isqrt


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
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: primes.py N (a whole number)", file=sys.stderr)
        return 2
    primes = primes_between(1, n + 1)
    print(len(primes), sum(primes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
