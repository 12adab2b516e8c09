/** Which toolchains there are; each has a file of its own in this folder. */
export type ToolchainName =
  | "cpython"
  | "pypy"
  | "go"
  | "rust"
  | "deno"
  | "node"
  | "c"
  | "java"
  | "sh";

/** The languages that variants are written in. */
export type Language =
  | "python"
  | "go"
  | "rust"
  | "typescript"
  | "javascript"
  | "c"
  | "java"
  | "shell";

/** What builds or runs a variant: a program found on this machine. */
export interface Toolchain {
  /** Its kind: `cpython`. */
  readonly name: ToolchainName;
  /** The version that it reports, PyPy's and a C compiler's their own: `3.11.7`, `7.3.11`. */
  readonly version: string;
  /**
   * The version of the language where `version` does not tell it (PyPy: `3.9.16`; Java 8: `8.0.402`).
   * A `requires` range is compared with this where it is there, else with `version`.
   */
  readonly languageVersion?: string;
  /** Which of several implementations it is: `gcc`, `clang`, `OpenJDK 64-Bit Server VM`. */
  readonly implementation?: string;
  /** Where it was found, which may be a shim or a link. */
  readonly path: string;
  /** The real executable behind `path`, which is what is run. */
  readonly realPath: string;
  /** Further executables by name, real paths: `{cargo: "/…/cargo"}`. */
  readonly tools: Readonly<Record<string, string>>;
  /** Variables to add to the environment of build and run: `{GOTOOLCHAIN: "local"}`. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a toolchain that is missing can be installed, or why it can't be used. */
export interface MissingToolchain {
  /** Its kind. */
  readonly name: ToolchainName;
  /** What was looked for and not found, or what went wrong. */
  readonly reason: string;
  /** The executable that was found and can't be used; absent when there was none. */
  readonly path?: string;
  /** The command that installs it on this system. */
  readonly install?: string;
}
