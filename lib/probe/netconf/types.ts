/** What one can ask of a NETCONF server, and what it answers. */
import type { SshAccess, SshInfo } from "../ssh/types.ts";
import type { NetconfQuery } from "./messages.ts";
import type { XmlValue } from "./xml.ts";

/** What `versus probe netconf` can be asked for. */
export interface NetconfOptions extends SshAccess {
  /** What to ask; without it the session is opened and that is all. */
  readonly query?: NetconfQuery;
  /** How large a message may be, in bytes. */
  readonly maxBytes: number;
  /** Whether the answer is kept as XML too. */
  readonly raw: boolean;
}

/** The answer of a NETCONF probe. */
export interface NetconfResult extends Pick<SshInfo, "banner" | "hostKey" | "negotiated" | "weak"> {
  /** The framing. */
  readonly base: "1.0" | "1.1";
  /** The session's number. */
  readonly sessionId: string;
  /** What the server says that it can do. */
  readonly capabilities: readonly string[];
  /** The answer. */
  readonly reply?: {
    readonly operation: string;
    /** The whole message, in bytes. */
    readonly bytes: number;
    /** Its data: attributes under `@name`, children by their local names. */
    readonly data: XmlValue;
    readonly warnings: readonly string[];
    readonly xml?: string;
  };
}
