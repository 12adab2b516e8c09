/** Runs a script on a terminal. */
import { ProbeError } from "../error.ts";
import { redact } from "../secret.ts";
import type { Attempt } from "../types.ts";
import { type Answer, ANY_PROMPT, type Dialogue, learnPrompt, startDialogue } from "./dialogue.ts";
import type { EnableMode, Script, ScriptStep } from "./schema.ts";
import type { Terminal } from "./terminal.ts";

/** What became of a step. */
export interface StepResult {
  /** The step's name; what was sent if it has none. */
  readonly name: string;
  /** The output without echo and prompt. */
  readonly output: string;
  /** The line that ended it. */
  readonly prompt: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** What became of a script. */
export interface ScriptResult {
  /** The first prompt. */
  readonly prompt: string;
  /** What the device said before it. */
  readonly greeting: string;
  /** What became of each step, in order. */
  readonly steps: readonly StepResult[];
}

/**
 * Runs a script: waits for the prompt, turns paging off, enters privileged mode, does the steps. Ends
 * `firstByteMs` with the first prompt and `transferMs` with the last one.
 *
 * @param terminal A terminal after login.
 * @param script What to do.
 * @param maxAnswer The most that one answer may have, in characters.
 * @param attempt The attempt.
 * @returns The output of each step.
 * @throws {ProbeError} `timeout`, `closed`, `too-large`; `auth-failed` if privileged mode is refused,
 * `remote-error` if a step's `failIf` matches.
 */
export async function runScript(
  terminal: Terminal,
  script: Script,
  maxAnswer: number,
  attempt: Attempt,
): Promise<ScriptResult> {
  const dialogue = startDialogue(terminal, { maxAnswer });
  const first = await within(
    script.timeoutMs,
    attempt,
    (signal) => dialogue.until(script.prompt ?? ANY_PROMPT, "prompt", signal),
  );
  attempt.clock.end("firstByteMs");
  return await runSteps(dialogue, first, script, attempt);
}

/**
 * Runs a script on a device that shows its prompt; ends `transferMs` with the last one.
 *
 * @param dialogue With the device.
 * @param first The prompt, and what came before it.
 * @param script What to do.
 * @param attempt The attempt.
 * @returns The output of each step.
 * @throws {ProbeError} As {@linkcode runScript}.
 */
export async function runSteps(
  dialogue: Dialogue,
  first: Answer,
  script: Script,
  attempt: Attempt,
): Promise<ScriptResult> {
  const prompt = script.prompt ?? learnPrompt(first.prompt);
  const ask = (step: ScriptStep) => doStep(dialogue, step, script, prompt, attempt);
  for (const send of script.paging) await ask({ name: send, send });
  if (script.enable !== undefined) {
    await enable(dialogue, script.enable, script, prompt, attempt);
  }
  const steps: StepResult[] = [];
  for (const step of script.steps) {
    const start = performance.now();
    const { output, prompt: end } = await ask(step);
    const ms = Math.round((performance.now() - start) * 1000) / 1000;
    steps.push({ name: step.name, output: redact(output), prompt: redact(end), ms });
    const fault = step.failIf?.exec(output);
    if (fault) {
      const line = redact(fault[0].slice(0, 200));
      throw new ProbeError("remote-error", `Step "${step.name}" failed: the device said "${line}"`);
    }
  }
  attempt.clock.end("transferMs");
  return { prompt: redact(first.prompt.trim()), greeting: redact(first.output), steps };
}

async function doStep(
  dialogue: Dialogue,
  { name, send, expect, timeoutMs = undefined }: ScriptStep,
  script: Script,
  prompt: RegExp,
  attempt: Attempt,
): Promise<Answer> {
  const what = `${expect === undefined ? "prompt" : `match of ${expect}`} after "${name}"`;
  return await within(timeoutMs ?? script.timeoutMs, attempt, (signal) => {
    dialogue.send(typeof send === "string" ? send : send.reveal(), script.newline);
    return dialogue.until(expect ?? prompt, what, signal);
  });
}

/** Enters privileged mode, unless the prompt shows that it is entered already. */
async function enable(
  dialogue: Dialogue,
  mode: EnableMode,
  script: Script,
  prompt: RegExp,
  attempt: Attempt,
): Promise<void> {
  const either = new RegExp(`(?:${mode.ask.source})|(?:${prompt.source})`);
  const step = { name: mode.send, send: mode.send, expect: either };
  let { prompt: last } = await doStep(dialogue, step, script, prompt, attempt);
  if (mode.ask.test(last)) {
    if (mode.password === undefined) {
      throw new ProbeError("auth-missing", `"${mode.send}" asks for a password and none was given`);
    }
    const answer = { name: "(password)", send: mode.password, expect: either };
    ({ prompt: last } = await doStep(dialogue, answer, script, prompt, attempt));
  }
  if (!mode.prompt.test(last)) {
    throw new ProbeError(
      "auth-failed",
      `"${mode.send}" was refused; the prompt is ${redact(last)}`,
    );
  }
}

/** Gives a step a limit of its own, beside the attempt's. */
async function within<Value>(
  limitMs: number | undefined,
  attempt: Attempt,
  act: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  if (limitMs === undefined) return await act(attempt.signal);
  const controller = new AbortController();
  const follow = () => controller.abort(attempt.signal.reason);
  const late = () => controller.abort(new ProbeError("timeout", `Not within ${limitMs} ms`));
  const timer = setTimeout(late, limitMs);
  attempt.signal.addEventListener("abort", follow, { once: true });
  if (attempt.signal.aborted) follow();
  try {
    return await act(controller.signal);
  } finally {
    clearTimeout(timer);
    attempt.signal.removeEventListener("abort", follow);
  }
}
