/**
 * What the console can do, each told from what came out when it was tried.
 *
 * The nearest to a level is the method that is called, to a name a group, and to a second handler the
 * stream for errors.
 *
 * @module
 */
import { Console } from "node:console";
import { Writable } from "node:stream";

/** An output that is kept. */
class Memory extends Writable {
  text = "";

  constructor() {
    super({ decodeStrings: false });
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    done();
  }

  /** Tells whether a call leaves its message in the output. */
  gets(log: (text: string) => void): boolean {
    this.text = "";
    log("a message");
    return this.text.includes("a message");
  }
}

function makeConsole(stdout: Memory, stderr = stdout): Console {
  return new Console({ stdout, stderr, colorMode: false });
}

/** A level silences calls below it, and no others. */
function hasLevels(): boolean {
  const memory = new Memory();
  const console = makeConsole(memory);
  return memory.gets((text) => console.info(text)) && !memory.gets((text) => console.debug(text));
}

/** The level can be changed while the program runs. */
function hasChange(): boolean {
  const memory = new Memory();
  const console = makeConsole(memory);
  const before = memory.gets((text) => console.debug(text));
  Object.assign(console, { level: "debug" });
  return !before && memory.gets((text) => console.debug(text));
}

/** A level holds for the names below its name, but for those with one of their own. */
function hasHierarchy(): boolean {
  const memory = new Memory();
  const console = makeConsole(memory);
  console.group("network");
  console.group("bgp");
  const bgp = memory.gets((text) => console.debug(text));
  console.groupEnd();
  console.group("ospf");
  return bgp && memory.gets((text) => console.info(text)) &&
    !memory.gets((text) => console.debug(text));
}

/** Two outputs get the same calls, each from a level of its own. */
function hasHandlers(): boolean {
  const [brief, full] = [new Memory(), new Memory()];
  const console = makeConsole(full, brief);
  console.error("first");
  console.debug("second");
  return brief.text.includes("first") && !brief.text.includes("second") &&
    full.text.includes("first") && full.text.includes("second");
}

/** Fields are printed with their names by what comes with the library. */
function hasFields(): boolean {
  const memory = new Memory();
  makeConsole(memory).info("session up", { peer: "192.0.2.1" });
  return /peer["']?\s*[=:]\s*["']?192\.0\.2\.1/.test(memory.text);
}

/** Records are printed as JSON, whatever is in them. */
function hasJson(): boolean {
  const memory = new Memory();
  makeConsole(memory).info({ message: '"quoted"' });
  try {
    return JSON.parse(memory.text).message === '"quoted"';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Name to test. */
export const FEATURES: Readonly<Record<string, () => boolean>> = {
  levels: hasLevels,
  change: hasChange,
  hierarchy: hasHierarchy,
  handlers: hasHandlers,
  fields: hasFields,
  json: hasJson,
};
