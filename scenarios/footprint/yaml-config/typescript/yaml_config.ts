/**
 * Adds up what the ports of the switches in a YAML file carry, and prints it.
 *
 * @module
 */
import { parse } from "yaml";

interface Config {
  readonly site: string;
  readonly switches: readonly {
    readonly ports: readonly { readonly count: number; readonly gigabits: number }[];
  }[];
}

const [path, ...more] = Deno.args;
if (path === undefined || more.length > 0) {
  console.error("usage: yaml_config.ts CONFIG");
  Deno.exit(2);
}
try {
  const { site, switches }: Config = parse(await Deno.readTextFile(path));
  const gigabits = switches.flatMap(({ ports }) => ports)
    .reduce((sum, { count, gigabits }) => sum + count * gigabits, 0);
  console.log(`${site}: ${switches.length} switches, ${gigabits} Gbit/s`);
} catch (error) {
  console.error(`yaml_config.ts: ${(error as Error).message}`);
  Deno.exitCode = 1;
}
