"""Look addresses up among prefixes, and collapse and subtract prefixes, with libraries.

Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the sum of what
the longest ones stand for, then the number of prefixes after collapsing them and after
taking others away, each with the sum of their addresses and lengths. The libraries are
py-radix and netaddr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import perf_counter

from netaddr import IPNetwork, IPSet, cidr_merge
from radix import Radix


def make_table(prefixes: list[IPNetwork]) -> Radix:
    table = Radix()
    for value, prefix in enumerate(prefixes, 1):
        node = table.add(packed=prefix.network.packed, masklen=prefix.prefixlen)
        node.data["value"] = value
    return table


def find(table: Radix, address: int) -> int | None:
    node = table.search_best(packed=address.to_bytes(4, "big"))
    return None if node is None else node.data["value"]


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
) -> tuple[list[IPNetwork], list[IPNetwork], list[int]]:
    """Make prefixes of 14 to 24 bits, holes in them, and addresses in and near them."""
    numbers = random_numbers()

    def network(number: int, length: int) -> IPNetwork:
        return IPNetwork((number >> 32 - length << 32 - length, length), version=4)

    def draw() -> IPNetwork:
        return prefixes[next(numbers) % count]

    prefixes: list[IPNetwork] = []
    for _ in range(count):
        length = 14 + next(numbers) % 11
        prefixes.append(network(next(numbers), length))
    holes: list[IPNetwork] = []
    for _ in range(count):
        prefix = draw()
        length = prefix.prefixlen + 1 + next(numbers) % 4
        number = prefix.first | next(numbers) >> prefix.prefixlen
        holes.append(network(number, length))
    addresses: list[int] = []
    for _ in range(lookups):
        prefix = draw()
        number = next(numbers) >> prefix.prefixlen - 2
        addresses.append(prefix.first ^ number)
    return prefixes, holes, addresses


def told(prefixes: list[IPNetwork]) -> str:
    total = sum(each.first + each.prefixlen for each in prefixes)
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
    table = make_table(prefixes)
    built = perf_counter()
    values = (find(table, address) for address in addresses)
    found = [value for value in values if value is not None]
    looked_up = perf_counter()
    collapsed = cidr_merge(prefixes)
    merged = perf_counter()
    left = list((IPSet(collapsed) - IPSet(holes)).iter_cidrs())
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
