/** Interruptions, `kill -9`, a full disk: what was measured is kept. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { createRandom } from "../../lib/stats/mod.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import { writeScenario } from "./foreign.ts";
import { startVersus, versus, versusCommand } from "./versus.ts";

const PROGRAM = 'sleep 0.02; echo "$1"\n';

/** Reads the events that a command prints, one by one. */
async function* eventsOf(child: Deno.ChildProcess): AsyncGenerator<RunEvent> {
  let rest = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line !== "") yield JSON.parse(line) as RunEvent;
  }
}

describe("a run that does not reach its end", () => {
  let home: string;
  let file: string;

  beforeEach(() => {
    home = Deno.makeTempDirSync({ prefix: "versus-test-" });
    file = writeScenario(join(home, "mine"), { one: PROGRAM, two: PROGRAM });
  });

  afterEach(() => {
    Deno.removeSync(home, { recursive: true });
  });

  function journalLines(): string[] {
    const folder = join(home, "state", "runs");
    const [name] = [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) =>
      n.endsWith(".jsonl")
    );
    return Deno.readTextFileSync(join(folder, name!)).split("\n");
  }

  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    it(`keeps what was measured on ${signal} and can be resumed`, async () => {
      const child = startVersus(
        ["run", file, "--trust", "--events", "--runs", "400", "--warmup", "0"],
        { home },
      );
      const stderr = new Response(child.stderr).text();
      let samples = 0;
      let last: RunEvent | undefined;
      for await (const event of eventsOf(child)) {
        if (event.type === "sample" && ++samples === 5) child.kill(signal);
        last = event;
      }
      expect((await child.status).code).toBe(code);
      expect(last).toMatchObject({ type: "run-end", interrupted: signal });
      expect(await stderr).toContain("--resume");
      const kept = journalLines().filter((line) => line.includes('"type":"sample"')).length;
      expect(kept).toBe(samples);
    });
  }

  it("loses no sample that was told, whenever it is killed, and goes on to the same end", async () => {
    const random = createRandom(2026);
    const runs = 12;
    const args = ["--runs", String(runs), "--warmup", "0", "--seed", "7"];
    let resume: string[] = ["run", file, "--trust", ...args];
    let told = 0;
    for (let kill = 0; kill < 4; kill++) {
      const child = startVersus([...resume, "--events"], { home });
      const stderr = new Response(child.stderr).text();
      const after = random.int(1, 5);
      let samples = 0;
      for await (const event of eventsOf(child)) {
        if (event.type !== "sample") continue;
        told++;
        if (++samples === after) child.kill("SIGKILL");
      }
      await child.status;
      await stderr;
      const lines = journalLines();
      const kept = lines.slice(0, -1).filter((line) => line.includes('"type":"sample"')).length;
      // A sample is in the journal before it is told; the next may be there as well.
      expect(kept).toBeGreaterThanOrEqual(told);
      told = kept;
      resume = ["run", "--resume", "latest"];
    }
    const { code, stdout } = await versus([...resume, "--json"], { home });
    expect(code).toBe(0);
    const record = JSON.parse(stdout);
    for (const c of record.scenarios[0].cases) {
      expect(c.samples.map((s: { index: number }) => s.index)).toEqual(
        Array.from({ length: runs }, (_, i) => i),
      );
    }
    expect(record.finishedAt).toBeDefined();
  });

  it("goes on with commands that were given without a scenario", async () => {
    const child = startVersus(["bench", "sleep 0.02", "--events", "--runs", "400"], { home });
    const stderr = new Response(child.stderr).text();
    let samples = 0;
    for await (const event of eventsOf(child)) {
      if (event.type === "sample" && ++samples === 3) child.kill("SIGINT");
    }
    await child.status;
    await stderr;
    const resumed = startVersus(["run", "--resume", "latest", "--events"], { home, cwd: "/" });
    const said = new Response(resumed.stderr).text();
    let first: RunEvent | undefined;
    let next: RunEvent | undefined;
    for await (const event of eventsOf(resumed)) {
      first ??= event;
      if (event.type === "sample" && next === undefined) {
        next = event;
        resumed.kill("SIGINT");
      }
    }
    expect((await resumed.status).code).toBe(130);
    await said;
    expect(first?.type).toBe("resume");
    expect(next?.type === "sample" && next.sample.index).toBe(samples);
  });

  it("leaves no process behind when it is interrupted", async () => {
    const marker = `79${Math.floor(Math.random() * 1e6)}`;
    const slow = writeScenario(join(home, "slow"), {
      one: `setsid sleep ${marker} & sleep ${marker}\n`,
    });
    const child = startVersus(["run", slow, "--trust", "--events"], { home });
    const stderr = new Response(child.stderr).text();
    for await (const event of eventsOf(child)) {
      if (event.type !== "phase" || event.phase !== "verify") continue;
      await started(marker);
      child.kill("SIGINT");
    }
    expect((await child.status).code).toBe(130);
    await stderr;
    expect(running(marker)).toBe(0);
  });

  it("says that the disk is full, shows what was measured and can be resumed", async () => {
    // A file system of its own, so small that the journal fills it; gone with its namespace.
    const small = join(home, "small");
    Deno.mkdirSync(small);
    const command = versusCommand(["run", file, "--trust", "--json", "--runs", "300"]);
    const script = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"';
    const { code, stdout, stderr } = await new Deno.Command("unshare", {
      args: ["-m", "sh", "-c", script, small, ...command],
      env: { VERSUS_HOME: small, XDG_CACHE_HOME: join(home, "cache") },
      cwd: home,
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stderr);
    expect(said).toContain("Cannot write the journal");
    expect(said).toContain("--resume");
    expect(said).not.toMatch(/^\s+at /m);
    const record = JSON.parse(new TextDecoder().decode(stdout));
    expect(record.scenarios[0].cases[0].samples.length).toBeGreaterThan(5);
    expect(code).toBe(1);
  });

  it("lets two runs at once have a journal each", async () => {
    const args = ["run", file, "--trust", "--json", "--runs", "5"];
    const both = await Promise.all([versus(args, { home }), versus(args, { home })]);
    expect(both.map((b) => b.code)).toEqual([0, 0]);
    const ids = both.map((b) => JSON.parse(b.stdout).id);
    expect(new Set(ids).size).toBe(2);
    const folder = join(home, "state", "runs");
    expect([...Deno.readDirSync(folder)].length).toBe(2);
  });

  it("refuses to resume a run that is still going on", async () => {
    const child = startVersus(["run", file, "--trust", "--events", "--runs", "400"], { home });
    const stderr = new Response(child.stderr).text();
    let refused: Promise<{ code: number; stderr: string }> | undefined;
    for await (const event of eventsOf(child)) {
      if (event.type !== "sample" || refused !== undefined) continue;
      refused = versus(["run", "--resume", "latest"], { home });
      refused.finally(() => child.kill("SIGINT"));
    }
    await child.status;
    await stderr;
    const { code, stderr: said } = await refused!;
    expect(said).toContain("still being written");
    expect(code).toBe(2);
  });
});

/** How many processes run `sleep` with this argument. */
function running(marker: string): number {
  let count = 0;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(`sleep\0${marker}`)) count++;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // It has ended meanwhile.
    }
  }
  return count;
}

/** Waits until both sleeps of the program run. */
async function started(marker: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (running(marker) < 2) {
    if (Date.now() > until) throw new Error("The program did not start");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
