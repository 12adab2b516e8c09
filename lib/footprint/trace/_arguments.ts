/** The words that strace is started with. */
import { PRINT_OPTIONS } from "./_calls.ts";
import type { Tracer } from "./detect.ts";

/**
 * Makes the arguments of strace, up to the command.
 *
 * Times are relative: absolute ones make strace read the time zone for every line, which costs more
 * than a tenth.
 *
 * @param tracer What this strace can do.
 * @param log The file that it writes, absolute: names that begin with `|` or `!` mean something else.
 * @returns The arguments.
 */
export function traceArguments(tracer: Omit<Tracer, "path">, log: string): string[] {
  return [
    "-f",
    ...(tracer.seccomp ? ["--seccomp-bpf"] : []),
    ...(tracer.killOnExit ? ["--kill-on-exit"] : []),
    tracer.nanoseconds ? "--relative-timestamps=ns" : "-r",
    ...PRINT_OPTIONS,
    ...["-o", log],
  ];
}

/** Names that a shell passes on as they are. */
const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** Variables that some shell sets, counts, loses or keeps for itself. */
const OF_SHELLS = [
  ...["_", "BASHOPTS", "BASHPID", "BASH_VERSION", "DIRSTACK", "ENV", "EPOCHSECONDS", "EUID"],
  ...[
    "FUNCNAME",
    "GROUPS",
    "HISTCMD",
    "HOSTNAME",
    "IFS",
    "LINENO",
    "MAILCHECK",
    "OLDPWD",
    "OPTARG",
  ],
  ...["OPTIND", "POSIXLY_CORRECT", "PPID", "PS1", "PS2", "PS4", "PWD", "RANDOM", "REPLY"],
  ...["SECONDS", "SHELL", "SHELLOPTS", "SHLVL", "SRANDOM", "TERM", "UID"],
];

/**
 * Makes the arguments with which strace gives the command its environment back, after a shell that
 * started strace may have changed it.
 *
 * @param env The environment that the command shall have.
 * @returns `-E NAME=value` for what is set, `-E NAME` for what is not.
 */
export function environmentArguments(env: Readonly<Record<string, string>>): string[] {
  const changed = new Set([
    ...OF_SHELLS,
    ...Object.keys(env).filter((name) => !PLAIN_NAME.test(name) || name.startsWith("BASH_")),
  ]);
  return [...changed].flatMap((name) => {
    const value = env[name];
    return ["-E", value === undefined ? name : `${name}=${value}`];
  });
}
