"""Move the hand of a clock by 5 hours on each of N iterations, and print where it points.

That is 5 * N % 12. unused.py has the same loop and throws the hour away.
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
        print("usage: used.py N (a whole number)", file=sys.stderr)
        return 2
    print(move_hand(n))
    return 0


if __name__ == "__main__":
    sys.exit(main())
