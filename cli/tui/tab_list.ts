/** The tabs in order, with the keys that lead to them. */
import type { TabLabel } from "../../lib/tui/mod.ts";
import { type State, type TabId, valueOf } from "./state.ts";

/** A tab with its name. */
export interface NamedTab extends TabLabel {
  /** Which one it is. */
  readonly id: TabId;
  /** The words that lead to it after `:`. */
  readonly words: readonly string[];
}

/** Keys 2 to 9 lead to categories; a card may have more, which have no key. */
const DIGITS = 9;

/**
 * Lists the tabs.
 *
 * @param state The state; the categories are known once the card has been read.
 * @returns The tabs from left to right.
 */
export function tabsOf(state: State): NamedTab[] {
  const categories = valueOf(state.data.score)?.card.categories ?? [];
  return [
    { id: "overview", name: "Overview", key: "1", words: ["overview"] },
    ...categories.map(({ id, short }, i): NamedTab => ({
      id: `category:${i}`,
      name: short,
      words: [id],
      ...(i + 2 <= DIGITS ? { key: String(i + 2) } : {}),
    })),
    { id: "lab", name: "Lab", key: "0", words: ["lab"] },
    { id: "claims", name: "Claims", words: ["claims"] },
    { id: "probes", name: "Probes", words: ["probes"] },
    { id: "history", name: "History", words: ["history"] },
  ];
}
