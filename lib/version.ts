/** What this program is: version, runtime, packages. */
import config from "../deno.json" with { type: "json" };

/** The version of versus. */
export const VERSION: string = config.version;

/**
 * Which packages the program runs with: those of JSR, or the stand-ins for places where JSR cannot be
 * reached.
 */
export function packagesInUse(): "jsr" | "airgap" {
  const packed = Deno.env.get("VERSUS_PACKAGES");
  if (packed === "jsr" || packed === "airgap") return packed;
  return import.meta.resolve("@std/yaml").startsWith("file:") ? "airgap" : "jsr";
}

/** The line of `versus --version`. */
export function versionLine(): string {
  return `versus ${VERSION} (deno ${Deno.version.deno}, ${packagesInUse()} packages)`;
}
