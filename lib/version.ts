/** What this program is: version, commit, runtime, packages. */
import config from "../deno.json" with { type: "json" };

/** The version of versus. */
export const VERSION: string = config.version;

/** What a build wrote down about itself, since the program can't look there any more. */
interface Build {
  readonly packages: "jsr" | "airgap";
  /** The full hash; empty where it was not known. */
  readonly commit: string;
}

/** Set by the start of a bundle or a compiled program, after the modules it shares were loaded. */
function build(): Build | undefined {
  return (globalThis as { [key: symbol]: unknown })[Symbol.for("versus.build")] as
    | Build
    | undefined;
}

/**
 * Which packages the program runs with: those of JSR, or the stand-ins for places where JSR cannot be
 * reached.
 */
export function packagesInUse(): "jsr" | "airgap" {
  return build()?.packages ??
    (import.meta.resolve("@std/yaml").startsWith("file:") ? "airgap" : "jsr");
}

/**
 * Names the commit that the program was made from: what the build wrote down, else what the checkout
 * that it runs from stands on.
 *
 * @returns Seven hexadecimal digits; nothing where no one knows.
 */
export function commit(): string | undefined {
  const full = build()?.commit ?? checkedOut();
  return full !== undefined && /^[0-9a-f]{40}$/.test(full) ? full.slice(0, 7) : undefined;
}

/** Reads what git would say; starting git would take longer than the rest of the program. */
function checkedOut(): string | undefined {
  if (import.meta.dirname === undefined) return undefined;
  const folder = `${import.meta.dirname}/../.git`;
  const head = read(`${folder}/HEAD`);
  const ref = head?.match(/^ref: (refs\/.+)$/m)?.[1];
  if (ref === undefined) return head?.trim();
  const packed = () =>
    read(`${folder}/packed-refs`)?.split("\n").find((line) => line.endsWith(` ${ref}`));
  return (read(`${folder}/${ref}`) ?? packed())?.slice(0, 40);
}

function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // Not a checkout, or one whose .git is elsewhere: then nobody knows.
    return undefined;
  }
}

/** The line of `versus --version`. */
export function versionLine(): string {
  const from = commit();
  const parts = [`deno ${Deno.version.deno}`, `${packagesInUse()} packages`];
  if (from !== undefined) parts.unshift(`commit ${from}`);
  return `versus ${VERSION} (${parts.join(", ")})`;
}
