/** `go.work`: a workspace of several modules. */
import { dirname, isAbsolute, join } from "node:path";
import { goDirectives } from "./_go_syntax.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const VERBS = new Set(["go", "toolchain", "godebug", "use", "replace"]);

function readGoWork(file: ManifestFile): ManifestContent {
  const used = goDirectives(file, VERBS)
    .filter(({ verb, words }) => verb === "use" && words.length === 1)
    .map(({ words }) => words[0]!);
  return {
    format: "go.work",
    packages: [],
    directKnown: true,
    more: used.map((folder) =>
      join(isAbsolute(folder) ? folder : join(dirname(file.path), folder), "go.mod")
    ),
  };
}

/** Reads Go's workspaces. */
export const goWork: ManifestReader = {
  names: ["go.work"],
  matches: (name) => name === "go.work",
  read: (file) => Promise.resolve(readGoWork(file)),
};
