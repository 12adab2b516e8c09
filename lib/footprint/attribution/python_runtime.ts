/**
 * Python itself: the standard library by its landmark, interpreters, virtual environments.
 *
 * Source: CPython's `Modules/getpath.py`: a folder `lib/pythonX.Y` is the standard library if it holds
 * `os.py`; `pyvenv.cfg` makes its folder a virtual environment (PEP 405). No interpreter is run.
 */
import { join } from "node:path";
import { foldersAbove, remember } from "./_files.ts";
import { type Attribution, type Rule, type RuleContext, runtimeFile } from "./types.ts";

const LIBRARY = /^(.*)\/(?:lib|lib64)\/(python|pypy)(\d+\.\d+)t?\/(.*)$/;

/** An installation of Python. */
interface Installation {
  name: string;
  version: string | undefined;
}

/** Makes the rule. */
export function pythonRuntime(context: RuleContext): Rule {
  const { files } = context;

  /** The full version, from what an installation carries beside its code. */
  const versionOf = remember((key: string): string => {
    const [prefix, folder] = key.split("\0") as [string, string];
    const library = join(prefix, "lib", folder);
    const details = files.text(join(library, "build-details.json"));
    const built = /"version":\s*"(\d+\.\d+\.\d+[^"]*)"/.exec(details ?? "")?.[1];
    const include = join(prefix, "include", folder, "patchlevel.h");
    const header = files.text(include) ??
      files.text(join(prefix, "include", folder.replace(/^pypy/, "pypy"), "patchlevel.h"));
    const macro = /^#define\s+(?:PY_VERSION|PYPY_VERSION)\s+"([^"]+)"/m.exec(header ?? "")?.[1];
    return built ?? macro ?? folder.replace(/^[a-z]+/, "");
  });

  const installationAt = remember((prefix: string): Installation | undefined => {
    for (const folder of files.list(join(prefix, "lib")) ?? []) {
      const match = /^(python|pypy)\d+\.\d+t?$/.exec(folder);
      if (match === null || !files.list(join(prefix, "lib", folder))?.has("os.py")) continue;
      const name = match[1] === "pypy" ? "pypy" : "cpython";
      return { name, version: versionOf(`${prefix}\0${folder}`) };
    }
    return undefined;
  });

  function standardLibrary(path: string): Attribution | undefined {
    const match = LIBRARY.exec(path);
    if (match === null) return undefined;
    const [, prefix, kind, , rest] = match;
    if (/^(?:site|dist)-packages\/(?!README\.txt$)/.test(rest!)) return undefined;
    const folder = path.slice(0, path.length - rest!.length - 1);
    if (!files.list(folder)?.has("os.py")) return undefined;
    const version = versionOf(`${prefix}\0${folder.slice(folder.lastIndexOf("/") + 1)}`);
    return runtimeFile(kind === "pypy" ? "pypy" : "cpython", "stdlib", version, "python-stdlib");
  }

  function interpreter(path: string): Attribution | undefined {
    const match =
      /^(.*)\/(?:bin\/(?:python|pypy)[\d.]*t?(?:-config)?|lib\/lib(?:python|pypy)[^/]*\.so[\d.]*|include\/(?:python|pypy)[^/]*\/.*|lib\/pkgconfig\/python[^/]*)$/
        .exec(path);
    const found = match === null ? undefined : installationAt(match[1]!);
    return found && runtimeFile(found.name, "interpreter", found.version, "python-runtime");
  }

  const environmentAt = remember((folder: string): Installation | undefined => {
    const text = files.text(join(folder, "pyvenv.cfg"));
    if (text === undefined) return undefined;
    const version = /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1];
    const name = /^implementation\s*=\s*PyPy/mi.test(text) ? "pypy" : "cpython";
    return { name, version };
  });

  /** What `venv` and `virtualenv` write themselves. */
  function environment(path: string): Attribution | undefined {
    if (
      !/\/(?:pyvenv\.cfg|bin\/[Aa]ctivate[^/]*|_virtualenv\.(?:py|pth)|\.gitignore|CACHEDIR\.TAG)$/
        .test(path)
    ) {
      return undefined;
    }
    for (const folder of foldersAbove(path)) {
      const found = environmentAt(folder);
      if (found) return runtimeFile(found.name, "venv", found.version, "python-venv");
    }
    return undefined;
  }

  return { find: (path) => standardLibrary(path) ?? interpreter(path) ?? environment(path) };
}
