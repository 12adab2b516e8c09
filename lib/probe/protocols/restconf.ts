/** RESTCONF (RFC 8040): discovery, capabilities, data. */
import { VersusError } from "../../error.ts";
import { ProbeError } from "../error.ts";
import { openOrigin } from "../http/_origin.ts";
import type { HttpAnswer, HttpOptions } from "../http/types.ts";
import {
  capabilitiesIn,
  mediaTypeFor,
  mediaTypeOf,
  readData,
  statusError,
  yangLibraryVersionIn,
} from "../restconf/answers.ts";
import type { RestconfOptions, RestconfResult } from "../restconf/types.ts";
import {
  CAPABILITIES,
  dataUrl,
  HOST_META,
  originOf,
  resourceUrl,
  rootIn,
} from "../restconf/urls.ts";
import { passwordOf, userOf } from "../ssh/target.ts";
import { warmUpTls } from "../tls/warm_up.ts";
import type { Attempt, Protocol, Target } from "../types.ts";

/** RESTCONF. */
export const restconf: Protocol<RestconfOptions, RestconfResult> = {
  name: "restconf",
  title: "Find a RESTCONF API, read its capabilities and data",
  defaultPort: 443,
  prepare: ({ tls }) => warmUpTls(tls),
  async open(target, options, attempt) {
    const origin = originOf(target, options.plain);
    const port = Number(origin.port) || (origin.protocol === "https:" ? 443 : 80);
    const http: HttpOptions = {
      method: "GET",
      path: "/",
      https: true,
      version: "auto",
      headers: {},
      redirects: 0,
      maxBodyBytes: options.maxBytes,
      failOnStatus: false,
      tls: options.tls,
    };
    const connection = await openOrigin(origin, { ...target, port }, http, attempt);
    const login = loginFor(target, options);
    let usable = true;

    /** Asks; what is no success is an error unless it may be missing. */
    async function get(url: URL, accept: string, attempt: Attempt, mayMiss = false) {
      const headers: Record<string, string> = { accept, "user-agent": "versus" };
      if (login !== undefined) headers.authorization = login;
      const request = { method: "GET", url, headers, maxBodyBytes: options.maxBytes };
      const answer = await connection.send(request, attempt);
      usable = answer.reusable;
      const error = statusError(answer, url.pathname, login !== undefined);
      if (error === undefined) return answer;
      if (mayMiss && error.code === "remote-error" && answer.status === 404) return undefined;
      throw new ProbeError(error.code, `${target.label}: ${error.message}`);
    }
    try {
      const root = options.root?.replace(/\/+$/, "") ?? await discover(get, origin, attempt);
      const base = {
        root,
        discovered: options.root === undefined,
        ...(connection.tls === undefined ? {} : { tls: connection.tls }),
        weak: connection.tls === undefined ? ["cleartext"] : [],
      };
      return {
        get reusable() {
          return usable;
        },
        async request(attempt: Attempt): Promise<RestconfResult> {
          const { query, format } = options;
          const media = mediaTypeFor(format);
          if (query === undefined) {
            return { ...base, ...await describeApi(get, origin, root, options, attempt) };
          }
          const url = dataUrl(origin, root, query);
          const answer = (await get(url, media, attempt))!;
          return {
            ...base,
            ...headOf(url, answer),
            reply: {
              path: query.path,
              mediaType: mediaTypeOf(answer),
              bytes: answer.body.length,
              // Nothing there is an answer too (RFC 8040, section 4.3).
              data: answer.status === 204 ? null : readData(answer, format),
            },
          };
        },
        [Symbol.asyncDispose]() {
          connection.close();
          return Promise.resolve();
        },
      };
    } catch (error) {
      connection.close();
      throw error;
    }
  },
};

type Get = (
  url: URL,
  accept: string,
  attempt: Attempt,
  mayMiss?: boolean,
) => Promise<HttpAnswer | undefined>;

async function discover(get: Get, origin: URL, attempt: Attempt): Promise<string> {
  const answer = await get(new URL(HOST_META, origin), "application/xrd+xml", attempt, true);
  if (answer === undefined) {
    throw new ProbeError(
      "not-supported",
      `${origin.host} has no ${HOST_META}; name the API's root`,
    );
  }
  return rootIn(new TextDecoder().decode(answer.body), origin);
}

/** Reads the API's resource and the capabilities; a server need not have the latter. */
async function describeApi(
  get: Get,
  origin: URL,
  root: string,
  { format }: RestconfOptions,
  attempt: Attempt,
) {
  const media = mediaTypeFor(format);
  const url = resourceUrl(origin, root, "");
  const api = (await get(url, media, attempt))!;
  const listed = await get(resourceUrl(origin, root, CAPABILITIES), media, attempt, true);
  const version = yangLibraryVersionIn(readData(api, format));
  const capabilities = listed === undefined ? undefined : capabilitiesIn(readData(listed, format));
  return {
    ...headOf(url, api),
    ...(version === undefined ? {} : { yangLibraryVersion: version }),
    ...(capabilities === undefined ? {} : { capabilities }),
  };
}

function headOf(url: URL, { status, version }: HttpAnswer) {
  return { url: url.href, status, version };
}

function loginFor(target: Target, options: RestconfOptions): string | undefined {
  const user = userOf(target) ?? options.user;
  const password = passwordOf(target) ?? options.password;
  if (user === undefined || password === undefined) return undefined;
  if (user.includes(":")) {
    throw new VersusError(
      `Found a user with a colon, which HTTP's Basic login can't send: ${user}`,
    );
  }
  const bytes = new TextEncoder().encode(`${user}:${password.reveal()}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
