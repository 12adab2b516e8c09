/** Folders of made-up executables for the tests of lib/toolchain. */
import { dirname, join } from "node:path";

/** A folder that is removed at the end of its scope. */
export interface Sandbox extends Disposable {
  /** Its real path. */
  readonly root: string;
  /** Writes an executable shell script (a first line may name another interpreter); gives its path. */
  script(path: string, text: string): string;
  /** Writes a plain file; gives its path. */
  file(path: string, text: string): string;
  /** Makes a folder; gives its path. */
  folder(path: string): string;
  /** Makes a link; gives its path. */
  link(path: string, target: string): string;
}

/** Makes an empty sandbox. */
export function sandbox(): Sandbox {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "versus-toolchain-" }));
  const place = (path: string) => {
    const full = join(root, path);
    Deno.mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  return {
    root,
    script(path, text) {
      const full = place(path);
      const whole = text.startsWith("#!") ? text : `#!/bin/sh\n${text}\n`;
      Deno.writeTextFileSync(full, whole, { mode: 0o755 });
      return full;
    },
    file(path, text) {
      const full = place(path);
      Deno.writeTextFileSync(full, text, { mode: 0o644 });
      return full;
    },
    folder(path) {
      const full = place(path);
      Deno.mkdirSync(full, { recursive: true });
      return full;
    },
    link(path, target) {
      const full = place(path);
      Deno.symlinkSync(target, full);
      return full;
    },
    [Symbol.dispose]() {
      Deno.removeSync(root, { recursive: true });
    },
  };
}

/** A script that answers as `go env GOROOT GOVERSION` does. */
export function goScript(root: string, version: string): string {
  return `[ "$1 $2 $3" = "env GOROOT GOVERSION" ] || exit 2\necho '${root}'\necho 'go${version}'`;
}

/** Whether a process has ended; a zombie that nobody reaped has too. */
function hasEnded(pid: number): boolean {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/** Waits until processes have ended, since a signal needs a moment to arrive; gives those left. */
export async function stillRunning(pids: readonly number[]): Promise<number[]> {
  const deadline = Date.now() + 5000;
  let left = pids.filter((pid) => !hasEnded(pid));
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    left = left.filter((pid) => !hasEnded(pid));
  }
  return left;
}
