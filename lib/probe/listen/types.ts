/** What all listeners have in common. */

/** Who sent something. */
export interface Peer {
  /** As text. */
  readonly address: string;
  /** Of its socket. */
  readonly port: number;
}

/** What was in one datagram or message. */
export interface Decoded {
  /** What all its records share; it stands before each of them. */
  readonly head: Readonly<Record<string, unknown>>;
  /** One line each. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** What is sent back: an inform's acknowledgement. */
  readonly reply?: Uint8Array;
}

/** Turns bytes into records. */
export interface Decoder {
  /**
   * Decodes a datagram or a message.
   *
   * @param bytes All of it; nothing of it is kept.
   * @param peer Who sent it.
   * @throws {ProbeError} `protocol` if it is malformed, `auth-failed` if it is not to be trusted;
   * nothing else, whatever the bytes are.
   */
  decode(bytes: Uint8Array, peer: Peer): Decoded;
  /** What the protocol counts beside records: templates, records without one. */
  counts(): Readonly<Record<string, number>>;
}

/** What a listener got. */
export interface ListenSummary {
  /** Datagrams, or messages of streams. */
  readonly datagrams: number;
  /** All of them together. */
  readonly bytes: number;
  /** Lines that were written. */
  readonly records: number;
  /** What could not be decoded. */
  readonly malformed: number;
  /** What was not to be trusted: another community, a wrong digest. */
  readonly refused: number;
  /** Of what was malformed or refused: why, and how often; the first reasons only. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What the kernel dropped since the listener's buffer was full; absent where it does not tell. */
  readonly dropped?: number;
  /** What the protocol counts. */
  readonly counts: Readonly<Record<string, number>>;
  /** From the first moment to the last. */
  readonly seconds: number;
  /** Why it ended: `time`, `records`, or the signal's reason. */
  readonly ended: string;
}
