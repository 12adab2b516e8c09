"""Write a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to 0.5 + i.

A pixel's bit is set if z ← z² + c, taken 50 times from z = 0, stays within a distance of 2
from 0. The first z is c, so 49 times are left; z is looked at every seventh time, since
beyond 2 there is no way back.
"""

import sys

MAX_SIZE = 65_536
SEVEN = range(7)


def column_parts(n: int) -> list[complex]:
    """Give the real part of c for each column."""
    return [complex(2 * x / n - 1.5) for x in range(n)]


def render_row(columns: list[complex], ci: complex) -> bytes:
    """Give the bits of the row whose imaginary part is ci, eight in a byte."""
    row = bytearray((len(columns) + 7) // 8)
    for x, cr in enumerate(columns):
        z = c = cr + ci
        for _ in SEVEN:
            for _ in SEVEN:
                z = z * z + c
            if abs(z) > 2:
                break
        else:
            row[x >> 3] |= 0x80 >> (x & 7)
    return bytes(row)


def main() -> int:
    try:
        [n] = map(int, sys.argv[1:])
        if not 1 <= n <= MAX_SIZE:
            raise ValueError
    except ValueError:
        print(
            f"usage: mandelbrot.py N (a whole number, 1 to {MAX_SIZE})", file=sys.stderr
        )
        return 2
    columns = column_parts(n)
    out = sys.stdout.buffer
    out.write(b"P4\n%d %d\n" % (n, n))
    for y in range(n):
        out.write(render_row(columns, complex(0, 2 * y / n - 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
