/** Seeded mutations of text and bytes, for fuzz tests. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Gives a whole number from 0 up to, not including, `below`. */
export type Dice = (below: number) => number;

/** Makes a repeatable source of chance. */
export function diceOf(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  return (below) => below <= 1 ? 0 : uniformInt(generator, 0, below - 1);
}

const ODD = [
  ...['"', "'", "[", "]", "{", "}", ":", ",", "=", "\n", "\r\n", "\t", "\0", "#", "@", "/", "\\"],
  ...[
    "__proto__",
    "constructor",
    "null",
    "-1",
    "1e999",
    "99999999999999999999",
    "true",
    "&a *a",
    "<<: ",
  ],
  ...["\u202e", "\ud83d\ude00", "=>", "version = ", "npm:", "()", "_", "(((", "..", "%", "%2", "`"],
];

/** Changes a text in one to four places. */
export function mutateText(text: string, dice: Dice): string {
  let result = text;
  for (let n = dice(4) + 1; n > 0; n--) {
    const at = dice(result.length + 1);
    const to = Math.min(result.length, at + 1 + dice(40));
    const lines = result.split("\n");
    const line = dice(lines.length);
    switch (dice(8)) {
      case 0:
        result = result.slice(0, at);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(to);
        break;
      case 2:
        result = result.slice(0, at) + ODD[dice(ODD.length)] + result.slice(at);
        break;
      case 3:
        result = result.slice(0, at) + ODD[dice(ODD.length)] + result.slice(to);
        break;
      case 4:
        lines.splice(line, 1);
        result = lines.join("\n");
        break;
      case 5:
        lines.splice(line, 0, lines[dice(lines.length)]!);
        result = lines.join("\n");
        break;
      case 6:
        lines.splice(line, 1 + dice(20));
        result = lines.join("\n");
        break;
      default:
        result = result.slice(0, at) + result.slice(at, to).repeat(1 + dice(30)) + result.slice(to);
    }
  }
  return result;
}

/** Changes bytes in one to eight places, or cuts the end off. */
export function mutateBytes(bytes: Uint8Array<ArrayBuffer>, dice: Dice): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice(0, dice(5) === 0 ? dice(bytes.length + 1) : bytes.length);
  if (copy.length === 0) return copy;
  for (let n = dice(8) + 1; n > 0; n--) {
    // Most of what is read stands at the beginning or the end.
    const range = [64, 4096, copy.length][dice(3)]!;
    const at = dice(2) === 0
      ? dice(Math.min(range, copy.length))
      : copy.length - 1 - dice(copy.length);
    copy[at] = [0, 1, 0x7f, 0x80, 0xff, dice(256)][dice(6)]!;
  }
  return copy;
}
