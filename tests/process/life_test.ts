import { expect } from "@std/expect";
import { afterEach, describe, it } from "@std/testing/bdd";
import { openLauncher } from "../../lib/process/mod.ts";
import { ENV, findProcesses, METHODS, rejection, sleepMarker, until, zombies } from "./_help.ts";

const LAUNCHER = new URL("../../lib/process/mod.ts", import.meta.url);

function openFds(): number {
  return [...Deno.readDirSync("/proc/self/fd")].length;
}

function childCount(): number {
  const text = Deno.readTextFileSync(`/proc/self/task/${Deno.pid}/children`);
  return text.split(" ").filter(Boolean).length;
}

function parentOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Starts a program of its own that uses the launcher; what it imports needs no configuration. */
function startScript(body: string, permissions = ["-A"]): Deno.ChildProcess {
  const code = `import { openLauncher } from ${JSON.stringify(LAUNCHER.href)};\n${body}`;
  const url = `data:application/typescript,${encodeURIComponent(code)}`;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, "--no-config", "--no-lock", "--no-check", url],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

for (const method of METHODS) {
  describe(`life of a launcher, ${method}`, () => {
    it("leaves nothing open and nobody behind after 200 programs", async () => {
      // Opened and closed once before: what Deno itself opens on first use stays open.
      await using first = await openLauncher({ method });
      const stdout = { captureBytes: 10 };
      await first.run({ argv: ["echo"], env: ENV, stdout, stderr: stdout });
      const before = [openFds(), childCount()];
      for (let i = 0; i < 200; i++) {
        const execution = await first.run({ argv: ["echo"], env: ENV, stdout, stderr: stdout });
        expect(execution.exitCode).toBe(0);
        await rejection(first.run({ argv: ["/etc/passwd"], stdout }));
      }
      expect([openFds(), childCount()]).toEqual(before);
      expect(zombies()).toEqual([]);
    });

    it("closes everything that it opened", async () => {
      await (await openLauncher({ method }))[Symbol.asyncDispose]();
      const [fds, children] = [openFds(), childCount()];
      for (let i = 0; i < 12; i++) {
        await using launcher = await openLauncher({ method });
        await launcher.run({ argv: ["true"], env: ENV });
      }
      // Threads that were told to end close what Deno opened for them a moment later.
      await until("all is closed", () => openFds() <= fds);
      expect(openFds()).toBeLessThanOrEqual(fds);
      expect(childCount()).toBe(children);
      expect(zombies()).toEqual([]);
    });

    it("can be closed twice", async () => {
      const launcher = await openLauncher({ method });
      await launcher[Symbol.asyncDispose]();
      await launcher[Symbol.asyncDispose]();
      expect(await rejection(launcher.run({ argv: ["true"] }))).toBeInstanceOf(Error);
    });

    it("lets the process end once it is closed", async () => {
      await using child = startScript(`
        await using launcher = await openLauncher({ method: "${method}" });
        console.log((await launcher.run({ argv: ["/bin/true"] })).exitCode);
      `);
      const { code, stdout } = await child.output();
      expect([code, new TextDecoder().decode(stdout)]).toEqual([0, "0\n"]);
    });
  });
}

describe("limits", () => {
  it("gives a program the limit of open files that this process was started with", async () => {
    const code = `
      import { openLauncher } from ${JSON.stringify(LAUNCHER.href)};
      await using launcher = await openLauncher({ method: "gate" });
      const argv = ["/bin/sh", "-c", "ulimit -Sn; ulimit -Hn"];
      const { stdout } = await launcher.run({ argv, stdout: { captureBytes: 100 } });
      console.log(new TextDecoder().decode(stdout.bytes).trim());
    `;
    const url = `data:application/typescript,${encodeURIComponent(code)}`;
    const script = 'ulimit -Hn; ulimit -Sn 512; "$@"; :';
    const run = [Deno.execPath(), "run", "-A", "--no-config", "--no-lock", "--no-check", url];
    const { stdout } = await new Deno.Command("/bin/sh", {
      args: ["-c", script, "sh", ...run],
      stdin: "null",
      stderr: "inherit",
    }).output();
    const [before, soft, after] = new TextDecoder().decode(stdout).trim().split("\n");
    expect(soft).toBe("512");
    expect(after).toBe(before);
  });
});

