/** `versus history trend` */
import { metricName } from "../../lib/bench/metrics.ts";
import { toJson } from "../../lib/report/json.ts";
import { renderTrend } from "../../lib/report/trend.ts";
import { findCase, trendOf } from "../../lib/store/trend.ts";
import { withHistory } from "../../lib/store/with_history.ts";
import { print, styleOf } from "../output.ts";
import { parseCount } from "../values.ts";
import { filterOf, type HistoryFlags, OPEN, requireWords } from "./flags.ts";

/** Shows one case over time. */
export async function showTrend(flags: HistoryFlags, words: readonly string[]): Promise<void> {
  requireWords("trend", words, "one case, such as flipsum/go", 1, 1);
  const { since, until, machine } = filterOf(flags);
  const document = await withHistory((history) =>
    trendOf(history, findCase(history, words[0]!), {
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(machine === undefined ? {} : { machine }),
      ...(flags.metric === undefined ? {} : { metric: metricName(flags.metric) }),
      ...(flags.limit === undefined ? {} : { limit: parseCount("--limit", flags.limit, 1) }),
    }), OPEN);
  if (flags.json) return print(toJson(document, 2));
  print(renderTrend(document, styleOf(Deno.stdout, flags.color)));
}
