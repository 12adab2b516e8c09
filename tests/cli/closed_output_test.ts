/** What the command line does when nobody reads stdout, it can't be written, or a gate has no case. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { writeScenario } from "./foreign.ts";
import { startVersus, versus, versusCommand } from "./versus.ts";

let home: string;

beforeAll(() => {
  home = Deno.makeTempDirSync({ prefix: "versus-test-" });
});

afterAll(() => {
  Deno.removeSync(home, { recursive: true });
});

/** The exit code and stderr of a command whose stdout nobody reads: `versus … | true`. */
async function unread(...args: string[]): Promise<{ code: number; stderr: string }> {
  const child = startVersus(args, { home });
  await child.stdout.cancel();
  const stderr = await new Response(child.stderr).text();
  return { code: (await child.status).code, stderr };
}

describe("versus when nobody reads stdout", () => {
  it("still ends a run with 1 when a program is wrong, and writes its files", async () => {
    const own = writeScenario(join(home, "wrong"), { says: "echo 41" });
    const out = join(home, "run.json");
    const { code, stderr } = await unread("run", own, "--trust", "--runs", "1", "--out", out);
    expect(code).toBe(1);
    expect(stderr).not.toContain("error");
    expect(JSON.parse(Deno.readTextFileSync(out)).scenarios[0].cases[0].status)
      .toBe("wrong-output");
  });

  it("still ends a probe without an answer with 1", async () => {
    const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = closed.addr as Deno.NetAddr;
    closed.close();
    expect((await unread("probe", "tcp", `127.0.0.1:${port}`)).code).toBe(1);
  });

  it("still passes on the code of a traced command", async () => {
    expect((await unread("trace", "--json", "--", "sh", "-c", "exit 3")).code).toBe(3);
  });
});

describe("versus when its output or its gate fails", () => {
  it("says so in the place of calling it a defect", async () => {
    const command = versusCommand(["list", "--json"]).map((word) => `'${word}'`).join(" ");
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", `${command} > /dev/full`],
      env: { VERSUS_HOME: home },
    }).output();
    const text = new TextDecoder().decode(stderr);
    expect(text).toContain("error: Cannot write the output: No space left on device");
    expect(text).not.toContain("defect");
    expect(code).toBe(1);
  });

  it("shows what it measured even if a baseline has none of it", async () => {
    const file = join(home, "other.json");
    Deno.writeTextFileSync(file, JSON.stringify({ results: [{ command: "other", times: [1] }] }));
    const { code, stdout, stderr } = await versus(
      ["bench", "true", "--runs", "1", "--json", "--baseline", file, "--max-regress", "5%"],
      { home },
    );
    expect(stderr).toContain("has none of the cases of this run");
    expect(JSON.parse(stdout).scenarios[0].cases[0].samples).toHaveLength(1);
    expect(code).toBe(2);
  });

  it("refuses a folder in the place of a file before anything is measured", async () => {
    const folder = join(home, "folder.json");
    Deno.mkdirSync(folder);
    const { code, stdout, stderr } = await versus(["bench", "true", "--out", folder], { home });
    expect(stderr).toBe(`error: Cannot write ${folder}: it is a folder\nhint: Name a file in it\n`);
    expect([code, stdout]).toEqual([2, ""]);
  });
});
