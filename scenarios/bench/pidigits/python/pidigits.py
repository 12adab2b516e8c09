"""Print N digits of pi, ten on a line, step by step as they become certain.

Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and (3 q + r) / t, each term
of a series brings them closer, and a digit is certain once both begin with it. It is then
taken off, and the rest multiplied by 10.
"""

import sys
from collections.abc import Iterator
from itertools import count, islice


def pi_digits() -> Iterator[int]:
    """Give the digits of pi one by one, without end."""
    q, r, t = 1, 0, 1
    for k in count(1):
        q, r, t = q * k, (2 * q + r) * (2 * k + 1), t * (2 * k + 1)
        if q >= t:  # the two are 1 or more apart
            continue
        digit, rest = divmod(3 * q + r, t)
        if rest + q < t:
            yield digit
            q, r = 10 * q, 10 * (r - digit * t)


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if n < 1:
            raise ValueError
    except ValueError:
        print("usage: pidigits.py N (a whole number > 0)", file=sys.stderr)
        return 2
    digits = map(str, islice(pi_digits(), n))
    for printed in range(0, n, 10):
        line = "".join(islice(digits, 10))
        print(f"{line:10}\t:{printed + len(line)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
