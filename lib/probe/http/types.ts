import type { Secret } from "../secret.ts";
import type { TlsOptions } from "../tls/types.ts";
import type { Attempt } from "../types.ts";

/** How a web server is asked. */
export interface HttpOptions {
  /** What is sent. */
  readonly method: "GET" | "HEAD" | "OPTIONS";
  /** The path of a target that is no URL. */
  readonly path: string;
  /** Whether a target that is no URL is asked through TLS. */
  readonly https: boolean;
  /** `auto` takes what the peer prefers by ALPN, and 1.1 without TLS. */
  readonly version: "auto" | "1.1" | "2";
  /** By name; a secret is sent to the first host only. */
  readonly headers: Readonly<Record<string, string | Secret>>;
  /** How many redirects are followed; 0 takes the first one for the answer. */
  readonly redirects: number;
  /** The most that a body may have, in bytes. */
  readonly maxBodyBytes: number;
  /** Says whether a body is the one that was expected. */
  readonly bodyMatches?: (body: string) => boolean;
  /** Whether a status of 400 and above is an error; not where a status is expected. */
  readonly failOnStatus: boolean;
  /** For https. */
  readonly tls: TlsOptions;
}

/** What is asked for. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
}

/** What was answered to one request. */
export interface HttpAnswer {
  readonly status: number;
  readonly version: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  /** Whether another request can be sent. */
  readonly reusable: boolean;
}

/** A connection to one origin. */
export interface HttpConnection {
  /** Sends a request; ends `requestMs`, `firstByteMs` and `transferMs`. */
  send(request: HttpRequest, attempt: Attempt): Promise<HttpAnswer>;
  /** Ends it at once. */
  close(): void;
}
