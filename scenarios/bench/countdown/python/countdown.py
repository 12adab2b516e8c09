"""Count down from N, one at a time, and print the number it ends at: 0."""

import sys


def count_down(n: int) -> int:
    """Take one away until nothing is left."""
    while n > 0:
        n -= 1
    return n


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: countdown.py N (a whole number)", file=sys.stderr)
        return 2
    print(count_down(n))
    return 0


if __name__ == "__main__":
    sys.exit(main())
