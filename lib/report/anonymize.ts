/** Leaves out of a run what tells whose machine it was made on. */
import { homedir, userInfo } from "node:os";

/** What must not be shown. */
export interface Identity {
  /** The machine's name. */
  readonly hostname?: string;
  /** The user's name. */
  readonly user?: string;
  /** The user's folder. */
  readonly home?: string;
}

/** As much of a document as tells the machine's name. */
export interface Located {
  /** Where it was made. */
  readonly environment?: { readonly hostname?: string };
}

/**
 * Says whose a document of this machine is.
 *
 * @param document A document with its environment.
 * @returns The machine's name from it, and this user's name and folder.
 */
export function identityOf({ environment }: Located): Identity {
  const hostname = environment?.hostname;
  return {
    ...(hostname === undefined ? {} : { hostname }),
    user: userInfo().username,
    home: homedir(),
  };
}

/** An absolute path in a text, on its own or in a message. */
const ABSOLUTE_PATH = /(?<![\w.~]|:\/)(?:[A-Za-z]:\\|\/)(?:[\w.@+~-]+[\\/])+/g;

/** Replaces a name where it stands for itself: a machine called vm is not in llvm. */
function replaceName(text: string, name: string, by: string): string {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, "g"), by);
}

function scrub(text: string, { hostname, user, home }: Identity): string {
  let clean = text;
  if (home !== undefined && home.length > 1) clean = clean.replaceAll(home, "~");
  clean = clean.replace(ABSOLUTE_PATH, "…/");
  if (hostname) clean = replaceName(clean, hostname, "host");
  // A short name such as "go" would take other words with it.
  if (user !== undefined && user.length > 3) clean = replaceName(clean, user, "user");
  return clean;
}

function scrubAll(value: unknown, identity: Identity): unknown {
  if (typeof value === "string") return scrub(value, identity);
  if (Array.isArray(value)) return value.map((item) => scrubAll(item, identity));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "hostname")
      .map(([key, item]) => [key, scrubAll(item, identity)]),
  );
}

/**
 * Removes host name, user and folders from a run, or from another document.
 *
 * @param document The run, or any JSON.
 * @param identity Whose they are; by default this machine's and this user's.
 * @returns A copy: no `hostname`, paths without their folders, names replaced.
 */
export function anonymize<T extends object>(
  document: T,
  identity: Identity = identityOf(document),
): T {
  return scrubAll(document, identity) as T;
}
