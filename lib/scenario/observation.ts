import type { Scenario } from "./types.ts";

/**
 * Answers the questions of a scenario from what a program printed.
 *
 * @param scenario Its questions are regular expressions, in which `^` and `$` stand at lines.
 * @param stdout Standard output.
 * @param stderr Standard error.
 * @returns Yes or no by the question's name; `undefined` when the scenario asks nothing.
 */
export function observe(
  { observe: questions = [] }: Pick<Scenario, "observe">,
  stdout: string,
  stderr: string,
): Record<string, boolean> | undefined {
  if (questions.length === 0) return undefined;
  const text = `${stdout}\n${stderr}`;
  return Object.fromEntries(
    questions.map(({ name, pattern }) => [name, new RegExp(pattern, "mu").test(text)]),
  );
}
