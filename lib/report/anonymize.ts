/** Leaves out of a run what tells whose machine it was made on. */
import { homedir, userInfo } from "node:os";
import type { RunRecord } from "../record/schema.ts";

/** What must not be shown. */
export interface Identity {
  /** The machine's name. */
  readonly hostname?: string;
  /** The user's name. */
  readonly user?: string;
  /** The user's folder. */
  readonly home?: string;
}

function ownIdentity(record: RunRecord): Identity {
  const { hostname } = record.environment;
  return {
    ...(hostname === undefined ? {} : { hostname }),
    user: userInfo().username,
    home: homedir(),
  };
}

/** An absolute path in a text, on its own or in a message. */
const ABSOLUTE_PATH = /(?<![\w.~]|:\/)(?:[A-Za-z]:\\|\/)(?:[\w.@+~-]+[\\/])+/g;

function scrub(text: string, { hostname, user, home }: Identity): string {
  let clean = text;
  if (home !== undefined && home.length > 1) clean = clean.replaceAll(home, "~");
  clean = clean.replace(ABSOLUTE_PATH, "…/");
  if (hostname) clean = clean.replaceAll(hostname, "host");
  // A short name such as "go" would take other words with it.
  if (user !== undefined && user.length > 3) clean = clean.replaceAll(user, "user");
  return clean;
}

/** Members that are left out: a name, and paths in a form that can't be read. */
const LEFT_OUT = new Set(["hostname", "pathBase64"]);

function scrubAll(value: unknown, identity: Identity, traced = false): unknown {
  if (typeof value === "string") {
    const clean = scrub(value, identity);
    // Paths of traced files are absolute, and stay so.
    return traced && value.startsWith("/") && !clean.startsWith("/") ? `/${clean}` : clean;
  }
  if (Array.isArray(value)) return value.map((item) => scrubAll(item, identity, traced));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, item]) => [key, scrubAll(item, identity, traced || key === "footprint")]),
  );
}

/**
 * Removes host name, user and folders from a run.
 *
 * @param record The run.
 * @param identity Whose they are; by default this machine's and this user's.
 * @returns A copy: no `hostname`, paths without their folders, names replaced.
 */
export function anonymize(record: RunRecord, identity: Identity = ownIdentity(record)): RunRecord {
  return scrubAll(record, identity) as RunRecord;
}
