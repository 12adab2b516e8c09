/**
 * Times a structured call of the console, and prints how many of N calls came out as lines.
 *
 * CALL is enabled or disabled: console.info or console.debug. The runtime's console has no levels, so
 * both come out. The lines are counted and thrown away, for which there is the class Console. Standard
 * error gets what the console can do.
 *
 * @module
 */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { FEATURES } from "./features.ts";

/** Counts lines and throws them away. */
class Sink extends Writable {
  lines = 0;

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.lines += chunk.split("\n").length - 1;
    done();
  }
}

function logEnabled(console: Console, n: number): void {
  for (let i = 0; i < n; i++) console.info("session up", { peer: "192.0.2.1", prefixes: i });
}

function logDisabled(console: Console, n: number): void {
  for (let i = 0; i < n; i++) console.debug("session up", { peer: "192.0.2.1", prefixes: i });
}

const CALLS = new Map([["enabled", logEnabled], ["disabled", logDisabled]]);

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
const log = CALLS.get(Deno.args[1] ?? "");
if (n === undefined || log === undefined || Deno.args.length !== 2) {
  console.error("usage: log_levels.ts N CALL (enabled or disabled)");
  Deno.exit(2);
}
for (const [name, has] of Object.entries(FEATURES)) {
  console.error(`${name}: ${has() ? "yes" : "no"}`);
}

const sink = new Sink({ decodeStrings: false });
const network = new Console(sink);
const start = performance.now();
log(network, n);
const elapsed = performance.now() - start;

console.log(String(sink.lines));
console.log(`callNs=${elapsed / Math.max(n, 1) * 1e6}`);
