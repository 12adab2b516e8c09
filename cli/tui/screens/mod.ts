/** All kinds of screens by name. */
import type { AnyScreen } from "../screen.ts";
import type { View } from "../state.ts";
import { category } from "./category.ts";
import { claim, claims } from "./claims.ts";
import { evidence } from "./evidence.ts";
import { history } from "./history.ts";
import { lab, setup } from "./lab.ts";
import { overview } from "./overview.ts";
import { probes } from "./probes.ts";
import { run } from "./run.ts";
import { samples } from "./samples.ts";
import { source } from "./source.ts";
import { watch } from "./watch.ts";

const SCREENS = {
  overview,
  category,
  evidence,
  run,
  samples,
  source,
  lab,
  setup,
  watch,
  claims,
  claim,
  probes,
  history,
};

/**
 * Finds the kind of a screen.
 *
 * @param view The screen.
 * @returns Its kind, which takes no other view than this.
 */
export function screenOf(view: View): AnyScreen {
  return SCREENS[view.kind] as unknown as AnyScreen;
}
