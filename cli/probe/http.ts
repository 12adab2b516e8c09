/** `versus probe http` */
import type { HttpOptions } from "../../lib/probe/http/types.ts";
import { printable, VersusError } from "../../lib/error.ts";
import { http } from "../../lib/probe/protocols/http.ts";
import type { HttpResult } from "../../lib/probe/results.ts";
import { readSecret, type Secret, secret } from "../../lib/probe/secret.ts";
import type { Expectation } from "../../lib/probe/types.ts";
import { oneOf, parseAssignments, parseCount } from "../values.ts";
import { askSecret } from "./_ask_secret.ts";
import { parsePattern } from "./_pattern.ts";
import {
  daysGate,
  readTlsOptions,
  type TlsFlags,
  tlsLines,
  withTlsOptions,
} from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface HttpFlags extends TlsFlags {
  method?: string;
  path?: string;
  https?: boolean;
  httpVersion?: string;
  header?: string[];
  headerEnv?: string[];
  user?: string;
  passwordEnv?: string;
  passwordFile?: string;
  redirects?: string;
  maxBody?: string;
  expectStatus?: string;
  expectBody?: string;
  expectHeader?: string[];
}

/** 10 MiB: enough for what one checks, too little to fill the memory of many probes. */
const MAX_BODY = 10 * 1024 * 1024;
/** Headers whose values are secrets, which do not belong on the command line. */
const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie)$|token|secret|api-?key|password/i;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** HTTP's part of the command line. */
export const httpCommand: ProbeCommand<HttpFlags, HttpOptions, HttpResult> = {
  protocol: http,
  define: (command) =>
    withTlsOptions(
      command
        .option("--method <name:string>", "GET, HEAD or OPTIONS (default: GET).")
        .option("--path <path:string>", "What to ask a target for that is no URL (default: /).")
        .option("--https", "Use TLS for targets that are no URLs; ports 443 and 8443 always do.")
        .option("--http-version <version:string>", "auto, 1.1 or 2 (default: auto, by ALPN).")
        .option("--header <line:string>", "Send a header, as 'Accept: text/html'; no secrets.", {
          collect: true,
        })
        .option(
          "--header-env <pair:string>",
          "Send a header from a variable, as X-Token=MY_TOKEN.",
          {
            collect: true,
          },
        )
        .option(
          "--user <name:string>",
          "Authenticate as this user (Basic); the password is asked for.",
        )
        .option("--password-env <variable:string>", "The variable that holds the password.")
        .option("--password-file <file:string>", "The file that holds the password.")
        .option("--redirects <count:string>", "Follow so many (default: 5; 0 shows the first).")
        .option("--max-body <bytes:string>", "Fail if the body is larger (default: 10 MiB).")
        .option(
          "--expect-status <list:string>",
          "Fail unless the status is one of these, as 200,204.",
        )
        .option("--expect-body <text:string>", "Fail unless the body has this, or matches /this/.")
        .option(
          "--expect-header <line:string>",
          "Fail unless there is this header, as 'Server: x'.",
          {
            collect: true,
          },
        ),
    ).example(
      "a check for CI",
      "versus probe http https://r1/health --expect-status 200 --min-days 14",
    ),
  options(flags) {
    const { expectBody, expectStatus, path = "/", https, redirects, maxBody } = flags;
    if (!path.startsWith("/")) {
      throw new VersusError(`Found ${printable(path)} for --path, expected it to begin with /`);
    }
    return {
      method: oneOf("method", (flags.method ?? "GET").toUpperCase(), ["GET", "HEAD", "OPTIONS"]),
      path,
      https: https === true,
      version: oneOf("version of HTTP", flags.httpVersion ?? "auto", ["auto", "1.1", "2"]),
      headers: { ...readHeaders(flags), ...readBasic(flags) },
      redirects: redirects === undefined ? 5 : parseCount("--redirects", redirects),
      maxBodyBytes: maxBody === undefined ? MAX_BODY : parseCount("--max-body", maxBody),
      ...(expectBody === undefined
        ? {}
        : { bodyMatches: parsePattern("--expect-body", expectBody) }),
      failOnStatus: expectStatus === undefined,
      tls: readTlsOptions(flags),
    };
  },
  expectations: ({ expectStatus, expectBody, expectHeader = [] }) => [
    ...(expectStatus === undefined ? [] : [statusExpectation(expectStatus)]),
    ...(expectBody === undefined ? [] : [bodyExpectation(expectBody)]),
    ...expectHeader.map(headerExpectation),
  ],
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe({ url, status, version, bodyBytes, redirects, headers, tls }) {
    const type = headers["content-type"];
    return [
      ...redirects.map(({ status, location }) => `${status} to ${location}`),
      `HTTP/${version} ${status} ${url}, ${bodyBytes} bytes${
        type === undefined ? "" : ` of ${type}`
      }`,
      ...(tls === undefined ? [] : tlsLines(tls)),
    ];
  },
};

