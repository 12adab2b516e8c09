/** Names of addresses. */
import ipaddr from "ipaddr.js";

/**
 * Writes the name under which the name of an address is found (RFC 1035, section 3.5; RFC 3596,
 * section 2.5).
 *
 * @param address IPv4 or IPv6.
 * @returns For example `1.2.0.192.in-addr.arpa`.
 */
export function reverseName(address: string): string {
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray();
  if (parsed.kind() === "ipv4") return [...bytes.toReversed(), "in-addr.arpa"].join(".");
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [...[...digits].reverse(), "ip6.arpa"].join(".");
}
