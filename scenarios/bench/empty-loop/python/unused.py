"""Move the hand of a clock by 5 hours on each of N iterations, and throw the hour away.

used.py has the same loop and prints the hour. Python computes it in both.
"""

import sys


def move_hand(n: int) -> int:
    """Move the hand n times, from 0 on."""
    hour = 0
    for _ in range(n):
        hour = (hour + 5) % 12
    return hour


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: unused.py N (a whole number)", file=sys.stderr)
        return 2
    move_hand(n)
    print("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
