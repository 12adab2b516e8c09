"""Sum the squares of 1 to N: N (N + 1) (2 N + 1) / 6.

Python's integers grow: the sum is exact, however large it is.
"""

import sys


def sum_squares(n: int) -> int:
    """Sum the squares of 1 to n."""
    total = 0
    for i in range(1, n + 1):
        total += i * i
    return total


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: sum_of_squares.py N (a whole number)", file=sys.stderr)
        return 2
    total = sum_squares(n)
    print(total)
    if total.bit_length() > 63:
        print(
            f"sum_of_squares: the sum takes {total.bit_length()} bits", file=sys.stderr
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
