"""Do one trivial OPERATION N times, and print the sum of 1, 2, …, 7, 0, 1, … that it makes.

- attribute: go to the next of eight objects in a ring, and read its number
- call: call a function that returns the next number
- lookup: look the next number up in a dictionary, by one of eight names
- object: make a small object with the next number, and keep it in a list of eight
- logic: make an event, hand it to a function that looks up the counter for the event's name, decides
  what to add to it and keeps the event

CPython does all of it every time. PyPy compiles the loops and takes the call into them; objects that are
kept have to be made.
"""

import sys
from time import perf_counter

NAMES = [f"eth{position}" for position in range(8)]


class Node:
    def __init__(self, position: int) -> None:
        self.position = position
        self.next = self


class Event:
    def __init__(self, name: str, position: int) -> None:
        self.name = name
        self.position = position


class Counter:
    def __init__(self) -> None:
        self.total = 0
        self.rounds = 0
        self.last = None


def access_attributes(n: int) -> int:
    nodes = [Node(position) for position in range(8)]
    for node in nodes:
        node.next = nodes[(node.position + 1) % 8]
    node = nodes[0]
    total = 0
    for _ in range(n):
        node = node.next
        total += node.position
    return total


def step(position: int) -> int:
    return (position + 1) % 8


def call_function(n: int) -> int:
    position = 0
    total = 0
    for _ in range(n):
        position = step(position)
        total += position
    return total


def look_up(n: int) -> int:
    following = {name: (position + 1) % 8 for position, name in enumerate(NAMES)}
    position = 0
    total = 0
    for _ in range(n):
        position = following[NAMES[position]]
        total += position
    return total


def make_objects(n: int) -> int:
    nodes = [Node(position) for position in range(8)]
    node = nodes[0]
    total = 0
    for _ in range(n):
        node = Node((node.position + 1) % 8)
        nodes[node.position] = node
        total += node.position
    return total


def handle(counters: dict, event: Event) -> None:
    counter = counters[event.name]
    if event.position == 0:
        counter.rounds += 1
    else:
        counter.total += event.position
    counter.last = event


def handle_events(n: int) -> int:
    counters = {name: Counter() for name in NAMES}
    position = 0
    for _ in range(n):
        position = (position + 1) % 8
        handle(counters, Event(NAMES[position], position))
    return sum(counter.total for counter in counters.values())


OPERATIONS = {
    "attribute": access_attributes,
    "call": call_function,
    "lookup": look_up,
    "object": make_objects,
    "logic": handle_events,
}


def main() -> int:
    try:
        name, count = sys.argv[1:]
        operation = OPERATIONS[name]
        n = int(count)
        if n < 1:
            raise ValueError
    except (ValueError, KeyError):
        print(
            f"usage: trivial.py OPERATION N ({', '.join(OPERATIONS)}; a whole number > 0)",
            file=sys.stderr,
        )
        return 2
    start = perf_counter()
    total = operation(n)
    elapsed = perf_counter() - start
    print(total)
    print(f"operationUs={elapsed / n * 1e6:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
