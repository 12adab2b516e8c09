/** Writes records as a zone file does (RFC 1035, section 5.1). */

type Fields = Readonly<Record<string, unknown>>;

function name(value: unknown): string {
  const text = String(value);
  return text === "" ? "." : text.endsWith(".") ? text : `${text}.`;
}

function hex(value: unknown): string {
  return value instanceof Uint8Array
    ? [...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")
    : String(value).toLowerCase();
}

function base64(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
}

/** Text in quotes; bytes that are no ASCII are written as their number. */
function quoted(value: unknown): string {
  const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(String(value));
  const text = Array.from(bytes, (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte < 0x20 || byte > 0x7e
      ? `\\${String(byte).padStart(3, "0")}`
      : String.fromCharCode(byte);
  });
  return `"${text.join("")}"`;
}

function types(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : "";
}

const WRITERS: Readonly<Record<string, (fields: Fields) => string>> = {
  MX: ({ preference, exchange }) => `${preference ?? 0} ${name(exchange)}`,
  SOA: (f) =>
    [name(f.mname), name(f.rname), f.serial, f.refresh, f.retry, f.expire, f.minimum].join(" "),
  SRV: (f) => [f.priority ?? 0, f.weight ?? 0, f.port, name(f.target)].join(" "),
  CAA: ({ flags, tag, value }) => `${flags ?? 0} ${tag} ${quoted(value)}`,
  HINFO: ({ cpu, os }) => `${quoted(cpu)} ${quoted(os)}`,
  RP: ({ mbox, txt }) => `${name(mbox)} ${name(txt)}`,
  NAPTR: (f) =>
    [
      ...[f.order, f.preference, quoted(f.flags), quoted(f.services), quoted(f.regexp)],
      name(f.replacement),
    ].join(" "),
  SSHFP: ({ algorithm, hash, fingerprint }) => `${algorithm} ${hash} ${hex(fingerprint)}`,
  TLSA: ({ usage, selector, matchingType, certificate }) =>
    `${usage} ${selector} ${matchingType} ${hex(certificate)}`,
  DS: (f) => [f.keyTag, f.algorithm, f.digestType, hex(f.digest)].join(" "),
  DNSKEY: ({ flags, algorithm, key }) => `${flags} 3 ${algorithm} ${base64(key)}`,
  RRSIG: (f) =>
    [
      ...[f.typeCovered, f.algorithm, f.labels, f.originalTTL, f.expiration, f.inception, f.keyTag],
      ...[name(f.signersName), base64(f.signature)],
    ].join(" "),
  NSEC: ({ nextDomain, rrtypes }) => `${name(nextDomain)} ${types(rrtypes)}`,
  NSEC3: (f) =>
    [
      ...[f.algorithm, f.flags, f.iterations, hex(f.salt) || "-", hex(f.nextDomain)],
      types(f.rrtypes),
    ].join(" "),
};

/**
 * Writes the data of a record.
 *
 * @param type Its type.
 * @param data As the decoder gives it.
 * @returns One line of ASCII, as in a zone file; hexadecimal for a type that is not known.
 */
export function dataText(type: string, data: unknown): string {
  if (data === undefined || data === null) return "";
  if (type === "TXT") return (Array.isArray(data) ? data : [data]).map(quoted).join(" ");
  if (["CNAME", "DNAME", "NS", "PTR"].includes(type)) return name(data);
  if (data instanceof Uint8Array) return `\\# ${data.length} ${hex(data)}`.trimEnd();
  if (typeof data !== "object") return String(data);
  return WRITERS[type]?.(data as Fields) ?? JSON.stringify(data);
}
