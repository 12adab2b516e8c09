/** Package URLs (ECMA-427): `pkg:npm/%40scope/name@1.2.3`. */
import type { FootprintPackage } from "../record/footprint_types.ts";

/** Types in package URLs by ecosystem. Runtimes have none of their own. */
const TYPES: Readonly<Record<FootprintPackage["ecosystem"], string>> = {
  pypi: "pypi",
  npm: "npm",
  jsr: "jsr",
  go: "golang",
  cargo: "cargo",
  deb: "deb",
  rpm: "rpm",
  apk: "apk",
  runtime: "generic",
};

/** Ecosystems whose packages belong to a distribution. */
const OF_SYSTEM = new Set(["deb", "rpm", "apk"]);

/** Percent-encodes all but what a part of a package URL may hold. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Tells the distribution of this machine as package URLs name it.
 *
 * @returns `debian`, `ubuntu`, `fedora`; `undefined` where the system does not say.
 */
export function distribution(): string | undefined {
  try {
    const text = Deno.readTextFileSync("/etc/os-release");
    return /^ID="?([a-z0-9._-]+)"?$/m.exec(text)?.[1];
  } catch {
    // Not every system has that file.
    return undefined;
  }
}

/**
 * Writes a package as a URL.
 *
 * @param one The package.
 * @param system The distribution, for packages of the system.
 * @returns The URL; `undefined` for a package of the system whose distribution is not known.
 */
export function packageUrl(
  { ecosystem, name, version }: FootprintPackage,
  system: string | undefined,
): string | undefined {
  const ofSystem = OF_SYSTEM.has(ecosystem);
  if (ofSystem && system === undefined) return undefined;
  const path = [...(ofSystem ? [system!] : []), ...name.split("/")].map(encode).join("/");
  return `pkg:${TYPES[ecosystem]}/${path}${version === undefined ? "" : `@${encode(version)}`}`;
}
