"""Look addresses up among prefixes, and collapse and subtract prefixes, with ipaddress.

Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the sum of what
the longest ones stand for, then the number of prefixes after collapsing them and after
taking others away, each with the sum of their addresses and lengths.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    collapse_addresses,
    summarize_address_range,
)
from time import perf_counter


class Table:
    """What prefixes stand for, found by the longest one that an address is in."""

    def __init__(self, prefixes: list[IPv4Network]) -> None:
        by_shift: dict[int, dict[int, int]] = {}
        for value, prefix in enumerate(prefixes, 1):
            shift = 32 - prefix.prefixlen
            values = by_shift.setdefault(shift, {})
            values[int(prefix.network_address) >> shift] = value
        self._longest_first = sorted(by_shift.items())

    def find(self, address: int) -> int | None:
        for shift, values in self._longest_first:
            value = values.get(address >> shift)
            if value is not None:
                return value
        return None


def bounds(prefix: IPv4Network) -> tuple[int, int]:
    """Return the first address and the one after the last."""
    return int(prefix.network_address), int(prefix.broadcast_address) + 1


def networks_between(first: int, end: int) -> Iterator[IPv4Network]:
    if first < end:
        yield from summarize_address_range(IPv4Address(first), IPv4Address(end - 1))


def subtract(
    prefixes: list[IPv4Network], holes: list[IPv4Network]
) -> list[IPv4Network]:
    """Return what is left of collapsed prefixes without collapsed holes."""
    left: list[IPv4Network] = []
    spans = deque(map(bounds, holes))
    for first, end in map(bounds, prefixes):
        while spans and spans[0][1] <= first:
            spans.popleft()
        while spans and spans[0][0] < end:
            hole_first, hole_end = spans[0]
            left += networks_between(first, hole_first)
            first = hole_end
            if hole_end > end:
                break
            spans.popleft()
        left += networks_between(first, end)
    return left


def random_numbers() -> Iterator[int]:
    """Marsaglia's 32-bit xorshift, the same in all languages."""
    x = 2463534242
    while True:
        x ^= x << 13 & 0xFFFFFFFF
        x ^= x >> 17
        x ^= x << 5 & 0xFFFFFFFF
        yield x


def make_input(
    lookups: int, count: int
) -> tuple[list[IPv4Network], list[IPv4Network], list[int]]:
    """Make prefixes of 14 to 24 bits, holes in them, and addresses in and near them."""
    numbers = random_numbers()

    def network(number: int, length: int) -> IPv4Network:
        return IPv4Network((number >> 32 - length << 32 - length, length))

    def draw() -> IPv4Network:
        return prefixes[next(numbers) % count]

    prefixes: list[IPv4Network] = []
    for _ in range(count):
        length = 14 + next(numbers) % 11
        prefixes.append(network(next(numbers), length))
    holes: list[IPv4Network] = []
    for _ in range(count):
        prefix = draw()
        length = prefix.prefixlen + 1 + next(numbers) % 4
        number = int(prefix.network_address) | next(numbers) >> prefix.prefixlen
        holes.append(network(number, length))
    addresses: list[int] = []
    for _ in range(lookups):
        prefix = draw()
        number = next(numbers) >> prefix.prefixlen - 2
        addresses.append(int(prefix.network_address) ^ number)
    return prefixes, holes, addresses


def told(prefixes: list[IPv4Network]) -> str:
    total = sum(int(each.network_address) + each.prefixlen for each in prefixes)
    return f"{len(prefixes)} sum {total}"


def main() -> int:
    try:
        lookups, count = map(int, sys.argv[1:])
        if lookups < 0 or count < 1:
            raise ValueError
    except ValueError:
        print("usage: cidr.py LOOKUPS PREFIXES (whole numbers)", file=sys.stderr)
        return 2
    prefixes, holes, addresses = make_input(lookups, count)

    start = perf_counter()
    table = Table(prefixes)
    built = perf_counter()
    found = [value for value in map(table.find, addresses) if value is not None]
    looked_up = perf_counter()
    collapsed = list(collapse_addresses(prefixes))
    merged = perf_counter()
    left = subtract(collapsed, list(collapse_addresses(holes)))
    end = perf_counter()

    print(f"found {len(found)} sum {sum(found)}")
    print(f"collapsed {told(collapsed)}")
    print(f"left {told(left)}")
    print(f"buildMs={(built - start) * 1e3}")
    print(f"lookupNs={(looked_up - built) / max(lookups, 1) * 1e9}")
    print(f"collapseMs={(merged - looked_up) * 1e3}")
    print(f"subtractMs={(end - merged) * 1e3}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
