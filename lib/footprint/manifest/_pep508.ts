/**
 * Names and requirements of Python packages.
 *
 * Sources: PEP 503 (normalised names), PEP 508 (requirements), PEP 440 (versions), PEP 427 (names of
 * wheels).
 */

/** One requirement. */
export interface Requirement {
  /** The normalised name. */
  readonly name: string;
  /** The version, where exactly one is allowed. */
  readonly version?: string;
  /** The address, for `name @ address`. */
  readonly url?: string;
  /** It holds only on some systems or versions of Python. */
  readonly conditional?: true;
}

/**
 * Normalises a package's name: `Foo._Bar` and `foo-bar` are the same package.
 *
 * @param name As a person or a tool wrote it.
 */
export function pypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*/;
const EXTRAS = /^\[([^\[\]]*)\]\s*/;
const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*([A-Za-z0-9][A-Za-z0-9._+!*-]*)$/;

/** The version that a specifier fixes; `null` if it is no specifier. */
function fixedVersion(specifier: string): string | undefined | null {
  const text = specifier.replace(/^\((.*)\)$/, "$1").trim();
  if (text === "") return undefined;
  let fixed: string | undefined;
  for (const clause of text.split(",")) {
    const match = CLAUSE.exec(clause.trim());
    if (match === null) return null;
    const [, operator, version] = match;
    if ((operator === "==" || operator === "===") && !version!.includes("*")) fixed = version;
  }
  return fixed;
}

/**
 * Reads a requirement.
 *
 * @param text `requests[socks]>=2,<3; python_version < "3.12"`, without a comment.
 * @returns The requirement, or `undefined` if it is none.
 */
export function parseRequirement(text: string): Requirement | undefined {
  const match = NAME.exec(text.trim());
  if (match === null) return undefined;
  const name = pypiName(match[1]!);
  let rest = text.trim().slice(match[0].length);
  const extras = EXTRAS.exec(rest);
  if (extras !== null) {
    if (!/^\s*([A-Za-z0-9._-]+\s*(,\s*[A-Za-z0-9._-]+\s*)*)?$/.test(extras[1]!)) return undefined;
    rest = rest.slice(extras[0].length);
  }
  if (rest.startsWith("@")) {
    const [url, marker] = rest.slice(1).trim().split(/\s+;|\s*;\s+/);
    if (url === undefined || url === "") return undefined;
    return { name, url, ...(marker === undefined ? {} : { conditional: true }) };
  }
  const [specifier, ...marker] = rest.split(";");
  if (rest.includes(";") && marker.join(";").trim() === "") return undefined;
  const version = fixedVersion(specifier!.trim());
  if (version === null) return undefined;
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(marker.length === 0 ? {} : { conditional: true }),
  };
}

/**
 * Reads name and version from the file name of a wheel or a source archive.
 *
 * @param path A path or address, with or without `#…`.
 */
export function fromArchiveName(path: string): Requirement | undefined {
  const file = path.split(/[?#]/)[0]!.split("/").pop()!;
  if (file.length > 255) return undefined;
  const wheel = /^([A-Za-z0-9._]+)-([A-Za-z0-9._!+]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$/.exec(
    file,
  );
  const source = /^([A-Za-z0-9._-]+?)-(\d[A-Za-z0-9._!+]*?)(?:\.tar\.(?:gz|bz2|xz)|\.tgz|\.zip)$/
    .exec(file);
  const match = wheel ?? source;
  return match === null ? undefined : { name: pypiName(match[1]!), version: match[2]! };
}
