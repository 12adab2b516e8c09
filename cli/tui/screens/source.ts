/** The source of a program, with highlighting. */
import { brokenLine, type Line, type Span, style } from "../../../lib/tui/mod.ts";
import { highlight } from "../highlight.ts";
import { heading, memo, muted, type Screen } from "../screen.ts";
import { sourceKey, type State, valueOf, type View } from "../state.ts";
import type { SourceView } from "../views.ts";

type SourceScreen = Extract<View, { kind: "source" }>;

const highlighted = memo(({ language, files }: SourceView, width: number): readonly Line[] =>
  files.flatMap(({ path, text }): Line[] => {
    const lines = highlight(text, language);
    const digits = String(lines.length).length;
    return [
      heading(path),
      ...lines.flatMap((spans, i) => {
        const number: Span = {
          text: `${String(i + 1).padStart(digits)} `,
          style: style("muted"),
        };
        return brokenLine([number, ...spans], width, " ".repeat(digits + 1));
      }),
      "",
    ];
  })
);

function linesOf(state: State, view: SourceScreen, width: number): readonly Line[] {
  const loaded = state.sources[sourceKey(view.scenario, view.variant)];
  if (loaded?.state === "failed") return [loaded.message];
  const source = valueOf(loaded);
  return source === undefined ? [muted("reading the source")] : highlighted(source, width);
}

/** The screen of a source. */
export const source: Screen<SourceScreen> = {
  title: (_state, view) => `Source of ${view.variant}, ${view.scenario}`,
  lines: linesOf,
  json: (state, view) => valueOf(state.sources[sourceKey(view.scenario, view.variant)]),
};
