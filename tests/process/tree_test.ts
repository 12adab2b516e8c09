import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { endProcessTree, type Launcher, openLauncher } from "../../lib/process/mod.ts";
import {
  ENV,
  findProcesses,
  METHODS,
  rejection,
  sleepMarker,
  stdoutText,
  until,
  zombies,
} from "./_help.ts";

/** A process that goes on whatever it is asked. */
const STUBBORN = "trap '' TERM HUP INT";

for (const method of METHODS) {
  describe(`process tree, ${method}`, () => {
    let launcher: Launcher;

    beforeAll(async () => {
      launcher = await openLauncher({ method });
    });

    afterAll(async () => {
      await launcher[Symbol.asyncDispose]();
    });

    it("ends a program that takes too long", async () => {
      const marker = sleepMarker();
      const argv = ["sleep", marker];
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 50 });
      expect(execution.ended).toBe("timeout");
      expect(execution.signal).toBe("SIGTERM");
      expect(execution.exitCode).toBe(143);
      expect(execution.leftBehind).toBe(0);
      expect(findProcesses(marker)).toEqual([]);
    });

    it("does not touch a program that keeps its time", async () => {
      const argv = ["sleep", "0.01"];
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 60_000 });
      expect(execution.exitCode).toBe(0);
      expect(execution).not.toHaveProperty("ended");
    });

    it("ends a tree of shells with their children", async () => {
      const marker = sleepMarker();
      const script = `(sh -c 'sleep ${marker}; :' & sleep ${marker}) | cat & sleep ${marker}; :`;
      const argv = ["sh", "-c", script];
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 100 });
      expect(execution.ended).toBe("timeout");
      expect(findProcesses(marker)).toEqual([]);
    });

    it("ends programs that don't want to end", async () => {
      const marker = sleepMarker();
      const script = `${STUBBORN}; while :; do sleep ${marker} & wait; done`;
      const argv = ["sh", "-c", script];
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 100 });
      expect(execution.signal).toBe("SIGKILL");
      expect(execution.ended).toBe("timeout");
      expect(findProcesses(marker)).toEqual([]);
    });

    it("ends a stopped program", async () => {
      const argv = ["sh", "-c", "kill -STOP $$"];
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 50 });
      expect(execution.ended).toBe("timeout");
      expect(execution.signal).toBe("SIGTERM");
    });

    it("keeps what a program wrote before its time was up", async () => {
      const argv = ["sh", "-c", `echo started; sleep ${sleepMarker()}`];
      const stdout = { captureBytes: 100 };
      const execution = await launcher.run({ argv, env: ENV, timeoutMs: 200, stdout });
      expect(stdoutText(execution)).toBe("started\n");
    });

    it("ends a program when a signal aborts it", async () => {
      const marker = sleepMarker();
      const controller = new AbortController();
      const argv = ["sh", "-c", `sleep ${marker}; :`];
      const running = launcher.run({ argv, env: ENV, signal: controller.signal });
      await until("the program runs", () => findProcesses(marker).length > 0);
      controller.abort();
      const execution = await running;
      expect(execution.ended).toBe("aborted");
      expect(execution.exitCode).toBe(143);
      expect(findProcesses(marker)).toEqual([]);
    });

    it("starts nothing for a signal that was aborted before", async () => {
      const marker = sleepMarker();
      const signal = AbortSignal.abort(new Error("no more"));
      const error = await rejection(launcher.run({ argv: ["sleep", marker], env: ENV, signal }));
      expect((error as Error).message).toBe("no more");
      expect(findProcesses(marker)).toEqual([]);
    });

    it("ignores an abort that comes after the end", async () => {
      const controller = new AbortController();
      await launcher.run({ argv: ["true"], env: ENV, signal: controller.signal });
      controller.abort();
      const execution = await launcher.run({ argv: ["true"], env: ENV });
      expect(execution).not.toHaveProperty("ended");
    });

    it("counts and ends what a program leaves behind", async () => {
      const marker = sleepMarker();
      const argv = ["sh", "-c", `sleep ${marker} & sleep ${marker} & exit 5`];
      const execution = await launcher.run({ argv, env: ENV });
      expect(execution.exitCode).toBe(5);
      expect(execution.leftBehind).toBe(2);
      expect(execution).not.toHaveProperty("ended");
      expect(findProcesses(marker)).toEqual([]);
    });

    it("is not held up by a descendant that keeps an output open", async () => {
      const marker = sleepMarker();
      const argv = ["sh", "-c", `echo done; ${STUBBORN}; sleep ${marker} & exit 0`];
      const stdout = { captureBytes: 100 };
      const start = performance.now();
      const execution = await launcher.run({ argv, env: ENV, stdout, stderr: stdout });
      const elapsedMs = performance.now() - start;
      expect(stdoutText(execution)).toBe("done\n");
      expect(execution.leftBehind).toBe(1);
      // The half second that the descendant was given is not the program's time.
      expect(elapsedMs - execution.wallS * 1000).toBeGreaterThan(490);
      expect(findProcesses(marker)).toEqual([]);
    });

    it("counts nothing where nothing is left", async () => {
      const argv = ["sh", "-c", "(true & true & wait) | cat"];
      const execution = await launcher.run({ argv, env: ENV });
      expect(execution.leftBehind).toBe(0);
    });

    if (method !== "plain") {
      // Without a gate the mark by which they are known comes a moment after the start.
      const settle = method === "spawn" ? "sleep 0.2; " : "";

      it("finds daemons: sessions of their own, parents gone", async () => {
        const marker = sleepMarker();
        const daemon = `setsid sh -c 'sleep ${marker} & sleep ${marker}; :' &`;
        const script = `${settle}sh -c "${daemon}"; sleep 0.05`;
        const execution = await launcher.run({ argv: ["sh", "-c", script], env: ENV });
        expect(execution.leftBehind).toBe(3);
        expect(findProcesses(marker)).toEqual([]);
        expect(zombies()).toEqual([]);
      });

      it("ends daemons with a program that takes too long", async () => {
        const marker = sleepMarker();
        const daemons = `sh -c 'setsid sleep ${marker} &'; setsid sleep ${marker} &`;
        const script = `${settle}${daemons} sleep ${marker}`;
        const argv = ["sh", "-c", script];
        const execution = await launcher.run({ argv, env: ENV, timeoutMs: 400 });
        expect(execution.ended).toBe("timeout");
        expect(findProcesses(marker)).toEqual([]);
        expect(zombies()).toEqual([]);
      });

      it("leaves processes alone that are not the program's", async () => {
        const marker = sleepMarker();
        const started = sleepMarker();
        const running = launcher.run({
          argv: [
            "sh",
            "-c",
            `sleep ${started} & while [ ! -e /proc/self/versus ]; do sleep 0.01; done`,
          ],
          env: ENV,
          timeoutMs: 300,
        });
        await until("the program runs", () => findProcesses(started).length > 0);
        // Started while a program runs, as children of this process: in its session and not.
        const [near, far] = [false, true].map((detached) =>
          new Deno.Command("sleep", { args: [marker], detached, stdin: "null" }).spawn()
        );
        await running;
        expect(findProcesses(started)).toEqual([]);
        expect(findProcesses(marker).sort()).toEqual([near!.pid, far!.pid].sort());
        for (const child of [near!, far!]) {
          child.kill("SIGKILL");
          expect((await child.status).signal).toBe("SIGKILL");
        }
      });

      it("tells the processes of two launchers apart", async () => {
        await using other = await openLauncher({ method });
        const marker = sleepMarker();
        const script = `${settle}setsid sleep ${marker} & sleep ${marker}`;
        const controller = new AbortController();
        const { signal } = controller;
        const long = launcher.run({ argv: ["sh", "-c", script], env: ENV, signal });
        await until("both run", () => findProcesses(`sleep\0${marker}`).length === 2);
        const argv = ["sh", "-c", `${settle}setsid sleep ${sleepMarker()} & sleep 0.05`];
        expect((await other.run({ argv, env: ENV })).leftBehind).toBe(1);
        expect(findProcesses(`sleep\0${marker}`).length).toBe(2);
        controller.abort();
        expect((await long).ended).toBe("aborted");
        expect(findProcesses(marker)).toEqual([]);
      });
    }

    it("ends the program when the launcher is closed", async () => {
      const marker = sleepMarker();
      const other = await openLauncher({ method });
      const running = other.run({ argv: ["sleep", marker], env: ENV });
      await until("the program runs", () => findProcesses(marker).length > 0);
      await other[Symbol.asyncDispose]();
      expect((await running).ended).toBe("aborted");
      expect(findProcesses(marker)).toEqual([]);
      expect(await rejection(other.run({ argv: ["true"] }))).toHaveProperty(
        "message",
        "The launcher is closed",
      );
    });
  });
}

describe("endProcessTree", () => {
  it("ends a detached process with its descendants", async () => {
    const marker = sleepMarker();
    const child = new Deno.Command("sh", {
      args: ["-c", `sleep ${marker} & (${STUBBORN}; sleep ${marker}; :) & wait`],
      stdin: "null",
      stderr: "null",
      detached: true,
    }).spawn();
    await until("all run", () => findProcesses(marker).length === 4);
    const count = await endProcessTree(child.pid, { graceMs: 100 });
    expect(count).toBeGreaterThanOrEqual(4);
    await child.status;
    expect(findProcesses(marker)).toEqual([]);
  });

  it("finds nothing to end where nothing is", async () => {
    const child = new Deno.Command("true", { detached: true }).spawn();
    await child.status;
    expect(await endProcessTree(child.pid, { reaped: true })).toBe(0);
  });
});
