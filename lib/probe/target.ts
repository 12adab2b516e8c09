/** Targets as they are typed: `r1`, `r1:2222`, `[2001:db8::1]:22`, `https://r1.example/path`. */
import { isIP } from "node:net";
import { printable, VersusError } from "../error.ts";
import type { Target } from "./types.ts";

const HINT = "Write a target as r1, r1:2222, 192.0.2.1, [2001:db8::1]:22 or https://r1.example/";

/** Ports of the schemes that a URL may have. */
const SCHEME_PORTS: Readonly<Record<string, number>> = {
  "http:": 80,
  "https:": 443,
  "ssh:": 22,
  "telnet:": 23,
};

/**
 * Reads a target.
 *
 * @param text As it was typed.
 * @returns The target. One that is a URL has it in its variable `url`, and the port of its scheme.
 * @throws {VersusError} If it is no target, or holds a password.
 */
export function parseTarget(text: string): Target {
  const label = text.trim();
  if (label.includes("://")) return fromUrl(label);
  const user = label.lastIndexOf("@");
  if (user !== -1) {
    // What stands before the sign may hold a password.
    throw new VersusError(
      `Found a user in the target …${printable(label.slice(user))}, expected a host`,
      { hint: "Name the user with --user; a password comes from the environment or a file" },
    );
  }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(label);
  if (bracketed !== null) {
    const [, host = "", port] = bracketed;
    if (isIP(host) !== 6) {
      throw invalid(text, `expected an IPv6 address in brackets, found ${host}`);
    }
    return make(label, host, port, text);
  }
  // Two colons or more without brackets: an IPv6 address, which leaves no room for a port.
  if (isIP(label) === 6) return make(label, label, undefined, text);
  const colon = label.indexOf(":");
  if (colon === -1) return make(label, label, undefined, text);
  return make(label, label.slice(0, colon), label.slice(colon + 1), text);
}

function make(label: string, host: string, port: string | undefined, text: string): Target {
  if (!isHost(host)) throw invalid(text, "the host is no name and no address");
  const base = { label, host, variables: {} };
  if (port === undefined) return base;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535) throw invalid(text, "the port is no number from 1 to 65535");
  return { ...base, port: number };
}

/**
 * Says whether a text can be a host: an address, or a name after RFC 1123 with underscores, which
 * some networks use, and letters of all alphabets, which the resolver takes or refuses.
 *
 * @param host Without brackets and port.
 * @returns Whether it can.
 */
export function isHost(host: string): boolean {
  if (isIP(host) !== 0) return true;
  // What looks like an address but is none would be looked up as a name by some resolvers only.
  if (/^[\d.]+$/.test(host)) return false;
  const labels = host.replace(/\.$/, "").split(".");
  return host.length <= 253 &&
    labels.every((label) =>
      /^[\p{L}\p{N}_]([\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u.test(label)
    );
}

function fromUrl(label: string): Target {
  let url: URL;
  try {
    url = new URL(label);
  } catch {
    throw invalid(label, "it is no URL");
  }
  if (url.password !== "") {
    throw new VersusError("Found a password in a target's URL, where other users can read it", {
      hint: "Give it by a variable of the environment or a file; see the options with --help",
    });
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "" || !isHost(host)) throw invalid(label, "its host is no name and no address");
  const port = url.port === "" ? SCHEME_PORTS[url.protocol] : Number(url.port);
  return { label, host, ...(port === undefined ? {} : { port }), variables: { url: url.href } };
}

function invalid(text: string, why: string): VersusError {
  return new VersusError(`Invalid target ${printable(text) || "(nothing)"}: ${printable(why)}`, {
    hint: HINT,
  });
}
