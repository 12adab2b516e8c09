/** Shows values as their syntax says: enumerations by name, addresses, times. */
import { IF_TYPES } from "./_if_type.ts";

/** Enumerations of textual conventions; those of RFC 2579, RFC 4001, RFC 4293 and IANA. */
const CONVENTIONS: Readonly<Record<string, string>> = {
  TruthValue: "true=1 false=2",
  RowStatus: "active=1 notInService=2 notReady=3 createAndGo=4 createAndWait=5 destroy=6",
  StorageType: "other=1 volatile=2 nonVolatile=3 permanent=4 readOnly=5",
  InetAddressType: "unknown=0 ipv4=1 ipv6=2 ipv4z=3 ipv6z=4 dns=16",
  InetVersion: "unknown=0 ipv4=1 ipv6=2",
  IpAddressOriginTC: "other=1 manual=2 dhcp=4 linklayer=5 random=6",
  IpAddressPrefixOriginTC: "other=1 manual=2 wellknown=3 dhcp=4 routeradv=5",
  IpAddressStatusTC: "preferred=1 deprecated=2 invalid=3 inaccessible=4 unknown=5 tentative=6 " +
    "duplicate=7 optimistic=8",
  IANAifType: IF_TYPES,
};

const enumerations = new Map<string, ReadonlyMap<number, string>>();

/**
 * The names of an enumeration's values.
 *
 * @param syntax A textual convention's name, or the enumeration itself in braces.
 * @returns Nothing if the syntax is no enumeration.
 */
export function enumerationOf(syntax: string): ReadonlyMap<number, string> | undefined {
  const known = enumerations.get(syntax);
  if (known !== undefined) return known;
  const text = syntax.startsWith("{") ? syntax.slice(1, -1) : CONVENTIONS[syntax];
  if (text === undefined) return undefined;
  const names = new Map(
    text.trim().split(/\s+/).map((pair): [number, string] => {
      const at = pair.lastIndexOf("=");
      return [Number(pair.slice(at + 1)), pair.slice(0, at)];
    }),
  );
  enumerations.set(syntax, names);
  return names;
}

/** Syntaxes whose octets are text for people. */
export const TEXT_SYNTAXES: ReadonlySet<string> = new Set(["DisplayString", "OwnerString"]);

/**
 * Shows octets as their syntax says.
 *
 * @returns Nothing where the syntax says nothing, or does not fit the octets.
 */
export function octetsAs(syntax: string, octets: Uint8Array): string | undefined {
  switch (syntax) {
    case "PhysAddress":
    case "MacAddress":
      return [...octets].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
    case "InetAddress":
      return inetAddress(octets);
    case "DisplayString":
    case "OwnerString":
      // Agents written in C send the end of the string along.
      return new TextDecoder().decode(octets).replace(/\0+$/, "");
  }
  return undefined;
}

/** Source: RFC 4001, InetAddress: the length tells the kind, a zone is in the last four. */
export function inetAddress(octets: Uint8Array): string | undefined {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  switch (octets.length) {
    case 4:
      return octets.join(".");
    case 8:
      return `${octets.subarray(0, 4).join(".")}%${view.getUint32(4)}`;
    case 16:
      return ipv6(view);
    case 20:
      return `${ipv6(view)}%${view.getUint32(16)}`;
  }
  return undefined;
}

/** Writes an address as RFC 5952 recommends: the longest run of zeros is left out. */
function ipv6(view: DataView): string {
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(i * 2).toString(16));
  const text = groups.join(":");
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const longest = runs.sort((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, "");
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}

/** Shows hundredths of a second as `12 d 03:04:05.06`. */
export function timeTicks(ticks: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const seconds = ticks / 100;
  const time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(pad).join(":");
  return `${Math.floor(seconds / 86_400)} d ${time}.${pad(ticks % 100)}`;
}
