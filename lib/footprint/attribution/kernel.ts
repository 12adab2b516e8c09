/** What the kernel shows as files. */
import { isWithin } from "./_files.ts";
import type { Rule } from "./types.ts";

const FOLDERS: readonly (readonly [folder: string, name: string])[] = [
  ["/proc", "proc"],
  ["/sys", "sys"],
];

/** Memory that is shared through files: a temporary place, though it lies in /dev. */
const SHARED = ["/dev/shm", "/dev/mqueue"];

/** Makes the rule. */
export function kernel(): Rule {
  return {
    find(path) {
      for (const [folder, name] of FOLDERS) {
        if (isWithin(path, folder)) return { owner: `kernel:${name}`, rule: name };
      }
      if (!isWithin(path, "/dev") || SHARED.some((folder) => isWithin(path, folder))) {
        return undefined;
      }
      return { owner: "kernel:dev", rule: "device" };
    },
  };
}