describe("death of a launcher", () => {
  const started: Deno.ChildProcess[] = [];

  afterEach(async () => {
    for (const child of started.splice(0)) await child.status;
  });

  for (const method of ["gate", "spawn"]) {
    it(`ends the program when it is killed itself, ${method}`, async () => {
      const marker = sleepMarker();
      const child = startScript(`
        const launcher = await openLauncher({ method: "${method}" });
        await launcher.run({ argv: ["/bin/sh", "-c", "sleep ${marker} & sleep ${marker}; :"] });
      `);
      started.push(child);
      await until("the program runs", () => findProcesses(`sleep\0${marker}`).length === 2);
      child.kill("SIGKILL");
      await until("the program has ended", () => findProcesses(`sleep\0${marker}`).length === 0);
      await child.stdout.cancel();
      expect((await child.status).signal).toBe("SIGKILL");
    });
  }

  it("leaves no shell behind when it is killed between programs", async () => {
    const child = startScript(`
      const launcher = await openLauncher({ method: "gate" });
      await launcher.run({ argv: ["/bin/true"] });
      console.log("ready");
      await new Promise(() => setInterval(() => {}, 1000));
    `);
    started.push(child);
    const reader = child.stdout.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("ready\n");
    const shells = findProcesses("read -r closed").filter((pid) => parentOf(pid) === child.pid);
    expect(shells.length).toBe(1);
    child.kill("SIGKILL");
    const left = () => findProcesses("read -r closed").filter((pid) => shells.includes(pid));
    await until("the shell has ended", () => left().length === 0);
    await reader.cancel();
    expect((await child.status).signal).toBe("SIGKILL");
  });
});

describe("choice of a launcher", () => {
  afterEach(() => Deno.env.delete("VERSUS_LAUNCHER"));

  it("takes the gate on this system", async () => {
    await using launcher = await openLauncher();
    expect(launcher.method).toBe("gate");
  });

  it("obeys VERSUS_LAUNCHER", async () => {
    for (const method of METHODS) {
      Deno.env.set("VERSUS_LAUNCHER", method);
      await using launcher = await openLauncher();
      expect(launcher.method).toBe(method);
    }
  });

  it("says what VERSUS_LAUNCHER may be", async () => {
    Deno.env.set("VERSUS_LAUNCHER", "spwan");
    const error = await rejection(openLauncher());
    expect((error as Error).message).toBe(
      "VERSUS_LAUNCHER is spwan, which is none of gate, spawn, plain",
    );
    expect(error).toHaveProperty("hint", "Did you mean spawn?");
  });

  it("calibrates when asked", async () => {
    await using launcher = await openLauncher({ method: "gate", calibrate: true });
    expect(Number.isFinite(launcher.offsetS)).toBe(true);
    await using spawn = await openLauncher({ method: "spawn", calibrate: true });
    expect(spawn.offsetS).toBe(0);
    await using silent = await openLauncher({ method: "gate" });
    expect(silent).not.toHaveProperty("offsetS");
  });

  for (const names of [["read", "env", "run"], ["read", "env", "run", "ffi"]]) {
    it(`falls back to what is allowed: ${names.join(", ")}`, async () => {
      const permissions = [...names, "import"].map((name) => `--allow-${name}`);
      await using child = startScript(
        `
        await using launcher = await openLauncher();
        console.log(launcher.method, (await launcher.run({ argv: ["/bin/true"] })).method);
      `,
        ["--no-prompt", ...permissions],
      );
      const { stdout } = await child.output();
      expect(new TextDecoder().decode(stdout)).toBe("plain plain\n");
    });
  }
});
