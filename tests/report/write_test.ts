import { afterEach, beforeEach, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { VersusError } from "../../lib/error.ts";
import { writeReport } from "../../lib/report/write.ts";
import { run } from "./_tools.ts";

let folder = "";

/** Only root may make a device. */
const noDevices = Deno.env.get("CI") !== "true" && Deno.uid() !== 0;

async function failure(path: string): Promise<VersusError> {
  try {
    await writeReport(path, "text\n");
  } catch (error) {
    expect(error).toBeInstanceOf(VersusError);
    return error as VersusError;
  }
  throw new Error(`Writing ${path} did not fail`);
}

function names(): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

describe("writeReport", () => {
  beforeEach(async () => {
    folder = await Deno.makeTempDir();
  });

  afterEach(async () => {
    await Deno.remove(folder, { recursive: true });
  });

  it("writes a new file, and nothing else", async () => {
    const path = join(folder, "run.json");
    await writeReport(path, "日本\n");
    expect(await Deno.readTextFile(path)).toBe("日本\n");
    expect(names()).toEqual(["run.json"]);
  });

  it("puts a whole file in the place of the old one, and keeps its mode", async () => {
    const path = join(folder, "run.json");
    await Deno.writeTextFile(path, "old and longer than the new one");
    await Deno.chmod(path, 0o640);
    using reader = await Deno.open(path);
    await writeReport(path, "new");
    expect(await Deno.readTextFile(path)).toBe("new");
    expect((await Deno.stat(path)).mode! & 0o777).toBe(0o640);
    // Who has the old file open still reads all of it.
    const old = new Uint8Array(100);
    expect(new TextDecoder().decode(old.subarray(0, await reader.read(old) ?? 0)))
      .toBe("old and longer than the new one");
    expect(names()).toEqual(["run.json"]);
  });

  it("follows a link", async () => {
    await Deno.mkdir(join(folder, "real"));
    await Deno.writeTextFile(join(folder, "real", "target.json"), "old");
    await Deno.symlink(join(folder, "real", "target.json"), join(folder, "run.json"));
    await writeReport(join(folder, "run.json"), "new");
    expect(await Deno.readTextFile(join(folder, "real", "target.json"))).toBe("new");
    expect((await Deno.lstat(join(folder, "run.json"))).isSymlink).toBe(true);
  });

  it("writes into a pipe, and does not replace it", async () => {
    const path = join(folder, "run.json");
    await run("mkfifo", [path]);
    // Nobody would write if the pipe were replaced.
    const read = run("timeout", ["10", "cat", path]);
    await writeReport(path, "text through a pipe");
    expect(await read).toBe("text through a pipe");
    expect((await Deno.stat(path)).isFifo).toBe(true);
    expect(names()).toEqual(["run.json"]);
  });

  it("says what is wrong with a path", async () => {
    await Deno.writeTextFile(join(folder, "file"), "");
    const paths: [string, string][] = [
      [join(folder, "none", "run.json"), "its folder does not exist"],
      [join(folder, "file", "run.json"), "a part of its path is not a folder"],
      [folder, "it is a folder"],
      [join(folder, "none") + "/", "it is a folder"],
      [join(folder, "x".repeat(300)), "its name is too long"],
      // sysfs takes no new files, even from root.
      ["/sys/run.json", "permission denied"],
    ];
    for (const [path, what] of paths) {
      const { message, hint, exitCode } = await failure(path);
      if (path.startsWith("/sys/")) expect(message).toMatch(/permission denied|read-only/);
      else expect(message).toBe(`Cannot write "${path}": ${what}`);
      expect(hint).toMatch(/^(Make|Choose|Name) /);
      expect(exitCode).toBe(2);
    }
    expect(names()).toEqual(["file"]);
  });

  it("shows no control characters of a path", async () => {
    const { message } = await failure(join(folder, "no\x1b[31m", "run.json"));
    expect(message).toContain("no\\x1b[31m/run.json");
  });

  it("tells a full disk", { ignore: noDevices }, async () => {
    // A device of our own: a mistake must not be able to replace the machine's.
    const path = join(folder, "run.json");
    await run("mknod", [path, "c", "1", "7"]);
    const { message, exitCode } = await failure(path);
    expect((await Deno.stat(path)).isCharDevice).toBe(true);
    expect(message).toContain("the disk is full");
    expect(exitCode).toBe(1);
  });

  it("leaves the old file and no part of the new one when it can't write all", async () => {
    const path = join(folder, "run.json");
    const script = join(folder, "write.ts");
    await Deno.writeTextFile(path, "old");
    await Deno.writeTextFile(
      script,
      `import { writeReport } from ${
        JSON.stringify(new URL("../../lib/report/write.ts", import.meta.url).href)
      };
      try {
        await writeReport(${JSON.stringify(path)}, "x".repeat(1e6));
      } catch (error) {
        console.log(error.message);
      }`,
    );
    // A file may have 64 blocks of 512 bytes; without the trap the signal would end the program.
    const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" run --no-config --no-code-cache -A "$1"`;
    const { stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", limited, Deno.execPath(), script],
      env: { DENO_NO_UPDATE_CHECK: "1" },
    }).output();
    expect(new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr))
      .toContain("it is larger than a file may be here");
    expect(await Deno.readTextFile(path)).toBe("old");
    expect(names()).toEqual(["run.json", "write.ts"]);
  });
});
