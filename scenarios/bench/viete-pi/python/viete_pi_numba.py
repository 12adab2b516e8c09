"""Approach pi by Viète's product of N square roots (1593), compiled by Numba.

2 / pi = sqrt(2) / 2 * sqrt(2 + sqrt(2)) / 2 * sqrt(2 + sqrt(2 + sqrt(2))) / 2 * ...
After some 26 factors a double has no room for more; the rest are there to be timed.
"""

import sys
from math import sqrt

from numba import njit


@njit("float64(int64)", cache=True)
def viete_pi(n: int) -> float:
    """Divide 2 by the product of n factors."""
    root = 0.0
    product = 1.0
    for _ in range(n):
        root = sqrt(2.0 + root)
        product *= root / 2.0
    return 2.0 / product


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 0:
            raise ValueError
    except ValueError:
        print("usage: viete_pi_numba.py N (a whole number)", file=sys.stderr)
        return 2
    print(f"{viete_pi(n):.15f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
