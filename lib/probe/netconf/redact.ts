/** Takes secrets out of data: a device may send one back. */
import { redact } from "../secret.ts";

/**
 * Takes the secrets of this process out of every text of some data.
 *
 * @param data Plain JSON.
 * @returns A copy with `[secret]` in the place of each.
 */
export function redactAll<Data>(data: Data): Data {
  return JSON.parse(
    JSON.stringify(data),
    (_name, part) => typeof part === "string" ? redact(part) : part,
  );
}
