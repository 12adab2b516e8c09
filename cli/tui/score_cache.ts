/**
 * The scores as they were last read, for the first frame; they are read anew right after it.
 *
 * It is loaded before the first frame, so that it loads nothing of Node, which would take longer than
 * all the rest.
 */
import { VERSION } from "../../lib/version.ts";
import type { ScoreView } from "./views.ts";

/** Another version of the program may have other fields. */
interface Kept {
  readonly version: string;
  readonly score: ScoreView;
}

/** The cache folder, as `cacheFolder` in `lib/record/home.ts` finds it; nothing without a home. */
function folder(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
): string | undefined {
  const own = env("VERSUS_HOME");
  if (own) return `${own}/cache`;
  if (Deno.build.os === "windows") {
    const local = env("LOCALAPPDATA");
    return local ? `${local}\\versus\\cache` : undefined;
  }
  const home = env("HOME");
  if (Deno.build.os === "darwin") return home ? `${home}/Library/Caches/versus` : undefined;
  const xdg = env("XDG_CACHE_HOME");
  return xdg?.startsWith("/") ? `${xdg}/versus` : home ? `${home}/.cache/versus` : undefined;
}

const NAME = "tui-score.json";

/**
 * Reads the scores that were kept.
 *
 * @returns The scores; `undefined` when there are none that can be used.
 */
export function readKeptScore(): ScoreView | undefined {
  try {
    const kept = JSON.parse(Deno.readTextFileSync(`${folder()}/${NAME}`)) as Partial<Kept>;
    return kept.version === VERSION ? kept.score : undefined;
  } catch {
    // None yet, cut off, no home: the scores come a moment later.
    return undefined;
  }
}

/**
 * Keeps scores for the next start. Without a place for them the next start is a little slower.
 *
 * @param score The scores.
 */
export function keepScore(score: ScoreView): void {
  const into = folder();
  if (into === undefined) return;
  const kept: Kept = { version: VERSION, score };
  const part = `${into}/${NAME}.${Deno.pid}`;
  try {
    Deno.mkdirSync(into, { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(part, JSON.stringify(kept), { mode: 0o600 });
    Deno.renameSync(part, `${into}/${NAME}`);
  } catch {
    // A full disk or a read-only home; what matters was printed.
  }
}
