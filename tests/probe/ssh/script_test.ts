import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { SCRIPT_EXAMPLE } from "../../../cli/probe/_script_lines.ts";
import { ssh } from "../../../lib/probe/protocols/ssh.ts";
import { sshdGear } from "../../../lib/probe/lab/sshd_gear.ts";
import { startServer } from "../../../lib/probe/lab/start.ts";
import type { RunningServer } from "../../../lib/probe/lab/types.ts";
import { plainText } from "../../../lib/probe/script/_screen.ts";
import { ANY_PROMPT, learnPrompt } from "../../../lib/probe/script/dialogue.ts";
import { parseScript } from "../../../lib/probe/script/schema.ts";
import { missingServers } from "../../peers/_peers.ts";
import { attempt, failure, options, probeOnce, target } from "./_lab.ts";

describe("a script on a switch", { ignore: missingServers(sshdGear) !== undefined }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(sshdGear);
    await Deno.writeTextFile(join(server.folder, "wrong"), "engage\n", { mode: 0o600 });
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  async function play(yaml: string, timeoutMs = 10_000, maxOutputBytes = 100_000) {
    const script = parseScript(yaml.replaceAll("$L", server.folder), "s.yaml");
    const at = attempt(timeoutMs);
    const result = await probeOnce(
      ssh,
      target(server.ports["ssh"]!),
      options(server, { script, maxOutputBytes }),
      at,
    );
    return { ...result.script!, phases: Object.keys(at.clock.phases) };
  }
  const outputs = async (yaml: string) => (await play(yaml)).steps.map(({ output }) => output);

  it("finds the prompt, turns paging off, enters privileged mode and does the steps", async () => {
    const { prompt, greeting, steps, phases } = await play(`
platform: cisco-ios
enable:
  secretFile: $L/enable
steps:
  - show version
  - configure terminal
  - end
`);
    expect(prompt).toBe("r1>");
    expect(greeting).toBe("\nAuthorised users only #");
    expect(steps.map(({ name, output, prompt }) => [name, output, prompt])).toEqual([
      ["show version", "Gear OS 1.2\nUptime is 3 days>", "r1#"],
      ["configure terminal", "", "r1(config)#"],
      ["end", "", "r1#"],
    ]);
    expect(steps[0]!.ms).toBeGreaterThan(0);
    expect(phases.slice(-3)).toEqual(["channelMs", "firstByteMs", "transferMs"]);
  });

  it("learns the prompt where none is given, and does not take output for it", async () => {
    expect(await outputs("steps: [show hash, show version]")).toEqual([
      "a line that ends with r9#\nand goes on",
      "Gear OS 1.2\nUptime is 3 days>",
    ]);
  });

  it("turns the pages of a device that goes on paging", async () => {
    const lines = Array.from({ length: 25 }, (_, i) => `line ${i + 1}`).join("\n");
    expect((await outputs("steps: [show long]"))[0]).toBe(lines);
    expect((await outputs("paging: terminal length 0\nsteps: [show long]"))[0]).toBe(lines);
  });

  it("answers a question that ends with no prompt", async () => {
    const [question, answer] = await outputs(`
steps:
  - { send: reload, expect: '\\[confirm\\]' }
  - { name: no, send: nope }
`);
    expect([question, answer]).toEqual(["", "Not today, you said <nope>"]);
  });

  it("keeps secrets out of the result", async () => {
    Deno.env.set("VERSUS_TEST_ANSWER", "hush-hush");
    try {
      const { steps } = await play(`
steps:
  - { send: reload, expect: '\\[confirm\\]' }
  - { secretEnv: VERSUS_TEST_ANSWER }
`);
      expect(JSON.stringify(steps)).not.toContain("hush-hush");
      expect(steps[1]!.output).toBe("Not today, you said <[secret]>");
    } finally {
      Deno.env.delete("VERSUS_TEST_ANSWER");
    }
  });

  it("names what went wrong: privileged mode, a step's error, its limit, the end", async () => {
    const told = async (yaml: string, timeoutMs?: number, max?: number) => {
      const { code, message } = await failure(play(yaml, timeoutMs, max));
      return [code, message];
    };
    expect(await told("enable: { secretFile: $L/wrong }\nsteps: [end]"))
      .toEqual(["auth-failed", '"enable" was refused; the prompt is r1>']);
    expect(await told("enable: true\nsteps: [end]"))
      .toEqual(["auth-missing", '"enable" asks for a password and none was given']);
    expect(await told("steps: [{ send: show nonsense, failIf: '^% .*' }]")).toEqual([
      "remote-error",
      'Step "show nonsense" failed: the device said "% Invalid input detected: show nonsense"',
    ]);
    expect(await told("steps: [{ send: hang, timeout: 300ms }]"))
      .toEqual(["timeout", expect.stringContaining('No prompt after "hang" came in time')]);
    expect(await told("steps: [exit]"))
      .toEqual(["closed", expect.stringContaining('before a prompt after "exit" came')]);
    expect(await told("steps: [flood]", 10_000, 5000))
      .toEqual(["too-large", expect.stringContaining("More than 5000 characters")]);
    expect((await told("steps: [hang]", 500))[0]).toBe("timeout");
  });
});

