/**
 * Walks every host of each NETWORK and prints the sum of the octets of their addresses.
 *
 * @module
 */
import { isIPv4, isIPv6 } from "node:net";

interface Network {
  octets: Uint8Array;
  /** How many leading bits all its addresses share. */
  length: number;
}

function octetsOf4(text: string): number[] {
  return text.split(".").map(Number);
}

function octetsOf6(text: string): number[] {
  const [head = [], tail] = text.split("::").map((part) => part === "" ? [] : part.split(":"));
  const zeros = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail ?? []].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The bits of an octet that are the host's, by the octet's number from the left. */
function hostBits({ length }: Network, index: number): number {
  return 0xff >> Math.min(8, Math.max(0, length - 8 * index));
}

function parseNetwork(text: string): Network | undefined {
  const [, address = "", digits = ""] = /^([\d.]+|[\da-fA-F:]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (!isIPv4(address) && !isIPv6(address)) return undefined;
  const octets = Uint8Array.from(isIPv4(address) ? octetsOf4(address) : octetsOf6(address));
  const network = { octets, length: Number(digits) };
  const hasHost = octets.some((octet, i) => (octet & hostBits(network, i)) !== 0);
  return network.length > 8 * octets.length || hasHost ? undefined : network;
}

/** Moves on to the next address, with a carry from octet to octet. */
function increment(octets: Uint8Array): void {
  let i = octets.length - 1;
  while (i >= 0 && octets[i] === 255) octets[i--] = 0;
  if (i >= 0) octets[i]!++;
}

/** Goes through all addresses of a network but its own and IPv4's broadcast, in one array. */
function* hosts(network: Network): Generator<Uint8Array> {
  const octets = network.octets.slice();
  const bits = 8 * octets.length - network.length;
  let left = 2 ** bits;
  if (bits > 1) {
    increment(octets);
    left -= octets.length === 4 ? 2 : 1;
  }
  for (; left > 0; left--) {
    yield octets;
    increment(octets);
  }
}

function octetSum(network: Network): number {
  let sum = 0;
  for (const octets of hosts(network)) {
    for (const octet of octets) sum += octet;
  }
  return sum;
}

const networks = Deno.args.map(parseNetwork);
if (networks.length === 0 || networks.includes(undefined)) {
  console.error("usage: ip_hosts.ts NETWORK...");
  Deno.exit(2);
}
console.log(String(networks.reduce((sum, network) => sum + octetSum(network!), 0)));
