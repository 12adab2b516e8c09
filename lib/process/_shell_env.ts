/** Which variables a shell hands on unchanged. */

/**
 * Variables that shells own: assigning them fails, changes the shell, or does not change them. No
 * shell is asked to hand these on.
 */
const OWNED = new Set([
  "BASHOPTS",
  "EUID",
  "FUNCNAME",
  "GROUPS",
  "HISTCMD",
  "IFS",
  "LINENO",
  "OPTIND",
  "PPID",
  "SHELLOPTS",
  "SRANDOM",
  "UID",
]);

/**
 * Variables that some shell sets, counts or loses. Each shell is tried with them when a launcher is
 * opened: what does not arrive as it was sent is not asked of that shell again.
 */
export const SUSPECTS: readonly string[] = [
  "BASH",
  "BASHPID",
  "BASH_ENV",
  "BASH_VERSION",
  "CDPATH",
  "COLUMNS",
  "DIRSTACK",
  "ENV",
  "EPOCHSECONDS",
  "HISTSIZE",
  "HOME",
  "HOSTNAME",
  "LANG",
  "LINES",
  "MAILCHECK",
  "OLDPWD",
  "OPTARG",
  "PATH",
  "POSIXLY_CORRECT",
  "PS1",
  "PS2",
  "PS4",
  "PWD",
  "RANDOM",
  "REPLY",
  "SECONDS",
  "SHELL",
  "SHLVL",
  "TERM",
  "_",
];

/** A name that every shell can assign. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Tells whether a shell can hand a variable on.
 *
 * @param variable `NAME=value`.
 * @param lost Names that this shell was seen to change.
 * @returns Whether it arrives as it is.
 */
export function survivesShell(variable: string, lost: ReadonlySet<string>): boolean {
  const name = variable.slice(0, variable.indexOf("="));
  return NAME.test(name) && name !== GATE_VARIABLE && !OWNED.has(name) && !lost.has(name) &&
    !name.startsWith("BASH_FUNC_");
}

/** The variable that a gate reads into; not exported, unless the program's own has its name. */
export const GATE_VARIABLE = "versus_gate";
