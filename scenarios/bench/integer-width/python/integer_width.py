"""Find the largest factorial, or power of 3, that an int holds exactly.

An int has no largest value: it grows, and the search ends at the 1000th number.
"""

import sys

LAST = 1000


def factor(sequence: str, step: int) -> int:
    """Tell what the number before is multiplied by."""
    return step if sequence == "factorial" else 3


def name(sequence: str, step: int) -> str:
    return f"{step}!" if sequence == "factorial" else f"3^{step}"


def main() -> int:
    if sys.argv[1:] not in (["factorial"], ["power"]):
        print("usage: integer_width.py factorial|power", file=sys.stderr)
        return 2
    [sequence] = sys.argv[1:]
    step, value = 0, 1
    following = value * factor(sequence, step + 1)
    # Exact is a product that division takes back.
    while following // factor(sequence, step + 1) == value and step < LAST:
        step, value = step + 1, following
        following = value * factor(sequence, step + 1)
    print(f"{name(sequence, step)} is exact: {value.bit_length()} bits")
    print(f"{name(sequence, step + 1)} grows to {following.bit_length()} bits")
    return 0


if __name__ == "__main__":
    sys.exit(main())
