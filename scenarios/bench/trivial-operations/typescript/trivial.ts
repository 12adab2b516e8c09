/**
 * Does one trivial OPERATION N times, and prints the sum of 1, 2, …, 7, 0, 1, … that it makes.
 *
 * - attribute: go to the next of eight objects in a ring, and read its number
 * - call: call a function that returns the next number
 * - lookup: look the next number up in a map, by one of eight names
 * - object: make a small object with the next number, and keep it in an array of eight
 * - logic: make an event, hand it to a function that looks up the counter for the event's name, decides
 *   what to add to it and keeps the event
 *
 * V8 compiles the loops and takes the calls into them; objects that are kept have to be made.
 *
 * @module
 */

const NAMES = ["eth0", "eth1", "eth2", "eth3", "eth4", "eth5", "eth6", "eth7"] as const;

class Node {
  next: Node = this;
  constructor(readonly position: number) {}
}

class LinkEvent {
  constructor(readonly name: string, readonly position: number) {}
}

class Counter {
  total = 0;
  rounds = 0;
  last: LinkEvent | undefined = undefined;
}

function accessAttributes(n: number): number {
  const nodes = NAMES.map((_, position) => new Node(position));
  for (const node of nodes) node.next = nodes[(node.position + 1) % 8]!;
  let node = nodes[0]!;
  let total = 0;
  for (let i = 0; i < n; i++) {
    node = node.next;
    total += node.position;
  }
  return total;
}

function step(position: number): number {
  return (position + 1) % 8;
}

function callFunction(n: number): number {
  let position = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    position = step(position);
    total += position;
  }
  return total;
}

function lookUp(n: number): number {
  const following = new Map<string, number>(NAMES.map((name, i) => [name, (i + 1) % 8]));
  let position = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    position = following.get(NAMES[position]!)!;
    total += position;
  }
  return total;
}

function makeObjects(n: number): number {
  const nodes = NAMES.map((_, position) => new Node(position));
  let node = nodes[0]!;
  let total = 0;
  for (let i = 0; i < n; i++) {
    node = new Node((node.position + 1) % 8);
    nodes[node.position] = node;
    total += node.position;
  }
  return total;
}

function handle(counters: Map<string, Counter>, event: LinkEvent): void {
  const counter = counters.get(event.name)!;
  if (event.position === 0) counter.rounds++;
  else counter.total += event.position;
  counter.last = event;
}

function handleEvents(n: number): number {
  const counters = new Map(NAMES.map((name) => [name as string, new Counter()]));
  let position = 0;
  for (let i = 0; i < n; i++) {
    position = (position + 1) % 8;
    handle(counters, new LinkEvent(NAMES[position]!, position));
  }
  return [...counters.values()].reduce((sum, { total }) => sum + total, 0);
}

const OPERATIONS = new Map([
  ["attribute", accessAttributes],
  ["call", callFunction],
  ["lookup", lookUp],
  ["object", makeObjects],
  ["logic", handleEvents],
]);

function parsePositive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0
    ? value
    : undefined;
}

const operation = OPERATIONS.get(Deno.args[0] ?? "");
const n = parsePositive(Deno.args[1]);
if (operation === undefined || n === undefined || Deno.args.length !== 2) {
  const names = [...OPERATIONS.keys()].join(", ");
  console.error(`usage: trivial.ts OPERATION N (${names}; a whole number > 0)`);
  Deno.exit(2);
}
const start = performance.now();
const total = operation(n);
const elapsed = performance.now() - start;
console.log(String(total));
console.log(`operationUs=${(elapsed / n * 1e3).toFixed(6)}`);
