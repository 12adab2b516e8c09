/** Every mutation of a manifest or lock file gives a result that holds together, or a VersusError. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { VersusError } from "../../../lib/error.ts";
import { type Declarations, readManifests } from "../../../lib/footprint/manifest/mod.ts";
import { diceOf, mutateText } from "../_mutate.ts";
import { assemble, scratch } from "../_support.ts";
import { LOCKS } from "./_locks.ts";

/** How many mutations of each file; `VERSUS_FUZZ` sets another number. */
const ROUNDS = Number(Deno.env.get("VERSUS_FUZZ") ?? 120);

const MANIFESTS: readonly (readonly [file: string, ...parts: string[]])[] = [
  ["package.json", "node/project"],
  ["pyproject.toml", "python"],
  ["pyproject.toml", "python/poetry/2"],
  ["requirements.in", "python"],
  ["Cargo.toml", "rust/project"],
  ["deno.jsonc", "deno/project"],
];

function check({ manifests, packages, directKnown }: Declarations): void {
  for (const { packages, direct, indirect } of manifests) {
    if (direct !== undefined) expect(direct + indirect!).toBe(packages);
  }
  if (manifests.every(({ direct }) => direct !== undefined)) expect(directKnown).toBe(true);
  const keys = packages.map(({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { name, version, direct } of packages) {
    expect(typeof name).toBe("string");
    expect(name).not.toBe("");
    expect(version).not.toBe("");
    expect(typeof direct).toBe("boolean");
  }
}

describe("mutated manifests", () => {
  for (const [file, ...parts] of [...LOCKS, ...MANIFESTS]) {
    it(`${parts.at(-1)}/${file}: a result or a clear refusal`, async () => {
      using work = scratch();
      assemble(work.path, ...parts);
      const path = join(work.path, file);
      const text = Deno.readTextFileSync(path);
      let read = 0;
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const mutated = mutateText(text, diceOf(seed));
        Deno.writeTextFileSync(path, mutated);
        try {
          check(await readManifests(path));
          read++;
        } catch (error) {
          if (error instanceof VersusError) continue;
          throw new Error(`seed ${seed} of ${parts.at(-1)}/${file}`, { cause: error });
        }
      }
      // Some mutations change nothing that counts.
      expect(read).toBeGreaterThan(0);
    });
  }
});
