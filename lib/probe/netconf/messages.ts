/** NETCONF's messages (RFC 6241): hello, get, get-config, and the replies. */
import { printable } from "../../error.ts";
import { ProbeError, type ProbeErrorCode } from "../error.ts";
import { childrenOf, escapeXml, isElement, parseXml, textOf, type XmlValue } from "./xml.ts";

const NAMESPACE = "urn:ietf:params:xml:ns:netconf:base:1.0";
/** The framing of RFC 4742: messages end with `]]>]]>`. */
export const BASE_1_0 = "urn:ietf:params:netconf:base:1.0";
/** The framing of RFC 6242: messages come in chunks. */
export const BASE_1_1 = "urn:ietf:params:netconf:base:1.1";
const XPATH = "urn:ietf:params:netconf:capability:xpath:1.0";

/** What is asked for. */
export interface NetconfQuery {
  /** What is done. */
  readonly operation: "get" | "get-config";
  /** The datastore of get-config. */
  readonly source: "running" | "candidate" | "startup";
  /** What to leave the rest out by. */
  readonly filter?: NetconfFilter;
}

/** A filter of an answer. */
export type NetconfFilter =
  /** Elements that are to be in the answer (RFC 6241, section 6). */
  | { readonly kind: "subtree"; readonly xml: string }
  /** An expression; namespaces by the prefixes that it uses. */
  | {
    readonly kind: "xpath";
    readonly select: string;
    readonly namespaces: Readonly<Record<string, string>>;
  };

/** What a server says first. */
export interface Hello {
  /** The session's number. */
  readonly sessionId: string;
  /** What the server says that it can do. */
  readonly capabilities: readonly string[];
}

/** The client's first message; it offers both framings. */
export function clientHello(): string {
  const all = [BASE_1_0, BASE_1_1].map((uri) => `<capability>${uri}</capability>`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>` +
    `<hello xmlns="${NAMESPACE}"><capabilities>${all}</capabilities></hello>`;
}

/**
 * Reads the server's first message.
 *
 * @param text The message.
 * @throws {ProbeError} `protocol` if it is none.
 */
export function readHello(text: string): Hello {
  const hello = childrenOf(parseXml(text), "hello")[0];
  const list = childrenOf(hello, "capabilities")[0];
  const capabilities = childrenOf(list, "capability").flatMap((one) => textOf(one) ?? []);
  const sessionId = textOf(childrenOf(hello, "session-id")[0]);
  if (hello === undefined || sessionId === undefined || !/^[1-9]\d{0,9}$/.test(sessionId)) {
    const start = JSON.stringify(text.slice(0, 60));
    throw new ProbeError("protocol", `Expected a hello with a session's number, found ${start}`);
  }
  return { sessionId, capabilities };
}

/**
 * Which framing both sides speak.
 *
 * @param hello What the server said.
 * @throws {ProbeError} `not-supported` if there is none.
 */
export function commonBase({ capabilities }: Hello): "1.0" | "1.1" {
  const offers = (uri: string) => capabilities.some((one) => one.trim() === uri);
  if (offers(BASE_1_1)) return "1.1";
  if (offers(BASE_1_0)) return "1.0";
  throw new ProbeError("not-supported", "The server offers neither base 1.0 nor base 1.1");
}

/**
 * Writes a request.
 *
 * @param id Numbers it.
 * @param query What is asked for.
 * @param hello What the server can do.
 * @throws {ProbeError} `not-supported` if it can't do that.
 */
export function writeRpc(id: number, query: NetconfQuery, { capabilities }: Hello): string {
  const { operation, source, filter } = query;
  const has = (uri: string) => capabilities.some((one) => one.split("?")[0]!.trim() === uri);
  if (filter?.kind === "xpath" && !has(XPATH)) {
    throw new ProbeError("not-supported", "The server has no :xpath, only subtree filters work");
  }
  if (operation === "get-config" && source !== "running") {
    if (!has(`urn:ietf:params:netconf:capability:${source}:1.0`)) {
      throw new ProbeError("not-supported", `The server has no ${source} datastore`);
    }
  }
  const from = operation === "get-config" ? `<source><${source}/></source>` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>` +
    `<rpc xmlns="${NAMESPACE}" message-id="${id}">` +
    `<${operation}>${from}${filter === undefined ? "" : writeFilter(filter)}</${operation}></rpc>`;
}

function writeFilter(filter: NetconfFilter): string {
  if (filter.kind === "subtree") return `<filter type="subtree">${filter.xml}</filter>`;
  const namespaces = Object.entries(filter.namespaces)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`).join("");
  return `<filter type="xpath"${namespaces} select="${escapeXml(filter.select)}"/>`;
}

/** Ends the session. */
export function writeClose(id: number): string {
  return `<rpc xmlns="${NAMESPACE}" message-id="${id}"><close-session/></rpc>`;
}

/** A reply. */
export interface RpcReply {
  /** What `data` holds, prefixes left out. */
  readonly data: XmlValue;
  /** Errors that are warnings only. */
  readonly warnings: readonly string[];
}

/** Errors with a code of their own; all others are `remote-error` (RFC 6241, appendix A). */
const ERROR_TAGS: Readonly<Record<string, ProbeErrorCode>> = {
  "operation-not-supported": "not-supported",
  "too-big": "too-large",
};

/**
 * Reads a reply.
 *
 * @param text The message.
 * @param id The request's number.
 * @throws {ProbeError} `remote-error`, `not-supported` or `too-large` for a server's error,
 * `protocol` if it is no reply to this request.
 */
export function readReply(text: string, id: number): RpcReply {
  const reply = childrenOf(parseXml(text), "rpc-reply")[0];
  if (reply === undefined) {
    throw new ProbeError(
      "protocol",
      `Expected an rpc-reply, found ${JSON.stringify(text.slice(0, 60))}`,
    );
  }
  const found = isElement(reply) ? reply["@message-id"] : undefined;
  const warnings: string[] = [];
  for (const error of childrenOf(reply, "rpc-error")) {
    const part = (name: string) => textOf(childrenOf(error, name)[0])?.trim() ?? "";
    const said = describeError(part);
    if (part("error-severity") === "warning") warnings.push(said);
    else throw new ProbeError(ERROR_TAGS[part("error-tag")] ?? "remote-error", said);
  }
  // A server that could not read the request may leave its number out, but then tells an error.
  if (found !== String(id)) {
    throw new ProbeError("protocol", `Found a reply to message ${String(found)}, expected ${id}`);
  }
  const [data] = childrenOf(reply, "data");
  if (data === undefined) throw new ProbeError("protocol", "The reply has no data");
  return { data, warnings };
}

function describeError(part: (name: string) => string): string {
  const [tag, message, path] = ["error-tag", "error-message", "error-path"].map(part);
  const said = printable((message ?? "").slice(0, 300));
  return `${tag || "error"}${said === "" ? "" : `: ${said}`}${
    path ? ` (at ${printable(path)})` : ""
  }`;
}
