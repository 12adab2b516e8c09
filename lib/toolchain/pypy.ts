import type { ToolchainKind } from "./kind.ts";
import { probePython } from "./_python.ts";

/** PyPy for Python 3; its version is PyPy's own, its language version Python's. */
export const pypy: ToolchainKind = {
  name: "pypy",
  title: "PyPy",
  language: "python",
  commands: ["pypy3", "pypy"],
  numbered: /^pypy3\.(\d{1,3})$/,
  probe: (path, context) => probePython(path, context, "pypy"),
};
