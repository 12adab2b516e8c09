/** Reads maps of an inventory and says where something is not what it should be. */
import { isIP } from "node:net";
import { ValidationError } from "../../scenario/_problems.ts";
import { describeValue } from "../../scenario/_problems.ts";
import { isHost } from "../target.ts";

/** A map of YAML. */
export type YamlMap = Readonly<Record<string, unknown>>;

/** Where one is in a file. */
export interface Place {
  /** The file. */
  readonly file: string;
  /** The path in it: `hosts.r1.port`. */
  readonly path: string;
}

/** A place below another one. */
export function below({ file, path }: Place, key: string): Place {
  return { file, path: path === "" ? key : `${path}.${key}` };
}

/**
 * Refuses what stands at a place.
 *
 * @throws {ValidationError} Always.
 */
export function refuse({ file, path }: Place, message: string): never {
  throw new ValidationError(file, "an inventory", [{ path, message }]);
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a map; nothing is an empty one. */
export function mapAt(value: unknown, place: Place): YamlMap {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) refuse(place, `found ${describeValue(value)}, expected a map`);
  return value;
}

/** Reads a list of texts; nothing is an empty one, and a single text a list of one. */
export function textsAt(value: unknown, place: Place): string[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) =>
    typeof item === "string" ? item : refuse(place, `found ${describeValue(item)}, expected names`)
  );
}

/** Reads a host's address. */
export function addressAt(value: unknown, place: Place): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !(isIP(text) !== 0 || isHost(text))) {
    const why = typeof text === "string" && text.includes("{{")
      ? "templates are not evaluated; write the address"
      : "expected an address or a name";
    refuse(place, `found ${describeValue(value)}, ${why}`);
  }
  return text;
}

/** Reads a port; nothing stays nothing. */
export function portAt(value: unknown, place: Place): number | undefined {
  if (value === undefined || value === null) return undefined;
  const port = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof port !== "number" || !Number.isInteger(port) || port < 1 || port > 65535) {
    refuse(place, `found ${describeValue(value)}, expected a port from 1 to 65535`);
  }
  return port;
}
