/** The addresses of RESTCONF's resources (RFC 8040). */
import { VersusError } from "../../error.ts";
import { ProbeError } from "../error.ts";
import { childrenOf, isElement, parseXml } from "../netconf/xml.ts";
import type { Target } from "../types.ts";
import type { RestconfQuery } from "./types.ts";

/** Where a server tells the API's root (RFC 6415). */
export const HOST_META = "/.well-known/host-meta";
/** Below the API's root. */
export const CAPABILITIES = "data/ietf-restconf-monitoring:restconf-state/capabilities";

/**
 * The origin of a target.
 *
 * @param target A host, or a URL of which only the origin counts.
 * @param plain Whether a host is asked without TLS.
 * @throws {VersusError} If a URL is none of http or https.
 */
export function originOf({ host, port, variables }: Target, plain: boolean): URL {
  const { url } = variables;
  if (url !== undefined) {
    const given = URL.parse(String(url));
    if (given === null || !/^https?:$/.test(given.protocol)) {
      throw new VersusError(`Found the URL ${String(url)}, expected one of http or https`);
    }
    return new URL("/", given);
  }
  const shown = host.includes(":") ? `[${host}]` : host;
  return new URL(`${plain ? "http" : "https"}://${shown}${port === undefined ? "" : `:${port}`}/`);
}

/**
 * Finds the API's root in a host-meta document (RFC 8040, section 3.1).
 *
 * @param text The XRD document.
 * @param origin Where it came from.
 * @returns The root's path, without a slash at its end.
 * @throws {ProbeError} `not-supported` if it names none, `protocol` if it is malformed or names
 * another host.
 */
export function rootIn(text: string, origin: URL): string {
  const links = childrenOf(childrenOf(parseXml(text), "XRD")[0], "Link");
  const link = links.find((one) => isElement(one) && one["@rel"] === "restconf");
  const href = isElement(link) ? link["@href"] : undefined;
  if (typeof href !== "string") {
    throw new ProbeError("not-supported", "The host-meta document has no link to RESTCONF");
  }
  const url = URL.parse(href, origin);
  if (url === null || url.origin !== origin.origin) {
    throw new ProbeError("protocol", `The API's root is ${href}, which is on another host`);
  }
  return url.pathname.replace(/\/+$/, "");
}

/**
 * The address of data.
 *
 * @param origin The server.
 * @param root The API's root.
 * @param query What is asked for.
 */
export function dataUrl(origin: URL, root: string, query: RestconfQuery): URL {
  const { path, depth, fields, content } = query;
  const url = resourceUrl(origin, root, `data/${path.replace(/^\/+/, "")}`.replace(/\/$/, ""));
  const parts = Object.entries({ content, depth, fields })
    // What RFC 8040's examples leave as it is; all else is encoded.
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`${name}=${encodeURIComponent(value).replace(/%(3A|3B|2F|28|29)/g, decodeURIComponent)}`]
    );
  if (parts.length > 0) url.search = parts.join("&");
  return url;
}

/** The address of a resource below the API's root. */
export function resourceUrl(origin: URL, root: string, path: string): URL {
  return new URL(path === "" ? root || "/" : `${root}/${path}`, origin);
}
