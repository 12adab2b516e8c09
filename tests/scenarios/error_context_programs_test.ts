/** Builds and runs the programs of error-context against ports that are closed, and open ones. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { dueExitCode } from "../../lib/scenario/bounds.ts";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { observe } from "../../lib/scenario/observation.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const QUESTIONS = [
  "operation",
  "primary",
  "primaryAddress",
  "backup",
  "backupAddress",
  "cause",
  "stack",
];

/** What each variant's output tells, one letter a question; a dot stands for what it doesn't. */
const TELLS: Readonly<Record<string, string>> = {
  cpython: "op.b.cs",
  "cpython-from": "opPbBcs",
  "cpython-note": "opPbBcs",
  pypy: "op.b.cs",
  "pypy-from": "opPbBcs",
  go: "o..bBc.",
  "go-wrapped": "opPbBc.",
  rust: ".....c.",
  "rust-anyhow": "opPbBc.",
  "rust-anyhow-backtrace": "opPbBcs",
  "rust-thiserror": "opPbBc.",
  typescript: "o....cs",
  "typescript-cause": "opPbBcs",
  "typescript-node": "o..bBc.",
  java: "o....cs",
  "java-cause": "opPbBcs",
  c: "o....c.",
  "c-message": "opPbBc.",
};

/** Texts, and the questions that they answer with yes. */
const TEXTS: readonly (readonly [text: string, yes: readonly string[]])[] = [
  ["dial tcp 127.0.0.1:1: timed out", ["operation", "primary", "primaryAddress"]],
  ["('127.0.0.1', 2)", ["backup", "backupAddress"]],
  ["127.0.0.1:12, 127.0.0.1:21, 10.127.0.0.11:1, 127.0.0.1\n1", []],
  ["ConnectionRefusedError: Connection refused", ["cause"]],
  ["connect ECONNREFUSED", ["operation", "cause"]],
  ["reconnect, dialect, primary_key, backups", []],
  ["the Primary router", ["primary"]],
  ["return dial(backup)", ["operation", "backup"]],
  ['  File "/a/failover.py", line 9, in dial', ["operation", "stack"]],
  ['  File "/a/socket.py", line 9, in create_connection', ["operation"]],
  ["at Failover.main(Failover.java:9)", ["stack"]],
  ["failover: 9", []],
];

const scenario = await benchScenario("error-context");

/** A port of the loopback interface that was free a moment ago. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** A server that takes connections; the kernel does that without its help. */
function open(): { address: string } & Disposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return {
    address: `127.0.0.1:${listener.addr.port}`,
    [Symbol.dispose]: () => listener.close(),
  };
}

describe("error-context's scenario.yaml", () => {
  it("expects exit code 1 and nothing on standard output", () => {
    for (const variant of scenario.variants) {
      expect(dueExitCode(scenario, variant)).toBe(1);
      expect(expectedOutput(scenario, variant, {})).toEqual({ stdout: "" });
    }
  });

  it("has patterns that match what they ask for and nothing else", () => {
    expect(scenario.observe?.map(({ name }) => name)).toEqual(QUESTIONS);
    for (const [text, yes] of TEXTS) {
      for (const answers of [observe(scenario, "", text), observe(scenario, text, "")]) {
        const found = QUESTIONS.filter((name) => answers?.[name]);
        expect({ text, yes: found }).toEqual({ text, yes });
      }
    }
  });
});

await describePrograms(scenario, (program) => {
  it("fails, and tells as much as its way with errors does", async () => {
    const { code, stdout, stderr } = await program.run({});
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const answers = observe(scenario, stdout, stderr) ?? {};
    const told = QUESTIONS.map((name, i) => answers[name] ? "opPbBcs"[i] : ".").join("");
    expect({ name: program.name, told, stderr })
      .toEqual({ name: program.name, told: TELLS[program.name], stderr });
  });

  it("names the addresses that it was given, if any", async () => {
    const [primary, backup] = [closedPort(), closedPort()];
    const { code, stderr } = await program.run({
      primary: `127.0.0.1:${primary}`,
      backup: `127.0.0.1:${backup}`,
    });
    const named = [primary, backup].map((port) => stderr.includes(`127.0.0.1:${port}`));
    const due = ["P", "B"].map((letter) => TELLS[program.name]?.includes(letter));
    expect({ code, named }).toEqual({ code: 1, named: due });
  });

  it("connects to the primary, and to the backup only if it can't", async () => {
    const closed = `127.0.0.1:${closedPort()}`;
    using first = open();
    using second = open();
    const dials: readonly (readonly [string, string, string])[] = [
      [first.address, second.address, first.address],
      [first.address, closed, first.address],
      [closed, second.address, second.address],
    ];
    for (const [primary, backup, due] of dials) {
      const { code, stdout, stderr } = await program.run({ primary, backup });
      expect({ code, stdout, stderr: code === 0 ? "" : stderr })
        .toEqual({ code: 0, stdout: `connected to ${due}\n`, stderr: "" });
    }
  });

  refusesArguments(program, [
    [],
    ["127.0.0.1:1"],
    ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"],
    ...["127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", ":1"].map((bad) => ["127.0.0.1:1", bad]),
  ]);
});
