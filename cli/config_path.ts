/**
 * Where the configuration files are. It is loaded at every start, so that it loads nothing else: Node's
 * `fs` alone would double the time of `versus --help`.
 */

/** The file of the user's own settings, or `undefined` without a home. */
export function userConfigPath(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string | undefined {
  const own = env("VERSUS_HOME");
  if (own) return joined(own);
  if (os === "windows") return joined(env("APPDATA"), "versus");
  const home = env("HOME");
  if (os === "darwin") return joined(home, "Library", "Application Support", "versus");
  const xdg = env("XDG_CONFIG_HOME");
  return xdg?.startsWith("/") ? joined(xdg, "versus") : joined(home, ".config", "versus");
}

function joined(base: string | undefined, ...folders: string[]): string | undefined {
  if (!base) return undefined;
  const separator = Deno.build.os === "windows" ? "\\" : "/";
  return [base.replace(/[/\\]+$/, ""), ...folders, "config.yaml"].join(separator);
}

/** The file of the project that one is in. */
export function projectConfigPath(): string {
  return `${Deno.cwd()}/.versus.yaml`;
}

function exists(path: string | undefined): boolean {
  if (path === undefined) return false;
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    // Whatever else is wrong with it is told when it is read.
    return !(error instanceof Deno.errors.NotFound);
  }
}

/** Whether there is a configuration file at all. */
export function hasConfiguration(): boolean {
  return exists(projectConfigPath()) || exists(userConfigPath());
}
