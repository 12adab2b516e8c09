/** What tests against real servers share. */
import { fileURLToPath } from "node:url";
import type { LabServer } from "../../lib/probe/lab/types.ts";

const SCRIPT = fileURLToPath(new URL("./install.sh", import.meta.url));

/**
 * Makes sure that programs are here: installs them where it may (root and apt).
 *
 * @param needs Commands and the Debian packages that have them.
 * @returns Why they can't be had, for a test that is skipped; nothing when they are here.
 * @throws {Error} With `CI=true`, where a missing peer is a failure.
 */
export function missingPeers(
  needs: Readonly<Record<string, string>>,
): string | undefined {
  const pairs = Object.entries(needs).map(([command, name]) => `${command}:${name}`);
  const { success, stderr } = new Deno.Command(SCRIPT, { args: pairs, stdout: "null" })
    .outputSync();
  if (success) return undefined;
  const why = new TextDecoder().decode(stderr).trim();
  if (Deno.env.get("CI") === "true") throw new Error(`Peers are missing: ${why}`);
  return why;
}

/** The same for the programs of servers of the lab. */
export function missingServers(...servers: readonly LabServer[]): string | undefined {
  return missingPeers(Object.assign({}, ...servers.map(({ needs }) => needs)));
}
