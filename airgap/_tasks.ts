/** The tasks of `deno.json`. */
export type Tasks = Record<string, { description?: string; command: string }>;

/** The `deno` commands that read a configuration. */
const READS_CONFIG = /^deno (run|check|test|lint|fmt|doc|bundle|install)\b/;

/**
 * Gives the `deno` calls of a task the configuration they read.
 *
 * @param command The task as `deno.json` has it.
 * @param config The path of the configuration.
 */
export function withConfig(command: string, config: string): string {
  return command.split(/(\s*(?:&&|\|\||;|\|)\s*)/)
    .map((part) => part.replace(READS_CONFIG, `deno $1 --config ${config}`)).join("");
}

/**
 * Writes the tasks for the shell, which has set `task`, `deno` and `root` and shifted the name away.
 *
 * A task that is one call of Deno is started in the user's working directory; any other one is left to
 * `deno task`.
 *
 * @param config The configuration's name in the folder of the project.
 */
export function tasksScript(tasks: Tasks, config: string): string {
  const lines: string[] = [];
  for (const [name, { command }] of Object.entries(tasks)) {
    lines.push(`${name}) exec "$deno" ${callOf(name, command, config)} "$@" ;;`);
  }
  return `# Made by airgap/config.ts.
case $task in
${lines.join("\n")}
*)
  say "no task is called \\"$task\\"; there are ${Object.keys(tasks).join(", ")}"
  exit 2
  ;;
esac
`;
}

function callOf(name: string, command: string, config: string): string {
  const path = `"$root"/${config}`;
  if (!READS_CONFIG.test(command) || /[&|;<>$`"'\\*?(){}]/.test(command)) {
    return `task --config ${path} ${name}`;
  }
  const [, verb, ...words] = command.split(/\s+/);
  const call = words.map((word) => word.endsWith(".ts") ? `"$root"/${word}` : word);
  return [verb, "--config", path, ...call].join(" ");
}
