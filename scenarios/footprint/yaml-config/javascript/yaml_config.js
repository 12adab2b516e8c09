/**
 * Adds up what the ports of the switches in a YAML file carry, and prints it.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import process from "node:process";
import { parse } from "yaml";

if (process.argv.length !== 3) {
  console.error("usage: yaml_config.js CONFIG");
  process.exit(2);
}
try {
  const { site, switches } = parse(await readFile(process.argv[2], "utf8"));
  const gigabits = switches.flatMap(({ ports }) => ports)
    .reduce((sum, port) => sum + port.count * port.gigabits, 0);
  console.log(`${site}: ${switches.length} switches, ${gigabits} Gbit/s`);
} catch (error) {
  console.error(`yaml_config.js: ${error.message}`);
  process.exitCode = 1;
}
