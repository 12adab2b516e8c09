/** `yarn.lock`: version 1 has a syntax of its own, later ones ("berry") are YAML. */
import { readYarnBerry } from "./_yarn_berry.ts";
import { readYarnClassic } from "./_yarn_classic.ts";
import type { ManifestReader } from "./types.ts";

/** Reads yarn's lock files. */
export const yarnLock: ManifestReader = {
  names: ["yarn.lock"],
  written: true,
  matches: (name) => name === "yarn.lock",
  read: async (file) =>
    /^__metadata:/m.test(file.text) ? readYarnBerry(file) : await readYarnClassic(file),
};
