/** What is known of servers that outlive the command that started them: one file for each. */
import { join } from "node:path";
import * as v from "valibot";
import { stateFolder } from "../../record/home.ts";
import type { Endpoint } from "./types.ts";

/** A server that was started. */
export interface LabEntry {
  /** The server's name. */
  name: string;
  /** Its process, which leads a group of its own. */
  pid: number;
  /** What tells the process from a later one of the same number. */
  identity: string;
  /** When it was started; RFC 3339, UTC. */
  startedAt: string;
  /** Where it can be reached; none until it answers. */
  endpoints: Endpoint[];
}

const EntrySchema: v.GenericSchema<LabEntry> = v.object({
  name: v.string(),
  pid: v.pipe(v.number(), v.integer(), v.minValue(2)),
  identity: v.string(),
  startedAt: v.string(),
  endpoints: v.array(v.object({
    protocol: v.string(),
    target: v.string(),
    note: v.exactOptional(v.string()),
  })),
});

/** The folder of the lab. */
export function labFolder(): string {
  return join(stateFolder(), "lab");
}

/** A server's own folder. */
export function serverFolder(name: string): string {
  return join(labFolder(), name);
}

function entryFile(name: string): string {
  return join(labFolder(), `${name}.json`);
}

/**
 * Reads what is known of a server.
 *
 * @param name The server's name.
 * @returns Nothing if it was not started, or if the file is not one of ours.
 */
export function readEntry(name: string): LabEntry | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(entryFile(name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return v.parse(EntrySchema, JSON.parse(text));
  } catch (error) {
    // Cut by a crash: without pid and identity there is nothing that could be ended.
    if (error instanceof SyntaxError || v.isValiError(error)) return undefined;
    throw error;
  }
}

/** Keeps what is known of a server, as a whole or not at all. */
export function writeEntry(entry: LabEntry): void {
  const file = entryFile(entry.name);
  Deno.writeTextFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
  Deno.renameSync(`${file}.new`, file);
}

/** Forgets a server, with its folder: keys, passwords, data, log. */
export function forget(name: string): void {
  for (const path of [serverFolder(name), entryFile(name)]) {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/**
 * Tells a process from any other that has, had or will have its number: by its start, and by the
 * system's on Linux, where the one is counted from the other (proc(5), `starttime`).
 *
 * @param pid Its number.
 * @returns Nothing if it does not run.
 */
export function identityOf(pid: number): string | undefined {
  if (Deno.build.os !== "linux") return identityByPs(pid);
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const boot = Deno.readTextFileSync("/proc/sys/kernel/random/boot_id").trim();
    return `${boot} ${fields[19]}`;
  } catch (error) {
    // ESRCH comes where a process ends while it is looked at.
    if (error instanceof Deno.errors.NotFound || /os error 3\)/.test(String(error))) {
      return undefined;
    }
    throw error;
  }
}

function identityByPs(pid: number): string | undefined {
  const { success, stdout } = new Deno.Command("ps", {
    args: ["-o", "lstart=", "-p", String(pid)],
    env: { LC_ALL: "C" },
  }).outputSync();
  return success ? new TextDecoder().decode(stdout).trim() || undefined : undefined;
}
