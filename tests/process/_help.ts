/** What the tests of `lib/process` share. */
import type { Execution, LaunchMethod } from "../../lib/process/mod.ts";

/** All methods: the same tables of tests run through each. */
export const METHODS: readonly LaunchMethod[] = ["gate", "spawn", "plain"];

/** An environment that a program can be found in, and nothing else. */
export const ENV = { PATH: "/usr/local/bin:/usr/bin:/bin" };

let markers = 0;

/** A duration for `sleep` that no other process has: by it a test knows its own. */
export function sleepMarker(): string {
  return `86399.${Deno.pid}${String(++markers).padStart(4, "0")}`;
}

/** Command lines of living processes that contain a text. */
export function findProcesses(text: string): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(text)) found.push(Number(name));
    } catch (error) {
      // It ended while it was looked at.
      if (!(error instanceof Error)) throw error;
    }
  }
  return found;
}

/** Waits for a condition; fails after ten seconds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const limit = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > limit) throw new Error(`Still not so: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Children of this process that have ended and were not reaped. */
export function zombies(): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === "Z" && Number(parent) === Deno.pid) found.push(Number(name));
    } catch (error) {
      // It ended while it was looked at.
      if (!(error instanceof Error)) throw error;
    }
  }
  return found;
}

/** What was captured, as text. */
export function stdoutText(execution: Execution): string {
  return new TextDecoder().decode(execution.stdout?.bytes);
}

/** What was captured of the errors, as text. */
export function stderrText(execution: Execution): string {
  return new TextDecoder().decode(execution.stderr?.bytes);
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("Expected a rejection");
}
