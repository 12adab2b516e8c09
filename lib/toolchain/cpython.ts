import type { ToolchainKind } from "./kind.ts";
import { probePython } from "./_python.ts";

/** CPython 3: `python3`, any `python3.x` on the PATH or behind pyenv's shims, `python`. */
export const cpython: ToolchainKind = {
  name: "cpython",
  title: "CPython",
  language: "python",
  commands: ["python3", "python"],
  numbered: /^python3\.(\d{1,3})t?$/,
  probe: (path, context) => probePython(path, context, "cpython"),
};
