/** Paths as the kernel sees them: bytes, here as binary strings with one character a byte. */

/** Characters of a string in one call of `fromCharCode`. */
const PIECE = 8192;

/**
 * Makes a path absolute without looking at the file system: `.`, `..` and double slashes are undone
 * in the text, links are not followed.
 *
 * @param folder Where a relative path starts: absolute and normalised.
 * @param path The path, not empty.
 * @returns Absolute, without a slash at the end.
 */
export function resolvePath(folder: string, path: string): string {
  const absolute = path.charCodeAt(0) === 0x2f;
  if (!absolute && folder === "") return normalise(`/${path}`);
  return normalise(absolute ? path : `${folder === "/" ? "" : folder}/${path}`);
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/**
 * Finds the folder that a path is in.
 *
 * @param path Absolute and normalised.
 * @returns The folder.
 */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

/**
 * Turns text into the bytes that it has in a path.
 *
 * @param text Any text.
 * @returns Its UTF-8 as a binary string.
 */
export function toBinary(text: string): string {
  // deno-lint-ignore no-control-regex -- all of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return text;
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return binary;
}

/**
 * Turns a binary string into its bytes.
 *
 * @param binary One character a byte.
 * @returns The bytes.
 */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder("utf-8", { ignoreBOM: true });

/** A path for a document. */
export interface ShownPath {
  /** Its text; what is no UTF-8 is U+FFFD. */
  readonly path: string;
  /** Its bytes, where the text does not tell them. */
  readonly pathBase64?: string;
}

/**
 * Turns the bytes of a path into text.
 *
 * @param binary One character a byte.
 * @returns The text, and the bytes if they are no UTF-8.
 */
export function showPath(binary: string): ShownPath {
  // deno-lint-ignore no-control-regex -- all of ASCII
  if (/^[\u0000-\u007f]*$/.test(binary)) return { path: binary };
  const bytes = bytesOf(binary);
  try {
    return { path: strict.decode(bytes) };
  } catch {
    // The only reason is that the bytes are no UTF-8.
    return { path: lossy.decode(bytes), pathBase64: btoa(binary) };
  }
}
