/** What CPython and PyPy have in common: how an interpreter is asked what and where it is. */
import { dirname, join } from "node:path";
import { failed, type ProbeResult, unrelated } from "./kind.ts";
import { isExecutable, realFolder, realPath, stat } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";
import type { ToolchainName } from "./types.ts";

/** Says implementation, language version, own version and executable, between two marks. */
const SCRIPT = `
import sys
def text(v):
    pre = "" if v[3] == "final" else {"alpha": "a", "beta": "b"}.get(v[3], "rc") + str(v[4])
    return "%d.%d.%d" % tuple(v[:3]) + pre
own = getattr(sys, "pypy_version_info", None)
name = getattr(getattr(sys, "implementation", None), "name", "pypy" if own else "cpython")
sys.stdout.write("\\0".join(["interpreter", name, text(sys.version_info),
                            text(own) if own else "", sys.executable or "", "end"]))
`;

const TITLES: Readonly<Record<string, string>> = { cpython: "CPython", pypy: "PyPy" };

/**
 * Asks an executable whether it is a Python 3 of one implementation.
 *
 * The interpreter itself says where it is (`sys.executable`), which sees through every shim. Its
 * links are resolved too, except in a virtual environment: there the link is what makes the
 * interpreter find the environment's packages.
 *
 * @param path The executable.
 * @param context Environment, time limit and signal.
 * @param name Which implementation is wanted.
 * @returns The toolchain or why it is none.
 */
export async function probePython(
  path: string,
  context: QueryContext,
  name: ToolchainName & ("cpython" | "pypy"),
): Promise<ProbeResult> {
  // -E keeps PYTHON* variables out, -S and -s site packages and what they would run at the start
  // (which is most of the time it takes), -B leaves no files behind.
  const answer = await ask([path, "-E", "-S", "-s", "-B", "-c", SCRIPT], context);
  if (!answer.ok) return failed(answer.reason);
  const start = answer.stdout.indexOf("interpreter\0");
  const fields = start < 0 ? [] : answer.stdout.slice(start).split("\0");
  const [, implementation, language, own, executable, end] = fields;
  if (end === undefined || !/^\d+\.\d+\.\d+/.test(language!)) {
    return failed(notUnderstood(path, answer, "a Python interpreter's version"));
  }
  const title = TITLES[implementation!] ?? implementation!;
  const version = own === "" ? language! : own!;
  const wanted = TITLES[name]!;
  if (implementation !== name) return unrelated(path, `${title} ${version}`, wanted);
  if (language!.startsWith("2.")) {
    return unrelated(path, `${title} of Python ${language}`, "one of Python 3");
  }
  return {
    ok: true,
    toolchain: {
      name,
      version,
      ...(own === "" ? {} : { languageVersion: language! }),
      path,
      realPath: await realInterpreter(path, executable!),
      tools: {},
      env: {},
    },
  };
}

async function realInterpreter(path: string, said: string): Promise<string> {
  const executable = await isExecutable(said) ? said : path;
  if (await isInVenv(executable)) return await realFolder(executable);
  return await realPath(executable) ?? executable;
}

/** Whether an interpreter belongs to a virtual environment, by the rule of PEP 405. */
async function isInVenv(executable: string): Promise<boolean> {
  const folder = dirname(executable);
  const places = [join(folder, "pyvenv.cfg"), join(dirname(folder), "pyvenv.cfg")];
  return (await Promise.all(places.map(stat))).some((info) => info?.isFile === true);
}
