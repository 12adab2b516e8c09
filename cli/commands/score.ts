/** `versus score` */
import { Command } from "@cliffy/command";
import { printable } from "../../lib/error.ts";
import { toJson } from "../../lib/report/mod.ts";
import { renderScore } from "../../lib/report/score.ts";
import { dataPath } from "../../lib/runtime/mod.ts";
import {
  chooseWeights,
  DEFAULT_CARD,
  explainCategory,
  latestRuns,
  loadCard,
  loadLanguages,
  scenariosOf,
  type ScoreCard,
  scoreCard,
  type ScoreDocument,
} from "../../lib/score/mod.ts";
import { print, styleOf, tell } from "../output.ts";
import { parseAssignments, parseList } from "../values.ts";

interface ScoreFlags {
  card?: string[];
  profile?: string;
  weights?: string[];
  explain?: string;
  json?: boolean;
  color?: boolean;
  verbose?: boolean;
}

/** Makes the command. */
export function scoreCommand() {
  return new Command()
    .description(
      "Show the versus table: scores that a document gave, beside those that the runs on this machine " +
        "give. A cell that was not measured is open. --verbose lists what every score rests on.",
    )
    .option(
      "--card <name:string>",
      "A bundled scorecard, or a YAML file of your own; repeat it to see several (default: nanog90).",
      { collect: true },
    )
    .option(
      "--profile <name:string>",
      "Weights for a need: network-automation, fast-deployment, legacy-access, least-code, telemetry, " +
        "low-level.",
    )
    .option("--weights <list:string>", "Weights by category: performance=2,community=0.", {
      collect: true,
    })
    .option(
      "--explain <category:string>",
      "Show the formula of a category, why its constants are what they are, and every figure worked out.",
    )
    .option("--json", "Print one JSON document.")
    .example("the versus table", "versus score")
    .example("for a need", "versus score --profile legacy-access")
    .example("with weights of your own", "versus score --weights performance=2,community=0")
    .example("how it comes about", "versus score --explain performance")
    .example("beside a card of your own", "versus score --card nanog90 --card ./mine.yaml")
    .action(async (flags: unknown) => await score(flags as ScoreFlags));
}

async function score(flags: ScoreFlags): Promise<void> {
  const folder = dataPath("scenarios/scorecards");
  const cards = await Promise.all(
    (flags.card ?? [DEFAULT_CARD]).map((name) => loadCard(name, folder)),
  );
  const facts = await loadLanguages(dataPath("scenarios/facts"));
  const given = parseAssignments("--weights", parseList(flags.weights));
  const weighted = cards.map((card) => ({
    card,
    weights: chooseWeights(card, flags.profile, given),
  }));
  const runs = latestRuns({
    scenarios: new Set(cards.flatMap((card) => [...scenariosOf(card)])),
    onProblem: (error) => tell(`Left out: ${printable(error.message)}`),
  });
  const [first, ...others] = weighted.map((each): ScoreCard => scoreCard({ ...each, runs, facts }));
  const document: ScoreDocument = {
    schema: "versus.score/1",
    ...first!,
    ...(flags.explain === undefined ? {} : {
      explain: explainCategory({ card: cards[0]!, runs, facts }, flags.explain, first!.languages),
    }),
    ...(others.length === 0 ? {} : { others }),
  };
  if (flags.json) return print(toJson(document, 2));
  const style = styleOf(Deno.stdout, flags.color);
  print(renderScore(document, { ...style, verbose: flags.verbose ?? false }));
}
