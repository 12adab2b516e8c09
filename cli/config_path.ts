/** Where the configuration files are; loaded at every start, so that it loads nothing else. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The file of the user's own settings, or `undefined` without a home. */
export function userConfigPath(
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string | undefined {
  const own = env("VERSUS_HOME");
  if (own) return join(own, "config.yaml");
  if (os === "windows") return joined(env("APPDATA"), "versus");
  const home = env("HOME");
  if (os === "darwin") return joined(home, "Library/Application Support/versus");
  const xdg = env("XDG_CONFIG_HOME");
  return xdg?.startsWith("/") ? joined(xdg, "versus") : joined(home, ".config/versus");
}

function joined(base: string | undefined, folder: string): string | undefined {
  return base ? join(base, folder, "config.yaml") : undefined;
}

/** The file of the project that one is in. */
export function projectConfigPath(): string {
  return join(Deno.cwd(), ".versus.yaml");
}

/** Whether there is a configuration file at all. */
export function hasConfiguration(): boolean {
  const own = userConfigPath();
  return existsSync(projectConfigPath()) || (own !== undefined && existsSync(own));
}
