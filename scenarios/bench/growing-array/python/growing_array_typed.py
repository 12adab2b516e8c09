"""Append the numbers 0 to N - 1 to an array of 64-bit integers, and print their sum.

The array holds the integers themselves, 8 bytes each.
"""

import sys
from array import array


def grow(n: int) -> "array[int]":
    """Append one number after the other."""
    numbers = array("q")
    for number in range(n):
        numbers.append(number)
    return numbers


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: growing_array_typed.py N (a whole number)", file=sys.stderr)
        return 2
    print(sum(grow(n)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
