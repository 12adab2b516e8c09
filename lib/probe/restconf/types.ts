/** What one can ask of a RESTCONF server (RFC 8040), and what it answers. */
import type { XmlElement } from "../netconf/xml.ts";
import type { TlsResult } from "../results.ts";
import type { Secret } from "../secret.ts";
import type { TlsOptions } from "../tls/types.ts";

/** What is read of the data. */
export interface RestconfQuery {
  /** Below `{root}/data`: `ietf-interfaces:interfaces`; empty for all. */
  readonly path: string;
  /** How many levels, or all of them. */
  readonly depth?: number | "unbounded";
  /** Which parts, in the syntax of RFC 8040, section 4.8.3. */
  readonly fields?: string;
  /** Configuration, state or both. */
  readonly content?: "config" | "nonconfig" | "all";
}

/** What `versus probe restconf` can be asked for. */
export interface RestconfOptions {
  /** The user. */
  readonly user?: string;
  /** The password. */
  readonly password?: Secret;
  /** The API's root; found out by host-meta if it is not given. */
  readonly root?: string;
  /** Without TLS, which RFC 8040 forbids. */
  readonly plain: boolean;
  /** Whom to trust. */
  readonly tls: TlsOptions;
  /** What to read; without it the API and its capabilities are looked at. */
  readonly query?: RestconfQuery;
  /** In which format data is asked for. */
  readonly format: "json" | "xml";
  /** The most that a body may have, in bytes. */
  readonly maxBytes: number;
}

/** What a body held. */
export type RestconfData = unknown | XmlElement;

/** The answer of a RESTCONF probe. */
export interface RestconfResult {
  /** The last URL that was asked for. */
  readonly url: string;
  /** The API's root: `/restconf`. */
  readonly root: string;
  /** Whether the root was found by host-meta. */
  readonly discovered: boolean;
  /** The status of the last answer. */
  readonly status: number;
  /** The version of HTTP. */
  readonly version: string;
  /** What the server says that it can do. */
  readonly capabilities?: readonly string[];
  /** The version of the YANG library that it has. */
  readonly yangLibraryVersion?: string;
  /** The data. */
  readonly reply?: {
    readonly path: string;
    readonly mediaType: string;
    readonly bytes: number;
    /** JSON as it came; XML with attributes under `@name`, children by their local names. */
    readonly data: RestconfData;
  };
  /** What was agreed on by TLS. */
  readonly tls?: TlsResult;
  /** What is not as it should be: `cleartext`. */
  readonly weak: readonly string[];
}
