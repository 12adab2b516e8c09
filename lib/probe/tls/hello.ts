/**
 * TLS messages as far as it takes to find out which versions a peer accepts: a ClientHello is written,
 * the ServerHello or alert is read. Nothing is encrypted, and no handshake is completed.
 *
 * RFC 5246 (TLS 1.2), RFC 8446 (TLS 1.3), RFC 6101 (SSL 3.0).
 */

/** Versions by their number on the wire. */
export const VERSIONS = {
  "SSLv3": 0x0300,
  "TLSv1": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
  "TLSv1.3": 0x0304,
} as const;

/** A version that can be asked for. */
export type HelloVersion = keyof typeof VERSIONS;

/** What a peer said to a ClientHello. */
export type HelloAnswer =
  | { readonly kind: "hello"; readonly version: number }
  | { readonly kind: "alert"; readonly description: number }
  /** More bytes are needed. */
  | { readonly kind: "more" }
  /** It is not TLS. */
  | { readonly kind: "garbage" };

/** Cipher suites of all ages, so that a peer refuses for the version and not for these. */
const CIPHERS_13 = [0x1301, 0x1302, 0x1303];
const CIPHERS = [
  ...[0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xc009, 0xc00a, 0xc013],
  ...[0xc014, 0xc023, 0xc024, 0xc027, 0xc028, 0x0033, 0x0039, 0x0067, 0x006b, 0x009c, 0x009d],
  ...[0x002f, 0x0035, 0x003c, 0x003d, 0x000a, 0x0005, 0x0004],
];
const SIGNATURES = [
  ...[
    0x0403,
    0x0503,
    0x0603,
    0x0807,
    0x0804,
    0x0805,
    0x0806,
    0x0401,
    0x0501,
    0x0601,
    0x0203,
    0x0201,
  ],
];
const X25519 = 29;
const GROUPS = [X25519, 23, 24, 25];

/** The longest record that TLS allows, with its header. */
const MAX_RECORD = 5 + 2 ** 14 + 2048;

const u8 = (value: number) => [value & 0xff];
const u16 = (value: number) => [(value >> 8) & 0xff, value & 0xff];
const u24 = (value: number) => [(value >> 16) & 0xff, ...u16(value)];
const vector8 = (bytes: readonly number[]) => [...u8(bytes.length), ...bytes];
const vector16 = (bytes: readonly number[]) => [...u16(bytes.length), ...bytes];
const extension = (type: number, body: readonly number[]) => [...u16(type), ...vector16(body)];

/**
 * Writes a ClientHello that offers one version only.
 *
 * @param version Which.
 * @param serverName The name that is asked for; none for an address.
 * @returns One record.
 */
export function clientHello(version: HelloVersion, serverName: string | undefined): Uint8Array {
  const number = VERSIONS[version];
  const is13 = version === "TLSv1.3";
  const random = [...crypto.getRandomValues(new Uint8Array(32))];
  const suites = (is13 ? CIPHERS_13 : CIPHERS).flatMap(u16);
  const extensions = version === "SSLv3" ? [] : vector16([
    ...(serverName === undefined ? [] : extension(0, serverNameList(serverName))),
    ...extension(10, vector16(GROUPS.flatMap(u16))),
    ...extension(11, vector8([0])),
    ...(number >= VERSIONS["TLSv1.2"] ? extension(13, vector16(SIGNATURES.flatMap(u16))) : []),
    ...(is13 ? [...extension(43, vector8(u16(number))), ...extension(51, keyShare())] : []),
  ]);
  const body = [
    ...u16(Math.min(number, VERSIONS["TLSv1.2"])),
    ...random,
    ...vector8(is13 ? [...crypto.getRandomValues(new Uint8Array(32))] : []),
    ...vector16(suites),
    ...vector8([0]),
    ...extensions,
  ];
  const handshake = [1, ...u24(body.length), ...body];
  const record = Math.min(number, VERSIONS["TLSv1"]);
  return new Uint8Array([22, ...u16(record), ...vector16(handshake)]);
}

function serverNameList(name: string): number[] {
  return vector16([0, ...vector16([...new TextEncoder().encode(name)])]);
}

/** Any 32 bytes are a public key of X25519 (RFC 7748, section 5); no secret is ever agreed on. */
function keyShare(): number[] {
  const key = [...crypto.getRandomValues(new Uint8Array(32))];
  return vector16([...u16(X25519), ...vector16(key)]);
}

/**
 * Reads the first message of a peer.
 *
 * @param bytes All that came until now.
 * @returns What it says.
 */
export function readHello(bytes: Uint8Array): HelloAnswer {
  const [type, major] = bytes;
  if (type === undefined) return { kind: "more" };
  if ((type !== 21 && type !== 22) || (major !== undefined && major !== 3)) {
    return { kind: "garbage" };
  }
  if (bytes.length < 5) return { kind: "more" };
  const length = bytes[3]! << 8 | bytes[4]!;
  if (5 + length > MAX_RECORD || length === 0) return { kind: "garbage" };
  if (bytes.length < 5 + length) return { kind: "more" };
  const record = bytes.subarray(5, 5 + length);
  if (type === 21) {
    return record.length < 2 ? { kind: "garbage" } : { kind: "alert", description: record[1]! };
  }
  return readServerHello(record);
}

function readServerHello(record: Uint8Array): HelloAnswer {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  try {
    if (view.getUint8(0) !== 2) return { kind: "garbage" };
    const legacy = view.getUint16(4);
    // Version, random, session, cipher suite, compression.
    let at = 4 + 2 + 32;
    at += 1 + view.getUint8(at) + 2 + 1;
    if (at >= record.length) return { kind: "hello", version: legacy };
    const end = at + 2 + view.getUint16(at);
    at += 2;
    while (at + 4 <= Math.min(end, record.length)) {
      const [type, length] = [view.getUint16(at), view.getUint16(at + 2)];
      if (type === 43 && length === 2) return { kind: "hello", version: view.getUint16(at + 4) };
      at += 4 + length;
    }
    return { kind: "hello", version: legacy };
  } catch (error) {
    // It ends before what it says that it holds.
    if (error instanceof RangeError) return { kind: "garbage" };
    throw error;
  }
}
