"""Append the numbers 0 to N - 1 to a list, one at a time, and print their sum.

The list holds references to integers, which are objects of their own in CPython.
"""

import sys


def grow(n: int) -> "list[int]":
    """Append one number after the other."""
    numbers = []
    for number in range(n):
        numbers.append(number)  # noqa: PERF402 - this is what is measured
    return numbers


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: growing_array.py N (a whole number)", file=sys.stderr)
        return 2
    print(sum(grow(n)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
