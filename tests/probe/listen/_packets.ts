/** Builds packets for tests. */

/** Puts numbers of so many bytes, texts and bytes together, in network order. */
export function pack(...parts: readonly (readonly [number | bigint, number] | Uint8Array)[]) {
  const bytes: number[] = [];
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      for (const byte of part) bytes.push(byte);
      continue;
    }
    const [value, size] = part;
    for (let i = size - 1; i >= 0; i--) {
      bytes.push(Number((BigInt(value) >> BigInt(i * 8)) & 0xffn));
    }
  }
  return Uint8Array.from(bytes);
}

/** Bytes of hexadecimal digits; blanks are left out. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** An address of IPv4. */
export function ip(text: string): Uint8Array {
  return Uint8Array.from(text.split("."), Number);
}

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Who sent it. */
export const PEER = { address: "192.0.2.1", port: 4242 };

/** A set of NetFlow v9 or IPFIX. */
export function set(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = pack(...content);
  return pack([id, 2], [body.length + 4, 2], body);
}

/** A datagram of NetFlow v9. */
export function netflow9(sequence: number, ...sets: readonly Uint8Array[]): Uint8Array {
  return pack(
    [9, 2],
    [sets.length, 2],
    [5000, 4],
    [1_700_000_000, 4],
    [sequence, 4],
    [7, 4],
    ...sets,
  );
}

/** A message of IPFIX. */
export function ipfix(sequence: number, ...sets: readonly Uint8Array[]): Uint8Array {
  const body = pack(...sets);
  return pack([10, 2], [body.length + 16, 2], [1_700_000_000, 4], [sequence, 4], [7, 4], body);
}

/** A template of fields: element and length, or element, length and enterprise. */
export function template(id: number, fields: readonly (readonly number[])[]): Uint8Array {
  const specifiers = fields.map(([element, length, enterprise]) =>
    enterprise === undefined
      ? pack([element!, 2], [length!, 2])
      : pack([element! | 0x8000, 2], [length!, 2], [enterprise, 4])
  );
  return pack([id, 2], [fields.length, 2], ...specifiers);
}