function readHeaders({ header = [], headerEnv = [] }: HttpFlags): Record<string, string | Secret> {
  const plain = header.map((line) => {
    const [name, value] = splitHeader("--header", line);
    if (SECRET_HEADER.test(name)) {
      throw new VersusError(`Found --header ${name}, whose value is a secret`, {
        hint: `Put the value in a variable, and give its name: --header-env ${name}=VARIABLE`,
      });
    }
    return [name, value] as const;
  });
  const hidden = Object.entries(parseAssignments("--header-env", headerEnv)).map(([name, env]) => {
    checkName("--header-env", name);
    const value = readSecret({ name: `header ${name}`, env })!;
    if (/[\r\n\0]/.test(value.reveal())) {
      throw new VersusError(`The variable ${env} has a line end, which a header can't have`);
    }
    return [name.toLowerCase(), value] as const;
  });
  return Object.fromEntries([...plain, ...hidden]);
}

function splitHeader(option: string, line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(0, colon)).trim();
  checkName(option, name);
  const value = line.slice(colon + 1).trim();
  if (/[\r\n\0]/.test(value)) {
    throw new VersusError(`Found a line end in the value of ${option} ${name}`);
  }
  return [name.toLowerCase(), value];
}

function checkName(option: string, name: string): void {
  if (HEADER_NAME.test(name)) return;
  throw new VersusError(`Found ${printable(name) || "no name"} for ${option}, expected a header`, {
    hint: "Write it as 'Name: value'; --header-env takes Name=VARIABLE",
  });
}

function readBasic({ user, passwordEnv, passwordFile }: HttpFlags): Record<string, Secret> {
  if (user === undefined) return {};
  const password = readSecret({
    name: "password",
    ...(passwordEnv === undefined ? {} : { env: passwordEnv }),
    ...(passwordFile === undefined ? {} : { file: passwordFile }),
  }) ?? askSecret(`password of ${printable(user)}`);
  const bytes = new TextEncoder().encode(`${user}:${password.reveal()}`);
  return { authorization: secret(`Basic ${btoa(String.fromCharCode(...bytes))}`) };
}

function statusExpectation(text: string): Expectation<HttpResult> {
  const option = "--expect-status";
  const wanted = text.split(",").map((part) => parseCount(option, part.trim(), 100));
  return {
    option,
    check: ({ status }) =>
      wanted.includes(status) ? undefined : `expected ${wanted.join(" or ")}, found ${status}`,
  };
}

function bodyExpectation(text: string): Expectation<HttpResult> {
  return {
    option: "--expect-body",
    check: ({ bodyMatches, bodyBytes }) =>
      bodyMatches ? undefined : `expected ${text}, which the ${bodyBytes} bytes do not have`,
  };
}

function headerExpectation(line: string): Expectation<HttpResult> {
  const option = "--expect-header";
  const [name, value] = splitHeader(option, line);
  const matches = parsePattern(option, value);
  return {
    option,
    check({ headers }) {
      const found = headers[name];
      if (found === undefined) return `there is no header ${name}`;
      return matches(found) ? undefined : `expected ${name}: ${value}, found ${found}`;
    },
  };
}
