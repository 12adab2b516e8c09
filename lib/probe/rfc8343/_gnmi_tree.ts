/** Puts together what a gNMI target sends in pieces: a whole tree, subtrees, or leaves. */
import { parsePath } from "../gnmi/path.ts";
import type { GnmiNotification } from "../gnmi/types.ts";

type Branch = Record<string, unknown>;

/** Names that would be the runtime's own members. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Makes one tree of updates.
 *
 * @param notifications As they came; lists are named by their keys.
 * @returns The tree from its root, with lists as arrays.
 */
export function treeOfNotifications(notifications: readonly GnmiNotification[]): Branch {
  const root: Branch = {};
  for (const { updates } of notifications) {
    for (const { path, value } of updates) {
      let at: Branch = root;
      const elems = parsePath(path).elem ?? [];
      elems.forEach(({ name = "", key }, i) => {
        const local = name.replace(/^.*:/, "");
        if (FORBIDDEN.has(local)) return;
        const last = i === elems.length - 1;
        if (key !== undefined) at = entryOf(at, local, key);
        else if (last && !isBranch(value)) at[local] = value;
        else at = branchOf(at, local);
      });
      if (isBranch(value)) Object.assign(at, value);
    }
  }
  return root;
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function branchOf(at: Branch, name: string): Branch {
  const found = at[name];
  if (isBranch(found)) return found;
  const made: Branch = {};
  at[name] = made;
  return made;
}

function entryOf(at: Branch, name: string, key: Readonly<Record<string, string>>): Branch {
  const list = Array.isArray(at[name]) ? at[name] as Branch[] : [];
  at[name] = list;
  const found = list.find((entry) =>
    Object.entries(key).every(([part, value]) => String(entry[part]) === value)
  );
  if (found !== undefined) return found;
  const made: Branch = { ...key };
  list.push(made);
  return made;
}