describe("a script's YAML", () => {
  it("is refused with the place of the mistake", () => {
    const said = (yaml: string) => {
      try {
        parseScript(yaml, "s.yaml");
      } catch (error) {
        return (error as Error).message;
      }
      return "taken";
    };
    expect(said("steps: []")).toBe("s.yaml: steps: expected at least one step");
    expect(said("steps: [{ send: a, expect: '(' }]"))
      .toMatch(/^s\.yaml: steps\.0/);
    expect(said("prompt: '('\nsteps: [a]")).toBe("s.yaml: prompt: expected a regular expression");
    expect(said("timeout: soon\nsteps: [a]")).toMatch(/^s\.yaml: timeout: expected a time/);
    expect(said("platform: toaster\nsteps: [a]")).toMatch(/^s\.yaml: platform: /);
    expect(said("steps: [{ name: x }]")).toMatch(/expected one of send, secretEnv and secretFile/);
    expect(said("steps: [{ send: x, secretEnv: NO_SUCH_VARIABLE_HERE }]")).toMatch(/is not set/);
    expect(said("password: x\nsteps: [a]")).toMatch(/^s\.yaml: password/);
    expect(said("steps: [")).toMatch(/^s\.yaml is no YAML/);
    expect(said("steps: [a]")).toBe("taken");
    // The example of the help is one that is taken; only its secret is not here.
    expect(said(SCRIPT_EXAMPLE)).toMatch(/variable ENABLE, which is not set/);
  });
});

describe("what a terminal shows", () => {
  it("is plain text: without escapes, with backspaces and returns carried out", () => {
    expect(plainText("\x1b[1;31mred\x1b[0m\r\n\x1b]0;title\x07x")).toBe("red\nx");
    expect(plainText("abc\b\b\bxyz")).toBe("xyz");
    expect(plainText(" --More-- \r          \rline")).toBe("line");
    expect(plainText("\rr1> ")).toBe("r1> ");
    expect(plainText("a\x00b\x07c")).toBe("abc");
    expect(plainText("done\x1b[")).toBe("done");
  });

  it("has prompts of many makes, which are known again in other modes", () => {
    const makes = [
      ["r1>", ["r1#", "r1(config)#", "r1(config-if)#"], ["r2#", "r10x"]],
      ["admin@mx1> ", ["admin@mx1# "], ["admin@mx2> "]],
      ["RP/0/RP0/CPU0:ios#", ["RP/0/RP0/CPU0:ios(config)#"], ["RP/0/RP1/CPU0:other#"]],
      ["<HUAWEI>", ["<HUAWEI>"], ["[other]"]],
      ["root@host:~# ", ["root@host:/etc# "], ["user@host2:~$ "]],
      ["[admin@MikroTik] > ", ["[admin@MikroTik] /ip/address> "], ["[admin@Other] > "]],
      ["$ ", ["$ "], ["x$ "]],
    ] as const;
    for (const [first, same, others] of makes) {
      expect([first, ANY_PROMPT.test(first)]).toEqual([first, true]);
      const learned = learnPrompt(first);
      for (const prompt of [first, ...same]) {
        expect([prompt, learned.test(prompt)]).toEqual([prompt, true]);
      }
      for (const prompt of others) expect([prompt, learned.test(prompt)]).toEqual([prompt, false]);
    }
  });
});
