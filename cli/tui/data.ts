/**
 * Makes what the screens show, in a process of its own: `versus tui --data KIND`. The libraries that it
 * takes (YAML, validators, SQLite) are four times as large as the screen.
 */
import { VersusError } from "../../lib/error.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import { keepScore } from "./score_cache.ts";
import type {
  ClaimView,
  DataKinds,
  HistoryView,
  RunView,
  ScenarioView,
  ScoreView,
  SourceView,
} from "./views.ts";

/** The kinds of data, and the words that each needs. */
export const KINDS = ["score", "claims", "history", "scenarios", "run", "source"] as const;

/** A kind of data. */
export type Kind = typeof KINDS[number];

async function scoreData(): Promise<ScoreView> {
  const score = await import("../../lib/score/mod.ts");
  const card = await score.loadCard(score.DEFAULT_CARD, dataPath("scenarios/scorecards"));
  const facts = await score.loadLanguages(dataPath("scenarios/facts"));
  const runs = score.latestRuns({ scenarios: score.scenariosOf(card) });
  const weights = score.chooseWeights(card, undefined);
  const made = score.scoreCard({ card, runs, facts, weights });
  const measured = card.categories.filter((category) => category.measured !== undefined);
  const view: ScoreView = {
    card: made,
    profiles: card.profiles.map(({ name, title, weights }) => ({ name, title, weights })),
    explain: Object.fromEntries(
      measured.map(({ id }) => [
        id,
        score.explainCategory({ card, runs, facts }, id, made.languages),
      ]),
    ),
  };
  keepScore(view);
  return view;
}

async function claimsData(): Promise<readonly ClaimView[]> {
  const score = await import("../../lib/score/mod.ts");
  const lists = await score.loadBundledClaims(dataPath("scenarios/claims"));
  const chosen = score.chooseClaims(lists, []);
  const runs = score.latestRuns({ scenarios: score.scenariosOfClaims(chosen) });
  return chosen.map((claim) => score.judgeClaim(claim, runs, new Map()).result);
}

async function historyData(): Promise<readonly HistoryView[]> {
  const { listRuns, useHistory } = await import("../../lib/store/mod.ts");
  return useHistory((history) => listRuns(history));
}

async function runData(id: string): Promise<RunView> {
  const { loadRun, requireRun, useHistory } = await import("../../lib/store/mod.ts");
  return useHistory((history) => loadRun(history, requireRun(history, id)));
}

async function scenariosData(): Promise<readonly ScenarioView[]> {
  const { describeParameter, loadScenarios } = await import("../../lib/scenario/mod.ts");
  const all = await loadScenarios(dataPath("scenarios"), { bundled: true });
  return all.map((scenario) => ({
    name: scenario.name,
    kind: scenario.kind,
    title: scenario.title,
    computes: scenario.computes,
    parameters: scenario.parameters.map((parameter) => ({
      name: parameter.name,
      title: parameter.title,
      default: String(parameter.default),
      values: describeParameter(parameter),
    })),
    variants: scenario.variants.map(({ name, language, title = "" }) => ({
      name,
      language,
      title,
    })),
  }));
}

async function sourceData(name: string, variantName: string): Promise<SourceView> {
  const { findScenario, sourceFiles } = await import("../../lib/scenario/mod.ts");
  const { join } = await import("node:path");
  const scenario = await findScenario(name, [dataPath("scenarios")]);
  const variant = scenario.variants.find((v) => v.name === variantName);
  if (variant === undefined) {
    throw new VersusError(`${name} has no variant ${variantName} any more`);
  }
  const paths = await sourceFiles(scenario, variant);
  const files = await Promise.all(
    paths.map(async (path) => ({
      path,
      text: await Deno.readTextFile(join(scenario.folder, path)),
    })),
  );
  return { language: variant.language, files };
}

/**
 * Makes the data of a screen.
 *
 * @param kind Which.
 * @param words A run's identifier; a scenario and a variant.
 * @returns Plain data, see `views.ts`.
 * @throws {VersusError} If it can't be made.
 */
export async function loadData(kind: Kind, words: readonly string[]): Promise<unknown> {
  switch (kind) {
    case "score":
      return await scoreData();
    case "claims":
      return await claimsData();
    case "history":
      return await historyData();
    case "scenarios":
      return await scenariosData();
    case "run":
      return await runData(words[0] ?? "");
    case "source":
      return await sourceData(words[0] ?? "", words[1] ?? "");
  }
}

/** What a kind of data is when it is made in this process. */
export async function loadKind<K extends keyof DataKinds>(kind: K): Promise<DataKinds[K]> {
  return await loadData(kind, []) as DataKinds[K];
}
