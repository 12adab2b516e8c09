/** HTTP 1.1 and 2: status, headers, body, redirects, phase by phase. */
import { VersusError } from "../../error.ts";
import { ProbeError } from "../error.ts";
import { openOrigin, type OriginConnection } from "../http/_origin.ts";
import type { HttpAnswer, HttpOptions } from "../http/types.ts";
import type { HttpResult } from "../results.ts";
import type { Secret } from "../secret.ts";
import { warmUpTls } from "../tls/warm_up.ts";
import type { Attempt, Protocol, Target } from "../types.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** HTTP over TCP or TLS. */
export const http: Protocol<HttpOptions, HttpResult> = {
  name: "http",
  title: "Ask a web server; check status, body and certificate",
  defaultPort: 80,
  prepare: ({ tls }) => warmUpTls(tls),
  async open(target, options, attempt) {
    const url = urlOf(target, options);
    const first = await openOrigin(url, targetOf(url, target, url), options, attempt);
    const origins = new Map([[url.origin, first]]);
    let usable = true;
    return {
      get reusable() {
        return usable;
      },
      async request(attempt) {
        const { result, reusable } = await follow(url, target, options, origins, attempt);
        usable = reusable;
        return result;
      },
      [Symbol.asyncDispose]() {
        for (const connection of origins.values()) connection.close();
        return Promise.resolve();
      },
    };
  },
  judge: ({ status }, { failOnStatus }) =>
    failOnStatus && status >= 400
      ? new ProbeError("remote-error", `the server answered with status ${status}`)
      : undefined,
};

/**
 * Says what is asked for: the target itself if it is a URL, else its variable `url`, else its host with
 * the path of the options.
 */
function urlOf({ host, port, variables }: Target, { https, path }: HttpOptions): URL {
  const given = variables.url;
  if (given !== undefined) {
    const url = URL.parse(String(given));
    if (url === null || !/^https?:$/.test(url.protocol)) {
      throw new VersusError(`Found the URL ${String(given)}, expected one of http or https`);
    }
    return url;
  }
  const shown = host.includes(":") ? `[${host}]` : host;
  const secure = https || port === 443 || port === 8443;
  return new URL(
    path,
    `${secure ? "https" : "http"}://${shown}${port === undefined ? "" : `:${port}`}`,
  );
}

interface Followed {
  readonly result: HttpResult;
  /** Whether the same can be asked again over the same connections. */
  readonly reusable: boolean;
}

async function follow(
  start: URL,
  target: Target,
  options: HttpOptions,
  origins: Map<string, OriginConnection>,
  attempt: Attempt,
): Promise<Followed> {
  const redirects: HttpResult["redirects"] = [];
  let url = start;
  while (true) {
    const connection = origins.get(url.origin) ??
      await openOrigin(url, targetOf(url, target, start), options, attempt);
    origins.set(url.origin, connection);
    const answer = await connection.send({
      ...{ method: options.method, url, maxBodyBytes: options.maxBodyBytes },
      headers: headersFor(options, url.origin === start.origin),
    }, attempt);
    if (!answer.reusable) {
      connection.close();
      origins.delete(url.origin);
    }
    const next = REDIRECTS.has(answer.status) && options.redirects > 0
      ? answer.headers.location
      : undefined;
    if (next === undefined) {
      const result = resultOf(url, answer, redirects, options, connection);
      return { result, reusable: origins.has(start.origin) };
    }
    redirects.push({ status: answer.status, location: next });
    if (redirects.length > options.redirects) {
      throw new ProbeError(
        "too-large",
        `${target.label}: more than ${options.redirects} redirects`,
      );
    }
    url = nextUrl(next, url, target);
  }
}

function nextUrl(location: string, from: URL, { label }: Target): URL {
  const url = URL.parse(location, from.href);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ProbeError(
      "protocol",
      `${label}: redirected to ${location}, which is no web address`,
    );
  }
  if (from.protocol === "https:" && url.protocol === "http:") {
    throw new ProbeError(
      "protocol",
      `${label}: redirected from https to ${url.origin}, without TLS`,
    );
  }
  return url;
}

/** Where the origin of a URL is: the first host may have an address in an inventory. */
function targetOf(url: URL, target: Target, start: URL): Target {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  if (url.hostname === start.hostname) return { ...target, port };
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { label: target.label, host, port, variables: target.variables };
}

function headersFor({ headers }: HttpOptions, own: boolean): Record<string, string> {
  const given = Object.entries(headers).flatMap(([name, value]) => {
    if (typeof value === "string") return [[name, value]];
    return own ? [[name, (value as Secret).reveal()]] : [];
  });
  return {
    ...{ "user-agent": "versus", accept: "*/*", "accept-encoding": "identity" },
    ...Object.fromEntries(given),
  };
}

function resultOf(
  url: URL,
  { status, version, headers, body }: HttpAnswer,
  redirects: HttpResult["redirects"],
  { bodyMatches }: HttpOptions,
  { tls }: OriginConnection,
): HttpResult {
  return {
    ...{ url: url.href, status, version, headers, bodyBytes: body.length },
    ...(bodyMatches === undefined
      ? {}
      : { bodyMatches: bodyMatches(new TextDecoder().decode(body)) }),
    redirects,
    ...(tls === undefined ? {} : { tls }),
  };
}
