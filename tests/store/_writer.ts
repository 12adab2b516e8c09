/**
 * Writes made runs into the state folder of `VERSUS_HOME` until it is killed, or for some seconds: journal,
 * samples, end, index. After each sample that is in the journal it says so. Started by tests.
 *
 * Arguments: a name for its runs, samples of a run, seconds (0 for no end).
 */
import { createRecorder } from "../../lib/bench/record.ts";
import { createJournal } from "../../lib/record/journal.ts";
import { indexRun } from "../../lib/store/mod.ts";
import { eventsOf, idOf } from "./_runs.ts";

const [name, samples, seconds] = [Deno.args[0]!, Number(Deno.args[1]), Number(Deno.args[2])];
const encoder = new TextEncoder();

function say(line: string): void {
  Deno.stdout.writeSync(encoder.encode(`${line}\n`));
}

const until = seconds === 0 ? Infinity : performance.now() + 1000 * seconds;
for (let number = 0; performance.now() < until; number++) {
  const id = `${idOf(number).slice(0, 16)}-${name}x${number}`;
  const recorder = createRecorder();
  {
    using journal = createJournal(id);
    let taken = 0;
    for (const event of eventsOf({ id, samples, levels: { one: 0.1 } })) {
      journal.append(event);
      recorder.add(event);
      if (event.type === "sample") say(`${id} ${++taken}`);
    }
  }
  const failed = indexRun(recorder.record());
  say(`${id} ${failed === undefined ? "indexed" : `not indexed: ${failed}`}`);
}
