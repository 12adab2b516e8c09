/** The toolchains of this machine, for tests that need real ones. */
import { it } from "@std/testing/bdd";
import {
  findToolchains,
  isMissing,
  type MissingToolchain,
  type Toolchain,
  TOOLCHAIN_NAMES,
  type ToolchainName,
} from "../../lib/toolchain/mod.ts";

const found = await findToolchains(TOOLCHAIN_NAMES, { timeoutMs: 30_000 });

/** What was found of each. */
export const realToolchain: ReadonlyMap<ToolchainName, Toolchain | MissingToolchain> = new Map(
  TOOLCHAIN_NAMES.map((name, i) => [name, found[i]!]),
);

/**
 * Registers a case that needs a real toolchain: left out with the reason where it is missing, a
 * failure in CI, which has all of them.
 */
export function itWith(
  name: ToolchainName,
  title: string,
  body: (real: Toolchain) => void | Promise<void>,
): void {
  const real = realToolchain.get(name)!;
  if (!isMissing(real)) {
    it(title, () => body(real));
  } else if (Deno.env.get("CI") === "true") {
    it(title, () => {
      throw new Error(`CI has no ${name}: ${real.reason}`);
    });
  } else {
    it.skip(`${title} (no ${name}: ${real.reason})`, () => {});
  }
}
